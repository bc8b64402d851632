/** Feasibility and makespan from the definition alone, and the plain form of solutions. */
import { fail, ok, type Issue, type Result } from '../../core/result.ts';
import type { Report } from '../family.ts';
import {
  countOperations,
  jobLabel,
  machineLabel,
  type JobShopInstance,
  type JobShopSolution,
} from './instance.ts';

const maxViolations = 20;

/**
 * Starts are whole and not negative, operations of a job follow each other, and on each machine any
 * two operations [start, end) are apart. An operation of duration 0 may touch others at their ends
 * but not lie inside one. O(operations · log operations).
 */
export function check(instance: JobShopInstance, solution: JobShopSolution): Report {
  const violations: string[] = [];
  const complain = (text: string) => {
    if (violations.length < maxViolations) violations.push(text);
  };
  const operations = countOperations(instance);
  const starts: ArrayLike<unknown> | undefined = solution?.starts;
  if (starts === undefined || starts === null || starts.length !== operations) {
    complain(`The solution has ${starts?.length ?? 0} start times for ${operations} operations.`);
    return { feasible: false, objective: NaN, violations };
  }

  let makespan = 0;
  let whole = true;
  const onMachine: { job: number; start: number; end: number }[][] = Array.from(
    { length: instance.machines },
    () => [],
  );
  let flat = 0;
  instance.jobs.forEach((job, j) => {
    let ready = 0;
    job.forEach(([machine, duration], k) => {
      const start = starts[flat++];
      const label = `Operation ${k + 1} of ${jobLabel(j)}`;
      if (typeof start !== 'number' || !Number.isInteger(start)) {
        whole = false;
        complain(`${label} has no whole start time.`);
        return;
      }
      if (start < 0) complain(`${label} starts at ${start}, before time 0.`);
      else if (start < ready)
        complain(`${label} starts at ${start}, before the one before it ends at ${ready}.`);
      ready = start + duration;
      makespan = Math.max(makespan, ready);
      onMachine[machine].push({ job: j, start, end: ready });
    });
  });

  onMachine.forEach((list, machine) => {
    list.sort((a, b) => a.start - b.start || a.end - b.end);
    let last = list[0];
    for (let i = 1; i < list.length; i++) {
      const next = list[i];
      if (next.start < last.end)
        complain(
          `${jobLabel(last.job)} and ${jobLabel(next.job)} overlap on ${machineLabel(machine)} at ${next.start}.`,
        );
      if (next.end > last.end) last = next;
    }
  });
  return {
    feasible: violations.length === 0,
    objective: whole ? makespan : NaN,
    violations,
  };
}

/** `{ starts: start[job][operation] }`. */
export function writeSolution(
  instance: JobShopInstance,
  solution: JobShopSolution,
): { starts: number[][] } {
  let flat = 0;
  return { starts: instance.jobs.map((job) => job.map(() => solution.starts[flat++])) };
}

/** Reads `{ starts: start[job][operation] }`: the right shape, whole numbers within 32 bits. */
export function readSolution(instance: JobShopInstance, value: unknown): Result<JobShopSolution> {
  const rows = (value as { starts?: unknown } | null | undefined)?.starts;
  if (!Array.isArray(rows) || rows.length !== instance.jobs.length)
    return fail({
      path: ['starts'],
      message: `A schedule needs start times for ${instance.jobs.length} jobs.`,
      hint: 'Write { "starts": [[start of each operation of job 1, …], …] }.',
    });
  const starts = new Int32Array(countOperations(instance));
  const issues: Issue[] = [];
  let flat = 0;
  for (let j = 0; j < rows.length && issues.length < 20; j++) {
    const row: unknown = rows[j];
    const wanted = instance.jobs[j].length;
    if (!Array.isArray(row) || row.length !== wanted) {
      issues.push({ path: ['starts', j], message: `${jobLabel(j)} has ${wanted} operations.` });
      continue;
    }
    for (let k = 0; k < wanted; k++) {
      const start: unknown = row[k];
      if (typeof start !== 'number' || (start | 0) !== start)
        issues.push({ path: ['starts', j, k], message: 'A start time must be a whole number.' });
      else starts[flat++] = start;
    }
  }
  return issues.length > 0 ? { ok: false, issues } : ok({ starts });
}
