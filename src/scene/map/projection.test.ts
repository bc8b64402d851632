import { describe, expect, it } from 'vitest';
import { clipPolygon, greatCirclePieces, project, unproject, WORLD } from './projection.ts';

describe('the map projection', () => {
  it('projects there and back', () => {
    for (const [latitude, longitude] of [
      [0, 0],
      [52.5, 13.4],
      [-33.9, 151.2],
      [71, -179],
    ]) {
      const back = unproject(project(latitude, longitude));
      expect(back.latitude).toBeCloseTo(latitude, 8);
      expect(back.longitude).toBeCloseTo(longitude, 8);
    }
  });

  it('cuts great circles at the date line', () => {
    const pieces: number[] = [];
    greatCirclePieces([35, 139], [37, -122], WORLD, pieces);
    let width = 0;
    for (let i = 0; i < pieces.length; i += 4) {
      expect(Math.abs(pieces[i + 2] - pieces[i])).toBeLessThan(10);
      width += Math.abs(pieces[i + 2] - pieces[i]);
    }
    expect(width).toBeCloseTo(99, 6);
    const antipodes: number[] = [];
    greatCirclePieces([0, 0], [0, 180], WORLD, antipodes);
    expect(antipodes.every(Number.isFinite)).toBe(true);
  });

  it('clips polygons', () => {
    const box = { minX: 0, minY: 0, maxX: 1, maxY: 1 };
    expect(clipPolygon([2, 2, 3, 2, 3, 3], box)).toEqual([]);
    expect(clipPolygon([-1, -1, 2, -1, 2, 2, -1, 2], box).length).toBe(8);
  });
});
