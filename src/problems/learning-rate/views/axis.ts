/** The y axis of the curve's picture. */
import type { Instance } from '../instance.ts';
import { niceCeiling, ratesOf } from './common.ts';

/** Decades below the top of a logarithmic picture. */
const DECADES = 5;

/** How learning rates are laid on the picture's y axis. */
export interface RateAxis {
  log: boolean;
  min: number;
  max: number;
  /** World y of a learning rate, inside [min, max]. */
  y(rate: number): number;
  /** Learning rate at a world y. */
  rate(y: number): number;
}

export function rateAxis(instance: Instance, log: boolean): RateAxis {
  const rates = ratesOf(instance);
  let largest = instance.schedule.peak;
  for (const rate of rates) if (rate > largest) largest = rate;
  const top = niceCeiling(1.08 * largest);
  if (!log) {
    const clip = (value: number) => Math.min(top, Math.max(0, value));
    return { log, min: 0, max: top, y: clip, rate: (y) => Math.max(0, y) };
  }
  const max = Math.log10(top);
  const min = max - DECADES;
  return {
    log,
    min,
    max,
    y: (rate) => Math.min(max, Math.max(min, rate > 0 ? Math.log10(rate) : min)),
    rate: (y) => (y <= min ? 0 : 10 ** y),
  };
}
