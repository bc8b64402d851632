/** Multiple knapsack: items in sacks, changed in place. */
import type { Rng } from '../../../../src/core/rng.ts';
import type { Packed, Solution } from '../../../../src/problems/knapsack/instance.ts';
import type { Exchange } from './exchange.ts';

/**
 * Begins greedily: items by efficiency, each into the fullest sack it fits. A move empties some
 * items out of one or two sacks, reshuffles between sacks and fills up with a little chance.
 */
export function createSacks(packed: Packed): Exchange {
  const { n, profits, weights, capacities } = packed;
  const order = Int32Array.from({ length: n }, (_, i) => i).sort(
    (a, b) =>
      (weights[b] === 0 ? Infinity : profits[b] / weights[b]) -
        (weights[a] === 0 ? Infinity : profits[a] / weights[a]) || a - b,
  );
  const residual = capacities.slice();
  const place = new Int32Array(n);
  let profit = 0;
  const put = (i: number, s: number): void => {
    if (place[i] > 0) {
      residual[place[i] - 1] += weights[i];
      profit -= profits[i];
    }
    place[i] = s;
    if (s > 0) {
      residual[s - 1] -= weights[i];
      profit += profits[i];
    }
  };
  /** The sack that is left with least room; 0 when none has room. */
  const bestSack = (i: number): number => {
    let best = 0;
    let least = Infinity;
    for (let s = 0; s < residual.length; s++) {
      const left = residual[s] - weights[i];
      if (left >= 0 && left < least) [least, best] = [left, s + 1];
    }
    return best;
  };
  const refill = (rng: Rng | null): void => {
    for (let pass = rng ? 0 : 1; pass < 2; pass++)
      for (const i of order) {
        if (place[i] > 0 || (pass === 0 && rng && rng.int(4) === 0)) continue;
        const s = bestSack(i);
        if (s > 0) put(i, s);
      }
  };
  /** Swaps packed items between sacks so that room gathers in one of them. */
  const gather = (rng: Rng): void => {
    const s = 1 + rng.int(residual.length);
    for (let tries = 0; tries < 20; tries++) {
      const i = order[rng.int(n)];
      const t = place[i];
      if (t === 0 || t === s) continue;
      if (weights[i] <= residual[s - 1] && rng.int(2) === 0) {
        put(i, s);
        continue;
      }
      const j = order[rng.int(n)];
      if (place[j] !== s) continue;
      const less = weights[j] - weights[i];
      if (residual[s - 1] + less >= 0 && residual[t - 1] - less >= 0) {
        put(i, 0);
        put(j, 0);
        put(i, s);
        put(j, t);
      }
    }
  };
  refill(null);
  const saved = place.slice();
  const load = (sacks: ArrayLike<number>): void => {
    for (let i = 0; i < n; i++) if (place[i] !== sacks[i]) put(i, 0);
    for (let i = 0; i < n; i++) if (place[i] !== sacks[i]) put(i, sacks[i]);
  };
  return {
    value: () => profit,
    objective: () => profit,
    move(count, rng) {
      if (n === 0) return;
      for (let tries = 4 * count, left = count; tries > 0 && left > 0; tries--) {
        const i = rng.int(n);
        if (place[i] === 0) continue;
        put(i, 0);
        left--;
      }
      if (residual.length > 1 && rng.int(2) === 0) gather(rng);
      refill(rng);
    },
    save: () => saved.set(place),
    restore: () => load(saved),
    solution: (): Solution => ({
      counts: Uint8Array.from(place, (s) => (s > 0 ? 1 : 0)),
      sacks: place.slice(),
    }),
    load: (solution) => load(solution.sacks ?? new Int32Array(n)),
  };
}
