/** Ruin and recreate as its schedule sees it, whatever the instance asks for. */
import type { Rng } from '../../../src/core/rng.ts';
import type { SolverEnd, SolverYield } from '../../../src/core/solver.ts';
import { isPlain } from '../../../src/problems/vrp/features.ts';
import type { PackedVrp, VrpSolution } from '../../../src/problems/vrp/instance.ts';
import { routesLength } from './model.ts';
import { prepare } from './prepare.ts';
import { fewestVehicles, planCost, type RichModel } from './rich/model.ts';
import { prepareRich } from './rich/prepare.ts';
import type { RichSearch } from './rich/search.ts';
import { createSearch, type SearchOptions } from './search.ts';

export interface Engine {
  /** `reach` as in search.ts. */
  step(temperature: number, reach: number): void;
  load(solution: VrpSolution): void;
  restoreBest(): void;
  /** Of the accepted plan, for temperatures and traces, in units. */
  readonly cost: number;
  readonly routes: number;
  /** Units per unit of the instance. */
  readonly scale: number;
  /** Of plans that serve all they must; Infinity before the first. */
  readonly bestCost: number;
  best(): VrpSolution;
  /** The accepted plan, and how many it leaves out that must be served. */
  accepted(): VrpSolution;
  readonly missing: number;
  /** The objective of a plan. */
  measure(solution: VrpSolution): number;
  /** Least objective so far. */
  readonly incumbent: number;
  /** Taking routes away, where vehicles cost more than distance; null else. */
  readonly reduction: Reduction | null;
}

export interface Reduction {
  /** Allows one route less than the best plan has; false when no fewer can be. */
  begin(): boolean;
  step(temperature: number): void;
  /** Does the plan serve all again. */
  readonly done: boolean;
  /** Back to the best plan and its number of routes. */
  end(): void;
}

export type EngineStart = { kind: 'ready'; engine: Engine } | { kind: 'end'; end: SolverEnd };

/** Yields a first plan and bounds. */
export function* createEngine(
  packed: PackedVrp,
  warmStart: VrpSolution | undefined,
  rng: Rng,
  options: SearchOptions,
): Generator<SolverYield<VrpSolution>, EngineStart, void> {
  if (!isPlain(packed)) return yield* createVariantEngine(packed, warmStart, rng, options);
  const prepared = yield* prepare(packed, warmStart);
  if (prepared.kind === 'end') return prepared;
  const { model, neighbours, plan, incumbent } = prepared;
  const search = createSearch(model, neighbours, rng, options);
  search.load(plan);
  const filled = ({ routes }: VrpSolution) => routes.filter((route) => route.length > 0);
  return {
    kind: 'ready',
    engine: {
      step: search.step,
      load: (solution) => search.load(filled(solution)),
      restoreBest: search.restoreBest,
      get cost() {
        return search.cost;
      },
      get routes() {
        return search.routes;
      },
      scale: model.scale,
      get bestCost() {
        return search.bestCost;
      },
      best: () => ({ routes: search.bestRoutes() }),
      accepted: () => ({ routes: search.acceptedRoutes() }),
      get missing() {
        return search.missing;
      },
      measure: (solution) => routesLength(model, filled(solution)),
      incumbent,
      reduction: null,
    },
  };
}

function* createVariantEngine(
  packed: PackedVrp,
  warmStart: VrpSolution | undefined,
  rng: Rng,
  options: SearchOptions,
): Generator<SolverYield<VrpSolution>, EngineStart, void> {
  const prepared = yield* prepareRich(packed, warmStart, rng, options);
  if (prepared.kind === 'end') return prepared;
  const { model, search, incumbent } = prepared;
  const fixed = model.fixed.reduce((sum, value) => sum + value, 0) / model.types;
  return {
    kind: 'ready',
    engine: {
      step: search.step,
      load: search.load,
      restoreBest: () => search.load(search.best()),
      get cost() {
        // Vehicles do not change from step to step as distances do.
        return Math.max(1, search.cost - fixed * search.routes);
      },
      get routes() {
        return search.routes;
      },
      scale: model.units,
      get bestCost() {
        return search.bestCost;
      },
      best: search.best,
      accepted: search.accepted,
      get missing() {
        return search.missing;
      },
      measure: (solution) => planCost(model, solution),
      incumbent,
      reduction: reductionOf(model, search),
    },
  };
}

/** Where all vehicles cost the same, and one costs more than its route's distance. */
function reductionOf(model: RichModel, search: RichSearch): Reduction | null {
  const { fixed, vehicles } = model;
  const alike = fixed.every((value) => value === fixed[0]);
  const driven = search.cost - fixed[0] * search.routes;
  if (!alike || fixed[0] * search.routes < driven) return null;
  const fewest = fewestVehicles(model);
  return {
    begin() {
      const best = search.best();
      if (search.bestCost === Infinity || best.routes.length <= fewest) return false;
      search.load(best);
      search.dropRoute();
      return true;
    },
    step: search.squeeze,
    get done() {
      return search.missing === 0;
    },
    end() {
      const served = search.bestCost < Infinity;
      search.limit(served ? search.best().routes.length : vehicles);
      if (served) search.load(search.best());
    },
  };
}
