import { log } from '../../core/math.ts';
import type { Rng } from '../../core/rng.ts';

/** A stream of standard normal numbers by the polar method (Marsaglia and Bray 1964). */
export function createNormal(rng: Rng): () => number {
  let spare = 0;
  let hasSpare = false;
  return () => {
    if (hasSpare) {
      hasSpare = false;
      return spare;
    }
    for (;;) {
      const u = 2 * rng.float() - 1;
      const v = 2 * rng.float() - 1;
      const s = u * u + v * v;
      if (s >= 1 || s === 0) continue;
      const scale = Math.sqrt((-2 * log(s)) / s);
      spare = v * scale;
      hasSpare = true;
      return u * scale;
    }
  };
}
