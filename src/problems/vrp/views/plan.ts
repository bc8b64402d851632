/** What the pictures and the table need of a plan, computed once per frame. */
import { groupHue, type Hue } from '../../../scene/scene.ts';
import type { Frame } from '../../views.ts';
import type { VrpInstance, VrpSolution } from '../instance.ts';
import { timeRoute, type RouteTiming, type Visit } from '../route.ts';

export type VrpFrame = Frame<VrpInstance, VrpSolution>;

export interface Plan {
  routes: readonly (readonly number[])[];
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
  const routes = solution.routes.filter(
    (route) => route.length > 0 && route.every((customer) => customer >= 1 && customer <= n),
  );
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
    timings: routes.map((route) => timeRoute(instance, route)),
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
export const DEPOT_ID = 'depot:0';

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
  const { demand, ready, due, service } = instance.customers[customer - 1];
  const window =
    ready === undefined && due === undefined
      ? ''
      : ` · window ${ready ?? 0}–${due === undefined ? '∞' : due}`;
  return `Customer ${customer} · demand ${demand}${window}${service ? ` · service ${service}` : ''}`;
}

export function routeTitle(plan: Plan, route: number, instance: VrpInstance): string {
  const { distance, load } = plan.timings[route];
  return `Route ${route + 1} · ${plan.routes[route].length} customers · load ${load} of ${instance.capacity} · distance ${tidy(distance)}`;
}
