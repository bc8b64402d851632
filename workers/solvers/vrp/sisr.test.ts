import { expect, test } from 'vitest';
import { defaultParams, type ParamsOf, type ParamValues } from '../../../src/core/params.ts';
import { createRng } from '../../../src/core/rng.ts';
import { check } from '../../../src/problems/vrp/check.ts';
import { generators } from '../../../src/problems/vrp/generators.ts';
import { pack, type VrpInstance, type VrpSolution } from '../../../src/problems/vrp/instance.ts';
import { LOCAL_SEARCH_FROM, sisrParams } from '../../../src/problems/vrp/solvers.ts';
import { sisr } from './sisr.ts';

/** The best plan's length, by the checker. */
function solve(instance: VrpInstance, steps: number, given: ParamValues): number {
  let done = 0;
  let best: VrpSolution | null = null;
  const run = sisr(pack(instance), {
    rng: createRng(1),
    params: { ...defaultParams(sisrParams), ...given } as ParamsOf<typeof sisrParams>,
    budget: {
      steps,
      chunk: (preferred) => Math.min(preferred, steps - done),
      progress: () => done / steps,
    },
  });
  while (done < steps) {
    const { value } = run.next();
    if (typeof value === 'number') done += value;
    else if ('kind' in value && value.kind === 'incumbent') best = value.solution;
  }
  const report = check(instance, best!);
  expect(report.feasible).toBe(true);
  return report.objective;
}

const drawn = (customers: number): VrpInstance => {
  const generator = generators.find(({ id }) => id === 'x')!;
  return generator.generate({ ...defaultParams(generator.params), customers }, createRng(2));
};

test('searches locally by size unless told otherwise', () => {
  const small = drawn(LOCAL_SEARCH_FROM - 1);
  expect(solve(small, 1500, {})).toBe(solve(small, 1500, { local: 'none' }));
  const large = drawn(LOCAL_SEARCH_FROM);
  expect(solve(large, 1500, {})).toBe(solve(large, 1500, { local: 'cached' }));
});

test('ends with a shorter plan after as many steps where it searches locally', () => {
  const instance = drawn(400);
  const without = solve(instance, 6_000, { local: 'none' });
  expect(solve(instance, 6_000, { local: 'cached' })).toBeLessThan(without);
  // Another size of the cache is another search.
  expect(solve(instance, 6_000, { local: 'cached', cache: 3 })).not.toBe(without);
});
