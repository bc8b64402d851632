/**
 * The restricted master problem: choose routes so that every customer is visited, as a linear
 * program that grows by columns (routes) and rows (cuts).
 */
import type { Highs, Model } from 'highs';
import { keyOf, routeCost, type Relaxation, type Route } from './network.ts';

/** A valid inequality over routes. */
export interface Cut {
  /** How often a route counts. */
  coefficient(route: Route): number;
  lower: number;
  upper: number;
}

export interface Column extends Route {
  cost: number;
}

export interface Master {
  /** Adds the routes not there yet; how many. */
  add(routes: readonly Route[]): number;
  cut(cuts: readonly Cut[]): void;
  /** Solves; false when HiGHS finds no optimum. */
  solve(): boolean;
  readonly objective: number;
  /**
   * By row: customers 1 … n as 0 … n − 1, the number of routes as n, those of each kind when there
   * are several, then the cuts.
   */
  readonly duals: Float64Array;
  readonly columns: readonly Column[];
  /** By column. */
  readonly values: Float64Array;
  /** Is every customer visited without paying a penalty. */
  readonly covered: boolean;
  readonly cuts: readonly Cut[];
  /** When there are more than `most` columns, keeps the half of them of least reduced cost. */
  trim(most: number): void;
  /** From now on every customer is visited exactly once. */
  partition(): void;
  /** Uses only these columns; all when null. */
  allow(test: ((route: Route) => boolean) | null): void;
  dispose(): void;
}

export function createMaster(highs: Highs, relaxation: Relaxation, penalty: number): Master {
  const { n, fewest, fleet, prize, networks, rows } = relaxation;
  const several = networks.length > 1;
  const model: Model = highs.createModel();
  model.options.set({ output_flag: false, presolve: 'off', solver: 'simplex' });
  const unlimited = highs.infinity;
  for (let i = 0; i < n; i++) model.addRow(1, unlimited, { indices: [], values: [] });
  model.addRow(fewest, fleet, { indices: [], values: [] });
  if (several)
    for (const network of networks) model.addRow(0, network.fleet, { indices: [], values: [] });
  // A customer that no route visits costs a penalty, or its prize, and counts as no route.
  for (let i = 0; i < n; i++)
    model.addCol(Math.min(penalty, prize[i + 1]), 0, unlimited, { indices: [i], values: [1] });
  model.addCol(penalty, 0, unlimited, { indices: [n], values: [1] });
  const slacks = n + 1;

  let columns: Column[] = [];
  const known = new Set<string>();
  const cuts: Cut[] = [];
  let objective = Infinity;
  let duals = new Float64Array(0);
  let values = new Float64Array(0);
  let reduced = new Float64Array(0);
  let covered = false;

  const visits = new Float64Array(n + 1);
  return {
    add(routes) {
      const costs: number[] = [];
      const starts = [0];
      const indices: number[] = [];
      const entries: number[] = [];
      for (const route of routes) {
        const { kind, stops } = route;
        const key = keyOf(route);
        if (stops.length === 0 || known.has(key)) continue;
        known.add(key);
        const cost = routeCost(relaxation, route);
        columns.push({ kind, stops, cost });
        costs.push(cost);
        for (const customer of stops) visits[customer]++;
        for (const customer of new Set(stops)) {
          indices.push(customer - 1);
          entries.push(visits[customer]);
          visits[customer] = 0;
        }
        indices.push(n);
        entries.push(1);
        if (several) {
          indices.push(n + 1 + kind);
          entries.push(1);
        }
        for (let c = 0; c < cuts.length; c++) {
          const coefficient = cuts[c].coefficient(route);
          if (coefficient === 0) continue;
          indices.push(rows + c);
          entries.push(coefficient);
        }
        starts.push(indices.length);
      }
      if (costs.length === 0) return 0;
      model.addCols({
        cost: Float64Array.from(costs),
        lower: new Float64Array(costs.length),
        upper: new Float64Array(costs.length).fill(unlimited),
        matrix: {
          format: 'csc',
          numRows: rows + cuts.length,
          numCols: costs.length,
          starts: Int32Array.from(starts),
          indices: Int32Array.from(indices),
          values: Float64Array.from(entries),
        },
      });
      return costs.length;
    },
    cut(added) {
      for (const cut of added) {
        const indices: number[] = [];
        const entries: number[] = [];
        columns.forEach((route, column) => {
          const coefficient = cut.coefficient(route);
          if (coefficient === 0) return;
          indices.push(slacks + column);
          entries.push(coefficient);
        });
        model.addRow(
          cut.lower === -Infinity ? -unlimited : cut.lower,
          cut.upper === Infinity ? unlimited : cut.upper,
          { indices, values: entries },
        );
        cuts.push(cut);
      }
    },
    solve() {
      try {
        model.run();
      } catch {
        // Numerical trouble: once more without the basis.
        model.clearSolver();
        model.run();
      }
      if (model.getModelStatus() !== highs.constants.modelStatus.optimal) return false;
      objective = model.getObjectiveValue();
      const solution = model.getSolution();
      duals = Float64Array.from(solution.rowDual);
      values = solution.colValue.slice(slacks);
      reduced = solution.colDual.slice(slacks);
      covered = solution.colValue
        .subarray(0, slacks)
        .every((value, i) => value < 1e-7 || (i < n && prize[i + 1] < penalty));
      return true;
    },
    get objective() {
      return objective;
    },
    get duals() {
      return duals;
    },
    get columns() {
      return columns;
    },
    get values() {
      return values;
    },
    get covered() {
      return covered;
    },
    get cuts() {
      return cuts;
    },
    trim(most) {
      if (columns.length <= most || reduced.length !== columns.length) return;
      const limit = Math.max(0, reduced.toSorted()[most >> 1]);
      const gone = columns.map((_, column) => reduced[column] > limit && values[column] === 0);
      const doomed = gone.flatMap((out, column) => (out ? [slacks + column] : []));
      if (doomed.length === 0) return;
      model.deleteCols({ kind: 'set', indices: Int32Array.from(doomed) });
      columns = columns.filter((route, column) => {
        if (gone[column]) known.delete(keyOf(route));
        return !gone[column];
      });
      values = values.filter((_, column) => !gone[column]);
      reduced = reduced.filter((_, column) => !gone[column]);
    },
    partition() {
      for (let i = 0; i < n; i++) model.changeRowBounds(i, 1, 1);
    },
    allow(test) {
      if (columns.length === 0) return;
      const most = Float64Array.from(columns, (route) => (!test || test(route) ? unlimited : 0));
      model.changeColsBounds(
        { kind: 'range', from: slacks, to: slacks + columns.length - 1 },
        new Float64Array(columns.length),
        most,
      );
    },
    dispose: () => model.dispose(),
  };
}
