/** A learning-rate experiment: what is trained, for how long, and with which rates. */
import type { Checkpoint } from './checkpoint.ts';
import { learningRates } from './curve.ts';
import { MAX_CODE } from '../../core/code.ts';
import { MAX_FORMULA } from './formula.ts';
import type { Schedule } from './schedule.ts';
import type { Task } from './tasks.ts';

/** What a person reads and writes. The optimizer is the solver's choice. */
export interface Instance {
  readonly name: string;
  readonly task: Task;
  /** T, the number of optimizer steps. */
  readonly steps: number;
  /** Samples per step; for functions the noise is averaged over as many gradients. */
  readonly batch: number;
  readonly schedule: Schedule;
}

/** The instance with its curve worked out. */
export interface Packed extends Instance {
  /** η(0) … η(T), T + 1 entries. */
  readonly rates: Float64Array;
}

/** A trained model. */
export interface Solution {
  /** Laid out as `model.ts` says. */
  readonly parameters: Float64Array;
  /** Optimizer steps done when these were the parameters. */
  readonly step: number;
  /**
   * Where the run stood that found it, so that another goes on from there: only in solutions that a
   * run was asked to write down.
   */
  readonly checkpoint?: Checkpoint;
}

export const LIMITS = {
  name: 120,
  steps: 200_000,
  batch: 2_000,
  /** Sequences in a batch of text: their attention takes memory. */
  sequences: 64,
  /** Images in a batch of a convolutional network. */
  images: 256,
  points: 1_000,
  pieces: 100,
  /** Schedules in one sequence or product. */
  members: 10,
  formula: MAX_FORMULA,
  code: MAX_CODE,
  parameters: 250_000,
} as const;

/** Most samples in a batch of the task: their network's values take memory. */
export function largestBatch(task: Task): number {
  if (task.kind === 'text') return LIMITS.sequences;
  const isConvolution = task.kind === 'digits' && task.network === 'convolution';
  return isConvolution ? LIMITS.images : LIMITS.batch;
}

export const pack = (instance: Instance): Packed => ({
  ...unpack(instance),
  rates: learningRates(instance.schedule, instance.steps),
});

export const unpack = ({ name, task, steps, batch, schedule }: Instance): Instance => ({
  name,
  task,
  steps,
  batch,
  schedule,
});

/** At most `count` (≥ 2) steps from 0 to T, evenly spread, both ends among them. */
export function sampleSteps(steps: number, count: number): number[] {
  const rows = Math.min(steps + 1, count);
  return Array.from({ length: rows }, (_, i) => Math.round((i * steps) / (rows - 1)));
}

/** Rows of the solution table. */
export const TABLE_ROWS = 101;
