/**
 * SWAP* (Vidal 2022): two customers of different routes change routes, each to its best place
 * there, not the place of the other. Only routes whose sectors seen from the depot overlap are
 * paired. Under windows a place costs the warp it adds to its route as it stands, and the best
 * exchange is driven before it is kept.
 */
import type { Model } from '../model.ts';
import { WARP } from './penalties.ts';
import type { Tours } from './tours.ts';

const LEAST_GAIN = 0.01;
/** Directions are counted in so many parts of a full turn. */
const TURN = 65_536;

export interface SwapStar {
  /** Forgets what is known of the routes: they are other routes now. */
  reset(): void;
  /** Starts a pass over all pairs of routes. */
  begin(): void;
  /** At most so many pairs; returns how many were done. */
  advance(steps: number): number;
  readonly finished: boolean;
  /** Did the pass change anything. */
  readonly improved: boolean;
}

/** Direction as seen from the depot, without trigonometry: grows with the angle. */
export function directionOf(dx: number, dy: number): number {
  const size = Math.abs(dx) + Math.abs(dy);
  if (size === 0) return 0;
  const quarter = dx / size;
  const part = dy >= 0 ? 1 - quarter : 3 + quarter;
  return Math.min(TURN - 1, Math.floor((part / 4) * TURN));
}

const forward = (from: number, to: number): number => (to - from + TURN) % TURN;

export function createSwapStar(model: Model, matrix: Int32Array, tours: Tours): SwapStar {
  const { n, demand, service, maxDuration, timed, packed } = model;
  const size = n + 1;
  const limited = maxDuration < Infinity;
  const { fleet, place, next, prev, leg, link, mend, price } = tours;
  const { loadOf, distanceOf, serviceOf, warpOf, penaltyOf, count, changed, rates } = tours;
  const { warpJoin, warpVia } = tours;

  const direction = new Int32Array(n + 1);
  for (let i = 1; i <= n; i++)
    direction[i] = directionOf(packed.x[i] - packed.x[0], packed.y[i] - packed.y[0]);

  /** The sector of a route: from a direction anticlockwise over a width; and when it was found. */
  const from = new Int32Array(fleet);
  const width = new Int32Array(fleet);
  const found = new Int32Array(fleet);
  const active = new Int32Array(fleet);
  let actives = 0;
  let first = 0;
  let second = 0;
  /** Changes made when the pass before began. */
  let since = -1;
  let began = -1;
  let finished = true;
  let improved = false;

  /**
   * The three cheapest places of each customer in one route (each customer stands in one route,
   * and its places in the route it is compared with now are kept): predecessor and cost.
   */
  const bestAt = new Int32Array(3 * size);
  const bestCost = new Float64Array(3 * size);
  /** What a customer's own route changes by without it, and the warp it then has. */
  const gone = new Float64Array(size);
  const warpWithout = new Float64Array(size);

  function widen(route: number): void {
    if (found[route] === changed[route]) return;
    found[route] = changed[route];
    const depot = size + route;
    let start = direction[next[depot]];
    let span = 0;
    for (let node = next[depot]; node !== depot; node = next[node]) {
      const d = direction[node];
      if (forward(start, d) <= span) continue;
      const after = forward(start, d);
      const before = forward(d, start) + span;
      if (after <= before) span = after;
      else {
        start = d;
        span = before;
      }
    }
    from[route] = start;
    width[route] = Math.min(TURN, span);
  }

  const overlap = (a: number, b: number): boolean =>
    forward(from[a], from[b]) <= width[a] || forward(from[b], from[a]) <= width[b];

  /** Finds the three cheapest places of each customer of `route` in `other`, and prices it gone. */
  function placeAll(route: number, other: number): void {
    const depot = size + route;
    const otherDepot = size + other;
    const rate = rates[WARP];
    const otherWarp = warpOf[other];
    for (let u = next[depot]; u !== depot; u = next[u]) {
      const p = prev[u];
      const x = next[u];
      gone[u] = matrix[place[p] * size + place[x]] - leg[p] - leg[u];
      if (timed) {
        warpWithout[u] = warpJoin(p, x);
        gone[u] += rate * (warpWithout[u] - warpOf[route]);
      }
      const slot = 3 * u;
      let c0 = Infinity;
      let c1 = Infinity;
      let c2 = Infinity;
      let a0 = -1;
      let a1 = -1;
      let a2 = -1;
      const row = u * size;
      let node = otherDepot;
      let near = matrix[row];
      do {
        const after = next[node];
        const far = matrix[row + place[after]];
        let cost = near + far - leg[node];
        if (timed && cost < c2) cost += rate * (warpVia(node, u, after) - otherWarp);
        if (cost < c2) {
          if (cost < c1) {
            c2 = c1;
            a2 = a1;
            if (cost < c0) {
              c1 = c0;
              a1 = a0;
              c0 = cost;
              a0 = node;
            } else {
              c1 = cost;
              a1 = node;
            }
          } else {
            c2 = cost;
            a2 = node;
          }
        }
        near = far;
        node = after;
      } while (node !== otherDepot);
      bestCost[slot] = c0;
      bestCost[slot + 1] = c1;
      bestCost[slot + 2] = c2;
      bestAt[slot] = a0;
      bestAt[slot + 1] = a1;
      bestAt[slot + 2] = a2;
    }
  }

  /**
   * Cheapest way to put u into the route of v while v leaves it; the place goes to `chosen`. What
   * costs `most` or more may be priced too low.
   */
  let chosen = -1;
  function cheapest(u: number, v: number, most: number): number {
    const p = prev[v];
    const x = next[v];
    const row = u * size;
    let best = matrix[row + place[p]] + matrix[row + place[x]] - matrix[place[p] * size + place[x]];
    if (timed && best < most) best += rates[WARP] * (warpVia(p, u, x) - warpWithout[v]);
    chosen = p;
    for (let s = 3 * u; s < 3 * u + 3; s++) {
      const at = bestAt[s];
      if (at < 0 || at === v || at === p) continue;
      if (bestCost[s] < best) {
        best = bestCost[s];
        chosen = at;
      }
      break;
    }
    return best;
  }

  /** The best exchange of the pair; carried out when it pays. */
  function tryPair(a: number, b: number): boolean {
    placeAll(a, b);
    placeAll(b, a);
    const depotA = size + a;
    const depotB = size + b;
    let paid = penaltyOf[a] + penaltyOf[b];
    // What customers pay for being late is in the price of their going.
    if (timed) paid -= price(0, 0, warpOf[a]) + price(0, 0, warpOf[b]);
    const durationA = distanceOf[a] + serviceOf[a];
    const durationB = distanceOf[b] + serviceOf[b];
    let best = -LEAST_GAIN;
    let bestU = 0;
    let bestV = 0;
    let bestUAt = -1;
    let bestVAt = -1;
    for (let u = next[depotA]; u !== depotA; u = next[u]) {
      const goneU = gone[u];
      for (let v = next[depotB]; v !== depotB; v = next[v]) {
        const moved = demand[u] - demand[v];
        const loads = price(loadOf[a] - moved, 0, 0) + price(loadOf[b] + moved, 0, 0) - paid;
        const goneV = gone[v];
        const room = best - loads - goneU - goneV;
        if (room <= 0) continue;
        const costU = cheapest(u, v, room);
        if (timed && costU >= room) continue;
        const uAt = chosen;
        const costV = cheapest(v, u, room - costU);
        const vAt = chosen;
        let change = goneU + goneV + costU + costV + loads;
        if (change >= best) continue;
        if (limited) {
          const served = service[u] - service[v];
          change +=
            price(0, durationA + goneU + costV - served, 0) +
            price(0, durationB + goneV + costU + served, 0);
          if (change >= best) continue;
        }
        best = change;
        bestU = u;
        bestV = v;
        bestUAt = uAt;
        bestVAt = vAt;
      }
      // The customer may also go alone.
      if (bestAt[3 * u] >= 0) {
        let change =
          goneU +
          bestCost[3 * u] +
          price(loadOf[a] - demand[u], 0, 0) +
          price(loadOf[b] + demand[u], 0, 0) -
          paid;
        if (limited)
          change +=
            price(0, durationA + goneU - service[u], 0) +
            price(0, durationB + bestCost[3 * u] + service[u], 0);
        if (change < best) {
          best = change;
          bestU = u;
          bestV = 0;
          bestUAt = bestAt[3 * u];
        }
      }
    }
    if (bestU === 0) return false;
    return carryOut(a, b, bestU, bestUAt, bestV, bestVAt);
  }

  function carryOut(a: number, b: number, u: number, uAt: number, v: number, vAt: number): boolean {
    const pu = prev[u];
    const pv = v > 0 ? prev[v] : -1;
    link(pu, next[u]);
    if (v > 0) link(pv, next[v]);
    // A place that is the customer leaving is its predecessor's.
    putBehind(u, uAt);
    if (v > 0) putBehind(v, vAt);
    if (timed) {
      const gain =
        distanceAlong(a) +
        distanceAlong(b) -
        distanceOf[a] -
        distanceOf[b] +
        price(
          loadOf[a] - demand[u] + (v > 0 ? demand[v] : 0),
          distanceAlong(a) + serviceOf[a] - service[u] + (v > 0 ? service[v] : 0),
          tours.warpAlong(size + a, size + a),
        ) +
        price(
          loadOf[b] + demand[u] - (v > 0 ? demand[v] : 0),
          distanceAlong(b) + serviceOf[b] + service[u] - (v > 0 ? service[v] : 0),
          tours.warpAlong(size + b, size + b),
        ) -
        penaltyOf[a] -
        penaltyOf[b];
      if (gain > -LEAST_GAIN) {
        if (v > 0) link(prev[v], next[v]);
        link(prev[u], next[u]);
        putBehind(u, pu);
        if (v > 0) putBehind(v, pv);
        return false;
      }
    }
    mend(a);
    mend(b);
    return true;
  }

  function putBehind(node: number, before: number): void {
    link(node, next[before]);
    link(before, node);
  }

  function distanceAlong(route: number): number {
    const depot = size + route;
    let sum = 0;
    let node = depot;
    do {
      sum += matrix[place[node] * size + place[next[node]]];
      node = next[node];
    } while (node !== depot);
    return sum;
  }

  function list(): void {
    actives = 0;
    for (let r = 0; r < fleet; r++) {
      if (count[r] === 0) continue;
      widen(r);
      active[actives++] = r;
    }
  }

  const swapStar = {
    reset() {
      since = -1;
      found.fill(-1);
    },
    begin() {
      list();
      began = tours.changes;
      first = 0;
      second = 1;
      improved = false;
      finished = actives < 2;
    },
    advance(steps: number): number {
      let done = 0;
      while (done < steps && !finished) {
        const a = active[first];
        const b = active[second];
        if (changed[a] > since || changed[b] > since) {
          if (count[a] > 0 && count[b] > 0 && overlap(a, b)) {
            done++;
            if (tryPair(a, b)) {
              improved = true;
              widen(a);
              if (count[b] > 0) widen(b);
            }
          }
        }
        if (++second >= actives) {
          first++;
          second = first + 1;
        }
        if (first >= actives - 1) {
          finished = true;
          since = began;
        }
      }
      return done;
    },
    get finished() {
      return finished;
    },
    get improved() {
      return improved;
    },
  };
  return swapStar;
}
