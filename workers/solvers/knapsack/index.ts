import type { ParamValues } from '../../../src/core/params.ts';
import type { SolveContext, SolverRun } from '../../../src/core/solver.ts';
import type { Packed, Solution } from '../../../src/problems/knapsack/instance.ts';
import type { Kind } from '../../../src/problems/knapsack/kinds.ts';
import type { SolverId } from '../../../src/problems/knapsack/solvers.ts';
import { defineSolvers } from '../registry.ts';
import { solveBranchAndBound } from './branch-and-bound.ts';
import { solveCore } from './core.ts';
import { solveDynamicProgramming } from './dynamic-programming.ts';
import { solveFptas } from './fptas.ts';
import { solveGreedy } from './greedy.ts';
import { highsRuntime, prepareHighs } from '../common/highs-runtime.ts';
import { solveHighs } from './highs.ts';
import { solveLocalSearch } from './local-search.ts';
import { solveOnline } from './online.ts';
import { solveChoiceCore } from './variants/choice-core.ts';
import { solveChoiceTable } from './variants/choice-table.ts';
import { solveCoins, solveGreedyCoins } from './variants/coins.ts';
import { solveBins } from './variants/completion.ts';
import { greedyExchange, searchExchange } from './variants/exchange.ts';
import { solveFit } from './variants/fit.ts';
import { solveVariantHighs } from './variants/highs.ts';
import { solveMultiple } from './variants/multiple.ts';
import { solveRobust } from './variants/robust-core.ts';
import { solveScenarios } from './variants/scenarios.ts';
import { searchTree } from './variants/tree.ts';

type Method = (packed: Packed, context: SolveContext<never, Solution>) => SolverRun<Solution>;

/** The method of the instance's kind; the plain and the unbounded kind share one. */
const byKind =
  (plain: Method, others: Partial<Record<Kind, Method>>, rest?: Method) =>
  (packed: Packed, context: SolveContext<ParamValues, Solution>): SolverRun<Solution> => {
    const simple = packed.kind === null || packed.kind === 'unbounded';
    const method = simple ? plain : (others[packed.kind as Kind] ?? rest);
    if (!method) throw new Error(`This solver does not take the kind "${packed.kind}".`);
    // Sound because the host hands over parameters read through this solver's specs.
    return method(packed, context as SolveContext<never, Solution>);
  };

export const solvers = defineSolvers<Packed, Solution, SolverId>({
  core: byKind(solveCore, { 'multiple-choice': solveChoiceCore, robust: solveRobust }),
  highs: byKind(
    solveHighs,
    {
      robust: (packed, context) => solveScenarios(packed, context, highsRuntime()),
      recourse: (packed, context) => solveScenarios(packed, context, highsRuntime()),
    },
    solveVariantHighs,
  ),
  'branch-and-bound': byKind(solveBranchAndBound, {
    multiple: solveMultiple,
    quadratic: searchTree,
    'set-union': searchTree,
    'bin-packing': solveBins,
  }),
  'dynamic-programming': byKind(solveDynamicProgramming, {
    'change-making': solveCoins,
    'multiple-choice': solveChoiceTable,
  }),
  'local-search': byKind(solveLocalSearch, {}, searchExchange),
  greedy: byKind(solveGreedy, { 'change-making': solveGreedyCoins }, greedyExchange),
  fptas: solveFptas,
  online: solveOnline,
  'bin-fit': solveFit,
});

/** What the host awaits before it calls a solver. */
export const prepare: Readonly<Record<string, () => Promise<void>>> = { highs: prepareHighs };
