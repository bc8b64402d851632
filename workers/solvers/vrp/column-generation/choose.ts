/** Choosing the best plan from given routes: set partitioning as an integer program by HiGHS. */
import type { Highs } from 'highs';
import type { Cut } from './master.ts';
import { routeCost, type Relaxation, type Route } from './network.ts';

export interface Choice {
  /** The best plan found; null when there was none. */
  routes: Route[] | null;
  /** No plan of these routes costs less, in cost units; Infinity when there is none at all. */
  bound: number;
  nodes: number;
  /** Whether it ended before the limit. */
  solved: boolean;
}

/**
 * Every customer in exactly one of the routes chosen, or left out for its prize, by branch and cut of
 * at most `nodes` nodes. Blocks until it is over.
 * @param routes elementary
 * @param cuts valid for all plans, to make the linear program tight
 */
export function chooseRoutes(
  highs: Highs,
  relaxation: Relaxation,
  routes: readonly Route[],
  nodes: number,
  cuts: readonly Cut[],
  start: readonly Route[] | null,
): Choice {
  const { n, fewest, fleet, whole, networks, prize, rows: fixedRows } = relaxation;
  const several = networks.length > 1;
  const count = routes.length;
  if (count === 0 && !relaxation.optional)
    return { routes: null, bound: Infinity, nodes: 0, solved: true };
  const starts = [0];
  const indices: number[] = [];
  const entries: number[] = [];
  const costs: number[] = [];
  const columnOf = new Map<string, number>();
  const nameOf = ({ kind, stops }: Route) => `${kind}:${stops.toSorted((a, b) => a - b).join()}`;
  const put = (row: number, entry: number): void => {
    indices.push(row);
    entries.push(entry);
  };
  routes.forEach((route, column) => {
    for (const customer of route.stops) put(customer - 1, 1);
    put(n, 1);
    if (several) put(n + 1 + route.kind, 1);
    cuts.forEach((cut, row) => {
      const coefficient = cut.coefficient(route);
      if (coefficient !== 0) put(fixedRows + row, coefficient);
    });
    starts.push(indices.length);
    costs.push(routeCost(relaxation, route));
    columnOf.set(nameOf(route), column);
  });
  // Behind the routes, what leaves a customer out.
  const leftOut = Array.from({ length: n }, (_, i) => i + 1).filter((i) => prize[i] < Infinity);
  for (const customer of leftOut) {
    put(customer - 1, 1);
    starts.push(indices.length);
    costs.push(prize[customer]);
  }
  const columns = costs.length;
  const rows = fixedRows + cuts.length;
  const lower = new Float64Array(rows).fill(1);
  const upper = new Float64Array(rows).fill(1);
  lower[n] = fewest;
  upper[n] = fleet;
  if (several)
    networks.forEach((network, kind) => {
      lower[n + 1 + kind] = 0;
      upper[n + 1 + kind] = network.fleet;
    });
  cuts.forEach((cut, row) => {
    lower[fixedRows + row] = Math.max(cut.lower, -highs.infinity);
    upper[fixedRows + row] = Math.min(cut.upper, highs.infinity);
  });
  const model = highs.createModel({
    numCols: columns,
    numRows: rows,
    colCost: Float64Array.from(costs),
    colLower: new Float64Array(columns),
    colUpper: new Float64Array(columns).fill(1),
    rowLower: lower,
    rowUpper: upper,
    matrix: {
      format: 'csc',
      numRows: rows,
      numCols: columns,
      starts: Int32Array.from(starts),
      indices: Int32Array.from(indices),
      values: Float64Array.from(entries),
    },
    integrality: new Int32Array(columns).fill(highs.constants.variableType.integer),
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
      const chosen = start.map((route) => columnOf.get(nameOf(route)));
      const colValue = new Float64Array(columns);
      const served = new Set(start.flatMap(({ stops }) => stops));
      leftOut.forEach((customer, i) => (colValue[count + i] = served.has(customer) ? 0 : 1));
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
    const chosen = routes.filter((_, column) => value[column] > 0.5);
    const visits = new Int32Array(n + 1);
    for (const { stops } of chosen) for (const customer of stops) visits[customer]++;
    const partition = visits.every(
      (times, i) => i === 0 || times === 1 || (times === 0 && prize[i] < Infinity),
    );
    const bound =
      status === optimal ? model.getObjectiveValue() : Number(model.info.get('mip_dual_bound'));
    return { routes: partition ? chosen : null, bound, nodes: used, solved: status === optimal };
  } finally {
    model.dispose();
  }
}
