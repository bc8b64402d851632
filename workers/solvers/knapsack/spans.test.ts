import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeItem, pack, type Instance } from '../../../src/problems/knapsack/instance.ts';
import { makeGroups } from './groups.ts';
import { mergeSpans } from './spans.ts';
import { run } from './testing.ts';

/** Multiples of a few items, many copies of each. */
const spanner: fc.Arbitrary<Instance> = fc
  .record({
    span: fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })), {
      minLength: 1,
      maxLength: 3,
    }),
    draws: fc.array(
      fc.tuple(fc.nat(2), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 40 })),
      { minLength: 1, maxLength: 8 },
    ),
    capacity: fc.integer({ min: 1, max: 600 }),
  })
  .map(({ span, draws, capacity }) => ({
    name: '',
    capacities: [capacity],
    items: draws.map(([pick, times, count]) => {
      const [p, w] = span[pick % span.length];
      return makeItem(p * times, [w * times], count);
    }),
  }));

function groupsOf(instance: Instance) {
  const packed = pack(instance);
  const making = makeGroups(packed, packed.capacities[0]);
  let next = making.next();
  while (!next.done) next = making.next();
  return next.value;
}

test('any number of copies of a span can be made of its multiples', () => {
  let merged = 0;
  fc.assert(
    fc.property(spanner, fc.nat(1000), (instance, draw) => {
      const plain = groupsOf(instance);
      const { groups, spread, gather } = mergeSpans(plain);
      if (groups.size < plain.size) merged++;
      const wanted = groups.counts.map((count, s) => Math.floor((count * (draw + s)) / 1002));
      const taken = spread(wanted);
      taken.forEach((copies, g) => {
        expect(copies).toBeGreaterThanOrEqual(0);
        expect(copies).toBeLessThanOrEqual(plain.counts[g]);
      });
      const weigh = (counts: Float64Array, weights: Float64Array) =>
        counts.reduce((sum, copies, g) => sum + copies * weights[g], 0);
      expect(weigh(taken, plain.weights)).toBe(weigh(wanted, groups.weights));
      expect(weigh(taken, plain.profits)).toBe(weigh(wanted, groups.profits));
      expect(gather(taken)).toEqual(wanted);
    }),
  );
  expect(merged).toBeGreaterThan(20);
});

test('multiples of many copies are solved to the optimum of the table', () => {
  fc.assert(
    fc.property(spanner, (instance) => {
      const table = run('dynamic-programming', instance);
      const core = run('core', instance);
      expect(core.incumbents.at(-1)).toBe(table.incumbents.at(-1));
      const closed = Math.min(...core.bounds) === core.incumbents.at(-1);
      expect(closed || core.end?.reason === 'optimal').toBe(true);
    }),
    { numRuns: 300 },
  );
});
