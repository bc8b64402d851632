/** Depth-first branch and bound in order of efficiency, for one or several capacities. */
import type { ParamsOf } from '../../../src/core/params.ts';
import type { SolveContext, SolverRun } from '../../../src/core/solver.ts';
import type { Packed, Solution } from '../../../src/problems/knapsack/instance.ts';
import type { branchParams } from '../../../src/problems/knapsack/solvers.ts';
import { dantzig, martelloToth, prefixOf } from './groups.ts';
import { createSearch, moveOnce } from './local-search.ts';
import { fitting, incumbentOf, makeStart, objectiveOf, rootBound } from './start.ts';

/** Decisions between two yields, and between two reports of the bound. */
const NODES = 1 << 14;
const REPORT = 1 << 20;
/** Moves of local search before a search with several capacities. */
const MOVES = 4000;
const MOVES_PER_YIELD = 16;

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
  const { m } = packed;
  const start = yield* makeStart(packed, context.warmStart, context.params.multipliers);
  const { groups, weights } = start;
  const { size, profits, counts } = groups;
  const joined = groups.weights;
  const prefix = prefixOf(groups);
  const relax = context.params.bound === 'martello-toth' ? martelloToth : dantzig;
  /** Least weight from here on: nothing more fits below it. */
  const lightest = new Float64Array(size + 1).fill(Infinity);
  for (let g = size - 1; g >= 0; g--) lightest[g] = Math.min(lightest[g + 1], joined[g]);

  const taken = new Float64Array(size);
  const path = new Int32Array(size);
  const residual = packed.capacities.slice();
  let rest = groups.capacity;
  let profit = 0;
  let best = start.profit;
  let bound = rootBound(start);
  let depth = 0;
  let at = 0;

  if (m > 1 && size > 0) {
    // Without a good incumbent the joined constraint cuts little.
    const search = createSearch(packed, start, { drop: 4, memory: 200 });
    for (let move = 1; move <= MOVES && best < bound; move++)
      if (moveOnce(search, context.rng)) {
        best = search.bestProfit;
        yield incumbentOf(packed, groups, search.best, best);
      } else if (move % MOVES_PER_YIELD === 0) yield 0;
  }

  /** The best that subtrees still open can hold: one copy less anywhere on the path. */
  const openBound = (): number => {
    let value = profit + dantzig(groups, prefix, at, rest);
    let spent = 0;
    let gained = 0;
    for (let i = 0; i < depth; i++) {
      const g = path[i];
      const less = groups.capacity - spent - (taken[g] - 1) * joined[g];
      value = Math.max(
        value,
        gained + (taken[g] - 1) * profits[g] + dantzig(groups, prefix, g + 1, less),
      );
      spent += taken[g] * joined[g];
      gained += taken[g] * profits[g];
    }
    return Math.max(best, value);
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

  let untilReport = REPORT;
  for (;;) {
    const nodes = Math.min(context.budget.chunk(NODES), untilReport);
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
        cut = !whole && profit + relax(groups, prefix, at, rest) <= best;
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
          if (profit + relax(groups, prefix, at, rest) > best) {
            done = false;
            break;
          }
          // Fewer copies bound no better in the linear relaxation.
          if (relax === dantzig && taken[at - 1] > 0) back(true);
        }
      }
    }
    yield node;
    if (improved) yield incumbentOf(packed, groups, taken, best);
    if (done) break;
    untilReport -= node;
    if (untilReport === 0) {
      untilReport = REPORT;
      yield { kind: 'trace', row: [depth] };
      const open = openBound();
      if (open < bound) {
        bound = open;
        yield { kind: 'bound', value: objectiveOf(packed, groups, bound), proof: 'Open subtrees' };
      }
    }
  }
  return { reason: 'optimal' };
}
