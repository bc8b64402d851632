/** From start times to machine orders and back, and the critical path; for views and warm starts. */
import type { PackedJobShop } from './instance.ts';

/**
 * All operations by start, then end, then place in their job. Restricted to a job it is the job's
 * order, and to a machine an order without overlap, so the machine orders it gives never form a
 * cycle, not even with operations of duration 0. O(n log n) for n operations.
 */
export function linearOrder(packed: PackedJobShop, starts: ArrayLike<number>): Int32Array {
  const { duration } = packed;
  const order = Int32Array.from(duration, (_, operation) => operation);
  return order.sort(
    (a, b) => starts[a] - starts[b] || starts[a] + duration[a] - starts[b] - duration[b] || a - b,
  );
}

/** Job of each operation. O(n). */
export function jobOfOperation(packed: PackedJobShop): Int32Array {
  const jobs = new Int32Array(packed.machine.length);
  for (let job = 0; job + 1 < packed.first.length; job++)
    jobs.fill(job, packed.first[job], packed.first[job + 1]);
  return jobs;
}

/** The operations of each machine in the order of `linear`. O(n). */
export function machineOrders(packed: PackedJobShop, linear: ArrayLike<number>): number[][] {
  const orders: number[][] = Array.from({ length: packed.machines }, () => []);
  for (let i = 0; i < linear.length; i++) orders[packed.machine[linear[i]]].push(linear[i]);
  return orders;
}

/**
 * Earliest start times under machine orders (the semi-active schedule), or null when the orders and
 * the jobs together form a cycle. O(n).
 */
export function earliestStarts(
  packed: PackedJobShop,
  orders: readonly (readonly number[])[],
): Int32Array | null {
  const { first, machine, duration } = packed;
  const operations = machine.length;
  const starts = new Int32Array(operations);
  const jobs = jobOfOperation(packed);
  const nextInJob = Int32Array.from(first.subarray(0, first.length - 1));
  const nextOnMachine = new Int32Array(packed.machines);
  const jobReady = new Int32Array(first.length - 1);
  const machineReady = new Int32Array(packed.machines);
  const waiting = orders.map((_, index) => index);
  let placed = 0;
  while (waiting.length > 0) {
    const onMachine = waiting.pop()!;
    const order = orders[onMachine];
    while (nextOnMachine[onMachine] < order.length) {
      const operation = order[nextOnMachine[onMachine]];
      const job = jobs[operation];
      if (nextInJob[job] !== operation) break;
      const start = Math.max(jobReady[job], machineReady[onMachine]);
      starts[operation] = start;
      jobReady[job] = start + duration[operation];
      machineReady[onMachine] = start + duration[operation];
      nextOnMachine[onMachine]++;
      nextInJob[job]++;
      placed++;
      // The job's next machine may have been waiting for just this.
      if (nextInJob[job] < first[job + 1]) {
        const other = machine[nextInJob[job]];
        if (other !== onMachine && orders[other][nextOnMachine[other]] === nextInJob[job])
          waiting.push(other);
      }
    }
  }
  return placed === operations ? starts : null;
}

/** Latest end. O(n). */
export function makespanOf(packed: PackedJobShop, starts: ArrayLike<number>): number {
  let makespan = 0;
  for (let i = 0; i < packed.duration.length; i++)
    makespan = Math.max(makespan, starts[i] + packed.duration[i]);
  return makespan;
}

/**
 * One longest chain without waiting that ends at the makespan, first operation first: each starts
 * when the one before it, on the machine or in the job, ends. It starts at 0 when the schedule is
 * semi-active. O(n).
 */
export function criticalPath(
  packed: PackedJobShop,
  starts: ArrayLike<number>,
  orders: readonly (readonly number[])[],
): number[] {
  const { first, duration } = packed;
  const operations = duration.length;
  const before = new Int32Array(operations).fill(-1);
  for (const order of orders)
    for (let i = 1; i < order.length; i++) before[order[i]] = order[i - 1];
  const isFirst = new Uint8Array(operations + 1);
  for (const operation of first) isFirst[operation] = 1;
  const end = (operation: number) => starts[operation] + duration[operation];

  let current = 0;
  for (let i = 1; i < operations; i++) if (end(i) > end(current)) current = i;
  const path = [current];
  // At most n operations: a broken schedule must not turn this into a loop.
  while (path.length <= operations && starts[current] > 0) {
    const onMachine = before[current];
    if (onMachine >= 0 && end(onMachine) === starts[current]) current = onMachine;
    else if (!isFirst[current] && end(current - 1) === starts[current]) current -= 1;
    else break;
    path.push(current);
  }
  return path.reverse();
}
