/**
 * Sequential insertion (Solomon 1987, I1): one route after the other takes the customers that gain
 * most by it. It needs fewer vehicles than savings do where windows are narrow.
 */
import type { Model } from './model.ts';

/** Above so many customers it would take seconds. */
const MOST_CUSTOMERS = 2000;
/** Places looked at between two yields. */
const PART = 20_000;

/** What a route begins with, and what a delay of its later customers weighs against the detour. */
const RULES = [
  { farFirst: true, delay: 0 },
  { farFirst: false, delay: 0 },
  { farFirst: true, delay: 0.5 },
  { farFirst: false, delay: 0.5 },
] as const;
/** Weight of the way from the depot that a customer saves by not going alone. */
const ALONE = 2;

/**
 * A plan that serves all within the fleet, or null when no rule finds one. Yields 0.
 * O(customers² · customers of a route) a rule.
 */
export function* sequentialPlan(model: Model): Generator<number, number[][] | null, void> {
  if (model.n > MOST_CUSTOMERS) return null;
  for (const rule of RULES) {
    if (rule.delay > 0 && !model.timed) break;
    const plan = yield* planBy(model, rule);
    if (plan) return plan;
  }
  return null;
}

function* planBy(
  model: Model,
  rule: (typeof RULES)[number],
): Generator<number, number[][] | null, void> {
  const { n, fleet, demand, capacity, ready, due, service, maxDuration, toDepot, distance } = model;
  const open = Int32Array.from({ length: n }, (_, i) => i + 1);
  let opens = n;
  /** Depot, customers, depot; earliest starts, and the latest that keep the rest in time. */
  const route = new Int32Array(n + 2);
  const earliest = new Float64Array(n + 2);
  const latest = new Float64Array(n + 2);
  let length = 0;
  let load = 0;
  /** Driving and service; a limited duration does not count waiting. */
  let duration = 0;

  const take = (index: number, place: number, detour: number): void => {
    const customer = open[index];
    open[index] = open[--opens];
    route.copyWithin(place + 1, place, length + 2);
    route[place] = customer;
    length++;
    load += demand[customer];
    duration += detour + service[customer];
    earliest[0] = ready[0];
    for (let p = 1; p <= length; p++) {
      const from = route[p - 1];
      const arrival = earliest[p - 1] + service[from] + distance(from, route[p]);
      earliest[p] = Math.max(ready[route[p]], arrival);
    }
    latest[length + 1] = due[0];
    for (let p = length; p >= 1; p--) {
      const departure = latest[p + 1] - distance(route[p], route[p + 1]) - service[route[p]];
      latest[p] = Math.min(due[route[p]], departure);
    }
  };

  const plan: number[][] = [];
  let work = 0;
  while (opens > 0) {
    if (plan.length === fleet) return null;
    route.fill(0, 0, length + 2);
    length = load = duration = 0;
    let seed = 0;
    for (let i = 1; i < opens; i++) {
      const [a, b] = [open[i], open[seed]];
      const sooner = due[a] - due[b];
      const farther = toDepot[b] - toDepot[a];
      if ((rule.farFirst ? farther : sooner || farther) < 0) seed = i;
    }
    take(seed, 1, 2 * toDepot[open[seed]]);
    for (;;) {
      let most = -Infinity;
      let chosen = -1;
      let place = 0;
      let detour = 0;
      for (let i = 0; i < opens; i++) {
        const c = open[i];
        if (load + demand[c] > capacity) continue;
        let least = Infinity;
        let at = 0;
        let way = 0;
        for (let p = 1; p <= length + 1; p++) {
          const [before, after] = [route[p - 1], route[p]];
          const arrival = earliest[p - 1] + service[before] + distance(before, c);
          const start = Math.max(ready[c], arrival);
          if (start > due[c]) break;
          const next = start + service[c] + distance(c, after);
          if (next > latest[p]) continue;
          const more = distance(before, c) + distance(c, after) - distance(before, after);
          if (duration + more + service[c] > maxDuration) continue;
          const delay = rule.delay > 0 ? Math.max(0, next - earliest[p]) : 0;
          const cost = (1 - rule.delay) * more + rule.delay * (p <= length ? delay : 0);
          if (cost >= least) continue;
          least = cost;
          at = p;
          way = more;
        }
        work += length;
        const gain = ALONE * toDepot[c] - least;
        if (at === 0 || gain <= most) continue;
        most = gain;
        chosen = i;
        place = at;
        detour = way;
      }
      if (work > PART) {
        work = 0;
        yield 0;
      }
      if (chosen < 0) break;
      take(chosen, place, detour);
    }
    plan.push(Array.from(route.subarray(1, length + 1)));
  }
  return plan;
}
