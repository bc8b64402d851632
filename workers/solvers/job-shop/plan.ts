/**
 * A complete schedule of a flexible job shop as a graph: the machine of every operation and its
 * neighbours there, a topological order, heads and tails; and the same with one operation taken out.
 */
import type { Rng } from '../../../src/core/rng.ts';
import type { PackedJobShop } from '../../../src/problems/job-shop/instance.ts';

export interface Plan {
  machines: number;
  firstChoice: Int32Array;
  choiceMachine: Int32Array;
  choiceDuration: Int32Array;
  /** 1 for the first operation of each job, and at the end. */
  isFirst: Uint8Array;
  /** Release of the job at its first operation, else 0. */
  floor: Int32Array;
  /** The choice made for each operation, and what follows from it. */
  choice: Int32Array;
  machine: Int32Array;
  duration: Int32Array;
  /** Neighbours on the machine, and its ends; −1 for none. */
  before: Int32Array;
  after: Int32Array;
  lastOn: Int32Array;
  order: Int32Array;
  start: Int32Array;
  /** Longest path behind an operation's end. */
  tail: Int32Array;
  makespan: number;
  /** Place of each operation in the order, and the last end of all before a place. */
  place: Int32Array;
  endsBefore: Int32Array;
  /** Starts and tails with one operation taken out. */
  restStart: Int32Array;
  restTail: Int32Array;
  /** Places found by `listPlaces`: behind which operation, before which. */
  placeBefore: Int32Array;
  placeAfter: Int32Array;
  /** Scratch. */
  waiting: Int32Array;
  queue: Int32Array;
}

/** O(choices). */
export function createPlan(packed: PackedJobShop): Plan {
  const n = packed.machine.length;
  const isFirst = new Uint8Array(n + 1);
  const floor = new Int32Array(n);
  packed.first.forEach((operation, job) => {
    isFirst[operation] = 1;
    if (packed.release && operation < n) floor[operation] = packed.release[job];
  });
  const array = () => new Int32Array(n);
  return {
    machines: packed.machines,
    firstChoice: packed.firstChoice ?? Int32Array.from({ length: n + 1 }, (_, i) => i),
    choiceMachine: packed.firstChoice ? packed.choiceMachine : packed.machine,
    choiceDuration: packed.firstChoice ? packed.choiceDuration : packed.duration,
    isFirst,
    floor,
    choice: array(),
    machine: array(),
    duration: array(),
    before: array(),
    after: array(),
    lastOn: new Int32Array(packed.machines),
    order: array(),
    start: array(),
    tail: array(),
    makespan: 0,
    place: array(),
    endsBefore: array(),
    restStart: array(),
    restTail: array(),
    placeBefore: new Int32Array(n + 1),
    placeAfter: new Int32Array(n + 1),
    waiting: array(),
    queue: array(),
  };
}

/** Sets machines and orders from a linear order of all operations. O(operations + choices). */
export function load(plan: Plan, order: ArrayLike<number>, machines: ArrayLike<number>): void {
  plan.lastOn.fill(-1);
  for (let i = 0; i < order.length; i++) {
    const operation = order[i];
    let c = plan.firstChoice[operation];
    while (plan.choiceMachine[c] !== machines[operation]) c++;
    choose(plan, operation, c);
    const machine = plan.machine[operation];
    const previous = plan.lastOn[machine];
    plan.order[i] = operation;
    plan.before[operation] = previous;
    plan.after[operation] = -1;
    if (previous >= 0) plan.after[previous] = operation;
    plan.lastOn[machine] = operation;
  }
  evaluate(plan);
}

function choose(plan: Plan, operation: number, choice: number): void {
  plan.choice[operation] = choice;
  plan.machine[operation] = plan.choiceMachine[choice];
  plan.duration[operation] = plan.choiceDuration[choice];
}

/** Starts, tails and the makespan along the order. O(operations). */
function evaluate(plan: Plan): void {
  const { order, start, tail, duration, before, after, isFirst, floor } = plan;
  let makespan = 0;
  for (let i = 0; i < order.length; i++) {
    const v = order[i];
    plan.place[v] = i;
    plan.endsBefore[i] = makespan;
    let ready = isFirst[v] === 1 ? floor[v] : start[v - 1] + duration[v - 1];
    const u = before[v];
    if (u >= 0 && start[u] + duration[u] > ready) ready = start[u] + duration[u];
    start[v] = ready;
    if (ready + duration[v] > makespan) makespan = ready + duration[v];
  }
  for (let i = order.length - 1; i >= 0; i--) {
    const v = order[i];
    let behind = isFirst[v + 1] === 1 ? 0 : tail[v + 1] + duration[v + 1];
    const w = after[v];
    if (w >= 0 && tail[w] + duration[w] > behind) behind = tail[w] + duration[w];
    tail[v] = behind;
  }
  plan.makespan = makespan;
}

/** After neighbours were changed by hand: a new order, and everything evaluated. O(operations). */
export function refresh(plan: Plan): void {
  sort(plan);
  evaluate(plan);
}

/** One longest path, drawn at random where there are several. @returns its length. O(operations). */
export function criticalPath(plan: Plan, rng: Rng, path: Int32Array): number {
  const { start, duration, before, isFirst, makespan } = plan;
  let node = -1;
  let ties = 0;
  for (let v = 0; v < start.length; v++)
    if (start[v] + duration[v] === makespan && (++ties === 1 || rng.int(ties) === 0)) node = v;
  let count = 0;
  // A path through operations of duration 0 could not be longer than all of them.
  while (node >= 0 && count < path.length) {
    path[count++] = node;
    const u = before[node];
    const byMachine = u >= 0 && start[u] + duration[u] === start[node];
    const byJob = isFirst[node] === 0 && start[node - 1] + duration[node - 1] === start[node];
    if (!byMachine && !byJob) break;
    node = byJob && (!byMachine || rng.uint32() < 0x80000000) ? node - 1 : u;
  }
  return count;
}

/**
 * Starts and tails of all others with one operation taken out, along the present order; starts
 * before its place and tails behind it stay. @returns the makespan of the others. O(operations).
 */
export function takeOut(plan: Plan, out: number): number {
  const { order, restStart, restTail, duration, before, after, isFirst, floor } = plan;
  const at = plan.place[out];
  let makespan = plan.endsBefore[at];
  restStart.set(plan.start);
  restTail.set(plan.tail);
  for (let i = at + 1; i < order.length; i++) {
    const v = order[i];
    let ready = 0;
    if (isFirst[v] === 1) ready = floor[v];
    else if (v - 1 !== out) ready = restStart[v - 1] + duration[v - 1];
    const u = before[v] === out ? before[out] : before[v];
    if (u >= 0 && restStart[u] + duration[u] > ready) ready = restStart[u] + duration[u];
    restStart[v] = ready;
    if (ready + duration[v] > makespan) makespan = ready + duration[v];
  }
  for (let i = at - 1; i >= 0; i--) {
    const v = order[i];
    let behind = 0;
    if (isFirst[v + 1] === 0 && v + 1 !== out) behind = restTail[v + 1] + duration[v + 1];
    const w = after[v] === out ? after[out] : after[v];
    if (w >= 0 && restTail[w] + duration[w] > behind) behind = restTail[w] + duration[w];
    restTail[v] = behind;
  }
  return makespan;
}

/** When the operation taken out could start by its job alone, and the longest path behind its end. */
export function jobWindow(plan: Plan, out: number): { ready: number; behind: number } {
  const { restStart, restTail, duration, isFirst, floor } = plan;
  return {
    ready: isFirst[out] === 1 ? floor[out] : restStart[out - 1] + duration[out - 1],
    behind: isFirst[out + 1] === 1 ? 0 : restTail[out + 1] + duration[out + 1],
  };
}

/**
 * Places on a machine for the operation taken out that surely make no cycle: what stands before it
 * does not start after its job's next could end, what stands behind it ends after its job's previous
 * could start. Where it stands now is left out. @returns how many. O(operations of the machine).
 */
export function listPlaces(plan: Plan, out: number, machine: number): number {
  const { restStart: start, duration, isFirst, before, placeBefore, placeAfter } = plan;
  const jobBefore = isFirst[out] === 1 ? -1 : out - 1;
  const jobAfter = isFirst[out + 1] === 1 ? -1 : out + 1;
  const skip = (v: number) => (v === out ? before[v] : v);
  let count = 0;
  let next = -1;
  let at = skip(plan.lastOn[machine]);
  for (;;) {
    if (next >= 0 && jobBefore >= 0)
      if (next === jobBefore || start[next] + duration[next] <= start[jobBefore]) break;
    const possible =
      at < 0 ||
      jobAfter < 0 ||
      (at !== jobAfter && start[at] < start[jobAfter] + duration[jobAfter]);
    const here = plan.machine[out] === machine && before[out] === at;
    if (possible && !here) {
      placeBefore[count] = at;
      placeAfter[count++] = next;
    }
    if (at < 0) break;
    next = at;
    at = skip(before[at]);
  }
  return count;
}

/** Puts an operation by another choice behind `behind` (−1: first) and evaluates. O(operations). */
export function move(plan: Plan, operation: number, choice: number, behind: number): void {
  const { before, after, lastOn } = plan;
  const from = plan.machine[operation];
  const [u, w] = [before[operation], after[operation]];
  if (u >= 0) after[u] = w;
  if (w >= 0) before[w] = u;
  else lastOn[from] = u;
  choose(plan, operation, choice);
  const to = plan.machine[operation];
  let next: number;
  if (behind >= 0) next = after[behind];
  else {
    next = lastOn[to];
    while (next >= 0 && before[next] >= 0) next = before[next];
  }
  before[operation] = behind;
  after[operation] = next;
  if (behind >= 0) after[behind] = operation;
  if (next >= 0) before[next] = operation;
  else lastOn[to] = operation;
  sort(plan);
  evaluate(plan);
}

/** A topological order afresh. O(operations). */
function sort(plan: Plan): void {
  const { order, waiting, queue, before, after, isFirst } = plan;
  let read = 0;
  let write = 0;
  for (let v = 0; v < waiting.length; v++) {
    waiting[v] = (isFirst[v] === 1 ? 0 : 1) + (before[v] >= 0 ? 1 : 0);
    if (waiting[v] === 0) queue[write++] = v;
  }
  while (read < write) {
    const v = queue[read];
    order[read++] = v;
    const w = after[v];
    if (isFirst[v + 1] === 0 && --waiting[v + 1] === 0) queue[write++] = v + 1;
    if (w >= 0 && --waiting[w] === 0) queue[write++] = w;
  }
}
