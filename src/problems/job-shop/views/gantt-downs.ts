/** Down times in a Gantt chart: hatched, over the operations they interrupt. */
import type { Item } from '../../../scene/scene.ts';
import { jobLabel, machineLabel, type PackedJobShop } from '../instance.ts';
import { jobOfOperation } from '../schedule.ts';
import { margin, type Plan } from './gantt-plan.ts';

/** Hatch lines over the width of the picture. */
const hatches = 160;

/** Moments at which an operation is interrupted, with the repairs. O(breakdowns of the machine). */
function interruptions(
  { downs, machine, duration }: PackedJobShop,
  operation: number,
  start: number,
): [from: number, to: number][] {
  const found: [number, number][] = [];
  if (!downs) return found;
  const end = start + duration[operation];
  for (let k = downs.first[machine[operation]]; k < downs.first[machine[operation] + 1]; k++)
    if (downs.from[k] > start && downs.from[k] < end) found.push([downs.from[k], downs.to[k]]);
  return found;
}

/** ", down 12 of it" for the tooltip of an operation with the duration it came to. */
export function interruption(packed: PackedJobShop, operation: number, start: number): string {
  const list = interruptions(packed, operation, start);
  if (list.length === 0) return '';
  if (!packed.downs?.restart)
    return `, down ${list.reduce((sum, [from, to]) => sum + to - from, 0)} of it`;
  return `, begun anew at ${list[list.length - 1][1]}`;
}

function hatch(items: Item[], from: number, to: number, row: number, step: number, title: string) {
  items.push({
    kind: 'rect',
    x: from,
    y: row + margin,
    w: to - from,
    h: 1 - 2 * margin,
    fill: 'sunk',
    opacity: 0.75,
    title,
  });
  const points: number[] = [];
  for (let x = from; x < to; x += step)
    points.push(x, row + 1 - margin, Math.min(to, x + step), row + margin);
  items.push({
    kind: 'segments',
    points: Float64Array.from(points),
    stroke: 'ink3',
    width: 1,
  });
}

/**
 * Rows of machines: all their down times; rows of jobs: where the job's operation is interrupted.
 * Work lost to a breakdown, where it begins anew, is paled. O(operations + breakdowns).
 */
export function addDowns(items: Item[], plan: Plan, width: number): void {
  const { packed, rows, starts } = plan;
  const { downs, machine } = packed;
  if (!downs) return;
  const step = width / hatches;
  const jobs = jobOfOperation(packed);
  if (starts)
    for (let i = 0; i < machine.length; i++) {
      const list = interruptions(packed, i, starts[i]);
      if (list.length === 0) continue;
      const row = rows === 'machines' ? machine[i] : jobs[i];
      const on = machineLabel(machine[i]);
      if (downs.restart)
        items.push({
          kind: 'rect',
          x: starts[i],
          y: row + margin,
          w: list[list.length - 1][0] - starts[i],
          h: 1 - 2 * margin,
          fill: 'panel',
          opacity: 0.6,
          title: `${jobLabel(jobs[i])} lost this work on ${on}`,
        });
      if (rows === 'jobs')
        for (const [from, to] of list)
          hatch(items, from, to, row, step, `${on} is down: ${from} – ${to}`);
    }
  if (rows === 'machines')
    for (let m = 0; m < packed.machines; m++)
      for (let k = downs.first[m]; k < downs.first[m + 1] && downs.from[k] < width; k++) {
        const [from, to] = [downs.from[k], downs.to[k]];
        const title = `${machineLabel(m)} is down: ${from} – ${to}`;
        hatch(items, from, Math.min(to, width), m, step, title);
      }
}
