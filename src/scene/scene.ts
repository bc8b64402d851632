/**
 * The draw list: a picture as data. Views make it, the painter draws it on a canvas, and it is the
 * source of PNG and SVG export, hit testing, the keyboard cursor and the spoken description.
 * Coordinates are the picture's own ("world"); sizes named px are screen pixels at any zoom.
 */

/** Colours by meaning, resolved to the theme when painted. */
export type Token =
  | 'ink'
  | 'ink2'
  | 'ink3'
  | 'line'
  | 'panel'
  | 'sunk'
  | 'accent'
  | 'bound'
  | 'good'
  | 'warn'
  | 'sea'
  | 'land';

/** A group's colour: `hue` in [0, 1) on one OKLCH wheel at constant lightness; labels go besides. */
export interface Hue {
  hue: number;
  /** `soft` for areas behind other things, `strong` for lines. Default `fill`. */
  tone?: 'fill' | 'soft' | 'strong';
}

export type Colour = Token | Hue;

/** The hue of group `index` of `count`: evenly spaced, the golden angle beyond 12 groups. */
export function groupHue(index: number, count: number): Hue {
  const turn = count <= 12 ? index / Math.max(1, count) : index * 0.381966;
  return { hue: (turn + 0.055) % 1 };
}

/** Names one thing a person can point at, e.g. `op:3:2`, `city:17`. Stable over incumbents. */
export type ElementId = string;

export interface Box {
  minX: number;
  minY: number;
  maxX: number;
  maxY: number;
}

export interface Point {
  x: number;
  y: number;
}

interface ItemBase {
  opacity?: number;
}

export interface RectItem extends ItemBase {
  kind: 'rect';
  id?: ElementId;
  x: number;
  y: number;
  w: number;
  h: number;
  fill?: Colour;
  stroke?: Colour;
  /** px */
  strokeWidth?: number;
  /** px */
  radius?: number;
  dash?: readonly number[];
  /** px taken off each side, so that neighbours stay apart at any zoom. */
  inset?: number;
  /** Drawn in the middle when it fits. */
  label?: string;
  /** Tooltip and spoken name. */
  title?: string;
}

export interface PathItem extends ItemBase {
  kind: 'path';
  id?: ElementId;
  /** x0, y0, x1, y1, … */
  points: Float64Array;
  /** The path goes through these points in this order; through all in their own when absent. */
  order?: Int32Array;
  closed?: boolean;
  stroke?: Colour;
  /** px */
  width?: number;
  /** px */
  dash?: readonly number[];
  fill?: Colour;
  title?: string;
}

/** Many unconnected segments in one stroke. */
export interface SegmentsItem extends ItemBase {
  kind: 'segments';
  /** ax, ay, bx, by, … */
  points: Float64Array;
  stroke: Colour;
  width?: number;
  dash?: readonly number[];
}

export interface PointsItem extends ItemBase {
  kind: 'points';
  /** Point i is the element `${idPrefix}${i}`; none when absent. */
  idPrefix?: string;
  /** x0, y0, x1, y1, … */
  points: Float64Array;
  /** px, one for all or one each. */
  radius: number | Float32Array;
  shape?: 'circle' | 'square' | 'diamond';
  fill: Colour;
  /** Colour of point i is `palette[group[i]]`, overriding `fill`. */
  palette?: readonly Colour[];
  group?: Uint16Array;
  stroke?: Colour;
  strokeWidth?: number;
  /** Tooltip and spoken name of point i. */
  title?: (index: number) => string;
  /** Short label beside point i, drawn while there is room. */
  label?: (index: number) => string;
}

export interface TextItem extends ItemBase {
  kind: 'text';
  x: number;
  y: number;
  text: string;
  colour?: Colour;
  /** px */
  size?: number;
  weight?: 400 | 600;
  align?: 'start' | 'middle' | 'end';
  baseline?: 'top' | 'middle' | 'bottom';
  /** px */
  dx?: number;
  /** px */
  dy?: number;
}

/** A raster stretched over a box (decision surfaces, heat maps): `values` through a colour ramp. */
export interface RasterItem extends ItemBase {
  kind: 'raster';
  x: number;
  y: number;
  w: number;
  h: number;
  columns: number;
  rows: number;
  /** Row-major from (x, y), each in [0, 1]: 0 is `from`, 1 is `to`. */
  values: Float32Array;
  from: Colour;
  to: Colour;
  /** Colour at ½; a straight blend when absent. */
  middle?: Colour;
}

export type Item = RectItem | PathItem | SegmentsItem | PointsItem | TextItem | RasterItem;

export interface Axis {
  label?: string;
  unit?: string;
  /** Rows by name (centred at index + ½) instead of numbers. */
  categories?: readonly string[];
  /** World coordinates are log10 of the value shown. */
  log10?: boolean;
  /** Grid lines at the ticks. Default true for numbers. */
  grid?: boolean;
}

export interface Scene {
  /** What "Fit" shows; every item lies inside it. */
  bounds: Box;
  /** `contain` keeps the aspect ratio (maps); `fill` stretches each axis (charts, Gantt). */
  fit: 'contain' | 'fill';
  /** y grows upwards. Default false. */
  yUp?: boolean;
  /** Drawn when present. */
  xAxis?: Axis;
  yAxis?: Axis;
  /** Back to front. */
  items: Item[];
  /** One or two sentences for a screen reader. */
  description: string;
  /** Zooming is along x only (Gantt). */
  zoomX?: boolean;
}

/** The box of an item; null when it has none (text, empty). */
export function itemBox(item: Item): Box | null {
  switch (item.kind) {
    case 'rect':
    case 'raster':
      return { minX: item.x, minY: item.y, maxX: item.x + item.w, maxY: item.y + item.h };
    case 'text':
      return { minX: item.x, minY: item.y, maxX: item.x, maxY: item.y };
    case 'path':
    case 'segments':
    case 'points': {
      const { points } = item;
      if (points.length === 0) return null;
      const box = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity };
      for (let i = 0; i < points.length; i += 2) {
        box.minX = Math.min(box.minX, points[i]);
        box.maxX = Math.max(box.maxX, points[i]);
        box.minY = Math.min(box.minY, points[i + 1]);
        box.maxY = Math.max(box.maxY, points[i + 1]);
      }
      return box;
    }
  }
}
