/** Miller's cylindrical projection (1942): near conformal between the polar circles; in degrees. */
import type { Box, Point } from '../scene.ts';

const RADIAN = Math.PI / 180;

/** Longitude into [−180, 180]. */
export function wrapLongitude(longitude: number): number {
  if (longitude >= -180 && longitude <= 180) return longitude;
  return ((((longitude + 180) % 360) + 360) % 360) - 180;
}

export function project(latitude: number, longitude: number): Point {
  return {
    x: wrapLongitude(longitude),
    y: (1.25 / RADIAN) * Math.log(Math.tan(Math.PI / 4 + 0.4 * latitude * RADIAN)),
  };
}

/** Latitude (within ±85) and longitude of a point of the map. */
export function unproject({ x, y }: Point): { latitude: number; longitude: number } {
  const latitude = (2.5 * (Math.atan(Math.exp(0.8 * y * RADIAN)) - Math.PI / 4)) / RADIAN;
  return {
    latitude: Math.max(-85, Math.min(85, latitude)),
    longitude: wrapLongitude(x),
  };
}

/** What is shown of the world at most. */
export const WORLD: Box = {
  minX: -180,
  maxX: 180,
  minY: project(-58, 0).y,
  maxY: project(81, 0).y,
};

/** Longest piece of a drawn great circle, degrees. */
const PIECE = 2;

/**
 * The great circle between two places as straight pieces of the map, ax, ay, bx, by each, cut at
 * the date line and at the box.
 */
export function greatCirclePieces(
  from: readonly [number, number],
  to: readonly [number, number],
  box: Box,
  out: number[],
): void {
  const a = unitVector(from);
  const b = unitVector(to);
  const dot = Math.max(-1, Math.min(1, a[0] * b[0] + a[1] * b[1] + a[2] * b[2]));
  const angle = Math.acos(dot);
  const sine = Math.sin(angle);
  // Between exact antipodes no great circle is the shortest: a straight line will do.
  const pieces = sine < 1e-9 ? 1 : Math.max(1, Math.ceil(angle / RADIAN / PIECE));
  let before = project(from[0], from[1]);
  for (let piece = 1; piece <= pieces; piece++) {
    let point: Point;
    if (piece === pieces) point = project(to[0], to[1]);
    else {
      const t = piece / pieces;
      const p = Math.sin((1 - t) * angle) / sine;
      const q = Math.sin(t * angle) / sine;
      const [u, v, w] = [0, 1, 2].map((axis) => p * a[axis] + q * b[axis]);
      point = project(Math.atan2(w, Math.sqrt(u * u + v * v)) / RADIAN, Math.atan2(v, u) / RADIAN);
    }
    const jump = point.x - before.x;
    if (Math.abs(jump) <= 180) clipSegment(before, point, box, out);
    else {
      // Over the date line: out on one side, in on the other.
      const shift = jump > 0 ? -360 : 360;
      const edge = jump > 0 ? -180 : 180;
      const t = (edge - before.x) / (point.x + shift - before.x || 1);
      const y = before.y + t * (point.y - before.y);
      clipSegment(before, { x: edge, y }, box, out);
      clipSegment({ x: -edge, y }, point, box, out);
    }
    before = point;
  }
}

function unitVector([latitude, longitude]: readonly [number, number]): [number, number, number] {
  const lat = latitude * RADIAN;
  const lon = longitude * RADIAN;
  return [Math.cos(lat) * Math.cos(lon), Math.cos(lat) * Math.sin(lon), Math.sin(lat)];
}

/** Appends the part of a segment inside the box, if any (Liang & Barsky 1984). */
export function clipSegment(a: Point, b: Point, box: Box, out: number[]): void {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  let from = 0;
  let to = 1;
  for (const [direction, room] of [
    [-dx, a.x - box.minX],
    [dx, box.maxX - a.x],
    [-dy, a.y - box.minY],
    [dy, box.maxY - a.y],
  ]) {
    if (direction === 0) {
      if (room < 0) return;
    } else if (direction < 0) from = Math.max(from, room / direction);
    else to = Math.min(to, room / direction);
  }
  if (from > to) return;
  out.push(a.x + from * dx, a.y + from * dy, a.x + to * dx, a.y + to * dy);
}

/** The part of a polygon inside the box (Sutherland & Hodgman 1974); x0, y0, x1, y1, … */
export function clipPolygon(points: readonly number[], box: Box): number[] {
  let polygon = points.slice();
  for (const [axis, limit, sign] of [
    [0, box.minX, 1],
    [0, box.maxX, -1],
    [1, box.minY, 1],
    [1, box.maxY, -1],
  ]) {
    const clipped: number[] = [];
    for (let i = 0; i < polygon.length; i += 2) {
      const j = i + 2 === polygon.length ? 0 : i + 2;
      const here = sign * (polygon[i + axis] - limit);
      const there = sign * (polygon[j + axis] - limit);
      if (here >= 0) clipped.push(polygon[i], polygon[i + 1]);
      if (here >= 0 !== there >= 0) {
        const t = here / (here - there);
        clipped.push(
          polygon[i] + t * (polygon[j] - polygon[i]),
          polygon[i + 1] + t * (polygon[j + 1] - polygon[i + 1]),
        );
      }
    }
    polygon = clipped;
  }
  return polygon;
}
