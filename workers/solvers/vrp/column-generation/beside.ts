/** Column generation as a side task: another search finds the plans, this raises the bound. */
import type { SolverEnd, SolverYield } from '../../../../src/core/solver.ts';
import { check } from '../../../../src/problems/vrp/check.ts';
import { unpack, type PackedVrp, type VrpSolution } from '../../../../src/problems/vrp/instance.ts';
import { highsRuntime } from '../../common/highs-runtime.ts';
import { createBounding } from './bounding.ts';
import { nearestMemory } from './memory.ts';
import type { Primal } from './primal.ts';
import { MOST_LABELS, prove } from './proof.ts';
import { relax, relaxedParts, type Relaxation } from './relaxation.ts';

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

/** Labels of one direction; an instance with variants is no place to wait long. */
const MOST_VARIANT_LABELS = 400_000;

/**
 * Bounds for an instance with variants, by a relaxation of it that lets more plans through: so there
 * is no listing of routes here, and a proof only when the bound meets the plan.
 * @param news the best plan of the search since the last call, and its objective.
 */
export function* boundBeside(
  packed: PackedVrp,
  news: () => { routes: readonly (readonly number[])[]; objective: number } | null,
): Generator<SolverYield<VrpSolution>, null, void> {
  const relaxation = relax(packed);
  const { units, whole } = relaxation;
  const memory = nearestMemory(relaxation, MEMORY);
  const bounding = createBounding(highsRuntime(), relaxation, memory, MOST_VARIANT_LABELS);
  const parts = relaxedParts(packed);
  const proof = `Lagrangian bound over ng-routes${parts ? ` (${parts})` : ''}`;
  const hear = (): void => {
    const plan = news();
    const cost = plan ? plan.objective * units : Infinity;
    if (plan) bounding.lower(whole ? Math.round(cost) : cost, plan.routes);
  };
  let told = -Infinity;
  try {
    hear();
    for (;;) {
      const run = bounding.converge();
      let step = run.next();
      for (; !step.done; step = run.next()) {
        if (step.value.kind === 'work') yield step.value.blocks;
        else if (step.value.kind === 'bound') {
          // Sums of costs per vehicle and per distance are rounded, unless they are whole.
          const { bound } = bounding;
          const value = (whole ? Math.ceil(bound) : bound * (1 - 1e-9)) / units;
          if (value > told) {
            told = value;
            yield { kind: 'bound', value, proof };
          }
        } else {
          yield 1;
          hear();
        }
      }
      if (step.value === 'too many labels' && bounding.forget()) continue;
      if (step.value !== 'converged' || bounding.tighten() === null) return null;
    }
  } finally {
    bounding.dispose();
  }
}
