/** Bellman's recursion over capacities, with the choice of every item kept in one bit per capacity. */
import type { ParamsOf } from '../../../src/core/params.ts';
import type { Budget, SolveContext, SolverRun } from '../../../src/core/solver.ts';
import type { Packed, Solution } from '../../../src/problems/knapsack/instance.ts';
import { gcd, tableIssue } from '../../../src/problems/knapsack/limits.ts';
import { mulDivUp } from './arith.ts';
import type { tableParams } from '../../../src/problems/knapsack/solvers.ts';
import { dantzig, makeBundles, prefixOf, type Bundles } from './groups.ts';
import { profitTable } from './profit-table.ts';
import { incumbentOf, makeStart, objectiveOf, type Start } from './start.ts';

/** Capacities looked at between two yields. */
const CELLS = 1 << 18;
/** Incumbents and bounds shown on the way. */
const SHOWN = 32;
/**
 * best[w] = the largest profit of weight at most w; item by item, best[w] = max(best[w],
 * best[w − weight] + profit) (Bellman 1957). Bounded items by binary bundles. One step is one
 * bundle. O(n·c) time, n·c bits and c doubles, with weights divided by their common divisor.
 */
export function* solveDynamicProgramming(
  packed: Packed,
  context: SolveContext<ParamsOf<typeof tableParams>, Solution>,
): SolverRun<Solution> {
  const start = yield* makeStart(packed, context.warmStart);
  const { groups } = start;
  if (context.params.table === 'profit') return yield* byProfit(packed, context.budget, start);
  const { size } = groups;
  const objective = (profit: number): number => objectiveOf(packed, groups, profit);
  let known = start.profit;

  let divisor = 0;
  for (let g = 0; g < size; g++) divisor = gcd(groups.weights[g], divisor);
  const bundles = makeBundles(groups);
  const weights = bundles.weights.map((w) => w / Math.max(1, divisor));
  const capacity = Math.floor(groups.capacity / Math.max(1, divisor));
  const issue = tableIssue(bundles.size, capacity);
  if (issue) return { reason: 'exhausted', message: issue };

  const best = new Float64Array(bundles.size > 0 ? capacity + 1 : 1);
  const rowBytes = (capacity >>> 3) + 1;
  const choices: Uint8Array[] = [];
  const every = Math.max(1, Math.ceil(bundles.size / SHOWN));
  let left = 0;
  let done = 0;
  for (let b = 0; b < bundles.size; b++) {
    if (left === 0) {
      yield done;
      left = context.budget.chunk(Math.max(1, Math.floor(CELLS / (capacity + 1))));
      done = 0;
    }
    const row = new Uint8Array(rowBytes);
    choices.push(row);
    for (let high = capacity; high >= weights[b]; high -= CELLS) {
      const low = Math.max(weights[b], high - CELLS + 1);
      updateRow(best, row, weights[b], bundles.profits[b], low, high);
      if (low > weights[b]) yield 0;
    }
    left--;
    done++;
    if (b % every === every - 1 && b + 1 < bundles.size) {
      const profit = best[capacity];
      yield { kind: 'trace', row: [objective(profit), (100 * (b + 1)) / bundles.size] };
      if (profit > known) {
        known = profit;
        const taken = traceBack(bundles, weights, choices, capacity, size);
        yield incumbentOf(packed, groups, taken, profit);
      }
      const bound = yield* boundRest(best, capacity, bundles.profits[b + 1], weights[b + 1]);
      yield { kind: 'bound', value: objective(bound), proof: 'Partial table and Dantzig bound' };
    }
  }
  if (bundles.size > 0) yield { kind: 'trace', row: [objective(best[best.length - 1]), 100] };
  if (best[best.length - 1] > known) {
    const taken = traceBack(bundles, weights, choices, capacity, size);
    const profit = best[capacity];
    yield incumbentOf(packed, groups, taken, profit);
  }
  yield done;
  return { reason: 'optimal' };
}

/** The least weight of every profit up to the linear bound; one step is one bundle. O(n · bound). */
function* byProfit(packed: Packed, budget: Budget, start: Start): SolverRun<Solution> {
  const { groups } = start;
  const bundles = makeBundles(groups);
  let divisor = 0;
  for (let b = 0; b < bundles.size; b++) divisor = gcd(bundles.profits[b], divisor);
  const unit = Math.max(1, divisor);
  const limit = Math.floor(dantzig(groups, prefixOf(groups), 0, groups.capacity) / unit);
  const issue = tableIssue(bundles.size, limit)?.replace('capacities', 'profits');
  if (issue) return { reason: 'exhausted', message: issue };
  const values = bundles.profits.map((profit) => profit / unit);
  const table = yield* profitTable(bundles, values, limit, groups.capacity, budget);
  if (table.value * unit > start.profit) {
    const taken = new Float64Array(groups.size);
    for (const b of table.bundles) taken[bundles.group[b]] += bundles.copies[b];
    yield { kind: 'trace', row: [objectiveOf(packed, groups, table.value * unit), 100] };
    yield incumbentOf(packed, groups, taken, table.value * unit);
  }
  return { reason: 'optimal' };
}

/** One item at capacities `high` down to `low`. */
function updateRow(
  best: Float64Array,
  row: Uint8Array,
  weight: number,
  profit: number,
  low: number,
  high: number,
): void {
  for (let w = high; w >= low; w--) {
    const value = best[w - weight] + profit;
    if (value > best[w]) {
      best[w] = value;
      row[w >>> 3] |= 1 << (w & 7);
    }
  }
}

/** Copies of each group in the best solution of the rows so far. O(rows). */
function traceBack(
  bundles: Bundles,
  weights: Float64Array,
  choices: readonly Uint8Array[],
  capacity: number,
  groups: number,
): Float64Array {
  const taken = new Float64Array(groups);
  let w = capacity;
  for (let b = choices.length - 1; b >= 0; b--) {
    if (((choices[b][w >>> 3] >>> (w & 7)) & 1) === 0) continue;
    taken[bundles.group[b]] += bundles.copies[b];
    w -= weights[b];
  }
  return taken;
}

/** The table so far and, for what is left, the efficiency of the next item: a bound on everything. */
function* boundRest(
  best: Float64Array,
  capacity: number,
  profit: number,
  weight: number,
): Generator<number, number, void> {
  let bound = 0;
  for (let start = 0; start <= capacity; start += CELLS) {
    const end = Math.min(capacity, start + CELLS - 1);
    for (let w = start; w <= end; w++)
      bound = Math.max(bound, best[w] + mulDivUp(capacity - w, profit, weight));
    yield 0;
  }
  return bound;
}
