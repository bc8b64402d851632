/** Best known distances, recognised by what an instance holds and not by what it is called. */
import { crc32 } from '../../core/checksum.ts';
import { KNOWN } from './best-known-data.ts';
import { featuresOf } from './features.ts';
import { pack, ROUNDINGS, type VrpInstance } from './instance.ts';

export interface KnownValue {
  value: number;
  optimal: boolean;
  source: string;
}

interface Row extends KnownValue {
  n: number;
  fingerprint: number;
}

/** Solved by enumeration: the gallery's "Ten stops". */
const ENUMERATED = 'ten-stops 10 1tgc49l 396.4*';

/** Lines `name n fingerprint value`; a value with * is proven optimal. */
function readRows(lines: string, source: string): Row[] {
  return lines
    .trim()
    .split('\n')
    .map((line) => {
      const [, n, fingerprint, value] = line.split(' ');
      return {
        n: Number(n),
        fingerprint: parseInt(fingerprint, 36),
        value: Number.parseFloat(value),
        optimal: value.endsWith('*'),
        source,
      };
    });
}

let rows: readonly Row[] | null = null;

/** CRC-32 of all that a plan's length and feasibility depend on. O(n). */
export function fingerprint(instance: VrpInstance): number {
  const { capacity, vehicles, rounding, maxDuration, x, y, demand, ready, due, service } =
    pack(instance);
  const numbers = Float64Array.of(
    capacity,
    vehicles,
    ROUNDINGS.indexOf(rounding),
    maxDuration,
    ...[x, y, demand, ready, due, service].flatMap((column) => Array.from(column)),
  );
  return crc32(new Uint8Array(numbers.buffer));
}

/** The best known value of exactly this instance; null when it is not in the list. */
export function bestKnown(instance: VrpInstance): KnownValue | null {
  rows ??= [
    ...readRows(KNOWN, 'Lists of best known solutions of CVRPLIB and the DIMACS challenge'),
    ...readRows(ENUMERATED, 'Exhaustive search'),
  ];
  // What the lists hold are plain instances.
  if (featuresOf(instance).length > 0 || instance.matrix || instance.geographic) return null;
  const candidates = rows.filter(({ n }) => n === instance.customers.length);
  if (candidates.length === 0) return null;
  const print = fingerprint(instance);
  const row = candidates.find((candidate) => candidate.fingerprint === print);
  return row ? { value: row.value, optimal: row.optimal, source: row.source } : null;
}
