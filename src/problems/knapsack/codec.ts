/** Knapsack instances as bits for links. */
import { BitError, BitReader, BitWriter } from '../../core/bits.ts';
import { fail, type Result } from '../../core/result.ts';
import type { Codec } from '../family.ts';
import {
  MAX_DIGITS,
  MAX_DIMENSIONS,
  MAX_ITEMS,
  MAX_LINKS,
  MAX_NAME,
  makeItem,
  pack,
  type Instance,
} from './instance.ts';
import { isUnlimited, KINDS, hasLosses } from './kinds.ts';
import { sizeIssue, validate } from './schema.ts';

/** Version 1 knew the plain kind only; 2 begins with the kind and ends with what it adds. */
const VERSION = 2;

const digitsOfScale = (scale: number): number => {
  let digits = 0;
  for (let rest = scale; rest > 1; rest /= 10) digits++;
  return digits;
};

/** Narrow columns at one common width, wide ones number by number. */
function writeColumn(writer: BitWriter, values: ArrayLike<number>): void {
  let min = Infinity;
  let max = -Infinity;
  for (let i = 0; i < values.length; i++) {
    min = Math.min(min, values[i]);
    max = Math.max(max, values[i]);
  }
  const narrow = values.length === 0 || (max - min <= 0xffffffff && Math.abs(min) < 2 ** 51);
  writer.bool(narrow);
  if (narrow) writer.integers(values);
  else for (let i = 0; i < values.length; i++) writer.varint(values[i]);
}

function readColumn(reader: BitReader, count: number): number[] {
  if (reader.bool()) return reader.integers(count);
  if (reader.left < count * 6) throw new BitError('The data ends too early.');
  return Array.from({ length: count }, () => reader.varint());
}

const spread = (values: ArrayLike<number>): number => {
  let min = Infinity;
  let max = -Infinity;
  for (let i = 0; i < values.length; i++) {
    min = Math.min(min, values[i]);
    max = Math.max(max, values[i]);
  }
  return max - min;
};

function encode(instance: Instance): Uint8Array {
  const packed = pack(instance);
  const { n, m, profits, weights } = packed;
  const writer = new BitWriter();
  // The order of kinds is part of the format: new ones go to the end.
  writer.uint(KINDS.findIndex(({ id }) => id === instance.kind) + 1, 5);
  writer.string(instance.name);
  writer.varint(instance.capacities.length);
  writer.varint(n);
  writer.uint(digitsOfScale(packed.profitScale), 3);
  for (let d = 0; d < m; d++) {
    writer.uint(digitsOfScale(packed.weightScales[d]), 3);
    if (instance.kind === 'multiple') writeColumn(writer, packed.capacities);
    else writer.varint(packed.capacities[d]);
    writeColumn(writer, weights.subarray(d * n, (d + 1) * n));
  }
  // Correlated profits are near the weights: then their difference is narrower.
  const offsets = profits.map((profit, i) => profit - weights[i]);
  const related = spread(offsets) < spread(profits) && spread(offsets) <= 0xffffffff;
  writer.bool(related);
  writeColumn(writer, related ? offsets : profits);
  const bounded = !isUnlimited(instance.kind) && packed.counts.some((count) => count !== 1);
  writer.bool(bounded);
  if (bounded) writeColumn(writer, packed.counts);
  writer.bool(packed.names !== null);
  if (packed.names) for (const name of packed.names) writer.string(name ?? '');
  const { groups, pairs, elements, robust } = packed;
  if (groups) writeColumn(writer, groups);
  if (robust) {
    writer.varint(robust.gamma);
    writeColumn(writer, robust.deviations);
    if (robust.repairs) writeColumn(writer, robust.repairs);
  }
  if (pairs) {
    writer.varint(pairs.a.length);
    writeColumn(writer, pairs.a);
    writeColumn(writer, pairs.b);
    writeColumn(writer, pairs.profits);
  }
  if (elements) {
    const { weights: shared, start, list } = elements;
    writer.varint(shared.length);
    writeColumn(writer, shared);
    writer.varint(list.length);
    writeColumn(
      writer,
      Array.from({ length: n }, (_, i) => start[i + 1] - start[i]),
    );
    writeColumn(writer, list);
  }
  return writer.finish();
}

function decode(bytes: Uint8Array, version: number): Result<Instance> {
  if (version !== 1 && version !== VERSION)
    return fail({ message: `Knapsack links of version ${version} are not known here.` });
  try {
    const reader = new BitReader(bytes);
    const number = version === 1 ? 0 : reader.uint(5);
    if (number > KINDS.length) throw new BitError('The kind is not known.');
    const kind = number > 0 ? KINDS[number - 1].id : undefined;
    const name = reader.string(MAX_NAME * 4);
    const count = reader.varint(MAX_DIMENSIONS);
    const n = reader.varint(MAX_ITEMS);
    const size = sizeIssue(n, count);
    if (size || count < 1) return fail({ message: size ?? 'The link has no capacity.' });
    const scale = (): number => {
      const digits = reader.uint(3);
      if (digits > MAX_DIGITS) throw new BitError('A number has too many decimals.');
      return 10 ** digits;
    };
    const profitScale = scale();
    const m = kind === 'multiple' ? 1 : count;
    const capacities: number[] = [];
    const columns: number[][] = [];
    const raw: number[][] = [];
    let weightScale = 1;
    for (let d = 0; d < m; d++) {
      weightScale = scale();
      const held = kind === 'multiple' ? readColumn(reader, count) : [reader.varint()];
      for (const capacity of held) capacities.push(capacity / weightScale);
      raw.push(readColumn(reader, n));
      columns.push(raw[d].map((value) => value / weightScale));
    }
    const related = reader.bool();
    const profits = readColumn(reader, n).map(
      (value, i) => (related ? value + raw[0][i] : value) / profitScale,
    );
    const counts = reader.bool() ? readColumn(reader, n) : null;
    const names = reader.bool()
      ? Array.from({ length: n }, () => reader.string(MAX_NAME * 4))
      : null;
    const items = profits.map((profit, i) =>
      makeItem(
        profit,
        columns.map((column) => column[i]),
        counts?.[i],
        names?.[i],
      ),
    );
    const instance: Instance = { name, ...(kind ? { kind } : {}), capacities, items };
    if (kind === 'multiple-choice')
      readColumn(reader, n).forEach((group, i) => (items[i].group = group + 1));
    if (hasLosses(kind)) {
      instance.gamma = reader.varint(MAX_ITEMS);
      readColumn(reader, n).forEach((loss, i) => (items[i].deviation = loss / profitScale));
      if (kind === 'recourse')
        readColumn(reader, n).forEach((weight, i) => (items[i].repair = weight / weightScale));
    }
    if (kind === 'quadratic') {
      const length = reader.varint(MAX_LINKS);
      const a = readColumn(reader, length);
      const b = readColumn(reader, length);
      const extra = readColumn(reader, length);
      instance.pairs = extra.map((profit, k) => [a[k] + 1, b[k] + 1, profit / profitScale]);
    }
    if (kind === 'set-union') {
      const shared = reader.varint(MAX_ITEMS);
      instance.elements = readColumn(reader, shared).map((weight) => weight / weightScale);
      const length = reader.varint(MAX_LINKS);
      const lengths = readColumn(reader, n);
      const list = readColumn(reader, length);
      let at = 0;
      for (const [i, item] of items.entries()) {
        item.elements = list.slice(at, at + lengths[i]).map((element) => element + 1);
        at += lengths[i];
      }
    }
    return validate(instance);
  } catch (error) {
    if (error instanceof BitError)
      return fail({ message: `The link is damaged: ${error.message}` });
    throw error;
  }
}

export const codec: Codec<Instance> = { version: VERSION, encode, decode };
