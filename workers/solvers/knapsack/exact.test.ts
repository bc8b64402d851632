/** Every exact solver against all combinations, on small instances with every oddity. */
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { makeItem, type Instance } from '../../../src/problems/knapsack/instance.ts';
import { refuses } from '../../../src/problems/knapsack/limits.ts';
import type { SolverId } from '../../../src/problems/knapsack/solvers.ts';
import { prepare } from './index.ts';
import { bruteForce, run } from './testing.ts';

beforeAll(async () => {
  await prepare.highs();
});

const instances = (m: number, most: { items: number; weight: number; count: number }) =>
  fc
    .record({
      capacities: fc.array(fc.nat(most.weight * 3), { minLength: m, maxLength: m }),
      items: fc.array(
        fc.record({
          profit: fc.nat(most.weight),
          weights: fc.array(fc.nat(most.weight), { minLength: m, maxLength: m }),
          count: fc.integer({ min: 0, max: most.count }),
        }),
        { maxLength: most.items },
      ),
    })
    .map(({ capacities, items }): Instance => ({
      name: 'random',
      capacities,
      items: items.map(({ profit, weights, count }) => makeItem(profit, weights, count)),
    }));

function expectOptimal(solver: SolverId, instance: Instance): void {
  const optimum = bruteForce(instance);
  const log = run(solver, instance);
  expect(log.incumbents.at(-1)).toBe(optimum);
  log.incumbents.forEach((value, i) => {
    if (i > 0) expect(value).toBeGreaterThan(log.incumbents[i - 1]);
  });
  for (const bound of log.bounds) expect(bound).toBeGreaterThanOrEqual(optimum);
  const met = Math.min(...log.bounds) <= optimum;
  expect(met || log.end?.reason === 'optimal').toBe(true);
}

describe('one capacity', () => {
  test.each(['core', 'branch-and-bound', 'dynamic-programming'] as const)(
    '%s finds the optimum of 0/1 and bounded instances',
    (solver) => {
      const small = instances(1, { items: 9, weight: 30, count: 3 });
      fc.assert(
        fc.property(small, (instance) => expectOptimal(solver, instance)),
        { numRuns: 400 },
      );
    },
  );

  test.each(['core', 'branch-and-bound'] as const)(
    '%s stays exact when products pass 2^53',
    (solver) => {
      const large = instances(1, { items: 8, weight: 2 ** 48, count: 1 });
      fc.assert(
        fc.property(large, (instance) => expectOptimal(solver, instance)),
        { numRuns: 150 },
      );
    },
  );
});

describe('several capacities', () => {
  test('branch-and-bound finds the optimum', () => {
    const small = fc
      .integer({ min: 2, max: 4 })
      .chain((m) => instances(m, { items: 8, weight: 25, count: 3 }));
    fc.assert(
      fc.property(small, (instance) => expectOptimal('branch-and-bound', instance)),
      { numRuns: 80 },
    );
  });

  test('branch-and-bound does with plain multipliers too', () => {
    fc.assert(
      fc.property(instances(3, { items: 7, weight: 20, count: 2 }), (instance) => {
        const log = run('branch-and-bound', instance, { params: { multipliers: 'equal' } });
        expect(log.incumbents.at(-1)).toBe(bruteForce(instance));
      }),
      { numRuns: 60 },
    );
  });

  test('highs finds the optimum, with one capacity or more', () => {
    const small = fc
      .integer({ min: 1, max: 3 })
      .chain((m) => instances(m, { items: 8, weight: 25, count: 3 }));
    fc.assert(
      fc.property(small, (instance) => expectOptimal('highs', instance)),
      { numRuns: 25 },
    );
  });
});

const odd: [string, Instance, number][] = [
  ['no items', { name: '', capacities: [10], items: [] }, 0],
  ['capacity 0', { name: '', capacities: [0], items: [makeItem(5, [1]), makeItem(3, [0])] }, 3],
  ['one item that fits', { name: '', capacities: [4], items: [makeItem(7, [4])] }, 7],
  ['one item too heavy', { name: '', capacities: [4], items: [makeItem(7, [5])] }, 0],
  ['only free items', { name: '', capacities: [4], items: [makeItem(2, [0], 3)] }, 6],
  ['no profit', { name: '', capacities: [4], items: [makeItem(0, [1]), makeItem(0, [0])] }, 0],
  [
    'decimals',
    { name: '', capacities: [1.5], items: [makeItem(0.1, [0.7]), makeItem(0.25, [0.8])] },
    0.35,
  ],
  [
    'a count far above what fits',
    { name: '', capacities: [100], items: [makeItem(3, [7], 1_000_000_000), makeItem(2, [5], 9)] },
    42,
  ],
  [
    'several dimensions, one of capacity 0',
    { name: '', capacities: [9, 0], items: [makeItem(4, [3, 0], 2), makeItem(9, [1, 1])] },
    8,
  ],
];

describe.each(odd)('%s', (_name, instance, optimum) => {
  test.each([
    'core',
    'branch-and-bound',
    'dynamic-programming',
    'highs',
    'local-search',
    'greedy',
  ] as const)('%s', (solver) => {
    if (refuses(solver, instance)) {
      expect(instance.capacities.length).toBeGreaterThan(1);
      return;
    }
    const log = run(solver, instance, { steps: 2000 });
    expect(log.incumbents.at(-1)).toBeCloseTo(optimum, 12);
    for (const bound of log.bounds) expect(bound).toBeGreaterThanOrEqual(optimum - 1e-12);
  });
});

test('brute force agrees with a case worked by hand', () => {
  const instance: Instance = {
    name: 'hand',
    capacities: [10],
    items: [makeItem(60, [5]), makeItem(50, [4]), makeItem(40, [3], 2), makeItem(10, [1])],
  };
  expect(bruteForce(instance)).toBe(130);
});
