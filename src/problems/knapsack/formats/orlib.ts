/**
 * OR-Library multi-dimensional text: `n m optimum`, n profits, m rows of n weights, m capacities.
 * A file of several problems begins with their number: the first is read, and its name says so.
 */
import { fail, ok, type Result } from '../../../core/result.ts';
import { readTokens } from '../../../core/tokens.ts';
import type { InstanceFormat } from '../../family.ts';
import { makeItem, type Instance } from '../instance.ts';
import { sizeIssue } from '../schema.ts';
import {
  accept,
  amountReader,
  baseName,
  copiesIssue,
  DIMENSIONS,
  firstLines,
  isAmount,
  isCount,
  ITEMS,
  plain,
} from './common.ts';

function parse(text: string, fileName: string): Result<Instance> {
  const tokens = readTokens(text);
  const reader = amountReader(tokens);
  const many = firstLines(text, 1)[0]?.length === 1;
  const problems = many ? reader.read('the number of problems', { min: 1, integer: true }) : 1;
  const place = tokens.place();
  const n = reader.read('the number of items', ITEMS);
  const m = reader.read('the number of constraints', DIMENSIONS);
  reader.read('the optimum (0 when unknown)');
  if (reader.issues.length > 0) return { ok: false, issues: reader.issues };
  const size = sizeIssue(n, m);
  if (size) return fail({ ...place, message: size });

  const items = [];
  for (let i = 0; i < n && reader.issues.length === 0; i++)
    items.push(makeItem(reader.read(`the profit of item ${i + 1}`), []));
  for (let d = 0; d < m && reader.issues.length === 0; d++)
    for (const item of items)
      item.weights.push(reader.read(`a weight of constraint ${d + 1} of ${m}`));
  const capacities: number[] = [];
  for (let d = 0; d < m && reader.issues.length === 0; d++)
    capacities.push(reader.read(`the capacity of constraint ${d + 1}`));
  if (reader.issues.length > 0) return { ok: false, issues: reader.issues };
  if (!many && !tokens.done())
    return fail({
      ...tokens.place(),
      message: `The file goes on after ${n} items and ${m} constraints.`,
      hint: 'Check the sizes in its first line.',
    });
  const base = baseName(fileName) || `Knapsack ${n}×${m}`;
  return accept({ name: many ? `${base} (1 of ${problems})` : base, capacities, items });
}

export const orlib: InstanceFormat<Instance> = {
  id: 'orlib',
  name: 'OR-Library multi-dimensional text',
  extensions: ['mkp', 'txt', 'dat'],
  sniff(text, fileName) {
    const lines = firstLines(text, 3);
    if (lines.length === 0 || !lines.flat().every(isAmount)) return 0;
    const named = /\.mkp$/i.test(fileName) || /mknap/i.test(fileName);
    const header = lines[0].length === 1 ? lines[1] : lines[0];
    if (header?.length !== 3 || !isCount(header[0]) || !isCount(header[1])) return 0;
    return named ? 0.95 : 0.6;
  },
  parse,
  write(instance) {
    const issue = copiesIssue(instance);
    if (issue) return fail(issue);
    const { items, capacities } = instance;
    const rows = capacities.map((_, d) => items.map((item) => plain(item.weights[d])).join(' '));
    return ok(
      [
        `${items.length} ${capacities.length} 0`,
        items.map((item) => plain(item.profit)).join(' '),
        ...rows,
        capacities.map(plain).join(' '),
        '',
      ].join('\n'),
    );
  },
};
