/**
 * CSV with a header: `profit` (or value, price), `weight` or several `weight…` columns, and if wanted
 * `count` (or copies) and `name` (or item). The capacities stand in a line `capacity,100,…` before
 * the header. Commas, semicolons or tabs; text may be quoted.
 */
import { fail, ok, type Issue, type Result } from '../../../core/result.ts';
import { numberIssue } from '../../../core/tokens.ts';
import type { InstanceFormat } from '../../family.ts';
import { makeItem, MAX_COPIES, MAX_NAME, type Instance, type Item } from '../instance.ts';
import { amountIssue, sizeIssue } from '../schema.ts';
import { accept, AMOUNT, baseName, plain, plainIssue } from './common.ts';

type Role = 'profit' | 'weight' | 'count' | 'name' | 'number';

const ROLES: readonly [RegExp, Role][] = [
  [/^(profit|value|price|p)$/, 'profit'],
  [/^(weight|w|size)\W*\d*\W*$/, 'weight'],
  [/^(count|copies|quantity|limit)$/, 'count'],
  [/^(name|item|label)$/, 'name'],
  [/^(id|index|no|#)$/, 'number'],
];

const roleOf = (heading: string): Role | null =>
  ROLES.find(([pattern]) => pattern.test(heading.trim().toLowerCase()))?.[1] ?? null;

const isCapacityLine = (cells: readonly string[]): boolean =>
  /^#?\s*(capacity|capacities)$/i.test(cells[0]?.trim() ?? '');

const isHeader = (cells: readonly string[]): boolean => {
  const roles = cells.map(roleOf);
  return roles.includes('profit') && roles.includes('weight');
};

function delimiterOf(text: string): string {
  const line =
    text
      .slice(0, 4096)
      .split('\n')
      .find((candidate) => /[,;\t]/.test(candidate)) ?? '';
  const counts = [',', ';', '\t'].map((sign) => line.split(sign).length);
  return [',', ';', '\t'][counts.indexOf(Math.max(...counts))];
}

/** The cells of one line; quotes double inside quoted text. */
function splitLine(line: string, delimiter: string): string[] {
  if (!line.includes('"')) return line.split(delimiter).map((cell) => cell.trim());
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const sign = line[i];
    if (sign === '"') {
      if (quoted && line[i + 1] === '"') {
        cell += '"';
        i++;
      } else quoted = !quoted;
    } else if (sign === delimiter && !quoted) {
      cells.push(cell.trim());
      cell = '';
    } else cell += sign;
  }
  cells.push(cell.trim());
  return cells;
}

/** Lines with their 1-based number, empty ones left out; one at a time, so that a cap can stop. */
function* linesOf(text: string): Generator<[line: string, number: number]> {
  let start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  for (let number = 1; start <= text.length; number++) {
    let end = text.indexOf('\n', start);
    if (end < 0) end = text.length;
    const line = text.slice(start, end).trim();
    if (line !== '') yield [line, number];
    start = end + 1;
  }
}

function parse(text: string, fileName: string): Result<Instance> {
  const delimiter = delimiterOf(text);
  let capacities: number[] | null = null;
  let capacityLine = 1;
  let roles: (Role | null)[] | null = null;
  let m = 0;
  const items: Item[] = [];
  const issues: Issue[] = [];

  for (const [content, line] of linesOf(text)) {
    const cells = splitLine(content, delimiter);
    const amount = (token: string, what: string, column: number, limits = AMOUNT): number => {
      const issue = numberIssue(token, what, limits) ?? amountIssue(Number(token), what);
      if (issue) issues.push({ line, ...issue, hint: issue.hint ?? `See cell ${column + 1}.` });
      return Number(token);
    };
    if (isCapacityLine(cells)) {
      capacityLine = line;
      const given = cells.slice(1).filter((cell) => cell !== '');
      capacities = given.map((cell, d) => amount(cell, 'A capacity', d + 1));
    } else if (roles === null) {
      if (!isHeader(cells))
        return fail({
          line,
          message: 'The header must name a profit (or value) and a weight column.',
          hint: 'For example: name,profit,weight,count',
        });
      roles = cells.map(roleOf);
      const unknown = roles.indexOf(null);
      if (unknown >= 0)
        return fail({
          line,
          message: `The column "${cells[unknown].slice(0, 24)}" is not known.`,
          hint: 'Use name, profit, weight, weight2, …, count.',
        });
      m = roles.filter((role) => role === 'weight').length;
    } else {
      if (cells.length < roles.length)
        return fail({
          line,
          message: `This line has ${cells.length} cells; the header has ${roles.length}.`,
        });
      const weights: number[] = [];
      let profit = 0;
      let count = 1;
      let name = '';
      for (const [column, role] of roles.entries()) {
        const cell = cells[column];
        if (role === 'profit') profit = amount(cell, 'A profit', column);
        else if (role === 'weight') weights.push(amount(cell, 'A weight', column));
        else if (role === 'count' && cell !== '')
          count = amount(cell, 'A count', column, { min: 0, max: MAX_COPIES, integer: true });
        else if (role === 'name') name = cell.slice(0, MAX_NAME);
      }
      items.push(makeItem(profit, weights, count, name));
      const size = sizeIssue(items.length, m);
      if (size) return fail({ line, message: size });
    }
    if (issues.length > 0) return { ok: false, issues };
  }
  if (roles === null) return fail({ line: 1, message: 'There is no header line.' });
  if (capacities === null || capacities.length === 0)
    return fail({
      line: 1,
      message: 'There is no capacity.',
      hint: 'Put a line "capacity,100" above the header.',
    });
  if (capacities.length !== m)
    return fail({
      line: capacityLine,
      message: `There are ${capacities.length} capacities for ${m} weight columns.`,
    });
  return accept({ name: baseName(fileName) || `Knapsack ${items.length}`, capacities, items });
}

const quote = (text: string): string =>
  /[",;\t]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

export const csv: InstanceFormat<Instance> = {
  id: 'csv',
  name: 'CSV',
  extensions: ['csv', 'tsv'],
  sniff(text, fileName) {
    const delimiter = delimiterOf(text);
    const named = /\.(csv|tsv)$/i.test(fileName);
    let seen = 0;
    for (const [line] of linesOf(text.slice(0, 4096))) {
      const cells = splitLine(line, delimiter);
      if (isHeader(cells)) return named ? 0.95 : 0.85;
      if (isCapacityLine(cells)) return named ? 0.9 : 0.8;
      if (++seen === 3) break;
    }
    return 0;
  },
  parse,
  write(instance) {
    const { items, capacities } = instance;
    const kind = plainIssue(instance);
    if (kind) return fail(kind);
    const broken = items.findIndex((item) => item.name?.includes('\n'));
    if (broken >= 0)
      return fail({
        path: ['items', broken, 'name'],
        message: 'A name with a line break cannot be written as CSV.',
        hint: 'Export as JSON.',
      });
    const named = items.some((item) => item.name !== undefined);
    const bounded = items.some((item) => item.count !== undefined);
    const weightNames = capacities.map((_, d) => (d === 0 ? 'weight' : `weight${d + 1}`));
    const lines = [
      ['capacity', ...capacities.map(plain)],
      [...(named ? ['name'] : []), 'profit', ...weightNames, ...(bounded ? ['count'] : [])],
      ...items.map((item) => [
        ...(named ? [quote(item.name ?? '')] : []),
        plain(item.profit),
        ...item.weights.map(plain),
        ...(bounded ? [String(item.count ?? 1)] : []),
      ]),
    ];
    return ok(`${lines.map((cells) => cells.join(',')).join('\n')}\n`);
  },
};
