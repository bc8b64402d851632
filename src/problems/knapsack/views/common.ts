/** What the knapsack views share: one scale of weight for any number of capacities, and edits. */
import { formatNumber } from '../../../core/format.ts';
import type { Result } from '../../../core/result.ts';
import { describeIssue, fail, ok } from '../../../core/result.ts';
import type { ElementId } from '../../../scene/scene.ts';
import type { Edit } from '../../views.ts';
import { check } from '../check.ts';
import {
  copiesIn,
  dimensionsOf,
  itemLabel,
  MAX_DIGITS,
  scalesOf,
  type Instance,
  type Item,
  type Solution,
} from '../instance.ts';
import { hasSacks } from '../kinds.ts';
import { kindIssue, sizeIssue, totalsIssue } from '../schema.ts';

/** Geometry that depends on the instance alone. */
export interface Layout {
  /** Whether weights are shares of the capacities (several) rather than the weight itself (one). */
  shares: boolean;
  /** Weight of one copy: itself, or the mean share of the capacities in %. */
  weights: Float64Array;
  profits: Float64Array;
  /** The capacity on the same scale: itself, or 100 %. */
  capacity: number;
  /** Profit per weight; Infinity for weight 0. */
  efficiency: Float64Array;
  /** Items by falling efficiency. */
  order: Uint32Array;
  /** Efficiency of the item that no longer fits whole when filled in order; 0 when all fit. */
  critical: number;
  profitDigits: number;
  weightDigits: number;
}

/** `compute`, done once for each instance (which is never written). */
export function perInstance<T>(compute: (instance: Instance) => T): (instance: Instance) => T {
  const known = new WeakMap<Instance, { value: T }>();
  return (instance) => {
    let entry = known.get(instance);
    if (!entry) {
      entry = { value: compute(instance) };
      known.set(instance, entry);
    }
    return entry.value;
  };
}

/**
 * Half of what its pairs pay, for each item: of all pairs, or of those that a solution pays. The
 * first sums up to no less than any solution's profit (Gallo, Hammer & Simeone 1980). O(n + pairs).
 */
export function pairShares(instance: Instance, solution?: Solution | null): Float64Array {
  const shares = new Float64Array(instance.items.length);
  for (const [a, b, profit] of instance.pairs ?? []) {
    if (solution && !(takenOf(solution, a - 1) > 0 && takenOf(solution, b - 1) > 0)) continue;
    shares[a - 1] += profit / 2;
    shares[b - 1] += profit / 2;
  }
  return shares;
}

/** O(n·m + n log n + pairs), once for each instance. */
export const layoutOf = perInstance(computeLayout);

function computeLayout(instance: Instance): Layout {
  const { items, capacities } = instance;
  const shares = dimensionsOf(instance) > 1;
  const weights = Float64Array.from(items, (item) => weightOf(instance, item));
  const profits = pairShares(instance);
  for (const [i, item] of items.entries()) profits[i] += item.profit;
  const capacity = shares ? 100 : capacities.reduce((sum, value) => sum + value, 0);
  const efficiency = profits.map((p, i) =>
    weights[i] > 0 ? p / weights[i] : p > 0 ? Infinity : 0,
  );
  const order = Uint32Array.from(items, (_, i) => i).sort((a, b) =>
    efficiency[a] === efficiency[b] ? a - b : efficiency[b] - efficiency[a],
  );
  let left = capacity;
  let critical = 0;
  for (const i of order) {
    if (weights[i] > 0) left -= weights[i] * copiesIn(instance, i);
    if (left < 0) {
      critical = efficiency[i];
      break;
    }
  }
  const scales = scalesOf(instance);
  const digits = (scale: number) => String(scale).length - 1;
  return {
    shares,
    weights,
    profits,
    capacity,
    efficiency,
    order,
    critical,
    profitDigits: digits(scales.profit),
    weightDigits: digits(Math.max(...scales.weights)),
  };
}

/**
 * The weight shown for an item: its own with all elements it needs, or its mean share of the
 * capacities in %. O(m).
 */
function weightOf(instance: Instance, item: Item): number {
  const { capacities } = instance;
  if (dimensionsOf(instance) === 1)
    return (item.elements ?? []).reduce(
      (sum, element) => sum + (instance.elements?.[element - 1] ?? 0),
      item.weights[0],
    );
  let sum = 0;
  for (const [d, capacity] of capacities.entries())
    sum += capacity > 0 ? item.weights[d] / capacity : item.weights[d] > 0 ? 1 : 0;
  return (sum / capacities.length) * 100;
}

export const weightLabel = (layout: Layout): string =>
  layout.shares ? 'Mean share of capacities' : 'Weight';

/** Profit per weight as text; the sign of infinity for weight 0. */
export const formatEfficiency = (value: number): string =>
  formatNumber(value, value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3);

/** Copies taken of an item; 0 without a solution. */
export const takenOf = (solution: Solution | null, i: number): number => solution?.counts[i] ?? 0;

/** One line on an item: what it is worth, what it weighs, how often it is taken. */
export function itemTitle(instance: Instance, solution: Solution | null, i: number): string {
  const layout = layoutOf(instance);
  const item = instance.items[i];
  const weight =
    item.weights.length === 1
      ? formatNumber(layout.weights[i], layout.weightDigits)
      : item.weights
          .slice(0, 6)
          .map((w) => formatNumber(w, layout.weightDigits))
          .join(', ') + (item.weights.length > 6 ? ', …' : '');
  const taken = takenOf(solution, i);
  const count = copiesIn(instance, i);
  const sack = hasSacks(instance.kind) ? (solution?.sacks?.[i] ?? 0) : 0;
  const state = !solution
    ? count > 1
      ? `${count} copies`
      : ''
    : count > 1
      ? `${taken} of ${count} taken`
      : taken > 0
        ? `taken${sack > 0 ? `, ${instance.kind === 'multiple' ? 'sack' : 'bin'} ${sack}` : ''}`
        : 'not taken';
  return [
    itemLabel(item, i),
    `profit ${formatNumber(item.profit, layout.profitDigits)}`,
    ...(instance.pairs
      ? [`half of its pairs ${formatNumber(layout.profits[i] - item.profit, layout.profitDigits)}`]
      : []),
    `weight ${weight}`,
    ...(item.group !== undefined ? [`class ${item.group}`] : []),
    ...(item.deviation
      ? [`may pay ${formatNumber(item.deviation, layout.profitDigits)} less`]
      : []),
    ...(item.repair !== undefined
      ? [`repaired for ${formatNumber(item.repair, layout.weightDigits)}`]
      : []),
    `efficiency ${formatEfficiency(layout.efficiency[i])}`,
    ...(state ? [state] : []),
  ].join(' · ');
}

/** The number in `prefix:number`; −1 when it is another element or out of range. */
export function indexOf(target: ElementId, prefix: string, count: number): number {
  if (!target.startsWith(`${prefix}:`)) return -1;
  const index = Number(target.slice(prefix.length + 1));
  return Number.isInteger(index) && index >= 0 && index < count ? index : -1;
}

/** To the decimals the instance already uses, at least 0. */
export function roundTo(value: number, digits: number): number {
  const scale = 10 ** Math.min(MAX_DIGITS, digits);
  return Math.max(0, Math.round(value * scale) / scale);
}

/** The instance when it can be handled. */
export function accept(instance: Instance): Result<Instance> {
  const size = sizeIssue(instance.items.length, instance.capacities.length);
  if (size) return fail({ message: size });
  const totals = kindIssue(instance) ?? totalsIssue(instance);
  return totals ? fail(totals) : ok(instance);
}

/** An edit of the instance, or why it cannot be. */
export function commit(
  instance: Instance,
  announce: string,
  select?: ElementId | null,
): Edit<Instance, Solution> {
  const result = accept(instance);
  return result.ok
    ? { kind: 'instance', instance, announce, ...(select !== undefined ? { select } : {}) }
    : { kind: 'refused', reason: describeIssue({ ...result.issues[0], path: undefined }) };
}

export const withItem = (instance: Instance, i: number, item: Item): Instance => ({
  ...instance,
  items: instance.items.with(i, item),
});

export const withCapacity = (instance: Instance, d: number, value: number): Instance => ({
  ...instance,
  capacities: instance.capacities.with(d, value),
});

/** An edit that sets a capacity to a value read off the picture. */
export function setCapacity(
  instance: Instance,
  d: number,
  value: number,
): Edit<Instance, Solution> {
  const rounded = roundTo(value, layoutOf(instance).weightDigits);
  const which = instance.capacities.length > 1 ? `Capacity ${d + 1}` : 'Capacity';
  return commit(
    withCapacity(instance, d, rounded),
    `${which} ${formatNumber(rounded, layoutOf(instance).weightDigits)}`,
    `capacity:${d}`,
  );
}

/** Without item i: pairs with it go, and the numbers of later items fall. O(n + pairs). */
export function withoutItem(instance: Instance, i: number): Instance {
  const down = (number: number): number => (number > i + 1 ? number - 1 : number);
  const group = instance.items[i].group;
  const items = instance.items.toSpliced(i, 1);
  const emptied = group !== undefined && !items.some((item) => item.group === group);
  return {
    ...instance,
    items: emptied
      ? items.map((item) =>
          (item.group ?? 0) > group ? { ...item, group: (item.group ?? 1) - 1 } : item,
        )
      : items,
    ...(instance.pairs
      ? {
          pairs: instance.pairs
            .filter(([a, b]) => a !== i + 1 && b !== i + 1)
            .map(([a, b, profit]): [number, number, number] => [down(a), down(b), profit]),
        }
      : {}),
  };
}

/** An edit that takes an item out of the instance. */
export function removeItem(instance: Instance, target: ElementId): Edit<Instance, Solution> | null {
  const i = indexOf(target, 'item', instance.items.length);
  if (i < 0) return null;
  return commit(withoutItem(instance, i), `${itemLabel(instance.items[i], i)} removed`, null);
}

/** Room above the capacity, in words; null when everything fits. Plain kinds. */
function excessIssue(instance: Instance, counts: readonly number[], i: number): string | null {
  const { items, capacities } = instance;
  const { weights: scales } = scalesOf(instance);
  for (const [d, capacity] of capacities.entries()) {
    let load = 0;
    for (let j = 0; j < items.length; j++)
      if (counts[j] > 0) load += Math.round(items[j].weights[d] * scales[d]) * counts[j];
    const over = load - Math.round(capacity * scales[d]);
    if (over > 0)
      return `${itemLabel(items[i], i)} does not fit: ${formatNumber(over / scales[d], layoutOf(instance).weightDigits)} too heavy${capacities.length > 1 ? ` in dimension ${d + 1}` : ''}.`;
  }
  return null;
}

/** The first sack that item i fits; 0 when none does. */
function roomFor(instance: Instance, sacks: readonly number[], i: number): number {
  const { weights: scales } = scalesOf(instance);
  const whole = (value: number): number => Math.round(value * scales[0]);
  for (const [s, capacity] of instance.capacities.entries()) {
    let load = whole(instance.items[i].weights[0]);
    for (let j = 0; j < sacks.length; j++)
      if (sacks[j] === s + 1) load += whole(instance.items[j].weights[0]);
    if (load <= whole(capacity)) return s + 1;
  }
  return 0;
}

/**
 * One copy more of an item, none after the last; with `less` one fewer. In a multiple choice it takes
 * the place of its class's item. Refused when it cannot be.
 */
export function toggleItem(
  instance: Instance,
  solution: Solution | null,
  i: number,
  less: boolean,
): Edit<Instance, Solution> {
  const { items, kind } = instance;
  const refused = (reason: string): Edit<Instance, Solution> => ({ kind: 'refused', reason });
  const counts = solution ? Array.from(solution.counts) : items.map(() => 0);
  const most = copiesIn(instance, i);
  const label = itemLabel(items[i], i);
  if (kind === 'bin-packing') return refused('Every item must lie in a bin: drag it to another.');
  if (kind === 'multiple-choice') {
    if (counts[i] > 0) return refused(`${label} is the choice of its class: take another instead.`);
    for (const [j, item] of items.entries()) if (item.group === items[i].group) counts[j] = 0;
    counts[i] = 1;
  } else counts[i] = less ? Math.max(0, counts[i] - 1) : counts[i] >= most ? 0 : counts[i] + 1;

  let sacks: number[] | undefined;
  if (kind === 'multiple') {
    sacks = solution?.sacks ? Array.from(solution.sacks) : items.map(() => 0);
    sacks[i] = counts[i] > 0 ? roomFor(instance, sacks, i) : 0;
    if (counts[i] > 0 && sacks[i] === 0) return refused(`${label} fits into no sack.`);
  }
  const next: Solution = sacks ? { counts, sacks } : { counts };
  const excess = kind === undefined ? excessIssue(instance, counts, i) : null;
  if (excess) return refused(excess);
  const { violations } = check(instance, next);
  if (violations.length > 0) return refused(violations[0]);
  return {
    kind: 'solution',
    solution: next,
    announce: `${label}: ${counts[i]} of ${most} taken`,
    select: `item:${i}`,
  };
}
