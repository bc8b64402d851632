/** Column generation as a side task: another search finds the plans, this raises the bound. */
import type { SolverEnd, SolverYield } from '../../../../src/core/solver.ts';
import { check } from '../../../../src/problems/vrp/check.ts';
import { unpack, type PackedVrp, type VrpSolution } from '../../../../src/problems/vrp/instance.ts';
import { highsRuntime } from '../../common/highs-runtime.ts';
import { createBounding } from './bounding.ts';
import { nearestMemory } from './memory.ts';
import type { Primal } from './primal.ts';
import { MOST_LABELS, prove } from './proof.ts';
import { relax, type Relaxation } from './relaxation.ts';

/** Customers that a route remembers at each customer at first. */
const MEMORY = 8;
/** Blocks let go by while there is nothing to do but wait for a better plan. */
const IDLE = 64;

/** Plans that come from outside; it searches for none itself. */
function createAudience(packed: PackedVrp, { units, whole }: Relaxation): Primal {
  const instance = unpack(packed);
  let best = Infinity;
  let routes: readonly (readonly number[])[] | null = null;
  return {
    get units() {
      return whole ? Math.round(best * units) : best * units;
    },
    get routes() {
      return routes;
    },
    offer(plan) {
      const report = check(instance, { routes: plan });
      if (!report.feasible || report.objective >= best) return null;
      best = report.objective;
      routes = plan.map((route) => [...route]);
      return { kind: 'incumbent', objective: best, solution: { routes: plan } };
    },
    *search() {
      yield IDLE;
      return null;
    },
    takeRoutes: () => [...(routes ?? [])],
  };
}

/**
 * Bounds, and plans that turn up on the way; numbers are label blocks done. Returns the end of the
 * whole run when the plan is proven best, else null.
 * @param news the best plan of the search since the last call.
 */
export function* proveBeside(
  packed: PackedVrp,
  news: () => VrpSolution | null,
): Generator<SolverYield<VrpSolution>, SolverEnd | null, void> {
  const relaxation = relax(packed);
  const audience = createAudience(packed, relaxation);
  const memory = nearestMemory(relaxation, MEMORY);
  const bounding = createBounding(highsRuntime(), relaxation, memory, MOST_LABELS);
  try {
    const first = news();
    if (first) audience.offer(first.routes.map((route) => [...route]));
    bounding.lower(audience.units, audience.takeRoutes());
    const end = yield* prove(highsRuntime(), relaxation, bounding, memory, audience, news);
    return end.reason === 'exhausted' ? null : end;
  } finally {
    bounding.dispose();
  }
}
