/**
 * Ruin and recreate by string removals under simulated annealing (Christiaens & Vanden Berghe
 * 2020). The first plan is the savings plan; the temperature falls exponentially over the budget,
 * or, without one, over cycles of doubling length.
 */
import type { SolveContext, SolverRun } from '../../../src/core/solver.ts';
import type { ParamsOf } from '../../../src/core/params.ts';
import { exp, log } from '../../../src/core/math.ts';
import type { PackedVrp, VrpSolution } from '../../../src/problems/vrp/instance.ts';
import type { sisrParams } from '../../../src/problems/vrp/solvers.ts';
import { createEngine } from './engine.ts';

/** Steps between two readings of the schedule. */
const SCHEDULE_STEPS = 64;
/**
 * Share of a budget spent on a first quench, from a tenth of the heat: a good plan early, while the
 * annealing proper shows nothing better than the start until it has cooled.
 */
const QUENCH = 0.05;
const QUENCH_HEAT = 0.1;
/** Length of the first cycle when there is no budget. */
const FIRST_CYCLE = 65_536;
/** A warm start is a good plan already: less heat. */
const WARM_HEAT = 0.1;

export function* sisr(
  packed: PackedVrp,
  context: SolveContext<ParamsOf<typeof sisrParams>, VrpSolution>,
): SolverRun<VrpSolution> {
  const { budget, params, rng } = context;
  const start = yield* createEngine(packed, context.warmStart, rng, {
    meanRemoved: params.removed,
    maxString: params.string,
    blink: params.blink,
  });
  if (start.kind === 'end') return start.end;
  const { engine } = start;
  const n = packed.x.length - 1;
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
  const fall = log(params.cold);
  // About half a millisecond between yields, 4 ms between incumbents.
  const preferred = Math.max(1, Math.min(256, Math.floor(32_000 / (n + 100))));
  const interval = preferred * 8;
  let step = 0;
  let counted = 0;
  let cycleStart = 0;
  let cycle = FIRST_CYCLE;
  let temperature = hot;
  let shownBest = engine.bestCost;
  const budgeted = !Number.isNaN(budget.progress());

  const quench = log(QUENCH_HEAT);
  /** The temperature at a share of the budget, or of a cycle. */
  const temperatureAt = (share: number, quenched: boolean): number => {
    if (!quenched) return hot * exp(fall * share);
    if (share < QUENCH) return hot * exp(quench + Math.min(0, fall - quench) * (share / QUENCH));
    return hot * exp((fall * (share - QUENCH)) / (1 - QUENCH));
  };

  /** Exact under a step budget; the clock's where only it limits the run, or runs ahead. */
  const progress = (): number => {
    const reported = budget.progress();
    if (Number.isNaN(reported)) {
      if (step - cycleStart >= cycle) {
        cycleStart = step;
        cycle *= 2;
        engine.restoreBest();
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
      if (step % SCHEDULE_STEPS === 0) temperature = temperatureAt(progress(), budgeted);
      engine.step(temperature);
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
          const other = context.exchange?.();
          if (other && engine.measure(other) < best) engine.load(other);
        }
      }
    }
    counted += chunk;
    yield chunk;
  }
}
