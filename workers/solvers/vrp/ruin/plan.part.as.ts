/** The plan the kernel works on: what `working-plan.ts` is in TypeScript. */
import {
  ACTIVE,
  ACTIVE_AT,
  BEST_NEXT,
  COUNT,
  DIFFERING,
  DIFFERS,
  DURATION,
  EARLIEST,
  FREE,
  INDEXED,
  IS_RUINED,
  IS_TOUCHED,
  KEPT_LOAD,
  LATEST,
  LEG,
  LEG_BEFORE,
  LOAD,
  MISSING,
  NEWER,
  NEXT,
  NODE,
  PREV,
  ROOMY,
  ROUTE_OF,
  SAVED,
  SAVED_BYTES,
  SEQUENCE,
  STAMP,
  TIME,
  TOUCHED,
} from './layout';
import {
  State,
  demandOf,
  distance,
  dueOf,
  earliestOf,
  latestOf,
  legOf,
  markAt,
  nextOf,
  nodeAt,
  placeOf,
  prevOf,
  readyOf,
  routeAt,
  routeOf,
  serviceOf,
  setWord,
  timeAt,
  toDepot,
  word,
} from './state.part.as';

/** Keeps a node as it is, once in a step. */
export function save(node: i32): void {
  const at = nodeAt(node);
  if (load<i32>(at, STAMP) == State.stamp) return;
  store<i32>(at, State.stamp, STAMP);
  store<i32>(State.saved, node);
  store<i32>(State.saved, load<i32>(at, ROUTE_OF), 4);
  v128.store(State.saved, v128.load(at, NEXT), 16);
  if (State.timed) v128.store(State.saved, v128.load(timeAt(node), TIME), 32);
  State.saved += SAVED_BYTES;
}

export function touch(route: i32): void {
  const mark = markAt(route);
  if (load<i32>(mark, IS_TOUCHED) == 1) return;
  store<i32>(mark, 1, IS_TOUCHED);
  setWord(TOUCHED, State.touches++, route);
  const at = routeAt(route);
  v128.store(at, v128.load(at, LOAD), KEPT_LOAD);
}

export function activate(route: i32): void {
  store<i32>(markAt(route), State.actives, ACTIVE_AT);
  setWord(ACTIVE, State.actives++, route);
}

export function deactivate(route: i32): void {
  const last = word(ACTIVE, --State.actives);
  const at = load<i32>(markAt(route), ACTIVE_AT);
  setWord(ACTIVE, at, last);
  store<i32>(markAt(last), at, ACTIVE_AT);
  store<i32>(markAt(route), -1, ACTIVE_AT);
  setWord(FREE, State.frees++, route);
}

export function link(before: i32, after: i32, leg: i32): void {
  const a = nodeAt(before);
  const b = nodeAt(after);
  store<i32>(a, after, NEXT);
  store<i32>(a, leg, LEG);
  store<i32>(b, before, PREV);
  store<i32>(b, leg, LEG_BEFORE);
  if (before <= State.n && after <= State.n && leg > State.longestLeg) State.longestLeg = leg;
}

/** Mends earliest starts from a node on, until one stays. */
export function mendForward(from: i32): void {
  let before = prevOf(from);
  for (let node = from; node <= State.n; node = nextOf(node)) {
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
export function mendBackward(from: i32): void {
  for (let node = from; node <= State.n; node = prevOf(node)) {
    let clock = latestOf(nextOf(node)) - <f64>legOf(node) - serviceOf(node);
    const closes = dueOf(node);
    if (clock > closes) clock = closes;
    if (clock == latestOf(node)) return;
    save(node);
    store<f64>(timeAt(node), clock, LATEST);
  }
}

export function cut(first: i32, length: i32): void {
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
  State.plannedCost += <f64>direct - <f64>gone;
  const at = routeAt(route);
  store<i32>(at, load<i32>(at, LOAD) - carried, LOAD);
  const left = load<i32>(at, COUNT) - length;
  store<i32>(at, left, COUNT);
  if (left == 0) State.used--;
  if (State.limited) {
    const more = <f64>direct - <f64>gone - served;
    store<f64>(at, load<f64>(at, DURATION) + more, DURATION);
  }
  if (!State.timed) return;
  mendForward(node);
  mendBackward(before);
}

export function insert(node: i32, before: i32, more: i32): void {
  const after = nextOf(before);
  const route = routeOf(before);
  touch(route);
  save(before);
  save(node);
  save(after);
  link(before, node, distance(placeOf(before), node));
  link(node, after, distance(node, placeOf(after)));
  State.plannedCost += <f64>more;
  const at = routeAt(route);
  store<i32>(at, load<i32>(at, LOAD) + demandOf(node), LOAD);
  const served = load<i32>(at, COUNT);
  if (served == 0) State.used++;
  store<i32>(at, served + 1, COUNT);
  if (State.limited)
    store<f64>(at, load<f64>(at, DURATION) + (<f64>more + serviceOf(node)), DURATION);
  store<i32>(nodeAt(node), route, ROUTE_OF);
  if (!State.timed) return;
  store<f64>(timeAt(node), -Infinity, EARLIEST);
  store<f64>(timeAt(node), -Infinity, LATEST);
  mendForward(node);
  mendBackward(node);
}

/** A route of its own for a customer. */
export function open(node: i32): void {
  let route = -1;
  if (State.frees > 0) {
    route = word(FREE, --State.frees);
    activate(route);
    setWord(ROOMY, State.roomies++, route);
  } else {
    for (let a = 0; a < State.actives && route < 0; a++) {
      const listed = word(ACTIVE, a);
      if (load<i32>(routeAt(listed), COUNT) == 0) route = listed;
    }
  }
  insert(node, State.size + route, 2 * toDepot(node));
}

export function keep(): void {
  State.keptCost = State.plannedCost;
  State.keptUsed = State.used;
  State.keptLongest = State.longestLeg;
}

export function undo(): void {
  for (let at: usize = SAVED; at < State.saved; at += SAVED_BYTES) {
    const node = load<i32>(at);
    store<i32>(nodeAt(node), load<i32>(at, 4), ROUTE_OF);
    v128.store(nodeAt(node), v128.load(at, 16), NEXT);
    if (State.timed) v128.store(timeAt(node), v128.load(at, 32), TIME);
  }
  for (let i = 0; i < State.touches; i++) {
    const at = routeAt(word(TOUCHED, i));
    v128.store(at, v128.load(at, KEPT_LOAD), LOAD);
  }
  State.plannedCost = State.keptCost;
  State.used = State.keptUsed;
  State.longestLeg = State.keptLongest;
}

export function settle(): void {
  for (let i = 0; i < State.touches; i++) {
    const route = word(TOUCHED, i);
    store<i32>(markAt(route), 0, IS_TOUCHED);
    if (load<i32>(routeAt(route), COUNT) == 0 && load<i32>(markAt(route), ACTIVE_AT) >= 0)
      deactivate(route);
  }
  State.touches = 0;
}

export function measureLegs(): void {
  State.longestLeg = 0;
  for (let c = 1; c <= State.n; c++)
    if (routeOf(c) >= 0 && nextOf(c) <= State.n && legOf(c) > State.longestLeg)
      State.longestLeg = legOf(c);
  State.keptLongest = State.longestLeg;
}

/** Nothing counts as changed in the step that begins. */
export function begin(): void {
  State.saved = SAVED;
  if (++State.stamp == 0x7fffffff) {
    for (let node = 0; node < State.size + State.n; node++) store<i32>(nodeAt(node), 0, STAMP);
    State.stamp = 1;
  }
}

/** Starts over from the plan in SEQUENCE, of so many numbers. */
export function restart(length: i32): void {
  const nodes = State.size + State.n;
  memory.fill(NODE, 0, (<usize>nodes) << 5);
  State.actives = 0;
  State.frees = 0;
  State.touches = 0;
  State.used = 0;
  State.plannedCost = 0;
  for (let c = 0; c <= State.n; c++) store<i32>(nodeAt(c), -1, ROUTE_OF);
  for (let route = State.n - 1; route >= 0; route--) {
    const depot = State.size + route;
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
    setWord(INDEXED, route, 0);
    setWord(FREE, State.frees++, route);
  }
  for (let c = 0; c <= State.n; c++) setWord(NEWER, c, c > 0 ? -1 : 0);
  State.longestLeg = 0;
  for (let i = 0; i < length; i++) {
    const route = word(FREE, --State.frees);
    activate(route);
    State.used++;
    const depot = State.size + route;
    const on = routeAt(route);
    let before = depot;
    let members = 0;
    let carried = 0;
    let duration: f64 = 0;
    for (; word(SEQUENCE, i) != 0; i++) {
      const node = word(SEQUENCE, i);
      link(before, node, distance(placeOf(before), node));
      State.plannedCost += <f64>legOf(before);
      duration += <f64>legOf(before) + serviceOf(node);
      store<i32>(nodeAt(node), route, ROUTE_OF);
      store<f64>(timeAt(node), -Infinity, EARLIEST);
      store<f64>(timeAt(node), -Infinity, LATEST);
      carried += demandOf(node);
      members++;
      before = node;
    }
    link(before, depot, toDepot(before));
    State.plannedCost += <f64>legOf(before);
    duration += <f64>legOf(before);
    store<i32>(on, carried, LOAD);
    store<i32>(on, members, COUNT);
    store<f64>(on, duration, DURATION);
    if (State.timed) {
      begin();
      mendForward(nextOf(depot));
      mendBackward(prevOf(depot));
    }
  }
  keep();
  State.missings = 0;
  for (let c = 1; c <= State.n; c++) if (routeOf(c) < 0) setWord(MISSING, State.missings++, c);
  State.differings = State.n;
  for (let route = 0; route < State.n; route++) {
    store<i32>(markAt(route), 1, DIFFERS);
    setWord(DIFFERING, route, route);
  }
  recordBest();
  measureLegs();
}

export function recordBest(): void {
  for (let i = 0; i < State.touches; i++) {
    const route = word(TOUCHED, i);
    if (load<i32>(markAt(route), DIFFERS) == 1) continue;
    store<i32>(markAt(route), 1, DIFFERS);
    setWord(DIFFERING, State.differings++, route);
  }
  if (State.missings > 0 || State.plannedCost >= State.leastCost) return;
  State.leastCost = State.plannedCost;
  for (let i = 0; i < State.differings; i++) {
    const route = word(DIFFERING, i);
    const depot = State.size + route;
    let node = depot;
    do {
      const after = nextOf(node);
      setWord(BEST_NEXT, node, after);
      node = after;
    } while (node != depot);
    store<i32>(markAt(route), 0, DIFFERS);
  }
  State.differings = 0;
}
