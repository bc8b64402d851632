/** What every search does first: the model, a first plan, and bounds. */
import type { Neighbours } from '../../../src/core/neighbours.ts';
import type { SolverEnd, SolverYield } from '../../../src/core/solver.ts';
import type { PackedVrp, VrpSolution } from '../../../src/problems/vrp/instance.ts';
import { forestBound, radialBound } from './bounds.ts';
import { buildModel, obstacle, routesLength, type Model } from './model.ts';
import { reachOf } from './ruin/insertion.ts';
import { customerNeighbours, savingsPlan } from './savings.ts';
import { sequentialPlan } from './sequential-insertion.ts';

export type Prepared =
  | {
      kind: 'ready';
      model: Model;
      /** Nearest customers. */
      neighbours: Neighbours;
      /** No more routes than vehicles; then customers may be missing. */
      plan: readonly (readonly number[])[];
      /** Its objective; Infinity when customers are missing. */
      incumbent: number;
      warm: boolean;
    }
  | { kind: 'end'; end: SolverEnd };

/** Yields the first plan as an incumbent, then bounds; costs no steps. */
export function* prepare(
  packed: PackedVrp,
  warmStart: VrpSolution | undefined,
): Generator<SolverYield<VrpSolution>, Prepared, void> {
  const model = yield* buildModel(packed);
  const blocked = obstacle(model);
  if (blocked)
    return {
      kind: 'end',
      end: { reason: blocked.proven ? 'infeasible' : 'exhausted', message: blocked.message },
    };
  const { n, fleet } = model;
  yield { kind: 'phase', name: 'First plan' };
  const neighbours = yield* customerNeighbours(
    model,
    Math.max(reachOf(n, model.timed), Math.min(n - 1, 100)),
  );
  const warm = warmStart?.routes.filter((route) => route.length > 0);
  let plan = warm ?? (yield* savingsPlan(model, neighbours));
  if (plan.length > fleet && !warm) plan = (yield* sequentialPlan(model)) ?? plan;
  if (plan.length > fleet) plan = plan.toSorted((a, b) => b.length - a.length).slice(0, fleet);
  const complete = plan.reduce((sum, route) => sum + route.length, 0) === n;
  const incumbent = complete ? routesLength(model, plan) : Infinity;
  if (complete)
    yield {
      kind: 'incumbent',
      solution: { routes: plan.map((route) => [...route]) },
      objective: incumbent,
    };

  yield { kind: 'phase', name: 'Bound' };
  yield { kind: 'bound', ...(yield* radialBound(model)) };
  const cost = plan.reduce((sum, route) => sum + lengthOf(model, route), 0);
  for (const event of forestBound(model, cost))
    if (typeof event === 'number') yield event;
    else yield { kind: 'bound', ...event };
  return { kind: 'ready', model, neighbours, plan, incumbent, warm: warm !== undefined };
}

/** Distance units of one route. */
function lengthOf(model: Model, route: readonly number[]): number {
  let sum = 0;
  let at = 0;
  for (const customer of route) {
    sum += model.distance(at, customer);
    at = customer;
  }
  return sum + model.toDepot[at];
}
