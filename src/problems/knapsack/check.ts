/** The checker and the plain form of knapsack solutions; written from the definitions alone. */
import { fail, ok, type Result } from '../../core/result.ts';
import type { Report } from '../family.ts';
import {
  copiesIn,
  copiesOf,
  dimensionsOf,
  itemLabel,
  MAX_STRUCK,
  objectiveOfPieces,
  scalesOf,
  type Instance,
  type Solution,
} from './instance.ts';
import { hasSacks, isUnlimited } from './kinds.ts';

const MAX_VIOLATIONS = 20;

/** Sacks filled so far by a solution, at least those the instance has. O(n). */
export function sackCount(instance: Instance, solution: Solution | null): number {
  let most = instance.kind === 'multiple' ? instance.capacities.length : 1;
  const sacks = solution?.sacks;
  for (let i = 0; sacks && i < sacks.length; i++) most = Math.max(most, sacks[i]);
  return most;
}

/**
 * Total weight in each dimension, or in each sack or bin, exact to the instance's decimals; elements
 * of a set-union once each. O(n·m).
 */
export function loadsOf(instance: Instance, solution: Solution | null): number[] {
  const { weights: scales } = scalesOf(instance);
  const { items } = instance;
  if (hasSacks(instance.kind)) {
    const loads = new Array<number>(sackCount(instance, solution)).fill(0);
    const sacks = solution?.sacks;
    for (let i = 0; sacks && i < items.length; i++)
      if (sacks[i] > 0) loads[sacks[i] - 1] += Math.round(items[i].weights[0] * scales[0]);
    return loads.map((load) => load / scales[0]);
  }
  return instance.capacities.map((_, d) => {
    if (!solution) return 0;
    let load = 0;
    for (let i = 0; i < items.length; i++) {
      const taken = solution.counts[i];
      if (taken) load += Math.round(items[i].weights[d] * scales[d]) * taken;
    }
    for (const element of d === 0 && instance.elements ? elementsUsed(instance, solution) : [])
      load += Math.round((instance.elements?.[element - 1] ?? 0) * scales[0]);
    return load / scales[d];
  });
}

/** Elements of the items taken, by number from 1. */
function elementsUsed(instance: Instance, solution: Solution): Set<number> {
  const used = new Set<number>();
  for (const [i, item] of instance.items.entries())
    if (solution.counts[i] > 0) for (const element of item.elements ?? []) used.add(element);
  return used;
}

const listOf = (value: unknown): ArrayLike<unknown> | null =>
  Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))
    ? (value as ArrayLike<unknown>)
    : null;

/** Recomputes profit and weights of any value that claims to be a solution. O(n·m). */
export function check(instance: Instance, solution: Solution): Report {
  const { items, capacities, kind } = instance;
  const n = items.length;
  const broken = (message: string): Report => ({
    feasible: false,
    objective: NaN,
    violations: [message],
  });
  const claim = solution as { counts?: unknown; sacks?: unknown } | null | undefined;
  const taken = listOf(claim?.counts);
  if (!taken) return broken('The solution has no list of counts.');
  if (taken.length !== n) return broken(`The solution has ${taken.length} counts for ${n} items.`);
  const sacks = hasSacks(kind) ? listOf(claim?.sacks) : null;
  if (hasSacks(kind) && sacks?.length !== n)
    return broken('The solution does not say which sack each item lies in.');

  const violations: string[] = [];
  const complain = (message: string): void => {
    if (violations.length < MAX_VIOLATIONS) violations.push(message);
  };
  let readable = true;
  const unreadable = (message: string): void => {
    readable = false;
    complain(message);
  };
  const sackLimit = kind === 'multiple' ? capacities.length : n;
  const label = (i: number): string => itemLabel(items[i], i);
  const unlimited = isUnlimited(kind);
  for (let i = 0; i < n; i++) {
    const count = taken[i];
    if (typeof count !== 'number' || !Number.isInteger(count) || count < 0) {
      unreadable(`${label(i)}: the count must be a whole number of at least 0.`);
      continue;
    }
    if (unlimited ? count > copiesIn(instance, i) : count > copiesOf(items[i]))
      complain(`${label(i)}: ${count} taken, but there are ${copiesIn(instance, i)}.`);
    if (!sacks) continue;
    const sack = sacks[i];
    if (!Number.isInteger(sack) || (sack as number) < 0 || (sack as number) > sackLimit)
      unreadable(`${label(i)}: there is no sack ${String(sack).slice(0, 20)}.`);
    else if ((sack as number) > 0 !== count > 0)
      complain(`${label(i)}: ${count > 0 ? 'taken, but in no sack' : 'in a sack, but not taken'}.`);
  }
  if (!readable) return { feasible: false, objective: NaN, violations };

  const read = solution as Solution;
  const loads = loadsOf(instance, read);
  for (const [d, load] of loads.entries()) {
    const capacity = kind === 'bin-packing' ? capacities[0] : capacities[d];
    if (load > capacity)
      complain(`${placeOf(instance, d)}weight ${load} is above the capacity ${capacity}.`);
    if (kind === 'change-making' && load < capacity)
      complain(`The coins add up to ${load}, not to ${capacity}.`);
  }
  if (kind === 'multiple-choice') checkClasses(instance, read, complain);
  if (kind === 'bin-packing')
    for (let i = 0; i < n; i++)
      if (read.counts[i] === 0) complain(`${itemLabel(items[i], i)} is in no bin.`);
  return {
    feasible: violations.length === 0,
    objective: objectiveOf(instance, read),
    violations,
  };
}

function placeOf(instance: Instance, d: number): string {
  if (instance.kind === 'multiple') return `Sack ${d + 1}: `;
  if (instance.kind === 'bin-packing') return `Bin ${d + 1}: `;
  return dimensionsOf(instance) > 1 ? `Dimension ${d + 1}: ` : '';
}

/** Total profit, or minus the number of coins or bins. O(n + pairs). */
function objectiveOf(instance: Instance, solution: Solution): number {
  const { items, kind } = instance;
  const { counts } = solution;
  if (kind === 'bin-packing') {
    const bins = new Set<number>();
    for (let i = 0; i < items.length; i++) if (counts[i] > 0) bins.add(solution.sacks?.[i] ?? 0);
    return objectiveOfPieces(bins.size);
  }
  let pieces = 0;
  let profit = 0;
  const scale = scalesOf(instance).profit;
  for (let i = 0; i < items.length; i++) {
    pieces += counts[i];
    profit += Math.round(items[i].profit * scale) * counts[i];
  }
  if (kind === 'change-making') return objectiveOfPieces(pieces);
  for (const [a, b, extra] of instance.pairs ?? [])
    if (counts[a - 1] > 0 && counts[b - 1] > 0) profit += Math.round(extra * scale);
  if (kind === 'robust') {
    const losses = items
      .flatMap((item, i) => (counts[i] > 0 ? [Math.round((item.deviation ?? 0) * scale)] : []))
      .sort((a, b) => b - a);
    for (const loss of losses.slice(0, instance.gamma ?? 0)) profit -= loss;
  }
  if (kind === 'recourse') profit -= worstLoss(instance, solution, scale);
  return profit / scale;
}

/**
 * What is lost, in units of 1 / scale: of all sets of Γ items taken the one whose losses hurt most
 * when the room left repairs the best of them. All sets and all repairs are tried: O(C(n, Γ) · 2^Γ).
 */
function worstLoss(instance: Instance, { counts }: Solution, scale: number): number {
  const weightScale = scalesOf(instance).weights[0];
  let room = Math.round(instance.capacities[0] * weightScale);
  const taken: { loss: number; repair: number }[] = [];
  for (const [i, item] of instance.items.entries()) {
    if (!(counts[i] > 0)) continue;
    room -= Math.round(item.weights[0] * weightScale);
    taken.push({
      loss: Math.round((item.deviation ?? 0) * scale),
      repair: Math.round((item.repair ?? 0) * weightScale),
    });
  }
  const struck: typeof taken = [];
  let worst = 0;
  const strike = (from: number): void => {
    let least = Infinity;
    for (let repaired = 0; repaired < 2 ** struck.length; repaired++) {
      let loss = 0;
      let weight = 0;
      for (const [k, item] of struck.entries())
        if ((repaired >> k) & 1) weight += item.repair;
        else loss += item.loss;
      if (weight <= Math.max(0, room)) least = Math.min(least, loss);
    }
    worst = Math.max(worst, least);
    if (struck.length === Math.min(instance.gamma ?? 0, MAX_STRUCK)) return;
    for (let i = from; i < taken.length; i++) {
      struck.push(taken[i]);
      strike(i + 1);
      struck.pop();
    }
  };
  strike(0);
  return worst;
}

function checkClasses(
  instance: Instance,
  solution: Solution,
  complain: (message: string) => void,
): void {
  const chosen: number[] = [];
  for (const [i, item] of instance.items.entries()) {
    const group = item.group ?? 1;
    chosen[group] = (chosen[group] ?? 0) + solution.counts[i];
  }
  for (let group = 1; group < chosen.length; group++)
    if (chosen[group] !== 1)
      complain(`Class ${group}: ${chosen[group]} items taken; there must be exactly one.`);
}

/** `{"counts": [1, 0, …]}`, and `"sacks"` where items lie in several. */
export const writeSolution = (_instance: Instance, solution: Solution): unknown => ({
  counts: Array.from(solution.counts),
  ...(solution.sacks ? { sacks: Array.from(solution.sacks) } : {}),
});

/** Shape only: lists of numbers, one for each item. */
export function readSolution(instance: Instance, value: unknown): Result<Solution> {
  const claim = (typeof value === 'object' && value !== null ? value : {}) as Record<
    string,
    unknown
  >;
  const n = instance.items.length;
  const numbers = (key: 'counts' | 'sacks'): Result<number[]> => {
    const list = claim[key];
    if (!Array.isArray(list))
      return fail({ path: [key], message: `A solution must have a list "${key}".` });
    if (list.length !== n)
      return fail({ path: [key], message: `There are ${list.length} ${key} for ${n} items.` });
    const bad = list.findIndex((entry) => typeof entry !== 'number' || !Number.isFinite(entry));
    return bad < 0
      ? ok(list.map(Number))
      : fail({ path: [key, bad], message: `An entry of "${key}" must be a number.` });
  };
  const counts = numbers('counts');
  if (!counts.ok) return counts;
  if (!hasSacks(instance.kind)) return ok({ counts: counts.value });
  const sacks = numbers('sacks');
  return sacks.ok ? ok({ counts: counts.value, sacks: sacks.value }) : sacks;
}
