/**
 * Moves of the local search: relocation and exchange of strings of customers (or-opt, swap), 2-opt
 * and 2-opt*, each priced in O(1). A side is 0 towards the next node and 1 towards the one before; a
 * move is named by the customers i and j it makes neighbours, and by the sides on which both lose a
 * neighbour. For symmetric distances, capacities alone.
 */
import type { Neighbours } from '../../../../src/core/neighbours.ts';
import type { Model } from '../model.ts';
import type { WorkingPlan } from './working-plan.ts';

export interface Move {
  /** What it saves. */
  gain: number;
  /** Two legs are replaced by two (2-opt, 2-opt*); else strings move. */
  isCross: boolean;
  i: number;
  iSide: number;
  j: number;
  jSide: number;
  /** Customers from i on, away from its side, that go beside j. */
  moved: number;
  /** Customers beside j that go to their place, and whether the other way round. */
  returned: number;
  turned: boolean;
}

export interface Moves {
  /**
   * The best move that makes a customer and one of its near ones neighbours, nearer than one it
   * loses; null when none saves anything. What it returns is overwritten by the next call.
   * O(neighbours), and the length of routes changed since they were last looked at.
   */
  find(customer: number): Readonly<Move> | null;
  /** Makes a move; `touched` is told of every customer whose neighbours change. O(length of the routes). */
  make(move: Readonly<Move>, touched: (node: number) => void): void;
  /** Routes changed otherwise. */
  outdate(route: number): void;
}

/** Customers in a row that move, and of whom others come back for them. */
const MOST_MOVED = 3;
const MOST_SWAPPED = 2;

/** @param granular neighbours looked at per customer. */
export function createMoves(
  model: Model,
  neighbours: Neighbours,
  plan: WorkingPlan,
  granular: number,
): Moves {
  const { n, demand, capacity } = model;
  const { place, next, prev, leg, routeOf, load, count } = plan;
  const { list, k } = neighbours;
  const size = n + 1;
  const looked = Math.min(k, granular);
  /** Place in the route, and load up to here; by route, whether these are up to date. */
  const position = new Int32Array(size + n);
  const prefix = new Int32Array(size + n);
  const indexed = new Uint8Array(n);
  const best: Move = {
    gain: 0,
    isCross: false,
    i: 0,
    iSide: 0,
    j: 0,
    jSide: 0,
    moved: 0,
    returned: 0,
    turned: false,
  };
  /** Customers on their way. */
  const picked = new Int32Array(2 * n);
  /** Nodes that have other neighbours than before a move. */
  const changed = new Int32Array(MOST_MOVED + MOST_SWAPPED + 5);
  let changes = 0;

  const beside = (node: number, side: number) => (side === 0 ? next[node] : prev[node]);
  const legBeside = (node: number, side: number) => leg[side === 0 ? node : prev[node]];
  const between = (a: number, b: number) => model.distance(place[a], place[b]);

  function index(route: number): void {
    if (indexed[route] === 1) return;
    indexed[route] = 1;
    const depot = size + route;
    let at = 0;
    let carried = 0;
    let node = depot;
    do {
      position[node] = at++;
      prefix[node] = carried;
      node = next[node];
      if (node <= n) carried += demand[node];
    } while (node !== depot);
  }

  /** Load of the part of a route that a customer is in when its leg on that side goes. */
  const loadOfPart = (customer: number, side: number): number =>
    side === 0 ? prefix[customer] : load[routeOf[customer]] - prefix[customer] + demand[customer];

  function note(i: number, iSide: number, j: number, jSide: number, gain: number): void {
    best.gain = gain;
    best.i = i;
    best.iSide = iSide;
    best.j = j;
    best.jSide = jSide;
  }

  /** Strings move: so many, for so many that come back. */
  function noteStrings(moved: number, returned: number, turned: boolean): void {
    best.isCross = false;
    best.moved = moved;
    best.returned = returned;
    best.turned = turned;
  }

  /**
   * Two legs for two: 2-opt within a route, 2-opt* between two.
   * @param sum the legs that both lose, less the one between them
   * @param rest the leg between those whom they lose
   */
  function lookAtCross(
    i: number,
    iSide: number,
    j: number,
    jSide: number,
    sum: number,
    rest: number,
  ): void {
    if (sum - rest <= best.gain) return;
    const from = routeOf[i];
    const to = routeOf[j];
    if (from === to) {
      if (iSide !== jSide) return;
    } else {
      index(from);
      index(to);
      const joined = loadOfPart(i, iSide) + loadOfPart(j, jSide);
      if (joined > capacity || load[from] + load[to] - joined > capacity) return;
    }
    note(i, iSide, j, jSide, sum - rest);
    best.isCross = true;
  }

  /**
   * Customers from i on, away from its side, go beside j; between two routes, in exchange for
   * customers from there or not. Sums that are not positive after the second new leg are given up:
   * begun elsewhere, the same move has none (Lin & Kernighan 1973).
   * @param isOwn is i the one that loses a farther neighbour
   */
  function lookAtStrings(
    i: number,
    iSide: number,
    j: number,
    jSide: number,
    sum: number,
    rest: number,
    isOwn: boolean,
  ): void {
    const from = routeOf[i];
    const to = routeOf[j];
    const near = beside(i, iSide);
    const far = beside(j, jSide);
    const roomTo = capacity - load[to];
    let last = i;
    let moved = 0;
    for (let length = 1; length <= MOST_MOVED; length++) {
      if (last > n) return;
      if (from === to && (last === j || last === far)) return;
      moved += demand[last];
      if (from !== to && moved > roomTo) break;
      const behind = beside(last, 1 - iSide);
      const beyond = between(last, far);
      const closed = between(near, behind);
      const gain = sum + legBeside(last, 1 - iSide) - beyond - closed;
      if (sum > (isOwn ? beyond : closed) && gain > best.gain) {
        note(i, iSide, j, jSide, gain);
        noteStrings(length, 0, false);
      }
      last = behind;
    }
    if (from !== to && sum > rest) lookAtSwaps(i, iSide, j, jSide, sum, rest);
  }

  /** The same in exchange for as many customers from there, or fewer. */
  function lookAtSwaps(
    i: number,
    iSide: number,
    j: number,
    jSide: number,
    sum: number,
    rest: number,
  ): void {
    const near = beside(i, iSide);
    const far = beside(j, jSide);
    const roomFrom = capacity - load[routeOf[i]];
    const roomTo = capacity - load[routeOf[j]];
    let last = i;
    let moved = 0;
    for (let length = 1; length <= MOST_SWAPPED && last <= n; length++) {
      moved += demand[last];
      const behind = beside(last, 1 - iSide);
      const removed = sum + legBeside(last, 1 - iSide);
      let end = far;
      let returned = 0;
      for (let back = 1; back <= length && end <= n; back++) {
        returned += demand[end];
        const beyond = beside(end, jSide);
        if (moved - returned <= roomTo && returned - moved <= roomFrom) {
          const left = removed + legBeside(end, jSide) - between(last, beyond);
          const straight = left - rest - between(end, behind);
          if (straight > best.gain) {
            note(i, iSide, j, jSide, straight);
            noteStrings(length, back, false);
          }
          const turned = left - between(near, end) - between(far, behind);
          if (back > 1 && turned > best.gain) {
            note(i, iSide, j, jSide, turned);
            noteStrings(length, back, true);
          }
        }
        end = beyond;
      }
      last = behind;
    }
  }

  /** Lin & Kernighan's gain criterion: an improving move has a customer that comes nearer. */
  function find(i: number): Readonly<Move> | null {
    best.gain = 0;
    for (let iSide = 0; iSide < 2; iSide++) {
      const lost = legBeside(i, iSide);
      for (let at = (i - 1) * k; at < (i - 1) * k + looked; at++) {
        const j = list[at] + 1;
        const way = model.distance(i, j);
        if (way >= lost) break;
        if (routeOf[j] < 0) continue;
        for (let jSide = 0; jSide < 2; jSide++) {
          if (beside(j, jSide) === i) continue;
          const sum = lost - way + legBeside(j, jSide);
          const rest = between(beside(i, iSide), beside(j, jSide));
          lookAtCross(i, iSide, j, jSide, sum, rest);
          lookAtStrings(i, iSide, j, jSide, sum, rest, true);
          lookAtStrings(j, jSide, i, iSide, sum, rest, false);
        }
      }
    }
    return best.gain > 0 ? best : null;
  }

  /** Takes customers in a row out and writes them down from a place on. */
  function pick(first: number, length: number, at: number): void {
    let node = first;
    for (let i = 0; i < length; i++) {
      picked[at + i] = node;
      node = next[node];
    }
    if (length > 0) plan.cut(first, length);
  }

  /** Puts what was written down behind a node, in order or from its end. */
  function put(at: number, length: number, before: number, turned: boolean): void {
    let node = before;
    for (let i = 0; i < length; i++) {
      const c = picked[turned ? at + length - 1 - i : at + i];
      plan.insert(c, node, between(node, c) + between(c, next[node]) - leg[node]);
      node = c;
    }
  }

  /** Turns the customers from one to another, later one around. */
  function turn(first: number, last: number): void {
    const length = position[last] - position[first] + 1;
    const before = prev[first];
    pick(first, length, 0);
    put(0, length, before, true);
  }

  function cross({ i, iSide, j, jSide }: Readonly<Move>): void {
    const from = routeOf[i];
    const to = routeOf[j];
    index(from);
    index(to);
    const iHead = iSide === 0 ? i : prev[i];
    const jHead = jSide === 0 ? j : prev[j];
    if (from === to) {
      const isEarlier = position[i] < position[j];
      turn(next[isEarlier ? iHead : jHead], isEarlier ? jHead : iHead);
      return;
    }
    const tail = count[from] - position[iHead];
    const depot = size + to;
    if (iSide !== jSide) {
      const other = count[to] - position[jHead];
      pick(next[iHead], tail, 0);
      pick(next[jHead], other, tail);
      put(0, tail, jHead, false);
      put(tail, other, iHead, false);
    } else {
      const head = position[jHead];
      pick(next[iHead], tail, 0);
      pick(next[depot], head, tail);
      put(0, tail, depot, true);
      put(tail, head, iHead, true);
    }
  }

  /** The first in the route of customers in a row, from one on to a side. */
  function firstOf(node: number, length: number, side: number): number {
    let first = node;
    if (side === 1) for (let i = 1; i < length; i++) first = prev[first];
    return first;
  }

  function exchange(move: Readonly<Move>): void {
    const { i, iSide, j, jSide, moved, returned } = move;
    const near = beside(i, iSide);
    const far = beside(j, jSide);
    let behind = i;
    for (let at = 0; at < moved; at++) behind = beside(behind, 1 - iSide);
    let beyond = far;
    for (let at = 0; at < returned; at++) beyond = beside(beyond, jSide);
    pick(firstOf(i, moved, 1 - iSide), moved, 0);
    if (returned > 0) pick(firstOf(far, returned, jSide), returned, moved);
    // As they stood, i is the first when its side was 1; beside j it is the first when that is 0.
    put(0, moved, jSide === 0 ? j : prev[j], iSide === jSide);
    if (returned > 0)
      put(moved, returned, iSide === 0 ? behind : near, (iSide === jSide) !== move.turned);
    for (let at = 0; at < moved + returned; at++) changed[at] = picked[at];
    changes = moved + returned;
    for (const node of [behind, beyond, near, far, j]) changed[changes++] = node;
  }

  function make(move: Readonly<Move>, touched: (node: number) => void): void {
    const { i, iSide, j, jSide, isCross } = move;
    const from = routeOf[i];
    const to = routeOf[j];
    // Legs that are there for a moment only are not to count as the longest.
    const longest = plan.longestLeg;
    changes = 0;
    if (isCross) {
      for (const node of [beside(i, iSide), beside(j, jSide), i, j]) changed[changes++] = node;
      cross(move);
    } else exchange(move);
    plan.longestLeg = longest;
    for (let at = 0; at < changes; at++) {
      const node = changed[at];
      if (node > n) continue;
      for (let side = 0; side < 2; side++)
        if (beside(node, side) <= n)
          plan.longestLeg = Math.max(plan.longestLeg, legBeside(node, side));
      touched(node);
    }
    outdate(from);
    outdate(to);
  }

  function outdate(route: number): void {
    indexed[route] = 0;
  }

  return { find, make, outdate };
}
