/** Writing CVRPLIB's `.vrp`. */
import { fail, ok, type Issue, type Result } from '../../../core/result.ts';
import { hasWindows, LIMITS, type VrpInstance } from '../instance.ts';
import { deliveredTo } from '../route.ts';

const NINT_COMMENT = 'Distances are rounded to the nearest integer';
/** A comment that settles the rounding. */
export const NINT_WORDS = /rounded to the nearest integer/i;

/** Why the instance has no `.vrp` text; null when it has. */
function inexpressible(instance: VrpInstance): Issue | null {
  const hint = 'Save it as JSON.';
  if (instance.matrix?.durations)
    return { path: ['matrix'], message: 'A .vrp file has one matrix, for distances.', hint };
  if (instance.geographic)
    return { path: ['geographic'], message: 'A .vrp file has plane coordinates.', hint };
  if (instance.inventory)
    return { path: ['inventory'], message: 'A .vrp file has no stocks over days.', hint };
  if (instance.fleet)
    return { path: ['fleet'], message: 'A .vrp file has one type of vehicle.', hint };
  if (instance.fixedCost)
    return { path: ['fixedCost'], message: 'A .vrp file has no cost per vehicle.', hint };
  if (instance.rounding === 'truncate-1')
    return {
      path: ['rounding'],
      message: 'A .vrp file has no word for distances truncated to one decimal.',
      hint: 'Save it as Solomon text or as JSON.',
    };
  return null;
}

export function write(instance: VrpInstance): Result<string> {
  const obstacle = inexpressible(instance);
  if (obstacle) return fail(obstacle);
  const { name, depot, depots = [], customers, rounding, matrix } = instance;
  const n = customers.length;
  const windows = hasWindows(instance);
  const first = customers[0].service ?? 0;
  const sameService = customers.every(({ service = 0 }) => service === first);
  const delivered = deliveredTo(instance);
  const type = instance.open ? 'OVRP' : delivered.size > 0 ? 'PDPTW' : windows ? 'VRPTW' : 'CVRP';
  const nodes = [depot, ...customers, ...depots];
  const isCustomer = (i: number) => i > 0 && i <= n;
  const weights = matrix ? 'EXPLICIT' : rounding === 'nint' ? 'EUC_2D' : 'EXACT_2D';
  const lines = [
    `NAME : ${name.replace(/\s+/g, ' ')}`,
    // A name of an unrounded set needs the rounding said.
    ...(weights === 'EUC_2D' && isUnroundedName(name) ? [`COMMENT : ${NINT_COMMENT}`] : []),
    `TYPE : ${type}`,
    `DIMENSION : ${nodes.length}`,
    `EDGE_WEIGHT_TYPE : ${weights}`,
    ...(matrix ? ['EDGE_WEIGHT_FORMAT : FULL_MATRIX'] : []),
    `CAPACITY : ${instance.capacity}`,
    ...(instance.vehicles !== undefined ? [`VEHICLES : ${instance.vehicles}`] : []),
    ...(instance.maxDuration !== undefined ? [`DISTANCE : ${instance.maxDuration}`] : []),
    ...(sameService && first > 0 ? [`SERVICE_TIME : ${first}`] : []),
    'NODE_COORD_SECTION',
    ...nodes.map(({ x, y }, i) => `${i + 1} ${x} ${y}`),
  ];
  if (matrix) lines.push('EDGE_WEIGHT_SECTION', ...matrix.distances.map((row) => row.join(' ')));
  /** A section with a row per node. */
  const section = (title: string, row: (i: number) => string | number) => {
    lines.push(title);
    for (let i = 0; i < nodes.length; i++) lines.push(`${i + 1} ${row(i)}`);
  };
  section('DEMAND_SECTION', (i) =>
    isCustomer(i) && !customers[i - 1].backhaul ? customers[i - 1].demand : 0,
  );
  // An open end is written as the largest time that is read back.
  if (windows)
    section('TIME_WINDOW_SECTION', (i) => `${nodes[i].ready ?? 0} ${nodes[i].due ?? LIMITS.time}`);
  if (!sameService)
    section('SERVICE_TIME_SECTION', (i) => (isCustomer(i) ? (customers[i - 1].service ?? 0) : 0));
  if (customers.some(({ prize }) => prize !== undefined))
    section('PRIZE_SECTION', (i) =>
      isCustomer(i) ? (customers[i - 1].prize ?? LIMITS.cost) : LIMITS.cost,
    );
  if (customers.some(({ backhaul }) => backhaul))
    section('BACKHAUL_SECTION', (i) =>
      isCustomer(i) && customers[i - 1].backhaul ? customers[i - 1].demand : 0,
    );
  if (customers.some(({ known }) => known))
    section('TIME_AVAIL_SECTION', (i) => (isCustomer(i) ? (customers[i - 1].known ?? 0) : 0));
  if (delivered.size > 0) writePairs(instance, section);
  lines.push('DEPOT_SECTION', '1', ...depots.map((_, i) => String(n + 2 + i)), '-1', 'EOF', '');
  return ok(lines.join('\n'));
}

/** Rows `node demand ready due service pick-up drop`, the last two as nodes, 0 for none. */
function writePairs(
  instance: VrpInstance,
  section: (title: string, row: (i: number) => string) => void,
): void {
  const { customers } = instance;
  const pickUp = new Map<number, number>();
  customers.forEach(({ deliverTo }, i) => {
    if (deliverTo) pickUp.set(deliverTo, i + 1);
  });
  section('PICKUP_AND_DELIVERY_SECTION', (i) => {
    const customer = customers[i - 1];
    if (!customer) return `0 0 ${LIMITS.time} 0 0 0`;
    const { ready = 0, due = LIMITS.time, service = 0, deliverTo } = customer;
    const from = pickUp.get(i);
    const demand = from ? -customers[from - 1].demand : customer.demand;
    return `${demand} ${ready} ${due} ${service} ${from ? from + 1 : 0} ${deliverTo ? deliverTo + 1 : 0}`;
  });
}

const isUnroundedName = (name: string): boolean => /^(CMT|Golden|Li|tai)[-_]?\d/i.test(name);
