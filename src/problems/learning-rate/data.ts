/** The samples of the tasks that learn from data, made from the task and its seed alone. */
import { createRng, shuffle, type Rng } from '../../core/rng.ts';
import { IRIS_INPUTS, IRIS_PER_SPECIES, IRIS_SPECIES, irisMeasurements } from './iris.ts';
import {
  DIGIT_CLASSES,
  DIGIT_NAMES,
  DIGIT_SIZE,
  digitSamples,
  hasDigits,
  validationDigits,
} from './digits.ts';
import { memo } from './memo.ts';
import { makePlanar } from './planar-data.ts';
import { createNormal } from './random.ts';
import {
  emptySamples,
  plain,
  validationCount,
  withWrongLabels,
  type DataSet,
  type Samples,
} from './samples.ts';
import { makeTable } from './table.ts';
export type { DataSet, Samples } from './samples.ts';
import type { Task } from './tasks.ts';

/** A task whose samples are rows of inputs. */
export type DataTask = Extract<
  Task,
  { kind: 'logistic' | 'spirals' | 'circles' | 'xor' | 'iris' | 'table' | 'digits' }
>;

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
    const set = emptySamples(count, features);
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
    const set = emptySamples(rows.length, features);
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
    train: withWrongLabels(take(trainRows), IRIS_SPECIES.length, task.labelNoise, rng.fork(3)),
    validation: take(validationRows),
  };
}

/** @throws Error when the digits have not been loaded. */
const makeDigits = memo((task: Extract<Task, { kind: 'digits' }>): DataSet => {
  const train = digitSamples(0, task.samples);
  return {
    features: DIGIT_SIZE,
    classes: DIGIT_CLASSES,
    classNames: DIGIT_NAMES,
    inputNames: Array.from({ length: DIGIT_SIZE }, (_, j) => `Pixel ${j + 1}`),
    offset: plain(DIGIT_SIZE, 0),
    scale: plain(DIGIT_SIZE, 1),
    train: withWrongLabels(train, DIGIT_CLASSES, task.labelNoise, createRng(task.seed)),
    validation: validationDigits(),
  };
});

const dataOfOthers = memo((task: Task): DataSet | null => {
  switch (task.kind) {
    case 'spirals':
    case 'circles':
    case 'xor':
      return makePlanar(task);
    case 'table':
      return makeTable(task);
    case 'logistic':
      return makeLogistic(task);
    case 'iris':
      return makeIris(task);
    default:
      return null;
  }
});

/**
 * The task's samples, remembered as long as the task object lives; null for functions, and for
 * digits that have not been loaded.
 */
export function dataOf(task: Task): DataSet | null {
  if (task.kind !== 'digits') return dataOfOthers(task);
  return hasDigits() ? makeDigits(task) : null;
}

/** What the validation loss is taken over; null for functions and texts. */
export const validationOf = (task: Task): Samples | null =>
  task.kind === 'digits' ? validationDigits() : (dataOf(task)?.validation ?? null);

/** The samples of a task that has them. */
export const samplesOf = (task: DataTask): DataSet => dataOf(task) as DataSet;
