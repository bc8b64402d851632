/**
 * Ruin and recreate by string removals (Christiaens & Vanden Berghe 2020) for any mix of variants:
 * pairs leave and come together, customers with a prize stay out where they do not pay, routes take
 * the cheapest vehicle that carries them. This is the state and the steps; the schedule is outside.
 */
import type { Neighbours } from '../../../../src/core/neighbours.ts';
import type { Rng } from '../../../../src/core/rng.ts';
import { log } from '../../../../src/core/math.ts';
import type { VrpSolution } from '../../../../src/problems/vrp/instance.ts';
import type { SearchOptions } from '../search.ts';
import { createRichInsertion, type RichInsertion } from './insertion.ts';
import { DROP, type RichModel } from './model.ts';
import { createRichPlan, type RichPlan } from './plan.ts';

export interface RichSearch {
  /** One ruin, recreate and acceptance at this temperature (units of cost). */
  step(temperature: number): void;
  /**
   * One step that only wants customers back: a plan is accepted when those it leaves out were left
   * out less often, or, those alike, by cost. For taking routes away.
   */
  squeeze(temperature: number): void;
  /** Starts over from a plan; customers in no route are out. Routes must be feasible. */
  load(solution: VrpSolution): void;
  /** Puts in what is out, far customers first; yields 0. For the first plan. */
  construct(): Generator<number, void, void>;
  /** Takes the shortest route away and allows one route less than before. */
  dropRoute(): void;
  /** Most routes from now on. */
  limit(routes: number): void;
  /** Cost of the accepted plan with lost prizes, without penalties. */
  readonly cost: number;
  readonly routes: number;
  /** Customers left out that must be served. */
  readonly missing: number;
  /** Least cost of a plan that serves all it must; Infinity when there was none. */
  readonly bestCost: number;
  best(): VrpSolution;
  accepted(): VrpSolution;
}

/** Chance that one more customer is kept inside a split string. */
const SPLIT_DEPTH = 0.99;
/**
 * Chance that a step takes customers in above their prize, up to so many times, and misjudges new
 * routes as much where there is a choice of vehicles: what pays only for several customers at once.
 */
const GENEROUS = 0.1;
const GENEROSITY = 3;

/** Customers that are out, and what they cost. */
interface Out {
  list: Int32Array;
  length: number;
}

export function createRichSearch(
  model: RichModel,
  neighbours: Neighbours,
  rng: Rng,
  options: SearchOptions,
): RichSearch {
  const { n, nodes, side, distance, home, demand, kind, partner, prize, ready, due } = model;
  const { timed, units } = model;
  const plan: RichPlan = createRichPlan(model);
  const insertion: RichInsertion = createRichInsertion(model, plan, rng, options.blink);
  const { next, routeOf, count, touched } = plan;
  const { list, k } = neighbours;

  let best: VrpSolution = { routes: [] };
  let bestCost = Infinity;
  let limit = model.vehicles;

  const out: Out = { list: new Int32Array(n), length: 0 };
  const keptOut: Out = { list: new Int32Array(n), length: 0 };
  const pool: Out = { list: new Int32Array(n), length: 0 };
  const isPooled = new Uint8Array(n + 1);
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

  const isRuined = new Uint8Array(n);
  const tour = new Int32Array(n);
  const key = new Float64Array(n + 1);
  const sorts = timed ? 17 : 11;
  /** Customers left out that a step takes along. */
  const invites = prize.some((value) => value < Infinity) ? options.meanRemoved : 0;

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

  /** Takes one string, or one with customers kept inside, around a customer. */
  function ruinRoute(customer: number, longestString: number): void {
    const route = routeOf[customer];
    const depot = nodes + route;
    const members = count[route];
    const length = Math.floor(1 + rng.float() * Math.min(members, longestString));
    let position = 0;
    let filled = 0;
    for (let node = next[depot]; node !== depot; node = next[node]) {
      if (node === customer) position = filled;
      tour[filled++] = node;
    }
    let kept = 0;
    if (length > 1 && length < members && rng.float() < 0.5) {
      kept = 1;
      while (length + kept < members && rng.float() < SPLIT_DEPTH) kept++;
    }
    const span = length + kept;
    const low = Math.max(0, position - span + 1);
    const high = Math.min(position, members - span);
    const start = low + Math.floor(rng.float() * (high - low + 1));
    const keptFrom = kept > 0 ? start + Math.floor(rng.float() * (length + 1)) : start + span;
    isRuined[route] = 1;
    plan.touch(route);
    for (let i = start; i < start + span; i++)
      if (i < keptFrom || i >= keptFrom + kept) takeOut(tour[i]);
  }

  function ruin(): void {
    const mean = n / Math.max(1, plan.actives);
    const longestString = Math.min(options.maxString, mean);
    const mostStrings = (4 * options.meanRemoved) / (1 + longestString) - 1;
    const strings = Math.floor(1 + rng.float() * mostStrings);
    const seed = 1 + Math.floor(rng.float() * n);
    let ruined = 0;
    let invited = 0;
    for (let i = -1; i < k; i++) {
      const customer = i < 0 ? seed : list[(seed - 1) * k + i] + 1;
      const route = routeOf[customer];
      if (route < 0) {
        // Left out for its prize: it may come back beside what is taken out.
        const head = kind[customer] === DROP ? partner[customer] : customer;
        if (invited < invites && prize[head] < Infinity && isPooled[head] === 0) {
          toPool(head);
          invited++;
        }
      } else if (ruined < strings && isRuined[route] === 0) {
        ruinRoute(customer, longestString);
        ruined++;
      }
      if (ruined >= strings && invited >= invites) break;
    }
    for (let i = 0; i < plan.touches; i++) {
      isRuined[touched[i]] = 0;
      plan.refresh(touched[i]);
    }
  }

  /** The order of insertion: at random, by demand, far first, near first, and by windows. */
  function sort(): void {
    const rule = rng.float() * sorts;
    const { list: items, length } = pool;
    for (let i = 0; i < length; i++) {
      const c = items[i];
      key[c] =
        rule < 4
          ? rng.float()
          : rule < 8
            ? -demand[c]
            : rule < 10
              ? -far[c]
              : rule < 11
                ? far[c]
                : rule < 13
                  ? due[c] - ready[c]
                  : rule < 15
                    ? ready[c]
                    : -due[c];
    }
    sortPool();
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

  /** Puts a customer where it costs least, unless that is more than its prize (times a factor). */
  function place(c: number, generosity: number): void {
    insertion.find(c);
    if (plan.used < limit) insertion.considerNew(c, model.types > 1 ? generosity : 1);
    if (insertion.cost < Infinity && insertion.cost <= prize[c] * generosity) insertion.apply(c);
    else out.list[out.length++] = c;
  }

  function recreate(): void {
    const generosity = rng.float() < GENEROUS ? 1 + rng.float() * (GENEROSITY - 1) : 1;
    for (let i = 0; i < pool.length; i++) {
      isPooled[pool.list[i]] = 0;
      place(pool.list[i], generosity);
    }
    pool.length = 0;
    if (model.types > 1) for (let i = 0; i < plan.touches; i++) retype(touched[i]);
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

  /** Ruin and recreate; `decide` says whether the plan is kept. */
  function attempt(decide: (absent: number, keptAbsent: number) => boolean): void {
    ruin();
    // Those that must be served always try; optional ones where something is taken out.
    let stay = 0;
    for (let i = 0; i < out.length; i++) {
      const c = out.list[i];
      if (prize[c] === Infinity) toPool(c);
      else if (isPooled[c] === 0) out.list[stay++] = c;
    }
    out.length = stay;
    sort();
    recreate();
    const absent = lost(out, true);
    if (decide(absent, lost(keptOut, true))) {
      plan.keep();
      copy(out, keptOut);
      if (absent === 0) recordBest();
    } else {
      plan.undo();
      copy(keptOut, out);
    }
    plan.settle();
  }

  function noteMissing(): void {
    for (let i = 0; i < out.length; i++)
      if (prize[out.list[i]] === Infinity) leftOut[out.list[i]]++;
  }

  let temperature = 0;
  // −ln U of a 32-bit uniform U in (0, 1].
  const slack = () => -temperature * log((rng.uint32() + 1) / 4294967296);
  const total = (list: Out) => lost(list, false);
  const anneals = (absent: number, keptAbsent: number): boolean => {
    const before = plan.keptCost + total(keptOut) + 4 * longest * keptAbsent;
    const after = plan.cost + total(out) + 4 * longest * absent;
    noteMissing();
    return after < before + slack();
  };
  const squeezes = (absent: number, keptAbsent: number): boolean => {
    noteMissing();
    if (absent !== keptAbsent) return absent < keptAbsent;
    return plan.cost + total(out) < plan.keptCost + total(keptOut) + slack();
  };

  function load(solution: VrpSolution): void {
    plan.restart(solution);
    out.length = 0;
    for (let c = 1; c <= n; c++) if (routeOf[c] < 0 && kind[c] !== DROP) out.list[out.length++] = c;
    copy(out, keptOut);
    recordBest();
  }

  return {
    step(heat) {
      temperature = heat;
      attempt(anneals);
    },
    squeeze(heat) {
      temperature = heat;
      attempt(squeezes);
    },
    load,
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
    dropRoute() {
      const solution = plan.solution();
      const least = solution.routes.reduce((low, route) => Math.min(low, route.length), Infinity);
      const gone = solution.routes.findIndex((route) => route.length === least);
      const { routes, types } = solution;
      limit = Math.max(1, routes.length - 1);
      load({
        routes: routes.filter((_, r) => r !== gone),
        ...(types ? { types: types.filter((_, r) => r !== gone) } : {}),
      });
    },
    limit(routes) {
      limit = Math.min(model.vehicles, routes);
    },
    get cost() {
      return plan.keptCost + total(keptOut);
    },
    get routes() {
      return plan.used;
    },
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
    accepted: () => plan.solution(),
  };
}
