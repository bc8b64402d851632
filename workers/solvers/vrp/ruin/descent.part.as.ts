/** The local search over the cache: what `descent.ts` is in TypeScript. */
import { ABSENT, ENDS, INDEXED, TOUCHED, WAS_BEFORE, WAS_BEHIND } from './layout';
import { State, nextOf, prevOf, routeOf, setWord, word } from './state.part.as';
import { recall, takeOldest } from './cache.part.as';
import { findMove, makeMove } from './moves.part.as';

/** Customers in a row that are about to be taken out. */
export function noteCut(first: i32, length: i32): void {
  let node = first;
  let last = first;
  for (let i = 0; i < length; i++) {
    setWord(WAS_BEFORE, node, prevOf(node));
    setWord(WAS_BEHIND, node, nextOf(node));
    last = node;
    node = nextOf(node);
  }
  setWord(ENDS, State.ends++, prevOf(first));
  setWord(ENDS, State.ends++, first);
  setWord(ENDS, State.ends++, last);
  setWord(ENDS, State.ends++, node);
}

/** The routes touched in this step are no longer as they were indexed. */
export function outdate(): void {
  for (let i = 0; i < State.touches; i++) setWord(INDEXED, word(TOUCHED, i), 0);
}

/** Makes moves until no vertex in the cache has one; begins with those whose neighbours changed. */
export function descend(): void {
  outdate();
  for (let i = 0; i < State.ends; i += 4) {
    const before = word(ENDS, i);
    const behind = word(ENDS, i + 3);
    if (nextOf(before) != word(ENDS, i + 1)) recall(before);
    if (prevOf(behind) != word(ENDS, i + 2)) recall(behind);
  }
  for (let i = 0; i < State.absents; i++) {
    const c = word(ABSENT, i);
    if (routeOf(c) < 0) continue;
    if (prevOf(c) == word(WAS_BEFORE, c) && nextOf(c) == word(WAS_BEHIND, c)) continue;
    recall(prevOf(c));
    recall(nextOf(c));
    recall(c);
  }
  while (State.cached > 0) {
    const c = takeOldest();
    if (routeOf(c) >= 0 && findMove(c)) makeMove();
  }
}
