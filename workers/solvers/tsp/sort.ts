/** Stable radix sort of indices by 32-bit keys. */

/** Passes of 11 bits over 32-bit keys; yields after each. */
export function* sortByUint32(keys: Uint32Array): Generator<number, Int32Array, void> {
  const n = keys.length;
  let from = Int32Array.from({ length: n }, (_, i) => i);
  let to = new Int32Array(n);
  const counts = new Int32Array(2049);
  for (let shift = 0; shift < 32; shift += 11) {
    counts.fill(0);
    for (let i = 0; i < n; i++) counts[((keys[i] >>> shift) & 2047) + 1]++;
    for (let digit = 0; digit < 2048; digit++) counts[digit + 1] += counts[digit];
    for (let i = 0; i < n; i++) {
      const item = from[i];
      to[counts[(keys[item] >>> shift) & 2047]++] = item;
    }
    [from, to] = [to, from];
    if (n > 20000) yield 0;
  }
  return from;
}

/**
 * Indices by non-negative keys, which are compared as single-precision numbers (their bits order
 * like integers); equal ones by index. O(n).
 */
export function sortByNumber(keys: Float64Array): Generator<number, Int32Array, void> {
  const single = Float32Array.from(keys);
  return sortByUint32(new Uint32Array(single.buffer));
}
