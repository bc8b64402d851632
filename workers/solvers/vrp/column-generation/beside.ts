/** Column generation as a side task: another search finds the plans, this raises the bound. */
import type { SolverEnd, SolverYield } from '../../../../src/core/solver.ts';
import type { PackedVrp, VrpSolution } from '../../../../src/problems/vrp/instance.ts';
import { highsRuntime } from '../../common/highs-runtime.ts';
import { createBounding, type Bounding } from './bounding.ts';
import { nearestMemory } from './memory.ts';
import { boundValue, type Relaxation } from './network.ts';
import { createBook, type Primal } from './primal.ts';
import { FURTHER, MOST_LABELS, prove } from './proof.ts';
import { relax, relaxedParts } from './relaxation.ts';

/** Customers that a route remembers at each customer at first. */
const MEMORY = 8;
/** Blocks let go by while there is nothing to do but wait for a better plan. */
const IDLE = 64;

/** The best plan since the last call. */
type News = () => VrpSolution | null;

/** Plans that come from outside. */
function createAudience(packed: PackedVrp, relaxation: Relaxation): Primal {
  const book = createBook(packed, relaxation);
  return {
    get units() {
      return book.units;
    },
    get routes() {
      return book.routes;
    },
    offer: book.offer,
    *search() {
      yield IDLE;
      return null;
    },
    takeRoutes: () => [...(book.routes ?? [])],
  };
}

/**
 * Bounds, and plans that turn up on the way; numbers are label blocks done. Returns the end of the
 * whole run when the plan is proven best, else null. Where the relaxation lets more plans through
 * than there are, no routes are listed.
 */
export function* proveBeside(
  packed: PackedVrp,
  news: News,
): Generator<SolverYield<VrpSolution>, SolverEnd | null, void> {
  const relaxation = relax(packed);
  const audience = createAudience(packed, relaxation);
  const memory = nearestMemory(relaxation, MEMORY);
  const bounding = createBounding(highsRuntime(), relaxation, memory, MOST_LABELS);
  const first = news();
  try {
    if (first) audience.offer(first);
    bounding.lower(audience.units, audience.takeRoutes());
    if (!relaxation.exact)
      return yield* raiseBound(relaxation, bounding, audience, relaxedParts(packed), news);
    const end = yield* prove(highsRuntime(), relaxation, bounding, memory, audience, news);
    return end.reason === 'exhausted' ? null : end;
  } finally {
    bounding.dispose();
  }
}

/**
 * Bounds alone, for a relaxation that lets more plans through: only a bound that meets the plan
 * proves it. null when there is nothing left to add.
 * @param parts what the relaxation gives up, in words
 */
export function* raiseBound(
  relaxation: Relaxation,
  bounding: Bounding,
  primal: Primal,
  parts: string,
  news: News,
): Generator<SolverYield<VrpSolution>, SolverEnd | null, void> {
  let told = -Infinity;
  for (;;) {
    const run = bounding.converge();
    let step = run.next();
    for (; !step.done; step = run.next()) {
      if (step.value.kind === 'work') yield step.value.blocks;
      else if (step.value.kind === 'bound') {
        const value = boundValue(relaxation, bounding.bound);
        if (value > told) {
          told = value;
          yield { kind: 'bound', value, proof: `Lagrangian bound over ng-routes (${parts})` };
        }
      } else {
        yield 1;
        const plan = news();
        const event = plan && primal.offer(plan);
        if (event) {
          yield event;
          bounding.lower(primal.units, primal.routes ?? []);
        }
      }
    }
    if (step.value === 'too many labels' && bounding.forget()) continue;
    if (step.value === 'met') return { reason: 'optimal' };
    if (step.value !== 'converged' || bounding.tighten() === null) return null;
    yield* primal.search(FURTHER * relaxation.n);
    bounding.lower(primal.units, primal.takeRoutes());
  }
}
