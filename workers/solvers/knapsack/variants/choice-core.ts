/** Exact multiple choice with one capacity: lists of states over an expanding core of classes. */
import type { SolveContext, SolverRun } from '../../../../src/core/solver.ts';
import type { Packed, Solution } from '../../../../src/problems/knapsack/instance.ts';
import { objectiveOfVariant, safeFloor } from './bounds.ts';
import { boundEvent, startExchange } from './exchange.ts';
import { makeHulls, relaxClasses } from './hulls.ts';

const STATES = 1 << 14;
const MAX_STATES = 2 ** 22;

/**
 * Begins with the whole part of the linear relaxation and opens class after class, those first whose
 * choice is nearest to changing (Pisinger 1995). A state is weight and profit with all unopened
 * classes as the relaxation chooses; dominated states go, and those whose bound, with the best gain
 * (or least loss) per weight of the classes still closed, cannot beat the incumbent. One step is one
 * state made. O(states · items of the class) a class.
 */
export function* solveChoiceCore(
  packed: Packed,
  context: SolveContext<never, Solution>,
): SolverRun<Solution> {
  const { n, profits, weights } = packed;
  const capacity = packed.capacities[0];
  const hulls = makeHulls(packed);
  const relaxed = relaxClasses(hulls, capacity);
  if (hulls.classes > 0 && relaxed.bound === -Infinity) {
    yield 1;
    return {
      reason: 'infeasible',
      message: 'The lightest item of each class is too heavy together.',
    };
  }
  const start = yield* startExchange(packed, context.warmStart);
  let { best, bound } = start;
  const { classes, hull, hullEnd } = hulls;
  if (classes === 0 || bound <= best) {
    yield 1;
    return { reason: 'optimal' };
  }

  // How soon a class would change: the steepest gain up and the least loss down from its choice.
  const up = new Float64Array(classes);
  const down = new Float64Array(classes).fill(Infinity);
  for (let k = 0; k < classes; k++) {
    const c = relaxed.chosen[k];
    for (let at = hulls.start[k]; at < hullEnd[k]; at++) {
      const i = hull[at];
      const gain = weights[i] - weights[c];
      if (gain > 0) up[k] = Math.max(up[k], (profits[i] - profits[c]) / gain);
      if (gain < 0) down[k] = Math.min(down[k], (profits[c] - profits[i]) / -gain);
    }
  }
  const near = (k: number): number => Math.min(relaxed.slope - up[k], down[k] - relaxed.slope);
  const order = Int32Array.from({ length: classes }, (_, k) => k).sort(
    (a, b) => near(a) - near(b) || a - b,
  );
  /** Over the classes from this place of the order on. */
  const steepest = new Float64Array(classes + 1);
  const flattest = new Float64Array(classes + 1).fill(Infinity);
  for (let o = classes - 1; o >= 0; o--) {
    steepest[o] = Math.max(steepest[o + 1], up[order[o]]);
    flattest[o] = Math.min(flattest[o + 1], down[order[o]]);
  }

  let stateWeights: Float64Array = Float64Array.of(relaxed.weight);
  let stateProfits: Float64Array = Float64Array.of(relaxed.profit);
  let stateNodes: Int32Array = Int32Array.of(-1);
  const nodeItems: number[] = [];
  const nodeParents: number[] = [];
  let done = 0;
  let left = context.budget.chunk(STATES);
  for (let o = 0; o < classes && stateWeights.length > 0; o++) {
    const k = order[o];
    const c = relaxed.chosen[k];
    // Items of the class that are not dominated, by rising weight; the list is merged item by item.
    const useful: number[] = [];
    let top = -1;
    for (let at = hulls.start[k]; at < hulls.start[k + 1]; at++) {
      const i = hulls.items[at];
      if (profits[i] <= top) continue;
      top = profits[i];
      useful.push(i);
    }
    const size = stateWeights.length * useful.length;
    const heads = new Int32Array(useful.length);
    const nextWeights: number[] = [];
    const nextProfits: number[] = [];
    const nextNodes: number[] = [];
    let highest = -Infinity;
    let reach = -Infinity;
    for (let made = 0; made < size; made++) {
      let pick = -1;
      let w = Infinity;
      let p = -Infinity;
      for (let u = 0; u < useful.length; u++) {
        if (heads[u] >= stateWeights.length) continue;
        const weight = stateWeights[heads[u]] + weights[useful[u]] - weights[c];
        const profit = stateProfits[heads[u]] + profits[useful[u]] - profits[c];
        if (weight < w || (weight === w && profit > p)) [pick, w, p] = [u, weight, profit];
      }
      const from = stateNodes[heads[pick]++];
      done++;
      if (done >= left) {
        yield done;
        done = 0;
        left = context.budget.chunk(STATES);
      }
      if (p <= highest) continue;
      const over = w > capacity;
      if (over && flattest[o + 1] === Infinity) continue;
      const limit = over
        ? p - (w - capacity) * flattest[o + 1]
        : p + (capacity - w) * steepest[o + 1];
      const item = useful[pick];
      let node = from;
      if (item !== c) {
        node = nodeItems.length;
        nodeItems.push(item);
        nodeParents.push(from);
      }
      highest = p;
      if (!over && p > best) {
        best = p;
        yield {
          kind: 'incumbent',
          solution: solutionOf(packed, relaxed.chosen, nodeItems, nodeParents, node, n),
          objective: objectiveOfVariant(packed, best),
        };
      }
      const floor = safeFloor(limit);
      if (floor <= best) continue;
      reach = Math.max(reach, floor);
      nextWeights.push(w);
      nextProfits.push(p);
      nextNodes.push(node);
    }
    stateWeights = Float64Array.from(nextWeights);
    stateProfits = Float64Array.from(nextProfits);
    stateNodes = Int32Array.from(nextNodes);
    yield { kind: 'trace', row: [stateWeights.length, o + 1] };
    const value = Math.max(best, reach);
    if (value < bound) {
      bound = value;
      yield boundEvent(packed, bound, 'Bounds of all states');
    }
    if (nodeItems.length > 4 * MAX_STATES || stateWeights.length > MAX_STATES)
      return {
        reason: 'exhausted',
        message: 'The list of states has outgrown the memory set aside.',
      };
  }
  yield done;
  return { reason: 'optimal' };
}

/** The relaxation's choice with the changes on the way to a node. */
function solutionOf(
  packed: Packed,
  chosen: Int32Array,
  items: readonly number[],
  parents: readonly number[],
  node: number,
  n: number,
): Solution {
  const groups = packed.groups ?? new Int32Array(n);
  const pick = chosen.slice();
  for (let at = node; at >= 0; at = parents[at]) pick[groups[items[at]]] = items[at];
  const counts = new Uint8Array(n);
  for (const i of pick) counts[i] = 1;
  return { counts };
}
