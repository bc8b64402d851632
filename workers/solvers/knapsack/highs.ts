/** HiGHS, a mixed-integer solver by branch and cut (Huangfu & Hall 2018), in rounds. */
import type { Highs, Model } from 'highs';
import type { ParamValues } from '../../../src/core/params.ts';
import type { SolveContext, SolverRun } from '../../../src/core/solver.ts';
import type { Packed, Solution } from '../../../src/problems/knapsack/instance.ts';
import { highsRuntime } from '../common/highs-runtime.ts';
import { createSearch, moveOnce } from './local-search.ts';
import { incumbentOf, makeStart, objectiveOf, type Start } from './start.ts';

/** Moves of local search before the first round, so that it begins near the best. */
const MOVES = 2000;
const MOVES_PER_YIELD = 20;
/** Nodes of the first round for n·m = 500, fewer for larger instances; each round has more. */
const FIRST_ROUND = 250_000;
const LARGEST_FIRST = 500;
const GROWTH = 8;

/**
 * A short local search, the linear relaxation, then branch and cut in rounds of growing node limits.
 * A round blocks until it is over and begins anew with the best solution so far; limits are nodes,
 * not seconds, so that runs repeat. One step is one node of branch and cut.
 */
export function* solveHighs(
  packed: Packed,
  context: SolveContext<ParamValues, Solution>,
): SolverRun<Solution> {
  const highs = highsRuntime();
  const start = yield* makeStart(packed, context.warmStart);
  const { groups } = start;
  if (groups.size === 0) {
    yield 0;
    return { reason: 'optimal' };
  }
  const search = createSearch(packed, start, { drop: 4, memory: 200 });
  for (let move = 1; move <= MOVES; move++) {
    if (moveOnce(search, context.rng))
      yield incumbentOf(packed, groups, search.best, search.bestProfit);
    else if (move % MOVES_PER_YIELD === 0) yield 0;
  }

  const model = makeModel(highs, packed, start);
  try {
    yield { kind: 'phase', name: 'Linear relaxation' };
    model.options.set({ output_flag: false, solve_relaxation: true });
    model.run();
    let bound = roundDown(model.getObjectiveValue());
    const boundEvent = (proof: string) => ({
      kind: 'bound' as const,
      value: objectiveOf(packed, groups, bound),
      proof,
    });
    if (model.getModelStatus() === highs.constants.modelStatus.optimal)
      yield boundEvent('Linear relaxation');
    yield 0;

    model.options.set({ solve_relaxation: false, mip_rel_gap: 0, mip_abs_gap: 0.5 });
    let best = search.bestProfit;
    let taken: Float64Array = search.best.slice();
    const first = Math.floor(FIRST_ROUND / (groups.size * packed.m));
    let limit = Math.max(1, Math.min(LARGEST_FIRST, first));
    for (let steps = 0; ; limit *= GROWTH) {
      const allowed =
        context.budget.steps === null
          ? limit
          : Math.min(limit, Math.max(1, context.budget.steps - steps));
      yield { kind: 'phase', name: `Branch and cut, up to ${allowed.toLocaleString('en')} nodes` };
      model.options.set('mip_max_nodes', Math.min(allowed, 2 ** 31 - 1));
      model.setSolution({ colValue: taken });
      model.run();
      const status = model.getModelStatus();
      const nodes = Math.max(1, Number(model.info.get('mip_node_count')));
      const found = readSolution(packed, start, model.getSolution().colValue);
      if (found && found.profit > best) {
        best = found.profit;
        taken = found.taken;
        yield incumbentOf(packed, groups, taken, best);
      }
      const dual = roundDown(Number(model.info.get('mip_dual_bound')));
      if (dual < bound) {
        bound = Math.max(dual, best);
        yield boundEvent('HiGHS branch and cut');
      }
      yield { kind: 'trace', row: [nodes, objectiveOf(packed, groups, bound)] };
      steps += nodes;
      yield nodes;
      if (bound <= best) return { reason: 'optimal' };
      const { solutionLimit, iterationLimit } = highs.constants.modelStatus;
      if (status !== solutionLimit && status !== iterationLimit)
        return { reason: 'exhausted', message: 'HiGHS ended without closing the gap.' };
    }
  } finally {
    model.dispose();
  }
}

/** Whole profits are below a bound that is itself exact to about 1e-6. */
const roundDown = (value: number): number =>
  Number.isFinite(value)
    ? Math.floor(value + 1e-6 * Math.max(1, Math.abs(value) * 1e-3))
    : Infinity;

/** One integer column for each group, one row for each capacity. O(n·m). */
function makeModel(highs: Highs, packed: Packed, start: Start): Model {
  const { m } = packed;
  const { groups, weights } = start;
  const { size } = groups;
  return highs.createModel({
    numCols: size,
    numRows: m,
    sense: highs.constants.objectiveSense.maximize,
    colCost: groups.profits,
    colLower: new Float64Array(size),
    colUpper: groups.counts,
    rowLower: new Float64Array(m).fill(-highs.infinity),
    rowUpper: packed.capacities,
    matrix: {
      format: 'csc',
      numRows: m,
      numCols: size,
      starts: Int32Array.from({ length: size + 1 }, (_, g) => g * m),
      indices: Int32Array.from({ length: size * m }, (_, i) => i % m),
      values: weights.slice(0, size * m),
    },
    integrality: new Int32Array(size).fill(highs.constants.variableType.integer),
  });
}

/** The solution in whole copies with its profit; null when rounding made it infeasible. O(n·m). */
function readSolution(
  packed: Packed,
  start: Start,
  values: Float64Array,
): { taken: Float64Array; profit: number } | null {
  const { m } = packed;
  const { groups, weights } = start;
  const loads = new Float64Array(m);
  let profit = 0;
  const taken = groups.counts.map((most, g) => {
    const copies = Math.max(0, Math.min(most, Math.round(values[g])));
    for (let d = 0; d < m; d++) loads[d] += copies * weights[g * m + d];
    profit += copies * groups.profits[g];
    return copies;
  });
  return loads.every((load, d) => load <= packed.capacities[d]) ? { taken, profit } : null;
}
