import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fitLine,
  geometric,
  leastIndex,
  mean,
  median,
  pearson,
  ranks,
  spearman,
} from './numbers.ts';
import { logTicks } from '../../../charts/log-ticks.ts';
import { thinLine } from './plot.ts';
import type { Pair } from './lab.ts';

const finite = fc.double({ min: -1e6, max: 1e6, noNaN: true });

describe('statistics', () => {
  it('ranks with ties share their mean rank and always sum to the same', () => {
    expect(ranks([3, 1, 3, 2])).toEqual([3.5, 1, 3.5, 2]);
    fc.assert(
      fc.property(fc.array(finite, { minLength: 1, maxLength: 30 }), (values) => {
        const n = values.length;
        expect(mean(ranks(values)) * n).toBeCloseTo((n * (n + 1)) / 2, 9);
      }),
    );
  });

  it('correlates as known', () => {
    expect(pearson([1, 2, 3], [2, 4, 6])).toBeCloseTo(1, 12);
    expect(pearson([1, 2, 3, 4], [1, 3, 2, 5])).toBeCloseTo(0.8315218406, 9);
    // Any growing function keeps the ranks.
    expect(spearman([1, 2, 3, 4], [1, 8, 27, 64])).toBeCloseTo(1, 12);
    expect(spearman([1, 2, 3, 4, 5], [5, 6, 7, 8, 7])).toBeCloseTo(0.8207826817, 9);
    expect(pearson([1, 1, 1], [1, 2, 3])).toBeNaN();
  });

  it('fits lines, medians and equal ratios', () => {
    expect(fitLine([0, 1, 2], [1, 3, 5])).toEqual({ slope: 2, intercept: 1 });
    expect([median([3, 1, 2]), median([4, 1, 2, 3]), median([])]).toEqual([2, 2.5, NaN]);
    expect(geometric(0.01, 0.16, 5)).toEqual([0.01, 0.02, 0.04, 0.08, 0.16]);
    expect(leastIndex([NaN, Infinity, 2, 1])).toBe(3);
    expect(leastIndex([NaN, Infinity])).toBe(-1);
  });
});

describe('thinning', () => {
  it('never drops the highest or the lowest value, and keeps the order', () => {
    fc.assert(
      fc.property(fc.array(finite, { minLength: 1, maxLength: 500 }), (values) => {
        const pairs = values.map((y, x): Pair => [x, y]);
        const thin = thinLine(pairs, 40);
        const ys = thin.map(([, y]) => y);
        expect(Math.max(...ys)).toBe(Math.max(...values));
        expect(Math.min(...ys)).toBe(Math.min(...values));
        expect(thin.length).toBeLessThanOrEqual(Math.max(40, 0));
        for (let i = 1; i < thin.length; i++) expect(thin[i][0]).toBeGreaterThan(thin[i - 1][0]);
      }),
    );
  });

  it('puts ticks of a logarithmic axis at 1, 2 and 5', () => {
    expect(logTicks(0.05, 1.6)).toEqual([0.05, 0.1, 0.2, 0.5, 1]);
    expect(logTicks(1e-4, 1e3)).toEqual([1e-4, 1e-3, 0.01, 0.1, 1, 10, 100, 1000]);
  });
});
