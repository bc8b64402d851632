import type { DataTable } from '../../views.ts';
import { customerId, planOf, tidy, visitOf, type VrpFrame } from './plan.ts';
import { hasTimes } from './timetable.ts';

const COLUMNS = [
  { id: 'customer', label: 'Customer', numeric: true },
  { id: 'route', label: 'Route', numeric: true },
  { id: 'stop', label: 'Stop', numeric: true },
  { id: 'demand', label: 'Demand', numeric: true },
  { id: 'load', label: 'Load so far', numeric: true },
  { id: 'arrival', label: 'Arrives', numeric: true },
  { id: 'start', label: 'Served from', numeric: true },
  { id: 'leave', label: 'Leaves', numeric: true },
  { id: 'window', label: 'Window' },
] as const;

/** Columns that need times. */
const TIMED: readonly string[] = ['arrival', 'start', 'leave', 'window'];

/** One row per customer. */
export function table(frame: VrpFrame): DataTable {
  const { instance } = frame;
  const { customers } = instance;
  const plan = planOf(instance, frame.solution);
  const columns = COLUMNS.filter(({ id }) => hasTimes(instance) || !TIMED.includes(id));
  const loads = new Float64Array(customers.length + 1);
  for (const route of plan?.routes ?? []) {
    let load = 0;
    for (const customer of route) {
      load += customers[customer - 1].demand;
      loads[customer] = load;
    }
  }
  return {
    caption: plan
      ? `${customers.length} customers on ${plan.routes.length} routes`
      : `${customers.length} customers, no plan yet`,
    columns,
    rows: customers.length,
    element: (row) => customerId(row + 1),
    cell(row, column) {
      const customer = row + 1;
      const { demand, ready, due } = customers[row];
      const visit = plan && visitOf(plan, customer);
      switch (columns[column].id) {
        case 'customer':
          return customer;
        case 'route':
          return plan && visit ? plan.routeOf[customer] + 1 : '–';
        case 'stop':
          return plan && visit ? plan.position[customer] + 1 : '–';
        case 'demand':
          return demand;
        case 'load':
          return visit ? loads[customer] : '–';
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
