/** The order of points along the Hilbert curve (Hilbert 1891). */
import { sortByUint32 } from './sort.ts';

/** Position of a cell of the 2^16 × 2^16 grid along the curve, an unsigned 32-bit integer. */
export function hilbertIndex(column: number, row: number): number {
  let x = column;
  let y = row;
  let index = 0;
  for (let side = 1 << 15; side > 0; side >>= 1) {
    const right = (x & side) > 0 ? 1 : 0;
    const upper = (y & side) > 0 ? 1 : 0;
    index = ((index << 2) | ((3 * right) ^ upper)) >>> 0;
    if (upper === 0) {
      if (right === 1) {
        x = 65535 - x;
        y = 65535 - y;
      }
      const swap = x;
      x = y;
      y = swap;
    }
  }
  return index;
}

/** Points in the order of the curve over their bounding square; equal cells by index. O(n). */
export function* hilbertOrder(
  x: Float64Array,
  y: Float64Array,
): Generator<number, Int32Array, void> {
  const n = x.length;
  let [minX, maxX, minY, maxY] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < n; i++) {
    if (x[i] < minX) minX = x[i];
    if (x[i] > maxX) maxX = x[i];
    if (y[i] < minY) minY = y[i];
    if (y[i] > maxY) maxY = y[i];
  }
  const side = Math.max(maxX - minX, maxY - minY);
  const scale = side > 0 ? 65535 / side : 0;
  const keys = new Uint32Array(n);
  for (let i = 0; i < n; i++) {
    keys[i] = hilbertIndex(Math.floor((x[i] - minX) * scale), Math.floor((y[i] - minY) * scale));
    if (i % 20000 === 19999) yield 0;
  }
  return yield* sortByUint32(keys);
}
