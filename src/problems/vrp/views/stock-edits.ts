/** Changes of stocks over days, and their fields and table. */
import type { Result } from '../../../core/result.ts';
import type { Field, Grid } from '../../views.ts';
import { LIMITS, type Customer, type VrpInstance } from '../instance.ts';
import { validate } from '../schema.ts';
import type { History, Stock } from '../stocks.ts';
import { LIMIT, readLimit } from './limits.ts';
import { customerId } from './plan.ts';

const NO_STOCK: Stock = { start: 0, most: 0, holding: 0, use: [] };
/** Days of an instance that gets stocks. */
const USUAL_DAYS = 5;

/** A list of another length: cut, or gone through again. */
const stretched = <T>(list: readonly T[], length: number): T[] =>
  Array.from({ length }, (_, i) => list[i % list.length]);

/** With stocks: the demand is used every day, and three days of it are in store at most. */
function withStocks(instance: VrpInstance): Result<VrpInstance> {
  const customers = instance.customers.map(
    ({ demand, prize: _p, backhaul: _b, deliverTo: _d, known: _k, ...rest }): Customer => ({
      ...rest,
      demand: 0,
      stock: {
        start: demand,
        most: 3 * demand,
        holding: 0.1,
        use: Array.from({ length: USUAL_DAYS }, () => demand),
      },
    }),
  );
  return validate({ ...instance, inventory: { days: USUAL_DAYS, shortage: 5 }, customers });
}

/** Without: the demand is the first day's use, rounded. */
function withoutStocks(instance: VrpInstance): Result<VrpInstance> {
  return validate({
    ...instance,
    inventory: undefined,
    customers: instance.customers.map(({ stock, ...rest }) => ({
      ...rest,
      demand: Math.min(instance.capacity, Math.round(stock?.use[0] ?? 0)),
    })),
  });
}

function withDays(instance: VrpInstance, days: number): Result<VrpInstance> {
  const { inventory, customers } = instance;
  if (!inventory || !(days >= 1 && days <= LIMITS.days))
    return validate({ ...instance, inventory: { ...inventory, days } });
  const { history } = inventory;
  return validate({
    ...instance,
    inventory: {
      ...inventory,
      days,
      ...(history ? { history: { ...history, coming: stretched(history.coming, days) } } : {}),
    },
    customers: customers.map(({ stock = NO_STOCK, ...rest }) => ({
      ...rest,
      stock: { ...stock, use: stretched(stock.use, days) },
    })),
  });
}

/** The parts of an instance with stocks that a new customer, like the first, brings. */
export function withNewStock(instance: VrpInstance, customer: Customer): VrpInstance {
  const { inventory, customers } = instance;
  if (!inventory) return { ...instance, customers: [...customers, customer] };
  return {
    ...instance,
    inventory: withUses(inventory, (row) => [...row, row[0]]),
    customers: [...customers, { ...customer, demand: 0, stock: customers[0].stock }],
  };
}

/** The inventory without a customer's past. */
export const withoutUses = (inventory: VrpInstance['inventory'], customer: number) =>
  inventory && withUses(inventory, (row) => row.filter((_, i) => i !== customer - 1));

function withUses(
  inventory: NonNullable<VrpInstance['inventory']>,
  change: (row: number[]) => number[],
): NonNullable<VrpInstance['inventory']> {
  const { history } = inventory;
  if (!history) return inventory;
  const changed: History = { ...history, uses: history.uses.map(change) };
  return { ...inventory, history: changed };
}

export function stockFields(instance: VrpInstance): Field<VrpInstance>[] {
  const { inventory } = instance;
  const onOff: Field<VrpInstance> = {
    id: 'inventory',
    label: 'Stocks over days',
    help: 'Customers use something every day; whom to visit when, and with how much, is the plan.',
    field: { type: 'boolean' },
    value: inventory !== undefined,
    set: (value) =>
      value === (inventory !== undefined)
        ? { ok: true, value: instance }
        : value === true
          ? withStocks(instance)
          : withoutStocks(instance),
  };
  if (!inventory) return [onOff];
  return [
    onOff,
    {
      id: 'days',
      label: 'Days',
      help: 'Days to plan.',
      field: { type: 'number', min: 1, max: LIMITS.days, integer: true },
      value: inventory.days,
      set: (value) => withDays(instance, Number(value)),
    },
    {
      id: 'shortage',
      label: 'Shortage cost',
      help: 'Of a unit that is wanted and not there; empty where nothing may lack.',
      field: LIMIT,
      value: inventory.shortage === undefined ? '' : String(inventory.shortage),
      set(value) {
        const cost = readLimit(value);
        return cost.ok
          ? validate({ ...instance, inventory: { ...inventory, shortage: cost.value } })
          : cost;
      },
    },
  ];
}

/** One row per customer: its store, and what it uses day by day. */
export function stockGrid(instance: VrpInstance): Grid<VrpInstance> | null {
  const { inventory, customers } = instance;
  if (!inventory) return null;
  const amount = { type: 'number', min: 0, max: LIMITS.demand } as const;
  return {
    id: 'stocks',
    title: 'Stocks',
    columns: [
      {
        id: 'start',
        label: 'Start',
        help: 'In store before the first day.',
        field: amount,
        width: 64,
      },
      { id: 'most', label: 'Most', help: 'Most in store.', field: amount, width: 64 },
      {
        id: 'holding',
        label: 'Holding',
        help: 'Cost of a unit in store at the end of a day.',
        field: { type: 'number', min: 0, max: LIMITS.cost },
        width: 64,
      },
      ...Array.from({ length: inventory.days }, (_, day) => ({
        id: `use${day + 1}`,
        label: `Day ${day + 1}`,
        help: `Use on day ${day + 1}, after the delivery.`,
        field: amount,
        width: 56,
      })),
    ],
    rows: customers.length,
    rowLabel: (row) => String(row + 1),
    element: (row) => customerId(row + 1),
    cell(row, column) {
      const { start, most, holding, use } = customers[row].stock ?? NO_STOCK;
      return [start, most, holding, ...use][column];
    },
    set(row, column, value) {
      const { stock = NO_STOCK } = customers[row];
      const number = value as number;
      const keys = ['start', 'most', 'holding'] as const;
      const changed: Stock =
        column < keys.length
          ? { ...stock, [keys[column]]: number }
          : { ...stock, use: stock.use.map((used, i) => (i === column - 3 ? number : used)) };
      return validate({
        ...instance,
        customers: customers.map((customer, i) =>
          i === row ? { ...customer, stock: changed } : customer,
        ),
      });
    },
  };
}
