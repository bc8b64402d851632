/** Small statistics for studies: means, ranks, correlation, smoothing. */
import { pow } from '../../../core/math.ts';

/** Arithmetic mean; NaN of nothing. */
export function mean(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** The middle value, of an even number the mean of the middle two; NaN of nothing. */
export function median(values: readonly number[]): number {
  if (values.length === 0) return NaN;
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** Ranks from 1, equal values share the mean of their ranks. O(n log n). */
export function ranks(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((a, b) => values[a] - values[b]);
  const result = new Array<number>(values.length);
  for (let i = 0; i < order.length;) {
    let j = i;
    while (j + 1 < order.length && values[order[j + 1]] === values[order[i]]) j++;
    for (let k = i; k <= j; k++) result[order[k]] = (i + j) / 2 + 1;
    i = j + 1;
  }
  return result;
}

/** Pearson's r of two lists of one length; NaN when one of them does not vary. */
export function pearson(x: readonly number[], y: readonly number[]): number {
  const meanX = mean(x);
  const meanY = mean(y);
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let i = 0; i < x.length; i++) {
    const dx = x[i] - meanX;
    const dy = y[i] - meanY;
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : NaN;
}

/** Spearman's rank correlation (1904), in [−1, 1]; NaN when one list does not vary. */
export const spearman = (x: readonly number[], y: readonly number[]): number =>
  pearson(ranks(x), ranks(y));

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
