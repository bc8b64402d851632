import { beforeAll, describe, expect, test } from 'vitest';
import { defaultParams } from '../../../../src/core/params.ts';
import { createRng } from '../../../../src/core/rng.ts';
import type { SolverRun } from '../../../../src/core/solver.ts';
import { check } from '../../../../src/problems/vrp/check.ts';
import { stockGenerator } from '../../../../src/problems/vrp/generators-stocks.ts';
import { pack, type VrpInstance, type VrpSolution } from '../../../../src/problems/vrp/instance.ts';
import { stocksParams } from '../../../../src/problems/vrp/solvers.ts';
import { prepareHighs } from '../../common/highs-runtime.ts';
import { stocksExact } from './exact.ts';
import { leastSquares, stocksForecast } from './forecast.ts';
import { buildStockModel, constructPlan, createStockPlan, realise } from './plan.ts';
import { stocks } from './stocks.ts';

const make = (params: object, seed: number): VrpInstance =>
  stockGenerator.generate({ ...defaultParams(stockGenerator.params), ...params }, createRng(seed));

interface Outcome {
  solution: VrpSolution | null;
  objective: number;
  bound: number;
  reason: string;
  rows: (readonly number[])[];
}

function finish(run: SolverRun<VrpSolution>, steps: number): Outcome {
  const outcome: Outcome = {
    solution: null,
    objective: Infinity,
    bound: -Infinity,
    reason: '',
    rows: [],
  };
  for (let done = 0; done < steps;) {
    const event = run.next();
    if (event.done) return { ...outcome, reason: event.value.reason };
    if (typeof event.value === 'number') done += event.value;
    else if (event.value.kind === 'incumbent') Object.assign(outcome, event.value);
    else if (event.value.kind === 'bound') outcome.bound = event.value.value;
    else if (event.value.kind === 'trace') outcome.rows.push(event.value.row);
  }
  return outcome;
}

const context = (params: object, steps: number) =>
  ({
    rng: createRng(1),
    params,
    budget: { steps, chunk: (preferred: number) => preferred, progress: () => 0 },
  }) as never;

const search = (instance: VrpInstance, steps = 1500) =>
  finish(stocks(pack(instance), context(defaultParams(stocksParams), steps)), steps);
const prove = (instance: VrpInstance) => finish(stocksExact(pack(instance), context({}, 10)), 10);

beforeAll(prepareHighs);

/**
 * Least cost over all plans of a tiny instance, by the checker alone: every set of customers on
 * every day in every order on one route, with whole amounts.
 */
function leastCost(instance: VrpInstance): number {
  const { customers, inventory, capacity } = instance;
  const days = inventory!.days;
  let best = Infinity;
  const solution = { routes: [] as number[][], days: [] as number[], amounts: [] as number[][] };
  const judge = () => {
    const { feasible, objective } = check(instance, solution);
    if (feasible) best = Math.min(best, objective);
  };
  const onDay = (day: number): void => {
    if (day > days) return judge();
    onDay(day + 1);
    const extend = (route: number[], amounts: number[], load: number): void => {
      for (let c = 1; c <= customers.length; c++) {
        if (route.includes(c)) continue;
        for (let amount = 1; load + amount <= capacity; amount++) {
          const longer = [...route, c];
          const more = [...amounts, amount];
          solution.routes.push(longer);
          solution.days.push(day);
          solution.amounts.push(more);
          onDay(day + 1);
          solution.routes.pop();
          solution.days.pop();
          solution.amounts.pop();
          extend(longer, more, load + amount);
        }
      }
    };
    extend([], [], 0);
  };
  onDay(1);
  return best;
}

const tiny = (shortage?: number): VrpInstance => ({
  name: 'tiny',
  capacity: 4,
  vehicles: 1,
  rounding: 'none',
  inventory: { days: 3, ...(shortage === undefined ? {} : { shortage }) },
  depot: { x: 0, y: 0 },
  customers: [
    { x: 3, y: 0, demand: 0, stock: { start: 1, most: 4, holding: 0.5, use: [1, 2, 1] } },
    { x: 0, y: 2, demand: 0, stock: { start: 2, most: 3, holding: 0.25, use: [1, 1, 2] } },
  ],
});

describe('inventory routing', () => {
  test.each([undefined, 1, 3, 20])('two stores and three days, shortage %s', (shortage) => {
    const instance = tiny(shortage);
    const least = leastCost(instance);
    const proven = prove(instance);
    expect(proven.reason).toBe('optimal');
    expect(proven.objective).toBeCloseTo(least, 5);
    expect(proven.bound).toBeLessThanOrEqual(least);
    expect(search(instance, 200).objective).toBeCloseTo(least, 5);
  });

  test.each([1, 2])('the search comes near the proven optimum, seed %i', (seed) => {
    for (const shortage of [0, 5]) {
      const instance = make({ customers: 4, days: 3, shortage }, seed);
      const proven = prove(instance);
      expect(proven.reason).toBe('optimal');
      expect(check(instance, proven.solution!)).toMatchObject({ feasible: true });
      const found = search(instance);
      const report = check(instance, found.solution!);
      expect(report.violations).toEqual([]);
      expect(report.objective).toBeCloseTo(found.objective, 6);
      expect(found.objective).toBeGreaterThanOrEqual(proven.bound);
      expect(found.objective).toBeLessThanOrEqual(1.02 * proven.objective);
    }
  });

  test('what must not lack and cannot be brought is proven infeasible', () => {
    const instance = tiny();
    instance.customers[0].stock!.use = [5, 0, 0];
    expect(prove(instance).reason).toBe('infeasible');
    expect(search(instance, 50).solution).toBeNull();
  });

  test('taking out and putting back keeps the books', () => {
    const instance = make({ customers: 8, days: 5 }, 4);
    const packed = pack(instance);
    const model = buildStockModel(packed, packed.extras!.stocks!);
    const use = packed.extras!.stocks!.use;
    const plan = createStockPlan(model, use);
    for (const _ of constructPlan(model, plan, 1));
    const rng = createRng(2);
    for (let step = 0; step < 200; step++) {
      const c = 1 + rng.int(8);
      plan.take(c);
      plan.put(c, 0.3, () => rng.float());
      const solution = plan.solution();
      expect(check(instance, solution).objective).toBeCloseTo(plan.cost(), 6);
      expect(realise(model, solution, use).cost).toBeCloseTo(plan.cost(), 6);
    }
  });
});

describe('forecasts', () => {
  test('least squares finds the weights of exact data', () => {
    const rows = [
      [1, 0, 2],
      [1, 1, 0],
      [1, 0, -1],
      [1, 1, 3],
    ];
    const weights = leastSquares(
      rows,
      rows.map(([a, b, c]) => 2 * a - b + 0.5 * c),
    );
    [2, -1, 0.5].forEach((weight, k) => expect(weights[k]).toBeCloseTo(weight, 6));
  });

  test('the decision-focused fit costs less on the past and errs more; all plans check', () => {
    const instance = make({ customers: 4, days: 4, past: 56 }, 3);
    const run = (method: string) =>
      finish(stocksForecast(pack(instance), context({ method }, 1e9)), 1e9);
    const [squares, margin, decision, perfect] = ['squares', 'margin', 'decision', 'perfect'].map(
      run,
    );
    for (const { solution, objective } of [squares, margin, decision, perfect]) {
      const report = check(instance, solution!);
      expect(report.violations).toEqual([]);
      expect(report.objective).toBeCloseTo(objective, 6);
    }
    const [cost, error] = squares.rows.at(-1)!;
    expect(margin.rows.at(-1)![0]).toBeLessThanOrEqual(cost);
    expect(decision.rows.at(-1)![0]).toBeLessThan(cost);
    expect(decision.rows.at(-1)![1]).toBeGreaterThan(error);
    expect(perfect.objective).toBeLessThan(squares.objective);
  });
});
