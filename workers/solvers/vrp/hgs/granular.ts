/** The customers worth coming before or after each other. */
import type { Neighbours } from '../../../../src/core/neighbours.ts';
import type { Model } from '../model.ts';

/** Weights of waiting and of lateness against distance (Vidal et al. 2013). */
const WAITING = 0.2;
const LATENESS = 1;

/**
 * For each customer u (row u) the k with which it would least stand in one leg: by distance, and
 * under windows by the waiting and lateness that a leg between them forces. O(n² + n·k·log k)
 * about; yields 0.
 */
export function* granularNeighbours(
  model: Model,
  matrix: Int32Array,
  most: number,
): Generator<number, Neighbours, void> {
  const { n, timed, ready, due, service } = model;
  const size = n + 1;
  const k = Math.min(most, n - 1);
  const list = new Int32Array(size * k);
  const cost = new Float64Array(size);
  /** What the leg from i to j costs at its best. */
  const leg = (i: number, j: number): number => {
    const distance = matrix[i * size + j];
    if (!timed) return distance;
    const earliest = ready[i] + service[i] + distance;
    const latest = due[i] + service[i] + distance;
    const waiting = ready[j] > latest ? ready[j] - latest : 0;
    const lateness = earliest > due[j] ? earliest - due[j] : 0;
    return distance + WAITING * waiting + LATENESS * lateness;
  };
  let work = 0;
  for (let u = 1; u <= n && k > 0; u++) {
    for (let v = 1; v <= n; v++) cost[v] = v === u ? Infinity : Math.min(leg(u, v), leg(v, u));
    // Keeps the k cheapest in order by insertion; ties by customer.
    const row = u * k;
    let found = 0;
    for (let v = 1; v <= n; v++) {
      if (v === u) continue;
      if (found === k && cost[v] >= cost[list[row + k - 1]]) continue;
      let slot = found < k ? found++ : k - 1;
      for (; slot > 0 && cost[list[row + slot - 1]] > cost[v]; slot--)
        list[row + slot] = list[row + slot - 1];
      list[row + slot] = v;
    }
    work += n;
    if (work > 20_000) {
      work = 0;
      yield 0;
    }
  }
  return { k, list };
}
