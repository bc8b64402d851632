import { describe, expect, it } from 'vitest';
import { boundAt, boundTerms, optimalBound } from './bound.ts';
import { gammaStar, horizonTransfer, twoPlateaus } from './bound-transfer.ts';
import { learningRates } from './curve.ts';
import { makeBody, makeSchedule, makeWsd, type Schedule } from './schedule.ts';

describe('carrying a rate over', () => {
  it('to another schedule, T = 6400', () => {
    const wsd = makeWsd(1, 6400);
    const linear = makeSchedule(1, makeBody('linear'));
    const cosine = makeSchedule(1, makeBody('cosine'));
    const before = gammaStar(wsd, 6400);
    expect(gammaStar(linear, 6400) / before).toBeCloseTo(Math.exp(0.6652), 3);
    expect(gammaStar(cosine, 6400) / before).toBeCloseTo(1.9, 1);
  });

  // The research's reference values for T₀ = 4000 and a cooldown of 0.2, to the digits given.
  it.each([
    [1.5, 0.6367, 0.026771, 0.446, 0.026419, 0.02849],
    [2, 0.533, 0.023101, 0.633, 0.02252, 0.025628],
    [3, 0.4312, 0.019017, 0.876, 0.018269, 0.022766],
    [4, 0.3754, 0.016636, 0.999, 0.015822, 0.021335],
  ])('to a horizon %f times as long', (times, factor, factorBound, cooldown, cooled, naive) => {
    const transfer = horizonTransfer(4000, 4000 * times);
    expect(transfer.rate).toBeCloseTo(0.008118294, 9);
    expect(transfer.kept).toBe(3200);
    expect(Math.abs(transfer.factor - factor)).toBeLessThan(6e-5);
    expect(Math.abs(transfer.factorBound - factorBound)).toBeLessThan(6e-7);
    expect(Math.abs(transfer.cooldown - cooldown)).toBeLessThan(1.1e-3);
    expect(Math.abs(transfer.cooldownBound - cooled)).toBeLessThan(6e-7);
    expect(Math.abs(transfer.naiveBound - naive)).toBeLessThan(6e-7);
  });

  it('changes nothing when the horizon stays', () => {
    const { factor, cooldown, naiveBound, cooldownBound } = horizonTransfer(1000, 1000);
    expect(factor).toBeCloseTo(1, 4);
    expect(cooldown).toBeCloseTo(0.2, 3);
    expect(cooldownBound).toBeCloseTo(naiveBound, 8);
  });

  it('draws two plateaus and the longer cooldown', () => {
    const rates = twoPlateaus(80, 200, 0.2, 0.5);
    expect(rates).toHaveLength(201);
    expect([rates[0], rates[79], rates[80], rates[160], rates[180], rates[200]]).toEqual([
      1, 1, 0.5, 0.5, 0.25, 0,
    ]);
  });

  it('fits power laws of the horizon as in the research', () => {
    const horizons = Array.from({ length: 9 }, (_, i) => Math.round(10 ** (3 + i / 4)));
    const slope = (values: number[]) => {
      const x = horizons.map(Math.log);
      const y = values.map(Math.log);
      const mean = (list: number[]) => list.reduce((a, b) => a + b, 0) / list.length;
      const [mx, my] = [mean(x), mean(y)];
      const top = x.reduce((sum, xi, i) => sum + (xi - mx) * (y[i] - my), 0);
      const exponent = top / x.reduce((sum, xi) => sum + (xi - mx) ** 2, 0);
      return [Math.exp(my - exponent * mx), exponent];
    };
    for (const [schedule, scale, exponent] of [
      [() => makeSchedule(1, makeBody('cosine')), 0.966, -0.4995],
      [(T: number) => makeWsd(1, T), 0.507, -0.4987],
      [() => makeSchedule(1, makeBody('linear')), 0.992, -0.4992],
      [() => makeSchedule(1, makeBody('constant')), 0.472, -0.547],
    ] as const) {
      const [a, b] = slope(horizons.map((T) => gammaStar(schedule(T), T)));
      expect(Math.abs(a / scale - 1)).toBeLessThan(0.01);
      expect(Math.abs(b - exponent)).toBeLessThan(0.001);
    }
    const omegaStar = (schedule: Schedule, T: number) =>
      optimalBound(boundTerms(learningRates(schedule, T), T));
    for (const [schedule, scale, exponent] of [
      [() => makeSchedule(1, makeBody('cosine')), 2.067, -0.5],
      [(T: number) => makeWsd(1, T), 2.188, -0.5],
      [() => makeSchedule(1, makeBody('linear')), 2.013, -0.5],
      // The logarithm that a constant rate costs.
      [() => makeSchedule(1, makeBody('constant')), 2.118, -0.453],
    ] as const) {
      const [a, b] = slope(horizons.map((T) => omegaStar(schedule(T), T)));
      expect(Math.abs(a / scale - 1)).toBeLessThan(0.01);
      expect(Math.abs(b - exponent)).toBeLessThan(0.0015);
    }
  });

  it('the plateau goes on below the bound of doing nothing', () => {
    const { rate, kept, factor } = horizonTransfer(400, 800);
    const bound = (rho: number) => boundAt(boundTerms(twoPlateaus(kept, 800, 0.2, rho), 800), rate);
    expect(bound(factor)).toBeLessThan(bound(1));
    const naive = boundAt(boundTerms(learningRates(makeWsd(1, 800), 800), 800), rate);
    expect(bound(1)).toBeCloseTo(naive, 12);
  });
});
