import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crossings, placeLabel, profileOf } from './labels.ts';

const line = (f: (x: number) => number, from = 0, to = 1) =>
  profileOf(
    Array.from({ length: 202 }, (_, i) => {
      const x = from + ((to - from) * Math.floor(i / 2)) / 100;
      return i % 2 === 0 ? x : f(x);
    }),
  );

describe('labels beside lines', () => {
  it('a profile has the line in every column it crosses', () => {
    const { low, high } = profileOf([0, 0, 1, 1]);
    for (let c = 0; c < 64; c++) {
      expect(low[c]).toBeCloseTo(c / 64, 12);
      expect(high[c]).toBeCloseTo((c + 1) / 64, 12);
    }
    const part = line((x) => x, 0.5, 0.75);
    expect([part.low[31], part.low[32], part.high[49]]).toEqual([Infinity, 0.5, -Infinity]);
  });

  it('never cover their own line, and stay inside where there is room', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.1, max: 0.9, noNaN: true }), { minLength: 2, maxLength: 12 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, preferred) => {
          const own = profileOf(values.flatMap((y, i) => [i / (values.length - 1), y]));
          const place = placeLabel(own, [], [], preferred);
          expect(crossings(place, own)).toBe(0);
          expect(place.bottom).toBeGreaterThanOrEqual(0);
          expect(place.top).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  it('avoid the curve and each other when bound and loss end together', () => {
    const curve = line((x) => 0.9 * (1 - x));
    const bound = line((x) => 0.04 + 0.8 * (1 - x) ** 2);
    const loss = line((x) => 0.05 + 0.8 * (1 - x) ** 3);
    const first = placeLabel(bound, [curve], [], 0.35);
    const second = placeLabel(loss, [curve, bound], [first], 1);
    for (const place of [first, second]) expect(crossings(place, curve)).toBe(0);
    expect(crossings(second, bound)).toBe(0);
    const apart =
      first.right <= second.left ||
      second.right <= first.left ||
      first.top <= second.bottom ||
      second.top <= first.bottom;
    expect(apart).toBe(true);
  });
});
