/**
 * Bounds from the number of items: at most K copies fit, and more profit than the incumbent needs
 * at least k. Each joins the capacity by a multiplier, and the linear relaxation of the joined
 * constraint bounds every better solution (Martello, Pisinger & Toth 1999). They bite where profits
 * are nearly weight plus a constant.
 */
import { sortByEfficiency, type Groups } from './groups.ts';

/** Multipliers are whole multiples of 1 / SCALE while the sums stay exact. */
const SCALE = 64;

interface Columns {
  profits: Float64Array;
  weights: Float64Array;
  counts: Float64Array;
  capacity: number;
  /** The number of copies allowed at most (or needed at least). */
  limit: number;
}

interface Scratch {
  efficiency: Float64Array;
  profits: Float64Array;
  weights: Float64Array;
  counts: Float64Array;
  /** The number of copies in the solution of the last relaxation. */
  copies: number;
}

/** A function from the incumbent's profit to a bound on the profit of anything better. */
export function makeCardinality(groups: Groups): (best: number) => Generator<number, number, void> {
  const { size, profits, counts, capacity } = groups;
  let scale = SCALE;
  let total = capacity;
  let copies = 0;
  let largest = 0;
  for (let g = 0; g < size; g++) {
    total += groups.weights[g] * counts[g];
    copies += counts[g];
    largest = Math.max(largest, groups.weights[g], profits[g]);
  }
  while (scale > 1 && scale * (total + 2 * copies * largest) > 2 ** 52) scale /= 2;
  const exact = scale * (total + 2 * copies * largest) <= 2 ** 52;
  const weights = groups.weights.map((w) => w * scale);
  let byProfit: Uint32Array | null = null;
  const scratch: Scratch = {
    efficiency: new Float64Array(size),
    profits: new Float64Array(size),
    weights: new Float64Array(size),
    counts: new Float64Array(size),
    copies: 0,
  };

  let most = 0;
  let mostBound = Infinity;
  let least = 0;
  let leastBound = Infinity;

  /** The best bound of one limit: 1 for at most so many copies, −1 for at least so many. */
  function* limited(sign: 1 | -1, limit: number): Generator<number, number, void> {
    const columns: Columns = { profits, weights, counts, capacity: capacity * scale, limit };
    // Too small a multiplier leaves the number of copies on the wrong side of its limit.
    let bound = Infinity;
    let low = 0;
    let high = largest * scale;
    while (low < high) {
      const s = Math.floor((low + high) / 2);
      bound = Math.min(bound, joined(columns, sign * s, scratch));
      if (sign * (scratch.copies - limit) > 0) low = s + 1;
      else high = s;
      yield 0;
    }
    return Math.min(bound, joined(columns, sign * low, scratch));
  }

  return function* cardinality(best: number) {
    if (!exact) return Infinity;
    if (!byProfit) {
      const ones = new Float64Array(size).fill(1);
      byProfit = yield* sortByEfficiency(profits, ones);
      let left = capacity;
      for (const g of yield* sortByEfficiency(ones, groups.weights)) {
        const fit = Math.min(counts[g], Math.floor(left / groups.weights[g]));
        most += fit;
        left -= fit * groups.weights[g];
        if (fit < counts[g]) break;
      }
      mostBound = yield* limited(1, most);
    }
    let needed = 0;
    let missing = best + 1;
    for (const g of byProfit) {
      const need = Math.min(counts[g], Math.ceil(missing / profits[g]));
      needed += need;
      missing -= need * profits[g];
      if (missing <= 0) break;
    }
    if (missing > 0 || needed > most) return best;
    if (needed > least) {
      least = needed;
      leastBound = yield* limited(-1, least);
    }
    return Math.max(best, Math.min(mostBound, leastBound));
  };
}

/**
 * The linear relaxation, rounded down, of Σ (w + s)·x ≤ c + s·limit; −Infinity when nothing
 * satisfies it. Expected O(n): the break item is found by partition, not by sorting.
 */
function joined(columns: Columns, s: number, scratch: Scratch): number {
  const { efficiency, profits, weights, counts } = scratch;
  let left = columns.capacity + s * columns.limit;
  let value = 0;
  let copies = 0;
  let size = 0;
  for (let g = 0; g < columns.profits.length; g++) {
    const w = (columns.weights[g] + s) * columns.counts[g];
    const p = columns.profits[g] * columns.counts[g];
    if (w <= 0) {
      value += p;
      left -= w;
      copies += columns.counts[g];
    } else {
      profits[size] = p;
      weights[size] = w;
      counts[size] = columns.counts[g];
      efficiency[size++] = p / w;
    }
  }
  scratch.copies = copies;
  if (left < 0) return -Infinity;

  let low = 0;
  let high = size;
  let draw = 1;
  while (low < high) {
    // Drawn places: partly sorted columns would mislead fixed ones round after round.
    let pivot = efficiency[low];
    if (high - low > 2) {
      draw = (Math.imul(draw, 1664525) + 1013904223) >>> 0;
      const a = efficiency[low + (draw % (high - low))];
      draw = (Math.imul(draw, 1664525) + 1013904223) >>> 0;
      const b = efficiency[low + (draw % (high - low))];
      draw = (Math.imul(draw, 1664525) + 1013904223) >>> 0;
      pivot = median(a, b, efficiency[low + (draw % (high - low))]);
    }
    // Three ways: better than the pivot, equal to it, worse.
    let better = low;
    let equal = low;
    let worse = high;
    let weight = 0;
    let profit = 0;
    let count = 0;
    let tieWeight = 0;
    while (equal < worse) {
      const e = efficiency[equal];
      if (e > pivot) {
        weight += weights[equal];
        profit += profits[equal];
        count += counts[equal];
        swap(scratch, better++, equal++);
      } else if (e < pivot) swap(scratch, equal, --worse);
      else tieWeight += weights[equal++];
    }
    if (weight > left) {
      high = better;
      continue;
    }
    value += profit;
    left -= weight;
    copies += count;
    if (tieWeight > left) {
      // Equal efficiencies: any of them is the break item.
      const fraction = (left * profits[better]) / weights[better];
      scratch.copies = copies + (left * counts[better]) / weights[better];
      return Math.floor((value + fraction) * (1 + 1e-15) + 1e-12);
    }
    for (let i = better; i < worse; i++) {
      value += profits[i];
      left -= weights[i];
      copies += counts[i];
    }
    low = worse;
  }
  scratch.copies = copies;
  return value;
}

function median(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}

function swap(scratch: Scratch, i: number, j: number): void {
  const { efficiency, profits, weights, counts } = scratch;
  const e = efficiency[i];
  const p = profits[i];
  const w = weights[i];
  const c = counts[i];
  efficiency[i] = efficiency[j];
  profits[i] = profits[j];
  weights[i] = weights[j];
  counts[i] = counts[j];
  efficiency[j] = e;
  profits[j] = p;
  weights[j] = w;
  counts[j] = c;
}
