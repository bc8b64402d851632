/**
 * Changes of a schedule without room to wait, as changes of the list that leads to it: whatever they
 * lead to runs through, so that every one of them is a feasible schedule.
 */
import type { Rng } from '../../../src/core/rng.ts';
import { endOn, upFrom } from '../../../src/problems/job-shop/breakdowns.ts';
import type { PackedJobShop } from '../../../src/problems/job-shop/instance.ts';
import { firstOfJobs, linearOrder } from '../../../src/problems/job-shop/schedule.ts';
import { run, type Floor } from './floor.ts';
import { costOf } from './objective.ts';
import { clear, placeJob, putJob, type Timetable } from './timetable.ts';

/** Of a hundred changes so many reinsert jobs, shift a job, and shift one entry; the rest are critical. */
const reinserted = 25;
const shiftedJobs = 30;
const shiftedEntries = 20;
/** Jobs reinserted together. */
const mostReinserted = 3;

/** Puts a changed list into `draft.changed`. */
export function change(draft: Draft, floor: Floor, table: Timetable, rng: Rng): void {
  const draw = rng.int(100);
  if (draw < reinserted) reinsert(draft, floor, table, rng);
  else if (draw < reinserted + shiftedJobs) shiftJob(draft, rng);
  else if (draw < reinserted + shiftedJobs + shiftedEntries || !turnCritical(draft, rng))
    shiftAnywhere(draft, rng);
}

/** The schedule gone on from, and a list changed from its own. */
export interface Draft {
  packed: PackedJobShop;
  jobOf: Int32Array;
  isFirst: Uint8Array;
  list: Int32Array;
  changed: Int32Array;
  starts: Int32Array;
  before: Int32Array;
  value: number;
  /** Place of each operation in the list. */
  place: Int32Array;
  /** Scratch. */
  next: Int32Array;
  arcs: Int32Array;
  keys: Float64Array;
}

export function createDraft(packed: PackedJobShop, jobOf: Int32Array): Draft {
  const array = () => new Int32Array(jobOf.length);
  return {
    packed,
    jobOf,
    isFirst: firstOfJobs(packed),
    list: array(),
    changed: array(),
    starts: array(),
    before: array(),
    value: 0,
    place: array(),
    next: new Int32Array(packed.first.length - 1),
    arcs: array(),
    keys: new Float64Array(jobOf.length),
  };
}

/** Makes what the floor has just run through the schedule gone on from. O(operations). */
export function take(draft: Draft, floor: Floor, value: number): void {
  draft.list.set(floor.sequence);
  draft.starts.set(floor.starts);
  draft.before.set(floor.before);
  draft.value = value;
  draft.next.set(draft.packed.first.subarray(0, draft.next.length));
  for (let k = 0; k < draft.list.length; k++) draft.place[draft.next[draft.list[k]]++] = k;
}

/**
 * Two operations neighbouring on a machine, of which one holds up a costly job, change places: the
 * later one's job goes first as far as it must, or the earlier one's stays behind.
 *
 * @returns false when nothing holds the job up. O(operations).
 */
function turnCritical(draft: Draft, rng: Rng): boolean {
  const { list, changed, place, before, jobOf } = draft;
  const count = holdUps(draft, rng);
  if (count === 0) return false;
  const v = draft.arcs[rng.int(count)];
  const u = before[v];
  const [from, to] = [place[u], place[v]];
  const job = rng.uint32() < 0x80000000 ? jobOf[v] : jobOf[u];
  // Between the two: the chosen job's entries to one end, all others to the other.
  let write = 0;
  for (let k = 0; k < from; k++) changed[write++] = list[k];
  const first = job === jobOf[v];
  if (first) for (let k = from; k <= to; k++) if (list[k] === job) changed[write++] = job;
  for (let k = from; k <= to; k++) if (list[k] !== job) changed[write++] = list[k];
  if (!first) for (let k = from; k <= to; k++) if (list[k] === job) changed[write++] = job;
  for (let k = to + 1; k < list.length; k++) changed[write++] = list[k];
  return true;
}

/**
 * Operations in `arcs` that start as soon as another job leaves their machine, on a chain without
 * waiting up to the end of a costly job. O(operations).
 */
function holdUps(draft: Draft, rng: Rng): number {
  const { packed, starts, before, isFirst, jobOf, arcs } = draft;
  const { first, duration, downs, machine } = packed;
  const end = (i: number): number =>
    downs ? endOn(downs, machine[i], starts[i], duration[i]) : starts[i] + duration[i];
  let at = -1;
  let ties = 0;
  for (let job = 0; job + 1 < first.length; job++) {
    const last = first[job + 1] - 1;
    const cost = costOf(packed, job, end(last));
    const counts = packed.objective === 'makespan' ? cost === draft.value : cost > 0;
    if (counts && (++ties === 1 || rng.int(ties) === 0)) at = last;
  }
  let count = 0;
  // Rings of swaps start at one moment: no more steps than operations.
  for (let steps = 0; at >= 0 && steps < jobOf.length; steps++) {
    const u = before[at];
    const tight = (time: number) =>
      time === starts[at] || (downs !== null && upFrom(downs, machine[at], time) === starts[at]);
    const leave = u < 0 ? -1 : isFirst[u + 1] === 1 ? end(u) : starts[u + 1];
    const byMachine = u >= 0 && jobOf[u] !== jobOf[at] && tight(leave);
    const byJob = isFirst[at] === 0 && tight(end(at - 1));
    if (!byMachine && !byJob) break;
    if (byMachine && (!byJob || rng.uint32() < 0x80000000)) {
      arcs[count++] = at;
      // Kept longer than it worked: it waited for the next machine.
      at = leave > end(u) ? u + 1 : u;
    } else at--;
  }
  return count;
}

/**
 * Some jobs are taken out, the others close up, and those come into the gaps again where they end
 * first (job insertion). O(operations · gaps).
 */
function reinsert(draft: Draft, floor: Floor, table: Timetable, rng: Rng): void {
  const { list, changed, next, packed, jobOf } = draft;
  const out = new Set<number>();
  const count = Math.min(next.length, 1 + rng.int(mostReinserted));
  while (out.size < count) out.add(rng.int(next.length));
  run(
    floor,
    list.filter((job) => !out.has(job)),
  );
  clear(table);
  for (let job = 0; job < next.length; job++) if (!out.has(job)) placeJob(table, job, floor.starts);
  for (const job of out) putJob(table, job);
  changed.set(linearOrder(packed, table.starts).map((operation) => jobOf[operation]));
}

/** A job, or its later part, comes earlier or later as a whole. O(operations). */
function shiftJob({ list, changed, next, keys }: Draft, rng: Rng): void {
  const n = list.length;
  const job = rng.int(next.length);
  const from = rng.uint32() < 0x80000000 ? 0 : rng.int(n);
  const reach = reachOf(next.length);
  const shift = rng.int(2 * reach + 1) - reach;
  let count = 0;
  for (let k = 0; k < n; k++)
    if (list[k] === job) keys[count++] = k < from ? k : k + shift + (shift > 0 ? 0.5 : -0.5);
  keys.subarray(0, count).sort();
  let read = 0;
  let write = 0;
  for (let k = 0; k < n; k++) {
    if (list[k] === job) continue;
    while (read < count && keys[read] < k) {
      changed[write++] = job;
      read++;
    }
    changed[write++] = list[k];
  }
  changed.fill(job, write);
}

/** How far entries of a list are shifted. */
const reachOf = (jobs: number): number => Math.max(4, 2 * jobs);

/** One entry of the list somewhere else, not far away. */
function shiftAnywhere({ list, changed, next }: Draft, rng: Rng): void {
  const n = list.length;
  const reach = reachOf(next.length);
  const from = rng.int(n);
  const to = Math.max(0, Math.min(n - 1, from + rng.int(2 * reach + 1) - reach));
  changed.set(list);
  shift(changed, from, to);
}

/** Takes the entry at `from` out of the list and puts it in at `to`. */
function shift(list: Int32Array, from: number, to: number): void {
  const job = list[from];
  if (from > to) list.copyWithin(to + 1, to, from);
  else list.copyWithin(from, from + 1, to + 1);
  list[to] = job;
}
