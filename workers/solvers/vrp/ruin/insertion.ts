/** Where a customer goes at least cost: greedy insertion with blinks. */
import type { Neighbours } from '../../../../src/core/neighbours.ts';
import type { Model } from '../model.ts';
import type { Draws } from './chance.ts';
import { MOST_WAYS, NONE, UNBOUNDED } from './layout.ts';
import type { WorkingPlan } from './working-plan.ts';

export interface Insertion {
  /**
   * The node to go behind at least additional distance, all constraints kept; −1 when there is
   * none. A place that improves on the best so far is overlooked with the chance `blink`.
   */
  find(customer: number): number;
  /** The same over every place of every route. */
  findAnywhere(customer: number): number;
  /** The additional distance at the place found. */
  change: number;
}

/** Up to so many customers every place is looked at; under windows near ones are often far in time. */
const DENSE_CUSTOMERS = 150;
const DENSE_TIMED = 250;
/** Neighbours looked at beyond; more under windows. */
const NEAR = 60;
const NEAR_TIMED = 80;

/** How many nearest customers a search over so many customers looks at. */
export const reachOf = (n: number, timed: boolean): number =>
  n <= (timed ? DENSE_TIMED : DENSE_CUSTOMERS) ? n - 1 : Math.min(n - 1, timed ? NEAR_TIMED : NEAR);

/** From so many customers on, distances come from places. */
export const PLACES_FROM = 800;

/**
 * Up to so many places in all routes with room, all are looked at. Not under windows, where most of
 * them are out of time.
 */
export const worthwhileOf = (n: number, timed: boolean): number =>
  timed ? 0 : n < PLACES_FROM ? reachOf(n, timed) : reachOf(n, timed) >> 1;

/** A search looks at O(n) places up to the sizes above, and at O(1) beyond. */
export function createInsertion(
  model: Model,
  neighbours: Neighbours,
  plan: WorkingPlan,
  rng: Draws,
  blink: number,
): Insertion {
  const { n, demand, capacity, timed, ready, due, service, maxDuration, toDepot } = model;
  const { place, next, prev, leg, routeOf, earliest, latest, load, count, duration, active } = plan;
  const size = n + 1;
  const limited = maxDuration < Infinity;
  const look = 1 - blink;
  const reach = Math.min(neighbours.k, reachOf(n, timed));
  /** Neighbours of the customer c, from (c − 1)·reach on, and how far they are. */
  const near = new Int32Array(n * reach);
  const nearDistance = new Int32Array(n * reach);
  for (let c = 1; c <= n; c++)
    for (let i = 0; i < reach; i++) {
      const other = neighbours.list[(c - 1) * neighbours.k + i] + 1;
      near[(c - 1) * reach + i] = other;
      nearDistance[(c - 1) * reach + i] = model.distance(c, other);
    }

  /** Is the place behind `node` in time for the customer. */
  function inTime(c: number, node: number, here: number, far: number): boolean {
    let start = earliest[node] + service[place[node]] + here;
    if (start < ready[c]) start = ready[c];
    return start <= due[c] && start + service[c] + far <= latest[next[node]];
  }

  /**
   * Places on both sides of near neighbours, nearest first. A place whose ends are both as far as
   * the neighbour, or the depot, adds at least twice the way there, less the leg that goes: where
   * the longest leg does not make up for that, only ways to and from the depot are left.
   */
  function find(c: number): number {
    const home = toDepot[c];
    const room = capacity - demand[c];
    const spare = maxDuration - service[c];
    const ways = plan.actives <= MOST_WAYS ? plan.actives : 0;
    const bound = ways > 0 ? plan.longestLeg : UNBOUNDED;
    const end = c * reach;
    let best = NONE;
    let at = -1;
    let way = 0;
    let ended = false;
    for (let i = end - reach; i < end; i++) {
      const other = near[i];
      way = nearDistance[i];
      const least = way + Math.min(way, home);
      if (least - bound >= best) {
        ended = true;
        break;
      }
      const route = routeOf[other];
      if (route < 0 || load[route] > room) continue;
      const most = limited ? spare - duration[route] : Infinity;
      if (least - leg[other] < best) {
        const far = model.distance(c, place[next[other]]);
        const change = way + far - leg[other];
        if (
          change < best &&
          change <= most &&
          (!timed || inTime(c, other, way, far)) &&
          rng.float() < look
        ) {
          best = change;
          at = other;
        }
      }
      const before = prev[other];
      if (least - leg[before] < best) {
        const far = model.distance(c, place[before]);
        const change = far + way - leg[before];
        if (
          change < best &&
          change <= most &&
          (!timed || inTime(c, before, far, way)) &&
          rng.float() < look
        ) {
          best = change;
          at = before;
        }
      }
    }
    if (ended || reach < n - 1)
      for (let a = 0; a < ways; a++) {
        const route = active[a];
        if (load[route] > room || count[route] === 0) continue;
        const most = limited ? spare - duration[route] : Infinity;
        const depot = size + route;
        // Whoever was not looked at is as far as the last who was.
        if (home + way - leg[depot] < best) {
          const far = model.distance(c, next[depot]);
          const change = home + far - leg[depot];
          if (
            change < best &&
            change <= most &&
            (!timed || inTime(c, depot, home, far)) &&
            rng.float() < look
          ) {
            best = change;
            at = depot;
          }
        }
        const last = prev[depot];
        if (home + way - leg[last] < best) {
          const far = model.distance(c, last);
          const change = far + home - leg[last];
          if (
            change < best &&
            change <= most &&
            (!timed || inTime(c, last, far, home)) &&
            rng.float() < look
          ) {
            best = change;
            at = last;
          }
        }
      }
    insertion.change = best;
    return at;
  }

  function findAnywhere(c: number): number {
    const room = capacity - demand[c];
    const spare = maxDuration - service[c];
    let best = NONE;
    let at = -1;
    for (let a = 0; a < plan.actives; a++) {
      const route = active[a];
      if (load[route] > room || count[route] === 0) continue;
      const depot = size + route;
      const most = limited ? spare - duration[route] : Infinity;
      let node = depot;
      do {
        // Times grow along the route: too late here is too late from here on.
        if (timed && earliest[node] > due[c]) break;
        const after = next[node];
        if (!timed || latest[after] >= ready[c]) {
          const here = model.distance(c, place[node]);
          const far = model.distance(c, place[after]);
          const change = here + far - leg[node];
          if (
            change < best &&
            change <= most &&
            (!timed || inTime(c, node, here, far)) &&
            rng.float() < look
          ) {
            best = change;
            at = node;
          }
        }
        node = after;
      } while (node !== depot);
    }
    insertion.change = best;
    return at;
  }

  const insertion: Insertion = { find, findAnywhere, change: NONE };
  return insertion;
}
