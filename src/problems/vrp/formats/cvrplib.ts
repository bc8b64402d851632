/**
 * CVRPLIB's `.vrp`: TSPLIB95 with CAPACITY, DEMAND_SECTION and DEPOT_SECTION, and the usual
 * extensions DISTANCE (most route duration), SERVICE_TIME, VEHICLES, TIME_WINDOW_SECTION and
 * SERVICE_TIME_SECTION.
 */
import { fail, ok, type Issue, type Result } from '../../../core/result.ts';
import { numberIssue } from '../../../core/tokens.ts';
import { readTsplib, tsplibType, type TsplibFile } from '../../../core/tsplib.ts';
import type { InstanceFormat } from '../../family.ts';
import { cleanCustomer, hasWindows, LIMITS, type Rounding, type VrpInstance } from '../instance.ts';
import { validate } from '../schema.ts';
import { located, nameFrom } from './common.ts';

const NINT_COMMENT = 'Distances are rounded to the nearest integer';

/**
 * EUC_2D says "rounded" in TSPLIB, but the sets CMT, Golden, Li and Taillard use the same word and
 * are published for unrounded distances. They are told by their names, or by a COMMENT that is
 * their best known value alone, with decimals; a COMMENT that names the rounding wins. EXACT_2D
 * (unrounded) is unambiguous.
 */
export function roundingOf(type: string, name: string, comments: readonly string[]): Rounding {
  if (type === 'EXACT_2D') return 'none';
  const comment = comments.join(' ');
  if (/rounded to the nearest integer/i.test(comment)) return 'nint';
  if (/^(CMT|Golden|Li|tai)[-_]?\d/i.test(name)) return 'none';
  return /^\s*\d+\.\d+\s*$/.test(comment) ? 'none' : 'nint';
}

function sniff(text: string, fileName: string): number {
  const type = tsplibType(text);
  if (type === null) return 0;
  if (/VRP/.test(type)) return 0.95;
  if (type !== '') return 0;
  return /\.vrp$/i.test(fileName) || /^[ \t]*CAPACITY[ \t]*:/m.test(text.slice(0, 4096)) ? 0.7 : 0;
}

/** The number of a keyword's value; the default when the keyword is absent. */
function valueOf(
  file: TsplibFile,
  keyword: string,
  absent: number,
  limits: { min: number; max: number; integer?: boolean },
): Result<number> {
  const text = file.value(keyword);
  if (text === '') return ok(absent);
  const issue = numberIssue(text, keyword, limits);
  return issue ? fail({ line: file.line(keyword), ...issue }) : ok(Number(text));
}

function parse(text: string, fileName: string): Result<VrpInstance> {
  const read = readTsplib(text, {
    maxDimension: LIMITS.customers + 1,
    maxMatrixDimension: 0,
    rowSections: { TIME_WINDOW_SECTION: 2, SERVICE_TIME_SECTION: 1 },
  });
  const explicit = /EDGE_WEIGHT_TYPE\s*:\s*EXPLICIT/i.test(text.slice(0, 4096));
  if (explicit)
    return fail({
      line: text.slice(0, text.search(/EDGE_WEIGHT_TYPE/i)).split('\n').length,
      message: 'EDGE_WEIGHT_TYPE EXPLICIT (a distance matrix) is not supported for routing.',
      hint: 'Give coordinates and EUC_2D or EXACT_2D instead.',
    });
  if (!read.ok) return read;
  const file = read.value;
  const type = file.value('TYPE').toUpperCase();
  if (type !== '' && !type.includes('VRP'))
    return fail({
      line: file.line('TYPE'),
      message: `TYPE ${type.slice(0, 20)} is not a routing problem.`,
      hint: 'A routing file has TYPE CVRP.',
    });
  const weights = file.value('EDGE_WEIGHT_TYPE').toUpperCase() || 'EUC_2D';
  if (weights !== 'EUC_2D' && weights !== 'EXACT_2D')
    return fail({
      line: file.line('EDGE_WEIGHT_TYPE'),
      message: `EDGE_WEIGHT_TYPE ${weights.slice(0, 20)} is not supported for routing.`,
      hint: 'Use EUC_2D (rounded) or EXACT_2D (unrounded).',
    });

  const size = { min: 1, max: LIMITS.demand, integer: true };
  const time = { min: 0, max: LIMITS.time };
  const capacity = valueOf(file, 'CAPACITY', NaN, size);
  if (!capacity.ok) return capacity;
  const vehicles = valueOf(file, 'VEHICLES', Infinity, { ...size, max: LIMITS.vehicles });
  if (!vehicles.ok) return vehicles;
  const duration = valueOf(file, 'DISTANCE', Infinity, time);
  if (!duration.ok) return duration;
  const service = valueOf(file, 'SERVICE_TIME', 0, time);
  if (!service.ok) return service;

  const missing = (what: string, hint: string): Issue => ({
    line: text.trimEnd().split('\n').length,
    message: `${what} is missing.`,
    hint,
  });
  if (Number.isNaN(capacity.value))
    return fail(missing('CAPACITY', 'Add a line such as "CAPACITY : 100".'));
  const coordinates = file.rows('NODE_COORD_SECTION');
  if (!coordinates)
    return fail(missing('NODE_COORD_SECTION', 'It has a row "node x y" for each node.'));
  const demands = file.rows('DEMAND_SECTION');
  if (!demands)
    return fail(
      missing('DEMAND_SECTION', 'It has a row "node demand" for each node. Is it cut off?'),
    );
  const depots = file.depots ?? [0];
  if (depots.length !== 1)
    return fail({
      line: file.line('DEPOT_SECTION'),
      message: `The file has ${depots.length} depots; exactly one is supported.`,
    });
  const depot = depots[0];
  if (demands[depot] !== 0)
    return fail({
      line: file.line('DEMAND_SECTION'),
      message: `The depot (node ${file.ids[depot]}) has a demand of ${demands[depot]}; it must be 0.`,
    });

  const windows = file.rows('TIME_WINDOW_SECTION');
  const services = file.rows('SERVICE_TIME_SECTION');
  const name = nameFrom(file.value('NAME'), fileName);
  const nodes = Array.from({ length: file.dimension }, (_, i) => i);
  const instance: VrpInstance = {
    name,
    capacity: capacity.value,
    vehicles: vehicles.value,
    rounding: roundingOf(weights, name, file.comments),
    maxDuration: duration.value,
    depot: {
      x: coordinates[2 * depot],
      y: coordinates[2 * depot + 1],
      ready: windows?.[2 * depot],
      due: closing(windows?.[2 * depot + 1]),
    },
    customers: nodes
      .filter((node) => node !== depot)
      .map((node) =>
        cleanCustomer({
          x: coordinates[2 * node],
          y: coordinates[2 * node + 1],
          demand: demands[node],
          ready: windows?.[2 * node],
          due: closing(windows?.[2 * node + 1]),
          service: services?.[node] ?? service.value,
        }),
      ),
  };
  const lineOf: Record<string, string> = {
    demand: 'DEMAND_SECTION',
    ready: 'TIME_WINDOW_SECTION',
    due: 'TIME_WINDOW_SECTION',
    service: 'SERVICE_TIME_SECTION',
  };
  return located(validate(withoutInfinity(instance)), (path) =>
    file.line(lineOf[String(path.at(-1))] ?? 'NODE_COORD_SECTION'),
  );
}

/** The largest time stands for no limit. */
const closing = (due: number | undefined): number | undefined =>
  due === LIMITS.time ? undefined : due;

/** Absent instead of unlimited, as `validate` wants it. */
function withoutInfinity(instance: VrpInstance): VrpInstance {
  const { vehicles, maxDuration, ...rest } = instance;
  return {
    ...rest,
    ...(vehicles === Infinity ? {} : { vehicles }),
    ...(maxDuration === Infinity ? {} : { maxDuration }),
  };
}

function write(instance: VrpInstance): Result<string> {
  const { name, depot, customers, rounding } = instance;
  if (rounding === 'truncate-1')
    return fail({
      path: ['rounding'],
      message: 'A .vrp file has no word for distances truncated to one decimal.',
      hint: 'Save it as Solomon text or as JSON.',
    });
  const windows = hasWindows(instance);
  const first = customers[0].service ?? 0;
  const sameService = customers.every(({ service = 0 }) => service === first);
  // A name of an unrounded set needs the rounding said.
  const ambiguous = rounding === 'nint' && roundingOf('EUC_2D', name, []) !== 'nint';
  const lines = [
    `NAME : ${name.replace(/\s+/g, ' ')}`,
    ...(ambiguous ? [`COMMENT : ${NINT_COMMENT}`] : []),
    `TYPE : ${windows ? 'VRPTW' : 'CVRP'}`,
    `DIMENSION : ${customers.length + 1}`,
    `EDGE_WEIGHT_TYPE : ${rounding === 'nint' ? 'EUC_2D' : 'EXACT_2D'}`,
    `CAPACITY : ${instance.capacity}`,
    ...(instance.vehicles !== undefined ? [`VEHICLES : ${instance.vehicles}`] : []),
    ...(instance.maxDuration !== undefined ? [`DISTANCE : ${instance.maxDuration}`] : []),
    ...(sameService && first > 0 ? [`SERVICE_TIME : ${first}`] : []),
    'NODE_COORD_SECTION',
    `1 ${depot.x} ${depot.y}`,
    ...customers.map(({ x, y }, i) => `${i + 2} ${x} ${y}`),
    'DEMAND_SECTION',
    '1 0',
    ...customers.map(({ demand }, i) => `${i + 2} ${demand}`),
  ];
  if (windows) {
    // An open end is written as the largest time that is read back.
    const window = (place: { ready?: number; due?: number }) =>
      `${place.ready ?? 0} ${place.due ?? LIMITS.time}`;
    lines.push('TIME_WINDOW_SECTION', `1 ${window(depot)}`);
    customers.forEach((customer, i) => lines.push(`${i + 2} ${window(customer)}`));
  }
  if (!sameService) {
    lines.push('SERVICE_TIME_SECTION', '1 0');
    customers.forEach(({ service = 0 }, i) => lines.push(`${i + 2} ${service}`));
  }
  lines.push('DEPOT_SECTION', '1', '-1', 'EOF', '');
  return ok(lines.join('\n'));
}

export const cvrplib: InstanceFormat<VrpInstance> = {
  id: 'cvrplib',
  name: 'CVRPLIB',
  extensions: ['vrp'],
  sniff,
  parse,
  write,
};
