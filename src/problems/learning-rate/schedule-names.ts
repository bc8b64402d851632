/** What torch, optax and Hugging Face call the schedules. */
import type { BodyKind } from './schedule.ts';

/** Names of the same family of curves, for each kind and for WSD; defaults may differ. */
export const LIBRARY_NAMES: Readonly<Partial<Record<BodyKind | 'wsd', readonly string[]>>> = {
  constant: ['constant_schedule', 'constant', 'constant_with_warmup'],
  linear: ['LinearLR', 'linear_schedule', 'linear'],
  cosine: [
    'CosineAnnealingLR',
    'cosine_decay_schedule',
    'warmup_cosine_decay_schedule',
    'cosine_with_min_lr',
  ],
  'cosine-restarts': ['CosineAnnealingWarmRestarts', 'sgdr_schedule', 'cosine_with_restarts'],
  exponential: ['ExponentialLR', 'exponential_decay', 'warmup_exponential_decay_schedule'],
  polynomial: ['PolynomialLR', 'polynomial_schedule', 'polynomial'],
  step: ['StepLR'],
  multistep: ['MultiStepLR', 'piecewise_constant_schedule'],
  points: ['piecewise_interpolate_schedule'],
  triangular: ['CyclicLR'],
  'one-cycle': ['OneCycleLR', 'cosine_onecycle_schedule'],
  'inverse-square-root': ['inverse_sqrt'],
  plateau: ['ReduceLROnPlateau', 'reduce_on_plateau', 'reduce_lr_on_plateau'],
  sequence: ['SequentialLR', 'join_schedules'],
  product: ['ChainedScheduler'],
  formula: ['LambdaLR'],
  wsd: ['warmup_stable_decay'],
};

/** Our name for a library's; the name itself when it is ours or unknown. */
export function ownName(name: string): string {
  const known = Object.entries(LIBRARY_NAMES).find(
    ([own, names]) => own !== name && names.includes(name),
  );
  return known ? known[0] : name;
}
