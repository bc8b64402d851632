/** Changes of instances and plans that gestures and grids share. */
import type { Result } from '../../../core/result.ts';
import type { Edit } from '../../views.ts';
import { check } from '../check.ts';
import { clean, LIMITS, type Customer, type VrpInstance, type VrpSolution } from '../instance.ts';
import { timeRoute } from '../route.ts';
import { validate } from '../schema.ts';
import { customerId } from './plan.ts';

export type VrpEdit = Edit<VrpInstance, VrpSolution>;

/** The extent of the map, at least 1. */
export function extentOf({ depot, customers }: VrpInstance): number {
  let extent = 1;
  for (const { x, y } of customers)
    extent = Math.max(extent, Math.abs(x - depot.x), Math.abs(y - depot.y));
  return extent;
}

/** Coordinates to whole numbers on maps of whole numbers, else to about four digits. */
export function snap(instance: VrpInstance, value: number): number {
  const extent = extentOf(instance);
  const whole =
    extent >= 20 &&
    instance.customers.every(({ x, y }) => Number.isInteger(x) && Number.isInteger(y));
  let grid = 1;
  if (!whole) while (grid > extent / 2000) grid /= 10;
  const snapped = whole ? Math.round(value) : Math.round(value / grid) * grid;
  const capped = Math.max(-LIMITS.coordinate, Math.min(LIMITS.coordinate, snapped));
  // Away with 0.30000000000000004, and with −0.
  return Number(capped.toPrecision(12)) || 0;
}

/** The demand a new customer gets: the mean, at least 1. */
function usualDemand({ customers, capacity }: VrpInstance): number {
  const total = customers.reduce((sum, { demand }) => sum + demand, 0);
  return Math.min(capacity, Math.max(1, Math.round(total / customers.length)));
}

export function addCustomer(instance: VrpInstance, x: number, y: number): Result<VrpInstance> {
  const demand = usualDemand(instance);
  const first = instance.customers[0];
  // Service as the others have it, when they agree.
  const same = instance.customers.every(({ service }) => service === first.service);
  const customer: Customer = {
    x: snap(instance, x),
    y: snap(instance, y),
    demand,
    ...(same && first.service !== undefined ? { service: first.service } : {}),
  };
  return validate({ ...instance, customers: [...instance.customers, customer] });
}

export function removeCustomer(instance: VrpInstance, customer: number): Result<VrpInstance> {
  return validate({
    ...instance,
    customers: instance.customers.filter((_, i) => i !== customer - 1),
  });
}

/** `customer` 0 moves the depot. */
export function moveNode(
  instance: VrpInstance,
  customer: number,
  x: number,
  y: number,
): VrpInstance {
  const to = { x: snap(instance, x), y: snap(instance, y) };
  if (customer === 0) return clean({ ...instance, depot: { ...instance.depot, ...to } });
  const customers = instance.customers.slice();
  customers[customer - 1] = { ...customers[customer - 1], ...to };
  return { ...instance, customers };
}

/** A result as an edit. */
export function editOf(
  result: Result<VrpInstance>,
  announce: string,
  select?: string | null,
): VrpEdit {
  return result.ok
    ? { kind: 'instance', instance: result.value, announce, select }
    : { kind: 'refused', reason: result.issues[0].message };
}

/**
 * Takes a customer out of its route and puts it where it lengthens the other route least and all
 * constraints hold; refused with the reason when it fits nowhere. O(n + length²).
 */
export function reassign(
  instance: VrpInstance,
  solution: VrpSolution,
  customer: number,
  target: number,
): VrpEdit {
  const routes = solution.routes
    .filter((route) => route.length > 0)
    .map((route) => route.filter((other) => other !== customer));
  const goal = routes[target];
  let best: number[] | null = null;
  let least = Infinity;
  let shortest = goal;
  for (let p = 0; p <= goal.length; p++) {
    const tried = [...goal.slice(0, p), customer, ...goal.slice(p)];
    const timing = timeRoute(instance, tried);
    const inTime = timing.late === 0 && timing.visits.every(({ late }) => late === 0);
    if (timing.distance < least && (inTime || best === null)) {
      shortest = tried;
      if (inTime) {
        best = tried;
        least = timing.distance;
      }
    }
  }
  const next = routes.slice();
  next[target] = best ?? shortest;
  const changed: VrpSolution = { routes: next.filter((route) => route.length > 0) };
  const report = check(instance, changed);
  if (!report.feasible) return { kind: 'refused', reason: report.violations[0] };
  return {
    kind: 'solution',
    solution: changed,
    announce: `Customer ${customer} moved to route ${target + 1}.`,
    select: customerId(customer),
  };
}

/** The instance with one changed customer, validated. */
export function withCustomer(
  instance: VrpInstance,
  index: number,
  change: Partial<Record<keyof Customer, number | undefined>>,
): Result<VrpInstance> {
  const customers: unknown[] = instance.customers.slice();
  customers[index] = { ...instance.customers[index], ...change };
  return validate({ ...instance, customers });
}
