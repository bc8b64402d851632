/** The things of a scene a person can point at: lookup by id, place, name. */
import type { Box, ElementId, Item, PathItem, PointsItem, RectItem, Scene } from './scene.ts';
import { screenX, screenY, type Transform } from './viewport.ts';

/** An element: the item it is drawn by, and which point of it (−1 for the whole item). */
export interface ElementRef {
  id: ElementId;
  item: RectItem | PathItem | PointsItem;
  index: number;
}

/** Calls `visit` for every element, back to front. O(elements), no allocation per element. */
export function eachElement(
  scene: Scene,
  visit: (item: RectItem | PathItem | PointsItem, index: number) => void,
): void {
  for (const item of scene.items) {
    if ((item.kind === 'rect' || item.kind === 'path') && item.id !== undefined) visit(item, -1);
    else if (item.kind === 'points' && item.idPrefix !== undefined)
      for (let i = 0; 2 * i < item.points.length; i++) visit(item, i);
  }
}

/** The topmost element of this id. O(items). */
export function findElement(scene: Scene, id: ElementId | null): ElementRef | null {
  if (id === null) return null;
  for (let i = scene.items.length - 1; i >= 0; i--) {
    const item = scene.items[i];
    if ((item.kind === 'rect' || item.kind === 'path') && item.id === id)
      return { id, item, index: -1 };
    if (item.kind === 'points') {
      const index = pointIndex(item, id);
      if (index >= 0) return { id, item, index };
    }
  }
  return null;
}

/** Which point of `item` has this id; −1 when none has. */
function pointIndex(item: PointsItem, id: ElementId): number {
  if (item.idPrefix === undefined || !id.startsWith(item.idPrefix)) return -1;
  const digits = id.slice(item.idPrefix.length);
  if (!/^(0|[1-9]\d{0,8})$/.test(digits)) return -1;
  const index = Number(digits);
  return 2 * index < item.points.length ? index : -1;
}

export function refOf(item: Item, index: number): ElementRef | null {
  if (item.kind === 'points')
    return item.idPrefix === undefined ? null : { id: `${item.idPrefix}${index}`, item, index };
  if ((item.kind === 'rect' || item.kind === 'path') && item.id !== undefined)
    return { id: item.id, item, index: -1 };
  return null;
}

/** What the tooltip shows and a screen reader says; '' when the scene gives no name. */
export function elementName(ref: ElementRef): string {
  const { item, index } = ref;
  if (item.kind === 'points') return item.title?.(index) ?? item.label?.(index) ?? '';
  return item.title ?? (item.kind === 'rect' ? item.label : undefined) ?? '';
}

export function pointRadius(item: PointsItem, index: number): number {
  return typeof item.radius === 'number' ? item.radius : item.radius[index];
}

/** World box of an element; a point has no extent. Paths cost O(points). */
export function elementBox(item: RectItem | PathItem | PointsItem, index: number): Box {
  if (item.kind === 'rect')
    return { minX: item.x, minY: item.y, maxX: item.x + item.w, maxY: item.y + item.h };
  const { points } = item;
  if (item.kind === 'points') {
    const [x, y] = [points[2 * index], points[2 * index + 1]];
    return { minX: x, minY: y, maxX: x, maxY: y };
  }
  const box = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity };
  for (let i = 0; i < points.length; i += 2) {
    box.minX = Math.min(box.minX, points[i]);
    box.maxX = Math.max(box.maxX, points[i]);
    box.minY = Math.min(box.minY, points[i + 1]);
    box.maxY = Math.max(box.maxY, points[i + 1]);
  }
  return box;
}

/** Screen box of a world box, px; minX ≤ maxX and minY ≤ maxY whichever way the axes point. */
export function screenBox(t: Transform, box: Box): Box {
  const [x0, x1] = [screenX(t, box.minX), screenX(t, box.maxX)];
  const [y0, y1] = [screenY(t, box.minY), screenY(t, box.maxY)];
  return {
    minX: Math.min(x0, x1),
    minY: Math.min(y0, y1),
    maxX: Math.max(x0, x1),
    maxY: Math.max(y0, y1),
  };
}
