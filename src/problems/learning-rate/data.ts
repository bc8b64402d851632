/** The samples of the tasks that learn from data, made from the task and its seed alone. */
import { cos, sin } from '../../core/math.ts';
import { createRng, shuffle, type Rng } from '../../core/rng.ts';
import { IRIS_INPUTS, IRIS_PER_SPECIES, IRIS_SPECIES, irisMeasurements } from './iris.ts';
import { memo } from './memo.ts';
import { createNormal } from './random.ts';
import type { Task } from './tasks.ts';

const PI = 3.141592653589793;

export interface Samples {
  count: number;
  /** Row-major, `count` rows of `features` values, standardised where the task says so. */
  inputs: Float64Array;
  /** Class of each sample, 0 … classes − 1. */
  labels: Uint8Array;
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
}

/** Length of the spirals' arms. */
const ARM = 4;

export type DataTask = Extract<Task, { kind: 'logistic' | 'spirals' | 'iris' }>;

const samples = (count: number, features: number): Samples => ({
  count,
  inputs: new Float64Array(count * features),
  labels: new Uint8Array(count),
});

/** Validation samples are half as many as training samples, at least 50. */
const validationCount = (count: number): number => Math.max(50, Math.round(count / 2));

const plain = (features: number, value: number): Float64Array =>
  new Float64Array(features).fill(value);

function makeSpirals(task: Extract<Task, { kind: 'spirals' }>): DataSet {
  const draw = (count: number, rng: Rng): Samples => {
    const normal = createNormal(rng);
    const set = samples(count, 2);
    for (let i = 0; i < count; i++) {
      const label = i % task.arms;
      const reach = 0.08 + 0.92 * rng.float();
      const radius = ARM * reach;
      const angle = 2 * PI * (task.turns * reach + label / task.arms);
      set.labels[i] = label;
      set.inputs[2 * i] = radius * cos(angle) + task.noise * normal();
      set.inputs[2 * i + 1] = radius * sin(angle) + task.noise * normal();
    }
    return set;
  };
  const rng = createRng(task.seed);
  return {
    features: 2,
    classes: task.arms,
    classNames: Array.from({ length: task.arms }, (_, i) => `Arm ${i + 1}`),
    inputNames: ['x', 'y'],
    offset: plain(2, 0),
    scale: plain(2, 1),
    train: draw(task.samples, rng.fork(0)),
    validation: draw(validationCount(task.samples), rng.fork(1)),
  };
}

function makeLogistic(task: Extract<Task, { kind: 'logistic' }>): DataSet {
  const { features } = task;
  const rng = createRng(task.seed);
  const direction = new Float64Array(features);
  const normal = createNormal(rng.fork(2));
  let square = 0;
  for (let j = 0; j < features; j++) {
    direction[j] = normal();
    square += direction[j] * direction[j];
  }
  const half = square > 0 ? task.separation / (2 * Math.sqrt(square)) : 0;
  const draw = (count: number, stream: Rng, flipped: number): Samples => {
    const deviate = createNormal(stream);
    const set = samples(count, features);
    for (let i = 0; i < count; i++) {
      const label = i % 2;
      const side = label === 1 ? half : -half;
      for (let j = 0; j < features; j++)
        set.inputs[i * features + j] = side * direction[j] + deviate();
      set.labels[i] = stream.float() < flipped ? 1 - label : label;
    }
    return set;
  };
  return {
    features,
    classes: 2,
    classNames: ['Class 0', 'Class 1'],
    inputNames: Array.from({ length: features }, (_, j) => `x${j + 1}`),
    offset: plain(features, 0),
    scale: plain(features, 1),
    train: draw(task.samples, rng.fork(0), task.flipped),
    validation: draw(validationCount(task.samples), rng.fork(1), 0),
  };
}

function makeIris(task: Extract<Task, { kind: 'iris' }>): DataSet {
  const all = irisMeasurements();
  const columns = task.inputs === 'all' ? [0, 1, 2, 3] : [2, 3];
  const features = columns.length;
  const rng = createRng(task.seed);
  const trainRows: number[] = [];
  const validationRows: number[] = [];
  for (let species = 0; species < IRIS_SPECIES.length; species++) {
    const rows = Int32Array.from(
      { length: IRIS_PER_SPECIES },
      (_, i) => species * IRIS_PER_SPECIES + i,
    );
    shuffle(rows, rng);
    // 34 + 33 + 33 flowers to train on.
    const count = species === 0 ? 34 : 33;
    trainRows.push(...rows.subarray(0, count));
    validationRows.push(...rows.subarray(count));
  }
  const offset = new Float64Array(features);
  const scale = new Float64Array(features);
  columns.forEach((column, j) => {
    let sum = 0;
    for (const row of trainRows) sum += all[4 * row + column];
    offset[j] = sum / trainRows.length;
    let square = 0;
    for (const row of trainRows) {
      const distance = all[4 * row + column] - offset[j];
      square += distance * distance;
    }
    scale[j] = Math.sqrt(square / trainRows.length);
  });
  const take = (rows: readonly number[]): Samples => {
    const set = samples(rows.length, features);
    rows.forEach((row, i) => {
      set.labels[i] = Math.floor(row / IRIS_PER_SPECIES);
      columns.forEach((column, j) => {
        set.inputs[i * features + j] = (all[4 * row + column] - offset[j]) / scale[j];
      });
    });
    return set;
  };
  return {
    features,
    classes: IRIS_SPECIES.length,
    classNames: IRIS_SPECIES,
    inputNames: columns.map((column) => `${IRIS_INPUTS[column]} (cm)`),
    offset,
    scale,
    train: take(trainRows),
    validation: take(validationRows),
  };
}

/** The task's samples, remembered as long as the task object lives; null for functions. */
export const dataOf = memo((task: Task): DataSet | null => {
  switch (task.kind) {
    case 'spirals':
      return makeSpirals(task);
    case 'logistic':
      return makeLogistic(task);
    case 'iris':
      return makeIris(task);
    default:
      return null;
  }
});

/** The samples of a task that has them. */
export const samplesOf = (task: DataTask): DataSet => dataOf(task) as DataSet;
