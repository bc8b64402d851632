/**
 * Online knapsack: thresholds on the profit per weight of an arriving item, as functions of the
 * share of the capacity used. Densities lie between `low` and `high`; items are small.
 */
import { exp, log } from '../../core/math.ts';

const E = exp(1);

/** The threshold at a used share z in [0, 1]: an item below it is turned away. */
export type Threshold = (z: number) => number;

/**
 * Zhou, Chakrabarty & Lukose (2008): everything up to a share 1 / (1 + ln(U/L)), then a price that
 * rises exponentially. No deterministic policy has a better competitive ratio than its 1 + ln(U/L).
 */
export function zclThreshold(low: number, high: number): Threshold {
  const rate = 1 + log(high / low);
  return (z) => Math.max(low, (exp(rate * z) * low) / E);
}

export const zclRatio = (low: number, high: number): number => 1 + log(high / low);

/** The principal branch of Lambert's W: w with w·e^w = x, for x ≥ 0. Newton's method. */
export function lambertW(x: number): number {
  if (!(x > 0)) return x === 0 ? 0 : NaN;
  let w = x < E ? x / (1 + x) : log(x) - log(log(x) + 1);
  for (let step = 0; step < 60; step++) {
    const power = exp(w);
    const next = w - (w * power - x) / (power * (w + 1));
    if (Math.abs(next - w) <= 1e-15 * Math.abs(next)) return next;
    w = next;
  }
  return w;
}

/**
 * The competitive ratio of the fair threshold with a constant share α (Lechowicz et al. 2023):
 * W(U(1 − α) / (Lα)) / (1 − α). Meets `zclRatio` at α = 1 / zclRatio, grows without end towards 1.
 */
export const fairRatio = (low: number, high: number, alpha: number): number =>
  lambertW((high * (1 - alpha)) / (low * alpha)) / (1 - alpha);

/** The constant share below which a fair threshold would be worse on both counts. */
export const leastAlpha = (low: number, high: number): number => 1 / zclRatio(low, high);

/**
 * One price for the first share α, so that the decision does not depend on when an item arrives,
 * then U·e^(β(z − 1)) with β its competitive ratio.
 */
export function fairThreshold(low: number, high: number, alpha: number): Threshold {
  const beta = fairRatio(low, high, alpha);
  return (z) => (z < alpha ? low : Math.max(low, high * exp(beta * (z - 1))));
}

/** The share at which the ZCL threshold reaches a density. */
const zclInverse = (low: number, high: number, density: number): number =>
  Math.min(1, Math.max(leastAlpha(low, high), (log(density / low) + 1) / zclRatio(low, high)));

/**
 * A predicted critical density is held as the price over a window of width `trust`, between the two
 * halves of the ZCL threshold squeezed into the rest: trust 0 is ZCL, near 1 the prediction alone.
 */
export function learnedThreshold(
  low: number,
  high: number,
  predicted: number,
  trust: number,
): Threshold {
  const density = Math.min(high, Math.max(low, predicted));
  const zcl = zclThreshold(low, high);
  const rest = 1 - trust;
  const start = rest * zclInverse(low, high, density);
  return (z) => {
    if (rest <= 0) return density;
    if (z < start) return zcl(z / rest);
    return z <= start + trust ? density : Math.min(high, zcl((z - trust) / rest));
  };
}
