/** Parallel savings (Clarke & Wright 1964): join the ends that save most, while it is feasible. */
import { buildNeighbours, type Neighbours } from '../../../src/core/neighbours.ts';
import type { SolveContext, SolverRun } from '../../../src/core/solver.ts';
import type { ParamsOf } from '../../../src/core/params.ts';
import type { PackedVrp, VrpSolution } from '../../../src/problems/vrp/instance.ts';
import type { savingsParams } from '../../../src/problems/vrp/solvers.ts';
import { buildModel, obstacle, routesLength, type Model } from './model.ts';
import { createMerger } from './merger.ts';
import { listSavings } from './savings-list.ts';

/** Incumbents shown while routes are joined. */
const SHOWN_INCUMBENTS = 200;

/** Lists of the nearest customers (index 0 is customer 1); yields 0. */
export function* customerNeighbours(
  model: Model,
  most: number,
): Generator<number, Neighbours, void> {
  const { matrix, n } = model;
  const { x, y, extras } = model.packed;
  if (matrix && (extras?.distances || extras?.geographic))
    return yield* nearestIn((i, j) => matrix[i * (n + 1) + j], n, most);
  const building = buildNeighbours([x.subarray(1), y.subarray(1)], { k: most });
  for (;;) {
    const part = building.next();
    if (part.done) return part.value;
    yield 0;
  }
}

/** The same for any distances between customers 1 … n. O(n² log n); yields 0. */
export function* nearestIn(
  distance: (i: number, j: number) => number,
  n: number,
  most: number,
): Generator<number, Neighbours, void> {
  const k = Math.max(0, Math.min(most, n - 1));
  const list = new Int32Array(n * k);
  const way = new Float64Array(n + 1);
  const order = new Int32Array(Math.max(0, n - 1));
  for (let i = 1; i <= n; i++) {
    let filled = 0;
    for (let j = 1; j <= n; j++) {
      if (j === i) continue;
      way[j] = distance(i, j);
      order[filled++] = j;
    }
    order.sort((a, b) => way[a] - way[b] || a - b);
    for (let s = 0; s < k; s++) list[(i - 1) * k + s] = order[s] - 1;
    if (i % 4 === 0) yield 0;
  }
  return { k, list };
}

/** The finished savings plan; routes may be more than the fleet. Yields 0. */
export function* savingsPlan(
  model: Model,
  neighbours: Neighbours,
): Generator<number, number[][], void> {
  const { pairs } = yield* listSavings(model, neighbours, 1);
  const merger = createMerger(model);
  for (let p = 0; p < pairs.length; p += 2) {
    merger.join(pairs[p], pairs[p + 1]);
    if (p % 16_384 === 16_382) yield 0;
  }
  return merger.plan();
}

export function* savings(
  packed: PackedVrp,
  context: SolveContext<ParamsOf<typeof savingsParams>, VrpSolution>,
): SolverRun<VrpSolution> {
  const { budget, params } = context;
  const model = yield* buildModel(packed);
  const blocked = obstacle(model);
  if (blocked)
    return { reason: blocked.proven ? 'infeasible' : 'exhausted', message: blocked.message };
  const merger = createMerger(model);
  let best = Infinity;
  /** Whether the plan as it stands is an incumbent. */
  const improved = (routes: number[][]): number | null => {
    if (merger.routes > model.fleet) return null;
    const objective = routesLength(model, routes);
    if (objective >= best) return null;
    best = objective;
    return objective;
  };
  const start = merger.plan();
  const first = improved(start);
  if (first !== null) yield { kind: 'incumbent', solution: { routes: start }, objective: first };

  const neighbours = yield* customerNeighbours(model, model.n <= 250 ? model.n - 1 : 100);
  const { pairs } = yield* listSavings(model, neighbours, params.shape);
  const every = Math.max(1, Math.ceil(model.n / SHOWN_INCUMBENTS));
  let joined = 0;
  let shown = 0;
  let pair = 0;
  while (pair < pairs.length) {
    const chunk = budget.chunk(Math.max(1, Math.ceil(model.n / 64)));
    let steps = 0;
    while (pair < pairs.length && steps < chunk) {
      if (merger.join(pairs[pair], pairs[pair + 1])) {
        joined++;
        steps++;
      }
      pair += 2;
      const last = pair >= pairs.length || joined === budget.steps;
      if (joined > shown && (joined - shown >= every || last)) {
        shown = joined;
        const routes = merger.plan();
        const objective = improved(routes);
        if (objective !== null) yield { kind: 'incumbent', solution: { routes }, objective };
      }
    }
    yield steps;
  }
  return {
    reason: 'exhausted',
    message:
      merger.routes > model.fleet
        ? `Savings need ${merger.routes} routes; there are ${model.fleet} vehicles.`
        : undefined,
  };
}
