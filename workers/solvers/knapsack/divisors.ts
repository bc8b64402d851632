/** Common divisors of all weights and of all profits, divided out. */
import { gcd } from '../../../src/problems/knapsack/limits.ts';
import type { Groups } from './groups.ts';

export interface Reduced {
  /** As groups, in larger units; `freeProfit` and the items' own fields remain. */
  groups: Groups;
  /** Profit of one new unit in the old ones. */
  profitUnit: number;
}

/**
 * The same problem in units of the greatest common divisor of the weights and of that of the
 * profits: bounds round down to whole new units, and the capacity to what weights can make. O(n).
 */
export function divideOut(groups: Groups): Reduced {
  const profitUnit = divisorOf(groups.profits);
  const weightUnit = divisorOf(groups.weights);
  if (profitUnit === 1 && weightUnit === 1) return { groups, profitUnit };
  return {
    groups: {
      ...groups,
      capacity: Math.floor(groups.capacity / weightUnit),
      profits: groups.profits.map((profit) => profit / profitUnit),
      weights: groups.weights.map((weight) => weight / weightUnit),
    },
    profitUnit,
  };
}

function divisorOf(values: Float64Array): number {
  let divisor = 0;
  for (const value of values) {
    divisor = gcd(value, divisor);
    if (divisor === 1) break;
  }
  return Math.max(1, divisor);
}
