/**
 * Partition crossover (Whitley, Hains & Howe 2009; Tinós, Whitley & Ochoa 2014): where two tours
 * differ, the differences fall into parts that meet nowhere. A part that both tours run through
 * between the same ends can be taken from either, whatever the others do.
 */
import type { Space } from './space.ts';

export interface Merged {
  tour: Int32Array;
  length: number;
}

/**
 * A tour no longer than either: of every part that can be exchanged the shorter way, of all others
 * the ways of the tour that is shorter there. O(n) time and memory.
 * @param a @param b tours of the same cities.
 */
export function mergeTours({ n, distance }: Space, a: Int32Array, b: Int32Array): Merged {
  const linksA = linksOf(a);
  const linksB = linksOf(b);
  const part = partsOf(n, linksA, linksB);
  const parts = part.count;
  const lengthA = new Float64Array(parts);
  const lengthB = new Float64Array(parts);
  let common = 0;
  for (let city = 0; city < n; city++)
    for (let side = 0; side < 2; side++) {
      const inA = linksA[2 * city + side];
      if (city < inA) {
        if (!has(linksB, city, inA)) lengthA[part.of[city]] += distance(city, inA);
        else common += distance(city, inA);
      }
      const inB = linksB[2 * city + side];
      if (city < inB && !has(linksA, city, inB)) lengthB[part.of[city]] += distance(city, inB);
    }

  const free = exchangeable(a, b, part.of, parts);
  let fixedA = 0;
  let fixedB = 0;
  for (let p = 0; p < parts; p++) {
    if (free[p] === 1) continue;
    fixedA += lengthA[p];
    fixedB += lengthB[p];
  }
  const takeB = new Uint8Array(parts);
  let length = common;
  for (let p = 0; p < parts; p++) {
    takeB[p] = (free[p] === 1 ? lengthB[p] < lengthA[p] : fixedB < fixedA) ? 1 : 0;
    length += takeB[p] === 1 ? lengthB[p] : lengthA[p];
  }

  const tour = new Int32Array(n);
  let city = a[0];
  let before = -1;
  for (let at = 0; at < n; at++) {
    tour[at] = city;
    const p = part.of[city];
    const links = p >= 0 && takeB[p] === 1 ? linksB : linksA;
    const next = links[2 * city] === before ? links[2 * city + 1] : links[2 * city];
    before = city;
    city = next;
  }
  return { tour, length };
}

/** The two neighbours of every city. O(n). */
export function linksOf(tour: Int32Array): Int32Array {
  const n = tour.length;
  const links = new Int32Array(2 * n);
  for (let at = 0; at < n; at++) {
    links[2 * tour[at]] = tour[at === 0 ? n - 1 : at - 1];
    links[2 * tour[at] + 1] = tour[at + 1 === n ? 0 : at + 1];
  }
  return links;
}

const has = (links: Int32Array, city: number, to: number): boolean =>
  links[2 * city] === to || links[2 * city + 1] === to;

/** Components of the edges that only one of the tours has; −1 for cities without any. */
function partsOf(
  n: number,
  linksA: Int32Array,
  linksB: Int32Array,
): { of: Int32Array; count: number } {
  const of = new Int32Array(n).fill(-1);
  const stack = new Int32Array(4 * n + 1);
  let count = 0;
  for (let first = 0; first < n; first++) {
    if (of[first] >= 0) continue;
    let top = 0;
    stack[top++] = first;
    let any = false;
    while (top > 0) {
      const city = stack[--top];
      if (of[city] >= 0) continue;
      for (let side = 0; side < 4; side++) {
        const own = side < 2 ? linksA : linksB;
        const to = own[2 * city + (side & 1)];
        if (has(side < 2 ? linksB : linksA, city, to)) continue;
        any = true;
        of[city] = count;
        if (of[to] < 0) stack[top++] = to;
      }
    }
    if (any) count++;
  }
  return { of, count };
}

/**
 * Which parts do both tours run through between the same ends? A run is a stretch of a tour whose
 * differing cities all lie in one part.
 */
function exchangeable(a: Int32Array, b: Int32Array, part: Int32Array, parts: number): Uint8Array {
  const free = new Uint8Array(parts).fill(1);
  // The other end of the run of tour A that ends in a city; −1 if none does.
  const other = new Int32Array(a.length).fill(-1);
  const runs = new Int32Array(parts);
  eachRun(a, part, (from, to) => {
    other[from] = to;
    other[to] = from;
    runs[part[from]]++;
  });
  eachRun(b, part, (from, to) => {
    const p = part[from];
    if (other[from] === to && other[to] === from) runs[p]--;
    else free[p] = 0;
  });
  for (let p = 0; p < parts; p++) if (runs[p] !== 0) free[p] = 0;
  // A part that holds a whole tour has no ends.
  return free;
}

function eachRun(
  tour: Int32Array,
  part: Int32Array,
  tell: (from: number, to: number) => void,
): void {
  const n = tour.length;
  // Begins where one part gives way to another.
  let last = -1;
  for (let at = n - 1; at >= 0 && last < 0; at--) if (part[tour[at]] >= 0) last = at;
  if (last < 0) return;
  let start = -1;
  let before = part[tour[last]];
  for (let at = 0; at < n && start < 0; at++) {
    const own = part[tour[at]];
    if (own < 0) continue;
    if (own !== before) start = at;
    before = own;
  }
  if (start < 0) return;
  let from = tour[start];
  let to = from;
  for (let step = 1; step < n; step++) {
    const at = start + step < n ? start + step : start + step - n;
    const city = tour[at];
    if (part[city] < 0) continue;
    if (part[city] !== part[from]) {
      tell(from, to);
      from = city;
    }
    to = city;
  }
  tell(from, to);
}
