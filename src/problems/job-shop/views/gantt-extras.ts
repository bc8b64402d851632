/** What a Gantt chart shows besides bars: holds and setups, and dates. */
import type { Item } from '../../../scene/scene.ts';
import { jobLabel, machineLabel } from '../instance.ts';
import {
  firstOfJobs,
  jobOfOperation,
  leaveOf,
  linearOrder,
  machineOrders,
  setupBetween,
} from '../schedule.ts';
import type { Plan } from './gantt-plan.ts';

/** Setups before operations, and machines held by jobs that cannot go on. O(n log n). */
export function addHolds(items: Item[], plan: Plan, starts: Int32Array): void {
  const { packed, rows, hues } = plan;
  const blocks = packed.kind === 'blocking' || packed.kind === 'swap';
  if (!packed.family && !blocks) return;
  const jobs = jobOfOperation(packed);
  const isFirst = firstOfJobs(packed);
  machineOrders(packed, linearOrder(packed, starts)).forEach((order, machine) => {
    order.forEach((operation, i) => {
      const job = jobs[operation];
      const row = rows === 'machines' ? machine : job;
      const end = starts[operation] + packed.duration[operation];
      const leave = leaveOf(packed, starts, isFirst, operation);
      if (leave > end)
        items.push({
          kind: 'rect',
          x: end,
          y: row + 0.3,
          w: leave - end,
          h: 0.4,
          fill: { ...hues[job], tone: 'soft' },
          inset: 0.5,
          title: `${jobLabel(job)} waits on ${machineLabel(machine)}: ${end} – ${leave}`,
        });
      const setup = i === 0 ? 0 : setupBetween(packed, jobs[order[i - 1]], job);
      if (setup > 0)
        items.push({
          kind: 'rect',
          x: starts[operation] - setup,
          y: row + 0.35,
          w: setup,
          h: 0.3,
          fill: 'ink3',
          opacity: 0.6,
          inset: 0.5,
          title: `Setup of ${machineLabel(machine)} for ${jobLabel(job)}: ${setup}`,
        });
    });
  });
}

/** Release and due date in each job's row, as far as they lie in the picture. */
export function addDates(items: Item[], plan: Plan, width: number): void {
  const { packed, starts } = plan;
  const { first, release, due, duration } = packed;
  const tick = (x: number, row: number, stroke: 'ink3' | 'good' | 'warn', title: string) => {
    if (x <= width)
      items.push({
        kind: 'path',
        points: Float64Array.of(x, row + 0.02, x, row + 0.98),
        stroke,
        width: stroke === 'ink3' ? 1 : 2.5,
        title,
      });
  };
  for (let job = 0; job + 1 < first.length; job++) {
    const label = jobLabel(job);
    if (release && release[job] > 0)
      tick(release[job], job, 'ink3', `${label} is released at ${release[job]}`);
    if (!due) continue;
    let end = 0;
    for (let i = first[job]; starts && i < first[job + 1]; i++)
      end = Math.max(end, starts[i] + duration[i]);
    const late = end - due[job];
    tick(
      due[job],
      job,
      !starts ? 'ink3' : late > 0 ? 'warn' : 'good',
      `${label} is due at ${due[job]}${!starts ? '' : late > 0 ? `, ${late} late` : ', in time'}`,
    );
  }
}
