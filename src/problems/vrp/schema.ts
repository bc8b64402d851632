/** Validation of untrusted instances: shape, ranges and meaning; every issue has a path. */
import { fail, okUnless, type Issue, type Result } from '../../core/result.ts';
import {
  clean,
  cleanCustomer,
  LIMITS,
  ROUNDINGS,
  type Customer,
  type Rounding,
  type VrpInstance,
} from './instance.ts';

type Path = readonly (string | number)[];

const MAX_ISSUES = 20;

interface NumberRule {
  min: number;
  max: number;
  integer?: boolean;
}

const COORDINATE: NumberRule = { min: -LIMITS.coordinate, max: LIMITS.coordinate };
const DEMAND: NumberRule = { min: 0, max: LIMITS.demand, integer: true };
const TIME: NumberRule = { min: 0, max: LIMITS.time };

const CUSTOMER_KEYS: Readonly<Record<string, NumberRule>> = {
  x: COORDINATE,
  y: COORDINATE,
  demand: DEMAND,
  ready: TIME,
  due: TIME,
  service: TIME,
};
const DEPOT_KEYS: Readonly<Record<string, NumberRule>> = {
  x: COORDINATE,
  y: COORDINATE,
  ready: TIME,
  due: TIME,
};
const REQUIRED = new Set(['x', 'y', 'demand']);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

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
      report(path, 'This must be an object with x and y.');
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

  const known = ['name', 'capacity', 'vehicles', 'rounding', 'maxDuration', 'depot', 'customers'];
  for (const key of Object.keys(value))
    if (!known.includes(key))
      report([key], `"${key.slice(0, 30)}" is not known here.`, `Known: ${known.join(', ')}.`);

  const { name = 'Untitled', rounding = 'nint', vehicles, maxDuration } = value;
  if (typeof name !== 'string' || name.length > LIMITS.nameLength)
    report(['name'], `"name" must be text of at most ${LIMITS.nameLength} characters.`);
  if (!ROUNDINGS.includes(rounding as Rounding))
    report(['rounding'], `"rounding" must be one of: ${ROUNDINGS.join(', ')}.`);
  const capacity = number(['capacity'], value.capacity, { ...DEMAND, min: 1 });
  const fleet =
    vehicles === undefined || vehicles === null
      ? Infinity
      : number(['vehicles'], vehicles, { min: 1, max: LIMITS.vehicles, integer: true });
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
  const depot = record(['depot'], value.depot, DEPOT_KEYS);
  const customers: Customer[] = [];
  for (let i = 0; i < value.customers.length && issues.length < MAX_ISSUES; i++) {
    const read = record(['customers', i], value.customers[i], CUSTOMER_KEYS);
    customers.push(cleanCustomer(read as unknown as Customer));
  }
  return okUnless(issues, () =>
    clean({
      name: name as string,
      capacity,
      vehicles: fleet,
      rounding: rounding as Rounding,
      maxDuration: duration,
      depot: depot as unknown as VrpInstance['depot'],
      customers,
    }),
  );
}

const schemaNumber = (rule: NumberRule, description: string) => ({
  type: rule.integer ? 'integer' : 'number',
  minimum: rule.min,
  maximum: rule.max,
  description,
});

/** JSON Schema (draft 7), for completion and markers in the editor. */
export const jsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  type: 'object',
  required: ['capacity', 'depot', 'customers'],
  additionalProperties: false,
  properties: {
    name: { type: 'string', maxLength: LIMITS.nameLength },
    capacity: schemaNumber({ ...DEMAND, min: 1 }, 'Units one vehicle carries.'),
    vehicles: schemaNumber(
      { min: 1, max: LIMITS.vehicles, integer: true },
      'At most so many routes; free when left out.',
    ),
    rounding: {
      enum: ROUNDINGS,
      description:
        'Of distances: to the nearest integer, none, or truncated to one decimal (DIMACS).',
    },
    maxDuration: schemaNumber(
      TIME,
      'Most driving and service time of a route; free when left out.',
    ),
    depot: {
      type: 'object',
      required: ['x', 'y'],
      additionalProperties: false,
      properties: {
        x: schemaNumber(COORDINATE, 'Position.'),
        y: schemaNumber(COORDINATE, 'Position.'),
        ready: schemaNumber(TIME, 'Vehicles leave no earlier.'),
        due: schemaNumber(TIME, 'Vehicles are back by then.'),
      },
    },
    customers: {
      type: 'array',
      minItems: 1,
      maxItems: LIMITS.customers,
      items: {
        type: 'object',
        required: ['x', 'y', 'demand'],
        additionalProperties: false,
        properties: {
          x: schemaNumber(COORDINATE, 'Position.'),
          y: schemaNumber(COORDINATE, 'Position.'),
          demand: schemaNumber(DEMAND, 'Whole units of capacity.'),
          ready: schemaNumber(TIME, 'Service starts no earlier.'),
          due: schemaNumber(TIME, 'Service starts no later.'),
          service: schemaNumber(TIME, 'Time spent at the customer.'),
        },
      },
    },
  },
} as const;
