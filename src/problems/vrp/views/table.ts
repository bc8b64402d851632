import type { DataTable } from '../../views.ts';
import { isDynamic, vehicleTypes } from '../instance.ts';
import { goesUpAndDown } from './loads.ts';
import { customerId, planOf, tidy, vehicleName, visitOf, type VrpFrame } from './plan.ts';
import { hasTimes } from './timetable.ts';

const COLUMNS = [
  { id: 'customer', label: 'Customer', numeric: true },
  { id: 'route', label: 'Route', numeric: true },
  { id: 'vehicle', label: 'Vehicle' },
  { id: 'stop', label: 'Stop', numeric: true },
  { id: 'demand', label: 'Demand', numeric: true },
  { id: 'load', label: 'Load so far', numeric: true },
  { id: 'known', label: 'Known from', numeric: true },
  { id: 'depart', label: 'Left for', numeric: true },
  { id: 'arrival', label: 'Arrives', numeric: true },
  { id: 'start', label: 'Served from', numeric: true },
  { id: 'leave', label: 'Leaves', numeric: true },
  { id: 'window', label: 'Window' },
  { id: 'prize', label: 'Prize', numeric: true },
] as const;

/** Columns that need times. */
const TIMED: readonly string[] = ['depart', 'arrival', 'start', 'leave', 'window'];

/** One row per customer. */
export function table(frame: VrpFrame): DataTable {
  const { instance } = frame;
  const { customers } = instance;
  const plan = planOf(instance, frame.solution);
  const profile = goesUpAndDown(instance);
  const columns = COLUMNS.filter(
    ({ id }) =>
      (hasTimes(instance) || !TIMED.includes(id)) &&
      (id !== 'vehicle' || vehicleTypes(instance).length > 1) &&
      ((id !== 'known' && id !== 'depart') || isDynamic(instance)) &&
      (id !== 'prize' || customers.some(({ prize }) => prize !== undefined)),
  ).map((column) =>
    column.id === 'load' && profile ? { ...column, label: 'On board after' } : column,
  );
  const loads = new Float64Array(customers.length + 1);
  plan?.routes.forEach((route, r) => {
    let load = 0;
    route.forEach((customer, p) => {
      load += customers[customer - 1].demand;
      loads[customer] = profile ? plan.timings[r].visits[p].load : load;
    });
  });
  return {
    caption: plan
      ? `${customers.length} customers on ${plan.routes.length} routes`
      : `${customers.length} customers, no plan yet`,
    columns,
    rows: customers.length,
    element: (row) => customerId(row + 1),
    cell(row, column) {
      const customer = row + 1;
      const { demand, ready, due, prize, known = 0 } = customers[row];
      const visit = plan && visitOf(plan, customer);
      switch (columns[column].id) {
        case 'customer':
          return customer;
        case 'route':
          return plan && visit ? plan.routeOf[customer] + 1 : '–';
        case 'vehicle':
          return plan && visit ? vehicleName(instance, plan.types[plan.routeOf[customer]]) : '–';
        case 'prize':
          return prize ?? '–';
        case 'stop':
          return plan && visit ? plan.position[customer] + 1 : '–';
        case 'demand':
          return demand;
        case 'load':
          return visit ? loads[customer] : '–';
        case 'known':
          return tidy(known);
        case 'depart':
          return visit ? tidy(visit.depart) : '–';
        case 'arrival':
          return visit ? tidy(visit.arrival) : '–';
        case 'start':
          return visit ? tidy(visit.start) : '–';
        case 'leave':
          return visit ? tidy(visit.leave) : '–';
        case 'window':
          return ready === undefined && due === undefined ? '–' : `${ready ?? 0}–${due ?? '∞'}`;
      }
    },
  };
}
