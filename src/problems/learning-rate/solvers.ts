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
import { centralFlowParams, sharpnessParams } from './sharpness-params.ts';
import {
  apolloMiniParams,
  apolloParams,
  cosmosParams,
  dampedNewtonParams,
  eggrollParams,
  entropySgdParams,
  lionKappaParams,
  optexParams,
  optimisticAmsgradParams,
  saddleFreeParams,
  shampooParams,
} from './optimizer-params-further.ts';

/** Columns of a training run; a row averages over the steps since the row before. */
export const TRACE = [
  { id: 'step', label: 'Step' },
  { id: 'rate', label: 'Learning rate' },
  { id: 'train', label: 'Training loss', log: true },
  /** NaN where it was not measured. */
  { id: 'validation', label: 'Validation loss', log: true, compared: true },
  { id: 'gradient', label: 'Gradient norm', log: true },
  /** The point itself for functions of two variables, else NaN. */
  { id: 'x', label: 'x', role: 'picture' },
  { id: 'y', label: 'y', role: 'picture' },
  { id: 'gradientL1', label: 'Gradient ℓ1 norm', log: true },
  /** For methods whose model is an average: where gradients are taken, and the fast sequence. */
  { id: 'validationY', label: 'Validation loss at y', log: true, panel: 'loss' },
  { id: 'validationZ', label: 'Validation loss at z', log: true, panel: 'loss' },
  { id: 'gradients', label: 'Gradients' },
  { id: 'state', label: 'Optimizer state', unit: 'bytes' },
  /** A probe from step `step`: a row of it has these and its step only. */
  { id: 'branch', label: 'Probe', role: 'picture' },
  { id: 'branchStep', label: 'Probe’s step', role: 'picture' },
  { id: 'branchRate', label: 'Probe’s learning rate', log: true, role: 'picture' },
  { id: 'branchLoss', label: 'Probe’s training loss', log: true, role: 'picture' },
  /** Largest eigenvalue of the Hessian where gradients are taken, and what plain descent bears. */
  { id: 'sharpness', label: 'Sharpness' },
  { id: 'stability', label: '2/η', panel: 'sharpness' },
  /** Of all steps before the row's. */
  { id: 'sum', label: 'Σ η', role: 'axis' },
  /** Over the steps since the row before, where there are several. */
  { id: 'trainHigh', label: 'Highest training loss', log: true, role: 'picture' },
  { id: 'gradientHigh', label: 'Highest gradient norm', log: true, role: 'picture' },
  /** Length of the row's own step, and of all parameters before it. */
  { id: 'update', label: 'Update norm', log: true },
  { id: 'weights', label: 'Weight norm', log: true },
  /** The path in its own plane, and the loss there; see `plane.ts` of the solvers. */
  { id: 'planeStep', label: 'Snapshot’s step', role: 'picture' },
  { id: 'planeX', label: 'First component', role: 'picture' },
  { id: 'planeY', label: 'Second component', role: 'picture' },
  { id: 'planeLoss', label: 'Loss on the plane', role: 'picture' },
  { id: 'planeShare', label: 'Part of the variance', role: 'picture' },
  /** Fraction of the validation samples that are named wrongly; NaN where nothing is named. */
  { id: 'error', label: 'Validation error' },
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
  traits: {
    anytime: true,
    exact: false,
    bounds: false,
    deterministic: true,
    warmStart: false,
    continues: true,
  },
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
  params: [...params, ...sharpnessParams],
});

/** Columns of the central flow: those of training are the flow's own. */
export const FLOW_TRACE = [
  ...TRACE,
  { id: 'descentLoss', label: 'Loss of descent', log: true, panel: 'loss' },
  { id: 'flowLoss', label: 'Loss of the gradient flow', log: true, panel: 'loss' },
  /** Of the oscillating descent, averaged over time. */
  { id: 'predictedLoss', label: 'Mean loss of descent, predicted', log: true, panel: 'loss' },
  { id: 'descentSharpness', label: 'Sharpness of descent', panel: 'sharpness' },
  { id: 'flowSharpness', label: 'Sharpness of the gradient flow', panel: 'sharpness' },
  { id: 'centralDistance', label: 'Descent to central flow', log: true, panel: 'distance' },
  { id: 'flowDistance', label: 'Descent to gradient flow', log: true, panel: 'distance' },
] as const satisfies readonly TraceColumn[];

const CENTRAL_FLOW = `dw/dt = −η (∇L + ½ Σᵢⱼ Xᵢⱼ ∇(uᵢᵀ H uⱼ))
X ⪰ 0, uᵢᵀ H uⱼ ⪯ 2/η, ⟨X, 2/η − uᵀ H u⟩ = 0
mean loss ≈ L + tr X / η`;

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
    'optimistic-amsgrad',
    'Optimistic AMSGrad',
    'Wang, Li, Karimi and Li, 2021',
    optimisticAmsgradParams,
    'AMSGrad that also steps along a forecast of the next gradient, extrapolated from the last ones.',
  ),
  optimizer(
    'lion',
    'Lion',
    'Chen et al., 2023',
    lionParams,
    'Every coordinate moves by exactly η, by the sign of a momentum; takes rates 3–10 times below AdamW’s.',
  ),
  optimizer(
    'lion-kappa',
    'Lion-κ',
    'Chen, Liu, Liang and Liu, 2024',
    lionKappaParams,
    'Lion with the gradient of another convex κ for the sign: the box becomes the dual norm’s ball.',
  ),
  optimizer(
    'muon',
    'Muon',
    'Jordan et al., 2024',
    muonParams,
    'Hidden weight matrices move by orthogonalised momentum (peaks about 0.02), the rest by AdamW.',
  ),
  optimizer(
    'shampoo',
    'Shampoo',
    'Gupta, Koren and Singer, 2018',
    shampooParams,
    'Weight matrices preconditioned from both sides, with the length of Adam’s steps; means and roots renewed ten times as often as published, for short runs.',
  ),
  optimizer(
    'shampoo-4bit',
    '4-bit Shampoo',
    'Wang, Zhou, Li and Huang, 2024',
    shampooParams,
    'Shampoo that keeps eigenvectors and roots in four bits an entry and straightens them by Björck’s iteration.',
  ),
  optimizer(
    'cosmos',
    'COSMOS',
    'Liu et al., 2025',
    cosmosParams,
    'Adam in the leading eigenspace of a matrix’s gradients, Muon in the rest.',
  ),
  optimizer(
    'apollo',
    'APOLLO',
    'Zhu et al., 2025',
    apolloParams,
    'Adam’s scaling of each channel, learned on a random projection: far less state than Adam.',
  ),
  optimizer(
    'apollo-mini',
    'APOLLO-mini',
    'Zhu et al., 2025',
    apolloMiniParams,
    'APOLLO with rank 1 and one scale for each matrix: state of SGD’s size.',
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
  optimizer(
    'u-dog',
    'U-DoG',
    'Kreisler, Ivgi, Hinder and Carmon, 2024',
    dogParams,
    'DoG with extrapolation, two gradients a step; after the abstract and UniXGrad, its first step as DoG’s.',
  ),
  optimizer(
    'entropy-sgd',
    'Entropy-SGD',
    'Chaudhari et al., 2017',
    entropySgdParams,
    'Seeks wide valleys: a step goes to the mean of a noisy walk of L gradients around the point.',
  ),
  optimizer(
    'saddle-free-newton',
    'Saddle-free Newton',
    'Dauphin et al., 2014',
    saddleFreeParams,
    'Newton’s step with the sizes of the eigenvalues, so that saddles repel; up to 150 parameters, takes rates near 1.',
  ),
  optimizer(
    'damped-newton',
    'Damped Newton',
    'Hanzely et al., 2022 and 2024',
    dampedNewtonParams,
    'Newton’s method with a step size from the gradient’s local norm; up to 150 parameters, takes rates near 1.',
  ),
  optimizer(
    'optex',
    'OptEx',
    'Shu et al., 2024',
    optexParams,
    'N gradients at once along a path foreseen by a Gaussian process; a step is one sequential iteration.',
  ),
  optimizer(
    'eggroll',
    'EGGROLL',
    'Sarkar et al., 2025',
    eggrollParams,
    'Evolution strategy with low-rank perturbations: losses only, no gradient.',
  ),
  {
    ...common,
    id: 'central-flow',
    version: 1,
    name: 'Central flow',
    source: 'Cohen, Damian et al., 2025',
    summary:
      'Full-batch gradient descent beside its central flow and the gradient flow; losses and sharpness of all three.',
    equations: CENTRAL_FLOW,
    params: centralFlowParams,
    traits: { ...common.traits, continues: false },
    trace: FLOW_TRACE,
  },
] as const;

export type SolverId = (typeof table)[number]['id'];

export const solvers: readonly (SolverInfo & { id: SolverId })[] = table;
