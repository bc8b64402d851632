/**
 * A timetable into which whole jobs are put, one by one, at the times that end them first among the
 * gaps of those already there. Nothing already placed moves, so a schedule without waiting in a
 * ring, a deadlock, comes about by construction, whatever the kind of shop.
 */
import type { JobShopSolution, PackedJobShop } from '../../../src/problems/job-shop/instance.ts';
import { jobOfOperation } from '../../../src/problems/job-shop/schedule.ts';
import { objectiveOf } from './objective.ts';

export interface Timetable {
  packed: PackedJobShop;
  jobOf: Int32Array;
  starts: Int32Array;
  machines: Int32Array;
  /** When an operation frees its machine. */
  leaves: Int32Array;
  ends: Int32Array;
  /** Operations on machine m by start: hold[base[m]] …, size[m] of them. */
  base: Int32Array;
  size: Int32Array;
  hold: Int32Array;
  /** Scratch of blocking shops: states of the operations of the job being put in. */
  stateStart: number[];
  stateGap: number[];
  stateMachine: number[];
  stateParent: number[];
  /** Gaps looked at since the count was last read. */
  looks: number;
}

/** O(choices). */
export function createTimetable(packed: PackedJobShop): Timetable {
  const operations = packed.machine.length;
  const { firstChoice } = packed;
  const base = new Int32Array(packed.machines + 1);
  const machines = firstChoice ? packed.choiceMachine : packed.machine;
  for (const machine of machines) base[machine + 1]++;
  for (let m = 0; m < packed.machines; m++) base[m + 1] += base[m];
  return {
    packed,
    jobOf: jobOfOperation(packed),
    starts: new Int32Array(operations),
    machines: packed.machine.slice(),
    leaves: new Int32Array(operations),
    ends: new Int32Array(packed.first.length - 1),
    base,
    size: new Int32Array(packed.machines),
    hold: new Int32Array(machines.length),
    stateStart: [],
    stateGap: [],
    stateMachine: [],
    stateParent: [],
    looks: 0,
  };
}

/** Takes everything out. O(machines). */
export const clear = (table: Timetable): void => void table.size.fill(0);

/** The objective when all jobs are in. O(jobs). */
export const objective = (table: Timetable): number => objectiveOf(table.packed, table.ends);

/** A copy of the schedule. */
export const toSolution = ({ packed, starts, machines }: Timetable): JobShopSolution =>
  packed.firstChoice
    ? { starts: starts.slice(), machines: machines.slice() }
    : { starts: starts.slice() };

/** From when the job may run in gap `g` of a machine (behind its g-th hold), setup included. */
function gapStart(table: Timetable, machine: number, gap: number, job: number): number {
  if (gap === 0) return 0;
  const operation = table.hold[table.base[machine] + gap - 1];
  return table.leaves[operation] + setupBetween(table, table.jobOf[operation], job);
}

/** Until when, setup of the next included; far away in the last gap. */
function gapEnd(table: Timetable, machine: number, gap: number, job: number): number {
  if (gap === table.size[machine]) return 0x7fffffff;
  const operation = table.hold[table.base[machine] + gap];
  return table.starts[operation] - setupBetween(table, job, table.jobOf[operation]);
}

const setupBetween = ({ packed }: Timetable, before: number, after: number): number =>
  packed.family ? packed.setup[packed.family[before] * packed.families + packed.family[after]] : 0;

/** The first gap of a machine that ends at or after `time`, setups aside. O(log holds). */
function gapAt(table: Timetable, machine: number, time: number): number {
  let low = 0;
  let high = table.size[machine];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (table.starts[table.hold[table.base[machine] + middle]] < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The earliest start at or after `from` for `duration` in one gap. */
function earliestFit(
  table: Timetable,
  machine: number,
  from: number,
  duration: number,
  job: number,
): number {
  for (let gap = gapAt(table, machine, from + duration); ; gap++) {
    table.looks++;
    const start = Math.max(from, gapStart(table, machine, gap, job));
    if (start + duration <= gapEnd(table, machine, gap, job)) return start;
  }
}

/** Records an operation's times. O(holds of the machine). */
function put(table: Timetable, operation: number, machine: number, start: number, leave: number) {
  const { base, size, hold, starts, leaves } = table;
  starts[operation] = start;
  leaves[operation] = leave;
  table.machines[operation] = machine;
  let at = base[machine] + size[machine]++;
  // Of equal starts the one that leaves first stands first.
  while (at > base[machine]) {
    const other = hold[at - 1];
    if (starts[other] < start || (starts[other] === start && leaves[other] <= leave)) break;
    hold[at] = other;
    at--;
  }
  hold[at] = operation;
}

/** Puts a job in at given times, on the machines it has. O(operations of the job · holds). */
export function placeJob(table: Timetable, job: number, starts: ArrayLike<number>): void {
  const { first, duration, kind } = table.packed;
  const blocks = kind === 'blocking' || kind === 'swap';
  const last = first[job + 1] - 1;
  for (let i = first[job]; i <= last; i++) {
    const end = starts[i] + duration[i];
    put(table, i, table.packed.machine[i], starts[i], blocks && i < last ? starts[i + 1] : end);
    table.ends[job] = end;
  }
}

/** Puts a job in where it ends first. */
export function putJob(table: Timetable, job: number): void {
  const { kind, release } = table.packed;
  const from = release ? release[job] : 0;
  if (kind === 'no-wait') putWithoutWait(table, job, from);
  else if (kind === 'blocking' || kind === 'swap') putBlocking(table, job, from);
  else putWaiting(table, job, from);
}

/** Each operation as early as it fits, on the machine where it ends first. */
function putWaiting(table: Timetable, job: number, from: number): void {
  const { first, firstChoice, choiceMachine, choiceDuration, machine, duration } = table.packed;
  let ready = from;
  for (let i = first[job]; i < first[job + 1]; i++) {
    let bestEnd = Infinity;
    let bestStart = 0;
    let bestMachine = 0;
    const low = firstChoice ? firstChoice[i] : 0;
    const high = firstChoice ? firstChoice[i + 1] : 1;
    for (let c = low; c < high; c++) {
      const onMachine = firstChoice ? choiceMachine[c] : machine[i];
      const time = firstChoice ? choiceDuration[c] : duration[i];
      const start = earliestFit(table, onMachine, ready, time, job);
      if (start + time < bestEnd) {
        bestEnd = start + time;
        bestStart = start;
        bestMachine = onMachine;
      }
    }
    put(table, i, bestMachine, bestStart, bestEnd);
    ready = bestEnd;
  }
  table.ends[job] = ready;
}

/** The first start from which every operation fits right behind the one before. */
function putWithoutWait(table: Timetable, job: number, from: number): void {
  const { first, machine, duration } = table.packed;
  let begin = from;
  for (let i = first[job], offset = 0; i < first[job + 1];) {
    const start = earliestFit(table, machine[i], begin + offset, duration[i], job);
    if (start > begin + offset) {
      begin = start - offset;
      i = first[job];
      offset = 0;
    } else offset += duration[i++];
  }
  let time = begin;
  for (let i = first[job]; i < first[job + 1]; i++) {
    put(table, i, machine[i], time, time + duration[i]);
    time += duration[i];
  }
  table.ends[job] = time;
}

/**
 * The job stays in a gap of a machine until it enters a gap of the next, so both must be open at the
 * moment of the move. For each operation and gap the earliest start is kept: forward over all
 * operations, then back along the parents. O(operations of the job · gaps that overlap).
 */
function putBlocking(table: Timetable, job: number, from: number): void {
  const { first, firstChoice, choiceMachine, choiceDuration, machine, duration } = table.packed;
  const { stateStart, stateGap, stateMachine, stateParent } = table;
  stateStart.length = stateGap.length = stateMachine.length = stateParent.length = 0;
  const noSwap = table.packed.kind === 'blocking';
  const last = first[job + 1] - 1;
  let levelFrom = 0;
  let levelTo = 0;
  for (let i = first[job]; i <= last; i++) {
    const low = firstChoice ? firstChoice[i] : 0;
    const high = firstChoice ? firstChoice[i + 1] : 1;
    for (let c = low; c < high; c++) {
      const onMachine = firstChoice ? choiceMachine[c] : machine[i];
      const time = firstChoice ? choiceDuration[c] : duration[i];
      if (i === first[job]) {
        for (let gap = gapAt(table, onMachine, from + time); gap <= table.size[onMachine]; gap++) {
          table.looks++;
          const start = Math.max(from, gapStart(table, onMachine, gap, job));
          if (start + time <= gapEnd(table, onMachine, gap, job))
            addState(table, onMachine, gap, start, -1);
        }
        continue;
      }
      const own = stateStart.length;
      for (let state = levelFrom; state < levelTo; state++) {
        const previous = stateMachine[state];
        const ready = stateStart[state] + durationOn(table, i - 1, previous);
        const until = gapEnd(table, previous, stateGap[state], job);
        for (let gap = gapAt(table, onMachine, ready + time); gap <= table.size[onMachine]; gap++) {
          table.looks++;
          const start = Math.max(ready, gapStart(table, onMachine, gap, job));
          if (start > until) break;
          if (start + time > gapEnd(table, onMachine, gap, job)) continue;
          if (noSwap && start === until && closesRing(table, previous, onMachine, gap, start))
            continue;
          keepEarliest(table, own, onMachine, gap, start, state);
        }
      }
    }
    levelFrom = levelTo;
    levelTo = stateStart.length;
  }
  let best = levelFrom;
  const endOf = (state: number) => stateStart[state] + durationOn(table, last, stateMachine[state]);
  for (let state = levelFrom + 1; state < levelTo; state++)
    if (endOf(state) < endOf(best)) best = state;
  table.ends[job] = endOf(best);
  let leave = endOf(best);
  let state = best;
  for (let i = last; i >= first[job]; i--) {
    const on = stateMachine[state];
    // The first operation may begin late: it holds its machine no longer than it must.
    const start = i === first[job] ? leave - durationOn(table, i, on) : stateStart[state];
    const next = stateStart[state];
    put(table, i, on, i === first[job] && i < last ? start : next, leave);
    leave = next;
    state = stateParent[state];
  }
}

function addState(table: Timetable, machine: number, gap: number, start: number, parent: number) {
  table.stateMachine.push(machine);
  table.stateGap.push(gap);
  table.stateStart.push(start);
  table.stateParent.push(parent);
}

/** Adds a state, or makes the one of that gap (from `own` on) earlier. */
function keepEarliest(
  table: Timetable,
  own: number,
  machine: number,
  gap: number,
  start: number,
  parent: number,
): void {
  const { stateGap, stateStart, stateParent } = table;
  for (let state = own; state < stateGap.length; state++)
    if (stateGap[state] === gap) {
      if (start < stateStart[state]) {
        stateStart[state] = start;
        stateParent[state] = parent;
      }
      return;
    }
  addState(table, machine, gap, start, parent);
}

function durationOn(table: Timetable, operation: number, machine: number): number {
  const { firstChoice, choiceMachine, choiceDuration, duration } = table.packed;
  if (!firstChoice) return duration[operation];
  for (let c = firstChoice[operation]; c < firstChoice[operation + 1]; c++)
    if (choiceMachine[c] === machine) return choiceDuration[c];
  return 0;
}

/**
 * Would a move at `time` from one machine to gap `gap` of another close a ring: is what leaves that
 * gap just then on its way, over others that move just then, to the machine being left?
 */
function closesRing(
  table: Timetable,
  from: number,
  to: number,
  gap: number,
  time: number,
): boolean {
  const { packed, base, hold, leaves, starts, jobOf, machines } = table;
  let on = to;
  let at = gap - 1;
  for (let steps = 0; steps <= packed.machines; steps++) {
    if (at < 0) return false;
    const leaving = hold[base[on] + at];
    if (leaves[leaving] !== time) return false;
    const next = leaving + 1;
    if (next === packed.first[jobOf[leaving] + 1] || starts[next] !== time) return false;
    on = machines[next];
    if (on === from) return true;
    at = holdIndex(table, on, next) - 1;
  }
  return true;
}

/** Place of an operation among its machine's holds. O(holds). */
function holdIndex({ base, hold }: Timetable, machine: number, operation: number): number {
  let at = base[machine];
  while (hold[at] !== operation) at++;
  return at - base[machine];
}
