/** What the painter draws on: a canvas, or the SVG writer, which speaks the same subset. */
import type { RasterItem } from './scene.ts';

export type Surface = Pick<
  CanvasRenderingContext2D,
  | 'fillStyle'
  | 'strokeStyle'
  | 'lineWidth'
  | 'lineJoin'
  | 'lineCap'
  | 'globalAlpha'
  | 'font'
  | 'textAlign'
  | 'textBaseline'
  | 'beginPath'
  | 'moveTo'
  | 'lineTo'
  | 'closePath'
  | 'arc'
  | 'rect'
  | 'roundRect'
  | 'fill'
  | 'stroke'
  | 'fillRect'
  | 'fillText'
  | 'strokeText'
  | 'setLineDash'
  | 'save'
  | 'restore'
  | 'clip'
>;

/** Width of `text` in a CSS font, px. */
export type Measure = (text: string, font: string) => number;

/** Draws a raster stretched over a screen box; `flip` when its first row is at the bottom. */
export type DrawRaster = (
  item: RasterItem,
  x: number,
  y: number,
  w: number,
  h: number,
  flip: boolean,
) => void;

/** A measuring function over `raw` that remembers up to 4 000 texts. */
export function cachedMeasure(raw: Measure): Measure {
  const widths = new Map<string, number>();
  return (text, font) => {
    const key = `${font}\n${text}`;
    let width = widths.get(key);
    if (width === undefined) {
      if (widths.size >= 4000) widths.clear();
      width = raw(text, font);
      widths.set(key, width);
    }
    return width;
  };
}

/** Good to a tenth for texts of the sans; where there is no canvas to ask. */
export const estimateWidth: Measure = (text, font) => {
  const size = Number(/([\d.]+)px/.exec(font)?.[1] ?? 12);
  let width = 0;
  for (const sign of text) width += signWidth(sign);
  return width * size;
};

/** In ems. */
function signWidth(sign: string): number {
  if (/[\u2009 ijlI.,:;'|!·]/.test(sign)) return 0.28;
  if (/[ftr()\-–/]/.test(sign)) return 0.38;
  if (/[mwMW@%—]/.test(sign)) return 0.87;
  if (/[A-Z0-9≥≤+=°×]/.test(sign)) return 0.61;
  return 0.55;
}

const family = '"IBM Plex Sans Variable", "IBM Plex Sans", system-ui, sans-serif';

export const fontOf = (size: number, weight: 400 | 600 = 400) => `${weight} ${size}px ${family}`;
