/** Neighbour lists with their distances, for any metric. */
import { buildNeighbours } from '../../../src/core/neighbours.ts';
import type { Space } from './space.ts';

export interface Candidates {
  /** Cities per list. */
  k: number;
  /** Flat: the neighbours of i are `list[i·k] … list[i·k + k − 1]`, nearest first. */
  list: Int32Array;
  /** Their distances, alike. */
  distances: Float64Array;
}

/** The k nearest of every city, ties by index. Yields between parts. */
export function* buildCandidates(
  space: Space,
  k: number,
  perQuadrant = 0,
): Generator<number, Candidates, void> {
  const { n, distance, coordinates } = space;
  let size = Math.max(0, Math.min(k, n - 1));
  let list: Int32Array;
  if (coordinates) {
    const building = buildNeighbours(coordinates, {
      k: size,
      perQuadrant: coordinates.length === 2 ? perQuadrant : 0,
    });
    for (;;) {
      const step = building.next();
      if (step.done) {
        ({ k: size, list } = step.value);
        break;
      }
      yield 0;
    }
  } else {
    list = new Int32Array(n * size);
    const all = Int32Array.from({ length: n }, (_, i) => i);
    for (let i = 0; i < n; i++) {
      nearestAmong(space, i, all, size, list, i * size);
      if (i % 64 === 63) yield 0;
    }
  }
  const distances = new Float64Array(n * size);
  for (let i = 0; i < n; i++) {
    if (i % 8192 === 8191) yield 0;
    for (let at = i * size; at < (i + 1) * size; at++) distances[at] = distance(i, list[at]);
  }
  return { k: size, list, distances };
}

/** The nearest of `among` to a city by insertion; returns how many. O(|among|) typically. */
export function nearestAmong(
  { distance }: Space,
  city: number,
  among: Int32Array,
  k: number,
  out: Int32Array,
  offset: number,
): number {
  let found = 0;
  let worst = Infinity;
  for (let a = 0; a < among.length; a++) {
    const other = among[a];
    if (other === city) continue;
    const length = distance(city, other);
    if (found === k && length >= worst) continue;
    let place = found < k ? found++ : k - 1;
    while (place > 0 && distance(city, out[offset + place - 1]) > length) {
      out[offset + place] = out[offset + place - 1];
      place--;
    }
    out[offset + place] = other;
    if (found === k) worst = distance(city, out[offset + k - 1]);
  }
  return found;
}

/**
 * Half the sum over all cities of their two shortest edges: no tour is shorter. O(n).
 * Null when the lists are too short or not sorted by the metric.
 */
export function twoNeighbourBound(space: Space, { k, distances }: Candidates): number | null {
  if (k < 2 || !(space.monotone || !space.coordinates)) return null;
  let sum = 0;
  for (let i = 0; i < space.n; i++) sum += distances[i * k] + distances[i * k + 1];
  return space.integral ? Math.ceil(sum / 2) : (sum / 2) * (1 - 1e-12);
}
