/** What robots may do, from the definition. */
import type { Placed } from './check-kinds.ts';
import { jobLabel, robotLabel, type JobShopInstance, type JobShopSolution } from './instance.ts';
import type { Transport } from './transport.ts';

interface Carry {
  job: number;
  robot: number;
  from: number;
  to: number;
  pick: number;
  drop: number;
}

/**
 * Every job is carried to each machine it is not on already: fetched when released or done where it
 * is, dropped before the operation starts. A robot needs the time without a job between two drops
 * and fetches. Sets when operations take and free their machines. O(operations · log operations).
 *
 * @returns false when the lists do not fit the instance.
 */
export function checkTransport(
  instance: JobShopInstance,
  transport: Transport,
  jobs: readonly (readonly Placed[])[],
  solution: JobShopSolution,
  complain: (text: string) => void,
): void {
  const operations = instance.jobs.reduce((sum, job) => sum + job.length, 0);
  const { robots, picks } = solution;
  if (robots?.length !== operations || picks?.length !== operations) {
    complain(`The solution must have a robot and a time of fetching for each operation.`);
    return;
  }
  const blocks = instance.kind === 'blocking';
  const station = instance.machines;
  const carries: Carry[][] = Array.from({ length: transport.robots }, () => []);
  let flat = 0;
  jobs.forEach((list, job) => {
    const firstOf = flat;
    flat += instance.jobs[job].length;
    list.forEach((operation, k) => {
      const before = k > 0 ? list[k - 1] : null;
      const from = before ? before.machine : station;
      if (from === operation.machine) return;
      const label = `Operation ${operation.index + 1} of ${jobLabel(job)}`;
      const [robot, pick]: unknown[] = [
        robots[firstOf + operation.index],
        picks[firstOf + operation.index],
      ];
      if (typeof robot !== 'number' || !Number.isInteger(robot) || !(robot in carries)) {
        complain(`${label} has no robot that brings its job.`);
        return;
      }
      if (typeof pick !== 'number' || !Number.isInteger(pick)) {
        complain(`${label} has no whole time of fetching.`);
        return;
      }
      const ready = before ? before.end : (instance.release?.[job] ?? 0);
      if (pick < ready)
        complain(`${label}: its job is fetched at ${pick}, before it is ready at ${ready}.`);
      const drop = pick + transport.times[from][operation.machine];
      if (operation.start < drop)
        complain(`${label} starts at ${operation.start}, before its job arrives at ${drop}.`);
      if (blocks) {
        operation.enter = drop;
        if (before) before.leave = pick;
      }
      carries[robot].push({ job, robot, from, to: operation.machine, pick, drop });
    });
  });
  const empty = transport.empty ?? transport.times;
  for (const list of carries) {
    list.sort((a, b) => a.pick - b.pick || a.drop - b.drop);
    let at = station;
    let free = 0;
    for (const carry of list) {
      if (carry.pick < free + empty[at][carry.from])
        complain(
          `${robotLabel(carry.robot)} cannot fetch ${jobLabel(carry.job)} at ${carry.pick}: it is there at ${free + empty[at][carry.from]}.`,
        );
      at = carry.to;
      free = carry.drop;
    }
  }
}
