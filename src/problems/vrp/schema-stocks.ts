/** Validation of stocks over several days. */
import { LIMITS, type Customer } from './instance.ts';
import { AMOUNT, COST, type NumberRule } from './rules.ts';
import type { History, Inventory, Stock } from './stocks.ts';

export type Path = readonly (string | number)[];
export type ReportIssue = (path: Path, message: string, hint?: string) => void;
type ReadNumber = (path: Path, raw: unknown, rule: NumberRule) => number;

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const FEATURE: NumberRule = { min: -1e9, max: 1e9 };
/** What an instance with stocks cannot have as well. */
const APART = ['depots', 'fleet'] as const;

/**
 * Reads `inventory` and gives each customer its stock; undefined when the instance has none. Sizes
 * are capped before anything is copied.
 */
export function readInventory(
  value: Record<string, unknown>,
  customers: Customer[],
  stocks: readonly unknown[],
  report: ReportIssue,
  number: ReadNumber,
): Inventory | undefined {
  const raw = value.inventory;
  if (raw === undefined || raw === null) {
    stocks.forEach((stock, i) => {
      if (stock !== undefined && stock !== null)
        report(['customers', i, 'stock'], 'Stocks need "inventory" with the number of days.');
    });
    return undefined;
  }
  if (!isRecord(raw)) {
    report(['inventory'], 'This must be an object with "days".');
    return undefined;
  }
  for (const key of Object.keys(raw))
    if (!['days', 'shortage', 'history'].includes(key))
      report(['inventory', key], `"${key.slice(0, 30)}" is not known here.`);
  const days = number(['inventory', 'days'], raw.days, { min: 1, max: LIMITS.days, integer: true });
  if (days < 1) return undefined;
  if (customers.length > LIMITS.stockCustomers) {
    report(
      ['customers'],
      `With stocks at most ${LIMITS.stockCustomers} customers are taken; there are ${customers.length}.`,
    );
    return undefined;
  }
  for (const key of APART)
    if (Array.isArray(value[key]) && value[key].length > 0)
      report([key], `Stocks over several days go with one depot and vehicles that are alike.`);
  customers.forEach((customer, i) => readStock(customer, i, stocks[i], days, report, number));
  const history = readHistory(raw.history, days, customers.length, report);
  const shortage =
    raw.shortage === undefined || raw.shortage === null
      ? undefined
      : number(['inventory', 'shortage'], raw.shortage, COST);
  return {
    days,
    ...(shortage === undefined ? {} : { shortage }),
    ...(history ? { history } : {}),
  };
}

function readStock(
  customer: Customer,
  i: number,
  raw: unknown,
  days: number,
  report: ReportIssue,
  number: ReadNumber,
): void {
  const path = ['customers', i, 'stock'];
  const { demand, prize, backhaul, deliverTo, known } = customer;
  if (demand !== 0)
    report(['customers', i, 'demand'], 'With stocks, use is given by day; the demand must be 0.');
  if (prize !== undefined || backhaul || deliverTo || known)
    report(
      ['customers', i],
      'With stocks, a customer has no prize, backhaul, delivery for another or time of request.',
    );
  if (!isRecord(raw)) {
    report(
      path,
      'Every customer needs a stock.',
      'E.g. {"start": 5, "most": 20, "holding": 0.1, "use": [4, 6]}.',
    );
    return;
  }
  for (const key of Object.keys(raw))
    if (!['start', 'most', 'holding', 'use'].includes(key))
      report([...path, key], `"${key.slice(0, 30)}" is not known here.`);
  const { use } = raw;
  if (!Array.isArray(use) || use.length !== days)
    return report([...path, 'use'], `"use" must have a number for each of the ${days} days.`);
  const stock: Stock = {
    start: number([...path, 'start'], raw.start, AMOUNT),
    most: number([...path, 'most'], raw.most, AMOUNT),
    holding: number([...path, 'holding'], raw.holding, COST),
    use: use.map((used: unknown, day) => number([...path, 'use', day], used, AMOUNT)),
  };
  if (stock.start > stock.most)
    report([...path, 'start'], `${stock.start} are more than the store takes (${stock.most}).`);
  customer.stock = stock;
}

function readHistory(
  raw: unknown,
  days: number,
  customers: number,
  report: ReportIssue,
): History | undefined {
  if (raw === undefined || raw === null) return undefined;
  const path = ['inventory', 'history'];
  if (!isRecord(raw)) {
    report(path, 'This must be an object with "features", "uses" and "coming".');
    return undefined;
  }
  const { features, uses, coming } = raw;
  if (!Array.isArray(features) || features.length === 0 || features.length > LIMITS.pastDays) {
    report([...path, 'features'], `There must be 1 to ${LIMITS.pastDays} past days.`);
    return undefined;
  }
  const width = Array.isArray(features[0]) ? features[0].length : 0;
  if (width < 1 || width > LIMITS.features) {
    report([...path, 'features', 0], `A day must have 1 to ${LIMITS.features} features.`);
    return undefined;
  }
  const read = (key: string, rows: unknown, count: number, size: number, rule: NumberRule) => {
    const fits =
      Array.isArray(rows) &&
      rows.length === count &&
      rows.every(
        (row: unknown) =>
          Array.isArray(row) &&
          row.length === size &&
          row.every((cell) => typeof cell === 'number' && cell >= rule.min && cell <= rule.max),
      );
    if (!fits)
      report([...path, key], `"${key}" must be ${count} rows of ${size} numbers from ${rule.min}.`);
    return fits ? (rows as number[][]).map((row) => row.map((cell) => cell || 0)) : [];
  };
  return {
    features: read('features', features, features.length, width, FEATURE),
    uses: read('uses', uses, features.length, customers, AMOUNT),
    coming: read('coming', coming, days, width, FEATURE),
  };
}
