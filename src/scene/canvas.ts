/** The browser's side of the painter: measuring, rasters and PNG export on real canvases. */
import { createDense, isDense } from './dense.ts';
import { paint, type Picture } from './painter.ts';
import type { Palette } from './palette.ts';
import { rasterPixels } from './raster.ts';
import type { RasterItem } from './scene.ts';
import { cachedMeasure, type DrawRaster, type Measure } from './surface.ts';

/** Measures with `context`; call again when fonts have loaded, as widths are remembered. */
export function canvasMeasure(context: CanvasRenderingContext2D): Measure {
  return cachedMeasure((text, font) => {
    if (context.font !== font) context.font = font;
    return context.measureText(text).width;
  });
}

/** Draws rasters on `context`; the pixels of the last ones are kept while their item lives. */
export function canvasRaster(context: CanvasRenderingContext2D, palette: Palette): DrawRaster {
  const kept = new WeakMap<
    Float32Array,
    { item: RasterItem; flip: boolean; image: OffscreenCanvas }
  >();
  return (item, x, y, w, h, flip) => {
    let image = kept.get(item.values);
    if (!image || image.item !== item || image.flip !== flip) {
      const canvas = new OffscreenCanvas(item.columns, item.rows);
      const pixels = new ImageData(rasterPixels(item, palette, flip), item.columns, item.rows);
      canvas.getContext('2d')!.putImageData(pixels, 0, 0);
      image = { item, flip, image: canvas };
      kept.set(item.values, image);
    }
    context.imageSmoothingEnabled = true;
    context.drawImage(image.image, x, y, w, h);
  };
}

/** A PNG of the picture at `scale` device pixels per CSS px. */
export async function pictureToPng(
  picture: Omit<Picture, 'raster' | 'dense' | 'marks'>,
  scale = 2,
): Promise<Blob> {
  const { width, height } = picture.size;
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const context = canvas.getContext('2d')!;
  context.setTransform(scale, 0, 0, scale, 0, 0);
  const { transform, size, palette } = picture;
  const dense = createDense(() => scale);
  // Crowded items are painted between the two passes.
  for (let pass = 0; pass < 2; pass++) {
    dense.begin();
    paint(context, {
      ...picture,
      background: palette.tokens.panel,
      raster: canvasRaster(context, palette),
      dense(item) {
        if (!isDense(item, transform, size)) return false;
        dense.draw(context, item, transform, size, palette);
        return true;
      },
    });
    dense.work(Infinity);
  }
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('The picture is too large for a PNG.'))),
      'image/png',
    ),
  );
}
