/** Greedy by profit per weight, and the best single item (Dantzig 1957). */
import type { ParamsOf } from '../../../src/core/params.ts';
import type { SolveContext, SolverRun } from '../../../src/core/solver.ts';
import type { Packed, Solution } from '../../../src/problems/knapsack/instance.ts';
import type { greedyParams } from '../../../src/problems/knapsack/solvers.ts';
import { fitting, incumbentOf, makeOrder, objectiveOf, proofOf, rootBound } from './start.ts';

/** Incumbents shown on the way. */
const SHOWN = 100;

/**
 * Items in order of efficiency, each as often as it fits; one step is one item. Then the best single
 * item, which keeps the result above half the optimum with one capacity. O(n·m + n log n).
 */
export function* solveGreedy(
  packed: Packed,
  context: SolveContext<ParamsOf<typeof greedyParams>, Solution>,
): SolverRun<Solution> {
  const { m } = packed;
  const order = yield* makeOrder(packed, context.params.multipliers);
  const { groups, weights } = order;
  const bound = {
    kind: 'bound' as const,
    value: objectiveOf(packed, groups, rootBound(order)),
    proof: proofOf(packed),
  };

  const residual = packed.capacities.slice();
  const taken = new Float64Array(groups.size);
  const every = Math.max(1, Math.ceil(groups.size / SHOWN));
  let profit = 0;
  let shown = -1;
  let left = 0;
  let done = 0;
  for (let g = 0; g < groups.size; g++) {
    if (left === 0) {
      yield done;
      left = context.budget.chunk(1024);
      done = 0;
    }
    const copies = fitting(groups.counts[g], residual, weights, g * m);
    for (let d = 0; d < m; d++) residual[d] -= copies * weights[g * m + d];
    taken[g] = copies;
    profit += copies * groups.profits[g];
    left--;
    done++;
    if (profit > shown && (g === 0 || g % every === every - 1)) {
      shown = profit;
      yield incumbentOf(packed, groups, taken, profit);
      if (g === 0) yield bound;
    }
  }
  if (profit > shown) yield incumbentOf(packed, groups, taken, profit);
  yield bound;

  let single = -1;
  for (let g = 0; g < groups.size; g++) {
    const alone = groups.counts[g] * groups.profits[g];
    if (alone > profit) {
      single = g;
      profit = alone;
    }
  }
  if (single >= 0) {
    taken.fill(0);
    taken[single] = groups.counts[single];
    yield incumbentOf(packed, groups, taken, profit);
  }
  yield done;
  return { reason: 'exhausted' };
}
