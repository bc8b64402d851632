/** Least absolute deviations: f(x) = mean |aᵢ·x − bᵢ|, convex and not smooth, with minimum 0. */
import { createRng } from '../../core/rng.ts';
import { memo } from './memo.ts';
import { createNormal } from './random.ts';
import type { Task } from './tasks.ts';

export type AbsoluteTask = Extract<Task, { kind: 'absolute' }>;

export interface AbsoluteData {
  /** Row-major aᵢ, each of length 1, so that no subgradient is longer. */
  rows: Float64Array;
  /** bᵢ = aᵢ · solution. */
  targets: Float64Array;
  /** Where f is 0, of length 1. */
  solution: Float64Array;
}

function unitVector(into: Float64Array, from: number, count: number, normal: () => number): void {
  let square = 0;
  for (let j = 0; j < count; j++) {
    const value = normal();
    into[from + j] = value;
    square += value * value;
  }
  const scale = 1 / Math.sqrt(square);
  for (let j = 0; j < count; j++) into[from + j] *= scale;
}

/** Made from the task and its seed alone, remembered as long as the task object lives. */
export const absoluteData = memo((task: AbsoluteTask): AbsoluteData => {
  const { samples, dimension } = task;
  const normal = createNormal(createRng(task.seed));
  const rows = new Float64Array(samples * dimension);
  const solution = new Float64Array(dimension);
  unitVector(solution, 0, dimension, normal);
  for (let i = 0; i < samples; i++) unitVector(rows, i * dimension, dimension, normal);
  const targets = new Float64Array(samples);
  for (let i = 0; i < samples; i++) targets[i] = product(rows, i * dimension, solution);
  return { rows, targets, solution };
});

/** aᵢ · x with the row at `from`. */
export function product(rows: Float64Array, from: number, x: ArrayLike<number>): number {
  let sum = 0;
  for (let j = 0; j < x.length; j++) sum += rows[from + j] * x[j];
  return sum;
}

/** f(x). O(samples · dimension). */
export function absoluteValue(task: AbsoluteTask, x: ArrayLike<number>): number {
  const { rows, targets } = absoluteData(task);
  let sum = 0;
  for (let i = 0; i < targets.length; i++)
    sum += Math.abs(product(rows, i * task.dimension, x) - targets[i]);
  return sum / targets.length;
}
