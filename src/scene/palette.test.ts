import fc from 'fast-check';
import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { blend, contrast, oklch, parseColour, toHex } from './colour.ts';
import { createPalette } from './palette.ts';
import { encodePng, rasterPixels } from './raster.ts';
import { groupHue, type RasterItem } from './scene.ts';
import { palette } from './test-scenes.ts';

describe('colour', () => {
  it('knows published OKLCH values', () => {
    // sRGB primaries in OKLCH (Ottosson).
    expect(oklch(1, 0, 0)).toBe('#ffffff');
    expect(oklch(0, 0, 0)).toBe('#000000');
    const near = (a: string, b: string) =>
      parseColour(a).every((value, i) => Math.abs(value - parseColour(b)[i]) <= 2);
    expect(near(oklch(0.62796, 0.25768, 29.234 / 360), '#ff0000')).toBe(true);
    expect(near(oklch(0.45201, 0.31321, 264.052 / 360), '#0000ff')).toBe(true);
    expect(near(oklch(0.86644, 0.29483, 142.495 / 360), '#00ff00')).toBe(true);
  });

  it('reads what browsers compute', () => {
    expect(parseColour('rgb(1, 2, 3)')).toEqual([1, 2, 3]);
    expect(parseColour('rgba(1, 2, 3, 0.5)')).toEqual([1, 2, 3]);
    expect(parseColour('#abc')).toEqual([170, 187, 204]);
    expect(toHex([300, -5, 127.6])).toBe('#ff0080');
    expect(blend('#000000', '#ffffff', 0.5)).toBe('#808080');
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  });
});

describe('hues', () => {
  it.each(['light', 'dark'] as const)('labels read on every %s hue and opacity', (theme) => {
    const panel = theme === 'light' ? '#ffffff' : '#1a1c1f';
    const themed = createPalette(theme, { ...palette.tokens, panel });
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0.3, max: 1, noNaN: true }),
        (hue, opacity) => {
          const text = themed.textOn({ hue }, opacity);
          const ground = blend(themed.css({ hue }), panel, opacity);
          expect(contrast(text, ground)).toBeGreaterThanOrEqual(4.5);
        },
      ),
    );
  });

  it('lines read on the panel', () => {
    for (const theme of ['light', 'dark'] as const) {
      const panel = theme === 'light' ? '#ffffff' : '#1a1c1f';
      const themed = createPalette(theme, { ...palette.tokens, panel });
      for (let hue = 0; hue < 1; hue += 0.01)
        expect(contrast(themed.css({ hue, tone: 'strong' }), panel)).toBeGreaterThanOrEqual(3);
    }
  });

  it('are the same string for the same colour, and differ between groups', () => {
    expect(palette.css({ hue: 1.25 })).toBe(palette.css({ hue: 0.25 }));
    const twelve = Array.from({ length: 12 }, (_, i) => palette.css(groupHue(i, 12)));
    expect(new Set(twelve).size).toBe(12);
  });
});

describe('rasters', () => {
  const item: RasterItem = {
    kind: 'raster',
    x: 0,
    y: 0,
    w: 1,
    h: 1,
    columns: 2,
    rows: 2,
    values: Float32Array.of(0, 1, 0.5, NaN),
    from: 'panel',
    to: 'ink',
  };

  it('blends, clamps and leaves gaps', () => {
    const pixels = rasterPixels(item, palette, false);
    expect(Array.from(pixels.subarray(0, 4))).toEqual([255, 255, 255, 255]);
    expect(Array.from(pixels.subarray(4, 8))).toEqual([0x1b, 0x1d, 0x20, 255]);
    expect(pixels[15]).toBe(0);
    const flipped = rasterPixels(item, palette, true);
    expect(Array.from(flipped.subarray(8, 12))).toEqual([255, 255, 255, 255]);
  });

  it('is a PNG other programs read', () => {
    const pixels = Uint8Array.from({ length: 300 * 100 * 4 }, (_, i) => (i * 31) & 255);
    const png = encodePng(pixels, 300, 100);
    const view = new DataView(png.buffer);
    expect(view.getUint32(16)).toBe(300);
    expect(view.getUint32(20)).toBe(100);
    const length = view.getUint32(33);
    const raw = inflateSync(png.subarray(41, 41 + length));
    expect(raw.length).toBe(100 * (300 * 4 + 1));
    expect([...raw.subarray(1, 5)]).toEqual([...pixels.subarray(0, 4)]);
  });
});
