/** Robust knapsack: up to Γ of the items taken lose what hurts most (Bertsimas & Sim 2003). */
import type { Rng } from '../../../../src/core/rng.ts';
import type { Packed, Solution } from '../../../../src/problems/knapsack/instance.ts';
import type { Exchange } from './exchange.ts';

const lossesOf = (packed: Packed) =>
  packed.robust ?? { deviations: new Float64Array(packed.n), gamma: 0 };

/** The profit that is left when the Γ largest deviations of the items taken strike. O(n log n). */
export function worstProfit(packed: Packed, counts: ArrayLike<number>): number {
  const { deviations, gamma } = lossesOf(packed);
  const losses: number[] = [];
  let profit = 0;
  for (let i = 0; i < packed.n; i++)
    if (counts[i] > 0) {
      profit += packed.profits[i];
      losses.push(deviations[i]);
    }
  losses.sort((a, b) => b - a);
  for (let k = 0; k < Math.min(gamma, losses.length); k++) profit -= losses[k];
  return profit;
}

/** Drops some items and fills up by profit less a changing share of the deviation, per weight. */
export function createRobust(packed: Packed): Exchange {
  const { n, profits, weights } = packed;
  const { deviations } = lossesOf(packed);
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
      if (!taken[i] && weights[i] <= residual) {
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
