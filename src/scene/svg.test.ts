import { describe, expect, it } from 'vitest';
import { hitTest } from './hit.ts';
import { plotArea, truncate, xTicks } from './layout.ts';
import type { Item, Scene } from './scene.ts';
import { estimateWidth } from './surface.ts';
import { sceneToSvg } from './svg.ts';
import { bars, palette, sceneOf } from './test-scenes.ts';
import { fitCamera, lensOf, transformOf, zoomAt } from './viewport.ts';

const size = { width: 600, height: 300 };
const draw = (scene: Scene, rest = {}) => sceneToSvg(scene, { size, palette, ...rest });
const count = (text: string, part: string) => text.split(part).length - 1;

/** Open and close tags match, as an XML reader would insist. */
function expectWellFormed(svg: string): void {
  const stack: string[] = [];
  for (const [, close, name, empty] of svg.matchAll(/<(\/?)(\w+)(?:\s[^<>]*?)?(\/?)>/g)) {
    if (close) expect(stack.pop()).toBe(name);
    else if (!empty) stack.push(name);
  }
  expect(stack).toEqual([]);
  expect(svg.replace(/<[^<>]*>/g, '')).not.toMatch(/[<>]/);
}

describe('a path in an order', () => {
  const style = { kind: 'path', closed: true, stroke: 'accent', width: 2, id: 'p' } as const;
  const points = Float64Array.of(10, 10, 90, 90, 10, 90, 90, 10);
  const copied = Float64Array.of(10, 10, 90, 10, 90, 90, 10, 90);
  const ordered = sceneOf([{ ...style, points, order: Int32Array.of(0, 3, 1, 2) }]);
  const plain = sceneOf([{ ...style, points: copied }]);

  it('is the path through these points: drawn, filled and hit alike', () => {
    expect(draw(ordered)).toBe(draw(plain));
    const filled = (scene: Scene) =>
      sceneOf(scene.items.map((item) => ({ ...item, fill: 'accent' }) as Item));
    expect(draw(filled(ordered))).toBe(draw(filled(plain)));
    const same = { kx: 1, ky: 1, tx: 0, ty: 0 };
    for (const at of [
      { x: 50, y: 50 },
      { x: 11, y: 50 },
      { x: 50, y: 89 },
    ])
      expect(hitTest(ordered, same, at, 4)?.id).toBe(hitTest(plain, same, at, 4)?.id);
    expect(hitTest(ordered, same, { x: 11, y: 50 }, 4)?.id).toBe('p');
  });
});

describe('a Gantt', () => {
  const scene = bars([
    [
      [0, 40],
      [40, 0.01],
    ],
    [[50, 50]],
  ]);
  const svg = draw(scene);

  it('is a document with axes, bars and labels that fit', () => {
    expectWellFormed(svg);
    expect(svg).toContain('<desc>A test.</desc>');
    for (const label of ['>M1<', '>M2<', '>Time<', '>B00<', '>B10<', '>0<', '>20<'])
      expect(svg).toContain(label);
    // The second bar is too narrow for its label.
    expect(svg).not.toContain('>B01<');
  });

  it('leaves out what is out of sight', () => {
    const camera = zoomAt(
      fitCamera(scene.bounds),
      { left: 0, top: 0, ...size },
      lensOf(scene),
      { x: 600, y: 0 },
      8,
    );
    expect(draw(scene, { camera })).not.toContain('>B00<');
    expect(draw(scene, { camera })).toContain('>B10<');
  });

  it('puts colours and panel from the palette', () => {
    expect(svg).toContain(`fill="${palette.css({ hue: 0.3 })}"`);
    expect(svg).toContain('<path d="M0 0h600v300h-600Z" fill="#ffffff"/>');
  });
});

it('draws every kind of item', () => {
  const points = Float64Array.of(10, 10, 50, 80, 90, 20);
  const items: Item[] = [
    {
      kind: 'rect',
      x: 0,
      y: 0,
      w: 10,
      h: 10,
      fill: 'sunk',
      stroke: 'ink',
      dash: [4, 2],
      opacity: 0.5,
    },
    { kind: 'path', points, stroke: 'accent', closed: true },
    { kind: 'path', points, fill: 'land' },
    { kind: 'segments', points: Float64Array.of(0, 0, 5, 5), stroke: 'line' },
    { kind: 'points', points, radius: 5, fill: 'ink', label: (i) => `P${i}` },
    { kind: 'points', points, radius: 5, fill: 'ink', shape: 'diamond', stroke: 'panel' },
    {
      kind: 'points',
      points,
      radius: 4,
      fill: 'ink',
      shape: 'square',
      palette: [{ hue: 0.1 }, { hue: 0.6 }],
      group: Uint16Array.of(0, 1, 0),
    },
    { kind: 'text', x: 50, y: 50, text: 'a < b & "c"', align: 'middle' },
    {
      kind: 'raster',
      x: 0,
      y: 0,
      w: 20,
      h: 20,
      columns: 2,
      rows: 2,
      values: Float32Array.of(0, 0.3, 0.6, NaN),
      from: 'panel',
      to: 'accent',
    },
  ];
  const svg = draw(sceneOf(items));
  expectWellFormed(svg);
  expect(svg).toContain('stroke-dasharray="4 2"');
  expect(svg).toContain('opacity="0.5"');
  expect(svg).toContain('a &lt; b &amp; &quot;c&quot;');
  expect(svg).toContain('>P1<');
  expect(svg).toContain('href="data:image/png;base64,iVBORw0KGgo');
  expect(svg).toContain(palette.css({ hue: 0.6 }));
});

it('keeps labels of points apart', () => {
  const points = Float64Array.from({ length: 400 }, (_, i) => 50 + ((i * 31) % 17) / 10);
  const items: Item[] = [{ kind: 'points', points, radius: 2, fill: 'ink', label: (i) => `P${i}` }];
  const shown = count(draw(sceneOf(items)), 'fill="none" stroke="#ffffff" stroke-width="4"');
  expect(shown).toBeLessThan(30);
});

it('draws ten thousand points of one colour as few elements', () => {
  const points = Float64Array.from({ length: 20_000 }, (_, i) => (i * 7919) % 100);
  const svg = draw(sceneOf([{ kind: 'points', points, radius: 1.5, fill: 'ink' }]));
  expect(count(svg, '<path')).toBeLessThan(5);
});

it('never writes NaN or infinities, whatever the bounds', () => {
  for (const box of [
    { minX: 0, minY: 0, maxX: 0, maxY: 0 },
    { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity },
  ]) {
    const svg = draw({ ...bars([[[0, 10]]]), bounds: box });
    expectWellFormed(svg);
    expect(svg).not.toMatch(/NaN|Infinity/);
  }
});

describe('layout', () => {
  it('gives long row names room, but not the whole picture', () => {
    const scene = bars([[[0, 10]]]);
    scene.yAxis = { categories: ['A very long name of a machine that goes on and on'] };
    const area = plotArea(
      scene,
      fitCamera(scene.bounds),
      size,
      { left: 8, top: 8, right: 8, bottom: 8 },
      estimateWidth,
    );
    expect(area.left).toBeGreaterThan(100);
    expect(area.left).toBeLessThanOrEqual(0.28 * size.width);
  });

  it('tick labels do not touch', () => {
    for (const width of [120, 300, 900]) {
      const scene = sceneOf([], {
        bounds: { minX: 0, minY: 0, maxX: 123_456_789, maxY: 1 },
        xAxis: {},
      });
      const area = { left: 0, top: 0, width, height: 100 };
      const t = transformOf(fitCamera(scene.bounds), area, lensOf(scene));
      const ticks = xTicks({}, t, area, estimateWidth);
      for (let i = 1; i < ticks.length; i++) {
        const room = (ticks[i].at - ticks[i - 1].at) * t.kx;
        if (ticks.length > 3) expect(room).toBeGreaterThan(estimateWidth(ticks[i].label, '12px x'));
      }
    }
  });

  it('cuts texts with an ellipsis', () => {
    expect(truncate('short', 100, '12px x', estimateWidth)).toBe('short');
    const cut = truncate('Machine number one', 60, '12px x', estimateWidth);
    expect(cut).toMatch(/^Mach.*…$/);
    expect(estimateWidth(cut, '12px x')).toBeLessThanOrEqual(60);
    expect(truncate('Machine', 3, '12px x', estimateWidth)).toBe('');
  });
});
