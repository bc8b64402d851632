/** The checker: from the definition of the problem, with no solver code. */
import { fail, ok, type Result } from '../../core/result.ts';
import type { Report } from '../family.ts';
import { checkStocks } from './check-stocks.ts';
import { checkDepartures, checkEpochs, checkLoaded, readEpochs } from './dynamic.ts';
import {
  cleanSolution,
  LIMITS,
  vehicleTypes,
  type VrpInstance,
  type VrpSolution,
} from './instance.ts';
import { depotOf, unitsPer } from './metric.ts';
import { deliveredTo, TIME_SLACK, timeRoute, type RouteTiming } from './route.ts';

const MAX_VIOLATIONS = 20;

/**
 * Every customer exactly once (those with a prize at most once), loads, fleet, windows, durations,
 * deliveries before backhauls, pick-up before delivery on one route, nobody left for before the
 * request is known (dynamic.ts says how a plan is driven). The objective is the distance
 * at each vehicle's rate, what the vehicles cost, and the prizes of customers left out; exact for
 * rounded distances. Survives any array of arrays. O(n).
 */
export function check(instance: VrpInstance, solution: VrpSolution): Report {
  if (instance.inventory) return checkStocks(instance, instance.inventory, solution);
  const { customers, vehicles = Infinity, maxDuration = Infinity } = instance;
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
  const { types, departures, epochs } = solution;
  if (departures !== undefined && !Array.isArray(departures))
    return broken('The departures are not a list with one list for each route.');
  if (types !== undefined && !(Array.isArray(types) && types.length === solution.routes.length))
    return broken('The vehicle types are not a list with one for each route.');

  const known = vehicleTypes(instance);
  const units = unitsPer(instance.rounding);
  /** Route by customer, from 1. */
  const served = new Int32Array(customers.length + 1);
  const place = new Int32Array(customers.length + 1);
  const usedOf = known.map(() => 0);
  const driven = known.map(() => 0);
  const timings: RouteTiming[] = [];
  let used = 0;
  for (let r = 0; r < solution.routes.length; r++) {
    const route: unknown = solution.routes[r];
    const type: unknown = types?.[r] ?? 0;
    if (!Array.isArray(route)) return broken(`Route ${r + 1} is not a list of customers.`);
    if (typeof type !== 'number' || !(type in known))
      return broken(
        `Route ${r + 1} has the vehicle type "${String(type).slice(0, 20)}", which does not exist.`,
      );
    if (route.length === 0) continue;
    used++;
    usedOf[type]++;
    for (let p = 0; p < route.length; p++) {
      const customer: unknown = route[p];
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
      if (served[customer] > 0)
        return broken(`Customer ${customer} is visited more than once (route ${r + 1}).`);
      served[customer] = r + 1;
      place[customer] = p;
    }
    const timing = timeRoute(instance, route as number[], type, departuresOf(departures, r));
    timings.push(timing);
    driven[type] += timing.distanceUnits;
    const { capacity, depot } = known[type];
    if (departures) {
      const opens = depotOf(instance, depot).ready ?? 0;
      checkDepartures(instance, route as number[], r, departures[r], timing, opens, report);
    }
    checkLoaded(instance, route as number[], r, timing, report);
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
        `Route ${r + 1} is back at ${short(timing.back)}, after the depot closes at ${depotOf(instance, known[type].depot).due}.`,
      );
    let backhaul = 0;
    for (const customer of route as number[])
      if (customers[customer - 1].backhaul) backhaul = customer;
      else if (backhaul > 0 && isDelivery(instance, customer))
        report(
          `Customer ${customer} gets its delivery after the backhaul of customer ${backhaul} (route ${r + 1}).`,
        );
  }
  for (const { customers: lock, type = 0 } of instance.locked ?? []) {
    const r = solution.routes.findIndex(
      (route, index) =>
        (types?.[index] ?? 0) === type &&
        route.length === lock.length &&
        route.every((customer, p) => customer === lock[p]),
    );
    if (r < 0) report(`The locked route of customers ${lock.slice(0, 8).join(', ')} is not kept.`);
  }
  if (epochs !== undefined) checkEpochs(instance, solution, timings, report);
  if (used > vehicles) report(`${used} routes are used; there are only ${vehicles} vehicles.`);
  let objective = 0;
  known.forEach(({ count, fixed, perDistance }, type) => {
    if (usedOf[type] > count)
      report(`${usedOf[type]} vehicles of type ${type + 1} are used; there are only ${count}.`);
    objective += (perDistance * driven[type]) / units + fixed * usedOf[type];
  });
  const delivered = deliveredTo(instance);
  for (let customer = 1; customer <= customers.length; customer++) {
    const { prize, deliverTo } = customers[customer - 1];
    if (deliverTo) {
      if (served[customer] !== served[deliverTo])
        report(
          `What is picked up at customer ${customer} is to be delivered to customer ${deliverTo} on the same route.`,
        );
      else if (served[customer] > 0 && place[customer] > place[deliverTo])
        report(`Customer ${deliverTo} is visited before its load is picked up at ${customer}.`);
    }
    if (served[customer] > 0) continue;
    if (prize !== undefined) objective += prize;
    // The end of a pair is missing together with its start, which is reported or paid for.
    else if (!delivered.has(customer)) report(`Customer ${customer} is not served.`);
  }
  return { feasible: violations.length === 0, objective, violations };
}

/** The departures of a route, where they are numbers at all. */
const departuresOf = (departures: readonly unknown[] | undefined, r: number) => {
  const given: unknown = departures?.[r];
  return Array.isArray(given) && given.every((time) => Number.isFinite(time))
    ? (given as number[])
    : undefined;
};

/** Is this customer's demand brought from the depot. */
function isDelivery(instance: VrpInstance, customer: number): boolean {
  const { backhaul, deliverTo } = instance.customers[customer - 1];
  return !backhaul && !deliverTo && !deliveredTo(instance).has(customer);
}

const short = (value: number): string => String(Math.round(value * 100) / 100);

/**
 * `{routes: customer[][]}`, customers 1 … n in file order, `types` where there are several types of
 * vehicles, `departures` and `epochs` of a plan that was driven; empty routes are left out.
 */
export const writeSolution = (_instance: VrpInstance, solution: VrpSolution): unknown =>
  cleanSolution(solution);

/** Reads the plain form; shape only. */
export function readSolution(instance: VrpInstance, value: unknown): Result<VrpSolution> {
  const { routes, types, departures, days, amounts, epochs } = (value ?? {}) as Record<
    string,
    unknown
  >;
  if (!Array.isArray(routes))
    return fail({
      path: ['routes'],
      message: 'A routing solution is {"routes": [[…], …]}.',
      hint: 'List the customers 1 … n of each route in order.',
    });
  if (routes.length > LIMITS.vehicles)
    return fail({ path: ['routes'], message: `More than ${LIMITS.vehicles} routes.` });
  if (
    types !== undefined &&
    !(
      Array.isArray(types) &&
      types.length === routes.length &&
      types.every((type) => Number.isInteger(type) && type >= 0)
    )
  )
    return fail({
      path: ['types'],
      message: '"types" must give the number of a vehicle type for each route, from 0.',
    });
  const most = instance.customers.length * (instance.inventory?.days ?? 1);
  let visits = 0;
  for (let r = 0; r < routes.length; r++) {
    const route: unknown = routes[r];
    if (!Array.isArray(route) || !route.every((customer) => Number.isInteger(customer)))
      return fail({ path: ['routes', r], message: 'A route is a list of customer numbers.' });
    visits += route.length;
    if (visits > most)
      return fail({
        path: ['routes', r],
        message: `The routes have more visits than there can be (${most}).`,
      });
  }
  const perVisit = (lists: unknown): boolean =>
    lists === undefined ||
    (Array.isArray(lists) &&
      lists.length === routes.length &&
      lists.every(
        (numbers: unknown, r) =>
          Array.isArray(numbers) &&
          numbers.length === (routes[r] as unknown[]).length &&
          numbers.every((number) => typeof number === 'number' && Number.isFinite(number)),
      ));
  for (const [key, lists] of Object.entries({ departures, amounts }))
    if (!perVisit(lists))
      return fail({
        path: [key],
        message: `"${key}" must give a number for each customer of each route.`,
      });
  if (
    days !== undefined &&
    !(
      Array.isArray(days) &&
      days.length === routes.length &&
      days.every((day) => Number.isInteger(day))
    )
  )
    return fail({ path: ['days'], message: '"days" must give the day of each route, from 1.' });
  const read = epochs === undefined ? undefined : readEpochs(instance, epochs);
  if (read && !read.ok) return read;
  return ok(
    cleanSolution({
      routes: routes as number[][],
      ...(types === undefined ? {} : { types: types as number[] }),
      ...(departures === undefined ? {} : { departures: departures as number[][] }),
      ...(days === undefined ? {} : { days: days as number[] }),
      ...(amounts === undefined ? {} : { amounts: amounts as number[][] }),
      ...(read ? { epochs: read.value } : {}),
    }),
  );
}
