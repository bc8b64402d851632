/**
 * Ruin and recreate, step by step: what `twin.ts`, `insertion.ts` and `working-plan.ts` do in
 * TypeScript, number for number. The state lies where `layout.ts` says; the caller prepares it.
 * A node is named by its number, or by its address within NODE (32 · number).
 */
import {
  ABSENT,
  ACTIVE,
  ACTIVE_AT,
  BEST_NEXT,
  BY_MATRIX,
  COUNT,
  DEMAND,
  DIFFERING,
  DIFFERS,
  DUE,
  DURATION,
  EARLIEST,
  FREE,
  IS_RUINED,
  IS_TOUCHED,
  KEPT_COUNT,
  KEPT_DURATION,
  KEPT_LOAD,
  KEY,
  LATEST,
  LEFT_OUT,
  LEG,
  LEG_BEFORE,
  LEG_PERIOD,
  LOAD,
  MISSING,
  MOST_WAYS,
  NEAR,
  NEAREST_INTEGER,
  NEXT,
  NO_ROUTE,
  NODE,
  NONE,
  PLACE,
  PREV,
  READY,
  ROUTE_OF,
  ROOMY,
  ROUTE,
  RUINED,
  SAVED,
  SAVED_BYTES,
  SCALED_NEAREST,
  SEQUENCE,
  SERVICE,
  SLACK,
  SLACK_BITS,
  STAMP,
  TIME,
  TO_DEPOT,
  TOUCHED,
  TRUNCATED_TENTHS,
  UNBOUNDED,
  WAS_MISSING,
} from './layout';

/** The instance. */
let n: i32 = 0;
let size: i32 = 0;
let near: i32 = 0;
let reach: i32 = 0;
let worthwhile: i32 = 0;
let capacity: i32 = 0;
let fleet: i32 = 0;
let timed: bool = false;
let limited: bool = false;
let maxDuration: f64 = 0;
let mode: i32 = 0;
let scale: f64 = 1;
let matrix: usize = 0;
let farthest: f64 = 0;
let fallback: bool = true;
/** Options. */
let meanRemoved: f64 = 0;
let maxString: f64 = 0;
let splitDepth: f64 = 0;
let look: f64 = 1;
/** The stream of random numbers. */
let s0: u32 = 0;
let s1: u32 = 0;
let s2: u32 = 0;
let s3: u32 = 0;
/** The plan. */
let actives: i32 = 0;
let frees: i32 = 0;
let touches: i32 = 0;
let used: i32 = 0;
let plannedCost: f64 = 0;
let longestLeg: i32 = 0;
let keptUsed: i32 = 0;
let keptCost: f64 = 0;
let keptLongest: i32 = 0;
let absents: i32 = 0;
let missings: i32 = 0;
let ruins: i32 = 0;
let roomies: i32 = 0;
let differings: i32 = 0;
let leastCost: f64 = Infinity;
let stamp: i32 = 0;
let saved: usize = SAVED;
let steps: i32 = 0;
/** Additional distance at the place found last. */
let change: i32 = 0;

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
  n = customers;
  size = n + 1;
  near = neighbours;
  reach = looked;
  worthwhile = scanned;
  capacity = room;
  fleet = vehicles;
  timed = hasWindows;
  limited = hasLimit;
  maxDuration = longestRoute;
  fallback = everywhere;
  // What is in no route counts as in a full one.
  store<i32>(NO_ROUTE, NONE);
  farthest = 1;
  for (let i = 1; i <= n; i++) farthest = max<f64>(farthest, <f64>toDepot(i));
  matrix = NEAR + ((<usize>(n * near)) << 3);
}

export function measureBy(convention: i32, unitsOfDistance: f64): void {
  mode = convention;
  scale = unitsOfDistance;
}

export function choose(removed: f64, longest: f64, depth: f64, blink: f64): void {
  meanRemoved = removed;
  maxString = longest;
  splitDepth = depth;
  look = 1 - blink;
}

export function seed(a: u32, b: u32, c: u32, d: u32): void {
  s0 = a;
  s1 = b;
  s2 = c;
  s3 = d;
}

export function cost(): f64 {
  return keptCost;
}
export function routes(): i32 {
  return keptUsed;
}
export function missing(): i32 {
  return missings;
}
export function bestCost(): f64 {
  return leastCost;
}

/** xoshiro128** (Blackman & Vigna 2018). */
function random(): u32 {
  const result = rotl<u32>(s1 * 5, 7) * 9;
  const t = s1 << 9;
  s2 ^= s0;
  s3 ^= s1;
  s1 ^= s2;
  s0 ^= s3;
  s2 ^= t;
  s3 = rotl<u32>(s3, 11);
  return result;
}
/** Uniform in [0, 1). */
function float(): f64 {
  return <f64>random() * (1.0 / 4294967296.0);
}

function word(list: usize, i: i32): i32 {
  return load<i32>(list + ((<usize>i) << 2));
}
function setWord(list: usize, i: i32, value: i32): void {
  store<i32>(list + ((<usize>i) << 2), value);
}
function nodeAt(node: i32): usize {
  return (<usize>node) << 5;
}
function timeAt(node: i32): usize {
  return (<usize>node) << 4;
}
function routeAt(route: i32): usize {
  return (<usize>route) << 5;
}
function markAt(route: i32): usize {
  return (<usize>route) << 4;
}
function nextOf(node: i32): i32 {
  return load<i32>(nodeAt(node), NEXT);
}
function prevOf(node: i32): i32 {
  return load<i32>(nodeAt(node), PREV);
}
function legOf(node: i32): i32 {
  return load<i32>(nodeAt(node), LEG);
}
function routeOf(node: i32): i32 {
  return load<i32>(nodeAt(node), ROUTE_OF);
}
/** Customer of a node, or 0 for the ends of routes. */
function placeOf(node: i32): i32 {
  return node <= n ? node : 0;
}
function demandOf(customer: i32): i32 {
  return load<i32>(nodeAt(customer), DEMAND);
}
function toDepot(customer: i32): i32 {
  return load<i32>(nodeAt(customer), TO_DEPOT);
}
function readyOf(customer: i32): f64 {
  return load<f64>(nodeAt(customer), READY);
}
function dueOf(customer: i32): f64 {
  return load<f64>(nodeAt(customer), DUE);
}
function serviceOf(customer: i32): f64 {
  return load<f64>(nodeAt(customer), SERVICE);
}
function earliestOf(node: i32): f64 {
  return load<f64>(timeAt(node), EARLIEST);
}
function latestOf(node: i32): f64 {
  return load<f64>(timeAt(node), LATEST);
}

function distance(i: i32, j: i32): i32 {
  return mode == BY_MATRIX
    ? load<i32>(matrix + ((<usize>(i * size + j)) << 2))
    : distanceOfPlaces(i, j);
}
function distanceOfPlaces(i: i32, j: i32): i32 {
  const a = (<usize>i) << 4;
  const b = (<usize>j) << 4;
  const dx = load<f64>(a, PLACE) - load<f64>(b, PLACE);
  const dy = load<f64>(a, PLACE + 8) - load<f64>(b, PLACE + 8);
  const way = sqrt<f64>(dx * dx + dy * dy);
  if (mode == NEAREST_INTEGER) return <i32>floor<f64>(way + 0.5);
  if (mode == TRUNCATED_TENTHS) return <i32>floor<f64>(10 * way);
  if (mode == SCALED_NEAREST) return <i32>floor<f64>(scale * way + 0.5);
  return <i32>ceil<f64>(scale * way);
}

/** Keeps a node as it is, once in a step. */
function save(node: i32): void {
  const at = nodeAt(node);
  if (load<i32>(at, STAMP) == stamp) return;
  store<i32>(at, stamp, STAMP);
  store<i32>(saved, node);
  store<i32>(saved, load<i32>(at, ROUTE_OF), 4);
  v128.store(saved, v128.load(at, NEXT), 16);
  if (timed) v128.store(saved, v128.load(timeAt(node), TIME), 32);
  saved += SAVED_BYTES;
}

function touch(route: i32): void {
  const mark = markAt(route);
  if (load<i32>(mark, IS_TOUCHED) == 1) return;
  store<i32>(mark, 1, IS_TOUCHED);
  setWord(TOUCHED, touches++, route);
  const at = routeAt(route);
  v128.store(at, v128.load(at, LOAD), KEPT_LOAD);
}

function activate(route: i32): void {
  store<i32>(markAt(route), actives, ACTIVE_AT);
  setWord(ACTIVE, actives++, route);
}

function deactivate(route: i32): void {
  const last = word(ACTIVE, --actives);
  const at = load<i32>(markAt(route), ACTIVE_AT);
  setWord(ACTIVE, at, last);
  store<i32>(markAt(last), at, ACTIVE_AT);
  store<i32>(markAt(route), -1, ACTIVE_AT);
  setWord(FREE, frees++, route);
}

function link(before: i32, after: i32, leg: i32): void {
  const a = nodeAt(before);
  const b = nodeAt(after);
  store<i32>(a, after, NEXT);
  store<i32>(a, leg, LEG);
  store<i32>(b, before, PREV);
  store<i32>(b, leg, LEG_BEFORE);
  if (before <= n && after <= n && leg > longestLeg) longestLeg = leg;
}

/** Mends earliest starts from a node on, until one stays. */
function mendForward(from: i32): void {
  let before = prevOf(from);
  for (let node = from; node <= n; node = nextOf(node)) {
    let clock = earliestOf(before) + serviceOf(placeOf(before)) + <f64>legOf(before);
    const opens = readyOf(node);
    if (clock < opens) clock = opens;
    if (clock == earliestOf(node)) return;
    save(node);
    store<f64>(timeAt(node), clock, EARLIEST);
    before = node;
  }
}

/** Mends latest starts from a node back, until one stays. */
function mendBackward(from: i32): void {
  for (let node = from; node <= n; node = prevOf(node)) {
    let clock = latestOf(nextOf(node)) - <f64>legOf(node) - serviceOf(node);
    const closes = dueOf(node);
    if (clock > closes) clock = closes;
    if (clock == latestOf(node)) return;
    save(node);
    store<f64>(timeAt(node), clock, LATEST);
  }
}

function cut(first: i32, length: i32): void {
  const before = prevOf(first);
  const route = routeOf(first);
  touch(route);
  save(before);
  let gone = legOf(before);
  let served: f64 = 0;
  let carried = 0;
  let node = first;
  for (let i = 0; i < length; i++) {
    save(node);
    gone += legOf(node);
    carried += demandOf(node);
    served += serviceOf(node);
    store<i32>(nodeAt(node), -1, ROUTE_OF);
    node = nextOf(node);
  }
  save(node);
  const direct = distance(placeOf(before), placeOf(node));
  link(before, node, direct);
  plannedCost += <f64>direct - <f64>gone;
  const at = routeAt(route);
  store<i32>(at, load<i32>(at, LOAD) - carried, LOAD);
  const left = load<i32>(at, COUNT) - length;
  store<i32>(at, left, COUNT);
  if (left == 0) used--;
  if (limited) {
    const more = <f64>direct - <f64>gone - served;
    store<f64>(at, load<f64>(at, DURATION) + more, DURATION);
  }
  if (!timed) return;
  mendForward(node);
  mendBackward(before);
}

function insert(node: i32, before: i32, more: i32): void {
  const after = nextOf(before);
  const route = routeOf(before);
  touch(route);
  save(before);
  save(node);
  save(after);
  link(before, node, distance(placeOf(before), node));
  link(node, after, distance(node, placeOf(after)));
  plannedCost += <f64>more;
  const at = routeAt(route);
  store<i32>(at, load<i32>(at, LOAD) + demandOf(node), LOAD);
  const served = load<i32>(at, COUNT);
  if (served == 0) used++;
  store<i32>(at, served + 1, COUNT);
  if (limited) store<f64>(at, load<f64>(at, DURATION) + (<f64>more + serviceOf(node)), DURATION);
  store<i32>(nodeAt(node), route, ROUTE_OF);
  if (!timed) return;
  store<f64>(timeAt(node), -Infinity, EARLIEST);
  store<f64>(timeAt(node), -Infinity, LATEST);
  mendForward(node);
  mendBackward(node);
}

/** A route of its own for a customer. */
function open(node: i32): void {
  let route = -1;
  if (frees > 0) {
    route = word(FREE, --frees);
    activate(route);
    setWord(ROOMY, roomies++, route);
  } else {
    for (let a = 0; a < actives && route < 0; a++) {
      const listed = word(ACTIVE, a);
      if (load<i32>(routeAt(listed), COUNT) == 0) route = listed;
    }
  }
  insert(node, size + route, 2 * toDepot(node));
}

function keep(): void {
  keptCost = plannedCost;
  keptUsed = used;
  keptLongest = longestLeg;
}

function undo(): void {
  for (let at: usize = SAVED; at < saved; at += SAVED_BYTES) {
    const node = load<i32>(at);
    store<i32>(nodeAt(node), load<i32>(at, 4), ROUTE_OF);
    v128.store(nodeAt(node), v128.load(at, 16), NEXT);
    if (timed) v128.store(timeAt(node), v128.load(at, 32), TIME);
  }
  for (let i = 0; i < touches; i++) {
    const at = routeAt(word(TOUCHED, i));
    v128.store(at, v128.load(at, KEPT_LOAD), LOAD);
  }
  plannedCost = keptCost;
  used = keptUsed;
  longestLeg = keptLongest;
}

function settle(): void {
  for (let i = 0; i < touches; i++) {
    const route = word(TOUCHED, i);
    store<i32>(markAt(route), 0, IS_TOUCHED);
    if (load<i32>(routeAt(route), COUNT) == 0 && load<i32>(markAt(route), ACTIVE_AT) >= 0)
      deactivate(route);
  }
  touches = 0;
}

function measureLegs(): void {
  longestLeg = 0;
  for (let c = 1; c <= n; c++)
    if (routeOf(c) >= 0 && nextOf(c) <= n && legOf(c) > longestLeg) longestLeg = legOf(c);
  keptLongest = longestLeg;
}

/** Is the place behind `node` in time for the customer. */
function inTime(c: i32, node: i32, here: i32, far: i32): bool {
  let start = earliestOf(node) + serviceOf(placeOf(node)) + <f64>here;
  const opens = readyOf(c);
  if (start < opens) start = opens;
  return start <= dueOf(c) && start + serviceOf(c) + <f64>far <= latestOf(nextOf(node));
}

/** Places beside near neighbours, and ways to and from the depot. */
function find(c: i32): i32 {
  const home = toDepot(c);
  const room = capacity - demandOf(c);
  const spare = maxDuration - serviceOf(c);
  const ways = actives <= MOST_WAYS ? actives : 0;
  const bound = ways > 0 ? longestLeg : UNBOUNDED;
  let best = NONE;
  let at = -1;
  let way = 0;
  let ended = false;
  let entry: usize = NEAR + ((<usize>((c - 1) * near)) << 3);
  const end: usize = entry + ((<usize>reach) << 3);
  for (; entry < end; entry += 8) {
    const word = load<i32>(entry);
    const address = <usize>(word & ~31);
    way = load<i32>(entry, 4);
    const least = way < home ? way + way : way + home;
    if (least - bound >= best) {
      ended = true;
      break;
    }
    const leg = load<i32>(address, LEG);
    const legBefore = load<i32>(address, LEG_BEFORE);
    const on = <usize>(<i32>ROUTE + (load<i32>(address, ROUTE_OF) << 5));
    // Negative for yes, and asked at once: guesses at each would often be wrong.
    const behind = (least - leg - best) & (word << 31);
    const before = (least - legBefore - best) & (word << 30);
    if (((behind | before) & (load<i32>(on, LOAD - ROUTE) - room - 1)) >= 0) continue;
    const most = limited ? spare - load<f64>(on, DURATION - ROUTE) : Infinity;
    const other = <i32>(address >> 5);
    if (behind < 0) {
      const far = distance(c, placeOf(load<i32>(address, NEXT)));
      const more = way + far - leg;
      if (
        more < best &&
        <f64>more <= most &&
        (!timed || inTime(c, other, way, far)) &&
        float() < look
      ) {
        best = more;
        at = other;
      }
    }
    if (before < 0 && least - legBefore < best) {
      const previous = load<i32>(address, PREV);
      const far = distance(c, placeOf(previous));
      const more = far + way - legBefore;
      if (
        more < best &&
        <f64>more <= most &&
        (!timed || inTime(c, previous, far, way)) &&
        float() < look
      ) {
        best = more;
        at = previous;
      }
    }
  }
  if (ended || reach < n - 1) {
    // Whoever was not looked at is as far as the last who was.
    const least = home + way;
    for (let i = 0; i < (ways > 0 ? roomies : 0); i++) {
      const route = word(ROOMY, i);
      const depot = size + route;
      const address = nodeAt(depot);
      const leg = load<i32>(address, LEG);
      const legBefore = load<i32>(address, LEG_BEFORE);
      const on = routeAt(route);
      const isNear = (least - leg - best) | (least - legBefore - best);
      if ((isNear & (load<i32>(on, LOAD) - room - 1) & -load<i32>(on, COUNT)) >= 0) continue;
      const most = limited ? spare - load<f64>(on, DURATION) : Infinity;
      if (least - leg < best) {
        const far = distance(c, load<i32>(address, NEXT));
        const more = home + far - leg;
        if (
          more < best &&
          <f64>more <= most &&
          (!timed || inTime(c, depot, home, far)) &&
          float() < look
        ) {
          best = more;
          at = depot;
        }
      }
      if (least - legBefore < best) {
        const last = load<i32>(address, PREV);
        const far = distance(c, last);
        const more = far + home - legBefore;
        if (
          more < best &&
          <f64>more <= most &&
          (!timed || inTime(c, last, far, home)) &&
          float() < look
        ) {
          best = more;
          at = last;
        }
      }
    }
  }
  change = best;
  return at;
}

/** Every place of every route with room. */
function findAnywhere(c: i32): i32 {
  const room = capacity - demandOf(c);
  const spare = maxDuration - serviceOf(c);
  const closes = dueOf(c);
  const home = toDepot(c);
  let best = NONE;
  let at = -1;
  for (let i = 0; i < roomies; i++) {
    const route = word(ROOMY, i);
    const on = routeAt(route);
    if (load<i32>(on, LOAD) > room || load<i32>(on, COUNT) == 0) continue;
    const depot = size + route;
    const most = limited ? spare - load<f64>(on, DURATION) : Infinity;
    let node = depot;
    let here = home;
    do {
      // Times grow along the route: too late here is too late from here on.
      if (timed && earliestOf(node) > closes) break;
      const after = nextOf(node);
      const far = after == depot ? home : distance(c, after);
      const more = here + far - legOf(node);
      if (
        more < best &&
        <f64>more <= most &&
        (!timed || inTime(c, node, here, far)) &&
        float() < look
      ) {
        best = more;
        at = node;
      }
      node = after;
      here = far;
    } while (node != depot);
  }
  change = best;
  return at;
}

/** Takes customers in a row out; returns the node behind them. */
function take(first: i32, length: i32): i32 {
  let node = first;
  for (let i = 0; i < length; i++) {
    setWord(ABSENT, absents++, node);
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
    while (length + kept < members && float() < splitDepth) kept++;
  }
  const span = length + kept;
  // How many of the string can stand before the customer, at least and at most.
  let most = 0;
  for (let node = prevOf(customer); most < span - 1 && node <= n; node = prevOf(node)) most++;
  let behind = 0;
  for (let node = nextOf(customer); behind < span - 1 && node <= n; node = nextOf(node)) behind++;
  const least = span - 1 - behind;
  let first = customer;
  for (let i = least + <i32>floor<f64>(float() * <f64>(most - least + 1)); i > 0; i--)
    first = prevOf(first);
  store<i32>(markAt(route), 1, IS_RUINED);
  setWord(RUINED, ruins++, route);
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
  absents = missings;
  memory.copy(ABSENT, MISSING, (<usize>missings) << 2);
  const mean = <f64>(n - missings) / <f64>max<i32>(1, actives);
  const longestString = min<f64>(maxString, mean);
  const mostStrings = (4 * meanRemoved) / (1 + longestString) - 1;
  const strings = <i32>floor<f64>(1 + float() * mostStrings);
  const centre = 1 + <i32>floor<f64>(float() * <f64>n);
  const list: usize = NEAR + ((<usize>((centre - 1) * near)) << 3);
  ruins = 0;
  for (let i = -1; i < near && ruins < strings; i++) {
    const customer = i < 0 ? centre : load<i32>(list + ((<usize>i) << 3)) >> 5;
    const route = routeOf(customer);
    if (route < 0 || load<i32>(markAt(route), IS_RUINED) == 1) continue;
    ruinRoute(customer, longestString);
  }
  for (let i = 0; i < ruins; i++) store<i32>(markAt(word(RUINED, i)), 0, IS_RUINED);
}

/** The order of insertion: at random, by demand, far first, near first, and by windows. */
function sort(): void {
  const rule = float() * (timed ? 17.0 : 11.0);
  for (let i = 0; i < absents; i++) {
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

/** Routes with room for one of those to be put back, in the order of the active ones. */
function listRoomy(): void {
  let least = NONE;
  for (let i = 0; i < absents; i++) least = min<i32>(least, demandOf(word(ABSENT, i)));
  const room = capacity - least;
  roomies = 0;
  for (let a = 0; a < actives; a++) {
    const route = word(ACTIVE, a);
    if (load<i32>(routeAt(route), LOAD) <= room) setWord(ROOMY, roomies++, route);
  }
}

/** Are there so few customers on routes with room for this one that all are looked at. */
function hasFewPlaces(c: i32): bool {
  const room = capacity - demandOf(c);
  let places = 0;
  for (let i = 0; i < roomies && places < worthwhile; i++) {
    const on = routeAt(word(ROOMY, i));
    // All bits are set where there is room.
    places += load<i32>(on, COUNT) & ((load<i32>(on, LOAD) - room - 1) >> 31);
  }
  return places < worthwhile;
}

function recreate(): void {
  listRoomy();
  missings = 0;
  for (let i = 0; i < absents; i++) {
    const c = word(ABSENT, i);
    const few = hasFewPlaces(c);
    let at = few ? findAnywhere(c) : find(c);
    if (at < 0 && !few && (fallback || used >= fleet)) at = findAnywhere(c);
    if (at >= 0 && change <= 2 * toDepot(c)) insert(c, at, change);
    else if (used < fleet) open(c);
    else if (at >= 0) insert(c, at, change);
    else setWord(MISSING, missings++, c);
  }
}

/** What customers left out cost. */
function penalty(list: usize, length: i32): f64 {
  let sum: f64 = 0;
  for (let i = 0; i < length; i++) sum += <f64>word(LEFT_OUT, word(list, i));
  return 4 * farthest * sum;
}

function recordBest(): void {
  for (let i = 0; i < touches; i++) {
    const route = word(TOUCHED, i);
    if (load<i32>(markAt(route), DIFFERS) == 1) continue;
    store<i32>(markAt(route), 1, DIFFERS);
    setWord(DIFFERING, differings++, route);
  }
  if (missings > 0 || plannedCost >= leastCost) return;
  leastCost = plannedCost;
  for (let i = 0; i < differings; i++) {
    const route = word(DIFFERING, i);
    const depot = size + route;
    let node = depot;
    do {
      const after = nextOf(node);
      setWord(BEST_NEXT, node, after);
      node = after;
    } while (node != depot);
    store<i32>(markAt(route), 0, DIFFERS);
  }
  differings = 0;
}

/** Nothing counts as changed in the step that begins. */
function begin(): void {
  saved = SAVED;
  if (++stamp == 0x7fffffff) {
    for (let node = 0; node < size + n; node++) store<i32>(nodeAt(node), 0, STAMP);
    stamp = 1;
  }
}

/** One ruin, recreate and acceptance at this temperature. */
export function step(temperature: f64): void {
  if ((steps++ & (LEG_PERIOD - 1)) == 0) measureLegs();
  begin();
  const missingsBefore = missings;
  memory.copy(WAS_MISSING, MISSING, (<usize>missings) << 2);
  ruin();
  sort();
  recreate();
  for (let i = 0; i < missings; i++) {
    const c = word(MISSING, i);
    setWord(LEFT_OUT, c, word(LEFT_OUT, c) + 1);
  }
  const before = keptCost + penalty(WAS_MISSING, missingsBefore);
  const after = plannedCost + penalty(MISSING, missings);
  const share = <usize>(random() >> (32 - SLACK_BITS));
  if (after < before + temperature * load<f64>(share << 3, SLACK)) {
    keep();
    recordBest();
  } else {
    undo();
    missings = missingsBefore;
    memory.copy(MISSING, WAS_MISSING, (<usize>missings) << 2);
  }
  settle();
}

/** Starts over from the plan in SEQUENCE, of so many numbers. */
export function restart(length: i32): void {
  const nodes = size + n;
  memory.fill(NODE, 0, (<usize>nodes) << 5);
  actives = 0;
  frees = 0;
  touches = 0;
  used = 0;
  plannedCost = 0;
  for (let c = 0; c <= n; c++) store<i32>(nodeAt(c), -1, ROUTE_OF);
  for (let route = n - 1; route >= 0; route--) {
    const depot = size + route;
    const at = nodeAt(depot);
    store<i32>(at, depot, NEXT);
    store<i32>(at, depot, PREV);
    store<i32>(at, route, ROUTE_OF);
    store<f64>(timeAt(depot), readyOf(0), EARLIEST);
    store<f64>(timeAt(depot), dueOf(0), LATEST);
    memory.fill(LOAD + routeAt(route), 0, 32);
    store<i32>(markAt(route), -1, ACTIVE_AT);
    store<i32>(markAt(route), 0, IS_TOUCHED);
    store<i32>(markAt(route), 0, IS_RUINED);
    setWord(FREE, frees++, route);
  }
  longestLeg = 0;
  for (let i = 0; i < length; i++) {
    const route = word(FREE, --frees);
    activate(route);
    used++;
    const depot = size + route;
    const on = routeAt(route);
    let before = depot;
    let members = 0;
    let carried = 0;
    let duration: f64 = 0;
    for (; word(SEQUENCE, i) != 0; i++) {
      const node = word(SEQUENCE, i);
      link(before, node, distance(placeOf(before), node));
      plannedCost += <f64>legOf(before);
      duration += <f64>legOf(before) + serviceOf(node);
      store<i32>(nodeAt(node), route, ROUTE_OF);
      store<f64>(timeAt(node), -Infinity, EARLIEST);
      store<f64>(timeAt(node), -Infinity, LATEST);
      carried += demandOf(node);
      members++;
      before = node;
    }
    link(before, depot, toDepot(before));
    plannedCost += <f64>legOf(before);
    duration += <f64>legOf(before);
    store<i32>(on, carried, LOAD);
    store<i32>(on, members, COUNT);
    store<f64>(on, duration, DURATION);
    if (timed) {
      begin();
      mendForward(nextOf(depot));
      mendBackward(prevOf(depot));
    }
  }
  keep();
  missings = 0;
  for (let c = 1; c <= n; c++) if (routeOf(c) < 0) setWord(MISSING, missings++, c);
  differings = n;
  for (let route = 0; route < n; route++) {
    store<i32>(markAt(route), 1, DIFFERS);
    setWord(DIFFERING, route, route);
  }
  recordBest();
  measureLegs();
}
