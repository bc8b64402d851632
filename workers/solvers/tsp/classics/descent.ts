/** Plain local search: one neighbourhood, one start, down to the local optimum. */
import type { ParamsOf } from '../../../../src/core/params.ts';
import { shuffle } from '../../../../src/core/rng.ts';
import type { SolveContext, SolverRun } from '../../../../src/core/solver.ts';
import type { TspSolution } from '../../../../src/problems/tsp/check.ts';
import type { PackedTsp } from '../../../../src/problems/tsp/instance.ts';
import type { DESCENT_PARAMS } from '../../../../src/problems/tsp/solver-params.ts';
import { buildCandidates } from '../candidates.ts';
import { greedyTour } from '../greedy.ts';
import { createLocalSearch, type Neighbourhood } from '../local-search.ts';
import { prepareNearestTours } from '../nearest-neighbour.ts';
import { createSpace, fromCities, tourLength } from '../space.ts';
import { createTeller } from './teller.ts';

type Context = SolveContext<ParamsOf<typeof DESCENT_PARAMS>, TspSolution>;

const NEIGHBOURHOODS: Readonly<Record<string, Neighbourhood>> = {
  '2-opt': { depth: 2 },
  'or-opt': { depth: 3, segment: 3 },
  '3-opt': { depth: 3 },
  'lin-kernighan': {},
};
/** About so many tours are shown, however many moves it takes. */
const SHOWN = 200;

/** 2-opt (Croes 1958), Or-opt (Or 1976), 3-opt (Lin 1965) or Lin–Kernighan from a chosen start. */
export function* descent(packed: PackedTsp, context: Context): SolverRun<TspSolution> {
  const { params, rng, budget, warmStart } = context;
  const space = yield* createSpace(packed);
  const { n } = space;
  const teller = createTeller(space);
  let tour: Int32Array = Int32Array.from({ length: n }, (_, i) => i);
  if (warmStart) tour = fromCities(space, warmStart.tour);
  else if (params.start !== 'space-filling-curve') shuffle(tour, rng);
  yield* teller.tell(tour);
  if (n <= 3) return { reason: 'optimal' };
  yield* space.tabulate();
  const candidates = yield* buildCandidates(space, params.neighbours, 1);
  if (!warmStart && params.start === 'nearest-neighbour')
    tour = yield* (yield* prepareNearestTours(space)).from(rng.int(n));
  if (!warmStart && params.start === 'greedy') {
    const making = greedyTour(space, candidates);
    let step = making.next();
    while (!step.done) {
      yield 0;
      step = making.next();
    }
    tour = step.value;
  }
  yield* teller.tell(tour);
  if (n < 5) {
    yield 1;
    return { reason: 'exhausted' };
  }
  const search = createLocalSearch(space, candidates, tour, NEIGHBOURHOODS[params.moves]);
  const every = Math.max(1, Math.floor(n / SHOWN));
  for (let moves = 0; ;) {
    const chunk = Math.min(budget.chunk(64), every - (moves % every));
    const made = search.descend(chunk);
    moves += made;
    const over = made < chunk;
    if (over || moves % every === 0 || moves === budget.steps) {
      if (tourLength(space, search.tour) < teller.best()) yield* teller.tell(search.tour);
      yield { kind: 'trace', row: [search.length()] };
    }
    if (made > 0) yield made;
    if (over) return { reason: 'exhausted', message: 'No move of this kind makes it shorter.' };
  }
}
