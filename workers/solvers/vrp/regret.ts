/**
 * Regret-k insertion as a solver of its own: seeds far from the depot and from one another open the
 * routes that are needed at least, then all others come by regret.
 */
import type { ParamsOf } from '../../../src/core/params.ts';
import type { SolveContext, SolverRun } from '../../../src/core/solver.ts';
import type { PackedVrp, VrpSolution } from '../../../src/problems/vrp/instance.ts';
import type { regretParams } from '../../../src/problems/vrp/solvers.ts';
import {
  buildRichModel,
  DROP,
  fewestVehicles,
  planCost,
  richObstacle,
  type RichModel,
} from './rich/model.ts';
import { unreachable } from './rich/reach.ts';
import { createRegret } from './rich/regret.ts';
import { createRichState, type RichState } from './rich/state.ts';

/** Customers far from the depots and from each other, each on a route of its own. O(n·routes). */
function openSeeds(model: RichModel, state: RichState): void {
  const { n, kind, prize, distance, side } = model;
  const near = state.far.slice();
  const seeds = Math.min(fewestVehicles(model), state.limit);
  for (let s = 0; s < seeds; s++) {
    let seed = 0;
    for (let c = 1; c <= n; c++)
      if (
        kind[c] !== DROP &&
        prize[c] === Infinity &&
        near[c] > 0 &&
        (seed === 0 || near[c] > near[seed])
      )
        seed = c;
    if (seed === 0) return;
    near[seed] = 0;
    state.insertion.reset();
    state.insertion.considerNew(seed, 1);
    if (state.insertion.cost === Infinity) continue;
    state.insertion.apply(seed);
    for (let c = 1; c <= n; c++) near[c] = Math.min(near[c], distance[seed * side + c]);
  }
}

export function* regret(
  packed: PackedVrp,
  context: SolveContext<ParamsOf<typeof regretParams>, VrpSolution>,
): SolverRun<VrpSolution> {
  const { budget, params, rng } = context;
  const model = yield* buildRichModel(packed);
  const blocked = richObstacle(model) ?? (yield* unreachable(model));
  if (blocked) return { reason: 'infeasible', message: blocked };
  const state = createRichState(model, rng, 0);
  state.load({ routes: [] });
  const { plan, pool } = state;
  openSeeds(model, state);
  pool.length = 0;
  for (let c = 1; c <= model.n; c++)
    if (plan.routeOf[c] < 0 && model.kind[c] !== DROP) pool.list[pool.length++] = c;
  const all = pool.length;
  let inserted = 0;
  const steps = createRegret(model, state).insert(params.k);
  let chunk = budget.chunk(1);
  let done = 0;
  for (;;) {
    if (done === chunk) {
      yield chunk;
      chunk = budget.chunk(1);
      done = 0;
    }
    const next = steps.next();
    if (next.done) break;
    done++;
    inserted++;
    yield { kind: 'trace', row: [state.plan.cost / model.units, plan.used] };
  }
  const solution = plan.solution();
  const served = solution.routes.reduce((sum, route) => sum + route.length, 0);
  const objective = planCost(model, solution);
  if (objective < Infinity) yield { kind: 'incumbent', solution, objective };
  yield Math.max(1, done);
  return {
    reason: 'exhausted',
    message:
      objective < Infinity
        ? undefined
        : `Regret insertion finds no place for ${all - inserted} requests; ${served} customers are served.`,
  };
}
