/** Links: an instance as bits. Numbers with few decimals are short; the rest is 64-bit. */
import { BitError, BitReader, BitWriter } from '../../core/bits.ts';
import type { ParamSpec } from '../../core/params.ts';
import { fail, type Result } from '../../core/result.ts';
import type { Codec } from '../family.ts';
import { LIMITS, type Instance } from './instance.ts';
import { IRIS_CSV } from './iris.ts';
import {
  BODIES,
  INTERPOLATIONS,
  MAX_DEPTH,
  SHAPES,
  bodyInfo,
  type Body,
  type Shape,
} from './schedule.ts';
import { validate } from './schema.ts';
import { TABLE_LIMITS } from './table.ts';
import { TASKS, taskInfo, type TaskKind } from './tasks.ts';

type Values = Readonly<Record<string, unknown>>;

function writeParams(writer: BitWriter, specs: readonly ParamSpec[], source: object): void {
  const values = source as Values;
  for (const spec of specs) {
    const value = values[spec.id];
    // One bit says "default", which most values are.
    writer.bool(value !== spec.default);
    if (value === spec.default) continue;
    if (spec.type === 'choice')
      writer.uint(
        spec.options.findIndex((option) => option.value === value),
        4,
      );
    else writer.number(value as number);
  }
}

function readParams(reader: BitReader, specs: readonly ParamSpec[]): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const spec of specs) {
    if (!reader.bool()) values[spec.id] = spec.default;
    else if (spec.type === 'choice') values[spec.id] = spec.options[reader.uint(4)]?.value;
    else values[spec.id] = reader.number();
  }
  return values;
}

const indexOf = (list: readonly { value: string }[], value: string): number =>
  list.findIndex((entry) => entry.value === value);

function writeRamp(writer: BitWriter, steps: number, end: number, shape: Shape): void {
  writer.varint(steps);
  const plain = end === 0 && shape === 'linear';
  writer.bool(plain);
  if (plain) return;
  writer.number(end);
  writer.uint(indexOf(SHAPES, shape), 4);
}

function readRamp(reader: BitReader, name: 'from' | 'to'): Values {
  const steps = reader.varint(LIMITS.steps);
  if (reader.bool()) return { steps, [name]: 0, shape: 'linear' };
  return { steps, [name]: reader.number(), shape: SHAPES[reader.uint(4)]?.value };
}

const spreadEvenly = (count: number, i: number): number => (count === 1 ? 0 : i / (count - 1));

function writeBody(writer: BitWriter, body: Body): void {
  writer.uint(BODIES.indexOf(bodyInfo(body.kind)), 5);
  switch (body.kind) {
    case 'points': {
      const { points } = body;
      writer.uint(indexOf(INTERPOLATIONS, body.interpolation), 3);
      writer.varint(points.length);
      const even = points.every((point, i) => point[0] === spreadEvenly(points.length, i));
      writer.bool(even);
      if (!even) writer.numbers(points.map((point) => point[0]));
      writer.numbers(points.map((point) => point[1]));
      return;
    }
    case 'pieces':
      writer.varint(body.pieces.length);
      for (const piece of body.pieces) {
        writer.uint(indexOf(SHAPES, piece.shape), 4);
        for (const value of [piece.share, piece.from, piece.to]) writer.number(value);
      }
      return;
    case 'formula':
      writer.string(body.formula);
      return;
    case 'code':
      writer.string(body.code);
      return;
    case 'sequence':
      writer.varint(body.parts.length);
      for (const part of body.parts) {
        writer.number(part.share);
        writeBody(writer, part.body);
      }
      return;
    case 'product':
      writer.varint(body.factors.length);
      for (const factor of body.factors) writeBody(writer, factor);
      return;
    default:
      writeParams(writer, bodyInfo(body.kind).specs, body);
  }
}

function readBody(reader: BitReader, depth = 1): Values {
  if (depth > MAX_DEPTH) throw new BitError('Schedules are nested too deep.');
  const info = BODIES[reader.uint(5)];
  if (!info) throw new BitError('The kind of schedule is not known.');
  const { kind } = info;
  switch (kind) {
    case 'points': {
      const interpolation = INTERPOLATIONS[reader.uint(3)]?.value;
      const count = reader.varint(LIMITS.points);
      const even = reader.bool();
      const at = even
        ? Array.from({ length: count }, (_, i) => spreadEvenly(count, i))
        : reader.numbers(count);
      const values = reader.numbers(count);
      return { kind, interpolation, points: at.map((place, i) => [place, values[i]]) };
    }
    case 'pieces': {
      const pieces = Array.from({ length: reader.varint(LIMITS.pieces) }, () => ({
        shape: SHAPES[reader.uint(4)]?.value,
        share: reader.number(),
        from: reader.number(),
        to: reader.number(),
      }));
      return { kind, pieces };
    }
    case 'sequence': {
      const parts = Array.from({ length: reader.varint(LIMITS.members) }, () => ({
        share: reader.number(),
        body: readBody(reader, depth + 1),
      }));
      return { kind, parts };
    }
    case 'product': {
      const count = reader.varint(LIMITS.members);
      return { kind, factors: Array.from({ length: count }, () => readBody(reader, depth + 1)) };
    }
    case 'formula':
      return { kind, formula: reader.string(4 * LIMITS.formula) };
    case 'code':
      return { kind, code: reader.string(4 * LIMITS.code) };
    default:
      return { kind, ...readParams(reader, info.specs) };
  }
}

/** Parameters that the tasks had in the first version of links, where they have more now. */
const FIRST_SPECS: Partial<Record<TaskKind, number>> = { quadratic: 5, spirals: 8, iris: 5 };

function encode(instance: Instance): Uint8Array {
  const writer = new BitWriter();
  const { name, task, steps, batch, schedule } = instance;
  const { peak, warmup, body, cooldown } = schedule;
  writer.string(name);
  writer.uint(TASKS.indexOf(taskInfo(task.kind)), 5);
  writeParams(writer, taskInfo(task.kind).specs, task);
  if (task.kind === 'table') {
    writer.bool(task.csv !== IRIS_CSV);
    if (task.csv !== IRIS_CSV) writer.string(task.csv);
  }
  writer.varint(steps);
  writer.varint(batch);
  writer.number(peak);
  writeRamp(writer, warmup.steps, warmup.from, warmup.shape);
  writeRamp(writer, cooldown.steps, cooldown.to, cooldown.shape);
  writeBody(writer, body);
  return writer.finish();
}

function decode(bytes: Uint8Array, version: number): Result<Instance> {
  if (version !== 1 && version !== 2)
    return fail({
      message: `Version ${version} of learning-rate links is not known.`,
      hint: 'The link was made by a newer version of this page.',
    });
  try {
    const reader = new BitReader(bytes);
    const name = reader.string(4 * LIMITS.name);
    const info = TASKS[reader.uint(5)];
    if (!info) return fail({ message: 'The link names a task that is not known.' });
    const known = version === 1 ? FIRST_SPECS[info.kind] : undefined;
    const task: Record<string, unknown> = {
      kind: info.kind,
      ...readParams(reader, info.specs.slice(0, known)),
    };
    if (info.kind === 'table' && reader.bool())
      task.csv = reader.string(4 * TABLE_LIMITS.characters);
    const steps = reader.varint(LIMITS.steps);
    const batch = reader.varint(LIMITS.batch);
    const peak = reader.number();
    const warmup = readRamp(reader, 'from');
    const cooldown = readRamp(reader, 'to');
    const body = readBody(reader);
    return validate({ name, task, steps, batch, schedule: { peak, warmup, body, cooldown } });
  } catch (error) {
    if (!(error instanceof BitError)) throw error;
    return fail({ message: error.message, hint: 'The link may be cut off or changed.' });
  }
}

export const codec: Codec<Instance> = { version: 2, encode, decode };
