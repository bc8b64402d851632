/**
 * Selective route exchange crossover (SREX; Nagata & Kobayashi 2010; with windows as in Kool et al.
 * 2022): neighbouring routes of one plan give way to as many of another that serve nearly the same
 * customers. What is then served twice leaves either the old routes or the new, and what is missing
 * is inserted where it costs least. Unlike the child of two giant tours, this one has whole routes
 * of both.
 */
import type { Neighbours } from '../../../../src/core/neighbours.ts';
import type { Rng } from '../../../../src/core/rng.ts';
import type { Model } from '../model.ts';
import { emptyGiant } from './individual.ts';
import type { Individual } from './population.ts';
import type { Giant, Tours } from './tours.ts';

/** So many sets of routes are drawn before parents count as too alike to be crossed. */
const DRAWS = 3;

/**
 * Writes the better of two offspring, at the rates the tours have, to `child`; the routes of both
 * parents must be in order of direction. False, and nothing written, when the parents have too few
 * routes or nothing to exchange. The tours serve as scratch. O(n + u·k) for u customers missing.
 */
export type RouteExchange = (one: Individual, other: Individual, child: Giant, rng: Rng) => boolean;

export function createRouteExchange(
  model: Model,
  matrix: Int32Array,
  tours: Tours,
  granular: Neighbours,
): RouteExchange {
  const { n, demand, service, timed, maxDuration } = model;
  const size = n + 1;
  const { list, k } = granular;
  const { next, prev, place, leg, routeOf, count } = tours;
  const { loadOf, distanceOf, serviceOf, penaltyOf } = tours;
  /** Is a customer on the routes that go, and on those that come. */
  const goes = new Uint8Array(size);
  const comes = new Uint8Array(size);
  const placed = new Uint8Array(size);
  const draft = emptyGiant(n, tours.fleet);

  /** Marks the customers of the route at a place in the cyclic order of a plan's routes. */
  function mark(plan: Giant, at: number, marks: Uint8Array, value: number): void {
    const r = at % plan.routes;
    for (let p = plan.starts[r]; p < plan.starts[r + 1]; p++) marks[plan.tour[p]] = value;
  }

  /** Customers of that route with this mark. */
  function tally(plan: Giant, at: number, marks: Uint8Array, value: number): number {
    const r = at % plan.routes;
    let found = 0;
    for (let p = plan.starts[r]; p < plan.starts[r + 1]; p++)
      if (marks[plan.tour[p]] === value) found++;
    return found;
  }

  /**
   * Shifts the two sets of routes by one, as long as fewer customers go and do not come. Returns
   * where the sets begin.
   */
  function align(one: Giant, other: Giant, start: number, moved: number): [number, number] {
    let from = start;
    let into = start % other.routes;
    for (let i = 0; i < moved; i++) {
      mark(one, from + i, goes, 1);
      mark(other, into + i, comes, 1);
    }
    for (;;) {
      const oneBefore = from + one.routes - 1;
      const otherBefore = into + other.routes - 1;
      const first = tally(one, from, comes, 0);
      const last = tally(one, from + moved - 1, comes, 0);
      const otherFirst = tally(other, into, goes, 1);
      const otherLast = tally(other, into + moved - 1, goes, 1);
      const changes = [
        tally(one, oneBefore, comes, 0) - last,
        tally(one, from + moved, comes, 0) - first,
        otherLast - tally(other, otherBefore, goes, 1),
        otherFirst - tally(other, into + moved, goes, 1),
      ];
      let best = 0;
      for (let i = 1; i < 4; i++) if (changes[i] < changes[best]) best = i;
      if (changes[best] >= 0) return [from, into];
      switch (best) {
        case 0:
          mark(one, from + moved - 1, goes, 0);
          from = oneBefore % one.routes;
          mark(one, from, goes, 1);
          break;
        case 1:
          mark(one, from, goes, 0);
          mark(one, from + moved, goes, 1);
          from = (from + 1) % one.routes;
          break;
        case 2:
          mark(other, into + moved - 1, comes, 0);
          into = otherBefore % other.routes;
          mark(other, into, comes, 1);
          break;
        case 3:
          mark(other, into, comes, 0);
          mark(other, into + moved, comes, 1);
          into = (into + 1) % other.routes;
          break;
      }
    }
  }

  /** Do the routes that come stand in the first plan as they are. */
  function isKnown(one: Individual, other: Individual): boolean {
    for (let i = 1; i <= n; i++)
      if (comes[i] === 1 && (one.next[i] !== other.next[i] || one.prev[i] !== other.prev[i]))
        return false;
    return true;
  }

  /** Puts a missing customer where it costs least: beside a neighbour, or on a route of its own. */
  function insert(u: number): void {
    let best = Infinity;
    let bestAt = -1;
    const row = u * size;
    const consider = (before: number): void => {
      const after = next[before];
      const change = matrix[row + place[before]] + matrix[row + place[after]] - leg[before];
      const route = routeOf[before];
      const paid = penaltyOf[route];
      // A route pays no less with a customer more, or hardly.
      if (change >= best) return;
      const duration =
        maxDuration < Infinity ? distanceOf[route] + change + serviceOf[route] + service[u] : 0;
      const warp = timed ? tours.warpVia(before, u, after) : 0;
      const cost = change + tours.price(loadOf[route] + demand[u], duration, warp) - paid;
      if (cost >= best) return;
      best = cost;
      bestAt = before;
    };
    for (let s = 0; s < k; s++) {
      const v = list[u * k + s];
      if (placed[v] === 0) continue;
      consider(v);
      consider(prev[v]);
    }
    const empty = tours.emptyDepot();
    if (empty >= 0) consider(empty);
    if (bestAt < 0) for (let r = 0; r < tours.fleet; r++) if (count[r] > 0) consider(size + r);
    const after = next[bestAt];
    tours.link(bestAt, u);
    tours.link(u, after);
    tours.mend(routeOf[bestAt]);
    placed[u] = 1;
  }

  /** Adds one route to the draft, without the customers that have this mark. */
  function append(plan: Giant, r: number, marks: Uint8Array, without: number): void {
    let filled = draft.starts[draft.routes];
    for (let p = plan.starts[r]; p < plan.starts[r + 1]; p++) {
      const customer = plan.tour[p];
      if (marks[customer] === without) continue;
      draft.tour[filled++] = customer;
      placed[customer] = 1;
    }
    if (filled > draft.starts[draft.routes]) draft.starts[++draft.routes] = filled;
  }

  /** One of the offspring into the tours; returns its cost. */
  function breed(
    one: Giant,
    other: Giant,
    [from, into]: readonly [number, number],
    moved: number,
    old: boolean,
  ): number {
    placed.fill(0);
    draft.routes = 0;
    draft.starts[0] = 0;
    const stays = old ? NOWHERE : comes;
    for (let r = 0; r < one.routes; r++)
      if ((r - from + one.routes) % one.routes >= moved) append(one, r, stays, 1);
    for (let i = 0; i < moved; i++)
      append(other, (into + i) % other.routes, old ? goes : NOWHERE, old ? 0 : 1);
    tours.load(draft);
    for (let i = 0; i < moved; i++) {
      const r = (from + i) % one.routes;
      for (let p = one.starts[r]; p < one.starts[r + 1]; p++)
        if (placed[one.tour[p]] === 0) insert(one.tour[p]);
    }
    let cost = 0;
    for (let r = 0; r < tours.fleet; r++) cost += distanceOf[r] + penaltyOf[r];
    return cost;
  }

  /** The tours as they are. */
  function write(into: Giant): void {
    let filled = 0;
    into.routes = 0;
    for (let r = 0; r < tours.fleet; r++) {
      if (count[r] === 0) continue;
      into.starts[into.routes++] = filled;
      for (let node = next[size + r]; node <= n; node = next[node]) into.tour[filled++] = node;
    }
    into.starts[into.routes] = filled;
  }

  const NOWHERE = new Uint8Array(size);

  return (one, other, child, rng) => {
    const fewest = Math.min(one.routes, other.routes);
    if (fewest < 2) return false;
    for (let draw = 0; draw < DRAWS; draw++) {
      goes.fill(0);
      comes.fill(0);
      const start = rng.int(one.routes);
      const moved = 1 + rng.int(fewest - 1);
      const sets = align(one, other, start, moved);
      if (isKnown(one, other)) continue;
      const fresh = breed(one, other, sets, moved, false);
      write(child);
      if (breed(one, other, sets, moved, true) < fresh) write(child);
      return true;
    }
    return false;
  };
}
