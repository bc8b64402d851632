/** Instances in links, bit-packed. */
import { BitError, BitReader, BitWriter } from '../../core/bits.ts';
import { fail, type Result } from '../../core/result.ts';
import type { Codec } from '../family.ts';
import { limits, type JobShopInstance, type Operation } from './instance.ts';
import { validate } from './schema.ts';

/** Bits that tell `count` values apart. */
const widthOf = (count: number): number => (count <= 1 ? 0 : 32 - Math.clz32(count - 1));

/** Every job visits every machine exactly once. */
function isClassic(instance: JobShopInstance): boolean {
  return instance.jobs.every(
    (job) =>
      job.length === instance.machines &&
      new Set(job.map(([machine]) => machine)).size === job.length,
  );
}

/**
 * Version 1: name, machines, jobs, then the routes, then all durations at one width. Classic
 * routes are permutations: each machine is its rank among those not visited yet, so a 20 × 20
 * instance takes 69 bits a job.
 */
function encode(instance: JobShopInstance): Uint8Array {
  const writer = new BitWriter();
  writer.string(instance.name);
  writer.varint(instance.machines);
  writer.varint(instance.jobs.length);
  const classic = isClassic(instance);
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
  return writer.finish();
}

function decode(bytes: Uint8Array, version: number): Result<JobShopInstance> {
  if (version !== 1)
    return fail({ message: `This link needs a newer version (job shop format ${version}).` });
  try {
    return validate(read(new BitReader(bytes)));
  } catch (error) {
    if (error instanceof BitError)
      return fail({ message: `The link is damaged. ${error.message}`, hint: 'Copy it again.' });
    throw error;
  }
}

function read(reader: BitReader): JobShopInstance {
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
  return { name, machines, jobs };
}

export const codec: Codec<JobShopInstance> = { version: 1, encode, decode };
