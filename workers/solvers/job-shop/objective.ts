/** The objective of a schedule being searched, from the times its jobs end. */
import {
  assigned,
  type JobShopSolution,
  type PackedJobShop,
} from '../../../src/problems/job-shop/instance.ts';
import { elapsed } from '../../../src/problems/job-shop/schedule.ts';

/** What job `job` adds to the objective when it ends at `end`; for the makespan that end. */
export function costOf(packed: PackedJobShop, job: number, end: number): number {
  if (packed.objective === 'makespan') return end;
  const weight = packed.weight ? packed.weight[job] : 1;
  if (packed.objective === 'flow')
    return weight * (end - (packed.release ? packed.release[job] : 0));
  const late = end - (packed.due ? packed.due[job] : 0);
  return late > 0 ? weight * late : 0;
}

/** The objective when job j ends at ends[j]. O(jobs). */
export function objectiveOf(packed: PackedJobShop, ends: ArrayLike<number>): number {
  const { objective, first } = packed;
  const jobs = first.length - 1;
  let value = 0;
  for (let job = 0; job < jobs; job++) {
    const cost = costOf(packed, job, ends[job]);
    if (objective !== 'makespan') value += cost;
    else if (cost > value) value = cost;
  }
  return value;
}

/**
 * A due date for every job: the instance's, or the release plus the job's work times `allowance`
 * (total-work-content rule, Baker 1984). O(jobs).
 */
export function dueDates(
  packed: PackedJobShop,
  lengths: Int32Array,
  allowance: number,
): Float64Array {
  const { due, release } = packed;
  return Float64Array.from(lengths, (length, job) =>
    due ? due[job] : (release ? release[job] : 0) + allowance * length,
  );
}

/** What a delay by one mean operation costs, roughly: the unit of temperatures. */
export function meanDelay(packed: PackedJobShop): number {
  const { duration, weight, objective } = packed;
  const mean = duration.reduce((sum, time) => sum + time, 0) / duration.length;
  if (objective === 'makespan' || !weight) return mean;
  return (mean * weight.reduce((sum, value) => sum + value, 0)) / weight.length;
}

/** The objective of a feasible schedule. O(operations). */
export function objectiveOfSolution(packed: PackedJobShop, solution: JobShopSolution): number {
  const { first } = packed;
  const { duration } = elapsed(assigned(packed, solution.machines), solution.starts);
  const ends = new Int32Array(first.length - 1);
  for (let job = 0; job < ends.length; job++)
    for (let i = first[job]; i < first[job + 1]; i++)
      ends[job] = Math.max(ends[job], solution.starts[i] + duration[i]);
  return objectiveOf(packed, ends);
}

export const copyOf = (solution: JobShopSolution): JobShopSolution => {
  const { starts, machines, robots, picks } = solution;
  return {
    starts: starts.slice(),
    ...(machines && { machines: machines.slice() }),
    ...(robots && { robots: robots.slice() }),
    ...(picks && { picks: picks.slice() }),
  };
};
