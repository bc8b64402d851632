/** How much longer a kick may leave the tour. */
import type { ParamsOf } from '../../../src/core/params.ts';
import type { Budget } from '../../../src/core/solver.ts';
import type { ILS_PARAMS } from '../../../src/problems/tsp/solver-params.ts';

/** The threshold at the start of the run, in mean edges of the tour. */
const THRESHOLD = 0.3;

/**
 * The threshold after so many steps: it falls evenly to 0 as the budget is used up, and is 0 all
 * along without a budget or a threshold.
 */
export function cooling(
  { acceptance }: Pick<ParamsOf<typeof ILS_PARAMS>, 'acceptance'>,
  meanEdge: number,
  budget: Budget,
): (steps: number) => number {
  if (acceptance !== 'threshold') return () => 0;
  return (steps) => {
    const progress = budget.steps === null ? budget.progress() : steps / budget.steps;
    return Number.isNaN(progress) ? 0 : THRESHOLD * meanEdge * Math.max(0, 1 - progress);
  };
}
