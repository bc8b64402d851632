/** The optimizers as solvers. */
import type { Packed, Solution } from '../../../src/problems/learning-rate/instance.ts';
import type { SolverId } from '../../../src/problems/learning-rate/solvers.ts';
import { defineSolvers } from '../registry.ts';
import { solveCentralFlow } from './flows.ts';
import * as optimizers from './optimizers/index.ts';
import { createTraining } from './train.ts';

export const solvers = defineSolvers<Packed, Solution, SolverId>({
  sgd: createTraining(optimizers.sgd),
  momentum: createTraining(optimizers.momentum),
  nesterov: createTraining(optimizers.nesterov),
  adagrad: createTraining(optimizers.adagrad),
  rmsprop: createTraining(optimizers.rmsprop),
  adam: createTraining(optimizers.adam),
  adamw: createTraining(optimizers.adamw),
  amsgrad: createTraining(optimizers.amsgrad),
  lion: createTraining(optimizers.lion),
  muon: createTraining(optimizers.muon),
  spam: createTraining(optimizers.spam),
  'schedule-free-sgd': createTraining(optimizers.scheduleFreeSgd),
  'schedule-free-adamw': createTraining(optimizers.scheduleFreeAdamw),
  'd-adaptation': createTraining(optimizers.dAdaptation, { findsRate: true }),
  prodigy: createTraining(optimizers.prodigy, { findsRate: true }),
  dog: createTraining(optimizers.dog, { findsRate: true }),
  'u-dog': createTraining(optimizers.uDog, { findsRate: true }),
  'optimistic-amsgrad': createTraining(optimizers.optimisticAmsgrad),
  'lion-kappa': createTraining(optimizers.lionKappa),
  shampoo: createTraining(optimizers.shampoo),
  'shampoo-4bit': createTraining(optimizers.shampoo4bit),
  cosmos: createTraining(optimizers.cosmos),
  apollo: createTraining(optimizers.apollo),
  'apollo-mini': createTraining(optimizers.apolloMini),
  'entropy-sgd': createTraining(optimizers.entropySgd),
  'saddle-free-newton': createTraining(optimizers.saddleFreeNewton),
  'damped-newton': createTraining(optimizers.dampedNewton),
  optex: createTraining(optimizers.optex),
  eggroll: createTraining(optimizers.eggroll),
  'central-flow': solveCentralFlow,
});
