/** The construction heuristics as solvers of their own. */
import type { ParamsOf } from '../../../src/core/params.ts';
import type { SolveContext, SolverRun } from '../../../src/core/solver.ts';
import { shuffle } from '../../../src/core/rng.ts';
import type { TspSolution } from '../../../src/problems/tsp/check.ts';
import type { PackedTsp } from '../../../src/problems/tsp/instance.ts';
import type { NEAREST_NEIGHBOUR_PARAMS } from '../../../src/problems/tsp/solver-params.ts';
import { buildCandidates } from './candidates.ts';
import { greedyTour } from './greedy.ts';
import { prepareNearestTours } from './nearest-neighbour.ts';
import { createSpace, toCities, tourLength } from './space.ts';

/** Candidates of the greedy edge heuristic. */
const GREEDY_NEIGHBOURS = 8;

/** Nearest-neighbour tours from cities in random order; keeps the best. */
export function* nearestNeighbour(
  packed: PackedTsp,
  { params, rng }: SolveContext<ParamsOf<typeof NEAREST_NEIGHBOUR_PARAMS>, TspSolution>,
): SolverRun<TspSolution> {
  const space = yield* createSpace(packed);
  const tours = yield* prepareNearestTours(space);
  const starts = shuffle(
    Int32Array.from({ length: space.n }, (_, i) => i),
    rng,
  );
  let best = Infinity;
  for (let at = 0; at < Math.min(params.starts, space.n); at++) {
    const tour = yield* tours.from(starts[at]);
    const objective = tourLength(space, tour);
    if (objective < best) {
      best = objective;
      yield { kind: 'incumbent', solution: { tour: toCities(space, tour) }, objective };
    }
    yield 1;
  }
  return space.trivial ? { reason: 'optimal' } : { reason: 'exhausted' };
}

/** The greedy edge tour, after the curve's as something to look at. */
export function* greedy(packed: PackedTsp): SolverRun<TspSolution> {
  const space = yield* createSpace(packed);
  const curve = Int32Array.from({ length: space.n }, (_, i) => i);
  const first = tourLength(space, curve);
  yield { kind: 'incumbent', solution: { tour: toCities(space, curve) }, objective: first };
  if (space.n <= 3) return { reason: 'optimal' };
  const candidates = yield* buildCandidates(space, GREEDY_NEIGHBOURS);
  const making = greedyTour(space, candidates);
  // The edges are counted once the tour that they make has been told.
  let edges = 0;
  for (;;) {
    const step = making.next();
    if (!step.done) {
      edges += step.value;
      yield 0;
      continue;
    }
    const objective = tourLength(space, step.value);
    if (objective < first)
      yield { kind: 'incumbent', solution: { tour: toCities(space, step.value) }, objective };
    yield edges;
    return { reason: 'exhausted' };
  }
}

/** The cities in the order of the Hilbert curve. */
export function* spaceFillingCurve(packed: PackedTsp): SolverRun<TspSolution> {
  const space = yield* createSpace(packed);
  const tour = Int32Array.from({ length: space.n }, (_, i) => i);
  const objective = tourLength(space, tour);
  yield { kind: 'incumbent', solution: { tour: toCities(space, tour) }, objective };
  yield 1;
  return space.n <= 3 ? { reason: 'optimal' } : { reason: 'exhausted' };
}
