import { describe, expect, test } from 'vitest';
import { compileKernel, isCurrent, kernelSources } from './lib/kernels.mjs';

describe('kernels', () => {
  test('there are some', () => {
    expect(kernelSources().length).toBeGreaterThan(0);
  });

  test.each(kernelSources())('%s is compiled as committed', async (source) => {
    expect(isCurrent(source, await compileKernel(source))).toBe(true);
  });

  test('a missing source is an error that names it', async () => {
    await expect(compileKernel('workers/no-such.as.ts')).rejects.toThrow('no-such.as.ts');
  });
});
