/** Bin packing text (BPPLIB, Scholl): `n`, the capacity, then one weight for each item. */
import { fail, ok } from '../../../core/result.ts';
import { readTokens } from '../../../core/tokens.ts';
import type { InstanceFormat } from '../../family.ts';
import { makeItem, type Instance } from '../instance.ts';
import {
  accept,
  amountReader,
  baseName,
  firstLines,
  isAmount,
  isCount,
  ITEMS,
  plain,
} from './common.ts';

export const bpp: InstanceFormat<Instance> = {
  id: 'bpp',
  name: 'Bin packing text (BPPLIB)',
  extensions: ['bpp', 'txt'],
  sniff(text, fileName) {
    const whole = text.length <= 4096;
    const lines = firstLines(text, Infinity);
    const read = whole ? lines : lines.slice(0, -1);
    if (read.length < 2 || !read.every((line) => line.length === 1 && isAmount(line[0]))) return 0;
    const n = Number(read[0][0]);
    // Other columns of numbers do not begin with their own length.
    if (!isCount(read[0][0]) || (whole && read.length !== n + 2)) return 0;
    return /\.bpp$/i.test(fileName) ? 0.98 : n > 1 ? 0.75 : 0.1;
  },
  parse(text, fileName) {
    const tokens = readTokens(text);
    const reader = amountReader(tokens);
    const n = reader.read('the number of items', ITEMS);
    const capacity = reader.read('the capacity');
    const items = [];
    for (let i = 0; i < n && reader.issues.length === 0; i++)
      items.push(makeItem(0, [reader.read(`the weight of item ${i + 1}`)]));
    if (reader.issues.length > 0) return { ok: false, issues: reader.issues };
    if (!tokens.done())
      return fail({
        ...tokens.place(),
        message: `The file goes on after ${n} weights.`,
        hint: 'Check the number of items in its first line.',
      });
    const name = baseName(fileName) || `Bins ${n}`;
    return accept({ name, kind: 'bin-packing', capacities: [capacity], items });
  },
  write(instance) {
    if (instance.kind !== 'bin-packing')
      return fail({ path: ['kind'], message: 'This format is for bin packing only.' });
    const { items, capacities } = instance;
    const weights = items.map((item) => plain(item.weights[0]));
    return ok(`${[items.length, plain(capacities[0]), ...weights].join('\n')}\n`);
  },
};
