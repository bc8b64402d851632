/** Quadratic knapsack: a set of items with what each adds beside the others, changed in place. */
import type { Rng } from '../../../../src/core/rng.ts';
import type { Packed, Solution } from '../../../../src/problems/knapsack/instance.ts';
import type { Exchange } from './exchange.ts';

/** Pairs by item: partners of i and their profits from `start[i]` to `start[i + 1]`. */
export interface Partners {
  start: Int32Array;
  other: Int32Array;
  profits: Float64Array;
}

export function partnersOf(packed: Packed): Partners {
  const { n, pairs } = packed;
  const a = pairs?.a ?? new Int32Array(0);
  const b = pairs?.b ?? new Int32Array(0);
  const start = new Int32Array(n + 1);
  for (let k = 0; k < a.length; k++) {
    start[a[k] + 1]++;
    start[b[k] + 1]++;
  }
  for (let i = 0; i < n; i++) start[i + 1] += start[i];
  const at = start.slice();
  const other = new Int32Array(a.length * 2);
  const profits = new Float64Array(a.length * 2);
  for (let k = 0; k < a.length; k++) {
    const profit = pairs?.profits[k] ?? 0;
    other[at[a[k]]] = b[k];
    profits[at[a[k]]++] = profit;
    other[at[b[k]]] = a[k];
    profits[at[b[k]]++] = profit;
  }
  return { start, other, profits };
}

/**
 * Fills by what an item adds per weight, counting pairs with items taken and, at the start, a share
 * of those with items not taken yet. A move drops some and fills up with a little chance.
 */
export function createQuadratic(packed: Packed): Exchange {
  const { n, m, weights, capacities } = packed;
  const partners = partnersOf(packed);
  const taken = new Uint8Array(n);
  /** What item i adds, or what its removal costs. */
  const adds = packed.profits.slice();
  const residual = capacities.slice();
  let profit = 0;
  const joined = new Float64Array(n);
  for (let d = 0; d < m; d++)
    for (let i = 0; i < n; i++)
      joined[i] += capacities[d] > 0 ? weights[d * n + i] / capacities[d] : weights[d * n + i];
  const fits = (i: number): boolean => {
    for (let d = 0; d < m; d++) if (weights[d * n + i] > residual[d]) return false;
    return true;
  };
  const flip = (i: number): void => {
    const sign = taken[i] ? -1 : 1;
    taken[i] ^= 1;
    profit += sign * adds[i];
    for (let d = 0; d < m; d++) residual[d] -= sign * weights[d * n + i];
    for (let k = partners.start[i]; k < partners.start[i + 1]; k++)
      adds[partners.other[k]] += sign * partners.profits[k];
  };
  const barred = new Uint8Array(n);
  const refill = (hope: Float64Array | null, rng: Rng | null): void => {
    for (;;) {
      let best = -1;
      let score = -1;
      for (let i = 0; i < n; i++) {
        if (taken[i] || barred[i] || !fits(i)) continue;
        const value =
          ((adds[i] + (hope ? hope[i] : 0)) / (joined[i] + 1e-12)) *
          (rng ? 0.7 + 0.6 * rng.float() : 1);
        if (value > score) [score, best] = [value, i];
      }
      if (best < 0) return;
      flip(best);
    }
  };
  const hope = new Float64Array(n);
  for (let i = 0; i < n; i++)
    for (let k = partners.start[i]; k < partners.start[i + 1]; k++)
      hope[i] += partners.profits[k] / 4;
  refill(hope, null);
  const saved = taken.slice();
  const load = (counts: ArrayLike<number>): void => {
    for (let i = 0; i < n; i++) if (taken[i] && counts[i] === 0) flip(i);
    for (let i = 0; i < n; i++) if (!taken[i] && counts[i] > 0) flip(i);
  };
  return {
    value: () => profit,
    objective: () => profit,
    move(count, rng) {
      if (n === 0) return;
      const first = rng.int(n);
      for (let left = count, at = 0; left > 0 && at < n; at++) {
        const i = at < 4 * count ? rng.int(n) : (first + at) % n;
        if (!taken[i]) continue;
        flip(i);
        // What was dropped stays out of the first filling.
        barred[i] = rng.int(2);
        left--;
      }
      refill(null, rng);
      barred.fill(0);
      refill(null, null);
    },
    save: () => saved.set(taken),
    restore: () => load(saved),
    solution: (): Solution => ({ counts: taken.slice() }),
    load: ({ counts }) => load(counts),
  };
}
