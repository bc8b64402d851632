/**
 * CVRPLIB's `.vrp`: TSPLIB95 with CAPACITY, DEMAND_SECTION and DEPOT_SECTION (one or more), EXPLICIT
 * matrices, and the usual extensions: DISTANCE (most route duration), SERVICE_TIME, VEHICLES, TYPE
 * OVRP (open routes) and the sections for time windows, service times, prizes, backhauls (the amount
 * picked up), pick-up and delivery pairs, and the times at which requests become known
 * (TIME_AVAIL_SECTION, as in the dynamic instances of Kilby, Prosser & Shaw 1998).
 */
import { fail, ok, type Issue, type Result } from '../../../core/result.ts';
import { numberIssue } from '../../../core/tokens.ts';
import { readTsplib, tsplibType, type TsplibFile } from '../../../core/tsplib.ts';
import type { InstanceFormat } from '../../family.ts';
import { cleanCustomer, LIMITS, type Rounding, type VrpInstance } from '../instance.ts';
import { layOut, rowsOf } from '../layout.ts';
import { validate } from '../schema.ts';
import { located, nameFrom } from './common.ts';
import { NINT_WORDS, write } from './cvrplib-write.ts';

/**
 * EUC_2D says "rounded" in TSPLIB, but the sets CMT, Golden, Li and Taillard use the same word and
 * are published for unrounded distances. They are told by their names, or by a COMMENT that is
 * their best known value alone, with decimals; a COMMENT that names the rounding wins. EXACT_2D
 * (unrounded) is unambiguous.
 */
export function roundingOf(type: string, name: string, comments: readonly string[]): Rounding {
  if (type === 'EXACT_2D') return 'none';
  const comment = comments.join(' ');
  if (NINT_WORDS.test(comment)) return 'nint';
  if (/^(CMT|Golden|Li|tai)[-_]?\d/i.test(name)) return 'none';
  return /^\s*\d+\.\d+\s*$/.test(comment) ? 'none' : 'nint';
}

function sniff(text: string, fileName: string): number {
  const type = tsplibType(text);
  if (type === null) return 0;
  if (/VRP|PDP/.test(type)) return 0.95;
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

const NODE_SECTIONS = {
  TIME_WINDOW_SECTION: 2,
  SERVICE_TIME_SECTION: 1,
  PRIZE_SECTION: 1,
  BACKHAUL_SECTION: 1,
  TIME_AVAIL_SECTION: 1,
  PICKUP_AND_DELIVERY_SECTION: 6,
} as const;

function parse(text: string, fileName: string): Result<VrpInstance> {
  const read = readTsplib(text, {
    maxDimension: LIMITS.customers + 1,
    maxMatrixDimension: LIMITS.matrixNodes,
    rowSections: NODE_SECTIONS,
  });
  if (!read.ok) return read;
  const file = read.value;
  const type = file.value('TYPE').toUpperCase();
  if (type !== '' && !/VRP|PDP/.test(type))
    return fail({
      line: file.line('TYPE'),
      message: `TYPE ${type.slice(0, 20)} is not a routing problem.`,
      hint: 'A routing file has TYPE CVRP.',
    });
  const weights = file.value('EDGE_WEIGHT_TYPE').toUpperCase() || 'EUC_2D';
  if (weights !== 'EUC_2D' && weights !== 'EXACT_2D' && weights !== 'EXPLICIT')
    return fail({
      line: file.line('EDGE_WEIGHT_TYPE'),
      message: `EDGE_WEIGHT_TYPE ${weights.slice(0, 20)} is not supported for routing.`,
      hint: 'Use EUC_2D (rounded), EXACT_2D (unrounded) or EXPLICIT (a matrix).',
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
  const explicit = weights === 'EXPLICIT';
  if (explicit && !file.matrix)
    return fail(missing('EDGE_WEIGHT_SECTION', 'EXPLICIT distances stand in it.'));
  const { dimension } = file;
  const coordinates =
    file.rows('NODE_COORD_SECTION') ??
    file.rows('DISPLAY_DATA_SECTION') ??
    (file.matrix && layOut(file.matrix, dimension).flatMap(({ x, y }) => [x, y]));
  if (!coordinates)
    return fail(missing('NODE_COORD_SECTION', 'It has a row "node x y" for each node.'));
  const pairs = file.rows('PICKUP_AND_DELIVERY_SECTION');
  const demands = file.rows('DEMAND_SECTION') ?? pairs?.filter((_, i) => i % 6 === 0);
  if (!demands)
    return fail(
      missing('DEMAND_SECTION', 'It has a row "node demand" for each node. Is it cut off?'),
    );
  const depots = file.depots?.length ? file.depots : [0];
  for (const depot of depots)
    if (demands[depot] !== 0)
      return fail({
        line: file.line('DEMAND_SECTION'),
        message: `The depot (node ${file.ids[depot]}) has a demand of ${demands[depot]}; it must be 0.`,
      });
  if (new Set(depots).size < depots.length || depots.length >= dimension)
    return fail({
      line: file.line('DEPOT_SECTION'),
      message: 'The depots leave no customers, or one is named twice.',
    });

  const windows = file.rows('TIME_WINDOW_SECTION');
  const services = file.rows('SERVICE_TIME_SECTION');
  const prizes = file.rows('PRIZE_SECTION');
  const backhauls = file.rows('BACKHAUL_SECTION');
  const available = file.rows('TIME_AVAIL_SECTION');
  const name = nameFrom(file.value('NAME'), fileName);
  const others = Array.from({ length: dimension }, (_, i) => i).filter(
    (node) => !depots.includes(node),
  );
  const customerOf = new Map(others.map((node, i) => [node, i + 1]));
  const windowOf = (node: number) => ({
    ready: windows?.[2 * node] ?? pairs?.[6 * node + 1],
    due: closing(windows?.[2 * node + 1] ?? pairs?.[6 * node + 2]),
  });
  const placeOf = (node: number) => ({
    x: coordinates[2 * node],
    y: coordinates[2 * node + 1],
  });
  const [first, ...further] = depots.map((node) => ({ ...placeOf(node), ...windowOf(node) }));
  const order = [depots[0], ...others, ...depots.slice(1)];
  const instance: VrpInstance = {
    name,
    capacity: capacity.value,
    vehicles: vehicles.value,
    rounding: explicit ? 'none' : roundingOf(weights, name, file.comments),
    maxDuration: duration.value,
    ...(type.startsWith('OVRP') ? { open: true } : {}),
    ...(explicit && file.matrix ? { matrix: { distances: rowsOf(file.matrix, order) } } : {}),
    depot: first,
    ...(further.length > 0 ? { depots: further } : {}),
    customers: others.map((node) => {
      const to = pairs ? file.indexOf(pairs[6 * node + 5]) : -1;
      const deliverTo = pairs && pairs[6 * node + 5] > 0 ? customerOf.get(to) : undefined;
      const isDrop = pairs !== null && pairs[6 * node + 4] > 0;
      const back = backhauls?.[node] ?? 0;
      return cleanCustomer({
        ...placeOf(node),
        ...windowOf(node),
        demand: isDrop ? 0 : back > 0 ? back : demands[node],
        service: services?.[node] ?? pairs?.[6 * node + 3] ?? service.value,
        prize: prizes && prizes[node] < LIMITS.cost ? prizes[node] : undefined,
        ...(back > 0 ? { backhaul: true } : {}),
        deliverTo,
        known: available?.[node],
      });
    }),
  };
  const lineOf: Record<string, string> = {
    demand: 'DEMAND_SECTION',
    ready: 'TIME_WINDOW_SECTION',
    due: 'TIME_WINDOW_SECTION',
    service: 'SERVICE_TIME_SECTION',
    prize: 'PRIZE_SECTION',
    deliverTo: 'PICKUP_AND_DELIVERY_SECTION',
    known: 'TIME_AVAIL_SECTION',
  };
  return located(validate(withoutInfinity(instance)), (path) =>
    file.line(
      path[0] === 'matrix'
        ? 'EDGE_WEIGHT_SECTION'
        : (lineOf[String(path.at(-1))] ?? 'NODE_COORD_SECTION'),
    ),
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

export const cvrplib: InstanceFormat<VrpInstance> = {
  id: 'cvrplib',
  name: 'CVRPLIB',
  extensions: ['vrp'],
  sniff,
  parse,
  write,
};
