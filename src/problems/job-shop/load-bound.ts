/** A bound from sharing out work among machines that may do it. */
import type { PackedJobShop } from './instance.ts';

/** Sum of the machines' prices: keeps price × work within 2^53. */
const total = 2 ** 16;
/** Choices looked at in all rounds together. */
const looks = 2_000_000;
const mostRounds = 200;

/**
 * With a price for each machine's time every schedule pays at least what the operations cost where
 * they are cheapest, and no more than the sum of prices times the makespan: so that cost over that
 * sum is a bound, for any prices (Lagrangian relaxation of the loads, Held & Karp 1971). Prices rise
 * where the cheapest choices pile up. 0 without choices. O(rounds · choices), in whole numbers.
 */
export function sharedLoadBound(packed: PackedJobShop): number {
  const { firstChoice, choiceMachine, choiceDuration, machines } = packed;
  if (!firstChoice) return 0;
  const operations = firstChoice.length - 1;
  const rounds = Math.max(1, Math.min(mostRounds, Math.floor(looks / choiceMachine.length)));
  const wanted = new Float64Array(machines).fill(1);
  const price = new Float64Array(machines);
  const load = new Float64Array(machines);
  let best = 0;
  for (let round = 0; round < rounds; round++) {
    const sum = wanted.reduce((a, b) => a + b, 0);
    let prices = 0;
    for (let m = 0; m < machines; m++) {
      price[m] = Math.floor((wanted[m] / sum) * total);
      prices += price[m];
    }
    if (prices === 0) break;
    load.fill(0);
    let cost = 0;
    for (let i = 0; i < operations; i++) {
      let least = Infinity;
      let chosen = 0;
      for (let c = firstChoice[i]; c < firstChoice[i + 1]; c++) {
        const paid = price[choiceMachine[c]] * choiceDuration[c];
        if (paid < least) [least, chosen] = [paid, c];
      }
      cost += least;
      load[choiceMachine[chosen]] += choiceDuration[chosen];
    }
    let bound = Math.floor(cost / prices);
    while (bound * prices < cost) bound++;
    if (bound > best) best = bound;
    const mean = Math.max(1, cost / prices);
    const step = 1 / (round + 3);
    for (let m = 0; m < machines; m++)
      wanted[m] *= Math.max(0.2, Math.min(5, 1 + step * (load[m] / mean - 1)));
  }
  return best;
}
