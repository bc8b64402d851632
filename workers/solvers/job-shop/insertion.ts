/**
 * Iterated greedy over the order in which jobs are put into the timetable: some are taken out and
 * put back where they serve best (Ruiz & Stützle 2007, on the insertion of Pranzo & Pacciarelli
 * 2016 for blocking and of no-wait timetabling).
 */
import type { ParamsOf } from '../../../src/core/params.ts';
import { shuffle } from '../../../src/core/rng.ts';
import type { SolveContext, SolverRun, SolverYield } from '../../../src/core/solver.ts';
import { jobLengths, rootBound } from '../../../src/problems/job-shop/bounds.ts';
import type { JobShopSolution, PackedJobShop } from '../../../src/problems/job-shop/instance.ts';
import type { insertionParams } from '../../../src/problems/job-shop/solvers.ts';
import { decay } from './cooling.ts';
import { copyOf, dueDates, meanDelay, objectiveOfSolution } from './objective.ts';
import { clear, createTimetable, objective, putJob, toSolution } from './timetable.ts';

export type InsertionParams = ParamsOf<typeof insertionParams>;

/** Looks at gaps that take about a millisecond. */
const looksPerSlice = 40_000;
const traceEvery = 256;

export function* insertion(
  packed: PackedJobShop,
  context: SolveContext<InsertionParams, JobShopSolution>,
): SolverRun<JobShopSolution> {
  const { rng, params, budget, warmStart } = context;
  const bound = rootBound(packed);
  yield { kind: 'bound', value: bound.value, proof: bound.proof };
  const table = createTimetable(packed);
  const jobs = packed.first.length - 1;
  let best = Infinity;
  let schedules = 0;
  let left = budget.chunk(8);
  let inSlice = 0;

  /** Puts all jobs in by `order`; a step. */
  function* decode(
    order: ArrayLike<number>,
  ): Generator<SolverYield<JobShopSolution>, number, void> {
    clear(table);
    for (let i = 0; i < order.length; i++) {
      putJob(table, order[i]);
      if (table.looks > looksPerSlice) {
        table.looks = 0;
        yield 0;
      }
    }
    const reached = objective(table);
    schedules++;
    if (reached < best) {
      best = reached;
      yield { kind: 'incumbent', solution: toSolution(table), objective: best };
    }
    if (schedules % traceEvery === 1) yield { kind: 'trace', row: [schedules, reached] };
    if (++inSlice === left) {
      yield inSlice;
      left = budget.chunk(preferred());
      inSlice = 0;
    }
    return reached;
  }
  /** Schedules of about a millisecond, by what the last ones took. */
  const perSchedule =
    packed.machine.length * (packed.kind === 'blocking' || packed.kind === 'swap' ? 8 : 3);
  const preferred = () => Math.max(1, Math.floor(looksPerSlice / perSchedule));
  const finished = () => best <= bound.value;

  let order = warmStart ? orderOf(packed, warmStart) : firstOrder(packed);
  if (warmStart) {
    // Its own times may be better than what its order gives.
    best = objectiveOfSolution(packed, warmStart);
    yield { kind: 'incumbent', solution: copyOf(warmStart), objective: best };
  }
  let current = yield* decode(order);
  const temperature = params.temperature * meanDelay(packed);
  while (!finished()) {
    const removed = Math.min(params.removed, jobs - 1);
    const drawn = shuffle(Int32Array.from(order), rng).subarray(0, removed);
    const out = new Set(drawn);
    let partial = Array.from(order).filter((job) => !out.has(job));
    if (removed === 0) break;
    let reached = current;
    for (let k = 0; k < removed && !finished(); k++) {
      // The others follow behind, so that every trial is a whole schedule.
      const rest = Array.from(drawn.subarray(k + 1));
      let bestAt = 0;
      let bestValue = Infinity;
      let ties = 0;
      for (let at = 0; at <= partial.length && !finished(); at++) {
        const value = yield* decode([...partial.toSpliced(at, 0, drawn[k]), ...rest]);
        if (value > bestValue || (value === bestValue && rng.int(++ties) !== 0)) continue;
        if (value < bestValue) ties = 1;
        bestValue = value;
        bestAt = at;
      }
      partial = partial.toSpliced(bestAt, 0, drawn[k]);
      reached = bestValue;
    }
    const worse = reached - current;
    if (worse <= 0 || rng.float() < decay(worse / Math.max(temperature, 1e-9))) {
      order = Int32Array.from(partial);
      current = reached;
    }
  }
  if (inSlice > 0) yield inSlice;
  return { reason: finished() ? 'optimal' : 'exhausted' };
}

/** Jobs by urgency: long first, or by due date, or short first, whatever suits the objective. */
export function firstOrder(packed: PackedJobShop): Int32Array {
  const lengths = jobLengths(packed);
  const due = dueDates(packed, lengths, 1);
  const { weight, objective: goal, release } = packed;
  const key = (job: number): number => {
    if (goal === 'makespan') return (release ? release[job] : 0) - lengths[job];
    if (goal === 'tardiness') return due[job];
    return (release ? release[job] : 0) + lengths[job] / Math.max(1e-3, weight ? weight[job] : 1);
  };
  return Int32Array.from(lengths, (_, job) => job).sort((a, b) => key(a) - key(b) || a - b);
}

/** Jobs by their first start. */
function orderOf(packed: PackedJobShop, { starts }: JobShopSolution): Int32Array {
  const { first } = packed;
  return Int32Array.from({ length: first.length - 1 }, (_, job) => job).sort(
    (a, b) => starts[first[a]] - starts[first[b]] || a - b,
  );
}
