/**
 * Dense pictures by summing what each line and point covers of every pixel. A canvas strokes a
 * hundred thousand segments in more than a tenth of a second; this takes a few milliseconds, and
 * where things crowd, their number shows as depth of colour.
 */
import type { Transform } from './viewport.ts';

/** Share of each pixel that is covered; sums above 1 mean more than one thing lies there. */
export interface Coverage {
  /** Device pixels. */
  width: number;
  height: number;
  /** Row-major from the top left. */
  share: Float32Array;
}

export const createCoverage = (width: number, height: number): Coverage => ({
  width,
  height,
  share: new Float32Array(width * height),
});

/** Vertices between two yields: about a millisecond. */
const CHUNK = 16_384;

export interface LineOptions {
  /** px */
  width: number;
  /** 2 joins every point with the next, 4 every second one only (unconnected segments). */
  stride: 2 | 4;
  /** The points in another order, or some of them. */
  order?: Int32Array;
  closed?: boolean;
}

/** Adds a polyline. Yields now and then. O(points + pixels crossed). */
export function* coverLines(
  coverage: Coverage,
  points: Float64Array,
  t: Transform,
  { width, order, stride, closed = false }: LineOptions,
): Generator<void> {
  const count = order ? order.length : points.length / 2;
  if (count < 2) return;
  const { kx, ky, tx, ty } = t;
  const steps = closed ? count : count - 1;
  let since = 0;
  for (let step = 0; step < steps; step += stride / 2) {
    const next = step + 1 === count ? 0 : step + 1;
    const a = 2 * (order ? order[step] : step);
    const b = 2 * (order ? order[next] : next);
    coverSegment(
      coverage,
      points[a] * kx + tx,
      points[a + 1] * ky + ty,
      points[b] * kx + tx,
      points[b + 1] * ky + ty,
      width,
    );
    if (++since === CHUNK) {
      since = 0;
      yield;
    }
  }
}

/**
 * The segments of a polyline that may be seen, as ax, ay, bx, by in px; null when they are more than
 * `most`. Yields now and then. O(points).
 */
export function* linesInSight(
  { width: columns, height: rows }: Coverage,
  points: Float64Array,
  t: Transform,
  { width, order, stride, closed = false }: LineOptions,
  most: number,
): Generator<void, number[] | null> {
  const count = order ? order.length : points.length / 2;
  const { kx, ky, tx, ty } = t;
  const steps = closed ? count : count - 1;
  const seen: number[] = [];
  let since = 0;
  for (let step = 0; step < steps; step += stride / 2) {
    const next = step + 1 === count ? 0 : step + 1;
    const a = 2 * (order ? order[step] : step);
    const b = 2 * (order ? order[next] : next);
    const ax = points[a] * kx + tx;
    const ay = points[a + 1] * ky + ty;
    const bx = points[b] * kx + tx;
    const by = points[b + 1] * ky + ty;
    const isOutside =
      (ax < -width && bx < -width) ||
      (ax > columns + width && bx > columns + width) ||
      (ay < -width && by < -width) ||
      (ay > rows + width && by > rows + width);
    if (!isOutside) {
      if (seen.length === 4 * most) return null;
      seen.push(ax, ay, bx, by);
    }
    if (++since === CHUNK) {
      since = 0;
      yield;
    }
  }
  return seen;
}

/** Adds squares with the area of circles of `radius` px. Yields now and then. */
export function* coverPoints(
  coverage: Coverage,
  points: Float64Array,
  t: Transform,
  radius: number,
): Generator<void> {
  const { kx, ky, tx, ty } = t;
  const half = (radius * Math.sqrt(Math.PI)) / 2;
  let since = 0;
  for (let i = 0; i + 1 < points.length; i += 2) {
    coverBox(coverage, points[i] * kx + tx, points[i + 1] * ky + ty, half);
    if (++since === CHUNK) {
      since = 0;
      yield;
    }
  }
}

/** Along the segment in steps of a pixel, each shared among the four nearest pixels. */
function coverSegment(
  { width: columns, height: rows, share }: Coverage,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  width: number,
): void {
  // Wholly on one side: not seen.
  if ((x0 < 0 && x1 < 0) || (x0 > columns && x1 > columns)) return;
  if ((y0 < 0 && y1 < 0) || (y0 > rows && y1 > rows)) return;
  let dx = x1 - x0;
  let dy = y1 - y0;
  // A segment that reaches far outside is cut to the sight (Liang–Barsky).
  let from = 0;
  let to = 1;
  if (Math.abs(dx) > columns || Math.abs(dy) > rows) {
    for (let side = 0; side < 4; side++) {
      const p = side === 0 ? -dx : side === 1 ? dx : side === 2 ? -dy : dy;
      const q = side === 0 ? x0 : side === 1 ? columns - x0 : side === 2 ? y0 : rows - y0;
      if (p === 0) continue;
      const at = q / p;
      if (p < 0) from = Math.max(from, at);
      else to = Math.min(to, at);
    }
    if (from >= to) return;
  }
  const startX = x0 + from * dx;
  const startY = y0 + from * dy;
  dx *= to - from;
  dy *= to - from;
  const steps = Math.max(1, Math.ceil(Math.max(Math.abs(dx), Math.abs(dy))));
  const stepX = dx / steps;
  const stepY = dy / steps;
  const area = width * Math.sqrt(stepX * stepX + stepY * stepY);
  // Pixel centres lie at halves.
  let x = startX + stepX / 2 - 0.5;
  let y = startY + stepY / 2 - 0.5;
  for (let step = 0; step < steps; step++, x += stepX, y += stepY) {
    const column = Math.floor(x);
    const row = Math.floor(y);
    if (column < 0 || row < 0 || column >= columns - 1 || row >= rows - 1) continue;
    const right = x - column;
    const below = y - row;
    const at = row * columns + column;
    share[at] += area * (1 - right) * (1 - below);
    share[at + 1] += area * right * (1 - below);
    share[at + columns] += area * (1 - right) * below;
    share[at + columns + 1] += area * right * below;
  }
}

/** A square around (x, y), each pixel by the part of it that is covered. */
function coverBox(
  { width: columns, height: rows, share }: Coverage,
  x: number,
  y: number,
  half: number,
): void {
  if (x + half <= 0 || y + half <= 0 || x - half >= columns || y - half >= rows) return;
  const left = Math.max(0, x - half);
  const top = Math.max(0, y - half);
  const right = Math.min(columns, x + half);
  const bottom = Math.min(rows, y + half);
  for (let row = Math.floor(top); row < bottom; row++) {
    const high = Math.min(bottom, row + 1) - Math.max(top, row);
    for (let column = Math.floor(left); column < right; column++) {
      const wide = Math.min(right, column + 1) - Math.max(left, column);
      share[row * columns + column] += wide * high;
    }
  }
}

/**
 * Writes the coverage as RGBA pixels of one colour, `red`, `green`, `blue` from 0 to 255. Yields
 * now and then. O(pixels).
 */
export function* coveragePixels(
  { width, height, share }: Coverage,
  [red, green, blue]: readonly [number, number, number],
  pixels: Uint8ClampedArray,
): Generator<void> {
  const rowsAtOnce = Math.max(1, Math.floor(200_000 / width));
  for (let row = 0; row < height; row++) {
    for (let at = row * width; at < (row + 1) * width; at++) {
      const part = share[at];
      const to = 4 * at;
      if (part === 0) {
        pixels[to + 3] = 0;
        continue;
      }
      pixels[to] = red;
      pixels[to + 1] = green;
      pixels[to + 2] = blue;
      pixels[to + 3] = part >= 1 ? 255 : part * 255;
    }
    if (row % rowsAtOnce === rowsAtOnce - 1) yield;
  }
}
