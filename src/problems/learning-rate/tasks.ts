/** What is trained: the tasks with their parameters, one table for forms, links, schema and text. */
import type { ParamSpec, ParamsOf } from '../../core/params.ts';

const seed = {
  type: 'number',
  id: 'seed',
  label: 'Data seed',
  help: 'Seed of the data and of the split into training and validation samples.',
  default: 1,
  min: 0,
  max: 4294967295,
  integer: true,
} as const;

const noise = (help: string, value: number, max: number) =>
  ({ type: 'number', id: 'noise', label: 'Noise', help, default: value, min: 0, max }) as const;

const layers = (min: number, value: number) =>
  ({
    type: 'number',
    id: 'layers',
    label: 'Hidden layers',
    help: 'Number of hidden layers of the network.',
    default: value,
    min,
    max: 4,
    integer: true,
  }) as const;

const width = (value: number) =>
  ({
    type: 'number',
    id: 'width',
    label: 'Width',
    help: 'Neurons in each hidden layer.',
    default: value,
    min: 1,
    max: 128,
    integer: true,
  }) as const;

const activation = {
  type: 'choice',
  id: 'activation',
  label: 'Activation',
  help: 'The non-linearity of the hidden layers.',
  default: 'tanh',
  options: [
    { value: 'tanh', label: 'tanh' },
    { value: 'relu', label: 'ReLU' },
    { value: 'gelu', label: 'GELU', help: 'The tanh form of Hendrycks and Gimpel, 2016.' },
  ],
} as const;

const quadratic = [
  {
    type: 'number',
    id: 'dimension',
    label: 'Dimension',
    help: 'Number of coordinates; with 2 the path is drawn on contours.',
    default: 2,
    min: 1,
    max: 500,
    integer: true,
  },
  {
    type: 'choice',
    id: 'spectrum',
    label: 'Spectrum',
    help: 'How the curvatures h₁ = 1 … h_d fall.',
    default: 'geometric',
    options: [
      { value: 'geometric', label: 'Geometric', help: 'From 1 down to 1 / condition number.' },
      { value: 'harmonic', label: 'Harmonic', help: 'hᵢ = 1 / i.' },
    ],
  },
  {
    type: 'number',
    id: 'condition',
    label: 'Condition number',
    help: 'Largest curvature over smallest, for the geometric spectrum.',
    default: 20,
    min: 1,
    max: 1e6,
    shownWhen: (values) => values.spectrum === 'geometric',
  },
  noise('Gradient noise σ: coordinate i of a sample’s gradient has deviation σ√hᵢ.', 0, 10),
  {
    type: 'number',
    id: 'start',
    label: 'Start',
    help: 'Every coordinate of the starting point.',
    default: 1,
    min: -100,
    max: 100,
  },
] as const satisfies readonly ParamSpec[];

const planeNoise = noise(
  'Deviation of the noise added to each gradient coordinate of a sample.',
  0,
  100,
);

const startAt = (id: 'startX' | 'startY', value: number) =>
  ({
    type: 'number',
    id,
    label: id === 'startX' ? 'Start x' : 'Start y',
    help: `${id === 'startX' ? 'First' : 'Second'} coordinate of the starting point.`,
    default: value,
    min: -5,
    max: 5,
  }) as const;

const rosenbrock = [
  {
    type: 'number',
    id: 'steepness',
    label: 'Steepness',
    help: 'b of (1 − x)² + b (y − x²)²; the valley narrows as it grows.',
    default: 100,
    min: 0.1,
    max: 10_000,
  },
  planeNoise,
  startAt('startX', -1.2),
  startAt('startY', 1),
] as const satisfies readonly ParamSpec[];

/** A function of two variables without parameters of its own. */
const plane = (x: number, y: number) =>
  [planeNoise, startAt('startX', x), startAt('startY', y)] as const;

const himmelblau = plane(0, 0);
const beale = plane(1, 1);
const saddle = plane(1.5, 0.01);
const monkeySaddle = plane(1, 0.01);
const rastrigin = plane(3.2, 2.1);

const samples = (help: string, value: number) =>
  ({
    type: 'number',
    id: 'samples',
    label: 'Samples',
    help,
    default: value,
    min: 10,
    max: 5_000,
    integer: true,
  }) as const;

const logistic = [
  samples('Training samples; half as many are drawn besides for validation.', 400),
  {
    type: 'number',
    id: 'features',
    label: 'Features',
    help: 'Number of inputs; with 2 the decision surface is drawn.',
    default: 2,
    min: 1,
    max: 100,
    integer: true,
  },
  {
    type: 'number',
    id: 'separation',
    label: 'Separation',
    help: 'Distance of the two Gaussian clouds, in standard deviations.',
    default: 2,
    min: 0,
    max: 20,
  },
  {
    type: 'number',
    id: 'flipped',
    label: 'Label noise',
    help: 'Fraction of the training labels that are wrong.',
    default: 0.05,
    min: 0,
    max: 0.5,
  },
  {
    type: 'number',
    id: 'l2',
    label: 'L2 penalty',
    help: 'λ of the penalty λ/2 · |w|² added to the training loss.',
    default: 0.001,
    min: 0,
    max: 10,
  },
  seed,
] as const satisfies readonly ParamSpec[];

const spirals = [
  samples('Training samples; half as many are drawn besides for validation.', 400),
  {
    type: 'number',
    id: 'arms',
    label: 'Arms',
    help: 'Number of spiral arms, one class each.',
    default: 2,
    min: 2,
    max: 6,
    integer: true,
  },
  {
    type: 'number',
    id: 'turns',
    label: 'Turns',
    help: 'How often each arm winds around the middle.',
    default: 1.25,
    min: 0.25,
    max: 4,
  },
  noise('Standard deviation of the samples around their arm; the arms reach to radius 4.', 0.2, 4),
  layers(1, 2),
  width(32),
  activation,
  seed,
] as const satisfies readonly ParamSpec[];

const iris = [
  {
    type: 'choice',
    id: 'inputs',
    label: 'Inputs',
    help: 'Which measurements the model sees; with two the decision surface is drawn.',
    default: 'all',
    options: [
      { value: 'all', label: 'All four', help: 'Sepal and petal length and width.' },
      { value: 'petals', label: 'Petals', help: 'Petal length and width.' },
    ],
  },
  layers(0, 1),
  width(16),
  activation,
  seed,
] as const satisfies readonly ParamSpec[];

const absolute = [
  samples('Terms of the sum.', 200),
  {
    type: 'number',
    id: 'dimension',
    label: 'Dimension',
    help: 'Number of coordinates; with 2 the path is drawn on contours.',
    default: 20,
    min: 2,
    max: 200,
    integer: true,
  },
  seed,
] as const satisfies readonly ParamSpec[];

const specs = {
  quadratic,
  rosenbrock,
  logistic,
  spirals,
  iris,
  himmelblau,
  beale,
  saddle,
  'monkey-saddle': monkeySaddle,
  rastrigin,
  absolute,
};

export type TaskKind = keyof typeof specs;
type TaskOf<Kind extends TaskKind> = Kind extends TaskKind
  ? { readonly kind: Kind } & ParamsOf<(typeof specs)[Kind]>
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
    specs: quadratic,
  },
  {
    kind: 'rosenbrock',
    name: 'Rosenbrock',
    summary: 'A curved narrow valley in two dimensions (Rosenbrock 1960).',
    specs: rosenbrock,
  },
  {
    kind: 'logistic',
    name: 'Logistic regression',
    summary: 'Two Gaussian clouds told apart by a linear model; convex.',
    specs: logistic,
  },
  {
    kind: 'spirals',
    name: 'Spirals',
    summary: 'A small neural network tells interleaved spirals apart.',
    specs: spirals,
  },
  {
    kind: 'iris',
    name: 'Iris',
    summary: 'Fisher’s 150 measured iris flowers of three species, 100 to train on.',
    specs: iris,
  },
  {
    kind: 'himmelblau',
    name: 'Himmelblau',
    summary: 'Four equal minima around a hill (Himmelblau 1972).',
    specs: himmelblau,
  },
  {
    kind: 'beale',
    name: 'Beale',
    summary: 'A flat valley between steep walls (Beale 1958).',
    specs: beale,
  },
  {
    kind: 'saddle',
    name: 'Saddle',
    summary: 'A saddle at the origin between two minima: ½ x² + ¼ (y² − 1)².',
    specs: saddle,
  },
  {
    kind: 'monkey-saddle',
    name: 'Monkey saddle',
    summary: 'Three valleys meet where gradient and curvature are 0: x³ − 3xy² + ¾ r⁴ + ¼.',
    specs: monkeySaddle,
  },
  {
    kind: 'rastrigin',
    name: 'Rastrigin',
    summary: 'A bowl full of local minima (Rastrigin 1974).',
    specs: rastrigin,
  },
  {
    kind: 'absolute',
    name: 'ℓ1 regression',
    summary:
      'Least absolute deviations with an exact solution: convex, not smooth, and within D = G = 1 of the bound.',
    specs: absolute,
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
  'iris',
].map((kind) => TASKS.find((info) => info.kind === kind) as TaskInfo);

export const taskInfo = (kind: TaskKind): TaskInfo =>
  TASKS.find((info) => info.kind === kind) as TaskInfo;

/** A task with defaults for all that is not given. */
export function makeTask<Kind extends TaskKind>(
  kind: Kind,
  given: Partial<TaskOf<Kind>> = {},
): TaskOf<Kind> {
  const values = Object.fromEntries(taskInfo(kind).specs.map((spec) => [spec.id, spec.default]));
  return { kind, ...values, ...given } as unknown as TaskOf<Kind>;
}

/** The value of one of the task's own parameters. */
export const taskValue = (task: Task, id: string): number | string =>
  (task as unknown as Record<string, number | string>)[id];

/** Two parameters, so that the path of training is drawn on contours. */
export const isPlanar = (task: Task): boolean =>
  'startX' in task ||
  ((task.kind === 'quadratic' || task.kind === 'absolute') && task.dimension === 2);

/** Learns to tell classes apart from samples, some of which are kept for validation. */
export const isClassifier = (
  task: Task,
): task is Extract<Task, { kind: 'logistic' | 'spirals' | 'iris' }> =>
  task.kind === 'logistic' || task.kind === 'spirals' || task.kind === 'iris';

/** A function of its parameters alone, with minimum 0. */
export const isFunction = (task: Task): task is FunctionTask => !isClassifier(task);

export type FunctionTask = Exclude<Task, { kind: 'logistic' | 'spirals' | 'iris' }>;

/** A classifier of two inputs, so that its decision surface is drawn. */
export const hasSurface = (task: Task): boolean =>
  task.kind === 'spirals' ||
  (task.kind === 'logistic' && task.features === 2) ||
  (task.kind === 'iris' && task.inputs === 'petals');
