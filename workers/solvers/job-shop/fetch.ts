/** Dispatching with robots: which job is fetched next is up to a rule. */
import type { ParamsOf } from '../../../src/core/params.ts';
import type { Rng } from '../../../src/core/rng.ts';
import type { SolveContext, SolverRun } from '../../../src/core/solver.ts';
import { jobLengths, rootBound } from '../../../src/problems/job-shop/bounds.ts';
import type { JobShopSolution, PackedJobShop } from '../../../src/problems/job-shop/instance.ts';
import type { redispatchParams } from '../../../src/problems/job-shop/solvers.ts';
import { bring, clear, createYard, offer, toSolution, type Yard } from './carriers.ts';
import { dueDates, objectiveOf } from './objective.ts';
import { urgency, type Look } from './rules.ts';

export type FetchParams = ParamsOf<typeof redispatchParams>;

/** Jobs looked at that take about a millisecond. */
const looksPerSlice = 30_000;
const traceEvery = 16;

/**
 * Builds a schedule: of the jobs that could be fetched before any of them would arrive the most
 * urgent goes. Returns control now and then; yields no steps.
 *
 * @param chosen called with each job brought somewhere, in order.
 */
export function* fetchAll(
  yard: Yard,
  params: FetchParams,
  rng: Rng,
  chosen?: (job: number) => void,
): Generator<number, void, void> {
  const { packed, next } = yard;
  const { first, duration, release, weight } = packed;
  const lengths = jobLengths(packed);
  const due = dueDates(packed, lengths, params.allowance);
  const left = lengths.slice();
  const look: Look = {
    start: 0,
    duration: 0,
    ready: 0,
    work: 0,
    operations: 0,
    done: 0,
    release: 0,
    due: 0,
    weight: 1,
    mean: duration.reduce((sum, time) => sum + time, 0) / duration.length,
    lookahead: params.lookahead,
  };
  const picks = new Float64Array(yard.jobs);
  const drops = new Float64Array(yard.jobs);
  clear(yard);
  for (let done = 0; done < duration.length; done++) {
    let earliest = Infinity;
    for (let job = 0; job < yard.jobs; job++) {
      picks[job] = Infinity;
      if (next[job] === first[job + 1] || !offer(yard, job)) continue;
      picks[job] = yard.pick;
      drops[job] = yard.drop;
      if (yard.drop < earliest) earliest = yard.drop;
    }
    let best = -1;
    let bestKey = 0;
    let ties = 0;
    for (let job = 0; job < yard.jobs; job++) {
      if (picks[job] > earliest || (picks[job] === earliest && drops[job] > earliest)) continue;
      if (params.rule === 'random') {
        if (++ties === 1 || rng.int(ties) === 0) best = job;
        continue;
      }
      look.start = Math.max(drops[job], yard.left[packed.machine[next[job]]]);
      look.duration = duration[next[job]];
      look.ready = yard.ready[job];
      look.work = left[job];
      look.operations = first[job + 1] - next[job];
      look.done = lengths[job] - left[job];
      look.release = release ? release[job] : 0;
      look.due = due[job];
      look.weight = weight ? weight[job] : 1;
      const key = urgency(params.rule, look);
      if (best < 0 || key < bestKey) [best, bestKey] = [job, key];
    }
    left[best] -= duration[next[best]];
    const operation = next[best];
    // Carried, then begun.
    while (next[best] === operation) {
      offer(yard, best);
      bring(yard, best);
      chosen?.(best);
    }
    if (yard.looks + yard.trial.looks > looksPerSlice) {
      yard.looks = yard.trial.looks = 0;
      yield 0;
    }
  }
}

/** One schedule by a rule, or random ones for ever; a step is a schedule. */
export function* fetch(
  packed: PackedJobShop,
  { params, rng, budget }: SolveContext<FetchParams, JobShopSolution>,
): SolverRun<JobShopSolution> {
  const bound = rootBound(packed);
  yield { kind: 'bound', value: bound.value, proof: bound.proof };
  const yard = createYard(packed, packed.transport!);
  let best = Infinity;
  for (let runs = 0; ; runs++) {
    yield* fetchAll(yard, params, rng);
    const reached = objectiveOf(packed, yard.ready);
    if (reached < best) {
      best = reached;
      yield { kind: 'incumbent', solution: toSolution(yard), objective: best };
    }
    if (runs % traceEvery === 0) yield { kind: 'trace', row: [runs, reached] };
    yield budget.chunk(1);
    if (best <= bound.value) return { reason: 'optimal' };
    if (params.rule !== 'random') return { reason: 'exhausted' };
  }
}
