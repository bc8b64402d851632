/** What numbers, sizes and kinds of knapsack instances are allowed. */
import type { Issue } from '../../core/result.ts';
import {
  copiesIn,
  digitsOf,
  itemLabel,
  MAX_COPIES,
  MAX_DIGITS,
  MAX_DIMENSIONS,
  MAX_ITEMS,
  MAX_LINKS,
  MAX_WEIGHTS,
  scalesOf,
  type Instance,
  type Item,
  MAX_REPAIRED,
  MAX_STRUCK,
} from './instance.ts';
import { countsPieces, isUnlimited, kindName, type Kind, hasLosses } from './kinds.ts';

const LIMIT = Number.MAX_SAFE_INTEGER;

type Path = readonly (string | number)[];

/** Why `value` is not an amount (finite, ≥ 0, few decimals); null when it is. */
export function amountIssue(value: unknown, what: string): Pick<Issue, 'message' | 'hint'> | null {
  if (typeof value !== 'number' || !Number.isFinite(value))
    return { message: `${what} must be a number.` };
  if (value < 0) return { message: `${what} must not be negative.` };
  if (value > LIMIT) return { message: `${what} must be at most 2^53 − 1.` };
  if (digitsOf(value) < 0)
    return {
      message: `${what} has more than ${MAX_DIGITS} decimals.`,
      hint: 'Round it or change the unit.',
    };
  return null;
}

/** Why so many items and dimensions are too many; null when they are not. */
export function sizeIssue(n: number, m: number): string | null {
  const show = (count: number) => count.toLocaleString('en');
  if (n > MAX_ITEMS) return `There are ${show(n)} items; at most ${show(MAX_ITEMS)} are read.`;
  if (m > MAX_DIMENSIONS)
    return `There are ${show(m)} dimensions; at most ${show(MAX_DIMENSIONS)} are read.`;
  if (n * m > MAX_WEIGHTS)
    return `There are ${show(n * m)} weights; at most ${show(MAX_WEIGHTS)} are read.`;
  return null;
}

/**
 * What an instance lacks or has too much of for its kind; null when nothing. The fields of kinds may
 * still be anything: they come from files. O(n·m + pairs + elements).
 */
export function kindIssue(instance: Instance): Issue | null {
  const { kind, items, capacities } = instance;
  const foreign = (path: Path, of: Kind): Issue => ({
    path,
    message: `Only the kind "${kindName(of)}" has this field.`,
    hint: `Remove it, or set "kind": "${of}".`,
  });
  if (kind !== 'quadratic' && instance.pairs !== undefined) return foreign(['pairs'], 'quadratic');
  if (kind !== 'set-union' && instance.elements !== undefined)
    return foreign(['elements'], 'set-union');
  if (!hasLosses(kind) && instance.gamma !== undefined) return foreign(['gamma'], 'robust');
  for (const [i, item] of items.entries()) {
    const path = ['items', i];
    if (!hasLosses(kind) && item.deviation !== undefined)
      return foreign([...path, 'deviation'], 'robust');
    if (kind !== 'recourse' && item.repair !== undefined)
      return foreign([...path, 'repair'], 'recourse');
    if (kind !== 'multiple-choice' && item.group !== undefined)
      return foreign([...path, 'group'], 'multiple-choice');
    if (kind !== 'set-union' && item.elements !== undefined)
      return foreign([...path, 'elements'], 'set-union');
    if (kind !== undefined && item.count !== undefined)
      return {
        path: [...path, 'count'],
        message: `Items of the kind "${kindName(kind)}" have no count.`,
        hint: isUnlimited(kind) ? 'Any number may be taken.' : 'List an item several times.',
      };
    if (countsPieces(kind) && item.profit !== 0)
      return {
        path: [...path, 'profit'],
        message: `Items of the kind "${kindName(kind)}" have no profit.`,
        hint: 'Leave it out.',
      };
    if (
      isUnlimited(kind) &&
      (item.profit > 0 || kind === 'change-making') &&
      item.weights.every((w) => w === 0)
    )
      return {
        path: [...path, 'weights'],
        message: `${itemLabel(item, i)} weighs nothing: it could be taken without end.`,
      };
    if (kind === 'bin-packing' && item.weights[0] > capacities[0])
      return {
        path: [...path, 'weights'],
        message: `${itemLabel(item, i)} does not fit into any bin.`,
      };
  }
  if (kind === 'multiple-choice') return groupIssue(items);
  if (kind === 'quadratic') return pairIssue(instance);
  if (hasLosses(kind)) return robustIssue(instance);
  return kind === 'set-union' ? elementIssue(instance) : null;
}

function robustIssue(instance: Instance): Issue | null {
  const { gamma } = instance;
  if (!Number.isInteger(gamma) || (gamma as number) < 0 || (gamma as number) > MAX_ITEMS)
    return {
      path: ['gamma'],
      message: 'A robust instance needs "gamma", a whole number of at least 0.',
      hint: 'It says how many items may pay less.',
    };
  for (const [i, item] of instance.items.entries()) {
    const path = ['items', i, 'deviation'];
    const wrong = amountIssue(item.deviation, 'A deviation');
    if (wrong) return { path, ...wrong };
    if ((item.deviation ?? 0) > item.profit)
      return { path, message: 'The deviation must not be above the profit.' };
  }
  return instance.kind === 'recourse' ? repairIssue(instance) : null;
}

function repairIssue({ items, gamma }: Instance): Issue | null {
  if (items.length > MAX_REPAIRED)
    return { path: ['items'], message: `With repairs there are at most ${MAX_REPAIRED} items.` };
  if ((gamma ?? 0) > MAX_STRUCK)
    return { path: ['gamma'], message: `With repairs Γ is at most ${MAX_STRUCK}.` };
  for (const [i, item] of items.entries()) {
    const wrong = amountIssue(item.repair, 'The weight of a repair');
    if (wrong) return { path: ['items', i, 'repair'], ...wrong };
  }
  return null;
}

function groupIssue(items: readonly Item[]): Issue | null {
  const seen = new Uint8Array(items.length + 1);
  let most = 0;
  for (const [i, { group }] of items.entries()) {
    if (!Number.isInteger(group) || (group as number) < 1 || (group as number) > items.length)
      return {
        path: ['items', i, 'group'],
        message: `The class must be a whole number from 1 to ${items.length}.`,
      };
    seen[group as number] = 1;
    most = Math.max(most, group as number);
  }
  for (let group = 1; group <= most; group++)
    if (!seen[group])
      return { path: ['items'], message: `No item is in class ${group}; classes must be gapless.` };
  return null;
}

function pairIssue(instance: Instance): Issue | null {
  const pairs: unknown = instance.pairs;
  const n = instance.items.length;
  if (!Array.isArray(pairs))
    return {
      path: ['pairs'],
      message: 'A quadratic instance needs a list of pairs.',
      hint: 'Write "pairs": [[1, 2, 10]], for example.',
    };
  if (pairs.length > MAX_LINKS)
    return {
      path: ['pairs'],
      message: `There are ${pairs.length.toLocaleString('en')} pairs; at most ${MAX_LINKS.toLocaleString('en')} are read.`,
    };
  const seen = new Set<number>();
  for (const [k, pair] of (pairs as unknown[]).entries()) {
    const [a, b, profit] = Array.isArray(pair) && pair.length === 3 ? (pair as unknown[]) : [];
    if (!Number.isInteger(a) || !Number.isInteger(b) || (a as number) < 1 || (b as number) > n)
      return {
        path: ['pairs', k],
        message: `A pair is [item, item, profit] with items from 1 to ${n}.`,
      };
    if ((a as number) >= (b as number))
      return { path: ['pairs', k], message: 'The first item of a pair must be the smaller one.' };
    const wrong = amountIssue(profit, 'The profit of a pair');
    if (wrong) return { path: ['pairs', k, 2], ...wrong };
    const key = (a as number) * (n + 1) + (b as number);
    if (seen.has(key))
      return {
        path: ['pairs', k],
        message: `The pair ${String(a)}, ${String(b)} is listed twice.`,
      };
    seen.add(key);
  }
  return null;
}

function elementIssue(instance: Instance): Issue | null {
  const weights: unknown = instance.elements;
  if (!Array.isArray(weights))
    return {
      path: ['elements'],
      message: 'A set-union instance needs the weights of its elements.',
      hint: 'Write "elements": [3, 5], for example.',
    };
  if (weights.length > MAX_ITEMS)
    return { path: ['elements'], message: 'There are too many elements.' };
  for (const [e, weight] of (weights as unknown[]).entries()) {
    const wrong = amountIssue(weight, 'The weight of an element');
    if (wrong) return { path: ['elements', e], ...wrong };
  }
  let links = 0;
  for (const [i, item] of instance.items.entries()) {
    const list: unknown = item.elements;
    const path = ['items', i, 'elements'];
    if (!Array.isArray(list)) return { path, message: 'The item needs a list of elements.' };
    links += list.length;
    if (links > MAX_LINKS)
      return {
        path,
        message: `At most ${MAX_LINKS.toLocaleString('en')} elements of items are read.`,
      };
    let last = 0;
    for (const element of list as unknown[]) {
      if (!Number.isInteger(element) || (element as number) > weights.length)
        return { path, message: `An element must be a number from 1 to ${weights.length}.` };
      if ((element as number) <= last)
        return { path, message: 'The elements must rise, each once.' };
      last = element as number;
    }
  }
  return null;
}

/** Totals that whole-number arithmetic in doubles cannot hold exactly. O(n·m). */
export function totalsIssue(instance: Instance): Issue | null {
  const scales = scalesOf(instance);
  const { items, kind } = instance;
  const hint = 'Use smaller numbers, fewer copies or fewer decimals.';
  const copies = items.map((_, i) => {
    const count = copiesIn(instance, i);
    return Number.isFinite(count) ? Math.max(1, count) : 1;
  });
  const endless = isUnlimited(kind) ? copies.findIndex((count) => count > MAX_COPIES) : -1;
  if (endless >= 0)
    return {
      path: ['items', endless],
      message: `${itemLabel(items[endless], endless)} fits more than ${MAX_COPIES.toLocaleString('en')} times.`,
      hint,
    };
  let profit = 0;
  for (const [i, item] of items.entries()) profit += item.profit * copies[i] * scales.profit;
  for (const pair of instance.pairs ?? []) profit += pair[2] * scales.profit;
  if (profit > LIMIT)
    return { path: ['items'], message: 'The profits add up to more than 2^53.', hint };
  let shared = 0;
  for (const weight of instance.elements ?? []) shared += weight * scales.weights[0];
  const sacks = kind === 'multiple' ? instance.capacities.reduce((sum, c) => sum + c, 0) : null;
  for (const [d, capacity] of instance.capacities.entries()) {
    const dimension = sacks === null ? d : 0;
    const scale = scales.weights[dimension];
    let weight = (sacks ?? capacity) * scale + shared;
    for (const [i, item] of items.entries()) weight += item.weights[dimension] * copies[i] * scale;
    if (weight > LIMIT)
      return {
        path: ['capacities', d],
        message: 'The weights and the capacity add up to more than 2^53.',
        hint,
      };
    if (sacks !== null) break;
  }
  return null;
}
