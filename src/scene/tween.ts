/** A new incumbent slides in: rectangles of equal id move from where they were. */
import type { Item, RectItem, Scene } from './scene.ts';

/** Scenes with more items than this change at once. */
export const tweenLimit = 400;

/** Whether anything would be seen to move between the two. */
export function canTween(from: Scene, to: Scene): boolean {
  if (from.items.length > tweenLimit || to.items.length > tweenLimit) return false;
  if (from.fit !== to.fit || from.yUp !== to.yUp) return false;
  const before = rectsById(from);
  return to.items.some((item) => {
    if (item.kind !== 'rect' || item.id === undefined) return false;
    const old = before.get(item.id);
    return (
      old !== undefined &&
      (old.x !== item.x || old.y !== item.y || old.w !== item.w || old.h !== item.h)
    );
  });
}

/** The scene `to` with its rectangles on the way from `from`; `at` in [0, 1], eased. O(items). */
export function tweenScene(from: Scene, to: Scene, at: number): Scene {
  if (at >= 1) return to;
  const eased = 1 - (1 - at) ** 3;
  const before = rectsById(from);
  const items: Item[] = to.items.map((item) => {
    if (item.kind !== 'rect' || item.id === undefined) return item;
    const old = before.get(item.id);
    if (!old) return item;
    const mix = (a: number, b: number) => a + (b - a) * eased;
    return {
      ...item,
      x: mix(old.x, item.x),
      y: mix(old.y, item.y),
      w: mix(old.w, item.w),
      h: mix(old.h, item.h),
    };
  });
  return { ...to, items };
}

function rectsById(scene: Scene): Map<string, RectItem> {
  const found = new Map<string, RectItem>();
  for (const item of scene.items)
    if (item.kind === 'rect' && item.id !== undefined) found.set(item.id, item);
  return found;
}
