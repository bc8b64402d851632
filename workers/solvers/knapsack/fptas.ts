/** The fully polynomial approximation scheme: profits in coarser units (Ibarra & Kim 1975). */
import type { ParamsOf } from '../../../src/core/params.ts';
import type { SolveContext, SolverRun } from '../../../src/core/solver.ts';
import type { Packed, Solution } from '../../../src/problems/knapsack/instance.ts';
import { tableIssue } from '../../../src/problems/knapsack/limits.ts';
import type { fptasParams } from '../../../src/problems/knapsack/solvers.ts';
import { dantzig, makeBundles, prefixOf, type Bundles } from './groups.ts';
import { profitTable } from './profit-table.ts';
import { incumbentOf, makeStart, objectiveOf } from './start.ts';

/** Most bundles that fit together: the lightest ones. O(n log n). */
export function mostBundles(bundles: Bundles, capacity: number): number {
  const sorted = bundles.weights.slice().sort();
  let left = capacity;
  let count = 0;
  while (count < sorted.length && sorted[count] <= left) left -= sorted[count++];
  return count;
}

/**
 * Profits are divided by K = ε · (greedy profit) / (most bundles that fit) and rounded down; the
 * scaled problem is solved exactly by profit. What rounding loses is below K a bundle, so the result
 * is at least 1 − ε of the optimum, and the scaled optimum proves a bound. One step is one bundle.
 * O(n · k / ε) time, k the most bundles that fit.
 */
export function* solveFptas(
  packed: Packed,
  context: SolveContext<ParamsOf<typeof fptasParams>, Solution>,
): SolverRun<Solution> {
  const start = yield* makeStart(packed, undefined);
  const { groups } = start;
  const bundles = makeBundles(groups);
  const upper = dantzig(groups, prefixOf(groups), 0, groups.capacity);
  let lower = start.profit;
  for (let g = 0; g < groups.size; g++)
    lower = Math.max(lower, groups.counts[g] * groups.profits[g]);
  if (bundles.size === 0 || upper <= start.profit) {
    yield 1;
    return { reason: 'optimal' };
  }
  const most = Math.max(1, mostBundles(bundles, groups.capacity));
  // A unit below 1 would be finer than the profits are.
  const unit = Math.max(1, Math.floor((context.params.epsilon * lower) / most));
  const values = bundles.profits.map((profit) => Math.floor(profit / unit));
  const limit = Math.floor(upper / unit);
  const issue = tableIssue(bundles.size, limit);
  if (issue)
    return { reason: 'exhausted', message: `${issue} A larger ε makes the table smaller.` };
  yield { kind: 'trace', row: [unit, limit] };
  const table = yield* profitTable(bundles, values, limit, groups.capacity, context.budget);
  const taken = new Float64Array(groups.size);
  let profit = 0;
  for (const b of table.bundles) {
    taken[bundles.group[b]] += bundles.copies[b];
    profit += bundles.profits[b];
  }
  if (profit > start.profit) yield incumbentOf(packed, groups, taken, profit);
  const bound = Math.min(upper, (table.value + (unit > 1 ? most : 0)) * unit);
  yield {
    kind: 'bound',
    value: objectiveOf(packed, groups, Math.max(bound, profit, start.profit)),
    proof: 'Scaled profits',
  };
  return unit === 1 ? { reason: 'optimal' } : { reason: 'exhausted' };
}
