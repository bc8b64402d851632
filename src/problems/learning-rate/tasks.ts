/** What is trained: the tasks with their parameters, one table for forms, links, schema and text. */
import type { ParamSpec, ParamsOf } from '../../core/params.ts';
import { IRIS_CSV } from './iris.ts';
import { taskSpecs } from './task-params.ts';

export type TaskKind = keyof typeof taskSpecs;
type TaskOf<Kind extends TaskKind> = Kind extends TaskKind
  ? { readonly kind: Kind } & ParamsOf<(typeof taskSpecs)[Kind]> &
      (Kind extends 'table' ? { readonly csv: string } : unknown)
  : never;
export type Task = TaskOf<TaskKind>;
export type Activation = 'tanh' | 'relu' | 'gelu';

export interface TaskInfo {
  kind: TaskKind;
  name: string;
  /** One sentence. */
  summary: string;
  specs: readonly ParamSpec[];
}

/** In the order of the links' task number: append only. */
export const TASKS: readonly TaskInfo[] = [
  {
    kind: 'quadratic',
    name: 'Quadratic',
    summary: 'A convex quadratic bowl with a chosen spectrum and gradient noise.',
    specs: taskSpecs.quadratic,
  },
  {
    kind: 'rosenbrock',
    name: 'Rosenbrock',
    summary: 'A curved narrow valley in two dimensions (Rosenbrock 1960).',
    specs: taskSpecs.rosenbrock,
  },
  {
    kind: 'logistic',
    name: 'Logistic regression',
    summary: 'Two Gaussian clouds told apart by a linear model; convex.',
    specs: taskSpecs.logistic,
  },
  {
    kind: 'spirals',
    name: 'Spirals',
    summary: 'A small neural network tells interleaved spirals apart.',
    specs: taskSpecs.spirals,
  },
  {
    kind: 'iris',
    name: 'Iris',
    summary: 'Fisher’s 150 measured iris flowers of three species, 100 to train on.',
    specs: taskSpecs.iris,
  },
  {
    kind: 'himmelblau',
    name: 'Himmelblau',
    summary: 'Four equal minima around a hill (Himmelblau 1972).',
    specs: taskSpecs.himmelblau,
  },
  {
    kind: 'beale',
    name: 'Beale',
    summary: 'A flat valley between steep walls (Beale 1958).',
    specs: taskSpecs.beale,
  },
  {
    kind: 'saddle',
    name: 'Saddle',
    summary: 'A saddle at the origin between two minima: ½ x² + ¼ (y² − 1)².',
    specs: taskSpecs.saddle,
  },
  {
    kind: 'monkey-saddle',
    name: 'Monkey saddle',
    summary: 'Three valleys meet where gradient and curvature are 0: x³ − 3xy² + ¾ r⁴ + ¼.',
    specs: taskSpecs['monkey-saddle'],
  },
  {
    kind: 'rastrigin',
    name: 'Rastrigin',
    summary: 'A bowl full of local minima (Rastrigin 1974).',
    specs: taskSpecs.rastrigin,
  },
  {
    kind: 'absolute',
    name: 'ℓ1 regression',
    summary:
      'Least absolute deviations with an exact solution: convex, not smooth, and within D = G = 1 of the bound.',
    specs: taskSpecs.absolute,
  },
  {
    kind: 'text',
    name: 'Text',
    summary: 'A transformer learns to write Genesis (King James Version), character by character.',
    specs: taskSpecs.text,
  },
  {
    kind: 'circles',
    name: 'Circles',
    summary: 'A small neural network tells concentric rings apart.',
    specs: taskSpecs.circles,
  },
  {
    kind: 'xor',
    name: 'XOR',
    summary: 'Four clouds whose classes no straight line parts.',
    specs: taskSpecs.xor,
  },
  {
    kind: 'table',
    name: 'Your table',
    summary: 'A network learns the last column of a table of your own.',
    specs: taskSpecs.table,
  },
  {
    kind: 'digits',
    name: 'Handwritten digits',
    summary:
      'A network learns to read 14 × 14 pixels of MNIST digits (LeCun, Cortes and Burges 1998).',
    specs: taskSpecs.digits,
  },
];

/** As a person chooses among them: functions, then convex sums, then networks. */
export const TASK_CHOICES: readonly TaskInfo[] = [
  'quadratic',
  'rosenbrock',
  'himmelblau',
  'beale',
  'rastrigin',
  'saddle',
  'monkey-saddle',
  'absolute',
  'logistic',
  'spirals',
  'circles',
  'xor',
  'iris',
  'table',
  'digits',
  'text',
].map((kind) => TASKS.find((info) => info.kind === kind) as TaskInfo);

export const taskInfo = (kind: TaskKind): TaskInfo =>
  TASKS.find((info) => info.kind === kind) as TaskInfo;

/** A task with defaults for all that is not given. */
export function makeTask<Kind extends TaskKind>(
  kind: Kind,
  given: Partial<TaskOf<Kind>> = {},
): TaskOf<Kind> {
  const values = Object.fromEntries(taskInfo(kind).specs.map((spec) => [spec.id, spec.default]));
  const csv = kind === 'table' ? { csv: IRIS_CSV } : {};
  return { kind, ...values, ...csv, ...given } as unknown as TaskOf<Kind>;
}

/** The value of one of the task's own parameters. */
export const taskValue = (task: Task, id: string): number | string =>
  (task as unknown as Record<string, number | string>)[id];

/** Two parameters, so that the path of training is drawn on contours. */
export const isPlanar = (task: Task): boolean =>
  'startX' in task ||
  ((task.kind === 'quadratic' || task.kind === 'absolute') && task.dimension === 2);

/** Kinds that learn from data, some of which is kept for validation. */
const LEARNERS = [
  'logistic',
  'spirals',
  'circles',
  'xor',
  'iris',
  'table',
  'digits',
  'text',
] as const;
type LearnerKind = (typeof LEARNERS)[number];

/** A function of its parameters alone, with minimum 0. */
export const isFunction = (task: Task): task is FunctionTask =>
  !(LEARNERS as readonly TaskKind[]).includes(task.kind);

/** Learns from samples, some of which are kept for validation. */
export const isClassifier = (task: Task): task is Exclude<Task, FunctionTask> => !isFunction(task);

export type FunctionTask = Exclude<Task, { kind: LearnerKind }>;

/** A classifier of two inputs, so that its decision surface is drawn. */
export const hasSurface = (task: Task): boolean =>
  task.kind === 'spirals' ||
  task.kind === 'circles' ||
  task.kind === 'xor' ||
  (task.kind === 'logistic' && task.features === 2) ||
  (task.kind === 'iris' && task.inputs === 'petals');

/** Whether the distribution shifts during training. */
export const hasShift = (task: Task): boolean =>
  'shiftAt' in task && (task.kind === 'quadratic' ? task.shiftBy : task.shiftAngle) !== 0;

/** The first step after the distribution has shifted; 0 when it does not. */
export const shiftStep = (task: Task, steps: number): number =>
  'shiftAt' in task && hasShift(task) ? Math.round(task.shiftAt * steps) : 0;
