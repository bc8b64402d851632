/** The checker and the plain form of knapsack solutions; written from the definition alone. */
import { fail, ok, type Result } from '../../core/result.ts';
import type { Report } from '../family.ts';
import { copiesOf, itemLabel, scalesOf, type Instance, type Solution } from './instance.ts';

const MAX_VIOLATIONS = 20;

/** Total weight in each dimension, exact to the instance's decimals. O(n·m). */
export function loadsOf(instance: Instance, solution: Solution | null): number[] {
  const { weights: scales } = scalesOf(instance);
  return instance.capacities.map((_, d) => {
    if (!solution) return 0;
    let load = 0;
    for (let i = 0; i < instance.items.length; i++) {
      const taken = solution.counts[i];
      if (taken) load += Math.round(instance.items[i].weights[d] * scales[d]) * taken;
    }
    return load / scales[d];
  });
}

/** Recomputes profit and weights of any value that claims to be a solution. O(n·m). */
export function check(instance: Instance, solution: Solution): Report {
  const { items, capacities } = instance;
  const broken = (message: string): Report => ({
    feasible: false,
    objective: NaN,
    violations: [message],
  });
  const counts: unknown = (solution as Solution | null | undefined)?.counts;
  if (!Array.isArray(counts) && !ArrayBuffer.isView(counts))
    return broken('The solution has no list of counts.');
  const taken = counts as ArrayLike<unknown>;
  if (taken.length !== items.length)
    return broken(`The solution has ${taken.length} counts for ${items.length} items.`);

  const violations: string[] = [];
  const complain = (message: string): void => {
    if (violations.length < MAX_VIOLATIONS) violations.push(message);
  };
  const scales = scalesOf(instance);
  let profit = 0;
  for (let i = 0; i < items.length; i++) {
    const count = taken[i];
    if (typeof count !== 'number' || !Number.isInteger(count) || count < 0) {
      complain(`${itemLabel(items[i], i)}: the count must be a whole number of at least 0.`);
      profit = NaN;
      continue;
    }
    if (count > copiesOf(items[i]))
      complain(`${itemLabel(items[i], i)}: ${count} taken, but there are ${copiesOf(items[i])}.`);
    profit += Math.round(items[i].profit * scales.profit) * count;
  }
  if (Number.isNaN(profit)) return { feasible: false, objective: NaN, violations };
  const loads = loadsOf(instance, { counts: taken as ArrayLike<number> });
  for (const [d, load] of loads.entries())
    if (load > capacities[d])
      complain(
        `${capacities.length > 1 ? `Dimension ${d + 1}: ` : ''}weight ${load} is above the capacity ${capacities[d]}.`,
      );
  return { feasible: violations.length === 0, objective: profit / scales.profit, violations };
}

/** `{"counts": [1, 0, …]}`. */
export const writeSolution = (_instance: Instance, solution: Solution): unknown => ({
  counts: Array.from(solution.counts),
});

/** Shape only: a list of numbers, one for each item. */
export function readSolution(instance: Instance, value: unknown): Result<Solution> {
  const counts =
    typeof value === 'object' && value !== null ? (value as { counts?: unknown }).counts : null;
  if (!Array.isArray(counts))
    return fail({ path: ['counts'], message: 'A solution must have a list "counts".' });
  if (counts.length !== instance.items.length)
    return fail({
      path: ['counts'],
      message: `There are ${counts.length} counts for ${instance.items.length} items.`,
    });
  const bad = counts.findIndex((count) => typeof count !== 'number' || !Number.isFinite(count));
  if (bad >= 0) return fail({ path: ['counts', bad], message: 'A count must be a number.' });
  return ok({ counts: counts.map(Number) });
}
