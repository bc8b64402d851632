/** Instances as bits, for links. */
import { BitError, BitReader, BitWriter } from '../../core/bits.ts';
import { fail, type Result } from '../../core/result.ts';
import type { Codec } from '../family.ts';
import { LIMITS, METRICS, type City, type TspInstance } from './instance.ts';
import { validate } from './schema.ts';

/** Version 3; 1 knew no directed matrices and no paths, 2 no fixed edges. The order of METRICS is part of it: only append. */
const VERSION = 3;

function encode(instance: TspInstance): Uint8Array {
  const writer = new BitWriter();
  const { name, metric, cities, names, matrix, directed = false, fixed = [] } = instance;
  writer.uint(
    METRICS.findIndex(({ id }) => id === metric),
    4,
  );
  writer.bool(instance.open === true);
  writer.string(name);
  writer.varint(cities.length);
  if (cities.length > 0) {
    writer.numbers(cities.map((city) => city[0]));
    writer.numbers(cities.map((city) => city[1]));
  }
  if (matrix) {
    writer.varint(matrix.length);
    writer.bool(directed);
    const half: number[] = [];
    for (let i = 1; i < matrix.length; i++) for (let j = 0; j < i; j++) half.push(matrix[i][j]);
    if (directed)
      for (let i = 1; i < matrix.length; i++) for (let j = 0; j < i; j++) half.push(matrix[j][i]);
    if (half.length > 0) writer.numbers(half);
  }
  writer.bool(names !== undefined);
  for (const each of names ?? []) writer.string(each);
  writer.varint(fixed.length);
  for (const city of fixed.flat()) writer.varint(city);
  return writer.finish();
}

function decode(bytes: Uint8Array, version: number): Result<TspInstance> {
  if (version < 1 || version > VERSION)
    return fail({
      message: `This link was made by a newer version (format ${version}).`,
      hint: 'Reload the page to get the newest version.',
    });
  try {
    const reader = new BitReader(bytes);
    const metric = METRICS[reader.uint(4)]?.id;
    if (!metric) return fail({ message: 'The link names an unknown metric.' });
    const open = version > 1 && reader.bool();
    const name = reader.string(4 * LIMITS.name);
    const count = reader.varint(LIMITS.cities);
    const x = count > 0 ? reader.numbers(count) : [];
    const y = count > 0 ? reader.numbers(count) : [];
    let matrix: number[][] | undefined;
    let directed = false;
    if (metric === 'matrix') {
      const n = reader.varint(LIMITS.matrix);
      directed = version > 1 && reader.bool();
      const total = ((directed ? 2 : 1) * (n * (n - 1))) / 2;
      const half = total > 0 ? reader.numbers(total) : [];
      matrix = Array.from({ length: n }, () => new Array<number>(n).fill(0));
      let at = 0;
      for (let i = 1; i < n; i++)
        for (let j = 0; j < i; j++) matrix[i][j] = matrix[j][i] = half[at++];
      for (let i = 1; i < n && directed; i++) for (let j = 0; j < i; j++) matrix[j][i] = half[at++];
    }
    let names: string[] | undefined;
    if (reader.bool()) {
      const each = matrix?.length ?? count;
      names = [];
      for (let i = 0; i < each; i++) names.push(reader.string(4 * LIMITS.cityName));
    }
    const most = matrix?.length ?? count;
    const fixed: [number, number][] = [];
    for (let left = version > 2 ? reader.varint(most) : 0; left > 0; left--)
      fixed.push([reader.varint(most), reader.varint(most)]);
    return validate({
      name,
      metric,
      cities: x.map((value, i): City => [value, y[i]]),
      ...(names ? { names } : {}),
      ...(matrix ? { matrix } : {}),
      ...(directed ? { directed } : {}),
      ...(open ? { open } : {}),
      ...(fixed.length > 0 ? { fixed } : {}),
    });
  } catch (error) {
    if (!(error instanceof BitError)) throw error;
    return fail({
      message: `The link is damaged. ${error.message}`,
      hint: 'Copy it again in full.',
    });
  }
}

export const codec: Codec<TspInstance> = { version: VERSION, encode, decode };
