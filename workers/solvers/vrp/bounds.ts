/**
 * Simple lower bounds on the total distance; valid for the rounded distances as they are, for any
 * windows and durations (which only forbid plans), and labelled weak. All in distance units.
 */
import { packedDistance } from '../../../src/problems/vrp/metric.ts';
import type { Model } from './model.ts';

export interface Bound {
  /** In the instance's unit; rounded up to what the rounding convention can express. */
  value: number;
  proof: string;
}

/** Above this many customers only the O(n) bound is computed. */
const DENSE_LIMIT = 3000;
/** Edge weights looked at in all ascent steps together; about 60 ms. */
const ASCENT_WORK = 2e7;

/** Fewest routes: the demand over the capacity, rounded up. */
export function fewestRoutes(model: Model): number {
  let total = 0;
  for (let i = 1; i <= model.n; i++) total += model.demand[i];
  return Math.max(1, Math.ceil(total / model.capacity));
}

/**
 * A bound in distance units as a bound in the instance's unit. Plans of the rounded conventions
 * have whole lengths in units, so the bound may be rounded up; the slack covers the rounding of
 * floating-point sums. Unrounded distances are off by at most one unit per edge (n + routes ≤ 2n
 * of them) in the fixed-point model.
 */
function inInstanceUnits(model: Model, units: number): number {
  if (model.packed.rounding !== 'none')
    return Math.max(0, Math.ceil(units - 1e-6 * Math.max(1, units * 1e-6)) / model.scale);
  return Math.max(0, (units * (1 - 1e-12) - 2 * model.n) / model.scale);
}

/**
 * Shortest ways from the depot in the complete graph (Dijkstra 1959): rounding may make a detour
 * shorter than the direct edge. O(n²); yields 0.
 */
function* shortestWays(model: Model): Generator<number, Float64Array, void> {
  const { n, toDepot } = model;
  const way = Float64Array.from(toDepot);
  const done = new Uint8Array(n + 1);
  done[0] = 1;
  let work = 0;
  for (let round = 0; round < n; round++) {
    let near = 0;
    for (let i = 1; i <= n; i++) if (done[i] === 0 && (near === 0 || way[i] < way[near])) near = i;
    done[near] = 1;
    for (let i = 1; i <= n; i++) {
      if (done[i] === 1) continue;
      const through = way[near] + model.distance(near, i);
      if (through < way[i]) way[i] = through;
    }
    work += 2 * n;
    if (work > 200_000) {
      work = 0;
      yield 0;
    }
  }
  return way;
}

/**
 * Radial bound (after Christofides & Eilon 1969): a route R is a way from the depot to each of its
 * customers and back, so its length is at least 2·max w(i) ≥ 2·Σ_{i ∈ R} w(i)·q(i)/Q, as the
 * demands of R are at most Q; summed over routes, 2·Σ w(i)·q(i)/Q. w(i) is the shortest way in the
 * rounded distances. For large instances, where that costs too much, a way of e edges loses at most
 * e·r by rounding to r below its Euclidean length, and a plan has at most 2n edges.
 */
export function* radialBound(model: Model): Generator<number, Bound, void> {
  const { n, demand, capacity, packed, scale } = model;
  let sum = 0;
  if (n <= DENSE_LIMIT) {
    const way = yield* shortestWays(model);
    for (let i = 1; i <= n; i++) sum += way[i] * demand[i];
    sum *= 2 / capacity;
  } else {
    const { rounding } = packed;
    const straight = packedDistance({ ...packed, rounding: 'none' });
    for (let i = 1; i <= n; i++) sum += straight(0, i) * demand[i];
    sum *= (2 / capacity) * scale * (1 - 1e-12);
    // Rounding to the nearest loses up to ½ unit per edge, truncation up to 1.
    if (rounding !== 'none') sum -= 2 * n * (rounding === 'nint' ? 0.5 : 1);
  }
  return { value: inInstanceUnits(model, sum), proof: 'weak: radial demand bound' };
}

/**
 * Forest bound. Take the depot out of a plan of m routes: m paths remain, a forest of n − m edges on
 * the customers, and 2m depot edges, no depot edge more than twice. So the plan is at least as long
 * as the least forest of exactly n − m edges (the n − m shortest edges of a least spanning tree,
 * by the greedy property of matroids) plus twice the m shortest depot edges. This stays true when
 * λ(i) is added to every edge at customer i and 2·Σλ is taken off, as each customer has degree 2:
 * Lagrangian relaxation, with multipliers by subgradient ascent (Held & Karp 1971 for the tour;
 * Fisher 1994 for k-trees). The bound is the least over m from ⌈Σq/Q⌉ to the fleet.
 */
interface Ascent {
  /** One evaluation and multiplier step; returns the bound of the multipliers before it. Yields 0. */
  step(target: number): Generator<number, number, void>;
}

function createAscent(model: Model): Ascent {
  const { n, toDepot } = model;
  const fewest = fewestRoutes(model);
  const most = Math.max(fewest, Math.min(n, model.fleet));
  const lambda = new Float64Array(n + 1);
  const parent = new Int32Array(n + 1);
  const reach = new Float64Array(n + 1);
  const inTree = new Uint8Array(n + 1);
  const treeEnd = new Int32Array(n);
  const treeEdge = new Float64Array(n);
  const byLength = new Int32Array(Math.max(0, n - 1));
  const byDepot = new Int32Array(n);
  const degree = new Int32Array(n + 1);
  const lastDegree = new Int32Array(n + 1).fill(2);
  let pace = 1;
  let bestValue = -Infinity;
  let stall = 0;

  /** Least spanning tree of the customers (Prim 1957), dense. */
  function* span(): Generator<number, void, void> {
    let work = 0;
    inTree.fill(0);
    inTree[1] = 1;
    for (let i = 2; i <= n; i++) {
      reach[i] = model.distance(1, i) + lambda[1] + lambda[i];
      parent[i] = 1;
    }
    for (let edge = 0; edge < n - 1; edge++) {
      let near = 0;
      for (let i = 2; i <= n; i++)
        if (inTree[i] === 0 && (near === 0 || reach[i] < reach[near])) near = i;
      inTree[near] = 1;
      treeEnd[edge] = near;
      treeEdge[edge] = reach[near];
      const own = lambda[near];
      for (let i = 2; i <= n; i++) {
        if (inTree[i] === 1) continue;
        const length = model.distance(near, i) + own + lambda[i];
        if (length < reach[i]) {
          reach[i] = length;
          parent[i] = near;
        }
      }
      work += 2 * n;
      if (work > 200_000) {
        work = 0;
        yield 0;
      }
    }
  }

  return {
    *step(target) {
      yield* span();
      for (let edge = 0; edge < n - 1; edge++) byLength[edge] = edge;
      byLength.sort((a, b) => treeEdge[a] - treeEdge[b] || a - b);
      for (let i = 0; i < n; i++) byDepot[i] = i + 1;
      byDepot.sort((a, b) => toDepot[a] + lambda[a] - (toDepot[b] + lambda[b]) || a - b);
      let value = 0;
      for (let i = 1; i <= n; i++) value -= 2 * lambda[i];
      for (let e = 0; e < n - fewest; e++) value += treeEdge[byLength[e]];
      for (let i = 0; i < fewest; i++) value += 2 * (toDepot[byDepot[i]] + lambda[byDepot[i]]);
      let routes = fewest;
      // One route more: the longest forest edge goes, the next depot edge comes twice. The change
      // only grows, so the first that is not negative ends it.
      while (routes < most) {
        const gone = treeEdge[byLength[n - routes - 1]];
        const come = 2 * (toDepot[byDepot[routes]] + lambda[byDepot[routes]]);
        if (come - gone >= 0) break;
        value += come - gone;
        routes++;
      }

      degree.fill(0);
      for (let e = 0; e < n - routes; e++) {
        const end = treeEnd[byLength[e]];
        degree[end]++;
        degree[parent[end]]++;
      }
      for (let i = 0; i < routes; i++) degree[byDepot[i]] += 2;
      let norm = 0;
      for (let i = 1; i <= n; i++) norm += (degree[i] - 2) * (degree[i] - 2);
      if (value > bestValue) {
        bestValue = value;
        stall = 0;
      } else if (++stall >= 8) {
        stall = 0;
        pace *= 0.6;
      }
      if (norm > 0) {
        const stride = (pace * Math.max(1, target - value)) / norm;
        for (let i = 1; i <= n; i++) {
          lambda[i] += stride * (0.7 * (degree[i] - 2) + 0.3 * (lastDegree[i] - 2));
          lastDegree[i] = degree[i];
        }
      }
      return value;
    },
  };
}

/**
 * Raises the forest bound for a bounded time; yields every bound that is better by a hundredth,
 * and the last. @param target length of a known plan, in distance units.
 */
export function* forestBound(model: Model, target: number): Generator<number | Bound, void, void> {
  const { n } = model;
  if (n > DENSE_LIMIT || n < 2) return;
  const steps = Math.max(4, Math.min(300, Math.floor(ASCENT_WORK / (n * n))));
  const ascent = createAscent(model);
  let best = -Infinity;
  let told = -Infinity;
  const bound = (): Bound => {
    told = best;
    return {
      value: inInstanceUnits(model, best),
      proof: 'weak: forest with depot degree, Lagrangian',
    };
  };
  for (let step = 0; step < steps; step++) {
    best = Math.max(best, yield* ascent.step(target));
    if (best > told + 0.01 * Math.abs(told) || told === -Infinity) yield bound();
    yield 0;
  }
  if (best > told) yield bound();
}
