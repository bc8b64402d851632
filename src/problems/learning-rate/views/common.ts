/** What the pictures of this family share. */
import { boundCurve } from '../bound.ts';
import { learningRates } from '../curve.ts';
import type { Instance, Solution } from '../instance.ts';
import { memo } from '../memo.ts';
import { COLUMN } from '../solvers.ts';
import type { Frame, TraceData } from '../../views.ts';

export type LrFrame = Frame<Instance, Solution>;

/** η(0) … η(T), remembered per instance. */
export const ratesOf = memo((instance: Instance) =>
  learningRates(instance.schedule, instance.steps),
);

/** The bound along the curve, remembered per instance. */
export const boundOf = memo((instance: Instance) => boundCurve(ratesOf(instance)));

export { COLUMN };

/** Value of a trace cell; NaN outside. */
export const traceAt = (trace: TraceData, column: number, row: number): number =>
  row >= 0 && row < trace.length ? trace.values[column][row] : NaN;

/** Steps done, or null before the first row. */
export function currentStep(trace: TraceData | null): number | null {
  return trace && trace.length > 0 ? traceAt(trace, COLUMN.step, trace.length - 1) : null;
}

/** The last finite value of a column at or before a row. */
export function lastFinite(trace: TraceData, column: number, row: number): number {
  for (let i = Math.min(row, trace.length - 1); i >= 0; i--) {
    const value = trace.values[column][i];
    if (Number.isFinite(value)) return value;
  }
  return NaN;
}

/** Row of the last step ≤ `step`; −1 when none. Binary search. */
export function rowOfStep(trace: TraceData, step: number): number {
  const steps = trace.values[COLUMN.step];
  let low = -1;
  let high = trace.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (steps[middle] <= step) low = middle;
    else high = middle;
  }
  return low;
}

/** A learning rate or loss as a person reads it: four significant digits. */
export const shortNumber = (value: number): string => {
  if (!Number.isFinite(value)) return '–';
  const rounded = Number(value.toPrecision(4));
  return Math.abs(rounded) >= 1e-4 || rounded === 0
    ? String(rounded)
    : rounded.toExponential().replace('e-', 'e−');
};

/** The next number ≥ value among 1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10 times a power of ten. */
export function niceCeiling(value: number): number {
  if (!(value > 0) || !Number.isFinite(value)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find(
    (candidate) => candidate * power >= value * (1 - 1e-12),
  );
  return (step ?? 10) * power;
}

/**
 * Indices of at most about `max` samples that keep every bucket's smallest and largest value, so
 * that no peak is lost.
 */
export function thin(values: ArrayLike<number>, max: number): number[] {
  const n = values.length;
  if (n <= max) return Array.from({ length: n }, (_, i) => i);
  const kept: number[] = [0];
  const buckets = Math.floor(max / 2) - 1;
  for (let b = 0; b < buckets; b++) {
    const from = 1 + Math.floor((b * (n - 2)) / buckets);
    const to = 1 + Math.floor(((b + 1) * (n - 2)) / buckets);
    let low = from;
    let high = from;
    for (let i = from; i < to; i++) {
      if (values[i] < values[low]) low = i;
      if (values[i] > values[high]) high = i;
    }
    kept.push(Math.min(low, high));
    if (low !== high) kept.push(Math.max(low, high));
  }
  kept.push(n - 1);
  return kept;
}
