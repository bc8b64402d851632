/**
 * The search that suits the instance, with set partitioning over the routes it has seen (as Rochat &
 * Taillard 1995 and Subramanian, Uchoa & Ochi 2013 do): routes of different plans may fit together
 * better than any plan that was met. Column generation raises the bound beside it, by turns.
 */
import { defaultParams, type ParamsOf } from '../../../src/core/params.ts';
import type {
  Budget,
  SolveContext,
  SolverEnd,
  SolverRun,
  SolverYield,
} from '../../../src/core/solver.ts';
import { check } from '../../../src/problems/vrp/check.ts';
import { isPlain } from '../../../src/problems/vrp/features.ts';
import { unpack, type PackedVrp, type VrpSolution } from '../../../src/problems/vrp/instance.ts';
import {
  GENETIC_BEST,
  GENETIC_BEST_TIMED,
  hgsParams,
  sisrParams,
  type autoParams,
} from '../../../src/problems/vrp/solvers.ts';
import { highsRuntime } from '../common/highs-runtime.ts';
import { proveBeside } from './column-generation/beside.ts';
import { isRelaxable } from './column-generation/relaxation.ts';
import { hgs } from './hgs/hgs.ts';
import { createRoutePool } from './route-pool.ts';
import { sisr } from './sisr.ts';

/** Shares of a budget after which routes are put together anew. */
const ROUNDS = [0.3, 0.5, 0.7, 0.85, 0.95];
/**
 * The same beside an annealing: what is put into it before its end costs more than it gives. By then
 * the routes hardly change, so that more of them pay.
 */
const ANNEALING_ROUNDS = [0.95, 0.965, 0.98];
/** Steps to the first round when there is no budget; each further one is twice as far. */
const FIRST_ROUND = 100_000;
/** Most linear programs of a round. */
const PROGRAMS = 100;
/** Share of a budget after which a round is left; what it has met by then counts. */
const LONG_CHOICE = 0.01;
/** Routes to choose from at first: more next time when all choices were looked at, else fewer. */
const FIRST_COLUMNS = 200;
const LEAST_COLUMNS = 100;
/** Above so many customers only some incumbents are taken apart, and above so many none are. */
const POOLED_ALL = 300;
const SOME = 8;
const MOST_CHOSEN = 1200;
/** Steps per customer before the first linear program: its start is a good plan. */
const HEAD_START = 400;
/** Most customers for which a bound is priced; with variants. */
const BOUND_CUSTOMERS = 200;
const VARIANT_BOUND_CUSTOMERS = 120;
/** With so few customers on a route, on average, there may be more of them. */
const SHORT_ROUTE = 10;
const SHORT_BOUND_CUSTOMERS = 275;
/** Steps of the genetic search that take about as long as one block of labels; under windows. */
const STEPS_PER_BLOCK = 200;
const TIMED_STEPS_PER_BLOCK = 400;
/** Ruins for variants take longer. */
const VARIANT_STEPS_PER_BLOCK = 40;

type Side = Generator<SolverYield<VrpSolution>, SolverEnd | null, void>;

export function* auto(
  packed: PackedVrp,
  context: SolveContext<ParamsOf<typeof autoParams>, VrpSolution>,
): SolverRun<VrpSolution> {
  const { budget, params } = context;
  const n = packed.x.length - 1;
  const instance = unpack(packed);
  const pool = createRoutePool(packed, params.routes);
  let best = Infinity;
  let steps = 0;
  /** A plan for the search, and one for the side task. */
  let offered: VrpSolution | null = null;
  let news: VrpSolution | null = null;

  const timed = packed.ready.some((time) => time > 0) || packed.due.some((time) => time < Infinity);
  const plain = isPlain(packed);
  const genetic = plain && n <= (timed ? GENETIC_BEST_TIMED : GENETIC_BEST);
  const annealed = plain && !genetic;
  const rounds = annealed ? ANNEALING_ROUNDS : ROUNDS;
  let columns = FIRST_COLUMNS;
  const demand = packed.demand.reduce((sum, each) => sum + each, 0);
  const isShort = n * packed.capacity <= SHORT_ROUTE * demand;
  const boundable = plain
    ? n <= BOUND_CUSTOMERS || (!timed && isShort && n <= SHORT_BOUND_CUSTOMERS)
    : n <= VARIANT_BOUND_CUSTOMERS && isRelaxable(packed);
  const percent = boundable ? params.bound : 0;
  const stepsPerBlock = !plain
    ? VARIANT_STEPS_PER_BLOCK
    : timed
      ? TIMED_STEPS_PER_BLOCK
      : STEPS_PER_BLOCK;
  let side: Side | null = null;
  let sided = percent === 0;
  /** Steps of the search at which it is the side task's turn. */
  let turn = sided ? Infinity : (plain ? HEAD_START : HEAD_START / 8) * n;
  /** When it began, and what it has spent since, in steps of the search and as share of the budget. */
  let began = 0;
  let spent = 0;
  let spentShare = 0;
  /** Under a budget of steps nothing may hang on the clock. */
  const clocked = budget.steps === null && !Number.isNaN(budget.progress());

  const inner = {
    rng: context.rng,
    budget: {
      steps: budget.steps,
      chunk: (preferred: number) => budget.chunk(Math.max(1, Math.min(preferred, turn - steps))),
      progress: () => budget.progress(),
    } satisfies Budget,
    warmStart: context.warmStart,
    exchange: (): VrpSolution | null => {
      const own = offered;
      offered = null;
      if (own) return own;
      const foreign = context.exchange?.() ?? null;
      // Its routes may fit together with those of this worker.
      if (foreign && n <= MOST_CHOSEN) pool.add(foreign, check(instance, foreign).objective);
      return foreign;
    },
  };
  const collect = (solution: VrpSolution, objective: number): void => {
    if (n <= MOST_CHOSEN) pool.add(solution, objective);
  };
  const run = genetic
    ? hgs(
        packed,
        { ...inner, params: defaultParams(hgsParams) as ParamsOf<typeof hgsParams> },
        collect,
      )
    : sisr(
        packed,
        { ...inner, params: defaultParams(sisrParams) as ParamsOf<typeof sisrParams> },
        collect,
      );

  let routes = 0;
  let heard = 0;
  let round = 0;
  let next = FIRST_ROUND;
  /** Is it time to put routes together. */
  const isDue = (): boolean => {
    const progress = budget.progress();
    if (Number.isNaN(progress)) return steps >= next;
    const share = budget.steps === null ? progress : steps / budget.steps;
    return round < rounds.length && share >= rounds[round];
  };
  /** A plan that is not the search's own: an incumbent when it is the best. */
  const taken = (solution: VrpSolution, objective: number): SolverYield<VrpSolution> | null => {
    if (objective >= best) return null;
    best = objective;
    // Without a budget an annealing is hot at any time.
    if (!annealed || !Number.isNaN(budget.progress())) offered = copyOf(solution);
    pool.add(solution, objective);
    return { kind: 'incumbent', solution, objective };
  };

  const takeNews = (): VrpSolution | null => {
    const plan = news;
    news = null;
    return plan;
  };

  /** Parts of the side task until the search is due again; the end of the run when it proves it. */
  function* takeTurn(): Generator<SolverYield<VrpSolution>, SolverEnd | null, void> {
    side ??= proveBeside(packed, takeNews);
    if (began === 0) began = steps;
    while (steps >= turn) {
      const from = clocked ? budget.progress() : 0;
      const part = side.next();
      if (clocked) spentShare += budget.progress() - from;
      if (part.done) {
        sided = true;
        turn = Infinity;
        return part.value;
      }
      const event = part.value;
      if (typeof event === 'number') {
        if (clocked) {
          const searched = Math.max(1e-9, budget.progress() - spentShare);
          spent = (steps * spentShare) / searched;
        } else spent += event * stepsPerBlock;
        turn = began + Math.ceil((spent * (100 - percent)) / percent);
        yield 0;
      } else if (event.kind === 'incumbent') {
        const found = taken(event.solution, event.objective);
        if (found) yield found;
      } else if (event.kind === 'bound') yield event;
    }
    return null;
  }

  try {
    for (;;) {
      if (!sided && steps >= turn && best < Infinity) {
        const end = yield* takeTurn();
        if (end) return end;
      }
      const event = run.next();
      if (event.done) return event.value;
      const { value } = event;
      if (typeof value !== 'number') {
        if (value.kind === 'incumbent') {
          if (n <= POOLED_ALL || (n <= MOST_CHOSEN && heard++ % SOME === 0))
            pool.add(value.solution, value.objective);
          if (value.objective >= best) continue;
          best = value.objective;
          routes = value.solution.routes.length;
          news = copyOf(value.solution);
        }
        // The two searches have columns of their own.
        if (value.kind !== 'trace') yield value;
        continue;
      }
      steps += value;
      if (n <= MOST_CHOSEN && isDue() && pool.size > 0) {
        round++;
        next *= 2;
        const size = Math.min(Math.max(columns, 2 * routes), pool.size);
        yield { kind: 'phase', name: `Set partitioning over ${size} routes` };
        const from = clocked ? budget.progress() : 0;
        const { solution, complete } = yield* pool.choose(
          highsRuntime(),
          size,
          best,
          (programs) => programs < PROGRAMS && !(clocked && budget.progress() - from > LONG_CHOICE),
        );
        columns = complete ? Math.min(params.routes, 2 * size) : Math.max(LEAST_COLUMNS, size >> 1);
        const report = solution && check(instance, solution);
        const gain = report?.feasible ? best - report.objective : 0;
        yield { kind: 'trace', row: [round, size, Math.max(0, gain)] };
        if (solution && report?.feasible) {
          const found = taken(solution, report.objective);
          if (found) {
            news = copyOf(solution);
            yield found;
          }
        }
        yield { kind: 'phase', name: 'Search' };
      }
      yield value;
    }
  } finally {
    // Frees its linear program. (Set in a closure, which its type does not show.)
    (side as Side | null)?.return(null);
  }
}

const copyOf = ({ routes, types }: VrpSolution): VrpSolution => ({
  routes: routes.map((route) => [...route]),
  ...(types ? { types: [...types] } : {}),
});
