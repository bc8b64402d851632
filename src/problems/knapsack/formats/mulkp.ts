/** Multiple knapsack text: `n m`, m capacities, then `profit weight` for each item. */
import { fail, ok } from '../../../core/result.ts';
import { readTokens } from '../../../core/tokens.ts';
import type { InstanceFormat } from '../../family.ts';
import { makeItem, type Instance } from '../instance.ts';
import {
  accept,
  amountReader,
  baseName,
  DIMENSIONS,
  firstLines,
  isAmount,
  isCount,
  ITEMS,
  plain,
} from './common.ts';

export const mulkp: InstanceFormat<Instance> = {
  id: 'mulkp',
  name: 'Multiple knapsack text',
  extensions: ['mulkp'],
  sniff(text, fileName) {
    const [first, second, third] = firstLines(text, 3);
    if (!first || ![first, second, third].flat().every((token) => isAmount(token ?? '0'))) return 0;
    const shaped =
      first.length === 2 && first.every(isCount) && second?.length === Number(first[1]);
    if (/\.mulkp$/i.test(fileName)) return shaped ? 0.98 : 0.6;
    // Two sacks look like a first item of the one-dimensional text.
    return shaped && second.length > 2 && third?.length === 2 ? 0.75 : 0;
  },
  parse(text, fileName) {
    const tokens = readTokens(text);
    const reader = amountReader(tokens);
    const n = reader.read('the number of items', ITEMS);
    const sacks = reader.read('the number of sacks', DIMENSIONS);
    const capacities: number[] = [];
    for (let s = 0; s < sacks && reader.issues.length === 0; s++)
      capacities.push(reader.read(`the capacity of sack ${s + 1}`));
    const items = [];
    for (let i = 0; i < n && reader.issues.length === 0; i++) {
      const profit = reader.read(`the profit of item ${i + 1}`);
      items.push(makeItem(profit, [reader.read(`the weight of item ${i + 1}`)]));
    }
    if (reader.issues.length > 0) return { ok: false, issues: reader.issues };
    if (!tokens.done())
      return fail({
        ...tokens.place(),
        message: `The file goes on after ${n} items.`,
        hint: 'Check the sizes in its first line.',
      });
    const name = baseName(fileName) || `Multiple ${n} × ${sacks}`;
    return accept({ name, kind: 'multiple', capacities, items });
  },
  write(instance) {
    if (instance.kind !== 'multiple')
      return fail({ path: ['kind'], message: 'This format is for multiple knapsacks only.' });
    const { items, capacities } = instance;
    const lines = items.map((item) => `${plain(item.profit)} ${plain(item.weights[0])}`);
    const head = `${items.length} ${capacities.length}\n${capacities.map(plain).join(' ')}`;
    return ok(`${[head, ...lines].join('\n')}\n`);
  },
};
