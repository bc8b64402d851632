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
  /** The additional distance at the place found. */
  change: number;
}

const NONE = 2147483647;

/**
 * With a distance matrix every place of every route with room is looked at, O(n); without, those
 * beside the nearest neighbours, O(k).
 */
export function createInsertion(
  model: Model,
  neighbours: Neighbours,
  plan: WorkingPlan,
  rng: Rng,
  blink: number,
): Insertion {
  const { n, matrix, demand, capacity, timed, ready, due, service, maxDuration } = model;
  const { place, next, prev, leg, routeOf, earliest, latest, load, count, duration, active } = plan;
  const { list, k } = neighbours;
  const size = n + 1;
  const limited = maxDuration < Infinity;
  const look = 1 - blink;

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
      let near = flat[row];
      do {
        const after = next[node];
        const far = flat[row + place[after]];
        const change = near + far - leg[node];
        if (change < best && change <= most && rng.float() < look) {
          best = change;
          at = node;
        }
        node = after;
        near = far;
      } while (node !== depot);
    }
    insertion.change = best;
    return at;
  }

  function findTimed(c: number, flat: Int32Array): number {
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
          const near = flat[row + place[node]];
          const far = flat[row + place[after]];
          const change = near + far - leg[node];
          if (change < best && change <= most) {
            let start = earliest[node] + service[place[node]] + near;
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

  /** Takes the place behind `node` when it is feasible and better than the best so far. */
  function improves(c: number, node: number, route: number): boolean {
    const after = next[node];
    const near = model.distance(c, place[node]);
    const far = model.distance(c, place[after]);
    const change = near + far - leg[node];
    if (change >= insertion.change) return false;
    if (limited && duration[route] + change + service[c] > maxDuration) return false;
    if (timed) {
      const start = Math.max(ready[c], earliest[node] + service[place[node]] + near);
      if (start > due[c] || start + service[c] + far > latest[after]) return false;
    }
    if (rng.float() >= look) return false;
    insertion.change = change;
    return true;
  }

  function findNear(c: number): number {
    const room = capacity - demand[c];
    let at = -1;
    insertion.change = NONE;
    for (let i = 0; i < k; i++) {
      const other = list[(c - 1) * k + i] + 1;
      const route = routeOf[other];
      if (route < 0 || load[route] > room) continue;
      if (improves(c, other, route)) at = other;
      if (improves(c, prev[other], route)) at = prev[other];
    }
    return at;
  }

  const insertion: Insertion = {
    find:
      matrix === null
        ? findNear
        : timed
          ? (customer) => findTimed(customer, matrix)
          : (customer) => findPlain(customer, matrix),
    change: NONE,
  };
  return insertion;
}
