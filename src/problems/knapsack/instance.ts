/**
 * The knapsack problem with one or several capacities: choose how many copies of each item to take
 * so that no capacity is exceeded and the total profit is largest. One dimension and one copy each
 * is the 0/1 problem, several copies the bounded, several dimensions the multi-dimensional one.
 */

export interface Item {
  profit: number;
  /** Use of each capacity, in the order of `capacities`. */
  weights: number[];
  /** Copies that may be taken; 1 when absent. */
  count?: number;
  name?: string;
}

/** What a person reads in the text editor. Numbers have at most `MAX_DIGITS` decimals. */
export interface Instance {
  name: string;
  capacities: number[];
  items: Item[];
}

export const MAX_ITEMS = 200_000;
export const MAX_DIMENSIONS = 1_000;
/** Items × dimensions. */
export const MAX_WEIGHTS = 1_000_000;
export const MAX_COPIES = 1_000_000_000;
export const MAX_NAME = 200;
/** Decimals a number may have; whole numbers are made of them before solving. */
export const MAX_DIGITS = 6;

/**
 * The instance as solvers read it: everything in whole numbers (`profit × profitScale`,
 * `weight[d] × weightScales[d]`), so that sums and comparisons are exact.
 */
export interface Packed {
  name: string;
  n: number;
  m: number;
  profitScale: number;
  weightScales: Float64Array;
  /** capacity[d], scaled. */
  capacities: Float64Array;
  /** profit[i], scaled. */
  profits: Float64Array;
  /** weight of item i in dimension d at `d * n + i`, scaled. */
  weights: Float64Array;
  counts: Float64Array;
  /** Item names by index; null when no item has one. */
  names: (string | null)[] | null;
}

/** Copies taken of each item, in the instance's order. */
export interface Solution {
  counts: ArrayLike<number>;
}

export const copiesOf = (item: Item): number => item.count ?? 1;

/** A label for item `index`: its name, or its 1-based number. */
export const itemLabel = (item: Item, index: number): string => item.name ?? `Item ${index + 1}`;

/** Fewest decimals (0 … MAX_DIGITS) that write `value` exactly; −1 when it needs more. */
export function digitsOf(value: number): number {
  if (Number.isInteger(value)) return 0;
  for (let digits = 1, scale = 10; digits <= MAX_DIGITS; digits++, scale *= 10)
    if (Math.round(value * scale) / scale === value) return digits;
  return -1;
}

/** Factors that make all profits, and all weights of each dimension, whole. O(n·m). */
export function scalesOf(instance: Instance): { profit: number; weights: number[] } {
  const { items, capacities } = instance;
  let profit = 0;
  const digits = capacities.map(digitsOf);
  for (const item of items) {
    profit = Math.max(profit, digitsOf(item.profit));
    for (let d = 0; d < digits.length; d++) {
      const weight = item.weights[d];
      if (!Number.isInteger(weight)) digits[d] = Math.max(digits[d], digitsOf(weight));
    }
  }
  return { profit: 10 ** profit, weights: digits.map((count) => 10 ** count) };
}

/** O(n·m). */
export function pack(instance: Instance): Packed {
  const { items, capacities } = instance;
  const n = items.length;
  const m = capacities.length;
  const scales = scalesOf(instance);
  const weights = new Float64Array(n * m);
  for (let d = 0; d < m; d++)
    for (let i = 0; i < n; i++)
      weights[d * n + i] = Math.round(items[i].weights[d] * scales.weights[d]);
  return {
    name: instance.name,
    n,
    m,
    profitScale: scales.profit,
    weightScales: Float64Array.from(scales.weights),
    capacities: Float64Array.from(capacities, (value, d) => Math.round(value * scales.weights[d])),
    profits: Float64Array.from(items, (item) => Math.round(item.profit * scales.profit)),
    weights,
    counts: Float64Array.from(items, copiesOf),
    names: items.some((item) => item.name !== undefined)
      ? items.map((item) => item.name ?? null)
      : null,
  };
}

/** The inverse of `pack`. O(n·m). */
export function unpack(packed: Packed): Instance {
  const { n, m, weights, weightScales } = packed;
  return {
    name: packed.name,
    capacities: Array.from(packed.capacities, (value, d) => value / weightScales[d]),
    items: Array.from({ length: n }, (_, i) =>
      makeItem(
        packed.profits[i] / packed.profitScale,
        Array.from({ length: m }, (_, d) => weights[d * n + i] / weightScales[d]),
        packed.counts[i],
        packed.names?.[i] ?? undefined,
      ),
    ),
  };
}

/** An item in its shortest form: no count of 1, no absent name. */
export function makeItem(profit: number, weights: number[], count = 1, name?: string): Item {
  const item: Item = { profit, weights };
  if (count !== 1) item.count = count;
  if (name !== undefined && name !== '') item.name = name;
  return item;
}
