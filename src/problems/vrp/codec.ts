/** Links: columns, bit-packed. Version 1. */
import { BitError, BitReader, BitWriter } from '../../core/bits.ts';
import { fail, type Result } from '../../core/result.ts';
import type { Codec } from '../family.ts';
import { LIMITS, pack, ROUNDINGS, unpack, type PackedVrp, type VrpInstance } from './instance.ts';
import { validate } from './schema.ts';

const VERSION = 1;

/** Which entries of a column differ from its default; most columns are all or nothing. */
function writeColumn(writer: BitWriter, column: Float64Array, absent: number): void {
  const present = Array.from(column).filter((value) => value !== absent);
  writer.bool(present.length > 0);
  if (present.length === 0) return;
  writer.bool(present.length === column.length);
  if (present.length < column.length) for (const value of column) writer.bool(value !== absent);
  writer.numbers(present);
}

function readColumn(reader: BitReader, size: number, absent: number): Float64Array {
  const column = new Float64Array(size).fill(absent);
  if (!reader.bool()) return column;
  const all = reader.bool();
  const places: number[] = [];
  for (let i = 0; i < size; i++) if (all || reader.bool()) places.push(i);
  const values = reader.numbers(places.length);
  for (let i = 0; i < places.length; i++) column[places[i]] = values[i];
  return column;
}

function writeOptional(writer: BitWriter, value: number): void {
  writer.bool(value !== Infinity);
  if (value !== Infinity) writer.number(value);
}

const readOptional = (reader: BitReader): number => (reader.bool() ? reader.number() : Infinity);

function encode(instance: VrpInstance): Uint8Array {
  const packed = pack(instance);
  const writer = new BitWriter();
  writer.string(packed.name);
  writer.varint(packed.capacity);
  writer.uint(ROUNDINGS.indexOf(packed.rounding), 2);
  writeOptional(writer, packed.vehicles);
  writeOptional(writer, packed.maxDuration);
  writer.varint(packed.x.length - 1);
  writer.numbers(packed.x);
  writer.numbers(packed.y);
  writer.integers(packed.demand.subarray(1));
  writeColumn(writer, packed.ready, 0);
  writeColumn(writer, packed.due, Infinity);
  writeColumn(writer, packed.service, 0);
  return writer.finish();
}

function read(reader: BitReader): PackedVrp {
  const name = reader.string(LIMITS.nameLength * 4);
  const capacity = reader.varint(LIMITS.demand);
  const rounding = ROUNDINGS[reader.uint(2)];
  const vehicles = readOptional(reader);
  const maxDuration = readOptional(reader);
  const size = reader.varint(LIMITS.customers) + 1;
  const x = Float64Array.from(reader.numbers(size));
  const y = Float64Array.from(reader.numbers(size));
  const demand = new Int32Array(size);
  demand.set(reader.integers(size - 1), 1);
  const ready = readColumn(reader, size, 0);
  const due = readColumn(reader, size, Infinity);
  const service = readColumn(reader, size, 0);
  return { name, capacity, vehicles, rounding, maxDuration, x, y, demand, ready, due, service };
}

export const codec: Codec<VrpInstance> = {
  version: VERSION,
  encode,
  decode(bytes: Uint8Array, version: number): Result<VrpInstance> {
    if (version !== VERSION)
      return fail({
        message: `The link has routing format ${version}; this program reads ${VERSION}.`,
        hint: 'Open it with a newer version of the program.',
      });
    try {
      return validate(unpack(read(new BitReader(bytes))));
    } catch (error) {
      if (error instanceof BitError)
        return fail({ message: error.message, hint: 'Is the link cut off?' });
      throw error;
    }
  },
};
