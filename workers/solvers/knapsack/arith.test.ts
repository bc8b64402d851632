import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareEfficiency, mulDivUp } from './arith.ts';
import { makeBundles, makeGroups, sortByEfficiency, type Groups } from './groups.ts';

const whole = fc.maxSafeNat();
const positive = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });

function finish<T>(generator: Generator<number, T, void>): T {
  for (;;) {
    const next = generator.next();
    if (next.done) return next.value;
  }
}

describe('mulDivUp', () => {
  test('is never below the exact quotient and equal to it while products are exact', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.nat(1e6), whole),
        fc.oneof(fc.nat(1e6), whole),
        positive,
        (a, b, d) => {
          const exact = (BigInt(a) * BigInt(b)) / BigInt(d);
          // Only quotients that are profits matter.
          fc.pre(exact < 2n ** 53n);
          const value = mulDivUp(a, b, d);
          expect(BigInt(value) >= exact).toBe(true);
          if (a * b <= Number.MAX_SAFE_INTEGER) expect(BigInt(value)).toBe(exact);
        },
      ),
    );
  });

  test('rounds negative quotients down, or stays above when inexact', () => {
    expect(mulDivUp(-7, 3, 2)).toBe(-11);
    expect(mulDivUp(-(2 ** 40), 2 ** 30, 3)).toBeGreaterThanOrEqual(-(2 ** 70) / 3);
  });
});

describe('compareEfficiency', () => {
  test('agrees with exact fractions', () => {
    fc.assert(
      fc.property(whole, positive, whole, positive, (p1, w1, p2, w2) => {
        const exact = BigInt(p1) * BigInt(w2) - BigInt(p2) * BigInt(w1);
        expect(Math.sign(compareEfficiency(p1, w1, p2, w2))).toBe(
          exact > 0n ? 1 : exact < 0n ? -1 : 0,
        );
      }),
    );
  });

  test('tells fractions apart that round to the same double', () => {
    const w = 2 ** 52;
    expect(compareEfficiency(w - 1, w, w - 2, w - 1)).toBeGreaterThan(0);
  });
});

describe('groups', () => {
  const columns = fc.array(fc.record({ p: fc.nat(6), w: fc.nat(6), c: fc.nat(4) }), {
    maxLength: 40,
  });
  const groupsOf = (rows: { p: number; w: number; c: number }[], capacity: number): Groups =>
    finish(
      makeGroups(
        {
          n: rows.length,
          profits: Float64Array.from(rows, ({ p }) => p),
          weights: Float64Array.from(rows, ({ w }) => w),
          counts: Float64Array.from(rows, ({ c }) => c),
        },
        capacity,
      ),
    );

  test('equal items meet in one group, in order of efficiency', () => {
    fc.assert(
      fc.property(columns, fc.nat(20), (rows, capacity) => {
        const groups = groupsOf(rows, capacity);
        const seen = new Set<string>();
        for (let g = 0; g < groups.size; g++) {
          const [p, w] = [groups.profits[g], groups.weights[g]];
          expect(seen.has(`${p} ${w}`)).toBe(false);
          seen.add(`${p} ${w}`);
          const total = rows.reduce(
            (sum, row) => sum + (row.p === p && row.w === w ? row.c : 0),
            0,
          );
          expect(groups.counts[g]).toBe(Math.min(total, Math.floor(capacity / w)));
          if (g > 0)
            expect(groups.profits[g - 1] * w).toBeGreaterThanOrEqual(p * groups.weights[g - 1]);
        }
      }),
    );
  });

  test('bundles reach every number of copies and no more', () => {
    for (let count = 1; count <= 40; count++) {
      const bundles = makeBundles(groupsOf([{ p: 1, w: 1, c: count }], 1000));
      let sums = [0];
      for (const copies of bundles.copies) sums = sums.flatMap((sum) => [sum, sum + copies]);
      expect([...new Set(sums)].sort((a, b) => a - b)).toEqual(
        Array.from({ length: count + 1 }, (_, i) => i),
      );
    }
  });

  test('sorting yields control and gives the order of a plain sort', () => {
    const n = 50_000;
    const p = Float64Array.from({ length: n }, (_, i) => (i * 7919) % 1000);
    const w = Float64Array.from({ length: n }, (_, i) => 1 + ((i * 104_729) % 997));
    const generator = sortByEfficiency(p, w);
    let yields = 0;
    let order: Uint32Array;
    for (;;) {
      const next = generator.next();
      if (next.done) {
        order = next.value;
        break;
      }
      yields++;
    }
    expect(yields).toBeGreaterThan(10);
    const plain = Uint32Array.from(p, (_, i) => i).sort(
      (a, b) => p[b] * w[a] - p[a] * w[b] || w[b] - w[a] || a - b,
    );
    expect(order).toEqual(plain);
  });
});
