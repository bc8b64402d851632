import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildPointIndex, nearestNeighbours, type PointIndex } from './neighbours.ts';
import { createRng } from './rng.ts';

function indexOf(...coordinates: Float64Array[]): PointIndex {
  const building = buildPointIndex(coordinates);
  for (;;) {
    const step = building.next();
    if (step.done) return step.value;
  }
}

/** The distances of the k nearest, by trying all. */
function bruteForce(
  point: number,
  k: number,
  coordinates: Float64Array[],
  skip = new Set<number>(),
) {
  return Array.from(coordinates[0].keys())
    .filter((j) => j !== point && !skip.has(j))
    .map((j) => ({ j, d: squared(point, j, coordinates) }))
    .sort((a, b) => a.d - b.d || a.j - b.j)
    .slice(0, k);
}

function squared(i: number, j: number, coordinates: Float64Array[]): number {
  return coordinates.reduce((sum, values) => sum + (values[i] - values[j]) ** 2, 0);
}

/** Small integers, so that ties and duplicates are common. */
const lattice = fc.array(fc.tuple(fc.nat(12), fc.nat(12), fc.nat(4)), {
  minLength: 1,
  maxLength: 90,
});

describe('nearest neighbours', () => {
  it('agree with trying all, ties by index', () => {
    fc.assert(
      fc.property(lattice, fc.integer({ min: 1, max: 10 }), (points, k) => {
        const x = Float64Array.from(points, (p) => p[0]);
        const y = Float64Array.from(points, (p) => p[1]);
        const lists = nearestNeighbours(x, y, k);
        expect(lists.k).toBe(Math.min(k, points.length - 1));
        for (let i = 0; i < points.length; i++) {
          const found = [...lists.list.subarray(i * lists.k, (i + 1) * lists.k)];
          const wanted = bruteForce(i, lists.k, [x, y]);
          expect(found.map((j) => squared(i, j, [x, y]))).toEqual(wanted.map(({ d }) => d));
          if (wanted.length > 0 && wanted[wanted.length - 1].d > 0)
            expect(found).toEqual(wanted.map(({ j }) => j));
          expect(new Set(found).size).toBe(found.length);
        }
      }),
    );
  });

  it('agree with trying all in space and after removals', () => {
    fc.assert(
      fc.property(lattice, fc.nat(), (points, seed) => {
        const axes = [0, 1, 2].map((axis) => Float64Array.from(points, (p) => p[axis]));
        const index = indexOf(...axes);
        const removed = new Set<number>();
        const rng = createRng(seed);
        const out = new Int32Array(6);
        for (let round = 0; round < points.length; round++) {
          const point = rng.int(points.length);
          const found = index.nearest(point, 5, out, 1);
          const wanted = bruteForce(point, 5, axes, removed);
          expect(found).toBe(wanted.length);
          expect([...out.subarray(1, 1 + found)].map((j) => squared(point, j, axes))).toEqual(
            wanted.map(({ d }) => d),
          );
          const victim = rng.int(points.length);
          index.remove(victim);
          removed.add(victim);
          expect(index.size).toBe(points.length - removed.size);
        }
        index.restore();
        expect(index.size).toBe(points.length);
        expect(index.nearest(0, 5, out, 0)).toBe(Math.min(5, points.length - 1));
      }),
    );
  });

  it('reach into every quadrant that has points', () => {
    const rng = createRng(5);
    // Two far clusters: the plain lists of one never reach the other.
    const x = Float64Array.from({ length: 80 }, (_, i) => rng.int(20) + (i < 40 ? 0 : 1000));
    const y = Float64Array.from({ length: 80 }, () => rng.int(20));
    const plain = nearestNeighbours(x, y, 8);
    const spread = nearestNeighbours(x, y, 8, 2);
    const crosses = (list: Int32Array) => list.some((j, at) => Math.floor(at / 8) < 40 !== j < 40);
    expect(crosses(plain.list)).toBe(false);
    expect(crosses(spread.list)).toBe(true);
    for (let i = 0; i < 80; i++) {
      const row = [...spread.list.subarray(i * 8, i * 8 + 8)];
      const lengths = row.map((j) => squared(i, j, [x, y]));
      expect(lengths).toEqual([...lengths].sort((a, b) => a - b));
      expect(new Set(row).size).toBe(8);
    }
  });

  it('are quick on many equal points and on one far outlier', () => {
    const x = new Float64Array(40000);
    const y = new Float64Array(40000);
    x[0] = 1e9;
    for (let i = 20000; i < 40000; i++) y[i] = i % 200;
    const { list } = nearestNeighbours(x, y, 8);
    expect(list[8 * 5]).not.toBe(5);
    expect(x[list[8 * 5]]).toBe(0);
  });
});
