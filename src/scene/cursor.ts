/** The keyboard cursor: which element comes next when an arrow key is pressed. */
import { eachElement, elementBox, refOf, screenBox, type ElementRef } from './elements.ts';
import type { Box, ElementId, Item, Scene } from './scene.ts';
import type { Transform } from './viewport.ts';

export type Direction = 'left' | 'right' | 'up' | 'down';

/** The element furthest to the top left of what is in `view` (screen px), else of everything. */
export function firstElement(scene: Scene, t: Transform, view: Box): ElementRef | null {
  return (
    pick(scene, t, (box) => (overlaps(box, view) ? box.minY * 3 + box.minX : Infinity)) ??
    pick(scene, t, (box) => box.minY * 3 + box.minX)
  );
}

/**
 * The next element from `current` in a screen direction; null when there is none. In a picture of
 * rows (a Gantt), left and right stay in the row and up and down go to the next row that has
 * something. Elsewhere it is the one with the least way along, straying to the side counting three
 * times. O(elements).
 */
export function nextElement(
  scene: Scene,
  t: Transform,
  current: ElementRef,
  direction: Direction,
): ElementRef | null {
  const from = screenBox(t, elementBox(current.item, current.index));
  const fromX = (from.minX + from.maxX) / 2;
  const fromY = (from.minY + from.maxY) / 2;
  const horizontal = direction === 'left' || direction === 'right';
  const sign = direction === 'left' || direction === 'up' ? -1 : 1;
  const rows = scene.yAxis?.categories !== undefined;
  return pick(scene, t, (box, item, index) => {
    if (item === current.item && index === current.index) return Infinity;
    const dx = (box.minX + box.maxX) / 2 - fromX;
    const dy = (box.minY + box.maxY) / 2 - fromY;
    const along = sign * (horizontal ? dx : dy);
    if (along <= 0.01) return Infinity;
    const side = horizontal
      ? gap(from.minY, from.maxY, box.minY, box.maxY)
      : gap(from.minX, from.maxX, box.minX, box.maxX);
    const offset = Math.abs(horizontal ? dy : dx);
    if (rows && horizontal) return side > 0 ? Infinity : along;
    if (rows) return along * 1e4 + side + 0.01 * offset;
    if (side > 4 * along) return Infinity;
    return along + 3 * side + 0.2 * offset;
  });
}

/**
 * The element `step` places on in drawing order, clamped to the ends: the way to every element,
 * wherever it lies.
 */
export function stepElement(scene: Scene, id: ElementId | null, step: number): ElementRef | null {
  const found: { item: Item; index: number }[] = [];
  let at = -1;
  eachElement(scene, (item, index) => {
    if (at < 0 && refOf(item, index)?.id === id) at = found.length;
    found.push({ item, index });
  });
  if (found.length === 0) return null;
  const next = found[Math.min(found.length - 1, Math.max(0, at + step))];
  return refOf(next.item, next.index);
}

function pick(
  scene: Scene,
  t: Transform,
  cost: (box: Box, item: Item, index: number) => number,
): ElementRef | null {
  let best: { item: Item; index: number } | null = null;
  let least = Infinity;
  eachElement(scene, (item, index) => {
    const value = cost(screenBox(t, elementBox(item, index)), item, index);
    if (value < least) {
      least = value;
      best = { item, index };
    }
  });
  const found = best as { item: Item; index: number } | null;
  return found && refOf(found.item, found.index);
}

/** Distance between two intervals; 0 when they overlap. */
const gap = (a0: number, a1: number, b0: number, b1: number) => Math.max(0, b0 - a1, a0 - b1);

const overlaps = (a: Box, b: Box) =>
  a.minX <= b.maxX && a.maxX >= b.minX && a.minY <= b.maxY && a.maxY >= b.minY;
