/** Validation of untrusted instances: shape, ranges and meaning; every issue has a path. */
import { fail, okUnless, type Issue, type Result } from '../../core/result.ts';
import {
  clean,
  cleanCustomer,
  LIMITS,
  ROUNDINGS,
  type Customer,
  type LockedRoute,
  type Matrix,
  type VehicleType,
  type Rounding,
  type VrpInstance,
} from './instance.ts';
import { wrongLock } from './locks.ts';
import { isRecord, readInventory, type Path, type ReportIssue } from './schema-stocks.ts';
import {
  COST,
  COUNT,
  CUSTOMER_KEYS,
  DEMAND,
  DEPOT_KEYS,
  TIME,
  TYPE_KEYS,
  type NumberRule,
} from './rules.ts';

const MAX_ISSUES = 20;

const REQUIRED = new Set(['x', 'y', 'demand', 'capacity']);
const KNOWN = [
  'name',
  'capacity',
  'vehicles',
  'rounding',
  'maxDuration',
  'open',
  'fixedCost',
  'geographic',
  'matrix',
  'inventory',
  'locked',
  'depot',
  'depots',
  'fleet',
  'customers',
];

/** A JSON value as an instance in canonical form. Sizes are capped before anything is copied. */
export function validate(value: unknown): Result<VrpInstance> {
  if (!isRecord(value))
    return fail({ path: [], message: 'An instance is an object with a depot and customers.' });
  const issues: Issue[] = [];
  const report = (path: Path, message: string, hint?: string) => {
    if (issues.length < MAX_ISSUES) issues.push({ path, message, ...(hint ? { hint } : {}) });
  };
  const number = (path: Path, raw: unknown, rule: NumberRule): number => {
    const what = String(path.at(-1));
    if (typeof raw !== 'number' || !Number.isFinite(raw))
      report(path, `"${what}" must be a number.`);
    else if (rule.integer && !Number.isInteger(raw))
      report(
        path,
        `"${what}" must be a whole number.`,
        'Scale demands and capacity to whole units.',
      );
    else if (raw < rule.min || raw > rule.max)
      report(path, `"${what}" must be from ${rule.min} to ${rule.max}.`);
    else return raw === 0 ? 0 : raw;
    return 0;
  };
  const record = (path: Path, raw: unknown, keys: Readonly<Record<string, NumberRule>>) => {
    const read: Record<string, number> = {};
    if (!isRecord(raw)) {
      report(path, `This must be an object with ${Object.keys(keys).slice(0, 2).join(' and ')}.`);
      return read;
    }
    for (const key of Object.keys(raw))
      if (!(key in keys))
        report(
          [...path, key],
          `"${key.slice(0, 30)}" is not known here.`,
          `Known: ${Object.keys(keys).join(', ')}.`,
        );
    for (const [key, rule] of Object.entries(keys)) {
      const cell = raw[key];
      if (cell === undefined || (cell === null && !REQUIRED.has(key))) {
        if (REQUIRED.has(key)) report([...path, key], `"${key}" is missing.`);
      } else read[key] = number([...path, key], cell, rule);
    }
    if (read.due !== undefined && read.due < (read.ready ?? 0))
      report(
        [...path, 'due'],
        `The window closes at ${read.due}, before it opens at ${read.ready}.`,
      );
    return read;
  };

  /** A flag that is true or absent. */
  const flag = (path: Path, raw: unknown): boolean => {
    if (raw !== undefined && raw !== null && typeof raw !== 'boolean')
      report(path, `"${String(path.at(-1))}" must be true or false.`);
    return raw === true;
  };

  for (const key of Object.keys(value))
    if (!KNOWN.includes(key))
      report([key], `"${key.slice(0, 30)}" is not known here.`, `Known: ${KNOWN.join(', ')}.`);

  const { name = 'Untitled', rounding = 'nint', vehicles, maxDuration } = value;
  if (typeof name !== 'string' || name.length > LIMITS.nameLength)
    report(['name'], `"name" must be text of at most ${LIMITS.nameLength} characters.`);
  if (!ROUNDINGS.includes(rounding as Rounding))
    report(['rounding'], `"rounding" must be one of: ${ROUNDINGS.join(', ')}.`);
  const fleet = list(value.fleet, 'fleet', LIMITS.types, report);
  const depots = list(value.depots, 'depots', LIMITS.depots, report);
  const capacity =
    fleet.length > 0 ? 1 : number(['capacity'], value.capacity, { ...DEMAND, min: 1 });
  const most =
    vehicles === undefined || vehicles === null ? Infinity : number(['vehicles'], vehicles, COUNT);
  const duration =
    maxDuration === undefined || maxDuration === null
      ? Infinity
      : number(['maxDuration'], maxDuration, TIME);

  if (!Array.isArray(value.customers) || value.customers.length === 0)
    return fail(...issues, {
      path: ['customers'],
      message: '"customers" must be a list of at least one customer.',
      hint: 'E.g. {"x": 20, "y": 35, "demand": 10}.',
    });
  if (value.customers.length > LIMITS.customers)
    return fail({
      path: ['customers'],
      message: `${value.customers.length} customers are too many; at most ${LIMITS.customers} are taken.`,
    });
  const optional = (key: string, rule: NumberRule): number =>
    value[key] === undefined || value[key] === null ? 0 : number([key], value[key], rule);
  const fixedCost = optional('fixedCost', COST);
  if (fixedCost > 0 && fleet.length > 0)
    report(['fixedCost'], 'With a fleet, each type has its own "fixed" cost.');
  const depot = record(['depot'], value.depot, DEPOT_KEYS);
  const further = depots.map((raw, i) => record(['depots', i], raw, DEPOT_KEYS));
  const types = fleet.map((raw, i) => record(['fleet', i], raw, TYPE_KEYS));
  types.forEach((type, i) => {
    if (type.depot > depots.length)
      report(
        ['fleet', i, 'depot'],
        `There is no depot ${type.depot}.`,
        `0 is the depot, 1 to ${depots.length} are further depots.`,
      );
  });
  const customers: Customer[] = [];
  const stocks: unknown[] = [];
  for (let i = 0; i < value.customers.length && issues.length < MAX_ISSUES; i++) {
    const raw: unknown = value.customers[i];
    const { backhaul, stock, ...rest } = isRecord(raw)
      ? raw
      : { backhaul: undefined, stock: undefined };
    stocks.push(stock);
    const read = record(['customers', i], isRecord(raw) ? rest : raw, CUSTOMER_KEYS);
    if (read.known > read.due)
      report(
        ['customers', i, 'known'],
        `The request becomes known at ${read.known}, after its window closes at ${read.due}.`,
      );
    customers.push(
      cleanCustomer({
        ...(read as unknown as Customer),
        ...(flag(['customers', i, 'backhaul'], backhaul) ? { backhaul: true } : {}),
      }),
    );
  }
  checkPairs(customers, report);
  const inventory = readInventory(value, customers, stocks, report, number);
  const nodes = value.customers.length + 1 + depots.length;
  const matrix = readMatrix(value.matrix, nodes, report);
  const open = flag(['open'], value.open);
  const geographic = flag(['geographic'], value.geographic);
  if (geographic)
    [depot, ...further, ...customers].forEach(({ x, y }, i) => {
      if (Math.abs(x) > 180 || Math.abs(y) > 90)
        report(
          i === 0 ? ['depot'] : i <= further.length ? ['depots', i - 1] : ['customers', i - 1],
          'x is a longitude from -180 to 180 and y a latitude from -90 to 90.',
        );
    });
  const locked = readLocks(value.locked, customers.length, report);
  const made = okUnless(issues, () =>
    clean({
      name: name as string,
      capacity,
      vehicles: most,
      rounding: rounding as Rounding,
      maxDuration: duration,
      ...(open ? { open: true } : {}),
      fixedCost,
      ...(geographic ? { geographic: true } : {}),
      ...(matrix ? { matrix } : {}),
      ...(inventory ? { inventory } : {}),
      ...(locked.length > 0 ? { locked } : {}),
      depot: depot as unknown as VrpInstance['depot'],
      depots: further as unknown as VrpInstance['depot'][],
      fleet: types as unknown as VehicleType[],
      customers,
    }),
  );
  const wrong = made.ok ? wrongLock(made.value) : null;
  return wrong ? fail({ path: ['locked', wrong.index], message: wrong.message }) : made;
}

/** Lists of customers with a vehicle type; no more visits than customers. */
function readLocks(raw: unknown, n: number, report: ReportIssue): LockedRoute[] {
  const locks: LockedRoute[] = [];
  let visits = 0;
  for (const [i, lock] of list(raw, 'locked', n, report).entries()) {
    const { customers, type = 0 } = isRecord(lock) ? lock : {};
    if (Array.isArray(customers)) visits += customers.length;
    if (
      !Array.isArray(customers) ||
      customers.length === 0 ||
      visits > n ||
      !customers.every((customer) => Number.isInteger(customer)) ||
      typeof type !== 'number' ||
      !Number.isInteger(type) ||
      type < 0
    ) {
      report(['locked', i], 'A locked route is {"customers": [5, 3], "type": 0}.');
      return [];
    }
    locks.push({ customers: customers as number[], type });
  }
  return locks;
}

/** A list of at most so many entries; empty when it is absent or wrong. */
function list(raw: unknown, key: string, most: number, report: ReportIssue): unknown[] {
  if (raw === undefined || raw === null) return [];
  if (Array.isArray(raw) && raw.length <= most) return raw;
  report([key], `"${key}" must be a list of at most ${most}.`);
  return [];
}

/** Pairs join two customers that are in no other pair; a delivery has nothing else to say. */
function checkPairs(customers: readonly Customer[], report: ReportIssue): void {
  const start = new Int32Array(customers.length + 1);
  customers.forEach(({ deliverTo, backhaul, known = 0 }, i) => {
    if (!deliverTo) return;
    const path = ['customers', i, 'deliverTo'];
    const end = customers[deliverTo - 1];
    if (!end || deliverTo === i + 1) report(path, `There is no other customer ${deliverTo}.`);
    else if (end.deliverTo)
      report(path, `Customer ${deliverTo} is itself picked up for another one.`);
    else if (start[deliverTo] > 0)
      report(path, `Customer ${deliverTo} already belongs to customer ${start[deliverTo]}.`);
    else if (end.demand !== 0)
      report(
        ['customers', deliverTo - 1, 'demand'],
        `Customer ${deliverTo} gets what customer ${i + 1} gives; its own demand must be 0.`,
      );
    else if (end.prize !== undefined)
      report(['customers', deliverTo - 1, 'prize'], 'The prize of a pair belongs to its pick-up.');
    else if ((end.known ?? 0) > known)
      report(
        ['customers', deliverTo - 1, 'known'],
        `A pair becomes known with its pick-up, customer ${i + 1}, at ${known}; its delivery cannot follow at ${end.known}.`,
        'Leave "known" of the delivery out.',
      );
    else if (backhaul || end.backhaul)
      report(path, 'A customer of a pair cannot be a backhaul as well.');
    else start[deliverTo] = i + 1;
  });
}

/** Square matrices of the right size with 0 on the diagonal; undefined when absent or wrong. */
function readMatrix(raw: unknown, nodes: number, report: ReportIssue): Matrix | undefined {
  if (raw === undefined || raw === null) return undefined;
  if (!isRecord(raw)) {
    report(['matrix'], 'This must be an object with "distances".');
    return undefined;
  }
  if (nodes > LIMITS.matrixNodes) {
    report(['matrix'], `Distances can be given for at most ${LIMITS.matrixNodes} nodes.`);
    return undefined;
  }
  for (const key of Object.keys(raw))
    if (key !== 'distances' && key !== 'durations')
      report(['matrix', key], `"${key.slice(0, 30)}" is not known here.`);
  const read = (key: string): number[][] | undefined => {
    const rows = raw[key];
    if (!Array.isArray(rows) || rows.length !== nodes) {
      report(
        ['matrix', key],
        `"${key}" must have ${nodes} rows.`,
        'One for the depot, each customer and each further depot, in this order.',
      );
      return undefined;
    }
    for (let i = 0; i < nodes; i++) {
      const row: unknown = rows[i];
      if (!Array.isArray(row) || row.length !== nodes) {
        report(['matrix', key, i], `This row must have ${nodes} numbers.`);
        return undefined;
      }
      for (let j = 0; j < nodes; j++) {
        const cell: unknown = row[j];
        if (typeof cell === 'number' && cell >= 0 && cell <= LIMITS.cost) continue;
        report(['matrix', key, i, j], `A distance must be a number from 0 to ${LIMITS.cost}.`);
        return undefined;
      }
    }
    return (rows as number[][]).map((row) => row.map((cell) => cell || 0));
  };
  const distances = read('distances');
  const durations = raw.durations === undefined ? undefined : read('durations');
  if (!distances) return undefined;
  return { distances, ...(durations ? { durations } : {}) };
}
