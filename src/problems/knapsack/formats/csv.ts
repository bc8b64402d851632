/**
 * CSV for every kind. Lines `key,value` (or `# key: value`) say title, kind, capacity (one value for
 * each dimension or sack), gamma, element weights and, one line for each, pairs (item, item, profit).
 * Then a header and one line for each item: `name`, `profit`, `weight`, `weight2`, …, `count`,
 * `group`, `elements` (with spaces between), `deviation`, `repair`, those that the kind has.
 * Commas, semicolons or tabs; text may be quoted.
 */
import { fail, ok, type Issue, type Result } from '../../../core/result.ts';
import type { InstanceFormat } from '../../family.ts';
import {
  makeItem,
  MAX_COPIES,
  MAX_ITEMS,
  MAX_LINKS,
  MAX_NAME,
  type Instance,
  type Item,
} from '../instance.ts';
import { countsPieces } from '../kinds.ts';
import { kindIssue, sizeIssue, totalsIssue } from '../schema.ts';
import { baseName, plain } from './common.ts';
import {
  capacityIssue,
  emptyHead,
  headLines,
  isHeader,
  kindOf,
  MAX_CELLS,
  MAX_VALUES,
  readHeader,
  readKey,
  readNumber,
  type Head,
  type Role,
  type Wrong,
} from './csv-head.ts';
import { delimiterOf, isComment, keyedLine, linesOf, quote, splitLine } from './csv-text.ts';

const COPIES = { min: 0, max: MAX_COPIES, integer: true };
const NUMBERS = { min: 1, max: MAX_ITEMS, integer: true };

/** One item from its cells, one for each role; or what is wrong. */
function readItem(cells: readonly string[], roles: readonly Role[], line: number): Item | Wrong {
  const weights: number[] = [];
  let profit = 0;
  let count = 1;
  let name = '';
  const extras: Partial<Item> = {};
  let wrong: Wrong | null = null;
  for (const [column, role] of roles.entries()) {
    const cell = cells[column];
    const amount = (what: string, limits?: typeof COPIES): number => {
      const value = readNumber(cell, what, line, `See cell ${column + 1}.`, limits);
      if (typeof value === 'number') return value;
      wrong ??= value;
      return NaN;
    };
    switch (role) {
      case 'profit':
        profit = amount('A profit');
        break;
      case 'weight':
        weights.push(amount('A weight'));
        break;
      case 'count':
        if (cell.trim() !== '') count = amount('A count', COPIES);
        break;
      case 'name':
        name = cell.slice(0, MAX_NAME);
        break;
      case 'group':
        extras.group = amount('The class', NUMBERS);
        break;
      case 'deviation':
        extras.deviation = amount('A deviation');
        break;
      case 'repair':
        extras.repair = amount('The weight of a repair');
        break;
      case 'elements': {
        const list = cell.trim() === '' ? [] : cell.trim().split(/\s+/, MAX_LINKS + 1);
        extras.elements = [];
        for (const token of list) {
          const hint = `Cell ${column + 1} lists elements by number, with spaces between: 1 4 7.`;
          const element = readNumber(token, 'The number of an element', line, hint, NUMBERS);
          if (typeof element !== 'number') return element;
          extras.elements.push(element);
        }
        break;
      }
      case 'number':
    }
    if (wrong) return wrong;
  }
  // A set-union item may weigh nothing but its elements.
  if (weights.length === 0) weights.push(0);
  return Object.assign(makeItem(profit, weights, count, name), extras);
}

/** The hint of an issue that has none of its own, by the field it is about. */
const HINTS: Readonly<Record<string, string>> = {
  group: 'Number the classes 1, 2, … without gaps.',
  items: 'Mend the items, or the lines above them.',
  elements: 'List the numbers of elements, rising: 1 4 7.',
  deviation: 'It is how much less the item may pay.',
  weights: 'Check this weight and the capacity.',
  pairs: 'List each pair once, the smaller number first: pair,1,2,10.',
  gamma: 'Make it smaller.',
};

/** An issue of the whole with the line that it is about. */
function placed(issue: Issue, head: Head, itemLines: readonly number[], header: number): Wrong {
  const [of, index, field] = issue.path ?? [];
  const line =
    of === 'items'
      ? itemLines[Number(index)]
      : of === 'pairs'
        ? head.pairLines[Number(index)]
        : of === 'capacities'
          ? head.lines.capacity
          : of === 'gamma'
            ? head.lines.gamma
            : of === 'elements'
              ? head.lines.weights
              : undefined;
  return {
    line: line ?? header,
    message: issue.message,
    hint: issue.hint ?? HINTS[String(field)] ?? HINTS[String(of)] ?? HINTS.items,
  };
}

function parse(text: string, fileName: string): Result<Instance> {
  const delimiter = delimiterOf(text);
  const head = emptyHead();
  let roles: readonly Role[] | null = null;
  let headerLine = 1;
  let links = 0;
  let m = 0;
  const items: Item[] = [];
  const itemLines: number[] = [];

  for (const [content, line] of linesOf(text)) {
    // Below the header only a capacity that was not given yet is one: items may have such names.
    if (roles === null || head.capacities === null) {
      const keyed = keyedLine(content, delimiter, MAX_VALUES);
      if (keyed && (roles === null || keyed.key === 'capacity')) {
        const wrong = readKey(head, keyed, line);
        if (wrong) return fail(wrong);
        continue;
      }
    }
    if (roles === null) {
      if (isComment(content)) continue;
      const header = readHeader(content, delimiter, line, head);
      if (!('roles' in header)) return fail(header);
      roles = header.roles;
      headerLine = line;
      m = Math.max(1, roles.filter((role) => role === 'weight').length);
      continue;
    }
    const cells = splitLine(content, delimiter, MAX_CELLS);
    if (cells.length < roles.length)
      return fail({
        line,
        message: `This line has ${cells.length} cells; the header has ${roles.length}.`,
        hint: 'Fill the line up, or remove it.',
      });
    const item = readItem(cells, roles, line);
    if ('line' in item) return fail(item);
    items.push(item);
    itemLines.push(line);
    const size = sizeIssue(items.length, m);
    if (size) return fail({ line, message: size, hint: 'Cut the file.' });
    links += item.elements?.length ?? 0;
    if (links > MAX_LINKS)
      return fail({
        line,
        message: `At most ${MAX_LINKS.toLocaleString('en')} elements of items are read.`,
        hint: 'Cut the file.',
      });
  }
  if (roles === null)
    return fail({
      line: 1,
      message: 'There is no header line.',
      hint: 'For example: name,profit,weight,count',
    });
  const wrong = capacityIssue(head, m);
  if (wrong) return fail(wrong);
  const { title, kind, capacities, gamma, elements, pairs } = head;
  const instance: Instance = {
    name: title || baseName(fileName) || `Knapsack ${items.length}`,
    ...(kind !== undefined ? { kind } : {}),
    capacities: capacities ?? [],
    items,
    ...(kind === 'quadratic' ? { pairs } : {}),
    ...(elements !== null ? { elements } : {}),
    ...(gamma !== null ? { gamma } : {}),
  };
  const issue = kindIssue(instance) ?? totalsIssue(instance);
  return issue ? fail(placed(issue, head, itemLines, headerLine)) : ok(instance);
}

export const csv: InstanceFormat<Instance> = {
  id: 'csv',
  name: 'CSV',
  extensions: ['csv', 'tsv'],
  sniff(text, fileName) {
    const delimiter = delimiterOf(text);
    const named = /\.(csv|tsv)$/i.test(fileName);
    let seen = 0;
    for (const [line] of linesOf(text.slice(0, 4096))) {
      const keyed = keyedLine(line, delimiter, 4);
      if (keyed?.key === 'kind' && kindOf(keyed.values[0] ?? '')) return named ? 0.95 : 0.85;
      if (keyed?.key === 'capacity') return named ? 0.9 : 0.8;
      if (keyed || isComment(line)) continue;
      if (isHeader(splitLine(line, delimiter, MAX_CELLS))) return named ? 0.95 : 0.85;
      if (++seen === 3) break;
    }
    return 0;
  },
  parse,
  write(instance) {
    const { items, capacities, kind } = instance;
    const broken = items.findIndex((item) => item.name?.includes('\n'));
    if (broken >= 0)
      return fail({
        path: ['items', broken, 'name'],
        message: 'A name with a line break cannot be written as CSV.',
        hint: 'Export as JSON.',
      });
    const title = instance.name.replaceAll('\n', ' ');
    const weights = kind === 'multiple' ? [0] : [...capacities.keys()];
    const weighs = kind !== 'set-union' || items.some((item) => item.weights[0] !== 0);
    const columns: [heading: string, cell: (item: Item) => string][] = [
      ['name', (item) => quote(item.name ?? '')],
      ['profit', (item) => plain(item.profit)],
      ...weights.map((d): [string, (item: Item) => string] => [
        d === 0 ? 'weight' : `weight${d + 1}`,
        (item) => plain(item.weights[d]),
      ]),
      ['count', (item) => String(item.count ?? 1)],
      ['group', (item) => String(item.group)],
      ['elements', (item) => (item.elements ?? []).join(' ')],
      ['deviation', (item) => plain(item.deviation ?? 0)],
      ['repair', (item) => plain(item.repair ?? 0)],
    ];
    const shown: Readonly<Record<string, boolean>> = {
      name: items.some((item) => item.name !== undefined),
      profit: !countsPieces(kind),
      count: items.some((item) => item.count !== undefined),
      group: kind === 'multiple-choice',
      elements: kind === 'set-union',
      deviation: kind === 'robust' || kind === 'recourse',
      repair: kind === 'recourse',
    };
    const used = columns.filter(([heading]) => shown[heading] ?? weighs);
    const lines = [
      ...(title === '' ? [] : [['title', quote(title)]]),
      ...headLines(instance, plain),
      used.map(([heading]) => heading),
      ...items.map((item) => used.map(([, cell]) => cell(item))),
    ];
    return ok(`${lines.map((cells) => cells.join(',')).join('\n')}\n`);
  },
};
