/**
 * Minimum 1-trees of the complete graph without looking at all its edges: Borůvka's algorithm
 * (1926) over a tree of boxes that says what no edge into a box can be shorter than (Bentley &
 * Friedman 1978), with the multipliers added. Typically O(n log² n).
 */
import type { Candidates } from './candidates.ts';
import type { OneTree } from './one-tree.ts';
import type { Space } from './space.ts';

/** Cities per leaf; cities are in the order of a curve, so that a run of them fills a small box. */
const LEAF = 8;
/** Leaves of the spanning tree tried for the second edge. */
const TRIED = 200;
/** Cities looked at between two yields. */
const PART = 2048;

export interface SpatialOneTree {
  /** The minimum 1-tree of the complete graph; the arrays are written again at every call. */
  evaluate(multipliers: Float64Array): Generator<number, OneTree, void>;
}

/** @param space with coordinates. */
export function createSpatialOneTree(space: Space, { k, list }: Candidates): SpatialOneTree {
  const { n, distance, shortest } = space;
  const axes = space.coordinates ?? [];
  let leaves = 1;
  while (leaves * LEAF < n) leaves *= 2;
  const nodes = 2 * leaves - 1;
  const low = axes.map(() => new Float64Array(nodes).fill(Infinity));
  const high = axes.map(() => new Float64Array(nodes).fill(-Infinity));
  const least = new Float64Array(nodes);
  /** The component of all cities in a box; −1 when there are several, −2 when it is empty. */
  const only = new Int32Array(nodes);
  for (let city = 0; city < n; city++) {
    const leaf = leaves - 1 + Math.floor(city / LEAF);
    axes.forEach((values, axis) => {
      low[axis][leaf] = Math.min(low[axis][leaf], values[city]);
      high[axis][leaf] = Math.max(high[axis][leaf], values[city]);
    });
  }
  for (let node = leaves - 2; node >= 0; node--)
    for (let axis = 0; axis < axes.length; axis++) {
      low[axis][node] = Math.min(low[axis][2 * node + 1], low[axis][2 * node + 2]);
      high[axis][node] = Math.max(high[axis][2 * node + 1], high[axis][2 * node + 2]);
    }

  const component = new Int32Array(n);
  const degree = new Int32Array(n);
  const parent = new Int32Array(n);
  // The lightest edge out of every component.
  const weight = new Float64Array(n);
  const from = new Int32Array(n);
  const to = new Int32Array(n);
  const treeA = new Int32Array(n);
  const treeB = new Int32Array(n);
  const stack = new Int32Array(64);
  let pi: Float64Array = new Float64Array(n);

  /** No edge from a city into the box is lighter, but for the city's own multiplier. */
  function floor(city: number, node: number): number {
    let squared = 0;
    for (let axis = 0; axis < axes.length; axis++) {
      const value = axes[axis][city];
      const gap = Math.max(low[axis][node] - value, value - high[axis][node], 0);
      squared += gap * gap;
    }
    return shortest(Math.sqrt(squared)) + least[node];
  }

  function findRoot(links: Int32Array, city: number): number {
    let at = city;
    while (links[at] !== at) {
      links[at] = links[links[at]];
      at = links[at];
    }
    return at;
  }

  /** Edges are ordered by weight, then by their ends, so that no two are alike. */
  function offer(own: number, a: number, b: number, value: number): void {
    if (value > weight[own]) return;
    if (value === weight[own]) {
      const key = Math.min(a, b) * n + Math.max(a, b);
      if (key >= Math.min(from[own], to[own]) * n + Math.max(from[own], to[own])) return;
    }
    weight[own] = value;
    from[own] = a;
    to[own] = b;
  }

  /** Offers a city's component the lightest edge out of it at this city, if it may be lighter. */
  function search(city: number): void {
    const own = component[city];
    const pull = pi[city];
    let top = 1;
    stack[0] = 0;
    while (top > 0) {
      const node = stack[--top];
      if (only[node] === own || only[node] === -2) continue;
      if (floor(city, node) + pull > weight[own] + SLACK) continue;
      if (node < leaves - 1) {
        const [left, right] = [2 * node + 1, 2 * node + 2];
        const leftFirst = floor(city, left) <= floor(city, right);
        stack[top++] = leftFirst ? right : left;
        stack[top++] = leftFirst ? left : right;
        continue;
      }
      const first = (node - leaves + 1) * LEAF;
      const end = Math.min(n, first + LEAF);
      for (let other = first; other < end; other++)
        if (component[other] !== own)
          offer(own, city, other, distance(city, other) + pull + pi[other]);
    }
  }

  /** The lightest edge at a city that is not to `tabu`. */
  function lightest(city: number, tabu: number): [number, number] {
    let best = Infinity;
    let found = -1;
    let top = 1;
    stack[0] = 0;
    while (top > 0) {
      const node = stack[--top];
      if (only[node] === -2 || floor(city, node) + pi[city] > best) continue;
      if (node < leaves - 1) {
        const [left, right] = [2 * node + 1, 2 * node + 2];
        const leftFirst = floor(city, left) <= floor(city, right);
        stack[top++] = leftFirst ? right : left;
        stack[top++] = leftFirst ? left : right;
        continue;
      }
      const first = (node - leaves + 1) * LEAF;
      const end = Math.min(n, first + LEAF);
      for (let other = first; other < end; other++) {
        if (other === city || other === tabu) continue;
        const value = distance(city, other) + pi[city] + pi[other];
        if (value < best) {
          best = value;
          found = other;
        }
      }
    }
    return [best, found];
  }

  /** What lies in every box: its least multiplier, and its component if there is but one. O(n). */
  function summarise(): void {
    least.fill(Infinity);
    only.fill(-2);
    for (let city = 0; city < n; city++) {
      const leaf = leaves - 1 + Math.floor(city / LEAF);
      if (pi[city] < least[leaf]) least[leaf] = pi[city];
      only[leaf] = only[leaf] === -2 || only[leaf] === component[city] ? component[city] : -1;
    }
    for (let node = leaves - 2; node >= 0; node--) {
      const [left, right] = [2 * node + 1, 2 * node + 2];
      least[node] = Math.min(least[left], least[right]);
      only[node] =
        only[left] === -2
          ? only[right]
          : only[right] === -2 || only[left] === only[right]
            ? only[left]
            : -1;
    }
  }

  function* evaluate(multipliers: Float64Array): Generator<number, OneTree, void> {
    pi = multipliers;
    const links = Int32Array.from({ length: n }, (_, i) => i);
    let edges = 0;
    let value = 0;
    while (edges < n - 1) {
      for (let city = 0; city < n; city++) component[city] = findRoot(links, city);
      summarise();
      weight.fill(Infinity);
      yield 0;
      // What the lists offer first leaves little to look for.
      for (let city = 0; city < n; city++) {
        const own = component[city];
        for (let near = city * k; near < (city + 1) * k; near++) {
          const other = list[near];
          if (component[other] !== own)
            offer(own, city, other, distance(city, other) + pi[city] + pi[other]);
        }
        if (city % (8 * PART) === 0) yield 0;
      }
      for (let city = 0; city < n; city++) {
        search(city);
        if (city % PART === 0) yield 0;
      }
      for (let own = 0; own < n; own++) {
        if (component[own] !== own) continue;
        const [p, q] = [findRoot(links, from[own]), findRoot(links, to[own])];
        if (p === q) continue;
        links[p] = q;
        treeA[edges] = from[own];
        treeB[edges++] = to[own];
        value += weight[own];
      }
    }
    degree.fill(0);
    for (let e = 0; e < edges; e++) {
      degree[treeA[e]]++;
      degree[treeB[e]]++;
    }
    orient(treeA, treeB, edges, parent);
    yield 0;

    let best = -Infinity;
    let leaf = -1;
    let partner = -1;
    let tried = 0;
    for (let city = n - 1; city > 0 && tried < TRIED; city--) {
      if (degree[city] !== 1) continue;
      if (++tried % 32 === 0) yield 0;
      const [second, other] = lightest(city, parent[city]);
      if (second <= best) continue;
      best = second;
      leaf = city;
      partner = other;
    }
    degree[leaf]++;
    degree[partner]++;
    let sum = 0;
    for (let i = 0; i < n; i++) sum += pi[i];
    return { value: value + best - 2 * sum, degree, parent, leaf };
  }

  return { evaluate };
}

/** Bounds and weights are worked out in different ways: equal but for rounding errors. */
const SLACK = 1e-6;

/** The parent of every city in a tree rooted at city 0; −1 for that. O(n). */
function orient(a: Int32Array, b: Int32Array, edges: number, parent: Int32Array): void {
  const n = parent.length;
  const start = new Int32Array(n + 1);
  for (let e = 0; e < edges; e++) {
    start[a[e] + 1]++;
    start[b[e] + 1]++;
  }
  for (let i = 0; i < n; i++) start[i + 1] += start[i];
  const fill = start.slice(0, n);
  const other = new Int32Array(2 * edges);
  for (let e = 0; e < edges; e++) {
    other[fill[a[e]]++] = b[e];
    other[fill[b[e]]++] = a[e];
  }
  parent.fill(-2);
  parent[0] = -1;
  const stack = new Int32Array(n);
  for (let top = 1; top > 0;) {
    const city = stack[--top];
    for (let at = start[city]; at < start[city + 1]; at++) {
      if (parent[other[at]] !== -2) continue;
      parent[other[at]] = city;
      stack[top++] = other[at];
    }
  }
}
