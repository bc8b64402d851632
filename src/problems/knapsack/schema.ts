/** Shape and meaning of an untrusted knapsack instance. */
import { fail, ok, type Issue, type Result } from '../../core/result.ts';
import {
  changeItem,
  dimensionsOf,
  makeItem,
  MAX_COPIES,
  MAX_DIMENSIONS,
  MAX_ITEMS,
  MAX_LINKS,
  MAX_NAME,
  type Instance,
  type Item,
} from './instance.ts';
import { countsPieces, hasDimensions, isKind, kindName, KINDS, type Kind } from './kinds.ts';
import { amountIssue, kindIssue, sizeIssue, totalsIssue } from './rules.ts';

export { amountIssue, kindIssue, sizeIssue, totalsIssue };

const MAX_ISSUES = 20;

export const jsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Knapsack instance',
  type: 'object',
  required: ['items'],
  additionalProperties: false,
  properties: {
    name: { type: 'string', maxLength: MAX_NAME, description: 'Title of the instance.' },
    kind: {
      enum: KINDS.map(({ id }) => id),
      description: KINDS.map(({ id, help }) => `${id}: ${help}`).join(' '),
    },
    capacities: {
      type: 'array',
      minItems: 1,
      maxItems: MAX_DIMENSIONS,
      items: { type: 'number', minimum: 0 },
      description: 'One capacity for each dimension, or for each sack of a multiple knapsack.',
    },
    capacity: { type: 'number', minimum: 0, description: 'Short form of one capacity.' },
    items: {
      type: 'array',
      maxItems: MAX_ITEMS,
      items: {
        type: 'object',
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
          group: { type: 'integer', minimum: 1, description: 'Multiple choice: the class.' },
          elements: {
            type: 'array',
            items: { type: 'integer', minimum: 1 },
            description: 'Set-union: the elements the item needs, by number, rising.',
          },
          deviation: {
            type: 'number',
            minimum: 0,
            description: 'Robust: how much less it may pay.',
          },
          repair: {
            type: 'number',
            minimum: 0,
            description: 'Robust with repairs: further weight for which it pays in full.',
          },
        },
      },
    },
    pairs: {
      type: 'array',
      maxItems: MAX_LINKS,
      items: { type: 'array', items: { type: 'number' }, minItems: 3, maxItems: 3 },
      description: 'Quadratic: [item, item, profit], items by number from 1, the smaller first.',
    },
    elements: {
      type: 'array',
      maxItems: MAX_ITEMS,
      items: { type: 'number', minimum: 0 },
      description: 'Set-union: the weight of each element.',
    },
    gamma: {
      type: 'integer',
      minimum: 0,
      description: 'Robust: how many items may pay less.',
    },
  },
} as const;

type Path = readonly (string | number)[];

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

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
  const kind = value.kind as Kind | undefined;
  if (kind !== undefined && !isKind(kind)) {
    complain(
      ['kind'],
      'The kind is not known.',
      `Leave it out, or use one of: ${KINDS.map(({ id }) => id).join(', ')}.`,
    );
    return failed();
  }
  const m = dimensionsOf({ kind, capacities: rawCapacities });
  if (!Array.isArray(value.items)) {
    complain(['items'], 'The items must be a list.', 'Write "items": [], for example.');
    return failed();
  }
  const sizes =
    sizeIssue(value.items.length, rawCapacities.length) ??
    (rawCapacities.length > 1 && kind !== 'multiple' && !hasDimensions(kind)
      ? `An instance of the kind "${kindName(kind)}" has one capacity.`
      : null);
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
    const profit =
      raw.profit === undefined && countsPieces(kind)
        ? 0
        : amount(raw.profit, ['items', i, 'profit'], 'A profit');
    const single = raw.weight !== undefined;
    if (single && raw.weights !== undefined)
      complain(['items', i, 'weight'], 'Both "weight" and "weights" are given.', 'Keep one.');
    const rawWeights: unknown = single
      ? [raw.weight]
      : raw.weights === undefined && kind === 'set-union'
        ? [0]
        : raw.weights;
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
    const item = makeItem(profit, weights, count as number, label as string | undefined);
    const extras = Object.fromEntries(
      ['group', 'elements', 'deviation', 'repair'].flatMap((key) =>
        key in raw ? [[key, raw[key]]] : [],
      ),
    );
    items.push(changeItem(item, extras));
  }
  if (issues.length > 0) return failed();
  const instance: Instance = {
    name: name as string,
    ...(kind !== undefined ? { kind } : {}),
    capacities,
    items,
    ...(value.pairs !== undefined ? { pairs: value.pairs as Instance['pairs'] } : {}),
    ...(value.elements !== undefined ? { elements: value.elements as number[] } : {}),
    ...(value.gamma !== undefined ? { gamma: value.gamma as number } : {}),
  };
  const issue = kindIssue(instance) ?? totalsIssue(instance);
  return issue ? fail(issue) : ok(instance);
}

const shorten = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
