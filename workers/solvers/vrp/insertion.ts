/** Where a customer goes at least cost: greedy insertion with blinks. */
import type { Neighbours } from '../../../src/core/neighbours.ts';
import type { Rng } from '../../../src/core/rng.ts';
import type { Model } from './model.ts';
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

const NONE = 2147483647;

/** Above so many customers only places beside near neighbours are looked at. */
export const DENSE_CUSTOMERS = 150;
/** The same under windows, where near customers are often far in time. */
export const DENSE_TIMED = 250;
/** Neighbours looked at; more under windows. */
const NEAR = 60;
const NEAR_TIMED = 80;

/** Up to so many routes their ways to and from the depot are looked at too. */
const MOST_WAYS = 100;

/** A search looks at O(n) places up to the sizes above, and at O(1) beyond. */
export function createInsertion(
  model: Model,
  neighbours: Neighbours,
  plan: WorkingPlan,
  rng: Rng,
  blink: number,
): Insertion {
  const { n, matrix, demand, capacity, timed, ready, due, service, maxDuration, toDepot } = model;
  const { place, next, prev, leg, routeOf, earliest, latest, load, count, duration, active } = plan;
  const size = n + 1;
  const limited = maxDuration < Infinity;
  const look = 1 - blink;
  const dense = n <= (timed ? DENSE_TIMED : DENSE_CUSTOMERS);
  const reach = dense ? 0 : Math.min(neighbours.k, timed ? NEAR_TIMED : NEAR);
  /** Neighbours of the customer c, from (c − 1)·reach on, and how far they are. */
  const near = new Int32Array(n * reach);
  const nearDistance = new Int32Array(n * reach);
  for (let c = 1; c <= n; c++)
    for (let i = 0; i < reach; i++) {
      const other = neighbours.list[(c - 1) * neighbours.k + i] + 1;
      near[(c - 1) * reach + i] = other;
      nearDistance[(c - 1) * reach + i] = model.distance(c, other);
    }

  function findPlain(c: number, flat: Int32Array): number {
    const row = c * size;
    const room = capacity - demand[c];
    const spare = maxDuration - service[c];
    const { actives } = plan;
    let best = NONE;
    let at = -1;
    for (let a = 0; a < actives; a++) {
      const route = active[a];
      if (load[route] > room || count[route] === 0) continue;
      const depot = size + route;
      const most = limited ? spare - duration[route] : Infinity;
      let node = depot;
      let here = flat[row];
      do {
        const after = next[node];
        const far = flat[row + place[after]];
        const change = here + far - leg[node];
        if (change < best && change <= most && rng.float() < look) {
          best = change;
          at = node;
        }
        node = after;
        here = far;
      } while (node !== depot);
    }
    insertion.change = best;
    return at;
  }

  function findTimed(c: number): number {
    const row = c * size;
    const room = capacity - demand[c];
    const spare = maxDuration - service[c];
    const opens = ready[c];
    const closes = due[c];
    const stay = service[c];
    const { actives } = plan;
    let best = NONE;
    let at = -1;
    for (let a = 0; a < actives; a++) {
      const route = active[a];
      if (load[route] > room || count[route] === 0) continue;
      const depot = size + route;
      const most = limited ? spare - duration[route] : Infinity;
      let node = depot;
      do {
        // Times grow along the route: too late here is too late from here on.
        if (earliest[node] > closes) break;
        const after = next[node];
        if (latest[after] >= opens) {
          const here = matrix ? matrix[row + place[node]] : model.distance(c, place[node]);
          const far = matrix ? matrix[row + place[after]] : model.distance(c, place[after]);
          const change = here + far - leg[node];
          if (change < best && change <= most) {
            let start = earliest[node] + service[place[node]] + here;
            if (start < opens) start = opens;
            if (start <= closes && start + stay + far <= latest[after] && rng.float() < look) {
              best = change;
              at = node;
            }
          }
        }
        node = after;
      } while (node !== depot);
    }
    insertion.change = best;
    return at;
  }

  /** Is the place behind `node` in time for the customer. */
  function inTime(c: number, node: number, here: number, far: number): boolean {
    let start = earliest[node] + service[place[node]] + here;
    if (start < ready[c]) start = ready[c];
    return start <= due[c] && start + service[c] + far <= latest[next[node]];
  }

  /**
   * Places on both sides of near neighbours. A place whose ends are both as far as the neighbour, or
   * the depot, adds at least twice the way there, less the leg that goes.
   */
  function findNear(c: number): number {
    const row = c * size;
    const room = capacity - demand[c];
    const spare = maxDuration - service[c];
    const home = toDepot[c];
    const end = c * reach;
    let best = NONE;
    let at = -1;
    for (let i = end - reach; i < end; i++) {
      const other = near[i];
      const route = routeOf[other];
      if (route < 0 || load[route] > room) continue;
      const way = nearDistance[i];
      const least = way < home ? 2 * way : way + home;
      const most = limited ? spare - duration[route] : NONE;
      if (least - leg[other] < best) {
        const after = place[next[other]];
        const far = matrix ? matrix[row + after] : model.distance(c, after);
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
        const from = place[before];
        const far = matrix ? matrix[row + from] : model.distance(c, from);
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
    // Ways to and from the depot are long, and may pass by far from their customers.
    const ways = plan.actives <= MOST_WAYS ? plan.actives : 0;
    for (let a = 0; a < ways; a++) {
      const route = active[a];
      if (load[route] > room || count[route] === 0) continue;
      const most = limited ? spare - duration[route] : NONE;
      const depot = size + route;
      const last = prev[depot];
      let far = matrix ? matrix[row + next[depot]] : model.distance(c, next[depot]);
      let change = home + far - leg[depot];
      if (
        change < best &&
        change <= most &&
        (!timed || inTime(c, depot, home, far)) &&
        rng.float() < look
      ) {
        best = change;
        at = depot;
      }
      far = matrix ? matrix[row + last] : model.distance(c, last);
      change = far + home - leg[last];
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
    insertion.change = best;
    return at;
  }

  const everywhere =
    timed || matrix === null ? findTimed : (customer: number) => findPlain(customer, matrix);
  const insertion: Insertion = {
    find: dense ? everywhere : findNear,
    findAnywhere: everywhere,
    change: NONE,
  };
  return insertion;
}
