/** The greedy edge heuristic on candidate lists (Bentley 1992). */
import { buildPointIndex } from '../../../src/core/neighbours.ts';
import { nearestAmong, type Candidates } from './candidates.ts';
import { sortByNumber } from './sort.ts';
import type { Space } from './space.ts';

/** Candidates per fragment end when fragments are joined. */
const JOIN_NEIGHBOURS = 6;

/**
 * A tour by the shortest edges first: those of the candidate lists, then, in rounds, edges between
 * the ends of the fragments so made. Yields 0 between parts, and the number of edges taken.
 */
export function* greedyTour(
  space: Space,
  candidates: Candidates,
): Generator<number, Int32Array, void> {
  const { n, distance } = space;
  const links = new Int32Array(2 * n).fill(-1);
  const degree = new Uint8Array(n);
  const parent = Int32Array.from({ length: n }, (_, i) => i);
  const root = (city: number): number => {
    let at = city;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  };
  let fragments = n;

  /** Takes the possible ones of the edges a[i]–b[i], shortest first. */
  function* take(a: Int32Array, b: Int32Array, lengths: Float64Array) {
    const order = yield* sortByNumber(lengths);
    let taken = 0;
    for (let at = 0; at < order.length; at++) {
      if (at % 16384 === 16383) {
        yield taken;
        taken = 0;
      }
      const i = a[order[at]];
      const j = b[order[at]];
      if (degree[i] === 2 || degree[j] === 2) continue;
      const rootI = root(i);
      const rootJ = root(j);
      if (rootI === rootJ) continue;
      parent[rootI] = rootJ;
      links[2 * i + degree[i]++] = j;
      links[2 * j + degree[j]++] = i;
      fragments--;
      taken++;
    }
    yield taken;
  }

  const { k, list, distances } = candidates;
  let count = 0;
  const a = new Int32Array(n * k);
  const b = new Int32Array(n * k);
  const lengths = new Float64Array(n * k);
  for (let i = 0; i < n; i++) {
    if (i % 8192 === 8191) yield 0;
    for (let at = i * k; at < (i + 1) * k; at++) {
      const j = list[at];
      // An edge in both lists is taken from the smaller index only.
      if (j < i && lists(candidates, j, i)) continue;
      a[count] = i;
      b[count] = j;
      lengths[count++] = distances[at];
    }
  }
  yield* take(a.subarray(0, count), b.subarray(0, count), lengths.subarray(0, count));

  while (fragments > 1) {
    const ends = Int32Array.from({ length: n }, (_, i) => i).filter((i) => degree[i] < 2);
    const near = yield* nearestEnds(space, ends);
    count = 0;
    const from = new Int32Array(near.list.length);
    const to = new Int32Array(near.list.length);
    const gaps = new Float64Array(near.list.length);
    for (let at = 0; at < near.list.length; at++) {
      const i = ends[Math.floor(at / near.k)];
      const j = near.list[at];
      if (root(i) === root(j)) continue;
      from[count] = i;
      to[count] = j;
      gaps[count++] = distance(i, j);
    }
    yield* take(from.subarray(0, count), to.subarray(0, count), gaps.subarray(0, count));
  }
  return walk(n, links, degree);
}

function lists({ k, list }: Candidates, i: number, j: number): boolean {
  for (let at = i * k; at < (i + 1) * k; at++) if (list[at] === j) return true;
  return false;
}

/** The nearest other ends of every end, as cities. At least two each, so one leads elsewhere. */
function* nearestEnds(space: Space, ends: Int32Array) {
  const k = Math.min(JOIN_NEIGHBOURS, ends.length - 1);
  const list = new Int32Array(ends.length * k);
  if (!space.coordinates) {
    for (let e = 0; e < ends.length; e++) {
      nearestAmong(space, ends[e], ends, k, list, e * k);
      if (e % 64 === 63) yield 0;
    }
    return { k, list };
  }
  const building = buildPointIndex(
    space.coordinates.map((values) => Float64Array.from(ends, (city) => values[city])),
  );
  let step = building.next();
  while (!step.done) {
    yield 0;
    step = building.next();
  }
  for (let e = 0; e < ends.length; e++) {
    step.value.nearest(e, k, list, e * k);
    if (e % 512 === 511) yield 0;
  }
  return { k, list: list.map((end) => ends[end]) };
}

/** The path of n − 1 edges, from its end of lower index. */
function walk(n: number, links: Int32Array, degree: Uint8Array): Int32Array {
  const tour = new Int32Array(n);
  let city = Math.max(
    0,
    degree.findIndex((each) => each < 2),
  );
  let before = -1;
  for (let at = 0; at < n; at++) {
    tour[at] = city;
    const next = links[2 * city] === before ? links[2 * city + 1] : links[2 * city];
    before = city;
    city = next;
  }
  return tour;
}
