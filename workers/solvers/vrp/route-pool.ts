/** Routes of good plans, and the best plan that can be put together from them. */
import type { Highs } from 'highs';
import {
  cleanSolution,
  vehicleTypes,
  type PackedVrp,
  type VrpSolution,
} from '../../../src/problems/vrp/instance.ts';
import { partition, type Column } from './set-partitioning.ts';
import { depotNode, packedDistance } from '../../../src/problems/vrp/metric.ts';

export interface RoutePool {
  /** Takes the routes of a feasible plan in; plans far from the best are not looked at. */
  add(solution: VrpSolution, objective: number): void;
  readonly size: number;
  /**
   * Set partitioning over the `most` routes of the best plans: each customer on one route, or left out
   * for its prize, within the fleet, for less than `cutoff`. Yields 0 after each linear program, and
   * asks with their number whether to go on.
   */
  choose(
    highs: Highs,
    most: number,
    cutoff: number,
    goesOn: (programs: number) => boolean,
  ): Generator<0, Choice, void>;
}

export interface Choice {
  /** null when no better plan was met. */
  solution: VrpSolution | null;
  /** Was every choice looked at. */
  complete: boolean;
}

interface PooledRoute {
  route: readonly number[];
  type: number;
  length: number;
  /** Objective of the best plan it was part of. */
  rank: number;
}

/** A route, or what is left out for its prize. */
interface Candidate extends Column {
  /** null when left out. */
  route: readonly number[] | null;
  type: number;
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

  const limited = types.map((_, t) => t).filter((t) => types[t].count < Infinity);
  /** Vehicles, and those of each type that is limited. */
  const limits = [Math.min(n, packed.vehicles), ...limited.map((type) => types[type].count)];

  const driven = ({ route, type, length }: PooledRoute): Candidate => ({
    route,
    type,
    visited: route,
    cost: (types[type].perDistance * length) / units + types[type].fixed,
    counted: limited.includes(type) ? [0, 1 + limited.indexOf(type)] : [0],
  });

  function leftOut(customer: number, prize: number): Candidate {
    const end = extras?.deliverTo[customer] ?? 0;
    const visited = end > 0 ? [customer, end] : [customer];
    return { route: null, type: 0, visited, cost: prize, counted: [] };
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
    *choose(highs, most, cutoff, goesOn) {
      const candidates: Candidate[] = [...pool.values()]
        .sort((a, b) => a.rank - b.rank)
        .slice(0, most)
        .map(driven);
      if (extras)
        for (let c = 1; c <= n; c++)
          if (extras.prize[c] < Infinity) candidates.push(leftOut(c, extras.prize[c]));
      const { chosen, complete } = yield* partition(
        highs,
        { n, columns: candidates, limits },
        cutoff,
        goesOn,
      );
      if (!chosen) return { solution: null, complete };
      const routes: number[][] = [];
      const types: number[] = [];
      for (const column of chosen) {
        const { route, type } = candidates[column];
        if (!route) continue;
        routes.push([...route]);
        types.push(type);
      }
      return { solution: cleanSolution({ routes, types }), complete };
    },
  };
}
