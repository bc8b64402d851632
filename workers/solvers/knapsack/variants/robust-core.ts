/** Exact robust knapsack: one plain problem for each threshold (Bertsimas & Sim 2003). */
import type { SolveContext, SolverRun } from '../../../../src/core/solver.ts';
import type { Packed, Solution } from '../../../../src/problems/knapsack/instance.ts';
import { objectiveOfVariant } from './bounds.ts';
import { optimum01, packColumns } from './exact01.ts';
import { boundEvent, startExchange } from './exchange.ts';
import { worstProfit } from './robust.ts';

/**
 * Exact: with θ the (Γ + 1)-largest deviation, an item loses what is above θ, and Γ times θ is lost
 * at once. The best θ is 0 or one of the deviations, so that many plain problems of one capacity
 * give the optimum. One step is one plain problem. O(n) of them.
 */
export function* solveRobust(
  packed: Packed,
  context: SolveContext<never, Solution>,
): SolverRun<Solution> {
  const start = yield* startExchange(packed, context.warmStart);
  let { best, bound } = start;
  const { deviations, gamma } = packed.robust ?? {
    deviations: new Float64Array(packed.n),
    gamma: 0,
  };
  const thresholds = [...new Set([0, ...deviations])].sort((a, b) => a - b);
  /** The best value each threshold can still have. */
  let proven = -Infinity;
  for (const [k, theta] of thresholds.entries()) {
    const profits = packed.profits.map((p, i) =>
      Math.max(0, p - Math.max(0, deviations[i] - theta)),
    );
    const run = optimum01(
      packColumns(profits, packed.weights.slice(0, packed.n), packed.capacities[0]),
    );
    let next = run.next();
    for (; !next.done; next = run.next()) yield 0;
    const optimum = next.value;
    proven = Math.max(proven, optimum.bound - gamma * theta);
    const counts = Uint8Array.from(optimum.counts, (count) => (count > 0 ? 1 : 0));
    const value = worstProfit(packed, counts);
    if (value > best) {
      best = value;
      yield {
        kind: 'incumbent',
        solution: { counts },
        objective: objectiveOfVariant(packed, best),
      };
    }
    yield { kind: 'trace', row: [k + 1, thresholds.length] };
    // Ask for control after each plain problem: they may be long.
    context.budget.chunk(1);
    yield 1;
  }
  proven = Math.max(proven, best);
  if (proven < bound) {
    bound = proven;
    yield boundEvent(packed, bound, 'Plain problems of all thresholds');
  }
  return bound <= best
    ? { reason: 'optimal' }
    : { reason: 'exhausted', message: 'A plain problem has outgrown the memory set aside.' };
}
