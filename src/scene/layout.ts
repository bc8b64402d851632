/** Where a scene's plot and axes lie on the screen, and which ticks they have. */
import type { Axis, Scene } from './scene.ts';
import { fontOf, type Measure } from './surface.ts';
import { logTicks, niceTicks, type Tick } from './ticks.ts';
import { visibleBox, type Area, type Camera, type Transform } from './viewport.ts';

export interface Size {
  width: number;
  height: number;
}

/** Room kept free at the sides, px, beside what axes need. */
export interface Inset {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export const defaultInset: Inset = { left: 16, top: 16, right: 18, bottom: 14 };

export const tickFont = fontOf(12);

const tickRow = 24;

/** The plot's area inside a picture of `size`. */
export function plotArea(
  scene: Scene,
  camera: Camera,
  size: Size,
  inset: Inset,
  measure: Measure,
): Area {
  const top = inset.top + (scene.yAxis?.label ? 16 : 0);
  const bottom = scene.xAxis ? Math.max(tickRow, inset.bottom) : inset.bottom;
  const height = Math.max(20, size.height - top - bottom);
  let left = inset.left;
  if (scene.yAxis) {
    const labels = scene.yAxis.categories ?? yLabels(scene.yAxis, camera, height);
    let widest = 0;
    for (const label of labels) widest = Math.max(widest, measure(label, tickFont));
    // In steps of 8 px, so that the plot rests while one zooms.
    left = Math.min(
      Math.max(40, Math.ceil((widest + 18) / 8) * 8),
      Math.max(40, Math.round(size.width * 0.28)),
    );
  }
  return { left, top, width: Math.max(20, size.width - left - inset.right), height };
}

function yLabels(axis: Axis, camera: Camera, height: number): string[] {
  const half = (camera.box.maxY - camera.box.minY) / camera.zoomY / 2;
  const count = Math.max(2, height / 44);
  return ticksOf(axis, camera.y - half, camera.y + half, count).map((tick) => tick.label);
}

function ticksOf(axis: Axis, low: number, high: number, count: number): Tick[] {
  return axis.log10 ? logTicks(low, high, count) : niceTicks(low, high, count);
}

/** Ticks of the x axis in sight, as many as their labels leave room for. */
export function xTicks(axis: Axis, t: Transform, area: Area, measure: Measure): Tick[] {
  const seen = visibleBox(t, area);
  if (axis.categories) return categoryTicks(axis.categories, seen.minX, seen.maxX, t.kx, 34);
  let count = Math.max(2, Math.round(area.width / 58));
  let ticks = ticksOf(axis, seen.minX, seen.maxX, count);
  while (count > 2 && crowded(ticks, Math.abs(t.kx), measure)) {
    count = Math.floor(count * 0.7);
    ticks = ticksOf(axis, seen.minX, seen.maxX, count);
  }
  return ticks;
}

function crowded(ticks: Tick[], k: number, measure: Measure): boolean {
  for (let i = 1; i < ticks.length; i++) {
    const room = (ticks[i].at - ticks[i - 1].at) * k;
    const need = (measure(ticks[i].label, tickFont) + measure(ticks[i - 1].label, tickFont)) / 2;
    if (need + 12 > room) return true;
  }
  return false;
}

/** Ticks of the y axis in sight. */
export function yTicks(axis: Axis, t: Transform, area: Area): Tick[] {
  const seen = visibleBox(t, area);
  if (axis.categories) return categoryTicks(axis.categories, seen.minY, seen.maxY, t.ky, 14);
  return ticksOf(axis, seen.minY, seen.maxY, Math.max(2, Math.round(area.height / 44)));
}

/** Every nth category such that labels are `room` px apart. */
function categoryTicks(
  categories: readonly string[],
  low: number,
  high: number,
  k: number,
  room: number,
): Tick[] {
  const stride = Math.max(1, Math.ceil(room / Math.max(1e-9, Math.abs(k))));
  const ticks: Tick[] = [];
  const first = Math.max(0, Math.floor((low - 0.5) / stride) * stride);
  for (let i = first; i < categories.length && i + 0.5 <= high + 0.5; i += stride)
    if (i + 0.5 >= low && i + 0.5 <= high) ticks.push({ at: i + 0.5, label: categories[i] });
  return ticks;
}

/** `text` cut with an ellipsis to at most `room` px; '' when nothing fits. */
export function truncate(text: string, room: number, font: string, measure: Measure): string {
  if (measure(text, font) <= room) return text;
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (measure(`${text.slice(0, middle)}…`, font) <= room) low = middle;
    else high = middle - 1;
  }
  return low === 0 ? '' : `${text.slice(0, low).trimEnd()}…`;
}
