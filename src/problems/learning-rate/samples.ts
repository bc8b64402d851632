/** Samples of the tasks that learn from data. */
import type { Rng } from '../../core/rng.ts';

export interface Samples {
  count: number;
  /** Row-major, `count` rows of `features` values, standardised where the task says so. */
  inputs: Float64Array;
  /** Class of each sample, 0 … classes − 1; zeros where values are predicted. */
  labels: Uint8Array;
  /** The values to predict, standardised; absent where there are classes. */
  targets?: Float64Array;
}

export interface DataSet {
  features: number;
  classes: number;
  classNames: readonly string[];
  /** Names of the inputs, with unit. */
  inputNames: readonly string[];
  /** Shown value of input j: offset[j] + scale[j] · value. */
  offset: Float64Array;
  scale: Float64Array;
  train: Samples;
  validation: Samples;
  /** The training samples before the distribution shifts; absent when it does not. */
  before?: Samples;
}

export const emptySamples = (count: number, features: number): Samples => ({
  count,
  inputs: new Float64Array(count * features),
  labels: new Uint8Array(count),
});

/** Validation samples are half as many as training samples, at least 50. */
export const validationCount = (count: number): number => Math.max(50, Math.round(count / 2));

export const plain = (features: number, value: number): Float64Array =>
  new Float64Array(features).fill(value);

/** The samples with each label, by chance, another class. */
export function withWrongLabels(set: Samples, classes: number, share: number, rng: Rng): Samples {
  if (share === 0) return set;
  const labels = set.labels.map((label) =>
    rng.float() < share ? (label + 1 + rng.int(classes - 1)) % classes : label,
  );
  return { ...set, labels };
}
