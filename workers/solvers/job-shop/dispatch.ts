/** Schedules by dispatching rules. */
import type { ParamsOf } from '../../../src/core/params.ts';
import type { SolveContext, SolverRun } from '../../../src/core/solver.ts';
import { rootBound } from '../../../src/problems/job-shop/bounds.ts';
import type { JobShopSolution, PackedJobShop } from '../../../src/problems/job-shop/instance.ts';
import type { dispatchParams } from '../../../src/problems/job-shop/solvers.ts';
import {
  completeSchedule,
  createDispatcher,
  looksPerSlice,
  objective,
  placeSome,
  restart,
  toSolution,
  type Policy,
} from './dispatcher.ts';

export type DispatchParams = ParamsOf<typeof dispatchParams>;

/** The policy that parameters describe. */
export const readPolicy = (params: DispatchParams): Policy => ({
  rule: params.rule,
  schedule: params.schedule === 'non-delay' ? 'non-delay' : 'active',
  delay: params.schedule === 'between' ? params.delay : params.schedule === 'active' ? 1 : 0,
  allowance: params.allowance,
  lookahead: params.lookahead,
});

/** The solver: one schedule, or random ones for ever; a step is a schedule. */
export function* dispatch(
  packed: PackedJobShop,
  context: SolveContext<DispatchParams, JobShopSolution>,
): SolverRun<JobShopSolution> {
  const { params } = context;
  const bound = rootBound(packed);
  yield { kind: 'bound', value: bound.value, proof: bound.proof };
  const dispatcher = createDispatcher(packed, readPolicy(params), context.rng);
  const work = packed.machine.length * dispatcher.operation.length;
  const perSlice = Math.max(1, Math.floor(looksPerSlice / work));
  const traceEvery = 4 * perSlice;
  let best = Infinity;
  let schedules = 0;
  for (;;) {
    const count = context.budget.chunk(perSlice);
    let done = 0;
    let over = false;
    while (done < count && !over) {
      restart(dispatcher);
      if (perSlice === 1) yield* completeSchedule(dispatcher);
      else placeSome(dispatcher, packed.machine.length);
      const reached = objective(dispatcher);
      if (reached < best) {
        best = reached;
        yield { kind: 'incumbent', solution: toSolution(dispatcher), objective: best };
      }
      if (schedules % traceEvery === 0) yield { kind: 'trace', row: [schedules, reached] };
      schedules++;
      done++;
      over = params.rule !== 'random' || best <= bound.value;
    }
    yield done;
    if (best <= bound.value) return { reason: 'optimal' };
    if (over) return { reason: 'exhausted' };
  }
}
