/**
 * Links: columns, bit-packed. Version 2 adds what plain instances have not, version 3 the times at
 * which requests become known, stocks and locked routes; both earlier ones are still read.
 */
import { BitError, BitReader, BitWriter } from '../../core/bits.ts';
import { fail, type Result } from '../../core/result.ts';
import type { Codec } from '../family.ts';
import {
  LIMITS,
  pack,
  ROUNDINGS,
  unpack,
  type Depot,
  type PackedVrp,
  type VehicleType,
  type VrpExtras,
  type VrpInstance,
} from './instance.ts';
import { validate } from './schema.ts';
import type { PackedStocks } from './stocks.ts';

const VERSION = 3;

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

const writeBits = (writer: BitWriter, bits: Uint8Array): void => {
  const any = bits.includes(1);
  writer.bool(any);
  if (any) for (const bit of bits) writer.uint(bit, 1);
};

const readBits = (reader: BitReader, size: number): Uint8Array =>
  reader.bool() ? Uint8Array.from({ length: size }, () => reader.uint(1)) : new Uint8Array(size);

function writeExtras(writer: BitWriter, extras: VrpExtras): void {
  const { depots, fleet } = extras;
  writer.bool(extras.open);
  writer.bool(extras.geographic);
  writer.number(extras.fixedCost);
  writer.varint(depots.length);
  for (const { x, y, ready = 0, due = Infinity } of depots) {
    writer.numbers([x, y, ready]);
    writeOptional(writer, due);
  }
  writer.varint(fleet.length);
  for (const { capacity, count = Infinity, fixed = 0, perDistance = 1, depot = 0 } of fleet) {
    writer.varint(capacity);
    writeOptional(writer, count);
    writer.number(fixed);
    writer.number(perDistance);
    writer.varint(depot);
  }
  writeColumn(writer, extras.prize, Infinity);
  writeBits(writer, extras.backhaul);
  writer.bool(extras.deliverTo.some((customer) => customer > 0));
  if (extras.deliverTo.some((customer) => customer > 0)) writer.integers(extras.deliverTo);
  for (const matrix of [extras.distances, extras.durations]) {
    writer.bool(matrix !== null);
    if (matrix) writer.numbers(matrix);
  }
  writeColumn(writer, extras.known, 0);
  writer.bool(extras.stocks !== null);
  if (extras.stocks) writeStocks(writer, extras.stocks);
  const locked = extras.locked ?? [];
  writer.varint(locked.length);
  for (const { customers, type = 0 } of locked) {
    writer.varint(type);
    writer.varint(customers.length);
    writer.integers(customers);
  }
}

function writeStocks(writer: BitWriter, stocks: PackedStocks): void {
  const { days, shortage, start, most, holding, use, history } = stocks;
  writer.varint(days);
  writeOptional(writer, shortage);
  for (const column of [start, most, holding]) writer.numbers(column.subarray(1));
  writer.numbers(use.subarray(days));
  writer.bool(history !== null);
  if (!history) return;
  writer.varint(history.features.length);
  writer.varint(history.coming[0].length);
  for (const rows of [history.features, history.uses, history.coming]) writer.numbers(rows.flat());
}

function readStocks(reader: BitReader, size: number): PackedStocks {
  if (size - 1 > LIMITS.stockCustomers) throw new BitError('There are too many stocks.');
  const days = reader.varint(LIMITS.days);
  const shortage = readOptional(reader);
  const column = () => Float64Array.from([0, ...reader.numbers(size - 1)]);
  const [start, most, holding] = [column(), column(), column()];
  const use = new Float64Array(size * days);
  use.set(reader.numbers((size - 1) * days), days);
  if (!reader.bool()) return { days, shortage, start, most, holding, use, history: null };
  const past = reader.varint(LIMITS.pastDays);
  const features = reader.varint(LIMITS.features);
  const rows = (count: number, width: number): number[][] => {
    const flat = reader.numbers(count * width);
    return Array.from({ length: count }, (_, i) => flat.slice(i * width, (i + 1) * width));
  };
  const history = {
    features: rows(past, features),
    uses: rows(past, size - 1),
    coming: rows(days, features),
  };
  return { days, shortage, start, most, holding, use, history };
}

function readExtras(reader: BitReader, size: number, version: number): VrpExtras {
  const open = reader.bool();
  const geographic = reader.bool();
  const fixedCost = reader.number();
  const depots = Array.from({ length: reader.varint(LIMITS.depots) }, (): Depot => {
    const [x, y, ready] = reader.numbers(3);
    return { x, y, ready, due: readOptional(reader) };
  });
  const fleet = Array.from({ length: reader.varint(LIMITS.types) }, (): VehicleType => {
    const capacity = reader.varint(LIMITS.demand);
    const count = readOptional(reader);
    const fixed = reader.number();
    const perDistance = reader.number();
    return { capacity, count, fixed, perDistance, depot: reader.varint(LIMITS.depots) };
  });
  const prize = readColumn(reader, size, Infinity);
  const backhaul = readBits(reader, size);
  const deliverTo = new Int32Array(size);
  if (reader.bool()) deliverTo.set(reader.integers(size));
  const nodes = size + depots.length;
  const matrix = (): Float64Array | null => {
    if (!reader.bool()) return null;
    if (nodes > LIMITS.matrixNodes) throw new BitError('The distance matrix is too large.');
    return Float64Array.from(reader.numbers(nodes * nodes));
  };
  const distances = matrix();
  const durations = matrix();
  const known = version >= 3 ? readColumn(reader, size, 0) : new Float64Array(size);
  const stocks = version >= 3 && reader.bool() ? readStocks(reader, size) : null;
  const locked = Array.from({ length: version >= 3 ? reader.varint(LIMITS.vehicles) : 0 }, () => {
    const type = reader.varint(LIMITS.types);
    return { type, customers: reader.integers(reader.varint(size)) };
  });
  return {
    open,
    geographic,
    fixedCost,
    depots,
    fleet,
    prize,
    backhaul,
    deliverTo,
    known,
    stocks,
    locked: locked.length > 0 ? locked : null,
    distances,
    durations,
  };
}

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
  writer.bool(packed.extras !== null);
  if (packed.extras) writeExtras(writer, packed.extras);
  return writer.finish();
}

function read(reader: BitReader, version: number): PackedVrp {
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
  const extras = version >= 2 && reader.bool() ? readExtras(reader, size, version) : null;
  return {
    name,
    capacity,
    vehicles,
    rounding,
    maxDuration,
    x,
    y,
    demand,
    ready,
    due,
    service,
    extras,
  };
}

export const codec: Codec<VrpInstance> = {
  version: VERSION,
  encode,
  decode(bytes: Uint8Array, version: number): Result<VrpInstance> {
    if (version < 1 || version > VERSION)
      return fail({
        message: `The link has routing format ${version}; this program reads 1 to ${VERSION}.`,
        hint: 'Open it with a newer version of the program.',
      });
    try {
      return validate(unpack(read(new BitReader(bytes), version)));
    } catch (error) {
      if (error instanceof BitError)
        return fail({ message: error.message, hint: 'Is the link cut off?' });
      throw error;
    }
  },
};
