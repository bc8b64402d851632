/** How each kind of item is drawn. Nothing out of sight is drawn. */
import type { DenseItem } from './dense.ts';
import { pointRadius } from './elements.ts';
import type { Palette } from './palette.ts';
import type {
  Box,
  Item,
  PathItem,
  PointsItem,
  RasterItem,
  RectItem,
  SegmentsItem,
  TextItem,
} from './scene.ts';
import { fontOf, type DrawRaster, type Measure, type Surface } from './surface.ts';
import { screenX, screenY, type Transform } from './viewport.ts';

export interface Brush {
  surface: Surface;
  transform: Transform;
  palette: Palette;
  measure: Measure;
  /** Screen px; what lies outside is not seen. */
  sight: Box;
  raster: DrawRaster;
  /** Draws an item with a crowd of points another way; false when it is none. */
  dense?: (item: DenseItem) => boolean;
}

const labelFont = fontOf(12);
const smallFont = fontOf(10);
const noDash: number[] = [];

export function drawItem(brush: Brush, item: Item): void {
  brush.surface.globalAlpha = item.opacity ?? 1;
  switch (item.kind) {
    case 'rect':
      return drawRect(brush, item);
    case 'path':
      return brush.dense?.(item) ? undefined : drawPath(brush, item);
    case 'segments':
      return brush.dense?.(item) ? undefined : drawSegments(brush, item);
    case 'points':
      return brush.dense?.(item) ? undefined : drawPoints(brush, item);
    case 'text':
      return drawText(brush, item);
    case 'raster':
      return drawRaster(brush, item);
  }
}

function setDash(surface: Surface, dash: readonly number[] | undefined): void {
  surface.setLineDash(dash ? [...dash] : noDash);
}

function drawRect(brush: Brush, item: RectItem): void {
  const { surface, transform: t, palette, sight } = brush;
  let x0 = screenX(t, item.x);
  let x1 = screenX(t, item.x + item.w);
  let y0 = screenY(t, item.y);
  let y1 = screenY(t, item.y + item.h);
  if (x0 > x1) [x0, x1] = [x1, x0];
  if (y0 > y1) [y0, y1] = [y1, y0];
  if (x1 < sight.minX || x0 > sight.maxX || y1 < sight.minY || y0 > sight.maxY) return;
  if (item.inset) {
    // At least a pixel is left of however small a thing.
    const ix = Math.min(item.inset, Math.max(0, (x1 - x0 - 1) / 2));
    const iy = Math.min(item.inset, Math.max(0, (y1 - y0 - 1) / 2));
    x0 += ix;
    x1 -= ix;
    y0 += iy;
    y1 -= iy;
  }
  // Far edges are brought near: canvas loses precision at huge coordinates.
  const far = 64;
  x0 = Math.max(x0, sight.minX - far);
  x1 = Math.min(x1, sight.maxX + far);
  y0 = Math.max(y0, sight.minY - far);
  y1 = Math.min(y1, sight.maxY + far);
  const w = x1 - x0;
  const h = y1 - y0;
  const radius = Math.min(item.radius ?? 0, w / 3, h / 3);
  const plain = radius < 1;
  if (!plain || item.stroke) {
    surface.beginPath();
    if (plain) surface.rect(x0, y0, w, h);
    else surface.roundRect(x0, y0, w, h, radius);
  }
  if (item.fill) {
    surface.fillStyle = palette.css(item.fill);
    if (plain && !item.stroke) surface.fillRect(x0, y0, w, h);
    else surface.fill();
  }
  if (item.stroke) {
    surface.globalAlpha = 1;
    surface.strokeStyle = palette.css(item.stroke);
    // An outline must not swallow a narrow bar.
    surface.lineWidth = Math.min(item.strokeWidth ?? 1, Math.max(0.75, Math.min(w, h) / 4));
    setDash(surface, item.dash);
    surface.stroke();
  }
  if (item.label && h >= 11 && w >= 10)
    drawRectLabel(
      brush,
      item,
      item.label,
      Math.max(x0, sight.minX + 8),
      y0,
      Math.min(x1, sight.maxX - 8),
      h,
    );
}

/** In the middle of what is seen of the rectangle, in the larger of two sizes that fits. */
function drawRectLabel(
  brush: Brush,
  item: RectItem,
  label: string,
  x0: number,
  y0: number,
  x1: number,
  h: number,
): void {
  const { surface, palette, measure } = brush;
  const room = x1 - x0;
  const font =
    h >= 14 && measure(label, labelFont) + 6 <= room
      ? labelFont
      : measure(label, smallFont) + 3 <= room
        ? smallFont
        : null;
  if (!font) return;
  surface.globalAlpha = 1;
  surface.font = font;
  surface.textAlign = 'center';
  surface.textBaseline = 'middle';
  surface.fillStyle = item.fill ? palette.textOn(item.fill, item.opacity ?? 1) : palette.tokens.ink;
  surface.fillText(label, (x0 + x1) / 2, y0 + h / 2 + 0.5);
}

/** Cohen–Sutherland outcode: 0 in sight, else the sides on which (x, y) lies outside. */
function sideOf(sight: Box, x: number, y: number): number {
  return (
    (x < sight.minX ? 1 : x > sight.maxX ? 2 : 0) | (y < sight.minY ? 4 : y > sight.maxY ? 8 : 0)
  );
}

function drawPath(brush: Brush, item: PathItem): void {
  const { surface, transform: t, palette } = brush;
  const { points, order } = item;
  const count = order ? order.length : points.length / 2;
  if (count < 2) return;
  if (item.fill) {
    surface.beginPath();
    for (let step = 0; step < count; step++) {
      const i = order ? order[step] : step;
      const x = screenX(t, points[2 * i]);
      const y = screenY(t, points[2 * i + 1]);
      if (step === 0) surface.moveTo(x, y);
      else surface.lineTo(x, y);
    }
    surface.closePath();
    surface.fillStyle = palette.css(item.fill);
    surface.fill();
  }
  if (!item.stroke) return;
  surface.strokeStyle = palette.css(item.stroke);
  surface.lineWidth = item.width ?? 1.5;
  setDash(surface, item.dash);
  surface.lineJoin = count > 2000 ? 'bevel' : 'round';
  surface.beginPath();
  traceLine(brush, item, count);
  surface.stroke();
}

/** Adds a polyline to the path, without the parts out of sight and detail under half a pixel. */
function traceLine(brush: Brush, { points, order, closed }: PathItem, count: number): void {
  const { surface, transform: t, sight } = brush;
  const margin = {
    minX: sight.minX - 8,
    minY: sight.minY - 8,
    maxX: sight.maxX + 8,
    maxY: sight.maxY + 8,
  };
  const fine = count > 1000 ? 0.5 : 0;
  const first = order ? order[0] : 0;
  let lastX = screenX(t, points[2 * first]);
  let lastY = screenY(t, points[2 * first + 1]);
  let lastSide = sideOf(margin, lastX, lastY);
  let down = false;
  const steps = closed ? count : count - 1;
  for (let step = 1; step <= steps; step++) {
    const at = step === count ? 0 : step;
    const i = order ? order[at] : at;
    const x = screenX(t, points[2 * i]);
    const y = screenY(t, points[2 * i + 1]);
    if (step < steps && Math.abs(x - lastX) < fine && Math.abs(y - lastY) < fine) continue;
    const side = sideOf(margin, x, y);
    if ((side & lastSide) === 0) {
      if (!down) surface.moveTo(lastX, lastY);
      surface.lineTo(x, y);
      down = true;
    } else down = false;
    lastX = x;
    lastY = y;
    lastSide = side;
  }
}

function drawSegments(brush: Brush, item: SegmentsItem): void {
  const { surface, transform: t, palette, sight } = brush;
  const { points } = item;
  surface.beginPath();
  for (let i = 0; i + 3 < points.length; i += 4) {
    const ax = screenX(t, points[i]);
    const ay = screenY(t, points[i + 1]);
    const bx = screenX(t, points[i + 2]);
    const by = screenY(t, points[i + 3]);
    if ((sideOf(sight, ax, ay) & sideOf(sight, bx, by)) !== 0) continue;
    surface.moveTo(ax, ay);
    surface.lineTo(bx, by);
  }
  surface.strokeStyle = palette.css(item.stroke);
  surface.lineWidth = item.width ?? 1;
  setDash(surface, item.dash);
  surface.stroke();
}

function drawPoints(brush: Brush, item: PointsItem): void {
  const { palette } = brush;
  const count = item.points.length / 2;
  if (item.palette && item.group) {
    for (let group = 0; group < item.palette.length; group++)
      drawGroup(brush, item, count, palette.css(item.palette[group]), group);
  } else drawGroup(brush, item, count, palette.css(item.fill), -1);
  if (item.label) drawPointLabels(brush, item, count);
}

/** The points of one group (all for −1): small ones as squares, others as one path. */
function drawGroup(
  brush: Brush,
  item: PointsItem,
  count: number,
  colour: string,
  group: number,
): void {
  const { surface, transform: t, palette, sight } = brush;
  const { points, shape = 'circle' } = item;
  surface.fillStyle = colour;
  let pending = 0;
  const flush = () => {
    if (pending === 0) return;
    pending = 0;
    surface.fill();
    if (item.stroke) {
      surface.strokeStyle = palette.css(item.stroke);
      surface.lineWidth = item.strokeWidth ?? 1;
      setDash(surface, undefined);
      surface.stroke();
    }
  };
  const many = count > 3000;
  for (let i = 0; i < count; i++) {
    if (group >= 0 && item.group![i] !== group) continue;
    const x = screenX(t, points[2 * i]);
    const y = screenY(t, points[2 * i + 1]);
    const r = pointRadius(item, i);
    if (x + r < sight.minX || x - r > sight.maxX || y + r < sight.minY || y - r > sight.maxY)
      continue;
    // A circle this small looks the same, at a tenth of the cost.
    if (!item.stroke && (r <= 1.2 || (many && r <= 2))) {
      const side = r * 1.78;
      surface.fillRect(x - side / 2, y - side / 2, side, side);
      continue;
    }
    if (pending === 0) surface.beginPath();
    if (shape === 'circle') {
      surface.moveTo(x + r, y);
      surface.arc(x, y, r, 0, 2 * Math.PI);
    } else if (shape === 'square') surface.rect(x - r, y - r, 2 * r, 2 * r);
    else {
      surface.moveTo(x, y - r * 1.25);
      surface.lineTo(x + r * 1.25, y);
      surface.lineTo(x, y + r * 1.25);
      surface.lineTo(x - r * 1.25, y);
      surface.closePath();
    }
    // Filling cost grows faster than the path's length.
    if (++pending >= 256) flush();
  }
  flush();
}

const cell = 4;

/** Labels beside points in order, each only where no earlier label or point lies. */
function drawPointLabels(brush: Brush, item: PointsItem, count: number): void {
  const { surface, transform: t, palette, sight, measure } = brush;
  const seen: number[] = [];
  for (let i = 0; i < count && seen.length <= 600; i++)
    if (sideOf(sight, screenX(t, item.points[2 * i]), screenY(t, item.points[2 * i + 1])) === 0)
      seen.push(i);
  if (seen.length > 600) return;
  const columns = Math.ceil((sight.maxX - sight.minX) / cell) + 1;
  const rows = Math.ceil((sight.maxY - sight.minY) / cell) + 1;
  const taken = new Uint8Array(columns * rows);
  /** Whether the box is free; marks it as taken when `take`. */
  const claim = (x: number, y: number, w: number, h: number, take: boolean): boolean => {
    const c0 = Math.max(0, Math.floor((x - sight.minX) / cell));
    const c1 = Math.min(columns - 1, Math.floor((x + w - sight.minX) / cell));
    const r0 = Math.max(0, Math.floor((y - sight.minY) / cell));
    const r1 = Math.min(rows - 1, Math.floor((y + h - sight.minY) / cell));
    for (let row = r0; row <= r1; row++)
      for (let column = c0; column <= c1; column++) {
        if (take) taken[row * columns + column] = 1;
        else if (taken[row * columns + column]) return false;
      }
    return true;
  };
  for (const i of seen) {
    const r = pointRadius(item, i);
    claim(
      screenX(t, item.points[2 * i]) - r,
      screenY(t, item.points[2 * i + 1]) - r,
      2 * r,
      2 * r,
      true,
    );
  }
  surface.font = labelFont;
  surface.textAlign = 'left';
  surface.textBaseline = 'middle';
  surface.globalAlpha = 1;
  surface.strokeStyle = palette.tokens.panel;
  surface.fillStyle = palette.tokens.ink2;
  surface.lineWidth = 4;
  surface.lineJoin = 'round';
  setDash(surface, undefined);
  for (const i of seen) {
    const label = item.label!(i);
    if (!label) continue;
    const r = pointRadius(item, i);
    const width = measure(label, labelFont);
    const y = screenY(t, item.points[2 * i + 1]);
    const right = screenX(t, item.points[2 * i]) + r + 5;
    const left = right - 2 * r - 10 - width;
    const x = [right, left].find(
      (at) => at >= sight.minX && at + width <= sight.maxX && claim(at, y - 6, width, 12, false),
    );
    if (x === undefined) continue;
    claim(x, y - 6, width, 12, true);
    surface.strokeText(label, x, y);
    surface.fillText(label, x, y);
  }
}

function drawText(brush: Brush, item: TextItem): void {
  const { surface, transform: t, palette } = brush;
  surface.font = fontOf(item.size ?? 12, item.weight);
  surface.textAlign = item.align === 'middle' ? 'center' : item.align === 'end' ? 'right' : 'left';
  surface.textBaseline = item.baseline ?? 'middle';
  surface.fillStyle = palette.css(item.colour ?? 'ink2');
  surface.fillText(
    item.text,
    screenX(t, item.x) + (item.dx ?? 0),
    screenY(t, item.y) + (item.dy ?? 0),
  );
}

function drawRaster(brush: Brush, item: RasterItem): void {
  const { transform: t } = brush;
  const x0 = screenX(t, item.x);
  const x1 = screenX(t, item.x + item.w);
  const y0 = screenY(t, item.y);
  const y1 = screenY(t, item.y + item.h);
  brush.raster(
    item,
    Math.min(x0, x1),
    Math.min(y0, y1),
    Math.abs(x1 - x0),
    Math.abs(y1 - y0),
    y1 < y0,
  );
}
