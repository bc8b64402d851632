/** How hot an annealing of a given length should start. */
import { exp, log } from '../../../src/core/math.ts';

/**
 * An annealing starts at full heat when it has so many steps per customer; with fewer, at less, as
 * what it takes apart must come together again.
 */
const FULL_HEAT_STEPS = 1000;
const LEAST_HEAT = 0.02;

/** Heat of a first stage, when the pace is not known yet. */
export const FIRST_HEAT = 0.05;

/** Start temperature of an annealing of so many steps, relative to the full heat. */
export function heatOf(steps: number, n: number): number {
  const pace = Math.max(1e-9, steps / (FULL_HEAT_STEPS * n));
  return Math.max(LEAST_HEAT, Math.min(1, exp(0.75 * log(pace))));
}
