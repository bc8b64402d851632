/**
 * Bounds from the number of items: at most K copies fit, and more profit than the incumbent needs
 * at least k. Each joins the capacity by a multiplier, and the linear relaxation of the joined
 * constraint bounds every better solution (Martello, Pisinger & Toth 1999). They bite where profits
 * are nearly weight plus a constant.
 */
import { sortByEfficiency, type Groups } from './groups.ts';

/** Groups looked at while searching for the multiplier. */
const SAMPLE = 4000;
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
  let byWeight: Uint32Array | null = null;
  let byProfit: Uint32Array | null = null;
  const scratch: Scratch = {
    efficiency: new Float64Array(size),
    profits: new Float64Array(size),
    weights: new Float64Array(size),
  };

  return function* cardinality(best: number) {
    if (!exact) return Infinity;
    const ones = new Float64Array(size).fill(1);
    byWeight ??= yield* sortByEfficiency(ones, groups.weights);
    byProfit ??= yield* sortByEfficiency(profits, ones);
    let most = 0;
    let left = capacity;
    for (const g of byWeight) {
      const fit = Math.min(counts[g], Math.floor(left / groups.weights[g]));
      most += fit;
      left -= fit * groups.weights[g];
      if (fit < counts[g]) break;
    }
    let least = 0;
    let missing = best + 1;
    for (const g of byProfit) {
      const need = Math.min(counts[g], Math.ceil(missing / profits[g]));
      least += need;
      missing -= need * profits[g];
      if (missing <= 0) break;
    }
    if (missing > 0 || least > most) return best;

    let bound = Infinity;
    for (const [sign, limit] of [
      [1, most],
      [-1, least],
    ] as const) {
      const full: Columns = { profits, weights, counts, capacity: capacity * scale, limit };
      const sample = sampled(full);
      const value = (columns: Columns, s: number) => joined(columns, sign * s, scratch);
      let low = 0;
      let high = largest * scale;
      while (high - low > 2) {
        const third = Math.floor((high - low) / 3);
        if (value(sample, low + third) <= value(sample, high - third)) high -= third;
        else low += third;
        yield 0;
      }
      const unit = Math.floor(low / scale) * scale;
      for (const s of new Set([low, low + 1, low + 2, unit, unit + scale])) {
        bound = Math.min(bound, value(full, s));
        yield 0;
      }
    }
    return Math.max(best, bound);
  };
}

/** Every so many groups, and the same share of the capacity and of the copies. */
function sampled(columns: Columns): Columns {
  const n = columns.profits.length;
  if (n <= SAMPLE) return columns;
  const step = Math.ceil(n / SAMPLE);
  const take = (values: Float64Array) => values.filter((_, index) => index % step === 0);
  const counts = take(columns.counts);
  const all = columns.counts.reduce((sum, count) => sum + count, 0);
  const share = counts.reduce((sum, count) => sum + count, 0) / all;
  return {
    profits: take(columns.profits),
    weights: take(columns.weights),
    counts,
    capacity: Math.floor(columns.capacity * share),
    limit: Math.floor(columns.limit * share),
  };
}

/**
 * The linear relaxation, rounded down, of Σ (w + s)·x ≤ c + s·limit; −Infinity when nothing
 * satisfies it. Expected O(n): the break item is found by partition, not by sorting.
 */
function joined(columns: Columns, s: number, scratch: Scratch): number {
  const { efficiency, profits, weights } = scratch;
  let left = columns.capacity + s * columns.limit;
  let value = 0;
  let size = 0;
  for (let g = 0; g < columns.profits.length; g++) {
    const w = (columns.weights[g] + s) * columns.counts[g];
    const p = columns.profits[g] * columns.counts[g];
    if (w <= 0) {
      value += p;
      left -= w;
    } else {
      profits[size] = p;
      weights[size] = w;
      efficiency[size++] = p / w;
    }
  }
  if (left < 0) return -Infinity;

  let low = 0;
  let high = size;
  while (low < high) {
    const pivot = median(efficiency[low], efficiency[(low + high) >> 1], efficiency[high - 1]);
    // Three ways: better than the pivot, equal to it, worse.
    let better = low;
    let equal = low;
    let worse = high;
    let weight = 0;
    let profit = 0;
    let tieWeight = 0;
    while (equal < worse) {
      const e = efficiency[equal];
      if (e > pivot) {
        weight += weights[equal];
        profit += profits[equal];
        swap(scratch, better++, equal++);
      } else if (e < pivot) swap(scratch, equal, --worse);
      else tieWeight += weights[equal++];
    }
    if (weight > left) high = better;
    else if (weight + tieWeight > left) {
      value += profit;
      left -= weight;
      // Equal efficiencies: any of them is the break item.
      const fraction = (left * profits[better]) / weights[better];
      return Math.floor((value + fraction) * (1 + 1e-15) + 1e-12);
    } else {
      value += profit;
      left -= weight;
      for (let i = better; i < worse; i++) {
        value += profits[i];
        left -= weights[i];
      }
      low = worse;
    }
  }
  return value;
}

function median(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}

function swap({ efficiency, profits, weights }: Scratch, i: number, j: number): void {
  const e = efficiency[i];
  const p = profits[i];
  const w = weights[i];
  efficiency[i] = efficiency[j];
  profits[i] = profits[j];
  weights[i] = weights[j];
  efficiency[j] = e;
  profits[j] = p;
  weights[j] = w;
}
