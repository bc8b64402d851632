/** HiGHS on the models of the further kinds, in rounds of growing node limits. */
import type { Highs } from 'highs';
import type { ParamValues } from '../../../../src/core/params.ts';
import type { SolveContext, SolverRun } from '../../../../src/core/solver.ts';
import type { Packed, Solution } from '../../../../src/problems/knapsack/instance.ts';
import { highsRuntime } from '../../common/highs-runtime.ts';
import { greedyCoins } from './coins.ts';
import { objectiveOfVariant, rootBoundOf } from './bounds.ts';
import { boundEvent, startExchange } from './exchange.ts';
import { makeMip, type Mip } from './mip.ts';
import { valueOf } from './value.ts';

const MOVES = 400;
const FIRST = 200;
const GROWTH = 8;

/**
 * The greedy solution and a short search, then branch and cut. Each round begins anew with the best
 * solution so far; limits are nodes, not seconds, so that runs repeat. One step is one node.
 */
export function* solveVariantHighs(
  packed: Packed,
  context: SolveContext<ParamValues, Solution>,
): SolverRun<Solution> {
  const highs = highsRuntime();
  let best = -Infinity;
  let solution: Solution | null = null;
  let bound = rootBoundOf(packed).value;
  const take = (candidate: Solution | null) => {
    const value = candidate ? valueOf(packed, candidate) : NaN;
    if (candidate === null || !(value > best)) return null;
    best = value;
    solution = candidate;
    return {
      kind: 'incumbent' as const,
      solution: candidate,
      objective: objectiveOfVariant(packed, value),
    };
  };
  if (packed.kind === 'change-making') {
    const greedy = greedyCoins(packed);
    const event = take(greedy.left === 0 ? { counts: greedy.counts } : null);
    if (event) yield event;
    const warm = take(context.warmStart ?? null);
    if (warm) yield warm;
    if (Number.isFinite(bound)) yield boundEvent(packed, bound, 'The largest coin alone');
  } else {
    const { exchange, best: first } = yield* startExchange(packed, context.warmStart);
    if (first > -Infinity) {
      best = first;
      solution = exchange.solution();
    }
    let current = exchange.value();
    for (let move = 1; move <= MOVES && best < bound; move++) {
      exchange.save();
      exchange.move(1 + context.rng.int(4), context.rng);
      if (exchange.value() >= current) current = exchange.value();
      else exchange.restore();
      if (exchange.objective() > best) {
        const event = take(exchange.solution());
        if (event) yield event;
      }
      if (move % 16 === 0) yield 0;
    }
  }
  if (best >= bound) {
    yield 1;
    return { reason: bound === -Infinity ? 'infeasible' : 'optimal' };
  }
  yield { kind: 'phase', name: 'Model' };
  const mip = makeMip(packed);
  const model = createModel(highs, mip);
  try {
    model.options.set({ output_flag: false, mip_rel_gap: 0, mip_abs_gap: 0.5 });
    for (let steps = 0, limit = FIRST; ; limit *= GROWTH) {
      const allowed =
        context.budget.steps === null
          ? limit
          : Math.min(limit, Math.max(1, context.budget.steps - steps));
      yield { kind: 'phase', name: `Branch and cut, up to ${allowed.toLocaleString('en')} nodes` };
      model.options.set('mip_max_nodes', Math.min(allowed, 2 ** 31 - 1));
      const columns = solution ? mip.write(solution) : null;
      if (columns) model.setSolution({ colValue: columns });
      model.run();
      const status = model.getModelStatus();
      const { modelStatus } = highs.constants;
      const nodes = Math.max(1, Number(model.info.get('mip_node_count')));
      if (status === modelStatus.infeasible) {
        yield nodes;
        return { reason: 'infeasible', message: 'No choice satisfies all conditions.' };
      }
      const found = model.getSolution().colValue;
      const event = found.length > 0 ? take(mip.read(found)) : null;
      if (event) yield event;
      const dual = Number(model.info.get('mip_dual_bound'));
      const whole = Number.isFinite(dual)
        ? Math.floor(dual + 1e-6 * Math.max(1, Math.abs(dual) * 1e-3))
        : Infinity;
      if (whole < bound) {
        bound = Math.max(whole, best);
        yield boundEvent(packed, bound, 'HiGHS branch and cut');
      }
      if (Number.isFinite(bound))
        yield { kind: 'trace', row: [nodes, objectiveOfVariant(packed, bound)] };
      steps += nodes;
      yield nodes;
      if (bound <= best) return { reason: 'optimal' };
      if (status !== modelStatus.solutionLimit && status !== modelStatus.iterationLimit)
        return { reason: 'exhausted', message: 'HiGHS ended without closing the gap.' };
    }
  } finally {
    model.dispose();
  }
}

const createModel = (highs: Highs, mip: Mip) => {
  const infinite = (values: Float64Array) =>
    values.map((value) =>
      value === Infinity ? highs.infinity : value === -Infinity ? -highs.infinity : value,
    );
  const numCols = mip.costs.length;
  const numRows = mip.rowLower.length;
  return highs.createModel({
    numCols,
    numRows,
    sense: highs.constants.objectiveSense.maximize,
    colCost: mip.costs,
    colLower: mip.lower,
    colUpper: mip.upper,
    rowLower: infinite(mip.rowLower),
    rowUpper: infinite(mip.rowUpper),
    matrix: {
      format: 'csc',
      numRows,
      numCols,
      starts: mip.starts,
      indices: mip.indices,
      values: mip.values,
    },
    integrality: mip.integer.map((flag) =>
      flag ? highs.constants.variableType.integer : highs.constants.variableType.continuous,
    ),
  });
};
