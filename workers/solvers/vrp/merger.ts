/** A plan while it is built from both ends: routes that can be joined. */
import type { Model } from './model.ts';

export interface Merger {
  /**
   * Joins two routes where `i` and `j` are ends, when the result is feasible. Without windows a
   * route may be turned round. O(route length).
   */
  join(i: number, j: number): boolean;
  readonly routes: number;
  /** Distance units. */
  readonly cost: number;
  plan(): number[][];
}

/** Starts with one route per customer. O(n). */
export function createMerger(model: Model): Merger {
  const { n, demand, capacity, toDepot, timed, ready, due, service, maxDuration } = model;
  /** 0 at the ends. */
  const next = new Int32Array(n + 1);
  const prev = new Int32Array(n + 1);
  const routeOf = new Int32Array(n + 1);
  const first = new Int32Array(n + 1);
  const last = new Int32Array(n + 1);
  const load = new Float64Array(n + 1);
  const duration = new Float64Array(n + 1);
  let routes = n;
  let cost = 0;
  for (let i = 1; i <= n; i++) {
    routeOf[i] = first[i] = last[i] = i;
    load[i] = demand[i];
    duration[i] = 2 * toDepot[i] + service[i];
    cost += 2 * toDepot[i];
  }

  function reverse(route: number): void {
    for (let node = first[route]; node !== 0; node = prev[node]) {
      const after = next[node];
      next[node] = prev[node];
      prev[node] = after;
    }
    const swap = first[route];
    first[route] = last[route];
    last[route] = swap;
  }

  /** Is route `a` followed by route `b` in time. */
  function inTime(a: number, b: number): boolean {
    let clock = ready[0];
    let from = 0;
    for (let half = 0; half < 2; half++)
      for (let node = first[half === 0 ? a : b]; node !== 0; node = next[node]) {
        clock = Math.max(ready[node], clock + service[from] + model.distance(from, node));
        if (clock > due[node]) return false;
        from = node;
      }
    return clock + service[from] + toDepot[from] <= due[0];
  }

  function append(a: number, b: number, saving: number): void {
    const i = last[a];
    const j = first[b];
    for (let node = j; node !== 0; node = next[node]) routeOf[node] = a;
    next[i] = j;
    prev[j] = i;
    last[a] = last[b];
    load[a] += load[b];
    duration[a] += duration[b] - saving;
    cost -= saving;
    routes--;
  }

  return {
    join(i, j) {
      const a = routeOf[i];
      const b = routeOf[j];
      if (a === b || load[a] + load[b] > capacity) return false;
      const iFirst = first[a] === i;
      const iLast = last[a] === i;
      const jFirst = first[b] === j;
      const jLast = last[b] === j;
      if (!(iFirst || iLast) || !(jFirst || jLast)) return false;
      const saving = toDepot[i] + toDepot[j] - model.distance(i, j);
      if (duration[a] + duration[b] - saving > maxDuration) return false;
      if (timed) {
        if (iLast && jFirst && inTime(a, b)) append(a, b, saving);
        else if (jLast && iFirst && inTime(b, a)) append(b, a, saving);
        else return false;
        return true;
      }
      if (!iLast) reverse(a);
      if (!jFirst) reverse(b);
      append(a, b, saving);
      return true;
    },
    get routes() {
      return routes;
    },
    get cost() {
      return cost;
    },
    plan() {
      const plan: number[][] = [];
      for (let i = 1; i <= n; i++) {
        if (prev[i] !== 0) continue;
        const route: number[] = [];
        for (let node = i; node !== 0; node = next[node]) route.push(node);
        plan.push(route);
      }
      return plan;
    },
  };
}
