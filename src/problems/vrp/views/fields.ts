/** The instance as fields and tables. */
import { fail } from '../../../core/result.ts';
import type { Field, FieldType, Grid } from '../../views.ts';
import { LIMITS, type Customer, type Rounding, type VrpInstance } from '../instance.ts';
import { validate } from '../schema.ts';
import {
  addCustomer,
  addDepot,
  extentOf,
  removeCustomer,
  removeDepot,
  withCustomer,
} from './edits.ts';
import { LIMIT, readLimit } from './limits.ts';
import { fleetGrid, variantFields } from './variant-fields.ts';
import { customerId, depotId } from './plan.ts';
import { stockFields, stockGrid } from './stock-edits.ts';

const COORDINATE: FieldType = {
  type: 'number',
  min: -LIMITS.coordinate,
  max: LIMITS.coordinate,
};
const TIME: FieldType = { type: 'number', min: 0, max: LIMITS.time };
const DEMAND: FieldType = { type: 'number', min: 0, max: LIMITS.demand, integer: true };
export function fields(instance: VrpInstance): Field<VrpInstance>[] {
  return [
    ...(instance.fleet ? [] : [capacityField(instance)]),
    {
      id: 'vehicles',
      label: 'Vehicles',
      help: 'At most so many routes; 0 for as many as needed.',
      field: { type: 'number', min: 0, max: LIMITS.vehicles, integer: true },
      value: instance.vehicles ?? 0,
      set: (value) => validate({ ...instance, vehicles: value === 0 ? undefined : value }),
    },
    ...(instance.matrix ? [] : [roundingField(instance)]),
    {
      id: 'maxDuration',
      label: 'Route duration',
      help: 'Most driving and service time of a route, waiting not counted; 0 for no limit.',
      field: TIME,
      value: instance.maxDuration ?? 0,
      set: (value) => validate({ ...instance, maxDuration: value === 0 ? undefined : value }),
    },
    ...variantFields(instance),
    ...stockFields(instance),
  ];
}

function capacityField(instance: VrpInstance): Field<VrpInstance> {
  return {
    id: 'capacity',
    label: 'Capacity',
    help: 'Units one vehicle carries.',
    field: { type: 'number', min: 1, max: LIMITS.demand, integer: true },
    value: instance.capacity,
    set: (value) => validate({ ...instance, capacity: value }),
  };
}

function roundingField(instance: VrpInstance): Field<VrpInstance> {
  return {
    id: 'rounding',
    label: 'Distances',
    help: 'How distances are rounded; published values hold for one convention.',
    field: {
      type: 'choice',
      options: [
        { value: 'nint', label: 'Nearest integer (TSPLIB)' },
        { value: 'none', label: 'Not rounded' },
        { value: 'truncate-1', label: 'Cut to one decimal (DIMACS)' },
      ],
    },
    value: instance.rounding,
    set: (value) => validate({ ...instance, rounding: value as Rounding }),
  };
}

const CUSTOMER_COLUMNS = [
  { id: 'x', label: 'x', field: COORDINATE, width: 64 },
  { id: 'y', label: 'y', field: COORDINATE, width: 64 },
  { id: 'demand', label: 'Demand', help: 'Units of capacity.', field: DEMAND, width: 64 },
  {
    id: 'ready',
    label: 'Ready',
    help: 'Service starts no earlier; the vehicle waits.',
    field: TIME,
    width: 64,
  },
  {
    id: 'due',
    label: 'Due',
    help: 'Service starts no later; empty for no limit.',
    field: LIMIT,
    width: 64,
  },
  { id: 'service', label: 'Service', help: 'Time at the customer.', field: TIME, width: 64 },
  {
    id: 'prize',
    label: 'Prize',
    help: 'The customer may be left out for the loss of this; empty where it must be served.',
    field: LIMIT,
    width: 64,
  },
  {
    id: 'backhaul',
    label: 'Backhaul',
    help: 'The demand is picked up, after all deliveries of the route.',
    field: { type: 'boolean' },
    width: 72,
  },
  {
    id: 'deliverTo',
    label: 'Deliver to',
    help: 'The demand is picked up here for this customer; 0 for none.',
    field: { type: 'number', min: 0, max: LIMITS.customers, integer: true },
    width: 72,
  },
  {
    id: 'known',
    label: 'Known from',
    help: 'The request becomes known then, and no vehicle leaves for it before; 0 for in advance.',
    field: TIME,
    width: 80,
  },
] as const;

function customerGrid(instance: VrpInstance): Grid<VrpInstance> {
  const { customers } = instance;
  return {
    id: 'customers',
    title: 'Customers',
    columns: CUSTOMER_COLUMNS,
    rows: customers.length,
    rowLabel: (row) => String(row + 1),
    element: (row) => customerId(row + 1),
    cell(row, column) {
      const key = CUSTOMER_COLUMNS[column].id;
      const value = customers[row][key];
      if (key === 'backhaul') return value === true;
      if (key === 'due' || key === 'prize') return value === undefined ? '' : String(value);
      return typeof value === 'number' ? value : 0;
    },
    set(row, column, value) {
      const key: keyof Customer = CUSTOMER_COLUMNS[column].id;
      if (key === 'backhaul')
        return withCustomer(instance, row, { backhaul: value === true ? true : undefined });
      if (key === 'deliverTo')
        return withCustomer(instance, row, { deliverTo: value === 0 ? undefined : Number(value) });
      if (key !== 'due' && key !== 'prize')
        return withCustomer(instance, row, { [key]: value as number });
      const limit = readLimit(value);
      return limit.ok ? withCustomer(instance, row, { [key]: limit.value }) : limit;
    },
    addRow: {
      label: 'Add customer',
      apply() {
        const extent = extentOf(instance);
        // Spread around the depot, so that new ones do not hide one another.
        const turn = customers.length % 8;
        const [dx, dy] = [
          [1, 0],
          [1, 1],
          [0, 1],
          [-1, 1],
          [-1, 0],
          [-1, -1],
          [0, -1],
          [1, -1],
        ][turn];
        const { x, y } = instance.depot;
        return addCustomer(instance, x + (dx * extent) / 4, y + (dy * extent) / 4);
      },
    },
    removeRow: (row) => removeCustomer(instance, row + 1),
  };
}

const DEPOT_COLUMNS = [
  { id: 'x', label: 'x', field: COORDINATE, width: 64 },
  { id: 'y', label: 'y', field: COORDINATE, width: 64 },
  { id: 'ready', label: 'Opens', help: 'Vehicles leave no earlier.', field: TIME, width: 64 },
  {
    id: 'due',
    label: 'Closes',
    help: 'Vehicles are back by then; empty for no limit.',
    field: LIMIT,
    width: 64,
  },
] as const;

function depotGrid(instance: VrpInstance): Grid<VrpInstance> {
  const { depots = [] } = instance;
  const places = [instance.depot, ...depots];
  const set = (row: number, change: Record<string, unknown>) =>
    validate(
      row === 0
        ? { ...instance, depot: { ...places[0], ...change } }
        : {
            ...instance,
            depots: depots.map((depot, i) => (i === row - 1 ? { ...depot, ...change } : depot)),
          },
    );
  return {
    id: 'depot',
    title: depots.length > 0 ? 'Depots' : 'Depot',
    columns: DEPOT_COLUMNS,
    rows: places.length,
    rowLabel: (row) => (depots.length > 0 ? `Depot ${row + 1}` : 'Depot'),
    element: depotId,
    cell(row, column) {
      const key = DEPOT_COLUMNS[column].id;
      const value = places[row][key];
      if (key === 'due') return value === undefined ? '' : String(value);
      return value ?? 0;
    },
    set(row, column, value) {
      const key = DEPOT_COLUMNS[column].id;
      if (key !== 'due') return set(row, { [key]: value });
      const due = readLimit(value);
      return due.ok ? set(row, { due: due.value }) : due;
    },
    addRow: { label: 'Add depot', apply: () => addDepot(instance) },
    removeRow: (row) =>
      row === 0
        ? fail({ message: 'The first depot stays.', hint: 'Move it instead.' })
        : removeDepot(instance, row),
  };
}

export function grids(instance: VrpInstance): Grid<VrpInstance>[] {
  const stocks = stockGrid(instance);
  return [
    depotGrid(instance),
    customerGrid(instance),
    ...(stocks ? [stocks] : [fleetGrid(instance)]),
  ];
}
