/** Validation of untrusted instances, and the JSON Schema for the text editor. */
import { fail, ok, type Issue, type Result } from '../../core/result.ts';
import {
  isGeographic,
  LIMITS,
  METRICS,
  type City,
  type FixedEdge,
  type Metric,
  type TspInstance,
} from './instance.ts';

const MAX_ISSUES = 20;
const METRIC_IDS = METRICS.map(({ id }) => id);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** One line without control characters, trimmed and cut. */
export function cleanName(value: string, max: number): string {
  // oxlint-disable-next-line no-control-regex
  return value
    .slice(0, 4 * max)
    .replace(/[\u0000-\u001f\u007f]+/g, ' ')
    .trim()
    .slice(0, max)
    .trim();
}

/** A TspInstance from an untrusted value. O(size); counts are capped before anything is copied. */
export function validate(value: unknown): Result<TspInstance> {
  if (!isRecord(value))
    return fail({
      path: [],
      message: 'A TSP instance must be an object.',
      hint: 'E.g. { "name": "triangle", "metric": "euclidean", "cities": [[0, 0], [3, 0], [0, 4]] }.',
    });
  const known = ['name', 'metric', 'cities', 'names', 'matrix', 'directed', 'open', 'fixed'];
  const unknown = Object.keys(value).find((key) => !known.includes(key));
  if (unknown !== undefined)
    return fail({
      path: [unknown.slice(0, 40)],
      message: `Unknown property "${unknown.slice(0, 40)}".`,
      hint: `Use: ${known.join(', ')}.`,
    });

  const { name = '', metric = 'euclidean-rounded' } = value;
  if (typeof name !== 'string')
    return fail({ path: ['name'], message: 'The name must be a text.' });
  if (!METRIC_IDS.includes(metric as Metric))
    return fail({
      path: ['metric'],
      message: 'The metric is not known.',
      hint: `Use one of: ${METRIC_IDS.join(', ')}.`,
    });

  if (value.open !== undefined && typeof value.open !== 'boolean')
    return fail({ path: ['open'], message: 'Open must be true or false.' });
  const directed = readDirected(value.directed, metric as Metric);
  if (!directed.ok) return directed;
  const matrix = readMatrix(value.matrix, metric as Metric, directed.value);
  if (!matrix.ok) return matrix;
  const cities = readCities(value.cities, metric as Metric, matrix.value?.length ?? null);
  if (!cities.ok) return cities;
  const count = matrix.value?.length ?? cities.value.length;
  const names = readNames(value.names, count);
  if (!names.ok) return names;
  const fixed = readFixed(value.fixed, count);
  if (!fixed.ok) return fixed;
  return ok({
    name: cleanName(name, LIMITS.name),
    metric: metric as Metric,
    cities: cities.value,
    ...(names.value ? { names: names.value } : {}),
    ...(matrix.value ? { matrix: matrix.value } : {}),
    ...(directed.value ? { directed: true as const } : {}),
    ...(value.open === true ? { open: true as const } : {}),
    ...(fixed.value.length > 0 ? { fixed: fixed.value } : {}),
  });
}

/** Fixed edges: of different cities, at most two at each, and no cycle of them. */
export function readFixed(value: unknown, count: number): Result<FixedEdge[]> {
  if (value === undefined) return ok([]);
  const path = ['fixed'];
  const hint = 'E.g. [[0, 3], [5, 6]]: cities by index, from 0.';
  if (!Array.isArray(value))
    return fail({ path, message: 'Fixed edges must be a list of pairs of cities.', hint });
  if (value.length >= count && value.length > 0)
    return fail({ path, message: `Of ${count} cities at most ${count - 1} edges can be fixed.` });
  const degree = new Uint8Array(count);
  const parent = Int32Array.from({ length: count }, (_, i) => i);
  const root = (city: number): number => {
    let at = city;
    while (parent[at] !== at) at = parent[at] = parent[parent[at]];
    return at;
  };
  const edges: FixedEdge[] = [];
  for (let e = 0; e < value.length; e++) {
    const pair: unknown = value[e];
    const at = ['fixed', e];
    const isCity = (city: unknown) => Number.isInteger(city) && Number(city) >= 0;
    if (!Array.isArray(pair) || pair.length !== 2 || !pair.every(isCity))
      return fail({ path: at, message: 'A fixed edge must be a pair of cities.', hint });
    const [a, b] = pair as [number, number];
    if (a >= count || b >= count)
      return fail({
        path: at,
        message: `There is no city ${Math.max(a, b)}; the last is ${count - 1}.`,
      });
    if (a === b) return fail({ path: at, message: 'An edge must join two different cities.' });
    for (const city of [a, b])
      if (++degree[city] > 2)
        return fail({
          path: at,
          message: `Three fixed edges meet in city ${city}; a tour has two there.`,
        });
    if (root(a) === root(b))
      return fail({ path: at, message: 'Fixed edges must not close a cycle, or be named twice.' });
    parent[root(a)] = root(b);
    edges.push([a + 0, b + 0]);
  }
  return ok(edges);
}

function readDirected(value: unknown, metric: Metric): Result<boolean> {
  if (value === undefined || value === false) return ok(false);
  if (value !== true)
    return fail({ path: ['directed'], message: 'Directed must be true or false.' });
  if (metric === 'matrix') return ok(true);
  return fail({
    path: ['directed'],
    message: 'Only distances given by a matrix can differ by direction.',
    hint: 'Change the metric to "matrix", or remove it.',
  });
}

function readCities(value: unknown, metric: Metric, rows: number | null): Result<City[]> {
  const path = ['cities'];
  if (rows !== null && (value === undefined || (Array.isArray(value) && value.length === 0)))
    return ok([]);
  if (!Array.isArray(value))
    return fail({
      path,
      message: 'Cities must be a list of pairs.',
      hint: 'E.g. [[0, 0], [3, 4]].',
    });
  if (value.length === 0) return fail({ path, message: 'There must be at least one city.' });
  if (value.length > LIMITS.cities)
    return fail({
      path,
      message: `${value.length} cities are too many; at most ${LIMITS.cities} can be opened.`,
    });
  if (rows !== null && value.length !== rows)
    return fail({
      path,
      message: `There are ${value.length} cities but ${rows} rows in the matrix.`,
      hint: 'Give one place per row, or none.',
    });
  const issues: Issue[] = [];
  const cities: City[] = [];
  for (let i = 0; i < value.length && issues.length < MAX_ISSUES; i++) {
    const issue = cityIssue(value[i], metric);
    if (issue) issues.push({ path: ['cities', i], ...issue });
    else cities.push([(value[i] as number[])[0] + 0, (value[i] as number[])[1] + 0]);
  }
  return issues.length > 0 ? { ok: false, issues } : ok(cities);
}

/** Why a value is no city under this metric; null when it is one. */
export function cityIssue(value: unknown, metric: Metric): Omit<Issue, 'path'> | null {
  if (!Array.isArray(value) || value.length !== 2)
    return { message: 'A city must be a pair of numbers.', hint: 'E.g. [52.5, 13.4].' };
  const [first, second] = value as unknown[];
  if (typeof first !== 'number' || typeof second !== 'number')
    return { message: 'Both coordinates of a city must be numbers.' };
  if (!(Math.abs(first) <= LIMITS.value && Math.abs(second) <= LIMITS.value))
    return { message: `Coordinates must lie within ±${LIMITS.value}.` };
  if (!isGeographic(metric)) return null;
  // Published GEO files keep a few longitudes beyond 180 degrees.
  if (Math.abs(first) > 90 || Math.abs(second) > 360)
    return {
      message: 'The latitude must lie within ±90 and the longitude within ±360 degrees.',
      hint: 'A city is [latitude, longitude].',
    };
  return null;
}

function readNames(value: unknown, count: number): Result<string[] | null> {
  if (value === undefined) return ok(null);
  const path = ['names'];
  if (!Array.isArray(value)) return fail({ path, message: 'Names must be a list of texts.' });
  if (value.length !== count)
    return fail({
      path,
      message: `There are ${value.length} names for ${count} cities.`,
      hint: 'Give one per city, or none.',
    });
  const names: string[] = [];
  for (let i = 0; i < count; i++) {
    const name: unknown = value[i];
    if (typeof name !== 'string')
      return fail({ path: ['names', i], message: 'A name must be a text.' });
    names.push(cleanName(name, LIMITS.cityName));
  }
  return ok(names);
}

function readMatrix(value: unknown, metric: Metric, directed: boolean): Result<number[][] | null> {
  const path = ['matrix'];
  if (metric !== 'matrix') {
    if (value === undefined) return ok(null);
    return fail({
      path,
      message: `A matrix is only read with the metric "matrix", not "${metric}".`,
      hint: 'Change the metric or remove the matrix.',
    });
  }
  if (!Array.isArray(value))
    return fail({ path, message: 'The metric "matrix" needs a matrix: a list of rows.' });
  const n = value.length;
  if (n === 0) return fail({ path, message: 'The matrix must have at least one row.' });
  if (n > LIMITS.matrix)
    return fail({
      path,
      message: `A matrix of ${n} rows is too large; at most ${LIMITS.matrix} are read.`,
    });
  for (let i = 0; i < n; i++) {
    const row: unknown = value[i];
    if (!Array.isArray(row) || row.length !== n)
      return fail({ path: ['matrix', i], message: `A row must have ${n} numbers.` });
    for (let j = 0; j < n; j++) {
      const entry: unknown = row[j];
      if (typeof entry !== 'number' || !(entry >= 0 && entry <= LIMITS.value))
        return fail({
          path: ['matrix', i, j],
          message: `A distance must be a number from 0 to ${LIMITS.value}.`,
        });
    }
  }
  const rows = value as number[][];
  const matrix = rows.map((row) => row.map((entry) => entry + 0));
  for (let i = 0; i < n; i++) {
    if (matrix[i][i] !== 0)
      return fail({ path: ['matrix', i, i], message: 'A city must be at distance 0 from itself.' });
    for (let j = 0; j < i && !directed; j++)
      if (matrix[i][j] !== matrix[j][i])
        return fail({
          path: ['matrix', i, j],
          message: `The distance from ${i + 1} to ${j + 1} is ${matrix[i][j]} but back it is ${matrix[j][i]}.`,
          hint: 'Say "directed": true where distances differ by direction.',
        });
  }
  return ok(matrix);
}

/** For editor completion and markers; `validate` says the rest. */
export const jsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'TSP instance',
  type: 'object',
  required: ['metric'],
  additionalProperties: false,
  properties: {
    name: { type: 'string', maxLength: LIMITS.name },
    metric: {
      enum: METRIC_IDS,
      description:
        'euclidean-rounded, euclidean-ceiling, pseudo-euclidean, tsplib-geo: as in TSPLIB (EUC_2D, CEIL_2D, ATT, GEO). great-circle-km and great-circle-m: along the earth, rounded.',
    },
    cities: {
      type: 'array',
      description:
        '[x, y] each. Geographic metrics: [latitude, longitude]; tsplib-geo in DDD.MM (degrees and minutes), great-circle in decimal degrees.',
      maxItems: LIMITS.cities,
      items: { type: 'array', minItems: 2, maxItems: 2, items: { type: 'number' } },
    },
    names: {
      type: 'array',
      description: 'One per city.',
      items: { type: 'string', maxLength: LIMITS.cityName },
    },
    matrix: {
      type: 'array',
      description:
        'Distances from row to column, one row per city; symmetric unless directed. With the metric "matrix" only.',
      maxItems: LIMITS.matrix,
      items: { type: 'array', items: { type: 'number', minimum: 0 } },
    },
    open: {
      type: 'boolean',
      description: 'A path between any two cities instead of a closed tour.',
    },
    fixed: {
      type: 'array',
      description: 'Pairs of cities (indices from 0) that follow each other in every tour.',
      items: {
        type: 'array',
        minItems: 2,
        maxItems: 2,
        items: { type: 'integer', minimum: 0 },
      },
    },
    directed: {
      type: 'boolean',
      description: 'The matrix may differ by direction (asymmetric TSP).',
    },
  },
} as const;
