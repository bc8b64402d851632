/** The travelling salesman problem: instances as a person writes them and as solvers read them. */
import {
  attDistance,
  geoDegrees,
  geoDistance,
  planarDistance,
  type Distance,
} from '../../core/geometry.ts';

/**
 * How far two cities are apart.
 *
 * - `euclidean-rounded`, `euclidean-ceiling`, `pseudo-euclidean`: TSPLIB's EUC_2D, CEIL_2D and ATT;
 * - `euclidean`: not rounded;
 * - `tsplib-geo`: TSPLIB's GEO, whole kilometres; cities are latitude, longitude as DDD.MM (degrees
 *   and minutes);
 * - `great-circle-km`, `great-circle-m`: along the earth's surface, whole kilometres or metres; cities
 *   are latitude, longitude in decimal degrees;
 * - `matrix`: given by `matrix`; the cities, if any, only place them in the picture.
 */
export type Metric =
  | 'euclidean-rounded'
  | 'euclidean'
  | 'euclidean-ceiling'
  | 'pseudo-euclidean'
  | 'tsplib-geo'
  | 'great-circle-km'
  | 'great-circle-m'
  | 'matrix';

export const METRICS: readonly { id: Metric; name: string; tsplib?: string }[] = [
  { id: 'euclidean-rounded', name: 'Euclidean, rounded', tsplib: 'EUC_2D' },
  { id: 'euclidean', name: 'Euclidean' },
  { id: 'euclidean-ceiling', name: 'Euclidean, rounded up', tsplib: 'CEIL_2D' },
  { id: 'pseudo-euclidean', name: 'Pseudo-Euclidean (ATT)', tsplib: 'ATT' },
  { id: 'tsplib-geo', name: 'Geographic (TSPLIB), km', tsplib: 'GEO' },
  { id: 'great-circle-km', name: 'Great circle, km' },
  { id: 'great-circle-m', name: 'Great circle, m' },
  { id: 'matrix', name: 'Distance matrix', tsplib: 'EXPLICIT' },
];

/** x, y; for geographic metrics latitude, longitude. */
export type City = readonly [number, number];

export interface TspInstance {
  name: string;
  metric: Metric;
  /** At least one; for `matrix` either empty or one place per row. */
  cities: readonly City[];
  /** One per city. */
  names?: readonly string[];
  /** Zero diagonal, symmetric unless `directed`; only for `matrix`. */
  matrix?: readonly (readonly number[])[];
  /** Row to column may be another distance than back: an asymmetric instance. Only for `matrix`. */
  directed?: true;
  /** The tour is a path from any city to any other: it need not come back. */
  open?: true;
  /** Pairs of cities that follow each other in every tour, in either direction; never empty. */
  fixed?: readonly FixedEdge[];
}

/** Two cities, by index from 0. */
export type FixedEdge = readonly [number, number];

export const LIMITS = {
  /** Cities by coordinates. */
  cities: 1_000_000,
  /** Rows of a distance matrix. */
  matrix: 2000,
  /** Largest coordinate and matrix entry: sums of a million stay whole in a double. */
  value: 1e9,
  /** Characters of the instance's name. */
  name: 200,
  /** Characters of a city's name. */
  cityName: 80,
} as const;

/** The number of cities, with or without places. */
export const cityCount = (instance: TspInstance): number =>
  instance.matrix ? instance.matrix.length : instance.cities.length;

export const isGeographic = (metric: Metric): boolean =>
  metric === 'tsplib-geo' || metric === 'great-circle-km' || metric === 'great-circle-m';

/** True when every distance is a whole number. */
export function isIntegral(instance: TspInstance): boolean {
  if (instance.metric === 'euclidean') return false;
  return instance.matrix?.every((row) => row.every(Number.isInteger)) ?? true;
}

/** "Berlin", or the number as TSPLIB counts, from 1. */
export const cityName = (instance: TspInstance, city: number): string =>
  instance.names?.[city] || String(city + 1);

/** Decimal degrees of a city of a geographic instance. */
export function degreesOf(metric: Metric, [latitude, longitude]: City): [number, number] {
  return metric === 'tsplib-geo'
    ? [geoDegrees(latitude), geoDegrees(longitude)]
    : [latitude, longitude];
}

/** A city of a geographic instance from decimal degrees: to the minute for GEO, else to 0.0001°. */
export function cityFromDegrees(metric: Metric, latitude: number, longitude: number): City {
  return [latitude, longitude].map((degrees) => {
    if (metric !== 'tsplib-geo') return Math.round(degrees * 1e4) / 1e4 + 0;
    const minutes = Math.round(Math.abs(degrees) * 60);
    const value = Math.floor(minutes / 60) + (minutes % 60) / 100;
    return (degrees < 0 ? -value : value) + 0;
  }) as unknown as City;
}

/** Mean radius of the earth, km (IUGG). */
const EARTH_RADIUS = 6371.0088;

/** Points on the unit sphere, so that the chord between two tells their great-circle distance. */
export function unitVectors(
  latitude: Float64Array,
  longitude: Float64Array,
): [Float64Array, Float64Array, Float64Array] {
  const n = latitude.length;
  const vectors: [Float64Array, Float64Array, Float64Array] = [
    new Float64Array(n),
    new Float64Array(n),
    new Float64Array(n),
  ];
  for (let i = 0; i < n; i++) {
    const lat = (latitude[i] * Math.PI) / 180;
    const lon = (longitude[i] * Math.PI) / 180;
    vectors[0][i] = Math.cos(lat) * Math.cos(lon);
    vectors[1][i] = Math.cos(lat) * Math.sin(lon);
    vectors[2][i] = Math.sin(lat);
  }
  return vectors;
}

/** Rounded great-circle distance in units of which the earth's radius has `radius`. */
export function chordDistance(
  [u, v, w]: readonly [Float64Array, Float64Array, Float64Array],
  radius: number,
): Distance {
  return (i, j) => {
    const du = u[i] - u[j];
    const dv = v[i] - v[j];
    const dw = w[i] - w[j];
    const half = Math.sqrt(du * du + dv * dv + dw * dw) / 2;
    return Math.floor(2 * radius * Math.asin(Math.min(1, half)) + 0.5);
  };
}

export const earthRadius = (metric: 'great-circle-km' | 'great-circle-m'): number =>
  metric === 'great-circle-m' ? EARTH_RADIUS * 1000 : EARTH_RADIUS;

/** The distance between two cities by index. Preparing it is O(n). */
export function distanceOf(instance: TspInstance): Distance {
  const { metric, matrix, cities } = instance;
  if (metric === 'matrix') return (i, j) => (matrix ? matrix[i][j] : NaN);
  const first = Float64Array.from(cities, (city) => city[0]);
  const second = Float64Array.from(cities, (city) => city[1]);
  switch (metric) {
    case 'euclidean-rounded':
      return planarDistance(first, second, 'nint');
    case 'euclidean-ceiling':
      return planarDistance(first, second, 'ceil');
    case 'euclidean':
      return planarDistance(first, second, 'none');
    case 'pseudo-euclidean':
      return attDistance(first, second);
    case 'tsplib-geo':
      return geoDistance(first, second);
    case 'great-circle-km':
    case 'great-circle-m':
      return chordDistance(unitVectors(first, second), earthRadius(metric));
  }
}

/** The flat form solvers read. */
export interface PackedTsp {
  name: string;
  metric: Metric;
  n: number;
  /** First and second coordinate per city; empty for a matrix without places. */
  x: Float64Array;
  y: Float64Array;
  names: readonly string[] | null;
  /** n × n, row-major; null unless the metric is `matrix`. */
  matrix: Float64Array | null;
  /** Every distance is a whole number. */
  integral: boolean;
  /** The matrix may be asymmetric: from row to column. */
  directed: boolean;
  /** A path, which does not come back. */
  open: boolean;
  /** Pairs of cities that stay next to each other, flat. */
  fixed: Int32Array;
}

export function pack(instance: TspInstance): PackedTsp {
  const n = cityCount(instance);
  let matrix: Float64Array | null = null;
  if (instance.matrix) {
    matrix = new Float64Array(n * n);
    for (let i = 0; i < n; i++) matrix.set(instance.matrix[i], i * n);
  }
  return {
    name: instance.name,
    metric: instance.metric,
    n,
    x: Float64Array.from(instance.cities, (city) => city[0]),
    y: Float64Array.from(instance.cities, (city) => city[1]),
    names: instance.names ?? null,
    matrix,
    integral: isIntegral(instance),
    directed: instance.directed === true,
    open: instance.open === true,
    fixed: Int32Array.from((instance.fixed ?? []).flat()),
  };
}

export function unpack(packed: PackedTsp): TspInstance {
  const { name, metric, n, x, y, names, matrix, directed, open, fixed } = packed;
  return {
    name,
    metric,
    cities: Array.from(x, (value, i): City => [value, y[i]]),
    ...(names ? { names: [...names] } : {}),
    ...(matrix
      ? {
          matrix: Array.from({ length: n }, (_, i) =>
            Array.from(matrix.subarray(i * n, (i + 1) * n)),
          ),
        }
      : {}),
    ...(directed ? { directed: true as const } : {}),
    ...(open ? { open: true as const } : {}),
    ...(fixed.length > 0
      ? {
          fixed: Array.from({ length: fixed.length / 2 }, (_, e): FixedEdge => [
            fixed[2 * e],
            fixed[2 * e + 1],
          ]),
        }
      : {}),
  };
}
