/** What the searches for shops with dates, setups, choices or other kinds share at their start. */
import type { SolveContext, SolverYield } from '../../../src/core/solver.ts';
import { rootBound } from '../../../src/problems/job-shop/bounds.ts';
import type { JobShopSolution, PackedJobShop } from '../../../src/problems/job-shop/instance.ts';
import { assigned } from '../../../src/problems/job-shop/instance.ts';
import { elapsed, linearOrder } from '../../../src/problems/job-shop/schedule.ts';
import { createClock, objective as clockObjective, runClock } from './clock.ts';
import {
  completeSchedule,
  createDispatcher,
  objective,
  policyOf,
  toSolution,
} from './dispatcher.ts';
import type { Rule } from './rules.ts';

export interface GeneralStart {
  /** Proven lower bound. */
  bound: number;
  /** Objective of the incumbent already yielded; infinite with a warm start, not yet evaluated. */
  best: number;
  /** All operations so that every job and machine is in order. */
  order: Int32Array;
  /** Machine of each operation. */
  machines: Int32Array;
}

/** A rule that suits the objective. */
const ruleFor = (packed: PackedJobShop): Rule =>
  packed.objective === 'makespan' ? 'MWKR' : packed.objective === 'flow' ? 'LWKR' : 'ATC';

/**
 * Yields the bound and, unless there is a warm start, a dispatched schedule. The order of a warm
 * start is left to the caller to evaluate. For kinds `job` and `open`.
 */
export function* beginGeneral(
  packed: PackedJobShop,
  context: SolveContext<unknown, JobShopSolution>,
): Generator<SolverYield<JobShopSolution>, GeneralStart, void> {
  const bound = rootBound(packed);
  yield { kind: 'bound', value: bound.value, proof: bound.proof };
  const { warmStart } = context;
  if (warmStart) {
    const chosen = elapsed(assigned(packed, warmStart.machines), warmStart.starts);
    const order = linearOrder(chosen, warmStart.starts);
    return { bound: bound.value, best: Infinity, order, machines: chosen.machine.slice() };
  }
  if (packed.downs) {
    const policy = policyOf(ruleFor(packed), 'non-delay');
    const clock = createClock(packed, policy, context.rng);
    yield* runClock(clock);
    const starts = clock.starts.slice();
    const best = clockObjective(clock);
    yield { kind: 'incumbent', solution: { starts }, objective: best };
    const order = linearOrder(elapsed(packed, starts), starts);
    return { bound: bound.value, best, order, machines: packed.machine.slice() };
  }
  const dispatcher = createDispatcher(packed, policyOf(ruleFor(packed), 'non-delay'), context.rng);
  yield* completeSchedule(dispatcher);
  const best = objective(dispatcher);
  yield { kind: 'incumbent', solution: toSolution(dispatcher), objective: best };
  const { order, machines } = dispatcher;
  return { bound: bound.value, best, order, machines };
}
