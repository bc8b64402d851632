/** Change-making: the fewest coins that pay an amount exactly. */
import type { SolveContext, SolverRun } from '../../../../src/core/solver.ts';
import { gcd } from '../../../../src/problems/knapsack/limits.ts';
import type { Packed, Solution } from '../../../../src/problems/knapsack/instance.ts';
import { byWeight } from './bins.ts';
import { objectiveOfVariant, rootBoundOf } from './bounds.ts';
import { boundEvent } from './exchange.ts';

/** Amounts looked at between two yields, over the number of coins. */
const CELLS = 1 << 17;

/** The largest coin as often as it goes, then the next: counts, and what is left. O(n log n). */
export function greedyCoins(packed: Packed): { counts: Float64Array; coins: number; left: number } {
  const counts = new Float64Array(packed.n);
  let left = packed.capacities[0];
  let coins = 0;
  for (const i of byWeight(packed.weights)) {
    counts[i] = Math.floor(left / packed.weights[i]);
    left -= counts[i] * packed.weights[i];
    coins += counts[i];
  }
  return { counts, coins, left };
}

function* startCoins(packed: Packed, warmStart: Solution | undefined) {
  const { counts, coins, left } = greedyCoins(packed);
  let best = left === 0 ? coins : Infinity;
  const incumbent = (solution: Solution) => ({
    kind: 'incumbent' as const,
    solution,
    objective: objectiveOfVariant(packed, -best),
  });
  if (left === 0) yield incumbent({ counts });
  const given = warmStart ? Array.from(warmStart.counts).reduce((a, b) => a + b, 0) : Infinity;
  if (warmStart && given < best) {
    best = given;
    yield incumbent({ counts: Float64Array.from(warmStart.counts) });
  }
  if (packed.n > 0 || packed.capacities[0] === 0) {
    const { value, proof } = rootBoundOf(packed);
    if (Number.isFinite(value)) yield boundEvent(packed, value, proof);
  }
  return best;
}

/** Largest coins first; may miss the amount. One step is one coin. */
export function* solveGreedyCoins(packed: Packed): SolverRun<Solution> {
  yield* startCoins(packed, undefined);
  yield Math.max(1, packed.n);
  return { reason: 'exhausted' };
}

/**
 * The fewest coins for every amount up to the one asked for, and the coin each ends with (Wright
 * 1975). One step is one amount. O(n · amount) time, 8 bytes an amount.
 */
export function* solveCoins(
  packed: Packed,
  context: SolveContext<never, Solution>,
): SolverRun<Solution> {
  const { n } = packed;
  const known = yield* startCoins(packed, context.warmStart);
  let divisor = 0;
  for (let i = 0; i < n; i++) divisor = gcd(packed.weights[i], divisor);
  const size = Math.max(1, divisor);
  if (packed.capacities[0] % size !== 0 || (n === 0 && packed.capacities[0] > 0)) {
    yield 1;
    return { reason: 'infeasible', message: 'No coins add up to the amount.' };
  }
  const amount = packed.capacities[0] / size;
  const values = packed.weights.map((w) => w / size);
  const fewest = new Int32Array(amount + 1).fill(-1);
  const last = new Int32Array(amount + 1);
  fewest[0] = 0;
  for (let a = 1; a <= amount;) {
    const steps = Math.min(
      amount - a + 1,
      context.budget.chunk(Math.max(1, Math.floor(CELLS / (n + 1)))),
    );
    for (const end = a + steps; a < end; a++)
      for (let i = 0; i < n; i++) {
        const before = a - values[i];
        if (before < 0 || fewest[before] < 0) continue;
        if (fewest[a] < 0 || fewest[before] + 1 < fewest[a]) {
          fewest[a] = fewest[before] + 1;
          last[a] = i;
        }
      }
    yield {
      kind: 'trace',
      row: [objectiveOfVariant(packed, -Math.max(0, fewest[a - 1])), (100 * (a - 1)) / amount],
    };
    if (a > amount && fewest[amount] >= 0 && fewest[amount] < known) {
      const counts = new Float64Array(n);
      for (let rest = amount; rest > 0; rest -= values[last[rest]]) counts[last[rest]]++;
      yield {
        kind: 'incumbent',
        solution: { counts },
        objective: objectiveOfVariant(packed, -fewest[amount]),
      };
    }
    yield steps;
  }
  if (amount === 0) yield 1;
  return fewest[amount] < 0
    ? { reason: 'infeasible', message: 'No coins add up to the amount.' }
    : { reason: 'optimal' };
}
