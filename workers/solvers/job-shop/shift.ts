/** A plan made without breakdowns and then kept: the order on every machine stays, times shift. */
import { defaultParams, type ParamsOf } from '../../../src/core/params.ts';
import type { SolveContext, SolverRun } from '../../../src/core/solver.ts';
import { rootBound } from '../../../src/problems/job-shop/bounds.ts';
import type { JobShopSolution, PackedJobShop } from '../../../src/problems/job-shop/instance.ts';
import {
  earliestStarts,
  jobOfOperation,
  linearOrder,
  machineOrders,
} from '../../../src/problems/job-shop/schedule.ts';
import { annealingParams, type shiftParams } from '../../../src/problems/job-shop/solvers.ts';
import { annealing } from './annealing.ts';
import type { AnnealingParams } from './cooling.ts';
import { createFloor, run } from './floor.ts';
import { objectiveOfSolution } from './objective.ts';

export type ShiftParams = ParamsOf<typeof shiftParams>;

/** The one step is the schedule the plan comes to; making the plan counts none. */
export function* shift(
  packed: PackedJobShop,
  context: SolveContext<ShiftParams, JobShopSolution>,
): SolverRun<JobShopSolution> {
  const bound = rootBound(packed);
  yield { kind: 'bound', value: bound.value, proof: bound.proof };
  yield { kind: 'phase', name: 'Planning without breakdowns' };
  const unaware = { ...packed, downs: null };
  const plan = yield* planFor(unaware, context);
  const order = linearOrder(unaware, plan.starts);
  const starts = follow(packed, order);
  const objective = objectiveOfSolution(packed, { starts });
  yield { kind: 'incumbent', solution: { starts }, objective };
  yield context.budget.chunk(1);
  return { reason: objective <= bound.value ? 'optimal' : 'exhausted' };
}

/** What simulated annealing finds in so many moves. */
function* planFor(
  packed: PackedJobShop,
  { params, rng }: SolveContext<ShiftParams, JobShopSolution>,
): Generator<number, JobShopSolution, void> {
  let left = params.moves;
  const search = annealing(packed, {
    rng,
    // A planner cools down within the moves it is given.
    params: {
      ...(defaultParams(annealingParams) as AnnealingParams),
      length: Math.max(1, params.moves / 1000),
    },
    budget: {
      steps: params.moves,
      chunk: (preferred) => Math.max(1, Math.min(preferred, left)),
      progress: () => NaN,
    },
  });
  let plan: JobShopSolution | null = null;
  for (;;) {
    const { value, done } = search.next();
    if (done) break;
    if (typeof value === 'number') {
      left -= value;
      yield 0;
    } else if (value.kind === 'incumbent') plan = value.solution;
    if (plan && left <= 0) break;
  }
  return plan!;
}

/** Earliest starts in the plan's order, breakdowns coming as they may. O(operations). */
function follow(packed: PackedJobShop, order: Int32Array): Int32Array {
  if (packed.kind === 'job') return earliestStarts(packed, machineOrders(packed, order))!;
  const jobOf = jobOfOperation(packed);
  const floor = createFloor(packed);
  run(
    floor,
    order.map((operation) => jobOf[operation]),
  );
  return floor.starts;
}
