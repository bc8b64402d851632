/**
 * The classical moves around a customer u and a node v that may come before it (Vidal 2012): each
 * is priced by distance first, and by what its routes then pay only if that can make it worth it.
 * A move is carried out as soon as it shortens the plan, penalties included.
 */
import type { Model } from '../model.ts';
import type { Tours } from './tours.ts';

/** Changes smaller than this (distance units) are none: penalties are sums of floats. */
const LEAST_GAIN = 0.01;

const RELOCATE = 1;
const RELOCATE_PAIR = 2;
const RELOCATE_REVERSED = 3;
const SWAP = 4;
const SWAP_PAIR_ONE = 5;
const SWAP_PAIRS = 6;

export interface Moves {
  /**
   * Tries all moves that bring the customer u behind v, or that exchange what is at or behind the
   * two; v may be a depot node. True when the routes have changed.
   */
  improve(u: number, v: number): boolean;
}

export function createMoves(model: Model, matrix: Int32Array, tours: Tours): Moves {
  const { n, demand, service, maxDuration, timed } = model;
  const size = n + 1;
  const limited = maxDuration < Infinity;
  const { place, next, prev, leg, routeOf, position, link, mend, price } = tours;
  const { loadTo, distanceTo, serviceTo, loadOf, distanceOf, serviceOf, penaltyOf, count } = tours;
  const { warpJoin, warpVia, warpViaTwo } = tours;

  /** Changes the lists only. */
  function carryOut(kind: number, u: number, v: number): void {
    const p = prev[u];
    const x = next[u];
    const xx = next[x];
    const pv = prev[v];
    const y = next[v];
    const yy = next[y];
    switch (kind) {
      case RELOCATE:
        link(p, x);
        link(v, u);
        link(u, y);
        break;
      case RELOCATE_PAIR:
        link(p, xx);
        link(v, u);
        link(x, y);
        break;
      case RELOCATE_REVERSED:
        link(p, xx);
        link(v, x);
        link(x, u);
        link(u, y);
        break;
      case SWAP:
        link(p, v);
        link(v, x);
        link(pv, u);
        link(u, y);
        break;
      case SWAP_PAIR_ONE:
        link(p, v);
        link(v, xx);
        link(pv, u);
        link(x, y);
        break;
      case SWAP_PAIRS:
        link(p, v);
        link(y, xx);
        link(pv, u);
        link(x, yy);
        break;
    }
  }

  /** One of the six moves between two routes, or within one. */
  function attempt(kind: number, u: number, v: number, change: number): boolean {
    const route = routeOf[u];
    const other = routeOf[v];
    if (route === other) return attemptWithin(kind, u, v, change, route);
    const p = prev[u];
    const x = next[u];
    const pv = prev[v];
    const y = next[v];
    let moved = demand[u];
    if (kind !== RELOCATE && kind !== SWAP) moved += demand[x];
    if (kind === SWAP || kind === SWAP_PAIR_ONE) moved -= demand[v];
    else if (kind === SWAP_PAIRS) moved -= demand[v] + demand[y];

    let duration = 0;
    let otherDuration = 0;
    if (limited) {
      let served = service[u];
      if (kind !== RELOCATE && kind !== SWAP) served += service[x];
      if (kind === SWAP || kind === SWAP_PAIR_ONE) served -= service[v];
      else if (kind === SWAP_PAIRS) served -= service[v] + service[y];
      const own = changeOfOwn(kind, u, v);
      duration = distanceOf[route] + own + serviceOf[route] - served;
      otherDuration = distanceOf[other] + change - own + serviceOf[other] + served;
    }
    let warp = 0;
    let otherWarp = 0;
    if (timed) {
      switch (kind) {
        case RELOCATE:
          warp = warpJoin(p, x);
          otherWarp = warpVia(v, u, y);
          break;
        case RELOCATE_PAIR:
          warp = warpJoin(p, next[x]);
          otherWarp = warpViaTwo(v, u, x, y);
          break;
        case RELOCATE_REVERSED:
          warp = warpJoin(p, next[x]);
          otherWarp = warpViaTwo(v, x, u, y);
          break;
        case SWAP:
          warp = warpVia(p, v, x);
          otherWarp = warpVia(pv, u, y);
          break;
        case SWAP_PAIR_ONE:
          warp = warpVia(p, v, next[x]);
          otherWarp = warpViaTwo(pv, u, x, y);
          break;
        case SWAP_PAIRS:
          warp = warpViaTwo(p, v, y, next[x]);
          otherWarp = warpViaTwo(pv, u, x, next[y]);
          break;
      }
    }
    const paid =
      price(loadOf[route] - moved, duration, warp) +
      price(loadOf[other] + moved, otherDuration, otherWarp);
    if (change + paid - penaltyOf[route] - penaltyOf[other] > -LEAST_GAIN) return false;
    carryOut(kind, u, v);
    mend(route);
    mend(other);
    return true;
  }

  /** The change of distance of the route of u alone. */
  function changeOfOwn(kind: number, u: number, v: number): number {
    const p = place[prev[u]] * size;
    const x = next[u];
    if (kind === RELOCATE) return matrix[p + place[x]] - leg[prev[u]] - leg[u];
    if (kind === SWAP) return matrix[p + v] + matrix[v * size + place[x]] - leg[prev[u]] - leg[u];
    const gone = leg[prev[u]] + leg[u] + leg[x];
    const xx = place[next[x]];
    if (kind === SWAP_PAIR_ONE) return matrix[p + v] + matrix[v * size + xx] - gone;
    if (kind === SWAP_PAIRS) return matrix[p + v] + leg[v] + matrix[next[v] * size + xx] - gone;
    return matrix[p + xx] - gone;
  }

  function attemptWithin(
    kind: number,
    u: number,
    v: number,
    change: number,
    route: number,
  ): boolean {
    const load = loadOf[route];
    const duration = limited ? distanceOf[route] + change + serviceOf[route] : 0;
    if (!timed) {
      if (change + price(load, duration, 0) - penaltyOf[route] > -LEAST_GAIN) return false;
      carryOut(kind, u, v);
      mend(route);
      return true;
    }
    const depot = size + route;
    const p = prev[u];
    const x = next[u];
    const pv = prev[v];
    const y = next[v];
    const xx = next[x];
    const yy = next[y];
    const forward = position[u] < position[v];
    // The node before all that changes keeps its times.
    const before = forward ? p : kind < SWAP ? v : pv;
    carryOut(kind, u, v);
    const warp = tours.warpAlong(before, depot);
    if (change + price(load, duration, warp) - penaltyOf[route] <= -LEAST_GAIN) {
      mend(route);
      return true;
    }
    // Back to what it was: all links around u, x, v and y.
    link(pv, v);
    if (kind === SWAP_PAIRS) link(y, yy);
    link(v, y);
    if (kind !== RELOCATE && kind !== SWAP) link(x, xx);
    link(p, u);
    link(u, x);
    return false;
  }

  /** Reverses what lies between a and b of one route, both left where they are. */
  function reverseBetween(a: number, b: number): void {
    let node = next[a];
    let after = b;
    while (node !== b) {
      const following = next[node];
      link(node, after);
      after = node;
      node = following;
    }
    link(a, after);
  }

  /** 2-opt: turns round what lies between u and v, the earlier one left out. */
  function twoOpt(u: number, v: number, change: number): boolean {
    const route = routeOf[u];
    const a = position[u] < position[v] ? u : v;
    const b = a === u ? v : u;
    const duration = limited ? distanceOf[route] + change + serviceOf[route] : 0;
    const warp = timed ? tours.warpReversed(a, b, next[a], next[b]) : 0;
    if (change + price(loadOf[route], duration, warp) - penaltyOf[route] > -LEAST_GAIN)
      return false;
    reverseBetween(a, next[b]);
    mend(route);
    return true;
  }

  /** 2-opt*: u goes on as v did, and v as u did. */
  function exchangeTails(u: number, v: number, change: number): boolean {
    const route = routeOf[u];
    const other = routeOf[v];
    const x = next[u];
    const y = next[v];
    const load = loadTo[u] + loadOf[other] - loadTo[v];
    const otherLoad = loadTo[v] + loadOf[route] - loadTo[u];
    let duration = 0;
    let otherDuration = 0;
    if (limited) {
      const tail = distanceOf[route] - distanceTo[u] - leg[u];
      const otherTail = distanceOf[other] - distanceTo[v] - leg[v];
      const served = serviceTo[u] + serviceOf[other] - serviceTo[v];
      duration = distanceTo[u] + matrix[place[u] * size + place[y]] + otherTail + served;
      otherDuration =
        distanceTo[v] +
        matrix[place[v] * size + place[x]] +
        tail +
        (serviceOf[route] + serviceOf[other] - served);
    }
    const paid =
      price(load, duration, timed ? warpJoin(u, y) : 0) +
      price(otherLoad, otherDuration, timed ? warpJoin(v, x) : 0);
    if (change + paid - penaltyOf[route] - penaltyOf[other] > -LEAST_GAIN) return false;
    const depot = size + route;
    const otherDepot = size + other;
    const last = prev[depot];
    const otherLast = prev[otherDepot];
    if (y === otherDepot) link(u, depot);
    else {
      link(u, y);
      link(otherLast, depot);
    }
    if (x === depot) link(v, otherDepot);
    else {
      link(v, x);
      link(last, otherDepot);
    }
    mend(route);
    mend(other);
    return true;
  }

  /** 2-opt* with reversal: the heads of both routes make one, the tails the other. */
  function joinHeads(u: number, v: number, change: number): boolean {
    const route = routeOf[u];
    const other = routeOf[v];
    const x = next[u];
    const y = next[v];
    const load = loadTo[u] + loadTo[v];
    const otherLoad = loadOf[route] + loadOf[other] - load;
    let duration = 0;
    let otherDuration = 0;
    if (limited) {
      duration =
        distanceTo[u] +
        matrix[place[u] * size + place[v]] +
        distanceTo[v] +
        serviceTo[u] +
        serviceTo[v];
      otherDuration =
        distanceOf[route] +
        serviceOf[route] +
        distanceOf[other] +
        serviceOf[other] +
        change -
        duration;
    }
    const paid = price(load, duration, 0) + price(otherLoad, otherDuration, 0);
    if (change + paid - penaltyOf[route] - penaltyOf[other] > -LEAST_GAIN) return false;
    const depot = size + route;
    const otherDepot = size + other;
    const last = prev[depot];
    let at = u;
    for (let node = v; node !== otherDepot;) {
      const before = prev[node];
      link(at, node);
      at = node;
      node = before;
    }
    link(at, depot);
    at = otherDepot;
    if (x !== depot)
      for (let node = last; ;) {
        const before = prev[node];
        link(at, node);
        at = node;
        if (node === x) break;
        node = before;
      }
    if (y === otherDepot) link(at, otherDepot);
    else link(at, y);
    mend(route);
    mend(other);
    return true;
  }

  function improve(u: number, v: number): boolean {
    const p = prev[u];
    const x = next[u];
    const pv = prev[v];
    const y = next[v];
    const route = routeOf[u];
    const other = routeOf[v];
    const same = route === other;
    const most = (same ? penaltyOf[route] : penaltyOf[route] + penaltyOf[other]) - LEAST_GAIN;
    const xPlace = place[x];
    const yPlace = place[y];
    const vPlace = place[v];
    const rowP = place[p] * size;
    const rowU = u * size;
    const rowX = xPlace * size;
    const rowV = vPlace * size;
    const uv = matrix[rowU + vPlace];
    const xy = matrix[rowX + yPlace];
    const uy = matrix[rowU + yPlace];
    const vx = matrix[rowV + xPlace];
    const pu = leg[p];
    const ux = leg[u];
    const vy = leg[v];
    const pair = x <= n;

    if (v !== p) {
      const change = matrix[rowP + xPlace] - pu - ux + uv + uy - vy;
      if (change < most && attempt(RELOCATE, u, v, change)) return true;
      if (pair && v !== x) {
        const pulled = matrix[rowP + place[next[x]]] - pu - leg[x] - vy;
        const straight = pulled + uv + xy;
        if (straight < most && attempt(RELOCATE_PAIR, u, v, straight)) return true;
        const turned = pulled + vx + uy;
        if (turned < most && attempt(RELOCATE_REVERSED, u, v, turned)) return true;
      }
    }
    if (v <= n && v !== p) {
      const pvPlace = place[pv];
      const into = matrix[rowP + v] - pu + matrix[pvPlace * size + u] - leg[pv] - vy;
      if (u < v && v !== x) {
        const change = into + vx - ux + uy;
        if (change < most && attempt(SWAP, u, v, change)) return true;
      }
      if (pair && v !== x && x !== pv) {
        const xx = place[next[x]];
        const change = into + matrix[rowV + xx] - leg[x] + xy;
        if (change < most && attempt(SWAP_PAIR_ONE, u, v, change)) return true;
        if (u < v && y <= n && y !== p) {
          const exchanged =
            into +
            vy +
            matrix[yPlace * size + xx] -
            leg[x] +
            matrix[rowX + place[next[y]]] -
            leg[y];
          if (exchanged < most && attempt(SWAP_PAIRS, u, v, exchanged)) return true;
        }
      }
    }
    if (same) {
      if (v !== x && v !== p) {
        const change = uv + xy - ux - vy;
        if (change < most) return twoOpt(u, v, change);
      }
      return false;
    }
    if (!timed) {
      const change = uv + xy - ux - vy;
      if (change < most && count[other] > 0 && joinHeads(u, v, change)) return true;
    }
    const change = uy + vx - ux - vy;
    return change < most && exchangeTails(u, v, change);
  }

  return { improve };
}
