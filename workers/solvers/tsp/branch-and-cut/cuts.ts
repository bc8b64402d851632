/**
 * Valid inequalities of the TSP in their common form Σ x(δ(S)) ≥ rhs over a few sets of cities:
 * subtour elimination (Dantzig, Fulkerson & Johnson 1954) and combs (Grötschel & Padberg 1979),
 * of which blossoms (Edmonds 1965) are those with teeth of two cities.
 */

export interface Cut {
  /** One set: x(δ(S)) ≥ 2. More: the handle of a comb, then its teeth. Each sorted. */
  sets: readonly Int32Array[];
  rhs: number;
  /** Equal for equal cuts. */
  key: string;
}

/** The support of a fractional solution as a graph by rows. */
export interface Support {
  n: number;
  /** Edges, a < b, with their values. */
  a: Int32Array;
  b: Int32Array;
  x: Float64Array;
  /** The neighbours of i are `to[start[i] … start[i + 1]]`, by the edges `edge[…]`. */
  start: Int32Array;
  to: Int32Array;
  edge: Int32Array;
}

/** The smaller side of a set, sorted: both have the same coboundary. Of equal ones that with city 0. */
function smallerSide(n: number, set: ArrayLike<number>): Int32Array {
  const inside = Int32Array.from(set).sort();
  if (2 * inside.length < n || (2 * inside.length === n && inside[0] === 0)) return inside;
  const outside = new Int32Array(n - inside.length);
  let at = 0;
  let next = 0;
  for (let city = 0; city < n; city++) {
    if (next < inside.length && inside[next] === city) next++;
    else outside[at++] = city;
  }
  return outside;
}

/** @param set between 2 and n − 2 cities. */
export function subtourCut(n: number, set: ArrayLike<number>): Cut {
  const side = smallerSide(n, set);
  return { sets: [side], rhs: 2, key: side.join() };
}

/** @param teeth an odd number, three at least; disjoint, each both in the handle and outside. */
export function combCut(n: number, handle: ArrayLike<number>, teeth: ArrayLike<number>[]): Cut {
  const sets = [
    smallerSide(n, handle),
    ...teeth
      .map((tooth) => Int32Array.from(tooth).sort())
      .toSorted((left, right) => left[0] - right[0]),
  ];
  const key = sets.map((set) => set.join()).join('|');
  return { sets, rhs: 3 * teeth.length + 1, key };
}

/** The graph of the edges with a value above 1e-7. O(n + edges). */
export function makeSupport(
  n: number,
  a: Int32Array,
  b: Int32Array,
  values: ArrayLike<number>,
  count: number,
): Support {
  let m = 0;
  const kept = new Int32Array(count);
  for (let e = 0; e < count; e++) if (values[e] > 1e-7) kept[m++] = e;
  const left = new Int32Array(m);
  const right = new Int32Array(m);
  const x = new Float64Array(m);
  const start = new Int32Array(n + 1);
  for (let e = 0; e < m; e++) {
    left[e] = Math.min(a[kept[e]], b[kept[e]]);
    right[e] = Math.max(a[kept[e]], b[kept[e]]);
    x[e] = values[kept[e]];
    start[left[e] + 1]++;
    start[right[e] + 1]++;
  }
  for (let i = 0; i < n; i++) start[i + 1] += start[i];
  const fill = start.slice(0, n);
  const to = new Int32Array(2 * m);
  const edge = new Int32Array(2 * m);
  for (let e = 0; e < m; e++) {
    edge[fill[left[e]]] = e;
    to[fill[left[e]]++] = right[e];
    edge[fill[right[e]]] = e;
    to[fill[right[e]]++] = left[e];
  }
  return { n, a: left, b: right, x, start, to, edge };
}

/** x(δ(S)) of the marked set. O(degrees of the set). */
export function crossing(
  { start, to, edge, x }: Support,
  set: ArrayLike<number>,
  inside: Uint8Array,
): number {
  let sum = 0;
  for (let s = 0; s < set.length; s++)
    for (let at = start[set[s]]; at < start[set[s] + 1]; at++)
      if (inside[to[at]] === 0) sum += x[edge[at]];
  return sum;
}

/** By how much the support violates a cut; negative when it keeps it. @param marks n zeros. */
export function violation(support: Support, cut: Cut, marks: Uint8Array): number {
  let sum = 0;
  for (const set of cut.sets) {
    for (const city of set) marks[city] = 1;
    sum += crossing(support, set, marks);
    for (const city of set) marks[city] = 0;
  }
  return cut.rhs - sum;
}

/** Is it a comb: teeth odd in number, disjoint, each both in the handle and outside? */
export function isComb(
  n: number,
  handle: ArrayLike<number>,
  teeth: readonly ArrayLike<number>[],
): boolean {
  if (teeth.length < 3 || teeth.length % 2 === 0) return false;
  const where = new Uint8Array(n);
  for (let h = 0; h < handle.length; h++) where[handle[h]] = 1;
  for (const tooth of teeth) {
    let within = 0;
    for (let t = 0; t < tooth.length; t++) {
      if (where[tooth[t]] >= 2) return false;
      within += where[tooth[t]];
      where[tooth[t]] += 2;
    }
    if (within === 0 || within === tooth.length) return false;
  }
  return true;
}
