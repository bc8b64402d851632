/** Numbers in four bits each, as 4-bit Shampoo keeps its eigenvectors (Wang et al. 2024). */

/** Entries that share a scale. */
export const BLOCK = 64;

/** Signed squares of a linear grid, with 0: dense near 0, as the entries of eigenvectors are. */
export const LEVELS = Float64Array.from({ length: 16 }, (_, j) => {
  const z = -1 + (2 * j) / 15;
  return j < 7 ? -z * z : j === 7 ? 0 : z * z;
});

/** Two to a byte, and a scale (the largest size) per block of 64. */
export interface FourBit {
  readonly codes: Uint8Array;
  readonly scales: Float32Array;
}

export const createFourBit = (count: number): FourBit => ({
  codes: new Uint8Array((count + 1) >> 1),
  scales: new Float32Array(Math.ceil(count / BLOCK)),
});

/** The nearest level's index. */
function nearest(value: number): number {
  let low = 0;
  let high = 15;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (LEVELS[middle] <= value) low = middle;
    else high = middle;
  }
  return value - LEVELS[low] <= LEVELS[high] - value ? low : high;
}

/** Rounds `values` into four bits each. O(n). */
export function quantise(values: Float64Array, { codes, scales }: FourBit): void {
  codes.fill(0);
  for (let from = 0; from < values.length; from += BLOCK) {
    const to = Math.min(values.length, from + BLOCK);
    let largest = 0;
    for (let i = from; i < to; i++) largest = Math.max(largest, Math.abs(values[i]));
    scales[from / BLOCK] = largest;
    const scale = scales[from / BLOCK];
    for (let i = from; i < to; i++) {
      const code = scale > 0 ? nearest(values[i] / scale) : 7;
      codes[i >> 1] |= i % 2 === 0 ? code : code << 4;
    }
  }
}

/** What `quantise` kept, into `values`. O(n). */
export function dequantise({ codes, scales }: FourBit, values: Float64Array): void {
  for (let i = 0; i < values.length; i++) {
    const code = i % 2 === 0 ? codes[i >> 1] & 15 : codes[i >> 1] >> 4;
    values[i] = LEVELS[code] * scales[Math.floor(i / BLOCK)];
  }
}
