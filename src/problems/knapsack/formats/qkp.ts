/**
 * Quadratic knapsack text (Billionnet & Soutif): a name, n, n profits, for each item but the last
 * the profits of its pairs with those after it, a 0 (the capacity is an upper limit), the capacity,
 * n weights.
 */
import { fail, ok } from '../../../core/result.ts';
import { readTokens } from '../../../core/tokens.ts';
import type { InstanceFormat } from '../../family.ts';
import { makeItem, MAX_NAME, type Instance, type Item } from '../instance.ts';
import { accept, amountReader, baseName, isCount, plain } from './common.ts';

/** All pairs of this many items are just below the limit of pairs. */
const MOST = 600;

export const qkp: InstanceFormat<Instance> = {
  id: 'qkp',
  name: 'Quadratic knapsack text (Billionnet & Soutif)',
  extensions: ['qkp', 'txt'],
  sniff(text, fileName) {
    const lines = text
      .slice(0, 4096)
      .split('\n')
      .map((line) => line.trim());
    const n = lines[1] ?? '';
    const width = (lines[2] ?? '').split(/\s+/).filter(isCount).length;
    if (!isCount(n) || Number(n) < 1 || isCount(lines[0] ?? '0')) return 0;
    const cut = text.length > 4096 && lines.length === 3;
    const shaped = width === Number(n) || cut;
    return /\.qkp$/i.test(fileName) ? (shaped ? 0.98 : 0.4) : shaped ? 0.8 : 0;
  },
  parse(text, fileName) {
    const line = text.indexOf('\n');
    const title = line < 0 ? '' : text.slice(0, line).trim();
    const tokens = readTokens(text);
    tokens.restOfLine();
    const reader = amountReader(tokens);
    const n = reader.read('the number of items', { min: 1, max: MOST, integer: true });
    const items: Item[] = [];
    for (let i = 0; i < n && reader.issues.length === 0; i++)
      items.push(makeItem(reader.read(`the profit of item ${i + 1}`), []));
    const pairs: [number, number, number][] = [];
    for (let a = 1; a < n; a++)
      for (let b = a + 1; b <= n && reader.issues.length === 0; b++) {
        const profit = reader.read(`the profit of items ${a} and ${b}`);
        if (profit > 0) pairs.push([a, b, profit]);
      }
    reader.read('the kind of constraint (0)', { min: 0, max: 0 });
    const capacity = reader.read('the capacity');
    for (const item of items) item.weights.push(reader.read('a weight'));
    if (reader.issues.length > 0) return { ok: false, issues: reader.issues };
    const name = (title || baseName(fileName) || `Quadratic ${n}`).slice(0, MAX_NAME);
    return accept({ name, kind: 'quadratic', capacities: [capacity], items, pairs });
  },
  write(instance) {
    const { items, pairs, capacities } = instance;
    if (instance.kind !== 'quadratic' || capacities.length > 1)
      return fail({ path: ['kind'], message: 'This format is for quadratic knapsacks only.' });
    const n = items.length;
    if (n < 1 || n > MOST)
      return fail({ path: ['items'], message: `This format is kept to 1 … ${MOST} items.` });
    const rows = Array.from({ length: n - 1 }, (_, a) => new Array<number>(n - 1 - a).fill(0));
    for (const [a, b, profit] of pairs ?? []) rows[a - 1][b - a - 1] = profit;
    const title = instance.name.replaceAll(/\s+/g, ' ').trim();
    return ok(
      `${[
        isCount(title) || title === '' ? 'quadratic' : title,
        n,
        items.map((item) => plain(item.profit)).join(' '),
        ...rows.map((row) => row.map(plain).join(' ')),
        '',
        0,
        plain(capacities[0]),
        items.map((item) => plain(item.weights[0])).join(' '),
      ].join('\n')}\n`,
    );
  },
};
