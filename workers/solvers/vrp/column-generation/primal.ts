/** The plans beside the proof: a search in turns, and whatever else is offered. */
import { defaultParams, type ParamsOf } from '../../../../src/core/params.ts';
import type {
  SolveContext,
  SolverEnd,
  SolverEvent,
  SolverYield,
} from '../../../../src/core/solver.ts';
import { check } from '../../../../src/problems/vrp/check.ts';
import { isPlain } from '../../../../src/problems/vrp/features.ts';
import { unpack, type PackedVrp, type VrpSolution } from '../../../../src/problems/vrp/instance.ts';
import { hgsParams, sisrParams } from '../../../../src/problems/vrp/solvers.ts';
import { hgs } from '../hgs/hgs.ts';
import { sisr } from '../sisr.ts';
import { planOf, routesOf, type Relaxation, type Route } from './network.ts';

/** The best plan there is; it searches for none itself. */
export interface Book {
  /** Cost of the best plan in cost units; Infinity when there is none. */
  readonly units: number;
  readonly routes: readonly Route[] | null;
  /** A plan from elsewhere: an incumbent when it is feasible and better. */
  offer(plan: VrpSolution): SolverEvent<VrpSolution> | null;
}

export interface Primal extends Book {
  /** Searches on for so many steps of the search; its end, when it has one. */
  search(steps: number): Generator<SolverYield<VrpSolution>, SolverEnd | null, void>;
  /** The routes of all plans seen since the last call. */
  takeRoutes(): Route[];
}

export function createBook(packed: PackedVrp, relaxation: Relaxation): Book {
  const { units, whole } = relaxation;
  const instance = unpack(packed);
  let best = Infinity;
  let routes: readonly Route[] | null = null;
  return {
    get units() {
      return whole ? Math.round(best * units) : best * units;
    },
    get routes() {
      return routes;
    },
    offer(plan) {
      const report = check(instance, plan);
      if (!report.feasible || report.objective >= best) return null;
      best = report.objective;
      routes = routesOf(relaxation, plan);
      return { kind: 'incumbent', objective: best, solution: plan };
    },
  };
}

/**
 * Steps that take as long as one block of labels: of the genetic search, and of the ruin and recreate
 * for variants.
 */
const STEPS_PER_BLOCK = 16;
const RUINS_PER_BLOCK = 8;

/** The hybrid genetic search beside the proof; for variants, ruin and recreate. */
export function createPrimal(
  packed: PackedVrp,
  relaxation: Relaxation,
  { rng, warmStart, params, exchange }: SolveContext<{ prove: boolean }, VrpSolution>,
): Primal {
  const book = createBook(packed, relaxation);
  const plain = isPlain(packed);
  const stepsPerBlock = plain ? STEPS_PER_BLOCK : RUINS_PER_BLOCK;
  let seen: Route[] = [];
  let allowed = 0;
  let done = 0;
  /** A plan from elsewhere that the search does not know yet. */
  let gift: VrpSolution | null = null;
  const offered = (): VrpSolution | null => {
    const plan = gift;
    gift = null;
    return plan;
  };
  const inner = {
    rng: rng.fork(1),
    budget: {
      steps: null,
      chunk: (preferred: number) => Math.max(1, Math.min(preferred, stepsPerBlock)),
      progress: () => NaN,
    },
    warmStart,
    // Beside a proof the plans of other workers come by `offer`.
    exchange: params.prove ? offered : exchange,
  };
  const run = plain
    ? hgs(packed, { ...inner, params: defaultParams(hgsParams) as ParamsOf<typeof hgsParams> })
    : sisr(packed, { ...inner, params: defaultParams(sisrParams) as ParamsOf<typeof sisrParams> });

  return {
    get units() {
      return book.units;
    },
    get routes() {
      return book.routes;
    },
    offer(plan) {
      const event = book.offer(plan);
      if (event) gift = planOf(book.routes!);
      return event;
    },
    *search(steps) {
      allowed += steps;
      while (done < allowed) {
        const next = run.next();
        if (next.done) return next.value;
        const event = next.value;
        if (typeof event === 'number') {
          // Preparations cost no steps.
          const blocks = Math.floor((done + event) / stepsPerBlock);
          yield blocks - Math.floor(done / stepsPerBlock);
          done += event;
        } else if (event.kind === 'incumbent') {
          seen.push(...routesOf(relaxation, event.solution));
          // The proof may have found a better one meanwhile.
          const incumbent = book.offer(event.solution);
          if (incumbent) yield incumbent;
        } else if (event.kind !== 'trace') yield event;
      }
      return null;
    },
    takeRoutes() {
      const taken = [...seen, ...(book.routes ?? [])];
      seen = [];
      return taken;
    },
  };
}
