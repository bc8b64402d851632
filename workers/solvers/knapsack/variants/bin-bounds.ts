/** Lower bounds on the number of bins (Martello & Toth 1990). */

/** L2: items above half the bin, those beside them, and the weight of the middle ones. O(n log n). */
export function boundL2(weights: ArrayLike<number>, capacity: number): number {
  const sorted = Float64Array.from(weights).sort().reverse();
  return boundL2Sorted(sorted, sorted.length, capacity);
}

/** L2 of the first `n` weights, which fall. O(n²) at worst, O(n · distinct light weights). */
export function boundL2Sorted(sorted: Float64Array, n: number, capacity: number): number {
  if (n === 0) return 0;
  const half = capacity / 2;
  let big = 0;
  while (big < n && sorted[big] > half) big++;
  let best = 0;
  // j1: above capacity − k; j2: above half and at most capacity − k; j3: from k to half.
  let largest = big;
  let middleWeight = 0;
  let total = 0;
  for (let i = 0; i < n; i++) total += sorted[i];
  best = Math.ceil(total / capacity - 1e-9);
  let bigWeight = 0;
  let from = big;
  for (let i = 0; i < big; i++) bigWeight += sorted[i];
  let largestWeight = bigWeight;
  best = Math.max(best, big);
  while (from < n) {
    const k = sorted[from];
    while (from < n && sorted[from] === k) middleWeight += sorted[from++];
    while (largest > 0 && sorted[largest - 1] <= capacity - k) largestWeight -= sorted[--largest];
    const room = (big - largest) * capacity - (bigWeight - largestWeight);
    const more = Math.max(0, Math.ceil((middleWeight - room) / capacity - 1e-9));
    best = Math.max(best, big + more);
  }
  return best;
}

/**
 * L3: L2 after reductions. Bins that some item fills best with one item or none are closed, the
 * lightest item is dropped, and so on; the largest bound met counts. O(n³) at worst.
 */
export function boundL3(weights: ArrayLike<number>, capacity: number): number {
  let rest: Float64Array = Float64Array.from(weights).sort().reverse();
  let closed = 0;
  let best = 0;
  while (rest.length > 0) {
    const reduced = reduceBins(rest, capacity);
    closed += reduced.closed;
    rest = reduced.rest;
    best = Math.max(best, closed + boundL2Sorted(rest, rest.length, capacity));
    rest = rest.subarray(0, Math.max(0, rest.length - 1));
  }
  return Math.max(best, closed);
}

/**
 * Closes bins of the heaviest item alone, or with the heaviest that fits beside it, where no two
 * further items could replace that one. Weights fall. O(n²).
 */
function reduceBins(
  sorted: Float64Array,
  capacity: number,
): { closed: number; rest: Float64Array } {
  let rest = Array.from(sorted);
  let closed = 0;
  for (let changed = true; changed && rest.length > 0;) {
    changed = false;
    for (let i = 0; i < rest.length; i++) {
      const room = capacity - rest[i];
      const partner = rest.findIndex((weight, j) => j !== i && weight <= room);
      const lightest = rest.length - 1 === i ? rest.length - 2 : rest.length - 1;
      const second = lightest - 1 === i ? lightest - 2 : lightest - 1;
      const pairFits = second >= 0 && rest[lightest] + rest[second] <= room;
      if (partner >= 0 && pairFits && rest[partner] < room) continue;
      // Nothing fits, only one does, or one fills the bin.
      closed++;
      rest = rest.filter((_, j) => j !== i && j !== partner);
      changed = true;
      break;
    }
  }
  return { closed, rest: Float64Array.from(rest) };
}

/** The best of L1, L2 and, for up to 150 items, L3. */
export function binBound(weights: ArrayLike<number>, capacity: number): number {
  let positive = 0;
  for (let i = 0; i < weights.length; i++) if (weights[i] > 0) positive++;
  if (weights.length === 0) return 0;
  if (positive === 0) return 1;
  const l2 = boundL2(weights, capacity);
  return weights.length <= 150 ? Math.max(l2, boundL3(weights, capacity)) : l2;
}
