import { describe, expect, it } from 'vitest';
import { createRng, shuffle } from '../../../core/rng.ts';
import type { SegmentsItem } from '../../../scene/scene.ts';
import { check } from '../check.ts';
import { distanceOf, type TspInstance } from '../instance.ts';
import { edgesMissingIn, nearness } from './edges.ts';
import { layoutOf } from './layout.ts';
import { drawTour, type TspFrame } from './tour.ts';

const rng = createRng(5);
const instance: TspInstance = {
  name: 'twelve',
  metric: 'euclidean',
  cities: Array.from({ length: 12 }, () => [rng.int(100), rng.int(100)] as const),
};
const n = instance.cities.length;
const tour = Int32Array.from(instance.cities.keys());
const segments = (frame: TspFrame, stroke: string) =>
  drawTour(frame)
    .items.filter(
      (item): item is SegmentsItem => item.kind === 'segments' && item.stroke === stroke,
    )
    .reduce((sum, { points }) => sum + points.length / 4, 0);
const frame = (more: Partial<TspFrame>): TspFrame => ({
  instance,
  solution: { tour },
  report: check(instance, { tour }),
  bound: null,
  trace: null,
  toggles: {},
  tool: 'edit',
  selected: null,
  ...more,
});

describe('changes between incumbents', () => {
  it('are the edges of the one that the other lacks, whatever the direction', () => {
    const reversed = tour.slice().reverse();
    expect(edgesMissingIn(reversed, tour, false)).toEqual([]);
    // A 2-opt move: 2–3 and 6–7 go, 2–6 and 3–7 come.
    const moved = Int32Array.of(0, 1, 2, 6, 5, 4, 3, 7, 8, 9, 10, 11);
    expect(edgesMissingIn(tour, moved, false)).toEqual([2, 6, 3, 7]);
    expect(edgesMissingIn(moved, tour, false)).toEqual([2, 3, 6, 7]);
    const shown = frame({ toggles: { changes: true }, previous: { tour: moved } });
    expect([segments(shown, 'good'), segments(shown, 'warn')]).toEqual([2, 2]);
    expect(drawTour(shown).description).toContain('The last improvement changed 2 edges.');
    expect(segments(frame({ previous: { tour: moved } }), 'good')).toBe(0);
  });

  it('leave out the way back of a path', () => {
    const path = Int32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 0);
    expect(edgesMissingIn(tour, path, true)).toEqual([11, 0]);
    expect(edgesMissingIn(path, tour, true)).toEqual([0, 1]);
  });
});

/** Weight of the minimum spanning tree that has an edge, by Prim over all pairs. */
function treeWith(weight: (a: number, b: number) => number, a: number, b: number): number {
  const joined = new Set([a, b]);
  let total = weight(a, b);
  while (joined.size < n) {
    let best = Infinity;
    let next = -1;
    for (const from of joined)
      for (let to = 0; to < n; to++)
        if (!joined.has(to) && weight(from, to) < best) {
          best = weight(from, to);
          next = to;
        }
    joined.add(next);
    total += best;
  }
  return total;
}

describe('α-nearness', () => {
  it('is what the minimum spanning tree grows by when it must take the edge', () => {
    const distance = distanceOf(instance);
    const multipliers = Float64Array.from({ length: n }, () => 20 * (rng.float() - 0.5));
    const weight = (a: number, b: number) => distance(a, b) + multipliers[a] + multipliers[b];
    const some = shuffle(tour.slice(), rng);
    const alpha = nearness(instance, layoutOf(instance), some, multipliers)!;
    let least = Infinity;
    for (let a = 0; a < n; a++)
      for (let b = 0; b < a; b++) least = Math.min(least, treeWith(weight, a, b));
    some.forEach((city, at) => {
      const next = some[(at + 1) % n];
      expect(alpha[at]).toBeCloseTo(treeWith(weight, city, next) - least, 9);
    });
  });

  it('colours every edge once, when the bound has multipliers', () => {
    const evidence = { multipliers: new Float64Array(n) };
    const toggles = { penalties: true };
    const coloured = frame({ toggles, evidence });
    const all = ['good', 'accent', 'warn'].map((stroke) => segments(coloured, stroke));
    expect(all.reduce((sum, count) => sum + count)).toBe(n);
    expect(drawTour(frame({ toggles })).items.some((item) => item.kind === 'path')).toBe(true);
  });
});
