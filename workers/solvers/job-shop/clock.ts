/**
 * A shop floor run through by a virtual clock: at every moment the rule gives free machines to jobs
 * that are ready, knowing nothing of what is to come: neither when an operation on its way ends nor
 * when a machine will break down. Without room to wait a job keeps its machine until it can go on.
 * No deadlock comes about: with swaps a ring of waiting jobs moves at once; without (or when setups
 * forbid that) only moves are made behind which all jobs on the floor surely could still leave it.
 */
import type { Rng } from '../../../src/core/rng.ts';
import { jobLengths, shortestDurations } from '../../../src/problems/job-shop/bounds.ts';
import { endOn, upFrom } from '../../../src/problems/job-shop/breakdowns.ts';
import type { JobShopSolution, PackedJobShop } from '../../../src/problems/job-shop/instance.ts';
import { setupBetween } from '../../../src/problems/job-shop/schedule.ts';
import { dueDates, objectiveOf } from './objective.ts';
import { urgency, type Look, type Rule } from './rules.ts';
import { createTrial, isSafe, type Trial } from './safety.ts';

export interface Clock {
  packed: PackedJobShop;
  rule: Rule;
  rng: Rng;
  time: number;
  jobs: number;
  blocks: boolean;
  /** Rings of waiting jobs may move. */
  swaps: boolean;
  starts: Int32Array;
  machines: Int32Array;
  /** Next operation of a job; when its last one ends; the machine it stands on under blocking, or −1. */
  next: Int32Array;
  ready: Int32Array;
  on: Int32Array;
  workLeft: Int32Array;
  /** Job that keeps a machine under blocking, or −1; when it was or will be left; the last job on it. */
  holder: Int32Array;
  left: Int32Array;
  lastJob: Int32Array;
  /** Jobs not done. */
  open: number;
  shortest: Int32Array;
  lengths: Int32Array;
  due: Float64Array;
  look: Look;
  /** Candidates of this moment. */
  candidates: number;
  job: Int32Array;
  machine: Int32Array;
  duration: Int32Array;
  tried: Uint8Array;
  /** The next moment at which anything can happen. */
  later: number;
  trial: Trial;
  /** Scratch: jobs seen; a ring; where each job of it goes. */
  gone: Uint8Array;
  ring: Int32Array;
  target: Int32Array;
  targetDuration: Int32Array;
  /** Candidates looked at since last read. */
  looks: number;
}

/** O(choices). */
export function createClock(
  packed: PackedJobShop,
  setting: { rule: Rule; allowance: number; lookahead: number },
  rng: Rng,
): Clock {
  const jobs = packed.first.length - 1;
  const operations = packed.machine.length;
  const lengths = jobLengths(packed);
  const shortest = shortestDurations(packed);
  const blocks = packed.kind === 'blocking' || packed.kind === 'swap';
  let choices = 1;
  for (let i = 0; packed.firstChoice && i < operations; i++)
    choices = Math.max(choices, packed.firstChoice[i + 1] - packed.firstChoice[i]);
  const byJob = () => new Int32Array(jobs);
  const byMachine = () => new Int32Array(packed.machines);
  const candidates = () => new Int32Array(jobs * choices);
  return {
    packed,
    rule: setting.rule,
    rng,
    time: 0,
    jobs,
    blocks,
    swaps: packed.kind === 'swap' && !packed.family,
    starts: new Int32Array(operations),
    machines: packed.machine.slice(),
    next: byJob(),
    ready: byJob(),
    on: byJob(),
    workLeft: byJob(),
    holder: byMachine(),
    left: byMachine(),
    lastJob: byMachine(),
    open: jobs,
    shortest,
    lengths,
    due: dueDates(packed, lengths, setting.allowance),
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
      lookahead: setting.lookahead,
    },
    candidates: 0,
    job: candidates(),
    machine: candidates(),
    duration: candidates(),
    tried: new Uint8Array(jobs * choices),
    later: 0,
    trial: createTrial(packed),
    gone: new Uint8Array(jobs),
    ring: byJob(),
    target: byJob(),
    targetDuration: byJob(),
    looks: 0,
  };
}

/** Looks at candidates that take about a millisecond. */
const looksPerSlice = 40_000;

/** Runs from time 0 to the end of the last job, returning control now and then; yields no steps. */
export function* runClock(clock: Clock): Generator<number, void, void> {
  const { packed, next, ready } = clock;
  const { first, release } = packed;
  clock.time = 0;
  clock.open = clock.jobs;
  clock.on.fill(-1);
  clock.holder.fill(-1);
  clock.left.fill(0);
  clock.lastJob.fill(-1);
  clock.workLeft.set(clock.lengths);
  for (let job = 0; job < clock.jobs; job++) {
    next[job] = first[job];
    ready[job] = release ? release[job] : 0;
  }
  while (clock.open > 0) {
    // Each move may free a machine for another at the same moment.
    do {
      collect(clock);
      if (clock.looks + clock.trial.looks > looksPerSlice) {
        clock.looks = clock.trial.looks = 0;
        yield 0;
      }
    } while (moveOne(clock));
    clock.time = clock.later;
  }
}

/** The objective of a complete run. O(jobs). */
export const objective = (clock: Clock): number => objectiveOf(clock.packed, clock.ready);

/** A copy of the schedule. */
export const toSolution = ({ packed, starts, machines }: Clock): JobShopSolution =>
  packed.firstChoice
    ? { starts: starts.slice(), machines: machines.slice() }
    : { starts: starts.slice() };

/** Who could go where now, and when something can happen next. O(jobs · choices). */
function collect(clock: Clock): void {
  const { packed, time, next, ready, holder, left, lastJob } = clock;
  const { first, firstChoice, downs } = packed;
  clock.candidates = 0;
  clock.later = 0x7fffffff;
  for (let job = 0; job < clock.jobs; job++) {
    const operation = next[job];
    if (operation === first[job + 1]) continue;
    const low = firstChoice ? firstChoice[operation] : 0;
    const high = firstChoice ? firstChoice[operation + 1] : 1;
    for (let c = low; c < high; c++) {
      clock.looks++;
      const machine = firstChoice ? packed.choiceMachine[c] : packed.machine[operation];
      if (clock.blocks && holder[machine] !== -1 && holder[machine] !== job) {
        // Only that job can bring news; a ring of swaps waits for all its jobs and machines.
        note(clock, ready[job]);
        if (downs) note(clock, upFrom(downs, machine, Math.max(time, ready[job])));
        continue;
      }
      let at = left[machine];
      if (lastJob[machine] >= 0) at += setupBetween(packed, lastJob[machine], job);
      if (ready[job] > at) at = ready[job];
      if (time > at) at = time;
      if (downs) at = upFrom(downs, machine, at);
      if (at > time) note(clock, at);
      else {
        const k = clock.candidates++;
        clock.job[k] = job;
        clock.machine[k] = machine;
        clock.duration[k] = firstChoice ? packed.choiceDuration[c] : packed.duration[operation];
        clock.tried[k] = 0;
      }
    }
  }
}

function note(clock: Clock, moment: number): void {
  if (moment > clock.time && moment < clock.later) clock.later = moment;
}

/** Makes the most urgent move there is. @returns whether there was one. */
function moveOne(clock: Clock): boolean {
  for (let left = clock.candidates; left > 0; left--) {
    const k = choose(clock);
    clock.tried[k] = 1;
    if (clock.blocks && !clock.swaps && !isSafe(clock, clock.job[k], clock.machine[k])) continue;
    enter(clock, clock.job[k], clock.machine[k], clock.duration[k]);
    return true;
  }
  return clock.swaps && rotate(clock);
}

/** The candidate the rule prefers among those not tried; ties go to the lower job, the quicker machine. */
function choose(clock: Clock): number {
  let best = -1;
  let bestKey = 0;
  let ties = 0;
  for (let k = 0; k < clock.candidates; k++) {
    if (clock.tried[k] === 1) continue;
    if (clock.rule === 'random') {
      if (++ties === 1 || clock.rng.int(ties) === 0) best = k;
      continue;
    }
    const key = urgencyOf(clock, k, clock.rule);
    const quicker =
      best >= 0 && clock.job[k] === clock.job[best] && clock.duration[k] < clock.duration[best];
    if (best < 0 || key < bestKey || (key === bestKey && quicker)) {
      best = k;
      bestKey = key;
    }
  }
  return best;
}

function urgencyOf(clock: Clock, k: number, rule: Exclude<Rule, 'random'>): number {
  const { look, packed } = clock;
  const job = clock.job[k];
  look.start = clock.time;
  look.duration = clock.duration[k];
  look.ready = clock.ready[job];
  look.work = clock.workLeft[job];
  look.operations = packed.first[job + 1] - clock.next[job];
  look.done = clock.lengths[job] - look.work;
  look.release = packed.release ? packed.release[job] : 0;
  look.due = clock.due[job];
  look.weight = packed.weight ? packed.weight[job] : 1;
  return urgency(rule, look);
}

/** The job leaves where it stands and starts its next operation now. */
function enter(clock: Clock, job: number, machine: number, duration: number): void {
  const { packed, time, holder, left, on } = clock;
  const operation = clock.next[job]++;
  const end = packed.downs ? endOn(packed.downs, machine, time, duration) : time + duration;
  const from = on[job];
  if (from >= 0 && holder[from] === job) {
    holder[from] = -1;
    left[from] = time;
  }
  clock.starts[operation] = time;
  clock.machines[operation] = machine;
  clock.ready[job] = end;
  clock.workLeft[job] -= clock.shortest[operation];
  clock.lastJob[machine] = job;
  const last = clock.next[job] === packed.first[job + 1];
  if (last) clock.open--;
  if (clock.blocks && !last) {
    holder[machine] = job;
    on[job] = machine;
  } else {
    left[machine] = end;
    on[job] = -1;
  }
}

/**
 * Moves one ring of jobs, each ready and waiting for the machine the next one stands on, all up.
 * @returns whether there was one. O(jobs · choices).
 */
function rotate(clock: Clock): boolean {
  const { packed, time, next, ready, on, holder, target, targetDuration, ring, gone } = clock;
  const { first, firstChoice, downs } = packed;
  target.fill(-1);
  for (let job = 0; job < clock.jobs; job++) {
    const operation = next[job];
    if (on[job] < 0 || operation === first[job + 1] || ready[job] > time) continue;
    const low = firstChoice ? firstChoice[operation] : 0;
    const high = firstChoice ? firstChoice[operation + 1] : 1;
    for (let c = low; c < high; c++) {
      const machine = firstChoice ? packed.choiceMachine[c] : packed.machine[operation];
      const duration = firstChoice ? packed.choiceDuration[c] : packed.duration[operation];
      if (downs && upFrom(downs, machine, time) > time) continue;
      if (target[job] >= 0 && duration >= targetDuration[job]) continue;
      target[job] = machine;
      targetDuration[job] = duration;
    }
  }
  gone.fill(0);
  for (let job = 0; job < clock.jobs; job++) {
    // Follow who stands where this one wants to go, until a job comes again.
    let count = 0;
    let at = job;
    while (at >= 0 && gone[at] === 0 && target[at] >= 0) {
      gone[at] = 1;
      ring[count++] = at;
      at = holder[target[at]];
    }
    let from = 0;
    while (from < count && ring[from] !== at) from++;
    if (from === count) continue;
    for (let k = from; k < count; k++) {
      // Their machines are taken over, not left.
      holder[on[ring[k]]] = -1;
      on[ring[k]] = -1;
    }
    for (let k = from; k < count; k++)
      enter(clock, ring[k], target[ring[k]], targetDuration[ring[k]]);
    return true;
  }
  return false;
}
