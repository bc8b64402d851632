/** Which instances a solver cannot take, and why. */
import { pack, type Instance, type Packed } from './instance.ts';
import type { SolverId } from './solvers.ts';

/** Bits of choices a table of dynamic programming keeps: 256 MiB. */
const MAX_TABLE = 2 ** 31;
/** Capacities in one row of it: 128 MiB of doubles. */
const MAX_ROW = 2 ** 24;
/** Above this, tolerances of floating-point solvers are no longer below one unit. */
const MAX_VALUE = 1e9;
const MAX_NONZEROS = 200_000;

const show = (value: number): string => value.toLocaleString('en');

/** What is too large for a table of 0/1 items × capacities; null when it is not. */
export function tableIssue(items: number, capacity: number): string | null {
  if (items === 0 || (capacity + 1 <= MAX_ROW && items * (capacity + 1) <= MAX_TABLE)) return null;
  return `A table of ${show(items)} items × ${show(capacity + 1)} capacities needs too much memory.`;
}

/** Greatest common divisor of whole numbers ≥ 0; gcd(0, b) = b. */
export function gcd(a: number, b: number): number {
  let x = a;
  let y = b;
  while (y > 0) [x, y] = [y, x % y];
  return x;
}

/** The size of the table: bundles of useful items, capacity over the weights' divisor. O(n log c). */
function tableOf(packed: Packed): [items: number, capacity: number] {
  const capacity = packed.capacities[0];
  let divisor = 0;
  let items = 0;
  for (let i = 0; i < packed.n; i++) {
    const weight = packed.weights[i];
    if (weight === 0 || weight > capacity || packed.profits[i] === 0) continue;
    divisor = gcd(weight, divisor);
    const copies = Math.min(packed.counts[i], Math.floor(capacity / weight));
    for (let bundle = 1, left = copies; left > 0; bundle *= 2) {
      items++;
      left -= bundle;
    }
  }
  return [items, Math.floor(capacity / Math.max(1, divisor))];
}

/** Why the solver cannot take the instance; null when it can. O(n·m). */
export function refuses(solverId: SolverId, instance: Instance): string | null {
  const { capacities, items } = instance;
  switch (solverId) {
    case 'core':
      return capacities.length > 1 ? 'Expanding core takes one capacity only.' : null;
    case 'dynamic-programming': {
      if (capacities.length > 1) return 'Dynamic programming takes one capacity only.';
      const issue = tableIssue(...tableOf(pack(instance)));
      return issue && `Dynamic programming: ${issue}`;
    }
    case 'highs': {
      if (items.length * capacities.length > MAX_NONZEROS)
        return `HiGHS: ${show(items.length * capacities.length)} weights are too many; at most ${show(MAX_NONZEROS)}.`;
      const packed = pack(instance);
      const large = [packed.capacities, packed.profits, packed.weights].some((values) =>
        values.some((value) => value > MAX_VALUE),
      );
      return large ? `HiGHS: numbers above ${show(MAX_VALUE)} are beyond its precision.` : null;
    }
    default:
      return null;
  }
}
