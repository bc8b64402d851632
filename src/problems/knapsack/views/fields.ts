/** The table tab of the editor: capacities and items. */
import { fail, type Result } from '../../../core/result.ts';
import type { Field, FieldType, FieldValue, Grid } from '../../views.ts';
import { copiesOf, makeItem, MAX_COPIES, MAX_NAME, type Instance } from '../instance.ts';
import { amountIssue } from '../schema.ts';
import { accept, withCapacity, withItem } from './common.ts';

const AMOUNT: FieldType = { type: 'number', min: 0 };

function setAmount(
  value: FieldValue,
  what: string,
  change: (amount: number) => Instance,
): Result<Instance> {
  const issue = amountIssue(value, what);
  return issue ? fail(issue) : accept(change(Number(value)));
}

/** The capacity, when there is one. */
export function fields(instance: Instance): Field<Instance>[] {
  if (instance.capacities.length > 1) return [];
  return [
    {
      id: 'capacity',
      label: 'Capacity',
      help: 'Weight that fits.',
      field: AMOUNT,
      value: instance.capacities[0],
      set: (value) =>
        setAmount(value, 'The capacity', (amount) => withCapacity(instance, 0, amount)),
    },
  ];
}

function addDimension(instance: Instance): Result<Instance> {
  return accept({
    ...instance,
    capacities: [...instance.capacities, Math.ceil(instance.items.length / 2)],
    items: instance.items.map((item) => ({ ...item, weights: [...item.weights, 1] })),
  });
}

function removeDimension(instance: Instance, d: number): Result<Instance> {
  if (instance.capacities.length === 1)
    return fail({ message: 'The last capacity cannot be removed.' });
  return accept({
    ...instance,
    capacities: instance.capacities.toSpliced(d, 1),
    items: instance.items.map((item) => ({ ...item, weights: item.weights.toSpliced(d, 1) })),
  });
}

function capacityGrid(instance: Instance): Grid<Instance> {
  return {
    id: 'capacities',
    title: 'Capacities',
    columns: [{ id: 'capacity', label: 'Capacity', field: AMOUNT }],
    rows: instance.capacities.length,
    rowLabel: (row) => `D${row + 1}`,
    element: (row) => `capacity:${row}`,
    cell: (row) => instance.capacities[row],
    set: (row, _column, value) =>
      setAmount(value, 'A capacity', (amount) => withCapacity(instance, row, amount)),
    addRow: { label: 'Add dimension', apply: () => addDimension(instance) },
    removeRow: (row) => removeDimension(instance, row),
  };
}

function itemGrid(instance: Instance): Grid<Instance> {
  const { items, capacities } = instance;
  const m = capacities.length;
  const countColumn = 2 + m;
  return {
    id: 'items',
    title: 'Items',
    columns: [
      { id: 'name', label: 'Name', field: { type: 'text', maxLength: MAX_NAME } },
      { id: 'profit', label: 'Profit', help: 'Gained for each copy taken.', field: AMOUNT },
      ...capacities.map((_, d) => ({
        id: `weight${d + 1}`,
        label: m > 1 ? `Weight ${d + 1}` : 'Weight',
        field: AMOUNT,
      })),
      {
        id: 'count',
        label: 'Count',
        help: 'Copies that may be taken.',
        field: { type: 'number', min: 0, max: MAX_COPIES, step: 1, integer: true },
      },
    ],
    rows: items.length,
    rowLabel: (row) => String(row + 1),
    element: (row) => `item:${row}`,
    cell(row, column) {
      const item = items[row];
      if (column === 0) return item.name ?? '';
      if (column === 1) return item.profit;
      return column === countColumn ? copiesOf(item) : item.weights[column - 2];
    },
    set(row, column, value) {
      const item = items[row];
      const put = (changed: Partial<typeof item>): Instance => {
        const next = { ...item, ...changed };
        return withItem(instance, row, makeItem(next.profit, next.weights, next.count, next.name));
      };
      if (column === 0) return accept(put({ name: String(value).slice(0, MAX_NAME) }));
      if (column === 1) return setAmount(value, 'A profit', (profit) => put({ profit }));
      if (column === countColumn) {
        const count = Number(value);
        return Number.isInteger(count) && count >= 0 && count <= MAX_COPIES
          ? accept(put({ count }))
          : fail({ message: 'The count must be a whole number of at least 0.' });
      }
      return setAmount(value, 'A weight', (weight) =>
        put({ weights: item.weights.with(column - 2, weight) }),
      );
    },
    addRow: {
      label: 'Add item',
      apply: () =>
        accept({
          ...instance,
          items: [...items, makeItem(...typicalItem(instance))],
        }),
    },
    removeRow: (row) => accept({ ...instance, items: items.toSpliced(row, 1) }),
    addColumn: { label: 'Add dimension', apply: () => addDimension(instance) },
    removeColumn: {
      label: 'Remove dimension',
      apply: (column) =>
        column >= 2 && column < countColumn
          ? removeDimension(instance, column - 2)
          : fail({ message: 'Only weights can be removed.' }),
    },
  };
}

/** A new item like the last one, so that it lands among the others. */
function typicalItem(instance: Instance): [profit: number, weights: number[]] {
  const last = instance.items.at(-1);
  return last
    ? [last.profit, [...last.weights]]
    : [10, instance.capacities.map((c) => Math.ceil(c / 10))];
}

export const grids = (instance: Instance): Grid<Instance>[] =>
  instance.capacities.length > 1
    ? [capacityGrid(instance), itemGrid(instance)]
    : [itemGrid(instance)];
