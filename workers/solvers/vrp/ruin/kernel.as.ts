/**
 * Ruin and recreate, step by step: what `twin.ts`, `insertion.ts` and `working-plan.ts` do in
 * TypeScript, number for number. The state lies where `layout.ts` says; the caller prepares it.
 * A node is named by its number, or by its address within NODE (32 · number).
 */
import {
  ABSENT,
  COUNT,
  IS_RUINED,
  KEY,
  LEFT_OUT,
  LEG_PERIOD,
  MISSING,
  NEAR,
  NONE,
  NO_ROUTE,
  RUINED,
  SLACK,
  SLACK_BITS,
  WAS_MISSING,
} from './layout';
import {
  State,
  demandOf,
  dueOf,
  float,
  markAt,
  nextOf,
  prevOf,
  random,
  readyOf,
  routeAt,
  routeOf,
  setWord,
  toDepot,
  word,
} from './state.part.as';
import {
  begin,
  cut,
  insert,
  keep,
  measureLegs,
  open,
  recordBest,
  settle,
  undo,
} from './plan.part.as';
import { find, findAnywhere, hasFewPlaces, listRoomy } from './insertion.part.as';
import { descend, noteCut, outdate } from './descent.part.as';

export { restart } from './plan.part.as';

export function describe(
  customers: i32,
  neighbours: i32,
  looked: i32,
  scanned: i32,
  room: i32,
  vehicles: i32,
  hasWindows: bool,
  hasLimit: bool,
  longestRoute: f64,
  everywhere: bool,
): void {
  State.n = customers;
  State.size = State.n + 1;
  State.near = neighbours;
  State.reach = looked;
  State.worthwhile = scanned;
  State.capacity = room;
  State.fleet = vehicles;
  State.timed = hasWindows;
  State.limited = hasLimit;
  State.maxDuration = longestRoute;
  State.fallback = everywhere;
  // What is in no route counts as in a full one.
  store<i32>(NO_ROUTE, NONE);
  State.farthest = 1;
  for (let i = 1; i <= State.n; i++) State.farthest = max<f64>(State.farthest, <f64>toDepot(i));
  State.matrix = NEAR + ((<usize>(State.n * State.near)) << 3);
}

export function measureBy(convention: i32, unitsOfDistance: f64): void {
  State.mode = convention;
  State.scale = unitsOfDistance;
}

export function choose(removed: f64, longest: f64, depth: f64, blink: f64): void {
  State.meanRemoved = removed;
  State.maxString = longest;
  State.splitDepth = depth;
  State.look = 1 - blink;
}

/** A local search over the last vertices touched, and so many neighbours of each. */
export function searchLocally(vertices: i32, neighbours: i32): void {
  State.cacheSize = vertices;
  State.granular = neighbours;
}

export function seed(a: u32, b: u32, c: u32, d: u32): void {
  State.s0 = a;
  State.s1 = b;
  State.s2 = c;
  State.s3 = d;
}

export function cost(): f64 {
  return State.keptCost;
}

export function routes(): i32 {
  return State.keptUsed;
}

export function missing(): i32 {
  return State.missings;
}

export function bestCost(): f64 {
  return State.leastCost;
}

/** Takes customers in a row out; returns the node behind them. */
function take(first: i32, length: i32): i32 {
  if (State.cacheSize > 0) noteCut(first, length);
  let node = first;
  for (let i = 0; i < length; i++) {
    setWord(ABSENT, State.absents++, node);
    node = nextOf(node);
  }
  cut(first, length);
  return node;
}

/** Takes one string, or one with customers kept inside, around a customer. */
function ruinRoute(customer: i32, longestString: f64): void {
  const route = routeOf(customer);
  const members = load<i32>(routeAt(route), COUNT);
  const length = <i32>floor<f64>(1 + float() * min<f64>(<f64>members, longestString));
  let kept = 0;
  if (length > 1 && length < members && float() < 0.5) {
    kept = 1;
    while (length + kept < members && float() < State.splitDepth) kept++;
  }
  const span = length + kept;
  // How many of the string can stand before the customer, at least and at most.
  let most = 0;
  for (let node = prevOf(customer); most < span - 1 && node <= State.n; node = prevOf(node)) most++;
  let behind = 0;
  for (let node = nextOf(customer); behind < span - 1 && node <= State.n; node = nextOf(node))
    behind++;
  const least = span - 1 - behind;
  let first = customer;
  for (let i = least + <i32>floor<f64>(float() * <f64>(most - least + 1)); i > 0; i--)
    first = prevOf(first);
  store<i32>(markAt(route), 1, IS_RUINED);
  setWord(RUINED, State.ruins++, route);
  if (kept == 0) {
    take(first, length);
    return;
  }
  const head = <i32>floor<f64>(float() * <f64>(length + 1));
  let tail = head > 0 ? take(first, head) : first;
  for (let i = 0; i < kept; i++) tail = nextOf(tail);
  if (head < length) take(tail, length - head);
}

function ruin(): void {
  State.ends = 0;
  State.absents = State.missings;
  memory.copy(ABSENT, MISSING, (<usize>State.missings) << 2);
  const mean = <f64>(State.n - State.missings) / <f64>max<i32>(1, State.actives);
  const longestString = min<f64>(State.maxString, mean);
  const mostStrings = (4 * State.meanRemoved) / (1 + longestString) - 1;
  const strings = <i32>floor<f64>(1 + float() * mostStrings);
  const centre = 1 + <i32>floor<f64>(float() * <f64>State.n);
  const list: usize = NEAR + ((<usize>((centre - 1) * State.near)) << 3);
  State.ruins = 0;
  for (let i = -1; i < State.near && State.ruins < strings; i++) {
    const customer = i < 0 ? centre : load<i32>(list + ((<usize>i) << 3)) >> 5;
    const route = routeOf(customer);
    if (route < 0 || load<i32>(markAt(route), IS_RUINED) == 1) continue;
    ruinRoute(customer, longestString);
  }
  for (let i = 0; i < State.ruins; i++) store<i32>(markAt(word(RUINED, i)), 0, IS_RUINED);
}

/** The order of insertion: at random, by demand, far first, near first, and by windows. */
function sort(): void {
  const rule = float() * (State.timed ? 17.0 : 11.0);
  for (let i = 0; i < State.absents; i++) {
    const c = word(ABSENT, i);
    let key: f64;
    if (rule < 4) key = float();
    else if (rule < 8) key = -(<f64>demandOf(c));
    else if (rule < 10) key = -(<f64>toDepot(c));
    else if (rule < 11) key = <f64>toDepot(c);
    else if (rule < 13) key = dueOf(c) - readyOf(c);
    else if (rule < 15) key = readyOf(c);
    else key = -dueOf(c);
    let j = i - 1;
    for (; j >= 0 && load<f64>(KEY + ((<usize>j) << 3)) > key; j--) {
      setWord(ABSENT, j + 1, word(ABSENT, j));
      store<f64>(KEY + ((<usize>(j + 1)) << 3), load<f64>(KEY + ((<usize>j) << 3)));
    }
    setWord(ABSENT, j + 1, c);
    store<f64>(KEY + ((<usize>(j + 1)) << 3), key);
  }
}

function recreate(): void {
  listRoomy();
  State.missings = 0;
  for (let i = 0; i < State.absents; i++) {
    const c = word(ABSENT, i);
    const few = hasFewPlaces(c);
    let at = few ? findAnywhere(c) : find(c);
    if (at < 0 && !few && (State.fallback || State.used >= State.fleet)) at = findAnywhere(c);
    if (at >= 0 && State.change <= 2 * toDepot(c)) insert(c, at, State.change);
    else if (State.used < State.fleet) open(c);
    else if (at >= 0) insert(c, at, State.change);
    else setWord(MISSING, State.missings++, c);
  }
}

/** What customers left out cost. */
function penalty(list: usize, length: i32): f64 {
  let sum: f64 = 0;
  for (let i = 0; i < length; i++) sum += <f64>word(LEFT_OUT, word(list, i));
  return 4 * State.farthest * sum;
}

/** One ruin, recreate and acceptance at this temperature; a `reach` of NaN is none. */
export function step(temperature: f64, reach: f64): void {
  if ((State.steps++ & (LEG_PERIOD - 1)) == 0) measureLegs();
  begin();
  const missingsBefore = State.missings;
  memory.copy(WAS_MISSING, MISSING, (<usize>State.missings) << 2);
  ruin();
  sort();
  recreate();
  for (let i = 0; i < State.missings; i++) {
    const c = word(MISSING, i);
    setWord(LEFT_OUT, c, word(LEFT_OUT, c) + 1);
  }
  const before = State.keptCost + penalty(WAS_MISSING, missingsBefore);
  const left = penalty(MISSING, State.missings);
  const share = <usize>(random() >> (32 - SLACK_BITS));
  const limit = before + temperature * load<f64>(share << 3, SLACK);
  if (
    State.cacheSize > 0 &&
    State.plannedCost != State.keptCost &&
    State.plannedCost + left < limit + reach
  )
    descend();
  if (State.plannedCost + left < limit) {
    keep();
    recordBest();
  } else {
    undo();
    State.missings = missingsBefore;
    memory.copy(MISSING, WAS_MISSING, (<usize>State.missings) << 2);
  }
  if (State.cacheSize > 0) outdate();
  settle();
}
