/**
 * The search that suits the instance, with set partitioning over the routes it has seen (as Rochat &
 * Taillard 1995 and Subramanian, Uchoa & Ochi 2013 do): routes of different plans may fit together
 * better than any plan that was met.
 */
import type { ParamsOf } from '../../../src/core/params.ts';
import type { SolveContext, SolverRun } from '../../../src/core/solver.ts';
import { check } from '../../../src/problems/vrp/check.ts';
import { isPlain } from '../../../src/problems/vrp/features.ts';
import { unpack, type PackedVrp, type VrpSolution } from '../../../src/problems/vrp/instance.ts';
import {
  GENETIC_BEST,
  hgsParams,
  sisrParams,
  type autoParams,
} from '../../../src/problems/vrp/solvers.ts';
import { defaultParams } from '../../../src/core/params.ts';
import { highsRuntime } from '../common/highs-runtime.ts';
import { hgs } from './hgs/hgs.ts';
import { createRoutePool } from './route-pool.ts';
import { sisr } from './sisr.ts';

/** Shares of a budget after which routes are put together anew. */
const ROUNDS = [0.3, 0.5, 0.7, 0.85, 0.95];
/** Steps to the first round when there is no budget; each further one is twice as far. */
const FIRST_ROUND = 100_000;
const NODES = 5;
/**
 * Routes to choose from at first. The integer program blocks while it runs, so there are fewer next
 * time when it took many iterations, and more when it took few.
 */
const FIRST_COLUMNS = 200;
const LEAST_COLUMNS = 100;
const MANY_ITERATIONS = 2000;
const FEW_ITERATIONS = 800;

export function* auto(
  packed: PackedVrp,
  context: SolveContext<ParamsOf<typeof autoParams>, VrpSolution>,
): SolverRun<VrpSolution> {
  const { budget, params } = context;
  const n = packed.x.length - 1;
  const instance = unpack(packed);
  const pool = createRoutePool(packed, params.routes);
  let columns = FIRST_COLUMNS;
  let best = Infinity;
  let offered: VrpSolution | null = null;
  const inner = {
    rng: context.rng,
    budget,
    warmStart: context.warmStart,
    exchange: (): VrpSolution | null => {
      const given = offered ?? context.exchange?.() ?? null;
      offered = null;
      return given;
    },
  };
  const collect = (solution: VrpSolution, objective: number) => pool.add(solution, objective);
  const run =
    isPlain(packed) && n <= GENETIC_BEST
      ? hgs(
          packed,
          { ...inner, params: defaultParams(hgsParams) as ParamsOf<typeof hgsParams> },
          collect,
        )
      : sisr(
          packed,
          { ...inner, params: defaultParams(sisrParams) as ParamsOf<typeof sisrParams> },
          collect,
        );

  let steps = 0;
  let round = 0;
  let next = FIRST_ROUND;
  /** Is it time to put routes together. */
  const isDue = (): boolean => {
    const progress = budget.progress();
    if (Number.isNaN(progress)) return steps >= next;
    const share = budget.steps === null ? progress : steps / budget.steps;
    return round < ROUNDS.length && share >= ROUNDS[round];
  };
  for (;;) {
    const event = run.next();
    if (event.done) return event.value;
    const { value } = event;
    if (typeof value !== 'number') {
      if (value.kind === 'incumbent') {
        pool.add(value.solution, value.objective);
        if (value.objective >= best) continue;
        best = value.objective;
      }
      // The two searches have columns of their own.
      if (value.kind !== 'trace') yield value;
      continue;
    }
    steps += value;
    if (isDue() && pool.size > 0) {
      round++;
      next *= 2;
      const size = Math.min(columns, pool.size);
      yield { kind: 'phase', name: `Set partitioning over ${size} routes` };
      const { solution, iterations } = pool.choose(highsRuntime(), columns, NODES);
      if (iterations > MANY_ITERATIONS) columns = Math.max(LEAST_COLUMNS, columns >> 1);
      else if (iterations < FEW_ITERATIONS) columns = Math.min(params.routes, 2 * columns);
      const report = solution && check(instance, solution);
      const gain = report?.feasible ? best - report.objective : 0;
      yield { kind: 'trace', row: [size, Math.max(0, gain)] };
      if (solution && report && gain > 0) {
        best = report.objective;
        offered = solution;
        yield {
          kind: 'incumbent',
          solution: {
            routes: solution.routes.map((route) => [...route]),
            ...(solution.types ? { types: [...solution.types] } : {}),
          },
          objective: best,
        };
      }
      yield { kind: 'phase', name: 'Search' };
    }
    yield value;
  }
}
