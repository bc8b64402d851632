/**
 * Inventory routing by large neighbourhoods (after Coelho, Cordeau & Laporte 2012): customers near
 * one another are taken out of all their days and put back one after another, each on its cheapest
 * days, under annealing.
 */
import { exp, log } from '../../../../src/core/math.ts';
import type { ParamsOf } from '../../../../src/core/params.ts';
import type { SolveContext, SolverRun } from '../../../../src/core/solver.ts';
import type { PackedVrp, VrpSolution } from '../../../../src/problems/vrp/instance.ts';
import type { stocksParams } from '../../../../src/problems/vrp/solvers.ts';
import { buildStockModel, constructPlan, createStockPlan, realise } from './plan.ts';

const BLINK = 0.02;
const COLD = 0.005;
const FIRST_CYCLE = 4096;

export function* stocks(
  packed: PackedVrp,
  context: SolveContext<ParamsOf<typeof stocksParams>, VrpSolution>,
): SolverRun<VrpSolution> {
  const { budget, params, rng } = context;
  const given = packed.extras?.stocks;
  if (!given) return { reason: 'exhausted', message: 'The instance has no stocks.' };
  const model = buildStockModel(packed, given);
  const { n, distance } = model;
  const side = n + 1;
  const plan = createStockPlan(model, given.use);
  let best = Infinity;
  const improved = () => {
    if (plan.unplaced.size > 0) return null;
    const solution = plan.solution();
    const { cost } = realise(model, solution, given.use);
    if (cost >= best - 1e-9 * Math.abs(best)) return null;
    best = cost;
    return { kind: 'incumbent', solution, objective: cost } as const;
  };
  for (const _ of constructPlan(model, plan, 0)) yield 0;
  const first = improved();
  if (first) yield first;

  const random = () => rng.float();
  const order = Array.from({ length: n }, (_, i) => i + 1);
  const near = order.map((a) =>
    order
      .filter((b) => b !== a)
      .sort((b, c) => distance[a * side + b] - distance[a * side + c] || b - c),
  );
  const visits = Math.max(
    1,
    plan.amounts.reduce((sum, amount) => sum + (amount > 0 ? 1 : 0), 0),
  );
  const hot = plan.unplaced.size > 0 ? distance[side - 1] : (0.3 * plan.cost()) / visits;
  let current = plan.cost();
  let step = 0;
  let cycleStart = 0;
  let cycle = FIRST_CYCLE;
  const share = (): number => {
    const reported = budget.progress();
    if (!Number.isNaN(reported))
      return budget.steps === null ? reported : Math.min(1, step / budget.steps);
    if (step - cycleStart >= cycle) {
      cycleStart = step;
      cycle *= 2;
    }
    return (step - cycleStart) / cycle;
  };
  const preferred = Math.max(1, Math.min(16, Math.floor(400 / (n + model.days * model.days))));
  for (;;) {
    const chunk = budget.chunk(preferred);
    for (let done = 0; done < chunk; done++) {
      const temperature = hot * exp(log(COLD) * share());
      const before = plan.snapshot();
      const seed = 1 + rng.int(n);
      const count = Math.min(n, 1 + rng.int(params.removed));
      const taken = [seed, ...near[seed - 1].slice(0, count - 1)];
      for (const c of plan.unplaced) if (!taken.includes(c)) taken.push(c);
      for (const c of taken) plan.take(c);
      for (let i = taken.length - 1; i > 0; i--) {
        const j = rng.int(i + 1);
        [taken[i], taken[j]] = [taken[j], taken[i]];
      }
      for (const c of taken) plan.put(c, BLINK, random);
      const cost = plan.cost();
      const slack = -temperature * log((rng.uint32() + 1) / 4294967296);
      if (cost < current + slack) {
        current = cost;
        const found = cost < best ? improved() : null;
        if (found) yield found;
      } else plan.restore(before);
      step++;
      if (step % 256 === 0)
        yield {
          kind: 'trace',
          row: [current, temperature, plan.routes.reduce((sum, today) => sum + today.length, 0)],
        };
    }
    yield chunk;
  }
}
