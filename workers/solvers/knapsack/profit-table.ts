/** Dynamic programming by profit: the least weight of every total profit. */
import type { Budget } from '../../../src/core/solver.ts';
import type { Bundles } from './groups.ts';

/** Cells looked at between two yields. */
const CELLS = 1 << 17;

export interface ProfitTable {
  /** The largest total value within the capacity. */
  value: number;
  /** Bundles of a solution of that value. */
  bundles: number[];
}

/**
 * least[q] = the least weight with value exactly q; bundle by bundle, q falling. Values are whole;
 * `limit` bounds the best total. One step is one bundle. O(n · limit) time, n · limit bits.
 */
export function* profitTable(
  bundles: Bundles,
  values: Float64Array,
  limit: number,
  capacity: number,
  budget: Budget,
): Generator<number, ProfitTable, void> {
  const least = new Float64Array(limit + 1).fill(Infinity);
  least[0] = 0;
  const choices: Uint8Array[] = [];
  let reach = 0;
  let left = 0;
  let done = 0;
  for (let b = 0; b < bundles.size; b++) {
    if (left === 0) {
      yield done;
      left = budget.chunk(Math.max(1, Math.floor(CELLS / (limit + 1))));
      done = 0;
    }
    const value = values[b];
    const weight = bundles.weights[b];
    reach = Math.min(limit, reach + value);
    const row = new Uint8Array((reach >>> 3) + 1);
    choices.push(row);
    // A bundle worth nothing after scaling would only add weight.
    if (value > 0)
      for (let high = reach; high >= value; high -= CELLS) {
        const low = Math.max(value, high - CELLS + 1);
        for (let q = high; q >= low; q--) {
          const sum = least[q - value] + weight;
          if (sum < least[q] && sum <= capacity) {
            least[q] = sum;
            row[q >>> 3] |= 1 << (q & 7);
          }
        }
        if (low > value) yield 0;
      }
    left--;
    done++;
  }
  let best = limit;
  while (least[best] === Infinity) best--;
  const taken: number[] = [];
  for (let b = choices.length - 1, q = best; b >= 0 && q > 0; b--) {
    if (q >>> 3 >= choices[b].length || ((choices[b][q >>> 3] >>> (q & 7)) & 1) === 0) continue;
    taken.push(b);
    q -= values[b];
  }
  yield done;
  return { value: best, bundles: taken };
}
