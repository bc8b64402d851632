/** The list of states of the expanding core, and the tree of decisions behind them. */

/** Nodes of the tree before the first clean-up. */
const NODES = 1 << 16;

export interface States {
  capacity: number;
  /** By rising weight and rising profit; `length` of them. */
  weights: Float64Array;
  profits: Float64Array;
  /** The last decision of each state in the tree; −1 for none. */
  nodes: Int32Array;
  length: number;
  /** Where the merge in progress writes. */
  toWeights: Float64Array;
  toProfits: Float64Array;
  toNodes: Int32Array;
  written: number;
  /** Read positions in the list as it is and in the shifted list; the last profit written. */
  plain: number;
  shifted: number;
  highest: number;
  finished: boolean;
  /** The most efficient item not yet added, and the least efficient one not yet removed. */
  nextProfit: number;
  nextWeight: number;
  lastProfit: number;
  lastWeight: number;
  /**
   * Copies beside the list that complete each state: `fillWeight` 0 for none, at least `fillLeast`
   * (≤ 0) and at most `fillMost` of them.
   */
  fillProfit: number;
  fillWeight: number;
  fillLeast: number;
  fillMost: number;
  /** Profit to beat, and the node of the best state found here with the copies that complete it. */
  best: number;
  bestNode: number;
  bestFill: number;
  /** The largest bound of a state kept by the merge. */
  bound: number;
  /** Tree: the item turned over, and the node before. Parents come before children. */
  items: Int32Array;
  parents: Int32Array;
  nodeCount: number;
}

export function createStates(
  weight: number,
  profit: number,
  capacity: number,
  best: number,
): States {
  return {
    capacity,
    weights: Float64Array.of(weight),
    profits: Float64Array.of(profit),
    nodes: Int32Array.of(-1),
    length: 1,
    toWeights: new Float64Array(2),
    toProfits: new Float64Array(2),
    toNodes: new Int32Array(2),
    written: 0,
    plain: 0,
    shifted: 0,
    highest: -Infinity,
    finished: false,
    nextProfit: 0,
    nextWeight: 1,
    lastProfit: 1,
    lastWeight: 0,
    fillProfit: 0,
    fillWeight: 0,
    fillLeast: 0,
    fillMost: 0,
    best,
    bestNode: -1,
    bestFill: 0,
    bound: -Infinity,
    items: new Int32Array(NODES),
    parents: new Int32Array(NODES),
    nodeCount: 0,
  };
}

/** Makes room for a merge: twice the list, and as many new nodes as it is long. Amortised O(length). */
export function growStates(states: States): void {
  const need = states.length * 2;
  if (states.toWeights.length < need) {
    states.toWeights = new Float64Array(need * 2);
    states.toProfits = new Float64Array(need * 2);
    states.toNodes = new Int32Array(need * 2);
  }
  if (states.nodeCount + states.length <= states.items.length) return;
  collectNodes(states);
  if (states.nodeCount + states.length > states.items.length >> 1) {
    let size = states.items.length;
    while (size < (states.nodeCount + states.length) * 2) size *= 2;
    const items = new Int32Array(size);
    const parents = new Int32Array(size);
    items.set(states.items.subarray(0, states.nodeCount));
    parents.set(states.parents.subarray(0, states.nodeCount));
    states.items = items;
    states.parents = parents;
  }
}

/** Drops nodes that no state descends from. O(nodes + length). */
function collectNodes(states: States): void {
  const { items, parents, nodes, nodeCount, length } = states;
  const moved = new Int32Array(nodeCount);
  for (let i = 0; i < length; i++) if (nodes[i] >= 0) moved[nodes[i]] = 1;
  if (states.bestNode >= 0) moved[states.bestNode] = 1;
  for (let i = nodeCount - 1; i >= 0; i--) if (moved[i] && parents[i] >= 0) moved[parents[i]] = 1;
  let count = 0;
  for (let i = 0; i < nodeCount; i++) {
    if (!moved[i]) continue;
    items[count] = items[i];
    parents[count] = parents[i] >= 0 ? moved[parents[i]] : -1;
    moved[i] = count++;
  }
  for (let i = 0; i < length; i++) if (nodes[i] >= 0) nodes[i] = moved[nodes[i]];
  if (states.bestNode >= 0) states.bestNode = moved[states.bestNode];
  states.nodeCount = count;
}

/** Items turned over on the way to a node. */
export function pathOf(states: States, node: number): number[] {
  const path: number[] = [];
  for (let i = node; i >= 0; i = states.parents[i]) path.push(states.items[i]);
  return path;
}

/**
 * Merges the list with the same list shifted by one item, up to `limit` states read; returns how
 * many. When all are read, `finished` is set and the result is the new list. O(limit).
 */
export function mergeStates(
  states: States,
  item: number,
  shiftWeight: number,
  shiftProfit: number,
  limit: number,
): number {
  const { capacity, weights, profits, nodes, length } = states;
  const { toWeights, toProfits, toNodes, items, parents } = states;
  const { nextProfit, nextWeight, lastProfit, lastWeight } = states;
  const { fillProfit, fillWeight, fillLeast, fillMost } = states;
  if (states.finished) {
    states.finished = false;
    states.written = 0;
    states.plain = 0;
    states.shifted = 0;
    states.highest = -Infinity;
    states.bound = -Infinity;
  }
  let { written, plain, shifted, highest, best, bound, nodeCount } = states;
  // States above the capacity must still lose weight; without items left to remove they are lost.
  const removable = lastWeight > 0;
  const nextSlope = (nextProfit / nextWeight) * (1 + 2 ** -50);
  const lastSlope = removable ? (lastProfit / lastWeight) * (1 - 2 ** -50) : 0;
  let read = 0;
  while (read < limit && (plain < length || shifted < length)) {
    read++;
    let w: number;
    let p: number;
    let from: number;
    let isNew: boolean;
    if (shifted >= length || (plain < length && weights[plain] <= weights[shifted] + shiftWeight)) {
      w = weights[plain];
      p = profits[plain];
      from = nodes[plain++];
      isNew = false;
    } else {
      w = weights[shifted] + shiftWeight;
      p = profits[shifted] + shiftProfit;
      from = nodes[shifted++];
      isNew = true;
    }
    if (p <= highest) continue;
    let reach: number;
    let fill = 0;
    if (fillWeight > 0) fill = Math.min(fillMost, Math.floor((capacity - w) / fillWeight));
    if (w + fill * fillWeight <= capacity && fill >= fillLeast) {
      const value = p + fill * fillProfit;
      if (value > best) {
        best = value;
        states.bestFill = fill;
        items[nodeCount] = item;
        parents[nodeCount] = from;
        states.bestNode = nodeCount;
        from = nodeCount++;
        isNew = false;
      }
    }
    if (w <= capacity) reach = p + Math.floor((capacity - w) * nextSlope);
    else {
      if (!removable) continue;
      reach = p + Math.floor((capacity - w) * lastSlope);
    }
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
  states.best = best;
  states.bound = bound;
  states.nodeCount = nodeCount;
  if (plain >= length && shifted >= length) {
    states.finished = true;
    states.weights = toWeights;
    states.profits = toProfits;
    states.nodes = toNodes;
    states.toWeights = weights;
    states.toProfits = profits;
    states.toNodes = nodes;
    states.length = written;
  }
  return read;
}
