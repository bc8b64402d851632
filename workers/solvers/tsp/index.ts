/** The TSP solvers' code by id. */
import type { TspSolution } from '../../../src/problems/tsp/check.ts';
import type { PackedTsp } from '../../../src/problems/tsp/instance.ts';
import type { SolverId } from '../../../src/problems/tsp/solvers.ts';
import { defineSolvers } from '../registry.ts';
import { prepareHighs } from '../common/highs-runtime.ts';
import { branchAndCut } from './branch-and-cut/solve.ts';
import { edgeAssembly } from './eax.ts';
import { greedy, nearestNeighbour, spaceFillingCurve } from './constructive.ts';
import { dynamicProgramming } from './dynamic-programming.ts';
import { heldKarp } from './held-karp.ts';
import { iteratedLocalSearch } from './ils.ts';

export const solvers = defineSolvers<PackedTsp, TspSolution, SolverId>({
  ils: iteratedLocalSearch,
  eax: edgeAssembly,
  'nearest-neighbour': nearestNeighbour,
  greedy,
  'space-filling-curve': spaceFillingCurve,
  'held-karp': heldKarp,
  'branch-and-cut': branchAndCut,
  'dynamic-programming': dynamicProgramming,
});

/** What the host awaits before it calls a solver. */
export const prepare: Readonly<Record<string, () => Promise<void>>> = {
  'branch-and-cut': prepareHighs,
};
