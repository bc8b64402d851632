/** From duals to prices, and from the least reduced cost to a bound, in exact arithmetic. */
import type { CapacityCut } from './capacity-cuts.ts';
import type { Prices } from './labels.ts';
import type { Cut } from './master.ts';
import { onGrid, type Relaxation, type Route } from './network.ts';
import { rowPrices, type SubsetRow } from './subset-rows.ts';

/** Subset rows priced at once. */
export const MOST_ROWS = 256;

export interface Priced {
  /** By kind of vehicle. */
  prices: readonly Prices[];
  /** What the duals of all rows but the numbers of routes earn. */
  base: number;
  /** The duals of the numbers of routes, by kind; the prices of routes have them taken off. */
  vehicle: Float64Array;
}

const isCapacityCut = (cut: Cut): cut is CapacityCut => 'members' in cut;
const isSubsetRow = (cut: Cut): cut is SubsetRow => 'inside' in cut;

/**
 * Reduced costs of all ways under duals rounded to the grid. Any duals of the right sign give a
 * bound, so rounding costs nothing but the last digits. O(n² · kinds · cuts)
 */
export function priceArcs(
  relaxation: Relaxation,
  duals: Float64Array,
  cuts: readonly Cut[],
): Priced {
  const { size, n, grid, prize, networks, rows: fixedRows } = relaxation;
  // Halves of duals must be on the grid too.
  const step = 2 * grid;
  let base = 0;
  const half = new Float64Array(size);
  for (let i = 1; i <= n; i++) {
    // Leaving a customer out for its prize must not price out.
    const dual = Math.min(prize[i], onGrid(duals[i - 1], step));
    base += dual;
    half[i] = dual / 2;
  }
  const capacityCuts: { cut: CapacityCut; dual: number }[] = [];
  const rows: { row: SubsetRow; dual: number }[] = [];
  for (let c = 0; c < cuts.length; c++) {
    const cut = cuts[c];
    const dual = onGrid(duals[fixedRows + c], step);
    if (isCapacityCut(cut)) {
      if (dual <= 0) continue;
      base += dual * cut.lower;
      capacityCuts.push({ cut, dual });
    } else if (isSubsetRow(cut) && dual < 0 && rows.length < MOST_ROWS) {
      base += dual * cut.upper;
      rows.push({ row: cut, dual });
    }
  }
  const subsetRows = rowPrices(size, rows);
  const vehicle = Float64Array.from(networks, (_, kind) =>
    onGrid(duals[n] + (networks.length > 1 ? duals[n + 1 + kind] : 0), step),
  );
  const prices = networks.map(({ cost }, kind): Prices => {
    const arc = cost.slice();
    half[0] = vehicle[kind] / 2;
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++) arc[i * size + j] -= half[i] + half[j];
    for (const { cut, dual } of capacityCuts) {
      const price = dual * cut.weights[kind];
      for (let i = 0; i < size; i++) {
        if (cut.members[i] === 0) continue;
        for (let j = 0; j < size; j++) {
          if (cut.members[j] === 1) continue;
          arc[i * size + j] -= price;
          arc[j * size + i] -= price;
        }
      }
    }
    for (let i = 0; i < size; i++) arc[i * size + i] = Infinity;
    return { arc, rows: subsetRows };
  });
  return { prices, base, vehicle };
}

/**
 * Lagrangian bound: a plan of m(k) routes of each kind costs base + Σ (reduced cost + vehicle), at
 * least base + Σ m(k) · (least(k) + vehicle(k)). The least over the numbers of routes there can be.
 * @param least by kind; no route has a lower reduced cost
 * @param most routes in all
 */
export function lagrangianBound(
  { networks, fewest }: Relaxation,
  { base, vehicle }: Priced,
  least: readonly number[],
  most: number,
): number {
  const kinds = least
    .map((value, kind) => ({ each: value + vehicle[kind], fleet: networks[kind].fleet }))
    .sort((a, b) => a.each - b.each);
  let bound = base;
  let routes = 0;
  for (const { each, fleet } of kinds) {
    const wanted = each < 0 ? Math.max(fewest, most) : fewest;
    const taken = Math.max(0, Math.min(fleet, wanted - routes));
    bound += each * taken;
    routes += taken;
  }
  return bound;
}

/** The reduced cost of a route under these prices. O(length · rows) */
export function reducedCost(size: number, { prices }: Priced, { kind, stops }: Route): number {
  const { arc, rows } = prices[kind];
  const { words, inside, keep, penalty } = rows;
  let sum = 0;
  let at = 0;
  const odd = new Int32Array(words);
  for (const to of stops) {
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
