/** Set-union knapsack: items and the elements they share, changed in place. */
import type { Rng } from '../../../../src/core/rng.ts';
import type { Packed, Solution } from '../../../../src/problems/knapsack/instance.ts';
import { sharedWeights } from './bounds.ts';
import type { Exchange } from './exchange.ts';

/**
 * Fills by profit per weight still to be added (Goldschmidt, Nehme & Yu 1994). A move drops some
 * items and fills up with a little chance.
 */
export function createUnion(packed: Packed): Exchange {
  const { n, profits, capacities } = packed;
  const { weights, start, list } = packed.elements ?? {
    weights: new Float64Array(0),
    start: new Int32Array(n + 1),
    list: new Int32Array(0),
  };
  const shares = sharedWeights(packed);
  const taken = new Uint8Array(n);
  const covered = new Int32Array(weights.length);
  let residual = capacities[0];
  let profit = 0;
  const extra = (i: number): number => {
    let sum = packed.weights[i];
    for (let k = start[i]; k < start[i + 1]; k++)
      if (covered[list[k]] === 0) sum += weights[list[k]];
    return sum;
  };
  const add = (i: number): void => {
    residual -= extra(i);
    taken[i] = 1;
    profit += profits[i];
    for (let k = start[i]; k < start[i + 1]; k++) covered[list[k]]++;
  };
  const drop = (i: number): void => {
    taken[i] = 0;
    profit -= profits[i];
    for (let k = start[i]; k < start[i + 1]; k++) covered[list[k]]--;
    residual += extra(i);
  };
  const barred = new Uint8Array(n);
  const refill = (share: number, rng: Rng | null): void => {
    for (;;) {
      let best = -1;
      let score = -1;
      for (let i = 0; i < n; i++) {
        if (taken[i] || barred[i]) continue;
        const weight = extra(i);
        if (weight > residual) continue;
        const room = weight === 0 ? 1e-9 : weight * (1 - share) + shares[i] * share;
        const value = (profits[i] / (room + 1e-9)) * (rng ? 0.7 + 0.6 * rng.float() : 1);
        if (value > score) [score, best] = [value, i];
      }
      if (best < 0) return;
      add(best);
    }
  };
  refill(0.5, null);
  const saved = taken.slice();
  const load = (counts: ArrayLike<number>): void => {
    for (let i = 0; i < n; i++) if (taken[i] && counts[i] === 0) drop(i);
    for (let i = 0; i < n; i++) if (!taken[i] && counts[i] > 0) add(i);
  };
  return {
    value: () => profit,
    objective: () => profit,
    move(count, rng) {
      if (n === 0) return;
      for (let left = count, tries = 8 * count; left > 0 && tries > 0; tries--) {
        const i = rng.int(n);
        if (!taken[i]) continue;
        drop(i);
        barred[i] = rng.int(2);
        left--;
      }
      refill(rng.float(), rng);
      barred.fill(0);
      refill(0.5, null);
    },
    save: () => saved.set(taken),
    restore: () => load(saved),
    solution: (): Solution => ({ counts: taken.slice() }),
    load: ({ counts }) => load(counts),
  };
}
