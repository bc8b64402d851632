/** The optimizers as solvers. */
import type { Packed, Solution } from '../../../src/problems/learning-rate/instance.ts';
import type { SolverId } from '../../../src/problems/learning-rate/solvers.ts';
import { defineSolvers } from '../registry.ts';
import { adam, adamw, momentum, nesterov, sgd } from './optimizers.ts';
import { createTraining } from './train.ts';

export const solvers = defineSolvers<Packed, Solution, SolverId>({
  sgd: createTraining(sgd),
  momentum: createTraining(momentum),
  nesterov: createTraining(nesterov),
  adam: createTraining(adam),
  adamw: createTraining(adamw),
});
