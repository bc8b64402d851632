/** Multiple choice with one or several capacities: one item of each class, changed in place. */
import type { Rng } from '../../../../src/core/rng.ts';
import type { Packed, Solution } from '../../../../src/problems/knapsack/instance.ts';
import type { Exchange } from './exchange.ts';
import { makeHulls, relaxClasses } from './hulls.ts';

/**
 * Begins with the linear relaxation's whole part (one capacity) or the lightest items (several).
 * A move changes some classes at random, then repairs by the change that frees most room per profit
 * lost, and fills up by the one that gains most per room.
 */
export function createClasses(packed: Packed): Exchange {
  const { n, m, profits, weights, capacities } = packed;
  const hulls = makeHulls(packed);
  const { classes, start, items } = hulls;
  const joined = new Float64Array(n);
  for (let d = 0; d < m; d++)
    for (let i = 0; i < n; i++)
      joined[i] += capacities[d] > 0 ? weights[d * n + i] / capacities[d] : weights[d * n + i];
  let chosen: Int32Array = Int32Array.from({ length: classes }, (_, k) => {
    let best = items[start[k]];
    for (let at = start[k]; at < start[k + 1]; at++)
      if (joined[items[at]] < joined[best]) best = items[at];
    return best;
  });
  if (m === 1 && classes > 0) chosen = relaxClasses(hulls, capacities[0]).chosen;
  const loads = new Float64Array(m);
  let profit = 0;
  const measure = (): void => {
    profit = 0;
    loads.fill(0);
    for (let k = 0; k < classes; k++) {
      profit += profits[chosen[k]];
      for (let d = 0; d < m; d++) loads[d] += weights[d * n + chosen[k]];
    }
  };
  const excess = (): number => {
    let sum = 0;
    for (let d = 0; d < m; d++)
      if (loads[d] > capacities[d])
        sum += capacities[d] > 0 ? (loads[d] - capacities[d]) / capacities[d] : loads[d];
    return sum;
  };
  const change = (k: number, i: number): void => {
    const old = chosen[k];
    chosen[k] = i;
    profit += profits[i] - profits[old];
    for (let d = 0; d < m; d++) loads[d] += weights[d * n + i] - weights[d * n + old];
  };
  const fits = (k: number, i: number): boolean => {
    const old = chosen[k];
    for (let d = 0; d < m; d++)
      if (loads[d] + weights[d * n + i] - weights[d * n + old] > capacities[d]) return false;
    return true;
  };
  /** Until it fits or nothing lighter is left. */
  const repair = (): void => {
    for (let left = classes * 4; excess() > 0 && left > 0; left--) {
      let best = -1;
      let bestClass = 0;
      let score = -Infinity;
      for (let k = 0; k < classes; k++)
        for (let at = start[k]; at < start[k + 1]; at++) {
          const i = items[at];
          const freed = joined[chosen[k]] - joined[i];
          if (freed <= 0) continue;
          const lost = profits[chosen[k]] - profits[i];
          const value = lost <= 0 ? 1e9 + freed : freed / lost;
          if (value > score) [score, best, bestClass] = [value, i, k];
        }
      if (best < 0) return;
      change(bestClass, best);
    }
  };
  const improve = (rng: Rng | null): void => {
    for (;;) {
      let best = -1;
      let bestClass = 0;
      let score = 0;
      for (let k = 0; k < classes; k++)
        for (let at = start[k]; at < start[k + 1]; at++) {
          const i = items[at];
          const gain = profits[i] - profits[chosen[k]];
          if (gain <= 0 || !fits(k, i)) continue;
          const room = Math.max(1e-12, joined[i] - joined[chosen[k]]);
          const value = (gain / room) * (rng ? 0.5 + rng.float() : 1);
          if (value > score) [score, best, bestClass] = [value, i, k];
        }
      if (best < 0) return;
      change(bestClass, best);
    }
  };
  measure();
  if (excess() > 0) repair();
  if (excess() === 0) improve(null);

  const savedChosen = chosen.slice();
  return {
    value: () => (excess() > 0 ? -excess() : profit),
    objective: () => (excess() > 0 ? NaN : profit),
    move(count, rng) {
      for (let c = 0; c < count && classes > 0; c++) {
        const k = rng.int(classes);
        change(k, items[start[k] + rng.int(start[k + 1] - start[k])]);
      }
      repair();
      if (excess() === 0) improve(rng);
    },
    save: () => savedChosen.set(chosen),
    restore() {
      chosen.set(savedChosen);
      measure();
    },
    solution(): Solution {
      const counts = new Uint8Array(n);
      for (const i of chosen) counts[i] = 1;
      return { counts };
    },
    load({ counts }) {
      for (let k = 0; k < classes; k++)
        for (let at = start[k]; at < start[k + 1]; at++)
          if (counts[items[at]] > 0) chosen[k] = items[at];
      measure();
    },
  };
}
