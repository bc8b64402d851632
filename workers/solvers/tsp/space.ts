/** Distances as solvers compute them: one monomorphic function for every metric. */
import { geoDegrees, geoDistance, type Distance } from '../../../src/core/geometry.ts';
import {
  chordDistance,
  earthRadius,
  unitVectors,
  type Metric,
  type PackedTsp,
} from '../../../src/problems/tsp/instance.ts';
import { hilbertOrder } from './hilbert.ts';

/** Non-Euclidean instances up to this size get a distance matrix (32 MB at most). */
const MATRIX_LIMIT = 2000;

export interface Space {
  n: number;
  /** City of the instance by index in this space: spaces are sorted along a curve for the cache. */
  cities: Int32Array;
  distance: Distance;
  /** Where near cities are found: two or three coordinates whose straight distance never contradicts
   * the metric's order by more than its rounding; null for a distance matrix. */
  coordinates: readonly Float64Array[] | null;
  /** No two cities so far apart in a straight line of `coordinates` have a shorter distance. */
  shortest(straight: number): number;
  integral: boolean;
  /** How distances follow from the coordinates; null where they do not lie in the plane. */
  planar: PlanarKind | null;
  /** So few cities that all tours are alike. */
  trivial: boolean;
  /**
   * Puts slow distances (on the sphere) into a matrix where that is small enough. O(n²); to be
   * called once, before a search.
   */
  tabulate(): Generator<number, void, void>;
  /** The space of some of its cities, which must have coordinates: city i is `members[i]`. O(members). */
  restrict(members: Int32Array): Space;
  /** True when the distance never decreases with the straight distance of `coordinates`. */
  monotone: boolean;
}

/** Euclidean distances rounded to the nearest, rounded up, not rounded, and ATT's. */
export type PlanarKind = 0 | 1 | 2 | 3;

const Kind = { Nearest: 0, Ceiling: 1, Plain: 2, Pseudo: 3, Curved: 4, Matrix: 5 } as const;

/**
 * The space of an instance, its cities in the order of the Hilbert curve (so that near cities lie
 * near in memory), or in their own for a distance matrix. Yields between parts. O(n), O(n²) where
 * a matrix is made.
 */
export function* createSpace(packed: PackedTsp): Generator<number, Space, void> {
  const { n } = packed;
  const order = packed.matrix
    ? Int32Array.from({ length: n }, (_, i) => i)
    : yield* hilbertOrder(packed.x, packed.y);
  const x = new Float64Array(packed.x.length);
  const y = new Float64Array(packed.x.length);
  for (let i = 0; i < x.length; i++) {
    x[i] = packed.x[order[i]];
    y[i] = packed.y[order[i]];
  }
  return spaceOf(packed, packed.n, order, x, y);
}

/** @param x @param y coordinates in the order of `cities`. */
function spaceOf(
  packed: PackedTsp,
  n: number,
  cities: Int32Array,
  x: Float64Array,
  y: Float64Array,
): Space {
  const { metric } = packed;
  const kind = kindOf(metric);
  let matrix: Float64Array = new Float64Array(0);
  let coordinates: readonly Float64Array[] | null = [x, y];
  let direct: Distance = () => NaN;
  if (metric === 'great-circle-km' || metric === 'great-circle-m') {
    const vectors = unitVectors(x, y);
    coordinates = vectors;
    direct = chordDistance(vectors, earthRadius(metric));
  } else if (metric === 'tsplib-geo') {
    coordinates = unitVectors(x.map(geoDegrees), y.map(geoDegrees));
    direct = geoDistance(x, y);
  } else if (packed.matrix) {
    coordinates = null;
    matrix = packed.matrix;
  }

  let tabled = matrix.length > 0;
  function* tabulate(): Generator<number, void, void> {
    if (kind !== Kind.Curved || tabled || n > MATRIX_LIMIT) return;
    matrix = new Float64Array(n * n);
    let work = 0;
    for (let i = 1; i < n; i++) {
      for (let j = 0; j < i; j++) matrix[i * n + j] = matrix[j * n + i] = direct(i, j);
      work += i;
      if (work < 10_000) continue;
      work = 0;
      yield 0;
    }
    tabled = true;
  }

  const distance: Distance = (i, j) => {
    if (tabled) return matrix[i * n + j];
    if (kind === Kind.Curved) return direct(i, j);
    const dx = x[i] - x[j];
    const dy = y[i] - y[j];
    if (kind === Kind.Pseudo) {
      const r = Math.sqrt((dx * dx + dy * dy) / 10);
      const t = Math.floor(r + 0.5);
      return t < r ? t + 1 : t;
    }
    const d = Math.sqrt(dx * dx + dy * dy);
    return kind === Kind.Nearest ? Math.floor(d + 0.5) : kind === Kind.Ceiling ? Math.ceil(d) : d;
  };

  return {
    n,
    cities,
    distance,
    coordinates,
    shortest: shortestOf(metric),
    integral: packed.integral,
    planar: isPlanar(kind) ? kind : null,
    trivial: n <= (packed.directed ? 2 : 3),
    tabulate,
    restrict: (members) =>
      spaceOf(
        packed,
        members.length,
        members.map((i) => cities[i]),
        Float64Array.from(members, (i) => x[i]),
        Float64Array.from(members, (i) => y[i]),
      ),
    // GEO computes its angles another way than the chord does: equal but for the last bits.
    monotone: metric !== 'matrix' && metric !== 'tsplib-geo',
  };
}

/** The least distance by the straight one, rounding and the last bits of sines left off. */
function shortestOf(metric: Metric): (straight: number) => number {
  switch (metric) {
    case 'euclidean-rounded':
      return (straight) => straight - 0.5;
    case 'euclidean-ceiling':
    case 'euclidean':
      return (straight) => straight * (1 - 1e-12);
    case 'pseudo-euclidean':
      return (straight) => Math.sqrt((straight * straight) / 10) - 1e-6;
    case 'matrix':
      return () => 0;
    case 'tsplib-geo':
      // The chord is shorter than the arc; a little off for TSPLIB's π and angles.
      return (chord) => 6378 * chord - 1;
    case 'great-circle-km':
    case 'great-circle-m': {
      const radius = earthRadius(metric);
      return (chord) => radius * chord - 1;
    }
  }
}

const isPlanar = (kind: number): kind is PlanarKind => kind <= Kind.Pseudo;

function kindOf(metric: Metric): number {
  switch (metric) {
    case 'euclidean-rounded':
      return Kind.Nearest;
    case 'euclidean-ceiling':
      return Kind.Ceiling;
    case 'euclidean':
      return Kind.Plain;
    case 'pseudo-euclidean':
      return Kind.Pseudo;
    case 'matrix':
      return Kind.Matrix;
    default:
      return Kind.Curved;
  }
}

/** The length of a closed tour of space indices. O(n). */
export function tourLength({ n, distance }: Space, tour: Int32Array): number {
  let length = 0;
  for (let at = 0; at < n; at++) length += distance(tour[at], tour[at + 1 === n ? 0 : at + 1]);
  return length;
}

/** A tour of space indices as one of the instance's cities, in an array of its own. */
export const toCities = (space: Space, tour: Int32Array): Int32Array =>
  tour.map((i) => space.cities[i]);

/** A tour of the instance's cities as space indices. */
export function fromCities(space: Space, cities: Int32Array): Int32Array {
  const index = new Int32Array(space.n);
  for (let i = 0; i < space.n; i++) index[space.cities[i]] = i;
  return cities.map((city) => index[city]);
}

/** The cities in order, from the two neighbours of city i at 2i and 2i + 1. O(n). */
export function walk(links: Int32Array): Int32Array {
  const n = links.length / 2;
  const tour = new Int32Array(n);
  let before = links[1];
  let city = 0;
  for (let at = 0; at < n; at++) {
    tour[at] = city;
    const next = links[2 * city] === before ? links[2 * city + 1] : links[2 * city];
    before = city;
    city = next;
  }
  return tour;
}
