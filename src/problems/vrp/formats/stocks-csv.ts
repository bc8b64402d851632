/**
 * Inventory routing as CSV, a row for each fact, named by its first cell; `#` begins a remark:
 *
 *     inventory routing,Two shops
 *     days,3
 *     capacity,50
 *     depot,0,0
 *     customer,3,4,10,40,0.5,8,9,12       x, y, start, most, holding, then the use of each day
 *     customer,6,8,0,30,0.2,5,5,5
 *
 * May be there too: `vehicles`, `rounding`, `shortage`, `max duration`, `fixed cost` and a number (or
 * the convention); `open routes,yes`; times behind the depot's place (opens, closes); and
 * `times,NUMBER,ready,due,service` for a customer, `-` for no limit. What forecasts are made of:
 * `past` with the features of a past day, `|`, and the use of each customer, and `coming` with the
 * features of a day to plan.
 */
import { fail, ok, type Issue, type Result } from '../../../core/result.ts';
import { numberIssue } from '../../../core/tokens.ts';
import type { InstanceFormat } from '../../family.ts';
import { featuresOf, nameFeatures } from '../features.ts';
import { LIMITS, type VrpInstance } from '../instance.ts';
import { validate } from '../schema.ts';
import { located, nameFrom } from './common.ts';

const TITLE = 'inventory routing';
/** Facts of one number, and what they are in an instance. */
const NUMBERS: Readonly<Record<string, readonly string[]>> = {
  days: ['inventory', 'days'],
  shortage: ['inventory', 'shortage'],
  capacity: ['capacity'],
  vehicles: ['vehicles'],
  'max duration': ['maxDuration'],
  'fixed cost': ['fixedCost'],
};
/** Cells of the longest row: of a past day, with its name and the bar. */
const MOST_CELLS = LIMITS.features + LIMITS.stockCustomers + 2;
const KNOWN = [...Object.keys(NUMBERS), 'rounding', 'open routes', 'depot', 'customer', 'times'];

const sniff = (text: string): number =>
  new RegExp(`^\\ufeff?\\s*${TITLE}\\s*(,|$)`, 'im').test(text.slice(0, 1024)) ? 0.98 : 0;

function parse(text: string, fileName: string): Result<VrpInstance> {
  let title: string | null = null;
  const value: Record<string, unknown> = {};
  const inventory: Record<string, unknown> = {};
  const customers: Record<string, unknown>[] = [];
  const features: number[][] = [];
  const uses: number[][] = [];
  const coming: number[][] = [];
  /** Lines by the first parts of a path. */
  const lines = new Map<string, number>();
  const issues: Issue[] = [];
  let line = 0;

  const numbers = (cells: readonly string[]): number[] =>
    cells.map((cell) => {
      const issue = numberIssue(cell, 'a number', {});
      if (issue) issues.push({ ...issue, line });
      return issue ? 0 : Number(cell);
    });
  const note = (...path: (string | number)[]) => lines.set(path.join('.'), line);
  const complain = (message: string, hint?: string) => issues.push({ line, message, hint });

  const rows: Readonly<Record<string, (cells: string[]) => void>> = {
    rounding([cell]) {
      value.rounding = cell;
      note('rounding');
    },
    'open routes'([cell]) {
      if (cell === 'yes') value.open = true;
      else if (cell !== 'no') complain('"open routes" must be yes or no.');
    },
    depot(cells) {
      if (cells.length < 2 || cells.length > 4)
        return void complain('The depot needs x and y, and may have when it opens and closes.');
      const limited = cells[3] === '-' ? cells.slice(0, 3) : cells;
      const [x, y, ready = 0, due] = numbers(limited);
      value.depot = { x, y, ready, ...(due === undefined ? {} : { due }) };
      note('depot');
    },
    customer(cells) {
      if (customers.length >= LIMITS.stockCustomers)
        return void complain(`At most ${LIMITS.stockCustomers} customers are taken.`);
      const [x, y, start, most, holding, ...use] = numbers(cells);
      note('customers', customers.length);
      if (use.length === 0)
        complain('A customer needs x, y, start, most, holding, and the use of each day.');
      customers.push({ x, y, demand: 0, stock: { start, most, holding, use } });
    },
    times(cells) {
      const [which] = numbers(cells.slice(0, 1));
      const customer = customers[which - 1] as Record<string, unknown> | undefined;
      if (!customer || cells.length !== 4)
        return void complain(
          'Times need the number of a customer above, ready, due and service.',
          'The first customer is number 1.',
        );
      const [ready, service] = numbers([cells[1], cells[3]]);
      Object.assign(customer, { ready, service });
      if (cells[2] !== '-') [customer.due] = numbers([cells[2]]);
    },
    past(cells) {
      const bar = cells.indexOf('|');
      if (bar < 1 || features.length >= LIMITS.pastDays)
        return void complain(
          `A past day needs its features, "|" and uses; at most ${LIMITS.pastDays} are taken.`,
        );
      note('inventory', 'history', features.length === 0 ? 'features' : 'uses');
      features.push(numbers(cells.slice(0, bar)));
      uses.push(numbers(cells.slice(bar + 1)));
    },
    coming(cells) {
      if (coming.length >= LIMITS.days)
        return void complain(`At most ${LIMITS.days} days are planned.`);
      note('inventory', 'history', 'coming');
      coming.push(numbers(cells));
    },
  };

  for (let from = 0; from < text.length && issues.length === 0;) {
    let to = text.indexOf('\n', from);
    if (to < 0) to = text.length;
    const row = text
      .slice(from, to)
      .replace(/^\ufeff/, '')
      .trim();
    from = to + 1;
    line++;
    if (row === '' || row.startsWith('#')) continue;
    if (title === null) {
      const comma = row.indexOf(',');
      const word = (comma < 0 ? row : row.slice(0, comma)).trim();
      if (word.toLowerCase() !== TITLE)
        return fail({ line, message: `The first row must be "${TITLE}" and a name.` });
      title = comma < 0 ? '' : row.slice(comma + 1);
      continue;
    }
    const cells = row.split(',', MOST_CELLS + 1).map((cell) => cell.trim());
    const word = cells.shift()!.toLowerCase();
    if (cells.length >= MOST_CELLS) complain('This row has too many cells.');
    else if (Object.hasOwn(NUMBERS, word)) {
      const path = NUMBERS[word];
      const [number] = numbers([cells[0] ?? '']);
      (path.length > 1 ? inventory : value)[path[path.length - 1]] = number;
      note(...path);
    } else if (Object.hasOwn(rows, word)) rows[word](cells);
    else complain(`"${word.slice(0, 30)}" is not known here.`, `Known: ${KNOWN.join(', ')}.`);
  }
  if (issues.length > 0) return fail(...issues);
  if (title === null) return fail({ line: 1, message: `There is no row "${TITLE}".` });
  if (features.length > 0 || coming.length > 0) inventory.history = { features, uses, coming };
  return located(
    validate({ ...value, name: nameFrom(title, fileName), inventory, customers }),
    (path) => {
      for (let length = path.length; length > 0; length--) {
        const known = lines.get(path.slice(0, length).join('.'));
        if (known !== undefined) return known;
      }
      return line;
    },
  );
}

function write(instance: VrpInstance): Result<string> {
  const { inventory, customers, depot } = instance;
  if (!inventory)
    return fail({
      path: ['inventory'],
      message: 'This text is for stocks over several days.',
      hint: 'Save it as .vrp or JSON.',
    });
  const features = featuresOf(instance).filter(
    (feature) => !['stocks', 'open', 'fixed-cost'].includes(feature),
  );
  if (features.length > 0 || instance.matrix || instance.geographic || instance.locked)
    return fail({
      message: `Text of stocks has no place for ${nameFeatures(features) || 'given or geographic distances, or locked routes'}.`,
      hint: 'Save it as JSON.',
    });
  const { days, shortage, history } = inventory;
  const lines: (string | number)[][] = [
    [TITLE, instance.name.replace(/\s+/g, ' ')],
    ['days', days],
    ['capacity', instance.capacity],
    ['rounding', instance.rounding],
  ];
  if (instance.vehicles !== undefined) lines.push(['vehicles', instance.vehicles]);
  if (shortage !== undefined) lines.push(['shortage', shortage]);
  if (instance.maxDuration !== undefined) lines.push(['max duration', instance.maxDuration]);
  if (instance.fixedCost !== undefined) lines.push(['fixed cost', instance.fixedCost]);
  if (instance.open) lines.push(['open routes', 'yes']);
  const opens = [depot.ready ?? 0, depot.due ?? '-'];
  const timed = depot.ready !== undefined || depot.due !== undefined;
  lines.push(['depot', depot.x, depot.y, ...(timed ? opens : [])]);
  for (const { x, y, stock } of customers)
    if (stock) lines.push(['customer', x, y, stock.start, stock.most, stock.holding, ...stock.use]);
  customers.forEach(({ ready, due, service }, i) => {
    if (ready !== undefined || due !== undefined || service !== undefined)
      lines.push(['times', i + 1, ready ?? 0, due ?? '-', service ?? 0]);
  });
  history?.features.forEach((day, i) => lines.push(['past', ...day, '|', ...history.uses[i]]));
  history?.coming.forEach((day) => lines.push(['coming', ...day]));
  return ok(`${lines.map((cells) => cells.join(',')).join('\n')}\n`);
}

export const stocksCsv: InstanceFormat<VrpInstance> = {
  id: 'stocks-csv',
  name: 'Stocks CSV',
  extensions: ['csv'],
  sniff,
  parse,
  write,
};
