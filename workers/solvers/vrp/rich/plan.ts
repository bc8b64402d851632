/**
 * The plan a search works on, beside the last one it accepted. Customers are nodes 1 … n; node
 * `nodes` + r stands for both ends of route r, so that routes are circular lists through it. What a
 * route's insertions are judged by is computed anew for the route whenever it changes. Plain instances
 * have a plan and search of their own (`../working-plan.ts`, `../search.ts`): without loads on the way
 * and types of vehicles they do 1.1 to 1.8 times the ruins at 100 to 200 customers, and their work
 * does not grow with the instance.
 */
import type { VrpSolution } from '../../../../src/problems/vrp/instance.ts';
import { BACKHAUL, DELIVERY, DROP, type RichModel } from './model.ts';

export interface RichPlan {
  readonly next: Int32Array;
  readonly prev: Int32Array;
  /** Distance to the next node. */
  readonly leg: Float64Array;
  /** −1 when not served. */
  readonly routeOf: Int32Array;
  /** Earliest start of service, and the latest that keeps the rest of the route in time. */
  readonly earliest: Float64Array;
  readonly latest: Float64Array;
  /** On board when leaving a node; the most until then; the most from then on. */
  readonly onBoard: Float64Array;
  readonly peakUntil: Float64Array;
  readonly peakFrom: Float64Array;
  /** Deliveries after a node; kept up only with backhauls or pairs. */
  readonly deliveriesAfter: Int32Array;
  /** By route. */
  readonly type: Int32Array;
  readonly count: Int32Array;
  readonly length: Float64Array;
  readonly duration: Float64Array;
  readonly active: Int32Array;
  readonly touched: Int32Array;
  /** Routes in use by type. */
  readonly typeUsed: Int32Array;
  actives: number;
  touches: number;
  used: number;
  /** Distance at each route's rate and what vehicles cost. */
  cost: number;
  keptCost: number;

  touch(route: number): void;
  /** Takes a customer out of its (touched) route; `refresh` follows. */
  remove(node: number): void;
  /** Puts a customer behind the node `before`; `refresh` follows. */
  insert(node: number, before: number): void;
  /** An empty route of a type; there must be room for one. Returns its node. */
  open(type: number): number;
  setType(route: number, type: number): void;
  /** Computes a route anew. O(length). */
  refresh(route: number): void;
  keep(): void;
  undo(): void;
  /** After keep or undo: gives emptied routes back, forgets what was touched. */
  settle(): void;
  restart(solution: VrpSolution): void;
  /** Freshly copied. */
  solution(): VrpSolution;
}

export function createRichPlan(model: RichModel): RichPlan {
  const { n, nodes, side, distance, time, demand, kind, ready, due, service } = model;
  const { rate, fixed, home, end, opens, closes, timed, profile } = model;
  const all = nodes + n;
  const next = new Int32Array(all);
  const prev = new Int32Array(all);
  const leg = new Float64Array(all);
  const routeOf = new Int32Array(all).fill(-1);
  const earliest = new Float64Array(all);
  const latest = new Float64Array(all);
  const onBoard = new Float64Array(all);
  const peakUntil = new Float64Array(all);
  const peakFrom = new Float64Array(all);
  const deliveriesAfter = new Int32Array(all);
  const type = new Int32Array(n);
  const count = new Int32Array(n);
  const length = new Float64Array(n);
  const duration = new Float64Array(n);
  const routeCost = new Float64Array(n);
  const typeUsed = new Int32Array(model.types);
  const keptNext = new Int32Array(all);
  const keptPrev = new Int32Array(all);
  const keptType = new Int32Array(n);
  const keptCount = new Int32Array(n);
  const active = new Int32Array(n);
  const activeAt = new Int32Array(n).fill(-1);
  const free = new Int32Array(n);
  let frees = 0;
  const touched = new Int32Array(n);
  const isTouched = new Uint8Array(n);

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
    count.fill(0);
    typeUsed.fill(0);
    routeCost.fill(0);
    isTouched.fill(0);
    frees = 0;
    for (let route = n - 1; route >= 0; route--) {
      next[nodes + route] = prev[nodes + route] = nodes + route;
      free[frees++] = route;
    }
    plan.actives = plan.touches = plan.used = 0;
    plan.cost = 0;
  }

  /** Loads along a route: what is on board, the most so far and the most to come. */
  function profileRoute(depot: number): void {
    let loaded = 0;
    for (let node = next[depot]; node !== depot; node = next[node])
      if (kind[node] === DELIVERY) loaded += demand[node];
    onBoard[depot] = peakUntil[depot] = loaded;
    let load = loaded;
    let peak = loaded;
    for (let node = next[depot]; node !== depot; node = next[node]) {
      load += kind[node] === DELIVERY || kind[node] === DROP ? -demand[node] : demand[node];
      if (load > peak) peak = load;
      onBoard[node] = load;
      peakUntil[node] = peak;
    }
    if (!profile) {
      peakFrom[depot] = loaded;
      return;
    }
    peak = 0;
    let deliveries = 0;
    for (let node = prev[depot]; ; node = prev[node]) {
      if (onBoard[node] > peak) peak = onBoard[node];
      peakFrom[node] = peak;
      deliveriesAfter[node] = deliveries;
      if (node === depot) return;
      if (kind[node] === DELIVERY) deliveries++;
    }
  }

  function timeRoute(depot: number, vehicle: number): void {
    let clock = opens[vehicle];
    let from = home[vehicle];
    let stay = 0;
    earliest[depot] = clock;
    for (let node = next[depot]; node !== depot; node = next[node]) {
      clock += stay + time[from * side + node];
      if (clock < ready[node]) clock = ready[node];
      earliest[node] = clock;
      from = node;
      stay = service[node];
    }
    clock = closes[vehicle];
    latest[depot] = clock;
    let to = end[vehicle];
    for (let node = prev[depot]; node !== depot; node = prev[node]) {
      clock -= time[node * side + to] + service[node];
      if (clock > due[node]) clock = due[node];
      latest[node] = clock;
      to = node;
    }
  }

  const plan: RichPlan = {
    next,
    prev,
    leg,
    routeOf,
    earliest,
    latest,
    onBoard,
    peakUntil,
    peakFrom,
    deliveriesAfter,
    type,
    count,
    length,
    duration,
    active,
    touched,
    typeUsed,
    actives: 0,
    touches: 0,
    used: 0,
    cost: 0,
    keptCost: 0,

    touch(route) {
      if (isTouched[route] === 1) return;
      isTouched[route] = 1;
      touched[plan.touches++] = route;
    },

    remove(node) {
      const route = routeOf[node];
      next[prev[node]] = next[node];
      prev[next[node]] = prev[node];
      routeOf[node] = -1;
      if (--count[route] > 0) return;
      plan.used--;
      typeUsed[type[route]]--;
    },

    insert(node, before) {
      const route = before >= nodes ? before - nodes : routeOf[before];
      plan.touch(route);
      const after = next[before];
      next[before] = node;
      prev[node] = before;
      next[node] = after;
      prev[after] = node;
      routeOf[node] = route;
      if (count[route]++ > 0) return;
      plan.used++;
      typeUsed[type[route]]++;
    },

    open(vehicle) {
      let route = -1;
      if (frees > 0) {
        route = free[--frees];
        activeAt[route] = plan.actives;
        active[plan.actives++] = route;
        keptType[route] = vehicle;
      } else {
        // All are listed; one of them has been emptied.
        for (let a = 0; a < plan.actives && route < 0; a++)
          if (count[active[a]] === 0) route = active[a];
      }
      type[route] = vehicle;
      plan.touch(route);
      return nodes + route;
    },

    setType(route, vehicle) {
      if (count[route] > 0) {
        typeUsed[type[route]]--;
        typeUsed[vehicle]++;
      }
      type[route] = vehicle;
    },

    refresh(route) {
      const depot = nodes + route;
      const vehicle = type[route];
      let sum = 0;
      let driven = 0;
      if (count[route] > 0) {
        let from = home[vehicle];
        let node = depot;
        do {
          const after = next[node];
          const to = after === depot ? end[vehicle] : after;
          leg[node] = distance[from * side + to];
          sum += leg[node];
          driven += time[from * side + to] + (after === depot ? 0 : service[after]);
          node = after;
          from = to;
        } while (node !== depot);
      } else leg[depot] = 0;
      length[route] = sum;
      duration[route] = driven;
      profileRoute(depot);
      if (timed) timeRoute(depot, vehicle);
      const cost = count[route] > 0 ? fixed[vehicle] + rate[vehicle] * sum : 0;
      plan.cost += cost - routeCost[route];
      routeCost[route] = cost;
    },

    keep() {
      for (let i = 0; i < plan.touches; i++) {
        const route = touched[i];
        const depot = nodes + route;
        let node = depot;
        do {
          keptNext[node] = next[node];
          keptPrev[node] = prev[node];
          node = next[node];
        } while (node !== depot);
        keptType[route] = type[route];
        keptCount[route] = count[route];
      }
      plan.keptCost = plan.cost;
    },

    undo() {
      for (let i = 0; i < plan.touches; i++) {
        const route = touched[i];
        if (count[route] === 0) continue;
        const depot = nodes + route;
        for (let node = next[depot]; node !== depot; node = next[node]) routeOf[node] = -1;
        plan.used--;
        typeUsed[type[route]]--;
      }
      for (let i = 0; i < plan.touches; i++) {
        const route = touched[i];
        const depot = nodes + route;
        let node = depot;
        do {
          next[node] = keptNext[node];
          prev[node] = keptPrev[node];
          if (node !== depot) routeOf[node] = route;
          node = next[node];
        } while (node !== depot);
        type[route] = keptType[route];
        count[route] = keptCount[route];
        if (count[route] > 0) {
          plan.used++;
          typeUsed[type[route]]++;
        }
        plan.refresh(route);
      }
      plan.cost = plan.keptCost;
    },

    settle() {
      for (let i = 0; i < plan.touches; i++) {
        const route = touched[i];
        isTouched[route] = 0;
        if (count[route] === 0 && activeAt[route] >= 0) deactivate(route);
      }
      plan.touches = 0;
    },

    restart({ routes, types }) {
      clear();
      routes.forEach((members, r) => {
        if (members.length === 0) return;
        let before = plan.open(types?.[r] ?? 0);
        const route = before - nodes;
        for (const node of members) {
          plan.insert(node, before);
          before = node;
        }
        plan.refresh(route);
      });
      keptNext.set(next);
      keptPrev.set(prev);
      // Routes that were in use before and are not now too.
      keptCount.set(count);
      keptType.set(type);
      plan.keep();
      plan.settle();
    },

    solution() {
      const routes: number[][] = [];
      const types: number[] = [];
      for (let a = 0; a < plan.actives; a++) {
        const depot = nodes + active[a];
        const members: number[] = [];
        for (let node = next[depot]; node !== depot; node = next[node]) members.push(node);
        if (members.length === 0) continue;
        routes.push(members);
        types.push(type[active[a]]);
      }
      return types.some((vehicle) => vehicle !== 0) ? { routes, types } : { routes };
    },
  };
  clear();
  return plan;
}

/** May a customer of this kind stand between these two nodes, as deliveries come before backhauls. */
export function inOrder(
  model: RichModel,
  plan: RichPlan,
  customer: number,
  before: number,
): boolean {
  const { kind, nodes } = model;
  if (kind[customer] === BACKHAUL) return plan.deliveriesAfter[before] === 0;
  if (kind[customer] !== DELIVERY) return true;
  for (let node = before; node < nodes; node = plan.prev[node])
    if (kind[node] === BACKHAUL) return false;
  return true;
}
