/**
 * A shop with robots, built move by move in the order a list says: each entry of a job has its next
 * operation's job carried there, or the operation begun. In blocking shops carrying and beginning
 * are one; a job whose next machine is kept waits, and no move is made that could end in a deadlock.
 * Everything happens as early as the robots, machines and jobs allow.
 */
import type { JobShopSolution, PackedJobShop } from '../../../src/problems/job-shop/instance.ts';
import { placeBefore, type Carriers } from '../../../src/problems/job-shop/transport.ts';
import { objectiveOf } from './objective.ts';
import { createTrial, isSafe, type Trial } from './safety.ts';

export interface Yard {
  packed: PackedJobShop;
  carriers: Carriers;
  jobs: number;
  blocks: boolean;
  /** Robot wished for each operation; −1: the one that is there first. */
  wish: Int32Array;
  starts: Int32Array;
  robots: Int32Array;
  picks: Int32Array;
  /** Next operation of a job; whether its job is there already; when the job can go on or start. */
  next: Int32Array;
  brought: Uint8Array;
  ready: Int32Array;
  on: Int32Array;
  holder: Int32Array;
  /** When a machine is free. */
  left: Int32Array;
  /** Where a robot is, and from when. */
  at: Int32Array;
  free: Int32Array;
  trial: Trial;
  looks: number;
  /** Entries asked for that could not be granted yet, by job. */
  owed: Int32Array;
  owing: number;
  /** What `offer` found. */
  robot: number;
  pick: number;
  drop: number;
}

/** O(operations + machines). */
export function createYard(packed: PackedJobShop, carriers: Carriers): Yard {
  const jobs = packed.first.length - 1;
  const operations = packed.machine.length;
  return {
    packed,
    carriers,
    jobs,
    blocks: packed.kind === 'blocking',
    wish: new Int32Array(operations).fill(-1),
    starts: new Int32Array(operations),
    robots: new Int32Array(operations),
    picks: new Int32Array(operations),
    next: new Int32Array(jobs),
    brought: new Uint8Array(jobs),
    ready: new Int32Array(jobs),
    on: new Int32Array(jobs),
    holder: new Int32Array(packed.machines),
    left: new Int32Array(packed.machines),
    at: new Int32Array(carriers.robots),
    free: new Int32Array(carriers.robots),
    trial: createTrial(packed),
    looks: 0,
    owed: new Int32Array(jobs),
    owing: 0,
    robot: -1,
    pick: 0,
    drop: 0,
  };
}

/** Does a robot bring the job to this operation? */
export function isCarried({ packed, carriers }: Yard, job: number, operation: number): boolean {
  const { first, machine } = packed;
  return placeBefore(first, machine, job, operation, carriers.places - 1) !== machine[operation];
}

/** Everything at the station again. O(jobs + machines). */
export function clear(yard: Yard): void {
  const { first, release } = yard.packed;
  yard.left.fill(0);
  yard.holder.fill(-1);
  yard.on.fill(-1);
  yard.brought.fill(0);
  yard.at.fill(yard.carriers.places - 1);
  yard.free.fill(0);
  yard.owed.fill(0);
  yard.owing = 0;
  for (let job = 0; job < yard.jobs; job++) {
    yard.next[job] = first[job];
    yard.ready[job] = release ? release[job] : 0;
  }
}

/** How a job would be brought to its next operation now. @returns whether it may. O(robots). */
export function offer(yard: Yard, job: number): boolean {
  const { packed, carriers, next, ready, left, at, free } = yard;
  const { places, loaded, empty } = carriers;
  const operation = next[job];
  const to = packed.machine[operation];
  if (yard.blocks && yard.holder[to] !== -1 && yard.holder[to] !== job) return false;
  if (yard.blocks && !isSafe(yard, job, to)) return false;
  yard.robot = -1;
  yard.pick = yard.drop = ready[job];
  if (yard.brought[job] === 1 || !isCarried(yard, job, operation)) return true;
  const from = placeBefore(packed.first, packed.machine, job, operation, places - 1);
  const time = loaded[from * places + to];
  const wished = yard.wish[operation];
  let least = Infinity;
  for (let robot = 0; robot < carriers.robots; robot++) {
    yard.looks++;
    if (wished >= 0 && robot !== wished) continue;
    const way = empty[at[robot] * places + from];
    const pick = Math.max(ready[job], free[robot] + way, yard.blocks ? left[to] - time : 0);
    // Of robots there in time the one with the shortest way comes.
    const key = pick * 2 ** 20 + Math.min(way, 2 ** 20 - 1);
    if (key < least) {
      least = key;
      yard.robot = robot;
      yard.pick = pick;
    }
  }
  yard.drop = yard.pick + time;
  return true;
}

/** Does what `offer` found: the job is carried; in blocking shops its operation begins, too. */
export function bring(yard: Yard, job: number): void {
  const { packed, next, ready, brought, on, holder, left } = yard;
  const operation = next[job];
  const to = packed.machine[operation];
  const { robot } = yard;
  if (brought[job] === 0) {
    yard.robots[operation] = robot;
    yard.picks[operation] = robot < 0 ? 0 : yard.pick;
    if (robot >= 0) {
      yard.at[robot] = to;
      yard.free[robot] = yard.drop;
    }
    ready[job] = yard.drop;
    const from = on[job];
    if (from >= 0) {
      holder[from] = -1;
      left[from] = yard.pick;
      on[job] = -1;
    }
    if (robot >= 0 && !yard.blocks) {
      brought[job] = 1;
      return;
    }
  }
  const start = yard.blocks ? ready[job] : Math.max(ready[job], left[to]);
  const end = start + packed.duration[operation];
  yard.starts[operation] = start;
  ready[job] = end;
  left[to] = end;
  brought[job] = 0;
  next[job]++;
  if (yard.blocks && next[job] < packed.first[job + 1]) {
    holder[to] = job;
    on[job] = to;
  }
}

/** How many entries a job has in a list. */
export function entriesOf(yard: Yard, job: number): number {
  const { first } = yard.packed;
  let count = first[job + 1] - first[job];
  for (let i = first[job]; !yard.blocks && i < first[job + 1]; i++)
    if (isCarried(yard, job, i)) count++;
  return count;
}

/** Builds the schedule of a list with every job's entries and returns the objective. */
export function runList(yard: Yard, list: ArrayLike<number>): number {
  clear(yard);
  for (let k = 0; k < list.length; k++) {
    const job = list[k];
    if (yard.owed[job] === 0 && offer(yard, job)) {
      bring(yard, job);
      if (yard.owing > 0) settle(yard);
    } else {
      yard.owed[job]++;
      yard.owing++;
    }
  }
  return objectiveOf(yard.packed, yard.ready);
}

/** Grants what is owed, lower jobs first, until nothing more can be. */
function settle(yard: Yard): void {
  const { owed } = yard;
  for (let job = 0; job < yard.jobs && yard.owing > 0; job++) {
    if (owed[job] === 0 || !offer(yard, job)) continue;
    bring(yard, job);
    owed[job]--;
    yard.owing--;
    job = -1;
  }
}

/** A copy of the schedule. */
export const toSolution = ({ starts, robots, picks }: Yard): JobShopSolution => ({
  starts: starts.slice(),
  robots: robots.slice(),
  picks: picks.slice(),
});

/** The list that builds a feasible schedule, its robots wished for. O(n log n). */
export function listOf(yard: Yard, { starts, robots, picks }: JobShopSolution): Int32Array {
  const { first } = yard.packed;
  const entries: { time: number; job: number }[] = [];
  for (let job = 0; job < yard.jobs; job++)
    for (let i = first[job]; i < first[job + 1]; i++) {
      const carried = isCarried(yard, job, i);
      if (carried) {
        yard.wish[i] = robots![i];
        entries.push({ time: picks![i], job });
      }
      if (!carried || !yard.blocks) entries.push({ time: starts[i], job });
    }
  return Int32Array.from(
    entries.sort((a, b) => a.time - b.time || a.job - b.job),
    ({ job }) => job,
  );
}
