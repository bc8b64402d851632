/** Feasibility and objective from the definition alone, and the plain form of solutions. */
import { fail, ok, type Issue, type Result } from '../../core/result.ts';
import type { Report } from '../family.ts';
import { checkDown, endBetween } from './check-breakdowns.ts';
import { checkTransport } from './check-transport.ts';
import { checkExchanges, checkPermutation, type Placed } from './check-kinds.ts';
import {
  countOperations,
  isFlexible,
  jobLabel,
  machineLabel,
  type JobShopInstance,
  type JobShopSolution,
  type Operation,
} from './instance.ts';

const maxViolations = 20;

/**
 * Starts are whole and not before the job's release, operations of a job follow each other (in an
 * open shop: in any order), and on each machine any two operations are apart, with the setup between
 * neighbours. An operation of duration 0 may touch others at their ends but not lie inside one. What
 * the kind of shop asks besides is in `check-kinds.ts`, what breakdowns and robots do in files of their own. O(operations · log operations).
 */
export function check(instance: JobShopInstance, solution: JobShopSolution): Report {
  const violations: string[] = [];
  const complain = (text: string) => {
    if (violations.length < maxViolations) violations.push(text);
  };
  const placed = readPlaced(instance, solution, complain);
  if (!placed) return { feasible: false, objective: NaN, violations };
  const { jobs, whole } = placed;
  jobs.forEach((list, j) => checkJob(instance, list, instance.release?.[j] ?? 0, complain));
  if (instance.transport) checkTransport(instance, instance.transport, jobs, solution, complain);
  if (instance.breakdowns) checkDown(instance.breakdowns, jobs, complain);

  const onMachine: Placed[][] = Array.from({ length: instance.machines }, () => []);
  for (const list of jobs)
    for (const operation of list) onMachine[operation.machine].push(operation);
  const { setups } = instance;
  onMachine.forEach((list, machine) => {
    list.sort((a, b) => a.enter - b.enter || a.leave - b.leave);
    let last = list[0];
    for (let i = 1; i < list.length; i++) {
      const next = list[i];
      const setup = setups?.times[setups.family[last.job]][setups.family[next.job]] ?? 0;
      const pair = `${jobLabel(last.job)} and ${jobLabel(next.job)}`;
      if (next.enter < last.leave)
        complain(`${pair} overlap on ${machineLabel(machine)} at ${next.enter}.`);
      else if (next.start < last.leave + setup)
        complain(
          `Between ${pair} on ${machineLabel(machine)} the setup of ${setup} does not fit at ${next.start}.`,
        );
      if (next.leave > last.leave) last = next;
    }
  });
  if (instance.kind === 'permutation') checkPermutation(jobs, complain);
  // Robots hold jobs on their way, so that machines may be exchanged.
  if (instance.kind === 'blocking' && !instance.transport && violations.length === 0)
    checkExchanges(jobs, complain);
  return {
    feasible: violations.length === 0,
    objective: whole ? objectiveOf(instance, jobs) : NaN,
    violations,
  };
}

/** Operations by job; null when the lists do not fit the instance. */
function readPlaced(
  instance: JobShopInstance,
  solution: JobShopSolution,
  complain: (text: string) => void,
): { jobs: Placed[][]; whole: boolean } | null {
  const operations = countOperations(instance);
  const starts: ArrayLike<unknown> | undefined = solution?.starts;
  if (starts === undefined || starts === null || starts.length !== operations) {
    complain(`The solution has ${starts?.length ?? 0} start times for ${operations} operations.`);
    return null;
  }
  const machines: ArrayLike<unknown> | undefined = solution.machines;
  const flexible = isFlexible(instance);
  if (flexible && machines?.length !== operations) {
    complain(`The solution has ${machines?.length ?? 0} machines for ${operations} operations.`);
    return null;
  }
  const blocks = instance.kind === 'blocking' || instance.kind === 'swap';
  let whole = true;
  let flat = 0;
  const jobs = instance.jobs.map((job, j) => {
    const list: Placed[] = [];
    job.forEach((operation, k) => {
      const label = `Operation ${k + 1} of ${jobLabel(j)}`;
      const start = starts[flat];
      const chosen = flexible ? machines?.[flat] : operation[0];
      flat++;
      const duration = durationOn(operation, chosen);
      if (duration === null) {
        whole = false;
        complain(`${label} cannot run on the machine chosen for it.`);
      } else if (typeof start !== 'number' || !Number.isInteger(start)) {
        whole = false;
        complain(`${label} has no whole start time.`);
      } else {
        const end = endBetween(instance.breakdowns, chosen as number, start, duration);
        list.push({
          job: j,
          index: k,
          machine: chosen as number,
          enter: start,
          start,
          end,
          leave: end,
        });
      }
    });
    if (blocks) for (let k = 0; k + 1 < list.length; k++) list[k].leave = list[k + 1].start;
    return list;
  });
  return { jobs, whole };
}

/** Time the operation takes on a machine; null when it cannot run there. */
function durationOn(operation: Operation, machine: unknown): number | null {
  for (let i = 0; i < operation.length; i += 2)
    if (operation[i] === machine) return operation[i + 1];
  return null;
}

function checkJob(
  instance: JobShopInstance,
  list: readonly Placed[],
  release: number,
  complain: (text: string) => void,
): void {
  const open = instance.kind === 'open';
  const inOrder = open ? list.toSorted((a, b) => a.start - b.start || a.end - b.end) : list;
  let ready = release;
  let before: Placed | null = null;
  for (const operation of inOrder) {
    const { start, end } = operation;
    const label = `Operation ${operation.index + 1} of ${jobLabel(operation.job)}`;
    if (start < release)
      complain(
        release === 0
          ? `${label} starts at ${start}, before time 0.`
          : `${label} starts at ${start}, before its release at ${release}.`,
      );
    else if (start < ready)
      complain(`${label} starts at ${start}, before the one before it ends at ${ready}.`);
    else if (before && instance.kind === 'no-wait' && start > ready)
      complain(`${label} starts at ${start}, but its job may not wait from ${ready} on.`);
    ready = open ? Math.max(ready, end) : end;
    before = operation;
  }
}

/** The objective of complete jobs. O(operations). */
function objectiveOf(instance: JobShopInstance, jobs: readonly (readonly Placed[])[]): number {
  let makespan = 0;
  let sum = 0;
  jobs.forEach((list, j) => {
    const end = list.reduce((latest, operation) => Math.max(latest, operation.end), 0);
    makespan = Math.max(makespan, end);
    const weight = instance.weight?.[j] ?? 1;
    if (instance.objective === 'flow') sum += weight * (end - (instance.release?.[j] ?? 0));
    else if (instance.objective === 'tardiness')
      sum += weight * Math.max(0, end - (instance.due?.[j] ?? 0));
  });
  return instance.objective ? sum : makespan;
}

/**
 * `{ starts: start[job][operation] }`; likewise `machines` when there is a choice, and `robots` and
 * `picks` (when they leave with the job) when there are robots.
 */
export function writeSolution(
  instance: JobShopInstance,
  solution: JobShopSolution,
): { starts: number[][]; machines?: number[][]; robots?: number[][]; picks?: number[][] } {
  const rows = (values: ArrayLike<number>): number[][] => {
    let flat = 0;
    return instance.jobs.map((job) => job.map(() => values[flat++]));
  };
  const starts = rows(solution.starts);
  const { robots, picks } = solution;
  if (instance.transport && robots && picks)
    return { starts, robots: rows(robots), picks: rows(picks) };
  return solution.machines && isFlexible(instance)
    ? { starts, machines: rows(solution.machines) }
    : { starts };
}

/** Reads what `writeSolution` writes: the right shape, whole numbers within 32 bits. */
export function readSolution(instance: JobShopInstance, value: unknown): Result<JobShopSolution> {
  const given = value as Record<string, unknown> | null | undefined;
  const issues: Issue[] = [];
  const read = (rows: unknown, key: string, what: string): Int32Array => {
    const values = new Int32Array(countOperations(instance));
    if (!Array.isArray(rows) || rows.length !== instance.jobs.length) {
      issues.push({
        path: [key],
        message: `A schedule needs ${what}s for ${instance.jobs.length} jobs.`,
        hint: `Write { "${key}": [[${what} of each operation of job 1, …], …] }.`,
      });
      return values;
    }
    let flat = 0;
    for (let j = 0; j < rows.length && issues.length < 20; j++) {
      const row: unknown = rows[j];
      const wanted = instance.jobs[j].length;
      if (!Array.isArray(row) || row.length !== wanted) {
        issues.push({ path: [key, j], message: `${jobLabel(j)} has ${wanted} operations.` });
        continue;
      }
      for (let k = 0; k < wanted; k++) {
        const item: unknown = row[k];
        if (typeof item !== 'number' || (item | 0) !== item)
          issues.push({ path: [key, j, k], message: `A ${what} must be a whole number.` });
        else values[flat++] = item;
      }
    }
    return values;
  };
  const starts = read(given?.starts, 'starts', 'start time');
  const machines = isFlexible(instance) ? read(given?.machines, 'machines', 'machine') : undefined;
  const robots = instance.transport ? read(given?.robots, 'robots', 'robot') : undefined;
  const picks = instance.transport ? read(given?.picks, 'picks', 'time of fetching') : undefined;
  if (issues.length > 0) return fail(...issues.slice(0, 20));
  if (robots && picks) return ok({ starts, robots, picks });
  return ok(machines ? { starts, machines } : { starts });
}
