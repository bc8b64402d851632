/** Splitting a set of items over several sacks by subset sums. */

/** Cells of a subset-sum table; above it items are placed by best fit. */
const CELLS = 1 << 22;

/**
 * Fills the sacks one by one, those with least room first, each as full as the items left allow (a
 * subset sum); then lets other items fill what is free. Returns [item, sack] pairs.
 * O(items · room) for each sack.
 */
export function splitItems(
  weights: Float64Array,
  room: ArrayLike<number>,
  chosen: readonly number[],
  others: readonly number[],
  profits: Float64Array,
): [item: number, sack: number][] {
  const residual = Float64Array.from(room);
  const placed: [number, number][] = [];
  let left = [...chosen];
  const sacks = Array.from(residual, (_, s) => s).sort(
    (a, b) => residual[a] - residual[b] || a - b,
  );
  for (const s of sacks) {
    const fitting = left.filter((i) => weights[i] <= residual[s]);
    const inside = new Set(fullest(weights, fitting, residual[s]));
    for (const i of inside) {
      placed.push([i, s]);
      residual[s] -= weights[i];
    }
    left = left.filter((i) => !inside.has(i));
  }
  const rest = [...left, ...others].sort((a, b) => profits[b] - profits[a] || a - b);
  for (const i of rest) {
    let best = -1;
    for (const s of sacks)
      if (weights[i] <= residual[s] && (best < 0 || residual[s] < residual[best])) best = s;
    if (best < 0) continue;
    residual[best] -= weights[i];
    placed.push([i, best]);
  }
  return placed;
}

/** A subset of largest total weight within the capacity; heaviest first when a table is too large. */
function fullest(weights: Float64Array, items: readonly number[], capacity: number): number[] {
  let total = 0;
  for (const i of items) total += weights[i];
  if (total <= capacity) return [...items];
  const order = [...items].sort((a, b) => weights[b] - weights[a] || a - b);
  if (items.length * (capacity + 1) > CELLS) {
    let free = capacity;
    return order.filter((i) => {
      if (weights[i] > free) return false;
      free -= weights[i];
      return true;
    });
  }
  /** The number of the item that first reached a sum, from 1; 0 for none. */
  const last = new Int32Array(capacity + 1);
  let reach = 0;
  let best = 0;
  for (let k = 0; k < order.length && best < capacity; k++) {
    const w = weights[order[k]];
    if (w === 0) continue;
    reach = Math.min(capacity, reach + w);
    for (let sum = reach; sum >= w; sum--)
      if (last[sum] === 0 && (sum === w || last[sum - w] > 0)) {
        last[sum] = k + 1;
        if (sum > best) best = sum;
      }
  }
  const subset: number[] = [];
  for (let sum = best; sum > 0;) {
    const i = order[last[sum] - 1];
    subset.push(i);
    sum -= weights[i];
  }
  for (const i of items) if (weights[i] === 0) subset.push(i);
  return subset;
}
