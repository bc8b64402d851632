/** Distances and driving times between nodes: 0 the depot, 1 … n customers, then further depots. */
import { cos, sin } from '../../core/math.ts';
import type { Depot, Matrix, PackedVrp, Rounding, VrpInstance } from './instance.ts';

/**
 * Distances and times are counted in 1/units: whole numbers for the rounded conventions, so that
 * sums are exact.
 */
export const unitsPer = (rounding: Rounding): number => (rounding === 'truncate-1' ? 10 : 1);

/** A distance in 1/`unitsPer(rounding)`. */
function inUnits(rounding: Rounding, distance: number): number {
  if (rounding === 'nint') return Math.floor(distance + 0.5);
  return rounding === 'none' ? distance : Math.floor(10 * distance);
}

/** The distance between points dx, dy apart, in 1/`unitsPer(rounding)`. */
export const distanceUnits = (rounding: Rounding, dx: number, dy: number): number =>
  inUnits(rounding, Math.sqrt(dx * dx + dy * dy));

/** Mean radius of the earth, km. */
const EARTH = 6371.0088;
const HALF_TURN = 3.141592653589793;

/** arcsin of 0 … 1 by Newton's method, alike on every engine. */
function arcsine(s: number): number {
  if (s > 0.7) return HALF_TURN / 2 - 2 * arcsine(Math.sqrt(Math.max(0, (1 - s) / 2)));
  let angle = s;
  for (let i = 0; i < 5; i++) angle += (s - sin(angle)) / cos(angle);
  return angle;
}

/** The great-circle distance in km between places in degrees (haversine formula). */
export function greatCircle(
  longitude: number,
  latitude: number,
  otherLongitude: number,
  otherLatitude: number,
): number {
  const radians = HALF_TURN / 180;
  const across = sin(((otherLongitude - longitude) * radians) / 2);
  const up = sin(((otherLatitude - latitude) * radians) / 2);
  const half = up * up + cos(latitude * radians) * cos(otherLatitude * radians) * across * across;
  return 2 * EARTH * arcsine(Math.sqrt(Math.min(1, half)));
}

/** The distance between places under the instance's convention, in units. */
function between(
  a: { x: number; y: number },
  b: { x: number; y: number },
  rounding: Rounding,
  geographic: boolean,
): number {
  return geographic
    ? inUnits(rounding, greatCircle(a.x, a.y, b.x, b.y))
    : distanceUnits(rounding, b.x - a.x, b.y - a.y);
}

/** The place of a node. */
export function placeOf(instance: VrpInstance, node: number): { x: number; y: number } {
  const n = instance.customers.length;
  if (node === 0) return instance.depot;
  return node <= n ? instance.customers[node - 1] : instance.depots![node - n - 1];
}

/** The depot with this index of a vehicle type. */
export const depotOf = (instance: VrpInstance, depot: number): Depot =>
  depot === 0 ? instance.depot : instance.depots![depot - 1];

/** The node of a depot with this index. */
export const depotNode = (customers: number, depot: number): number =>
  depot === 0 ? 0 : customers + depot;

/** Distance from node i to node j, in units. */
export function legUnits(instance: VrpInstance, i: number, j: number): number {
  const { matrix, rounding, geographic } = instance;
  if (matrix) return matrix.distances[i][j];
  return between(placeOf(instance, i), placeOf(instance, j), rounding, geographic ?? false);
}

/** Driving time from node i to node j, in units. */
export function driveUnits(instance: VrpInstance, i: number, j: number): number {
  const durations = instance.matrix?.durations;
  return durations ? durations[i][j] : legUnits(instance, i, j);
}

/** The same for a packed instance: a function of nodes. */
export function packedDistance(packed: PackedVrp): (i: number, j: number) => number {
  const { rounding, extras } = packed;
  const size = packed.x.length + (extras?.depots.length ?? 0);
  const flat = extras?.distances;
  if (flat) return (i, j) => flat[i * size + j];
  const { x, y } = allPlaces(packed);
  if (extras?.geographic) return (i, j) => inUnits(rounding, greatCircle(x[i], y[i], x[j], y[j]));
  return (i, j) => distanceUnits(rounding, x[i] - x[j], y[i] - y[j]);
}

/** Positions of all nodes, further depots last. */
export function allPlaces(packed: PackedVrp): { x: Float64Array; y: Float64Array } {
  const depots = packed.extras?.depots ?? [];
  if (depots.length === 0) return packed;
  return {
    x: Float64Array.from([...packed.x, ...depots.map((depot) => depot.x)]),
    y: Float64Array.from([...packed.y, ...depots.map((depot) => depot.y)]),
  };
}

const symmetries = new WeakMap<Matrix, boolean>();

/** Are driving times the distances, and both ways alike; remembered. O(n²). */
export function isSymmetric(matrix: Matrix): boolean {
  const known = symmetries.get(matrix);
  if (known !== undefined) return known;
  const { distances, durations } = matrix;
  const symmetric =
    !durations &&
    distances.every((row, i) => row.every((cell, j) => j >= i || cell === distances[j][i]));
  symmetries.set(matrix, symmetric);
  return symmetric;
}
