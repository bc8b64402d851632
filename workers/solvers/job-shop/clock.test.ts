import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ruleOptions } from '../../../src/problems/job-shop/dispatch-params.ts';
import type { JobShopInstance, Operation } from '../../../src/problems/job-shop/instance.ts';
import { anyVariant } from '../../../src/problems/job-shop/test-oracle.ts';
import { solve } from './test-solve.ts';

/** Routes that cross so much that plain dispatching without swaps soon locks up. */
const anyCrossing = (kind: 'blocking' | 'swap'): fc.Arbitrary<JobShopInstance> =>
  fc
    .array(
      fc.array(fc.tuple(fc.nat(2), fc.integer({ min: 1, max: 4 })), {
        minLength: 2,
        maxLength: 6,
      }),
      { minLength: 2, maxLength: 8 },
    )
    .map((jobs) => ({
      name: 'crossing',
      machines: 3,
      jobs: jobs as Operation[][],
      kind,
      breakdowns: {
        after: 'resume' as const,
        times: [
          [3, 4],
          [1, 2, 8, 3],
          [0, 1, 6, 9],
        ],
      },
    }));

describe('the virtual clock', () => {
  test.each([['blocking' as const], ['swap' as const]])(
    'comes to the end of every %s shop, by any rule',
    (kind) => {
      fc.assert(
        fc.property(
          anyCrossing(kind),
          fc.constantFrom(...ruleOptions.map(({ value }) => value), 'random'),
          (instance, rule) => {
            // `solve` has every schedule checked.
            expect(solve('redispatch', instance, 3, { params: { rule } }).best).toBeLessThan(
              Infinity,
            );
            expect(solve('shift', instance, 1, { params: { moves: 50 } }).best).toBeLessThan(
              Infinity,
            );
          },
        ),
        { numRuns: 60, seed: 3 },
      );
    },
  );

  test('decides without a look ahead: what happens later changes nothing before', () => {
    fc.assert(
      fc.property(fc.constantFrom('job', 'blocking', 'swap'), fc.nat(9), (kind, moment) =>
        fc.assert(
          fc.property(anyVariant(kind as 'job'), (instance) => {
            const times = instance.breakdowns?.times ?? instance.jobs.slice(0, 2).map(() => []);
            const withTimes = (list: readonly (readonly number[])[]): JobShopInstance => ({
              ...instance,
              breakdowns: { after: instance.breakdowns?.after ?? 'resume', times: list },
            });
            const known = times.map((list) => (list[0] < moment ? [...list] : []));
            const later = known.map((list) => {
              const from = Math.max(moment, (list.at(-2) ?? 0) + (list.at(-1) ?? 0));
              return [...list, from, 5];
            });
            const [a, b] = [known, later].map(
              (list) => solve('redispatch', withTimes(list), 1).solution.starts,
            );
            a.forEach((start, i) => {
              if (start < moment) expect(b[i]).toBe(start);
            });
          }),
          { numRuns: 5 },
        ),
      ),
      { numRuns: 12, seed: 5 },
    );
  });

  test('a ring of jobs swaps at once', () => {
    const ring: JobShopInstance = {
      name: 'ring',
      machines: 3,
      jobs: [0, 1, 2].map((j): Operation[] => [
        [j, 2],
        [(j + 1) % 3, 2],
      ]),
      kind: 'swap',
    };
    expect(solve('redispatch', ring, 1).best).toBe(4);
    expect(solve('redispatch', { ...ring, kind: 'blocking' }, 1).best).toBeGreaterThan(4);
    // Its second machine is down when the jobs would swap: all wait for it.
    const fails: JobShopInstance = {
      ...ring,
      breakdowns: { after: 'resume', times: [[], [2, 3], []] },
    };
    expect(Array.from(solve('redispatch', fails, 1).solution.starts)).toEqual([0, 5, 0, 5, 0, 5]);
  });
});
