/**
 * The disjunctive graph of a complete schedule (Roy & Sussmann 1964) with a topological order kept
 * up to date move by move. Nodes are operations with an empty node (time 0, never on a machine)
 * before the first job, between jobs and at the end, so that the job neighbours of node v are v − 1
 * and v + 1 and no branch asks whether they exist; node 0 also stands for "no machine neighbour".
 */
import type { Rng } from '../../../src/core/rng.ts';
import type { PackedJobShop } from '../../../src/problems/job-shop/instance.ts';

/** What the moves need of random numbers. */
export type Draws = Pick<Rng, 'int' | 'uint32'>;

export interface Graph {
  /** Operations; there are operations + jobs + 1 nodes. */
  operations: number;
  machines: number;
  duration: Int32Array;
  /** Machine of a node, −1 − node for empty nodes (so that no two are alike). */
  machine: Int32Array;
  /** Place of a node among its machine's nodes in the instance's order, and how many these are. */
  slot: Int32Array;
  machineSize: Int32Array;
  /** Node of each operation. */
  nodeOf: Int32Array;
  /** Last node of each job. */
  lastOfJob: Int32Array;
  /**
   * 1 where a tail (head) equal to the job successor's (predecessor's) does not yet rule out a path:
   * that neighbour takes no time or is on the same machine.
   */
  tailGuard: Int32Array;
  headGuard: Int32Array;
  /** Neighbours on the machine; 0 when there is none. */
  before: Int32Array;
  after: Int32Array;
  /** Length of the longest path to a node's end, and from a node's start; both hold its duration. */
  head: Int32Array;
  tail: Int32Array;
  /** All operation nodes in a topological order, and each one's place in it; −1 for empty nodes. */
  order: Int32Array;
  place: Int32Array;
  /** Scratch. */
  mark: Int32Array;
  buffer: Int32Array;
  stamp: number;
}

/** Arrays of a graph that may lie in memory given by the caller. */
export type Placed =
  | 'duration'
  | 'machine'
  | 'slot'
  | 'lastOfJob'
  | 'tailGuard'
  | 'headGuard'
  | 'before'
  | 'after'
  | 'head'
  | 'tail'
  | 'order'
  | 'place';

/**
 * O(operations). The machine orders are not set yet: call `load`.
 * @param allot arrays of zeros for the graph.
 */
export function createGraph(
  packed: PackedJobShop,
  allot: (array: Placed, length: number) => Int32Array = (_, length) => new Int32Array(length),
): Graph {
  const { first } = packed;
  const jobs = first.length - 1;
  const operations = packed.machine.length;
  const nodes = operations + jobs + 1;
  const array = (name: Placed) => allot(name, nodes);
  const graph: Graph = {
    operations,
    machines: packed.machines,
    duration: array('duration'),
    machine: array('machine'),
    slot: array('slot'),
    machineSize: new Int32Array(packed.machines),
    nodeOf: new Int32Array(operations),
    lastOfJob: allot('lastOfJob', jobs),
    tailGuard: array('tailGuard'),
    headGuard: array('headGuard'),
    before: array('before'),
    after: array('after'),
    head: array('head'),
    tail: array('tail'),
    order: allot('order', operations),
    place: array('place').fill(-1),
    mark: new Int32Array(nodes),
    buffer: new Int32Array(nodes),
    stamp: 0,
  };
  for (let node = 0; node < nodes; node++) graph.machine[node] = -1 - node;
  for (let job = 0; job < jobs; job++) {
    for (let i = first[job]; i < first[job + 1]; i++) {
      const node = i + job + 1;
      graph.nodeOf[i] = node;
      graph.duration[node] = packed.duration[i];
      graph.machine[node] = packed.machine[i];
      graph.slot[node] = graph.machineSize[packed.machine[i]]++;
    }
    graph.lastOfJob[job] = first[job + 1] + job;
    for (let node = first[job] + job + 1; node < graph.lastOfJob[job]; node++) {
      const alike = graph.machine[node] === graph.machine[node + 1];
      if (alike || graph.duration[node + 1] === 0) graph.tailGuard[node] = 1;
      if (alike || graph.duration[node] === 0) graph.headGuard[node + 1] = 1;
    }
  }
  return graph;
}

/** Sets the machine orders from a linear order of all nodes that respects the jobs. O(operations). */
export function load(graph: Graph, linear: ArrayLike<number>): void {
  const { before, after, machine, order, place, buffer } = graph;
  const last = buffer.fill(0);
  for (let i = 0; i < graph.operations; i++) {
    const node = linear[i];
    const previous = last[machine[node]];
    order[i] = node;
    place[node] = i;
    before[node] = previous;
    after[node] = 0;
    if (previous !== 0) after[previous] = node;
    last[machine[node]] = node;
  }
  evaluate(graph);
}

/** All heads and tails afresh. O(operations). */
export function evaluate(graph: Graph): void {
  const { order, head, tail, before, after, duration } = graph;
  for (let i = 0; i < order.length; i++) {
    const node = order[i];
    head[node] = Math.max(head[node - 1], head[before[node]]) + duration[node];
  }
  for (let i = order.length - 1; i >= 0; i--) {
    const node = order[i];
    tail[node] = Math.max(tail[node + 1], tail[after[node]]) + duration[node];
  }
}

/** Length of the longest path. O(jobs). */
export function makespan(graph: Graph): number {
  const { head, lastOfJob } = graph;
  let longest = 0;
  for (let job = 0; job < lastOfJob.length; job++) {
    const end = head[lastOfJob[job]];
    if (end > longest) longest = end;
  }
  return longest;
}

/** Start times by operation. O(operations). */
export function startTimes(graph: Graph): Int32Array {
  const starts = new Int32Array(graph.operations);
  for (let i = 0; i < starts.length; i++) {
    const node = graph.nodeOf[i];
    starts[i] = graph.head[node] - graph.duration[node];
  }
  return starts;
}

/** Nodes in the order of a linear order of operations. */
export const toNodes = (graph: Graph, operations: Int32Array): Int32Array =>
  operations.map((operation) => graph.nodeOf[operation]);

function nextStamp(graph: Graph): number {
  if (graph.stamp === 0x3fffffff) {
    graph.stamp = 0;
    graph.mark.fill(0);
  }
  return ++graph.stamp;
}

/**
 * Can u (before v on their machine) go right behind v: does no other path lead from u to v? Exact,
 * also with durations of 0. O(window between the two in the topological order).
 */
export function canMoveForward(graph: Graph, u: number, v: number): boolean {
  const { before, order, place, mark } = graph;
  const stamp = nextStamp(graph);
  mark[u] = stamp;
  for (let i = place[u] + 1; i < place[v]; i++) {
    const node = order[i];
    const above = before[node];
    if (mark[node - 1] === stamp || (mark[above] === stamp && above !== u)) mark[node] = stamp;
  }
  return mark[v - 1] !== stamp && (mark[before[v]] !== stamp || before[v] === u);
}

/**
 * Puts u right behind v on their machine (u before v; the move must be possible) and mends the
 * topological order: what u leads to goes behind v, the rest moves up. Heads and tails are left to
 * `update`. O(window between the two in the topological order).
 */
export function relinkForward(graph: Graph, u: number, v: number): void {
  const { before, after, order, place, mark, buffer } = graph;
  const beforeU = before[u];
  const afterU = after[u];
  const afterV = after[v];
  if (beforeU !== 0) after[beforeU] = afterU;
  before[afterU] = beforeU;
  after[v] = u;
  before[u] = v;
  after[u] = afterV;
  if (afterV !== 0) before[afterV] = u;

  const stamp = nextStamp(graph);
  mark[u] = stamp;
  buffer[0] = u;
  let kept = 1;
  let write = place[u];
  const to = place[v];
  for (let i = write + 1; i <= to; i++) {
    const node = order[i];
    if (mark[node - 1] === stamp || mark[before[node]] === stamp) {
      mark[node] = stamp;
      buffer[kept++] = node;
    } else {
      order[write] = node;
      place[node] = write++;
    }
  }
  for (let i = 0; i < kept; i++) {
    order[write] = buffer[i];
    place[buffer[i]] = write++;
  }
}

/** The mirror image: puts v right before u on their machine (u before v; must be possible). */
export function relinkBackward(graph: Graph, u: number, v: number): void {
  const { before, after, order, place, mark, buffer } = graph;
  const beforeU = before[u];
  const beforeV = before[v];
  const afterV = after[v];
  after[beforeV] = afterV;
  if (afterV !== 0) before[afterV] = beforeV;
  before[v] = beforeU;
  if (beforeU !== 0) after[beforeU] = v;
  after[v] = u;
  before[u] = v;

  const stamp = nextStamp(graph);
  mark[v] = stamp;
  buffer[0] = v;
  let kept = 1;
  let write = place[v];
  const to = place[u];
  for (let i = write - 1; i >= to; i--) {
    const node = order[i];
    if (mark[node + 1] === stamp || mark[after[node]] === stamp) {
      mark[node] = stamp;
      buffer[kept++] = node;
    } else {
      order[write] = node;
      place[node] = write--;
    }
  }
  for (let i = 0; i < kept; i++) {
    order[write] = buffer[i];
    place[buffer[i]] = write--;
  }
}

/**
 * Heads from place `from` on and tails from place `to` down. A change runs through half of all
 * operations on average, so looking where it ends costs more than it saves; and the larger of two
 * is taken without a branch, since which one it is cannot be foreseen. O(operations).
 */
function update(graph: Graph, from: number, to: number): void {
  const { order, head, tail, before, after, duration } = graph;
  for (let i = from; i < order.length; i++) {
    const node = order[i];
    const a = head[node - 1];
    // a − min(0, a − b) is the larger of a and b.
    const less = (a - head[before[node]]) | 0;
    head[node] = (a - (less & (less >> 31)) + duration[node]) | 0;
  }
  for (let i = to; i >= 0; i--) {
    const node = order[i];
    const a = tail[node + 1];
    const less = (a - tail[after[node]]) | 0;
    tail[node] = (a - (less & (less >> 31)) + duration[node]) | 0;
  }
}

/** Puts u right behind v and brings heads and tails up to date. */
export function moveForward(graph: Graph, u: number, v: number): void {
  const from = graph.place[u];
  const to = graph.place[v];
  relinkForward(graph, u, v);
  update(graph, from, to);
}

/** Puts v right before u and brings heads and tails up to date. */
export function moveBackward(graph: Graph, u: number, v: number): void {
  const from = graph.place[u];
  const to = graph.place[v];
  relinkBackward(graph, u, v);
  update(graph, from, to);
}

/**
 * One longest path, chosen at random where there are several, first node first.
 * @returns its length in nodes; the nodes are in `path`. O(jobs + path).
 */
export function longestPath(graph: Graph, length: number, rng: Draws, path: Int32Array): number {
  const { head, before, duration, lastOfJob } = graph;
  let node = 0;
  let ties = 0;
  for (let job = 0; job < lastOfJob.length; job++)
    if (head[lastOfJob[job]] === length && (++ties === 1 || rng.int(ties) === 0))
      node = lastOfJob[job];
  let write = path.length;
  for (;;) {
    path[--write] = node;
    const start = head[node] - duration[node];
    if (start === 0) break;
    const above = before[node];
    const byJob = head[node - 1] === start;
    const byMachine = head[above] === start;
    node = byJob && (!byMachine || rng.uint32() < 0x80000000) ? node - 1 : above;
  }
  const count = path.length - write;
  path.copyWithin(0, write);
  return count;
}
