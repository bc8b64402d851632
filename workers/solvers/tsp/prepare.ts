/** What the searches start from. */
import type { SolverEvent } from '../../../src/core/solver.ts';
import type { TspSolution } from '../../../src/problems/tsp/check.ts';
import type { PackedTsp } from '../../../src/problems/tsp/instance.ts';
import { buildCandidates, twoNeighbourBound, type Candidates } from './candidates.ts';
import { greedyTour } from './greedy.ts';
import { prepareNearestTours } from './nearest-neighbour.ts';
import { createSpace, fromCities, toCities, tourLength, type Space } from './space.ts';

export interface Prepared {
  space: Space;
  candidates: Candidates;
  /** The shortest tour found so far, in indices of the space. */
  tour: Int32Array;
  /** Its length; that of the last incumbent yielded. */
  length: number;
}

/**
 * The space, the neighbour lists and a tour: a quick one first (along the curve; nearest neighbour
 * for a matrix), then the greedy one, unless a tour to start from is given. Yields them as
 * incumbents and a first bound.
 * @param perQuadrant neighbours of every city in each direction, beside the nearest.
 */
export function* prepare(
  packed: PackedTsp,
  neighbours: number,
  warmStart?: TspSolution,
  perQuadrant = 1,
): Generator<number | SolverEvent<TspSolution>, Prepared, void> {
  const space = yield* createSpace(packed);
  const { n } = space;
  let tour: Int32Array;
  if (warmStart) tour = fromCities(space, warmStart.tour);
  else if (space.coordinates) tour = Int32Array.from({ length: n }, (_, i) => i);
  else tour = yield* (yield* prepareNearestTours(space)).from(0);
  let length = tourLength(space, tour);
  yield { kind: 'incumbent', solution: { tour: toCities(space, tour) }, objective: length };
  if (n <= 3) return { space, candidates: { k: 0, list: EMPTY, distances: NONE }, tour, length };

  yield { kind: 'phase', name: 'Neighbour lists' };
  yield* space.tabulate();
  const candidates = yield* buildCandidates(space, neighbours, perQuadrant);
  const bound = twoNeighbourBound(space, candidates);
  if (bound !== null) yield { kind: 'bound', value: bound, proof: 'two shortest edges per city' };
  if (!warmStart) {
    yield { kind: 'phase', name: 'Greedy tour' };
    const making = greedyTour(space, candidates);
    let step = making.next();
    while (!step.done) {
      yield 0;
      step = making.next();
    }
    const greedy = tourLength(space, step.value);
    if (greedy < length) {
      tour = step.value;
      length = greedy;
      yield { kind: 'incumbent', solution: { tour: toCities(space, tour) }, objective: length };
    }
  }
  yield { kind: 'phase', name: 'Local search' };
  return { space, candidates, tour, length };
}

const EMPTY = new Int32Array(0);
const NONE = new Float64Array(0);
