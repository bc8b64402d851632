/** Instances in links, bit-packed. */
import { BitError, BitReader, BitWriter } from '../../core/bits.ts';
import { fail, type Result } from '../../core/result.ts';
import type { Codec } from '../family.ts';
import { afterBreakdown } from './breakdowns.ts';
import {
  isFlexible,
  kinds,
  limits,
  objectives,
  type JobShopInstance,
  type Kind,
  type Objective,
  type Operation,
} from './instance.ts';
import { validate } from './schema.ts';

/** Bits that tell `count` values apart. */
const widthOf = (count: number): number => (count <= 1 ? 0 : 32 - Math.clz32(count - 1));

/** Every job visits every machine exactly once, without a choice. */
function visitsAllOnce(instance: JobShopInstance): boolean {
  return instance.jobs.every(
    (job) =>
      job.length === instance.machines &&
      job.every((operation) => operation.length === 2) &&
      new Set(job.map(([machine]) => machine)).size === job.length,
  );
}

/**
 * Version 1: name, machines, jobs, then the routes, then all durations at one width. Classic
 * routes are permutations: each machine is its rank among those not visited yet, so a 20 × 20
 * instance takes 69 bits a job. Version 2 adds the optional parts behind, version 3 breakdowns,
 * version 4 robots.
 */
function encode(instance: JobShopInstance): Uint8Array {
  const writer = new BitWriter();
  writer.string(instance.name);
  writer.varint(instance.machines);
  writer.varint(instance.jobs.length);
  const classic = visitsAllOnce(instance);
  writer.bool(classic);
  for (const job of instance.jobs) {
    if (classic) {
      const left = Array.from({ length: instance.machines }, (_, machine) => machine);
      for (const [machine] of job) {
        const rank = left.indexOf(machine);
        writer.uint(rank, widthOf(left.length));
        left.splice(rank, 1);
      }
    } else {
      writer.varint(job.length);
      for (const [machine] of job) writer.uint(machine, widthOf(instance.machines));
    }
  }
  writer.integers(instance.jobs.flatMap((job) => job.map(([, duration]) => duration)));
  encodeExtras(writer, instance);
  return writer.finish();
}

/**
 * From version 2 on one bit says whether anything follows; then kind, objective, dates and choices,
 * from version 3 on breakdowns, from version 4 on robots.
 */
function encodeExtras(writer: BitWriter, instance: JobShopInstance): void {
  const { kind = 'job', objective = 'makespan', release, due, weight, setups } = instance;
  const { breakdowns, transport } = instance;
  const flexible = isFlexible(instance);
  const any =
    [instance.kind, instance.objective, release, due, weight, setups, breakdowns, transport].some(
      (part) => part !== undefined,
    ) || flexible;
  writer.bool(any);
  if (!any) return;
  writer.uint(kinds.indexOf(kind), 3);
  writer.uint(objectives.indexOf(objective), 2);
  for (const list of [release, due, weight]) {
    writer.bool(list !== undefined);
    if (list) writer.integers(list);
  }
  writer.bool(setups !== undefined);
  if (setups) {
    writer.varint(setups.times.length);
    writer.integers(setups.family);
    writer.integers(setups.times.flat());
  }
  writer.bool(flexible);
  if (flexible) encodeChoices(writer, instance);
  writer.bool(breakdowns !== undefined);
  if (breakdowns) {
    writer.uint(afterBreakdown.indexOf(breakdowns.after), 1);
    for (const list of breakdowns.times) {
      writer.varint(list.length / 2);
      // Times run far: what lies between is written instead.
      let end = 0;
      writer.integers(
        list.map((value, i) => {
          const written = i % 2 === 0 ? value - end : value;
          end = i % 2 === 0 ? value : end + value;
          return written;
        }),
      );
    }
  }
  writer.bool(transport !== undefined);
  if (!transport) return;
  writer.varint(transport.robots);
  writer.integers(transport.times.flat());
  writer.bool(transport.empty !== undefined);
  if (transport.empty) writer.integers(transport.empty.flat());
}

function encodeChoices(writer: BitWriter, instance: JobShopInstance): void {
  const further: number[] = [];
  for (const job of instance.jobs)
    for (const operation of job) {
      writer.varint(operation.length / 2 - 1);
      for (let i = 2; i < operation.length; i += 2) {
        writer.uint(operation[i], widthOf(instance.machines));
        further.push(operation[i + 1]);
      }
    }
  writer.integers(further);
}

function decode(bytes: Uint8Array, version: number): Result<JobShopInstance> {
  if (version < 1 || version > 4)
    return fail({ message: `This link needs a newer version (job shop format ${version}).` });
  try {
    return validate(read(new BitReader(bytes), version));
  } catch (error) {
    if (error instanceof BitError)
      return fail({ message: `The link is damaged. ${error.message}`, hint: 'Copy it again.' });
    throw error;
  }
}

function read(reader: BitReader, version: number): JobShopInstance {
  const name = reader.string(4 * limits.nameLength);
  const machines = reader.varint(limits.machines);
  const jobCount = reader.varint(limits.jobs);
  const classic = reader.bool();
  if (classic && jobCount * machines > limits.operations)
    throw new BitError(`There are more than ${limits.operations} operations.`);
  const routes: number[][] = [];
  let operations = 0;
  for (let j = 0; j < jobCount; j++) {
    const route: number[] = [];
    if (classic) {
      const left = Array.from({ length: machines }, (_, machine) => machine);
      while (left.length > 0) {
        const rank = reader.uint(widthOf(left.length));
        if (rank >= left.length) throw new BitError('A route names a machine that is not there.');
        route.push(left.splice(rank, 1)[0]);
      }
    } else {
      const length = reader.varint(limits.operations - operations);
      for (let k = 0; k < length; k++) route.push(reader.uint(widthOf(machines)));
    }
    operations += route.length;
    routes.push(route);
  }
  const durations = reader.integers(operations);
  let flat = 0;
  const jobs = routes.map((route) =>
    route.map((machine): Operation => [machine, durations[flat++]]),
  );
  const instance = { name, machines, jobs };
  return version === 1 || !reader.bool() ? instance : readExtras(reader, instance, version);
}

function readExtras(
  reader: BitReader,
  instance: JobShopInstance,
  version: number,
): JobShopInstance {
  const kind: Kind | undefined = kinds[reader.uint(3)];
  const objective: Objective | undefined = objectives[reader.uint(2)];
  if (!kind || !objective) throw new BitError('It names a kind of shop that is not there.');
  const count = instance.jobs.length;
  const list = () => (reader.bool() ? reader.integers(count) : undefined);
  const [release, due, weight] = [list(), list(), list()];
  let setups: JobShopInstance['setups'];
  if (reader.bool()) {
    const families = reader.varint(limits.families);
    const family = reader.integers(count);
    const flat = reader.integers(families * families);
    const times = Array.from({ length: families }, (_, i) =>
      flat.slice(i * families, (i + 1) * families),
    );
    setups = { family, times };
  }
  const jobs = reader.bool() ? readChoices(reader, instance) : instance.jobs;
  const breakdowns =
    version >= 3 && reader.bool() ? readBreakdowns(reader, instance.machines) : undefined;
  const transport =
    version >= 4 && reader.bool() ? readTransport(reader, instance.machines) : undefined;
  return {
    ...instance,
    jobs,
    ...(kind !== 'job' && { kind }),
    ...(objective !== 'makespan' && { objective }),
    ...(release && { release }),
    ...(due && { due }),
    ...(weight && { weight }),
    ...(setups && { setups }),
    ...(breakdowns && { breakdowns }),
    ...(transport && { transport }),
  };
}

function readTransport(reader: BitReader, machines: number): JobShopInstance['transport'] {
  if (machines > limits.places)
    throw new BitError(`With robots there are at most ${limits.places} machines.`);
  const robots = reader.varint(limits.robots);
  const places = machines + 1;
  const table = () => {
    const flat = reader.integers(places * places);
    return Array.from({ length: places }, (_, i) => flat.slice(i * places, (i + 1) * places));
  };
  const times = table();
  return { robots, times, ...(reader.bool() && { empty: table() }) };
}

function readBreakdowns(reader: BitReader, machines: number): JobShopInstance['breakdowns'] {
  const after = afterBreakdown[reader.uint(1)];
  let left = limits.breakdowns;
  const times = Array.from({ length: machines }, () => {
    const count = reader.varint(left);
    left -= count;
    let end = 0;
    return reader.integers(2 * count).map((value, i) => {
      end += value;
      return i % 2 === 0 ? end : value;
    });
  });
  return { after, times };
}

/** The operations with their further choices of machine. */
function readChoices(reader: BitReader, { machines, jobs }: JobShopInstance): Operation[][] {
  let left = limits.choices;
  const further = jobs.map((job) =>
    job.map(() => {
      const count = reader.varint(Math.min(machines, left));
      left -= count;
      return Array.from({ length: count }, () => reader.uint(widthOf(machines)));
    }),
  );
  const durations = reader.integers(limits.choices - left);
  let flat = 0;
  return jobs.map((job, j) =>
    job.map((operation, k): Operation => [
      ...operation,
      ...further[j][k].flatMap((machine) => [machine, durations[flat++]]),
    ]),
  );
}

export const codec: Codec<JobShopInstance> = { version: 4, encode, decode };
