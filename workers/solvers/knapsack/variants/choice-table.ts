/** Multiple choice with one capacity by the table over classes and capacities. */
import type { SolveContext, SolverRun } from '../../../../src/core/solver.ts';
import type { Packed, Solution } from '../../../../src/problems/knapsack/instance.ts';
import { choiceTableIssue, gcd } from '../../../../src/problems/knapsack/limits.ts';
import { objectiveOfVariant } from './bounds.ts';
import { startExchange } from './exchange.ts';

/** Capacities looked at between two yields. */
const CELLS = 1 << 17;

/**
 * best[w] = the largest profit of the classes so far with weight at most w: the best of best[w −
 * weight] + profit over the items of the next class (Dudziński & Walukiewicz 1987). The item chosen
 * is kept for every class and capacity. One step is one class. O(n · capacity) time, 4 bytes a class
 * and capacity, with weights divided by their common divisor.
 */
export function* solveChoiceTable(
  packed: Packed,
  context: SolveContext<never, Solution>,
): SolverRun<Solution> {
  const { n, profits } = packed;
  const start = yield* startExchange(packed, context.warmStart);
  const groups = packed.groups ?? new Int32Array(n);
  const classes = groups.reduce((most, group) => Math.max(most, group + 1), 0);
  const divisor = Math.max(1, packed.weights.subarray(0, n).reduce(gcd, 0));
  const weights = packed.weights.subarray(0, n).map((weight) => weight / divisor);
  const capacity = Math.floor(packed.capacities[0] / divisor);
  const issue = choiceTableIssue(classes, capacity);
  if (issue) return { reason: 'exhausted', message: issue };
  const items: number[][] = Array.from({ length: classes }, () => []);
  groups.forEach((group, i) => items[group].push(i));

  let best = new Float64Array(capacity + 1);
  let next = new Float64Array(capacity + 1);
  const chosen: Int32Array[] = [];
  for (let k = 0; k < classes; k++) {
    next.fill(-Infinity);
    const row = new Int32Array(capacity + 1);
    chosen.push(row);
    for (const i of items[k])
      for (let low = weights[i]; low <= capacity; low += CELLS) {
        const high = Math.min(capacity, low + CELLS - 1);
        update(best, next, row, i, weights[i], profits[i], low, high);
        // Long rows are cut; short ones return control with their class.
        if (high < capacity) yield 0;
      }
    [best, next] = [next, best];
    yield { kind: 'trace', row: [best[capacity], (100 * (k + 1)) / classes] };
    context.budget.chunk(1);
    yield 1;
  }
  if (best[capacity] === -Infinity)
    return {
      reason: 'infeasible',
      message: 'The lightest item of each class is too heavy together.',
    };
  if (best[capacity] > start.best) {
    const counts = new Uint8Array(n);
    let w = capacity;
    for (let k = classes - 1; k >= 0; k--) {
      const i = chosen[k][w];
      counts[i] = 1;
      w -= weights[i];
    }
    const objective = objectiveOfVariant(packed, best[capacity]);
    yield { kind: 'incumbent', solution: { counts }, objective };
  }
  return { reason: 'optimal' };
}

/** One item of a class at capacities `low` to `high`. */
function update(
  best: Float64Array,
  next: Float64Array,
  row: Int32Array,
  item: number,
  weight: number,
  profit: number,
  low: number,
  high: number,
): void {
  for (let w = low; w <= high; w++) {
    const value = best[w - weight] + profit;
    if (value > next[w]) {
      next[w] = value;
      row[w] = item;
    }
  }
}
