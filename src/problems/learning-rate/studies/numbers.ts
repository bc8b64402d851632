/** Small statistics for studies: means, ranks, correlation, smoothing. */
import { mean, pearson, ranks, spearman } from '../../../core/statistics.ts';
import { pow } from '../../../core/math.ts';

export { mean, pearson, ranks, spearman };

/** The middle value, of an even number the mean of the middle two; NaN of nothing. */
export function median(values: readonly number[]): number {
  if (values.length === 0) return NaN;
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** Least-squares line y = slope · x + intercept. */
export function fitLine(
  x: readonly number[],
  y: readonly number[],
): { slope: number; intercept: number } {
  const meanX = mean(x);
  const meanY = mean(y);
  let xx = 0;
  let xy = 0;
  for (let i = 0; i < x.length; i++) {
    xx += (x[i] - meanX) * (x[i] - meanX);
    xy += (x[i] - meanX) * (y[i] - meanY);
  }
  const slope = xy / xx;
  return { slope, intercept: meanY - slope * meanX };
}

/** `count` values from `low` to `high` in equal ratios, to three significant digits. */
export const geometric = (low: number, high: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => {
    const value = count > 1 ? low * pow(high / low, i / (count - 1)) : low;
    return Number(value.toPrecision(3));
  });

/** Index of the least finite value; −1 when none is finite. */
export function leastIndex(values: readonly number[]): number {
  let best = -1;
  values.forEach((value, i) => {
    if (Number.isFinite(value) && (best < 0 || value < values[best])) best = i;
  });
  return best;
}
