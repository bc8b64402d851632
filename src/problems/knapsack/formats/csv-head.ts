/** What stands above the items of a knapsack CSV: its keys and its header. */
import { numberIssue, type NumberLimits } from '../../../core/tokens.ts';
import type { Issue } from '../../../core/result.ts';
import { MAX_DIMENSIONS, MAX_ITEMS, MAX_LINKS, MAX_NAME, type Instance } from '../instance.ts';
import { countsPieces, hasDimensions, hasLosses, KINDS, kindName, type Kind } from '../kinds.ts';
import { amountIssue, sizeIssue } from '../schema.ts';
import { AMOUNT, ITEMS } from './common.ts';
import { filled, splitLine, type Key, type Keyed } from './csv-text.ts';

/** Everything wrong in a CSV has a place and a way out. */
export type Wrong = Required<Pick<Issue, 'line' | 'message' | 'hint'>>;

export type Role =
  'profit' | 'weight' | 'count' | 'name' | 'number' | 'group' | 'elements' | 'deviation' | 'repair';

const ROLES: readonly [RegExp, Role][] = [
  [/^(profit|value|price|p)$/, 'profit'],
  [/^(weight|w|size)\W*\d*\W*$/, 'weight'],
  [/^(count|copies|quantity|limit)$/, 'count'],
  [/^(name|item|label)$/, 'name'],
  [/^(id|index|no|#)$/, 'number'],
  [/^(group|class)$/, 'group'],
  [/^elements?$/, 'elements'],
  [/^(deviation|loss)$/, 'deviation'],
  [/^repair$/, 'repair'],
];

const roleOf = (heading: string): Role | null =>
  ROLES.find(([pattern]) => pattern.test(heading.trim().toLowerCase()))?.[1] ?? null;

/** The kinds that need a field of their own, and how it is written. */
const OWN: readonly [field: Role | Key, of: (kind: Kind | undefined) => boolean, how: string][] = [
  ['group', (kind) => kind === 'multiple-choice', 'a column "group"'],
  ['elements', (kind) => kind === 'set-union', 'a column "elements"'],
  ['weights', (kind) => kind === 'set-union', 'a line "element weights,3,5,…"'],
  ['deviation', hasLosses, 'a column "deviation"'],
  ['gamma', hasLosses, 'a line "gamma,3"'],
  ['repair', (kind) => kind === 'recourse', 'a column "repair"'],
  ['pair', (kind) => kind === 'quadratic', 'lines "pair,1,2,10"'],
];

/** Most cells a line of items may have. */
export const MAX_CELLS = MAX_DIMENSIONS + ROLES.length;

export interface Head {
  title: string;
  kind?: Kind;
  capacities: number[] | null;
  gamma: number | null;
  elements: number[] | null;
  pairs: [number, number, number][];
  /** The line of each key; the first one of pairs. */
  lines: Partial<Record<Key, number>>;
  pairLines: number[];
}

export const emptyHead = (): Head => ({
  title: '',
  capacities: null,
  gamma: null,
  elements: null,
  pairs: [],
  lines: {},
  pairLines: [],
});

/** Most values of a key; one more is read to see that there are too many. */
export const MAX_VALUES = MAX_ITEMS + 1;

/** A number of a line (never −0), or what is wrong with it. */
export function readNumber(
  cell: string,
  what: string,
  line: number,
  hint: string,
  limits: NumberLimits = AMOUNT,
): number | Wrong {
  const token = cell.trim();
  const issue = numberIssue(token, what, limits) ?? amountIssue(Number(token), what);
  return issue ? { line, message: issue.message, hint: issue.hint ?? hint } : Number(token) + 0;
}

function readNumbers(
  tokens: readonly string[],
  what: string,
  line: number,
  example: string,
): number[] | Wrong {
  const numbers: number[] = [];
  for (const token of tokens) {
    const value = readNumber(token, what, line, example);
    if (typeof value !== 'number') return value;
    numbers.push(value);
  }
  return numbers;
}

/** The kind by its id or its name. */
export function kindOf(text: string): Kind | null {
  const word = text.trim().toLowerCase();
  const id = word.replaceAll(/[\s_]+/g, '-');
  return KINDS.find((kind) => kind.id === id || kind.name.toLowerCase() === word)?.id ?? null;
}

/** Takes one line of a key; what is wrong with it, or null. */
export function readKey(head: Head, { key, values }: Keyed, line: number): Wrong | null {
  if (key !== 'pair' && head.lines[key] !== undefined)
    return {
      line,
      message: `This was given in line ${head.lines[key]} already.`,
      hint: 'Keep one of the two lines.',
    };
  head.lines[key] ??= line;
  // Not so for capacities: their number is known from the columns.
  if (key !== 'capacity' && values.includes(''))
    return { line, message: 'A cell is empty.', hint: 'Fill it, or take it out.' };
  const tokens = filled(values.join(' ').trim().split(/\s+/, MAX_VALUES));
  switch (key) {
    case 'title':
      head.title = values.join(', ').slice(0, MAX_NAME);
      return null;
    case 'kind': {
      const kind = kindOf(values[0] ?? '');
      if (kind) head.kind = kind;
      return kind
        ? null
        : {
            line,
            message: 'The kind is not known.',
            hint: `Leave the line out, or use one of: ${KINDS.map(({ id }) => id).join(', ')}.`,
          };
    }
    case 'capacity': {
      const size = sizeIssue(0, tokens.length);
      if (size) return { line, message: size, hint: 'Give fewer capacities.' };
      const read = readNumbers(tokens, 'A capacity', line, 'For example: capacity,100');
      if (!Array.isArray(read)) return read;
      head.capacities = read;
      return null;
    }
    case 'weights': {
      if (tokens.length > MAX_ITEMS)
        return {
          line,
          message: 'There are too many elements.',
          hint: `Give ${MAX_ITEMS} at most.`,
        };
      const example = 'For example: element weights,3,5';
      const read = readNumbers(tokens, 'The weight of an element', line, example);
      if (!Array.isArray(read)) return read;
      head.elements = read;
      return null;
    }
    case 'gamma': {
      const hint = 'For example: gamma,3 when up to three items pay less.';
      const read = readNumber(tokens.join(' '), 'Γ', line, hint, ITEMS);
      if (typeof read !== 'number') return read;
      head.gamma = read;
      return null;
    }
    case 'pair':
      return readPair(head, tokens, line);
  }
}

function readPair(head: Head, tokens: readonly string[], line: number): Wrong | null {
  const hint = 'For example: pair,1,2,10 when items 1 and 2 together pay 10 more.';
  if (tokens.length !== 3)
    return { line, message: 'A pair is two items and what they pay together.', hint };
  if (head.pairs.length === MAX_LINKS)
    return {
      line,
      message: `At most ${MAX_LINKS.toLocaleString('en')} pairs are read.`,
      hint: 'Leave out pairs that pay little.',
    };
  const first = readNumber(tokens[0], 'The number of an item', line, hint, ITEMS);
  if (typeof first !== 'number') return first;
  const second = readNumber(tokens[1], 'The number of an item', line, hint, ITEMS);
  if (typeof second !== 'number') return second;
  const profit = readNumber(tokens[2], 'The profit of a pair', line, hint);
  if (typeof profit !== 'number') return profit;
  head.pairs.push([first, second, profit]);
  head.pairLines.push(line);
  return null;
}

/** Whether the cells are headings of items of a kind. */
export function isHeader(cells: readonly string[], kind?: Kind): boolean {
  const roles = cells.map(roleOf);
  return (
    (roles.includes('profit') || countsPieces(kind)) &&
    (roles.includes('weight') || kind === 'set-union')
  );
}

/** The roles of the columns; or why this is no header of the kind given above it. */
export function readHeader(
  content: string,
  delimiter: string,
  line: number,
  { kind, lines }: Head,
): { roles: Role[] } | Wrong {
  const cells = filled(splitLine(content, delimiter, MAX_CELLS + 1));
  const own = (of: (kind: Kind | undefined) => boolean) =>
    KINDS.filter(({ id }) => of(id)).map(({ id }) => id);
  const present = cells.map(roleOf);
  if (!isHeader(cells, kind)) {
    const coins = countsPieces(kind) || kind === 'set-union';
    return {
      line,
      message: coins
        ? `The header must name a ${kind === 'set-union' ? 'profit' : 'weight'} column.`
        : 'The header must name a profit (or value) and a weight column.',
      hint: coins
        ? `For example: name,${kind === 'set-union' ? 'profit,elements' : 'weight'}`
        : 'For example: name,profit,weight,count',
    };
  }
  const unknown = present.indexOf(null);
  if (unknown >= 0)
    return {
      line,
      message: `The column "${cells[unknown].slice(0, 24)}" is not known.`,
      hint: 'Use name, profit, weight, weight2, …, count, group, elements, deviation, repair.',
    };
  const m = present.filter((role) => role === 'weight').length;
  const size = cells.length > MAX_CELLS ? 'There are too many columns.' : sizeIssue(0, m);
  if (size) return { line, message: size, hint: `Give ${MAX_DIMENSIONS} weights at most.` };
  for (const [field, of, how] of OWN) {
    const column = present.includes(field as Role);
    const at = column ? line : lines[field as Key];
    if (at !== undefined && !of(kind))
      return {
        line: at,
        message: `Only instances of the kind ${own(of).join(' or ')} have ${how}.`,
        hint: `Remove it, or put a line "kind,${own(of)[0]}" above the header.`,
      };
    // A quadratic instance may have no pair that pays.
    if (at === undefined && of(kind) && field !== 'pair')
      return {
        line,
        message: `An instance of the kind "${kindName(kind)}" needs ${how}.`,
        hint: 'Lines with a key stand above the header.',
      };
  }
  return { roles: present as Role[] };
}

/** Why the capacities do not go with `m` columns of weights; null when they do. */
export function capacityIssue(head: Head, m: number): Wrong | null {
  const { kind, capacities } = head;
  const line = head.lines.capacity ?? 1;
  if (capacities === null || capacities.length === 0)
    return {
      line,
      message: 'There is no capacity.',
      hint: 'Put a line "capacity,100" above the header.',
    };
  const given = capacities.length;
  if (kind !== 'multiple' && given > 1 && !hasDimensions(kind))
    return {
      line,
      message: `An instance of the kind "${kindName(kind)}" has one capacity.`,
      hint: 'Keep one.',
    };
  if (kind === 'multiple' ? m === 1 : m === given) return null;
  return kind === 'multiple'
    ? { line, message: `There are ${m} weight columns for sacks.`, hint: 'Keep one of them.' }
    : {
        line,
        message: `There are ${given} capacities for ${m} weight columns.`,
        hint: 'Give one capacity for each column of weights.',
      };
}

/** The lines above the header. */
export function headLines(instance: Instance, write: (value: number) => string): string[][] {
  const { kind, capacities, gamma, elements, pairs } = instance;
  return [
    ...(kind !== undefined ? [['kind', kind]] : []),
    ['capacity', ...capacities.map(write)],
    ...(gamma !== undefined ? [['gamma', write(gamma)]] : []),
    ...(elements !== undefined ? [['element weights', ...elements.map(write)]] : []),
    ...(pairs ?? []).map((pair) => ['pair', ...pair.map(write)]),
  ];
}
