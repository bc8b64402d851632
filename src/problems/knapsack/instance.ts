/**
 * The knapsack problem with one or several capacities: choose how many copies of each item to take
 * so that no capacity is exceeded and the total profit is largest. One dimension and one copy each
 * is the 0/1 problem, several copies the bounded, several dimensions the multi-dimensional one;
 * `kind` names the further ones (`kinds.ts`). Everything is a maximum: where coins or bins are
 * counted, the objective is minus their number.
 */
import { hasLosses, isUnlimited, type Kind } from './kinds.ts';

export interface Item {
  profit: number;
  /** Use of each capacity, in the order of `capacities`. */
  weights: number[];
  /** Copies that may be taken; 1 when absent. Plain kind only. */
  count?: number;
  name?: string;
  /** Multiple choice: the class, from 1 without gaps. */
  group?: number;
  /** Set-union: the elements it needs, by number from 1, rising. */
  elements?: number[];
  /** Robust kinds: how much less it may pay, at most its profit. */
  deviation?: number;
  /** Robust with repairs: further weight for which it pays in full all the same. */
  repair?: number;
}

/** What a person reads in the text editor. Numbers have at most `MAX_DIGITS` decimals. */
export interface Instance {
  name: string;
  /** The plain problem when absent. */
  kind?: Kind;
  /** One for each dimension; one for each sack of a multiple knapsack. */
  capacities: number[];
  items: Item[];
  /** Quadratic: two items (numbers from 1, the smaller first) and what they pay when both are taken. */
  pairs?: [first: number, second: number, profit: number][];
  /** Set-union: the weight of each element. */
  elements?: number[];
  /** Robust kinds: how many items may pay less. */
  gamma?: number;
}

export const MAX_ITEMS = 1_000_000;
export const MAX_DIMENSIONS = 1_000;
/** Robust with repairs: items and Γ; what an adversary may do is tried in full. */
export const MAX_REPAIRED = 25;
export const MAX_STRUCK = 5;
/** Items × dimensions. */
export const MAX_WEIGHTS = 1_000_000;
/** Pairs of a quadratic instance, and items × elements of a set-union one. */
export const MAX_LINKS = 200_000;
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
  kind: Kind | null;
  n: number;
  /** Dimensions of a weight; 1 for a multiple knapsack, however many sacks it has. */
  m: number;
  profitScale: number;
  weightScales: Float64Array;
  /** capacity[d], scaled; of each sack for a multiple knapsack. */
  capacities: Float64Array;
  /** profit[i], scaled. */
  profits: Float64Array;
  /** weight of item i in dimension d at `d * n + i`, scaled. */
  weights: Float64Array;
  /** Copies of each; where any number may be taken, as many as fit. */
  counts: Float64Array;
  /** Item names by index; null when no item has one. */
  names: (string | null)[] | null;
  /** Multiple choice: the class of each item from 0. */
  groups: Int32Array | null;
  /** Quadratic: items a[k] < b[k] pay profit[k] together, scaled. */
  pairs: { a: Int32Array; b: Int32Array; profits: Float64Array } | null;
  /** Set-union: scaled weights; item i needs `list[start[i]]` … `list[start[i + 1] − 1]`. */
  elements: { weights: Float64Array; start: Int32Array; list: Int32Array } | null;
  /** Robust: what item i may lose, how many items lose it, and weights of repairs; scaled. */
  robust: { deviations: Float64Array; gamma: number; repairs: Float64Array | null } | null;
}

/** Copies taken of each item, in the instance's order. */
export interface Solution {
  counts: ArrayLike<number>;
  /** The sack or bin of each item from 1; 0 for none. Kinds with sacks only. */
  sacks?: ArrayLike<number>;
}

/** Copies the item itself allows. */
export const copiesOf = (item: Item): number => item.count ?? 1;

/** Dimensions of a weight. */
export const dimensionsOf = (instance: Pick<Instance, 'kind' | 'capacities'>): number =>
  instance.kind === 'multiple' ? 1 : instance.capacities.length;

/**
 * Copies of item i that may be taken: as many as fit alone where the number is free. O(m).
 * @returns 0 for a weightless item where the number is free: it pays nothing.
 */
export function copiesIn(instance: Instance, i: number): number {
  const item = instance.items[i];
  if (!isUnlimited(instance.kind)) return copiesOf(item);
  let copies = Infinity;
  for (const [d, capacity] of instance.capacities.entries())
    if (item.weights[d] > 0)
      copies = Math.min(copies, Math.floor(capacity / item.weights[d] + 1e-9));
  return copies === Infinity ? 0 : copies;
}

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
  const m = dimensionsOf(instance);
  const digits = new Array<number>(m).fill(0);
  for (const [s, capacity] of capacities.entries()) {
    const d = m === 1 ? 0 : s;
    digits[d] = Math.max(digits[d], digitsOf(capacity));
  }
  for (const item of items) {
    profit = Math.max(profit, digitsOf(item.profit), digitsOf(item.deviation ?? 0));
    for (let d = 0; d < m; d++) {
      const weight = item.weights[d];
      if (!Number.isInteger(weight)) digits[d] = Math.max(digits[d], digitsOf(weight));
    }
    if (item.repair !== undefined) digits[0] = Math.max(digits[0], digitsOf(item.repair));
  }
  for (const pair of instance.pairs ?? []) profit = Math.max(profit, digitsOf(pair[2]));
  for (const weight of instance.elements ?? []) digits[0] = Math.max(digits[0], digitsOf(weight));
  return { profit: 10 ** profit, weights: digits.map((count) => 10 ** count) };
}

/** O(n·m). */
export function pack(instance: Instance): Packed {
  const { items, capacities, kind } = instance;
  const n = items.length;
  const m = dimensionsOf(instance);
  const scales = scalesOf(instance);
  const weights = new Float64Array(n * m);
  for (let d = 0; d < m; d++)
    for (let i = 0; i < n; i++)
      weights[d * n + i] = Math.round(items[i].weights[d] * scales.weights[d]);
  const wholeCapacities = Float64Array.from(capacities, (value, d) =>
    Math.round(value * scales.weights[m === 1 ? 0 : d]),
  );
  const profits = Float64Array.from(items, (item) => Math.round(item.profit * scales.profit));
  const counts = Float64Array.from(items, copiesOf);
  if (isUnlimited(kind))
    for (let i = 0; i < n; i++) {
      let copies = Infinity;
      for (let d = 0; d < m; d++)
        if (weights[d * n + i] > 0)
          copies = Math.min(copies, Math.floor(wholeCapacities[d] / weights[d * n + i]));
      counts[i] = copies === Infinity ? 0 : copies;
    }
  return {
    name: instance.name,
    kind: kind ?? null,
    n,
    m,
    profitScale: scales.profit,
    weightScales: Float64Array.from(scales.weights),
    capacities: wholeCapacities,
    profits,
    weights,
    counts,
    names: items.some((item) => item.name !== undefined)
      ? items.map((item) => item.name ?? null)
      : null,
    groups:
      kind === 'multiple-choice' ? Int32Array.from(items, (item) => (item.group ?? 1) - 1) : null,
    pairs: kind === 'quadratic' ? packPairs(instance, scales.profit) : null,
    elements: kind === 'set-union' ? packElements(instance, scales.weights[0]) : null,
    robust: hasLosses(kind)
      ? {
          deviations: Float64Array.from(items, (item) =>
            Math.round((item.deviation ?? 0) * scales.profit),
          ),
          gamma: instance.gamma ?? 0,
          repairs:
            kind === 'recourse'
              ? Float64Array.from(items, (item) =>
                  Math.round((item.repair ?? 0) * scales.weights[0]),
                )
              : null,
        }
      : null,
  };
}

function packPairs(instance: Instance, scale: number): Packed['pairs'] {
  const pairs = instance.pairs ?? [];
  return {
    a: Int32Array.from(pairs, (pair) => pair[0] - 1),
    b: Int32Array.from(pairs, (pair) => pair[1] - 1),
    profits: Float64Array.from(pairs, (pair) => Math.round(pair[2] * scale)),
  };
}

function packElements(instance: Instance, scale: number): Packed['elements'] {
  const start = new Int32Array(instance.items.length + 1);
  const list: number[] = [];
  for (const [i, item] of instance.items.entries()) {
    for (const element of item.elements ?? []) list.push(element - 1);
    start[i + 1] = list.length;
  }
  return {
    weights: Float64Array.from(instance.elements ?? [], (weight) => Math.round(weight * scale)),
    start,
    list: Int32Array.from(list),
  };
}

/** The inverse of `pack`. O(n·m). */
export function unpack(packed: Packed): Instance {
  const { n, m, weights, weightScales, kind, groups, pairs, elements, robust } = packed;
  const free = isUnlimited(kind ?? undefined);
  const instance: Instance = {
    name: packed.name,
    ...(kind ? { kind } : {}),
    capacities: Array.from(packed.capacities, (value, d) => value / weightScales[m === 1 ? 0 : d]),
    items: Array.from({ length: n }, (_, i) => {
      const item = makeItem(
        packed.profits[i] / packed.profitScale,
        Array.from({ length: m }, (_, d) => weights[d * n + i] / weightScales[d]),
        free ? 1 : packed.counts[i],
        packed.names?.[i] ?? undefined,
      );
      if (groups) item.group = groups[i] + 1;
      if (robust) item.deviation = robust.deviations[i] / packed.profitScale;
      if (robust?.repairs) item.repair = robust.repairs[i] / weightScales[0];
      if (elements)
        item.elements = Array.from(
          elements.list.subarray(elements.start[i], elements.start[i + 1]),
          (element) => element + 1,
        );
      return item;
    }),
  };
  if (robust) instance.gamma = robust.gamma;
  if (pairs)
    instance.pairs = Array.from(pairs.profits, (profit, k) => [
      pairs.a[k] + 1,
      pairs.b[k] + 1,
      profit / packed.profitScale,
    ]);
  if (elements)
    instance.elements = Array.from(elements.weights, (weight) => weight / weightScales[0]);
  return instance;
}

/** An item in its shortest form: no count of 1, no absent name. */
export function makeItem(profit: number, weights: number[], count = 1, name?: string): Item {
  const item: Item = { profit, weights };
  if (count !== 1) item.count = count;
  if (name !== undefined && name !== '') item.name = name;
  return item;
}

/** The item with some of its fields changed, in its shortest form. */
export function changeItem(item: Item, changes: Partial<Item>): Item {
  const next = { ...item, ...changes };
  const { group, elements, deviation, repair } = next;
  return {
    ...makeItem(next.profit, next.weights, next.count, next.name),
    ...(group !== undefined ? { group } : {}),
    ...(elements !== undefined ? { elements } : {}),
    ...(deviation !== undefined ? { deviation } : {}),
    ...(repair !== undefined ? { repair } : {}),
  };
}

/** The objective of a number of coins or bins: minus it, and never −0. */
export const objectiveOfPieces = (pieces: number): number => (pieces === 0 ? 0 : -pieces);
