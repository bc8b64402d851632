/** The instance as fields and tables. */
import { fail, type Result } from '../../../core/result.ts';
import type { Field, FieldType, FieldValue, Grid } from '../../views.ts';
import { LIMITS, type Customer, type Rounding, type VrpInstance } from '../instance.ts';
import { validate } from '../schema.ts';
import { addCustomer, extentOf, removeCustomer, withCustomer } from './edits.ts';
import { customerId, DEPOT_ID } from './plan.ts';

const COORDINATE: FieldType = {
  type: 'number',
  min: -LIMITS.coordinate,
  max: LIMITS.coordinate,
};
const TIME: FieldType = { type: 'number', min: 0, max: LIMITS.time };
const DEMAND: FieldType = { type: 'number', min: 0, max: LIMITS.demand, integer: true };
/** Text, as it may be empty. */
const LIMIT: FieldType = { type: 'text', maxLength: 16 };

/** A time limit from its text; empty is none. */
function readLimit(value: FieldValue): Result<number | undefined> {
  const text = String(value).trim();
  if (text === '') return { ok: true, value: undefined };
  const limit = Number(text);
  return Number.isFinite(limit)
    ? { ok: true, value: limit }
    : fail({ message: `"${text.slice(0, 20)}" is not a time.`, hint: 'Leave it empty for none.' });
}

export function fields(instance: VrpInstance): Field<VrpInstance>[] {
  return [
    {
      id: 'capacity',
      label: 'Capacity',
      help: 'Units one vehicle carries.',
      field: { type: 'number', min: 1, max: LIMITS.demand, integer: true },
      value: instance.capacity,
      set: (value) => validate({ ...instance, capacity: value }),
    },
    {
      id: 'vehicles',
      label: 'Vehicles',
      help: 'At most so many routes; 0 for as many as needed.',
      field: { type: 'number', min: 0, max: LIMITS.vehicles, integer: true },
      value: instance.vehicles ?? 0,
      set: (value) => validate({ ...instance, vehicles: value === 0 ? undefined : value }),
    },
    {
      id: 'rounding',
      label: 'Distances',
      help: 'How Euclidean distances are rounded; published values hold for one convention.',
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
    },
    {
      id: 'maxDuration',
      label: 'Route duration',
      help: 'Most driving and service time of a route, waiting not counted; 0 for no limit.',
      field: TIME,
      value: instance.maxDuration ?? 0,
      set: (value) => validate({ ...instance, maxDuration: value === 0 ? undefined : value }),
    },
  ];
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
      if (key === 'due') return value === undefined ? '' : String(value);
      return value ?? 0;
    },
    set(row, column, value) {
      const key: keyof Customer = CUSTOMER_COLUMNS[column].id;
      if (key !== 'due') return withCustomer(instance, row, { [key]: value as number });
      const due = readLimit(value);
      return due.ok ? withCustomer(instance, row, { due: due.value }) : due;
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
  const { depot } = instance;
  const set = (change: Record<string, unknown>) =>
    validate({ ...instance, depot: { ...depot, ...change } });
  return {
    id: 'depot',
    title: 'Depot',
    columns: DEPOT_COLUMNS,
    rows: 1,
    rowLabel: () => 'Depot',
    element: () => DEPOT_ID,
    cell(_row, column) {
      const key = DEPOT_COLUMNS[column].id;
      if (key === 'due') return depot.due === undefined ? '' : String(depot.due);
      return depot[key] ?? 0;
    },
    set(_row, column, value) {
      const key = DEPOT_COLUMNS[column].id;
      if (key !== 'due') return set({ [key]: value });
      const due = readLimit(value);
      return due.ok ? set({ due: due.value }) : due;
    },
  };
}

export const grids = (instance: VrpInstance): Grid<VrpInstance>[] => [
  depotGrid(instance),
  customerGrid(instance),
];
