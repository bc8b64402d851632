/**
 * A shop floor without room to wait, run through by a list: each entry lets a job go on by one
 * operation. A job whose next machine is held waits, and goes on as soon as it can. With swaps a
 * ring of waiting jobs moves at one moment; without, no job enters a machine that would close such a
 * ring. Every feasible schedule comes from the list of its operations by start. A list that comes to
 * a deadlock all the same is run again with safe moves only, which leads to a schedule near by.
 */
import { endOn, upFrom } from '../../../src/problems/job-shop/breakdowns.ts';
import type { PackedJobShop } from '../../../src/problems/job-shop/instance.ts';
import { objectiveOf } from './objective.ts';
import { closesRing, createTrial, isSafe, type Trial } from './safety.ts';

export interface Floor {
  packed: PackedJobShop;
  jobs: number;
  swaps: boolean;
  starts: Int32Array;
  /** Next operation of each job, and how many of its entries have been read. */
  next: Int32Array;
  asked: Int32Array;
  /** When a job can go on, and at last its end. */
  ready: Int32Array;
  /** Machine a job stands on, job that holds a machine, −1 for none, and since when it is free. */
  on: Int32Array;
  holder: Int32Array;
  free: Int32Array;
  /** Jobs that wait, first come first. */
  waiting: Int32Array;
  waitingCount: number;
  /** The jobs in the order their operations were begun: a list for the same schedule. */
  sequence: Int32Array;
  begun: number;
  /** The operation before each on its machine, −1 for none, and the last one of each machine. */
  before: Int32Array;
  lastOn: Int32Array;
  /** Only safe moves are made. */
  careful: boolean;
  /** Scratch. */
  ring: Int32Array;
  trial: Trial;
}

/** O(operations). */
export function createFloor(packed: PackedJobShop): Floor {
  const jobs = packed.first.length - 1;
  const operations = packed.machine.length;
  return {
    packed,
    jobs,
    swaps: packed.kind === 'swap',
    starts: new Int32Array(operations),
    next: new Int32Array(jobs),
    asked: new Int32Array(jobs),
    ready: new Int32Array(jobs),
    on: new Int32Array(jobs),
    holder: new Int32Array(packed.machines),
    free: new Int32Array(packed.machines),
    waiting: new Int32Array(jobs),
    waitingCount: 0,
    sequence: new Int32Array(operations),
    begun: 0,
    before: new Int32Array(operations),
    lastOn: new Int32Array(packed.machines),
    careful: false,
    ring: new Int32Array(jobs),
    trial: createTrial(packed),
  };
}

/**
 * Runs the list (each job as often as it has operations) and returns the objective. O(operations ·
 * jobs), in practice far less; a list that leads to a deadlock costs as much as all its safe moves.
 */
export function run(floor: Floor, list: ArrayLike<number>): number {
  floor.careful = false;
  const reached = runOnce(floor, list);
  if (reached < Infinity) return reached;
  floor.careful = true;
  return runOnce(floor, list);
}

/** Infinite when it comes to a deadlock, which it does not with care. */
function runOnce(floor: Floor, list: ArrayLike<number>): number {
  const { packed, next, asked, ready } = floor;
  const { first, release } = packed;
  for (let job = 0; job < floor.jobs; job++) {
    next[job] = asked[job] = first[job];
    ready[job] = release ? release[job] : 0;
  }
  floor.on.fill(-1);
  floor.holder.fill(-1);
  floor.lastOn.fill(-1);
  floor.begun = 0;
  floor.free.fill(0);
  floor.waitingCount = 0;
  for (let k = 0; k < list.length; k++) {
    const job = list[k];
    const waits = asked[job] > next[job];
    asked[job]++;
    if (!waits && !advance(floor, job)) floor.waiting[floor.waitingCount++] = job;
    else if (!waits) settle(floor);
  }
  return floor.waitingCount > 0 ? Infinity : objectiveOf(packed, ready);
}

/** Lets waiting jobs go on, first come first, until none can. */
function settle(floor: Floor): void {
  const { waiting, asked, next } = floor;
  for (let i = 0; i < floor.waitingCount;) {
    const job = waiting[i];
    if (asked[job] > next[job] && !advance(floor, job)) {
      i++;
      continue;
    }
    // It has moved (perhaps in a ring): it waits on only if it was asked for more.
    if (asked[job] <= next[job]) {
      floor.waitingCount--;
      waiting.copyWithin(i, i + 1, floor.waitingCount + 1);
    }
    i = 0;
  }
}

const mayEnter = (floor: Floor, job: number, to: number): boolean =>
  floor.careful ? isSafe(floor, job, to) : !closesRing(floor.packed, floor, job, to);

/** One operation further, if its machine can be entered. @returns whether the job moved. */
function advance(floor: Floor, job: number): boolean {
  const { packed, next, holder } = floor;
  const operation = next[job];
  const to = packed.machine[operation];
  const from = operation > packed.first[job] ? packed.machine[operation - 1] : -1;
  if (holder[to] === -1) {
    if (!floor.swaps && !mayEnter(floor, job, to)) return false;
    enter(floor, job, from, Math.max(floor.ready[job], floor.free[to]));
    return true;
  }
  if (holder[to] === job) {
    enter(floor, job, from, floor.ready[job]);
    return true;
  }
  return floor.swaps && rotate(floor, job);
}

/**
 * The job leaves its machine and starts its next operation, at `earliest` or once the machine is up
 * again; behind the last it leaves the floor.
 */
function enter(floor: Floor, job: number, from: number, earliest: number): void {
  let time = earliest;
  const { packed, next, holder, free, ready } = floor;
  const operation = next[job]++;
  const to = packed.machine[operation];
  const { downs } = packed;
  if (downs) time = upFrom(downs, to, time);
  if (from >= 0 && holder[from] === job) {
    holder[from] = -1;
    free[from] = time;
  }
  floor.starts[operation] = time;
  floor.sequence[floor.begun++] = job;
  floor.before[operation] = floor.lastOn[to];
  floor.lastOn[to] = operation;
  ready[job] = downs
    ? endOn(downs, to, time, packed.duration[operation])
    : time + packed.duration[operation];
  if (next[job] < packed.first[job + 1]) {
    holder[to] = job;
    floor.on[job] = to;
  } else {
    free[to] = ready[job];
    floor.on[job] = -1;
  }
}

/** Moves a ring of jobs, each waiting for the next one's machine, at one moment. */
function rotate(floor: Floor, job: number): boolean {
  const { packed, next, asked, holder, ready, ring } = floor;
  let count = 0;
  let time = 0;
  let at = job;
  do {
    // Only jobs asked to go on take part; the first one is being asked.
    if (asked[at] <= next[at] || next[at] === packed.first[at]) return false;
    ring[count++] = at;
    time = Math.max(time, ready[at]);
    at = holder[packed.machine[next[at]]];
  } while (at >= 0 && at !== job && count < floor.jobs);
  if (at !== job) return false;
  if (packed.downs)
    // All of them must be up at one moment.
    for (let i = 0, since = 0; since < count; i = (i + 1) % count, since++) {
      const up = upFrom(packed.downs, packed.machine[next[ring[i]]], time);
      if (up > time) since = 0;
      time = up;
    }
  for (let i = 0; i < count; i++) holder[packed.machine[next[ring[i]] - 1]] = -1;
  for (let i = 0; i < count; i++) floor.free[packed.machine[next[ring[i]] - 1]] = time;
  for (let i = 0; i < count; i++) enter(floor, ring[i], -1, time);
  return true;
}
