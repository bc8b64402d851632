/** The checker: from the definition of the problem, with no solver code. */
import { fail, ok, type Result } from '../../core/result.ts';
import type { Report } from '../family.ts';
import { LIMITS, unitsPer, type VrpInstance, type VrpSolution } from './instance.ts';
import { TIME_SLACK, timeRoute } from './route.ts';

const MAX_VIOLATIONS = 20;

/**
 * Every customer exactly once, loads, fleet, windows and durations; the objective is the total
 * driving distance, exact for rounded distances. Survives any array of arrays. O(n).
 */
export function check(instance: VrpInstance, solution: VrpSolution): Report {
  const { customers, capacity, vehicles = Infinity, maxDuration = Infinity } = instance;
  const violations: string[] = [];
  const report = (text: string) => {
    if (violations.length < MAX_VIOLATIONS) violations.push(text);
  };
  const broken = (text: string): Report => ({
    feasible: false,
    objective: NaN,
    violations: [text],
  });
  if (!Array.isArray(solution?.routes)) return broken('The solution has no list of routes.');

  const units = unitsPer(instance.rounding);
  const served = new Uint8Array(customers.length + 1);
  let used = 0;
  let total = 0;
  for (let r = 0; r < solution.routes.length; r++) {
    const route: unknown = solution.routes[r];
    if (!Array.isArray(route)) return broken(`Route ${r + 1} is not a list of customers.`);
    if (route.length === 0) continue;
    used++;
    for (const customer of route as unknown[]) {
      if (
        typeof customer !== 'number' ||
        !Number.isInteger(customer) ||
        customer < 1 ||
        customer > customers.length
      )
        return broken(
          `Route ${r + 1} visits "${String(customer).slice(0, 20)}", which is not a customer.`,
        );
      // Also keeps repeated customers from making the work grow without end.
      if (served[customer] === 1)
        return broken(`Customer ${customer} is visited more than once (route ${r + 1}).`);
      served[customer] = 1;
    }
    const timing = timeRoute(instance, route as number[]);
    total += timing.distanceUnits;
    if (timing.load > capacity)
      report(`Route ${r + 1} carries ${timing.load}, more than the capacity ${capacity}.`);
    if (timing.duration > maxDuration + TIME_SLACK)
      report(`Route ${r + 1} takes ${short(timing.duration)}, more than ${maxDuration}.`);
    for (const { customer, start, late } of timing.visits)
      if (late > TIME_SLACK)
        report(
          `Customer ${customer} is served at ${short(start)}, after its window closes at ${customers[customer - 1].due} (route ${r + 1}).`,
        );
    if (timing.late > TIME_SLACK)
      report(
        `Route ${r + 1} is back at ${short(timing.back)}, after the depot closes at ${instance.depot.due}.`,
      );
  }
  if (used > vehicles) report(`${used} routes are used; there are only ${vehicles} vehicles.`);
  for (let customer = 1; customer <= customers.length; customer++)
    if (served[customer] === 0) report(`Customer ${customer} is not served.`);
  return { feasible: violations.length === 0, objective: total / units, violations };
}

const short = (value: number): string => String(Math.round(value * 100) / 100);

/** `{routes: customer[][]}`, customers 1 … n in file order; empty routes are left out. */
export function writeSolution(_instance: VrpInstance, solution: VrpSolution): unknown {
  return { routes: solution.routes.filter((route) => route.length > 0) };
}

/** Reads the plain form; shape only. */
export function readSolution(instance: VrpInstance, value: unknown): Result<VrpSolution> {
  const routes = (value as { routes?: unknown } | null)?.routes;
  if (!Array.isArray(routes))
    return fail({
      path: ['routes'],
      message: 'A routing solution is {"routes": [[…], …]}.',
      hint: 'List the customers 1 … n of each route in order.',
    });
  if (routes.length > LIMITS.vehicles)
    return fail({ path: ['routes'], message: `More than ${LIMITS.vehicles} routes.` });
  let visits = 0;
  const read: number[][] = [];
  for (let r = 0; r < routes.length; r++) {
    const route: unknown = routes[r];
    if (!Array.isArray(route) || !route.every((customer) => Number.isInteger(customer)))
      return fail({ path: ['routes', r], message: 'A route is a list of customer numbers.' });
    visits += route.length;
    if (visits > instance.customers.length)
      return fail({
        path: ['routes', r],
        message: `The routes have more visits than there are customers (${instance.customers.length}).`,
      });
    if (route.length > 0) read.push(route as number[]);
  }
  return ok({ routes: read });
}
