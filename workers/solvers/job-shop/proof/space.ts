/**
 * The search space of a proof: time windows and machine orders under an assumed makespan, with a
 * trail to undo. Everything is written once for two sides: on side 0 a window's time is the head (the
 * earliest start), on side 1 the tail (the least time between the end and the makespan), which is
 * the head of the same problem run backwards. So heads + durations + tails ≤ limit is all that
 * ties the sides, and no time changes when the limit does.
 */
import {
  countDisjunctions,
  type PackedJobShop,
} from '../../../../src/problems/job-shop/instance.ts';
import { jobOfOperation } from '../../../../src/problems/job-shop/schedule.ts';
import { jobHeadsAndTails } from '../../../../src/problems/job-shop/bounds.ts';

export interface Space {
  operations: number;
  duration: Int32Array;
  /** Makespan assumed: only schedules within it are looked for. */
  limit: number;
  /** Heads at 0 … n − 1, tails at n … 2n − 1. */
  time: Int32Array;
  /** By place in `time`: the place of the next operation of the job on that side; −1 at its end. */
  next: Int32Array;
  machine: Int32Array;
  /** Place of an operation among its machine's. */
  slot: Int32Array;
  /** Operations machine by machine; machine m has `members[from[m] … from[m + 1])`. */
  members: Int32Array;
  from: Int32Array;
  /** Start of each machine's square in `order`. */
  square: Int32Array;
  /** By pair of a machine's slots (a, b), row by row: 1 when a goes first, −1 when b does, or 0. */
  order: Int8Array;
  /** By pair: its machine, its first slot and its second, and the pair the other way round. */
  machineOfPair: Int32Array;
  firstSlot: Int32Array;
  secondSlot: Int32Array;
  back: Int32Array;
  /** Pairs a < b of all machines, by place in `order`. */
  pairs: Int32Array;
  /** Pairs without an order. */
  undecided: number;
  /** Changes since the start: places in `time` with their old value, or 2n + pair. */
  trail: Int32Array;
  trailed: number;
  /** Times changed, not yet propagated; a ring, with a flag for each member. */
  queue: Int32Array;
  queueStart: number;
  queued: number;
  inQueue: Uint8Array;
  /** Machines changed, not yet looked at as a whole. */
  dirty: Int32Array;
  dirtyCount: number;
  isDirty: Uint8Array;
  /** Pairs decided, from oldest to newest; those from `seen` on are not yet known to the nogoods. */
  decided: Int32Array;
  decidedCount: number;
  seen: number;
  /** Effort so far, in units of about 5 ns. */
  work: number;
}

/** The space without a limit worth the name. O(operations + pairs). */
export function createSpace(packed: PackedJobShop): Space {
  const n = packed.machine.length;
  const { machines, machine, duration, first } = packed;
  const { heads, tails } = jobHeadsAndTails(packed);
  const time = new Int32Array(2 * n);
  time.set(heads);
  time.set(tails, n);
  const next = new Int32Array(2 * n).fill(-1);
  for (let job = 0; job + 1 < first.length; job++)
    for (let i = first[job]; i + 1 < first[job + 1]; i++) {
      next[i] = i + 1;
      next[n + i + 1] = n + i;
    }
  const from = new Int32Array(machines + 1);
  for (const m of machine) from[m + 1]++;
  const square = new Int32Array(machines + 1);
  for (let m = 0; m < machines; m++) {
    square[m + 1] = square[m] + from[m + 1] * from[m + 1];
    from[m + 1] += from[m];
  }
  const fill = from.slice();
  const members = new Int32Array(n);
  const slot = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    slot[i] = fill[machine[i]] - from[machine[i]];
    members[fill[machine[i]]++] = i;
  }
  const pairs = new Int32Array(countDisjunctions(packed.machine));
  const perPair = () => new Int32Array(square[machines]);
  const [machineOfPair, firstSlot, secondSlot, back] = [perPair(), perPair(), perPair(), perPair()];
  let count = 0;
  for (let m = 0; m < machines; m++) {
    const size = from[m + 1] - from[m];
    machineOfPair.fill(m, square[m], square[m + 1]);
    for (let a = 0; a < size; a++)
      for (let b = 0; b < size; b++) {
        const pair = square[m] + a * size + b;
        firstSlot[pair] = a;
        secondSlot[pair] = b;
        back[pair] = square[m] + b * size + a;
        if (a < b) pairs[count++] = pair;
      }
  }
  const space: Space = {
    operations: n,
    duration,
    limit: 2 ** 30,
    time,
    next,
    machine,
    slot,
    members,
    from,
    square,
    order: new Int8Array(square[machines]),
    machineOfPair,
    firstSlot,
    secondSlot,
    back,
    pairs,
    undecided: count,
    trail: new Int32Array(4 * (2 * n + count) + 64),
    trailed: 0,
    queue: new Int32Array(2 * n),
    queueStart: 0,
    queued: 0,
    inQueue: new Uint8Array(2 * n),
    dirty: new Int32Array(machines),
    dirtyCount: 0,
    isDirty: new Uint8Array(machines),
    decided: new Int32Array(count),
    decidedCount: 0,
    seen: 0,
    work: 0,
  };
  // Operations of one job that return to a machine have their order.
  const jobs = jobOfOperation(packed);
  for (let m = 0; m < machines; m++)
    for (let b = from[m] + 1; b < from[m + 1]; b++)
      for (let a = b - 1; a >= from[m] && jobs[members[a]] === jobs[members[b]]; a--)
        decide(space, m, a - from[m], b - from[m]);
  return space;
}

function note(space: Space, place: number, old: number): void {
  if (space.trailed + 2 > space.trail.length) {
    const grown = new Int32Array(2 * space.trail.length);
    grown.set(space.trail);
    space.trail = grown;
  }
  space.trail[space.trailed++] = place;
  space.trail[space.trailed++] = old;
}

function touch(space: Space, m: number): void {
  if (space.isDirty[m] === 1) return;
  space.isDirty[m] = 1;
  space.dirty[space.dirtyCount++] = m;
}

function enqueue(space: Space, place: number): void {
  if (space.inQueue[place] === 1) return;
  space.inQueue[place] = 1;
  const size = space.queue.length;
  const at = space.queueStart + space.queued++;
  space.queue[at < size ? at : at - size] = place;
}

/** A time is at least `value`. @returns false when that leaves the operation no window. */
export function raise(space: Space, place: number, value: number): boolean {
  const { time, operations } = space;
  if (value <= time[place]) return true;
  const other = place < operations ? place + operations : place - operations;
  const operation = place < operations ? place : other;
  if (value + space.duration[operation] + time[other] > space.limit) return false;
  note(space, place, time[place]);
  time[place] = value;
  enqueue(space, place);
  return true;
}

/** Slots a and b of machine m: a goes first. @returns false when that is impossible. */
export function decide(space: Space, m: number, a: number, b: number): boolean {
  const size = space.from[m + 1] - space.from[m];
  const pair = space.square[m] + a * size + b;
  const known = space.order[pair];
  if (known !== 0) return known > 0;
  const { time, operations: n, duration, members } = space;
  const first = members[space.from[m] + a];
  const second = members[space.from[m] + b];
  space.order[pair] = 1;
  space.order[space.square[m] + b * size + a] = -1;
  space.undecided--;
  space.decided[space.decidedCount++] = pair;
  note(space, 2 * n + pair, 0);
  touch(space, m);
  return (
    raise(space, second, time[first] + duration[first]) &&
    raise(space, n + first, time[n + second] + duration[second])
  );
}

/** `decide` by place in `order`. */
export const decidePair = (space: Space, pair: number): boolean =>
  decide(space, space.machineOfPair[pair], space.firstSlot[pair], space.secondSlot[pair]);

/** Forgets changes not propagated, and undoes the trail down to `mark`. */
export function undo(space: Space, mark: number): void {
  const { trail, time, order, operations } = space;
  clearQueues(space);
  while (space.trailed > mark) {
    const old = trail[--space.trailed];
    const place = trail[--space.trailed];
    if (place < 2 * operations) time[place] = old;
    else {
      const pair = place - 2 * operations;
      order[pair] = 0;
      order[space.back[pair]] = 0;
      space.undecided++;
      space.decidedCount--;
    }
  }
  if (space.seen > space.decidedCount) space.seen = space.decidedCount;
}

function clearQueues(space: Space): void {
  const size = space.queue.length;
  for (; space.queued > 0; space.queued--) {
    space.inQueue[space.queue[space.queueStart]] = 0;
    space.queueStart = space.queueStart + 1 === size ? 0 : space.queueStart + 1;
  }
  while (space.dirtyCount > 0) space.isDirty[space.dirty[--space.dirtyCount]] = 0;
}

/**
 * Assumes a makespan of at most `limit` and has everything looked at afresh.
 * @returns false when an operation has no window left.
 */
export function assume(space: Space, limit: number): boolean {
  const { operations: n, time, duration, from, machine } = space;
  space.limit = limit;
  for (let i = 0; i < n; i++) if (time[i] + duration[i] + time[n + i] > limit) return false;
  for (let place = 0; place < 2 * n; place++) enqueue(space, place);
  for (let i = 0; i < n; i++)
    if (from[machine[i] + 1] - from[machine[i]] > 1) touch(space, machine[i]);
  return true;
}

/** Passes one changed time on to its job and to every pair of its machine. O(machine's operations). */
function passOn(space: Space, place: number): boolean {
  const { operations: n, time, duration, order, members, next } = space;
  const side = place < n ? 0 : 1;
  const offset = side === 0 ? 0 : n;
  const operation = place - offset;
  const sign = side === 0 ? 1 : -1;
  const end = time[place] + duration[operation];
  if (next[place] >= 0 && !raise(space, next[place], end)) return false;
  const m = space.machine[operation];
  const start = space.from[m];
  const size = space.from[m + 1] - start;
  if (size === 1) return true;
  const a = space.slot[operation];
  const row = space.square[m] + a * size;
  const opposite = n - offset;
  for (let b = 0; b < size; b++) {
    if (b === a) continue;
    const known = order[row + b] * sign;
    const other = members[start + b];
    if (known > 0) {
      if (end > time[offset + other] && !raise(space, offset + other, end)) return false;
    } else if (known === 0 && end + duration[other] + time[opposite + other] > space.limit) {
      if (!(side === 0 ? decide(space, m, b, a) : decide(space, m, a, b))) return false;
    }
  }
  space.work += size;
  touch(space, m);
  return true;
}

/** Propagates single times and pairs to a fixpoint. @returns false on a contradiction. */
export function passAll(space: Space): boolean {
  const size = space.queue.length;
  let patience = 8 * size;
  while (space.queued > 0) {
    const place = space.queue[space.queueStart];
    space.queueStart = space.queueStart + 1 === size ? 0 : space.queueStart + 1;
    space.queued--;
    space.inQueue[place] = 0;
    if (!passOn(space, place)) return false;
    // Times that go up for ever run in a circle of orders, which may take long to meet the limit.
    if (--patience === 0) {
      if (hasCycle(space)) return false;
      patience = 64 * size;
    }
  }
  return true;
}

/** Do the orders decided and the jobs form a cycle? O(operations + pairs). */
function hasCycle(space: Space): boolean {
  const { operations: n, next, order, members, machine, slot, from } = space;
  const waiting = new Int32Array(n);
  const ready: number[] = [];
  const eachLater = (i: number, look: (j: number) => void) => {
    if (next[i] >= 0) look(next[i]);
    const m = machine[i];
    const size = from[m + 1] - from[m];
    const row = space.square[m] + slot[i] * size;
    for (let b = 0; b < size; b++) if (order[row + b] > 0) look(members[from[m] + b]);
  };
  for (let i = 0; i < n; i++) eachLater(i, (j) => waiting[j]++);
  for (let i = 0; i < n; i++) if (waiting[i] === 0) ready.push(i);
  let sorted = 0;
  while (ready.length > 0) {
    sorted++;
    eachLater(ready.pop()!, (j) => {
      if (--waiting[j] === 0) ready.push(j);
    });
  }
  space.work += 4 * n;
  return sorted < n;
}
