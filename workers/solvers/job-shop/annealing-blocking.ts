/** Simulated annealing over the list by which jobs go on, for shops without room to wait. */
import { shuffle } from '../../../src/core/rng.ts';
import type { SolveContext, SolverRun } from '../../../src/core/solver.ts';
import { rootBound } from '../../../src/problems/job-shop/bounds.ts';
import type { JobShopSolution, PackedJobShop } from '../../../src/problems/job-shop/instance.ts';
import { jobOfOperation, linearOrder } from '../../../src/problems/job-shop/schedule.ts';
import { decay, type AnnealingParams } from './cooling.ts';
import { change, createDraft, take } from './blocking-moves.ts';
import { createFloor, run } from './floor.ts';
import { firstOrder } from './insertion.ts';
import { copyOf, meanDelay, objectiveOfSolution } from './objective.ts';
import { createTimetable, putJob } from './timetable.ts';

/** Operations times moves that take about a millisecond. */
const workPerSlice = 12_000;
const traceEvery = 512;
/** Orders of whole jobs tried for a start. */
const startOrders = 50;

export function* annealBlocking(
  packed: PackedJobShop,
  context: SolveContext<AnnealingParams, JobShopSolution>,
): SolverRun<JobShopSolution> {
  const { rng, params, budget, warmStart } = context;
  const bound = rootBound(packed);
  yield { kind: 'bound', value: bound.value, proof: bound.proof };
  const jobOf = jobOfOperation(packed);
  const n = jobOf.length;
  const floor = createFloor(packed);
  let best = Infinity;
  let list: Int32Array;
  if (warmStart) {
    list = linearOrder(packed, warmStart.starts).map((operation) => jobOf[operation]);
    best = objectiveOfSolution(packed, warmStart);
    yield { kind: 'incumbent', solution: copyOf(warmStart), objective: best };
  } else {
    // Whole jobs one after another into the gaps: never a deadlock.
    const table = createTimetable(packed);
    for (const job of firstOrder(packed)) {
      putJob(table, job);
      yield 0;
    }
    list = linearOrder(packed, table.starts).map((operation) => jobOf[operation]);
  }
  let current = run(floor, list);
  if (current < best) {
    best = current;
    yield { kind: 'incumbent', solution: { starts: floor.starts.slice() }, objective: best };
  }
  // Other orders of whole jobs: without swaps a start is hard to leave, so a good one counts.
  const jobs = Int32Array.from({ length: floor.jobs }, (_, job) => job);
  const tries = warmStart || floor.swaps ? 0 : startOrders;
  for (let i = 0; i < tries && best > bound.value; i++) {
    const table = createTimetable(packed);
    for (const job of shuffle(jobs, rng)) {
      putJob(table, job);
      yield 0;
    }
    const other = linearOrder(packed, table.starts).map((operation) => jobOf[operation]);
    const reached = run(floor, other);
    if (reached >= current) continue;
    current = reached;
    list = other;
    if (current >= best) continue;
    best = current;
    yield { kind: 'incumbent', solution: { starts: floor.starts.slice() }, objective: best };
  }
  if (best <= bound.value) return { reason: 'optimal' };
  const draft = createDraft(packed, jobOf);
  const table = createTimetable(packed);
  take(draft, floor, run(floor, list));
  let bestList = draft.list.slice();
  let bestFound = current;
  const hottest = params.heat * meanDelay(packed);
  const slice = Math.max(1, Math.floor(workPerSlice / n));
  let moves = 0;
  let left = budget.chunk(slice);
  let inSlice = 0;
  for (let length = params.length * 100; ; length *= 2) {
    for (let k = 0; k < length; k++) {
      const cold = 1 - k / length;
      const temperature = hottest * cold * cold;
      change(draft, floor, table, rng);
      const reached = run(floor, draft.changed);
      const worse = reached - current;
      if (reached < best) {
        best = reached;
        yield { kind: 'incumbent', solution: { starts: floor.starts.slice() }, objective: best };
      }
      if (worse <= 0 || rng.float() < decay(worse / temperature)) {
        current = reached;
        take(draft, floor, reached);
        if (current < bestFound) {
          bestFound = current;
          bestList = draft.list.slice();
        }
      }
      moves++;
      if (moves % traceEvery === 0) yield { kind: 'trace', row: [moves, current, temperature] };
      if (++inSlice === left || best <= bound.value) {
        yield inSlice;
        if (best <= bound.value) return { reason: 'optimal' };
        left = budget.chunk(slice);
        inSlice = 0;
      }
    }
    current = run(floor, bestList);
    take(draft, floor, current);
  }
}
