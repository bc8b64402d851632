import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeItem, pack, type Instance } from '../../../src/problems/knapsack/instance.ts';
import { makeCardinality } from './cardinality.ts';
import { dantzig, makeGroups, prefixOf, type Groups } from './groups.ts';
import { bruteForce } from './testing.ts';

function finish<T>(generator: Generator<number, T, void>): T {
  for (;;) {
    const next = generator.next();
    if (next.done) return next.value;
  }
}

const groupsOf = (instance: Instance): Groups =>
  finish(makeGroups(pack(instance), instance.capacities[0]));

const small = fc
  .record({
    capacity: fc.nat(90),
    items: fc.array(fc.tuple(fc.nat(30), fc.nat(30), fc.nat(3)), { minLength: 1, maxLength: 9 }),
  })
  .map(({ capacity, items }): Instance => ({
    name: '',
    capacities: [capacity],
    items: items.map(([p, w, c]) => makeItem(p, [w], c)),
  }));

test('bounds everything better than the incumbent', () => {
  fc.assert(
    fc.property(small, fc.nat(200), (instance, known) => {
      const groups = groupsOf(instance);
      const optimum = bruteForce(instance) - groups.freeProfit;
      const bound = finish(makeCardinality(groups)(known));
      expect(bound).toBeGreaterThanOrEqual(known);
      expect(bound).toBeGreaterThanOrEqual(optimum > known ? optimum : known);
    }),
    { numRuns: 400 },
  );
});

test('closes what the Dantzig bound leaves open when profit is weight plus a constant', () => {
  // At most 9 of these fit, so 9 constants are the most that can be gained.
  const items = Array.from({ length: 3000 }, (_, i) => {
    const weight = 1000 + ((i * 7919) % 1009);
    return makeItem(weight + 100, [weight]);
  });
  const groups = groupsOf({ name: '', capacities: [9_500], items });
  const bound = finish(makeCardinality(groups)(10_000));
  expect(bound).toBe(10_400);
  expect(dantzig(groups, prefixOf(groups), 0, groups.capacity)).toBeGreaterThan(bound);
});
