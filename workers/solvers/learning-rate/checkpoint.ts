/** Writing down the state of training and going on from it: for probes, and for later runs. */
import type { Checkpoint, StateArray } from '../../../src/problems/learning-rate/checkpoint.ts';

/** Something with numbers that outlive a step: a problem, an optimizer, a schedule that listens. */
export interface Stateful {
  /** All that it depends on besides what it is given; copied and written back, it goes on the same. */
  readonly state: readonly StateArray[];
}

/** Copies of the arrays. O(bytes). */
export const copyState = (arrays: readonly StateArray[]): StateArray[] =>
  arrays.map((array) => array.slice());

/** Writes copies back into the arrays they were made of; copies beyond those are left out. O(bytes). */
export function writeState(
  arrays: readonly StateArray[],
  copies: readonly Readonly<StateArray>[],
): void {
  arrays.forEach((array, i) => array.set(copies[i]));
}

/** Whether copies have the kinds and lengths of the arrays, none missing and none left over. */
export const fits = (arrays: readonly StateArray[], copies: readonly StateArray[]): boolean =>
  arrays.length === copies.length &&
  arrays.every(
    (array, i) => array.constructor === copies[i].constructor && array.length === copies[i].length,
  );

/**
 * Makes a training that was set up alike stand where the checkpoint was made.
 * @returns the steps done.
 * @throws Error when it is of another task or optimizer, or of a longer run.
 */
export function resume(
  { step, arrays: copies }: Checkpoint,
  arrays: readonly StateArray[],
  steps: number,
): number {
  if (!fits(arrays, copies) || step > steps)
    throw new Error(
      'The state to go on from is of another task, another optimizer or a longer run.',
    );
  writeState(arrays, copies);
  return step;
}
