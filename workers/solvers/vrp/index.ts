import type { PackedVrp, VrpSolution } from '../../../src/problems/vrp/instance.ts';
import type { SolverId } from '../../../src/problems/vrp/solvers.ts';
import { defineSolvers } from '../registry.ts';
import { savings } from './savings.ts';
import { sisr } from './sisr.ts';

export const solvers = defineSolvers<PackedVrp, VrpSolution, Exclude<SolverId, 'sweep'>>({
  sisr,
  savings,
});
