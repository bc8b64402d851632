import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JobShopInstance, Operation } from '../../../src/problems/job-shop/instance.ts';
import { taillardFlow } from '../../../src/problems/job-shop/variant-generators.ts';
import { solve } from './test-solve.ts';

/** The least makespan of all sequences. */
function bruteForce({ jobs, machines }: JobShopInstance): number {
  let best = Infinity;
  const extend = (left: readonly number[], free: readonly number[]): void => {
    if (left.length === 0) best = Math.min(best, free[machines - 1]);
    for (const job of left) {
      let end = 0;
      const next = free.map((time, k) => (end = Math.max(end, time) + jobs[job][k][1]));
      extend(
        left.filter((other) => other !== job),
        next,
      );
    }
  };
  extend(
    jobs.map((_, job) => job),
    new Array<number>(machines).fill(0),
  );
  return best;
}

const anyLine: fc.Arbitrary<JobShopInstance> = fc
  .tuple(fc.integer({ min: 2, max: 6 }), fc.integer({ min: 1, max: 5 }))
  .chain(([jobs, machines]) =>
    fc
      .array(fc.array(fc.nat(9), { minLength: machines, maxLength: machines }), {
        minLength: jobs,
        maxLength: jobs,
      })
      .map((rows) => ({
        name: 'line',
        machines,
        jobs: rows.map((row) => row.map((time, k): Operation => [k, time])),
        kind: 'permutation' as const,
      })),
  );

test('proves the optimum of small flow shops', () => {
  fc.assert(
    fc.property(anyLine, (instance) => {
      // Next to no search beforehand: the tree has to find it.
      const found = solve('flow-proof', instance, 5000, { params: { insertions: 0 } });
      const least = bruteForce(instance);
      expect(found.best).toBe(least);
      expect(found.end?.reason).toBe('optimal');
      expect(found.bound).toBeLessThanOrEqual(least);
    }),
    { numRuns: 150 },
  );
});

test('bounds a published flow shop better than single machines do', () => {
  const instance = taillardFlow('fs001', 20, 5, 873654221);
  const single = solve('flow', instance, 1).bound;
  const { bound } = solve('flow-proof', instance, 1, { params: { insertions: 0 } });
  expect(bound).toBeGreaterThan(single);
  expect(bound).toBeLessThanOrEqual(1278);
});
