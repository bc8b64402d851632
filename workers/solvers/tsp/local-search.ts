/**
 * Local search on an array tour: sequential moves of two and three edges (2-opt of Croes 1958,
 * segment insertion of Or 1976, 3-opt of Lin 1965) from neighbour lists, with don't-look bits kept
 * as a queue (Bentley 1992).
 */
import type { Rng } from '../../../src/core/rng.ts';
import type { Candidates } from './candidates.ts';
import { tourLength, type Space } from './space.ts';

export interface LocalSearch {
  /** The present tour; changes in place. */
  readonly tour: Int32Array;
  /** Its length, kept up to date. */
  length(): number;
  /** Makes up to `moves` improving moves; returns how many. Fewer: a local optimum. */
  descend(moves: number): number;
  /**
   * One double bridge on three neighbouring segments of up to `reach` cities (Martin, Otto &
   * Felten 1991, kept local as by Johnson & McGeoch 1997), then descent. Taken back when the tour
   * is then longer than before by more than `slack`. Needs 8 cities. About 15–60 µs.
   */
  kick(rng: Rng, reach: number, slack: number): void;
  /** Goes on from another tour, with every city looked at again. O(n). */
  replace(tour: Int32Array): void;
}

/** @param start at least 5 cities; copied. */
export function createLocalSearch(
  space: Space,
  candidates: Candidates,
  start: Int32Array,
): LocalSearch {
  const { n, distance } = space;
  const { k, list, distances } = candidates;
  const tour = new Int32Array(n);
  const position = new Int32Array(n);
  // Cities to look at, first in first out; each at most once.
  const queue = new Int32Array(n);
  const queued = new Uint8Array(n);
  let head = 0;
  let waiting = 0;
  // Flips since the kick began, four cities each.
  let journal = new Int32Array(4096);
  let flips = 0;
  let length = 0;
  /** Gains up to this are rounding errors. */
  let tiny = 0;

  function replace(from: Int32Array): void {
    tour.set(from);
    for (let at = 0; at < n; at++) position[tour[at]] = at;
    length = tourLength(space, tour);
    tiny = space.integral ? 0 : (1e-9 * length) / n;
    queue.set(tour);
    queued.fill(1);
    head = 0;
    waiting = n;
    flips = 0;
  }

  const next = (city: number): number => {
    const at = position[city] + 1;
    return tour[at === n ? 0 : at];
  };
  const previous = (city: number): number => {
    const at = position[city];
    return tour[at === 0 ? n - 1 : at - 1];
  };

  function look(city: number): void {
    if (queued[city] === 1) return;
    queued[city] = 1;
    let at = head + waiting;
    if (at >= n) at -= n;
    queue[at] = city;
    waiting++;
  }

  /** Reverses the cities at positions i … j (cyclic), or the others, whichever are fewer. */
  function reverse(i: number, j: number): void {
    let from = i;
    let to = j;
    let count = to - from + 1;
    if (count <= 0) count += n;
    if (2 * count > n) {
      from = j + 1 === n ? 0 : j + 1;
      to = i === 0 ? n - 1 : i - 1;
      count = n - count;
    }
    for (let swaps = count >> 1; swaps > 0; swaps--) {
      const a = tour[from];
      const b = tour[to];
      tour[from] = b;
      position[b] = from;
      tour[to] = a;
      position[a] = to;
      if (++from === n) from = 0;
      if (--to < 0) to = n - 1;
    }
  }

  /** Replaces the edges a–b and c–d by a–c and b–d; b follows a on the side d follows c. */
  function swapEdges(a: number, b: number, c: number, d: number): void {
    if (next(a) === b) reverse(position[b], position[c]);
    else reverse(position[a], position[d]);
  }

  function flip(a: number, b: number, c: number, d: number): void {
    swapEdges(a, b, c, d);
    if (4 * flips === journal.length) {
      const longer = new Int32Array(2 * journal.length);
      longer.set(journal);
      journal = longer;
    }
    const at = 4 * flips++;
    journal[at] = a;
    journal[at + 1] = b;
    journal[at + 2] = c;
    journal[at + 3] = d;
  }

  function undo(): void {
    while (flips > 0) {
      const at = 4 * --flips;
      swapEdges(journal[at], journal[at + 2], journal[at + 1], journal[at + 3]);
    }
  }

  /** Going from a forwards (or backwards), is b met no later than c? */
  function between(a: number, b: number, c: number, backwards: boolean): boolean {
    let toB = position[b] - position[a];
    let toC = position[c] - position[a];
    if (backwards) {
      toB = -toB;
      toC = -toC;
    }
    if (toB < 0) toB += n;
    if (toC < 0) toC += n;
    return toB <= toC;
  }

  /**
   * The first improving move that takes away an edge at t1; true when one was made. Names as
   * usual: t1–t2, t3–t4, t5–t6 go; t2–t3, t4–t5, t6–t1 come; partial gains stay positive.
   */
  function improve(t1: number): boolean {
    for (let side = 0; side < 2; side++) {
      const backwards = side === 1;
      const t2 = backwards ? previous(t1) : next(t1);
      const length12 = distance(t1, t2);
      for (let near = t2 * k; near < t2 * k + k; near++) {
        const gain1 = length12 - distances[near];
        if (gain1 <= tiny) break;
        const t3 = list[near];
        if (t3 === t1) continue;
        const before = backwards ? next(t3) : previous(t3);
        if (before !== t2 && closeOrExtend(t1, t2, t3, before, gain1, backwards)) return true;
        const after = backwards ? previous(t3) : next(t3);
        if (after !== t1 && exchange(t1, t2, t3, after, gain1, backwards)) return true;
      }
    }
    return false;
  }

  /** t4 on t1's side of t3: 2-opt, or the 3-opt move it extends to. */
  function closeOrExtend(
    t1: number,
    t2: number,
    t3: number,
    t4: number,
    gain1: number,
    backwards: boolean,
  ): boolean {
    const gain2 = gain1 + distance(t3, t4);
    const closed = gain2 - distance(t4, t1);
    if (closed > tiny) {
      flip(t1, t2, t4, t3);
      length -= closed;
      look(t1);
      look(t2);
      look(t3);
      look(t4);
      return true;
    }
    for (let near = t4 * k; near < t4 * k + k; near++) {
      const gain3 = gain2 - distances[near];
      if (gain3 <= tiny) return false;
      const t5 = list[near];
      if (t5 === t3 || t5 === t1) continue;
      // After the 2-opt move t2 … t4 runs the other way.
      const reversed = between(t2, t5, t4, backwards);
      const t6 = reversed === backwards ? previous(t5) : next(t5);
      if (t6 === t4) continue;
      const gain = gain3 + distance(t5, t6) - distance(t6, t1);
      if (gain <= tiny) continue;
      flip(t1, t2, t4, t3);
      flip(t1, t4, t6, t5);
      return accept(gain, t1, t2, t3, t4, t5, t6);
    }
    return false;
  }

  /** t4 beyond t3: t2 … t3 is cut at t5 and its parts change places (two ways). */
  function exchange(
    t1: number,
    t2: number,
    t3: number,
    t4: number,
    gain1: number,
    backwards: boolean,
  ): boolean {
    if (t3 === t2) return false;
    const gain2 = gain1 + distance(t3, t4);
    for (let near = t4 * k; near < t4 * k + k; near++) {
      const gain3 = gain2 - distances[near];
      if (gain3 <= tiny) return false;
      const t5 = list[near];
      if (!between(t2, t5, t3, backwards)) continue;
      if (t5 !== t3) {
        const t6 = backwards ? previous(t5) : next(t5);
        const gain = gain3 + distance(t5, t6) - distance(t6, t1);
        if (gain > tiny) {
          flip(t1, t2, t3, t4);
          flip(t1, t3, t6, t5);
          flip(t3, t5, t2, t4);
          return accept(gain, t1, t2, t3, t4, t5, t6);
        }
      }
      if (t5 !== t2 && t5 !== t3) {
        const t6 = backwards ? next(t5) : previous(t5);
        const gain = gain3 + distance(t5, t6) - distance(t6, t1);
        if (gain > tiny) {
          flip(t1, t2, t6, t5);
          flip(t2, t5, t3, t4);
          return accept(gain, t1, t2, t3, t4, t5, t6);
        }
      }
    }
    return false;
  }

  function accept(
    gain: number,
    t1: number,
    t2: number,
    t3: number,
    t4: number,
    t5: number,
    t6: number,
  ): boolean {
    length -= gain;
    look(t1);
    look(t2);
    look(t3);
    look(t4);
    look(t5);
    look(t6);
    return true;
  }

  function descend(moves: number): number {
    let made = 0;
    while (waiting > 0 && made < moves) {
      const city = queue[head];
      if (improve(city)) {
        made++;
        continue;
      }
      if (++head === n) head = 0;
      waiting--;
      queued[city] = 0;
    }
    return made;
  }

  function kick(rng: Rng, reach: number, slack: number): void {
    const most = Math.min(reach, Math.floor((n - 2) / 3));
    flips = 0;
    const before = length;
    const start = rng.int(n);
    const cityAt = (offset: number): number => {
      const at = start + offset;
      return tour[at >= n ? at - n : at];
    };
    // a [b1 … b2] [c1 … c2] [d1 … d2] e becomes a [d1 … d2] [c1 … c2] [b1 … b2] e.
    const endB = 1 + rng.int(most);
    const endC = endB + 1 + rng.int(most);
    const endD = endC + 1 + rng.int(most);
    const a = cityAt(0);
    const b1 = cityAt(1);
    const b2 = cityAt(endB);
    const c1 = cityAt(endB + 1);
    const c2 = cityAt(endC);
    const d1 = cityAt(endC + 1);
    const d2 = cityAt(endD);
    const e = cityAt(endD + 1);
    flip(a, b1, d2, e);
    flip(a, d2, d1, c2);
    flip(d2, c2, c1, b2);
    flip(c2, b2, b1, e);
    length +=
      distance(a, d1) +
      distance(d2, c1) +
      distance(c2, b1) +
      distance(b2, e) -
      distance(a, b1) -
      distance(b2, c1) -
      distance(c2, d1) -
      distance(d2, e);
    look(a);
    look(b1);
    look(b2);
    look(c1);
    look(c2);
    look(d1);
    look(d2);
    look(e);
    descend(Infinity);
    if (length > before + slack) {
      undo();
      length = before;
    }
  }

  replace(start);
  return { tour, length: () => length, descend, kick, replace };
}
