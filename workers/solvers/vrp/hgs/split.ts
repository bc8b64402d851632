/**
 * The best cut of a giant tour into routes (Beasley 1983; Prins 2004), with penalties for load,
 * duration and time warp; after Bellman over the tour. O(n·B) for routes of up to B customers, and
 * times the fleet when the free cut takes too many routes.
 */
import type { Model } from '../model.ts';
import { DURATION, LOAD, WARP, type Rates } from './penalties.ts';
import type { Giant } from './tours.ts';

/** Routes of up to this load, relative to the capacity, are considered first. */
const OVERLOAD = 1.5;

export interface Split {
  /** Cuts the tour, in place of the plan's routes. */
  cut(plan: Giant, rates: Rates): void;
}

export function createSplit(model: Model, matrix: Int32Array, fleet: number): Split {
  const { n, demand, capacity, maxDuration, timed, ready, due, service } = model;
  const size = n + 1;
  const cost = new Float64Array(n + 1);
  const from = new Int32Array(n + 1);
  const parts = new Int32Array(n + 1);
  const layer = new Float64Array(n + 1);
  const layered = new Map<number, Int32Array>();

  /** Prices all routes that start at place i of the tour. */
  function extend(
    tour: Int32Array,
    i: number,
    rates: Rates,
    base: number,
    into: Float64Array,
    origin: Int32Array,
    most: number,
  ): void {
    let load = 0;
    let distance = 0;
    let served = 0;
    let clock = ready[0];
    let warp = 0;
    let before = 0;
    for (let j = i; j < n; j++) {
      const node = tour[j];
      load += demand[node];
      if (load > most && j > i) break;
      const d = matrix[before * size + node];
      distance += d;
      served += service[node];
      let total = base;
      const home = matrix[node * size];
      if (timed) {
        clock += d;
        if (clock < ready[node]) clock = ready[node];
        else if (clock > due[node]) {
          warp += clock - due[node];
          clock = due[node];
        }
        clock += service[node];
        const late = clock + home - due[0];
        total += rates[WARP] * (late > 0 ? warp + late : warp);
      }
      total += distance + home;
      if (load > capacity) total += rates[LOAD] * (load - capacity);
      const duration = distance + home + served;
      if (duration > maxDuration) total += rates[DURATION] * (duration - maxDuration);
      if (total < into[j + 1]) {
        into[j + 1] = total;
        origin[j + 1] = i;
        parts[j + 1] = parts[i] + 1;
      }
      before = node;
    }
  }

  function write(plan: Giant, routes: number, originOf: (k: number) => Int32Array): void {
    let end = n;
    plan.routes = routes;
    for (let k = routes; k > 0; k--) {
      plan.starts[k] = end;
      end = originOf(k)[end];
    }
    plan.starts[0] = 0;
  }

  /** Layer k holds the best cuts of the heads of the tour into exactly k routes. */
  function cutLayered(plan: Giant, rates: Rates, most: number): boolean {
    cost.fill(Infinity);
    cost[0] = 0;
    let best = Infinity;
    let routes = 0;
    for (let k = 1; k <= fleet; k++) {
      let origin = layered.get(k);
      if (!origin) layered.set(k, (origin = new Int32Array(n + 1)));
      layer.fill(Infinity);
      for (let i = k - 1; i < n; i++)
        if (cost[i] < Infinity) extend(plan.tour, i, rates, cost[i], layer, origin, most);
      cost.set(layer);
      if (layer[n] < best) {
        best = layer[n];
        routes = k;
      }
    }
    if (routes > 0) write(plan, routes, (k) => layered.get(k)!);
    return routes > 0;
  }

  return {
    cut(plan, rates) {
      const most = OVERLOAD * capacity;
      cost.fill(Infinity);
      cost[0] = 0;
      for (let i = 0; i < n; i++) extend(plan.tour, i, rates, cost[i], cost, from, most);
      if (parts[n] <= fleet) write(plan, parts[n], () => from);
      else if (!cutLayered(plan, rates, most)) cutLayered(plan, rates, Infinity);
    },
  };
}
