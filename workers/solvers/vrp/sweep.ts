/**
 * Sweep (Gillett & Miller 1974): customers in order of their angle around the depot fill one
 * vehicle after the other, from every start angle and both ways round. A customer goes to the
 * cheapest feasible place of the open route; when there is none, the next route is opened.
 */
import type { SolveContext, SolverRun } from '../../../src/core/solver.ts';
import type { ParamsOf } from '../../../src/core/params.ts';
import type { PackedVrp, VrpSolution } from '../../../src/problems/vrp/instance.ts';
import type { sweepParams } from '../../../src/problems/vrp/solvers.ts';
import { buildModel, obstacle, routesLength, type Model } from './model.ts';
import { createRouteBuilder } from './route-builder.ts';

/** Insertions between two yields. */
const PART = 256;

/** Customers by angle from east, anticlockwise, then by distance; exact, without arctangent. */
export function byAngle(model: Model): Int32Array {
  const { n, packed } = model;
  const { x, y } = packed;
  // 0 for the half turn from east to before west, 1 for the other, the depot's own place first.
  const half = (dx: number, dy: number) =>
    dx === 0 && dy === 0 ? -1 : dy > 0 || (dy === 0 && dx > 0) ? 0 : 1;
  return Int32Array.from({ length: n }, (_, i) => i + 1).sort((a, b) => {
    const ax = x[a] - x[0];
    const ay = y[a] - y[0];
    const bx = x[b] - x[0];
    const by = y[b] - y[0];
    return (
      half(ax, ay) - half(bx, by) ||
      Math.sign(ay * bx - ax * by) ||
      ax * ax + ay * ay - (bx * bx + by * by) ||
      a - b
    );
  });
}

export function* sweep(
  packed: PackedVrp,
  context: SolveContext<ParamsOf<typeof sweepParams>, VrpSolution>,
): SolverRun<VrpSolution> {
  const { budget, params } = context;
  const model = yield* buildModel(packed);
  const blocked = obstacle(model);
  if (blocked)
    return { reason: blocked.proven ? 'infeasible' : 'exhausted', message: blocked.message };
  const { n, fleet, timed } = model;
  const order = byAngle(model);
  const builder = createRouteBuilder(model);
  let best = Infinity;
  let fewest = Infinity;

  for (let start = 0; start < 2 * n;) {
    const chunk = Math.min(budget.chunk(Math.max(1, Math.floor(PART / n))), 2 * n - start);
    for (let done = 0; done < chunk; done++, start++) {
      const direction = start < n ? 1 : n - 1;
      const routes: number[][] = [];
      const close = () => {
        if (params.twoOpt && !timed) builder.twoOpt();
        routes.push(builder.take());
      };
      let at = start % n;
      for (let i = 0; i < n; i++) {
        const customer = order[at];
        at = (at + direction) % n;
        if (!builder.insert(customer)) {
          close();
          builder.insert(customer);
        }
        if (i % PART === PART - 1) yield 0;
      }
      close();
      fewest = Math.min(fewest, routes.length);
      if (routes.length > fleet) continue;
      const objective = routesLength(model, routes);
      if (objective < best) {
        best = objective;
        yield { kind: 'incumbent', solution: { routes }, objective };
      }
    }
    yield chunk;
  }
  return {
    reason: 'exhausted',
    message:
      fewest > fleet
        ? `The sweep needs at least ${fewest} routes; there are ${fleet} vehicles.`
        : undefined,
  };
}
