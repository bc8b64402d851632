/**
 * What is on board where goods are also picked up on the way: pairs and backhauls on routes under
 * way. A vehicle carries from the depot what is planned for it when it leaves, and nobody else can
 * bring that; nor what it has picked up. Such customers are bound to their vehicle.
 */
import { BACKHAUL, DELIVERY, PICK_UP, type RichModel } from '../rich/model.ts';

/** The lists of a fleet, by node or route; see `Fleet`. */
export interface Lists {
  readonly next: Int32Array;
  readonly prev: Int32Array;
  readonly type: Int32Array;
  readonly tail: Int32Array;
  readonly leaves: Float64Array;
  readonly latest: Float64Array;
  readonly duration: Float64Array;
  /** The cheapest type that carries more and stands where the route's does; −1 for none. */
  roomier(route: number, carried: number): number;
  /** What it costs to drive a route with another type. */
  exchangeCost(route: number, type: number): number;
}

/** The cheapest place found so far. */
export interface Place {
  cost: number;
  route: number;
  type: number;
  /** Node after which the customer goes. */
  at: number;
  /** Node after which the end of its pair goes, which may be the customer itself; −1 for none. */
  drop: number;
}

export interface Cargo {
  /** By customer: the route whose vehicle alone can come; −1 for any. */
  readonly bound: Int32Array;
  /** Belongs to how the vehicles stand. */
  readonly arrays: readonly (Int32Array | Float64Array)[];
  /** Nobody has left on this route. O(1) */
  begin(route: number): void;
  /** Loads after a change of the route. O(length) */
  refresh(route: number): void;
  /** The vehicle leaves for its next customer. O(length) when it is the first. */
  leave(route: number): void;
  /**
   * The best place for a customer, with the end of its pair, behind the tail of a route. O(length),
   * O(length²) for a pair.
   */
  search(c: number, route: number, found: Place, random: () => number, blink: number): void;
  /** Does the route's vehicle carry its load all the way. */
  carries(route: number): boolean;
}

export function createCargo(model: RichModel, lists: Lists): Cargo {
  const { n, nodes, side, distance, time, demand, kind, partner, ready, due, service } = model;
  const { capacity, rate, home, end, maxDuration } = model;
  const { next, prev, type, tail, leaves, latest, duration } = lists;
  const all = nodes + n + 1;
  const bound = new Int32Array(n + 1).fill(-1);
  /** By route: taken from the depot, once the vehicle has left; −1 before. */
  const loaded = new Float64Array(n + 1).fill(-1);
  const peak = new Float64Array(n + 1);
  /** On board when leaving a node, and the most from there on. */
  const aboard = new Float64Array(all);
  const highest = new Float64Array(all);
  /** Is there a backhaul up to here; is there a delivery behind. */
  const turned = new Int32Array(all);
  const later = new Int32Array(all);

  const placeOf = (node: number, route: number): number =>
    node >= nodes ? home[type[route]] : node;

  function refresh(route: number): void {
    const depot = nodes + route;
    let load = loaded[route];
    if (load < 0) {
      load = 0;
      for (let node = next[depot]; node !== depot; node = next[node])
        if (kind[node] === DELIVERY) load += demand[node];
    }
    aboard[depot] = load;
    turned[depot] = 0;
    let back = 0;
    let most = load;
    for (let node = next[depot]; node !== depot; node = next[node]) {
      const gives = kind[node] === BACKHAUL || kind[node] === PICK_UP;
      load += gives ? demand[node] : -demand[node];
      if (kind[node] === BACKHAUL) back = 1;
      aboard[node] = load;
      turned[node] = back;
      most = Math.max(most, load);
    }
    peak[route] = most;
    let high = 0;
    let delivers = 0;
    for (let node = prev[depot]; ; node = prev[node]) {
      high = Math.max(high, aboard[node]);
      highest[node] = high;
      later[node] = delivers;
      if (node === depot) break;
      if (kind[node] === DELIVERY) delivers = 1;
    }
  }

  function offer(
    found: Place,
    cost: number,
    route: number,
    vehicle: number,
    at: number,
    drop: number,
  ) {
    found.cost = cost;
    found.route = route;
    found.type = vehicle;
    found.at = at;
    found.drop = drop;
  }

  /** Places for one customer with a vehicle of this type. */
  function searchOne(
    c: number,
    route: number,
    vehicle: number,
    extra: number,
    found: Place,
    random: () => number,
    blink: number,
  ): void {
    const depot = nodes + route;
    const room = capacity[vehicle];
    const isBound = bound[c] >= 0;
    const more = isBound ? 0 : demand[c];
    let carried = 0;
    let node = tail[route];
    do {
      const clock = leaves[node];
      if (clock > due[c]) return;
      const after = next[node];
      carried = Math.max(carried, aboard[node]);
      const fits =
        kind[c] === BACKHAUL
          ? later[node] === 0 && highest[node] + more <= room
          : carried + more <= room && (kind[c] !== DELIVERY || turned[node] === 0);
      const i = placeOf(node, route);
      const j = after === depot ? end[vehicle] : after;
      const change =
        extra +
        rate[vehicle] * (distance[i * side + c] + distance[c * side + j] - distance[i * side + j]);
      if (fits && change < found.cost) {
        const start = Math.max(ready[c], clock + time[i * side + c]);
        const longer = time[i * side + c] + time[c * side + j] - time[i * side + j] + service[c];
        const inTime =
          start <= due[c] &&
          start + service[c] + time[c * side + j] <= latest[after] &&
          duration[route] + longer <= maxDuration;
        if (inTime && (isBound || blink === 0 || random() >= blink))
          offer(found, change, route, vehicle, node, -1);
      }
      node = after;
    } while (node !== depot);
  }

  /** Places for a pick-up and its drop. */
  function searchPair(
    c: number,
    route: number,
    vehicle: number,
    extra: number,
    found: Place,
    random: () => number,
    blink: number,
  ): void {
    const depot = nodes + route;
    const drop = partner[c];
    const most = capacity[vehicle] - demand[c];
    const paid = rate[vehicle];
    const spare = maxDuration - duration[route] - service[c] - service[drop];
    let node = tail[route];
    do {
      const clock = leaves[node];
      if (clock > due[c]) return;
      const after = next[node];
      const i = placeOf(node, route);
      const first = after === depot ? end[vehicle] : after;
      const start = Math.max(ready[c], clock + time[i * side + c]);
      if (start <= due[c]) {
        let left = start + service[c];
        let carried = aboard[node];
        let before = c;
        let to = after;
        for (;;) {
          if (carried > most) break;
          const j = to === depot ? end[vehicle] : to;
          let way = distance[i * side + c] + distance[drop * side + j];
          let longer = time[i * side + c] + time[drop * side + j];
          if (before === c) {
            way += distance[c * side + drop] - distance[i * side + j];
            longer += time[c * side + drop] - time[i * side + j];
          } else {
            way += distance[c * side + first] - distance[i * side + first];
            way += distance[before * side + drop] - distance[before * side + j];
            longer += time[c * side + first] - time[i * side + first];
            longer += time[before * side + drop] - time[before * side + j];
          }
          const change = extra + paid * way;
          const begins = Math.max(ready[drop], left + time[before * side + drop]);
          const inTime =
            begins <= due[drop] && begins + service[drop] + time[drop * side + j] <= latest[to];
          if (change < found.cost && inTime && longer <= spare)
            if (blink === 0 || random() >= blink)
              offer(found, change, route, vehicle, node, before);
          if (to === depot) break;
          const reached = Math.max(ready[to], left + time[before * side + to]);
          if (reached > latest[to]) break;
          left = reached + service[to];
          carried = Math.max(carried, aboard[to]);
          before = to;
          to = next[to];
        }
      }
      node = after;
    } while (node !== depot);
  }

  return {
    bound,
    arrays: [loaded, peak, aboard, highest, turned, later],
    begin(route) {
      loaded[route] = -1;
    },
    refresh,
    leave(route) {
      const depot = nodes + route;
      const c = next[tail[route]];
      if (tail[route] === depot) {
        loaded[route] = aboard[depot];
        for (let node = next[depot]; node !== depot; node = next[node])
          if (kind[node] === DELIVERY) bound[node] = route;
      }
      if (kind[c] === PICK_UP) bound[partner[c]] = route;
    },
    search(c, route, found, random, blink) {
      if (bound[c] >= 0 && bound[c] !== route) return;
      const stands = tail[route] === nodes + route;
      if (kind[c] === DELIVERY && bound[c] < 0 && !stands) return;
      const look = kind[c] === PICK_UP ? searchPair : searchOne;
      look(c, route, type[route], 0, found, random, blink);
      const carried = peak[route] + demand[c];
      if (!stands || carried <= capacity[type[route]]) return;
      const other = lists.roomier(route, carried);
      if (other >= 0) look(c, route, other, lists.exchangeCost(route, other), found, random, blink);
    },
    carries: (route) => peak[route] <= capacity[type[route]],
  };
}
