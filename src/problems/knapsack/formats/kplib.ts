/** One-dimensional text: `n`, `capacity`, then `profit weight` for each item (Pisinger, kplib). */
import { fail, ok, type Result } from '../../../core/result.ts';
import { readTokens } from '../../../core/tokens.ts';
import type { InstanceFormat } from '../../family.ts';
import { makeItem, type Instance } from '../instance.ts';
import {
  accept,
  amountReader,
  baseName,
  copiesIssue,
  firstLines,
  isAmount,
  isCount,
  ITEMS,
  plain,
} from './common.ts';

function parse(text: string, fileName: string): Result<Instance> {
  const tokens = readTokens(text);
  const reader = amountReader(tokens);
  const n = reader.read('the number of items', ITEMS);
  const capacity = reader.read('the capacity');
  const items = [];
  for (let i = 0; i < n && reader.issues.length === 0; i++) {
    const profit = reader.read(`the profit of item ${i + 1}`);
    const weight = reader.read(`the weight of item ${i + 1}`);
    items.push(makeItem(profit, [weight]));
  }
  if (reader.issues.length > 0) return { ok: false, issues: reader.issues };

  // Some collections append a solution: n zeros and ones.
  const place = tokens.place();
  let extra = 0;
  let solution = true;
  while (!tokens.done() && extra <= n) {
    const token = tokens.next();
    solution &&= token === '0' || token === '1';
    extra++;
  }
  if (extra > 0 && (extra !== n || !solution)) {
    if (extra === capacity) return multipleKnapsack();
    return fail({
      ...place,
      message: `The file goes on after ${n} items.`,
      hint: 'Check the number of items in its first line.',
    });
  }
  return accept({ name: baseName(fileName) || `Knapsack ${n}`, capacities: [capacity], items });
}

const multipleKnapsack = (): Result<Instance> =>
  fail({
    line: 1,
    message: 'This is a multiple knapsack file, with several sacks to fill.',
    hint: 'Name it *.mulkp.',
  });

/** Whether so many items can follow: other pairs of numbers rarely begin with their count. */
function mayHold(text: string, n: number): boolean {
  if (text.length > 4096) return n > 1;
  const lines = firstLines(text, Infinity).length - 1;
  return lines >= n && lines <= 2 * n + 1;
}

export const kplib: InstanceFormat<Instance> = {
  id: 'kplib',
  name: 'Knapsack text (Pisinger, kplib)',
  extensions: ['kp', 'txt'],
  sniff(text, fileName) {
    const lines = firstLines(text, 4);
    const named = /\.kp$/i.test(fileName) || /knapPI|kplib/i.test(fileName);
    if (/\.(mulkp|bpp)$/i.test(fileName)) return 0;
    if (lines.length === 0 || !lines.flat().every(isAmount) || !isCount(lines[0][0])) return 0;
    const [first, second, third] = lines;
    const split = first.length === 1 && second?.length === 1 && (!third || third.length === 2);
    const joined =
      first.length === 2 && (!second || second.length === 2) && mayHold(text, Number(first[0]));
    if (split) return named ? 0.95 : 0.7;
    if (joined) return named ? 0.95 : 0.3;
    return named ? 0.5 : 0;
  },
  parse,
  write(instance) {
    if (instance.capacities.length > 1)
      return fail({
        path: ['capacities'],
        message: 'This format has one capacity only.',
        hint: 'Export as OR-Library text.',
      });
    const issue = copiesIssue(instance);
    if (issue) return fail(issue);
    const lines = instance.items.map((item) => `${plain(item.profit)} ${plain(item.weights[0])}`);
    return ok(
      `${instance.items.length}\n${plain(instance.capacities[0])}\n\n${lines.join('\n')}\n`,
    );
  },
};
