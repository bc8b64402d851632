/**
 * Slack Induction by String Removals (Christiaens & Vanden Berghe 2020): strings of customers are
 * taken out of neighbouring routes and put back greedily, with blinks. This is the state of the
 * search and its one step; the schedule around it is in sisr.ts.
 *
 * Nodes are 0 … n as in the model and one node n + 1 + r for the depot as start and end of route r:
 * routes are circular lists through it. The accepted plan is kept beside the working one; only
 * routes touched by a step are copied from one to the other.
 */
import type { Neighbours } from '../../../src/core/neighbours.ts';
import type { Rng } from '../../../src/core/rng.ts';
import { ln } from '../../../src/problems/vrp/exponential.ts';
import type { Model } from './model.ts';

export interface SearchOptions {
  /** Mean number of customers removed per step. */
  meanRemoved: number;
  /** Longest string. */
  maxString: number;
  /** Chance that an improving insertion place is overlooked. */
  blink: number;
}

export interface Search {
  /** One ruin, recreate and acceptance at this temperature (distance units). */
  step(temperature: number): void;
  /** Starts over from a plan; customers in no route are missing. Routes must be feasible. */
  load(routes: readonly (readonly number[])[]): void;
  /** Distance of the accepted plan in distance units, without penalties. */
  readonly cost: number;
  readonly routes: number;
  /** Customers the accepted plan does not serve; only under a fleet limit. */
  readonly missing: number;
  /** Least distance of a plan that serves all; Infinity when there was none. */
  readonly bestCost: number;
  /** The routes of that plan, freshly copied. */
  bestRoutes(): number[][];
  /** Goes on from the best plan. */
  restoreBest(): void;
}

/** Chance that one more customer is kept inside a split string; high ones measured better. */
const SPLIT_DEPTH = 0.99;

export function createSearch(
  model: Model,
  neighbours: Neighbours,
  rng: Rng,
  options: SearchOptions,
): Search {
  const { n, matrix, toDepot, demand, capacity, fleet, timed, ready, due, service, maxDuration } =
    model;
  const size = n + 1;
  const nodes = size + n;
  const limited = maxDuration < Infinity;

  /** Customer, or 0 for the depot's nodes. */
  const place = new Int32Array(nodes);
  for (let i = 1; i <= n; i++) place[i] = i;

  const next = new Int32Array(nodes);
  const prev = new Int32Array(nodes);
  /** Distance to the next node. */
  const leg = new Int32Array(nodes);
  /** −1 when not served. */
  const routeOf = new Int32Array(nodes).fill(-1);
  /** Earliest start of service; latest that keeps the rest of the route in time. */
  const earliest = new Float64Array(nodes);
  const latest = new Float64Array(nodes);
  const load = new Int32Array(n);
  const count = new Int32Array(n);
  /** Driving and service time. */
  const duration = new Float64Array(n);
  let cost = 0;

  const keptNext = new Int32Array(nodes);
  const keptPrev = new Int32Array(nodes);
  const keptLeg = new Int32Array(nodes);
  const keptEarliest = new Float64Array(nodes);
  const keptLatest = new Float64Array(nodes);
  const keptLoad = new Int32Array(n);
  const keptCount = new Int32Array(n);
  const keptDuration = new Float64Array(n);
  let keptCost = 0;

  const bestNext = new Int32Array(nodes);
  let bestCost = Infinity;

  /** Routes in use (or emptied in this step), and where each stands in the list. */
  const active = new Int32Array(n);
  const activeAt = new Int32Array(n).fill(-1);
  let actives = 0;
  const free = new Int32Array(n);
  let frees = 0;
  /** Routes with customers. */
  let used = 0;
  let keptUsed = 0;

  const touched = new Int32Array(n);
  const isTouched = new Uint8Array(n);
  let touches = 0;
  const isRuined = new Uint8Array(n);

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

  const tour = new Int32Array(n);
  const key = new Float64Array(size);
  const { list, k } = neighbours;
  const sorts = timed ? 17 : 11;

  function touch(route: number): void {
    if (isTouched[route] === 1) return;
    isTouched[route] = 1;
    touched[touches++] = route;
  }

  function activate(route: number): void {
    activeAt[route] = actives;
    active[actives++] = route;
  }

  function deactivate(route: number): void {
    const last = active[--actives];
    active[activeAt[route]] = last;
    activeAt[last] = activeAt[route];
    activeAt[route] = -1;
    free[frees++] = route;
  }

  /** Times of a whole route. */
  function retime(route: number): void {
    const depot = size + route;
    let clock = ready[0];
    let from = depot;
    earliest[depot] = clock;
    for (let node = next[depot]; node !== depot; node = next[node]) {
      clock += service[place[from]] + leg[from];
      if (clock < ready[node]) clock = ready[node];
      earliest[node] = clock;
      from = node;
    }
    clock = due[0];
    latest[depot] = clock;
    for (let node = prev[depot]; node !== depot; node = prev[node]) {
      clock -= leg[node] + service[node];
      if (clock > due[node]) clock = due[node];
      latest[node] = clock;
    }
  }

  function remove(node: number): void {
    const before = prev[node];
    const after = next[node];
    const route = routeOf[node];
    const direct = model.distance(place[before], place[after]);
    const change = direct - leg[before] - leg[node];
    next[before] = after;
    prev[after] = before;
    leg[before] = direct;
    cost += change;
    load[route] -= demand[node];
    if (--count[route] === 0) used--;
    if (limited) duration[route] += change - service[node];
    routeOf[node] = -1;
    absent[absents++] = node;
  }

  function insert(node: number, before: number, change: number): void {
    const after = next[before];
    const route = before > n ? before - size : routeOf[before];
    next[before] = node;
    prev[node] = before;
    next[node] = after;
    prev[after] = node;
    leg[before] = model.distance(place[before], node);
    leg[node] = model.distance(node, place[after]);
    cost += change;
    load[route] += demand[node];
    if (count[route]++ === 0) used++;
    if (limited) duration[route] += change + service[node];
    routeOf[node] = route;
    touch(route);
    if (timed) retime(route);
  }

  /** A route of its own for a customer: a free one, or one emptied in this step. */
  function open(node: number): void {
    let route = -1;
    if (frees > 0) {
      route = free[--frees];
      activate(route);
    } else {
      for (let a = 0; a < actives && route < 0; a++) if (count[active[a]] === 0) route = active[a];
    }
    const depot = size + route;
    next[depot] = depot;
    prev[depot] = depot;
    leg[depot] = 0;
    load[route] = 0;
    count[route] = 0;
    duration[route] = 0;
    insert(node, depot, 2 * toDepot[node]);
  }

  /** Takes one string, or one with customers kept inside, around a customer. */
  function ruinRoute(customer: number, longestString: number): void {
    const route = routeOf[customer];
    const depot = size + route;
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
    touch(route);
    for (let i = start; i < start + span; i++)
      if (i < keptFrom || i >= keptFrom + kept) remove(tour[i]);
  }

  function ruin(): void {
    absents = 0;
    for (let i = 0; i < missings; i++) absent[absents++] = missing[i];
    const mean = (n - missings) / Math.max(1, actives);
    const longestString = Math.min(options.maxString, mean);
    const mostStrings = (4 * options.meanRemoved) / (1 + longestString) - 1;
    const strings = Math.floor(1 + rng.float() * mostStrings);
    const seed = 1 + Math.floor(rng.float() * n);
    let ruined = 0;
    for (let i = -1; i < k && ruined < strings; i++) {
      const customer = i < 0 ? seed : list[(seed - 1) * k + i] + 1;
      const route = routeOf[customer];
      if (route < 0 || isRuined[route] === 1) continue;
      ruinRoute(customer, longestString);
      ruined++;
    }
    for (let i = 0; i < touches; i++) {
      isRuined[touched[i]] = 0;
      if (timed) retime(touched[i]);
    }
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

  let foundChange = 0;

  /** The best place without windows: the node to go before; −1 when there is none. */
  function findPlain(c: number, flat: Int32Array): number {
    const row = c * size;
    const room = capacity - demand[c];
    const spare = maxDuration - service[c];
    const keep = 1 - options.blink;
    let best = 2147483647;
    let at = -1;
    for (let a = 0; a < actives; a++) {
      const route = active[a];
      if (load[route] > room || count[route] === 0) continue;
      const depot = size + route;
      const most = limited ? spare - duration[route] : Infinity;
      let node = depot;
      let near = flat[row];
      do {
        const after = next[node];
        const far = flat[row + place[after]];
        const change = near + far - leg[node];
        if (change < best && change <= most && rng.float() < keep) {
          best = change;
          at = node;
        }
        node = after;
        near = far;
      } while (node !== depot);
    }
    foundChange = best;
    return at;
  }

  /** The best place with windows. */
  function findTimed(c: number, flat: Int32Array): number {
    const row = c * size;
    const room = capacity - demand[c];
    const spare = maxDuration - service[c];
    const keep = 1 - options.blink;
    const opens = ready[c];
    const closes = due[c];
    const stay = service[c];
    let best = 2147483647;
    let at = -1;
    for (let a = 0; a < actives; a++) {
      const route = active[a];
      if (load[route] > room || count[route] === 0) continue;
      const depot = size + route;
      const most = limited ? spare - duration[route] : Infinity;
      let node = depot;
      do {
        // Times grow along the route: too late here is too late from here on.
        if (earliest[node] > closes) break;
        const after = next[node];
        if (latest[after] >= opens) {
          const near = flat[row + place[node]];
          const far = flat[row + place[after]];
          const change = near + far - leg[node];
          if (change < best && change <= most) {
            let start = earliest[node] + service[place[node]] + near;
            if (start < opens) start = opens;
            if (start <= closes && start + stay + far <= latest[after] && rng.float() < keep) {
              best = change;
              at = node;
            }
          }
        }
        node = after;
      } while (node !== depot);
    }
    foundChange = best;
    return at;
  }

  /** Is the place before `node`'s successor open to `c`, and better than what was found. */
  function tryPlace(c: number, node: number, route: number): boolean {
    const after = next[node];
    const near = model.distance(c, place[node]);
    const far = model.distance(c, place[after]);
    const change = near + far - leg[node];
    if (change >= foundChange) return false;
    if (limited && duration[route] + change + service[c] > maxDuration) return false;
    if (timed) {
      const start = Math.max(ready[c], earliest[node] + service[place[node]] + near);
      if (start > due[c] || start + service[c] + far > latest[after]) return false;
    }
    if (rng.float() < options.blink) return false;
    foundChange = change;
    return true;
  }

  /** The best place beside one of the nearest neighbours; for large instances. */
  function findNear(c: number): number {
    const room = capacity - demand[c];
    let at = -1;
    foundChange = 2147483647;
    for (let i = 0; i < k; i++) {
      const other = list[(c - 1) * k + i] + 1;
      const route = routeOf[other];
      if (route < 0 || load[route] > room) continue;
      if (tryPlace(c, other, route)) at = other;
      if (tryPlace(c, prev[other], route)) at = prev[other];
    }
    return at;
  }

  function recreate(): void {
    missings = 0;
    for (let i = 0; i < absents; i++) {
      const c = absent[i];
      const at =
        matrix === null ? findNear(c) : timed ? findTimed(c, matrix) : findPlain(c, matrix);
      if (at >= 0 && foundChange <= 2 * toDepot[c]) insert(c, at, foundChange);
      else if (used < fleet) open(c);
      else if (at >= 0) insert(c, at, foundChange);
      else missing[missings++] = c;
    }
  }

  /** Copies the routes touched from the working plan to the accepted one. */
  function keep(): void {
    for (let i = 0; i < touches; i++) {
      const route = touched[i];
      const depot = size + route;
      let node = depot;
      do {
        keptNext[node] = next[node];
        keptPrev[node] = prev[node];
        keptLeg[node] = leg[node];
        if (timed) {
          keptEarliest[node] = earliest[node];
          keptLatest[node] = latest[node];
        }
        node = next[node];
      } while (node !== depot);
      keptLoad[route] = load[route];
      keptCount[route] = count[route];
      keptDuration[route] = duration[route];
    }
    keptCost = cost;
    keptUsed = used;
  }

  /** The other way round. */
  function undo(): void {
    for (let i = 0; i < touches; i++) {
      const route = touched[i];
      const depot = size + route;
      let node = depot;
      do {
        const after = keptNext[node];
        next[node] = after;
        prev[node] = keptPrev[node];
        leg[node] = keptLeg[node];
        routeOf[node] = route;
        if (timed) {
          earliest[node] = keptEarliest[node];
          latest[node] = keptLatest[node];
        }
        node = after;
      } while (node !== depot);
      load[route] = keptLoad[route];
      count[route] = keptCount[route];
      duration[route] = keptDuration[route];
    }
    cost = keptCost;
    used = keptUsed;
  }

  function penalty(customers: Int32Array, length: number): number {
    let sum = 0;
    for (let i = 0; i < length; i++) sum += leftOut[customers[i]];
    return 4 * longest * sum;
  }

  function step(temperature: number): void {
    const missingsBefore = missings;
    for (let i = 0; i < missings; i++) wasMissing[i] = missing[i];
    ruin();
    sort();
    recreate();
    for (let i = 0; i < missings; i++) leftOut[missing[i]]++;
    const before = keptCost + penalty(wasMissing, missingsBefore);
    const after = cost + penalty(missing, missings);
    // −ln U of a 32-bit uniform U in (0, 1].
    const slack = -temperature * ln((rng.uint32() + 1) / 4294967296);
    if (after < before + slack) {
      keep();
      if (missings === 0 && cost < bestCost) {
        bestCost = cost;
        bestNext.set(next);
      }
    } else {
      // Customers placed in this step that were missing before are in no kept route.
      for (let i = 0; i < missingsBefore; i++) routeOf[wasMissing[i]] = -1;
      undo();
      missings = missingsBefore;
      for (let i = 0; i < missings; i++) missing[i] = wasMissing[i];
    }
    for (let i = 0; i < touches; i++) {
      const route = touched[i];
      isTouched[route] = 0;
      if (count[route] === 0 && activeAt[route] >= 0) deactivate(route);
    }
    touches = 0;
  }

  function clear(): void {
    routeOf.fill(-1);
    activeAt.fill(-1);
    load.fill(0);
    count.fill(0);
    duration.fill(0);
    actives = 0;
    frees = 0;
    for (let route = n - 1; route >= 0; route--) {
      const depot = size + route;
      next[depot] = depot;
      prev[depot] = depot;
      leg[depot] = 0;
      earliest[depot] = ready[0];
      latest[depot] = due[0];
      free[frees++] = route;
    }
    missings = 0;
    cost = 0;
    used = 0;
    touches = 0;
  }

  function loadPlan(routes: readonly (readonly number[])[]): void {
    clear();
    for (const members of routes) {
      if (members.length === 0) continue;
      const route = free[--frees];
      const depot = size + route;
      activate(route);
      used++;
      let before = depot;
      for (const c of members) {
        next[before] = c;
        prev[c] = before;
        leg[before] = model.distance(place[before], c);
        cost += leg[before];
        duration[route] += leg[before] + service[c];
        routeOf[c] = route;
        load[route] += demand[c];
        count[route]++;
        before = c;
      }
      next[before] = depot;
      prev[depot] = before;
      leg[before] = toDepot[before];
      cost += leg[before];
      duration[route] += leg[before];
      if (timed) retime(route);
    }
    for (let c = 1; c <= n; c++) if (routeOf[c] < 0) missing[missings++] = c;
    keptNext.set(next);
    keptPrev.set(prev);
    keptLeg.set(leg);
    keptEarliest.set(earliest);
    keptLatest.set(latest);
    keptLoad.set(load);
    keptCount.set(count);
    keptDuration.set(duration);
    keptCost = cost;
    keptUsed = used;
    if (missings === 0 && cost < bestCost) {
      bestCost = cost;
      bestNext.set(next);
    }
  }

  function bestRoutes(): number[][] {
    const routes: number[][] = [];
    for (let route = 0; route < n; route++) {
      const depot = size + route;
      if (bestNext[depot] === depot) continue;
      const members: number[] = [];
      for (let node = bestNext[depot]; node !== depot; node = bestNext[node]) members.push(node);
      routes.push(members);
    }
    return routes;
  }

  clear();
  bestNext.set(next);
  return {
    step,
    load: loadPlan,
    get cost() {
      return keptCost;
    },
    get routes() {
      return keptUsed;
    },
    get missing() {
      return missings;
    },
    get bestCost() {
      return bestCost;
    },
    bestRoutes,
    restoreBest: () => loadPlan(bestRoutes()),
  };
}
