/**
 * Plans as GeoJSON (RFC 7946), for maps elsewhere: a line for each route, a point for each customer
 * and depot. Coordinates are the instance's, so they are places on the earth only for geographic
 * instances; a member `crs-note` says when they are not.
 */
import { fail, type Result } from '../../../core/result.ts';
import type { SolutionFormat } from '../../family.ts';
import { readSolution } from '../check.ts';
import { cleanSolution, type VrpInstance, type VrpSolution } from '../instance.ts';
import { depotOf } from '../metric.ts';
import { timeRoute } from '../route.ts';

function write(instance: VrpInstance, solution: VrpSolution, objective: number): string {
  const { depot, depots = [], customers, open } = instance;
  const { routes, types, departures, days, amounts } = cleanSolution(solution);
  const point = ({ x, y }: { x: number; y: number }) => [x, y];
  const features = routes.map((route, r) => {
    const type = types?.[r] ?? 0;
    const timing = timeRoute(instance, route, type, departures?.[r]);
    const home = depotOf(instance, timing.type.depot);
    const stops = route.map((customer) => point(customers[customer - 1]));
    return {
      type: 'Feature',
      geometry: {
        type: 'LineString',
        coordinates: [point(home), ...stops, ...(open ? [] : [point(home)])],
      },
      properties: {
        kind: 'route',
        route: r + 1,
        type,
        customers: route,
        distance: timing.distance,
        load: amounts ? amounts[r].reduce((sum, amount) => sum + amount, 0) : timing.load,
        ...(days ? { day: days[r] } : {}),
        ...(amounts ? { amounts: amounts[r] } : {}),
        ...(departures ? { departures: departures[r] } : {}),
      },
    };
  });
  const served = new Map<number, number>();
  routes.forEach((route, r) => route.forEach((customer) => served.set(customer, r + 1)));
  const points = [
    ...[depot, ...depots].map((place, i) => ({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: point(place) },
      properties: { kind: 'depot', depot: i },
    })),
    ...customers.map((customer, i) => ({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: point(customer) },
      properties: {
        kind: 'customer',
        customer: i + 1,
        demand: customer.demand,
        route: served.get(i + 1) ?? null,
      },
    })),
  ];
  const note = instance.geographic
    ? {}
    : { 'crs-note': 'Coordinates are those of a plane, not longitudes and latitudes.' };
  return `${JSON.stringify({ type: 'FeatureCollection', ...note, objective, features: [...features, ...points] })}\n`;
}

interface Feature {
  properties?: Record<string, unknown> | null;
}

function parse(text: string, instance: VrpInstance): Result<VrpSolution> {
  const bad = (message: string) =>
    fail({
      line: 1,
      message,
      hint: 'Routes are lines with a list "customers" in their properties.',
    });
  let value: { features?: unknown } | null;
  try {
    value = JSON.parse(text) as typeof value;
  } catch {
    return bad('The text is not JSON.');
  }
  if (!Array.isArray(value?.features)) return bad('There is no list of features.');
  const routes: number[][] = [];
  const types: number[] = [];
  const days: unknown[] = [];
  const amounts: unknown[] = [];
  const departures: unknown[] = [];
  const { inventory, customers: places } = instance;
  const most = places.length * (inventory?.days ?? 1);
  let visits = 0;
  for (const feature of value.features as (Feature | null)[]) {
    const properties = feature?.properties;
    if (properties?.kind !== 'route') continue;
    const { customers, type = 0 } = properties;
    if (!Array.isArray(customers) || !customers.every(Number.isInteger))
      return bad(`Route ${routes.length + 1} has no list of customers.`);
    if (!Number.isInteger(type)) return bad(`Route ${routes.length + 1} has no vehicle type.`);
    visits += customers.length;
    if (visits > most) return bad(`The routes have more than ${most} visits.`);
    routes.push(customers as number[]);
    types.push(type as number);
    days.push(properties.day);
    amounts.push(properties.amounts);
    if (properties.departures !== undefined) departures.push(properties.departures);
  }
  // With stocks a plan may be not to drive at all.
  if (routes.length === 0 && !inventory) return bad('There is no route.');
  const read = readSolution(instance, {
    routes,
    types,
    ...(inventory ? { days, amounts } : {}),
    ...(departures.length > 0 ? { departures } : {}),
  });
  return read.ok ? read : bad(read.issues[0].message);
}

export const geojson: SolutionFormat<VrpInstance, VrpSolution> = {
  id: 'geojson',
  name: 'GeoJSON',
  extensions: ['geojson'],
  sniff: (text) => (/"FeatureCollection"/.test(text.slice(0, 4096)) ? 0.9 : 0),
  parse,
  write,
};
