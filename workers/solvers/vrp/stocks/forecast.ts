/**
 * Planning stocks on forecasts. Use is forecast as a customer's mean times a linear function of the
 * day's features, and the plan made for the forecast is driven against what is really used. The same
 * few weights are fitted in two ways: to the past uses by least squares, with the plan made
 * afterwards (predict, then optimise), or to what plans for past weeks would really have cost
 * (decision-focused; Donti, Amos & Kolter 2017, Elmachtoub & Grigas 2022). That cost is a step
 * function of the weights, so it is searched by compass (Kolda, Lewis & Torczon 2003), without
 * gradients.
 */
import type { ParamsOf } from '../../../../src/core/params.ts';
import type { SolveContext, SolverRun } from '../../../../src/core/solver.ts';
import type { PackedVrp, VrpSolution } from '../../../../src/problems/vrp/instance.ts';
import type { forecastParams } from '../../../../src/problems/vrp/solvers.ts';
import type { History } from '../../../../src/problems/vrp/stocks.ts';
import {
  buildStockModel,
  constructPlan,
  createStockPlan,
  realise,
  type StockModel,
} from './plan.ts';

/** Passes of improvement of each plan. */
const PASSES = 2;
/** First and last step of the compass, relative to the weights. */
const WIDEST = 0.2;
const NARROWEST = 0.01;
const MARGINS = 13;
const MARGIN_STEP = 0.05;

/** Least squares by the normal equations with a little ridge. O(rows·k² + k³). */
export function leastSquares(rows: readonly (readonly number[])[], target: readonly number[]) {
  const k = rows[0].length;
  const a = Array.from({ length: k }, () => new Float64Array(k + 1));
  rows.forEach((row, i) => {
    for (let p = 0; p < k; p++) {
      for (let q = 0; q < k; q++) a[p][q] += row[p] * row[q];
      a[p][k] += row[p] * target[i];
    }
  });
  for (let p = 0; p < k; p++) a[p][p] += 1e-9 * (1 + a[p][p]);
  // Gauss–Jordan; the matrix is positive definite.
  for (let p = 0; p < k; p++)
    for (let q = 0; q < k; q++) {
      if (q === p) continue;
      const factor = a[q][p] / a[p][p];
      for (let c = p; c <= k; c++) a[q][c] -= factor * a[p][c];
    }
  return a.map((row, p) => row[k] / row[p]);
}

/** Mean past use of each customer; the depot's is 0. */
function meansOf({ uses }: History, n: number): Float64Array {
  const means = new Float64Array(n + 1);
  for (const row of uses) row.forEach((used, i) => (means[i + 1] += used / uses.length));
  return means;
}

function forecast(
  { n, days }: StockModel,
  means: Float64Array,
  weights: readonly number[],
  features: readonly (readonly number[])[],
): Float64Array {
  const use = new Float64Array((n + 1) * days);
  for (let day = 0; day < days; day++) {
    let relative = 0;
    features[day].forEach((feature, k) => (relative += weights[k] * feature));
    for (let c = 1; c <= n; c++) use[c * days + day] = means[c] * Math.max(0, relative);
  }
  return use;
}

function planFor(model: StockModel, use: Float64Array): VrpSolution {
  const plan = createStockPlan(model, use);
  const steps = constructPlan(model, plan, PASSES);
  while (!steps.next().done);
  return plan.solution();
}

interface Week {
  features: readonly (readonly number[])[];
  use: Float64Array;
}

/** The past cut into spans as long as what is to be planned. */
function weeksOf({ n, days }: StockModel, { features, uses }: History): Week[] {
  const weeks: Week[] = [];
  for (let first = 0; first + days <= features.length; first += days) {
    const use = new Float64Array((n + 1) * days);
    for (let day = 0; day < days; day++)
      uses[first + day].forEach((used, i) => (use[(i + 1) * days + day] = used));
    weeks.push({ features: features.slice(first, first + days), use });
  }
  return weeks;
}

export function* stocksForecast(
  packed: PackedVrp,
  context: SolveContext<ParamsOf<typeof forecastParams>, VrpSolution>,
): SolverRun<VrpSolution> {
  const { params, budget } = context;
  const given = packed.extras?.stocks;
  const history = given?.history;
  if (!given || !history)
    return { reason: 'exhausted', message: 'The instance has no history to forecast from.' };
  const model = buildStockModel(packed, given);
  const { n } = model;
  const nothing = realise(model, { routes: [], days: [], amounts: [] }, given.use);
  let best = nothing.cost;
  yield { kind: 'incumbent', solution: nothing.solution, objective: best };

  const means = meansOf(history, n);
  const rows: number[][] = [];
  const target: number[] = [];
  history.uses.forEach((row, day) =>
    row.forEach((used, i) => {
      if (means[i + 1] === 0) return;
      rows.push(history.features[day]);
      target.push(used / means[i + 1]);
    }),
  );
  let weights = rows.length > 0 ? leastSquares(rows, target) : history.features[0].map(() => 0);
  const errorOf = (tried: readonly number[]): number => {
    let sum = 0;
    rows.forEach((row, i) => {
      const relative = row.reduce((total, feature, k) => total + tried[k] * feature, 0);
      sum += (relative - target[i]) * (relative - target[i]);
    });
    return Math.sqrt(sum / Math.max(1, rows.length));
  };
  const weeks = weeksOf(model, history);
  /** What plans on these weights would have cost in the mean of the past; a step for each. */
  function* pastCost(tried: readonly number[]): Generator<number, number, void> {
    let sum = 0;
    for (const { features, use } of weeks) {
      const plan = planFor(model, forecast(model, means, tried, features));
      sum += realise(model, plan, use).cost / weeks.length;
      budget.chunk(1);
      yield 1;
    }
    return sum;
  }

  let cost = yield* pastCost(weights);
  const report = () => ({ kind: 'trace', row: [cost, errorOf(weights), ...shown()] }) as const;
  const shown = (): number[] => [weights[0], weights.length > 1 ? weights[1] : 0];
  yield report();
  if (params.method === 'margin') {
    const fitted = weights;
    for (let m = 1; m < MARGINS; m++) {
      const tried = fitted.map((weight) => weight * (1 + MARGIN_STEP * m));
      const value = yield* pastCost(tried);
      if (value < cost) {
        cost = value;
        weights = tried;
      }
      yield report();
    }
  } else if (params.method === 'decision') {
    const size = Math.max(0.1, ...weights.map((weight) => Math.abs(weight)));
    for (let width = WIDEST; width >= NARROWEST; width /= 2) {
      let moved = true;
      while (moved) {
        moved = false;
        for (let k = 0; k < weights.length; k++)
          for (const sign of [1, -1]) {
            const tried = weights.slice();
            tried[k] += sign * width * size;
            const value = yield* pastCost(tried);
            if (value >= cost) continue;
            cost = value;
            weights = tried;
            moved = true;
            yield report();
          }
      }
    }
  }
  const use =
    params.method === 'perfect' ? given.use : forecast(model, means, weights, history.coming);
  const found = realise(model, planFor(model, use), given.use);
  if (found.cost < best) {
    best = found.cost;
    yield { kind: 'incumbent', solution: found.solution, objective: best };
  }
  budget.chunk(1);
  yield 1;
  return { reason: 'exhausted' };
}
