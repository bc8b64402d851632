/** Robust knapsack by scenario generation: a master problem against an adversary. */
import type { Highs } from 'highs';
import type { ParamValues } from '../../../../src/core/params.ts';
import type { SolveContext, SolverRun } from '../../../../src/core/solver.ts';
import type { Packed, Solution } from '../../../../src/problems/knapsack/instance.ts';
import { objectiveOfVariant } from './bounds.ts';
import { boundEvent, startExchange } from './exchange.ts';
import { strike, worstProfit } from './robust.ts';

/** Nodes a master may take at first; four times as many when it says nothing new. */
const NODES = 500;

/**
 * The master chooses items for the worst of the scenarios known so far (exactly, by HiGHS): an upper
 * bound. The adversary answers with the strike that hurts its choice most: a lower bound, and the next
 * scenario. Ends when they meet. With repairs each scenario has repairs of its own in the master
 * (columns and constraints, Zeng & Zhao 2013). One step is one scenario.
 */
export function* solveScenarios(
  packed: Packed,
  context: SolveContext<ParamValues, Solution>,
  highs: Highs,
): SolverRun<Solution> {
  const { n, weights } = packed;
  const start = yield* startExchange(packed, context.warmStart);
  let { best, bound } = start;
  let choice: ArrayLike<number> = start.exchange.solution().counts;
  /** Whom the adversary strikes in each scenario; nobody in the first. */
  const scenarios: number[][] = [[]];
  const seen = new Set<string>();
  let limit = NODES;
  while (best < bound) {
    const { struck } = strike(packed, choice);
    const key = struck.toSorted((a, b) => a - b).join(' ');
    if (seen.has(key)) limit *= 4;
    else {
      seen.add(key);
      scenarios.push(struck);
    }
    const master = solveMaster(highs, packed, scenarios, limit);
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

/**
 * max t with t at most the profit under every scenario, within the capacity; with repairs each
 * scenario has its own, of items taken, in the room left.
 */
function solveMaster(
  highs: Highs,
  packed: Packed,
  scenarios: readonly (readonly number[])[],
  nodes: number,
): { counts: Uint8Array; bound: number } | null {
  const { n, profits, weights, capacities } = packed;
  const { deviations, repairs } = packed.robust ?? {
    deviations: new Float64Array(n),
    repairs: null,
  };
  /** Numbers of each column: row and value, flat. Items first, then t, then repairs. */
  const columns: number[][] = Array.from({ length: n + 1 }, () => []);
  const limits: number[] = [capacities[0]];
  for (let i = 0; i < n; i++) columns[i].push(0, weights[i]);
  for (const struck of scenarios) {
    const row = limits.length;
    limits.push(0);
    const lost = new Set(struck);
    for (let i = 0; i < n; i++)
      columns[i].push(row, -(profits[i] - (lost.has(i) ? deviations[i] : 0)));
    columns[n].push(row, 1);
    if (!repairs || struck.length === 0) continue;
    const room = limits.length;
    limits.push(capacities[0]);
    for (let i = 0; i < n; i++) columns[i].push(room, weights[i]);
    for (const i of struck) {
      const onlyTaken = limits.length;
      limits.push(0);
      columns[i].push(onlyTaken, -1);
      columns.push([row, -deviations[i], room, repairs[i], onlyTaken, 1]);
    }
  }
  const rows = limits.length;
  const size = columns.length;
  const starts = new Int32Array(size + 1);
  const indices: number[] = [];
  const values: number[] = [];
  columns.forEach((column, c) => {
    for (let k = 0; k < column.length; k += 2) {
      indices.push(column[k]);
      values.push(column[k + 1]);
    }
    starts[c + 1] = indices.length;
  });
  const { integer, continuous } = highs.constants.variableType;
  const model = highs.createModel({
    numCols: size,
    numRows: rows,
    sense: highs.constants.objectiveSense.maximize,
    colCost: Float64Array.from({ length: size }, (_, i) => (i === n ? 1 : 0)),
    colLower: new Float64Array(size),
    colUpper: Float64Array.from({ length: size }, (_, i) => (i === n ? highs.infinity : 1)),
    rowLower: new Float64Array(rows).fill(-highs.infinity),
    rowUpper: Float64Array.from(limits),
    matrix: {
      format: 'csc',
      numRows: rows,
      numCols: size,
      starts,
      indices: Int32Array.from(indices),
      values: Float64Array.from(values),
    },
    integrality: Int32Array.from({ length: size }, (_, i) => (i === n ? continuous : integer)),
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
