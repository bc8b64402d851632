/** The list of states of the expanding core, and the tree of decisions behind them. */
import { compile, instantiate, reserve, type KernelExports } from '../../common/wasm.ts';
import { wasm } from './kernel.wasm.ts';
import * as at from './layout.ts';
import { mergeTwin, noteBest } from './twin.ts';

/** Nodes of the tree before the first clean-up. */
const NODES = 1 << 12;
/** Lists this long are merged by the kernel. */
const LONG = 1 << 11;

interface Kernel extends KernelExports {
  /** See `kernel.as.ts`. */
  merge(...numbers: number[]): void;
}

export interface States {
  capacity: number;
  /** By rising weight and rising profit; `length` of them, then a weight of infinity. */
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
  /**
   * No less profit than a unit of room can bring, and no more than a unit of weight too many must
   * cost; Infinity when nothing is left to remove.
   */
  nextSlope: number;
  lastSlope: number;
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
  /** In whose memory all arrays lie; undefined before the list is long, null without one. */
  kernel: Kernel | null | undefined;
  /** What the kernel hands back, by the places in `layout.ts`. */
  results: Float64Array;
}

/** @param kind `twin` never uses WebAssembly. */
export function createStates(
  weight: number,
  profit: number,
  capacity: number,
  best: number,
  kind: 'fastest' | 'twin' = 'fastest',
): States {
  return {
    capacity,
    weights: Float64Array.of(weight, Infinity),
    profits: Float64Array.of(profit, 0),
    nodes: Int32Array.of(-1, -1),
    length: 1,
    toWeights: new Float64Array(3),
    toProfits: new Float64Array(3),
    toNodes: new Int32Array(3),
    written: 0,
    plain: 0,
    shifted: 0,
    highest: -Infinity,
    finished: true,
    nextSlope: 0,
    lastSlope: Infinity,
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
    kernel: kind === 'twin' ? null : undefined,
    results: new Float64Array(at.RESULTS),
  };
}

/**
 * The most efficient item not yet added and the least efficient one not yet removed, whose rounded
 * efficiencies stay on the safe side.
 */
export function setSlopes(
  states: States,
  nextProfit: number,
  nextWeight: number,
  lastProfit: number,
  lastWeight: number,
): void {
  states.nextSlope = (nextProfit / nextWeight) * (1 + 2 ** -50);
  // States above the capacity must still lose weight; without items left to remove they are lost.
  states.lastSlope = lastWeight > 0 ? (lastProfit / lastWeight) * (1 - 2 ** -50) : Infinity;
}

const WIDE = ['weights', 'profits', 'toWeights', 'toProfits', 'results'] as const;
const NARROW = ['nodes', 'toNodes', 'items', 'parents'] as const;
type Name = (typeof WIDE)[number] | (typeof NARROW)[number];

/** Compiled when first wanted; null where the engine has no WebAssembly or may not compile. */
let compiled: WebAssembly.Module | null | undefined;

/** Moves all arrays into the memory of a kernel, if there is one. */
function enterKernel(states: States): void {
  try {
    compiled ??= compile(wasm);
    states.kernel = instantiate<Kernel>(compiled);
  } catch {
    compiled ??= null;
    states.kernel = null;
    return;
  }
  const own = { ...states };
  for (const name of [...WIDE, ...NARROW]) {
    const address = extend(states, own[name].byteLength);
    place(states, name, address, own[name].length);
    states[name].set(own[name]);
  }
}

/** Makes a view of the kernel's memory. */
function place(states: States, name: Name, address: number, length: number): void {
  const buffer = states.kernel!.memory.buffer;
  if (isWide(name)) states[name] = new Float64Array(buffer, address, length);
  else states[name] = new Int32Array(buffer, address, length);
}

const isWide = (name: Name): name is (typeof WIDE)[number] =>
  (WIDE as readonly string[]).includes(name);

/** Adds memory to the kernel's, and makes all views in it anew; returns the address. */
function extend(states: States, bytes: number): number {
  const { memory } = states.kernel!;
  const { buffer } = memory;
  const views = [...WIDE, ...NARROW]
    .filter((name) => states[name].buffer === buffer)
    .map((name) => [name, states[name].byteOffset, states[name].length] as const);
  const address = reserve(memory, bytes);
  for (const view of views) place(states, ...view);
  return address;
}

/** Longer arrays in place of some, with the first `kept` entries. The wide ones come first. */
function enlarge(states: States, names: readonly Name[], length: number, kept: number): void {
  const sizes = names.map((name) => length * (isWide(name) ? 8 : 4));
  let address = states.kernel
    ? extend(
        states,
        sizes.reduce((a, b) => a + b),
      )
    : 0;
  for (const [i, name] of names.entries()) {
    const old = states[name];
    if (states.kernel) place(states, name, address, length);
    else if (isWide(name)) states[name] = new Float64Array(length);
    else states[name] = new Int32Array(length);
    states[name].set(old.subarray(0, kept));
    address += sizes[i];
  }
}

/**
 * Makes room for a merge: twice the list, and as many new nodes. Amortised O(length).
 * @returns false when there is no memory for it.
 */
export function growStates(states: States): boolean {
  try {
    grow(states);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function grow(states: States): void {
  if (states.kernel === undefined && states.length >= LONG) enterKernel(states);
  const need = states.length * 2 + 1;
  if (states.toWeights.length < need)
    enlarge(states, ['toWeights', 'toProfits', 'toNodes'], need * 2, 0);
  // Each state may become a node, and one of each call be the best besides.
  if (states.nodeCount + need <= states.items.length) return;
  collectNodes(states);
  if (states.nodeCount + need <= states.items.length >> 1) return;
  let size = states.items.length;
  while (size < (states.nodeCount + need) * 2) size *= 2;
  enlarge(states, ['items', 'parents'], size, states.nodeCount);
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
  if (states.finished) {
    states.finished = false;
    states.written = 0;
    states.plain = 0;
    states.shifted = 0;
    states.highest = -Infinity;
    states.bound = -Infinity;
    states.weights[states.length] = Infinity;
  }
  const merge = states.kernel && states.fillWeight === 0 ? mergeByKernel : mergeTwin;
  const read = merge(states, item, shiftWeight, shiftProfit, limit);
  if (states.plain + states.shifted < 2 * states.length) return read;
  const { weights, profits, nodes } = states;
  states.finished = true;
  states.weights = states.toWeights;
  states.profits = states.toProfits;
  states.nodes = states.toNodes;
  states.toWeights = weights;
  states.toProfits = profits;
  states.toNodes = nodes;
  states.length = states.written;
  return read;
}

function mergeByKernel(
  states: States,
  item: number,
  shiftWeight: number,
  shiftProfit: number,
  limit: number,
): number {
  const { results, best } = states;
  const reads = Math.min(limit, 2 * states.length - states.plain - states.shifted);
  states.kernel!.merge(
    reads,
    states.plain,
    states.shifted,
    states.written,
    states.nodeCount,
    states.weights.byteOffset,
    states.profits.byteOffset,
    states.nodes.byteOffset,
    states.toWeights.byteOffset,
    states.toProfits.byteOffset,
    states.toNodes.byteOffset,
    states.items.byteOffset,
    states.parents.byteOffset,
    results.byteOffset,
    item,
    shiftWeight,
    shiftProfit,
    states.capacity,
    states.nextSlope,
    states.lastSlope,
    states.highest,
    states.bound,
    best,
  );
  states.plain = results[at.PLAIN];
  states.shifted = results[at.SHIFTED];
  states.written = results[at.WRITTEN];
  states.nodeCount = results[at.NODE_COUNT];
  states.highest = results[at.HIGHEST];
  states.bound = results[at.BOUND];
  states.best = results[at.BEST];
  if (states.best > best)
    noteBest(states, item, results[at.BEST_FROM], results[at.BEST_IS_NEW] === 1, 0);
  return reads;
}
