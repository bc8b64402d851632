/** Lower bounds that need no search, with what explains them. */
import { machineLabel, type PackedJobShop } from './instance.ts';
import { sharedLoadBound } from './load-bound.ts';
import { placeBefore } from './transport.ts';

/**
 * Time before and after each operation within its own job, from the release and with the shortest
 * of its durations; in an open shop nothing is known of the order. O(choices).
 */
export function jobHeadsAndTails(packed: PackedJobShop): { heads: Int32Array; tails: Int32Array } {
  const { first, release, kind } = packed;
  const duration = shortestDurations(packed);
  const heads = new Int32Array(duration.length);
  const tails = new Int32Array(duration.length);
  for (let job = 0; job + 1 < first.length; job++) {
    const start = release ? release[job] : 0;
    if (kind === 'open') {
      heads.fill(start, first[job], first[job + 1]);
      continue;
    }
    heads[first[job]] = start + moveBefore(packed, job, first[job]);
    for (let i = first[job] + 1; i < first[job + 1]; i++)
      heads[i] = heads[i - 1] + duration[i - 1] + moveBefore(packed, job, i);
    for (let i = first[job + 1] - 2; i >= first[job]; i--)
      tails[i] = tails[i + 1] + duration[i + 1] + moveBefore(packed, job, i + 1);
  }
  return { heads, tails };
}

/** How long a robot carries the job to an operation; 0 without robots. */
function moveBefore({ transport, first, machine }: PackedJobShop, job: number, operation: number) {
  if (!transport) return 0;
  const { loaded, places } = transport;
  const from = placeBefore(first, machine, job, operation, places - 1);
  return loaded[from * places + machine[operation]];
}

/**
 * Robots at work without a break from the first ready job on, then the shortest way to an end. Empty
 * moves come on top, which is not counted. O(operations).
 */
function robotBound(packed: PackedJobShop, tails: Int32Array): number {
  const { transport, first, release } = packed;
  if (!transport) return 0;
  const duration = shortestDurations(packed);
  let moves = 0;
  let tail = Infinity;
  for (let job = 0; job + 1 < first.length; job++)
    for (let i = first[job]; i < first[job + 1]; i++) {
      moves += moveBefore(packed, job, i);
      tail = Math.min(tail, duration[i] + tails[i]);
    }
  const head = release ? release.reduce((least, time) => Math.min(least, time)) : 0;
  return head + Math.ceil(moves / transport.robots) + tail;
}

/** The shortest duration of each operation over its choices. O(choices). */
export function shortestDurations(packed: PackedJobShop): Int32Array {
  const { firstChoice, choiceDuration, duration } = packed;
  if (!firstChoice) return duration;
  return duration.map((_, i) => {
    let shortest = choiceDuration[firstChoice[i]];
    for (let c = firstChoice[i] + 1; c < firstChoice[i + 1]; c++)
      shortest = Math.min(shortest, choiceDuration[c]);
    return shortest;
  });
}

/** Work of each job, each operation on its quickest machine. O(choices). */
export function jobLengths(packed: PackedJobShop): Int32Array {
  const { first } = packed;
  const duration = shortestDurations(packed);
  const lengths = new Int32Array(first.length - 1);
  for (let job = 0; job < lengths.length; job++)
    for (let i = first[job]; i < first[job + 1]; i++) lengths[job] += duration[i];
  return lengths;
}

/** Operations that only this machine can do, by machine. O(operations). */
function boundToMachine(packed: PackedJobShop): number[][] {
  const { machine, firstChoice } = packed;
  const onMachine: number[][] = Array.from({ length: packed.machines }, () => []);
  for (let i = 0; i < machine.length; i++)
    if (!firstChoice || firstChoice[i + 1] - firstChoice[i] === 1) onMachine[machine[i]].push(i);
  return onMachine;
}

/**
 * Jackson's preemptive schedule: the optimum of one machine with heads and tails when operations
 * may be interrupted, hence a bound (Jackson 1955; Carlier 1982). At every moment the ready
 * operation with the largest tail runs. O(k log k) for k operations.
 */
export function preemptiveBound(
  operations: readonly number[],
  heads: Int32Array,
  durations: Int32Array,
  tails: Int32Array,
): number {
  const byHead = Int32Array.from(operations).sort((a, b) => heads[a] - heads[b]);
  const count = byHead.length;
  // A binary heap of ready operations, largest tail on top.
  const heap = new Int32Array(count);
  const left = new Int32Array(count);
  let size = 0;
  const tailAt = (i: number) => tails[byHead[heap[i]]];
  const swap = (i: number, j: number) => {
    const kept = heap[i];
    heap[i] = heap[j];
    heap[j] = kept;
  };
  const push = (index: number) => {
    let i = size++;
    heap[i] = index;
    while (i > 0 && tailAt(i) > tailAt((i - 1) >> 1)) {
      swap(i, (i - 1) >> 1);
      i = (i - 1) >> 1;
    }
  };
  const pop = () => {
    heap[0] = heap[--size];
    for (let i = 0; ;) {
      let child = 2 * i + 1;
      if (child >= size) return;
      if (child + 1 < size && tailAt(child + 1) > tailAt(child)) child++;
      if (tailAt(i) >= tailAt(child)) return;
      swap(i, child);
      i = child;
    }
  };

  let bound = 0;
  let time = 0;
  let next = 0;
  while (next < count || size > 0) {
    if (size === 0) time = Math.max(time, heads[byHead[next]]);
    while (next < count && heads[byHead[next]] <= time) {
      left[next] = durations[byHead[next]];
      push(next++);
    }
    const running = heap[0];
    const arrival = next < count ? heads[byHead[next]] : Infinity;
    const span = Math.min(left[running], arrival - time);
    time += span;
    left[running] -= span;
    if (left[running] === 0) {
      bound = Math.max(bound, time + tails[byHead[running]]);
      pop();
    }
  }
  return bound;
}

export interface Bound {
  value: number;
  proof: string;
}

/** The simplest argument that gives the bound on the makespan. */
export interface Explanation extends Bound {
  /** Absent when no single machine explains it. */
  machine?: number;
  /** They cannot start before `head` together, work for `work`, and `tail` must follow. */
  operations: readonly number[];
  head: number;
  work: number;
  tail: number;
}

/** A bound on the instance's own objective. O(operations · log operations). */
export function rootBound(packed: PackedJobShop): Bound {
  if (packed.objective === 'makespan') {
    const { value, proof } = makespanBound(packed);
    return { value, proof };
  }
  return packed.objective === 'flow' ? flowBound(packed) : tardinessBound(packed);
}

/**
 * The best of six bounds: the longest job, moves included; the busiest machine with the shortest way to it and from
 * it; Jackson's preemptive schedule; all work spread evenly over the machines; all moves spread over the robots; work shared out among the machines that may do it.
 */
function makespanBound(packed: PackedJobShop): Bound & { machine: number; job: number } {
  const { heads, tails } = jobHeadsAndTails(packed);
  const duration = shortestDurations(packed);
  const lengths = jobLengths(packed);
  let longestJob = 0;
  let job = 0;
  let work = 0;
  lengths.forEach((length, j) => {
    let end = length + (packed.release ? packed.release[j] : 0);
    if (packed.transport)
      for (let i = packed.first[j]; i < packed.first[j + 1]; i++) end += moveBefore(packed, j, i);
    work += length;
    if (end > longestJob) [longestJob, job] = [end, j];
  });
  let busiest = 0;
  let busiestMachine = 0;
  let preemptive = 0;
  let preemptiveMachine = 0;
  boundToMachine(packed).forEach((operations, m) => {
    if (operations.length === 0) return;
    let head = Infinity;
    let tail = Infinity;
    let load = 0;
    for (const operation of operations) {
      head = Math.min(head, heads[operation]);
      tail = Math.min(tail, tails[operation]);
      load += duration[operation];
    }
    if (head + load + tail > busiest) {
      busiest = head + load + tail;
      busiestMachine = m;
    }
    const value = preemptiveBound(operations, heads, duration, tails);
    if (value > preemptive) {
      preemptive = value;
      preemptiveMachine = m;
    }
  });
  const spread = Math.ceil(work / packed.machines);
  const carried = robotBound(packed, tails);
  const shared = sharedLoadBound(packed);
  const best = Math.max(longestJob, busiest, preemptive, spread, carried, shared);
  const found = (proof: string, machine: number) => ({ value: best, proof, machine, job });
  if (best === longestJob) return found('longest job', packed.transport ? -2 : -1);
  if (best === busiest)
    return found(`work on machine ${machineLabel(busiestMachine)}`, busiestMachine);
  if (best === preemptive)
    return found(
      `preemptive one-machine schedule of ${machineLabel(preemptiveMachine)} (Jackson)`,
      preemptiveMachine,
    );
  if (best === spread) return found('all work spread over the machines', -2);
  return best === carried
    ? found('all moves spread over the robots', -2)
    : found('work shared out among its machines (Lagrangian)', -2);
}

/**
 * Which operations give the bound on the makespan: for a machine the set whose earliest head, work
 * and shortest tail add up to Jackson's bound (Carlier 1982). O(k²) for k operations of a machine.
 */
export function explainBound(packed: PackedJobShop): Explanation {
  const { value, proof, machine, job } = makespanBound(packed);
  const { first } = packed;
  const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
  if (machine < 0) {
    const operations = machine === -1 ? range(first[job], first[job + 1]) : [];
    const head = machine === -1 && packed.release ? packed.release[job] : 0;
    return { value, proof, operations, head, work: value - head, tail: 0 };
  }
  const { heads, tails } = jobHeadsAndTails(packed);
  const duration = shortestDurations(packed);
  const byTail = boundToMachine(packed)[machine].sort((a, b) => tails[b] - tails[a]);
  for (const start of byTail) {
    const head = heads[start];
    let work = 0;
    const operations: number[] = [];
    for (const operation of byTail) {
      if (heads[operation] < head) continue;
      work += duration[operation];
      operations.push(operation);
      const tail = tails[operation];
      if (head + work + tail === value)
        return { value, proof, machine, operations, head, work, tail };
    }
  }
  // Jackson's bound is always the sum of such a set.
  return { value, proof, machine, operations: [], head: 0, work: value, tail: 0 };
}

/**
 * Without weights: on one machine, interrupting for the least remaining time ends the operations
 * soonest on average (Schrage 1968); tails and the other jobs' lengths are added. Else the lengths.
 */
function flowBound(packed: PackedJobShop): Bound {
  const { weight, first, release } = packed;
  const lengths = jobLengths(packed);
  const total = lengths.reduce((sum, length, j) => sum + (weight ? weight[j] : 1) * length, 0);
  let best: Bound = { value: total, proof: 'no job waits' };
  if (weight) return best;
  const { heads, tails } = jobHeadsAndTails(packed);
  const duration = shortestDurations(packed);
  const jobOf = new Int32Array(duration.length);
  for (let job = 0; job + 1 < first.length; job++) jobOf.fill(job, first[job], first[job + 1]);
  boundToMachine(packed).forEach((operations, m) => {
    const jobs = new Set(operations.map((operation) => jobOf[operation]));
    if (jobs.size < operations.length) return;
    let value = total + shortestRemainingFirst(operations, heads, duration);
    for (const operation of operations) {
      const job = jobOf[operation];
      value += tails[operation] - lengths[job] - (release ? release[job] : 0);
    }
    if (value > best.value)
      best = { value, proof: `shortest remaining time first on ${machineLabel(m)}` };
  });
  return best;
}

/** Least sum of ends on one machine with interruptions. O(k²). */
function shortestRemainingFirst(
  operations: readonly number[],
  heads: Int32Array,
  duration: Int32Array,
): number {
  const left = operations.map((operation) => duration[operation]);
  const open = new Set(operations.keys());
  let time = 0;
  let sum = 0;
  while (open.size > 0) {
    let running = -1;
    let arrival = Infinity;
    for (const i of open)
      if (heads[operations[i]] > time) arrival = Math.min(arrival, heads[operations[i]]);
      else if (running < 0 || left[i] < left[running]) running = i;
    if (running < 0) {
      time = arrival;
      continue;
    }
    const span = Math.min(left[running], arrival - time);
    time += span;
    left[running] -= span;
    if (left[running] === 0) {
      sum += time;
      open.delete(running);
    }
  }
  return sum;
}

function tardinessBound(packed: PackedJobShop): Bound {
  const { weight, release, due } = packed;
  let value = 0;
  jobLengths(packed).forEach((length, j) => {
    const end = length + (release ? release[j] : 0);
    value += (weight ? weight[j] : 1) * Math.max(0, end - (due ? due[j] : 0));
  });
  return { value, proof: 'no job waits' };
}
