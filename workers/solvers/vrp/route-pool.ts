/** Routes of good plans, and the best plan that can be put together from them. */
import type { Highs } from 'highs';
import {
  cleanSolution,
  vehicleTypes,
  type PackedVrp,
  type VrpSolution,
} from '../../../src/problems/vrp/instance.ts';
import { depotNode, packedDistance } from '../../../src/problems/vrp/metric.ts';

export interface RoutePool {
  /** Takes the routes of a feasible plan in; plans far from the best are not looked at. */
  add(solution: VrpSolution, objective: number): void;
  readonly size: number;
  /**
   * Set partitioning by HiGHS over the `columns` routes of the best plans, of at most `nodes` nodes:
   * each customer on one route, or left out for its prize, within the fleet. Blocks until it is over.
   */
  choose(highs: Highs, columns: number, nodes: number): Choice;
}

export interface Choice {
  /** null when no plan was found. */
  solution: VrpSolution | null;
  /** Simplex iterations it took. */
  iterations: number;
}

interface PooledRoute {
  route: readonly number[];
  type: number;
  length: number;
  /** Objective of the best plan it was part of. */
  rank: number;
}

/** Plans this much above the best give no routes. */
const NEAR = 0.03;

/** @param most routes kept: those of the best plans. */
export function createRoutePool(packed: PackedVrp, most: number): RoutePool {
  const { extras } = packed;
  const n = packed.x.length - 1;
  const distance = packedDistance(packed);
  const types = vehicleTypes({
    capacity: packed.capacity,
    fixedCost: extras?.fixedCost,
    depots: extras?.depots,
    fleet: extras?.fleet,
  });
  const units = packed.rounding === 'truncate-1' ? 10 : 1;
  /** By type and set of customers: the shortest order seen. */
  const pool = new Map<string, PooledRoute>();
  let best = Infinity;

  function lengthOf(route: readonly number[], type: number): number {
    const home = depotNode(n, types[type].depot);
    let at = home;
    let length = 0;
    for (const customer of route) {
      length += distance(at, customer);
      at = customer;
    }
    return extras?.open ? length : length + distance(at, home);
  }

  /** Keeps three quarters of the room for the best ranks. */
  function shrink(): void {
    const ranks = Array.from(pool.values(), ({ rank }) => rank).sort((a, b) => a - b);
    const limit = ranks[Math.floor(most * 0.75)];
    for (const [key, { rank }] of pool) if (rank >= limit) pool.delete(key);
  }

  return {
    add(solution, objective) {
      if (objective > best * (1 + NEAR)) return;
      best = Math.min(best, objective);
      solution.routes.forEach((route, r) => {
        if (route.length === 0) return;
        const type = solution.types?.[r] ?? 0;
        const key = `${type}:${route.toSorted((a, b) => a - b).join()}`;
        const known = pool.get(key);
        if (known && objective < known.rank) known.rank = objective;
        const length = lengthOf(route, type);
        if (known && known.length <= length) return;
        pool.set(key, { route: [...route], type, length, rank: known?.rank ?? objective });
      });
      if (pool.size > most) shrink();
    },
    get size() {
      return pool.size;
    },
    choose(highs, most, nodes) {
      const columns = [...pool.values()].sort((a, b) => a.rank - b.rank).slice(0, most);
      const optional: number[] = [];
      if (extras) for (let c = 1; c <= n; c++) if (extras.prize[c] < Infinity) optional.push(c);
      const count = columns.length + optional.length;
      const limited = types.map((_, t) => t).filter((t) => types[t].count < Infinity);
      const rows = n + 1 + limited.length;
      const starts = new Int32Array(count + 1);
      const indices: number[] = [];
      const costs = new Float64Array(count);
      columns.forEach(({ route, type, length }, column) => {
        for (const customer of route) indices.push(customer - 1);
        indices.push(n);
        const limit = limited.indexOf(type);
        if (limit >= 0) indices.push(n + 1 + limit);
        starts[column + 1] = indices.length;
        costs[column] = (types[type].perDistance * length) / units + types[type].fixed;
      });
      optional.forEach((customer, i) => {
        indices.push(customer - 1);
        const end = extras?.deliverTo[customer] ?? 0;
        if (end > 0) indices.push(end - 1);
        starts[columns.length + i + 1] = indices.length;
        costs[columns.length + i] = extras?.prize[customer] ?? 0;
      });
      const lower = new Float64Array(rows).fill(1);
      const upper = new Float64Array(rows).fill(1);
      lower.fill(0, n);
      upper[n] = Math.min(n, packed.vehicles);
      limited.forEach((type, i) => (upper[n + 1 + i] = types[type].count));
      const model = highs.createModel({
        numCols: count,
        numRows: rows,
        colCost: costs,
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
          values: new Float64Array(indices.length).fill(1),
        },
        integrality: new Int32Array(count).fill(highs.constants.variableType.integer),
      });
      try {
        model.options.set({
          output_flag: false,
          mip_rel_gap: 1e-6,
          mip_max_nodes: nodes,
          mip_heuristic_effort: 0,
        });
        model.run();
        const iterations = Number(model.info.get('simplex_iteration_count'));
        if (model.getModelStatus() === highs.constants.modelStatus.infeasible)
          return { solution: null, iterations };
        const value = model.getSolution().colValue;
        const chosen = columns.filter((_, column) => value[column] > 0.5);
        const visits = new Int32Array(n + 1);
        for (const { route } of chosen) for (const customer of route) visits[customer]++;
        optional.forEach((customer, i) => {
          if (value[columns.length + i] <= 0.5) return;
          visits[customer]++;
          const end = extras?.deliverTo[customer] ?? 0;
          if (end > 0) visits[end]++;
        });
        if (!visits.subarray(1).every((times) => times === 1))
          return { solution: null, iterations };
        const routes = chosen.map(({ route }) => [...route]);
        const types = chosen.map(({ type }) => type);
        return { solution: cleanSolution({ routes, types }), iterations };
      } finally {
        model.dispose();
      }
    },
  };
}
