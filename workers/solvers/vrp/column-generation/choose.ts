/** Choosing the best plan from given routes: set partitioning as an integer program by HiGHS. */
import type { Highs } from 'highs';
import type { Cut } from './master.ts';
import { routeCost, type Relaxation } from './relaxation.ts';

export interface Choice {
  /** The best plan found; null when there was none. */
  routes: number[][] | null;
  /** No plan of these routes costs less, in distance units; Infinity when there is none at all. */
  bound: number;
  nodes: number;
  /** Whether it ended before the limit. */
  solved: boolean;
}

/**
 * Every customer in exactly one of the routes chosen, by branch and cut of at most `nodes` nodes.
 * Blocks until it is over. @param routes elementary
 * @param cuts valid for all plans, to make the linear program tight
 */
export function chooseRoutes(
  highs: Highs,
  relaxation: Relaxation,
  routes: readonly (readonly number[])[],
  nodes: number,
  cuts: readonly Cut[],
  start: readonly (readonly number[])[] | null,
): Choice {
  const { n, fewest, fleet, whole } = relaxation;
  const count = routes.length;
  if (count === 0) return { routes: null, bound: Infinity, nodes: 0, solved: true };
  const starts = new Int32Array(count + 1);
  const indices: number[] = [];
  const entries: number[] = [];
  const columnOf = new Map<string, number>();
  routes.forEach((route, column) => {
    for (const customer of route) indices.push(customer - 1);
    indices.push(n);
    entries.push(...route.map(() => 1), 1);
    cuts.forEach((cut, row) => {
      const coefficient = cut.coefficient(route);
      if (coefficient === 0) return;
      indices.push(n + 1 + row);
      entries.push(coefficient);
    });
    starts[column + 1] = indices.length;
    columnOf.set(route.toSorted((a, b) => a - b).join(), column);
  });
  const rows = n + 1 + cuts.length;
  const lower = new Float64Array(rows).fill(1);
  const upper = new Float64Array(rows).fill(1);
  lower[n] = fewest;
  upper[n] = fleet;
  cuts.forEach((cut, row) => {
    lower[n + 1 + row] = Math.max(cut.lower, -highs.infinity);
    upper[n + 1 + row] = Math.min(cut.upper, highs.infinity);
  });
  const model = highs.createModel({
    numCols: count,
    numRows: rows,
    colCost: Float64Array.from(routes, (route) => routeCost(relaxation, route)),
    colLower: new Float64Array(count),
    colUpper: new Float64Array(count).fill(1),
    rowLower: lower,
    rowUpper: upper,
    matrix: {
      format: 'csc',
      numRows: rows,
      numCols: count,
      starts,
      indices: Int32Array.from(indices),
      values: Float64Array.from(entries),
    },
    integrality: new Int32Array(count).fill(highs.constants.variableType.integer),
  });
  try {
    model.options.set({
      output_flag: false,
      mip_rel_gap: 0,
      // Whole distances: what is closer than one unit is equal.
      mip_abs_gap: whole ? 0.999 : 1e-7,
      mip_max_nodes: nodes,
    });
    if (start) {
      const chosen = start.map((route) => columnOf.get(route.toSorted((a, b) => a - b).join()));
      const colValue = new Float64Array(count);
      for (const column of chosen) if (column !== undefined) colValue[column] = 1;
      if (chosen.every((column) => column !== undefined)) model.setSolution({ colValue });
    }
    try {
      model.run();
    } catch {
      // Numerical trouble inside HiGHS: nothing is known, and the proof goes on without.
      return { routes: null, bound: -Infinity, nodes: 1, solved: false };
    }
    const status = model.getModelStatus();
    const { optimal, infeasible } = highs.constants.modelStatus;
    const used = Math.max(1, Number(model.info.get('mip_node_count')));
    if (status === infeasible) return { routes: null, bound: Infinity, nodes: used, solved: true };
    const value = model.getSolution().colValue;
    const chosen = routes.filter((_, column) => value[column] > 0.5).map((route) => [...route]);
    const visits = new Int32Array(n + 1);
    for (const route of chosen) for (const customer of route) visits[customer]++;
    const partition = visits.subarray(1).every((times) => times === 1);
    const bound =
      status === optimal ? model.getObjectiveValue() : Number(model.info.get('mip_dual_bound'));
    return { routes: partition ? chosen : null, bound, nodes: used, solved: status === optimal };
  } finally {
    model.dispose();
  }
}
