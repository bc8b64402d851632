/** The checker of inventory routing: from the definition in stocks.ts, with no solver code. */
import type { Report } from '../family.ts';
import type { VrpInstance, VrpSolution } from './instance.ts';
import { depotOf, unitsPer } from './metric.ts';
import { TIME_SLACK, timeRoute } from './route.ts';
import { followStock, type Inventory, type Stock } from './stocks.ts';

const MAX_VIOLATIONS = 20;
/** Amounts that differ by less are equal: sums of fractions are not exact. */
export const AMOUNT_SLACK = 1e-6;

const short = (value: number): string => String(Math.round(value * 100) / 100);

/**
 * A customer at most once a day, loads, vehicles of a day, windows and durations, stores that do not
 * run over, and shortages that are paid for or forbidden. The objective is the distance, what the
 * vehicles cost, what is held and what lacks. Survives any solution. O(visits + n·days).
 */
export function checkStocks(
  instance: VrpInstance,
  inventory: Inventory,
  solution: VrpSolution,
): Report {
  const { customers, capacity, vehicles = Infinity, maxDuration = Infinity } = instance;
  const { fixedCost = 0 } = instance;
  const { days, shortage = Infinity } = inventory;
  const violations: string[] = [];
  const report = (text: string) => {
    if (violations.length < MAX_VIOLATIONS) violations.push(text);
  };
  const broken = (text: string): Report => ({
    feasible: false,
    objective: NaN,
    violations: [text],
  });
  const routes: unknown = solution?.routes;
  const ofDay: unknown = solution?.days;
  const amounts: unknown = solution?.amounts;
  if (!Array.isArray(routes)) return broken('The solution has no list of routes.');
  if (!Array.isArray(ofDay) || ofDay.length !== routes.length)
    return broken('The solution does not say the day of each route.');
  if (!Array.isArray(amounts) || amounts.length !== routes.length)
    return broken('The solution does not say what is delivered on each route.');
  const delivered = customers.map(() => new Float64Array(days));
  const visited = customers.map(() => new Uint8Array(days));
  const used = new Int32Array(days);
  let driven = 0;
  let count = 0;
  for (let r = 0; r < routes.length; r++) {
    const route: unknown = routes[r];
    const day: unknown = ofDay[r];
    const given: unknown = amounts[r];
    if (!Array.isArray(route)) return broken(`Route ${r + 1} is not a list of customers.`);
    if (typeof day !== 'number' || !Number.isInteger(day) || day < 1 || day > days)
      return broken(
        `Route ${r + 1} is on day "${String(day).slice(0, 20)}"; days are 1 to ${days}.`,
      );
    if (!Array.isArray(given) || given.length !== route.length)
      return broken(`Route ${r + 1} does not have one amount for each customer.`);
    if (route.length === 0) continue;
    let load = 0;
    for (let p = 0; p < route.length; p++) {
      const customer: unknown = route[p];
      const amount: unknown = given[p];
      if (
        typeof customer !== 'number' ||
        !Number.isInteger(customer) ||
        customer < 1 ||
        customer > customers.length
      )
        return broken(
          `Route ${r + 1} visits "${String(customer).slice(0, 20)}", which is not a customer.`,
        );
      if (typeof amount !== 'number' || !(amount >= 0) || amount === Infinity)
        return broken(`Customer ${customer} gets "${String(amount).slice(0, 20)}" on day ${day}.`);
      // Also keeps repeated customers from making the work grow without end.
      if (visited[customer - 1][day - 1] === 1)
        return broken(`Customer ${customer} is visited more than once on day ${day}.`);
      visited[customer - 1][day - 1] = 1;
      delivered[customer - 1][day - 1] = amount;
      load += amount;
    }
    used[day - 1]++;
    count++;
    const timing = timeRoute(instance, route as number[]);
    driven += timing.distanceUnits;
    if (load > capacity + AMOUNT_SLACK)
      report(`Route ${r + 1} carries ${short(load)}, more than the capacity ${capacity}.`);
    if (timing.duration > maxDuration + TIME_SLACK)
      report(`Route ${r + 1} takes ${short(timing.duration)}, more than ${maxDuration}.`);
    for (const { customer, start, late } of timing.visits)
      if (late > TIME_SLACK)
        report(
          `Customer ${customer} is served at ${short(start)}, after its window closes at ${customers[customer - 1].due} (route ${r + 1}).`,
        );
    if (timing.late > TIME_SLACK)
      report(
        `Route ${r + 1} is back at ${short(timing.back)}, after the depot closes at ${depotOf(instance, 0).due}.`,
      );
  }
  for (let day = 0; day < days; day++)
    if (used[day] > vehicles)
      report(`${used[day]} routes on day ${day + 1}; there are only ${vehicles} vehicles.`);
  let stores = 0;
  customers.forEach(({ stock }, i) => {
    const course = followStock(stock as Stock, delivered[i]);
    if (course.over > AMOUNT_SLACK)
      report(
        `Customer ${i + 1} gets ${short(course.over)} more than its store takes (${(stock as Stock).most}).`,
      );
    if (shortage === Infinity) {
      const day = course.lost.findIndex((lost) => lost > AMOUNT_SLACK);
      if (day >= 0) report(`Customer ${i + 1} lacks ${short(course.lost[day])} on day ${day + 1}.`);
      stores += course.holding;
    } else stores += course.holding + shortage * course.missing;
  });
  const objective = driven / unitsPer(instance.rounding) + fixedCost * count + stores;
  return { feasible: violations.length === 0, objective, violations };
}
