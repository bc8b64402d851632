import { defineSolvers } from '../registry.ts';
import type { JobShopSolution, PackedJobShop } from '../../../src/problems/job-shop/instance.ts';
import type { SolverId } from '../../../src/problems/job-shop/solvers.ts';
import { alternative } from './alternative.ts';
import { annealing } from './annealing.ts';
import { beam } from './beam.ts';
import { bottleneck } from './bottleneck.ts';
import { carry } from './carry.ts';
import { dispatch } from './dispatch.ts';
import { fetch } from './fetch.ts';
import { flexible } from './flexible.ts';
import { flow } from './flow.ts';
import { flowProof } from './flow-proof.ts';
import { improve } from './improve.ts';
import { insertion } from './insertion.ts';
import { largeNeighbourhood } from './large-neighbourhood.ts';
import { proof } from './proof.ts';
import { redispatch } from './redispatch.ts';
import { shift } from './shift.ts';
import { tabu } from './tabu.ts';

export const solvers = defineSolvers<PackedJobShop, JobShopSolution, SolverId>({
  tabu,
  dispatch,
  redispatch,
  shift,
  carry,
  fetch,
  alternative,
  annealing,
  proof,
  flexible,
  flow,
  'flow-proof': flowProof,
  insertion,
  bottleneck,
  beam,
  improve,
  'large-neighbourhood': largeNeighbourhood,
});
