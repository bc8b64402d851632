/** SVG export: the painter drawing on a surface that writes SVG, so both look the same. */
import { defaultInset, plotArea, type Inset, type Size } from './layout.ts';
import { paint } from './painter.ts';
import type { Palette } from './palette.ts';
import { encodePng, rasterPixels } from './raster.ts';
import type { Scene } from './scene.ts';
import { estimateWidth, type DrawRaster, type Measure, type Surface } from './surface.ts';
import { fitCamera, lensOf, transformOf, type Camera } from './viewport.ts';

export interface SvgOptions {
  size: Size;
  palette: Palette;
  /** What is shown; all of it when absent. */
  camera?: Camera;
  inset?: Inset;
  measure?: Measure;
  title?: string;
}

/** The scene as a standalone SVG document, with its description for screen readers. */
export function sceneToSvg(scene: Scene, options: SvgOptions): string {
  const { size, palette, measure = estimateWidth, inset = defaultInset } = options;
  const camera = options.camera ?? fitCamera(scene.bounds);
  const area = plotArea(scene, camera, size, inset, measure);
  const { surface, raster, finish } = svgSurface(palette);
  paint(surface, {
    scene,
    size,
    area,
    transform: transformOf(camera, area, lensOf(scene)),
    palette,
    measure,
    raster,
    background: palette.tokens.panel,
  });
  const { width, height } = size;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${num(width)}" height="${num(height)}" viewBox="0 0 ${num(width)} ${num(height)}" role="img">`,
    options.title ? `<title>${escape(options.title)}</title>` : '',
    `<desc>${escape(scene.description)}</desc>`,
    finish(),
    '</svg>',
    '',
  ]
    .filter((line, index) => line !== '' || index === 4)
    .join('\n');
}

interface State {
  fillStyle: string;
  strokeStyle: string;
  lineWidth: number;
  lineJoin: CanvasLineJoin;
  lineCap: CanvasLineCap;
  globalAlpha: number;
  font: string;
  textAlign: CanvasTextAlign;
  textBaseline: CanvasTextBaseline;
  dash: readonly number[];
}

/** A surface that writes SVG elements. */
function svgSurface(palette: Palette): {
  surface: Surface;
  raster: DrawRaster;
  finish(): string;
} {
  const out: string[] = [];
  const stack: { state: State; groups: number }[] = [];
  let clips = 0;
  let groups = 0;
  let path = '';
  /** Squares of one colour drawn one after another become one path. */
  let squares = '';
  let squaresStyle = '';
  let state: State = {
    fillStyle: '#000',
    strokeStyle: '#000',
    lineWidth: 1,
    lineJoin: 'miter',
    lineCap: 'butt',
    globalAlpha: 1,
    font: '12px sans-serif',
    textAlign: 'left',
    textBaseline: 'alphabetic',
    dash: [],
  };

  const opacity = () => (state.globalAlpha < 1 ? ` opacity="${num(state.globalAlpha)}"` : '');
  const emit = (element: string) => {
    flushSquares();
    out.push(element);
  };
  function flushSquares(): void {
    if (squares) out.push(`<path d="${squares}"${squaresStyle}/>`);
    squares = '';
  }
  const strokeStyle = () =>
    ` stroke="${state.strokeStyle}" stroke-width="${num(state.lineWidth)}"` +
    (state.lineJoin === 'miter' ? '' : ` stroke-linejoin="${state.lineJoin}"`) +
    (state.dash.length > 0 ? ` stroke-dasharray="${state.dash.map(num).join(' ')}"` : '');

  function text(content: string, x: number, y: number, paint: string): void {
    const font = /^(\d+) ([\d.]+)px (.*)$/.exec(state.font);
    const anchor = { center: 'middle', right: 'end', end: 'end', left: '', start: '' }[
      state.textAlign
    ];
    // Baselines by shift, as not every reader knows dominant-baseline.
    const size = Number(font?.[2] ?? 12);
    const shift =
      state.textBaseline === 'middle' ? 0.36 * size : state.textBaseline === 'top' ? 0.8 * size : 0;
    emit(
      `<text x="${num(x)}" y="${num(y + shift)}" font-family="${escape(font?.[3] ?? 'sans-serif')}" font-size="${num(size)}"` +
        (font?.[1] && font[1] !== '400' ? ` font-weight="${font[1]}"` : '') +
        (anchor ? ` text-anchor="${anchor}"` : '') +
        `${paint}${opacity()}>${escape(content)}</text>`,
    );
  }

  const surface = {
    beginPath: () => {
      path = '';
    },
    moveTo: (x: number, y: number) => {
      path += `M${num(x)} ${num(y)}`;
    },
    lineTo: (x: number, y: number) => {
      path += `L${num(x)} ${num(y)}`;
    },
    closePath: () => {
      path += 'Z';
    },
    /** Whole circles only, which is all the painter draws. */
    arc: (x: number, y: number, r: number) => {
      const [radius, across] = [num(r), num(2 * r)];
      path += `M${num(x + r)} ${num(y)}a${radius} ${radius} 0 1 1 -${across} 0a${radius} ${radius} 0 1 1 ${across} 0Z`;
    },
    rect: (x: number, y: number, w: number, h: number) => {
      path += `M${num(x)} ${num(y)}h${num(w)}v${num(h)}h${num(-w)}Z`;
    },
    roundRect: (x: number, y: number, w: number, h: number, radius: number) => {
      const r = Math.min(radius, w / 2, h / 2);
      const corner = (dx: number, dy: number) => `a${num(r)} ${num(r)} 0 0 1 ${num(dx)} ${num(dy)}`;
      path +=
        `M${num(x + r)} ${num(y)}h${num(w - 2 * r)}${corner(r, r)}v${num(h - 2 * r)}${corner(-r, r)}` +
        `h${num(2 * r - w)}${corner(-r, -r)}v${num(2 * r - h)}${corner(r, -r)}Z`;
    },
    fill: () => {
      if (path) emit(`<path d="${path}" fill="${state.fillStyle}"${opacity()}/>`);
    },
    stroke: () => {
      if (path) emit(`<path d="${path}" fill="none"${strokeStyle()}${opacity()}/>`);
    },
    fillRect: (x: number, y: number, w: number, h: number) => {
      const style = ` fill="${state.fillStyle}"${opacity()}`;
      if (style !== squaresStyle) flushSquares();
      squaresStyle = style;
      squares += `M${num(x)} ${num(y)}h${num(w)}v${num(h)}h${num(-w)}Z`;
    },
    fillText: (content: string, x: number, y: number) =>
      text(content, x, y, ` fill="${state.fillStyle}"`),
    strokeText: (content: string, x: number, y: number) =>
      text(content, x, y, ` fill="none"${strokeStyle()}`),
    setLineDash: (dash: Iterable<number>) => {
      state.dash = [...dash];
    },
    save: () => {
      stack.push({ state: { ...state }, groups });
    },
    restore: () => {
      const saved = stack.pop();
      if (!saved) return;
      for (; groups > saved.groups; groups--) emit('</g>');
      state = saved.state;
    },
    clip: () => {
      const id = `clip${clips++}`;
      emit(`<clipPath id="${id}"><path d="${path}"/></clipPath><g clip-path="url(#${id})">`);
      groups++;
    },
  };
  // The style properties of a canvas context, kept in `state`.
  const styles: (keyof State)[] = [
    'fillStyle',
    'strokeStyle',
    'lineWidth',
    'lineJoin',
    'lineCap',
    'globalAlpha',
    'font',
    'textAlign',
    'textBaseline',
  ];
  for (const name of styles)
    Object.defineProperty(surface, name, {
      get: () => state[name],
      set: (value: never) => {
        state[name] = value;
      },
    });

  return {
    surface: surface as unknown as Surface,
    raster: (item, x, y, w, h, flip) => {
      const png = encodePng(rasterPixels(item, palette, flip), item.columns, item.rows);
      emit(
        `<image x="${num(x)}" y="${num(y)}" width="${num(w)}" height="${num(h)}" preserveAspectRatio="none" href="data:image/png;base64,${base64(png)}"${opacity()}/>`,
      );
    },
    finish: () => {
      flushSquares();
      return out.join('\n');
    },
  };
}

/** At most two decimals, no negative zero. */
function num(value: number): string {
  const rounded = Math.round(value * 100) / 100;
  return String(rounded === 0 ? 0 : rounded);
}

function escape(text: string): string {
  return text.replace(
    /[&<>"]/g,
    (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]!,
  );
}

function base64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 8192)
    text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return btoa(text);
}
