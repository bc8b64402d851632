/** Iterated local search with a Held–Karp bound on the side. */
import type { ParamsOf } from '../../../src/core/params.ts';
import type { Budget, SolveContext, SolverRun } from '../../../src/core/solver.ts';
import type { TspSolution } from '../../../src/problems/tsp/check.ts';
import type { PackedTsp } from '../../../src/problems/tsp/instance.ts';
import { MAX_HELD_KARP } from '../../../src/problems/tsp/solvers.ts';
import { type ILS_PARAMS } from '../../../src/problems/tsp/solver-params.ts';
import { interleave, type SideTask } from '../common/interleave.ts';
import { ascend } from './ascent.ts';
import { dynamicProgramming } from './dynamic-programming.ts';
import { cooling } from './cooling.ts';
import { createLocalSearch } from './local-search.ts';
import { mergeTours } from './merge.ts';
import { prepare, type Prepared } from './prepare.ts';
import { fromCities, toCities, tourLength } from './space.ts';
import { searchTiles } from './tiles.ts';

type Context = SolveContext<ParamsOf<typeof ILS_PARAMS>, TspSolution>;

/** Below this size all tours are tried instead. */
const SMALL = 9;
/** Steps without a better value before the bound's step size is halved. */
const PATIENCE = 30;
/** What a kick takes, microseconds. */
export const KICK_TIME = 100;
/** Cities above which the bound begins later. */
const PATIENT = 12_000;
/** Above this size the search keeps to one tile at a time, of about so many cities. */
const MANY = 150_000;
const TILE = 50_000;

export function* iteratedLocalSearch(packed: PackedTsp, context: Context): SolverRun<TspSolution> {
  if (packed.n < SMALL) return yield* dynamicProgramming(packed, context);
  const { params, budget } = context;
  const prepared = yield* prepare(packed, params.neighbours, context.warmStart);
  const best = { length: prepared.length };
  const search = (own: Budget) => kickAndDescend(prepared, { ...context, budget: own }, best);
  if (packed.n > MAX_HELD_KARP) return yield* search(budget);
  const { space, candidates, tour } = prepared;
  const bound = ascend(space, candidates, {
    stepTime: KICK_TIME,
    patience: PATIENCE,
    upper: () => best.length,
    tour,
  });
  return yield* interleave(budget, params.bound, search, later(packed.n, params.bound, bound));
}

/**
 * The bound of very many cities waits until the tour is near its first local optimum; what it has
 * earned by then it may spend at once.
 */
function* later(n: number, percent: number, bound: SideTask<TspSolution>): SideTask<TspSolution> {
  let earned = n > PATIENT ? Math.ceil((n * percent) / (5 * (100 - percent))) : 0;
  yield earned;
  for (const event of bound) {
    if (typeof event !== 'number') {
      yield event;
      continue;
    }
    const paid = Math.min(earned, event);
    earned -= paid;
    yield event - paid;
  }
}

/**
 * Descent, then kicks without end.
 * @param best the length of the best tour yielded, kept up to date.
 */
export function* kickAndDescend(
  { space, candidates, tour }: Prepared,
  { params, budget, rng, exchange }: Context,
  best: { length: number },
): SolverRun<TspSolution> {
  const { n } = space;
  if (n > MANY) {
    const look = new Uint8Array(n).fill(1);
    const own = { params, budget, rng, exchange };
    return yield* searchTiles(space, candidates, Int32Array.from(tour), look, TILE, own, best);
  }
  const search = createLocalSearch(space, candidates, tour);
  // Tours are copied and told at these step counts and at the end of the budget, so that what is
  // told does not depend on how the run is sliced.
  const flushEvery = Math.max(64, Math.floor(n / 50));
  const slackAt = cooling(params, search.length() / n, budget);
  let steps = 0;
  let descending = true;
  let slack = slackAt(0);
  for (;;) {
    const toFlush = flushEvery - (steps % flushEvery);
    const chunk = Math.min(budget.chunk(descending ? 256 : 32), toFlush);
    let done = 0;
    if (descending) {
      done = search.descend(chunk);
      descending = done === chunk;
    }
    if (!descending) {
      search.kick(chunk - done, rng, params.kick, slack);
      done = chunk;
    }
    steps += done;

    const atFlush = steps % flushEvery === 0;
    if (atFlush || steps === budget.steps) {
      if (search.length() < best.length) {
        const objective = tourLength(space, search.tour);
        if (objective < best.length) {
          best.length = objective;
          yield { kind: 'incumbent', solution: { tour: toCities(space, search.tour) }, objective };
        }
      }
      yield { kind: 'trace', row: [search.length()] };
    }
    yield done;
    if (!atFlush) continue;
    slack = slackAt(steps);
    const other = exchange?.();
    if (other) {
      const merged = mergeTours(space, search.tour, fromCities(space, other.tour));
      if (merged.length < search.length()) {
        search.adopt(merged.tour);
        descending = true;
      }
    }
  }
}
