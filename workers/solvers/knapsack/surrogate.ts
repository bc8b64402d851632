/**
 * Several capacities joined into one by multipliers (surrogate relaxation, Glover 1968). Multipliers
 * come from subgradient steps on the Lagrangian dual, whose best value is that of the linear
 * relaxation; each value met on the way is a proven bound.
 */
import type { Packed } from '../../../src/problems/knapsack/instance.ts';
import { makeGroups, type Groups } from './groups.ts';

const ROUNDS = 300;
/** Weights read between two yields. */
const BLOCK = 1 << 16;

export interface Surrogate {
  /** One group for each item that can matter, by surrogate efficiency. */
  groups: Groups;
  /** weight[d] of group g at `g * m + d`, in the packed units. */
  weights: Float64Array;
  /** The best Lagrangian bound, in packed profit units, rounded down; Infinity when m is 1. */
  bound: number;
}

/** Copies of each item that fit when it is alone. O(n·m). */
export function fittingCounts(packed: Packed): Float64Array {
  const { n, m, weights, capacities } = packed;
  const counts = packed.counts.slice();
  for (let d = 0; d < m; d++)
    for (let i = 0; i < n; i++) {
      const w = weights[d * n + i];
      if (w > 0) counts[i] = Math.min(counts[i], Math.floor(capacities[d] / w));
    }
  return counts;
}

/**
 * Joins the capacities. Yields 0 to return control.
 * O(n·m) for each of 300 subgradient steps, fewer for large instances.
 */
export function* makeSurrogate(
  packed: Packed,
  mode: 'subgradient' | 'equal' = 'subgradient',
): Generator<number, Surrogate, void> {
  const { n, m, profits, capacities, weights } = packed;
  const counts = fittingCounts(packed);
  yield 0;
  let multipliers: Float64Array = Float64Array.from(capacities, (c) => (c > 0 ? 1 / c : 1));
  let bound = Infinity;
  if (m > 1 && mode === 'subgradient') {
    const dual = yield* minimiseDual(packed, counts, multipliers);
    multipliers = dual.multipliers;
    bound = dual.bound;
  }
  const whole = wholeMultipliers(packed, counts, multipliers);
  const joined = new Float64Array(n);
  let capacity = 0;
  for (let d = 0; d < m; d++) {
    capacity += whole[d] * capacities[d];
    for (let i = 0; i < n; i++) if (counts[i] > 0) joined[i] += whole[d] * weights[d * n + i];
    yield 0;
  }
  const groups = yield* makeGroups({ n, profits, counts, weights: joined }, capacity, false);
  const own = new Float64Array(groups.size * m);
  for (let g = 0; g < groups.size; g++)
    for (let d = 0; d < m; d++) own[g * m + d] = weights[d * n + groups.first[g]];
  return { groups, weights: own, bound };
}

/** Multipliers ≥ 1 in whole numbers whose sums with all weights stay exact. O(n·m). */
function wholeMultipliers(
  packed: Packed,
  counts: Float64Array,
  multipliers: Float64Array,
): Float64Array {
  const { n, m, weights, capacities } = packed;
  if (m === 1) return new Float64Array([1]);
  const totals = new Float64Array(m);
  for (let d = 0; d < m; d++) {
    totals[d] = capacities[d];
    for (let i = 0; i < n; i++) totals[d] += weights[d * n + i] * counts[i];
  }
  let size = 0;
  let least = 0;
  for (let d = 0; d < m; d++) {
    size += multipliers[d] * totals[d];
    least += totals[d];
  }
  const scale = size > 0 ? Math.max(0, 2 ** 50 - least) / size : 0;
  return multipliers.map((u) => 1 + Math.floor(u * scale));
}

/** Polyak's subgradient steps; the multipliers and value of the best point met. */
function* minimiseDual(
  packed: Packed,
  counts: Float64Array,
  scaling: Float64Array,
): Generator<number, { multipliers: Float64Array; bound: number }, void> {
  const { n, m, profits, capacities, weights } = packed;
  // Work in shares of the capacities, so that steps suit all dimensions.
  let start = 0;
  for (let i = 0; i < n; i++) start += profits[i] * counts[i];
  let u = new Float64Array(m).fill(start / Math.max(1, 4 * m));
  let best = u.slice();
  let bound = start;
  let step = 1;
  let stalled = 0;
  const slope = new Float64Array(m);
  const reduced = new Float64Array(n);
  const rounds = Math.max(20, Math.min(ROUNDS, Math.floor(2e8 / Math.max(1, n * m))));
  let work = 0;
  for (let round = 0; round < rounds; round++) {
    reduced.set(profits);
    for (let d = 0; d < m; d++) {
      const factor = u[d] * scaling[d];
      if (factor > 0) for (let i = 0; i < n; i++) reduced[i] -= factor * weights[d * n + i];
    }
    let value = 0;
    for (let d = 0; d < m; d++) {
      value += u[d] * scaling[d] * capacities[d];
      slope[d] = capacities[d] * scaling[d];
    }
    for (let i = 0; i < n; i++) {
      if (reduced[i] <= 0) {
        reduced[i] = 0;
        continue;
      }
      value += reduced[i] * counts[i];
      reduced[i] = counts[i];
    }
    for (let d = 0; d < m; d++) {
      let use = 0;
      for (let i = 0; i < n; i++) use += reduced[i] * weights[d * n + i];
      slope[d] -= use * scaling[d];
    }
    if (value < bound) {
      if (value < bound * (1 - 1e-4)) stalled = 0;
      bound = value;
      best = u.slice();
    } else if (++stalled >= 10) {
      stalled = 0;
      step /= 2;
      u = best.slice();
    }
    let norm = 0;
    for (let d = 0; d < m; d++) norm += slope[d] * slope[d];
    if (norm === 0) break;
    // The target is a little below the best value: the optimum itself is not known.
    const move = (step * (value - bound * (1 - 0.02 * step))) / norm;
    for (let d = 0; d < m; d++) u[d] = Math.max(0, u[d] - move * slope[d]);
    work += 3 * n * m;
    if (work >= BLOCK) {
      work = 0;
      yield 0;
    }
  }
  // Room for the rounding of sums of n + m terms.
  const safe = Math.floor(bound + Math.abs(bound) * 1e-9 + 1e-9);
  return { multipliers: best.map((value, d) => value * scaling[d]), bound: safe };
}
