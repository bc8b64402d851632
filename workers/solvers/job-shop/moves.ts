/**
 * Moves on the blocks of a critical path and what they would give.
 *
 * A block is a longest run of operations on one machine. A shorter schedule needs an operation of
 * some block put before its first or behind its last, so only such moves are tried, and in the first
 * (last) block only those that change its end (its front).
 */
import { LONGEST_MOVE, NONE } from './tabu/layout.ts';
import { moveBackward, moveForward, type Draws, type Graph } from './graph.ts';

export type Neighbourhood = 'N5' | 'N6' | 'N7';

/** The search's memory: until which move a pair may not stand in an order again. */
export interface TabuList {
  until: Int32Array;
  /** Pair (a before b) is at (row[a] + slot[b]) & mask. */
  row: Int32Array;
  mask: number;
}

/** More pairs than this share cells. */
const mostCells = 2 ** 22;

/** Cells of a tabu list: one for each ordered pair of operations of a machine, to a power of 2. */
export function tabuCells({ machineSize }: Pick<Graph, 'machineSize'>): number {
  const pairs = machineSize.reduce((sum, size) => sum + size ** 2, 0);
  let size = 2;
  while (size < pairs && size < mostCells) size *= 2;
  return size;
}

/** @param until zeros, as many as `tabuCells` says; @param row as many as nodes. */
export function createTabuList(
  graph: Graph,
  until: Int32Array = new Int32Array(tabuCells(graph)),
  row: Int32Array = new Int32Array(graph.machine.length),
): TabuList {
  const base = new Float64Array(graph.machines);
  let cells = 0;
  for (let machine = 0; machine < graph.machines; machine++) {
    base[machine] = cells;
    cells += graph.machineSize[machine] ** 2;
  }
  const size = until.length;
  graph.machine.forEach((machine, node) => {
    if (machine < 0) return;
    row[node] = (base[machine] + graph.slot[node] * graph.machineSize[machine]) % size;
  });
  return { until, row, mask: size - 1 };
}

/** The best move seen, and all that are possible when every one is tabu. */
export interface Scan {
  /** u goes behind v, or v before u when `forward` is false. Nodes; u is before v. */
  u: number;
  v: number;
  forward: boolean;
  /** What the best move would give; `NONE` when there is none. */
  estimate: number;
  /** Moves with that estimate. */
  ties: number;
  /** Possible moves, tabu or not: u, then v, negative when backward. */
  possible: Int32Array;
  count: number;
  /** Scratch. */
  heads: Int32Array;
}

export const createScan = (graph: Graph): Scan => ({
  u: 0,
  v: 0,
  forward: true,
  estimate: NONE,
  ties: 0,
  possible: new Int32Array(8 * graph.operations),
  count: 0,
  heads: new Int32Array(graph.operations),
});

/**
 * Looks through the neighbourhood of a longest path (`count` nodes in `path`) for the best move that
 * is not tabu at `move`, or is but promises less than `best`. O(path · longest move).
 */
export function scanMoves(
  graph: Graph,
  tabu: TabuList,
  scan: Scan,
  path: Int32Array,
  count: number,
  neighbourhood: Neighbourhood,
  move: number,
  best: number,
  rng: Draws,
): void {
  scan.estimate = NONE;
  scan.ties = 0;
  scan.count = 0;
  const { machine } = graph;
  for (let s = 0; s < count;) {
    let e = s;
    while (e + 1 < count && machine[path[e + 1]] === machine[path[s]]) e++;
    const atStart = s === 0;
    const atEnd = e === count - 1;
    const length = e - s + 1;
    if (length === 2) {
      if (!atStart || !atEnd) tryForward(graph, tabu, scan, path[s], path[e], move, best, rng);
    } else if (length > 2 && neighbourhood === 'N5') {
      if (!atStart) tryForward(graph, tabu, scan, path[s], path[s + 1], move, best, rng);
      if (!atEnd) tryForward(graph, tabu, scan, path[e - 1], path[e], move, best, rng);
    } else if (length > 2) {
      const low = Math.max(s, e - LONGEST_MOVE);
      const high = Math.min(e, s + LONGEST_MOVE);
      if (!atEnd)
        for (let i = low; i < e; i++)
          tryForward(graph, tabu, scan, path[i], path[e], move, best, rng);
      if (!atStart)
        for (let i = s + 1; i <= high; i++)
          tryBackward(graph, tabu, scan, path[s], path[i], move, best, rng);
      if (neighbourhood === 'N7') {
        // Next to the ends these are the swaps tried above.
        if (!atStart)
          for (let i = s + 2; i <= high && i < e; i++)
            tryForward(graph, tabu, scan, path[s], path[i], move, best, rng);
        if (!atEnd)
          for (let i = Math.max(low, s + 1); i < e - 1; i++)
            tryBackward(graph, tabu, scan, path[i], path[e], move, best, rng);
      }
    }
    s = e + 1;
  }
}

/** Considers u right behind v, if surely possible (Balas & Vazacopoulos 1998). O(segment). */
function tryForward(
  graph: Graph,
  tabu: TabuList,
  scan: Scan,
  u: number,
  v: number,
  move: number,
  best: number,
  rng: Draws,
): void {
  const { tail, head, duration, before, after } = graph;
  if (tail[v] < tail[u + 1] + graph.tailGuard[u]) return;
  scan.possible[scan.count++] = u;
  scan.possible[scan.count++] = v;

  const { until, row, mask } = tabu;
  const { heads } = scan;
  const column = graph.slot[u];
  let limit = scan.estimate;
  let length = 0;
  let end = head[before[u]];
  let node = u;
  do {
    node = after[node];
    if (until[(row[node] + column) & mask] > move && limit >= best) limit = best - 1;
    const inJob = head[node - 1];
    const start = inJob > end ? inJob : end;
    heads[length++] = start;
    end = start + duration[node];
  } while (node !== v);

  const startU = head[u - 1] > end ? head[u - 1] : end;
  const tailV = tail[after[v]];
  let rest = (tail[u + 1] > tailV ? tail[u + 1] : tailV) + duration[u];
  let value = startU + rest;
  for (let i = length - 1; i >= 0 && value <= limit; i--) {
    const inJob = tail[node + 1];
    rest = (inJob > rest ? inJob : rest) + duration[node];
    if (heads[i] + rest > value) value = heads[i] + rest;
    node = before[node];
  }
  if (value <= limit) keep(scan, u, v, true, value, rng);
}

/** Considers v right before u, if surely possible. O(segment). */
function tryBackward(
  graph: Graph,
  tabu: TabuList,
  scan: Scan,
  u: number,
  v: number,
  move: number,
  best: number,
  rng: Draws,
): void {
  const { tail, head, duration, before, after } = graph;
  if (head[u] < head[v - 1] + graph.headGuard[v]) return;
  scan.possible[scan.count++] = u;
  scan.possible[scan.count++] = -v;

  const { until, mask } = tabu;
  const { slot } = graph;
  const { heads } = scan;
  const row = tabu.row[v];
  let limit = scan.estimate;
  // The mirror image of the forward move: tails first, heads after.
  let length = 0;
  let rest = tail[after[v]];
  let node = v;
  do {
    node = before[node];
    if (until[(row + slot[node]) & mask] > move && limit >= best) limit = best - 1;
    const inJob = tail[node + 1];
    const below = inJob > rest ? inJob : rest;
    heads[length++] = below;
    rest = below + duration[node];
  } while (node !== u);

  const tailV = tail[v + 1] > rest ? tail[v + 1] : rest;
  const headU = head[before[u]];
  let end = (head[v - 1] > headU ? head[v - 1] : headU) + duration[v];
  let value = tailV + end;
  for (let i = length - 1; i >= 0 && value <= limit; i--) {
    const inJob = head[node - 1];
    end = (inJob > end ? inJob : end) + duration[node];
    if (heads[i] + end > value) value = heads[i] + end;
    node = after[node];
  }
  if (value <= limit) keep(scan, u, v, false, value, rng);
}

/** What swapping neighbours u and v (u right before v) would give: their longest paths. O(1). */
export function estimateSwap(graph: Graph, u: number, v: number): number {
  const { head, tail, duration, before, after } = graph;
  const headV = Math.max(head[v - 1], head[before[u]]);
  const headU = Math.max(head[u - 1], headV + duration[v]);
  const tailU = Math.max(tail[u + 1], tail[after[v]]) + duration[u];
  const tailV = Math.max(tail[v + 1], tailU) + duration[v];
  return Math.max(headV + tailV, headU + tailU);
}

/** Takes a move no worse than the best; among equals each with the same chance. */
function keep(scan: Scan, u: number, v: number, forward: boolean, value: number, rng: Draws): void {
  if (value < scan.estimate) scan.ties = 1;
  else if (rng.int(++scan.ties) !== 0) return;
  scan.estimate = value;
  scan.u = u;
  scan.v = v;
  scan.forward = forward;
}

/** Any possible move, tabu or not; false when there is none. */
export function pickPossible(scan: Scan, rng: Draws): boolean {
  if (scan.count === 0) return false;
  const at = 2 * rng.int(scan.count >> 1);
  scan.u = scan.possible[at];
  scan.v = Math.abs(scan.possible[at + 1]);
  scan.forward = scan.possible[at + 1] > 0;
  return true;
}

/** Makes the chosen move and forbids the orders it undoes before move `until`. O(operations). */
export function makeMove(graph: Graph, tabu: TabuList, scan: Scan, until: number): void {
  const { u, v, forward } = scan;
  const { after, slot } = graph;
  const { row, mask } = tabu;
  if (forward) {
    for (let node = u; node !== v;) {
      node = after[node];
      tabu.until[(row[u] + slot[node]) & mask] = until;
    }
    moveForward(graph, u, v);
  } else {
    for (let node = u; node !== v; node = after[node])
      tabu.until[(row[node] + slot[v]) & mask] = until;
    moveBackward(graph, u, v);
  }
}
