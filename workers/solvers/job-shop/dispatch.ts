/** Schedules by dispatching rules, non-delay or active (Giffler & Thompson 1960). */
import type { ParamsOf } from '../../../src/core/params.ts';
import type { Rng } from '../../../src/core/rng.ts';
import type { SolveContext, SolverRun } from '../../../src/core/solver.ts';
import type { JobShopSolution, PackedJobShop } from '../../../src/problems/job-shop/instance.ts';
import type { dispatchParams } from '../../../src/problems/job-shop/solvers.ts';
import { jobHeadsAndTails, rootBound } from './bounds.ts';

export type DispatchParams = ParamsOf<typeof dispatchParams>;
export type Rule = DispatchParams['rule'];
export type ScheduleType = DispatchParams['schedule'];

/** A schedule being built. */
export interface Dispatcher {
  packed: PackedJobShop;
  schedule: ScheduleType;
  /** Smaller goes first, by operation; null for rules that look at the state. */
  priority: Float64Array | null;
  /** Random rule when priority is null and this is given; first come, first served otherwise. */
  rng: Rng | null;
  starts: Int32Array;
  /** Operations in the order they were placed; a linear order of the whole. */
  order: Int32Array;
  placed: number;
  makespan: number;
  next: Int32Array;
  jobReady: Int32Array;
  machineReady: Int32Array;
  /** Jobs with operations left, in no order, and how many. */
  open: Int32Array;
  openCount: number;
}

/** The static priorities of a rule; null for `FIFO` and `random`. O(operations). */
function priorities(packed: PackedJobShop, rule: Rule): Float64Array | null {
  const { first, duration } = packed;
  switch (rule) {
    case 'SPT':
      return Float64Array.from(duration);
    case 'LPT':
      return Float64Array.from(duration, (time) => -time);
    case 'MWKR':
    case 'LWKR': {
      const { tails } = jobHeadsAndTails(packed);
      const sign = rule === 'LWKR' ? 1 : -1;
      return Float64Array.from(duration, (time, i) => sign * (time + tails[i]));
    }
    case 'MOPNR': {
      const left = new Float64Array(duration.length);
      for (let job = 0; job + 1 < first.length; job++)
        for (let i = first[job]; i < first[job + 1]; i++) left[i] = i - first[job + 1];
      return left;
    }
    case 'FIFO':
    case 'random':
      return null;
  }
}

/** @param rng drawn from by the random rule only. */
export function createDispatcher(
  packed: PackedJobShop,
  rule: Rule,
  schedule: ScheduleType,
  rng: Rng,
): Dispatcher {
  const jobs = packed.first.length - 1;
  const dispatcher: Dispatcher = {
    packed,
    schedule,
    priority: priorities(packed, rule),
    rng: rule === 'random' ? rng : null,
    starts: new Int32Array(packed.machine.length),
    order: new Int32Array(packed.machine.length),
    placed: 0,
    makespan: 0,
    next: new Int32Array(jobs),
    jobReady: new Int32Array(jobs),
    machineReady: new Int32Array(packed.machines),
    open: new Int32Array(jobs),
    openCount: 0,
  };
  restart(dispatcher);
  return dispatcher;
}

/** Empties the schedule; the arrays of the last one are written over. O(jobs + machines). */
export function restart(dispatcher: Dispatcher): void {
  const { first } = dispatcher.packed;
  const jobs = first.length - 1;
  dispatcher.placed = 0;
  dispatcher.makespan = 0;
  dispatcher.jobReady.fill(0);
  dispatcher.machineReady.fill(0);
  dispatcher.openCount = jobs;
  for (let job = 0; job < jobs; job++) {
    dispatcher.next[job] = first[job];
    dispatcher.open[job] = job;
  }
}

/** Places up to `count` operations; true when the schedule is complete. O(count · jobs). */
export function placeSome(dispatcher: Dispatcher, count: number): boolean {
  const { packed, starts, order, next, jobReady, machineReady, open } = dispatcher;
  const { machine, duration, first } = packed;
  for (let i = 0; i < count && dispatcher.openCount > 0; i++) {
    const at =
      dispatcher.schedule === 'active' ? chooseActive(dispatcher) : chooseNonDelay(dispatcher);
    const job = open[at];
    const operation = next[job]++;
    const onMachine = machine[operation];
    const start = Math.max(jobReady[job], machineReady[onMachine]);
    const end = start + duration[operation];
    starts[operation] = start;
    order[dispatcher.placed++] = operation;
    jobReady[job] = end;
    machineReady[onMachine] = end;
    if (end > dispatcher.makespan) dispatcher.makespan = end;
    if (next[job] === first[job + 1]) open[at] = open[--dispatcher.openCount];
  }
  return dispatcher.openCount === 0;
}

/** Among the operations that can start earliest, the one the rule prefers. */
function chooseNonDelay(dispatcher: Dispatcher): number {
  const { open, openCount, next, jobReady, machineReady } = dispatcher;
  const { machine } = dispatcher.packed;
  let best = -1;
  let bestStart = Infinity;
  let ties = 0;
  for (let i = 0; i < openCount; i++) {
    const job = open[i];
    const free = machineReady[machine[next[job]]];
    const start = jobReady[job] > free ? jobReady[job] : free;
    if (start > bestStart) continue;
    if (start < bestStart) {
      bestStart = start;
      best = i;
      ties = 1;
    } else if (preferred(dispatcher, i, best, ++ties)) best = i;
  }
  return best;
}

/**
 * Giffler & Thompson: on the machine of the operation that could end first, among those that could
 * start before that end, the one the rule prefers.
 */
function chooseActive(dispatcher: Dispatcher): number {
  const { open, openCount, next, jobReady, machineReady } = dispatcher;
  const { machine, duration } = dispatcher.packed;
  let firstEnd = Infinity;
  let firstStart = Infinity;
  let earliest = -1;
  for (let i = 0; i < openCount; i++) {
    const operation = next[open[i]];
    const start = Math.max(jobReady[open[i]], machineReady[machine[operation]]);
    const end = start + duration[operation];
    // Of equal ends the longer operation: one that takes no time fits behind it, not the reverse.
    if (end < firstEnd || (end === firstEnd && start < firstStart)) {
      firstEnd = end;
      firstStart = start;
      earliest = i;
    }
  }
  const onMachine = machine[next[open[earliest]]];
  let best = earliest;
  let ties = 1;
  for (let i = 0; i < openCount; i++) {
    const job = open[i];
    if (i === earliest || machine[next[job]] !== onMachine) continue;
    if (Math.max(jobReady[job], machineReady[onMachine]) >= firstEnd) continue;
    if (preferred(dispatcher, i, best, ++ties)) best = i;
  }
  return best;
}

/** Does the rule prefer open job `i` to `best`, the choice among `ties` − 1 before it? */
function preferred(dispatcher: Dispatcher, i: number, best: number, ties: number): boolean {
  const { open, next, priority, jobReady, rng } = dispatcher;
  if (rng) return rng.int(ties) === 0;
  const a = open[i];
  const b = open[best];
  const difference = priority ? priority[next[a]] - priority[next[b]] : jobReady[a] - jobReady[b];
  return difference < 0 || (difference === 0 && a < b);
}

/** About this many looks at a job are a millisecond's work. */
const looksPerSlice = 100_000;

/** Completes the schedule, returning control now and then; yields no steps. */
export function* completeSchedule(dispatcher: Dispatcher): Generator<number, void, void> {
  const jobs = dispatcher.next.length;
  const slice = Math.max(1, Math.floor(looksPerSlice / jobs));
  while (!placeSome(dispatcher, slice)) yield 0;
}

/** The solver: one schedule, or random ones for ever; a step is a schedule. */
export function* dispatch(
  packed: PackedJobShop,
  context: SolveContext<DispatchParams, JobShopSolution>,
): SolverRun<JobShopSolution> {
  const { rule, schedule } = context.params;
  const bound = rootBound(packed);
  yield { kind: 'bound', value: bound.value, proof: bound.proof };
  const dispatcher = createDispatcher(packed, rule, schedule, context.rng);
  const work = packed.machine.length * dispatcher.next.length;
  const perSlice = Math.max(1, Math.floor(looksPerSlice / work));
  const traceEvery = 4 * perSlice;
  let best = Infinity;
  let schedules = 0;
  for (;;) {
    const count = context.budget.chunk(perSlice);
    let done = 0;
    let over = false;
    while (done < count && !over) {
      restart(dispatcher);
      if (perSlice === 1) yield* completeSchedule(dispatcher);
      else placeSome(dispatcher, packed.machine.length);
      if (dispatcher.makespan < best) {
        best = dispatcher.makespan;
        const solution = { starts: dispatcher.starts.slice() };
        yield { kind: 'incumbent', solution, objective: best };
      }
      if (schedules % traceEvery === 0)
        yield { kind: 'trace', row: [schedules, dispatcher.makespan] };
      schedules++;
      done++;
      over = rule !== 'random' || best <= bound.value;
    }
    yield done;
    if (best <= bound.value) return { reason: 'optimal' };
    if (over) return { reason: 'exhausted' };
  }
}
