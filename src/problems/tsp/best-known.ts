/** Best known tour lengths, recognised by what an instance holds and not by what it is called. */
import { crc32 } from '../../core/checksum.ts';
import { cityCount, METRICS, type Metric, type TspInstance } from './instance.ts';
import { KNOWN } from './best-known-data.ts';

const SOURCES: Readonly<Record<string, string>> = {
  T: 'TSPLIB95 list of optimal solutions',
  F: 'Counting argument: every edge has at least the lattice spacing',
  D: 'Exact dynamic programming',
  H: 'Best tour found by several solvers',
};

export interface KnownValue {
  value: number;
  optimal: boolean;
  source: string;
}

interface Row extends KnownValue {
  name: string;
  n: number;
  metric: Metric;
  fingerprint: number;
}

/** Lines `name n metric fingerprint value source`; a source H is not proven optimal. */
const rows: readonly Row[] = KNOWN.split('\n')
  .filter((line) => line !== '')
  .map((line) => {
    const [name, n, metric, fingerprint, value, source] = line.split(' ');
    return {
      name,
      n: Number(n),
      metric: METRICS[Number(metric)].id,
      fingerprint: parseInt(fingerprint, 16),
      value: Number(value),
      optimal: source !== 'H',
      source: SOURCES[source],
    };
  });

/** CRC-32 of the coordinates, or of the matrix. O(size). */
export function fingerprint(instance: TspInstance): number {
  const numbers = Float64Array.from((instance.matrix ?? instance.cities).flat());
  return crc32(new Uint8Array(numbers.buffer));
}

/** The value of exactly this instance, whatever its name; null when it is not in the list. */
export function bestKnown(instance: TspInstance): KnownValue | null {
  // The published values are of closed tours, free to take any edge.
  if (instance.open || instance.fixed) return null;
  const n = cityCount(instance);
  const candidates = rows.filter((row) => row.n === n && row.metric === instance.metric);
  if (candidates.length === 0) return null;
  const print = fingerprint(instance);
  return candidates.find((row) => row.fingerprint === print) ?? null;
}

/** The value of a published name. */
export function knownValue(name: string): KnownValue | null {
  const row = rows.find((each) => each.name === name);
  return row ? { value: row.value, optimal: row.optimal, source: row.source } : null;
}
