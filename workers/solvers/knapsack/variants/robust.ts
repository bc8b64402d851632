/**
 * Robust knapsack: up to Γ of the items taken lose what hurts most (Bertsimas & Sim 2003), perhaps
 * after the room left has repaired some (Arslan & Detienne 2022).
 */
import type { Rng } from '../../../../src/core/rng.ts';
import type { Packed, Solution } from '../../../../src/problems/knapsack/instance.ts';
import type { Exchange } from './exchange.ts';

const lossesOf = (packed: Packed) =>
  packed.robust ?? { deviations: new Float64Array(packed.n), gamma: 0, repairs: null };

/**
 * The profit that is left when the adversary strikes up to Γ of the items taken, and whom it strikes.
 * Without repairs those with the largest deviations: O(n log n). With repairs of the best of them in
 * the room left all sets are tried: O(C(n, Γ) · 2^Γ).
 */
export function strike(
  packed: Packed,
  counts: ArrayLike<number>,
): { profit: number; struck: number[] } {
  const { deviations, gamma, repairs } = lossesOf(packed);
  const taken: number[] = [];
  let profit = 0;
  let room = packed.capacities[0];
  for (let i = 0; i < packed.n; i++)
    if (counts[i] > 0) {
      profit += packed.profits[i];
      room -= packed.weights[i];
      taken.push(i);
    }
  taken.sort((a, b) => deviations[b] - deviations[a] || a - b);
  const most = Math.min(gamma, taken.length);
  const largest = taken.slice(0, most);
  const lost = largest.reduce((sum, i) => sum + deviations[i], 0);
  if (!repairs) return { profit: profit - lost, struck: largest };
  let worst = -1;
  let struck: number[] = [];
  const chosen: number[] = [];
  /** What repairs leave lost, from the k-th chosen one on. */
  const leastLoss = (k: number, left: number): number => {
    if (k === chosen.length) return 0;
    const i = chosen[k];
    const kept = deviations[i] + leastLoss(k + 1, left);
    return repairs[i] <= left ? Math.min(kept, leastLoss(k + 1, left - repairs[i])) : kept;
  };
  const choose = (from: number, sum: number): void => {
    if (chosen.length === most) {
      const loss = leastLoss(0, Math.max(0, room));
      if (loss > worst) {
        worst = loss;
        struck = chosen.slice();
      }
      return;
    }
    for (let k = from; k <= taken.length - (most - chosen.length); k++) {
      // Sorted by deviation: no later set loses more than this many times the next one.
      if (sum + (most - chosen.length) * deviations[taken[k]] <= worst) return;
      chosen.push(taken[k]);
      choose(k + 1, sum + deviations[taken[k]]);
      chosen.pop();
    }
  };
  choose(0, 0);
  return { profit: profit - Math.max(0, worst), struck };
}

/** The profit that is left when the adversary has struck. */
export const worstProfit = (packed: Packed, counts: ArrayLike<number>): number =>
  strike(packed, counts).profit;

/** Drops some items and fills up by profit less a changing share of the deviation, per weight. */
export function createRobust(packed: Packed): Exchange {
  const { n, profits, weights } = packed;
  const { deviations, repairs } = lossesOf(packed);
  const taken = new Uint8Array(n);
  const order = Int32Array.from({ length: n }, (_, i) => i);
  const score = new Float64Array(n);
  let residual = packed.capacities[0];
  let value = 0;
  const measure = (): void => {
    residual = packed.capacities[0];
    for (let i = 0; i < n; i++) if (taken[i]) residual -= weights[i];
    value = worstProfit(packed, taken);
  };
  const refill = (share: number, rng: Rng | null): void => {
    for (let i = 0; i < n; i++)
      score[i] =
        ((profits[i] - share * deviations[i]) / (weights[i] + 1e-9)) *
        (rng ? 0.8 + 0.4 * rng.float() : 1);
    order.sort((a, b) => score[b] - score[a] || a - b);
    for (const i of order)
      // Room kept free may be worth more for repairs.
      if (!taken[i] && weights[i] <= residual && !(repairs && rng && rng.int(4) === 0)) {
        taken[i] = 1;
        residual -= weights[i];
      }
    measure();
  };
  refill(0.5, null);
  const saved = taken.slice();
  return {
    value: () => value,
    objective: () => value,
    move(count, rng) {
      for (let left = count, tries = 8 * count; left > 0 && tries > 0 && n > 0; tries--) {
        const i = rng.int(n);
        if (!taken[i]) continue;
        taken[i] = 0;
        left--;
      }
      measure();
      refill(rng.float(), rng);
    },
    save: () => saved.set(taken),
    restore() {
      taken.set(saved);
      measure();
    },
    solution: (): Solution => ({ counts: taken.slice() }),
    load({ counts }) {
      for (let i = 0; i < n; i++) taken[i] = counts[i] > 0 ? 1 : 0;
      measure();
    },
  };
}
