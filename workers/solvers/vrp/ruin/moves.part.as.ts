/**
 * Moves of the local search: what they gain, and how they are made. What `moves.ts` is in
 * TypeScript. A side is 0 towards the next node and 1 towards the one before; a move is named by
 * the customers i and j it makes neighbours, and by the sides on which both lose a neighbour.
 */
import { COUNT, INDEXED, LEG, LOAD, NEAR, NEXT, POSITION, PREFIX, SEQUENCE } from './layout';
import {
  State,
  demandOf,
  distance,
  legOf,
  nextOf,
  nodeAt,
  placeOf,
  prevOf,
  routeAt,
  routeOf,
  setWord,
  word,
} from './state.part.as';
import { cut, insert } from './plan.part.as';
import { recall } from './cache.part.as';

/** Customers in a row that move, and of whom others come back for them. */
const MOST_MOVED: i32 = 3;
const MOST_SWAPPED: i32 = 2;

/** The best move found for a vertex. */
class Move {
  static gain: i32 = 0;
  /** No customers move: two legs are replaced by two. */
  static isCross: bool = false;
  static i: i32 = 0;
  static iSide: i32 = 0;
  static j: i32 = 0;
  static jSide: i32 = 0;
  static moved: i32 = 0;
  static returned: i32 = 0;
  static turned: bool = false;
}

/** The node beside another one. */
function beside(node: i32, side: i32): i32 {
  return load<i32>(nodeAt(node) + <usize>(side << 2), NEXT);
}

function legBeside(node: i32, side: i32): i32 {
  return load<i32>(nodeAt(node) + <usize>(side << 2), LEG);
}

function between(a: i32, b: i32): i32 {
  return distance(placeOf(a), placeOf(b));
}

/** Places and prefix loads of a route's nodes, where they are out of date. */
function index(route: i32): void {
  if (word(INDEXED, route) == 1) return;
  setWord(INDEXED, route, 1);
  const depot = State.size + route;
  let position = 0;
  let carried = 0;
  let node = depot;
  do {
    store<i32>(nodeAt(node), position++, POSITION);
    store<i32>(nodeAt(node), carried, PREFIX);
    node = nextOf(node);
    if (node <= State.n) carried += demandOf(node);
  } while (node != depot);
}

function positionOf(node: i32): i32 {
  return load<i32>(nodeAt(node), POSITION);
}

/** Load of the part of a route that a customer is in when its leg on that side goes. */
function loadOfPart(customer: i32, side: i32): i32 {
  const upTo = load<i32>(nodeAt(customer), PREFIX);
  if (side == 0) return upTo;
  return load<i32>(routeAt(routeOf(customer)), LOAD) - upTo + demandOf(customer);
}

function note(i: i32, iSide: i32, j: i32, jSide: i32, gain: i32): void {
  Move.gain = gain;
  Move.i = i;
  Move.iSide = iSide;
  Move.j = j;
  Move.jSide = jSide;
}

function noteStrings(
  i: i32,
  iSide: i32,
  j: i32,
  jSide: i32,
  gain: i32,
  moved: i32,
  returned: i32,
  turned: bool,
): void {
  note(i, iSide, j, jSide, gain);
  Move.isCross = false;
  Move.moved = moved;
  Move.returned = returned;
  Move.turned = turned;
}

/**
 * Two legs for two: 2-opt within a route, 2-opt* between two.
 * @param sum the legs that both lose less the one between them. @param rest the leg between those they lose.
 */
function lookAtCross(i: i32, iSide: i32, j: i32, jSide: i32, sum: i32, rest: i32): void {
  if (sum - rest <= Move.gain) return;
  const from = routeOf(i);
  const to = routeOf(j);
  if (from == to) {
    if (iSide != jSide) return;
  } else {
    index(from);
    index(to);
    const joined = loadOfPart(i, iSide) + loadOfPart(j, jSide);
    if (joined > State.capacity) return;
    const total = load<i32>(routeAt(from), LOAD) + load<i32>(routeAt(to), LOAD);
    if (total - joined > State.capacity) return;
  }
  note(i, iSide, j, jSide, sum - rest);
  Move.isCross = true;
}

/**
 * Customers from i on, away from its side, go beside j; between two routes, in exchange for
 * customers from there or not. Sums that are not positive after the second new leg are given up:
 * begun elsewhere, the same move has none (Lin & Kernighan 1973).
 * @param isOwn is i the one that loses a farther neighbour.
 */
function lookAtStrings(
  i: i32,
  iSide: i32,
  j: i32,
  jSide: i32,
  sum: i32,
  rest: i32,
  isOwn: bool,
): void {
  const from = routeOf(i);
  const to = routeOf(j);
  const near = beside(i, iSide);
  const far = beside(j, jSide);
  const roomTo = State.capacity - load<i32>(routeAt(to), LOAD);
  let last = i;
  let moved = 0;
  for (let length = 1; length <= MOST_MOVED; length++) {
    if (last > State.n) return;
    if (from == to && (last == j || last == far)) return;
    moved += demandOf(last);
    if (from != to && moved > roomTo) break;
    const behind = beside(last, 1 - iSide);
    const removed = sum + legBeside(last, 1 - iSide);
    const second = isOwn ? between(last, far) : between(near, behind);
    if (sum > second && removed - second > Move.gain) {
      const third = isOwn ? between(near, behind) : between(last, far);
      const gain = removed - second - third;
      if (gain > Move.gain) noteStrings(i, iSide, j, jSide, gain, length, 0, false);
    }
    last = behind;
  }
  if (from != to && sum > rest) lookAtSwaps(i, iSide, j, jSide, sum, rest);
}

/** The same in exchange for as many customers from there, or fewer. */
function lookAtSwaps(i: i32, iSide: i32, j: i32, jSide: i32, sum: i32, rest: i32): void {
  const near = beside(i, iSide);
  const far = beside(j, jSide);
  const roomFrom = State.capacity - load<i32>(routeAt(routeOf(i)), LOAD);
  const roomTo = State.capacity - load<i32>(routeAt(routeOf(j)), LOAD);
  let last = i;
  let moved = 0;
  for (let length = 1; length <= MOST_SWAPPED && last <= State.n; length++) {
    moved += demandOf(last);
    const behind = beside(last, 1 - iSide);
    const removed = sum + legBeside(last, 1 - iSide);
    let end = far;
    let returned = 0;
    for (let back = 1; back <= length && end <= State.n; back++) {
      returned += demandOf(end);
      const beyond = beside(end, jSide);
      if (moved - returned <= roomTo && returned - moved <= roomFrom) {
        const left = removed + legBeside(end, jSide) - between(last, beyond);
        if (left > Move.gain) {
          const straight = left - rest - between(end, behind);
          if (straight > Move.gain) noteStrings(i, iSide, j, jSide, straight, length, back, false);
          if (back > 1) {
            const turned = left - between(near, end) - between(far, behind);
            if (turned > Move.gain) noteStrings(i, iSide, j, jSide, turned, length, back, true);
          }
        }
      }
      end = beyond;
    }
    last = behind;
  }
}

/**
 * The best move that makes a customer and one of its near ones neighbours, nearer than one it loses
 * (Lin & Kernighan's gain criterion: an improving move has such a customer).
 */
export function findMove(i: i32): bool {
  Move.gain = 0;
  for (let iSide = 0; iSide < 2; iSide++) {
    const leg = legBeside(i, iSide);
    const near = beside(i, iSide);
    let entry: usize = NEAR + ((<usize>((i - 1) * State.near)) << 3);
    const end: usize = entry + ((<usize>State.granular) << 3);
    for (; entry < end; entry += 8) {
      const way = load<i32>(entry, 4);
      if (way >= leg) break;
      const j = load<i32>(entry) >> 5;
      if (routeOf(j) < 0) continue;
      for (let jSide = 0; jSide < 2; jSide++) {
        if (beside(j, jSide) == i) continue;
        const sum = leg - way + legBeside(j, jSide);
        const rest = between(near, beside(j, jSide));
        lookAtCross(i, iSide, j, jSide, sum, rest);
        lookAtStrings(i, iSide, j, jSide, sum, rest, true);
        lookAtStrings(j, jSide, i, iSide, sum, rest, false);
      }
    }
  }
  return Move.gain > 0;
}

/** A node has another neighbour than before: it counts as touched, and its legs are legs. */
function changed(node: i32): void {
  if (node > State.n) return;
  for (let side = 0; side < 2; side++)
    if (beside(node, side) <= State.n)
      State.longestLeg = max<i32>(State.longestLeg, legBeside(node, side));
  recall(node);
}

/** Takes customers in a row out and writes them down from a place of SEQUENCE on. */
function pick(first: i32, length: i32, at: i32): void {
  let node = first;
  for (let i = 0; i < length; i++) {
    setWord(SEQUENCE, at + i, node);
    node = nextOf(node);
  }
  if (length > 0) cut(first, length);
}

/** Puts what was written down behind a node, in order or from its end. */
function put(at: i32, length: i32, before: i32, turned: bool): void {
  let node = before;
  for (let i = 0; i < length; i++) {
    const c = word(SEQUENCE, turned ? at + length - 1 - i : at + i);
    insert(c, node, between(node, c) + between(c, nextOf(node)) - legOf(node));
    node = c;
  }
}

/** Turns the customers from one to another, later one around. */
function turn(first: i32, last: i32): void {
  const length = positionOf(last) - positionOf(first) + 1;
  const before = prevOf(first);
  pick(first, length, 0);
  put(0, length, before, true);
}

function cross(i: i32, iSide: i32, j: i32, jSide: i32): void {
  const from = routeOf(i);
  const to = routeOf(j);
  index(from);
  index(to);
  const iHead = iSide == 0 ? i : prevOf(i);
  const jHead = jSide == 0 ? j : prevOf(j);
  if (from == to) {
    const isEarlier = positionOf(i) < positionOf(j);
    turn(nextOf(isEarlier ? iHead : jHead), isEarlier ? jHead : iHead);
    return;
  }
  const tail = load<i32>(routeAt(from), COUNT) - positionOf(iHead);
  const depot = State.size + to;
  if (iSide != jSide) {
    const other = load<i32>(routeAt(to), COUNT) - positionOf(jHead);
    pick(nextOf(iHead), tail, 0);
    pick(nextOf(jHead), other, tail);
    put(0, tail, jHead, false);
    put(tail, other, iHead, false);
  } else {
    const head = positionOf(jHead);
    pick(nextOf(iHead), tail, 0);
    pick(nextOf(depot), head, tail);
    put(0, tail, depot, true);
    put(tail, head, iHead, true);
  }
}

/** The first in the route of customers in a row, from one on to a side. */
function firstOf(node: i32, length: i32, side: i32): i32 {
  let first = node;
  if (side == 1) for (let i = 1; i < length; i++) first = prevOf(first);
  return first;
}

function exchange(i: i32, iSide: i32, j: i32, jSide: i32, longest: i32): void {
  const near = beside(i, iSide);
  const far = beside(j, jSide);
  const moved = Move.moved;
  const returned = Move.returned;
  let behind = i;
  for (let k = 0; k < moved; k++) behind = beside(behind, 1 - iSide);
  let beyond = far;
  for (let k = 0; k < returned; k++) beyond = beside(beyond, jSide);
  pick(firstOf(i, moved, 1 - iSide), moved, 0);
  if (returned > 0) pick(firstOf(far, returned, jSide), returned, moved);
  // As they stood, i is the first when its side was 1; beside j it is the first when that is 0.
  put(0, moved, jSide == 0 ? j : prevOf(j), iSide == jSide);
  if (returned > 0)
    put(moved, returned, iSide == 0 ? behind : near, (iSide == jSide) != Move.turned);
  State.longestLeg = longest;
  for (let k = 0; k < moved + returned; k++) changed(word(SEQUENCE, k));
  changed(behind);
  changed(beyond);
  changed(near);
  changed(far);
  changed(j);
}

/** Makes the move found last; its customers count as touched. */
export function makeMove(): void {
  const i = Move.i;
  const j = Move.j;
  const from = routeOf(i);
  const to = routeOf(j);
  // Legs that are there for a moment only are not to count as the longest.
  const longest = State.longestLeg;
  if (Move.isCross) {
    const near = beside(i, Move.iSide);
    const far = beside(j, Move.jSide);
    cross(i, Move.iSide, j, Move.jSide);
    State.longestLeg = longest;
    changed(near);
    changed(far);
    changed(i);
    changed(j);
  } else exchange(i, Move.iSide, j, Move.jSide, longest);
  setWord(INDEXED, from, 0);
  setWord(INDEXED, to, 0);
}
