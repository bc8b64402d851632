/**
 * Exact search for shops that are no classic job shops: open, no-wait and blocking ones, as
 * alternative graphs (Mascis & Pacciarelli 2002). A large neighbourhood search brings schedules, a
 * branch and bound the proof, by turns.
 */
import type { ParamsOf } from '../../../src/core/params.ts';
import { shuffle, type Rng } from '../../../src/core/rng.ts';
import type { Budget, SolveContext, SolverRun, SolverYield } from '../../../src/core/solver.ts';
import { rootBound } from '../../../src/problems/job-shop/bounds.ts';
import type { JobShopSolution, PackedJobShop } from '../../../src/problems/job-shop/instance.ts';
import { jobOfOperation, linearOrder } from '../../../src/problems/job-shop/schedule.ts';
import type { alternativeParams } from '../../../src/problems/job-shop/solvers.ts';
import { interleave } from '../common/interleave.ts';
import { abandon, branch, createTree, type Verdict } from './alternative/branch.ts';
import {
  assume,
  createNet,
  makespanOf,
  propagate,
  startTimes,
  take,
  undo,
  type Net,
} from './alternative/net.ts';
import { prove, type Shared } from './alternative/prove.ts';
import { completeSchedule, createDispatcher, policyOf } from './dispatcher.ts';
import { beginGeneral } from './general-start.ts';
import { firstOrder } from './insertion.ts';
import { copyOf, objectiveOfSolution } from './objective.ts';
import { createParts } from './parts.ts';
import { createTimetable, putJob, toSolution } from './timetable.ts';

export type AlternativeParams = ParamsOf<typeof alternativeParams>;

/** Nodes that take about a millisecond on 10 × 10. */
const preferredNodes = 16;
const traceEvery = 16;
/** Orders kept before control is returned. */
const keptAtOnce = 64;
/** Sub-problems without a better schedule before one as good is taken too. */
const patience = 20;

export function* alternative(
  packed: PackedJobShop,
  context: SolveContext<AlternativeParams, JobShopSolution>,
): SolverRun<JobShopSolution> {
  const start = yield* begin(packed, context);
  const shared: Shared = {
    best: objectiveOfSolution(packed, start),
    bound: rootBound(packed).value,
  };
  if (shared.best <= shared.bound) return { reason: 'optimal' };
  const search = (budget: Budget) =>
    searchParts(packed, { ...context, budget }, start.starts, shared);
  return yield* interleave(context.budget, context.params.proof, search, prove(packed, shared));
}

/** Yields the bound and a first incumbent, and returns that. */
function* begin(
  packed: PackedJobShop,
  context: SolveContext<AlternativeParams, JobShopSolution>,
): Generator<SolverYield<JobShopSolution>, JobShopSolution, void> {
  const { warmStart } = context;
  if (packed.kind === 'open' && !warmStart) {
    let first: JobShopSolution | null = null;
    for (const event of beginGeneral(packed, context)) {
      if (typeof event !== 'number' && event.kind === 'incumbent') first = event.solution;
      yield event;
    }
    return first!;
  }
  const bound = rootBound(packed);
  yield { kind: 'bound', value: bound.value, proof: bound.proof };
  const solution = warmStart ? copyOf(warmStart) : yield* putIn(packed, firstOrder(packed));
  yield { kind: 'incumbent', solution, objective: objectiveOfSolution(packed, solution) };
  return solution;
}

/** Whole jobs one after another into the gaps: never a deadlock. */
function* putIn(packed: PackedJobShop, jobs: Int32Array): Generator<number, JobShopSolution, void> {
  const table = createTimetable(packed);
  for (const job of jobs) {
    putJob(table, job);
    yield 0;
  }
  return toSolution(table);
}

function* randomSchedule(
  packed: PackedJobShop,
  rng: Rng,
): Generator<number, JobShopSolution, void> {
  if (packed.kind !== 'open') return yield* putIn(packed, shuffle(firstOrder(packed), rng));
  const dispatcher = createDispatcher(packed, policyOf('random', 'non-delay'), rng);
  yield* completeSchedule(dispatcher);
  return { starts: dispatcher.starts.slice() };
}

/** Gives up parts of the schedule and searches them anew, until the best meets the bound. */
function* searchParts(
  packed: PackedJobShop,
  { rng, params, budget, exchange }: SolveContext<AlternativeParams, JobShopSolution>,
  starts: Int32Array,
  shared: Shared,
): SolverRun<JobShopSolution> {
  const net = createNet(packed);
  const arcs = createArcs(packed, net);
  const tree = createTree(net);
  const parts = createParts(packed, params.size, rng);
  const { trailed, open } = net;
  let order = linearOrder(packed, starts);
  let current = objectiveOfSolution(packed, { starts });
  let fruitless = 0;
  let since = 0;
  let problems = 0;
  let left = budget.chunk(preferredNodes);
  let inSlice = 0;
  for (;;) {
    const foreign = exchange?.();
    if (foreign) {
      const reached = objectiveOfSolution(packed, foreign);
      if (reached < current) {
        current = reached;
        order = linearOrder(packed, foreign.starts);
      }
      if (reached < shared.best) {
        // The proof looks for better than this from now on.
        shared.best = reached;
        yield { kind: 'incumbent', solution: copyOf(foreign), objective: reached };
      }
    }
    if (since >= params.stall) {
      since = 0;
      const other = yield* randomSchedule(packed, rng);
      order = linearOrder(packed, other.starts);
      current = objectiveOfSolution(packed, other);
    }
    parts.draw(order);
    const limit = fruitless < patience ? current - 1 : current;
    assume(net, limit);
    const kept = yield* keepOrders(packed, net, arcs, parts.relaxed, order);
    let verdict: Verdict = kept && propagate(net) ? 'open' : 'refuted';
    if (verdict === 'open' && net.open === 0) verdict = 'solved';
    for (;;) {
      if (++inSlice === left) {
        yield inSlice;
        if (shared.best <= shared.bound) return { reason: 'optimal' };
        left = budget.chunk(preferredNodes);
        inSlice = 0;
      }
      if (verdict !== 'open' || tree.failures >= params.failures) break;
      verdict = branch(tree);
    }
    problems++;
    let better = false;
    if (verdict === 'solved') {
      const found = startTimes(net);
      const reached = makespanOf(net);
      better = reached < current;
      current = reached;
      order = linearOrder(packed, found);
      if (reached < shared.best) {
        shared.best = reached;
        yield { kind: 'incumbent', solution: { starts: found }, objective: reached };
      }
    }
    parts.learn(verdict, better);
    abandon(tree);
    undo(net, trailed, open);
    fruitless = better ? 0 : fruitless < patience ? fruitless + 1 : 0;
    since = better ? 0 : since + 1;
    if (problems % traceEvery === 0)
      yield { kind: 'trace', row: [problems, current, parts.relaxed.reduce((a, b) => a + b, 0)] };
    // With nothing kept a refutation holds for every schedule.
    if (verdict === 'refuted' && limit < shared.best && !parts.relaxed.includes(0)) {
      shared.bound = shared.best;
      yield { kind: 'bound', value: shared.best, proof: 'branch and bound' };
    }
    if (shared.best > shared.bound) continue;
    if (inSlice > 0) yield inSlice;
    return { reason: 'optimal' };
  }
}

/** By two operations of a machine (or of a job): the arc that has the first of them go first. */
function createArcs({ machine }: PackedJobShop, net: Net): (a: number, b: number) => number {
  const n = machine.length;
  const arcs = new Int32Array(n * n).fill(-1);
  net.first.forEach((a, pair) => {
    arcs[a * n + net.second[pair]] = 2 * pair;
    arcs[net.second[pair] * n + a] = 2 * pair + 1;
  });
  return (a, b) => arcs[a * n + b];
}

/**
 * Takes the orders of all operations not given up as they stand in `order`; of neighbours only, from
 * which the others follow. @returns false when the limit forbids it. Yields no steps.
 */
function* keepOrders(
  packed: PackedJobShop,
  net: Net,
  arcOf: (a: number, b: number) => number,
  relaxed: Uint8Array,
  order: Int32Array,
): Generator<number, boolean, void> {
  const lastOn = new Int32Array(packed.machines).fill(-1);
  const jobOf = jobOfOperation(packed);
  const lastOf = new Int32Array(packed.first.length - 1).fill(-1);
  const follows = (last: Int32Array, resource: number, operation: number): boolean => {
    const before = last[resource];
    last[resource] = operation;
    const arc = before < 0 ? -1 : arcOf(before, operation);
    // Neighbours of one job have their order.
    return arc < 0 || net.place[arc >> 1] >= net.open || take(net, arc);
  };
  for (let i = 0; i < order.length; i++) {
    const operation = order[i];
    if (i % keptAtOnce === keptAtOnce - 1) yield 0;
    if (relaxed[operation] === 1) continue;
    if (!follows(lastOn, packed.machine[operation], operation)) return false;
    if (packed.kind === 'open' && !follows(lastOf, jobOf[operation], operation)) return false;
  }
  return true;
}
