/**
 * Lin–Kernighan moves on an array tour (Lin & Kernighan 1973): sequential exchanges found to their
 * full depth before the tour is touched, both choices of the end of every edge that goes, the most
 * promising first (Applegate, Cook & Rohe 2003; Helsgaun 2000), from neighbour lists, with
 * don't-look bits kept as a queue (Bentley 1992). In TypeScript: for all metrics, and to test the
 * kernel against.
 */
import type { Rng } from '../../../../src/core/rng.ts';
import { createArrayTour, MOST_EDGES } from '../array-tour.ts';
import type { Candidates } from '../candidates.ts';
import type { LocalSearch, Neighbourhood } from '../local-search.ts';
import { linksOf } from '../merge.ts';
import { tourLength, type Space } from '../space.ts';
import { FREE, NARROW } from './layout.ts';

/** How many ways are followed from each depth: of the first edge that comes, the second, … */
export const BREADTH = Int32Array.of(5, 3, 1, 1);
/**
 * Tours of more cities leave out exchanges that rewrite more than so many: they are few, and would
 * take most of the time (Johnson & McGeoch 1997).
 */
const MANY = 150_000;
const MOST_REWRITTEN = 25_000;

/** @param start at least 5 cities; copied. */
export function createTwinSearch(
  space: Space,
  candidates: Candidates,
  start: Int32Array,
  neighbourhood: Neighbourhood = {},
): LocalSearch {
  const { n, distance } = space;
  const { k, list, distances } = candidates;
  const depth = Math.min(neighbourhood.depth ?? BREADTH.length + 1, MOST_EDGES, n);
  const breadths = neighbourhood.depth ? new Int32Array(depth).fill(2 * k) : BREADTH;
  const segment = neighbourhood.segment ?? 0;
  const fixed = neighbourhood.fixed ?? null;
  const array = createArrayTour(n);
  const { tour, position } = array;
  // Cities to look at, first in first out; each at most once.
  const queue = new Int32Array(n);
  const queued = new Uint8Array(n);
  let head = 0;
  let waiting = 0;
  let length = 0;
  /** Gains up to this are rounding errors. */
  let tiny = 0;
  // The exchange under way: ends of the edges that go, and where these are.
  const ends = new Int32Array(2 * MOST_EDGES);
  const cuts = new Int32Array(MOST_EDGES);
  const upward = new Uint8Array(MOST_EDGES);
  // Ways to go on per depth, best first: a city, which side of it goes, and the gain so far.
  const ways = 2 * k;
  const narrow = neighbourhood.depth ? k : Math.min(k, NARROW);
  const wayCity = new Int32Array(MOST_EDGES * ways);
  const waySide = new Uint8Array(MOST_EDGES * ways);
  const wayGain = new Float64Array(MOST_EDGES * ways);

  function assign(from: Int32Array): void {
    array.assign(from);
    length = tourLength(space, tour);
    tiny = space.integral ? 0 : (1e-9 * length) / n;
  }

  function replace(from: Int32Array): void {
    assign(from);
    queue.set(tour);
    queued.fill(1);
    head = 0;
    waiting = n;
  }

  function adopt(from: Int32Array): void {
    const old = Int32Array.from(tour);
    assign(from);
    changedCities(old, from, look);
  }

  const isFixed = (a: number, b: number): boolean =>
    fixed !== null && (fixed[2 * a] === b || fixed[2 * a + 1] === b);

  function look(city: number): void {
    if (queued[city] === 1) return;
    queued[city] = 1;
    let at = head + waiting;
    if (at >= n) at -= n;
    queue[at] = city;
    waiting++;
  }

  const after = (at: number): number => (at + 1 === n ? 0 : at + 1);
  const before = (at: number): number => (at === 0 ? n - 1 : at - 1);

  /** The first improving exchange that takes away an edge at t1; true when one was made. */
  function improve(t1: number): boolean {
    const at = position[t1];
    ends[0] = t1;
    for (let side = 0; side < 2; side++) {
      cuts[0] = side === 0 ? at : before(at);
      upward[0] = side;
      const t2 = tour[side === 0 ? after(at) : cuts[0]];
      if (isFixed(t1, t2)) continue;
      ends[1] = t2;
      if (extend(1, t2, distance(t1, t2))) return true;
    }
    return false;
  }

  /**
   * Goes on from an exchange of which `edges` go and one fewer come, by an edge from `end`.
   * @param gain what goes less what comes.
   */
  function extend(edges: number, end: number, gain: number): boolean {
    const first = (edges - 1) * ways;
    const breadth = breadths[edges - 1];
    // Ways that are never too many to be followed need not be known.
    const found = collect(edges, end, gain, first, edges + 1 < FREE ? breadth : ways);
    const t1 = ends[0];
    let followed = 0;
    for (let way = first; way < first + found; way++) {
      const city = wayCity[way];
      const at = position[city];
      const side = waySide[way];
      const cut = side === 0 ? at : before(at);
      const other = tour[side === 0 ? after(at) : cut];
      ends[2 * edges] = city;
      ends[2 * edges + 1] = other;
      cuts[edges] = cut;
      upward[edges] = side;
      const closed = wayGain[way] - distance(other, t1);
      if (closed > tiny) {
        if (array.closes(cuts, upward, edges + 1) && isMove(edges + 1)) {
          array.exchange();
          length -= closed;
          for (let e = 0; e < 2 * edges + 2; e++) look(ends[e]);
          return true;
        }
        if (edges + 1 >= FREE) continue;
      } else if (edges + 1 >= FREE && !array.closes(cuts, upward, edges + 1)) continue;
      if (edges + 1 < depth && extend(edges + 1, other, wayGain[way])) return true;
      if (++followed === breadth) return false;
    }
    return false;
  }

  /** Does the exchange last asked about belong to the neighbourhood? */
  const isMove = (edges: number): boolean => {
    if (n > MANY && array.effort() > MOST_REWRITTEN) return false;
    return segment === 0 || (edges === 3 && array.shortest() <= segment);
  };

  /** Lists the ways on, up to `most`, longest remaining gain first; returns how many. */
  function collect(edges: number, end: number, gain: number, first: number, most: number): number {
    const endAt = position[end];
    const next = tour[after(endAt)];
    const previous = tour[before(endAt)];
    const t1 = ends[0];
    let found = 0;
    for (let near = end * k; near < end * k + (edges === 1 ? k : narrow); near++) {
      const left = gain - distances[near];
      if (left <= tiny) break;
      const city = list[near];
      if (city === next || city === previous) continue;
      const at = position[city];
      for (let side = 0; side < 2; side++) {
        const cut = side === 0 ? at : before(at);
        let known = false;
        for (let e = 0; e < edges; e++) if (cuts[e] === cut) known = true;
        if (known) continue;
        const other = tour[side === 0 ? after(at) : cut];
        if (other === t1 || isFixed(city, other)) continue;
        const value = left + distance(city, other);
        let way = first + found;
        if (found < most) found++;
        else if (wayGain[--way] >= value) continue;
        while (way > first && wayGain[way - 1] < value) {
          wayGain[way] = wayGain[way - 1];
          wayCity[way] = wayCity[way - 1];
          waySide[way] = waySide[way - 1];
          way--;
        }
        wayGain[way] = value;
        wayCity[way] = city;
        waySide[way] = side;
      }
    }
    return found;
  }

  function descend(moves: number): number {
    array.commit();
    return improveAll(moves, true);
  }

  function improveAll(moves: number, forGood: boolean): number {
    let made = 0;
    while (waiting > 0 && made < moves) {
      const city = queue[head];
      if (improve(city)) {
        made++;
        if (forGood) array.commit();
        continue;
      }
      if (++head === n) head = 0;
      waiting--;
      queued[city] = 0;
    }
    return made;
  }

  function kick(count: number, rng: Rng, reach: number, slack: number): void {
    const most = Math.min(reach, Math.floor((n - 2) / 3));
    for (let i = 0; i < count; i++) kickOnce(rng, most, slack);
  }

  function kickOnce(rng: Rng, most: number, slack: number): void {
    const start = rng.int(n);
    // a [b … ] [c … ] [d … ] e becomes a [d … ] [c … ] [b … ] e.
    let offset = 0;
    for (let e = 0; e < 4; e++) {
      const at = start + offset;
      cuts[e] = at >= n ? at - n : at;
      offset += e < 3 ? 1 + rng.int(most) : 0;
    }
    for (let e = 0; e < 4; e++) if (isFixed(tour[cuts[e]], tour[after(cuts[e])])) return;
    const old = length;
    for (let e = 0; e < 4; e++) {
      const lower = tour[cuts[e]];
      const upper = tour[after(cuts[e])];
      // The part before a cut is followed by that two cuts on: a–d, b–e, c–b, d–c.
      const joined = tour[after(cuts[(e + 2) & 3])];
      length += distance(lower, joined) - distance(lower, upper);
      look(lower);
      look(upper);
    }
    array.commit();
    array.doubleBridge(cuts);
    improveAll(Infinity, false);
    if (length > old + slack) {
      array.undo();
      length = old;
    }
  }

  if (neighbourhood.look) {
    assign(start);
    for (let at = 0; at < n; at++) if (neighbourhood.look[tour[at]] === 1) look(tour[at]);
  } else replace(start);
  return { tour, length: () => length, descend, kick, replace, adopt };
}

/** Calls for every city whose neighbours in one tour are not those in the other, in its order. O(n). */
export function changedCities(
  old: Int32Array,
  tour: Int32Array,
  tell: (city: number) => void,
): void {
  const n = tour.length;
  const links = linksOf(old);
  for (let at = 0; at < n; at++) {
    const city = tour[at];
    const next = tour[at + 1 === n ? 0 : at + 1];
    const previous = tour[at === 0 ? n - 1 : at - 1];
    const [one, other] = [links[2 * city], links[2 * city + 1]];
    if ((next !== one && next !== other) || (previous !== one && previous !== other)) tell(city);
  }
}
