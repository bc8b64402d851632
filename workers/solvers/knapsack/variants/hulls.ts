/**
 * Multiple choice: the items of each class that the linear relaxation can use (upper hull over
 * weight), and the relaxation itself (Sinha & Zoltners 1979; Dyer 1984).
 */
import type { Packed } from '../../../../src/problems/knapsack/instance.ts';

export interface Hulls {
  classes: number;
  /** Items of class k, by rising weight: `items[start[k]]` … `items[start[k + 1] − 1]`. */
  start: Int32Array;
  items: Int32Array;
  /** Of them on the hull, ends at `hullEnd[k]`, packed at the front of `hull` from `start[k]`. */
  hull: Int32Array;
  hullEnd: Int32Array;
  profits: Float64Array;
  weights: Float64Array;
}

/** Hulls over the weights of dimension d. O(n log n). */
export function makeHulls(packed: Packed, d = 0): Hulls {
  const { n, profits } = packed;
  const groups = packed.groups ?? new Int32Array(n);
  const weights = packed.weights.subarray(d * n, (d + 1) * n);
  let classes = 0;
  for (let i = 0; i < n; i++) classes = Math.max(classes, groups[i] + 1);
  const items = Int32Array.from({ length: n }, (_, i) => i).sort(
    (a, b) => groups[a] - groups[b] || weights[a] - weights[b] || profits[b] - profits[a] || a - b,
  );
  const start = new Int32Array(classes + 1);
  for (let i = 0; i < n; i++) start[groups[i] + 1]++;
  for (let k = 0; k < classes; k++) start[k + 1] += start[k];
  const hull = new Int32Array(n);
  const hullEnd = new Int32Array(classes);
  for (let k = 0; k < classes; k++) {
    const from = start[k];
    let end = from;
    for (let at = from; at < start[k + 1]; at++) {
      const i = items[at];
      if (end > from && profits[i] <= profits[hull[end - 1]]) continue;
      while (end - from >= 2) {
        const a = hull[end - 2];
        const b = hull[end - 1];
        const before = (profits[b] - profits[a]) / (weights[b] - weights[a]);
        const after = (profits[i] - profits[b]) / (weights[i] - weights[b]);
        if (before > after) break;
        end--;
      }
      hull[end++] = i;
    }
    hullEnd[k] = end;
  }
  return { classes, start, items, hull, hullEnd, profits, weights };
}

export interface Relaxation {
  /** No solution is better, rounded down; −Infinity when the lightest choice is too heavy. */
  bound: number;
  /** The item of each class with everything whole that fits, in order of gain per weight. */
  chosen: Int32Array;
  weight: number;
  profit: number;
  /** Gain per weight at which the capacity is used up; 0 when everything fits. */
  slope: number;
}

/** Upgrades along the hulls in order of gain per weight until the capacity is used. O(n log n). */
export function relaxClasses(hulls: Hulls, capacity: number): Relaxation {
  const { classes, start, hull, hullEnd, profits, weights } = hulls;
  const chosen = new Int32Array(classes);
  const upgrades: { k: number; at: number; slope: number }[] = [];
  let weight = 0;
  let profit = 0;
  for (let k = 0; k < classes; k++) {
    const i = hull[start[k]];
    chosen[k] = i;
    weight += weights[i];
    profit += profits[i];
    for (let at = start[k] + 1; at < hullEnd[k]; at++) {
      const [a, b] = [hull[at - 1], hull[at]];
      upgrades.push({ k, at, slope: (profits[b] - profits[a]) / (weights[b] - weights[a]) });
    }
  }
  if (weight > capacity) return { bound: -Infinity, chosen, weight, profit, slope: 0 };
  upgrades.sort((a, b) => b.slope - a.slope || a.k - b.k || a.at - b.at);
  for (const { k, at, slope } of upgrades) {
    const [a, b] = [hull[at - 1], hull[at]];
    if (weight + weights[b] - weights[a] > capacity) {
      const bound = profit + (capacity - weight) * slope;
      return {
        bound: Math.floor(bound + Math.abs(bound) * 1e-9 + 1e-9),
        chosen,
        weight,
        profit,
        slope,
      };
    }
    weight += weights[b] - weights[a];
    profit += profits[b] - profits[a];
    chosen[k] = b;
  }
  return { bound: profit, chosen, weight, profit, slope: 0 };
}
