/**
 * The plan a search works on. Nodes are 0 … n as in the model and one node n + 1 + r for the depot
 * as start and end of route r: routes are circular lists through it. Every change is logged, so
 * that accepting costs nothing and going back costs what was changed, whatever the plan's size.
 */
import type { Model } from '../model.ts';

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
  /** No leg between customers is longer. */
  longestLeg: number;

  /** Takes customers in a row out, from `first` on. O(length), and the times that change. */
  cut(first: number, length: number): void;
  /** Puts a customer behind the node `before`. */
  insert(node: number, before: number, change: number): void;
  /** A route of its own for a customer; there must be room for one. */
  open(node: number): void;
  /** Accepts the working plan. O(1). */
  keep(): void;
  /** Goes back to the accepted plan. O(changes). */
  undo(): void;
  /** After keep or undo: gives emptied routes back, forgets what was touched. */
  settle(): void;
  /** Starts over from these routes, accepted. O(n). */
  restart(routes: readonly (readonly number[])[]): void;
  /** Brings `longestLeg` down to what it is. Only between steps. O(n). */
  measureLegs(): void;
}

/** Entries of the logs at first; they grow. */
const LOGGED = 1024;

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
  /** Of touched routes, before the first change. */
  const keptLoad = new Int32Array(n);
  const keptCount = new Int32Array(n);
  const keptDuration = new Float64Array(n);

  /** Changes of the lists: customer (negative when put in), node before it, two legs before. */
  let moves = new Int32Array(4 * LOGGED);
  let logged = 0;
  /** Changes of times: 2·node for the earliest, 2·node + 1 for the latest; the value before. */
  let timeOf = new Int32Array(4 * LOGGED);
  let timeWas = new Float64Array(4 * LOGGED);
  let times = 0;

  /** Where each route stands in `active`; −1 for free routes. */
  const activeAt = new Int32Array(n);
  const active = new Int32Array(n);
  const free = new Int32Array(n);
  let frees = 0;
  const touched = new Int32Array(n);
  const isTouched = new Uint8Array(n);
  let keptLongest = 0;

  function noteLeg(before: number, after: number): void {
    if (before <= n && after <= n && leg[before] > plan.longestLeg) plan.longestLeg = leg[before];
  }

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

  function touch(route: number): void {
    if (isTouched[route] === 1) return;
    isTouched[route] = 1;
    touched[plan.touches++] = route;
    keptLoad[route] = load[route];
    keptCount[route] = count[route];
    keptDuration[route] = duration[route];
  }

  function logMove(node: number, before: number, own: number): void {
    if (logged + 4 > moves.length) {
      const wider = new Int32Array(2 * moves.length);
      wider.set(moves);
      moves = wider;
    }
    moves[logged] = node;
    moves[logged + 1] = before;
    moves[logged + 2] = leg[before];
    moves[logged + 3] = own;
    logged += 4;
  }

  function logTime(key: number, value: number): void {
    if (times === timeOf.length) {
      const wider = new Int32Array(2 * times);
      wider.set(timeOf);
      timeOf = wider;
      const values = new Float64Array(2 * times);
      values.set(timeWas);
      timeWas = values;
    }
    timeOf[times] = key;
    timeWas[times++] = value;
  }

  /** Mends earliest starts from a node on, until one stays. */
  function mendForward(from: number): void {
    let before = prev[from];
    for (let node = from; node <= n; node = next[node]) {
      let clock = earliest[before] + service[place[before]] + leg[before];
      if (clock < ready[node]) clock = ready[node];
      if (clock === earliest[node]) return;
      logTime(2 * node, earliest[node]);
      earliest[node] = clock;
      before = node;
    }
  }

  /** Mends latest starts from a node back, until one stays. */
  function mendBackward(from: number): void {
    for (let node = from; node <= n; node = prev[node]) {
      let clock = latest[next[node]] - leg[node] - service[node];
      if (clock > due[node]) clock = due[node];
      if (clock === latest[node]) return;
      logTime(2 * node + 1, latest[node]);
      latest[node] = clock;
    }
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
      routeOf[depot] = route;
      earliest[depot] = ready[0];
      latest[depot] = due[0];
      free[frees++] = route;
    }
    logged = 0;
    times = 0;
    plan.actives = 0;
    plan.touches = 0;
    plan.used = 0;
    plan.cost = 0;
    plan.longestLeg = 0;
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
    longestLeg: 0,

    cut(first, length) {
      const before = prev[first];
      const route = routeOf[first];
      touch(route);
      let gone = leg[before];
      let served = 0;
      let carried = 0;
      let node = first;
      for (let i = 0; i < length; i++) {
        logMove(node, before, leg[node]);
        gone += leg[node];
        carried += demand[node];
        served += service[node];
        routeOf[node] = -1;
        node = next[node];
      }
      const direct = model.distance(place[before], place[node]);
      next[before] = node;
      prev[node] = before;
      leg[before] = direct;
      noteLeg(before, node);
      plan.cost += direct - gone;
      load[route] -= carried;
      count[route] -= length;
      if (count[route] === 0) plan.used--;
      if (limited) duration[route] += direct - gone - served;
      if (!timed) return;
      mendForward(node);
      mendBackward(before);
    },

    insert(node, before, change) {
      const after = next[before];
      const route = routeOf[before];
      touch(route);
      logMove(-node, before, 0);
      next[before] = node;
      prev[node] = before;
      next[node] = after;
      prev[after] = node;
      leg[before] = model.distance(place[before], node);
      leg[node] = model.distance(node, place[after]);
      noteLeg(before, node);
      noteLeg(node, after);
      plan.cost += change;
      load[route] += demand[node];
      if (count[route]++ === 0) plan.used++;
      if (limited) duration[route] += change + service[node];
      routeOf[node] = route;
      if (!timed) return;
      // The times of the customer itself are of an earlier place: they always count as new.
      logTime(2 * node, earliest[node]);
      logTime(2 * node + 1, latest[node]);
      earliest[node] = -Infinity;
      latest[node] = -Infinity;
      mendForward(node);
      mendBackward(node);
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

    keep() {
      plan.keptCost = plan.cost;
      plan.keptUsed = plan.used;
      keptLongest = plan.longestLeg;
      logged = 0;
      times = 0;
    },

    undo() {
      for (let at = logged - 4; at >= 0; at -= 4) {
        const node = moves[at];
        const before = moves[at + 1];
        if (node < 0) {
          const after = next[-node];
          next[before] = after;
          prev[after] = before;
          routeOf[-node] = -1;
        } else {
          // Where it stood: a string taken out in order comes back in the opposite order.
          const after = next[before];
          next[before] = node;
          prev[node] = before;
          next[node] = after;
          prev[after] = node;
          leg[node] = moves[at + 3];
          routeOf[node] = routeOf[before];
        }
        leg[before] = moves[at + 2];
      }
      for (let at = times - 1; at >= 0; at--) {
        const key = timeOf[at];
        if ((key & 1) === 0) earliest[key >> 1] = timeWas[at];
        else latest[key >> 1] = timeWas[at];
      }
      for (let i = 0; i < plan.touches; i++) {
        const route = touched[i];
        load[route] = keptLoad[route];
        count[route] = keptCount[route];
        duration[route] = keptDuration[route];
      }
      plan.cost = plan.keptCost;
      plan.used = plan.keptUsed;
      plan.longestLeg = keptLongest;
      logged = 0;
      times = 0;
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
        if (timed) retime(depot);
      }
      plan.keptCost = plan.cost;
      plan.keptUsed = plan.used;
      plan.measureLegs();
    },

    measureLegs() {
      plan.longestLeg = 0;
      for (let c = 1; c <= n; c++)
        if (routeOf[c] >= 0 && next[c] <= n && leg[c] > plan.longestLeg) plan.longestLeg = leg[c];
      keptLongest = plan.longestLeg;
    },
  };

  /** The times of a route anew. O(length). */
  function retime(depot: number): void {
    for (let node = next[depot]; node !== depot; node = next[node])
      earliest[node] = latest[node] = -Infinity;
    mendForward(next[depot]);
    mendBackward(prev[depot]);
    times = 0;
  }

  clear();
  return plan;
}
