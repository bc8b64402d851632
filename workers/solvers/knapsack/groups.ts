/**
 * A one-dimensional instance made ready for exact methods: useless items gone, free ones taken,
 * equal ones merged into groups, groups sorted by profit per weight.
 */
import type { Packed, Solution } from '../../../src/problems/knapsack/instance.ts';
import { compareEfficiency, mulDivUp } from './arith.ts';

/** Items between two yields of a preparation. */
const BLOCK = 1 << 14;

export interface Groups {
  /** Number of groups. */
  size: number;
  capacity: number;
  /** By group, in order of falling profit per weight; heavier first among equals. */
  profits: Float64Array;
  weights: Float64Array;
  /** Copies that fit at most. */
  counts: Float64Array;
  /** Profit of the items of weight 0, which every solution takes. */
  freeProfit: number;
  /** The item each group begins with, then by `next` the other items equal to it; −1 ends. */
  first: Int32Array;
  next: Int32Array;
  /** Counts of the items of weight 0; the start of every solution. */
  base: Uint32Array;
  itemCounts: Float64Array;
}

/**
 * Groups of a one-dimensional problem given by columns. Yields 0 to return control.
 * O(n log n) time, O(n) space.
 * @param merge whether items equal in profit and weight become one group; else each is its own.
 */
export function* makeGroups(
  columns: Pick<Packed, 'n' | 'profits' | 'counts'> & { weights: Float64Array },
  capacity: number,
  merge = true,
): Generator<number, Groups, void> {
  const { n, profits, weights, counts } = columns;
  const base = new Uint32Array(n);
  const next = new Int32Array(n).fill(-1);
  const first = new Int32Array(n);
  const groupCounts = new Float64Array(n);
  let size = 0;
  let freeProfit = 0;

  let slots = 16;
  while (slots < n * 2) slots *= 2;
  const table = new Int32Array(slots).fill(-1);
  for (let i = 0; i < n; i++) {
    if (i % BLOCK === BLOCK - 1) yield 0;
    const p = profits[i];
    const w = weights[i];
    if (p === 0 || counts[i] === 0 || w > capacity) continue;
    if (w === 0) {
      base[i] = counts[i];
      freeProfit += p * counts[i];
      continue;
    }
    let slot = hashOf(p, w) & (slots - 1);
    while (merge && table[slot] >= 0) {
      const other = first[table[slot]];
      if (profits[other] === p && weights[other] === w) break;
      slot = (slot + 1) & (slots - 1);
    }
    let group = merge ? table[slot] : -1;
    if (group < 0) {
      group = size++;
      table[slot] = group;
      first[group] = i;
    } else {
      next[i] = next[first[group]];
      next[first[group]] = i;
    }
    groupCounts[group] += counts[i];
  }

  const p = Float64Array.from(first.subarray(0, size), (i) => profits[i]);
  const w = Float64Array.from(first.subarray(0, size), (i) => weights[i]);
  const order = yield* sortByEfficiency(p, w);
  const by = (values: ArrayLike<number>): Float64Array =>
    Float64Array.from(order, (group) => values[group]);
  return {
    size,
    capacity,
    profits: by(p),
    weights: by(w),
    counts: Float64Array.from(order, (group) =>
      Math.min(groupCounts[group], Math.floor(capacity / w[group])),
    ),
    freeProfit,
    first: Int32Array.from(order, (group) => first[group]),
    next,
    base,
    itemCounts: counts,
  };
}

function hashOf(p: number, w: number): number {
  let h = Math.imul(p | 0, 0x9e3779b1) ^ Math.imul(w | 0, 0x85ebca6b);
  h ^= Math.imul(Math.floor(p / 4294967296) + 31 * Math.floor(w / 4294967296), 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  return (h ^ (h >>> 13)) >>> 0;
}

/** Copies of each item when `taken` copies of each group are taken. O(n). */
export function expand(groups: Groups, taken: ArrayLike<number>): Solution {
  const counts = groups.base.slice();
  for (let g = 0; g < groups.size; g++) {
    let left = taken[g];
    for (let i = groups.first[g]; i >= 0 && left > 0; i = groups.next[i]) {
      counts[i] = Math.min(left, groups.itemCounts[i]);
      left -= counts[i];
    }
  }
  return { counts };
}

/** Copies of each group in a solution by items; copies that can never matter are left out. O(n). */
export function collapse(groups: Groups, counts: ArrayLike<number>): Float64Array {
  const taken = new Float64Array(groups.size);
  for (let g = 0; g < groups.size; g++) {
    for (let i = groups.first[g]; i >= 0; i = groups.next[i]) taken[g] += counts[i];
    taken[g] = Math.min(taken[g], groups.counts[g]);
  }
  return taken;
}

/**
 * Indices by falling profit per weight, heavier first among equals, then by index: merge sort that
 * yields 0 now and then. Weights > 0. O(n log n).
 */
export function* sortByEfficiency(
  profits: Float64Array,
  weights: Float64Array,
): Generator<number, Uint32Array, void> {
  const n = profits.length;
  const efficiency = profits.map((profit, i) => profit / weights[i]);
  let from = Uint32Array.from({ length: n }, (_, i) => i);
  let to = new Uint32Array(n);
  let work = 0;
  for (let width = 1; width < n; width *= 2) {
    for (let start = 0; start < n; start += 2 * width) {
      const middle = Math.min(start + width, n);
      const end = Math.min(start + 2 * width, n);
      let left = start;
      let right = middle;
      // Long merges are cut into blocks, short ones are done whole.
      for (let o = start; o < end;) {
        const stop = Math.min(end, o + BLOCK);
        [left, right] = merge(
          efficiency,
          profits,
          weights,
          from,
          to,
          left,
          right,
          middle,
          end,
          o,
          stop,
        );
        work += stop - o;
        o = stop;
        if (work >= BLOCK) {
          work = 0;
          yield 0;
        }
      }
    }
    [from, to] = [to, from];
  }
  return from;
}

function merge(
  efficiency: Float64Array,
  profits: Float64Array,
  weights: Float64Array,
  from: Uint32Array,
  to: Uint32Array,
  left: number,
  right: number,
  middle: number,
  end: number,
  start: number,
  stop: number,
): [left: number, right: number] {
  for (let o = start; o < stop; o++) {
    let takeLeft = right >= end;
    if (!takeLeft && left < middle) {
      const a = from[left];
      const b = from[right];
      // Rounded quotients that differ are in order; only equal ones need exact products.
      const order =
        efficiency[a] - efficiency[b] ||
        compareEfficiency(profits[a], weights[a], profits[b], weights[b]);
      takeLeft = order > 0 || (order === 0 && weights[a] >= weights[b]);
    }
    to[o] = takeLeft ? from[left++] : from[right++];
  }
  return [left, right];
}

/** Sums over groups 0 … g − 1 at g: the whole groups before each. */
export interface Prefix {
  weight: Float64Array;
  profit: Float64Array;
}

export function prefixOf(groups: Groups): Prefix {
  const weight = new Float64Array(groups.size + 1);
  const profit = new Float64Array(groups.size + 1);
  for (let g = 0; g < groups.size; g++) {
    weight[g + 1] = weight[g] + groups.weights[g] * groups.counts[g];
    profit[g + 1] = profit[g] + groups.profits[g] * groups.counts[g];
  }
  return { weight, profit };
}

/**
 * The break group at or after `start` for a residual capacity: the first that does not fit whole;
 * `size` when all fit. O(log n).
 */
export function breakGroup(prefix: Prefix, start: number, residual: number): number {
  const { weight } = prefix;
  const limit = weight[start] + residual;
  let low = start;
  let high = weight.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (weight[middle + 1] <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The linear relaxation's value over groups `start` … with a residual capacity ≥ 0, rounded down
 * (Dantzig 1957). O(log n).
 */
export function dantzig(groups: Groups, prefix: Prefix, start: number, residual: number): number {
  const g = breakGroup(prefix, start, residual);
  const whole = prefix.profit[g] - prefix.profit[start];
  if (g === groups.size) return whole;
  const left = residual - (prefix.weight[g] - prefix.weight[start]);
  return whole + mulDivUp(left, groups.profits[g], groups.weights[g]);
}

/**
 * The bound of Martello & Toth (1977): the better of leaving the break item out (its successor fills
 * up) and of one copy more of it (its predecessor gives way). Never above `dantzig`. O(log n).
 */
export function martelloToth(
  groups: Groups,
  prefix: Prefix,
  start: number,
  residual: number,
): number {
  const { profits, weights, size } = groups;
  const g = breakGroup(prefix, start, residual);
  const whole = prefix.profit[g] - prefix.profit[start];
  if (g === size) return whole;
  const room = residual - (prefix.weight[g] - prefix.weight[start]);
  const copies = Math.floor(room / weights[g]);
  const value = whole + copies * profits[g];
  const left = room - copies * weights[g];
  const without = value + (g + 1 < size ? mulDivUp(left, profits[g + 1], weights[g + 1]) : 0);
  const withOne =
    g > start
      ? value + profits[g] + mulDivUp(left - weights[g], profits[g - 1], weights[g - 1])
      : -Infinity;
  return Math.max(without, withOne);
}

/** A 0/1 item that stands for `copies` copies of a group. */
export interface Bundles {
  size: number;
  profits: Float64Array;
  weights: Float64Array;
  group: Int32Array;
  copies: Float64Array;
}

/**
 * The same problem with 0/1 items only: a group of c copies becomes bundles of 1, 2, 4, … copies
 * and a rest, in the groups' order (Martello & Toth 1990). O(n log c).
 */
export function makeBundles(groups: Groups): Bundles {
  const group: number[] = [];
  const copies: number[] = [];
  for (let g = 0; g < groups.size; g++) {
    for (let left = groups.counts[g], bundle = 1; left > 0; bundle *= 2) {
      const size = Math.min(bundle, left);
      group.push(g);
      copies.push(size);
      left -= size;
    }
  }
  return {
    size: group.length,
    profits: Float64Array.from(group, (g, b) => groups.profits[g] * copies[b]),
    weights: Float64Array.from(group, (g, b) => groups.weights[g] * copies[b]),
    group: Int32Array.from(group),
    copies: Float64Array.from(copies),
  };
}
