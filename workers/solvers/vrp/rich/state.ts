/**
 * The state of every ruin and recreate for variants: the plan, who is out of it, and one attempt to
 * change it. Pairs leave and come together, customers with a prize stay out where they do not pay,
 * and routes take the cheapest vehicle that carries them. What is taken out, and in what order it
 * comes back, is the search's business.
 */
import type { Rng } from '../../../../src/core/rng.ts';
import type { VrpSolution } from '../../../../src/problems/vrp/instance.ts';
import { createRichInsertion, type RichInsertion } from './insertion.ts';
import { DROP, type RichModel } from './model.ts';
import { createRichPlan, type RichPlan } from './plan.ts';

/** A list of customers; of a pair, the pick-up stands for both. */
export interface Out {
  list: Int32Array;
  length: number;
}

export interface RichState {
  readonly plan: RichPlan;
  readonly insertion: RichInsertion;
  /** Customers to be put back in the running attempt. */
  readonly pool: Out;
  /** Order in the pool, smallest first, by customer; see `sortPool`. */
  readonly key: Float64Array;
  /** Distance from the nearest depot, by customer. */
  readonly far: Float64Array;
  isPooled(customer: number): boolean;
  /** Puts a customer who is out into the pool. */
  toPool(customer: number): void;
  /** Takes a customer and its partner out of their route, into the pool. */
  takeOut(node: number): void;
  sortPool(): void;
  /** Puts a customer where it costs least, unless that is more than its prize times `generosity`. */
  place(customer: number, generosity: number): void;
  /** Leaves a customer out. */
  leave(customer: number): void;
  /**
   * One attempt: `ruin` takes customers out, those that must be served join them, `recreate` empties
   * the pool, `decide` says whether the plan is kept. `absent` counts how often those were left out
   * that must be served and are not. Returns whether it was kept.
   */
  attempt(
    ruin: () => void,
    recreate: () => void,
    decide: (absent: number, keptAbsent: number) => boolean,
  ): boolean;
  /** Cost of the plan as it stands, with lost prizes. */
  cost(): number;
  /** The same of the accepted plan. */
  keptCost(): number;
  /** What leaving out a customer that must be served costs in comparisons. */
  readonly penalty: number;
  load(solution: VrpSolution): void;
  construct(): Generator<number, void, void>;
  /** Most routes. */
  limit: number;
  readonly missing: number;
  readonly bestCost: number;
  best(): VrpSolution;
}

export function createRichState(model: RichModel, rng: Rng, blink: number): RichState {
  const { n, nodes, distance, side, home, kind, partner, prize, ready, due } = model;
  const { timed, units } = model;
  const plan = createRichPlan(model);
  const insertion = createRichInsertion(model, plan, rng, blink);
  const { next, routeOf, count, touched } = plan;

  let best: VrpSolution = { routes: [] };
  let bestCost = Infinity;
  const out: Out = { list: new Int32Array(n), length: 0 };
  const keptOut: Out = { list: new Int32Array(n), length: 0 };
  const pool: Out = { list: new Int32Array(n), length: 0 };
  const isPooled = new Uint8Array(n + 1);
  const key = new Float64Array(n + 1);
  /** How often a customer was left out. */
  const leftOut = new Float64Array(n + 1).fill(1);
  const far = new Float64Array(n + 1);
  let longest = units;
  for (let c = 1; c <= n; c++) {
    let least = Infinity;
    for (let t = 0; t < model.types; t++) least = Math.min(least, distance[home[t] * side + c]);
    far[c] = least;
    longest = Math.max(longest, least);
  }
  longest *= model.rate.reduce((most, value) => Math.max(most, value), 0) || 1;
  longest += model.fixed.reduce((most, value) => Math.max(most, value), 0);

  const toPool = (customer: number): void => {
    if (isPooled[customer] === 1) return;
    isPooled[customer] = 1;
    pool.list[pool.length++] = customer;
  };

  /** Takes a customer and its partner out of their touched route. */
  function takeOut(node: number): void {
    if (routeOf[node] < 0) return;
    plan.remove(node);
    const other = partner[node];
    if (other > 0) plan.remove(other);
    toPool(kind[node] === DROP ? other : node);
  }

  function sortPool(): void {
    const { list: items, length } = pool;
    for (let i = 1; i < length; i++) {
      const c = items[i];
      const own = key[c];
      let j = i - 1;
      for (; j >= 0 && key[items[j]] > own; j--) items[j + 1] = items[j];
      items[j + 1] = c;
    }
  }

  function place(c: number, generosity: number): void {
    insertion.find(c);
    if (plan.used < state.limit) insertion.considerNew(c, model.types > 1 ? generosity : 1);
    if (insertion.cost < Infinity && insertion.cost <= prize[c] * generosity) insertion.apply(c);
    else out.list[out.length++] = c;
  }

  /** Gives a route the cheapest vehicle that can drive it. O(types·length). */
  function retype(route: number): void {
    const own = plan.type[route];
    if (count[route] === 0) return;
    const load = plan.peakFrom[nodes + route];
    let least = model.fixed[own] + model.rate[own] * plan.length[route];
    let chosen = own;
    for (let t = 0; t < model.types; t++) {
      if (t === own || model.capacity[t] < load || plan.typeUsed[t] >= model.count[t]) continue;
      const moved = home[t] !== home[own];
      const length = moved ? lengthFrom(route, t) : plan.length[route];
      const cost = model.fixed[t] + model.rate[t] * length;
      if (cost < least && (!moved || inTimeFrom(route, t))) {
        least = cost;
        chosen = t;
      }
    }
    if (chosen === own) return;
    plan.setType(route, chosen);
    plan.refresh(route);
  }

  /** Length of a route if it belonged to the depot of another type. */
  function lengthFrom(route: number, t: number): number {
    const depot = nodes + route;
    const own = plan.type[route];
    const first = next[depot];
    const last = plan.prev[depot];
    return (
      plan.length[route] -
      distance[home[own] * side + first] -
      distance[last * side + model.end[own]] +
      distance[home[t] * side + first] +
      distance[last * side + model.end[t]]
    );
  }

  function inTimeFrom(route: number, t: number): boolean {
    if (!timed && !model.limited) return true;
    const { time, service } = model;
    const depot = nodes + route;
    let at = home[t];
    let stay = 0;
    let clock = model.opens[t];
    let driven = 0;
    for (let node = next[depot]; node !== depot; node = next[node]) {
      const drive = time[at * side + node];
      clock = Math.max(ready[node], clock + stay + drive);
      if (clock > due[node]) return false;
      driven += drive + service[node];
      stay = service[node];
      at = node;
    }
    const back = time[at * side + model.end[t]];
    return clock + stay + back <= model.closes[t] && driven + back <= model.maxDuration;
  }

  /** Lost prizes, or, with `must`, how often those were left out that must be served. */
  function lost({ list: items, length }: Out, must: boolean): number {
    let sum = 0;
    for (let i = 0; i < length; i++)
      if ((prize[items[i]] === Infinity) === must)
        sum += must ? leftOut[items[i]] : prize[items[i]];
    return sum;
  }

  function copy(from: Out, to: Out): void {
    for (let i = 0; i < from.length; i++) to.list[i] = from.list[i];
    to.length = from.length;
  }

  function recordBest(): void {
    if (lost(out, true) > 0) return;
    const cost = plan.cost + lost(out, false);
    if (cost >= bestCost - 1e-9 * Math.abs(bestCost)) return;
    bestCost = cost;
    best = plan.solution();
  }

  const state: RichState = {
    plan,
    insertion,
    pool,
    key,
    far,
    isPooled: (customer) => isPooled[customer] === 1,
    toPool,
    takeOut,
    sortPool,
    place,
    leave(customer) {
      out.list[out.length++] = customer;
    },
    attempt(ruin, recreate, decide) {
      ruin();
      for (let i = 0; i < plan.touches; i++) plan.refresh(touched[i]);
      // Those that must be served always try; optional ones only where the ruin asks them.
      let stay = 0;
      for (let i = 0; i < out.length; i++) {
        const c = out.list[i];
        if (prize[c] === Infinity) toPool(c);
        else if (isPooled[c] === 0) out.list[stay++] = c;
      }
      out.length = stay;
      recreate();
      for (let i = 0; i < pool.length; i++) isPooled[pool.list[i]] = 0;
      pool.length = 0;
      if (model.types > 1) for (let i = 0; i < plan.touches; i++) retype(touched[i]);
      const absent = lost(out, true);
      for (let i = 0; i < out.length; i++)
        if (prize[out.list[i]] === Infinity) leftOut[out.list[i]]++;
      const kept = decide(absent, lost(keptOut, true));
      if (kept) {
        plan.keep();
        copy(out, keptOut);
        if (absent === 0) recordBest();
      } else {
        plan.undo();
        copy(keptOut, out);
      }
      plan.settle();
      return kept;
    },
    cost: () => plan.cost + lost(out, false),
    keptCost: () => plan.keptCost + lost(keptOut, false),
    penalty: 4 * longest,
    load(solution) {
      plan.restart(solution);
      out.length = 0;
      for (let c = 1; c <= n; c++)
        if (routeOf[c] < 0 && kind[c] !== DROP) out.list[out.length++] = c;
      copy(out, keptOut);
      recordBest();
    },
    *construct() {
      for (let i = 0; i < out.length; i++) {
        toPool(out.list[i]);
        key[out.list[i]] = timed ? due[out.list[i]] : -far[out.list[i]];
      }
      out.length = 0;
      const order = pool.list.slice(0, pool.length).sort((a, b) => key[a] - key[b] || a - b);
      pool.length = 0;
      for (let i = 0; i < order.length; i++) {
        isPooled[order[i]] = 0;
        place(order[i], 1);
        if (i % 32 === 31) yield 0;
      }
      plan.keep();
      copy(out, keptOut);
      recordBest();
      plan.settle();
    },
    limit: model.vehicles,
    get missing() {
      let missing = 0;
      for (let i = 0; i < keptOut.length; i++) if (prize[keptOut.list[i]] === Infinity) missing++;
      return missing;
    },
    get bestCost() {
      return bestCost;
    },
    best: () => ({
      routes: best.routes.map((route) => [...route]),
      ...(best.types ? { types: [...best.types] } : {}),
    }),
  };
  return state;
}
