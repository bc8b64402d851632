/** What plans pay for breaking constraints, steered so that a share of them keeps each. */
import type { Model } from '../model.ts';

/** Rates by place: distance units per unit of load, of duration, and of time warp too much. */
export type Rates = Float64Array;
export const LOAD = 0;
export const DURATION = 1;
export const WARP = 2;

/** Plans judged between two adjustments. */
const WINDOW = 100;
/** Share of local optima that should keep each constraint (Vidal 2022 aims at a fifth). */
const TARGET = 0.25;
const SLACK = 0.05;
const LEAST = 0.1;
const MOST = 1e5;

export interface PenaltyControl {
  readonly rates: Rates;
  /** Notes which constraints a local optimum keeps. True when the rates have just changed. */
  note(keepsLoad: boolean, keepsDuration: boolean, keepsWindows: boolean): boolean;
}

/** Starts at about one long leg for one large demand, and time at the price of distance. */
export function createPenaltyControl(model: Model): PenaltyControl {
  const { n, demand, toDepot } = model;
  let longest = 1;
  let largest = 1;
  for (let i = 1; i <= n; i++) {
    longest = Math.max(longest, toDepot[i]);
    largest = Math.max(largest, demand[i]);
  }
  const rates = Float64Array.of(Math.max(LEAST, Math.min(MOST, longest / largest)), 1, 1);
  const kept = new Int32Array(3);
  let noted = 0;
  return {
    rates,
    note(keepsLoad, keepsDuration, keepsWindows) {
      if (keepsLoad) kept[LOAD]++;
      if (keepsDuration) kept[DURATION]++;
      if (keepsWindows) kept[WARP]++;
      if (++noted < WINDOW) return false;
      for (let i = 0; i < 3; i++) {
        const share = kept[i] / WINDOW;
        const factor = share < TARGET - SLACK ? 1.2 : share > TARGET + SLACK ? 0.85 : 1;
        rates[i] = Math.max(LEAST, Math.min(MOST, rates[i] * factor));
      }
      noted = 0;
      kept.fill(0);
      return true;
    },
  };
}
