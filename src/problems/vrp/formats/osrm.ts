/**
 * The answer of OSRM's table service: durations (seconds) and, when asked for, distances (metres)
 * between places, the first of which becomes the depot. Distances are the cost when there are any.
 */
import { fail, type Result } from '../../../core/result.ts';
import type { InstanceFormat } from '../../family.ts';
import { LIMITS, type VrpInstance } from '../instance.ts';
import { layOut } from '../layout.ts';
import { validate } from '../schema.ts';
import { located, nameFrom } from './common.ts';

const isRows = (value: unknown): value is unknown[][] =>
  Array.isArray(value) && value.length > 1 && value.every(Array.isArray);

/** Longitude and latitude of each source; null unless all are there. */
function locationsOf(sources: unknown, n: number): { x: number; y: number }[] | null {
  if (!Array.isArray(sources) || sources.length !== n) return null;
  const places = sources.map((source: unknown) => {
    const location = (source as { location?: unknown } | null)?.location;
    if (!Array.isArray(location)) return null;
    const [x, y] = location as unknown[];
    return typeof x === 'number' && typeof y === 'number' ? { x, y } : null;
  });
  return places.includes(null) ? null : (places as { x: number; y: number }[]);
}

function parse(text: string, fileName: string): Result<VrpInstance> {
  let value: { durations?: unknown; distances?: unknown; sources?: unknown } | null;
  try {
    value = JSON.parse(text) as typeof value;
  } catch {
    return fail({ line: 1, message: 'The text is not JSON.' });
  }
  const durations = value?.durations;
  const distances = value?.distances ?? durations;
  if (!isRows(distances))
    return fail({
      line: 1,
      message: 'There are neither durations nor distances between at least two places.',
      hint: 'Ask the table service with annotations=duration,distance.',
    });
  const n = distances.length;
  if (n > LIMITS.matrixNodes)
    return fail({ line: 1, message: `A table has at most ${LIMITS.matrixNodes} places.` });
  for (const [i, row] of distances.entries())
    if (row.length !== n || !row.every((cell) => typeof cell === 'number'))
      return fail({
        line: 1,
        message: `Row ${i + 1} of the table is not ${n} numbers.`,
        hint: 'Places that cannot be reached have null; leave them out.',
      });
  const known = locationsOf(value?.sources, n);
  const [depot, ...places] = known ?? layOut(distances.flat() as number[], n);
  return located(
    validate({
      name: nameFrom('', fileName),
      capacity: n - 1,
      rounding: 'none',
      ...(known ? { geographic: true } : {}),
      matrix: { distances, ...(isRows(durations) && value?.distances ? { durations } : {}) },
      depot,
      customers: places.map((place) => ({ ...place, demand: 1 })),
    }),
    () => 1,
  );
}

export const osrm: InstanceFormat<VrpInstance> = {
  id: 'osrm',
  name: 'OSRM table',
  extensions: ['json'],
  sniff: (text) =>
    /^\s*\{[^]*"(durations|distances)"\s*:\s*\[\s*\[/.test(text.slice(0, 4_000_000)) &&
    !/"customers"/.test(text.slice(0, 4096))
      ? 0.6
      : 0,
  parse,
};
