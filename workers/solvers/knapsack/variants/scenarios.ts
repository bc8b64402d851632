/** Robust knapsack by scenario generation: a master problem against an adversary. */
import type { Highs } from 'highs';
import type { ParamValues } from '../../../../src/core/params.ts';
import type { SolveContext, SolverRun } from '../../../../src/core/solver.ts';
import type { Packed, Solution } from '../../../../src/problems/knapsack/instance.ts';
import { objectiveOfVariant } from './bounds.ts';
import { boundEvent, startExchange } from './exchange.ts';
import { worstProfit } from './robust.ts';

/** Nodes a master may take at first; four times as many when it says nothing new. */
const NODES = 500;

/**
 * The master chooses items for the worst of the scenarios known so far (exactly, by HiGHS): an upper
 * bound. The adversary answers with the Γ largest deviations of its choice: a lower bound, and the
 * next scenario. Ends when they meet. One step is one scenario.
 */
export function* solveScenarios(
  packed: Packed,
  context: SolveContext<ParamValues, Solution>,
  highs: Highs,
): SolverRun<Solution> {
  const { n, profits, weights } = packed;
  const { deviations, gamma } = packed.robust ?? { deviations: new Float64Array(n), gamma: 0 };
  const start = yield* startExchange(packed, context.warmStart);
  let { best, bound } = start;
  let choice: ArrayLike<number> = start.exchange.solution().counts;
  /** Profits under each scenario. */
  const scenarios: Float64Array[] = [profits];
  const seen = new Set<string>();
  let limit = NODES;
  while (best < bound) {
    const order = Array.from({ length: n }, (_, i) => i)
      .filter((i) => choice[i] > 0)
      .sort((a, b) => deviations[b] - deviations[a] || a - b);
    const scenario = profits.slice();
    for (const i of order.slice(0, gamma)) scenario[i] -= deviations[i];
    const struck = order.slice(0, gamma).join(' ');
    if (seen.has(struck)) limit *= 4;
    else {
      seen.add(struck);
      scenarios.push(scenario);
    }
    const master = solveMaster(highs, weights, packed.capacities[0], scenarios, limit);
    if (!master)
      return { reason: 'exhausted', message: 'HiGHS has not solved the master problem.' };
    const value = Math.floor(master.bound + 1e-6 * Math.max(1, Math.abs(master.bound) * 1e-3));
    if (value < bound) {
      bound = Math.max(value, best);
      yield boundEvent(packed, bound, 'Master over the scenarios so far');
    }
    choice = master.counts;
    let load = 0;
    for (let i = 0; i < n; i++) load += choice[i] * weights[i];
    const worst = worstProfit(packed, choice);
    if (load <= packed.capacities[0] && worst > best) {
      best = worst;
      yield {
        kind: 'incumbent',
        solution: { counts: master.counts },
        objective: objectiveOfVariant(packed, best),
      };
    }
    yield { kind: 'trace', row: [scenarios.length, objectiveOfVariant(packed, bound)] };
    context.budget.chunk(1);
    yield 1;
  }
  return { reason: 'optimal' };
}

/** max t with t at most the profit under every scenario, within the capacity. */
function solveMaster(
  highs: Highs,
  weights: Float64Array,
  capacity: number,
  scenarios: readonly Float64Array[],
  nodes: number,
): { counts: Uint8Array; bound: number } | null {
  const n = scenarios[0].length;
  const rows = scenarios.length + 1;
  const starts = new Int32Array(n + 2);
  const indices: number[] = [];
  const values: number[] = [];
  for (let i = 0; i < n; i++) {
    indices.push(0);
    values.push(weights[i]);
    for (const [k, scenario] of scenarios.entries()) {
      indices.push(k + 1);
      values.push(-scenario[i]);
    }
    starts[i + 1] = indices.length;
  }
  for (let k = 1; k < rows; k++) {
    indices.push(k);
    values.push(1);
  }
  starts[n + 1] = indices.length;
  const { integer, continuous } = highs.constants.variableType;
  const model = highs.createModel({
    numCols: n + 1,
    numRows: rows,
    sense: highs.constants.objectiveSense.maximize,
    colCost: Float64Array.from({ length: n + 1 }, (_, i) => (i === n ? 1 : 0)),
    colLower: new Float64Array(n + 1),
    colUpper: Float64Array.from({ length: n + 1 }, (_, i) => (i === n ? highs.infinity : 1)),
    rowLower: new Float64Array(rows).fill(-highs.infinity),
    rowUpper: Float64Array.from({ length: rows }, (_, k) => (k === 0 ? capacity : 0)),
    matrix: {
      format: 'csc',
      numRows: rows,
      numCols: n + 1,
      starts,
      indices: Int32Array.from(indices),
      values: Float64Array.from(values),
    },
    integrality: Int32Array.from({ length: n + 1 }, (_, i) => (i === n ? continuous : integer)),
  });
  try {
    model.options.set({
      output_flag: false,
      mip_rel_gap: 0,
      mip_abs_gap: 0.5,
      mip_max_nodes: Math.min(nodes, 2 ** 31 - 1),
    });
    model.run();
    const columns = model.getSolution().colValue;
    if (columns.length < n) return null;
    return {
      counts: Uint8Array.from({ length: n }, (_, i) => Math.round(columns[i])),
      bound: Number(model.info.get('mip_dual_bound')),
    };
  } finally {
    model.dispose();
  }
}
