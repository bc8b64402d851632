/** Merging a list of states with the same list shifted by one item, in TypeScript. */
import type { States } from './states.ts';

/**
 * Reads up to `limit` states; returns how many. States that a filler completes are merged here
 * only; the others by `kernel.as.ts` just so. O(limit).
 */
export function mergeTwin(
  states: States,
  item: number,
  shiftWeight: number,
  shiftProfit: number,
  limit: number,
): number {
  const { capacity, weights, profits, nodes } = states;
  const { toWeights, toProfits, toNodes, items, parents } = states;
  const { nextSlope, lastSlope } = states;
  const { fillProfit, fillWeight, fillLeast, fillMost } = states;
  let { written, plain, shifted, highest, best, bound, nodeCount } = states;
  let bestFrom = -1;
  let bestIsNew = false;
  let bestFill = 0;
  const reads = Math.min(limit, 2 * states.length - plain - shifted);
  // A weight of infinity ends the list.
  let a = weights[plain];
  let b = weights[shifted] + shiftWeight;
  for (let read = 0; read < reads; read++) {
    let w: number;
    let p: number;
    let from: number;
    let isNew: boolean;
    if (a <= b) {
      w = a;
      p = profits[plain];
      from = nodes[plain];
      a = weights[++plain];
      isNew = false;
    } else {
      w = b;
      p = profits[shifted] + shiftProfit;
      from = nodes[shifted];
      b = weights[++shifted] + shiftWeight;
      isNew = true;
    }
    if (p <= highest) continue;
    const room = capacity - w;
    const fill = fillWeight > 0 ? Math.min(fillMost, Math.floor(room / fillWeight)) : 0;
    const value = p + fill * fillProfit;
    if (value > best && fill * fillWeight <= room && fill >= fillLeast) {
      best = value;
      bestFrom = from;
      bestIsNew = isNew;
      bestFill = fill;
    }
    const reach = p + Math.floor(room * (room >= 0 ? nextSlope : lastSlope));
    if (reach <= best) continue;
    if (isNew) {
      items[nodeCount] = item;
      parents[nodeCount] = from;
      from = nodeCount++;
    }
    if (reach > bound) bound = reach;
    toWeights[written] = w;
    toProfits[written] = p;
    toNodes[written++] = from;
    highest = p;
  }
  states.written = written;
  states.plain = plain;
  states.shifted = shifted;
  states.highest = highest;
  states.bound = bound;
  states.nodeCount = nodeCount;
  if (best > states.best) {
    states.best = best;
    noteBest(states, item, bestFrom, bestIsNew, bestFill);
  }
  return reads;
}

/** Makes the best state's node, which the list may not have kept. */
export function noteBest(
  states: States,
  item: number,
  from: number,
  isNew: boolean,
  fill: number,
): void {
  states.bestFill = fill;
  states.bestNode = from;
  if (!isNew) return;
  states.items[states.nodeCount] = item;
  states.parents[states.nodeCount] = from;
  states.bestNode = states.nodeCount++;
}
