/**
 * Minimum 1-trees under multipliers (Held & Karp 1970): a spanning tree, and a second edge at one
 * of its leaves. Every tour is a 1-tree, so with any multipliers π the weight under
 * d(i, j) + π(i) + π(j), less 2 Σ π, is a lower bound on every tour.
 */
import type { Space } from './space.ts';

export interface OneTree {
  value: number;
  /** Edges at every city. */
  degree: Int32Array;
  /** The other end of every city's tree edge; −1 at the root. */
  parent: Int32Array;
  /** The leaf with the second edge. */
  leaf: number;
}

/** Leaves tried for the second edge; any gives a bound, the best is taken. */
const LEAVES = 40;

/** Cities taken into a sparse tree between two yields. */
const GROWN = 10_000;

/** Distances worked out between two yields. */
const PART = 200_000;

const emptyTree = (n: number): OneTree => ({
  value: 0,
  degree: new Int32Array(n),
  parent: new Int32Array(n),
  leaf: 0,
});

export interface DenseOneTree {
  /** The minimum 1-tree of the complete graph; the arrays are written again at every call. */
  evaluate(multipliers: Float64Array): Generator<number, OneTree, void>;
}

/** Prim's algorithm (1957) on the complete graph: O(n²) time, O(n) memory. Needs 3 cities. */
export function createDenseOneTree({ n, distance }: Space): DenseOneTree {
  const tree = emptyTree(n);
  const { degree, parent } = tree;
  const rest = new Int32Array(n);
  const key = new Float64Array(n);

  function* evaluate(multipliers: Float64Array): Generator<number, OneTree, void> {
    let weight = 0;
    let left = n - 1;
    for (let i = 0; i < n; i++) rest[i] = i;
    rest[0] = rest[left];
    key.fill(Infinity);
    degree.fill(0);
    parent[0] = -1;
    let city = 0;
    let work = 0;
    while (left > 0) {
      let nearest = 0;
      let shortest = Infinity;
      const own = multipliers[city];
      for (let at = 0; at < left; at++) {
        const other = rest[at];
        const length = distance(city, other) + own + multipliers[other];
        if (length < key[other]) {
          key[other] = length;
          parent[other] = city;
        }
        if (key[other] < shortest) {
          shortest = key[other];
          nearest = at;
        }
      }
      work += left;
      city = rest[nearest];
      rest[nearest] = rest[--left];
      weight += shortest;
      degree[city]++;
      degree[parent[city]]++;
      if (work > PART) {
        work = 0;
        yield 0;
      }
    }

    let best = -Infinity;
    let leaf = -1;
    let partner = -1;
    let tried = 0;
    for (let i = n - 1; i > 0 && tried < LEAVES; i--) {
      if (degree[i] !== 1) continue;
      tried++;
      let second = Infinity;
      let other = -1;
      // The leaf's tree edge: to its parent, for no leaf but the root has a child.
      for (let j = 0; j < n; j++) {
        if (j === i || j === parent[i]) continue;
        const length = distance(i, j) + multipliers[i] + multipliers[j];
        if (length < second) {
          second = length;
          other = j;
        }
      }
      if (second > best) {
        best = second;
        leaf = i;
        partner = other;
      }
    }
    degree[leaf]++;
    degree[partner]++;
    tree.value = weight + best - 2 * sumOf(multipliers);
    tree.leaf = leaf;
    return tree;
  }
  return { evaluate };
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum;
}

/** A graph by rows: the neighbours of i are `to[start[i] … start[i + 1]]`. */
export interface SparseGraph {
  start: Int32Array;
  to: Int32Array;
  length: Float64Array;
}

/** The graph of the given undirected edges (a0, b0, a1, b1, …), each kept once. O(edges). */
export function createGraph({ n, distance }: Space, edges: Int32Array): SparseGraph {
  const seen = new Int32Array(n).fill(-1);
  const rough = new Int32Array(n + 1);
  for (let e = 0; e < edges.length; e++) rough[edges[e] + 1]++;
  for (let i = 0; i < n; i++) rough[i + 1] += rough[i];
  const fill = rough.slice(0, n);
  const all = new Int32Array(edges.length);
  for (let e = 0; e < edges.length; e += 2) {
    all[fill[edges[e]]++] = edges[e + 1];
    all[fill[edges[e + 1]]++] = edges[e];
  }
  const start = new Int32Array(n + 1);
  let count = 0;
  for (let i = 0; i < n; i++) {
    start[i] = count;
    for (let at = rough[i]; at < rough[i + 1]; at++) {
      if (seen[all[at]] === i) continue;
      seen[all[at]] = i;
      all[count++] = all[at];
    }
  }
  start[n] = count;
  const to = all.slice(0, count);
  const length = new Float64Array(count);
  for (let i = 0; i < n; i++)
    for (let at = start[i]; at < start[i + 1]; at++) length[at] = distance(i, to[at]);
  return { start, to, length };
}

/**
 * The minimum 1-tree of a sparse graph, by Prim's algorithm with a binary heap: O(edges · log n).
 * Not a bound by itself, as an edge left out could be shorter; it guides the ascent. The graph must
 * be connected and have two edges at every city.
 */
export function createSparseOneTree(n: number): {
  /** Yields 0 between parts. The arrays are written again at every call. */
  evaluate(graph: SparseGraph, multipliers: Float64Array): Generator<number, OneTree, void>;
} {
  const tree = emptyTree(n);
  const { degree, parent } = tree;
  const key = new Float64Array(n);
  const heap = new Int32Array(n);
  /** Place in the heap; −1 not reached, −2 in the tree. */
  const place = new Int32Array(n);
  let size = 0;

  function rise(from: number): void {
    const city = heap[from];
    const own = key[city];
    let at = from;
    while (at > 0) {
      const up = (at - 1) >> 1;
      if (key[heap[up]] <= own) break;
      heap[at] = heap[up];
      place[heap[at]] = at;
      at = up;
    }
    heap[at] = city;
    place[city] = at;
  }

  function takeFirst(): number {
    const first = heap[0];
    place[first] = -2;
    const city = heap[--size];
    if (size === 0) return first;
    const own = key[city];
    let at = 0;
    for (;;) {
      let down = 2 * at + 1;
      if (down >= size) break;
      if (down + 1 < size && key[heap[down + 1]] < key[heap[down]]) down++;
      if (key[heap[down]] >= own) break;
      heap[at] = heap[down];
      place[heap[at]] = at;
      at = down;
    }
    heap[at] = city;
    place[city] = at;
    return first;
  }

  /** Takes up to `most` cities into the tree; returns the weight of their edges. */
  function grow(
    { start, to, length }: SparseGraph,
    multipliers: Float64Array,
    most: number,
  ): number {
    let weight = 0;
    for (let taken = 0; size > 0 && taken < most; taken++) {
      const city = takeFirst();
      if (parent[city] >= 0) {
        weight += key[city];
        degree[city]++;
        degree[parent[city]]++;
      }
      const own = multipliers[city];
      for (let at = start[city]; at < start[city + 1]; at++) {
        const other = to[at];
        if (place[other] === -2) continue;
        const reach = length[at] + own + multipliers[other];
        if (reach >= key[other]) continue;
        key[other] = reach;
        parent[other] = city;
        if (place[other] === -1) {
          heap[size] = other;
          place[other] = size++;
        }
        rise(place[other]);
      }
    }
    return weight;
  }

  function* evaluate(
    graph: SparseGraph,
    multipliers: Float64Array,
  ): Generator<number, OneTree, void> {
    const { start, to, length } = graph;
    key.fill(Infinity);
    place.fill(-1);
    degree.fill(0);
    key[0] = 0;
    parent[0] = -1;
    heap[0] = 0;
    size = 1;
    let weight = 0;
    while (size > 0) {
      weight += grow(graph, multipliers, GROWN);
      if (size > 0) yield 0;
    }

    let best = -Infinity;
    let leaf = -1;
    let partner = -1;
    for (let i = 1; i < n; i++) {
      if (degree[i] !== 1) continue;
      let second = Infinity;
      let other = -1;
      for (let at = start[i]; at < start[i + 1]; at++) {
        if (to[at] === parent[i]) continue;
        const reach = length[at] + multipliers[i] + multipliers[to[at]];
        if (reach < second) {
          second = reach;
          other = to[at];
        }
      }
      if (second > best && other >= 0) {
        best = second;
        leaf = i;
        partner = other;
      }
    }
    degree[leaf]++;
    degree[partner]++;
    tree.value = weight + best - 2 * sumOf(multipliers);
    tree.leaf = leaf;
    return tree;
  }
  return { evaluate };
}
