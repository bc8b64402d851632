/** The optimizers, as the page and the command line know them. */
import type { ParamSpec, ParamsOf } from '../../core/params.ts';
import type { SolverInfo, TraceColumn } from '../../core/solver.ts';

/** Columns of a training run; a row averages over the steps since the row before. */
export const TRACE = [
  { id: 'step', label: 'Step' },
  { id: 'rate', label: 'Learning rate' },
  { id: 'train', label: 'Training loss', log: true },
  /** NaN where it was not measured. */
  { id: 'validation', label: 'Validation loss', log: true },
  { id: 'gradient', label: 'Gradient norm', log: true },
  /** The point itself for functions of two variables, else NaN. */
  { id: 'x', label: 'x' },
  { id: 'y', label: 'y' },
] as const satisfies readonly TraceColumn[];

const clip = {
  type: 'number',
  id: 'clip',
  label: 'Clip gradient at',
  help: 'A gradient longer than this is shortened to it; 0 leaves all as they are.',
  default: 0,
  min: 0,
  max: 1e6,
} as const;

const momentum = {
  type: 'number',
  id: 'momentum',
  label: 'Momentum',
  help: 'μ of v ← μ v + g.',
  default: 0.9,
  min: 0,
  max: 0.9999,
  step: 0.01,
} as const;

const adam = [
  {
    type: 'number',
    id: 'beta1',
    label: 'β₁',
    help: 'Decay of the mean of the gradient.',
    default: 0.9,
    min: 0,
    max: 0.9999,
    step: 0.01,
  },
  {
    type: 'number',
    id: 'beta2',
    label: 'β₂',
    help: 'Decay of the mean of the squared gradient.',
    default: 0.999,
    min: 0,
    max: 0.99999,
    step: 0.001,
  },
  {
    type: 'number',
    id: 'epsilon',
    label: 'ε',
    help: 'Added to the root of the mean square.',
    default: 1e-8,
    min: 1e-16,
    max: 1,
  },
] as const satisfies readonly ParamSpec[];

const decay = {
  type: 'number',
  id: 'decay',
  label: 'Weight decay',
  help: 'λ: weights shrink by the factor 1 − ηλ at each step; biases do not.',
  default: 0.01,
  min: 0,
  max: 10,
  step: 0.01,
} as const;

export const sgdParams = [clip] as const satisfies readonly ParamSpec[];
export const momentumParams = [momentum, clip] as const satisfies readonly ParamSpec[];
export const adamParams = [...adam, clip] as const satisfies readonly ParamSpec[];
export const adamwParams = [...adam, decay, clip] as const satisfies readonly ParamSpec[];

export type SgdParams = ParamsOf<typeof sgdParams>;
export type MomentumParams = ParamsOf<typeof momentumParams>;
export type AdamParams = ParamsOf<typeof adamParams>;
export type AdamwParams = ParamsOf<typeof adamwParams>;

export type SolverId = 'sgd' | 'momentum' | 'nesterov' | 'adam' | 'adamw';

const common = {
  version: 2,
  // Only functions have a known minimum, and it is given when reached.
  traits: { anytime: true, exact: false, bounds: false, deterministic: true, warmStart: false },
  stepUnit: 'steps',
  trace: TRACE,
} as const;

export const solvers: readonly (SolverInfo & { id: SolverId })[] = [
  {
    ...common,
    id: 'sgd',
    name: 'SGD',
    summary: 'Stochastic gradient descent: a step of η against the gradient.',
    source: 'Robbins and Monro, 1951',
    params: sgdParams,
  },
  {
    ...common,
    id: 'momentum',
    name: 'SGD with momentum',
    summary: 'The heavy ball: steps add up where gradients agree.',
    source: 'Polyak, 1964',
    params: momentumParams,
  },
  {
    ...common,
    id: 'nesterov',
    name: 'Nesterov momentum',
    summary: 'Momentum that looks one step ahead, in the form of Sutskever et al. (2013).',
    source: 'Nesterov, 1983',
    params: momentumParams,
  },
  {
    ...common,
    id: 'adam',
    name: 'Adam',
    summary: 'Momentum with each coordinate scaled by its own gradient’s size.',
    source: 'Kingma and Ba, 2015',
    params: adamParams,
  },
  {
    ...common,
    id: 'adamw',
    name: 'AdamW',
    summary: 'Adam with weight decay apart from the gradient.',
    source: 'Loshchilov and Hutter, 2019',
    params: adamwParams,
  },
];
