/**
 * Carrying a learning rate over with the bound (Schaipp et al. 2025, sections 5 and 6): between
 * cooldown fractions and schedules, and to a longer horizon with the plateau already trained.
 * All for D = G = 1; only ratios and shapes matter.
 */
import { boundAt, boundTerms, optimalRate } from './bound.ts';
import { learningRates } from './curve.ts';
import { makeWsd, type Schedule, type Shape } from './schedule.ts';

/** γ* of a schedule over a horizon, relative to its own scale. O(T). */
export const gammaStar = (schedule: Schedule, steps: number): number =>
  optimalRate(boundTerms(learningRates(schedule, steps), steps));

/**
 * Two plateaus: 1 until the first cooldown would have begun, ρ from there, then the cooldown of the
 * longer horizon. T₁ + 1 entries.
 * @param kept steps at the full rate. @param fraction the cooldown's, of the longer horizon.
 */
export function twoPlateaus(
  kept: number,
  steps: number,
  fraction: number,
  factor: number,
  shape: Shape = 'linear',
): Float64Array {
  const rates = learningRates(makeWsd(1, steps, fraction, shape), steps);
  for (let t = kept; t <= steps; t++) rates[t] *= factor;
  return rates;
}

export interface HorizonTransfer {
  /** γ of both horizons: γ* of the first. */
  rate: number;
  /** Steps of the first run that are kept: up to its cooldown. */
  kept: number;
  /** ρ, what to multiply the plateau by from there, and the bound with it. */
  factor: number;
  factorBound: number;
  /** The cooldown's fraction of the longer horizon for the rate as it is, and the bound with it. */
  cooldown: number;
  cooldownBound: number;
  /** The bound when nothing is adapted. */
  naiveBound: number;
}

/** Where an increasing function reaches `target` in [low, high]; the nearer end when it does not. */
function reach(f: (x: number) => number, target: number, low: number, high: number): number {
  let a = low;
  let b = high;
  while (b - a > 1e-6) {
    const middle = (a + b) / 2;
    if (f(middle) < target) a = middle;
    else b = middle;
  }
  return (a + b) / 2;
}

/**
 * How to go on to `longer` steps with a WSD run tuned for `steps`, its rate γ kept: the lower second
 * plateau, or the longer cooldown, with which γ is again the γ* of the whole. When no cooldown is
 * long enough it comes out as 1. About 40 bounds of `longer` steps.
 */
export function horizonTransfer(
  steps: number,
  longer: number,
  fraction = 0.2,
  shape: Shape = 'linear',
): HorizonTransfer {
  const first = makeWsd(1, steps, fraction, shape);
  const rate = gammaStar(first, steps);
  const kept = steps - first.cooldown.steps;
  const plateaus = (factor: number) =>
    boundTerms(twoPlateaus(kept, longer, fraction, factor, shape), longer);
  const cooled = (share: number) =>
    boundTerms(learningRates(makeWsd(1, longer, share, shape), longer), longer);
  // γ* falls as the second plateau rises.
  const factor = 1 - reach((less) => optimalRate(plateaus(1 - less)), rate, 0, 0.999);
  const cooldown = reach((share) => optimalRate(cooled(share)), rate, fraction, 1);
  return {
    rate,
    kept,
    factor,
    factorBound: boundAt(plateaus(factor), rate),
    cooldown,
    cooldownBound: boundAt(cooled(cooldown), rate),
    naiveBound: boundAt(plateaus(1), rate),
  };
}
