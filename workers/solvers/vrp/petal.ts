/**
 * Petals (Foster & Ryan 1976): routes are petals, customers next to one another by angle. All petals
 * that fit a vehicle are built by insertion and 2-opt, and the cheapest set that serves every
 * customer once is found exactly, as shortest ways round the circle (Ryan, Hjorring & Glover 1993).
 */
import type { ParamsOf } from '../../../src/core/params.ts';
import type { SolveContext, SolverRun } from '../../../src/core/solver.ts';
import type { PackedVrp, VrpSolution } from '../../../src/problems/vrp/instance.ts';
import type { petalParams } from '../../../src/problems/vrp/solvers.ts';
import { buildModel, obstacle, routesLength } from './model.ts';
import { createRouteBuilder } from './route-builder.ts';
import { byAngle } from './sweep.ts';

/** Price rises of a route, when the cheapest petals are more than the vehicles. */
const PRICES = 24;

export function* petal(
  packed: PackedVrp,
  context: SolveContext<ParamsOf<typeof petalParams>, VrpSolution>,
): SolverRun<VrpSolution> {
  const { budget, params } = context;
  const model = yield* buildModel(packed);
  const blocked = obstacle(model);
  if (blocked)
    return { reason: blocked.proven ? 'infeasible' : 'exhausted', message: blocked.message };
  const { n, fleet, timed, distance } = model;
  const order = byAngle(model);
  const builder = createRouteBuilder(model);
  const most = Math.min(n, params.length);

  /** The route of `size` customers from place `from` on; null when they do not fit. */
  const build = (from: number, size: number): number[] | null => {
    let fits = true;
    for (let i = 0; i < size && fits; i++) fits = builder.insert(order[(from + i) % n]);
    if (fits && !timed) builder.twoOpt();
    const route = builder.take();
    return fits ? route : null;
  };
  const lengthOf = (route: readonly number[]): number => {
    let at = 0;
    let length = 0;
    for (const customer of route) {
      length += distance(at, customer);
      at = customer;
    }
    return length + distance(at, 0);
  };

  /** Length of the petal of s + 1 customers from place p: cost[p·most + s]; Infinity when too many. */
  const cost = new Float64Array(n * most).fill(Infinity);
  let best = Infinity;
  const improved = (routes: number[][]): { solution: VrpSolution; objective: number } | null => {
    if (routes.length > fleet) return null;
    const objective = routesLength(model, routes);
    if (objective >= best) return null;
    best = objective;
    return { solution: { routes }, objective };
  };

  // The fullest petals one after the other: a first plan.
  const first: number[][] = [];
  for (let from = 0; from < n;) {
    let route = build(from, 1);
    let size = 1;
    while (size < Math.min(most, n - from)) {
      const longer = build(from, size + 1);
      if (!longer) break;
      route = longer;
      size++;
    }
    if (route) first.push(route);
    from += size;
    yield 0;
  }
  const start = improved(first);
  if (start) yield { kind: 'incumbent', ...start };

  yield { kind: 'phase', name: 'Petals' };
  let chunk = budget.chunk(8);
  let done = 0;
  let widest = 1;
  for (let from = 0; from < n; from++)
    for (let size = 1; size <= most; size++) {
      if (done === chunk) {
        yield chunk;
        chunk = budget.chunk(8);
        done = 0;
      }
      done++;
      const route = build(from, size);
      if (!route) break;
      cost[from * most + size - 1] = lengthOf(route);
      widest = Math.max(widest, size);
    }
  if (done > 0) yield done;

  yield { kind: 'phase', name: 'Shortest ways' };
  const reach = new Float64Array(n + 1);
  const from = new Int32Array(n + 1);
  let price = 0;
  let routes: number[][] = [];
  for (let round = 0; round <= PRICES; round++) {
    let least = Infinity;
    let cuts: number[] = [];
    // Some petal starts within the widest one from place 0 on.
    for (let turn = 0; turn < widest; turn++) {
      reach.fill(Infinity);
      reach[0] = 0;
      for (let place = 0; place < n; place++) {
        if (reach[place] === Infinity) continue;
        const row = ((place + turn) % n) * most;
        const longest = Math.min(most, n - place);
        for (let size = 1; size <= longest; size++) {
          const through = reach[place] + cost[row + size - 1] + price;
          if (through < reach[place + size]) {
            reach[place + size] = through;
            from[place + size] = place;
          }
        }
      }
      if (reach[n] < least) {
        least = reach[n];
        cuts = [turn];
        for (let place = n; place > 0; place = from[place])
          cuts.push(from[place], place - from[place]);
      }
      yield 0;
    }
    const [turn, ...pieces] = cuts;
    routes = [];
    for (let i = 0; i < pieces.length; i += 2) {
      const route = build((turn + pieces[i]) % n, pieces[i + 1]);
      if (route) routes.push(route);
    }
    if (routes.length <= fleet) break;
    price = price === 0 ? Math.max(1, least / (8 * routes.length)) : price * 1.5;
  }
  const found = improved(routes);
  if (found) yield { kind: 'incumbent', ...found };
  return {
    reason: 'exhausted',
    message:
      routes.length > fleet
        ? `Petals need ${routes.length} routes; there are ${fleet} vehicles.`
        : undefined,
  };
}
