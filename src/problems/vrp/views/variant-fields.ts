/** Fields and the table of what an instance may have beyond capacity and windows. */
import { fail, type Result } from '../../../core/result.ts';
import type { Field, FieldValue, Grid } from '../../views.ts';
import { readMatrixText, writeMatrixText } from '../formats/matrix-csv.ts';
import { LIMITS, type VehicleType, type VrpInstance } from '../instance.ts';
import { validate } from '../schema.ts';
import { vehiclesFirst } from '../vehicles-first.ts';
import { LIMIT, readLimit } from './limits.ts';

export function variantFields(instance: VrpInstance): Field<VrpInstance>[] {
  const without = (key: keyof VrpInstance): Record<string, unknown> =>
    Object.fromEntries(Object.entries(instance).filter(([name]) => name !== key));
  return [
    {
      id: 'open',
      label: 'Open routes',
      help: 'Routes end at their last customer; vehicles do not come back.',
      field: { type: 'boolean' },
      value: instance.open ?? false,
      set: (value) => validate({ ...instance, open: value }),
    },
    ...(instance.fleet
      ? []
      : [
          {
            id: 'fixedCost',
            label: 'Cost per vehicle',
            help: 'Added to the distance for every route.',
            field: { type: 'number', min: 0, max: LIMITS.cost },
            value: instance.fixedCost ?? 0,
            set: (value: FieldValue) => validate({ ...instance, fixedCost: value }),
          } as const,
          {
            id: 'vehiclesFirst',
            label: 'Fewest vehicles first',
            help: 'Sets a cost per vehicle above any distance: 10 vehicles and 828.94 read 1000828.94.',
            field: { type: 'boolean' },
            value: isVehiclesFirst(instance),
            set: (value: FieldValue): Result<VrpInstance> =>
              value === isVehiclesFirst(instance)
                ? { ok: true, value: instance }
                : value === true
                  ? validate(vehiclesFirst(instance))
                  : validate(without('fixedCost')),
          } as const,
        ]),
    {
      id: 'geographic',
      label: 'On the earth',
      help: 'x and y are longitude and latitude; distances are great circles in km.',
      field: { type: 'boolean' },
      value: instance.geographic ?? false,
      set: (value) => validate({ ...instance, geographic: value }),
    },
    {
      id: 'matrix',
      label: 'Distance matrix (CSV)',
      help: 'Rows are the depot, the customers, further depots; a second matrix after an empty line gives driving times. Empty to use coordinates.',
      field: { type: 'text', multiline: true, monospace: true },
      value: instance.matrix ? writeMatrixText(instance.matrix) : '',
      set(value) {
        const text = String(value);
        if (text.trim() === '') return validate(without('matrix'));
        const matrix = readMatrixText(text);
        return matrix.ok ? validate({ ...instance, matrix: matrix.value }) : matrix;
      },
    },
  ];
}

const isVehiclesFirst = (instance: VrpInstance): boolean =>
  instance.fixedCost !== undefined && instance.fixedCost === vehiclesFirst(instance).fixedCost;

const TYPE_COLUMNS = [
  {
    id: 'capacity',
    label: 'Capacity',
    field: { type: 'number', min: 1, max: LIMITS.demand, integer: true },
    width: 72,
  },
  {
    id: 'count',
    label: 'Count',
    help: 'At most so many; empty for as many as needed.',
    field: LIMIT,
    width: 64,
  },
  {
    id: 'fixed',
    label: 'Fixed cost',
    help: 'Cost of using one.',
    field: { type: 'number', min: 0, max: LIMITS.cost },
    width: 80,
  },
  {
    id: 'perDistance',
    label: 'Rate',
    help: 'Cost per unit of distance.',
    field: { type: 'number', min: 0, max: LIMITS.cost },
    width: 64,
  },
  {
    id: 'depot',
    label: 'Depot',
    help: 'Where it stands: 1 the first depot.',
    field: { type: 'number', min: 1, max: LIMITS.depots + 1, integer: true },
    width: 64,
  },
] as const;

/** Types of vehicles; empty while all are alike. */
export function fleetGrid(instance: VrpInstance): Grid<VrpInstance> {
  const { fleet = [] } = instance;
  const withFleet = (types: readonly VehicleType[]): Result<VrpInstance> => {
    const { fixedCost = 0, ...rest } = instance;
    return validate(
      types.length > 0
        ? { ...rest, fleet: types }
        : { ...rest, fleet: undefined, ...(fixedCost > 0 ? { fixedCost } : {}) },
    );
  };
  return {
    id: 'fleet',
    title: 'Fleet',
    columns: TYPE_COLUMNS,
    rows: fleet.length,
    rowLabel: (row) => `Type ${row + 1}`,
    cell(row, column) {
      const { capacity, count, fixed = 0, perDistance = 1, depot = 0 } = fleet[row];
      const cells = [capacity, count === undefined ? '' : String(count), fixed, perDistance];
      return column < cells.length ? cells[column] : depot + 1;
    },
    set(row, column, value) {
      const { id } = TYPE_COLUMNS[column];
      const change = (type: Partial<VehicleType>) =>
        withFleet(fleet.map((own, i) => (i === row ? { ...own, ...type } : own)));
      if (id === 'depot') {
        const there = 1 + (instance.depots?.length ?? 0);
        return Number(value) > there
          ? fail({
              message: `There is no depot ${String(value)}, only ${there === 1 ? 'the first' : `1 to ${there}`}; add it to the depots.`,
            })
          : change({ depot: Number(value) - 1 });
      }
      if (id !== 'count') return change({ [id]: value });
      const count = readLimit(value);
      return count.ok ? change({ count: count.value }) : count;
    },
    addRow: {
      label: 'Add vehicle type',
      apply() {
        if (fleet.length >= LIMITS.types)
          return fail({ message: `At most ${LIMITS.types} types are taken.` });
        // The first type is what all vehicles were; the next is half as large.
        const first: VehicleType = {
          capacity: instance.capacity,
          ...(instance.fixedCost ? { fixed: instance.fixedCost } : {}),
        };
        const last = fleet.at(-1);
        return withFleet(
          last
            ? [...fleet, { ...last, capacity: Math.max(1, Math.round(last.capacity / 2)) }]
            : [first],
        );
      },
    },
    removeRow: (row) => withFleet(fleet.filter((_, i) => i !== row)),
  };
}
