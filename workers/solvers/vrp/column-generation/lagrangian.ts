/** From duals to prices, and from the least reduced cost to a bound, in exact arithmetic. */
import type { CapacityCut } from './capacity-cuts.ts';
import type { Prices } from './labels.ts';
import type { Cut } from './master.ts';
import { onGrid, type Relaxation } from './relaxation.ts';
import { rowPrices, type SubsetRow } from './subset-rows.ts';

/** Subset rows priced at once. */
export const MOST_ROWS = 256;

export interface Priced {
  prices: Prices;
  /** What the duals of all rows but the number of routes earn. */
  base: number;
  /** The dual of the number of routes; the prices of routes have it taken off. */
  vehicle: number;
}

const isCapacityCut = (cut: Cut): cut is CapacityCut => 'members' in cut;
const isSubsetRow = (cut: Cut): cut is SubsetRow => 'inside' in cut;

/**
 * Reduced costs of all ways under duals rounded to the grid. Any duals of the right sign give a
 * bound, so rounding costs nothing but the last digits. O(n² · cuts)
 */
export function priceArcs(
  relaxation: Relaxation,
  duals: Float64Array,
  cuts: readonly Cut[],
): Priced {
  const { size, n, cost, grid, prize } = relaxation;
  // Halves of duals must be on the grid too.
  const step = 2 * grid;
  const arc = cost.slice();
  let base = 0;
  const half = new Float64Array(size);
  for (let i = 1; i <= n; i++) {
    // Leaving a customer out for its prize must not price out.
    const dual = Math.min(prize[i], onGrid(duals[i - 1], step));
    base += dual;
    half[i] = dual / 2;
  }
  const vehicle = onGrid(duals[n], step);
  half[0] = vehicle / 2;
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++) arc[i * size + j] -= half[i] + half[j];
  const rows: { row: SubsetRow; dual: number }[] = [];
  for (let c = 0; c < cuts.length; c++) {
    const cut = cuts[c];
    const dual = onGrid(duals[n + 1 + c], step);
    if (isCapacityCut(cut)) {
      if (dual <= 0) continue;
      base += dual * cut.lower;
      for (let i = 0; i < size; i++) {
        if (cut.members[i] === 0) continue;
        for (let j = 0; j < size; j++) {
          if (cut.members[j] === 1) continue;
          arc[i * size + j] -= dual;
          arc[j * size + i] -= dual;
        }
      }
    } else if (isSubsetRow(cut) && dual < 0 && rows.length < MOST_ROWS) {
      base += dual * cut.upper;
      rows.push({ row: cut, dual });
    }
  }
  for (let i = 0; i < size; i++) arc[i * size + i] = Infinity;
  return { prices: { arc, rows: rowPrices(size, rows) }, base, vehicle };
}

/**
 * Lagrangian bound: a plan of m routes costs base + Σ (reduced cost + vehicle), at least
 * base + m · (least + vehicle). The least over the numbers of routes there can be.
 */
export function lagrangianBound(
  { base, vehicle }: Priced,
  least: number,
  fewest: number,
  most: number,
): number {
  const each = least + vehicle;
  return base + each * (each >= 0 ? fewest : Math.max(fewest, most));
}

/** The reduced cost of a route under these prices. O(length · rows) */
export function reducedCost(size: number, { arc, rows }: Prices, route: readonly number[]): number {
  const { words, inside, keep, penalty } = rows;
  let sum = 0;
  let at = 0;
  const odd = new Int32Array(words);
  for (const to of route) {
    sum += arc[at * size + to];
    for (let w = 0; w < words; w++) {
      const state = odd[w] & keep[to * words + w];
      const within = inside[to * words + w];
      for (let even = state & within; even !== 0; even &= even - 1)
        sum += penalty[w * 32 + 31 - Math.clz32(even & -even)];
      odd[w] = state ^ within;
    }
    at = to;
  }
  return sum + arc[at * size];
}
