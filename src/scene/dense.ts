/**
 * Layers for items with very many points: painted by coverage, a few milliseconds in each frame,
 * off to the side. Until a layer is up to date its last image is shown where it belongs now, so
 * that panning and zooming stay smooth at any size.
 */
import { parseColour } from './colour.ts';
import {
  coveragePixels,
  coverLines,
  coverPoints,
  createCoverage,
  linesInSight,
  type Coverage,
} from './coverage.ts';
import type { Palette } from './palette.ts';
import type { Colour, PathItem, PointsItem, SegmentsItem } from './scene.ts';
import type { Size } from './layout.ts';
import type { Transform } from './viewport.ts';

export type DenseItem = PathItem | SegmentsItem | PointsItem;

/** Points from which on an item is looked at. */
const MANY = 30_000;
/** Points in sight above which it is painted by coverage. */
const CROWD = 20_000;
/** A layer has at most this many pixels; beyond, it is painted coarser and stretched. */
const MAX_PIXELS = 2_500_000;

/**
 * Whether an item in one colour, unfilled and thin, takes too long for a frame: lines of very many
 * points, and points with a crowd of them in sight. O(points).
 */
export function isDense(item: DenseItem, t: Transform, { width, height }: Size): boolean {
  const { points } = item;
  if (points.length < 2 * MANY) return false;
  if (item.kind === 'path') return !item.fill && !item.dash && item.stroke !== undefined;
  if (item.kind === 'segments') return !item.dash;
  if (item.palette || item.stroke || radiusOf(item) === null) return false;
  let seen = 0;
  for (let i = 0; i < points.length && seen <= CROWD; i += 2) {
    const x = points[i] * t.kx + t.tx;
    const y = points[i + 1] * t.ky + t.ty;
    if (x >= 0 && y >= 0 && x <= width && y <= height) seen++;
  }
  return seen > CROWD;
}

/** One radius for all, small enough that a square looks the same. */
const radiusOf = (item: PointsItem): number | null =>
  typeof item.radius === 'number' && item.radius <= 2 ? item.radius : null;

const orderOf = (item: DenseItem): Int32Array | undefined =>
  item.kind === 'path' ? item.order : undefined;

/** What a layer was or is being painted for. */
interface Wanted {
  item: DenseItem;
  transform: Transform;
  size: Size;
  palette: Palette;
}

interface Layer {
  image: OffscreenCanvas;
  /** What the image shows; null before the first. */
  shown: Wanted | null;
  wanted: Wanted;
  /** The painting under way. */
  job: { wanted: Wanted; work: Generator<void> } | null;
  coverage: Coverage;
}

export interface Dense {
  /** Starts a frame. */
  begin(): void;
  /** Draws an item's layer as far as it is; call in the same order in every frame. */
  draw(
    context: CanvasRenderingContext2D,
    item: DenseItem,
    transform: Transform,
    size: Size,
    palette: Palette,
  ): void;
  /** Paints for about `milliseconds`; true when there is more to do or to show. */
  work(milliseconds: number): boolean;
}

const same = (a: Wanted | null, b: Wanted): boolean =>
  a !== null &&
  a.item.points === b.item.points &&
  orderOf(a.item) === orderOf(b.item) &&
  a.palette === b.palette &&
  a.size.width === b.size.width &&
  a.size.height === b.size.height &&
  a.transform.kx === b.transform.kx &&
  a.transform.ky === b.transform.ky &&
  a.transform.tx === b.transform.tx &&
  a.transform.ty === b.transform.ty;

/** `ratio`: device pixels per CSS px. */
export function createDense(ratio: () => number): Dense {
  let layers: Layer[] = [];
  let next = 0;

  function layerFor(index: number, wanted: Wanted): Layer {
    const { width, height } = wanted.size;
    const scale = Math.min(ratio(), Math.sqrt(MAX_PIXELS / Math.max(1, width * height)));
    const columns = Math.max(2, Math.round(width * scale));
    const rows = Math.max(2, Math.round(height * scale));
    let layer = layers[index];
    if (!layer || layer.coverage.width !== columns || layer.coverage.height !== rows) {
      layer = {
        image: new OffscreenCanvas(columns, rows),
        shown: null,
        wanted,
        job: null,
        coverage: createCoverage(columns, rows),
      };
      layers[index] = layer;
    }
    layer.wanted = wanted;
    return layer;
  }

  return {
    begin() {
      layers = layers.slice(0, next);
      next = 0;
    },
    draw(context, item, transform, size, palette) {
      const layer = layerFor(next++, { item, transform, size, palette });
      const { shown } = layer;
      if (!shown) return;
      // From where the image was painted to where it belongs now.
      const scaleX = transform.kx / shown.transform.kx;
      const scaleY = transform.ky / shown.transform.ky;
      context.imageSmoothingEnabled = true;
      context.drawImage(
        layer.image,
        transform.tx - shown.transform.tx * scaleX,
        transform.ty - shown.transform.ty * scaleY,
        size.width * scaleX,
        size.height * scaleY,
      );
    },
    work(milliseconds) {
      const until = performance.now() + milliseconds;
      let isFresh = false;
      for (const layer of layers) {
        for (;;) {
          // A painting is finished even when the view has moved on: else none ever would be.
          if (!layer.job) {
            if (same(layer.shown, layer.wanted)) break;
            layer.job = { wanted: layer.wanted, work: paintLayer(layer, layer.wanted) };
          }
          while (!layer.job.work.next().done) if (performance.now() >= until) return true;
          layer.shown = layer.job.wanted;
          layer.job = null;
          isFresh = true;
        }
      }
      return isFresh;
    },
  };
}

function* paintLayer({ image, coverage }: Layer, wanted: Wanted): Generator<void> {
  const { item, transform, size, palette } = wanted;
  const scaleX = coverage.width / size.width;
  const scaleY = coverage.height / size.height;
  const t: Transform = {
    kx: transform.kx * scaleX,
    ky: transform.ky * scaleY,
    tx: transform.tx * scaleX,
    ty: transform.ty * scaleY,
  };
  coverage.share.fill(0);
  let colour: Colour;
  if (item.kind === 'points') {
    colour = item.fill;
    yield* coverPoints(coverage, item.points, t, (radiusOf(item) ?? 1) * scaleX);
  } else {
    colour = item.stroke!;
    const options = {
      width: (item.width ?? 1) * scaleX,
      order: orderOf(item),
      stride: item.kind === 'path' ? 2 : 4,
      closed: item.kind === 'path' && item.closed,
    } as const;
    const few = yield* linesInSight(coverage, item.points, t, options, CROWD);
    if (few) {
      strokeLines(image, few, options.width, palette.css(colour));
      return;
    }
    yield* coverLines(coverage, item.points, t, options);
  }
  yield;
  const pixels = new ImageData(coverage.width, coverage.height);
  yield* coveragePixels(coverage, parseColour(palette.css(colour)), pixels.data);
  image.getContext('2d')!.putImageData(pixels, 0, 0);
}

/** Few lines are stroked, as sharp as in any small picture. */
function strokeLines(
  image: OffscreenCanvas,
  lines: readonly number[],
  width: number,
  colour: string,
): void {
  const context = image.getContext('2d')!;
  context.clearRect(0, 0, image.width, image.height);
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.lineCap = 'round';
  context.beginPath();
  for (let i = 0; i < lines.length; i += 4) {
    context.moveTo(lines[i], lines[i + 1]);
    context.lineTo(lines[i + 2], lines[i + 3]);
  }
  context.stroke();
}
