/** Items that are multiples of one another, read as copies of the smallest of them. */
import type { Groups } from './groups.ts';

export interface Spans {
  /** As groups, fewer; `first`, `next`, `base` and `itemCounts` remain those of the groups given. */
  groups: Groups;
  /** Copies of each group given that amount to so many copies of each span. */
  spread(taken: ArrayLike<number>): Float64Array;
  /** The inverse: copies of each span. */
  gather(taken: ArrayLike<number>): Float64Array;
}

/**
 * Groups a_1 = 1, a_2, … times as large as the first of them, in profit and weight alike, make every
 * multiple up to their sum when no a_i is larger than one more than all before it together: then
 * they are that many copies of the first (divisibility). In the groups' order such groups stand
 * together, the largest first. O(groups).
 */
export function mergeSpans(groups: Groups): Spans {
  const { size, profits, weights, counts, capacity } = groups;
  /** The last group of each span, the base of it. */
  const bases: number[] = [];
  const copies: number[] = [];
  const spanOf = new Int32Array(size);
  const times = new Float64Array(size).fill(1);
  for (let g = size - 1; g >= 0; g--) {
    const base = bases.at(-1) ?? -1;
    const a = base < 0 ? 0 : weights[g] / weights[base];
    const reached = copies.at(-1) ?? 0;
    if (Number.isInteger(a) && a > 0 && profits[g] === a * profits[base] && a <= reached + 1) {
      times[g] = a;
      copies[copies.length - 1] += a * counts[g];
    } else {
      bases.push(g);
      copies.push(counts[g]);
    }
    spanOf[g] = bases.length - 1;
  }
  const spans = bases.length;
  // Found from the least efficient on.
  for (let g = 0; g < size; g++) spanOf[g] = spans - 1 - spanOf[g];
  bases.reverse();
  copies.reverse();
  return {
    groups: {
      ...groups,
      size: spans,
      profits: Float64Array.from(bases, (g) => profits[g]),
      weights: Float64Array.from(bases, (g) => weights[g]),
      counts: Float64Array.from(copies, (count, s) =>
        Math.min(count, Math.floor(capacity / weights[bases[s]])),
      ),
    },
    spread(taken) {
      const left = Float64Array.from(taken);
      // The largest of a span come first; what they leave the smaller ones can make.
      return times.map((a, g) => {
        const used = Math.min(counts[g], Math.floor(left[spanOf[g]] / a));
        left[spanOf[g]] -= used * a;
        return used;
      });
    },
    gather(taken) {
      const sums = new Float64Array(spans);
      for (let g = 0; g < size; g++) sums[spanOf[g]] += taken[g] * times[g];
      return sums;
    },
  };
}
