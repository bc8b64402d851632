/**
 * Schedules built operation by operation: non-delay, active (Giffler & Thompson 1960) or between
 * the two (Bierwirth & Mattfeld 1999), also with releases, setups, a choice of machines and open
 * routes.
 */
import type { Rng } from '../../../src/core/rng.ts';
import { jobLengths, shortestDurations } from '../../../src/problems/job-shop/bounds.ts';
import type { JobShopSolution, PackedJobShop } from '../../../src/problems/job-shop/instance.ts';
import { dueDates, objectiveOf } from './objective.ts';
import { urgency, type Look, type Rule } from './rules.ts';

export interface Policy {
  rule: Rule;
  /** 0: only operations that can start first; 1: all that can start before the first end. */
  delay: number;
  /** Whether the first machine to be able to start is looked at, or the first to end. */
  schedule: 'non-delay' | 'active';
  allowance: number;
  lookahead: number;
}

export const policyOf = (rule: Rule, schedule: Policy['schedule']): Policy => ({
  rule,
  schedule,
  delay: schedule === 'active' ? 1 : 0,
  allowance: 1.5,
  lookahead: 3,
});

/** A schedule being built. */
export interface Dispatcher {
  packed: PackedJobShop;
  policy: Policy;
  rng: Rng;
  starts: Int32Array;
  /** Machine each operation runs on. */
  machines: Int32Array;
  /** Operations in the order they were placed; a linear order of the whole. */
  order: Int32Array;
  placed: number;
  /** When a job may go on, and when a machine is free. */
  jobReady: Int32Array;
  machineReady: Int32Array;
  /** Family of the last job on a machine; −1 before the first. */
  lastFamily: Int32Array;
  /** Next operation of a job (not in open shops), and work and operations left. */
  next: Int32Array;
  workLeft: Int32Array;
  left: Int32Array;
  /** Open shops: 1 when placed. */
  isPlaced: Uint8Array;
  /** Jobs with operations left, in no order, and how many. */
  open: Int32Array;
  openCount: number;
  /** What does not change. */
  shortest: Int32Array;
  lengths: Int32Array;
  due: Float64Array;
  look: Look;
  /** Candidates for the next place. */
  candidates: number;
  operation: Int32Array;
  place: Int32Array;
  onMachine: Int32Array;
  start: Int32Array;
  end: Int32Array;
}

/** @param rng drawn from by the random rule only. O(operations). */
export function createDispatcher(packed: PackedJobShop, policy: Policy, rng: Rng): Dispatcher {
  const jobs = packed.first.length - 1;
  const operations = packed.machine.length;
  const most = packed.kind === 'open' ? operations : jobs;
  const lengths = jobLengths(packed);
  const shortest = shortestDurations(packed);
  const dispatcher: Dispatcher = {
    packed,
    policy,
    rng,
    starts: new Int32Array(operations),
    machines: packed.machine.slice(),
    order: new Int32Array(operations),
    placed: 0,
    jobReady: new Int32Array(jobs),
    machineReady: new Int32Array(packed.machines),
    lastFamily: new Int32Array(packed.machines),
    next: new Int32Array(jobs),
    workLeft: new Int32Array(jobs),
    left: new Int32Array(jobs),
    isPlaced: new Uint8Array(operations),
    open: new Int32Array(jobs),
    openCount: 0,
    shortest,
    lengths,
    due: dueDates(packed, lengths, policy.allowance),
    look: {
      start: 0,
      duration: 0,
      ready: 0,
      work: 0,
      operations: 0,
      done: 0,
      release: 0,
      due: 0,
      weight: 1,
      mean: shortest.reduce((sum, time) => sum + time, 0) / operations,
      lookahead: policy.lookahead,
    },
    candidates: 0,
    operation: new Int32Array(most),
    place: new Int32Array(most),
    onMachine: new Int32Array(most),
    start: new Int32Array(most),
    end: new Int32Array(most),
  };
  restart(dispatcher);
  return dispatcher;
}

/** Empties the schedule; the arrays of the last one are written over. O(operations + machines). */
export function restart(dispatcher: Dispatcher): void {
  const { first, release } = dispatcher.packed;
  const jobs = first.length - 1;
  dispatcher.placed = 0;
  dispatcher.machineReady.fill(0);
  dispatcher.lastFamily.fill(-1);
  dispatcher.isPlaced.fill(0);
  dispatcher.workLeft.set(dispatcher.lengths);
  dispatcher.openCount = jobs;
  for (let job = 0; job < jobs; job++) {
    dispatcher.jobReady[job] = release ? release[job] : 0;
    dispatcher.next[job] = first[job];
    dispatcher.left[job] = first[job + 1] - first[job];
    dispatcher.open[job] = job;
  }
}

/** Places up to `count` operations; true when the schedule is complete. O(count · candidates). */
export function placeSome(dispatcher: Dispatcher, count: number): boolean {
  for (let i = 0; i < count && dispatcher.openCount > 0; i++) {
    collect(dispatcher);
    placeCandidate(dispatcher, choose(dispatcher));
  }
  return dispatcher.openCount === 0;
}

/** The objective of the complete schedule. O(jobs). */
export const objective = (dispatcher: Dispatcher): number =>
  objectiveOf(dispatcher.packed, dispatcher.jobReady);

/** A copy of the complete schedule. */
export const toSolution = ({ packed, starts, machines }: Dispatcher): JobShopSolution =>
  packed.firstChoice
    ? { starts: starts.slice(), machines: machines.slice() }
    : { starts: starts.slice() };

/** All operations whose turn it could be, each where it would end first. */
export function collect(dispatcher: Dispatcher): void {
  const { packed, open, openCount, next, isPlaced } = dispatcher;
  dispatcher.candidates = 0;
  for (let at = 0; at < openCount; at++) {
    const job = open[at];
    if (packed.kind !== 'open') add(dispatcher, at, job, next[job]);
    else
      for (let i = packed.first[job]; i < packed.first[job + 1]; i++)
        if (isPlaced[i] === 0) add(dispatcher, at, job, i);
  }
}

function add(dispatcher: Dispatcher, at: number, job: number, operation: number): void {
  const { packed, jobReady, machineReady, lastFamily } = dispatcher;
  const { firstChoice, family, families, setup } = packed;
  const from = firstChoice ? firstChoice[operation] : 0;
  const to = firstChoice ? firstChoice[operation + 1] : 1;
  let bestEnd = Infinity;
  let bestStart = 0;
  let bestMachine = 0;
  for (let c = from; c < to; c++) {
    const onMachine = firstChoice ? packed.choiceMachine[c] : packed.machine[operation];
    const duration = firstChoice ? packed.choiceDuration[c] : packed.duration[operation];
    let start = machineReady[onMachine];
    if (family && lastFamily[onMachine] >= 0)
      start += setup[lastFamily[onMachine] * families + family[job]];
    if (jobReady[job] > start) start = jobReady[job];
    if (start + duration < bestEnd) {
      bestEnd = start + duration;
      bestStart = start;
      bestMachine = onMachine;
    }
  }
  const k = dispatcher.candidates++;
  dispatcher.operation[k] = operation;
  dispatcher.place[k] = at;
  dispatcher.onMachine[k] = bestMachine;
  dispatcher.start[k] = bestStart;
  dispatcher.end[k] = bestEnd;
}

/** Places candidate `k`. */
export function placeCandidate(dispatcher: Dispatcher, k: number): void {
  const { packed, open, left, workLeft, lastFamily } = dispatcher;
  const operation = dispatcher.operation[k];
  const onMachine = dispatcher.onMachine[k];
  const at = dispatcher.place[k];
  const job = open[at];
  dispatcher.starts[operation] = dispatcher.start[k];
  dispatcher.machines[operation] = onMachine;
  dispatcher.order[dispatcher.placed++] = operation;
  dispatcher.jobReady[job] = dispatcher.end[k];
  dispatcher.machineReady[onMachine] = dispatcher.end[k];
  if (packed.family) lastFamily[onMachine] = packed.family[job];
  dispatcher.next[job]++;
  dispatcher.isPlaced[operation] = 1;
  workLeft[job] -= dispatcher.shortest[operation];
  if (--left[job] === 0) open[at] = open[--dispatcher.openCount];
}

/**
 * The candidates the schedule type allows are those on one machine that start early enough (active)
 * or all that start first (non-delay). @returns whether candidate k is one, for the limits found.
 */
export interface Limits {
  /** −1: any machine. */
  machine: number;
  /** The latest start allowed. */
  latest: number;
  /** Always allowed. */
  always: number;
}

/** O(candidates). */
export function limitsOf(dispatcher: Dispatcher): Limits {
  const { candidates, start, end, onMachine, policy } = dispatcher;
  let earliest = 0;
  if (policy.schedule === 'non-delay') {
    for (let k = 1; k < candidates; k++) if (start[k] < start[earliest]) earliest = k;
    return { machine: -1, latest: start[earliest], always: earliest };
  }
  for (let k = 1; k < candidates; k++)
    // Of equal ends the longer operation: one that takes no time fits behind it, not the reverse.
    if (end[k] < end[earliest] || (end[k] === end[earliest] && start[k] < start[earliest]))
      earliest = k;
  const machine = onMachine[earliest];
  let first = start[earliest];
  for (let k = 0; k < candidates; k++)
    if (onMachine[k] === machine && start[k] < first) first = start[k];
  if (policy.delay === 1) return { machine, latest: end[earliest] - 1, always: earliest };
  const span = Math.floor(policy.delay * Math.max(0, end[earliest] - 1 - first));
  return { machine, latest: first + span, always: -1 };
}

export const isAllowed = (dispatcher: Dispatcher, limits: Limits, k: number): boolean =>
  k === limits.always ||
  (dispatcher.start[k] <= limits.latest &&
    (limits.machine < 0 || dispatcher.onMachine[k] === limits.machine));

/** The allowed candidate the rule prefers; ties go to the lower operation. */
function choose(dispatcher: Dispatcher): number {
  const { candidates, operation, policy, rng } = dispatcher;
  if (policy.rule === 'random' && policy.schedule === 'non-delay') return anyFirst(dispatcher);
  const limits = limitsOf(dispatcher);
  let best = -1;
  let bestKey = 0;
  let ties = 0;
  for (let k = 0; k < candidates; k++) {
    if (!isAllowed(dispatcher, limits, k)) continue;
    if (policy.rule === 'random') {
      if (++ties === 1 || rng.int(ties) === 0) best = k;
      continue;
    }
    const key = urgencyOf(dispatcher, k, policy.rule);
    if (best < 0 || key < bestKey || (key === bestKey && operation[k] < operation[best])) {
      best = k;
      bestKey = key;
    }
  }
  return best;
}

/** A random one of the candidates that can start first, in one pass. */
function anyFirst({ candidates, start, rng }: Dispatcher): number {
  let best = 0;
  let ties = 1;
  for (let k = 1; k < candidates; k++) {
    if (start[k] > start[best]) continue;
    if (start[k] < start[best]) {
      best = k;
      ties = 1;
    } else if (rng.int(++ties) === 0) best = k;
  }
  return best;
}

/** What a rule says of candidate k. */
export function urgencyOf(
  dispatcher: Dispatcher,
  k: number,
  rule: Exclude<Rule, 'random'>,
): number {
  const { look, packed, lengths } = dispatcher;
  const job = dispatcher.open[dispatcher.place[k]];
  look.start = dispatcher.start[k];
  look.duration = dispatcher.end[k] - dispatcher.start[k];
  look.ready = dispatcher.jobReady[job];
  look.work = dispatcher.workLeft[job];
  look.operations = dispatcher.left[job];
  look.done = lengths[job] - look.work;
  look.release = packed.release ? packed.release[job] : 0;
  look.due = dispatcher.due[job];
  look.weight = packed.weight ? packed.weight[job] : 1;
  return urgency(rule, look);
}

/** About this many looks at a candidate are a millisecond's work. */
export const looksPerSlice = 60_000;

/** Completes the schedule, returning control now and then; yields no steps. */
export function* completeSchedule(dispatcher: Dispatcher): Generator<number, void, void> {
  const slice = Math.max(1, Math.floor(looksPerSlice / dispatcher.operation.length));
  while (!placeSome(dispatcher, slice)) yield 0;
}

/** Makes `to` the same partial schedule as `from`. O(operations). */
export function copyState(from: Dispatcher, to: Dispatcher): void {
  to.starts.set(from.starts);
  to.machines.set(from.machines);
  to.order.set(from.order);
  to.placed = from.placed;
  to.jobReady.set(from.jobReady);
  to.machineReady.set(from.machineReady);
  to.lastFamily.set(from.lastFamily);
  to.next.set(from.next);
  to.workLeft.set(from.workLeft);
  to.left.set(from.left);
  to.isPlaced.set(from.isPlaced);
  to.open.set(from.open);
  to.openCount = from.openCount;
}
