/**
 * The routes a local search works on: circular lists through one depot node per route, with what
 * is needed to price a change in O(1). Nodes are 0 … n as in the model, and n + 1 + r for the depot
 * as start and end of route r.
 *
 * Lateness is time warp (Nagata, Bräysy & Dullaert 2010): a vehicle that comes late goes back in
 * time to the closing and pays for it. As waiting is free, the earliest schedule warps least, so a
 * part of a route is known by two numbers. From the depot to a node: its warp, and the time of
 * leaving. From a node to the depot: its least warp, and the latest arrival that keeps it; later
 * arrivals warp by the difference (after Vidal, Crainic, Gendreau & Prins 2013).
 */
import type { Model } from '../model.ts';
import { DURATION, LOAD, WARP, type Rates } from './penalties.ts';

/** A plan as one sequence of customers; route r is tour[starts[r]] … tour[starts[r + 1] − 1]. */
export interface Giant {
  tour: Int32Array;
  starts: Int32Array;
  routes: number;
}

export interface Tours {
  /** Most routes. */
  readonly fleet: number;
  /** What breaking constraints costs; set before `load`. */
  readonly rates: Rates;
  /** Customer of a node, or 0 for the depot's nodes. */
  readonly place: Int32Array;
  readonly next: Int32Array;
  readonly prev: Int32Array;
  /** Distance to the next node. */
  readonly leg: Int32Array;
  readonly routeOf: Int32Array;
  /** 0 for the depot, then 1, 2, … along the route. */
  readonly position: Int32Array;
  /** From the depot to the node, both included. */
  readonly loadTo: Float64Array;
  readonly distanceTo: Float64Array;
  readonly serviceTo: Float64Array;
  readonly warpTo: Float64Array;
  /** Time of leaving the node. */
  readonly leave: Float64Array;
  /** Least warp from the node to the depot, and the latest arrival at the node that keeps it. */
  readonly warpFrom: Float64Array;
  readonly latest: Float64Array;
  /** By route. */
  readonly count: Int32Array;
  readonly loadOf: Float64Array;
  readonly distanceOf: Float64Array;
  readonly serviceOf: Float64Array;
  readonly warpOf: Float64Array;
  readonly penaltyOf: Float64Array;
  /** The number of the change that touched the route last. */
  readonly changed: Int32Array;
  /** Changes so far. */
  changes: number;

  /** What a route of this load, driving plus service time, and warp pays. */
  price(load: number, duration: number, warp: number): number;
  /** Depot node of a route without customers; −1 when there is none. O(fleet). */
  emptyDepot(): number;
  /** Takes over a plan. O(n). */
  load(plan: Giant): void;
  /** Makes b follow a. */
  link(a: number, b: number): void;
  /** Mends everything about a route whose list has changed, and counts the change. O(length). */
  mend(route: number): void;
  /** Warp of a route that goes to `before` as it is, then from `after` on as it is. */
  warpJoin(before: number, after: number): number;
  /** The same with a customer between. */
  warpVia(before: number, customer: number, after: number): number;
  /** The same with two customers between. */
  warpViaTwo(before: number, first: number, second: number, after: number): number;
  /** Warp along the list from `before` (as it is) to `after` (as it is from there on). O(steps). */
  warpAlong(before: number, after: number): number;
  /** Warp with the customers from `last` back to `first` between the two. O(steps). */
  warpReversed(before: number, last: number, first: number, after: number): number;
}

export function createTours(model: Model, matrix: Int32Array, fleet: number): Tours {
  const { n, demand, capacity, maxDuration, timed, ready, due, service } = model;
  const size = n + 1;
  const nodes = size + fleet;
  const rates = new Float64Array(3);
  /** Sums of decimal times are not exact. */
  const tolerance = 1e-7 * model.scale;

  const place = new Int32Array(nodes);
  for (let i = 1; i <= n; i++) place[i] = i;
  const next = new Int32Array(nodes);
  const prev = new Int32Array(nodes);
  const leg = new Int32Array(nodes);
  const routeOf = new Int32Array(nodes);
  const position = new Int32Array(nodes);
  const loadTo = new Float64Array(nodes);
  const distanceTo = new Float64Array(nodes);
  const serviceTo = new Float64Array(nodes);
  const warpTo = new Float64Array(nodes);
  const leave = new Float64Array(nodes);
  const warpFrom = new Float64Array(nodes);
  const latest = new Float64Array(nodes);
  const count = new Int32Array(fleet);
  const loadOf = new Float64Array(fleet);
  const distanceOf = new Float64Array(fleet);
  const serviceOf = new Float64Array(fleet);
  const warpOf = new Float64Array(fleet);
  const penaltyOf = new Float64Array(fleet);
  const changed = new Int32Array(fleet);
  for (let r = 0; r < fleet; r++) {
    const depot = size + r;
    routeOf[depot] = r;
    leave[depot] = ready[0];
    latest[depot] = due[0];
  }

  function price(load: number, duration: number, warp: number): number {
    let sum = 0;
    if (load > capacity) sum += rates[LOAD] * (load - capacity);
    if (duration > maxDuration) sum += rates[DURATION] * (duration - maxDuration);
    if (warp > tolerance) sum += rates[WARP] * warp;
    return sum;
  }

  function link(a: number, b: number): void {
    next[a] = b;
    prev[b] = a;
  }

  function mendTimes(depot: number, route: number): void {
    let before = depot;
    let clock = ready[0];
    let warp = 0;
    for (let node = next[depot]; node !== depot; node = next[node]) {
      clock += leg[before];
      if (clock < ready[node]) clock = ready[node];
      else if (clock > due[node]) {
        warp += clock - due[node];
        clock = due[node];
      }
      clock += service[node];
      leave[node] = clock;
      warpTo[node] = warp;
      before = node;
    }
    clock += leg[before];
    warpOf[route] = clock > due[0] ? warp + clock - due[0] : warp;

    let after = due[0];
    warp = 0;
    for (let node = prev[depot]; node !== depot; node = prev[node]) {
      const start = after - leg[node] - service[node];
      if (start < ready[node]) {
        warp += ready[node] - start;
        after = ready[node];
      } else after = start > due[node] ? due[node] : start;
      latest[node] = after;
      warpFrom[node] = warp;
    }
  }

  function mend(route: number): void {
    const depot = size + route;
    let before = depot;
    let at = 0;
    let load = 0;
    let distance = 0;
    let served = 0;
    for (let node = next[depot]; node !== depot; node = next[node]) {
      const d = matrix[place[before] * size + node];
      leg[before] = d;
      distance += d;
      load += demand[node];
      served += service[node];
      routeOf[node] = route;
      position[node] = ++at;
      loadTo[node] = load;
      distanceTo[node] = distance;
      serviceTo[node] = served;
      before = node;
    }
    leg[before] = matrix[place[before] * size];
    distance += leg[before];
    count[route] = at;
    loadOf[route] = load;
    distanceOf[route] = distance;
    serviceOf[route] = served;
    if (timed) mendTimes(depot, route);
    penaltyOf[route] = price(load, distance + served, warpOf[route]);
    changed[route] = ++tours.changes;
  }

  /** The warp of going on to `after` when leaving `place` at `clock`. */
  const finish = (clock: number, warp: number, from: number, after: number): number => {
    const late = clock + matrix[from * size + place[after]] - latest[after];
    return late > 0 ? warp + warpFrom[after] + late : warp + warpFrom[after];
  };

  const tours: Tours = {
    fleet,
    rates,
    place,
    next,
    prev,
    leg,
    routeOf,
    position,
    loadTo,
    distanceTo,
    serviceTo,
    warpTo,
    leave,
    warpFrom,
    latest,
    count,
    loadOf,
    distanceOf,
    serviceOf,
    warpOf,
    penaltyOf,
    changed,
    changes: 0,

    price,
    link,
    mend,

    emptyDepot() {
      for (let r = 0; r < fleet; r++) if (count[r] === 0) return size + r;
      return -1;
    },

    load({ tour, starts, routes }) {
      tours.changes = 0;
      for (let r = 0; r < fleet; r++) {
        const depot = size + r;
        let before = depot;
        if (r < routes)
          for (let p = starts[r]; p < starts[r + 1]; p++) {
            link(before, tour[p]);
            before = tour[p];
          }
        link(before, depot);
        mend(r);
      }
    },

    warpJoin: (before, after) => finish(leave[before], warpTo[before], place[before], after),

    warpVia(before, customer, after) {
      let warp = warpTo[before];
      let clock = leave[before] + matrix[place[before] * size + customer];
      if (clock < ready[customer]) clock = ready[customer];
      else if (clock > due[customer]) {
        warp += clock - due[customer];
        clock = due[customer];
      }
      return finish(clock + service[customer], warp, customer, after);
    },

    warpViaTwo(before, first, second, after) {
      let warp = warpTo[before];
      let clock = leave[before] + matrix[place[before] * size + first];
      if (clock < ready[first]) clock = ready[first];
      else if (clock > due[first]) {
        warp += clock - due[first];
        clock = due[first];
      }
      clock += service[first] + matrix[first * size + second];
      if (clock < ready[second]) clock = ready[second];
      else if (clock > due[second]) {
        warp += clock - due[second];
        clock = due[second];
      }
      return finish(clock + service[second], warp, second, after);
    },

    warpAlong(before, after) {
      let warp = warpTo[before];
      let clock = leave[before];
      let from = place[before];
      for (let node = next[before]; node !== after; node = next[node]) {
        clock += matrix[from * size + node];
        if (clock < ready[node]) clock = ready[node];
        else if (clock > due[node]) {
          warp += clock - due[node];
          clock = due[node];
        }
        clock += service[node];
        from = node;
      }
      return finish(clock, warp, from, after);
    },

    warpReversed(before, last, first, after) {
      let warp = warpTo[before];
      let clock = leave[before];
      let from = place[before];
      for (let node = last; ; node = prev[node]) {
        clock += matrix[from * size + node];
        if (clock < ready[node]) clock = ready[node];
        else if (clock > due[node]) {
          warp += clock - due[node];
          clock = due[node];
        }
        clock += service[node];
        from = node;
        if (node === first) break;
      }
      return finish(clock, warp, from, after);
    },
  };
  return tours;
}
