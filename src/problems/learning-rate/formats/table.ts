/** A table of data as CSV: becomes an experiment whose network learns its last column. */
import { fail } from '../../../core/result.ts';
import type { InstanceFormat } from '../../family.ts';
import { LIMITS, type Instance } from '../instance.ts';
import { makeBody, makeSchedule } from '../schedule.ts';
import { validate } from '../schema.ts';
import { TABLE_LIMITS, goalOf, parseTable } from '../table.ts';
import { makeTask } from '../tasks.ts';
import { csv as curve } from './csv.ts';

/** Long tables only show their beginning. */
const SNIFFED = 4000;

function sniff(text: string, fileName: string): number {
  if (!/\.(csv|tsv|data)$/i.test(fileName) || curve.sniff(text, fileName) >= 0.5) return 0;
  const whole = text.length <= SNIFFED;
  const head = whole ? text : text.slice(0, text.lastIndexOf('\n', SNIFFED));
  const read = parseTable(head);
  return read.ok && read.value.inputs.length >= 2 ? 0.4 : 0;
}

export const table: InstanceFormat<Instance> = {
  id: 'table',
  name: 'CSV of data to learn',
  extensions: ['csv', 'tsv', 'data'],
  sniff,
  parse(text, fileName) {
    const csv = text.startsWith('\ufeff') ? text.slice(1) : text;
    if (csv.length > TABLE_LIMITS.characters)
      return fail({
        line: 1,
        message: `The table has more than ${TABLE_LIMITS.characters} characters.`,
        hint: 'Take a sample of its rows.',
      });
    const read = parseTable(csv);
    const goal = read.ok ? goalOf('auto', read.value) : read;
    if (!goal.ok) return fail(...goal.issues.map((issue) => ({ line: 1, ...issue })));
    const name = fileName.replace(/^.*[\\/]/, '').replace(/\.[^.]*$/, '');
    const steps = 1000;
    return validate({
      name: name.slice(0, LIMITS.name) || 'Table',
      task: makeTask('table', { csv }),
      steps,
      batch: 32,
      schedule: makeSchedule(0.01, makeBody('cosine'), { steps: 50 }),
    });
  },
};
