import { describe, expect, it } from 'vitest';
import { createHandover } from './handover.ts';

const host = (name: string, openTab = () => undefined as void) => ({
  channel: () => new BroadcastChannel(name),
  openTab,
});

describe('handing a document over', () => {
  it('reaches a tab that is open', async () => {
    const got: [string, string][] = [];
    const other = createHandover((name, text) => got.push([name, text]), host('one'));
    const own = createHandover(() => got.push(['own', '']), host('one'));
    expect(await own.offer('run.json', '{"a":1}')).toBe(true);
    expect(got).toEqual([['run.json', '{"a":1}']]);
    other.dispose();
    own.dispose();
  });

  it('opens a tab when none answers, and reaches that', async () => {
    const got: string[] = [];
    let opened: { dispose(): void } | null = null;
    const own = createHandover(
      () => got.push('own'),
      host('two', () => {
        opened = createHandover((name) => got.push(name), host('two'));
      }),
    );
    expect(await own.offer('run.json', 'text')).toBe(true);
    expect(got).toEqual(['run.json']);
    own.dispose();
    opened!.dispose();
  });
});
