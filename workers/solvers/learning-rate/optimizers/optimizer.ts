/** What an optimizer is to the training loop. */

/** A weight matrix among the parameters, row-major [in][out]. */
export interface Matrix {
  from: number;
  rows: number;
  columns: number;
}

/** What an optimizer may know of the task. */
export interface Setting {
  /** Where training starts; not to be written. */
  start: Float64Array;
  /** 1 where weight decay applies, else 0. */
  decayed: Uint8Array;
  /** Weights from hidden layer to hidden layer. */
  hidden: readonly Matrix[];
}

export interface Optimizer {
  /**
   * One step, in place. O(parameters) unless `work` says more.
   * @param x where the gradient was taken. @param g the gradient; may be written.
   * @param rate η of the step.
   * @returns the learning rate in effect, for the trace: η, or what the method made of it.
   */
  step(x: Float64Array, g: Float64Array, rate: number): number;
  /** Where the loss is measured, when not where gradients are taken; kept up to date by `step`. */
  readonly average?: Float64Array;
  /** Multiply-adds of a step beyond a few per parameter. */
  readonly work?: number;
}

/** Makes the optimizer with fresh state. */
export type MakeOptimizer<Params> = (params: Params, setting: Setting) => Optimizer;

/** x ← (1 − ηλ) x where weight decay applies. */
export function decay(x: Float64Array, decayed: Uint8Array, shrink: number): void {
  if (shrink !== 0) for (let i = 0; i < x.length; i++) x[i] -= shrink * decayed[i] * x[i];
}

/** ‖v‖². */
export function squareNorm(v: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < v.length; i++) sum += v[i] * v[i];
  return sum;
}
