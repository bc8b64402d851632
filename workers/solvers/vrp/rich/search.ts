/**
 * Ruin and recreate by string removals (Christiaens & Vanden Berghe 2020) for any mix of variants:
 * what is taken out, in what order it comes back, and what is accepted. The schedule is outside.
 */
import type { Neighbours } from '../../../../src/core/neighbours.ts';
import type { Rng } from '../../../../src/core/rng.ts';
import { log } from '../../../../src/core/math.ts';
import type { VrpSolution } from '../../../../src/problems/vrp/instance.ts';
import type { SearchOptions } from '../search.ts';
import { DROP, type RichModel } from './model.ts';
import { createRichState, type RichState } from './state.ts';

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

export function createRichSearch(
  model: RichModel,
  neighbours: Neighbours,
  rng: Rng,
  options: SearchOptions,
): RichSearch {
  const state = createRichState(model, rng, options.blink);
  const strings = createStringRuin(model, neighbours, rng, state, options);
  const generosity = (): number =>
    rng.float() < GENEROUS ? 1 + rng.float() * (GENEROSITY - 1) : 1;

  function recreate(): void {
    sortByRule(model, rng, state);
    const { pool } = state;
    const factor = generosity();
    for (let i = 0; i < pool.length; i++) state.place(pool.list[i], factor);
  }

  let temperature = 0;
  // −ln U of a 32-bit uniform U in (0, 1].
  const slack = () => -temperature * log((rng.uint32() + 1) / 4294967296);
  const anneals = (absent: number, keptAbsent: number): boolean =>
    state.cost() + state.penalty * absent < state.keptCost() + state.penalty * keptAbsent + slack();
  const squeezes = (absent: number, keptAbsent: number): boolean =>
    absent === keptAbsent ? state.cost() < state.keptCost() + slack() : absent < keptAbsent;

  return {
    step(heat) {
      temperature = heat;
      state.attempt(strings, recreate, anneals);
    },
    squeeze(heat) {
      temperature = heat;
      state.attempt(strings, recreate, squeezes);
    },
    load: state.load,
    construct: state.construct,
    dropRoute() {
      const { routes, types } = state.plan.solution();
      const least = routes.reduce((low, route) => Math.min(low, route.length), Infinity);
      const gone = routes.findIndex((route) => route.length === least);
      state.limit = Math.max(1, routes.length - 1);
      state.load({
        routes: routes.filter((_, r) => r !== gone),
        ...(types ? { types: types.filter((_, r) => r !== gone) } : {}),
      });
    },
    limit(routes) {
      state.limit = Math.min(model.vehicles, routes);
    },
    get cost() {
      return state.keptCost();
    },
    get routes() {
      return state.plan.used;
    },
    get missing() {
      return state.missing;
    },
    get bestCost() {
      return state.bestCost;
    },
    best: state.best,
    accepted: () => state.plan.solution(),
  };
}

/** A ruin that takes strings of customers out of routes near one another. */
export function createStringRuin(
  model: RichModel,
  neighbours: Neighbours,
  rng: Rng,
  state: RichState,
  options: SearchOptions,
): () => void {
  const { n, nodes, kind, partner, prize } = model;
  const { plan, toPool, takeOut } = state;
  const { next, routeOf, count, touched } = plan;
  const { list, k } = neighbours;
  const isRuined = new Uint8Array(n);
  const tour = new Int32Array(n);
  /** Customers left out that a step takes along. */
  const invites = prize.some((value) => value < Infinity) ? options.meanRemoved : 0;

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

  return () => {
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
        if (invited < invites && prize[head] < Infinity && !state.isPooled(head)) {
          toPool(head);
          invited++;
        }
      } else if (ruined < strings && isRuined[route] === 0) {
        ruinRoute(customer, longestString);
        ruined++;
      }
      if (ruined >= strings && invited >= invites) break;
    }
    for (let i = 0; i < plan.touches; i++) isRuined[touched[i]] = 0;
  };
}

/** The order of insertion: at random, by demand, far first, near first, and by windows. */
export function sortByRule(model: RichModel, rng: Rng, state: RichState): void {
  const { demand, ready, due, timed } = model;
  const { pool, key, far } = state;
  const rule = rng.float() * (timed ? 17 : 11);
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
  state.sortPool();
}
