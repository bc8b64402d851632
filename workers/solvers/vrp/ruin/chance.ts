/** What the kernel and its twin draw: random numbers, and how much worse a plan may be. */
import { log } from '../../../../src/core/math.ts';
import type { Rng } from '../../../../src/core/rng.ts';
import { SLACK_BITS } from './layout.ts';

/** Chance that one more customer is kept inside a split string; high ones measured better. */
export const SPLIT_DEPTH = 0.99;

export type Draws = Pick<Rng, 'uint32' | 'float'>;

/** xoshiro128** (Blackman & Vigna 2018) from its four words. */
export function drawsOf(words: Uint32Array): Draws {
  let [s0, s1, s2, s3] = words;
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
  return { uint32, float: () => uint32() / 4294967296 };
}

/** −ln of the middles of 2^SLACK_BITS equal shares of (0, 1): an exponential variate's quantiles. */
export const slacks = Float64Array.from(
  { length: 1 << SLACK_BITS },
  (_, i) => -log((i + 0.5) / (1 << SLACK_BITS)),
);
