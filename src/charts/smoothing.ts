/** Smoothing of noisy lines. */
import { pow } from '../core/math.ts';

/**
 * Exponential moving average with its start corrected, so that a constant stays itself from the
 * first value on. Weights fall with the distance in x, not in rows: each unit of x weighs `beta`, so
 * the result does not depend on how densely a line was sampled (beyond what was left out).
 * Values that are not finite are skipped. O(n).
 * @param beta in [0, 1): 0 leaves the values as they are.
 */
export function smooth(
  pairs: readonly (readonly [number, number])[],
  beta: number,
): [number, number][] {
  if (beta <= 0) return pairs.map(([x, y]) => [x, y]);
  const result: [number, number][] = [];
  let sum = 0;
  let weight = 0;
  let last = NaN;
  for (const [x, y] of pairs) {
    if (!Number.isFinite(y)) continue;
    // A row stands for all x since the row before: Σ βⁱ (1 − β) over them is 1 − keep.
    const keep = pow(beta, Number.isNaN(last) ? 1 : Math.max(0, x - last));
    sum = keep * sum + (1 - keep) * y;
    weight = keep * weight + (1 - keep);
    if (weight > 0) result.push([x, sum / weight]);
    last = x;
  }
  return result;
}

/** β with which a value has half its weight left after `halfLife` units of x. */
export const betaOf = (halfLife: number): number => pow(0.5, 1 / halfLife);
