import { describe, expect, it } from 'vitest';
import { medianFilter, refineSchedule } from './schedule-refine.ts';

const norms = (f: (z: number) => number) =>
  Float64Array.from({ length: 1000 }, (_, t) => f(t / 999));
const falling = (z: number) => 9 * Math.exp(-z / 0.03);

describe('refinement from gradient norms', () => {
  it.each([
    [
      'constant norms: linear decay',
      norms(() => 1),
      0,
      [1, 0.99, 0.9499, 0.8999, 0.7497, 0.4995, 0.2492, 0.0991, 0.009],
    ],
    [
      'norms that fall at the start: a warm-up',
      norms((z) => 1 + falling(z)),
      186,
      [0.0115, 0.0208, 0.1581, 0.6475, 0.952, 0.6371, 0.3179, 0.1264, 0.0115],
    ],
    [
      'norms that also rise to twice as much: a fast end',
      norms((z) => 1 + falling(z) + Math.max(0, 2 * z - 1)),
      176,
      [0.012, 0.0217, 0.1646, 0.6689, 0.9137, 0.457, 0.0676, 0.0156, 0.0011],
    ],
  ])('%s', (_name, values, peak, expected) => {
    const rates = refineSchedule(values, 'sgd', 0)!;
    expect(rates.indexOf(1)).toBe(peak);
    [0, 10, 50, 100, 250, 500, 750, 900, 990].forEach((t, i) =>
      expect(Math.abs(rates[t] - expected[i])).toBeLessThan(5.1e-5),
    );
    expect(rates.at(-1)).toBe(0);
  });

  it('weighs by 1/‖g‖² for SGD and 1/‖g‖ for Adam', () => {
    // w = 1, 1/4, 1: w₀ (w₁ + w₂), w₁ w₂, 0, over the largest.
    expect([...refineSchedule([1, 2, 1], 'sgd', 0)!]).toEqual([1, 0.2, 0]);
    const adam = refineSchedule([1, 2, 1], 'adam', 0)!;
    expect([...adam]).toEqual([1, expect.closeTo(1 / 3, 12), 0]);
  });

  it('does not change with the scale of the norms', () => {
    const values = norms((z) => 1 + falling(z));
    const scaled = refineSchedule(values.map((value) => 1000 * value))!;
    refineSchedule(values)!.forEach((rate, t) => expect(scaled[t]).toBeCloseTo(rate, 12));
  });

  it('stays finite when the gradient vanishes, and gives up when all do', () => {
    const vanishing = norms((z) => (z < 0.9 ? 1 : 0));
    for (const rate of refineSchedule(vanishing)!) expect(rate >= 0 && rate <= 1).toBe(true);
    expect(refineSchedule(new Float64Array(5))).toBeNull();
    expect(refineSchedule([])).toBeNull();
    expect(refineSchedule([1])).toBeNull();
    expect(refineSchedule([NaN, 1, 1])?.every(Number.isFinite)).toBe(true);
  });

  it('medians reflect at the ends and drop single spikes', () => {
    expect([...medianFilter([1, 9, 1, 1, 50], 3)]).toEqual([9, 1, 1, 1, 1]);
    expect([...medianFilter([3, 1, 2], 1)]).toEqual([3, 1, 2]);
    const spiky = norms(() => 1);
    spiky[500] = 1e6;
    const plain = refineSchedule(norms(() => 1))!;
    refineSchedule(spiky)!.forEach((rate, t) => expect(rate).toBeCloseTo(plain[t], 12));
  });
});
