/**
 * The solver that is chosen when nobody chooses: what suits the size and the budget, one method
 * after the other, each going on from the best tour so far, with a bound beside them all.
 */
import type { ParamsOf } from '../../../src/core/params.ts';
import type { Budget, SolveContext, SolverEvent, SolverRun } from '../../../src/core/solver.ts';
import type { TspSolution } from '../../../src/problems/tsp/check.ts';
import type { PackedTsp } from '../../../src/problems/tsp/instance.ts';
import type { AUTO_PARAMS } from '../../../src/problems/tsp/solver-params.ts';
import { MAX_BRANCH_AND_CUT, MAX_EAX } from '../../../src/problems/tsp/solvers.ts';
import { hasHighs } from '../common/highs-runtime.ts';
import { interleave } from '../common/interleave.ts';
import { ascend } from './ascent.ts';
import { assemble } from './assemble.ts';
import { branchAndCut } from './branch-and-cut/solve.ts';
import { dynamicProgramming } from './dynamic-programming.ts';
import { crossingCandidates, evolve, prepareCrossing, STEP_TIME } from './eax.ts';
import { iteratedLocalSearch, kickAndDescend, KICK_TIME } from './ils.ts';
import { prepare, type Prepared } from './prepare.ts';
import { fromCities, toCities, tourLength } from './space.ts';

type Context = SolveContext<ParamsOf<typeof AUTO_PARAMS>, TspSolution>;

/** Up to this size all tours are tried. */
const SMALL = 12;
/** Up to this size crossover begins at once; above, local search first finds out about the speed. */
const CROSSED_AT_ONCE = 3000;
/**
 * Crossover takes about n / SHARE times as long as a kick per city: it is worth beginning only when
 * the budget has as much.
 */
const SHARE = 600;
/**
 * With less, that share of the budget goes into tours that are merged, each with a kick per city;
 * more of them are not worth it.
 */
const MERGED_SHARE = 0.9;
const MOST_MERGED = 12;
/** Up to this size a proof is tried after one population, and nothing else beside it. */
const PROVEN_SOON = 200;
/** Populations before the proof of more cities begins. */
const POPULATIONS = 2;
/**
 * Steps of each method before the next one's turn, where several share the time: about a tenth of a
 * second of crossover and of a proof, and a third of that of local search, which finds what a
 * population has lost.
 */
const TURN = { proof: 300, crossover: 6000, kicks: 300 };
/** Steps without a better value before the bound's step size is halved. */
const PATIENCE = 30;

const ILS = { neighbours: 8, kick: 50, acceptance: 'not-worse' as const };
const EAX = { population: 40, children: 30 };

export function* automatic(packed: PackedTsp, context: Context): SolverRun<TspSolution> {
  const { n } = packed;
  const { bound } = context.params;
  if (n <= SMALL) return yield* dynamicProgramming(packed, context);
  if (n > MAX_EAX) {
    const params = { ...ILS, bound };
    return yield* iteratedLocalSearch(packed, { ...context, params });
  }
  const prepared =
    n > CROSSED_AT_ONCE
      ? yield* prepare(packed, ILS.neighbours, context.warmStart)
      : yield* prepareCrossing(packed, context.warmStart);
  const hub = createHub(prepared, context);
  const { space, candidates, tour } = prepared;
  const search = (budget: Budget) => methods(packed, { ...context, budget }, prepared, hub);
  const side = ascend(space, candidates, {
    stepTime: n > CROSSED_AT_ONCE ? KICK_TIME : STEP_TIME,
    patience: PATIENCE,
    upper: () => hub.best.length,
    tour,
  });
  // Kicks are many more than the steps that a good bound takes: half the share does.
  const share = n > CROSSED_AT_ONCE ? Math.ceil(bound / 2) : bound;
  return yield* interleave(context.budget, share, search, side);
}

function* methods(
  packed: PackedTsp,
  context: Context,
  prepared: Prepared,
  hub: Hub,
): SolverRun<TspSolution> {
  const { params, budget, rng } = context;
  const { n } = packed;
  let { candidates } = prepared;
  const best = (): Prepared => ({
    ...prepared,
    candidates,
    tour: fromCities(prepared.space, hub.cities()),
  });
  const kick = (
    from: Prepared,
    number: number,
    exchange?: () => TspSolution | null,
  ): SolverRun<TspSolution> => {
    const local = { ...context, rng: rng.fork(number), exchange, params: { ...ILS, bound: 0 } };
    return hub.tell(kickAndDescend(from, local, hub.best));
  };
  if (n > CROSSED_AT_ONCE) {
    const kicks = kick(prepared, 1, hub.join());
    let steps = 0;
    while (steps < n) {
      const step = kicks.next();
      if (step.done) return step.value;
      if (typeof step.value === 'number') steps += step.value;
      yield step.value;
    }
    const used = budget.steps === null ? budget.progress() : n / budget.steps;
    if ((used * n) / SHARE > 1) {
      const members = Math.min(MOST_MERGED, Math.floor(MERGED_SHARE / used)) - 1;
      if (members < 2) return yield* kicks;
      kicks.return({ reason: 'exhausted' });
      const assembly = { rng: rng.fork(3), members, kicks: n, reach: ILS.kick };
      yield* hub.tell(assemble(best(), assembly, hub.best));
      return yield* kick(best(), 4, hub.join());
    }
    kicks.return({ reason: 'exhausted' });
    candidates = yield* crossingCandidates(prepared.space);
  }

  const cross = (populations: number): SolverRun<TspSolution> =>
    hub.tell(
      evolve(
        best(),
        { ...context, exchange: hub.join(), params: { ...EAX, bound: 0 } },
        hub.best,
        populations,
      ),
    );
  const prove = (): SolverRun<TspSolution> =>
    hub.tell(
      branchAndCut(packed, {
        ...context,
        rng: rng.fork(2),
        exchange: hub.join(),
        warmStart: { tour: hub.cities() },
        params: { kicks: 0 },
      }),
    );
  const proves = params.prove && n <= MAX_BRANCH_AND_CUT && hasHighs();
  yield* cross(proves && n <= PROVEN_SOON ? 1 : POPULATIONS);
  if (proves && n <= PROVEN_SOON) {
    const end = yield* prove();
    if (end.reason === 'optimal') return end;
  }
  return yield* byTurns([
    ...(proves && n > PROVEN_SOON ? [{ run: prove(), turn: TURN.proof }] : []),
    { run: cross(Infinity), turn: TURN.crossover },
    // From a tour of its own, for the best one may be where everything ends.
    { run: kick({ ...prepared, candidates }, 1), turn: TURN.kicks },
  ]);
}

interface Sharing {
  run: SolverRun<TspSolution>;
  /** Steps before the next one's turn. */
  turn: number;
}

/** Runs by turns, until one has proven what there is to prove, or all have ended. */
function* byTurns(all: readonly Sharing[]): SolverRun<TspSolution> {
  let going = all;
  for (;;) {
    for (const one of going) {
      for (let steps = 0; steps < one.turn;) {
        const step = one.run.next();
        if (step.done) {
          if (step.value.reason === 'optimal' || going.length === 1) return step.value;
          going = going.filter((other) => other !== one);
          break;
        }
        if (typeof step.value === 'number') steps += step.value;
        yield step.value;
      }
    }
  }
}

/** What the methods know of each other. */
interface Hub {
  /** Its length is kept up to date: that of the best tour yielded. */
  best: { length: number };
  /** The best tour, cities of the instance. */
  cities(): Int32Array;
  /** An `exchange` for one more method: the best tour of any other, or of another worker. */
  join(): () => TspSolution | null;
  /** A method's events: incumbents only when they are the best of all, one trace column. */
  tell(run: SolverRun<TspSolution>): SolverRun<TspSolution>;
}

function createHub({ space, tour, length }: Prepared, { exchange }: Context): Hub {
  const best = { length };
  let told = length;
  let solution: TspSolution = { tour: toCities(space, tour) };

  return {
    best,
    cities: () => solution.tour,
    join() {
      let seen: TspSolution | null = null;
      return () => {
        const other = exchange?.();
        if (other && tourLength(space, fromCities(space, other.tour)) < told) solution = other;
        if (seen === solution) return null;
        seen = solution;
        return solution;
      };
    },
    *tell(run) {
      for (;;) {
        const step = run.next();
        if (step.done) return step.value;
        const event = step.value;
        if (typeof event !== 'number' && event.kind === 'incumbent') {
          if (event.objective >= told) continue;
          told = event.objective;
          best.length = Math.min(best.length, told);
          solution = event.solution;
        }
        yield typeof event === 'number' ? event : oneColumn(event);
      }
    },
  };
}

/** The trace is of tours only: the current one, or the mean of a population; else no event. */
function oneColumn(event: SolverEvent<TspSolution>): number | SolverEvent<TspSolution> {
  if (event.kind !== 'trace') return event;
  // Of branch and cut: the relaxation, cuts and nodes, which are no tours.
  if (event.row.length === 3) return 0;
  return { kind: 'trace', row: [event.row[event.row.length - 1]] };
}
