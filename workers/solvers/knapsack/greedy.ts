/** Greedy by profit per weight, and the best single item (Dantzig 1957). */
import type { ParamValues } from '../../../src/core/params.ts';
import type { SolveContext, SolverRun } from '../../../src/core/solver.ts';
import type { Packed, Solution } from '../../../src/problems/knapsack/instance.ts';
import { dantzig, expand, makeGroups, prefixOf, type Groups } from './groups.ts';
import { makeSurrogate, type Surrogate } from './surrogate.ts';

/** Incumbents shown on the way. */
const SHOWN = 100;

/**
 * Items in order of efficiency, each as often as it fits; one step is one item. Then the best single
 * item, which keeps the result above half the optimum with one capacity. O(n·m + n log n).
 */
export function* solveGreedy(
  packed: Packed,
  context: SolveContext<ParamValues, Solution>,
): SolverRun<Solution> {
  const { m, profitScale } = packed;
  const { groups, weights, bound } = yield* prepare(packed);
  const top = Math.min(bound, dantzig(groups, prefixOf(groups), 0, groups.capacity));
  const value = (top + groups.freeProfit) / profitScale;
  const proof = m === 1 ? 'Dantzig bound' : 'Surrogate relaxation';

  const residual = packed.capacities.slice();
  const taken = new Float64Array(groups.size);
  let profit = groups.freeProfit;
  let shown = -1;
  const show = () => {
    shown = profit;
    return {
      kind: 'incumbent' as const,
      solution: expand(groups, taken),
      objective: profit / profitScale,
    };
  };
  const every = Math.max(1, Math.ceil(groups.size / SHOWN));
  let left = 0;
  let done = 0;
  for (let g = 0; g < groups.size; g++) {
    if (left === 0) {
      yield done;
      left = context.budget.chunk(1024);
      done = 0;
    }
    const copies = fitting(groups.counts[g], residual, weights, g * m);
    for (let d = 0; d < m; d++) residual[d] -= copies * weights[g * m + d];
    taken[g] = copies;
    profit += copies * groups.profits[g];
    left--;
    done++;
    if (profit > shown && (g === 0 || g % every === every - 1)) {
      yield show();
      if (g === 0) yield { kind: 'bound', value, proof };
    }
  }
  if (profit > shown) yield show();
  yield { kind: 'bound', value, proof };

  let single = -1;
  for (let g = 0; g < groups.size; g++) {
    const alone = groups.counts[g] * groups.profits[g] + groups.freeProfit;
    if (alone > profit) {
      single = g;
      profit = alone;
    }
  }
  if (single >= 0) {
    taken.fill(0);
    taken[single] = groups.counts[single];
    yield show();
  }
  yield done;
  return { reason: 'exhausted', message: 'Every item has been considered once.' };
}

function* prepare(packed: Packed): Generator<number, Surrogate, void> {
  if (packed.m > 1) return yield* makeSurrogate(packed);
  const groups = yield* makeGroups(packed, packed.capacities[0]);
  return { groups, weights: groups.weights, bound: Infinity };
}

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

/** The greedy choice over all groups at once. O(n·m). */
export function fillAll(packed: Packed, groups: Groups, weights: Float64Array): Float64Array {
  const residual = packed.capacities.slice();
  const { m } = packed;
  return groups.counts.map((most, g) => {
    const copies = fitting(most, residual, weights, g * m);
    for (let d = 0; d < m; d++) residual[d] -= copies * weights[g * m + d];
    return copies;
  });
}
