/** Bounds at the root of the further kinds, in packed units. */
import type { Packed } from '../../../../src/problems/knapsack/instance.ts';
import { objectiveOfPieces } from '../../../../src/problems/knapsack/instance.ts';
import { binBound } from './bin-bounds.ts';
import { makeHulls, relaxClasses } from './hulls.ts';

/** A number of pieces stands as its negative in packed units already. */
export const objectiveOfVariant = (packed: Packed, value: number): number =>
  packed.kind === 'bin-packing' || packed.kind === 'change-making'
    ? objectiveOfPieces(-value)
    : value / packed.profitScale;

/** Room for the rounding of a sum of n terms. */
export const safeFloor = (value: number): number =>
  Math.floor(value + Math.abs(value) * 1e-9 + 1e-9);

/**
 * The best value of items taken in part (Dantzig 1957), not rounded. Weightless items are free.
 * O(n log n).
 */
export function fractional(profits: Float64Array, weights: Float64Array, capacity: number): number {
  let value = 0;
  const order: number[] = [];
  for (let i = 0; i < profits.length; i++)
    if (weights[i] <= 0) value += Math.max(0, profits[i]);
    else if (profits[i] > 0) order.push(i);
  order.sort((a, b) => profits[b] / weights[b] - profits[a] / weights[a] || a - b);
  let left = capacity;
  for (const i of order) {
    if (weights[i] >= left) return value + (profits[i] * left) / weights[i];
    left -= weights[i];
    value += profits[i];
  }
  return value;
}

/** Half of what a pair pays counts for each of its items (Gallo, Hammer & Simeone 1980). */
export function planes(packed: Packed): Float64Array {
  const { pairs, profits } = packed;
  const values = profits.slice();
  for (let k = 0; pairs && k < pairs.a.length; k++) {
    values[pairs.a[k]] += pairs.profits[k] / 2;
    values[pairs.b[k]] += pairs.profits[k] / 2;
  }
  return values;
}

/** The weight of each element shared among the items that need it; own weights besides. */
export function sharedWeights(packed: Packed): Float64Array {
  const { elements, n } = packed;
  const weights = packed.weights.slice(0, n);
  if (!elements) return weights;
  const needed = new Float64Array(elements.weights.length);
  for (const element of elements.list) needed[element]++;
  for (let i = 0; i < n; i++)
    for (let k = elements.start[i]; k < elements.start[i + 1]; k++)
      weights[i] += elements.weights[elements.list[k]] / needed[elements.list[k]];
  return weights;
}

/** The bound of the kind; −Infinity when it shows that there is no solution. O(n log n), mostly. */
export function rootBoundOf(packed: Packed): { value: number; proof: string } {
  const { capacities, profits, weights, n, m } = packed;
  const overDimensions = (values: Float64Array): number => {
    let least = Infinity;
    for (let d = 0; d < m; d++)
      least = Math.min(
        least,
        fractional(values, weights.subarray(d * n, (d + 1) * n), capacities[d]),
      );
    return safeFloor(least);
  };
  switch (packed.kind) {
    case 'multiple': {
      const most = capacities.reduce((a, b) => Math.max(a, b), 0);
      const all = capacities.reduce((a, b) => a + b, 0);
      const fitting = profits.map((p, i) => (weights[i] <= most ? p : 0));
      return { value: safeFloor(fractional(fitting, weights, all)), proof: 'All sacks as one' };
    }
    case 'quadratic':
      return { value: overDimensions(planes(packed)), proof: 'Upper planes' };
    case 'set-union':
      return {
        value: safeFloor(fractional(profits, sharedWeights(packed), capacities[0])),
        proof: 'Elements shared out',
      };
    case 'robust':
    case 'recourse': {
      // Without the adversary; or with every deviation, when nothing else can be lost.
      const value = safeFloor(fractional(profits, weights, capacities[0]));
      return { value, proof: 'Linear relaxation without losses' };
    }
    case 'bin-packing':
      return {
        value: -binBound(weights, capacities[0]),
        proof: 'Martello–Toth bound',
      };
    case 'change-making': {
      const largest = weights.reduce((a, b) => Math.max(a, b <= capacities[0] ? b : 0), 0);
      if (capacities[0] > 0 && largest === 0) return { value: -Infinity, proof: 'No coin fits' };
      const coins = capacities[0] === 0 ? 0 : Math.ceil(capacities[0] / largest);
      return { value: -coins, proof: 'The largest coin alone' };
    }
    default: {
      let least = Infinity;
      for (let d = 0; d < m; d++)
        least = Math.min(least, relaxClasses(makeHulls(packed, d), capacities[d]).bound);
      return { value: least, proof: 'Linear relaxation' };
    }
  }
}
