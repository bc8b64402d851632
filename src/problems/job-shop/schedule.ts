/** From start times to machine orders and back, and the critical path; for views and warm starts. */
import { endOn, upFrom } from './breakdowns.ts';
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
 * The packed instance with durations as they come out in a schedule, interruptions included; itself
 * when no machine breaks down. Machines must be chosen already. O(n log breakdowns).
 */
export function elapsed(packed: PackedJobShop, starts: ArrayLike<number>): PackedJobShop {
  const { downs, machine } = packed;
  if (!downs) return packed;
  const duration = packed.duration.map((time, i) => {
    const start = upFrom(downs, machine[i], starts[i]);
    return endOn(downs, machine[i], start, time) - start;
  });
  return { ...packed, duration };
}

/** Setup on a machine between two jobs. */
export const setupBetween = (packed: PackedJobShop, before: number, after: number): number =>
  packed.family ? packed.setup[packed.family[before] * packed.families + packed.family[after]] : 0;

/** When an operation frees its machine: at its end, or when its job can go on. */
export function leaveOf(
  packed: PackedJobShop,
  starts: ArrayLike<number>,
  isFirst: Uint8Array,
  operation: number,
): number {
  const blocks = packed.kind === 'blocking' || packed.kind === 'swap';
  return blocks && !isFirst[operation + 1]
    ? starts[operation + 1]
    : starts[operation] + packed.duration[operation];
}

/** 1 for the first operation of each job, and at the end. O(n). */
export function firstOfJobs(packed: PackedJobShop): Uint8Array {
  const isFirst = new Uint8Array(packed.machine.length + 1);
  for (const operation of packed.first) isFirst[operation] = 1;
  return isFirst;
}

/**
 * Earliest start times of a job shop under machine orders (the semi-active schedule), or null when the orders and
 * the jobs together form a cycle. O(n).
 */
export function earliestStarts(
  packed: PackedJobShop,
  orders: readonly (readonly number[])[],
): Int32Array | null {
  const { first, machine, duration, downs } = packed;
  const operations = machine.length;
  const starts = new Int32Array(operations);
  const jobs = jobOfOperation(packed);
  const nextInJob = Int32Array.from(first.subarray(0, first.length - 1));
  const nextOnMachine = new Int32Array(packed.machines);
  const jobReady = packed.release?.slice() ?? new Int32Array(first.length - 1);
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
      const at = nextOnMachine[onMachine];
      const setup = at === 0 ? 0 : setupBetween(packed, jobs[order[at - 1]], job);
      let start = Math.max(jobReady[job], machineReady[onMachine] + setup);
      if (downs) start = upFrom(downs, onMachine, start);
      const end = downs
        ? endOn(downs, onMachine, start, duration[operation])
        : start + duration[operation];
      starts[operation] = start;
      jobReady[job] = machineReady[onMachine] = end;
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
 * One chain without waiting that ends with the costliest job (the last one for the makespan), first
 * operation first: each starts when the one before it, on the machine or in the job, lets it. Under
 * blocking that one may be the next operation of the job on the machine. It starts at a release
 * when the schedule is semi-active. O(n).
 */
export function criticalPath(
  packed: PackedJobShop,
  starts: ArrayLike<number>,
  orders: readonly (readonly number[])[],
): number[] {
  const { duration } = packed;
  const operations = duration.length;
  const jobs = jobOfOperation(packed);
  const isFirst = firstOfJobs(packed);
  const before = new Int32Array(operations).fill(-1);
  for (const order of orders)
    for (let i = 1; i < order.length; i++) before[order[i]] = order[i - 1];
  const inJob = previousInJob(packed, starts, isFirst);
  const end = (operation: number) => starts[operation] + duration[operation];

  let current = lastOfCostliest(packed, end);
  const path = [current];
  // At most n operations: a broken schedule must not turn this into a loop.
  while (path.length <= operations && starts[current] > 0) {
    const above = before[current];
    const leave = above < 0 ? -1 : leaveOf(packed, starts, isFirst, above);
    if (above >= 0 && leave + setupBetween(packed, jobs[above], jobs[current]) === starts[current])
      current = leave > end(above) ? above + 1 : above;
    else if (inJob[current] >= 0 && end(inJob[current]) === starts[current])
      current = inJob[current];
    else break;
    path.push(current);
  }
  return path.reverse();
}

/** The operation of the same job before each; in an open shop by time. −1 for none. O(n log n). */
function previousInJob(
  packed: PackedJobShop,
  starts: ArrayLike<number>,
  isFirst: Uint8Array,
): Int32Array {
  const { first, duration, kind } = packed;
  if (kind !== 'open') return duration.map((_, i) => (isFirst[i] ? -1 : i - 1));
  const previous = new Int32Array(duration.length).fill(-1);
  for (let job = 0; job + 1 < first.length; job++) {
    const order = Array.from({ length: first[job + 1] - first[job] }, (_, k) => first[job] + k);
    order.sort((a, b) => starts[a] - starts[b] || duration[a] - duration[b] || a - b);
    for (let k = 1; k < order.length; k++) previous[order[k]] = order[k - 1];
  }
  return previous;
}

/** The last operation of the job that costs most. O(n). */
function lastOfCostliest(packed: PackedJobShop, end: (operation: number) => number): number {
  const { first, objective, release, due, weight } = packed;
  let found = 0;
  let most = -1;
  for (let job = 0; job + 1 < first.length; job++) {
    let last = first[job];
    for (let i = last + 1; i < first[job + 1]; i++) if (end(i) > end(last)) last = i;
    const from = objective === 'flow' ? release?.[job] : objective === 'tardiness' ? due?.[job] : 0;
    const cost = (objective === 'makespan' ? 1 : (weight?.[job] ?? 1)) * (end(last) - (from ?? 0));
    if (cost > most) [most, found] = [cost, last];
  }
  return found;
}
