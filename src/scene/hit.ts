/**
 * What lies under a screen point. A linear scan: 10 000 points take about 30 µs, less than it would
 * cost to build an index anew for every incumbent.
 */
import { pointRadius, refOf, type ElementRef } from './elements.ts';
import type { PathItem, Point, PointsItem, RectItem, Scene } from './scene.ts';
import { screenX, screenY, type Transform } from './viewport.ts';

/**
 * The element at `at` (screen px). The topmost one that covers the point wins; failing that, the
 * nearest one within `tolerance` px, so that thin and small things can be caught. O(elements).
 */
export function hitTest(
  scene: Scene,
  t: Transform,
  at: Point,
  tolerance: number,
): ElementRef | null {
  let best: ElementRef | null = null;
  let bestDistance = tolerance;
  for (let i = scene.items.length - 1; i >= 0; i--) {
    const item = scene.items[i];
    let distance = Infinity;
    let index = -1;
    if (item.kind === 'rect' && item.id !== undefined) distance = toRect(item, t, at);
    else if (item.kind === 'path' && item.id !== undefined) distance = toPath(item, t, at);
    else if (item.kind === 'points' && item.idPrefix !== undefined)
      [index, distance] = toPoints(item, t, at, bestDistance);
    if (distance <= 0) return refOf(item, index);
    if (distance < bestDistance) {
      bestDistance = distance;
      best = refOf(item, index);
    }
  }
  return best;
}

function toRect(item: RectItem, t: Transform, at: Point): number {
  const x0 = screenX(t, item.x);
  const x1 = screenX(t, item.x + item.w);
  const y0 = screenY(t, item.y);
  const y1 = screenY(t, item.y + item.h);
  const dx = Math.max(Math.min(x0, x1) - at.x, 0, at.x - Math.max(x0, x1));
  const dy = Math.max(Math.min(y0, y1) - at.y, 0, at.y - Math.max(y0, y1));
  return Math.sqrt(dx * dx + dy * dy);
}

/** The nearest point whose edge is nearer than `limit` px: its index and that distance. */
function toPoints(item: PointsItem, t: Transform, at: Point, limit: number): [number, number] {
  const { points } = item;
  let index = -1;
  let nearest = Infinity;
  for (let i = 0; 2 * i < points.length; i++) {
    const dx = points[2 * i] * t.kx + t.tx - at.x;
    const dy = points[2 * i + 1] * t.ky + t.ty - at.y;
    const reach = limit + pointRadius(item, i);
    if (dx > reach || dx < -reach || dy > reach || dy < -reach) continue;
    // Centres decide between overlapping points.
    const distance = dx * dx + dy * dy;
    if (distance < nearest && distance <= reach * reach) {
      nearest = distance;
      index = i;
    }
  }
  return index < 0 ? [-1, Infinity] : [index, Math.sqrt(nearest) - pointRadius(item, index)];
}

function toPath(item: PathItem, t: Transform, place: Point): number {
  const { points, order } = item;
  const count = order ? order.length : points.length / 2;
  if (count === 0) return Infinity;
  let nearest = Infinity;
  let inside = false;
  const closed = item.closed === true || item.fill !== undefined;
  const vertex = (at: number) => (order ? order[at] : at);
  const start = vertex(closed ? count - 1 : 0);
  let ax = screenX(t, points[2 * start]);
  let ay = screenY(t, points[2 * start + 1]);
  for (let at = closed ? 0 : 1; at < count; at++) {
    const i = vertex(at);
    const bx = screenX(t, points[2 * i]);
    const by = screenY(t, points[2 * i + 1]);
    nearest = Math.min(nearest, segmentDistance(ax, ay, bx, by, place.x, place.y));
    if (ay > place.y !== by > place.y && place.x < ((bx - ax) * (place.y - ay)) / (by - ay) + ax)
      inside = !inside;
    ax = bx;
    ay = by;
  }
  if (count === 1) nearest = (ax - place.x) ** 2 + (ay - place.y) ** 2;
  if (item.fill !== undefined && inside) return 0;
  return Math.sqrt(nearest) - (item.width ?? 1) / 2;
}

/** Squared distance from (x, y) to the segment a–b. */
function segmentDistance(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  x: number,
  y: number,
): number {
  const dx = bx - ax;
  const dy = by - ay;
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : ((x - ax) * dx + (y - ay) * dy) / length;
  const at = along < 0 ? 0 : along > 1 ? 1 : along;
  const ex = ax + at * dx - x;
  const ey = ay + at * dy - y;
  return ex * ex + ey * ey;
}
