/** What an optimizer is to the training loop. */
import type { Rng } from '../../../../src/core/rng.ts';
import { bytesOf, type StateArray } from '../../../../src/problems/learning-rate/checkpoint.ts';
import type { Stateful } from '../checkpoint.ts';

/** A weight matrix among the parameters, row-major [in][out]. */
export interface Matrix {
  from: number;
  rows: number;
  columns: number;
}

/** Gradients beyond the one a step is given. */
export interface Oracle {
  /** Loss and gradient of the step's own batch (same samples, same noise) at another point. */
  again(x: Float64Array, gradient: Float64Array): number;
  /** Loss and gradient of the next batch. */
  next(x: Float64Array, gradient: Float64Array): number;
}

/** What an optimizer may know of the task. */
export interface Setting {
  /** Where training starts; not to be written. */
  start: Float64Array;
  /** 1 where weight decay applies, else 0. */
  decayed: Uint8Array;
  /** Weights from hidden layer to hidden layer. */
  hidden: readonly Matrix[];
  /** All weight matrices, the hidden ones among them. */
  matrices: readonly Matrix[];
  /** T, the number of steps. */
  steps: number;
  oracle: Oracle;
  /** For methods that need chance of their own; use forks only, so that it has no state. */
  rng: Rng;
}

export interface Optimizer extends Stateful {
  /**
   * One step, in place. O(parameters) unless `work` says more.
   * @param x where the gradient was taken. @param g the gradient; may be written.
   * @param rate η of the step.
   * @returns the learning rate in effect, for the trace: η, or what the method made of it.
   */
  step(x: Float64Array, g: Float64Array, rate: number): number;
  /** Where the loss is measured, when not where gradients are taken; kept up to date by `step`. */
  readonly average?: Float64Array;
  /** A further sequence of points of interest: z of the schedule-free methods. */
  readonly fast?: Float64Array;
  /** Multiply-adds of a step beyond a few per parameter. */
  readonly work?: number;
  /** Gradients of a step, when more than one. */
  readonly gradients?: number;
  /**
   * All that a step depends on besides x, g and η, `average` and `fast` included. Copying it and
   * writing it back resumes the optimizer; its size is the memory the method needs.
   */
  readonly state: readonly StateArray[];
}

/** Bytes of the state. */
export const stateBytes = ({ state }: Optimizer): number => bytesOf(state);

/** Makes the optimizer with fresh state. */
export type MakeOptimizer<Params> = (params: Params, setting: Setting) => Optimizer;

/** x ← (1 − ηλ) x where weight decay applies. */
export function decay(x: Float64Array, decayed: Uint8Array | Float64Array, shrink: number): void {
  if (shrink !== 0) for (let i = 0; i < x.length; i++) x[i] -= shrink * decayed[i] * x[i];
}

/** ‖v‖². */
export function squareNorm(v: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < v.length; i++) sum += v[i] * v[i];
  return sum;
}
