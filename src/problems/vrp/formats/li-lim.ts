/**
 * The text of Li & Lim (2001) for pick-up and delivery with time windows: vehicles, capacity and
 * speed, then a row per node with the numbers of the task picked up for it and delivered from it.
 * Distances are not rounded, and published values count vehicles first.
 */
import { fail, ok, type Result } from '../../../core/result.ts';
import { readTokens } from '../../../core/tokens.ts';
import type { InstanceFormat } from '../../family.ts';
import { cleanCustomer, LIMITS, type Customer, type VrpInstance } from '../instance.ts';
import { validate } from '../schema.ts';
import { vehiclesFirst } from '../vehicles-first.ts';
import { located, nameFrom } from './common.ts';

const TASK = { min: 0, max: LIMITS.customers, integer: true };
const COORDINATE = { min: -LIMITS.coordinate, max: LIMITS.coordinate };
const TIME = { min: 0, max: LIMITS.time };
const COLUMNS = [
  { what: 'the number of a task', ...TASK },
  { what: 'an x coordinate', ...COORDINATE },
  { what: 'a y coordinate', ...COORDINATE },
  { what: 'a demand', min: -LIMITS.demand, max: LIMITS.demand, integer: true },
  { what: 'a ready time', ...TIME },
  { what: 'a due date', ...TIME },
  { what: 'a service time', ...TIME },
  { what: 'the number of a pick-up', ...TASK },
  { what: 'the number of a delivery', ...TASK },
] as const;

const numbersOf = (line: string | undefined): number =>
  line !== undefined && /^[-+\d.\seE]+$/.test(line) ? line.trim().split(/\s+/).length : 0;

function sniff(text: string): number {
  const lines = text
    .slice(0, 4096)
    .split('\n')
    .filter((line) => line.trim() !== '');
  return numbersOf(lines[0]) === 3 && numbersOf(lines[1]) === 9 && numbersOf(lines[2]) === 9
    ? 0.95
    : 0;
}

function parse(text: string, fileName: string): Result<VrpInstance> {
  const reader = readTokens(text);
  const vehicles = reader.number('the number of vehicles', {
    min: 1,
    max: LIMITS.vehicles,
    integer: true,
  });
  if (!vehicles.ok) return vehicles;
  const capacity = reader.number('the capacity', { min: 1, max: LIMITS.demand, integer: true });
  if (!capacity.ok) return capacity;
  const speedPlace = reader.place();
  const speed = reader.number('the speed', { min: 0 });
  if (!speed.ok) return speed;
  if (speed.value !== 1)
    return fail({
      ...speedPlace,
      message: `A speed of ${speed.value} is not supported.`,
      hint: 'Scale the coordinates so that the speed is 1.',
    });
  const rows: number[][] = [];
  const lines: number[] = [];
  while (!reader.done()) {
    const place = reader.place();
    if (rows.length > LIMITS.customers)
      return fail({ ...place, message: `There are more than ${LIMITS.customers} tasks.` });
    const row: number[] = [];
    for (const { what, ...limits } of COLUMNS) {
      const value = reader.number(what, limits);
      if (!value.ok) return value;
      row.push(value.value);
    }
    if (row[0] !== rows.length)
      return fail({
        ...place,
        message: `This row is for task ${row[0]}; ${rows.length} should come here.`,
        hint: 'Rows are numbered from 0 (the depot) without gaps.',
      });
    rows.push(row);
    lines.push(place.line);
  }
  if (rows.length < 2)
    return fail({
      ...reader.place(),
      message: rows.length === 0 ? 'There is no depot and no task.' : 'There are no tasks.',
      hint: 'Is the file cut off?',
    });
  for (let i = 1; i < rows.length; i++) {
    const from = rows[i][7];
    if (from > 0 && rows[from]?.[8] !== i)
      return fail({
        line: lines[i],
        message: `Task ${i} is delivered from task ${from}, which is not picked up for it.`,
      });
    if (from > 0 && rows[from][3] !== -rows[i][3])
      return fail({
        line: lines[i],
        message: `Task ${i} gets ${-rows[i][3]}, but ${rows[from][3]} are picked up for it.`,
      });
  }
  const toCustomer = (row: number[]): Customer => {
    const [, x, y, demand, ready, due, service, from, to] = row;
    return cleanCustomer({
      x,
      y,
      demand: from > 0 ? 0 : demand,
      ready,
      due,
      service,
      deliverTo: to,
    });
  };
  const [, x, y, , ready, due] = rows[0];
  const result = located(
    validate({
      name: nameFrom('', fileName),
      capacity: capacity.value,
      vehicles: vehicles.value,
      rounding: 'none',
      depot: { x, y, ready, due },
      customers: rows.slice(1).map(toCustomer),
    }),
    (path) => lines[path[0] === 'customers' ? Number(path[1]) + 1 : 0],
  );
  return result.ok ? ok(vehiclesFirst(result.value)) : result;
}

function write(instance: VrpInstance): Result<string> {
  const { depot, customers, vehicles } = instance;
  const pickUp = new Map<number, number>();
  customers.forEach(({ deliverTo }, i) => {
    if (deliverTo) pickUp.set(deliverTo, i + 1);
  });
  const plain =
    pickUp.size > 0 &&
    instance.rounding === 'none' &&
    !instance.open &&
    !instance.depots &&
    !instance.fleet &&
    !instance.matrix &&
    !instance.geographic &&
    !instance.inventory &&
    instance.maxDuration === undefined &&
    instance.fixedCost === vehiclesFirst(instance).fixedCost &&
    customers.every(({ prize, backhaul, known }) => prize === undefined && !backhaul && !known);
  if (!plain || depot.due === undefined)
    return fail({
      message:
        'Li & Lim text is for pick-up and delivery pairs with unrounded distances, a closing depot and vehicles counted first.',
      hint: 'Save it as .vrp or JSON.',
    });
  const horizon = depot.due;
  return ok(
    [
      [vehicles ?? customers.length, instance.capacity, 1],
      [0, depot.x, depot.y, 0, depot.ready ?? 0, horizon, 0, 0, 0],
      ...customers.map(
        ({ x, y, demand, ready = 0, due = horizon, service = 0, deliverTo = 0 }, i) => {
          const from = pickUp.get(i + 1) ?? 0;
          const amount = from > 0 ? -customers[from - 1].demand || 0 : demand;
          return [i + 1, x, y, amount, ready, due, service, from, deliverTo];
        },
      ),
    ]
      .map((row) => `${row.join('\t')}\n`)
      .join(''),
  );
}

export const liLim: InstanceFormat<VrpInstance> = {
  id: 'li-lim',
  name: 'Li & Lim',
  extensions: ['txt'],
  sniff,
  parse,
  write,
};
