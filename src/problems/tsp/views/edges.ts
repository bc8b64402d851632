/** What single edges of a tour are like: new since the incumbent before, or far from a 1-tree. */
import { nearestNeighbours } from '../../../core/neighbours.ts';
import { cityCount, distanceOf, type TspInstance } from '../instance.ts';
import type { OneTreeProof } from '../evidence.ts';
import type { Layout } from './layout.ts';

/** The cities before and after every city of a tour; a path's ends have −1. O(n). */
function linksOf(tour: Int32Array, open: boolean): Int32Array {
  const n = tour.length;
  const links = new Int32Array(2 * n).fill(-1);
  for (let at = 0; at < n; at++) {
    if (open && at === n - 1) break;
    const [from, to] = [tour[at], tour[at + 1 === n ? 0 : at + 1]];
    links[2 * from + 1] = to;
    links[2 * to] = from;
  }
  return links;
}

/** The edges of `tour` that `other` lacks: a0, b0, a1, b1, …. Both visit the same cities. O(n). */
export function edgesMissingIn(other: Int32Array, tour: Int32Array, open: boolean): number[] {
  const n = tour.length;
  const links = linksOf(other, open);
  const missing: number[] = [];
  for (let at = 0; at < (open ? n - 1 : n); at++) {
    const [from, to] = [tour[at], tour[at + 1 === n ? 0 : at + 1]];
    if (links[2 * from] !== to && links[2 * from + 1] !== to) missing.push(from, to);
  }
  return missing;
}

/** Up to this many cities the near neighbours make the graph; all pairs below the second. */
export const MAX_PENALISED = 5000;
const ALL_PAIRS = 300;
const NEIGHBOURS = 8;

/**
 * α-nearness (Helsgaun 2000) of every edge of a tour, in its order: by how much the minimum spanning
 * tree grows under the multipliers when it has to take the edge. The tree is of the graph of near
 * neighbours and the tour itself. Null above 5000 cities. O(m log m) for m edges.
 */
export function nearness(
  instance: TspInstance,
  layout: Layout,
  tour: Int32Array,
  multipliers: OneTreeProof['multipliers'],
): Float64Array | null {
  const n = cityCount(instance);
  if (n > MAX_PENALISED || multipliers.length !== n || tour.length !== n) return null;
  const distance = distanceOf(instance);
  const pairs = [...graphOf(instance, layout)];
  for (let at = 0; at < n; at++) pairs.push(tour[at], tour[at + 1 === n ? 0 : at + 1]);
  const m = pairs.length / 2;
  const weights = Float64Array.from({ length: m }, (_, e) => {
    const [a, b] = [pairs[2 * e], pairs[2 * e + 1]];
    return distance(a, b) + multipliers[a] + multipliers[b];
  });
  const order = Uint32Array.from({ length: m }, (_, e) => e).sort(
    (a, b) => weights[a] - weights[b],
  );

  // Kruskal; without path compression the links keep when two parts were joined.
  const up = new Int32Array(n).fill(-1);
  const joined = new Float64Array(n).fill(Infinity);
  const size = new Int32Array(n).fill(1);
  const rootOf = (city: number) => {
    while (up[city] >= 0) city = up[city];
    return city;
  };
  for (const e of order) {
    let [a, b] = [rootOf(pairs[2 * e]), rootOf(pairs[2 * e + 1])];
    if (a === b) continue;
    if (size[a] > size[b]) [a, b] = [b, a];
    up[a] = b;
    joined[a] = weights[e];
    size[b] += size[a];
  }
  /** The heaviest edge on the tree's way between two cities. */
  const heaviest = (a: number, b: number) => {
    let most = -Infinity;
    while (a !== b) {
      // Links get heavier upwards.
      if (joined[a] > joined[b]) [a, b] = [b, a];
      most = joined[a];
      a = up[a];
    }
    return most;
  };
  return Float64Array.from({ length: n }, (_, at) => {
    const e = m - n + at;
    return Math.max(0, weights[e] - heaviest(pairs[2 * e], pairs[2 * e + 1]));
  });
}

const graphs = new WeakMap<Layout, Int32Array>();

function graphOf(instance: TspInstance, layout: Layout): Int32Array {
  const known = graphs.get(layout);
  if (known) return known;
  const n = cityCount(instance);
  const pairs: number[] = [];
  if (n <= ALL_PAIRS) for (let a = 1; a < n; a++) for (let b = 0; b < a; b++) pairs.push(a, b);
  else {
    const x = layout.points.filter((_, i) => i % 2 === 0);
    const y = layout.points.filter((_, i) => i % 2 === 1);
    const { k, list } = nearestNeighbours(x, y, NEIGHBOURS);
    list.forEach((near, at) => pairs.push(Math.floor(at / k), near));
  }
  const graph = Int32Array.from(pairs);
  graphs.set(layout, graph);
  return graph;
}
