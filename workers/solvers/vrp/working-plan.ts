/**
 * The plan a search works on, beside the last one it accepted. Nodes are 0 … n as in the model and
 * one node n + 1 + r for the depot as start and end of route r: routes are circular lists through
 * it. Only routes touched since the last decision are copied from one plan to the other.
 */
import type { Model } from './model.ts';

export interface WorkingPlan {
  /** Customer of a node, or 0 for the depot's nodes. */
  readonly place: Int32Array;
  readonly next: Int32Array;
  readonly prev: Int32Array;
  /** Distance to the next node. */
  readonly leg: Int32Array;
  /** −1 when not served. */
  readonly routeOf: Int32Array;
  /** Earliest start of service, and the latest that keeps the rest of the route in time. */
  readonly earliest: Float64Array;
  readonly latest: Float64Array;
  /** By route. */
  readonly load: Int32Array;
  readonly count: Int32Array;
  /** Driving and service time; kept up only under a limit. */
  readonly duration: Float64Array;
  /** Routes in use, or emptied since the last decision. */
  readonly active: Int32Array;
  readonly touched: Int32Array;
  actives: number;
  touches: number;
  /** Routes with customers. */
  used: number;
  /** Distance, in distance units. */
  cost: number;
  /** The same of the accepted plan. */
  keptUsed: number;
  keptCost: number;

  /** Marks a route as changed. */
  touch(route: number): void;
  /** Takes a customer out of its (touched) route; its times are the caller's to mend. */
  remove(node: number): void;
  /** Puts a customer behind the node `before`. */
  insert(node: number, before: number, change: number): void;
  /** A route of its own for a customer; there must be room for one. */
  open(node: number): void;
  /** Mends the times of a route. O(length). */
  retime(route: number): void;
  /** Accepts the working plan. O(length of the touched routes). */
  keep(): void;
  /** Goes back to the accepted plan. O(length of the touched routes). */
  undo(): void;
  /** After keep or undo: gives emptied routes back, forgets what was touched. */
  settle(): void;
  /** Starts over from these routes, accepted. O(n). */
  restart(routes: readonly (readonly number[])[]): void;
}

export function createWorkingPlan(model: Model): WorkingPlan {
  const { n, toDepot, demand, timed, ready, due, service } = model;
  const size = n + 1;
  const nodes = size + n;
  const limited = model.maxDuration < Infinity;

  const place = new Int32Array(nodes);
  for (let i = 1; i <= n; i++) place[i] = i;
  const next = new Int32Array(nodes);
  const prev = new Int32Array(nodes);
  const leg = new Int32Array(nodes);
  const routeOf = new Int32Array(nodes);
  const earliest = new Float64Array(nodes);
  const latest = new Float64Array(nodes);
  const load = new Int32Array(n);
  const count = new Int32Array(n);
  const duration = new Float64Array(n);

  const keptNext = new Int32Array(nodes);
  const keptPrev = new Int32Array(nodes);
  const keptLeg = new Int32Array(nodes);
  const keptEarliest = new Float64Array(nodes);
  const keptLatest = new Float64Array(nodes);
  const keptLoad = new Int32Array(n);
  const keptCount = new Int32Array(n);
  const keptDuration = new Float64Array(n);

  /** Where each route stands in `active`; −1 for free routes. */
  const activeAt = new Int32Array(n);
  const active = new Int32Array(n);
  const free = new Int32Array(n);
  let frees = 0;
  const touched = new Int32Array(n);
  const isTouched = new Uint8Array(n);

  function activate(route: number): void {
    activeAt[route] = plan.actives;
    active[plan.actives++] = route;
  }

  function deactivate(route: number): void {
    const last = active[--plan.actives];
    active[activeAt[route]] = last;
    activeAt[last] = activeAt[route];
    activeAt[route] = -1;
    free[frees++] = route;
  }

  function clear(): void {
    routeOf.fill(-1);
    activeAt.fill(-1);
    load.fill(0);
    count.fill(0);
    duration.fill(0);
    isTouched.fill(0);
    frees = 0;
    for (let route = n - 1; route >= 0; route--) {
      const depot = size + route;
      next[depot] = depot;
      prev[depot] = depot;
      leg[depot] = 0;
      earliest[depot] = ready[0];
      latest[depot] = due[0];
      free[frees++] = route;
    }
    plan.actives = 0;
    plan.touches = 0;
    plan.used = 0;
    plan.cost = 0;
  }

  const plan: WorkingPlan = {
    place,
    next,
    prev,
    leg,
    routeOf,
    earliest,
    latest,
    load,
    count,
    duration,
    active,
    touched,
    actives: 0,
    touches: 0,
    used: 0,
    cost: 0,
    keptUsed: 0,
    keptCost: 0,

    touch(route) {
      if (isTouched[route] === 1) return;
      isTouched[route] = 1;
      touched[plan.touches++] = route;
    },

    remove(node) {
      const before = prev[node];
      const after = next[node];
      const route = routeOf[node];
      const direct = model.distance(place[before], place[after]);
      const change = direct - leg[before] - leg[node];
      next[before] = after;
      prev[after] = before;
      leg[before] = direct;
      plan.cost += change;
      load[route] -= demand[node];
      if (--count[route] === 0) plan.used--;
      if (limited) duration[route] += change - service[node];
      routeOf[node] = -1;
    },

    insert(node, before, change) {
      const after = next[before];
      const route = before > n ? before - size : routeOf[before];
      next[before] = node;
      prev[node] = before;
      next[node] = after;
      prev[after] = node;
      leg[before] = model.distance(place[before], node);
      leg[node] = model.distance(node, place[after]);
      plan.cost += change;
      load[route] += demand[node];
      if (count[route]++ === 0) plan.used++;
      if (limited) duration[route] += change + service[node];
      routeOf[node] = route;
      plan.touch(route);
      if (timed) plan.retime(route);
    },

    open(node) {
      let route = -1;
      if (frees > 0) {
        route = free[--frees];
        activate(route);
      } else {
        // All are listed; one of them has been emptied.
        for (let a = 0; a < plan.actives && route < 0; a++)
          if (count[active[a]] === 0) route = active[a];
      }
      plan.insert(node, size + route, 2 * toDepot[node]);
    },

    retime(route) {
      const depot = size + route;
      let clock = ready[0];
      let from = depot;
      earliest[depot] = clock;
      for (let node = next[depot]; node !== depot; node = next[node]) {
        clock += service[place[from]] + leg[from];
        if (clock < ready[node]) clock = ready[node];
        earliest[node] = clock;
        from = node;
      }
      clock = due[0];
      latest[depot] = clock;
      for (let node = prev[depot]; node !== depot; node = prev[node]) {
        clock -= leg[node] + service[node];
        if (clock > due[node]) clock = due[node];
        latest[node] = clock;
      }
    },

    keep() {
      for (let i = 0; i < plan.touches; i++) {
        const route = touched[i];
        const depot = size + route;
        let node = depot;
        do {
          keptNext[node] = next[node];
          keptPrev[node] = prev[node];
          keptLeg[node] = leg[node];
          if (timed) {
            keptEarliest[node] = earliest[node];
            keptLatest[node] = latest[node];
          }
          node = next[node];
        } while (node !== depot);
        keptLoad[route] = load[route];
        keptCount[route] = count[route];
        keptDuration[route] = duration[route];
      }
      plan.keptCost = plan.cost;
      plan.keptUsed = plan.used;
    },

    undo() {
      for (let i = 0; i < plan.touches; i++) {
        const route = touched[i];
        const depot = size + route;
        let node = depot;
        do {
          const after = keptNext[node];
          next[node] = after;
          prev[node] = keptPrev[node];
          leg[node] = keptLeg[node];
          routeOf[node] = route;
          if (timed) {
            earliest[node] = keptEarliest[node];
            latest[node] = keptLatest[node];
          }
          node = after;
        } while (node !== depot);
        load[route] = keptLoad[route];
        count[route] = keptCount[route];
        duration[route] = keptDuration[route];
      }
      plan.cost = plan.keptCost;
      plan.used = plan.keptUsed;
    },

    settle() {
      for (let i = 0; i < plan.touches; i++) {
        const route = touched[i];
        isTouched[route] = 0;
        if (count[route] === 0 && activeAt[route] >= 0) deactivate(route);
      }
      plan.touches = 0;
    },

    restart(routes) {
      clear();
      for (const members of routes) {
        if (members.length === 0) continue;
        const route = free[--frees];
        const depot = size + route;
        activate(route);
        plan.used++;
        let before = depot;
        for (const node of members) {
          next[before] = node;
          prev[node] = before;
          leg[before] = model.distance(place[before], node);
          plan.cost += leg[before];
          duration[route] += leg[before] + service[node];
          routeOf[node] = route;
          load[route] += demand[node];
          count[route]++;
          before = node;
        }
        next[before] = depot;
        prev[depot] = before;
        leg[before] = toDepot[before];
        plan.cost += leg[before];
        duration[route] += leg[before];
        if (timed) plan.retime(route);
      }
      keptNext.set(next);
      keptPrev.set(prev);
      keptLeg.set(leg);
      keptEarliest.set(earliest);
      keptLatest.set(latest);
      keptLoad.set(load);
      keptCount.set(count);
      keptDuration.set(duration);
      plan.keptCost = plan.cost;
      plan.keptUsed = plan.used;
    },
  };
  clear();
  return plan;
}
