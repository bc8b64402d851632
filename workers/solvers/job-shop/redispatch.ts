/** Schedules that come about on the virtual clock, rule by rule, breakdowns unforeseen. */
import type { ParamsOf } from '../../../src/core/params.ts';
import type { SolveContext, SolverRun } from '../../../src/core/solver.ts';
import { rootBound } from '../../../src/problems/job-shop/bounds.ts';
import type { JobShopSolution, PackedJobShop } from '../../../src/problems/job-shop/instance.ts';
import type { redispatchParams } from '../../../src/problems/job-shop/solvers.ts';
import { createClock, objective, runClock, toSolution } from './clock.ts';

export type RedispatchParams = ParamsOf<typeof redispatchParams>;

const traceEvery = 16;

/** One run of the clock, or random ones for ever; a step is a run. */
export function* redispatch(
  packed: PackedJobShop,
  context: SolveContext<RedispatchParams, JobShopSolution>,
): SolverRun<JobShopSolution> {
  const { params, rng, budget } = context;
  const bound = rootBound(packed);
  yield { kind: 'bound', value: bound.value, proof: bound.proof };
  const clock = createClock(packed, params, rng);
  let best = Infinity;
  for (let runs = 0; ; runs++) {
    yield* runClock(clock);
    const reached = objective(clock);
    if (reached < best) {
      best = reached;
      yield { kind: 'incumbent', solution: toSolution(clock), objective: best };
    }
    if (runs % traceEvery === 0) yield { kind: 'trace', row: [runs, reached] };
    yield budget.chunk(1);
    if (best <= bound.value) return { reason: 'optimal' };
    if (params.rule !== 'random') return { reason: 'exhausted' };
  }
}
