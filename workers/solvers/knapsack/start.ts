/** How the searches for one or several capacities begin: groups, a first solution and a bound. */
import type { SolverYield } from '../../../src/core/solver.ts';
import type { Packed, Solution } from '../../../src/problems/knapsack/instance.ts';
import { collapse, dantzig, expand, makeGroups, prefixOf, type Groups } from './groups.ts';
import { makeSurrogate, type Surrogate } from './surrogate.ts';

export interface Start extends Surrogate {
  /** Copies of each group in the incumbent, and their profit without that of free items. */
  taken: Float64Array;
  profit: number;
}

/** The objective of a profit in packed units. */
export const objectiveOf = (packed: Packed, groups: Groups, profit: number): number =>
  (profit + groups.freeProfit) / packed.profitScale;

/** An incumbent made of copies by group. O(n). */
export const incumbentOf = (
  packed: Packed,
  groups: Groups,
  taken: Float64Array,
  profit: number,
) => ({
  kind: 'incumbent' as const,
  solution: expand(groups, taken),
  objective: objectiveOf(packed, groups, profit),
});

/** What the bound of `makeStart` rests on. */
export const proofOf = (packed: Packed): string =>
  packed.m === 1 ? 'Dantzig bound' : 'Surrogate relaxation';

/** The linear bound of one capacity, or the better of the joined one and the Lagrangian one. */
export const rootBound = (surrogate: Surrogate): number =>
  Math.min(
    surrogate.bound - surrogate.groups.freeProfit,
    dantzig(surrogate.groups, prefixOf(surrogate.groups), 0, surrogate.groups.capacity),
  );

/** Groups with equal items merged for one capacity, one by one behind joined capacities for more. */
export function* makeOrder(
  packed: Packed,
  multipliers: 'subgradient' | 'equal',
): Generator<number, Surrogate, void> {
  if (packed.m > 1) return yield* makeSurrogate(packed, multipliers);
  const groups = yield* makeGroups(packed, packed.capacities[0]);
  return { groups, weights: groups.weights, bound: Infinity };
}

/**
 * Yields a first incumbent before the multipliers are worked on, the better ones after, and the
 * bound. O(n·m + n log n) to the first incumbent.
 */
export function* makeStart(
  packed: Packed,
  warmStart: Solution | undefined,
  multipliers: 'subgradient' | 'equal' = 'subgradient',
): Generator<SolverYield<Solution>, Start, void> {
  let known = warmStart ?? null;
  let shown = -Infinity;
  if (packed.m > 1 && multipliers === 'subgradient' && !known) {
    const { groups, weights } = yield* makeOrder(packed, 'equal');
    const taken = fillAll(packed, groups, weights);
    const first = incumbentOf(packed, groups, taken, profitOf(groups, taken));
    yield first;
    known = first.solution;
    shown = profitOf(groups, taken);
  }
  const order = yield* makeOrder(packed, multipliers);
  const { groups, weights } = order;
  let taken = fillAll(packed, groups, weights);
  if (known) {
    const other = collapse(groups, known.counts);
    if (profitOf(groups, other) > profitOf(groups, taken)) taken = other;
  }
  const profit = profitOf(groups, taken);
  if (profit > shown) yield incumbentOf(packed, groups, taken, profit);
  yield {
    kind: 'bound',
    value: objectiveOf(packed, groups, rootBound(order)),
    proof: proofOf(packed),
  };
  return { ...order, taken, profit };
}

export const profitOf = (groups: Groups, taken: Float64Array): number =>
  taken.reduce((sum, copies, g) => sum + copies * groups.profits[g], 0);

/** Copies (at most `most`) that fit into the residual capacities. O(m). */
export function fitting(
  most: number,
  residual: Float64Array,
  weights: Float64Array,
  offset: number,
): number {
  let copies = most;
  for (let d = 0; d < residual.length && copies > 0; d++) {
    const w = weights[offset + d];
    if (w * copies > residual[d]) copies = Math.floor(residual[d] / w);
  }
  return copies;
}

/** The greedy choice over all groups in their order. O(n·m). */
export function fillAll(packed: Packed, groups: Groups, weights: Float64Array): Float64Array {
  const residual = packed.capacities.slice();
  const { m } = packed;
  return groups.counts.map((most, g) => {
    const copies = fitting(most, residual, weights, g * m);
    for (let d = 0; d < m; d++) residual[d] -= copies * weights[g * m + d];
    return copies;
  });
}
