/** The instance as the solvers see it: distances as integers, nodes 0 (depot) … n. */
import type { PackedVrp } from '../../../src/problems/vrp/instance.ts';
import { packedDistance, unitsPer } from '../../../src/problems/vrp/metric.ts';

/** A matrix is kept up to this many nodes (36 MB); above, distances are computed. */
export const MATRIX_LIMIT = 3000;

export interface Model {
  /** Customers. */
  n: number;
  packed: PackedVrp;
  /**
   * Integer distance units per unit of the instance. 1 and 10 for the rounded conventions; a power
   * of two for unrounded distances, whose error is then below 1e-7 of the longest edge.
   */
  scale: number;
  /** (n + 1)², row-major; null above MATRIX_LIMIT. */
  matrix: Int32Array | null;
  toDepot: Int32Array;
  distance(i: number, j: number): number;
  demand: Int32Array;
  capacity: number;
  /** Most routes; n when free. */
  fleet: number;
  /** Are there opening or closing times. */
  timed: boolean;
  /** Times in units of distance; Infinity for no limit. */
  ready: Float64Array;
  due: Float64Array;
  service: Float64Array;
  maxDuration: number;
}

/** Builds the model; yields 0 about every millisecond. O(n²) up to MATRIX_LIMIT, else O(n). */
export function* buildModel(packed: PackedVrp): Generator<number, Model, void> {
  const { rounding, demand } = packed;
  const size = packed.x.length;
  const exact = packedDistance(packed);
  const timed = packed.ready.some((time) => time > 0) || packed.due.some((time) => time < Infinity);
  const limited = timed || packed.maxDuration < Infinity;
  const scale = rounding === 'none' ? fixedPoint(packed) : unitsPer(rounding);

  let distance: (i: number, j: number) => number;
  if (rounding !== 'none') distance = exact;
  else if (limited)
    // Rounded up, so that what is in time here is in time by the exact distances.
    distance = (i, j) => Math.ceil(scale * exact(i, j));
  else distance = (i, j) => Math.floor(scale * exact(i, j) + 0.5);

  const toDepot = new Int32Array(size);
  for (let i = 0; i < size; i++) toDepot[i] = distance(0, i);
  let matrix: Int32Array | null = null;
  if (size <= MATRIX_LIMIT) {
    matrix = new Int32Array(size * size);
    let work = 0;
    for (let i = 1; i < size; i++) {
      for (let j = 0; j < i; j++) {
        const d = distance(i, j);
        matrix[i * size + j] = d;
        matrix[j * size + i] = d;
      }
      work += i;
      if (work > 50_000) {
        work = 0;
        yield 0;
      }
    }
    const flat = matrix;
    distance = (i, j) => flat[i * size + j];
  }
  const scaled = (times: Float64Array) => times.map((time) => time * scale);
  return {
    n: size - 1,
    packed,
    scale,
    matrix,
    toDepot,
    distance,
    demand,
    capacity: packed.capacity,
    fleet: Math.min(size - 1, packed.vehicles),
    timed,
    ready: scaled(packed.ready),
    due: scaled(packed.due),
    service: scaled(packed.service),
    maxDuration: packed.maxDuration * scale,
  };
}

/** A power of two that brings the longest edge to at most 2^26. */
function fixedPoint({ x, y, extras }: PackedVrp): number {
  let width = 0;
  if (extras?.distances) return scaleOf(extras.distances.reduce((most, d) => Math.max(most, d), 0));
  // Half the way round the earth, km.
  if (extras?.geographic) return scaleOf(20_016);
  for (const column of [x, y]) {
    let min = Infinity;
    let max = -Infinity;
    for (const value of column) {
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    width = Math.max(width, max - min);
  }
  return scaleOf(width * 2);
}

function scaleOf(longest: number): number {
  let scale = 1;
  while (longest * scale * 2 <= 67_108_864 && scale < 1_048_576) scale *= 2;
  return scale;
}

export interface Obstacle {
  message: string;
  /** No solution exists; otherwise only none that serves the customer on a direct way. */
  proven: boolean;
}

/**
 * What plainly stands in the way of any solution: a customer that fits no vehicle, more demand than
 * the fleet carries, or a customer who cannot be served in time even alone. The last is no proof:
 * rounded distances can make a detour shorter than the direct way. null when there is nothing.
 */
export function obstacle(model: Model): Obstacle | null {
  const { n, demand, capacity, fleet, ready, due, service, toDepot, maxDuration } = model;
  let total = 0;
  for (let i = 1; i <= n; i++) {
    total += demand[i];
    if (demand[i] > capacity)
      return {
        message: `Customer ${i} demands ${demand[i]}, more than a vehicle carries (${capacity}).`,
        proven: true,
      };
  }
  if (total > fleet * capacity)
    return {
      message: `The demand of ${total} is more than ${fleet} vehicles carry (${fleet * capacity}).`,
      proven: true,
    };
  for (let i = 1; i <= n; i++) {
    const start = Math.max(ready[0] + toDepot[i], ready[i]);
    const late =
      start > due[i]
        ? `Customer ${i} cannot be reached before its window closes.`
        : start + service[i] + toDepot[i] > due[0]
          ? `A vehicle that serves customer ${i} cannot be back before the depot closes.`
          : 2 * toDepot[i] + service[i] > maxDuration
            ? `A route to customer ${i} alone takes longer than a route may.`
            : null;
    if (late) return { message: late, proven: false };
  }
  return null;
}

/** Total distance of routes in the instance's unit, as the checker measures it. O(n). */
export function routesLength(model: Model, routes: readonly (readonly number[])[]): number {
  const { packed } = model;
  const exact = packedDistance(packed);
  let total = 0;
  for (const route of routes) {
    let length = 0;
    let at = 0;
    for (const customer of route) {
      length += exact(at, customer);
      at = customer;
    }
    total += length + exact(at, 0);
  }
  return total / unitsPer(packed.rounding);
}
