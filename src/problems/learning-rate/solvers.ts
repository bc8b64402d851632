/** The optimizers, as the page and the command line know them. */
import type { ParamSpec } from '../../core/params.ts';
import type { SolverInfo, TraceColumn } from '../../core/solver.ts';
import { EQUATIONS } from './optimizer-equations.ts';
import {
  adagradParams,
  adamParams,
  adamwParams,
  dAdaptationParams,
  dogParams,
  lionParams,
  momentumParams,
  muonParams,
  prodigyParams,
  rmspropParams,
  scheduleFreeAdamwParams,
  scheduleFreeSgdParams,
  sgdParams,
  spamParams,
} from './optimizer-params.ts';

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
  { id: 'gradientL1', label: 'Gradient ℓ1 norm', log: true },
  /** For methods whose model is an average: where gradients are taken, and the fast sequence. */
  { id: 'validationY', label: 'Validation loss at y', log: true },
  { id: 'validationZ', label: 'Validation loss at z', log: true },
  { id: 'gradients', label: 'Gradients' },
  { id: 'state', label: 'Optimizer state', unit: 'bytes' },
  /** A probe from step `step`: a row of it has these and its step only. */
  { id: 'branch', label: 'Probe' },
  { id: 'branchStep', label: 'Probe’s step' },
  { id: 'branchRate', label: 'Probe’s learning rate', log: true },
  { id: 'branchLoss', label: 'Probe’s training loss', log: true },
] as const satisfies readonly TraceColumn[];

type ColumnId = (typeof TRACE)[number]['id'];

/** Place of each column in a row. */
export const COLUMN = Object.fromEntries(TRACE.map(({ id }, index) => [id, index])) as Readonly<
  Record<ColumnId, number>
>;

/** Raised when a change of the training engine changes the results of all. */
const ENGINE = 1;

const common = {
  // Only functions have a known minimum, and it is given when reached.
  traits: { anytime: true, exact: false, bounds: false, deterministic: true, warmStart: false },
  stepUnit: 'steps',
  trace: TRACE,
} as const;

const optimizer = <Id extends keyof typeof EQUATIONS>(
  id: Id,
  name: string,
  source: string,
  params: readonly ParamSpec[],
  summary: string,
  version = 1,
): SolverInfo & { id: Id } => ({
  ...common,
  id,
  version: version + ENGINE,
  name,
  summary,
  source,
  equations: EQUATIONS[id],
  params,
});

/** From plain descent to scaled coordinates, whole matrices, no schedule, and no rate at all. */
const table = [
  optimizer(
    'sgd',
    'SGD',
    'Robbins and Monro, 1951',
    sgdParams,
    'Stochastic gradient descent: a step of η against the gradient.',
    2,
  ),
  optimizer(
    'momentum',
    'SGD with momentum',
    'Polyak, 1964',
    momentumParams,
    'The heavy ball: steps add up where gradients agree.',
    2,
  ),
  optimizer(
    'nesterov',
    'Nesterov momentum',
    'Nesterov, 1983',
    momentumParams,
    'Momentum that looks one step ahead, in the form of Sutskever et al. (2013).',
    2,
  ),
  optimizer(
    'adagrad',
    'Adagrad',
    'Duchi, Hazan and Singer, 2011',
    adagradParams,
    'Each coordinate is divided by the root of the sum of its squared gradients.',
  ),
  optimizer(
    'rmsprop',
    'RMSProp',
    'Tieleman and Hinton, 2012',
    rmspropParams,
    'Each coordinate is divided by the root of the running mean of its squared gradients.',
  ),
  optimizer(
    'adam',
    'Adam',
    'Kingma and Ba, 2015',
    adamParams,
    'Momentum with each coordinate scaled by its own gradient’s size.',
    2,
  ),
  optimizer(
    'adamw',
    'AdamW',
    'Loshchilov and Hutter, 2019',
    adamwParams,
    'Adam with weight decay apart from the gradient.',
    2,
  ),
  optimizer(
    'amsgrad',
    'AMSGrad',
    'Reddi, Kale and Kumar, 2018',
    adamParams,
    'Adam whose scaling never forgets the largest mean square.',
  ),
  optimizer(
    'lion',
    'Lion',
    'Chen et al., 2023',
    lionParams,
    'Every coordinate moves by exactly η, by the sign of a momentum; takes rates 3–10 times below AdamW’s.',
  ),
  optimizer(
    'muon',
    'Muon',
    'Jordan et al., 2024',
    muonParams,
    'Hidden weight matrices move by orthogonalised momentum (peaks about 0.02), the rest by AdamW.',
  ),
  optimizer(
    'spam',
    'SPAM',
    'Huang et al., 2025',
    spamParams,
    'Adam that cuts spikes of the gradient and starts its moments afresh at intervals.',
  ),
  optimizer(
    'schedule-free-sgd',
    'Schedule-Free SGD',
    'Defazio et al., 2024',
    scheduleFreeSgdParams,
    'Averages in place of decay: meant for a constant curve with a warm-up; losses are the average’s.',
  ),
  optimizer(
    'schedule-free-adamw',
    'Schedule-Free AdamW',
    'Defazio et al., 2024',
    scheduleFreeAdamwParams,
    'AdamW with averages in place of decay, for a constant curve; losses are the average’s.',
  ),
  optimizer(
    'd-adaptation',
    'D-Adaptation (SGD)',
    'Defazio and Mishchenko, 2023',
    dAdaptationParams,
    'Finds its own rate from a growing estimate of the distance; the curve counts relative to its peak.',
  ),
  optimizer(
    'prodigy',
    'Prodigy',
    'Mishchenko and Defazio, 2024',
    prodigyParams,
    'Adam that finds its own rate; the curve counts relative to its peak.',
  ),
  optimizer(
    'dog',
    'DoG',
    'Ivgi, Hinder and Carmon, 2023',
    dogParams,
    'Distance over gradients sets the rate; the curve counts relative to its peak, losses are the average’s.',
  ),
] as const;

export type SolverId = (typeof table)[number]['id'];

export const solvers: readonly (SolverInfo & { id: SolverId })[] = table;
