import type { PackedVrp, VrpSolution } from '../../../src/problems/vrp/instance.ts';
import type { SolverId } from '../../../src/problems/vrp/solvers.ts';
import { defineSolvers } from '../registry.ts';
import { hgs } from './hgs/hgs.ts';
import { savings } from './savings.ts';
import { sisr } from './sisr.ts';
import { sweep } from './sweep.ts';

export const solvers = defineSolvers<PackedVrp, VrpSolution, SolverId>({
  hgs,
  sisr,
  savings,
  sweep,
});
