/**
 * Small grey images as few bytes: an adaptive binary range coder (as in LZMA, Pavlov 1998; range
 * coding: Martin 1979). Every bit of a pixel, the highest first, is coded with a probability
 * learned for what stands left of it and above it. Integer operations only.
 */

/** Pixels are 0 … 15. */
export const LEVELS = 16;
/** Bits of a probability, and how fast it follows. */
const PRECISION = 11;
const HALF = 1 << (PRECISION - 1);
const RATE = 5;
const TOP = 2 ** 24;

/** Zero apart, the others in groups of five. */
const group = (pixel: number): number => ((pixel + 4) / 5) | 0;
const GROUPS = 4;

/** Probabilities of a 0, for each neighbourhood and each node of the tree over a pixel's bits. */
const createModel = (): Uint16Array => new Uint16Array(GROUPS ** 4 * LEVELS).fill(HALF);

/** Where the tree of the pixel at (x, y) of the image at `from` begins. */
function treeOf(pixels: Uint8Array, from: number, side: number, x: number, y: number): number {
  const at = from + y * side + x;
  const left = x > 0 ? group(pixels[at - 1]) : 0;
  const above = y > 0 ? group(pixels[at - side]) : 0;
  const aboveLeft = x > 0 && y > 0 ? group(pixels[at - side - 1]) : 0;
  const aboveRight = x + 1 < side && y > 0 ? group(pixels[at - side + 1]) : 0;
  return (((left * GROUPS + above) * GROUPS + aboveLeft) * GROUPS + aboveRight) * LEVELS;
}

function adapt(model: Uint16Array, at: number, bit: number): void {
  const p = model[at];
  model[at] = bit === 0 ? p + (((1 << PRECISION) - p) >> RATE) : p - (p >> RATE);
}

/** Codes a bit with the probability at a place of the model. */
type Coder = (model: Uint16Array, at: number, bit: number) => number;

/** Visits the bits of all pixels in order; what the coder returns becomes the pixel. O(pixels). */
function visit(pixels: Uint8Array, side: number, code: Coder): void {
  const model = createModel();
  const size = side * side;
  for (let from = 0; from + size <= pixels.length; from += size)
    for (let y = 0; y < side; y++)
      for (let x = 0; x < side; x++) {
        const tree = treeOf(pixels, from, side, x, y);
        const pixel = pixels[from + y * side + x];
        let node = 1;
        for (let mask = LEVELS >> 1; mask > 0; mask >>= 1)
          node = 2 * node + code(model, tree + node, (pixel & mask) === 0 ? 0 : 1);
        pixels[from + y * side + x] = node - LEVELS;
      }
}

/** @param pixels whole images of side × side pixels, one after the other. O(pixels). */
export function encodeImages(pixels: Uint8Array, side: number): Uint8Array {
  const bytes: number[] = [];
  let low = 0;
  let range = 2 ** 32 - 1;
  /** Bytes held back, because a carry may still go through them. */
  let held = 0;
  let cache = -1;
  const shift = (): void => {
    if (low < 0xff000000 || low >= 2 ** 32) {
      const carry = low >= 2 ** 32 ? 1 : 0;
      if (cache >= 0) bytes.push((cache + carry) & 255);
      for (; held > 0; held--) bytes.push((255 + carry) & 255);
      cache = Math.floor(low / TOP) & 255;
    } else held++;
    low = (low % TOP) * 256;
  };
  visit(pixels.slice(), side, (model, at, bit) => {
    const bound = (range >>> PRECISION) * model[at];
    if (bit === 0) range = bound;
    else {
      low += bound;
      range -= bound;
    }
    adapt(model, at, bit);
    while (range < TOP) {
      range = (range * 256) >>> 0;
      shift();
    }
    return bit;
  });
  for (let i = 0; i < 5; i++) shift();
  return Uint8Array.from(bytes);
}

/** The inverse: `count` images. Reads zeros beyond the end. O(pixels). */
export function decodeImages(bytes: Uint8Array, side: number, count: number): Uint8Array {
  const pixels = new Uint8Array(count * side * side);
  let next = 0;
  const byte = (): number => (next < bytes.length ? bytes[next++] : 0);
  let range = 2 ** 32 - 1;
  let code = 0;
  for (let i = 0; i < 4; i++) code = ((code << 8) | byte()) >>> 0;
  visit(pixels, side, (model, at) => {
    const bound = (range >>> PRECISION) * model[at];
    const bit = code < bound ? 0 : 1;
    if (bit === 0) range = bound;
    else {
      code = (code - bound) >>> 0;
      range -= bound;
    }
    adapt(model, at, bit);
    while (range < TOP) {
      range = (range * 256) >>> 0;
      code = ((code << 8) | byte()) >>> 0;
    }
    return bit;
  });
  return pixels;
}
