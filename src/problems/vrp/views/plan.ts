/** What the pictures and the table need of a plan, computed once per frame. */
import { greatCirclePieces, project, unproject } from '../../../scene/map/projection.ts';
import { groupHue, type Hue, type Point } from '../../../scene/scene.ts';
import type { Frame } from '../../views.ts';
import { vehicleTypes, type VrpInstance, type VrpSolution } from '../instance.ts';
import { isLocked } from '../locks.ts';
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
  return `Route ${route + 1}${vehicle} · ${plan.routes[route].length} customers · load ${load} of ${type.capacity} · distance ${tidy(distance)}${isLocked(instance, plan.routes[route], plan.types[route]) ? ' · locked' : ''}`;
}

/** "vehicle type 2", or "depot 2" where depots alone make the types. */
export function vehicleName(instance: VrpInstance, type: number): string {
  return instance.fleet ? `vehicle type ${type + 1}` : `depot ${type + 1}`;
}

/** Where a place lies in the picture: on the map of the world for geographic instances. */
export const pointOf = ({ geographic }: VrpInstance, { x, y }: Point): Point =>
  geographic ? project(y, x) : { x, y };

/** The place at a point of the picture. */
export function placeAt({ geographic }: VrpInstance, point: Point): Point {
  if (!geographic) return { x: point.x, y: point.y };
  const { latitude, longitude } = unproject(point);
  return { x: longitude, y: latitude };
}

/** Points one after another, x0, y0, x1, y1, … */
export const flatPoints = (points: readonly Point[]): Float64Array =>
  Float64Array.from(points.flatMap(({ x, y }) => [x, y]));

/**
 * A way through places, x0, y0, x1, y1, …: along great circles on the map, straight on the plane.
 */
export function wayThrough(instance: VrpInstance, places: readonly Point[]): Float64Array {
  if (!instance.geographic) return flatPoints(places);
  const way: number[] = [];
  places.forEach((place, i) => {
    if (i === 0) return;
    const before = places[i - 1];
    const pieces: number[] = [];
    greatCirclePieces([before.y, before.x], [place.y, place.x], EVERYWHERE, pieces);
    if (way.length === 0) way.push(pieces[0], pieces[1]);
    for (let at = 2; at < pieces.length; at += 4) way.push(pieces[at], pieces[at + 1]);
  });
  return way.length > 0
    ? Float64Array.from(way)
    : flatPoints(places.map((p) => pointOf(instance, p)));
}

const EVERYWHERE = { minX: -180, maxX: 180, minY: -1e3, maxY: 1e3 };
