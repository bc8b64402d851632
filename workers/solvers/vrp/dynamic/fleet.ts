/**
 * Vehicles under way. Routes are circular lists through the node `nodes` + r. What a vehicle has
 * left for is frozen and counts no more than by where and when the vehicle is free again; only what
 * comes after may be changed.
 */
import { DROP, PICK_UP, type RichModel } from '../rich/model.ts';
import { createCargo, type Place } from './cargo.ts';

export interface Fleet {
  readonly next: Int32Array;
  readonly prev: Int32Array;
  /** −1 when not served. */
  readonly routeOf: Int32Array;
  /** 1 for customers a vehicle has left for. */
  readonly frozen: Uint8Array;
  /** By route: vehicle type, last frozen node (the route's own before any), visits. */
  readonly type: Int32Array;
  readonly tail: Int32Array;
  readonly count: Int32Array;
  /** When the vehicle can leave the tail. */
  readonly freeAt: Float64Array;
  /** Latest start of service that keeps the rest of the route in time. */
  readonly latest: Float64Array;
  /** When the vehicle left for a frozen customer, in units. */
  readonly departed: Float64Array;
  /** Route slots up to this one may be in use. */
  slots: number;
  /** Routes with customers. */
  used: number;
  /** Distance at each route's rate and what vehicles cost. */
  cost: number;
  /** Customers who want service and are in no route. */
  readonly out: Int32Array;
  outs: number;

  /** A customer calls: is out until placed. The end of a pair calls with its pick-up. */
  call(customer: number): void;
  /** Computes the times of all routes from `now` on. O(n). */
  retime(now: number): void;
  /**
   * Puts a customer where it adds the least cost, overlooking a place with the chance `blink`, or
   * onto a vehicle of its own; false when there is no place, or none that costs less than its
   * prize. O(n).
   */
  place(customer: number, random: () => number, blink: number): boolean;
  /**
   * Takes an open customer out of its route, with the other end of its pair unless that has been
   * picked up; `refresh` follows. Returns whom to place again.
   */
  remove(customer: number): number;
  refresh(route: number): void;
  /** The vehicle leaves for the next customer of a route. */
  leave(route: number, at: number): void;
  /** Is everyone on a route whom only its vehicle can serve, and does each carry its load. O(n) */
  isSound(): boolean;
  /** Cost with lost prizes, and a price above all others for each who must be served and is not. */
  total(): number;
  /** A place to keep how the vehicles stand, and to bring it back. Saving and restoring are O(n). */
  snapshot(): Snapshot;
}

export interface Snapshot {
  save(): void;
  restore(): void;
}

export function createFleet(model: RichModel): Fleet {
  const { n, nodes, side, distance, time, demand, prize, ready, due, service } = model;
  const { types, capacity, count: most, fixed, rate, home, end, opens, closes } = model;
  const { vehicles, maxDuration, kind, partner } = model;
  const all = nodes + n + 1;
  const next = new Int32Array(all);
  const prev = new Int32Array(all);
  const routeOf = new Int32Array(n + 1).fill(-1);
  const frozen = new Uint8Array(n + 1);
  const type = new Int32Array(n + 1);
  const tail = new Int32Array(n + 1);
  const count = new Int32Array(n + 1);
  const freeAt = new Float64Array(n + 1);
  const load = new Float64Array(n + 1);
  const duration = new Float64Array(n + 1);
  const routeCost = new Float64Array(n + 1);
  const driven = new Float64Array(n + 1);
  /** When the vehicle leaves a node at the earliest. */
  const leaves = new Float64Array(all);
  const latest = new Float64Array(all);
  const departed = new Float64Array(n + 1);
  const typeUsed = new Int32Array(types);
  const out = new Int32Array(n);
  for (let r = 0; r <= n; r++) next[nodes + r] = prev[nodes + r] = tail[r] = nodes + r;
  const arrays: (Int32Array | Float64Array)[] = [
    next,
    prev,
    routeOf,
    type,
    tail,
    count,
    freeAt,
    load,
    duration,
    routeCost,
    driven,
    leaves,
    latest,
    typeUsed,
    out,
  ];
  const cargo = model.profile
    ? createCargo(model, {
        next,
        prev,
        type,
        tail,
        leaves,
        latest,
        duration,
        roomier,
        exchangeCost,
      })
    : null;
  if (cargo) arrays.push(...cargo.arrays);
  let now = 0;
  /** More than a vehicle of its own costs for anyone who has called. */
  let missingPrice = 1;

  /** The place of a node: its own, or where the route's vehicle starts. */
  const startOf = (node: number, route: number): number =>
    node >= nodes ? home[type[route]] : node;

  function refresh(route: number): void {
    const vehicle = type[route];
    const depot = nodes + route;
    let clock = Math.max(now, freeAt[route]);
    leaves[tail[route]] = clock;
    let at = startOf(tail[route], route);
    for (let node = next[tail[route]]; node !== depot; node = next[node]) {
      clock = Math.max(ready[node], clock + time[at * side + node]) + service[node];
      leaves[node] = clock;
      at = node;
    }
    clock = closes[vehicle];
    latest[depot] = clock;
    let to = end[vehicle];
    for (let node = prev[depot]; node !== tail[route] && node !== depot; node = prev[node]) {
      clock = Math.min(due[node], clock - time[node * side + to] - service[node]);
      latest[node] = clock;
      to = node;
    }
    at = home[vehicle];
    let way = 0;
    let lasted = 0;
    let carried = 0;
    for (let node = next[depot]; node !== depot; node = next[node]) {
      way += distance[at * side + node];
      lasted += time[at * side + node] + service[node];
      carried += demand[node];
      at = node;
    }
    driven[route] = way + distance[at * side + end[vehicle]];
    fleet.cost -= routeCost[route];
    routeCost[route] = count[route] === 0 ? 0 : fixed[vehicle] + rate[vehicle] * driven[route];
    fleet.cost += routeCost[route];
    duration[route] = lasted + time[at * side + end[vehicle]];
    load[route] = carried;
    cargo?.refresh(route);
  }

  /** Is the customer served in time between node (left at `clock`, place i) and `after` (place j). */
  function inTime(c: number, clock: number, i: number, j: number, limit: number): boolean {
    const start = Math.max(ready[c], clock + time[i * side + c]);
    return start <= due[c] && start + service[c] + time[c * side + j] <= limit;
  }

  const found: Place = { cost: 0, route: 0, type: 0, at: 0, drop: -1 };

  /** What it costs to drive a route with another type of vehicle. */
  function exchangeCost(route: number, other: number): number {
    const vehicle = type[route];
    return fixed[other] - fixed[vehicle] + (rate[other] - rate[vehicle]) * driven[route];
  }

  /** The cheapest type that carries more and stands where this one does; −1 for none. */
  function roomier(route: number, carried: number): number {
    const vehicle = type[route];
    let chosen = -1;
    for (let t = 0; t < types; t++) {
      const fits =
        capacity[t] >= carried &&
        typeUsed[t] < most[t] &&
        home[t] === home[vehicle] &&
        end[t] === end[vehicle] &&
        opens[t] === opens[vehicle] &&
        closes[t] === closes[vehicle];
      if (fits && (chosen < 0 || exchangeCost(route, t) < exchangeCost(route, chosen))) chosen = t;
    }
    return chosen;
  }

  /** The best place on a route, behind its tail; while nobody has left, a larger vehicle may come. */
  function search(c: number, route: number, random: () => number, blink: number): void {
    const depot = nodes + route;
    const carried = load[route] + demand[c];
    let vehicle = type[route];
    if (carried > capacity[vehicle]) vehicle = tail[route] === depot ? roomier(route, carried) : -1;
    if (vehicle < 0) return;
    const extra = vehicle === type[route] ? 0 : exchangeCost(route, vehicle);
    let node = tail[route];
    do {
      const clock = leaves[node];
      if (clock > due[c]) return;
      const after = next[node];
      const i = startOf(node, route);
      const j = after === depot ? end[vehicle] : after;
      const change =
        extra +
        rate[vehicle] * (distance[i * side + c] + distance[c * side + j] - distance[i * side + j]);
      if (change < found.cost && inTime(c, clock, i, j, latest[after])) {
        const longer = time[i * side + c] + time[c * side + j] - time[i * side + j] + service[c];
        if (duration[route] + longer <= maxDuration && (blink === 0 || random() >= blink)) {
          found.cost = change;
          found.at = node;
          found.route = route;
          found.type = vehicle;
        }
      }
      node = after;
    } while (node !== depot);
  }

  /** A vehicle of its own. */
  function searchNew(c: number): number {
    let chosen = -1;
    if (fleet.used >= vehicles || (cargo && cargo.bound[c] >= 0)) return chosen;
    // The last customer, and when the vehicle is there at the earliest after the first.
    const last = kind[c] === PICK_UP ? partner[c] : c;
    const way = last === c ? 0 : distance[c * side + last];
    const drive = last === c ? 0 : time[c * side + last];
    for (let t = 0; t < types; t++) {
      if (capacity[t] < demand[c] || typeUsed[t] >= most[t]) continue;
      const change =
        fixed[t] + rate[t] * (distance[home[t] * side + c] + way + distance[last * side + end[t]]);
      if (change >= found.cost) continue;
      const clock = Math.max(now, opens[t]);
      if (last === c) {
        if (!inTime(c, clock, home[t], end[t], closes[t])) continue;
      } else {
        const start = Math.max(ready[c], clock + time[home[t] * side + c]);
        if (start > due[c]) continue;
        if (!inTime(last, start + service[c], c, end[t], closes[t])) continue;
      }
      const served = service[c] + (last === c ? 0 : service[last]);
      const lasts = time[home[t] * side + c] + drive + served + time[last * side + end[t]];
      if (lasts > maxDuration) continue;
      found.cost = change;
      chosen = t;
    }
    return chosen;
  }

  function openSlot(vehicle: number): number {
    let route = 0;
    while (count[route] > 0) route++;
    fleet.slots = Math.max(fleet.slots, route + 1);
    type[route] = vehicle;
    tail[route] = next[nodes + route] = prev[nodes + route] = nodes + route;
    freeAt[route] = opens[vehicle];
    cargo?.begin(route);
    fleet.used++;
    typeUsed[vehicle]++;
    return route;
  }

  function link(c: number, node: number, route: number): void {
    const after = next[node];
    next[node] = c;
    prev[c] = node;
    next[c] = after;
    prev[after] = c;
    routeOf[c] = route;
    count[route]++;
  }

  function unlink(c: number): void {
    const route = routeOf[c];
    next[prev[c]] = next[c];
    prev[next[c]] = prev[c];
    routeOf[c] = -1;
    if (--count[route] > 0) return;
    fleet.used--;
    typeUsed[type[route]]--;
  }

  const fleet: Fleet = {
    next,
    prev,
    routeOf,
    frozen,
    type,
    tail,
    count,
    freeAt,
    latest,
    departed,
    slots: 0,
    used: 0,
    cost: 0,
    out,
    outs: 0,
    refresh,
    call(c) {
      if (kind[c] === DROP) return;
      out[fleet.outs++] = c;
      const last = kind[c] === PICK_UP ? partner[c] : c;
      const way = last === c ? 0 : distance[c * side + last];
      for (let t = 0; t < types; t++) {
        const ways = distance[home[t] * side + c] + way + distance[last * side + end[t]];
        missingPrice = Math.max(missingPrice, 2 * (fixed[t] + rate[t] * ways) + 1);
      }
    },
    retime(at) {
      now = at;
      for (let route = 0; route < fleet.slots; route++) if (count[route] > 0) refresh(route);
    },
    place(c, random, blink) {
      found.cost = Infinity;
      found.drop = -1;
      for (let route = 0; route < fleet.slots; route++)
        if (count[route] > 0) {
          if (cargo) cargo.search(c, route, found, random, blink);
          else search(c, route, random, blink);
        }
      const vehicle = searchNew(c);
      const paired = kind[c] === PICK_UP;
      // Whoever is bound has been paid for.
      const worth = cargo && cargo.bound[c] >= 0 ? Infinity : prize[c];
      if (found.cost === Infinity || found.cost > worth) {
        out[fleet.outs++] = c;
        return false;
      }
      const route = vehicle >= 0 ? openSlot(vehicle) : found.route;
      if (vehicle < 0 && found.type !== type[route]) {
        typeUsed[type[route]]--;
        typeUsed[found.type]++;
        type[route] = found.type;
      }
      link(c, vehicle >= 0 ? nodes + route : found.at, route);
      if (paired) link(partner[c], vehicle >= 0 ? c : found.drop, route);
      refresh(route);
      return true;
    },
    remove(c) {
      const head = kind[c] === DROP && cargo && cargo.bound[c] < 0 ? partner[c] : c;
      unlink(head);
      if (kind[head] === PICK_UP) unlink(partner[head]);
      return head;
    },
    leave(route, at) {
      const i = startOf(tail[route], route);
      const c = next[tail[route]];
      cargo?.leave(route);
      frozen[c] = 1;
      departed[c] = at;
      tail[route] = c;
      freeAt[route] = Math.max(ready[c], at + time[i * side + c]) + service[c];
      refresh(route);
    },
    isSound() {
      if (!cargo) return true;
      for (let i = 0; i < fleet.outs; i++) if (cargo.bound[out[i]] >= 0) return false;
      for (let route = 0; route < fleet.slots; route++)
        if (count[route] > 0 && !cargo.carries(route)) return false;
      return true;
    },
    total() {
      let sum = fleet.cost;
      for (let i = 0; i < fleet.outs; i++) sum += Math.min(prize[out[i]], missingPrice);
      return sum;
    },
    snapshot() {
      const copies = arrays.map((array) => array.slice());
      const { slots, used, cost, outs } = fleet;
      const kept = { slots, used, cost, outs };
      return {
        save() {
          for (let i = 0; i < arrays.length; i++) copies[i].set(arrays[i]);
          kept.slots = fleet.slots;
          kept.used = fleet.used;
          kept.cost = fleet.cost;
          kept.outs = fleet.outs;
        },
        restore() {
          for (let i = 0; i < arrays.length; i++) arrays[i].set(copies[i]);
          fleet.slots = kept.slots;
          fleet.used = kept.used;
          fleet.cost = kept.cost;
          fleet.outs = kept.outs;
        },
      };
    },
  };
  return fleet;
}
