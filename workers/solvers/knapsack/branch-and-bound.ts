/** Depth-first branch and bound in order of efficiency, for one or several capacities. */
import type { ParamsOf } from '../../../src/core/params.ts';
import type { SolveContext, SolverRun } from '../../../src/core/solver.ts';
import type { Packed, Solution } from '../../../src/problems/knapsack/instance.ts';
import type { branchParams } from '../../../src/problems/knapsack/solvers.ts';
import { dantzig, collapse, expand, makeGroups, prefixOf } from './groups.ts';
import { fillAll, fitting } from './greedy.ts';
import { makeSurrogate, type Surrogate } from './surrogate.ts';

const NODES = 4096;

/**
 * Takes as many copies as fit of each group in turn; then goes back, takes one copy less, and goes
 * on where the linear relaxation of the rest (joined by surrogate multipliers when there are
 * several capacities) still beats the incumbent (Horowitz & Sahni 1974; Martello & Toth 1977).
 * One step is one decision. O(log n + m) each, O(n·m) space.
 */
export function* solveBranchAndBound(
  packed: Packed,
  context: SolveContext<ParamsOf<typeof branchParams>, Solution>,
): SolverRun<Solution> {
  const { m, profitScale } = packed;
  const { groups, weights, bound } = yield* prepare(packed, context.params.multipliers);
  const { size, profits, counts, freeProfit } = groups;
  const joined = groups.weights;
  const prefix = prefixOf(groups);
  /** Least weight from here on: nothing more fits below it. */
  const lightest = new Float64Array(size + 1).fill(Infinity);
  for (let g = size - 1; g >= 0; g--) lightest[g] = Math.min(lightest[g + 1], joined[g]);

  const taken = new Float64Array(size);
  const path = new Int32Array(size);
  const residual = packed.capacities.slice();
  let rest = groups.capacity;
  let profit = 0;
  let best = 0;
  let depth = 0;
  let at = 0;

  const start = context.warmStart
    ? collapse(groups, context.warmStart.counts)
    : fillAll(packed, groups, weights);
  best = start.reduce((sum, copies, g) => sum + copies * profits[g], 0);
  const incumbent = (copies: Float64Array) => ({
    kind: 'incumbent' as const,
    solution: expand(groups, copies),
    objective: (best + freeProfit) / profitScale,
  });
  yield incumbent(start);
  const root = dantzig(groups, prefix, 0, rest);
  yield {
    kind: 'bound',
    value: Math.min(bound, root + freeProfit) / profitScale,
    proof: m === 1 ? 'Dantzig bound' : 'Surrogate relaxation',
  };

  /** Removes one copy (or all) of the deepest group taken; its index. */
  const back = (all: boolean): number => {
    const g = path[depth - 1];
    const copies = all ? taken[g] : 1;
    taken[g] -= copies;
    profit -= copies * profits[g];
    rest += copies * joined[g];
    for (let d = 0; d < m; d++) residual[d] += copies * weights[g * m + d];
    if (taken[g] === 0) depth--;
    return g;
  };

  let rounds = 0;
  for (;;) {
    const nodes = context.budget.chunk(NODES);
    let improved = false;
    let done = false;
    let node = 0;
    for (; node < nodes && !done && !improved; node++) {
      let cut = rest < lightest[at];
      if (!cut) {
        // Forward: whole groups leave the bound as it is, so it is looked at after a break only.
        const copies = fitting(counts[at], residual, weights, at * m);
        if (copies > 0) {
          taken[at] = copies;
          path[depth++] = at;
          profit += copies * profits[at];
          rest -= copies * joined[at];
          for (let d = 0; d < m; d++) residual[d] -= copies * weights[at * m + d];
        }
        const whole = copies === counts[at];
        at++;
        cut = !whole && profit + dantzig(groups, prefix, at, rest) <= best;
      }
      if (cut || at === size) {
        if (profit > best) {
          best = profit;
          improved = true;
          continue;
        }
        done = true;
        while (depth > 0) {
          at = back(false) + 1;
          if (profit + dantzig(groups, prefix, at, rest) > best) {
            done = false;
            break;
          }
          // Fewer copies bound no better.
          if (taken[at - 1] > 0) back(true);
        }
      }
    }
    yield node;
    if (improved) yield incumbent(taken);
    if (done) break;
    if (++rounds % 64 === 0) yield { kind: 'trace', row: [at] };
  }
  return { reason: 'optimal' };
}

function* prepare(
  packed: Packed,
  multipliers: 'subgradient' | 'equal',
): Generator<number, Surrogate, void> {
  if (packed.m > 1) return yield* makeSurrogate(packed, multipliers);
  const groups = yield* makeGroups(packed, packed.capacities[0]);
  return { groups, weights: groups.weights, bound: Infinity };
}
