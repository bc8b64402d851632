/** The kernel's search in TypeScript: where there is no WebAssembly, and to test the kernel against. */
import type { Neighbours } from '../../../../src/core/neighbours.ts';
import { MATRIX_LIMIT, type Model } from '../model.ts';
import type { Search, SearchOptions } from '../search.ts';
import { drawsOf, slacks, SPLIT_DEPTH } from './chance.ts';
import { createDescent, descends } from './descent.ts';
import { createInsertion, worthwhileOf } from './insertion.ts';
import { LEG_PERIOD, SLACK_BITS } from './layout.ts';
import { createWorkingPlan } from './working-plan.ts';

export function createTwin(
  model: Model,
  neighbours: Neighbours,
  words: Uint32Array,
  options: SearchOptions,
): Search {
  const rng = drawsOf(words);
  const { n, toDepot, demand, capacity, fleet, timed, ready, due } = model;
  const size = n + 1;
  const plan = createWorkingPlan(model);
  const { next, prev, routeOf, count, active, touched } = plan;
  const insertion = createInsertion(model, neighbours, plan, rng, options.blink);
  const { list, k } = neighbours;
  const worthwhile = worthwhileOf(n, timed);
  const descent =
    options.cache && descends(model) ? createDescent(model, neighbours, plan, options.cache) : null;

  const bestNext = next.slice();
  let bestCost = Infinity;
  /** Routes that may differ between the accepted plan and the best. */
  const differing = new Int32Array(n);
  let differings = 0;
  const differs = new Uint8Array(n);

  /** Customers out of all routes: those removed in this step, and those missing before it. */
  const absent = new Int32Array(n);
  let absents = 0;
  const missing = new Int32Array(n);
  let missings = 0;
  const wasMissing = new Int32Array(n);
  /** How often a customer was left out; weighs its penalty. */
  const leftOut = new Int32Array(size).fill(1);
  let longest = 1;
  for (let i = 1; i <= n; i++) longest = Math.max(longest, toDepot[i]);

  const isRuined = new Uint8Array(n);
  const ruined = new Int32Array(n);
  let ruins = 0;
  const key = new Float64Array(size);
  const sorts = timed ? 17 : 11;

  /** Takes one string, or one with customers kept inside, around a customer. O(string). */
  function ruinRoute(customer: number, longestString: number): void {
    const route = routeOf[customer];
    const members = count[route];
    const length = Math.floor(1 + rng.float() * Math.min(members, longestString));
    let kept = 0;
    if (length > 1 && length < members && rng.float() < 0.5) {
      kept = 1;
      while (length + kept < members && rng.float() < SPLIT_DEPTH) kept++;
    }
    const span = length + kept;
    // How many of the string can stand before the customer, at least and at most.
    let most = 0;
    for (let node = prev[customer]; most < span - 1 && node <= n; node = prev[node]) most++;
    let behind = 0;
    for (let node = next[customer]; behind < span - 1 && node <= n; node = next[node]) behind++;
    const least = span - 1 - behind;
    let first = customer;
    for (let i = least + Math.floor(rng.float() * (most - least + 1)); i > 0; i--)
      first = prev[first];
    isRuined[route] = 1;
    ruined[ruins++] = route;
    if (kept === 0) {
      take(first, length);
      return;
    }
    const head = Math.floor(rng.float() * (length + 1));
    const left = head > 0 ? take(first, head) : first;
    let tail = left;
    for (let i = 0; i < kept; i++) tail = next[tail];
    if (head < length) take(tail, length - head);
  }

  /** Takes customers in a row out; returns the node behind them. */
  function take(first: number, length: number): number {
    let node = first;
    for (let i = 0; i < length; i++) {
      absent[absents++] = node;
      node = next[node];
    }
    descent?.noteCut(first, length);
    plan.cut(first, length);
    return node;
  }

  function ruin(): void {
    absents = 0;
    descent?.begin();
    for (let i = 0; i < missings; i++) absent[absents++] = missing[i];
    const mean = (n - missings) / Math.max(1, plan.actives);
    const longestString = Math.min(options.maxString, mean);
    const mostStrings = (4 * options.meanRemoved) / (1 + longestString) - 1;
    const strings = Math.floor(1 + rng.float() * mostStrings);
    const seed = 1 + Math.floor(rng.float() * n);
    ruins = 0;
    for (let i = -1; i < k && ruins < strings; i++) {
      const customer = i < 0 ? seed : list[(seed - 1) * k + i] + 1;
      const route = routeOf[customer];
      if (route < 0 || isRuined[route] === 1) continue;
      ruinRoute(customer, longestString);
    }
    for (let i = 0; i < ruins; i++) isRuined[ruined[i]] = 0;
  }

  /** The order of insertion: at random, by demand, far first, near first, and by windows. */
  function sort(): void {
    const rule = rng.float() * sorts;
    for (let i = 0; i < absents; i++) {
      const c = absent[i];
      key[c] =
        rule < 4
          ? rng.float()
          : rule < 8
            ? -demand[c]
            : rule < 10
              ? -toDepot[c]
              : rule < 11
                ? toDepot[c]
                : rule < 13
                  ? due[c] - ready[c]
                  : rule < 15
                    ? ready[c]
                    : -due[c];
    }
    for (let i = 1; i < absents; i++) {
      const c = absent[i];
      const own = key[c];
      let j = i - 1;
      for (; j >= 0 && key[absent[j]] > own; j--) absent[j + 1] = absent[j];
      absent[j + 1] = c;
    }
  }

  /** Are there so few customers on routes with room for this one that all are looked at. */
  function hasFewPlaces(c: number): boolean {
    let places = 0;
    for (let a = 0; a < plan.actives; a++)
      if (plan.load[active[a]] <= capacity - demand[c]) places += count[active[a]];
    return places < worthwhile;
  }

  function recreate(): void {
    missings = 0;
    for (let i = 0; i < absents; i++) {
      const c = absent[i];
      const few = hasFewPlaces(c);
      let at = few ? insertion.findAnywhere(c) : insertion.find(c);
      if (at < 0 && !few && (n <= MATRIX_LIMIT || plan.used >= fleet))
        at = insertion.findAnywhere(c);
      if (at >= 0 && insertion.change <= 2 * toDepot[c]) plan.insert(c, at, insertion.change);
      else if (plan.used < fleet) plan.open(c);
      else if (at >= 0) plan.insert(c, at, insertion.change);
      else missing[missings++] = c;
    }
  }

  /** What customers left out cost: more than any detour, and more each time. */
  function penalty(customers: Int32Array, length: number): number {
    let sum = 0;
    for (let i = 0; i < length; i++) sum += leftOut[customers[i]];
    return 4 * longest * sum;
  }

  /** Notes what was accepted. O(length of the routes changed since the last best plan). */
  function recordBest(): void {
    for (let i = 0; i < plan.touches; i++) {
      const route = touched[i];
      if (differs[route] === 1) continue;
      differs[route] = 1;
      differing[differings++] = route;
    }
    if (missings > 0 || plan.cost >= bestCost) return;
    bestCost = plan.cost;
    for (let i = 0; i < differings; i++) {
      const route = differing[i];
      const depot = size + route;
      let node = depot;
      do {
        bestNext[node] = next[node];
        node = next[node];
      } while (node !== depot);
      differs[route] = 0;
    }
    differings = 0;
  }

  let steps = 0;

  function step(temperature: number, reach?: number): void {
    if (steps++ % LEG_PERIOD === 0) plan.measureLegs();
    const missingsBefore = missings;
    for (let i = 0; i < missings; i++) wasMissing[i] = missing[i];
    ruin();
    sort();
    recreate();
    for (let i = 0; i < missings; i++) leftOut[missing[i]]++;
    const before = plan.keptCost + penalty(wasMissing, missingsBefore);
    const left = penalty(missing, missings);
    const slack = slacks[rng.uint32() >>> (32 - SLACK_BITS)];
    const limit = before + temperature * slack;
    if (
      descent &&
      reach !== undefined &&
      plan.cost !== plan.keptCost &&
      plan.cost + left < limit + reach
    )
      descent.run(absent, absents);
    if (plan.cost + left < limit) {
      plan.keep();
      recordBest();
    } else {
      plan.undo();
      missings = missingsBefore;
      for (let i = 0; i < missings; i++) missing[i] = wasMissing[i];
    }
    descent?.outdate();
    plan.settle();
  }

  function load(routes: readonly (readonly number[])[]): void {
    plan.restart(routes);
    descent?.clear();
    missings = 0;
    for (let c = 1; c <= n; c++) if (routeOf[c] < 0) missing[missings++] = c;
    differs.fill(1);
    differings = n;
    for (let route = 0; route < n; route++) differing[route] = route;
    recordBest();
  }

  function routesIn(after: Int32Array): number[][] {
    const routes: number[][] = [];
    for (let route = 0; route < n; route++) {
      const depot = size + route;
      if (after[depot] === depot) continue;
      const members: number[] = [];
      for (let node = after[depot]; node !== depot; node = after[node]) members.push(node);
      routes.push(members);
    }
    return routes;
  }

  return {
    step,
    load,
    get cost() {
      return plan.keptCost;
    },
    get routes() {
      return plan.keptUsed;
    },
    get missing() {
      return missings;
    },
    get bestCost() {
      return bestCost;
    },
    bestRoutes: () => routesIn(bestNext),
    acceptedRoutes: () => routesIn(next),
    restoreBest: () => load(routesIn(bestNext)),
  };
}
