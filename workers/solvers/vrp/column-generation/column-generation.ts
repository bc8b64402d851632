/**
 * Column generation over ng-routes with cuts (Baldacci, Mingozzi & Roberti 2011; Pecin et al. 2017):
 * a bound that rises until it meets the plan, or until the gap is so small that all routes a better
 * plan could use are listed and the best plan of them is chosen. One step is one block of labels.
 */
import type { ParamsOf } from '../../../../src/core/params.ts';
import type { SolveContext, SolverRun } from '../../../../src/core/solver.ts';
import type { PackedVrp, VrpSolution } from '../../../../src/problems/vrp/instance.ts';
import {
  COLUMN_GENERATION_CUSTOMERS,
  type columnGenerationParams,
} from '../../../../src/problems/vrp/solvers.ts';
import { highsRuntime } from '../../common/highs-runtime.ts';
import { raiseBound } from './beside.ts';
import { createBounding } from './bounding.ts';
import { nearestMemory } from './memory.ts';
import { createPrimal } from './primal.ts';
import { MOST_LABELS, prove } from './proof.ts';
import { relax, relaxedParts } from './relaxation.ts';

/** Steps of the search per customer before the first linear program. */
const OPENING = 600;

export function* columnGeneration(
  packed: PackedVrp,
  context: SolveContext<ParamsOf<typeof columnGenerationParams>, VrpSolution>,
): SolverRun<VrpSolution> {
  const n = packed.x.length - 1;
  if (n > COLUMN_GENERATION_CUSTOMERS)
    return {
      reason: 'exhausted',
      message: `Takes at most ${COLUMN_GENERATION_CUSTOMERS} customers.`,
    };
  const relaxation = relax(packed);
  const primal = createPrimal(packed, relaxation, context);
  const end = yield* primal.search(context.params.prove ? OPENING * n : Infinity);
  if (end) return end;
  const memory = nearestMemory(relaxation, context.params.memory);
  const bounding = createBounding(highsRuntime(), relaxation, memory, MOST_LABELS);
  try {
    bounding.lower(primal.units, primal.takeRoutes());
    if (relaxation.exact)
      return yield* prove(highsRuntime(), relaxation, bounding, memory, primal, context.exchange);
    const met = yield* raiseBound(
      relaxation,
      bounding,
      primal,
      relaxedParts(packed),
      () => context.exchange?.() ?? null,
    );
    if (met) return met;
  } finally {
    bounding.dispose();
  }
  return (yield* primal.search(Infinity)) ?? { reason: 'exhausted' };
}
