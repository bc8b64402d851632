/**
 * The job shop: every job is a chain of operations, each on one machine for a fixed time; a machine
 * works on one operation at a time, without interruption. Jobs may differ in length and may return
 * to a machine. Optional parts make it a flexible, flow, open, no-wait or blocking shop, with
 * release dates, due dates, weights, setups, machines that break down and robots that carry jobs.
 */

import { packDowns, unpackDowns, type Breakdowns, type Downs } from './breakdowns.ts';
import { packTransport, unpackTransport, type Carriers, type Transport } from './transport.ts';

/**
 * `[machine, duration]`; machines count from 0 (shown as M1, M2, …), durations are whole units. An
 * operation with a choice of machines goes on in pairs: `[machine, duration, machine, duration, …]`.
 */
export type Operation = readonly [machine: number, duration: number, ...more: number[]];

/**
 * How jobs pass the machines. `job`: each in its own order, waiting anywhere. `permutation`: all
 * take one route and pass every machine in one order of jobs. `open`: the operations of a job in any
 * order. `no-wait`: a job never waits between operations. `blocking`: a job stays on its machine
 * until the next one is free. `swap`: the same, but jobs may change places with each other.
 */
export const kinds = ['job', 'permutation', 'open', 'no-wait', 'blocking', 'swap'] as const;
export type Kind = (typeof kinds)[number];

/**
 * What is minimised. `makespan`: the end of the last operation. `tardiness`: Σ weight · time behind
 * the due date. `flow`: Σ weight · time from release to completion.
 */
export const objectives = ['makespan', 'tardiness', 'flow'] as const;
export type Objective = (typeof objectives)[number];

/** Sequence-dependent setups: alike on every machine, by the families of the jobs. */
export interface Setups {
  /** Family of each job, from 0. */
  family: readonly number[];
  /** Time between a job of the first family and one of the second; 0 within a family. */
  times: readonly (readonly number[])[];
}

/** The form a person reads and writes. */
export interface JobShopInstance {
  name: string;
  /** How many machines there are; a machine may be idle throughout. */
  machines: number;
  /** Operations of each job in processing order; at least one job, at least one operation each. */
  jobs: readonly (readonly Operation[])[];
  /** Absent: `job`. */
  kind?: Exclude<Kind, 'job'>;
  /** Absent: `makespan`. */
  objective?: Exclude<Objective, 'makespan'>;
  /** Time from which each job may start; absent: 0. */
  release?: readonly number[];
  /** Due date of each job; the objective `tardiness` needs them. */
  due?: readonly number[];
  /** Weight of each job; absent: 1. */
  weight?: readonly number[];
  setups?: Setups;
  /** Of each machine; known only once they begin, as far as a solver plays by that rule. */
  breakdowns?: Breakdowns;
  transport?: Transport;
}

/** Flat form: operations numbered job by job. */
export interface PackedJobShop {
  name: string;
  machines: number;
  kind: Kind;
  objective: Objective;
  /** First operation of each job, and the number of operations at the end; length jobs + 1. */
  first: Int32Array;
  /** Machine of each operation (the first of its choices). */
  machine: Int32Array;
  /** Duration of each operation (on the first of its choices). */
  duration: Int32Array;
  /** Choices of operation i are firstChoice[i] … firstChoice[i + 1] − 1; null when all have one. */
  firstChoice: Int32Array | null;
  choiceMachine: Int32Array;
  choiceDuration: Int32Array;
  /** By job; null when absent. */
  release: Int32Array | null;
  due: Int32Array | null;
  weight: Int32Array | null;
  /** Family of each job; null without setups. */
  family: Int32Array | null;
  families: number;
  /** families × families, row by row. */
  setup: Int32Array;
  /** Null when no machine ever breaks down. */
  downs: Downs | null;
  /** Null when jobs move by themselves in no time. */
  transport: Carriers | null;
}

/** Start times by flat operation, job by job; the machine of each when there is a choice. */
export interface JobShopSolution {
  starts: Int32Array;
  machines?: Int32Array;
  /**
   * With robots: which one brings the job to each operation, −1 where it is there already, and when
   * it leaves with the job.
   */
  robots?: Int32Array;
  picks?: Int32Array;
}

/** What is accepted from outside; refused before anything is allocated. */
export const limits = {
  jobs: 2_000,
  machines: 1_000,
  operations: 10_000,
  /** Choices of machine of all operations together. */
  choices: 50_000,
  duration: 10_000_000,
  /**
   * Sum of all (longest) durations, of as many longest setups and moves there and back, the last
   * release and the last repair: keeps every time and every sum of two times within 32 bits.
   */
  work: 1_000_000_000,
  /** Due dates may lie anywhere a schedule may end. */
  due: 1_000_000_000,
  weight: 1_000,
  families: 60,
  /** Breakdowns of all machines together. */
  breakdowns: 20_000,
  robots: 50,
  /** Machines where robots move between them. */
  places: 100,
  nameLength: 200,
  /** Characters of an instance file. */
  textLength: 4_000_000,
} as const;

/** Number of operations. O(jobs). */
export const countOperations = (instance: JobShopInstance): number =>
  instance.jobs.reduce((sum, job) => sum + job.length, 0);

/** Some operation has a choice of machines. O(operations). */
export const isFlexible = (instance: JobShopInstance): boolean =>
  instance.jobs.some((job) => job.some((operation) => operation.length > 2));

/** Jobs and machines only: the job shop of the textbooks, to be done soon. O(operations). */
export const isClassic = (instance: JobShopInstance): boolean =>
  !instance.kind &&
  !instance.objective &&
  !instance.release &&
  !instance.setups &&
  !instance.breakdowns &&
  !instance.transport &&
  !isFlexible(instance);

/** Nothing but jobs and machines: what the classic text formats have a place for. O(operations). */
export const isBare = (instance: JobShopInstance): boolean =>
  isClassic(instance) && !instance.due && !instance.weight;

/** Flat copy of a valid instance. O(choices). */
export function pack(instance: JobShopInstance): PackedJobShop {
  const operations = countOperations(instance);
  const first = new Int32Array(instance.jobs.length + 1);
  const machine = new Int32Array(operations);
  const duration = new Int32Array(operations);
  const flexible = isFlexible(instance);
  const firstChoice = new Int32Array(operations + 1);
  const choices: number[] = [];
  let next = 0;
  instance.jobs.forEach((job, index) => {
    first[index] = next;
    for (const operation of job) {
      machine[next] = operation[0];
      duration[next] = operation[1];
      if (flexible) choices.push(...operation);
      next++;
      firstChoice[next] = choices.length / 2;
    }
  });
  first[instance.jobs.length] = next;
  const { setups } = instance;
  const byJob = (values: readonly number[] | undefined) =>
    values ? Int32Array.from(values) : null;
  return {
    name: instance.name,
    machines: instance.machines,
    kind: instance.kind ?? 'job',
    objective: instance.objective ?? 'makespan',
    first,
    machine,
    duration,
    firstChoice: flexible ? firstChoice : null,
    choiceMachine: Int32Array.from({ length: choices.length / 2 }, (_, i) => choices[2 * i]),
    choiceDuration: Int32Array.from({ length: choices.length / 2 }, (_, i) => choices[2 * i + 1]),
    release: byJob(instance.release),
    due: byJob(instance.due),
    weight: byJob(instance.weight),
    family: byJob(setups?.family),
    families: setups?.times.length ?? 0,
    setup: Int32Array.from(setups?.times.flat() ?? []),
    downs: instance.breakdowns ? packDowns(instance.breakdowns) : null,
    transport: instance.transport ? packTransport(instance.transport) : null,
  };
}

/** Inverse of `pack`. */
export function unpack(packed: PackedJobShop): JobShopInstance {
  const { first, firstChoice, choiceMachine, choiceDuration, family, families } = packed;
  const operation = (i: number): Operation => {
    if (!firstChoice) return [packed.machine[i], packed.duration[i]];
    const pairs: number[] = [];
    for (let c = firstChoice[i]; c < firstChoice[i + 1]; c++)
      pairs.push(choiceMachine[c], choiceDuration[c]);
    return pairs as unknown as Operation;
  };
  const jobs = Array.from({ length: first.length - 1 }, (_, job) =>
    Array.from({ length: first[job + 1] - first[job] }, (_unused, k) => operation(first[job] + k)),
  );
  const rows = (count: number): number[][] =>
    Array.from({ length: count }, (_, i) =>
      Array.from(packed.setup.subarray(i * count, (i + 1) * count)),
    );
  return {
    name: packed.name,
    machines: packed.machines,
    jobs,
    ...(packed.kind !== 'job' && { kind: packed.kind }),
    ...(packed.objective !== 'makespan' && { objective: packed.objective }),
    ...(packed.release && { release: Array.from(packed.release) }),
    ...(packed.due && { due: Array.from(packed.due) }),
    ...(packed.weight && { weight: Array.from(packed.weight) }),
    ...(family && { setups: { family: Array.from(family), times: rows(families) } }),
    ...(packed.downs && { breakdowns: unpackDowns(packed.downs) }),
    ...(packed.transport && { transport: unpackTransport(packed.transport) }),
  };
}

/**
 * The packed instance with each operation's machine and duration as the solution chose them; itself
 * when there is no choice. Machines that no choice offers count as the first. O(choices).
 */
export function assigned(packed: PackedJobShop, machines: ArrayLike<number> | undefined) {
  const { firstChoice, choiceMachine, choiceDuration } = packed;
  if (!firstChoice || !machines || machines.length !== packed.machine.length) return packed;
  const machine = packed.machine.slice();
  const duration = packed.duration.slice();
  for (let i = 0; i < machine.length; i++)
    for (let c = firstChoice[i]; c < firstChoice[i + 1]; c++)
      if (choiceMachine[c] === machines[i]) {
        machine[i] = choiceMachine[c];
        duration[i] = choiceDuration[c];
      }
  return { ...packed, machine, duration };
}

/** Every job has one operation per machine slot: n × m, as the classic text formats need. */
export const isRectangular = (instance: JobShopInstance): boolean =>
  instance.jobs.every((job) => job.length === instance.machines);

/** Work per machine, each operation on the first of its machines. O(operations). */
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

/** "R1" for robot 0. */
export const robotLabel = (robot: number): string => `R${robot + 1}`;

/** "J1" for job 0. */
export const jobLabel = (job: number): string => `J${job + 1}`;

export const kindLabels: Readonly<Record<Kind, string>> = {
  job: 'Job shop',
  permutation: 'Permutation flow shop',
  open: 'Open shop',
  'no-wait': 'No-wait job shop',
  blocking: 'Blocking job shop',
  swap: 'Blocking job shop with swaps',
};

/** As scores and charts name it. */
export function objectiveName(instance: {
  objective?: Objective;
  weight?: ArrayLike<number> | null;
}): string {
  const weighted = instance.weight ? 'weighted ' : '';
  if (instance.objective === 'tardiness') return `Total ${weighted}tardiness`;
  if (instance.objective === 'flow') return `Total ${weighted}flow time`;
  return 'Makespan';
}
