/** The table tab of the editor: kind, capacities, items and what the kind adds. */
import { fail, type Result } from '../../../core/result.ts';
import type { Field, FieldType, FieldValue, Grid } from '../../views.ts';
import { convert } from '../convert.ts';
import {
  changeItem,
  copiesOf,
  dimensionsOf,
  makeItem,
  MAX_COPIES,
  MAX_NAME,
  type Instance,
  type Item,
} from '../instance.ts';
import { countsPieces, hasDimensions, isKind, kindName, KINDS, hasLosses } from '../kinds.ts';
import { amountIssue } from '../schema.ts';
import { accept, withCapacity, withItem, withoutItem } from './common.ts';
import { elementGrid, listOf, pairGrid } from './variant-grids.ts';

const AMOUNT: FieldType = { type: 'number', min: 0 };
const PLAIN = 'plain';

function setAmount(
  value: FieldValue,
  what: string,
  change: (amount: number) => Instance,
): Result<Instance> {
  const issue = amountIssue(value, what);
  return issue ? fail(issue) : accept(change(Number(value)));
}

/** The kind, and the capacity when there is one. */
export function fields(instance: Instance): Field<Instance>[] {
  const { kind } = instance;
  const list: Field<Instance>[] = [
    {
      id: 'kind',
      label: 'Kind',
      help: KINDS.find(({ id }) => id === kind)?.help ?? 'Each item up to its count.',
      field: {
        type: 'choice',
        options: [
          { value: PLAIN, label: kindName(undefined) },
          ...KINDS.map(({ id, name }) => ({ value: id, label: name })),
        ],
      },
      value: kind ?? PLAIN,
      set: (value) =>
        value === PLAIN || isKind(value)
          ? accept(convert(instance, value === PLAIN ? undefined : value))
          : fail({ message: 'The kind is not known.' }),
    },
  ];
  if (instance.capacities.length === 1 && kind !== 'multiple')
    list.push({
      id: 'capacity',
      label: kind === 'change-making' ? 'Amount' : 'Capacity',
      help: kind === 'change-making' ? 'To be paid exactly.' : 'Weight that fits.',
      field: AMOUNT,
      value: instance.capacities[0],
      set: (value) =>
        setAmount(value, 'The capacity', (amount) => withCapacity(instance, 0, amount)),
    });
  if (hasLosses(kind))
    list.push({
      id: 'gamma',
      label: 'Γ',
      help: 'How many of the items taken may pay less.',
      field: { type: 'number', min: 0, max: instance.items.length, step: 1, integer: true },
      value: instance.gamma ?? 0,
      set: (value) => accept({ ...instance, gamma: Number(value) }),
    });
  return list;
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
  const sacks = instance.kind === 'multiple';
  return accept({
    ...instance,
    capacities: instance.capacities.toSpliced(d, 1),
    items: sacks
      ? instance.items
      : instance.items.map((item) => ({ ...item, weights: item.weights.toSpliced(d, 1) })),
  });
}

function capacityGrid(instance: Instance): Grid<Instance> {
  const sacks = instance.kind === 'multiple';
  const { capacities } = instance;
  return {
    id: 'capacities',
    title: sacks ? 'Sacks' : 'Capacities',
    columns: [{ id: 'capacity', label: 'Capacity', field: AMOUNT }],
    rows: capacities.length,
    rowLabel: (row) => `${sacks ? 'S' : 'D'}${row + 1}`,
    element: (row) => `capacity:${row}`,
    cell: (row) => capacities[row],
    set: (row, _column, value) =>
      setAmount(value, 'A capacity', (amount) => withCapacity(instance, row, amount)),
    addRow: sacks
      ? {
          label: 'Add sack',
          apply: () =>
            accept({ ...instance, capacities: [...capacities, capacities.at(-1) ?? 10] }),
        }
      : { label: 'Add dimension', apply: () => addDimension(instance) },
    removeRow: (row) => removeDimension(instance, row),
  };
}

interface Column {
  id: string;
  label: string;
  help?: string;
  field: FieldType;
  value(item: Item): FieldValue;
  set(item: Item, value: FieldValue): Result<Partial<Item>>;
}

const ok = (changes: Partial<Item>): Result<Partial<Item>> => ({ ok: true, value: changes });

const amountColumn = (
  id: string,
  label: string,
  what: string,
  value: (item: Item) => number,
  changes: (item: Item, amount: number) => Partial<Item>,
  help?: string,
): Column => ({
  id,
  label,
  ...(help ? { help } : {}),
  field: AMOUNT,
  value,
  set(item, raw) {
    const issue = amountIssue(raw, what);
    return issue ? fail(issue) : ok(changes(item, Number(raw)));
  },
});

const wholeColumn = (
  id: 'count' | 'group',
  label: string,
  help: string,
  min: number,
  max: number,
  value: (item: Item) => number,
): Column => ({
  id,
  label,
  help,
  field: { type: 'number', min, max, step: 1, integer: true },
  value,
  set: (_item, raw) =>
    Number.isInteger(Number(raw)) && Number(raw) >= min && Number(raw) <= max
      ? ok({ [id]: Number(raw) })
      : fail({ message: `The ${label.toLowerCase()} must be a whole number of at least ${min}.` }),
});

/** The columns of an item that its kind has. */
function columnsOf(instance: Instance): Column[] {
  const { kind } = instance;
  const m = dimensionsOf(instance);
  const columns: Column[] = [
    {
      id: 'name',
      label: 'Name',
      field: { type: 'text', maxLength: MAX_NAME },
      value: (item) => item.name ?? '',
      set: (_item, raw) => ok({ name: String(raw).slice(0, MAX_NAME) }),
    },
  ];
  if (!countsPieces(kind))
    columns.push(
      amountColumn(
        'profit',
        'Profit',
        'A profit',
        (item) => item.profit,
        (_item, profit) => ({ profit }),
        'Gained for each copy taken.',
      ),
    );
  for (let d = 0; d < m; d++)
    columns.push(
      amountColumn(
        `weight${d + 1}`,
        kind === 'change-making' ? 'Value' : m > 1 ? `Weight ${d + 1}` : 'Weight',
        'A weight',
        (item) => item.weights[d],
        (item, weight) => ({ weights: item.weights.with(d, weight) }),
      ),
    );
  if (kind === undefined)
    columns.push(
      wholeColumn('count', 'Count', 'Copies that may be taken.', 0, MAX_COPIES, copiesOf),
    );
  if (hasLosses(kind))
    columns.push(
      amountColumn(
        'deviation',
        'Deviation',
        'A deviation',
        (item) => item.deviation ?? 0,
        (_item, deviation) => ({ deviation }),
        'How much less it may pay.',
      ),
    );
  if (kind === 'recourse')
    columns.push(
      amountColumn(
        'repair',
        'Repair',
        'The weight of a repair',
        (item) => item.repair ?? 0,
        (_item, repair) => ({ repair }),
        'Further weight for which it pays in full.',
      ),
    );
  if (kind === 'multiple-choice')
    columns.push(
      wholeColumn(
        'group',
        'Class',
        'One item of each class is taken.',
        1,
        instance.items.length,
        (item) => item.group ?? 1,
      ),
    );
  if (kind === 'set-union')
    columns.push({
      id: 'elements',
      label: 'Elements',
      help: 'Numbers of the elements it needs.',
      field: { type: 'text', maxLength: 4000 },
      value: (item) => (item.elements ?? []).join(' '),
      set: (_item, raw) => ok({ elements: listOf(String(raw)) }),
    });
  return columns;
}

function itemGrid(instance: Instance): Grid<Instance> {
  const { items, kind } = instance;
  const columns = columnsOf(instance);
  const firstWeight = columns.findIndex(({ id }) => id === 'weight1');
  return {
    id: 'items',
    title: kind === 'change-making' ? 'Coins' : 'Items',
    columns: columns.map(({ id, label, help, field }) => ({
      id,
      label,
      ...(help ? { help } : {}),
      field,
    })),
    rows: items.length,
    rowLabel: (row) => String(row + 1),
    element: (row) => `item:${row}`,
    cell: (row, column) => columns[column].value(items[row]),
    set(row, column, value) {
      const changes = columns[column].set(items[row], value);
      return changes.ok
        ? accept(withItem(instance, row, changeItem(items[row], changes.value)))
        : changes;
    },
    addRow: {
      label: kind === 'change-making' ? 'Add coin' : 'Add item',
      apply: () => accept({ ...instance, items: [...items, typicalItem(instance)] }),
    },
    removeRow: (row) => accept(withoutItem(instance, row)),
    ...(hasDimensions(kind)
      ? {
          addColumn: { label: 'Add dimension', apply: () => addDimension(instance) },
          removeColumn: {
            label: 'Remove dimension',
            apply: (column: number) =>
              columns[column]?.id.startsWith('weight')
                ? removeDimension(instance, column - firstWeight)
                : fail({ message: 'Only weights can be removed.' }),
          },
        }
      : {}),
  };
}

/** A new item like the last one, so that it lands among the others. */
function typicalItem(instance: Instance): Item {
  const last = instance.items.at(-1);
  if (last) return changeItem(last, { weights: [...last.weights], count: 1, name: '' });
  const weights = Array.from({ length: dimensionsOf(instance) }, (_, d) =>
    Math.ceil(instance.capacities[d] / 10),
  );
  return changeItem(makeItem(countsPieces(instance.kind) ? 0 : 10, weights), {
    ...(instance.kind === 'multiple-choice' ? { group: 1 } : {}),
    ...(instance.kind === 'set-union' ? { elements: [] } : {}),
    ...(hasLosses(instance.kind) ? { deviation: 0 } : {}),
    ...(instance.kind === 'recourse' ? { repair: weights[0] } : {}),
  });
}

export function grids(instance: Instance): Grid<Instance>[] {
  const list = [itemGrid(instance)];
  if (instance.kind === 'multiple' || dimensionsOf(instance) > 1)
    list.unshift(capacityGrid(instance));
  if (instance.kind === 'quadratic') list.push(pairGrid(instance));
  if (instance.kind === 'set-union') list.push(elementGrid(instance));
  return list;
}
