/** The plans beside the proof: the hybrid genetic search in turns, and whatever else is offered. */
import { defaultParams, type ParamsOf } from '../../../../src/core/params.ts';
import type {
  SolveContext,
  SolverEnd,
  SolverEvent,
  SolverYield,
} from '../../../../src/core/solver.ts';
import { check } from '../../../../src/problems/vrp/check.ts';
import { unpack, type PackedVrp, type VrpSolution } from '../../../../src/problems/vrp/instance.ts';
import { hgsParams } from '../../../../src/problems/vrp/solvers.ts';
import { hgs } from '../hgs/hgs.ts';
import type { Relaxation } from './relaxation.ts';

export interface Primal {
  /** Cost of the best plan in distance units; Infinity when there is none. */
  readonly units: number;
  readonly routes: readonly (readonly number[])[] | null;
  /** A plan from elsewhere: an incumbent when it is feasible and better. */
  offer(routes: number[][]): SolverEvent<VrpSolution> | null;
  /** Searches on for so many steps of the genetic search; its end, when it has one. */
  search(steps: number): Generator<SolverYield<VrpSolution>, SolverEnd | null, void>;
  /** The routes of all plans seen since the last call. */
  takeRoutes(): (readonly number[])[];
}

/** Steps of the genetic search that take as long as one block of labels. */
const STEPS_PER_BLOCK = 16;

export function createPrimal(
  packed: PackedVrp,
  { units, whole }: Relaxation,
  { rng, warmStart, params, exchange }: SolveContext<{ prove: boolean }, VrpSolution>,
): Primal {
  const instance = unpack(packed);
  let best = Infinity;
  let routes: readonly (readonly number[])[] | null = null;
  let seen: (readonly number[])[] = [];
  let allowed = 0;
  let done = 0;
  /** A plan from elsewhere that the search does not know yet. */
  let gift: VrpSolution | null = null;
  const offered = (): VrpSolution | null => {
    const plan = gift;
    gift = null;
    return plan;
  };
  const run = hgs(packed, {
    rng: rng.fork(1),
    params: defaultParams(hgsParams) as ParamsOf<typeof hgsParams>,
    budget: {
      steps: null,
      chunk: (preferred) => Math.max(1, Math.min(preferred, STEPS_PER_BLOCK)),
      progress: () => NaN,
    },
    warmStart,
    // Beside a proof the plans of other workers come by `offer`.
    exchange: params.prove ? offered : exchange,
  });
  const copyOf = (plan: readonly (readonly number[])[]) => plan.map((route) => [...route]);

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
      routes = copyOf(plan);
      gift = { routes: copyOf(plan) };
      return { kind: 'incumbent', objective: best, solution: { routes: plan } };
    },
    *search(steps) {
      allowed += steps;
      while (done < allowed) {
        const next = run.next();
        if (next.done) return next.value;
        const event = next.value;
        if (typeof event === 'number') {
          // Preparations cost no steps.
          const blocks = Math.floor((done + event) / STEPS_PER_BLOCK);
          yield blocks - Math.floor(done / STEPS_PER_BLOCK);
          done += event;
        } else if (event.kind === 'incumbent') {
          seen.push(...copyOf(event.solution.routes));
          // The proof may have found a better one meanwhile.
          if (event.objective >= best) continue;
          best = event.objective;
          routes = copyOf(event.solution.routes);
          yield event;
        } else if (event.kind !== 'trace') yield event;
      }
      return null;
    },
    takeRoutes() {
      const taken = [...seen, ...(routes ?? [])];
      seen = [];
      return taken;
    },
  };
}
