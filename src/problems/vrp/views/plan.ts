/** What the pictures and the table need of a plan, computed once per frame. */
import { groupHue, type Hue } from '../../../scene/scene.ts';
import type { Frame } from '../../views.ts';
import { vehicleTypes, type VrpInstance, type VrpSolution } from '../instance.ts';
import { deliveredTo, timeRoute, type RouteTiming, type Visit } from '../route.ts';

export type VrpFrame = Frame<VrpInstance, VrpSolution>;

export interface Plan {
  routes: readonly (readonly number[])[];
  /** Vehicle type of each route. */
  types: readonly number[];
  timings: readonly RouteTiming[];
  hues: readonly Hue[];
  /** Route index by customer (1 … n); −1 when not served. */
  routeOf: Int32Array;
  /** Place in its route by customer, from 0. */
  position: Int32Array;
}

/** Routes in the solution's order; null when there is none. O(n). */
export function planOf(instance: VrpInstance, solution: VrpSolution | null): Plan | null {
  if (!solution) return null;
  const n = instance.customers.length;
  const known = vehicleTypes(instance).length;
  const kept = solution.routes
    .map((_, r) => r)
    .filter((r) => {
      const route = solution.routes[r];
      const drawn = route.every((customer) => customer >= 1 && customer <= n);
      return route.length > 0 && drawn && (solution.types?.[r] ?? 0) < known;
    });
  const routes = kept.map((r) => solution.routes[r]);
  const types = kept.map((r) => solution.types?.[r] ?? 0);
  const routeOf = new Int32Array(n + 1).fill(-1);
  const position = new Int32Array(n + 1).fill(-1);
  routes.forEach((route, r) =>
    route.forEach((customer, p) => {
      routeOf[customer] = r;
      position[customer] = p;
    }),
  );
  return {
    routes,
    types,
    timings: kept.map((r, i) => timeRoute(instance, routes[i], types[i], solution.departures?.[r])),
    hues: routeHues(routes),
    routeOf,
    position,
  };
}

/**
 * Hues by the rank of a route's lowest customer, so that a route keeps its colour while routes are
 * listed in another order from one incumbent to the next.
 */
function routeHues(routes: readonly (readonly number[])[]): Hue[] {
  const lowest = routes.map((route) => route.reduce((low, customer) => Math.min(low, customer)));
  const ranks = lowest.map((_, r) => r).sort((a, b) => lowest[a] - lowest[b]);
  const hues: Hue[] = [];
  ranks.forEach((r, rank) => (hues[r] = groupHue(rank, routes.length)));
  return hues;
}

export const visitOf = (plan: Plan, customer: number): Visit | null => {
  const route = plan.routeOf[customer];
  return route < 0 ? null : plan.timings[route].visits[plan.position[customer]];
};

/** Element ids: `customer:i` and `route:r` count from 0, `depot:0` is the depot. */
export const customerId = (customer: number): string => `customer:${customer - 1}`;
export const routeId = (route: number): string => `route:${route}`;
export const depotId = (depot: number): string => `depot:${depot}`;

/** The customer 1 … n an element stands for; null for other elements. */
export function customerOf(element: string | null, instance: VrpInstance): number | null {
  const match = /^customer:(\d+)$/.exec(element ?? '');
  const customer = match ? Number(match[1]) + 1 : 0;
  return customer >= 1 && customer <= instance.customers.length ? customer : null;
}

/** The route of the selected route or customer; −1 when none. */
export function selectedRoute(frame: VrpFrame, plan: Plan): number {
  const customer = customerOf(frame.selected, frame.instance);
  if (customer !== null) return plan.routeOf[customer];
  const match = /^route:(\d+)$/.exec(frame.selected ?? '');
  return match && Number(match[1]) < plan.routes.length ? Number(match[1]) : -1;
}

/** A number as people write it, at most two decimals. */
export const tidy = (value: number): string => String(Math.round(value * 100) / 100);

/** "Customer 7 · demand 12 · window 20–70 · service 10". */
export function customerTitle(instance: VrpInstance, customer: number): string {
  const { demand, ready, due, service, prize, known } = instance.customers[customer - 1];
  const window =
    ready === undefined && due === undefined
      ? ''
      : ` · window ${ready ?? 0}–${due === undefined ? '∞' : due}`;
  const gets = deliveredTo(instance).get(customer);
  const amount = gets === undefined ? `${roleOf(instance, customer)} ${demand}` : `gets ${gets}`;
  const optional = prize === undefined ? '' : ` · prize ${tidy(prize)}`;
  return `Customer ${customer} · ${amount}${window}${service ? ` · service ${service}` : ''}${optional}${known ? ` · known from ${tidy(known)}` : ''}`;
}

/** What a customer's amount is. */
function roleOf(instance: VrpInstance, customer: number): string {
  const { backhaul, deliverTo } = instance.customers[customer - 1];
  if (backhaul) return 'backhaul';
  return deliverTo ? `for customer ${deliverTo}` : 'demand';
}

export function routeTitle(plan: Plan, route: number, instance: VrpInstance): string {
  const { distance, load, type } = plan.timings[route];
  const several = vehicleTypes(instance).length > 1;
  const vehicle = several ? ` · ${vehicleName(instance, plan.types[route])}` : '';
  return `Route ${route + 1}${vehicle} · ${plan.routes[route].length} customers · load ${load} of ${type.capacity} · distance ${tidy(distance)}`;
}

/** "vehicle type 2", or "depot 2" where depots alone make the types. */
export function vehicleName(instance: VrpInstance, type: number): string {
  return instance.fleet ? `vehicle type ${type + 1}` : `depot ${type + 1}`;
}

const widths = new WeakMap<VrpInstance, number>();

/**
 * What x is multiplied by in the picture: degrees of longitude are shorter than those of latitude
 * away from the equator. Remembered.
 */
export function widthOf(instance: VrpInstance): number {
  if (!instance.geographic) return 1;
  const known = widths.get(instance);
  if (known !== undefined) return known;
  const { depot, customers } = instance;
  let sum = depot.y;
  for (const { y } of customers) sum += y;
  const degrees = sum / (customers.length + 1);
  const width = Math.max(0.1, Math.cos((degrees * Math.PI) / 180));
  widths.set(instance, width);
  return width;
}
