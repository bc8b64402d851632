/**
 * The output of Pisinger's generator: `name`, `n 50`, `c 995`, `z 8373`, `time 0.00`, then
 * `number,profit,weight,taken` for each item and a line of dashes. Often 100 instances in one file:
 * the first is read and keeps its own name.
 */
import { fail, type Result } from '../../../core/result.ts';
import { numberIssue, readTokens } from '../../../core/tokens.ts';
import type { InstanceFormat } from '../../family.ts';
import { makeItem, type Instance } from '../instance.ts';
import { accept, AMOUNT, amountReader, baseName, firstLines, isAmount, ITEMS } from './common.ts';

function parse(text: string, fileName: string): Result<Instance> {
  const tokens = readTokens(text);
  const name = tokens.next();
  const reader = amountReader(tokens);
  let n = NaN;
  let capacity = NaN;
  while (/^[a-z]+$/i.test(tokens.peek()) && reader.issues.length === 0) {
    const place = tokens.place();
    const key = tokens.next();
    if (key === 'n') n = reader.read('the number of items', ITEMS);
    else if (key === 'c') capacity = reader.read('the capacity');
    else if (key === 'z' || key === 'time') reader.read(key);
    else
      return fail({ ...place, message: `"${key.slice(0, 24)}" is none of n, c, z and time here.` });
  }
  if (reader.issues.length > 0) return { ok: false, issues: reader.issues };
  const start = tokens.place();
  if (Number.isNaN(n))
    return fail({ ...start, message: 'There is no line "n …" before the items.' });
  if (Number.isNaN(capacity))
    return fail({ ...start, message: 'There is no line "c …" before the items.' });

  const items = [];
  for (let i = 0; i < n; i++) {
    const place = tokens.place();
    const cells = tokens.restOfLine().split(',');
    if (cells.length < 3)
      return fail({
        ...place,
        message: `Item ${i + 1} should be "number,profit,weight,taken".`,
        hint: 'Is the file cut off?',
      });
    for (const [column, what] of [
      [1, 'the profit'],
      [2, 'the weight'],
    ] as const) {
      const issue = numberIssue(cells[column].trim(), what, AMOUNT);
      if (issue) return fail({ ...place, ...issue });
    }
    items.push(makeItem(Number(cells[1]), [Number(cells[2])]));
  }
  const rest = tokens.peek();
  if (rest !== '' && !/^-+$/.test(rest))
    return fail({
      ...tokens.place(),
      message: `The instance goes on after ${n} items.`,
      hint: 'Check its line "n …".',
    });
  return accept({ name: name.slice(0, 200) || baseName(fileName), capacities: [capacity], items });
}

export const knappi: InstanceFormat<Instance> = {
  id: 'knappi',
  name: 'Pisinger generator output',
  extensions: ['csv', 'txt'],
  sniff(text) {
    const lines = firstLines(text, 3);
    const keyed = (line: string[] | undefined, key: string): boolean =>
      line?.length === 2 && line[0] === key && isAmount(line[1]);
    return keyed(lines[1], 'n') && keyed(lines[2], 'c') ? 0.98 : 0;
  },
  parse,
};
