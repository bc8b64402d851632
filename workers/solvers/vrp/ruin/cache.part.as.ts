/**
 * The vertices touched last, least recently touched first: what `vertex-cache.ts` is in TypeScript.
 * A circle through 0, which is no customer.
 */
import { NEWER, OLDER } from './layout';
import { State, setWord, word } from './state.part.as';

function unlink(c: i32): void {
  const older = word(OLDER, c);
  const newer = word(NEWER, c);
  setWord(NEWER, older, newer);
  setWord(OLDER, newer, older);
}

/** The one touched longest ago leaves. */
export function takeOldest(): i32 {
  const c = word(NEWER, 0);
  unlink(c);
  setWord(NEWER, c, -1);
  State.cached--;
  return c;
}

/** A node was touched; the ends of routes are no vertices. */
export function recall(node: i32): void {
  if (node > State.n) return;
  if (word(NEWER, node) >= 0) unlink(node);
  else {
    if (State.cached == State.cacheSize) takeOldest();
    State.cached++;
  }
  const newest = word(OLDER, 0);
  setWord(OLDER, node, newest);
  setWord(NEWER, newest, node);
  setWord(NEWER, node, 0);
  setWord(OLDER, 0, node);
}
