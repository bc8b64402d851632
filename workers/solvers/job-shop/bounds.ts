/** Lower bounds on the makespan that need no search. */
import type { PackedJobShop } from '../../../src/problems/job-shop/instance.ts';

/** Time before and after each operation within its own job. O(operations). */
export function jobHeadsAndTails(packed: PackedJobShop): { heads: Int32Array; tails: Int32Array } {
  const { first, duration } = packed;
  const heads = new Int32Array(duration.length);
  const tails = new Int32Array(duration.length);
  for (let job = 0; job + 1 < first.length; job++) {
    for (let i = first[job] + 1; i < first[job + 1]; i++) heads[i] = heads[i - 1] + duration[i - 1];
    for (let i = first[job + 1] - 2; i >= first[job]; i--)
      tails[i] = tails[i + 1] + duration[i + 1];
  }
  return { heads, tails };
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

/**
 * The best of three bounds, named by the simplest argument that gives it: the longest job; the
 * busiest machine with the shortest way to it and from it; Jackson's preemptive schedule.
 * O(operations · log operations).
 */
export function rootBound(packed: PackedJobShop): Bound {
  const { heads, tails } = jobHeadsAndTails(packed);
  const { first, machine, duration } = packed;
  let longestJob = 0;
  for (let job = 0; job + 1 < first.length; job++)
    longestJob = Math.max(longestJob, tails[first[job]] + duration[first[job]]);

  const onMachine: number[][] = Array.from({ length: packed.machines }, () => []);
  machine.forEach((m, operation) => onMachine[m].push(operation));
  let busiest = 0;
  let busiestMachine = 0;
  let preemptive = 0;
  let preemptiveMachine = 0;
  onMachine.forEach((operations, m) => {
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

  const best = Math.max(longestJob, busiest, preemptive);
  if (best === longestJob) return { value: best, proof: 'longest job' };
  if (best === busiest) return { value: best, proof: `work on machine M${busiestMachine + 1}` };
  return {
    value: best,
    proof: `preemptive one-machine schedule of M${preemptiveMachine + 1} (Jackson)`,
  };
}
