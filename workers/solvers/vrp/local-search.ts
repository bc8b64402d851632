/**
 * Local search one move at a time, for watching: from a simple plan to a local optimum of relocate,
 * swap, 2-opt and 2-opt*, by the best move or the first that improves.
 */
import type { Neighbours } from '../../../src/core/neighbours.ts';
import type { ParamsOf } from '../../../src/core/params.ts';
import type { SolveContext, SolverRun } from '../../../src/core/solver.ts';
import type { PackedVrp, VrpSolution } from '../../../src/problems/vrp/instance.ts';
import type { localSearchParams } from '../../../src/problems/vrp/solvers.ts';
import { buildModel, obstacle, routesLength, type Model } from './model.ts';
import { customerNeighbours, savingsPlan } from './savings.ts';

/** Moves by number, as the trace shows them. */
const RELOCATE = 1;
const SWAP = 2;
const TWO_OPT = 3;
const TWO_OPT_STAR = 4;

interface Move {
  kind: number;
  /** Change of length in units, negative. */
  change: number;
  /** Routes before and what takes their place; an empty route goes. */
  first: number;
  second: number;
  newFirst: number[];
  newSecond: number[] | null;
}

/** Load, duration and windows of a route. O(length). */
function isFeasible(model: Model, route: readonly number[]): boolean {
  const { demand, capacity, maxDuration, timed, ready, due, service } = model;
  let load = 0;
  let at = 0;
  let driven = 0;
  let clock = ready[0];
  for (const customer of route) {
    load += demand[customer];
    const leg = model.distance(at, customer);
    driven += leg + service[customer];
    clock = Math.max(ready[customer], clock + service[at] + leg);
    if (timed && clock > due[customer]) return false;
    at = customer;
  }
  if (load > capacity) return false;
  const back = model.distance(at, 0);
  if (driven + back > maxDuration) return false;
  return !timed || route.length === 0 || clock + service[at] + back <= due[0];
}

/** Every improving move between neighbours, in a fixed order; feasible ones only. */
function* movesOf(
  model: Model,
  neighbours: Neighbours,
  routes: readonly number[][],
  threshold: () => number,
): Generator<Move | null, void, void> {
  const { n, fleet } = model;
  const { list, k } = neighbours;
  const d = model.distance;
  const routeOf = new Int32Array(n + 1);
  const place = new Int32Array(n + 1);
  routes.forEach((route, r) =>
    route.forEach((customer, p) => {
      routeOf[customer] = r;
      place[customer] = p;
    }),
  );
  const at = (r: number, p: number): number => routes[r]?.[p] ?? 0;
  const feasible = (move: Move): boolean =>
    isFeasible(model, move.newFirst) &&
    (move.newSecond === null || isFeasible(model, move.newSecond));

  for (let u = 1; u <= n; u++) {
    const r = routeOf[u];
    const p = place[u];
    const before = at(r, p - 1);
    const after = at(r, p + 1);
    const without = routes[r].filter((customer) => customer !== u);
    const saved = d(before, u) + d(u, after) - d(before, after);
    const consider = function* (move: Move): Generator<Move, void, void> {
      if (move.change < threshold() && feasible(move)) yield move;
    };
    if (routes.length < fleet && routes[r].length > 1)
      yield* consider({
        kind: RELOCATE,
        change: d(0, u) + d(u, 0) - saved,
        first: r,
        second: routes.length,
        newFirst: without,
        newSecond: [u],
      });
    for (let i = 0; i < k; i++) {
      const v = list[(u - 1) * k + i] + 1;
      const s = routeOf[v];
      const q = place[v];
      const vBefore = at(s, q - 1);
      const vAfter = at(s, q + 1);
      // Behind v, and before it where it is first.
      for (const ahead of q === 0 ? [0, 1] : [1]) {
        const left = ahead === 1 ? v : vBefore;
        const right = ahead === 1 ? vAfter : v;
        if (left === u || right === u) continue;
        const change = d(left, u) + d(u, right) - d(left, right) - saved;
        if (change >= threshold()) continue;
        const host = r === s ? without : routes[s];
        const to = host.indexOf(v) + ahead;
        const joined = [...host.slice(0, to), u, ...host.slice(to)];
        yield* consider({
          kind: RELOCATE,
          change,
          first: r,
          second: s,
          newFirst: r === s ? joined : without,
          newSecond: r === s ? null : joined,
        });
      }
      if (u < v && before !== v && after !== v) {
        const change =
          d(before, v) +
          d(v, after) -
          d(before, u) -
          d(u, after) +
          d(vBefore, u) +
          d(u, vAfter) -
          d(vBefore, v) -
          d(v, vAfter);
        if (change < threshold()) {
          const exchange = (route: readonly number[]) =>
            route.map((customer) => (customer === u ? v : customer === v ? u : customer));
          yield* consider({
            kind: SWAP,
            change,
            first: r,
            second: s,
            newFirst: exchange(routes[r]),
            newSecond: r === s ? null : exchange(routes[s]),
          });
        }
      }
      if (r === s) {
        const change = d(u, v) + d(after, vAfter) - d(u, after) - d(v, vAfter);
        if (p < q && change < threshold()) {
          const route = routes[r];
          yield* consider({
            kind: TWO_OPT,
            change,
            first: r,
            second: r,
            newFirst: [
              ...route.slice(0, p + 1),
              ...route.slice(p + 1, q + 1).reverse(),
              ...route.slice(q + 1),
            ],
            newSecond: null,
          });
        }
      } else {
        // u is followed by v; what came before v is followed by what came after u.
        const change = d(u, v) + d(vBefore, after) - d(u, after) - d(vBefore, v);
        if (change < threshold())
          yield* consider({
            kind: TWO_OPT_STAR,
            change,
            first: r,
            second: s,
            newFirst: [...routes[r].slice(0, p + 1), ...routes[s].slice(q)],
            newSecond: [...routes[s].slice(0, q), ...routes[r].slice(p + 1)],
          });
      }
    }
    if (u % 32 === 31) yield null;
  }
}

export function* localSearch(
  packed: PackedVrp,
  context: SolveContext<ParamsOf<typeof localSearchParams>, VrpSolution>,
): SolverRun<VrpSolution> {
  const { budget, params } = context;
  const model = yield* buildModel(packed);
  const blocked = obstacle(model);
  if (blocked)
    return { reason: blocked.proven ? 'infeasible' : 'exhausted', message: blocked.message };
  const { n, fleet, scale } = model;
  const neighbours = yield* customerNeighbours(model, params.neighbours);
  const given = context.warmStart?.routes.filter((route) => route.length > 0);
  const singles = Array.from({ length: n }, (_, i) => [i + 1]);
  const alone = given === undefined && params.start === 'singles' && n <= fleet;
  let routes: number[][] =
    given?.map((route) => [...route]) ?? (alone ? singles : yield* savingsPlan(model, neighbours));
  if (routes.length > fleet)
    return {
      reason: 'exhausted',
      message: `The first plan needs ${routes.length} routes; there are ${fleet} vehicles.`,
    };
  const copy = (): VrpSolution => ({ routes: routes.map((route) => [...route]) });
  let objective = routesLength(model, routes);
  yield { kind: 'incumbent', solution: copy(), objective };

  for (;;) {
    let best: Move | null = null;
    const least = () => best?.change ?? 0;
    for (const move of movesOf(model, neighbours, routes, least)) {
      if (!move) {
        yield 0;
        continue;
      }
      best = move;
      if (params.rule === 'first') break;
    }
    // The loop above fills it, which its type does not show.
    const chosen = best as Move | null;
    if (!chosen) break;
    budget.chunk(1);
    const next = routes.slice();
    next[chosen.first] = chosen.newFirst;
    if (chosen.newSecond) next[chosen.second] = chosen.newSecond;
    routes = next.filter((route) => route.length > 0);
    const length = routesLength(model, routes);
    // Distances may be rounded for the search by less than they differ.
    if (length < objective) {
      objective = length;
      yield { kind: 'incumbent', solution: copy(), objective };
    }
    yield { kind: 'trace', row: [length, -chosen.change / scale, chosen.kind] };
    yield 1;
  }
  return { reason: 'exhausted', message: 'No move improves the plan: a local optimum.' };
}
