/** Thresholds against published and re-derived values; policies against their promises. */
import { describe, expect, test } from 'vitest';
import { defaultParams, type ParamValues } from '../../../src/core/params.ts';
import { createRng } from '../../../src/core/rng.ts';
import { generators } from '../../../src/problems/knapsack/generators.ts';
import { makeItem, type Instance } from '../../../src/problems/knapsack/instance.ts';
import {
  fairRatio,
  fairThreshold,
  lambertW,
  learnedThreshold,
  leastAlpha,
  zclRatio,
  zclThreshold,
} from '../../../src/problems/knapsack/online.ts';
import { run } from './testing.ts';

const arrivals = (params: ParamValues, seed = 3): Instance => {
  const generator = generators.find(({ id }) => id === 'online');
  if (!generator) throw new Error('No generator of arrivals.');
  return generator.generate({ ...defaultParams(generator.params), ...params }, createRng(seed));
};

/** Offline optimum over what the policy packs. */
function ratioOf(instance: Instance, params: ParamValues): number {
  const log = run('online', instance, { params });
  return (log.bounds.at(-1) ?? NaN) / (log.incumbents.at(-1) ?? 0);
}

describe('thresholds', () => {
  test("Lambert's W solves w·e^w = x", () => {
    expect(lambertW(0)).toBe(0);
    expect(lambertW(1)).toBeCloseTo(0.5671432904097838, 14);
    expect(lambertW(Math.E)).toBeCloseTo(1, 14);
    for (const x of [1e-6, 0.3, 2, 50, 1e5]) {
      const w = lambertW(x);
      expect((w * Math.exp(w)) / x).toBeCloseTo(1, 12);
    }
    expect(lambertW(-1)).toBeNaN();
  });

  test.each([
    [10, 0.5, 3.49],
    [10, 0.66, 3.95],
    [10, 0.8, 4.79],
    [10, 0.9, 6.06],
    [100, 0.25, 5.674],
    [100, 0.33, 5.883],
    [100, 0.5, 6.771],
    [100, 0.66, 8.48],
    [100, 0.8, 11.8],
    [100, 0.9, 18.13],
  ])('the fair ratio at U/L = %d, α = %d is %d', (spread, alpha, ratio) => {
    expect(Math.abs(fairRatio(1, spread, alpha) - ratio)).toBeLessThan(0.006);
  });

  test('the fair threshold at its least α is ZCL', () => {
    for (const spread of [2, 10, 100, 1000]) {
      const alpha = leastAlpha(1, spread);
      expect(fairRatio(1, spread, alpha)).toBeCloseTo(zclRatio(1, spread), 10);
      const [fair, zcl] = [fairThreshold(1, spread, alpha), zclThreshold(1, spread)];
      for (const z of [0, alpha / 2, alpha + 1e-9, 0.5, 0.9, 1])
        expect(fair(z) / zcl(z)).toBeCloseTo(1, 8);
    }
  });

  test('all end at U and never fall', () => {
    for (const threshold of [
      zclThreshold(2, 50),
      fairThreshold(2, 50, 0.6),
      learnedThreshold(2, 50, 7, 0.4),
    ]) {
      expect(threshold(1)).toBeCloseTo(50, 10);
      for (let z = 0; z < 1; z += 0.01)
        expect(threshold(z + 0.01)).toBeGreaterThanOrEqual(threshold(z) - 1e-12);
    }
  });

  test('without trust a prediction changes nothing, with full trust it is the price', () => {
    const none = learnedThreshold(1, 100, 20, 0);
    const zcl = zclThreshold(1, 100);
    for (const z of [0, 0.1, 0.3, 0.6, 1]) expect(none(z)).toBeCloseTo(zcl(z), 10);
    expect(learnedThreshold(1, 100, 20, 1)(0.7)).toBe(20);
    expect(learnedThreshold(1, 100, 1e9, 1)(0.7)).toBe(100);
  });
});

describe('policies', () => {
  const range = { low: 1, high: 100 };
  /** Items of one percent of the capacity round the promise a little. */
  const slack = 1.06;

  test.each([0, 20, 40, 60, 80, 100])(
    'keep their promise when densities rise and stop at %d %%',
    (stop) => {
      const instance = arrivals({ n: 3000, order: 'rising', stop });
      const zcl = ratioOf(instance, { policy: 'zcl', ...range });
      expect(zcl).toBeLessThan(zclRatio(1, 100) * slack);
      for (const alpha of [0.33, 0.66])
        expect(ratioOf(instance, { policy: 'fair', alpha, ...range })).toBeLessThan(
          fairRatio(1, 100, alpha) * slack,
        );
      expect(ratioOf(instance, { policy: 'learned', trust: 0.5, error: 0, ...range })).toBeLessThan(
        2 * zclRatio(1, 100) * slack,
      );
    },
  );

  test('the adversary makes ZCL pay nearly its ratio, and whatever fits far more', () => {
    const instance = arrivals({ n: 5000, order: 'rising', stop: 100 });
    expect(ratioOf(instance, { policy: 'zcl', ...range })).toBeGreaterThan(zclRatio(1, 100) * 0.85);
    expect(ratioOf(instance, { policy: 'greedy' })).toBeGreaterThan(40);
  });

  test('a perfect prediction beats ZCL on random arrivals, a bad one loses', () => {
    const instance = arrivals({ n: 2000 });
    const zcl = ratioOf(instance, { policy: 'zcl', ...range });
    const perfect = ratioOf(instance, { policy: 'learned', trust: 0.9, error: 0, ...range });
    expect(perfect).toBeLessThan(zcl);
    expect(perfect).toBeLessThan(1.15);
    const bad = ratioOf(instance, { policy: 'learned', trust: 0.9, error: 10, ...range });
    expect(bad).toBeGreaterThan(perfect);
  });

  test('a secretary takes nothing while watching and does well at random', () => {
    const instance = arrivals({ n: 2000 });
    const log = run('online', instance, { params: { policy: 'secretary' } });
    const counts = Array.from(log.last?.counts ?? []);
    expect(counts.slice(0, Math.floor(2000 * 0.3678)).every((count) => count === 0)).toBe(true);
    expect((log.bounds.at(-1) ?? 0) / (log.incumbents.at(-1) ?? 1)).toBeLessThan(2.2);
  });

  test('in falling order whatever fits is nearly best, and copies arrive one by one', () => {
    expect(ratioOf(arrivals({ n: 500 }), { policy: 'greedy', order: 'falling' })).toBeLessThan(
      1.02,
    );
    const copies: Instance = {
      name: '',
      capacities: [10],
      items: [makeItem(1, [3], 2), makeItem(50, [2], 9), makeItem(4, [0])],
    };
    const log = run('online', copies, { params: { policy: 'greedy' } });
    expect(Array.from(log.last?.counts ?? [])).toEqual([2, 2, 1]);
    expect(log.bounds.at(-1)).toBe(254);
  });

  test('an item is decided before the next is seen', () => {
    const instance = arrivals({ n: 300 });
    const cut = { ...instance, items: instance.items.slice(0, 150) };
    const params = { policy: 'zcl', ...range };
    const whole = Array.from(run('online', instance, { params }).last?.counts ?? []);
    const half = Array.from(run('online', cut, { params }).last?.counts ?? []);
    expect(whole.slice(0, 150)).toEqual(half);
  });
});
