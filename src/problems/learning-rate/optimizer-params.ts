/** Parameters of the optimizers, with the defaults their authors give. */
import type { ParamSpec, ParamsOf } from '../../core/params.ts';

export const clip = {
  type: 'number',
  id: 'clip',
  label: 'Clip gradient at',
  help: 'A gradient longer than this is shortened to it; 0 leaves all as they are.',
  default: 0,
  min: 0,
  max: 1e6,
} as const;

export const momentum = {
  type: 'number',
  id: 'momentum',
  label: 'Momentum',
  help: 'μ of v ← μ v + g.',
  default: 0.9,
  min: 0,
  max: 0.9999,
  step: 0.01,
} as const;

export const adam = [
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

export const decay = {
  type: 'number',
  id: 'decay',
  label: 'Weight decay',
  help: 'λ: weights shrink by the factor 1 − ηλ at each step; biases do not.',
  default: 0.01,
  min: 0,
  max: 10,
  step: 0.01,
} as const;

export const beta = (id: 'beta1' | 'beta2', value: number, help: string) =>
  ({
    type: 'number',
    id,
    label: id === 'beta1' ? 'β₁' : 'β₂',
    help,
    default: value,
    min: 0,
    max: 0.99999,
    step: 0.01,
  }) as const;

export const epsilon = (value: number) =>
  ({
    type: 'number',
    id: 'epsilon',
    label: 'ε',
    help: 'Added to the root that divides.',
    default: value,
    min: 1e-16,
    max: 1,
  }) as const;

export const noDecay = { ...decay, default: 0 } as const;

const initial = (label: string, help: string) =>
  ({ type: 'number', id: 'initial', label, help, default: 1e-6, min: 1e-12, max: 1 }) as const;

const rmsprop = [
  {
    type: 'number',
    id: 'smoothing',
    label: 'α',
    help: 'Decay of the mean of the squared gradient.',
    default: 0.99,
    min: 0,
    max: 0.99999,
    step: 0.01,
  },
  epsilon(1e-8),
] as const satisfies readonly ParamSpec[];

const lion = [
  beta('beta1', 0.9, 'Weight of the old mean in the direction of a step.'),
  beta('beta2', 0.99, 'Decay of the mean of the gradient.'),
  {
    ...noDecay,
    help: 'λ: weights shrink by the factor 1 − ηλ at each step, which keeps them within ±1/λ.',
  },
] as const satisfies readonly ParamSpec[];

const muon = [
  { ...momentum, help: 'μ of m ← μ m + (1 − μ) g.', default: 0.95 },
  noDecay,
  {
    type: 'number',
    id: 'adamRatio',
    label: 'AdamW rate',
    help: 'Learning rate of everything but the hidden matrices, as a multiple of η.',
    default: 0.015,
    min: 1e-6,
    max: 10,
    step: 0.005,
  },
] as const satisfies readonly ParamSpec[];

const spam = [
  adam[0],
  adam[1],
  epsilon(1e-6),
  {
    type: 'number',
    id: 'threshold',
    label: 'θ',
    help: 'A coordinate of the gradient is cut to √(θ v), v its mean square; 0 cuts none.',
    default: 5000,
    min: 0,
    max: 1e9,
  },
  {
    type: 'number',
    id: 'interval',
    label: 'Reset every',
    help: 'Steps between two resets of the moments.',
    unit: 'steps',
    default: 500,
    min: 1,
    max: 1_000_000,
    integer: true,
  },
  {
    type: 'number',
    id: 'warmup',
    label: 'Warm-up',
    help: 'Steps of smaller rates after each reset.',
    unit: 'steps',
    default: 150,
    min: 0,
    max: 1_000_000,
    integer: true,
  },
] as const satisfies readonly ParamSpec[];

const interpolation = {
  type: 'number',
  id: 'momentum',
  label: 'β',
  help: 'Gradients are taken at (1 − β) z + β x: 0 is averaging, 1 is primal averaging.',
  default: 0.9,
  min: 0,
  max: 1,
  step: 0.01,
} as const;

const scheduleFreeAdamw = [
  { ...interpolation, id: 'beta1', label: 'β₁' },
  beta('beta2', 0.999, 'Decay of the mean of the squared gradient.'),
  epsilon(1e-8),
  noDecay,
] as const satisfies readonly ParamSpec[];

const dAdaptation = [
  { ...momentum, help: 'Weight of the old point in an average of the points.', default: 0 },
  initial('d₀', 'First estimate of the distance to the solution.'),
] as const satisfies readonly ParamSpec[];

const prodigy = [
  ...adam,
  noDecay,
  initial('d₀', 'First estimate of the distance to the solution.'),
  {
    type: 'number',
    id: 'coefficient',
    label: 'Coefficient',
    help: 'Multiplies every estimate of the distance.',
    default: 1,
    min: 0.01,
    max: 100,
    step: 0.1,
  },
  {
    type: 'boolean',
    id: 'safeguard',
    label: 'Safeguard warm-up',
    help: 'Leaves η out of the estimate’s divisor, for curves with a warm-up.',
    default: false,
  },
] as const satisfies readonly ParamSpec[];

const dog = [
  initial('r_ε', 'First distance, as a fraction of 1 + |x₀|.'),
] as const satisfies readonly ParamSpec[];

export const sgdParams = [clip] as const satisfies readonly ParamSpec[];
export const momentumParams = [momentum, clip] as const satisfies readonly ParamSpec[];
export const adagradParams = [epsilon(1e-10), clip] as const satisfies readonly ParamSpec[];
export const rmspropParams = [...rmsprop, clip] as const satisfies readonly ParamSpec[];
export const adamParams = [...adam, clip] as const satisfies readonly ParamSpec[];
export const adamwParams = [...adam, decay, clip] as const satisfies readonly ParamSpec[];
export const lionParams = [...lion, clip] as const satisfies readonly ParamSpec[];
export const muonParams = [...muon, clip] as const satisfies readonly ParamSpec[];
export const spamParams = [...spam, clip] as const satisfies readonly ParamSpec[];
export const scheduleFreeSgdParams = [
  interpolation,
  noDecay,
  clip,
] as const satisfies readonly ParamSpec[];
export const scheduleFreeAdamwParams = [
  ...scheduleFreeAdamw,
  clip,
] as const satisfies readonly ParamSpec[];
export const dAdaptationParams = [...dAdaptation, clip] as const satisfies readonly ParamSpec[];
export const prodigyParams = [...prodigy, clip] as const satisfies readonly ParamSpec[];
export const dogParams = [...dog, clip] as const satisfies readonly ParamSpec[];

export type MomentumParams = ParamsOf<typeof momentumParams>;
export type AdagradParams = ParamsOf<typeof adagradParams>;
export type RmspropParams = ParamsOf<typeof rmspropParams>;
export type AdamParams = ParamsOf<typeof adamParams>;
export type AdamwParams = ParamsOf<typeof adamwParams>;
export type LionParams = ParamsOf<typeof lionParams>;
export type MuonParams = ParamsOf<typeof muonParams>;
export type SpamParams = ParamsOf<typeof spamParams>;
export type ScheduleFreeSgdParams = ParamsOf<typeof scheduleFreeSgdParams>;
export type ScheduleFreeAdamwParams = ParamsOf<typeof scheduleFreeAdamwParams>;
export type DAdaptationParams = ParamsOf<typeof dAdaptationParams>;
export type ProdigyParams = ParamsOf<typeof prodigyParams>;
export type DogParams = ParamsOf<typeof dogParams>;
