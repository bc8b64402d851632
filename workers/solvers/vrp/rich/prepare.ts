/** What the ruin and recreate for variants does first: the model, a first plan, and a bound. */
import type { Rng } from '../../../../src/core/rng.ts';
import type { SolverEnd, SolverYield } from '../../../../src/core/solver.ts';
import type { PackedVrp, VrpSolution } from '../../../../src/problems/vrp/instance.ts';
import { nearestIn } from '../savings.ts';
import type { SearchOptions } from '../search.ts';
import { nearestBound, richRadialBound } from './bounds.ts';
import { buildRichModel, planCost, richObstacle, type RichModel } from './model.ts';
import { unreachable } from './reach.ts';
import { createRichSearch, type RichSearch } from './search.ts';

export type RichPrepared =
  | { kind: 'ready'; model: RichModel; search: RichSearch; incumbent: number }
  | { kind: 'end'; end: SolverEnd };

/** Yields the first plan as an incumbent, then a bound; costs no steps. */
export function* prepareRich(
  packed: PackedVrp,
  warmStart: VrpSolution | undefined,
  rng: Rng,
  options: SearchOptions,
): Generator<SolverYield<VrpSolution>, RichPrepared, void> {
  const model = yield* buildRichModel(packed);
  const blocked = richObstacle(model) ?? (yield* unreachable(model));
  if (blocked) return { kind: 'end', end: { reason: 'infeasible', message: blocked } };
  const { n, side, distance } = model;
  yield { kind: 'phase', name: 'First plan' };
  const neighbours = yield* nearestIn(
    (i, j) => Math.min(distance[i * side + j], distance[j * side + i]),
    n,
    100,
  );
  const search = createRichSearch(model, neighbours, rng, options);
  search.load(warmStart ?? { routes: [] });
  if (!warmStart) yield* search.construct();
  let incumbent = Infinity;
  if (search.missing === 0) {
    const solution = search.accepted();
    incumbent = planCost(model, solution);
    yield { kind: 'incumbent', solution, objective: incumbent };
  }
  yield { kind: 'bound', ...nearestBound(model) };
  const radial = yield* richRadialBound(model);
  if (radial) yield { kind: 'bound', ...radial };
  return { kind: 'ready', model, search, incumbent };
}
