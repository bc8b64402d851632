/** Where a customer goes at least cost: what `insertion.ts` is in TypeScript. */
import {
  ABSENT,
  ACTIVE,
  COUNT,
  DURATION,
  LEG,
  LEG_BEFORE,
  LOAD,
  MOST_WAYS,
  NEAR,
  NEXT,
  NONE,
  PREV,
  ROOMY,
  ROUTE,
  ROUTE_OF,
  UNBOUNDED,
} from './layout';
import {
  State,
  demandOf,
  distance,
  dueOf,
  earliestOf,
  float,
  latestOf,
  legOf,
  nextOf,
  nodeAt,
  placeOf,
  readyOf,
  routeAt,
  serviceOf,
  setWord,
  toDepot,
  word,
} from './state.part.as';

/** Is the place behind `node` in time for the customer. */
export function inTime(c: i32, node: i32, here: i32, far: i32): bool {
  let start = earliestOf(node) + serviceOf(placeOf(node)) + <f64>here;
  const opens = readyOf(c);
  if (start < opens) start = opens;
  return start <= dueOf(c) && start + serviceOf(c) + <f64>far <= latestOf(nextOf(node));
}

/** Places beside near neighbours, and ways to and from the depot. */
export function find(c: i32): i32 {
  const home = toDepot(c);
  const room = State.capacity - demandOf(c);
  const spare = State.maxDuration - serviceOf(c);
  const ways = State.actives <= MOST_WAYS ? State.actives : 0;
  const bound = ways > 0 ? State.longestLeg : UNBOUNDED;
  let best = NONE;
  let at = -1;
  let way = 0;
  let ended = false;
  let entry: usize = NEAR + ((<usize>((c - 1) * State.near)) << 3);
  const end: usize = entry + ((<usize>State.reach) << 3);
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
    const most = State.limited ? spare - load<f64>(on, DURATION - ROUTE) : Infinity;
    const other = <i32>(address >> 5);
    if (behind < 0) {
      const far = distance(c, placeOf(load<i32>(address, NEXT)));
      const more = way + far - leg;
      if (
        more < best &&
        <f64>more <= most &&
        (!State.timed || inTime(c, other, way, far)) &&
        float() < State.look
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
        (!State.timed || inTime(c, previous, far, way)) &&
        float() < State.look
      ) {
        best = more;
        at = previous;
      }
    }
  }
  if (ended || State.reach < State.n - 1) {
    // Whoever was not looked at is as far as the last who was.
    const least = home + way;
    for (let i = 0; i < (ways > 0 ? State.roomies : 0); i++) {
      const route = word(ROOMY, i);
      const depot = State.size + route;
      const address = nodeAt(depot);
      const leg = load<i32>(address, LEG);
      const legBefore = load<i32>(address, LEG_BEFORE);
      const on = routeAt(route);
      const isNear = (least - leg - best) | (least - legBefore - best);
      if ((isNear & (load<i32>(on, LOAD) - room - 1) & -load<i32>(on, COUNT)) >= 0) continue;
      const most = State.limited ? spare - load<f64>(on, DURATION) : Infinity;
      if (least - leg < best) {
        const far = distance(c, load<i32>(address, NEXT));
        const more = home + far - leg;
        if (
          more < best &&
          <f64>more <= most &&
          (!State.timed || inTime(c, depot, home, far)) &&
          float() < State.look
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
          (!State.timed || inTime(c, last, far, home)) &&
          float() < State.look
        ) {
          best = more;
          at = last;
        }
      }
    }
  }
  State.change = best;
  return at;
}

/** Every place of every route with room. */
export function findAnywhere(c: i32): i32 {
  const room = State.capacity - demandOf(c);
  const spare = State.maxDuration - serviceOf(c);
  const closes = dueOf(c);
  const home = toDepot(c);
  let best = NONE;
  let at = -1;
  for (let i = 0; i < State.roomies; i++) {
    const route = word(ROOMY, i);
    const on = routeAt(route);
    if (load<i32>(on, LOAD) > room || load<i32>(on, COUNT) == 0) continue;
    const depot = State.size + route;
    const most = State.limited ? spare - load<f64>(on, DURATION) : Infinity;
    let node = depot;
    let here = home;
    do {
      // Times grow along the route: too late here is too late from here on.
      if (State.timed && earliestOf(node) > closes) break;
      const after = nextOf(node);
      const far = after == depot ? home : distance(c, after);
      const more = here + far - legOf(node);
      if (
        more < best &&
        <f64>more <= most &&
        (!State.timed || inTime(c, node, here, far)) &&
        float() < State.look
      ) {
        best = more;
        at = node;
      }
      node = after;
      here = far;
    } while (node != depot);
  }
  State.change = best;
  return at;
}

/** Routes with room for one of those to be put back, in the order of the active ones. */
export function listRoomy(): void {
  let least = NONE;
  for (let i = 0; i < State.absents; i++) least = min<i32>(least, demandOf(word(ABSENT, i)));
  const room = State.capacity - least;
  State.roomies = 0;
  for (let a = 0; a < State.actives; a++) {
    const route = word(ACTIVE, a);
    if (load<i32>(routeAt(route), LOAD) <= room) setWord(ROOMY, State.roomies++, route);
  }
}

/** Are there so few customers on routes with room for this one that all are looked at. */
export function hasFewPlaces(c: i32): bool {
  const room = State.capacity - demandOf(c);
  let places = 0;
  for (let i = 0; i < State.roomies && places < State.worthwhile; i++) {
    const on = routeAt(word(ROOMY, i));
    // All bits are set where there is room.
    places += load<i32>(on, COUNT) & ((load<i32>(on, LOAD) - room - 1) >> 31);
  }
  return places < State.worthwhile;
}
