import type { Packed, Solution } from '../../../src/problems/knapsack/instance.ts';
import type { SolverId } from '../../../src/problems/knapsack/solvers.ts';
import { defineSolvers } from '../registry.ts';
import { solveBranchAndBound } from './branch-and-bound.ts';
import { solveCore } from './core.ts';
import { solveDynamicProgramming } from './dynamic-programming.ts';
import { solveGreedy } from './greedy.ts';
import { prepareHighs } from '../common/highs-runtime.ts';
import { solveHighs } from './highs.ts';
import { solveLocalSearch } from './local-search.ts';

export const solvers = defineSolvers<Packed, Solution, SolverId>({
  core: solveCore,
  highs: solveHighs,
  'branch-and-bound': solveBranchAndBound,
  'dynamic-programming': solveDynamicProgramming,
  'local-search': solveLocalSearch,
  greedy: solveGreedy,
});

/** What the host awaits before it calls a solver. */
export const prepare: Readonly<Record<string, () => Promise<void>>> = { highs: prepareHighs };
