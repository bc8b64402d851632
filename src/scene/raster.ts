/** Rasters as pixels, and as PNG for SVG export. */
import { crc32 } from '../core/checksum.ts';
import { parseColour } from './colour.ts';
import type { Palette } from './palette.ts';
import type { RasterItem } from './scene.ts';

/**
 * RGBA pixels of a raster, top row first as seen on screen: with `flip` the item's last row comes
 * first. Values outside [0, 1] are clamped; NaN is transparent.
 */
export function rasterPixels(
  item: RasterItem,
  palette: Palette,
  flip: boolean,
): Uint8ClampedArray<ArrayBuffer> {
  const { columns, rows, values } = item;
  const ramp = rampOf(item, palette);
  const pixels = new Uint8ClampedArray(columns * rows * 4);
  for (let row = 0; row < rows; row++) {
    const source = (flip ? rows - 1 - row : row) * columns;
    for (let column = 0; column < columns; column++) {
      const value = values[source + column];
      const at = 4 * (row * columns + column);
      if (Number.isNaN(value)) continue;
      const step = 3 * Math.round(Math.min(1, Math.max(0, value)) * 255);
      pixels[at] = ramp[step];
      pixels[at + 1] = ramp[step + 1];
      pixels[at + 2] = ramp[step + 2];
      pixels[at + 3] = 255;
    }
  }
  return pixels;
}

/** 256 colours of the item's ramp. */
function rampOf(item: RasterItem, palette: Palette): Uint8Array {
  const from = parseColour(palette.css(item.from));
  const to = parseColour(palette.css(item.to));
  const middle = item.middle ? parseColour(palette.css(item.middle)) : null;
  const ramp = new Uint8Array(768);
  for (let i = 0; i < 256; i++) {
    const at = i / 255;
    for (let channel = 0; channel < 3; channel++) {
      const value = middle
        ? at < 0.5
          ? from[channel] + (middle[channel] - from[channel]) * at * 2
          : middle[channel] + (to[channel] - middle[channel]) * (at * 2 - 1)
        : from[channel] + (to[channel] - from[channel]) * at;
      ramp[3 * i + channel] = Math.round(value);
    }
  }
  return ramp;
}

/** A PNG (RGBA, stored without compression) of pixels, top row first. O(pixels). */
export function encodePng(
  pixels: Uint8ClampedArray | Uint8Array,
  columns: number,
  rows: number,
): Uint8Array {
  const line = columns * 4 + 1;
  const raw = new Uint8Array(line * rows);
  for (let row = 0; row < rows; row++)
    raw.set(pixels.subarray(row * columns * 4, (row + 1) * columns * 4), row * line + 1);
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, columns);
  view.setUint32(4, rows);
  header.set([8, 6, 0, 0, 0], 8);
  return join([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', header),
    chunk('IDAT', zlibStored(raw)),
    chunk('IEND', new Uint8Array(0)),
  ]);
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  for (let i = 0; i < 4; i++) bytes[4 + i] = type.charCodeAt(i);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

/** RFC 1950 stream of stored blocks. */
function zlibStored(data: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [Uint8Array.of(0x78, 0x01)];
  for (let start = 0; start === 0 || start < data.length; start += 65535) {
    const block = data.subarray(start, start + 65535);
    const last = start + 65535 >= data.length ? 1 : 0;
    const size = block.length;
    parts.push(Uint8Array.of(last, size & 255, size >> 8, ~size & 255, (~size >> 8) & 255), block);
  }
  let a = 1;
  let b = 0;
  for (const byte of data) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  parts.push(Uint8Array.of(b >> 8, b & 255, a >> 8, a & 255));
  return join(parts);
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
