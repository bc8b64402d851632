import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { betaOf, smooth } from './smoothing.ts';

type Pair = [number, number];
const finite = fc.double({ min: -1e6, max: 1e6, noNaN: true });

describe('smoothing', () => {
  it('leaves a constant as it is from the first value on', () => {
    fc.assert(
      fc.property(finite, fc.double({ min: 0, max: 0.999, noNaN: true }), (value, beta) => {
        const pairs = Array.from({ length: 20 }, (_, i): Pair => [3 * i, value]);
        for (const [, y] of smooth(pairs, beta))
          expect(Math.abs(y - value)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(value)));
      }),
    );
  });

  it('is the de-biased moving average on every step', () => {
    const values = [5, 1, 4, 2, 8];
    let sum = 0;
    const expected = values.map((value, i) => {
      sum = 0.9 * sum + 0.1 * value;
      return sum / (1 - 0.9 ** (i + 1));
    });
    smooth(
      values.map((value, i): Pair => [i, value]),
      0.9,
    ).forEach(([, y], i) => expect(y).toBeCloseTo(expected[i], 12));
  });

  it('hardly changes when every second row of a slow line is left out', () => {
    const all = Array.from({ length: 2000 }, (_, i): Pair => [i, Math.sin(i / 300)]);
    const half = all.filter(([x]) => x % 2 === 0);
    const dense = new Map(smooth(all, 0.99));
    for (const [x, y] of smooth(half, 0.99))
      if (x > 200) expect(Math.abs(y - dense.get(x)!)).toBeLessThan(5e-3);
  });

  it('halves a weight after its half-life', () => {
    expect(betaOf(10) ** 10).toBeCloseTo(0.5, 12);
  });
});
