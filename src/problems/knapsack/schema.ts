/** Shape and meaning of an untrusted knapsack instance. */
import { ok, type Issue, type Result } from '../../core/result.ts';
import {
  digitsOf,
  makeItem,
  MAX_COPIES,
  MAX_DIGITS,
  MAX_DIMENSIONS,
  MAX_ITEMS,
  MAX_NAME,
  MAX_WEIGHTS,
  copiesOf,
  scalesOf,
  type Instance,
  type Item,
} from './instance.ts';

const MAX_ISSUES = 20;
const LIMIT = Number.MAX_SAFE_INTEGER;

export const jsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Knapsack instance',
  type: 'object',
  required: ['items'],
  additionalProperties: false,
  properties: {
    name: { type: 'string', maxLength: MAX_NAME, description: 'Title of the instance.' },
    capacities: {
      type: 'array',
      minItems: 1,
      maxItems: MAX_DIMENSIONS,
      items: { type: 'number', minimum: 0 },
      description: 'One capacity for each dimension.',
    },
    capacity: { type: 'number', minimum: 0, description: 'Short form of one capacity.' },
    items: {
      type: 'array',
      maxItems: MAX_ITEMS,
      items: {
        type: 'object',
        required: ['profit'],
        additionalProperties: false,
        properties: {
          profit: { type: 'number', minimum: 0, description: 'Gained for each copy taken.' },
          weights: {
            type: 'array',
            minItems: 1,
            items: { type: 'number', minimum: 0 },
            description: 'Use of each capacity by one copy.',
          },
          weight: { type: 'number', minimum: 0, description: 'Short form of one weight.' },
          count: {
            type: 'integer',
            minimum: 0,
            maximum: MAX_COPIES,
            default: 1,
            description: 'Copies that may be taken.',
          },
          name: { type: 'string', maxLength: MAX_NAME },
        },
      },
    },
  },
} as const;

type Path = readonly (string | number)[];

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Why `value` is not an amount (finite, ≥ 0, few decimals); null when it is. */
export function amountIssue(value: unknown, what: string): Pick<Issue, 'message' | 'hint'> | null {
  if (typeof value !== 'number' || !Number.isFinite(value))
    return { message: `${what} must be a number.` };
  if (value < 0) return { message: `${what} must not be negative.` };
  if (value > LIMIT) return { message: `${what} must be at most 2^53 − 1.` };
  if (digitsOf(value) < 0)
    return {
      message: `${what} has more than ${MAX_DIGITS} decimals.`,
      hint: 'Round it or change the unit.',
    };
  return null;
}

/** A plain JSON value as an instance; issues have paths. Sizes are checked first. O(n·m). */
export function validate(value: unknown): Result<Instance> {
  const issues: Issue[] = [];
  const complain = (path: Path, message: string, hint?: string): void => {
    if (issues.length < MAX_ISSUES) issues.push({ path, message, hint });
  };
  const amount = (raw: unknown, path: Path, what: string): number => {
    const issue = amountIssue(raw, what);
    if (issue) complain(path, issue.message, issue.hint);
    return typeof raw === 'number' ? raw : NaN;
  };
  const failed = (): Result<Instance> => ({ ok: false, issues });

  if (!isRecord(value)) {
    complain([], 'A knapsack instance must be an object.', 'Give it "capacities" and "items".');
    return failed();
  }
  for (const key of Object.keys(value))
    if (!(key in jsonSchema.properties))
      complain([key], `Unknown field "${shorten(key)}".`, 'Remove it.');

  const name = value.name ?? '';
  if (typeof name !== 'string' || name.length > MAX_NAME)
    complain(['name'], `The name must be text of at most ${MAX_NAME} characters.`);

  const short = value.capacity !== undefined;
  if (short && value.capacities !== undefined)
    complain(['capacity'], 'Both "capacity" and "capacities" are given.', 'Keep one of them.');
  const rawCapacities = short ? [value.capacity] : value.capacities;
  if (!Array.isArray(rawCapacities) || rawCapacities.length < 1) {
    complain(['capacities'], 'There is no capacity.', 'Write "capacities": [100], for example.');
    return failed();
  }
  const m = rawCapacities.length;
  if (!Array.isArray(value.items)) {
    complain(['items'], 'The items must be a list.', 'Write "items": [], for example.');
    return failed();
  }
  const sizes = sizeIssue(value.items.length, m);
  if (sizes) {
    complain(['items'], sizes);
    return failed();
  }
  const capacities = rawCapacities.map((raw, d) =>
    amount(raw, short ? ['capacity'] : ['capacities', d], 'A capacity'),
  );

  const items: Item[] = [];
  for (const [i, raw] of value.items.entries()) {
    if (issues.length >= MAX_ISSUES) break;
    if (!isRecord(raw)) {
      complain(['items', i], 'An item must be an object.', 'Write {"profit": 5, "weights": [3]}.');
      continue;
    }
    for (const key of Object.keys(raw))
      if (!(key in jsonSchema.properties.items.items.properties))
        complain(['items', i, key], `Unknown field "${shorten(key)}".`, 'Remove it.');
    const profit = amount(raw.profit, ['items', i, 'profit'], 'A profit');
    const single = raw.weight !== undefined;
    if (single && raw.weights !== undefined)
      complain(['items', i, 'weight'], 'Both "weight" and "weights" are given.', 'Keep one.');
    const rawWeights: unknown = single ? [raw.weight] : raw.weights;
    let weights: number[] = [];
    if (!Array.isArray(rawWeights) || rawWeights.length !== m)
      complain(
        ['items', i, single ? 'weight' : 'weights'],
        `An item must have ${m === 1 ? 'one weight' : `${m} weights`}, one for each capacity.`,
      );
    else
      weights = rawWeights.map((w: unknown, d) =>
        amount(w, single ? ['items', i, 'weight'] : ['items', i, 'weights', d], 'A weight'),
      );
    const count = raw.count ?? 1;
    if (!Number.isInteger(count) || (count as number) < 0 || (count as number) > MAX_COPIES)
      complain(
        ['items', i, 'count'],
        `The count must be a whole number from 0 to ${MAX_COPIES.toLocaleString('en')}.`,
      );
    const label = raw.name;
    if (label !== undefined && (typeof label !== 'string' || label.length > MAX_NAME))
      complain(
        ['items', i, 'name'],
        `An item's name must be text of at most ${MAX_NAME} characters.`,
      );
    items.push(makeItem(profit, weights, count as number, label as string | undefined));
  }
  if (issues.length > 0) return failed();
  const instance: Instance = { name: name as string, capacities, items };
  const total = totalsIssue(instance);
  if (total) {
    complain(total.path ?? [], total.message, total.hint);
    return failed();
  }
  return ok(instance);
}

/** Why so many items and dimensions are too many; null when they are not. */
export function sizeIssue(n: number, m: number): string | null {
  const show = (count: number) => count.toLocaleString('en');
  if (n > MAX_ITEMS) return `There are ${show(n)} items; at most ${show(MAX_ITEMS)} are read.`;
  if (m > MAX_DIMENSIONS)
    return `There are ${show(m)} dimensions; at most ${show(MAX_DIMENSIONS)} are read.`;
  if (n * m > MAX_WEIGHTS)
    return `There are ${show(n * m)} weights; at most ${show(MAX_WEIGHTS)} are read.`;
  return null;
}

/** Totals that whole-number arithmetic in doubles cannot hold exactly. O(n·m). */
export function totalsIssue(instance: Instance): Issue | null {
  const scales = scalesOf(instance);
  const hint = 'Use smaller numbers, fewer copies or fewer decimals.';
  let profit = 0;
  for (const item of instance.items)
    profit += item.profit * Math.max(1, copiesOf(item)) * scales.profit;
  if (profit > LIMIT)
    return { path: ['items'], message: 'The profits add up to more than 2^53.', hint };
  for (const [d, capacity] of instance.capacities.entries()) {
    let weight = capacity * scales.weights[d];
    for (const item of instance.items)
      weight += item.weights[d] * Math.max(1, copiesOf(item)) * scales.weights[d];
    if (weight > LIMIT)
      return {
        path: ['capacities', d],
        message: 'The weights and the capacity add up to more than 2^53.',
        hint,
      };
  }
  return null;
}

const shorten = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
