/**
 * Tabu search on the critical path with path relinking between elite schedules: the scheme of TS/PR
 * (Peng, Lü & Cheng 2015) over the N7 moves of Zhang, Li, Guan & Rao (2007), with the estimates of
 * Balas & Vazacopoulos (1998) and the N5 moves of Nowicki & Smutnicki (1996) to choose from.
 */
import type { ParamsOf } from '../../../src/core/params.ts';
import type { Rng } from '../../../src/core/rng.ts';
import type { Budget, SolveContext, SolverRun, SolverYield } from '../../../src/core/solver.ts';
import {
  countDisjunctions,
  type JobShopSolution,
  type PackedJobShop,
} from '../../../src/problems/job-shop/instance.ts';
import type { tabuParams } from '../../../src/problems/job-shop/solvers.ts';
import { interleave } from '../common/interleave.ts';
import { completeSchedule, createDispatcher, policyOf, restart } from './dispatcher.ts';
import { distance, disturb, placesOf, toElite, walkTowards, type Elite } from './elites.ts';
import { load, makespan, startTimes, toNodes } from './graph.ts';
import { begin, fromStarts } from './start.ts';
import { createEngine, hasEnded, startSearch, type Engine } from './tabu/engine.ts';
import { CURRENT, OWN, WANTED } from './tabu/layout.ts';
import { prove, type Shared } from './proof/prove.ts';

export type TabuParams = ParamsOf<typeof tabuParams>;

/** Operations times moves that take about a millisecond. */
const workPerSlice = 160_000;
/** Moves between rows of the trace. */
const traceEvery = 1024;
/** Searches per elite without a new elite before there is room for one more, or all but the best go. */
const patience = 2;
/** Elites at first: few soon lead somewhere good, more lead further. */
const fewest = 3;
/** Disjunctions up to which a proof gets its whole share of time, a quarter of it, and above none. */
const wholeUpTo = 1_600;
const quarterUpTo = 10_000;
/** Elites closer than this many pairs have nothing between them. */
const tooClose = 4;

/** Work of a proof (in its units) that takes as long as a move, as measured. */
export const workPerMove = (packed: PackedJobShop): number =>
  Math.floor(60 + 0.33 * packed.machine.length);

/** The moves of a tabu search with these parameters. O(operations + pairs of a machine). */
export function engineOf(packed: PackedJobShop, params: TabuParams, rng: Rng): Engine {
  const jobs = packed.first.length - 1;
  const tenure = params.tenure + Math.floor(jobs / packed.machines);
  return createEngine(packed, rng, {
    neighbourhood: params.neighbourhood,
    tenure,
    spread: Math.floor(tenure * (jobs <= 2 * packed.machines ? 0.4 : 0.5)) + 1,
    stall: params.stall,
  });
}

/** The search with bounds and, for small instances, a proof of optimality in between. */
export function* tabu(
  packed: PackedJobShop,
  context: SolveContext<TabuParams, JobShopSolution>,
): SolverRun<JobShopSolution> {
  const engine = engineOf(packed, context.params, context.rng);
  const { bound, best } = yield* begin(packed, context, engine.graph);
  if (best <= bound) return { reason: 'optimal' };
  const shared: Shared = { best, bound };
  const search = (budget: Budget) => searchMoves(packed, { ...context, budget }, engine, shared);
  const disjunctions = countDisjunctions(packed.machine);
  const share = context.params.proof;
  const percent = disjunctions <= wholeUpTo ? share : disjunctions <= quarterUpTo ? share >> 2 : 0;
  const side = prove(packed, shared, { workPerStep: workPerMove(packed), tree: true });
  return yield* interleave(context.budget, percent, search, side);
}

/** Moves from the schedule in the graph until the best, found here or elsewhere, meets the bound. */
export function* searchMoves(
  packed: PackedJobShop,
  context: SolveContext<TabuParams, JobShopSolution>,
  engine: Engine,
  shared: Shared,
): SolverRun<JobShopSolution> {
  const { rng, params, budget } = context;
  const { graph, control } = engine;
  const path = new Int32Array(graph.operations);
  const slice = Math.max(4, Math.floor(workPerSlice / graph.operations));
  const random = createDispatcher(packed, policyOf('random', 'non-delay'), rng);

  let moves = 0;
  let left = budget.chunk(slice);
  let inSlice = 0;
  const elites: Elite[] = [];
  let room = Math.min(fewest, params.elites);
  let fruitless = 0;
  for (;;) {
    // One search, until it has not improved on its own best for long enough.
    startSearch(engine);
    while (!hasEnded(engine)) {
      control[WANTED] = shared.best;
      const made = engine.run(Math.min(left - inSlice, traceEvery - (moves % traceEvery)));
      moves += made;
      inSlice += made;
      if (control[CURRENT] < shared.best) {
        shared.best = control[CURRENT];
        const solution = { starts: startTimes(graph) };
        yield { kind: 'incumbent', solution, objective: shared.best };
      }
      if (moves % traceEvery === 0) yield { kind: 'trace', row: [moves, control[CURRENT]] };
      if (inSlice === left || shared.best <= shared.bound) {
        yield inSlice;
        if (shared.best <= shared.bound) return { reason: 'optimal' };
        left = budget.chunk(slice);
        inSlice = 0;
      }
    }
    yield* nextStart({ makespan: control[OWN], order: engine.best.slice() });
  }

  /** Keeps the search's best and sets the graph to where the next search starts. */
  function* nextStart(own: Elite): Generator<SolverYield<JobShopSolution>, void, void> {
    const foreign = context.exchange?.();
    if (foreign) {
      load(graph, fromStarts(packed, graph, foreign.starts));
      const reached = makespan(graph);
      if (reached < shared.best) {
        // The proof looks for better than this from now on.
        shared.best = reached;
        yield { kind: 'incumbent', solution: { starts: startTimes(graph) }, objective: reached };
      }
      insert(toElite(graph));
    }
    fruitless = insert(own) ? 0 : fruitless + 1;
    if (fruitless > patience * room) {
      // Nothing new between these: one more, or else only the best stays and others grow beside it.
      if (room < params.elites) room++;
      else {
        const leader = elites.reduce((a, b) => (b.makespan < a.makespan ? b : a));
        elites.splice(0, elites.length, leader);
        room = Math.min(fewest, params.elites);
      }
      fruitless = 0;
    }
    if (elites.length < room) {
      restart(random);
      yield* completeSchedule(random);
      load(graph, toNodes(graph, random.order));
      return;
    }
    const i = rng.int(elites.length);
    const j = (i + 1 + rng.int(Math.max(1, elites.length - 1))) % elites.length;
    load(graph, elites[i].order);
    const places = placesOf(graph, elites[j].order);
    const apart = i === j ? 0 : distance(graph, places);
    if (apart <= tooClose) yield* disturb(graph, 20 + rng.int(30), path, rng);
    else {
      const fifth = Math.floor(apart / 5);
      yield* walkTowards(graph, places, fifth + rng.int(3 * fifth + 1), rng);
    }
  }

  /** Adds an elite unless it is there already; the worst leaves when there are too many. */
  function insert(elite: Elite): boolean {
    load(graph, elite.order);
    for (const other of elites)
      if (other.makespan === elite.makespan && distance(graph, placesOf(graph, other.order)) === 0)
        return false;
    elites.push(elite);
    if (elites.length <= room) return true;
    let worst = 0;
    for (let i = 1; i < elites.length; i++)
      if (elites[i].makespan >= elites[worst].makespan) worst = i;
    return elites.splice(worst, 1)[0] !== elite;
  }
}
