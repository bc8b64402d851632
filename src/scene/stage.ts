/**
 * A living picture on a canvas: camera, size, theme, marks and the frame loop around the painter.
 * Draws at most once per animation frame, and only when something changed.
 */
import { canvasMeasure, canvasRaster, pictureToPng } from './canvas.ts';
import { createDense, isDense } from './dense.ts';
import { elementBox, findElement, type ElementRef } from './elements.ts';
import { hitTest } from './hit.ts';
import { defaultInset, plotArea, type Inset, type Size } from './layout.ts';
import { paint, type Marks } from './painter.ts';
import type { ElementId, Point, Scene } from './scene.ts';
import { pagePalette, watchPalette } from './theme.ts';
import { canTween, tweenScene } from './tween.ts';
import {
  fitCamera,
  follow,
  lensOf,
  panBy,
  reveal,
  toWorld,
  transformOf,
  zoomAt,
  type Area,
  type Camera,
  type Transform,
} from './viewport.ts';

const tweenMs = 180;
/** Spent on crowded items in each frame. */
const denseMs = 9;

export interface Stage {
  /** Shows a scene from the next frame on. The view is kept, or fitted anew when `fitKey` changed. */
  show(scene: Scene, fitKey?: string): void;
  setMarks(marks: Marks): void;
  setInset(inset: Inset): void;
  /** While held, neither the camera nor the picture moves by itself (during a drag). */
  hold(held: boolean): void;
  fit(): void;
  /** Zooms around a screen point, or around the middle. */
  zoom(factor: number, at?: Point): void;
  pan(dx: number, dy: number): void;
  /** Brings an element into sight. */
  reveal(id: ElementId): void;
  scene(): Scene;
  area(): Area;
  transform(): Transform;
  toWorld(at: Point): Point;
  hit(at: Point, tolerance: number): ElementRef | null;
  toPng(): Promise<Blob>;
  toSvg(title?: string): Promise<string>;
  dispose(): void;
}

/** A stage on `canvas`, which fills its parent element. */
export function createStage(canvas: HTMLCanvasElement, first: Scene): Stage {
  const context = canvas.getContext('2d')!;
  const stillness = matchMedia('(prefers-reduced-motion: reduce)');
  let measure = canvasMeasure(context);
  let palette = pagePalette();
  let raster = canvasRaster(context, palette);
  let scene = first;
  let shown: Scene = first;
  let slide: { from: Scene; start: number } | null = null;
  let camera: Camera = fitCamera(first.bounds);
  let key: string | undefined;
  let size: Size = { width: 0, height: 0 };
  let ratio = 1;
  let inset = defaultInset;
  let marks: Marks = {};
  let held = false;
  let frame = 0;
  const dense = createDense(() => ratio);

  const area = () => plotArea(scene, camera, size, inset, measure);
  const transform = () => transformOf(camera, area(), lensOf(scene));

  function redraw(): void {
    if (frame === 0 && size.width > 0) frame = requestAnimationFrame(draw);
  }

  function draw(now: number): void {
    frame = 0;
    if (slide) {
      const at = (now - slide.start) / tweenMs;
      shown = at >= 1 ? scene : tweenScene(slide.from, scene, Math.max(0, at));
      if (at >= 1) slide = null;
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, size.width, size.height);
    const lens = transform();
    dense.begin();
    paint(context, {
      scene: shown,
      size,
      area: area(),
      transform: lens,
      palette,
      measure,
      raster,
      dense(item) {
        if (!isDense(item, lens, size)) return false;
        dense.draw(context, item, lens, size, palette);
        return true;
      },
      marks,
    });
    if (dense.work(denseMs) || slide) redraw();
  }

  function setCamera(next: Camera): void {
    if (next === camera) return;
    camera = next;
    redraw();
  }

  function resize(): void {
    const box = canvas.parentElement!.getBoundingClientRect();
    ratio = Math.min(3, Math.max(1, devicePixelRatio || 1));
    size = { width: box.width, height: box.height };
    const width = Math.max(1, Math.round(box.width * ratio));
    const height = Math.max(1, Math.round(box.height * ratio));
    if (canvas.width === width && canvas.height === height) return redraw();
    canvas.width = width;
    canvas.height = height;
    // A resized canvas is empty: drawn at once, so that it does not flicker.
    if (size.width === 0 || size.height === 0) return;
    cancelAnimationFrame(frame);
    draw(performance.now());
  }

  const observer = new ResizeObserver(resize);
  observer.observe(canvas.parentElement!);
  const unwatch = watchPalette(() => {
    palette = pagePalette();
    raster = canvasRaster(context, palette);
    redraw();
  });
  const fontsLoaded = () => {
    measure = canvasMeasure(context);
    redraw();
  };
  document.fonts.addEventListener('loadingdone', fontsLoaded);
  resize();

  const picture = () => ({ scene, size, area: area(), transform: transform(), palette, measure });

  return {
    show(next, fitKey) {
      if (next === scene && fitKey === key) return;
      const anew = fitKey !== key || next.fit !== scene.fit;
      const slides =
        !anew && !held && !stillness.matches && !document.hidden && canTween(shown, next);
      slide = slides ? { from: shown, start: performance.now() } : null;
      scene = next;
      shown = slide ? shown : next;
      key = fitKey;
      if (anew) camera = fitCamera(next.bounds);
      else if (!held) camera = follow(camera, next.bounds, area(), lensOf(next));
      redraw();
    },
    setMarks(next) {
      if (
        next.selected === marks.selected &&
        next.hovered === marks.hovered &&
        next.cursor === marks.cursor
      )
        return;
      marks = next;
      redraw();
    },
    setInset(next) {
      inset = next;
      redraw();
    },
    hold(next) {
      if (held === next) return;
      held = next;
      if (!held) setCamera(follow(camera, scene.bounds, area(), lensOf(scene)));
    },
    fit: () => setCamera(fitCamera(scene.bounds)),
    zoom(factor, at) {
      const plot = area();
      const middle = { x: plot.left + plot.width / 2, y: plot.top + plot.height / 2 };
      setCamera(zoomAt(camera, plot, lensOf(scene), at ?? middle, factor));
    },
    pan: (dx, dy) => setCamera(panBy(camera, area(), lensOf(scene), dx, dy)),
    reveal(id) {
      const ref = findElement(scene, id);
      if (!ref) return;
      setCamera(reveal(camera, area(), lensOf(scene), elementBox(ref.item, ref.index)));
    },
    scene: () => scene,
    area,
    transform,
    toWorld: (at) => toWorld(transform(), at),
    hit: (at, tolerance) => hitTest(shown, transform(), at, tolerance),
    toPng: () => pictureToPng(picture()),
    async toSvg(title) {
      const { sceneToSvg } = await import('./svg.ts');
      return sceneToSvg(scene, { size, palette, camera, inset, measure, title });
    },
    dispose() {
      cancelAnimationFrame(frame);
      observer.disconnect();
      unwatch();
      document.fonts.removeEventListener('loadingdone', fontsLoaded);
    },
  };
}
