import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  clampCamera,
  fitCamera,
  follow,
  isFitted,
  panBy,
  reveal,
  toScreen,
  toWorld,
  transformOf,
  visibleBox,
  zoomAt,
  type Area,
  type Camera,
  type Lens,
} from './viewport.ts';

const area: Area = { left: 50, top: 10, width: 400, height: 300 };
const box = { minX: 0, minY: 0, maxX: 100, maxY: 50 };
const map: Lens = { fit: 'contain', yUp: true, zoomX: false };
const gantt: Lens = { fit: 'fill', yUp: false, zoomX: true };
const chart: Lens = { fit: 'fill', yUp: true, zoomX: false };

const lens = fc.constantFrom(map, gantt, chart);
const place = fc.record({
  x: fc.double({ min: 50, max: 450, noNaN: true }),
  y: fc.double({ min: 10, max: 310, noNaN: true }),
});
const factor = fc.double({ min: 1.05, max: 8, noNaN: true });

describe('fitting', () => {
  it('keeps the aspect ratio of maps and shows all of the box', () => {
    const t = transformOf(fitCamera(box), area, map);
    expect(t.kx).toBe(4);
    expect(t.ky).toBe(-4);
    const seen = visibleBox(t, area);
    expect(seen.minX).toBeLessThanOrEqual(0);
    expect(seen.maxY).toBeGreaterThanOrEqual(50);
  });

  it('stretches charts to their area, y upwards or downwards', () => {
    const down = transformOf(fitCamera(box), area, gantt);
    expect(toScreen(down, { x: 0, y: 0 })).toEqual({ x: 50, y: 10 });
    const up = transformOf(fitCamera(box), area, chart);
    expect(toScreen(up, { x: 0, y: 0 })).toEqual({ x: 50, y: 310 });
    expect(toScreen(up, { x: 100, y: 50 })).toEqual({ x: 450, y: 10 });
  });

  it('survives boxes without extent and without numbers', () => {
    for (const odd of [
      { minX: 5, minY: 5, maxX: 5, maxY: 5 },
      { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity },
      { minX: NaN, minY: 0, maxX: NaN, maxY: 1 },
    ])
      for (const each of [map, gantt, chart]) {
        const t = transformOf(fitCamera(odd), area, each);
        expect(Object.values(t).every(Number.isFinite)).toBe(true);
      }
  });
});

it('world → screen → world is the identity', () => {
  fc.assert(
    fc.property(lens, place, factor, (each, at, zoom) => {
      const t = transformOf(zoomAt(fitCamera(box), area, each, at, zoom), area, each);
      const back = toScreen(t, toWorld(t, at));
      expect(back.x).toBeCloseTo(at.x, 6);
      expect(back.y).toBeCloseTo(at.y, 6);
    }),
  );
});

describe('zooming', () => {
  it('keeps the point under the pointer', () => {
    fc.assert(
      fc.property(lens, place, factor, (each, at, zoom) => {
        const before = toWorld(transformOf(fitCamera(box), area, each), at);
        // Only inside the box: beyond it, staying in reach comes first.
        fc.pre(before.x > 0 && before.x < 100 && before.y > 0 && before.y < 50);
        const camera = zoomAt(fitCamera(box), area, each, at, zoom);
        const after = toWorld(transformOf(camera, area, each), at);
        expect(after.x).toBeCloseTo(before.x, 6);
        expect(after.y).toBeCloseTo(before.y, 6);
      }),
    );
  });

  it('changes only x where the scene says so', () => {
    const camera = zoomAt(fitCamera(box), area, gantt, { x: 200, y: 100 }, 3);
    expect(camera.zoomX).toBe(3);
    expect(camera.zoomY).toBe(1);
  });

  it('has limits', () => {
    let camera: Camera = fitCamera(box);
    for (let i = 0; i < 60; i++) camera = zoomAt(camera, area, map, { x: 100, y: 100 }, 2);
    expect(camera.zoomX).toBe(4000);
    for (let i = 0; i < 60; i++) camera = zoomAt(camera, area, gantt, { x: 100, y: 100 }, 0.5);
    expect(camera.zoomX).toBe(1);
  });
});

describe('panning', () => {
  it('leaves no emptiness beside a stretched axis', () => {
    fc.assert(
      fc.property(
        factor,
        fc.double({ min: -2000, max: 2000, noNaN: true }),
        fc.double({ min: -2000, max: 2000, noNaN: true }),
        (zoom, dx, dy) => {
          const zoomed = zoomAt(fitCamera(box), area, gantt, { x: 200, y: 100 }, zoom);
          const camera = panBy(zoomed, area, gantt, dx, dy);
          const seen = visibleBox(transformOf(camera, area, gantt), area);
          expect(seen.minX).toBeGreaterThanOrEqual(-1e-6);
          expect(seen.maxX).toBeLessThanOrEqual(100 + 1e-6);
          expect(seen.minY).toBeCloseTo(0, 6);
        },
      ),
    );
  });

  it('keeps the middle of a map inside its box', () => {
    const camera = panBy(fitCamera(box), area, map, 1e6, -1e6);
    expect(camera.x).toBe(0);
    expect(camera.y).toBe(0);
    expect(clampCamera(camera, map)).toEqual(camera);
  });
});

describe('revealing', () => {
  it('does nothing for what is in sight and brings in the rest', () => {
    const camera = zoomAt(fitCamera(box), area, gantt, { x: 50, y: 100 }, 10);
    expect(reveal(camera, area, gantt, { minX: 4, minY: 20, maxX: 6, maxY: 22 })).toBe(camera);
    const moved = reveal(camera, area, gantt, { minX: 60, minY: 20, maxX: 62, maxY: 22 });
    const seen = visibleBox(transformOf(moved, area, gantt), area);
    expect(seen.minX).toBeLessThan(60);
    expect(seen.maxX).toBeGreaterThan(62);
  });
});

describe('following the bounds', () => {
  it('rests for small changes, grows at once, shrinks when much would be empty', () => {
    const camera = fitCamera(box);
    expect(follow(camera, { ...box, maxX: 95 }, area, gantt)).toBe(camera);
    expect(follow(camera, { ...box, maxX: 100.5 }, area, gantt).box.maxX).toBe(100.5);
    expect(follow(camera, { ...box, maxX: 80 }, area, gantt).box.maxX).toBe(80);
  });

  it('keeps the view a person has chosen, and lets them reach what is new', () => {
    const camera = zoomAt(fitCamera(box), area, gantt, { x: 200, y: 100 }, 4);
    const before = visibleBox(transformOf(camera, area, gantt), area);
    const next = follow(camera, { ...box, maxX: 300 }, area, gantt);
    const after = visibleBox(transformOf(next, area, gantt), area);
    expect(after.minX).toBeCloseTo(before.minX, 6);
    expect(after.maxX).toBeCloseTo(before.maxX, 6);
    const end = panBy(next, area, gantt, -1e6, 0);
    expect(visibleBox(transformOf(end, area, gantt), area).maxX).toBeCloseTo(300, 6);
  });

  it('fits anew when the view would show nothing', () => {
    const camera = zoomAt(fitCamera(box), area, map, { x: 60, y: 20 }, 40);
    const far = { minX: 1e6, minY: 1e6, maxX: 1e6 + 10, maxY: 1e6 + 10 };
    expect(isFitted(follow(camera, far, area, map))).toBe(true);
  });
});
