/**
 * Ruin and recreate by string removals under simulated annealing (Christiaens & Vanden Berghe
 * 2020). The first plan is the savings plan; the temperature falls exponentially, over three
 * stages of a budget, or, without one, over cycles of doubling length. Where a vehicle costs more
 * than its route's distance, routes are taken away first. Large plans are improved by a local
 * search over what a step has touched (Accorsi & Vigo 2021). `collect` gets plans met on the way.
 */
import type { SolveContext, SolverRun } from '../../../src/core/solver.ts';
import type { ParamsOf } from '../../../src/core/params.ts';
import { exp, log } from '../../../src/core/math.ts';
import { isPlain } from '../../../src/problems/vrp/features.ts';
import type { PackedVrp, VrpSolution } from '../../../src/problems/vrp/instance.ts';
import { LOCAL_SEARCH_FROM, type sisrParams } from '../../../src/problems/vrp/solvers.ts';
import { createEngine } from './engine.ts';
import { FIRST_HEAT, heatOf } from './heat.ts';

/** Steps between two readings of the schedule. */
const SCHEDULE_STEPS = 64;
/**
 * A budget is annealed three times, each time far longer: a good plan comes early, while one
 * annealing alone would show nothing better than its start until it has cooled.
 */
const STAGES = [0.01, 0.09, 1] as const;
/** Share of a budget for taking routes away first, where vehicles cost more than distance. */
const REDUCTION = 0.15;
const REDUCTION_HEAT = 0.1;
/** Length of the first cycle when there is no budget. */
const FIRST_CYCLE = 65_536;
/**
 * Candidates so many temperatures beyond acceptance are improved by local search all the same: of
 * an annealing that starts at full heat, and more of one that starts colder.
 */
const REACH = 8;
/** A warm start is a good plan already: less heat. */
const WARM_HEAT = 0.1;

export function* sisr(
  packed: PackedVrp,
  context: SolveContext<ParamsOf<typeof sisrParams>, VrpSolution>,
  collect?: (solution: VrpSolution, objective: number) => void,
): SolverRun<VrpSolution> {
  const { budget, params, rng } = context;
  const n = packed.x.length - 1;
  const isLocal = params.local === 'cached' || (params.local === 'auto' && n >= LOCAL_SEARCH_FROM);
  const start = yield* createEngine(packed, context.warmStart, rng, {
    meanRemoved: params.removed,
    maxString: params.string,
    blink: params.blink,
    cache: isLocal ? params.cache : 0,
  });
  if (start.kind === 'end') return start.end;
  const { engine } = start;
  let best = engine.incumbent;
  const improved = (solution: VrpSolution): number | null => {
    const objective = engine.measure(solution);
    if (objective >= best) return null;
    best = objective;
    return objective;
  };

  yield { kind: 'phase', name: 'Ruin and recreate' };

  const edges = n + Math.max(1, engine.routes);
  const hot =
    (params.heat * (context.warmStart ? WARM_HEAT : 1) * Math.max(1, engine.cost)) / edges;
  /** Falls from a heat to the end temperature over a share of an annealing. */
  const temperatureIn = (heat: number, share: number): number => {
    const start = Math.max(heat, params.cold);
    reach = REACH / start;
    return hot * start * exp(log(params.cold / start) * share);
  };
  // About half a millisecond between yields; variants look at every place. An incumbent costs O(n).
  const plain = isPlain(packed);
  const pace = plain ? 96 : Math.floor(32_000 / (n + 100));
  const preferred = Math.max(1, Math.min(256, pace));
  const interval = Math.max(preferred * 8, plain ? Math.ceil(n / 4) : 1);
  let step = 0;
  let counted = 0;
  let cycleStart = 0;
  let cycle = FIRST_CYCLE;
  let temperature = hot;
  /** Temperatures. */
  let reach = REACH;
  let shownBest = engine.bestCost;
  const budgeted = !Number.isNaN(budget.progress());

  const { reduction } = engine;
  let reducing = reduction?.begin() ?? false;
  const reserved = reducing ? REDUCTION : 0;
  let stage = 0;
  let stageHeat = budget.steps === null ? FIRST_HEAT : heatOf(STAGES[0] * budget.steps, n);
  /** The temperature at a share of the budget, or of a cycle; goes on to the next stage. */
  const temperatureAt = (share: number): number => {
    if (!budgeted) return temperatureIn(heatOf(cycle, n), share);
    const part = Math.max(0, share - reserved) / (1 - reserved);
    if (part >= STAGES[stage] && stage < STAGES.length - 1) {
      stage++;
      const length = STAGES[stage] - STAGES[stage - 1];
      stageHeat = heatOf((budget.steps ?? step / share) * length, n);
      if (engine.bestCost < Infinity) engine.restoreBest();
    }
    const from = stage === 0 ? 0 : STAGES[stage - 1];
    return temperatureIn(stageHeat, Math.max(0, part - from) / (STAGES[stage] - from));
  };
  const endReduction = (): void => {
    reducing = false;
    reduction?.end();
  };

  /** Exact under a step budget; the clock's where only it limits the run, or runs ahead. */
  const progress = (): number => {
    const reported = budget.progress();
    if (Number.isNaN(reported)) {
      if (step - cycleStart >= cycle) {
        cycleStart = step;
        cycle *= 2;
        if (engine.bestCost < Infinity) engine.restoreBest();
      }
      return (step - cycleStart) / cycle;
    }
    if (budget.steps === null) return reported;
    const exact = Math.min(1, step / budget.steps);
    return reported > counted / budget.steps ? Math.max(exact, reported) : exact;
  };

  for (;;) {
    const chunk = budget.chunk(preferred);
    for (let done = 0; done < chunk; done++) {
      if (step % SCHEDULE_STEPS === 0) {
        const share = progress();
        if (reducing && share >= REDUCTION) endReduction();
        if (!reducing) temperature = temperatureAt(share);
      }
      if (reducing && reduction) {
        reduction.step(REDUCTION_HEAT * hot);
        if (reduction.done && !reduction.begin()) endReduction();
      } else engine.step(temperature, reach * temperature);
      step++;
      const last = step === budget.steps;
      if (step % interval === 0 || last) {
        if (engine.bestCost < shownBest) {
          shownBest = engine.bestCost;
          const solution = engine.best();
          const objective = improved(solution);
          if (objective !== null) yield { kind: 'incumbent', solution, objective };
        }
        if (!last && step % (interval * 8) === 0) {
          yield {
            kind: 'trace',
            row: [engine.cost / engine.scale, temperature / engine.scale, engine.routes],
          };
          if (collect && engine.missing === 0) {
            const accepted = engine.accepted();
            collect(accepted, engine.measure(accepted));
          }
          const other = context.exchange?.();
          if (other && engine.measure(other) < best) engine.load(other);
        }
      }
    }
    counted += chunk;
    yield chunk;
  }
}
