/** Breakdowns as a field and a table. */
import { fail, ok, type Result } from '../../../core/result.ts';
import type { Field, Grid } from '../../views.ts';
import type { Breakdowns } from '../breakdowns.ts';
import { machineLabel, machineLoads, type JobShopInstance } from '../instance.ts';
import { withParts } from './edits.ts';

/** Switched on, the busiest machine fails once in the middle of its work, for a tenth of it. */
function setAfter(instance: JobShopInstance, value: string): Result<JobShopInstance> {
  if (value === 'none') return withParts(instance, { breakdowns: undefined });
  const after = value === 'restart' ? 'restart' : 'resume';
  if (instance.breakdowns)
    return withParts(instance, { breakdowns: { ...instance.breakdowns, after } });
  const loads = machineLoads(instance);
  const busiest = loads.indexOf(Math.max(...loads));
  const load = loads[busiest];
  const times = loads.map((_, machine) =>
    machine === busiest ? [Math.round(load / 2), Math.max(1, Math.round(load / 10))] : [],
  );
  return withParts(instance, { breakdowns: { after, times } });
}

export const breakdownField = (instance: JobShopInstance): Field<JobShopInstance> => ({
  id: 'breakdowns',
  label: 'Failures',
  help: 'Machines are down now and then; an operation interrupted goes on after the repair, or begins anew.',
  field: {
    type: 'choice',
    options: [
      { value: 'none', label: 'None' },
      { value: 'resume', label: 'Interrupted work goes on' },
      { value: 'restart', label: 'Interrupted work begins anew' },
    ],
  },
  value: instance.breakdowns?.after ?? 'none',
  set: (value) => setAfter(instance, String(value)),
});

/** "120–135 400–410": from and until, by time. */
const writeTimes = (times: readonly number[]): string =>
  Array.from(
    { length: times.length / 2 },
    (_, k) => `${times[2 * k]}–${times[2 * k] + times[2 * k + 1]}`,
  ).join(' ');

/** Reads what `writeTimes` writes, also with hyphens and commas. */
function readTimes(text: string): Result<number[]> {
  const times: number[] = [];
  for (const part of text.split(/[\s,;]+/).filter((item) => item !== '')) {
    const found = /^(\d+)[–-](\d+)$/.exec(part);
    if (!found) return fail({ message: 'Write from–until.', hint: 'For example 120–135 400–410.' });
    const [from, until] = [Number(found[1]), Number(found[2])];
    if (until <= from) return fail({ message: `A breakdown ends after it begins: ${part}.` });
    times.push(from, until - from);
  }
  return ok(times);
}

export const breakdownGrid = (
  instance: JobShopInstance,
  breakdowns: Breakdowns,
): Grid<JobShopInstance> => ({
  id: 'breakdowns',
  title: 'Breakdowns',
  columns: [
    {
      id: 'times',
      label: 'Down',
      help: 'When the machine is down, from–until, one after the other.',
      field: { type: 'text', maxLength: 4000, monospace: true },
      width: 24,
    },
  ],
  rows: instance.machines,
  rowLabel: machineLabel,
  cell: (row) => writeTimes(breakdowns.times[row]),
  set(row, _column, value) {
    const times = readTimes(String(value));
    if (!times.ok) return times;
    return withParts(instance, {
      breakdowns: { ...breakdowns, times: breakdowns.times.with(row, times.value) },
    });
  },
});
