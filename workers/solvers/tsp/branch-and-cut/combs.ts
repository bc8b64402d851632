/**
 * Separation of combs. Blossoms exactly (Letchford, Reinelt & Theis 2004, after Padberg & Rao
 * 1982) on the support; combs as blossoms of graphs in which tight sets are shrunk to one node
 * (Padberg & Rinaldi 1990), and by gathering disjoint tight sets around a handle.
 */
import type { Rng } from '../../../../src/core/rng.ts';
import {
  combCut,
  crossing,
  isComb,
  makeSupport,
  subtourCut,
  violation,
  type Cut,
  type Support,
} from './cuts.ts';
import { minimumCuts } from './cut-tree.ts';
import { components, groupsOf, SLACK } from './subtours.ts';

/** Handles come from components of edges with values in (ε, 1 − ε). */
const THRESHOLDS = [1e-6, 0.1, 0.2, 0.3];
/** Largest component that minimum cuts are worked out for. */
const LARGEST = 120;
/** Times tight pairs are shrunk at random. */
const SHRINKS = 6;
const TIGHT = 1e-6;

/** A graph of which each node stands for a tight set of cities. */
interface Shrunk {
  graph: Support;
  members: number[][];
}

/**
 * Violated combs and blossoms, most violated first. Yields between parts.
 * @param tight sets that may be tight.
 */
export function* separateCombs(
  support: Support,
  tight: readonly Int32Array[],
  rng: Rng,
): Generator<number, Cut[], void> {
  const { n } = support;
  const marks = new Uint8Array(n);
  const found = new Map<string, { cut: Cut; by: number }>();
  const add = (cut: Cut | null) => {
    if (!cut || found.has(cut.key)) return;
    const by = violation(support, cut, marks);
    if (by > SLACK) found.set(cut.key, { cut, by });
  };
  const whole: Shrunk = { graph: support, members: Array.from({ length: n }, (_, i) => [i]) };
  const triples = shrinkTriples(whole);
  const levels = [whole, ...(triples.graph.n < n ? [triples] : [])];
  for (let s = 0; s < SHRINKS; s++) {
    const base = s % 2 === 0 ? whole : triples;
    const shrunk = shrinkTriples(shrinkPairs(base, rng, s < 2 ? 1 : 0.5));
    if (shrunk.graph.n >= 6) levels.push(shrunk);
  }
  const pool = toothPool(support, tight, marks);
  for (const level of levels) {
    let tried = 0;
    for (const handle of yield* handlesOf(level.graph)) {
      if (++tried % 16 === 0) yield 0;
      for (const cut of blossomsAt(level, handle)) add(cut);
      const cities = handle.flatMap((node) => level.members[node]);
      add(gather(support, cities, pool, marks));
    }
    yield 0;
  }
  return [...found.values()].toSorted((p, q) => q.by - p.by).map(({ cut }) => cut);
}

/** Sets of nodes that may be handles: components of fractional edges, and minimum cuts in them. */
function* handlesOf(graph: Support): Generator<number, number[][], void> {
  const { n, x, a, b } = graph;
  const label = new Int32Array(n);
  const handles: number[][] = [];
  for (const threshold of THRESHOLDS) {
    const count = components(graph, (e) => x[e] > threshold && x[e] < 1 - threshold, label);
    const groups = groupsOf(label, count);
    for (const group of groups) if (group.length >= 3 && group.length <= n - 3) handles.push(group);
    if (threshold !== THRESHOLDS[0]) continue;
    const index = new Int32Array(n);
    for (const group of groups) {
      if (group.length < 4 || group.length > LARGEST) continue;
      group.forEach((node, at) => (index[node] = at));
      const small = {
        n: group.length,
        a: [] as number[],
        b: [] as number[],
        capacity: [] as number[],
      };
      const own = label[group[0]];
      for (let e = 0; e < x.length; e++) {
        if (label[a[e]] !== own || label[b[e]] !== own) continue;
        const capacity = Math.min(x[e], 1 - x[e]);
        if (capacity <= 1e-6) continue;
        small.a.push(index[a[e]]);
        small.b.push(index[b[e]]);
        small.capacity.push(capacity);
      }
      for (const side of minimumCuts(small)) {
        const set = group.filter((_, at) => side[at] === 1);
        if (set.length >= 2) handles.push(set);
        if (group.length - set.length >= 3) handles.push(group.filter((_, at) => side[at] === 0));
      }
      yield 0;
    }
  }
  return handles;
}

/**
 * The best blossom inequality with a handle: edges out of it with a value above ½ are teeth, one
 * more or less if they are even in number. Where two teeth meet, the city changes sides.
 */
function blossomsAt({ graph, members }: Shrunk, handle: readonly number[]): Cut[] {
  const { n, x, start, to, edge } = graph;
  const inside = new Uint8Array(n);
  for (const node of handle) inside[node] = 1;
  const tooth = new Int32Array(n);
  for (let round = 0; round < 8; round++) {
    let odd = 0;
    let value = 0;
    let flip = -1;
    let flipCost = Infinity;
    const teeth: { u: number; v: number; e: number }[] = [];
    for (let u = 0; u < n; u++) {
      if (inside[u] === 0) continue;
      for (let at = start[u]; at < start[u + 1]; at++) {
        if (inside[to[at]] === 1) continue;
        const e = edge[at];
        const isTooth = x[e] > 0.5;
        value += isTooth ? 1 - x[e] : x[e];
        if (isTooth) {
          odd ^= 1;
          teeth.push({ u, v: to[at], e });
        }
        const cost = Math.abs(1 - 2 * x[e]);
        if (cost < flipCost) {
          flipCost = cost;
          flip = e;
        }
      }
    }
    if (odd === 0) {
      if (flip < 0) return [];
      value += flipCost;
      const at = teeth.findIndex(({ e }) => e === flip);
      if (at >= 0) teeth.splice(at, 1);
      else {
        const [p, q] = [graph.a[flip], graph.b[flip]];
        teeth.push(inside[p] === 1 ? { u: p, v: q, e: flip } : { u: q, v: p, e: flip });
      }
    }
    if (value > 1 - SLACK) return [];
    // Teeth must be disjoint.
    tooth.fill(0);
    let meeting = -1;
    for (const { u, v } of teeth) {
      if (++tooth[u] > 1) meeting = u;
      if (++tooth[v] > 1) meeting = v;
    }
    if (meeting >= 0) {
      inside[meeting] ^= 1;
      continue;
    }
    const cities: number[] = [];
    const all = countMembers(members);
    for (let node = 0; node < n; node++) if (inside[node] === 1) cities.push(...members[node]);
    if (teeth.length === 1)
      return cities.length >= 2 && cities.length <= all - 2 ? [subtourCut(all, cities)] : [];
    const sets = teeth.map(({ u, v }) => [...members[u], ...members[v]]);
    return isComb(all, cities, sets) ? [combCut(all, cities, sets)] : [];
  }
  return [];
}

const countMembers = (members: readonly number[][]): number =>
  members.reduce((sum, group) => sum + group.length, 0);

/** Shrinks groups to nodes. @param label a node for each node of the graph. */
function shrink({ graph, members }: Shrunk, label: Int32Array, count: number): Shrunk {
  const { a, b, x } = graph;
  const sums = new Map<number, number>();
  for (let e = 0; e < x.length; e++) {
    const [u, v] = [label[a[e]], label[b[e]]];
    if (u === v) continue;
    const key = u < v ? u * count + v : v * count + u;
    sums.set(key, (sums.get(key) ?? 0) + x[e]);
  }
  const keys = Int32Array.from(sums.keys());
  const next: number[][] = Array.from({ length: count }, () => []);
  label.forEach((node, old) => next[node].push(...members[old]));
  return {
    graph: makeSupport(
      count,
      keys.map((key) => Math.floor(key / count)),
      keys.map((key) => key % count),
      Float64Array.from(sums.values()),
      keys.length,
    ),
    members: next,
  };
}

/** Shrinks triples with a total value of 2 among them, over and over. */
function shrinkTriples(from: Shrunk): Shrunk {
  let shrunk = from;
  for (;;) {
    const { graph } = shrunk;
    const { n, start, to, edge, x, a, b } = graph;
    const label = new Int32Array(n).fill(-1);
    const near = new Float64Array(n);
    let count = 0;
    for (let e = 0; e < x.length; e++) {
      const [u, v] = [a[e], b[e]];
      if (label[u] >= 0 || label[v] >= 0) continue;
      // A path of two edges of value 1 is left: it may be a tooth and its neighbour.
      if (x[e] > 1 - TIGHT) continue;
      for (let at = start[u]; at < start[u + 1]; at++) near[to[at]] = x[edge[at]];
      for (let at = start[v]; at < start[v + 1]; at++) {
        const w = to[at];
        if (w === u || label[w] >= 0 || near[w] === 0) continue;
        if (near[w] + x[edge[at]] + x[e] < 2 - TIGHT) continue;
        label[u] = label[v] = label[w] = count++;
        break;
      }
      for (let at = start[u]; at < start[u + 1]; at++) near[to[at]] = 0;
    }
    if (count === 0) return shrunk;
    for (let node = 0; node < n; node++) if (label[node] < 0) label[node] = count++;
    if (count < 6) return shrunk;
    shrunk = shrink(shrunk, label, count);
  }
}

/** Shrinks disjoint edges of value 1, each with some probability. */
function shrinkPairs(from: Shrunk, rng: Rng, probability: number): Shrunk {
  const { n, x, a, b } = from.graph;
  const label = new Int32Array(n).fill(-1);
  let count = 0;
  const offset = x.length === 0 ? 0 : rng.int(x.length);
  for (let i = 0; i < x.length; i++) {
    const e = (i + offset) % x.length;
    if (x[e] < 1 - TIGHT || label[a[e]] >= 0 || label[b[e]] >= 0) continue;
    if (rng.float() >= probability) continue;
    label[a[e]] = label[b[e]] = count++;
  }
  for (let node = 0; node < n; node++) if (label[node] < 0) label[node] = count++;
  return shrink(from, label, count);
}

interface Tooth {
  set: number[];
  slack: number;
}

/** Pairs and paths of edges near 1, and known tight sets, with their slack, tightest first. */
function toothPool(support: Support, tight: readonly Int32Array[], marks: Uint8Array): Tooth[] {
  const { a, b, x } = support;
  const pool: Tooth[] = [];
  for (let e = 0; e < x.length; e++)
    if (x[e] > 0.7) pool.push({ set: [a[e], b[e]], slack: 2 - 2 * x[e] });
  for (const set of tight) {
    for (const city of set) marks[city] = 1;
    const slack = crossing(support, set, marks) - 2;
    for (const city of set) marks[city] = 0;
    if (slack < 0.5) pool.push({ set: Array.from(set), slack: Math.max(0, slack) });
  }
  return pool.toSorted((p, q) => p.slack - q.slack || p.set.length - q.set.length);
}

/** A comb of a handle and disjoint teeth, chosen greedily; null when it is not violated. */
function gather(
  support: Support,
  handle: readonly number[],
  pool: readonly Tooth[],
  marks: Uint8Array,
): Cut | null {
  const { n } = support;
  const inside = new Uint8Array(n);
  for (const city of handle) inside[city] = 1;
  const cost = crossing(support, handle, inside) - 1;
  const chosen: Tooth[] = [];
  let gain = 0;
  for (const tooth of pool) {
    let within = 0;
    let free = true;
    for (const city of tooth.set) {
      within += inside[city];
      if (marks[city] === 1) {
        free = false;
        break;
      }
    }
    if (!free || within === 0 || within === tooth.set.length) continue;
    for (const city of tooth.set) marks[city] = 1;
    chosen.push(tooth);
    gain += 1 - tooth.slack;
  }
  for (const tooth of chosen) for (const city of tooth.set) marks[city] = 0;
  if (chosen.length % 2 === 0) {
    const loosest = chosen.pop();
    if (!loosest) return null;
    gain -= 1 - loosest.slack;
  }
  if (chosen.length < 3 || gain <= cost + SLACK) return null;
  return combCut(
    n,
    handle,
    chosen.map(({ set }) => set),
  );
}
