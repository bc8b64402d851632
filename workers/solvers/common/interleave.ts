/** Two generators by turns, so that one worker both searches and proves. */
import type { Budget, SolverRun, SolverYield } from '../../../src/core/solver.ts';

/**
 * Work beside a search. It yields events, 0 to return control, and before each part of its work
 * the part's cost: a whole number, in steps of the search that take as long.
 */
export type SideTask<Solution> = Generator<SolverYield<Solution>, void, void>;

/**
 * Runs `side` within its share of the effort. Its turns come at fixed step counts of the search,
 * so where yields fall changes nothing.
 *
 * @param percent share of the side task, a whole number in 0 … 99; at 0 it does not run.
 * @param search made with a budget whose chunks end where the side task's turn comes.
 */
export function* interleave<Solution>(
  budget: Budget,
  percent: number,
  search: (budget: Budget) => SolverRun<Solution>,
  side: SideTask<Solution>,
): SolverRun<Solution> {
  let sideRuns = percent > 0;
  let steps = 0;
  /** Steps of the search by which the part announced last is earned. */
  let turn = 0;
  let spent = 0;
  const run = search({
    ...budget,
    chunk: (preferred) =>
      budget.chunk(sideRuns ? Math.max(1, Math.min(preferred, turn - steps)) : preferred),
    progress: () => budget.progress(),
  });
  for (;;) {
    if (sideRuns && steps >= turn) {
      const part = side.next();
      if (part.done) {
        sideRuns = false;
      } else if (typeof part.value === 'number') {
        spent += part.value;
        turn = Math.ceil((spent * (100 - percent)) / percent);
        yield 0;
      } else {
        yield part.value;
      }
      continue;
    }
    const step = run.next();
    if (step.done) return step.value;
    if (typeof step.value === 'number') steps += step.value;
    yield step.value;
  }
}
