/**
 * Adaptive large neighbourhood search (Ropke & Pisinger 2006): ways to take customers out and ways
 * to put them back compete; each is chosen by a weight that follows what it has won.
 */
import { exp, log } from '../../../src/core/math.ts';
import type { ParamsOf } from '../../../src/core/params.ts';
import type { SolveContext, SolverRun } from '../../../src/core/solver.ts';
import type { PackedVrp, VrpSolution } from '../../../src/problems/vrp/instance.ts';
import type { alnsParams } from '../../../src/problems/vrp/solvers.ts';
import { createOperators } from './rich/alns.ts';
import { nearestBound } from './rich/bounds.ts';
import { buildRichModel, planCost, richObstacle } from './rich/model.ts';
import { unreachable } from './rich/reach.ts';
import { createRichState } from './rich/state.ts';
import { nearestIn } from './savings.ts';

/** Steps after which weights follow scores. */
const SEGMENT = 100;
/** Points for a new best plan, a better one, an accepted one. */
const SCORES = { best: 33, better: 9, accepted: 13 } as const;
const LEAST_WEIGHT = 0.05;
const HEAT = 0.5;
const COLD = 0.003;
const FIRST_CYCLE = 8192;

interface Wheel {
  weights: Float64Array;
  scores: Float64Array;
  uses: Float64Array;
}

const createWheel = (size: number): Wheel => ({
  weights: new Float64Array(size).fill(1),
  scores: new Float64Array(size),
  uses: new Float64Array(size),
});

function spin({ weights }: Wheel, at: number): number {
  let rest = at * weights.reduce((sum, weight) => sum + weight, 0);
  for (let i = 0; i < weights.length - 1; i++) {
    rest -= weights[i];
    if (rest < 0) return i;
  }
  return weights.length - 1;
}

function adapt({ weights, scores, uses }: Wheel, reaction: number): void {
  for (let i = 0; i < weights.length; i++) {
    if (uses[i] > 0) {
      const won = scores[i] / (uses[i] * SCORES.accepted);
      weights[i] = Math.max(LEAST_WEIGHT, weights[i] * (1 - reaction) + reaction * won);
    }
    scores[i] = uses[i] = 0;
  }
}

export function* alns(
  packed: PackedVrp,
  context: SolveContext<ParamsOf<typeof alnsParams>, VrpSolution>,
): SolverRun<VrpSolution> {
  const { budget, params, rng } = context;
  const model = yield* buildRichModel(packed);
  const blocked = richObstacle(model) ?? (yield* unreachable(model));
  if (blocked) return { reason: 'infeasible', message: blocked };
  const { n, side, distance, units } = model;
  const neighbours = yield* nearestIn(
    (i, j) => Math.min(distance[i * side + j], distance[j * side + i]),
    n,
    100,
  );
  const state = createRichState(model, rng, 0);
  state.load(context.warmStart ?? { routes: [] });
  if (!context.warmStart) yield* state.construct();
  let best = Infinity;
  const improved = (): { solution: VrpSolution; objective: number } | null => {
    const solution = state.best();
    const objective = planCost(model, solution);
    if (objective >= best) return null;
    best = objective;
    return { solution, objective };
  };
  if (state.bestCost < Infinity) {
    const first = improved();
    if (first) yield { kind: 'incumbent', ...first };
  }
  yield { kind: 'bound', ...nearestBound(model) };

  const { destroy, repair } = createOperators(model, neighbours, rng, state, params.removed);
  const destroyers = createWheel(destroy.length);
  const repairers = createWheel(repair.length);
  const hot = (HEAT * Math.max(1, state.keptCost())) / (n + 1);
  let temperature = hot;
  let shown = state.bestCost;
  let step = 0;
  let isBetter = false;
  const accepts = (absent: number, keptAbsent: number): boolean => {
    const before = state.keptCost() + state.penalty * keptAbsent;
    const after = state.cost() + state.penalty * absent;
    isBetter = after < before - 1e-9;
    return after < before - temperature * log((rng.uint32() + 1) / 4294967296);
  };
  const preferred = Math.max(1, Math.min(16, Math.floor(2000 / n)));
  for (;;) {
    const chunk = budget.chunk(preferred);
    for (let done = 0; done < chunk; done++) {
      const reported = budget.progress();
      const share = Number.isNaN(reported)
        ? (step % FIRST_CYCLE) / FIRST_CYCLE
        : budget.steps === null
          ? reported
          : step / budget.steps;
      temperature = hot * exp(log(COLD) * share);
      const d = spin(destroyers, rng.float());
      const r = spin(repairers, rng.float());
      const bestBefore = state.bestCost;
      const kept = state.attempt(destroy[d], repair[r], accepts);
      const score =
        state.bestCost < bestBefore
          ? SCORES.best
          : kept && isBetter
            ? SCORES.better
            : kept
              ? SCORES.accepted / 2
              : 0;
      destroyers.scores[d] += score;
      repairers.scores[r] += score;
      destroyers.uses[d]++;
      repairers.uses[r]++;
      step++;
      if (step % SEGMENT === 0) {
        adapt(destroyers, params.reaction);
        adapt(repairers, params.reaction);
        yield {
          kind: 'trace',
          row: [state.keptCost() / units, ...destroyers.weights, ...repairers.weights],
        };
        const other = context.exchange?.();
        if (other && planCost(model, other) < best) state.load(other);
      }
      if (state.bestCost < shown) {
        shown = state.bestCost;
        const found = improved();
        if (found) yield { kind: 'incumbent', ...found };
      }
    }
    yield chunk;
  }
}
