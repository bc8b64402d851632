/** Nearest-neighbour tours (Bellmore & Nemhauser 1968). */
import { buildPointIndex, type PointIndex } from '../../../src/core/neighbours.ts';
import type { Space } from './space.ts';

/** Finds the nearest city not visited yet, over and over, from any start. */
export interface NearestTours {
  from(start: number): Generator<number, Int32Array, void>;
}

/** Prepares for many starts. */
export function* prepareNearestTours(space: Space): Generator<number, NearestTours, void> {
  if (!space.coordinates) return { from: (start) => scan(space, start) };
  const building = buildPointIndex(space.coordinates);
  let step = building.next();
  while (!step.done) {
    yield 0;
    step = building.next();
  }
  const index = step.value;
  return { from: (start) => search(space, index, start) };
}

/** Through the tree, with visited cities removed. O(n log n) typically. */
function* search(
  { n }: Space,
  index: PointIndex,
  start: number,
): Generator<number, Int32Array, void> {
  index.restore();
  const tour = new Int32Array(n);
  const next = new Int32Array(1);
  let city = start;
  for (let at = 0; at < n; at++) {
    tour[at] = city;
    index.remove(city);
    if (index.nearest(city, 1, next, 0) === 1) city = next[0];
    if (at % 1024 === 1023) yield 0;
  }
  return tour;
}

/** Over a distance matrix. O(n²). */
function* scan({ n, distance }: Space, start: number): Generator<number, Int32Array, void> {
  const tour = Int32Array.from({ length: n }, (_, i) => i);
  tour[0] = start;
  tour[start] = 0;
  for (let at = 1; at < n; at++) {
    const city = tour[at - 1];
    let best = at;
    let shortest = distance(city, tour[at]);
    for (let other = at + 1; other < n; other++) {
      const length = distance(city, tour[other]);
      if (length < shortest) {
        shortest = length;
        best = other;
      }
    }
    const swap = tour[at];
    tour[at] = tour[best];
    tour[best] = swap;
    if (at % 256 === 255) yield 0;
  }
  return tour;
}
