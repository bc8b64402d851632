import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hitTest } from './hit.ts';
import { sceneOf } from './test-scenes.ts';
import type { Transform } from './viewport.ts';

/** World = screen. */
const same: Transform = { kx: 1, ky: 1, tx: 0, ty: 0 };
const idAt = (scene: Parameters<typeof hitTest>[0], x: number, y: number, tolerance = 4) =>
  hitTest(scene, same, { x, y }, tolerance)?.id ?? null;

describe('rectangles', () => {
  const scene = sceneOf([
    { kind: 'rect', id: 'below', x: 0, y: 0, w: 50, h: 50 },
    { kind: 'rect', id: 'above', x: 40, y: 0, w: 50, h: 50 },
    { kind: 'rect', x: 0, y: 0, w: 90, h: 50 },
  ]);

  it('the topmost that covers the point wins; things without id are seen through', () => {
    expect(idAt(scene, 45, 10)).toBe('above');
    expect(idAt(scene, 20, 10)).toBe('below');
  });

  it('near misses count up to the tolerance', () => {
    expect(idAt(scene, 93, 10)).toBe('above');
    expect(idAt(scene, 95, 10)).toBeNull();
    expect(idAt(scene, 20, 53, 2)).toBeNull();
  });

  it('covering beats being near', () => {
    expect(idAt(scene, 38, 10, 10)).toBe('below');
  });

  it('works with y upwards', () => {
    const up: Transform = { kx: 2, ky: -2, tx: 0, ty: 200 };
    expect(hitTest(scene, up, { x: 10, y: 190 }, 0)?.id).toBe('below');
  });
});

describe('points', () => {
  it('finds the nearest centre, as a plain search would', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 2, maxLength: 60 }),
        fc.integer({ min: 0, max: 100 }),
        fc.integer({ min: 0, max: 100 }),
        (numbers, x, y) => {
          const points = Float64Array.from(numbers.slice(0, numbers.length & ~1));
          const scene = sceneOf([
            { kind: 'points', idPrefix: 'p:', points, radius: 3, fill: 'ink' },
          ]);
          let best = Infinity;
          for (let i = 0; i < points.length; i += 2)
            best = Math.min(best, Math.hypot(points[i] - x, points[i + 1] - y));
          const hit = hitTest(scene, same, { x, y }, 5);
          if (Math.abs(best - 8) < 1e-9) return;
          expect(hit !== null).toBe(best < 8);
          if (hit)
            expect(
              Math.hypot(points[2 * hit.index] - x, points[2 * hit.index + 1] - y),
            ).toBeCloseTo(best, 9);
        },
      ),
    );
  });

  it('names the point and respects radii of its own', () => {
    const points = Float64Array.of(10, 10, 50, 50);
    const radius = Float32Array.of(2, 20);
    const scene = sceneOf([{ kind: 'points', idPrefix: 'city:', points, radius, fill: 'ink' }]);
    expect(idAt(scene, 65, 50, 1)).toBe('city:1');
    expect(idAt(scene, 15, 10, 1)).toBeNull();
  });
});

describe('paths', () => {
  const points = Float64Array.of(10, 10, 90, 10, 90, 90);
  it('a line is caught along its whole length', () => {
    const scene = sceneOf([{ kind: 'path', id: 'line', points, stroke: 'ink', width: 2 }]);
    expect(idAt(scene, 50, 13)).toBe('line');
    expect(idAt(scene, 93, 50)).toBe('line');
    expect(idAt(scene, 50, 50)).toBeNull();
  });

  it('a closed one also along its last side, a filled one inside', () => {
    const closed = sceneOf([{ kind: 'path', id: 'loop', points, closed: true, stroke: 'ink' }]);
    expect(idAt(closed, 50, 52)).toBe('loop');
    expect(idAt(closed, 75, 30)).toBeNull();
    const filled = sceneOf([{ kind: 'path', id: 'area', points, fill: 'sea' }]);
    expect(idAt(filled, 75, 30, 0)).toBe('area');
    expect(idAt(filled, 20, 80)).toBeNull();
  });
});
