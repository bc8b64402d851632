/**
 * Paints a scene: axes, items back to front, then the marks of pointer, selection and keyboard
 * cursor. In CSS px; the host scales the surface to the device's pixels beforehand.
 */
import { findElement } from './elements.ts';
import { drawItem, type Brush } from './items.ts';
import { tickFont, truncate, xTicks, yTicks, type Size } from './layout.ts';
import { drawMark } from './marks.ts';
import type { Palette } from './palette.ts';
import type { ElementId, Scene } from './scene.ts';
import { fontOf, type DrawRaster, type Measure, type Surface } from './surface.ts';
import { screenX, screenY, type Area, type Transform } from './viewport.ts';

export interface Marks {
  selected?: ElementId | null;
  hovered?: ElementId | null;
  /** The keyboard cursor, while the picture has the focus. */
  cursor?: ElementId | null;
}

export interface Picture {
  scene: Scene;
  size: Size;
  /** Where the plot lies, from `plotArea`. */
  area: Area;
  transform: Transform;
  palette: Palette;
  measure: Measure;
  raster: DrawRaster;
  dense?: Brush['dense'];
  marks?: Marks;
  /** Filled behind everything when given. */
  background?: string;
}

/** O(items in sight); allocates only for labels. */
export function paint(surface: Surface, picture: Picture): void {
  const { scene, size, area, transform, palette, measure } = picture;
  surface.lineJoin = 'round';
  surface.lineCap = 'butt';
  surface.globalAlpha = 1;
  surface.setLineDash([]);
  if (picture.background) {
    surface.fillStyle = picture.background;
    surface.fillRect(0, 0, size.width, size.height);
  }
  const framed = scene.xAxis !== undefined || scene.yAxis !== undefined;
  if (framed) drawGrid(surface, picture);
  surface.save();
  if (framed) {
    // Round points and outlines at the border stay whole; row labels stay free.
    const sideways = scene.yAxis?.categories ? 3 : 8;
    surface.beginPath();
    surface.rect(area.left - sideways, area.top - 8, area.width + 2 * sideways, area.height + 16);
    surface.clip();
  }
  const sight = framed
    ? {
        minX: area.left - 8,
        minY: area.top - 8,
        maxX: area.left + area.width + 8,
        maxY: area.top + area.height + 8,
      }
    : { minX: 0, minY: 0, maxX: size.width, maxY: size.height };
  const { raster, dense } = picture;
  const brush: Brush = { surface, transform, palette, measure, sight, raster, dense };
  for (const item of scene.items) drawItem(brush, item);
  surface.globalAlpha = 1;
  surface.setLineDash([]);
  const { selected, hovered, cursor } = picture.marks ?? {};
  const mark = (id: ElementId | null | undefined, kind: 'hovered' | 'selected' | 'cursor') => {
    const ref = findElement(scene, id ?? null);
    if (ref) drawMark(brush, ref, kind);
  };
  if (hovered !== selected) mark(hovered, 'hovered');
  mark(selected, 'selected');
  mark(cursor, 'cursor');
  surface.restore();
}

function drawGrid(surface: Surface, picture: Picture): void {
  const { scene, area, transform, palette, measure, size } = picture;
  const { line, ink2, ink3 } = palette.tokens;
  const bottom = area.top + area.height;
  const right = area.left + area.width;
  surface.lineWidth = 1;
  surface.strokeStyle = line;
  surface.font = tickFont;
  const { xAxis, yAxis } = scene;
  const named = yAxis ? axisName(yAxis.label, yAxis.unit) : '';
  if (xAxis) {
    const ticks = xTicks(xAxis, transform, area, measure);
    if (xAxis.grid ?? !xAxis.categories) {
      surface.beginPath();
      for (const tick of ticks) {
        const x = Math.round(screenX(transform, tick.at)) + 0.5;
        surface.moveTo(x, area.top - 4);
        surface.lineTo(x, bottom);
      }
      surface.stroke();
    }
    surface.fillStyle = ink3;
    surface.textBaseline = 'middle';
    const name = axisName(xAxis.label, xAxis.unit);
    let limit = size.width - 2;
    if (name) {
      surface.textAlign = 'right';
      surface.fillText(name, right, bottom + 13);
      limit = right - measure(name, tickFont) - 8;
    }
    surface.textAlign = 'center';
    for (const tick of ticks) {
      const half = measure(tick.label, tickFont) / 2;
      const x = Math.max(half + 2, screenX(transform, tick.at));
      if (x + half > limit) continue;
      surface.fillText(tick.label, x, bottom + 13);
    }
  }
  if (yAxis) {
    const ticks = yTicks(yAxis, transform, area);
    if (yAxis.grid ?? !yAxis.categories) {
      surface.beginPath();
      for (const tick of ticks) {
        const y = Math.round(screenY(transform, tick.at)) + 0.5;
        surface.moveTo(area.left, y);
        surface.lineTo(right, y);
      }
      surface.stroke();
    }
    surface.fillStyle = yAxis.categories ? ink2 : ink3;
    surface.textAlign = 'right';
    surface.textBaseline = 'middle';
    const room = area.left - 14;
    for (const tick of ticks) {
      const label = truncate(tick.label, room, tickFont, measure);
      surface.fillText(label, area.left - 8, screenY(transform, tick.at));
    }
    if (named) {
      surface.fillStyle = ink3;
      surface.textAlign = 'left';
      surface.font = fontOf(12);
      surface.fillText(named, 10, area.top - 16);
    }
  }
}

const axisName = (label = '', unit?: string) => (unit ? `${label} (${unit})`.trim() : label);
