/** The plane of a training path: how it is sampled, shared by who computes it and who draws it. */
import { parameterCount, sampleWork, validationSize } from './model.ts';
import { isFunction, type Task } from './tasks.ts';

/** Multiply-adds that the losses on a plane may take, and what their snapshots may take in floats. */
const WORK = 4e8;
const FLOATS = 8e6;

/** Points along each side of the grid. */
export const gridSize = (task: Task): number => (task.kind === 'text' ? 13 : 25);

/** Validation samples that the loss is taken over: all, or as many as time allows. */
export function planeSamples(task: Task): number {
  const count = Math.floor(WORK / (gridSize(task) * gridSize(task) * sampleWork(task)));
  return Math.min(validationSize(task), Math.max(8, count));
}

/** Snapshots to take when `wanted` are: at least 3. */
export const snapshotCount = (task: Task, wanted: number): number =>
  Math.max(3, Math.min(wanted, Math.floor(FLOATS / parameterCount(task))));

/** Tasks whose path has no picture of its own without this. */
export const hasPlane = (task: Task): boolean => !isFunction(task);
