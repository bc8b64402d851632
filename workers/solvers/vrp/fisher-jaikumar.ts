/**
 * Cluster first, route second (Fisher & Jaikumar 1981): seeds are spread by angle, customers are
 * assigned to seeds at the detour they cause, within the capacity, and each cluster becomes a route.
 * The assignment is by the regret heuristic of Martello & Toth (1981) with shifts afterwards; cones
 * are turned from start to start.
 */
import type { ParamsOf } from '../../../src/core/params.ts';
import type { SolveContext, SolverRun } from '../../../src/core/solver.ts';
import type { PackedVrp, VrpSolution } from '../../../src/problems/vrp/instance.ts';
import type { fisherJaikumarParams } from '../../../src/problems/vrp/solvers.ts';
import { fewestRoutes } from './bounds.ts';
import { buildModel, obstacle, routesLength, type Model } from './model.ts';
import { createRouteBuilder } from './route-builder.ts';
import { byAngle } from './sweep.ts';

/** The customer farthest out in each of `count` cones of equal demand from place `start` on. O(n). */
function seedsOf(model: Model, order: Int32Array, start: number, count: number): number[] {
  const { n, demand, toDepot } = model;
  let total = 0;
  for (let i = 1; i <= n; i++) total += demand[i];
  const seeds: number[] = [];
  let seen = 0;
  let seed = 0;
  for (let i = 0; i < n; i++) {
    const customer = order[(start + i) % n];
    if (seed === 0 || toDepot[customer] > toDepot[seed]) seed = customer;
    seen += demand[customer];
    const full = seen * count >= total * (seeds.length + 1);
    const needed = n - i <= count - seeds.length;
    if ((full || needed) && seeds.length < count) {
      seeds.push(seed);
      seed = 0;
    }
  }
  return seeds;
}

/** Customers to seeds by regret, then shifted while that shortens; null when they do not fit. */
function assign(model: Model, seeds: readonly number[]): Int32Array | null {
  const { n, demand, capacity, toDepot } = model;
  const count = seeds.length;
  const detour = (i: number, s: number): number =>
    toDepot[i] + model.distance(i, seeds[s]) - toDepot[seeds[s]];
  const cluster = new Int32Array(n + 1).fill(-1);
  const room = new Float64Array(count).fill(capacity);
  seeds.forEach((seed, s) => {
    cluster[seed] = s;
    room[s] -= demand[seed];
  });
  const cheapest = (i: number): [best: number, regret: number] => {
    let best = -1;
    let least = Infinity;
    let second = Infinity;
    for (let s = 0; s < count; s++) {
      if (room[s] < demand[i]) continue;
      const cost = detour(i, s);
      if (cost < least) {
        second = least;
        least = cost;
        best = s;
      } else second = Math.min(second, cost);
    }
    return [best, second - least];
  };
  const bestOf = new Int32Array(n + 1);
  const regretOf = new Float64Array(n + 1);
  for (let i = 1; i <= n; i++) if (cluster[i] < 0) [bestOf[i], regretOf[i]] = cheapest(i);
  for (;;) {
    let chosen = 0;
    for (let i = 1; i <= n; i++)
      if (cluster[i] < 0 && (chosen === 0 || regretOf[i] > regretOf[chosen])) chosen = i;
    if (chosen === 0) break;
    const s = bestOf[chosen];
    if (s < 0) return null;
    cluster[chosen] = s;
    room[s] -= demand[chosen];
    // Only those who wanted the same seed, or had it second, can want another now.
    for (let i = 1; i <= n; i++)
      if (cluster[i] < 0 && room[s] < demand[i]) [bestOf[i], regretOf[i]] = cheapest(i);
  }
  for (let improved = true; improved;) {
    improved = false;
    for (let i = 1; i <= n; i++) {
      const from = cluster[i];
      if (seeds[from] === i) continue;
      for (let s = 0; s < count; s++)
        if (room[s] >= demand[i] && detour(i, s) < detour(i, cluster[i])) {
          room[cluster[i]] += demand[i];
          room[s] -= demand[i];
          cluster[i] = s;
          improved = true;
        }
    }
  }
  return cluster;
}

export function* fisherJaikumar(
  packed: PackedVrp,
  context: SolveContext<ParamsOf<typeof fisherJaikumarParams>, VrpSolution>,
): SolverRun<VrpSolution> {
  const { budget, params } = context;
  const model = yield* buildModel(packed);
  const blocked = obstacle(model);
  if (blocked)
    return { reason: blocked.proven ? 'infeasible' : 'exhausted', message: blocked.message };
  const { n, fleet, timed, toDepot } = model;
  const order = byAngle(model);
  const builder = createRouteBuilder(model);
  const fewest = fewestRoutes(model);
  const most = Math.min(n, fleet, fewest + params.spare + Math.ceil(fewest / 4));
  let best = Infinity;
  let tight = 0;

  /** Each cluster far first; what does not fit its route in time starts another. */
  const routesOf = (cluster: Int32Array, count: number): number[][] => {
    const routes: number[][] = [];
    for (let s = 0; s < count; s++) {
      let waiting: number[] = [];
      for (let i = 1; i <= n; i++) if (cluster[i] === s) waiting.push(i);
      waiting.sort((a, b) => toDepot[b] - toDepot[a] || a - b);
      while (waiting.length > 0) {
        const later = waiting.filter((customer) => !builder.insert(customer));
        if (!timed) builder.twoOpt();
        routes.push(builder.take());
        waiting = later;
      }
    }
    return routes;
  };

  for (let start = 0; start < n;) {
    const chunk = Math.min(budget.chunk(1), n - start);
    for (let done = 0; done < chunk; done++, start++) {
      let cluster: Int32Array | null = null;
      let count = Math.min(n, fleet, fewest + params.spare);
      for (; count <= most && !cluster; count++) {
        cluster = assign(model, seedsOf(model, order, start, count));
        yield 0;
      }
      if (!cluster) {
        tight++;
        continue;
      }
      const routes = routesOf(cluster, count - 1);
      if (routes.length > fleet) continue;
      const objective = routesLength(model, routes);
      if (objective >= best) continue;
      best = objective;
      yield { kind: 'incumbent', solution: { routes }, objective };
    }
    yield chunk;
  }
  return {
    reason: 'exhausted',
    message:
      best === Infinity
        ? `No assignment to at most ${most} seeds fits (${tight} of ${n} starts do not fit by load).`
        : undefined,
  };
}
