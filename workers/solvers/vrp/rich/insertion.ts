/** Where a customer, or a pair, goes at least cost: greedy insertion with blinks. */
import type { Rng } from '../../../../src/core/rng.ts';
import { BACKHAUL, PICK_UP, type RichModel } from './model.ts';
import { inOrder, type RichPlan } from './plan.ts';

export interface RichInsertion {
  /**
   * Looks for the cheapest feasible place of a customer on the routes in use; a place that improves
   * on the best so far is overlooked with the chance `blink`. `cost` is Infinity when there is none.
   * O(n) for a single customer, O(n·length) for a pair.
   */
  find(customer: number): void;
  /** The same on one route only. */
  findOn(customer: number, route: number): void;
  /** Forgets what was found. */
  reset(): void;
  /**
   * Takes the cheapest vehicle for a route of its own when that costs less than what was found.
   * With `doubt` above 1 each vehicle's cost is multiplied or divided by up to that, at random.
   */
  considerNew(customer: number, doubt: number): void;
  /** Puts the customer where the last search found. */
  apply(customer: number): void;
  /** Additional cost, in units. */
  cost: number;
}

export function createRichInsertion(
  model: RichModel,
  plan: RichPlan,
  rng: Rng,
  blink: number,
): RichInsertion {
  const { nodes, side, distance, time, types, capacity, count: most, fixed, rate } = model;
  const { home, end, opens, closes, maxDuration, demand, kind, partner } = model;
  const { ready, due, service, timed, limited, profile } = model;
  const { next, leg, earliest, latest, onBoard, peakUntil, peakFrom } = plan;
  const { type, length, duration, active, typeUsed } = plan;
  const look = 1 - blink;
  /** The place found: behind which node, the pair's end behind which, and the route's type. */
  let at = -1;
  let dropAt = -1;
  let vehicle = -1;
  let opensRoute = false;

  /** The cheapest free type for more load at the same depot; −1 when there is none. */
  function larger(route: number, load: number): number {
    const own = type[route];
    let best = -1;
    let least = Infinity;
    for (let t = 0; t < types; t++) {
      if (home[t] !== home[own] || capacity[t] < load || typeUsed[t] >= most[t]) continue;
      const cost = fixed[t] + rate[t] * length[route];
      if (cost < least) {
        least = cost;
        best = t;
      }
    }
    return best;
  }

  /** `t` is the type the route would have, at `extra` cost. */
  function single(c: number, route: number, t: number, extra: number): void {
    const q = demand[c];
    const room = capacity[t] - q;
    const isBackhaul = kind[c] === BACKHAUL;
    const depot = nodes + route;
    const from = home[t];
    const to = end[t];
    const perUnit = rate[t];
    let node = depot;
    let i = from;
    do {
      if (timed && earliest[node] > due[c]) return;
      const after = next[node];
      const j = after === depot ? to : after;
      const near = distance[i * side + c];
      const far = distance[c * side + j];
      const cost = extra + perUnit * (near + far - leg[node]);
      if (cost < insertion.cost && (isBackhaul ? peakFrom[node] : peakUntil[node]) <= room) {
        if (fits(c, node, i, j, after, route) && rng.float() < look) {
          insertion.cost = cost;
          at = node;
          vehicle = t;
          opensRoute = false;
        }
      }
      node = after;
      i = after;
    } while (node !== depot);
  }

  /** Order, duration and times of a single customer between two nodes with the places i and j. */
  function fits(c: number, node: number, i: number, j: number, after: number, route: number) {
    if (profile && !inOrder(model, plan, c, node)) return false;
    const near = time[i * side + c];
    const far = time[c * side + j];
    if (limited) {
      const before = time[i * side + j];
      if (duration[route] + near + far - before + service[c] > maxDuration) return false;
    }
    if (!timed) return true;
    const leaves = earliest[node] + (node >= nodes ? 0 : service[node]);
    const start = Math.max(ready[c], leaves + near);
    return start <= due[c] && start + service[c] + far <= latest[after];
  }

  function pair(p: number, route: number, t: number, extra: number): void {
    const d = partner[p];
    const q = demand[p];
    const room = capacity[t] - q;
    const depot = nodes + route;
    const to = end[t];
    const perUnit = rate[t];
    const stay = service[p] + service[d];
    let node = depot;
    let i = home[t];
    do {
      if (timed && earliest[node] > due[p]) return;
      const after = next[node];
      const j = after === depot ? to : after;
      const near = distance[i * side + p];
      const change = near + distance[p * side + j] - leg[node];
      let driven = time[i * side + p] + time[p * side + j] - time[i * side + j];
      let clock = 0;
      let feasible = onBoard[node] <= room;
      if (feasible && timed) {
        const leaves = earliest[node] + (node >= nodes ? 0 : service[node]);
        clock = Math.max(ready[p], leaves + time[i * side + p]);
        feasible = clock <= due[p];
        clock += service[p];
      }
      if (feasible) {
        // The drop right behind.
        const close = near + distance[p * side + d] + distance[d * side + j] - leg[node];
        const around =
          time[i * side + p] + time[p * side + d] + time[d * side + j] - time[i * side + j];
        tryDrop(
          extra + perUnit * close,
          around + stay,
          clock,
          p,
          d,
          j,
          after,
          node,
          node,
          route,
          t,
        );
        // Or behind a later node w; `clock` is when the vehicle leaves it.
        let w = after;
        let from = p;
        while (w !== depot && extra + perUnit * change < insertion.cost) {
          if (onBoard[w] > room) break;
          if (timed) {
            const start = Math.max(ready[w], clock + time[from * side + w]);
            if (start > latest[w]) break;
            clock = start + service[w];
          }
          const beyond = next[w];
          const x = beyond === depot ? to : beyond;
          const detour = distance[w * side + d] + distance[d * side + x] - leg[w];
          driven = time[i * side + p] + time[p * side + j] - time[i * side + j];
          driven += time[w * side + d] + time[d * side + x] - time[w * side + x];
          const cost = extra + perUnit * (change + detour);
          tryDrop(cost, driven + stay, clock, w, d, x, beyond, node, w, route, t);
          from = w;
          w = beyond;
        }
      }
      node = after;
      i = after;
    } while (node !== depot);
  }

  /** Takes the places when the drop `d`, come to from `from` left at `clock`, is in time. */
  function tryDrop(
    cost: number,
    longer: number,
    clock: number,
    from: number,
    d: number,
    to: number,
    after: number,
    pickAt: number,
    dropBehind: number,
    route: number,
    t: number,
  ): void {
    if (cost >= insertion.cost) return;
    if (limited && duration[route] + longer > maxDuration) return;
    if (timed) {
      const start = Math.max(ready[d], clock + time[from * side + d]);
      if (start > due[d] || start + service[d] + time[d * side + to] > latest[after]) return;
    }
    if (rng.float() >= look) return;
    insertion.cost = cost;
    at = pickAt;
    dropAt = dropBehind;
    vehicle = t;
    opensRoute = false;
  }

  function onRoute(c: number, route: number): void {
    const own = type[route];
    const q = demand[c];
    const isPair = kind[c] === PICK_UP;
    const full = onBoard[nodes + route] + q > capacity[own];
    if (!full || profile) {
      if (isPair) pair(c, route, own, 0);
      else single(c, route, own, 0);
    }
    if (types === 1) return;
    const peak = peakFrom[nodes + route];
    if (peak + q <= capacity[own]) return;
    const t = larger(route, peak + q);
    if (t < 0 || t === own) return;
    const extra = fixed[t] - fixed[own] + (rate[t] - rate[own]) * length[route];
    if (isPair) pair(c, route, t, extra);
    else single(c, route, t, extra);
  }

  /** Is a route of this type with the customer alone, or the pair alone, in time. */
  function aloneFits(c: number, t: number): boolean {
    const d = kind[c] === PICK_UP ? partner[c] : 0;
    const last = d === 0 ? c : d;
    const out = time[home[t] * side + c];
    const between = d === 0 ? 0 : time[c * side + d];
    const back = time[last * side + end[t]];
    if (limited) {
      const stay = service[c] + (d === 0 ? 0 : service[d]);
      if (out + between + back + stay > maxDuration) return false;
    }
    if (!timed) return true;
    let start = Math.max(ready[c], opens[t] + out);
    if (start > due[c]) return false;
    if (d > 0) {
      start = Math.max(ready[d], start + service[c] + between);
      if (start > due[d]) return false;
    }
    return start + service[last] + back <= closes[t];
  }

  const insertion: RichInsertion = {
    cost: Infinity,
    find(customer) {
      insertion.cost = Infinity;
      const { actives } = plan;
      for (let a = 0; a < actives; a++) if (plan.count[active[a]] > 0) onRoute(customer, active[a]);
    },
    findOn(customer, route) {
      insertion.cost = Infinity;
      if (plan.count[route] > 0) onRoute(customer, route);
    },
    reset() {
      insertion.cost = Infinity;
    },
    considerNew(customer, doubt) {
      let least = insertion.cost;
      const d = kind[customer] === PICK_UP ? partner[customer] : 0;
      for (let t = 0; t < types; t++) {
        if (capacity[t] < demand[customer] || typeUsed[t] >= most[t]) continue;
        const ways =
          distance[home[t] * side + customer] +
          (d === 0 ? 0 : distance[customer * side + d]) +
          distance[(d === 0 ? customer : d) * side + end[t]];
        const cost = fixed[t] + rate[t] * ways;
        let seen = cost;
        if (doubt > 1) {
          const factor = 1 + (doubt - 1) * rng.float();
          seen = rng.float() < 0.5 ? cost * factor : cost / factor;
        }
        if (seen >= least || !aloneFits(customer, t)) continue;
        least = seen;
        insertion.cost = cost;
        vehicle = t;
        opensRoute = true;
      }
    },
    apply(customer) {
      let before = at;
      let behind = dropAt;
      if (opensRoute) before = behind = plan.open(vehicle);
      plan.insert(customer, before);
      const route = plan.routeOf[customer];
      if (kind[customer] === PICK_UP)
        plan.insert(partner[customer], behind === before ? customer : behind);
      if (type[route] !== vehicle) plan.setType(route, vehicle);
      plan.refresh(route);
    },
  };
  return insertion;
}
