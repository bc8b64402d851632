/**
 * The text of Solomon (1987) and of Gehring & Homberger (1999) for time windows: a name, vehicles
 * and capacity, then one row per node, 0 the depot. Distances are taken as the DIMACS challenge
 * (2021) does: truncated to one decimal.
 */
import { fail, ok, type Result } from '../../../core/result.ts';
import { readTokens } from '../../../core/tokens.ts';
import type { InstanceFormat } from '../../family.ts';
import { featuresOf, nameFeatures } from '../features.ts';
import { cleanCustomer, LIMITS, type Customer, type VrpInstance } from '../instance.ts';
import { validate } from '../schema.ts';
import { located, nameFrom } from './common.ts';

const COLUMNS: readonly { what: string; min: number; max: number; integer?: boolean }[] = [
  { what: 'the number of a customer', min: 0, max: LIMITS.customers, integer: true },
  { what: 'an x coordinate', min: -LIMITS.coordinate, max: LIMITS.coordinate },
  { what: 'a y coordinate', min: -LIMITS.coordinate, max: LIMITS.coordinate },
  { what: 'a demand', min: 0, max: LIMITS.demand, integer: true },
  { what: 'a ready time', min: 0, max: LIMITS.time },
  { what: 'a due date', min: 0, max: LIMITS.time },
  { what: 'a service time', min: 0, max: LIMITS.time },
];

function sniff(text: string): number {
  const head = text.slice(0, 2048);
  if (!/^\s*VEHICLE\b/im.test(head)) return 0;
  return /CUST\s*NO|READY\s*TIME|DUE\s*DATE/i.test(head) ? 0.95 : 0.4;
}

function parse(text: string, fileName: string): Result<VrpInstance> {
  const reader = readTokens(text);
  const isNumber = () => /^[-+.]?\d/.test(reader.peek());
  const first = reader.place();
  if (reader.done())
    return fail({
      line: 1,
      message: 'The file is empty.',
      hint: 'A Solomon text starts with a name.',
    });
  const named = !/^VEHICLE$/i.test(reader.peek());
  const title = named ? reader.restOfLine() : '';
  const skipWords = (): number => {
    let words = 0;
    for (; !reader.done() && !isNumber(); words++) reader.next();
    return words;
  };
  const { line: headLine } = reader.place();
  if (skipWords() === 0)
    return fail({
      line: headLine,
      message: 'There is no VEHICLE heading.',
      hint: 'A Solomon text has a name, then VEHICLE, NUMBER, CAPACITY and two numbers.',
    });
  const vehicles = reader.number('the number of vehicles', {
    min: 1,
    max: LIMITS.vehicles,
    integer: true,
  });
  if (!vehicles.ok) return vehicles;
  const capacity = reader.number('the capacity', { min: 1, max: LIMITS.demand, integer: true });
  if (!capacity.ok) return capacity;
  skipWords();

  const rows: number[][] = [];
  const lines: number[] = [];
  while (!reader.done()) {
    const place = reader.place();
    if (rows.length > LIMITS.customers)
      return fail({
        ...place,
        message: `There are more than ${LIMITS.customers} customers.`,
        hint: 'The instance is too large to be opened here.',
      });
    const row: number[] = [];
    for (const { what, ...limits } of COLUMNS) {
      const value = reader.number(what, limits);
      if (!value.ok) return value;
      row.push(value.value);
    }
    if (row[0] !== rows.length)
      return fail({
        ...place,
        message: `This row is for customer ${row[0]}; ${rows.length} should come here.`,
        hint: 'Rows are numbered from 0 (the depot) without gaps.',
      });
    rows.push(row);
    lines.push(place.line);
  }
  if (rows.length < 2)
    return fail({
      line: Math.max(first.line, reader.place().line),
      message: rows.length === 0 ? 'There is no depot and no customer.' : 'There are no customers.',
      hint: 'Is the file cut off?',
    });
  const toCustomer = ([, x, y, demand, ready, due, service]: number[]): Customer =>
    cleanCustomer({ x, y, demand, ready, due, service });
  const [, x, y, demand, ready, due] = rows[0];
  if (demand !== 0)
    return fail({ line: lines[0], message: `The depot has a demand of ${demand}; it must be 0.` });
  return located(
    validate({
      name: nameFrom(title, fileName),
      capacity: capacity.value,
      vehicles: vehicles.value,
      rounding: 'truncate-1',
      depot: { x, y, ready, due },
      customers: rows.slice(1).map(toCustomer),
    }),
    (path) => lines[path[0] === 'customers' ? Number(path[1]) + 1 : 0],
  );
}

function write(instance: VrpInstance): Result<string> {
  const { depot, customers, vehicles, maxDuration } = instance;
  if (instance.rounding !== 'truncate-1')
    return fail({
      path: ['rounding'],
      message: 'Solomon text stands for distances truncated to one decimal.',
      hint: 'Change the rounding, or save it as .vrp or JSON.',
    });
  const features = featuresOf(instance);
  if (features.length > 0 || instance.matrix || instance.geographic)
    return fail({
      message: `Solomon text has no place for ${nameFeatures(features) || 'given or geographic distances'}.`,
      hint: 'Save it as .vrp or JSON.',
    });
  if (maxDuration !== undefined)
    return fail({
      path: ['maxDuration'],
      message: 'Solomon text has no place for a route duration.',
      hint: 'Save it as JSON.',
    });
  if (depot.due === undefined)
    return fail({
      path: ['depot', 'due'],
      message: 'Solomon text needs a time by which vehicles are back.',
      hint: 'Set the closing time of the depot.',
    });
  const horizon = depot.due;
  const cells = (values: readonly number[]) =>
    values.map((value, i) => String(value).padStart(i === 0 ? 5 : 10)).join(' ');
  const lines = [
    instance.name.replace(/\s+/g, ' '),
    '',
    'VEHICLE',
    'NUMBER     CAPACITY',
    // One vehicle per customer is as good as no limit.
    `${String(vehicles ?? customers.length).padStart(5)} ${String(instance.capacity).padStart(12)}`,
    '',
    'CUSTOMER',
    'CUST NO.   XCOORD.    YCOORD.    DEMAND   READY TIME   DUE DATE   SERVICE TIME',
    '',
    cells([0, depot.x, depot.y, 0, depot.ready ?? 0, horizon, 0]),
    ...customers.map(({ x, y, demand, ready = 0, due = horizon, service = 0 }, i) =>
      cells([i + 1, x, y, demand, ready, due, service]),
    ),
    '',
  ];
  return ok(lines.join('\n'));
}

export const solomon: InstanceFormat<VrpInstance> = {
  id: 'solomon',
  name: 'Solomon',
  extensions: ['txt'],
  sniff,
  parse,
  write,
};
