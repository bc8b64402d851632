/** Parameters of the tasks. */
import type { ParamSpec } from '../../core/params.ts';

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

const initialScale = {
  type: 'number',
  id: 'initialScale',
  label: 'Initial scale',
  help: 'Factor on the initial weights.',
  default: 1,
  min: 0.01,
  max: 10,
} as const;

const labelNoise = {
  type: 'number',
  id: 'labelNoise',
  label: 'Label noise',
  help: 'Fraction of the training labels that are wrong.',
  default: 0,
  min: 0,
  max: 0.9,
} as const;

const shifts = (values: Readonly<Record<string, unknown>>): boolean =>
  (values.shiftAngle ?? values.shiftBy) !== 0;

const shiftAt = {
  type: 'number',
  id: 'shiftAt',
  label: 'Shift at',
  help: 'When the distribution shifts, as a fraction of all steps.',
  default: 0.5,
  min: 0,
  max: 1,
  shownWhen: shifts,
} as const;

/** A turn of all samples during training. */
const turn = [
  {
    type: 'number',
    id: 'shiftAngle',
    label: 'Shift by',
    unit: '°',
    help: 'Angle by which all samples turn during training; the loss on validation samples is after it.',
    default: 0,
    min: -180,
    max: 180,
  },
  shiftAt,
] as const;

/** Gradients blown up at intervals, as broken batches do in long runs. */
const spikes = [
  {
    type: 'number',
    id: 'spikeEvery',
    label: 'Spike every',
    unit: 'steps',
    help: 'The gradient of every so many-th batch is multiplied; 0 for none.',
    default: 0,
    min: 0,
    max: 100_000,
    integer: true,
  },
  {
    type: 'number',
    id: 'spikeSize',
    label: 'Spike size',
    help: 'What the gradient of such a batch is multiplied by.',
    default: 1000,
    min: 0,
    max: 1e6,
    shownWhen: (values: Readonly<Record<string, unknown>>): boolean => values.spikeEvery !== 0,
  },
] as const;

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
  {
    type: 'number',
    id: 'shiftBy',
    label: 'Shift by',
    help: 'Where every coordinate of the minimum is at first; during training it moves to 0.',
    default: 0,
    min: -100,
    max: 100,
  },
  shiftAt,
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
  labelNoise,
  initialScale,
  ...turn,
  ...spikes,
] as const satisfies readonly ParamSpec[];

const circles = [
  samples('Training samples; half as many are drawn besides for validation.', 400),
  {
    type: 'number',
    id: 'rings',
    label: 'Rings',
    help: 'Number of concentric rings, one class each.',
    default: 2,
    min: 2,
    max: 6,
    integer: true,
  },
  noise('Standard deviation of the samples around their ring; the outer one has radius 4.', 0.4, 4),
  layers(0, 2),
  width(16),
  activation,
  seed,
  labelNoise,
  initialScale,
] as const satisfies readonly ParamSpec[];

const xor = [
  samples('Training samples; half as many are drawn besides for validation.', 400),
  noise('Standard deviation of the four clouds around (±2, ±2).', 0.8, 4),
  layers(0, 1),
  width(8),
  activation,
  seed,
  labelNoise,
  initialScale,
  ...turn,
] as const satisfies readonly ParamSpec[];

const table = [
  {
    type: 'choice',
    id: 'goal',
    label: 'Goal',
    help: 'What the last column is.',
    default: 'auto',
    options: [
      {
        value: 'auto',
        label: 'As it looks',
        help: 'Numbers of more than ten values are predicted.',
      },
      { value: 'classes', label: 'Classes' },
      { value: 'values', label: 'Values', help: 'Half the mean squared error, standardised.' },
    ],
  },
  {
    type: 'number',
    id: 'held',
    label: 'Held out',
    help: 'Fraction of the rows that are kept for validation.',
    default: 0.25,
    min: 0.05,
    max: 0.5,
  },
  layers(0, 1),
  width(16),
  activation,
  seed,
  labelNoise,
  initialScale,
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
  labelNoise,
  initialScale,
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

const numbers = <Id extends string>(
  id: Id,
  label: string,
  help: string,
  value: string,
  options: readonly string[],
) =>
  ({
    type: 'choice',
    id,
    label,
    help,
    default: value,
    options: options.map((option) => ({ value: option, label: option })),
  }) as const;

const text = [
  {
    type: 'number',
    id: 'layers',
    label: 'Blocks',
    help: 'Number of transformer blocks.',
    default: 2,
    min: 1,
    max: 4,
    integer: true,
  },
  numbers('width', 'Width', 'Numbers that stand for each character.', '64', ['16', '32', '64']),
  numbers('heads', 'Heads', 'Attention heads, which share the width.', '4', ['1', '2', '4']),
  numbers('context', 'Context', 'Characters seen at most.', '64', ['16', '32', '64', '128']),
  initialScale,
] as const satisfies readonly ParamSpec[];

const digitsOf = (network: string) => (values: Readonly<Record<string, unknown>>) =>
  values.network === network;

const digits = [
  {
    type: 'choice',
    id: 'network',
    label: 'Network',
    help: 'What learns the digits.',
    default: 'dense',
    options: [
      { value: 'dense', label: 'Dense', help: 'Fully connected layers; all pixels are inputs.' },
      {
        value: 'convolution',
        label: 'Convolution',
        help: 'Two layers of 3 × 3 filters, each followed by the activation and the maximum of 2 × 2 pixels; then a linear layer.',
      },
    ],
  },
  {
    type: 'number',
    id: 'samples',
    label: 'Samples',
    help: 'Digits to train on; 1,000 others are kept for validation.',
    default: 7_000,
    min: 10,
    max: 7_000,
    integer: true,
  },
  { ...layers(0, 1), shownWhen: digitsOf('dense') },
  { ...width(64), shownWhen: digitsOf('dense') },
  {
    ...numbers('channels', 'Filters', 'Of the first layer; the second has twice as many.', '8', [
      '4',
      '8',
      '16',
    ]),
    shownWhen: digitsOf('convolution'),
  },
  { ...activation, default: 'relu' },
  labelNoise,
  {
    ...seed,
    help: 'Seed of the wrong labels.',
    shownWhen: (values: Readonly<Record<string, unknown>>) => values.labelNoise !== 0,
  },
  initialScale,
] as const satisfies readonly ParamSpec[];

/** Parameters of each kind of task. */
export const taskSpecs = {
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
  text,
  circles,
  xor,
  table,
  digits,
};
