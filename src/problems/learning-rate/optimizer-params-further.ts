/** Parameters of the optimizers that use structure, curvature, forecasts or no gradient at all. */
import type { ParamSpec, ParamsOf } from '../../core/params.ts';
import { adam, beta, clip, decay, epsilon, momentum, noDecay } from './optimizer-params.ts';

type Bounds = { min: number; max: number; step?: number; integer?: boolean; unit?: string };

const number = <Id extends string, More extends Bounds>(
  id: Id,
  label: string,
  help: string,
  value: number,
  more: More,
) => ({ type: 'number', id, label, help, default: value, ...more }) as const;

export const optimisticAmsgradParams = [
  ...adam,
  number('history', 'Gradients', 'How many past gradients the next one is foreseen from.', 5, {
    min: 1,
    max: 20,
    integer: true,
  }),
  number('regularisation', 'λ', 'Keeps the forecast’s weights small; relative.', 1e-3, {
    min: 1e-12,
    max: 10,
  }),
  clip,
] as const satisfies readonly ParamSpec[];

export const lionKappaParams = [
  {
    type: 'choice',
    id: 'kappa',
    label: 'κ',
    help: 'Steps follow its gradient; with decay λ x ends in the unit ball of the dual norm.',
    default: 'l2',
    options: [
      { value: 'l1', label: 'ℓ1 (Lion)', help: 'Sign; the box.' },
      { value: 'l2', label: 'ℓ2', help: 'Unit length; the ball.' },
      { value: 'linf', label: 'ℓ∞', help: 'The largest coordinate alone; the ℓ1 ball.' },
      { value: 'huber', label: 'Huber', help: 'Linear to ±δ, then the sign; the box.' },
      { value: 'logcosh', label: 'Log-cosh', help: 'tanh; the box.' },
    ],
  },
  {
    ...number('delta', 'δ', 'Gradients below this count in proportion.', 0.01, {
      min: 1e-9,
      max: 1e6,
    }),
    shownWhen: ({ kappa }) => kappa === 'huber' || kappa === 'logcosh',
  },
  beta('beta1', 0.9, 'Weight of the old mean in the direction of a step.'),
  beta('beta2', 0.99, 'Decay of the mean of the gradient.'),
  noDecay,
  clip,
] as const satisfies readonly ParamSpec[];

const renew = number('renew', 'Redraw every', 'Steps between two projections.', 200, {
  min: 1,
  max: 1_000_000,
  integer: true,
  unit: 'steps',
});

const apolloScale = (value: number) =>
  number('scale', 'Scale', 'Steps are multiplied by its square root.', value, {
    min: 1e-3,
    max: 1e6,
  });

export const apolloParams = [
  number('rank', 'Rank', 'Of the projection; at most a quarter of a matrix’s shorter side.', 256, {
    min: 1,
    max: 1024,
    integer: true,
  }),
  apolloScale(1),
  renew,
  adam[0],
  adam[1],
  epsilon(1e-6),
  noDecay,
  clip,
] as const satisfies readonly ParamSpec[];

export const apolloMiniParams = [
  apolloScale(128),
  renew,
  adam[0],
  adam[1],
  epsilon(1e-6),
  noDecay,
  clip,
] as const satisfies readonly ParamSpec[];

export const cosmosParams = [
  number(
    'rank',
    'Rank',
    'Of the eigenspace, at most a matrix’s columns; 0 is Muon, full is Adam there.',
    64,
    { min: 0, max: 256, integer: true },
  ),
  number('gamma', 'γ', 'Weight of the part outside the eigenspace.', 0.2, {
    min: 0,
    max: 10,
    step: 0.1,
  }),
  number('ratio', 'Matrix rate', 'Rate of the matrices as a multiple of η.', 0.1, {
    min: 1e-6,
    max: 100,
    step: 0.1,
  }),
  ...adam,
  noDecay,
  clip,
] as const satisfies readonly ParamSpec[];

export const shampooParams = [
  beta('beta1', 0.9, 'Decay of the mean of the gradient.'),
  beta('beta2', 0.999, 'Decay of the mean square in the Adam step that sets the length.'),
  {
    ...number('beta', 'β', 'Decay of the means of G Gᵀ and Gᵀ G.', 0.95, {
      min: 0,
      max: 0.99999,
      step: 0.01,
    }),
  },
  epsilon(1e-6),
  number('statistics', 'Statistics every', 'Steps between two updates of the means.', 10, {
    min: 1,
    max: 100_000,
    integer: true,
    unit: 'steps',
  }),
  number('roots', 'Roots every', 'Steps between two inverse roots.', 50, {
    min: 1,
    max: 100_000,
    integer: true,
    unit: 'steps',
  }),
  decay,
  clip,
] as const satisfies readonly ParamSpec[];

export const entropySgdParams = [
  number('loops', 'L', 'Gradients of one step: the length of the walk.', 20, {
    min: 1,
    max: 1000,
    integer: true,
  }),
  number('inner', 'Walk’s rate', 'η′ of the walk.', 0.1, { min: 1e-9, max: 100, step: 0.05 }),
  number('noise', 'Noise', 'ε: the walk’s random steps have deviation √η′ ε.', 1e-4, {
    min: 0,
    max: 100,
  }),
  number('scope', 'γ₀', 'Strength of the spring that holds the walk.', 1e-4, {
    min: 0,
    max: 1e4,
  }),
  number('growth', 'γ₁', 'Growth of the spring: γ = γ₀ (1 + γ₁)ᵗ.', 1e-3, {
    min: 0,
    max: 1,
  }),
  number('smoothing', 'α', 'Decay of the walk’s mean.', 0.75, { min: 0, max: 0.9999, step: 0.05 }),
  { ...momentum, help: 'Nesterov’s, of the outer steps.' },
  clip,
] as const satisfies readonly ParamSpec[];

export const saddleFreeParams = [
  number('damping', 'Damping', 'δ, added to the size of every eigenvalue.', 1e-3, {
    min: 1e-12,
    max: 1e6,
  }),
  clip,
] as const satisfies readonly ParamSpec[];

export const dampedNewtonParams = [
  {
    type: 'choice',
    id: 'rule',
    label: 'Damping',
    help: 'How the step shrinks with the local norm of the gradient.',
    default: 'aicn',
    options: [
      { value: 'aicn', label: 'AICN', help: '2 / (1 + √(1 + 2 L r)).' },
      { value: 'root', label: 'Root', help: '1 / (1 + (9 L)^(1/(q−1)) r^((q−2)/(q−1))).' },
      { value: 'none', label: 'None', help: 'Newton’s method.' },
    ],
  },
  {
    ...number('constant', 'L', 'Constant of the Hessian’s smoothness.', 1, { min: 1e-9, max: 1e9 }),
    shownWhen: ({ rule }) => rule !== 'none',
  },
  {
    ...number('order', 'q', 'Order of smoothness, from 2 to 4.', 3, { min: 2, max: 4, step: 0.5 }),
    shownWhen: ({ rule }) => rule === 'root',
  },
  clip,
] as const satisfies readonly ParamSpec[];

export const optexParams = [
  number('workers', 'N', 'Gradients taken in parallel in one sequential iteration.', 4, {
    min: 1,
    max: 32,
    integer: true,
  }),
  number('history', 'History', 'Past gradients the forecast is made from.', 50, {
    min: 2,
    max: 200,
    integer: true,
  }),
  number('noise', 'σ²', 'Variance of a gradient’s noise, relative to the kernel’s.', 1e-3, {
    min: 1e-9,
    max: 10,
  }),
  number('length', 'Length-scale', 'Distance over which gradients are alike.', 1, {
    min: 1e-6,
    max: 1e6,
  }),
  clip,
] as const satisfies readonly ParamSpec[];

export const eggrollParams = [
  number('population', 'Population', 'Points tried in a step; an even number is used.', 64, {
    min: 2,
    max: 1024,
    step: 2,
    integer: true,
  }),
  number('rank', 'Rank', 'Of the perturbation of a weight matrix.', 8, {
    min: 1,
    max: 64,
    integer: true,
  }),
  number('sigma', 'σ', 'Size of the perturbations.', 0.2, { min: 1e-9, max: 1e3, step: 0.05 }),
  clip,
] as const satisfies readonly ParamSpec[];

export type OptimisticAmsgradParams = ParamsOf<typeof optimisticAmsgradParams>;
export type LionKappaParams = ParamsOf<typeof lionKappaParams>;
export type ApolloParams = ParamsOf<typeof apolloParams>;
export type ApolloMiniParams = ParamsOf<typeof apolloMiniParams>;
export type CosmosParams = ParamsOf<typeof cosmosParams>;
export type ShampooParams = ParamsOf<typeof shampooParams>;
export type EntropySgdParams = ParamsOf<typeof entropySgdParams>;
export type SaddleFreeParams = ParamsOf<typeof saddleFreeParams>;
export type DampedNewtonParams = ParamsOf<typeof dampedNewtonParams>;
export type OptexParams = ParamsOf<typeof optexParams>;
export type EggrollParams = ParamsOf<typeof eggrollParams>;
