/**
 * The text of Cordeau, Gendreau & Laporte (1997) for several depots: `type m n t`, a row `D Q` per
 * depot, then a row per customer and per depot. Type 2 is several depots, 6 the same with time
 * windows, 0 and 4 one depot. m vehicles stand at each depot; distances are not rounded.
 */
import { fail, ok, type Result } from '../../../core/result.ts';
import { readTokens } from '../../../core/tokens.ts';
import type { InstanceFormat } from '../../family.ts';
import { cleanCustomer, hasWindows, LIMITS, type VrpInstance } from '../instance.ts';
import { validate } from '../schema.ts';
import { located, nameFrom } from './common.ts';

const COUNT = { min: 1, max: LIMITS.customers, integer: true };
const NUMBER = { min: -LIMITS.time, max: LIMITS.time };
const TYPES = [0, 2, 4, 6];

const numbersOf = (line: string | undefined): number[] =>
  line !== undefined && /^[-+\d.\seE]+$/.test(line) ? line.trim().split(/\s+/).map(Number) : [];

function sniff(text: string): number {
  const lines = text
    .slice(0, 16_384)
    .split('\n')
    .filter((line) => line.trim() !== '');
  const head = numbersOf(lines[0]);
  if (head.length !== 4 || !TYPES.includes(head[0])) return 0;
  const [, , , depots] = head;
  const widths = [numbersOf(lines[1]).length, numbersOf(lines[depots + 1]).length];
  return widths[0] === 2 && widths[1] >= 7 ? 0.95 : 0;
}

interface Row {
  line: number;
  cells: number[];
}

function parse(text: string, fileName: string): Result<VrpInstance> {
  const reader = readTokens(text);
  const head: number[] = [];
  const headLine = reader.place().line;
  for (const [what, limits] of [
    ['the type of the problem', { min: 0, max: 7, integer: true }],
    ['the number of vehicles', COUNT],
    ['the number of customers', COUNT],
    ['the number of depots', { min: 1, max: LIMITS.depots + 1, integer: true }],
  ] as const) {
    const value = reader.number(what, limits);
    if (!value.ok) return value;
    head.push(value.value);
  }
  const [type, vehicles, n, depotCount] = head;
  if (!TYPES.includes(type) || (depotCount > 1 && type !== 2 && type !== 6))
    return fail({
      line: headLine,
      message: `Type ${type} with ${depotCount} depots is not supported.`,
      hint: '2 and 6 are several depots, 0 and 4 one depot.',
    });
  const limits: Row[] = [];
  for (let depot = 0; depot < depotCount; depot++) {
    const { line } = reader.place();
    const duration = reader.number('the longest duration', { min: 0, max: LIMITS.time });
    if (!duration.ok) return duration;
    const capacity = reader.number('the capacity', { min: 1, max: LIMITS.demand, integer: true });
    if (!capacity.ok) return capacity;
    limits.push({ line, cells: [duration.value, capacity.value] });
  }
  const [first] = limits;
  const other = limits.find(({ cells }) => cells[0] !== first.cells[0]);
  if (other)
    return fail({
      line: other.line,
      message: 'The depots have different longest durations; one for all is supported.',
    });
  const rows: Row[] = [];
  reader.restOfLine();
  for (let i = 0; i < n + depotCount; i++) {
    const place = reader.place();
    if (reader.done())
      return fail({
        ...place,
        message: `There are ${i} of ${n + depotCount} rows of customers and depots.`,
        hint: 'Is the file cut off?',
      });
    const line = readTokens(reader.restOfLine());
    const cells: number[] = [];
    while (!line.done()) {
      const value = line.number('a number of the row', NUMBER);
      if (!value.ok) return fail({ ...value.issues[0], line: place.line });
      cells.push(value.value);
    }
    if (cells.length < 5)
      return fail({
        line: place.line,
        message: 'The row ends too early.',
        hint: 'It has at least a number, x, y, a service time and a demand.',
      });
    rows.push({ line: place.line, cells });
  }
  // `i x y service demand frequency a list… [ready due]`; depots have no list.
  const timed = type === 4 || type === 6;
  const windowOf = (cells: number[]) => {
    const [ready, due] = timed && cells.length >= 9 ? cells.slice(-2) : [0, 0];
    return due > 0 ? { ready, due } : {};
  };
  const [depot, ...depots] = rows.slice(n).map(({ cells }) => ({
    x: cells[1],
    y: cells[2],
    ...windowOf(cells),
  }));
  return located(
    validate({
      name: nameFrom('', fileName),
      capacity: first.cells[1],
      rounding: 'none',
      ...(first.cells[0] > 0 ? { maxDuration: first.cells[0] } : {}),
      depot,
      depots,
      ...(depotCount > 1
        ? {
            fleet: limits.map(({ cells }, i) => ({
              capacity: cells[1],
              count: vehicles,
              depot: i,
            })),
          }
        : { vehicles }),
      customers: rows.slice(0, n).map(({ cells: [, x, y, service, demand, ...rest] }) =>
        cleanCustomer({
          x,
          y,
          demand,
          service,
          ...windowOf([0, x, y, service, demand, ...rest]),
        }),
      ),
    }),
    (path) => {
      const index = Number(path[1]);
      if (path[0] === 'customers') return rows[index].line;
      return path[0] === 'fleet' ? limits[index].line : rows[n].line;
    },
  );
}

function write(instance: VrpInstance): Result<string> {
  const { customers, depot, depots = [], fleet = [] } = instance;
  const places = [depot, ...depots];
  const each = fleet[0]?.count ?? instance.vehicles;
  const byDepot =
    depots.length === 0
      ? fleet.length === 0
      : fleet.length === places.length &&
        instance.vehicles === undefined &&
        fleet.every(
          ({ count, fixed, perDistance, depot: home = 0 }, i) =>
            count === each && !fixed && perDistance === undefined && home === i,
        );
  const plain =
    byDepot &&
    each !== undefined &&
    instance.rounding === 'none' &&
    !instance.open &&
    !instance.fixedCost &&
    !instance.matrix &&
    !instance.geographic &&
    !instance.inventory &&
    customers.every(
      ({ prize, backhaul, deliverTo, known }) =>
        prize === undefined && !backhaul && !deliverTo && !known,
    );
  if (!plain)
    return fail({
      message:
        'Cordeau text is for unrounded distances and the same number of vehicles at each depot.',
      hint: 'Save it as .vrp or JSON.',
    });
  const timed = hasWindows(instance);
  const type = (timed ? 4 : 0) + (depots.length > 0 ? 2 : 0);
  const window = ({ ready = 0, due = LIMITS.time }: { ready?: number; due?: number }) =>
    timed ? [ready, due] : [];
  const rows = [
    [type, each, customers.length, places.length],
    ...places.map((_, i) => [instance.maxDuration ?? 0, fleet[i]?.capacity ?? instance.capacity]),
    ...customers.map((customer, i) => {
      const { x, y, demand, service = 0 } = customer;
      return [i + 1, x, y, service, demand, 1, 1, (1 << Math.min(places.length, 30)) - 1].concat(
        window(customer),
      );
    }),
    ...places.map((place, i) =>
      [customers.length + 1 + i, place.x, place.y, 0, 0, 0, 0].concat(window(place)),
    ),
  ];
  return ok(rows.map((row) => `${row.join(' ')}\n`).join(''));
}

export const cordeau: InstanceFormat<VrpInstance> = {
  id: 'cordeau',
  name: 'Cordeau',
  extensions: ['txt'],
  sniff,
  parse,
  write,
};
