/** The Held–Karp bound as a solver of its own, with a locally optimal tour to step towards. */
import type { ParamsOf } from '../../../src/core/params.ts';
import type { SolveContext, SolverRun } from '../../../src/core/solver.ts';
import type { TspSolution } from '../../../src/problems/tsp/check.ts';
import type { PackedTsp } from '../../../src/problems/tsp/instance.ts';
import type { HELD_KARP_PARAMS } from '../../../src/problems/tsp/solver-params.ts';
import { ascend } from './ascent.ts';
import { createLocalSearch } from './local-search.ts';
import { prepare } from './prepare.ts';
import { toCities } from './space.ts';

/** Lists long enough that few edges of the best 1-trees are missing. */
const NEIGHBOURS = 10;

export function* heldKarp(
  packed: PackedTsp,
  { params }: SolveContext<ParamsOf<typeof HELD_KARP_PARAMS>, TspSolution>,
): SolverRun<TspSolution> {
  const { space, candidates, tour, length } = yield* prepare(packed, NEIGHBOURS);
  if (space.n <= 3) return { reason: 'optimal' };
  let upper = length;
  if (space.n >= 5) {
    const search = createLocalSearch(space, candidates, tour);
    while (search.descend(256) === 256) yield 0;
    if (search.length() < upper) {
      upper = search.length();
      tour.set(search.tour);
      yield { kind: 'incumbent', solution: { tour: toCities(space, tour) }, objective: upper };
    }
  }
  yield { kind: 'phase', name: 'Ascent' };
  const climb = ascend(space, candidates, {
    stepTime: 1,
    patience: params.effort,
    upper: () => upper,
    tour,
    onStep: (value, stepSize) => ({ kind: 'trace', row: [value, stepSize] }),
  });
  for (;;) {
    const step = climb.next();
    if (step.done) break;
    yield typeof step.value === 'number' ? Math.min(1, step.value) : step.value;
  }
  return { reason: 'exhausted', message: 'The bound has converged.' };
}
