/** What breakdowns do to a schedule, from the definition. */
import type { Breakdowns } from './breakdowns.ts';
import type { Placed } from './check-kinds.ts';
import { jobLabel, machineLabel } from './instance.ts';

/**
 * The end of work of `duration` begun at `start`: the machine does one unit in each unit of time it
 * is not down; when a repair has it begin anew, what was done before counts for nothing.
 * O(breakdowns of the machine).
 */
export function endBetween(
  breakdowns: Breakdowns | undefined,
  machine: number,
  start: number,
  duration: number,
): number {
  const times = breakdowns?.times[machine] ?? [];
  let from = start;
  let left = duration;
  for (let k = 0; k < times.length && left > 0; k += 2) {
    const [down, repaired] = [times[k], times[k] + times[k + 1]];
    if (repaired <= from) continue;
    const done = Math.max(0, Math.min(left, down - from));
    if (done === left) break;
    left = breakdowns?.after === 'restart' ? duration : left - done;
    from = repaired;
  }
  return from + left;
}

/** No operation starts on a machine that is down. O(operations · breakdowns of a machine). */
export function checkDown(
  breakdowns: Breakdowns,
  jobs: readonly (readonly Placed[])[],
  complain: (text: string) => void,
): void {
  for (const list of jobs)
    for (const { job, index, machine, start } of list) {
      const times = breakdowns.times[machine];
      for (let k = 0; k < times.length; k += 2)
        if (times[k] <= start && start < times[k] + times[k + 1])
          complain(
            `Operation ${index + 1} of ${jobLabel(job)} starts at ${start}, but ${machineLabel(machine)} is down until ${times[k] + times[k + 1]}.`,
          );
    }
}
