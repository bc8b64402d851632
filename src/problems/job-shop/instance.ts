/**
 * The job shop: every job is a chain of operations, each on one machine for a fixed time; a machine
 * works on one operation at a time, without interruption. Jobs may differ in length and may return
 * to a machine.
 */

/** `[machine, duration]`; machines count from 0 (shown as M1, M2, …), durations are whole units. */
export type Operation = readonly [machine: number, duration: number];

/** The form a person reads and writes. */
export interface JobShopInstance {
  name: string;
  /** How many machines there are; a machine may be idle throughout. */
  machines: number;
  /** Operations of each job in processing order; at least one job, at least one operation each. */
  jobs: readonly (readonly Operation[])[];
}

/** Flat form: operations numbered job by job. */
export interface PackedJobShop {
  name: string;
  machines: number;
  /** First operation of each job, and the number of operations at the end; length jobs + 1. */
  first: Int32Array;
  /** Machine of each operation. */
  machine: Int32Array;
  /** Duration of each operation. */
  duration: Int32Array;
}

/**
 * Start times by flat operation, job by job. Kept as an object so that variants can add columns.
 */
export interface JobShopSolution {
  starts: Int32Array;
}

/** What is accepted from outside; refused before anything is allocated. */
export const limits = {
  jobs: 2_000,
  machines: 1_000,
  operations: 10_000,
  duration: 10_000_000,
  /** Sum of all durations: keeps every time and every sum of two times within 32 bits. */
  work: 1_000_000_000,
  nameLength: 200,
  /** Characters of an instance file. */
  textLength: 4_000_000,
} as const;

/** Number of operations. O(jobs). */
export const countOperations = (instance: JobShopInstance): number =>
  instance.jobs.reduce((sum, job) => sum + job.length, 0);

/** Flat copy of a valid instance. O(operations). */
export function pack(instance: JobShopInstance): PackedJobShop {
  const operations = countOperations(instance);
  const first = new Int32Array(instance.jobs.length + 1);
  const machine = new Int32Array(operations);
  const duration = new Int32Array(operations);
  let next = 0;
  instance.jobs.forEach((job, index) => {
    first[index] = next;
    for (const [onMachine, time] of job) {
      machine[next] = onMachine;
      duration[next] = time;
      next++;
    }
  });
  first[instance.jobs.length] = next;
  return { name: instance.name, machines: instance.machines, first, machine, duration };
}

/** Inverse of `pack`. */
export function unpack(packed: PackedJobShop): JobShopInstance {
  const jobs: Operation[][] = [];
  for (let job = 0; job + 1 < packed.first.length; job++) {
    const operations: Operation[] = [];
    for (let i = packed.first[job]; i < packed.first[job + 1]; i++)
      operations.push([packed.machine[i], packed.duration[i]]);
    jobs.push(operations);
  }
  return { name: packed.name, machines: packed.machines, jobs };
}

/** Every job has one operation per machine slot: n × m, as the classic text formats need. */
export const isRectangular = (instance: JobShopInstance): boolean =>
  instance.jobs.every((job) => job.length === instance.machines);

/** Total work per machine. O(operations). */
export function machineLoads(instance: JobShopInstance): number[] {
  const loads = new Array<number>(instance.machines).fill(0);
  for (const job of instance.jobs)
    for (const [machine, duration] of job) loads[machine] += duration;
  return loads;
}

/** Pairs of operations on one machine, given the machine of each operation. O(operations). */
export function countDisjunctions(machines: Iterable<number>): number {
  const sizes = new Map<number, number>();
  let pairs = 0;
  for (const machine of machines) {
    const size = sizes.get(machine) ?? 0;
    pairs += size;
    sizes.set(machine, size + 1);
  }
  return pairs;
}

/** "M1" for machine 0. */
export const machineLabel = (machine: number): string => `M${machine + 1}`;

/** "J1" for job 0. */
export const jobLabel = (job: number): string => `J${job + 1}`;
