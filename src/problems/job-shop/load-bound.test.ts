import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { shortestDurations } from './bounds.ts';
import { pack, type JobShopInstance, type Operation } from './instance.ts';
import { sharedLoadBound } from './load-bound.ts';

const machines = 3;

/** Single operations with times on all machines, some far longer than others. */
const anyWork = fc
  .array(fc.tuple(fc.nat(20), fc.nat(20), fc.nat(20)), { minLength: 1, maxLength: 7 })
  .map((rows): JobShopInstance => ({
    name: 'work',
    machines,
    jobs: rows.map(([a, b, c]) => [[0, a, 1, b, 2, c] as Operation]),
  }));

/** The least largest load of all assignments. */
function leastLoad({ jobs }: JobShopInstance): number {
  let best = Infinity;
  const assign = (at: number, loads: readonly number[]): void => {
    if (Math.max(...loads) >= best) return;
    if (at === jobs.length) best = Math.max(...loads);
    else
      for (let m = 0; m < machines; m++)
        assign(at + 1, loads.with(m, loads[m] + jobs[at][0][2 * m + 1]));
  };
  assign(0, [0, 0, 0]);
  return best;
}

test('is never above the best assignment, and often better than spreading the shortest times', () => {
  let better = 0;
  fc.assert(
    fc.property(anyWork, (instance) => {
      const packed = pack(instance);
      const bound = sharedLoadBound(packed);
      expect(bound).toBeLessThanOrEqual(leastLoad(instance));
      const work = shortestDurations(packed).reduce((sum, time) => sum + time, 0);
      if (bound > Math.ceil(work / machines)) better++;
    }),
    { numRuns: 200, seed: 2 },
  );
  expect(better).toBeGreaterThan(50);
});

test('says nothing where there is no choice', () => {
  expect(sharedLoadBound(pack({ name: '', machines: 1, jobs: [[[0, 4]]] }))).toBe(0);
});
