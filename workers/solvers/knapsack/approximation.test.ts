/** Approximation, tables by profit and the Martello–Toth bound against all choices. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeItem, pack, type Instance } from '../../../src/problems/knapsack/instance.ts';
import { dantzig, makeGroups, martelloToth, prefixOf } from './groups.ts';
import { bruteForce, run } from './testing.ts';

const small = fc
  .record({
    capacity: fc.nat(120),
    items: fc.array(
      fc.record({
        profit: fc.nat(200),
        weight: fc.nat(40),
        count: fc.integer({ min: 0, max: 3 }),
      }),
      { maxLength: 8 },
    ),
  })
  .map(({ capacity, items }): Instance => ({
    name: 'random',
    capacities: [capacity],
    items: items.map(({ profit, weight, count }) => makeItem(profit, [weight], count)),
  }));

describe('FPTAS', () => {
  test.each([0.5, 0.2, 0.05])('keeps 1 − ε of the optimum and its bound at ε = %s', (epsilon) => {
    fc.assert(
      fc.property(small, (instance) => {
        const optimum = bruteForce(instance);
        const log = run('fptas', instance, { params: { epsilon } });
        expect(log.incumbents.at(-1)).toBeGreaterThanOrEqual((1 - epsilon) * optimum);
        expect(log.incumbents.at(-1)).toBeLessThanOrEqual(optimum);
        for (const bound of log.bounds) expect(bound).toBeGreaterThanOrEqual(optimum);
      }),
      { numRuns: 150 },
    );
  });

  test('a smaller ε proves a smaller gap', () => {
    const instance: Instance = {
      name: '',
      capacities: [40_000],
      items: Array.from({ length: 60 }, (_, i) =>
        makeItem(1000 + ((i * 7919) % 997), [1000 + ((i * 104_729) % 991)]),
      ),
    };
    const gaps = [0.5, 0.1, 0.02].map((epsilon) => {
      const log = run('fptas', instance, { params: { epsilon } });
      return 1 - (log.incumbents.at(-1) ?? 0) / (log.bounds.at(-1) ?? 1);
    });
    expect(gaps[2]).toBeLessThanOrEqual(gaps[0]);
    for (const [k, gap] of gaps.entries()) expect(gap).toBeLessThanOrEqual([0.5, 0.1, 0.02][k]);
  });
});

test('the table by profit finds the optimum', () => {
  fc.assert(
    fc.property(small, (instance) => {
      const log = run('dynamic-programming', instance, { params: { table: 'profit' } });
      expect(log.incumbents.at(-1)).toBe(bruteForce(instance));
    }),
    { numRuns: 200 },
  );
});

describe('Martello–Toth bound', () => {
  test('lies between the optimum and the linear relaxation', () => {
    let tighter = 0;
    fc.assert(
      fc.property(small, (instance) => {
        const generator = makeGroups(pack(instance), instance.capacities[0]);
        let next = generator.next();
        while (!next.done) next = generator.next();
        const groups = next.value;
        const prefix = prefixOf(groups);
        const bound = martelloToth(groups, prefix, 0, groups.capacity);
        const linear = dantzig(groups, prefix, 0, groups.capacity);
        expect(bound).toBeLessThanOrEqual(linear);
        expect(bound + groups.freeProfit).toBeGreaterThanOrEqual(bruteForce(instance));
        if (bound < linear) tighter++;
      }),
      { numRuns: 300 },
    );
    expect(tighter).toBeGreaterThan(50);
  });

  test('branch and bound with it finds the optimum', () => {
    fc.assert(
      fc.property(small, (instance) => {
        const log = run('branch-and-bound', instance, { params: { bound: 'martello-toth' } });
        expect(log.incumbents.at(-1)).toBe(bruteForce(instance));
        expect(log.end?.reason ?? 'optimal').toBe('optimal');
      }),
      { numRuns: 200 },
    );
  });
});
