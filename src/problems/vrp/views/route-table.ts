/** One row per route: how full it is, how long, and how much later it could be. */
import type { DataTable } from '../../views.ts';
import { vehicleTypes, type VrpInstance } from '../instance.ts';
import { isLocked } from '../locks.ts';
import { depotOf } from '../metric.ts';
import { timeRoute, type RouteTiming } from '../route.ts';
import { planOf, routeId, tidy, vehicleName, type VrpFrame } from './plan.ts';
import { hasTimes } from './timetable.ts';

/**
 * By how much the vehicle could leave the depot later and still be in time everywhere, waiting less
 * on the way (forward time slack, Savelsbergh 1992); Infinity without limits. O(length).
 */
export function timeSlack(instance: VrpInstance, { visits, back, type }: RouteTiming): number {
  let waited = 0;
  let slack = Infinity;
  let free = visits[0]?.depart ?? 0;
  for (const { customer, depart, arrival, start, leave } of visits) {
    // Standing before leaving and waiting before the window opens both take up a delay.
    waited += depart - free + (start - arrival);
    slack = Math.min(slack, waited + (instance.customers[customer - 1].due ?? Infinity) - start);
    free = leave;
  }
  if (instance.open) return slack;
  return Math.min(slack, waited + (depotOf(instance, type.depot).due ?? Infinity) - back);
}

const COLUMNS = [
  { id: 'route', label: 'Route', numeric: true },
  { id: 'day', label: 'Day', numeric: true },
  { id: 'vehicle', label: 'Vehicle' },
  { id: 'stops', label: 'Stops', numeric: true },
  { id: 'distance', label: 'Distance', numeric: true },
  { id: 'load', label: 'Load', numeric: true },
  { id: 'free', label: 'Free', numeric: true },
  { id: 'departure', label: 'Leaves', numeric: true },
  { id: 'back', label: 'Back', numeric: true },
  { id: 'duration', label: 'Drives and serves', numeric: true },
  { id: 'waiting', label: 'Waits', numeric: true },
  { id: 'slack', label: 'Time to spare', numeric: true },
  { id: 'locked', label: 'Locked' },
] as const;

const TIMED: readonly string[] = ['departure', 'back', 'duration', 'waiting', 'slack'];

export function routeTable({ instance, solution }: VrpFrame): DataTable {
  const { inventory, locked, capacity } = instance;
  const plan = inventory ? null : planOf(instance, solution);
  const routes = plan?.routes ?? solution?.routes ?? [];
  const timings = plan?.timings ?? routes.map((route) => timeRoute(instance, route));
  const columns = COLUMNS.filter(
    ({ id }) =>
      (id !== 'day' || inventory !== undefined) &&
      (id !== 'vehicle' || vehicleTypes(instance).length > 1) &&
      (id !== 'locked' || locked !== undefined) &&
      (!TIMED.includes(id) || hasTimes(instance)),
  );
  const loadOf = (row: number): number =>
    inventory
      ? (solution?.amounts?.[row]?.reduce((sum, amount) => sum + amount, 0) ?? 0)
      : timings[row].load;
  return {
    caption: solution ? `${routes.length} routes` : 'No plan yet',
    columns,
    rows: routes.length,
    ...(inventory ? {} : { element: routeId }),
    cell(row, column) {
      const timing = timings[row];
      switch (columns[column].id) {
        case 'route':
          return row + 1;
        case 'day':
          return solution?.days?.[row] ?? '–';
        case 'vehicle':
          return plan ? vehicleName(instance, plan.types[row]) : '–';
        case 'stops':
          return routes[row].length;
        case 'distance':
          return tidy(timing.distance);
        case 'load':
          return tidy(loadOf(row));
        case 'free':
          return tidy((inventory ? capacity : timing.type.capacity) - loadOf(row));
        case 'departure':
          return tidy(timing.departure);
        case 'back':
          return tidy(timing.back);
        case 'duration':
          return tidy(timing.duration);
        case 'waiting':
          return tidy(timing.waiting);
        case 'slack': {
          const slack = timeSlack(instance, timing);
          return slack === Infinity ? '–' : tidy(slack);
        }
        case 'locked':
          return plan && isLocked(instance, routes[row], plan.types[row]) ? 'yes' : 'no';
      }
    },
  };
}
