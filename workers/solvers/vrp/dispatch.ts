/**
 * Dispatching requests as they become known (dynamic vehicle routing; Psaraftis 1988, Pillac et al.
 * 2013): one run is one day under one policy. What comes of it is the plan as driven.
 */
import type { ParamsOf } from '../../../src/core/params.ts';
import type { SolveContext, SolverRun } from '../../../src/core/solver.ts';
import type { PackedVrp, VrpSolution } from '../../../src/problems/vrp/instance.ts';
import type { dispatchParams } from '../../../src/problems/vrp/solvers.ts';
import { driveDay } from './dynamic/day.ts';
import { nearestBound, richRadialBound } from './rich/bounds.ts';
import {
  buildRichModel,
  DROP,
  PICK_UP,
  planCost,
  richObstacle,
  type RichModel,
} from './rich/model.ts';
import { unreachable } from './rich/reach.ts';
import { nearestIn } from './savings.ts';

/** Steps before the day begins, relative to those after an arrival. */
const OPENING = 10;
const WAITS = { drive: 0, middle: 0.5, wait: 1 } as const;

export function* dispatch(
  packed: PackedVrp,
  context: SolveContext<ParamsOf<typeof dispatchParams>, VrpSolution>,
): SolverRun<VrpSolution> {
  const { budget, params, rng } = context;
  const model = yield* buildRichModel(packed);
  const blocked = richObstacle(model) ?? (yield* unreachable(model));
  if (blocked) return { reason: 'infeasible', message: blocked };
  const { n, side, distance, units } = model;
  let best = Infinity;
  const alone = aVehicleEach(model);
  if (alone) {
    best = planCost(model, alone);
    yield { kind: 'incumbent', solution: alone, objective: best };
  }
  yield { kind: 'bound', ...nearestBound(model) };
  const radial = yield* richRadialBound(model);
  if (radial) yield { kind: 'bound', ...radial };
  const neighbours = yield* nearestIn(
    (i, j) => Math.min(distance[i * side + j], distance[j * side + i]),
    n,
    // All of them: a shorter list would tell where those are who have not called.
    n - 1,
  );

  const steps = params.replan ? params.steps : 0;
  const day = driveDay(model, neighbours, rng, {
    steps,
    // Before the day begins there is time to plan under any policy.
    opening: OPENING * params.steps,
    wait: WAITS[params.wait],
    interval: params.interval * units,
  });
  const preferred = Math.max(1, Math.min(64, Math.floor(8000 / (n + 100))));
  let chunk = budget.chunk(preferred);
  let done = 0;
  for (;;) {
    const event = day.next();
    if (event.done) {
      const { solution, missing } = event.value;
      const message =
        missing > 0 ? `${missing} requests could not be served in time by this policy.` : undefined;
      const objective = planCost(model, solution);
      if (missing === 0 && objective < best) yield { kind: 'incumbent', solution, objective };
      yield Math.max(1, done);
      return { reason: 'exhausted', message };
    }
    if (event.value.kind === 'epoch') {
      const { now, known, left, cost } = event.value;
      yield { kind: 'trace', row: [now / units, known, left, cost / units] };
      if (steps > 0) continue;
    }
    if (++done < chunk) continue;
    yield chunk;
    chunk = budget.chunk(preferred);
    done = 0;
  }
}

/**
 * A vehicle for each customer, or pair, sent as soon as the request is known, or none where the prize
 * is less: a plan that any policy could keep to. null when there are too few vehicles or one is late.
 */
function aVehicleEach(model: RichModel): VrpSolution | null {
  const { n, side, distance, time, types, home, end, rate, fixed, capacity, opens, closes } = model;
  const { demand, prize, ready, due, service, units, packed, maxDuration, count } = model;
  const { kind, partner } = model;
  const used = new Int32Array(types);
  const routes: number[][] = [];
  const chosen: number[] = [];
  const departures: number[][] = [];
  for (let c = 1; c <= n; c++) {
    if (kind[c] === DROP) continue;
    const known = (packed.extras?.known[c] ?? 0) * units;
    const paired = kind[c] === PICK_UP;
    const last = paired ? partner[c] : c;
    const between = paired ? distance[c * side + last] : 0;
    let least = prize[c];
    let vehicle = -1;
    let leaves = 0;
    for (let t = 0; t < types; t++) {
      const out = time[home[t] * side + c];
      const back = time[last * side + end[t]];
      const first = Math.max(ready[c], Math.max(opens[t], known) + out);
      const drive = paired ? time[c * side + last] : 0;
      const start = paired ? Math.max(ready[last], first + service[c] + drive) : first;
      const serving = service[c] + (paired ? service[last] : 0);
      const cost =
        fixed[t] +
        rate[t] * (distance[home[t] * side + c] + between + distance[last * side + end[t]]);
      const fits =
        capacity[t] >= demand[c] &&
        used[t] < count[t] &&
        first <= due[c] &&
        start <= due[last] &&
        start + service[last] + back <= closes[t] &&
        out + drive + serving + back <= maxDuration;
      if (!fits || cost >= least) continue;
      least = cost;
      vehicle = t;
      leaves = first + service[c];
    }
    if (vehicle < 0) {
      if (prize[c] === Infinity) return null;
      continue;
    }
    used[vehicle]++;
    const begins = Math.max(opens[vehicle], known) / units;
    routes.push(paired ? [c, last] : [c]);
    chosen.push(vehicle);
    departures.push(paired ? [begins, leaves / units] : [begins]);
  }
  if (routes.length > model.vehicles) return null;
  const varied = chosen.some((type) => type > 0);
  return { routes, ...(varied ? { types: chosen } : {}), departures };
}
