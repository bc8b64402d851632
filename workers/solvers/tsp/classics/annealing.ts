/** Simulated annealing (Kirkpatrick, Gelatt & Vecchi 1983; Černý 1985) on exchanges of edges. */
import { exp, log } from '../../../../src/core/math.ts';
import type { ParamsOf } from '../../../../src/core/params.ts';
import { shuffle } from '../../../../src/core/rng.ts';
import type { SolveContext, SolverRun } from '../../../../src/core/solver.ts';
import type { TspSolution } from '../../../../src/problems/tsp/check.ts';
import type { PackedTsp } from '../../../../src/problems/tsp/instance.ts';
import type { ANNEALING_PARAMS } from '../../../../src/problems/tsp/solver-params.ts';
import { buildCandidates } from '../candidates.ts';
import { createArrayTour } from '../array-tour.ts';
import { createSpace, fromCities, tourLength } from '../space.ts';
import { createTeller } from './teller.ts';

type Context = SolveContext<ParamsOf<typeof ANNEALING_PARAMS>, TspSolution>;

const NEIGHBOURS = 10;
/** Edges a move exchanges at most. */
const MOVE_EDGES = 3;
/** Moves of one step. */
const STEP = 100;
/** Where the schedule is looked at, and where tours may be told: this many steps apart. */
const EVERY = 20;

/**
 * Random exchanges of two or three edges, those that come leading to near cities. Cools geometrically over the budget; without one over `sweeps` moves per
 * city, and then ends.
 */
export function* simulatedAnnealing(
  packed: PackedTsp,
  { params, rng, budget, warmStart }: Context,
): SolverRun<TspSolution> {
  const space = yield* createSpace(packed);
  const { n, distance } = space;
  const teller = createTeller(space);
  const tour = warmStart
    ? fromCities(space, warmStart.tour)
    : shuffle(
        Int32Array.from({ length: n }, (_, i) => i),
        rng,
      );
  yield* teller.tell(tour);
  if (n <= 3) return { reason: 'optimal' };
  yield* space.tabulate();
  const { k, list, distances } = yield* buildCandidates(space, NEIGHBOURS, 1);
  // Near the shortest a tour has edges about as long as the second neighbour is far.
  let scale = 0;
  for (let i = 0; i < n; i++) scale += distances[i * k + Math.min(1, k - 1)] / n;
  if (scale === 0) scale = tourLength(space, tour) / n || 1;
  const array = createArrayTour(n);
  array.assign(tour);
  const ends = new Int32Array(2 * MOVE_EDGES);
  const cuts = new Int32Array(MOVE_EDGES);
  const upward = new Uint8Array(MOVE_EDGES);
  let length = tourLength(space, tour);
  const ratio = log(params.end / params.start);

  /** Marks an edge at a city as one that goes; false when it is marked already. */
  function take(edges: number, city: number, side: number): boolean {
    const at = array.position[city];
    const cut = side === 0 ? at : at === 0 ? n - 1 : at - 1;
    for (let e = 0; e < edges; e++) if (cuts[e] === cut) return false;
    cuts[edges] = cut;
    upward[edges] = side;
    ends[2 * edges] = city;
    ends[2 * edges + 1] = array.tour[side === 0 ? (at + 1 === n ? 0 : at + 1) : cut];
    return true;
  }

  /** One random exchange of two edges, or of three where two make no tour. */
  function move(temperature: number): void {
    take(0, rng.int(n), rng.int(2));
    let delta = -distance(ends[0], ends[1]);
    for (let edges = 1; edges < MOVE_EDGES; edges++) {
      const from = ends[2 * edges - 1];
      const near = from * k + rng.int(k);
      if (!take(edges, list[near], rng.int(2))) return;
      const end = ends[2 * edges + 1];
      delta += distances[near] - distance(list[near], end);
      if (!array.closes(cuts, upward, edges + 1)) continue;
      delta += distance(end, ends[0]);
      if (delta > 0 && !(temperature > 0 && rng.float() < exp(-delta / temperature))) return;
      array.exchange();
      array.commit();
      length += delta;
      return;
    }
  }

  let steps = 0;
  let share = 0;
  const whole = Math.max(EVERY, Math.ceil((params.sweeps * n) / STEP));
  for (;;) {
    const chunk = Math.min(budget.chunk(10), EVERY - (steps % EVERY));
    const temperature = scale * params.start * exp(ratio * share);
    for (let i = 0; i < chunk * STEP; i++) move(temperature);
    steps += chunk;
    if (steps % EVERY === 0 || steps === budget.steps) {
      if (length < teller.best()) yield* teller.tell(array.tour);
      yield { kind: 'trace', row: [length, temperature] };
      const progress = budget.steps === null ? budget.progress() : steps / budget.steps;
      share = Number.isNaN(progress) ? Math.min(1, steps / whole) : Math.min(1, progress);
    }
    yield chunk;
    if (steps >= whole && budget.steps === null && Number.isNaN(budget.progress()))
      return { reason: 'exhausted', message: 'The schedule has ended.' };
  }
}
