/**
 * Seeded random numbers: xoshiro128** (Blackman & Vigna 2018) on 32-bit integers, seeded by
 * SplitMix32. Integer operations and one division only, so streams are equal in every engine.
 */
export interface Rng {
  /** Uniform 32-bit unsigned integer. */
  uint32(): number;
  /** Uniform in [0, 1), 32 bits of it. */
  float(): number;
  /** Uniform integer in [0, n), n in 1…2^32. */
  int(n: number): number;
  /** An independent stream that depends only on this stream's seed and the label. */
  fork(label: number): Rng;
}

function splitMix32(state: number): () => number {
  let a = state | 0;
  return () => {
    a = (a + 0x9e3779b9) | 0;
    let t = a ^ (a >>> 16);
    t = Math.imul(t, 0x21f0aaad);
    t ^= t >>> 15;
    t = Math.imul(t, 0x735a2d97);
    return (t ^ (t >>> 15)) >>> 0;
  };
}

/** @param seed any integer; only its lower 32 bits count. */
export function createRng(seed: number): Rng {
  const mix = splitMix32(seed);
  let s0 = mix();
  let s1 = mix();
  let s2 = mix();
  let s3 = mix();

  const uint32 = (): number => {
    const product = Math.imul(s1, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const t = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= t;
    s3 = (s3 << 11) | (s3 >>> 21);
    return result;
  };

  return {
    uint32,
    float: () => uint32() / 4294967296,
    // The multiply-shift bias is below n / 2^32, of no matter to a search.
    int: (n) => Math.floor((uint32() / 4294967296) * n),
    fork: (label) => createRng((seed ^ Math.imul(label + 1, 0x85ebca6b)) | 0),
  };
}

/** Fisher–Yates, in place. O(n). */
export function shuffle<T extends { [index: number]: number; length: number }>(
  array: T,
  rng: Rng,
): T {
  for (let i = array.length - 1; i > 0; i--) {
    const j = rng.int(i + 1);
    const swap = array[i];
    array[i] = array[j];
    array[j] = swap;
  }
  return array;
}
