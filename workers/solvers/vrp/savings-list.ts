/** The savings of Clarke & Wright (1964), largest first. */
import type { Neighbours } from '../../../src/core/neighbours.ts';
import type { Model } from './model.ts';

export interface SavingsList {
  /** Pairs by decreasing saving: i0, j0, i1, j1, … */
  pairs: Int32Array;
}

const BUCKETS = 4096;

/**
 * Savings d(0,i) + d(0,j) − shape·d(i,j) > 0 of all neighbour pairs; ties by customers. Sorted in
 * buckets of value, so that control returns (yield 0) about every millisecond. O(p log p).
 */
export function* listSavings(
  model: Model,
  neighbours: Neighbours,
  shape: number,
): Generator<number, SavingsList, void> {
  const { n, toDepot } = model;
  const { k, list } = neighbours;
  const most = n * k;
  const savings = new Float64Array(most);
  const ends = new Int32Array(2 * most);
  let pairs = 0;
  let top = 0;
  for (let i = 1; i <= n; i++) {
    for (let s = 0; s < k; s++) {
      const j = list[(i - 1) * k + s] + 1;
      // A mutual pair once, from its lower end.
      if (j < i && (k === n - 1 || lists(list, k, j, i))) continue;
      const saving = toDepot[i] + toDepot[j] - shape * model.distance(i, j);
      if (saving <= 0) continue;
      savings[pairs] = saving;
      ends[2 * pairs] = Math.min(i, j);
      ends[2 * pairs + 1] = Math.max(i, j);
      pairs++;
      if (saving > top) top = saving;
    }
    if (i % 128 === 0) yield 0;
  }

  // Counting sort into buckets, largest savings first, then each bucket by itself.
  const bucketOf = (p: number) =>
    Math.min(BUCKETS - 1, Math.floor((1 - savings[p] / top) * BUCKETS));
  const starts = new Int32Array(BUCKETS + 1);
  for (let p = 0; p < pairs; p++) starts[bucketOf(p) + 1]++;
  for (let b = 0; b < BUCKETS; b++) starts[b + 1] += starts[b];
  yield 0;
  const order = new Int32Array(pairs);
  const filled = starts.slice();
  for (let p = 0; p < pairs; p++) order[filled[bucketOf(p)]++] = p;
  yield 0;
  let work = 0;
  for (let b = 0; b < BUCKETS; b++) {
    const length = starts[b + 1] - starts[b];
    if (length > 1)
      order
        .subarray(starts[b], starts[b + 1])
        .sort(
          (p, q) =>
            savings[q] - savings[p] ||
            ends[2 * p] - ends[2 * q] ||
            ends[2 * p + 1] - ends[2 * q + 1],
        );
    work += length;
    if (work > 4000) {
      work = 0;
      yield 0;
    }
  }
  const sorted = new Int32Array(2 * pairs);
  for (let p = 0; p < pairs; p++) {
    sorted[2 * p] = ends[2 * order[p]];
    sorted[2 * p + 1] = ends[2 * order[p] + 1];
  }
  return { pairs: sorted };
}

function lists(list: Int32Array, k: number, customer: number, other: number): boolean {
  for (let s = (customer - 1) * k; s < customer * k; s++) if (list[s] === other - 1) return true;
  return false;
}
