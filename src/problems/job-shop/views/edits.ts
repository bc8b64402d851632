/** Changes to an instance, each checked like input from outside. */
import { fail, type Result } from '../../../core/result.ts';
import { jobLabel, limits, machineLabel } from '../instance.ts';
import type { JobShopInstance, Operation } from '../instance.ts';
import { validate } from '../schema.ts';

/** The instance with some parts replaced or, when undefined, left out. */
export function withParts(
  instance: JobShopInstance,
  parts: Partial<JobShopInstance>,
): Result<JobShopInstance> {
  return validate(
    Object.fromEntries(
      Object.entries({ ...instance, ...parts }).filter(([, value]) => value !== undefined),
    ),
  );
}

/** One job's operations replaced. */
export const withJob = (
  instance: JobShopInstance,
  job: number,
  operations: readonly Operation[],
): Result<JobShopInstance> => validate({ ...instance, jobs: instance.jobs.with(job, operations) });

export const withOperation = (
  instance: JobShopInstance,
  job: number,
  index: number,
  operation: Operation,
): Result<JobShopInstance> => withJob(instance, job, instance.jobs[job].with(index, operation));

export const withDuration = (
  instance: JobShopInstance,
  job: number,
  index: number,
  duration: number,
): Result<JobShopInstance> =>
  withOperation(instance, job, index, [
    instance.jobs[job][index][0],
    duration,
    ...instance.jobs[job][index].slice(2),
  ]);

/** A job that visits every machine in turn (in a flow shop: takes the route) for the mean duration. */
export function addJob(instance: JobShopInstance): Result<JobShopInstance> {
  const durations = instance.jobs.flatMap((job) => job.map(([, duration]) => duration));
  const sum = durations.reduce((total, duration) => total + duration, 0);
  const mean = Math.round(sum / Math.max(1, durations.length));
  const job =
    instance.kind === 'permutation'
      ? instance.jobs[0].map(([machine]): Operation => [machine, mean])
      : Array.from({ length: instance.machines }, (_, machine): Operation => [machine, mean]);
  const { release, due, weight, setups } = instance;
  return validate({
    ...instance,
    jobs: [...instance.jobs, job],
    ...(release && { release: [...release, 0] }),
    ...(due && { due: [...due, Math.max(...due)] }),
    ...(weight && { weight: [...weight, 1] }),
    ...(setups && { setups: { ...setups, family: [...setups.family, 0] } }),
  });
}

export function removeJob(instance: JobShopInstance, job: number): Result<JobShopInstance> {
  if (instance.jobs.length === 1)
    return fail({ message: `${jobLabel(job)} is the only job and stays.` });
  const { release, due, weight, setups } = instance;
  return validate({
    ...instance,
    jobs: instance.jobs.toSpliced(job, 1),
    ...(release && { release: release.toSpliced(job, 1) }),
    ...(due && { due: due.toSpliced(job, 1) }),
    ...(weight && { weight: weight.toSpliced(job, 1) }),
    ...(setups && { setups: { ...setups, family: setups.family.toSpliced(job, 1) } }),
  });
}

/** Leaves the operation out; a job keeps at least one. */
export function removeOperation(
  instance: JobShopInstance,
  job: number,
  index: number,
): Result<JobShopInstance> {
  if (instance.jobs[job].length === 1)
    return fail({
      message: `${jobLabel(job)} has no other operation.`,
      hint: 'Remove the job instead.',
    });
  return withJob(instance, job, instance.jobs[job].toSpliced(index, 1));
}

/**
 * Breakdowns and moves for the machines listed, by their old numbers; −1 for a new one, which never
 * fails and to which robots go as to the machine before it.
 */
function withMachines(instance: JobShopInstance, kept: readonly number[]) {
  const { breakdowns, transport, machines } = instance;
  // The station comes last, a new machine stands by the last one.
  const places = [...kept.map((machine) => (machine < 0 ? machines - 1 : machine)), machines];
  const table = (times: readonly (readonly number[])[]) =>
    places.map((from) => places.map((to) => times[from][to]));
  return {
    machines: kept.length,
    ...(breakdowns && {
      breakdowns: { ...breakdowns, times: kept.map((machine) => breakdowns.times[machine] ?? []) },
    }),
    ...(transport && {
      transport: {
        ...transport,
        times: table(transport.times),
        ...(transport.empty && { empty: table(transport.empty) }),
      },
    }),
  };
}

/** The machines there are up to `count`, then new ones. */
const upTo = (instance: JobShopInstance, count: number): number[] =>
  Array.from({ length: count }, (_, machine) => (machine < instance.machines ? machine : -1));

/** One more machine, not used yet. */
export function addMachine(instance: JobShopInstance): Result<JobShopInstance> {
  if (instance.machines >= limits.machines)
    return fail({ message: `At most ${limits.machines} machines are possible.` });
  return validate({
    ...instance,
    ...withMachines(instance, upTo(instance, instance.machines + 1)),
  });
}

/** One more machine, visited last by every job for one unit. */
export function addMachineToJobs(instance: JobShopInstance): Result<JobShopInstance> {
  const { machines, jobs } = instance;
  if (machines >= limits.machines)
    return fail({ message: `At most ${limits.machines} machines are possible.` });
  return validate({
    ...instance,
    ...withMachines(instance, upTo(instance, machines + 1)),
    jobs: jobs.map((job): Operation[] => [...job, [machines, 1]]),
  });
}

/** Takes the machine and what only it can do away; the machines behind it move up. */
export function removeMachine(instance: JobShopInstance, machine: number): Result<JobShopInstance> {
  if (instance.machines === 1) return fail({ message: 'The only machine stays.' });
  const without = (operation: Operation): Operation[] => {
    const pairs: number[] = [];
    for (let i = 0; i < operation.length; i += 2)
      if (operation[i] !== machine)
        pairs.push(operation[i] > machine ? operation[i] - 1 : operation[i], operation[i + 1]);
    return pairs.length > 0 ? [pairs as unknown as Operation] : [];
  };
  const jobs = instance.jobs.map((job) => job.flatMap(without));
  const empty = jobs.findIndex((job) => job.length === 0);
  if (empty >= 0)
    return fail({
      message: `${jobLabel(empty)} has operations on ${machineLabel(machine)} only.`,
      hint: 'Remove the job first.',
    });
  const kept = upTo(instance, instance.machines).toSpliced(machine, 1);
  return validate({ ...instance, ...withMachines(instance, kept), jobs });
}

/** The number of machines changed; only unused ones can go. */
export function setMachines(instance: JobShopInstance, machines: number): Result<JobShopInstance> {
  const needed = instance.jobs.reduce(
    (most, job) =>
      job.reduce(
        (high, operation) =>
          operation.reduce((top, id, i) => (i % 2 === 0 ? Math.max(top, id + 1) : top), high),
        most,
      ),
    1,
  );
  if (machines < needed)
    return fail({
      message: `${machineLabel(needed - 1)} is in use, so there are at least ${needed} machines.`,
      hint: 'Remove it in the table of machines.',
    });
  return validate({ ...instance, ...withMachines(instance, upTo(instance, machines)) });
}
