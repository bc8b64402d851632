/** Drop a few items, refill by efficiency, late acceptance; for one or several capacities. */
import type { ParamsOf } from '../../../src/core/params.ts';
import type { Rng } from '../../../src/core/rng.ts';
import type { SolveContext, SolverRun } from '../../../src/core/solver.ts';
import type { Packed, Solution } from '../../../src/problems/knapsack/instance.ts';
import type { searchParams } from '../../../src/problems/knapsack/solvers.ts';
import { breakGroup, prefixOf } from './groups.ts';
import { fitting, incumbentOf, makeStart, objectiveOf, type Start } from './start.ts';

/** Group weights read in a chunk of moves: about 1 ms. */
const WORK = 1 << 17;
/** Moves without a new best, per unit of memory, after which the search is shaken. */
const PATIENCE = 100;
/** Moves between two rows of the trace. */
const TRACE = 256;
/** Half the width of the core: this share of the groups, at least so many. */
const CORE_SHARE = 0.15;
const CORE_LEAST = 20;
/** One move in so many looks at all groups. */
const WIDE = 16;

/**
 * Each move takes out up to `drop` copies, less efficient ones rather, refills in order of
 * efficiency with a little chance, and is accepted when no worse than the current value or than
 * the value `memory` moves ago (late acceptance, Burke & Bykov 2017). One step is one move.
 * O(n·m) each.
 */
export function* solveLocalSearch(
  packed: Packed,
  context: SolveContext<ParamsOf<typeof searchParams>, Solution>,
): SolverRun<Solution> {
  const start = yield* makeStart(packed, context.warmStart);
  const { groups } = start;
  const search = createSearch(packed, start, context.params);
  if (search.size === 0) {
    yield 0;
    return { reason: 'optimal' };
  }
  const chunk = Math.max(1, Math.floor(WORK / (groups.size * 2)));
  for (let untilTrace = TRACE; ;) {
    const moves = Math.min(context.budget.chunk(chunk), untilTrace);
    let done = 0;
    let improved = false;
    while (done < moves && !improved) {
      improved = moveOnce(search, context.rng);
      done++;
    }
    yield done;
    if (improved) yield incumbentOf(packed, groups, search.best, search.bestProfit);
    untilTrace -= done;
    if (untilTrace > 0) continue;
    untilTrace = TRACE;
    yield {
      kind: 'trace',
      row: [search.profit, search.bestProfit].map((p) => objectiveOf(packed, groups, p)),
    };
  }
}

export interface Search {
  m: number;
  size: number;
  profits: Float64Array;
  counts: Float64Array;
  weights: Float64Array;
  /** The core: groups around the break group. */
  low: number;
  high: number;
  drop: number;
  patience: number;
  taken: Float64Array;
  residual: Float64Array;
  profit: number;
  /** Groups with a copy taken, in no order, and the place of each in that list (−1: none). */
  inside: Int32Array;
  place: Int32Array;
  insideCount: number;
  /** What the move in progress changed. */
  changed: Int32Array;
  change: Float64Array;
  changes: number;
  /** The move that last dropped a group. */
  dropped: Int32Array;
  move: number;
  history: Float64Array;
  best: Float64Array;
  bestProfit: number;
  bestMove: number;
}

/** A search at the start's solution. O(n·m). */
export function createSearch(
  packed: Packed,
  start: Start,
  options: { drop: number; memory: number },
): Search {
  const { groups, weights, taken } = start;
  const { size } = groups;
  const middle = breakGroup(prefixOf(groups), 0, groups.capacity);
  const half = Math.max(CORE_LEAST, Math.ceil(size * CORE_SHARE));
  const search: Search = {
    m: packed.m,
    size,
    profits: groups.profits,
    counts: groups.counts,
    weights,
    low: Math.max(0, middle - half),
    high: Math.min(size, middle + half),
    drop: options.drop,
    patience: options.memory * PATIENCE,
    taken: new Float64Array(size),
    residual: packed.capacities.slice(),
    profit: 0,
    inside: new Int32Array(size),
    place: new Int32Array(size).fill(-1),
    insideCount: 0,
    changed: new Int32Array(64),
    change: new Float64Array(64),
    changes: 0,
    dropped: new Int32Array(size).fill(-1),
    move: 0,
    history: new Float64Array(options.memory),
    best: taken.slice(),
    bestProfit: 0,
    bestMove: 0,
  };
  for (let g = 0; g < size; g++) if (taken[g] > 0) alter(search, g, taken[g]);
  search.changes = 0;
  search.bestProfit = search.profit;
  search.history.fill(search.profit);
  return search;
}

/** Takes `delta` copies more (or fewer) of a group and notes it. O(m). */
function alter(search: Search, g: number, delta: number): void {
  const { m, weights, residual, taken, inside, place } = search;
  if (search.changes === search.changed.length) {
    const changed = new Int32Array(search.changes * 2);
    const change = new Float64Array(search.changes * 2);
    changed.set(search.changed);
    change.set(search.change);
    search.changed = changed;
    search.change = change;
  }
  search.changed[search.changes] = g;
  search.change[search.changes++] = delta;
  const before = taken[g];
  taken[g] = before + delta;
  search.profit += delta * search.profits[g];
  for (let d = 0; d < m; d++) residual[d] -= delta * weights[g * m + d];
  if (before === 0) {
    place[g] = search.insideCount;
    inside[search.insideCount++] = g;
  } else if (taken[g] === 0) {
    const last = inside[--search.insideCount];
    inside[place[g]] = last;
    place[last] = place[g];
    place[g] = -1;
  }
}

/** One move; whether it found a new best. */
export function moveOnce(search: Search, rng: Rng): boolean {
  const { size, taken, counts, residual, weights, m, dropped, history } = search;
  const move = search.move++;
  const before = search.profit;
  const shaken = move - search.bestMove > search.patience;
  search.changes = 0;

  // Mostly near the break item, where good solutions differ; now and then everywhere.
  const wide = shaken || rng.int(WIDE) === 0;
  const low = wide ? 0 : search.low;
  const high = wide ? size : search.high;
  let drops = shaken ? 1 + (search.insideCount >> 3) : 1 + rng.int(search.drop);
  for (let tries = 4 * drops; tries > 0 && drops > 0; tries--) {
    const g = low + rng.int(high - low);
    if (taken[g] === 0) continue;
    alter(search, g, -(1 + rng.int(taken[g])));
    dropped[g] = move;
    drops--;
  }
  // First pass with chance, second without, third with what was dropped.
  for (let pass = 0; pass < 3; pass++)
    for (let g = low; g < high; g++) {
      const room = counts[g] - taken[g];
      if (room <= 0 || (pass < 2 && dropped[g] === move)) continue;
      const copies = fitting(room, residual, weights, g * m);
      if (copies > 0 && (pass > 0 || rng.int(4) > 0)) alter(search, g, copies);
    }

  const slot = move % history.length;
  const accepted = shaken || search.profit >= before || search.profit >= history[slot];
  if (shaken) {
    search.bestMove = move;
    history.fill(search.profit);
  }
  if (!accepted) {
    for (let i = search.changes - 1; i >= 0; i--) {
      const { changed, change } = search;
      alter(search, changed[i], -change[i]);
    }
  }
  history[slot] = search.profit;
  if (search.profit <= search.bestProfit) return false;
  search.bestProfit = search.profit;
  search.best.set(taken);
  search.bestMove = move;
  return true;
}
