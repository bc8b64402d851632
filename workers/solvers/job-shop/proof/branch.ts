/**
 * Failure-directed search (Vilím, Laborie & Shaw 2015): branches on the order of the pair whose two
 * ways have led soonest to contradictions so far, the worse way first, with restarts that keep
 * what was refuted as nogoods.
 */
import { addClause } from './nogoods.ts';
import { propagate, type Propagator } from './propagate.ts';
import { decidePair, undo } from './space.ts';

/** How much of a rating one visit replaces. */
const learning = 0.1;
/** Failures before the first restart, and the growth from one to the next. */
const firstRun = 50;
const growth = 1.15;

export interface Search {
  propagator: Propagator;
  /** By literal: how far from a contradiction it leads, 0 … 2, about 1 on average. */
  rating: Float64Array;
  /** Mean of raw ratings by depth, and how many there were. */
  mean: Float64Array;
  visits: Int32Array;
  /** By depth: the trail's length before the decision, and the decision. */
  mark: Int32Array;
  literal: Int32Array;
  depth: number;
  /** Literals that follow from refuted branches, with the depth they hold at. */
  follows: Int32Array;
  followsAt: Int32Array;
  following: number;
  /** Failures in this run and before the next restart. */
  inRun: number;
  run: number;
}

export function createSearch(propagator: Propagator): Search {
  const { space } = propagator;
  const levels = space.pairs.length + 1;
  return {
    propagator,
    rating: new Float64Array(space.order.length).fill(1),
    mean: new Float64Array(levels).fill(1),
    visits: new Int32Array(levels),
    mark: new Int32Array(levels),
    literal: new Int32Array(levels),
    depth: 0,
    follows: new Int32Array(levels),
    followsAt: new Int32Array(levels),
    following: 0,
    inRun: 0,
    run: firstRun,
  };
}

/** Keeps a share of what the way `literal` has come to: 0 for a contradiction, else 1 + what is left. */
export function rate(search: Search, literal: number, raw: number): void {
  const { mean, visits, depth, rating } = search;
  const count = (visits[depth] += visits[depth] < 1000 ? 1 : 0);
  mean[depth] += (raw - mean[depth]) / count;
  const relative = mean[depth] > 0 ? raw / mean[depth] : 1;
  rating[literal] += learning * (relative - rating[literal]);
}

/** Takes a way and propagates. @returns false on a contradiction. */
function go(search: Search, literal: number): boolean {
  const { propagator } = search;
  const { space } = propagator;
  const before = space.undecided;
  const possible = decidePair(space, literal) && propagate(propagator);
  rate(search, literal, possible ? 1 + space.undecided / before : 0);
  return possible;
}

/** The undecided pair with the least rating, as the way to go first; −1 when all are decided. */
function choose({ rating, propagator: { space } }: Search): number {
  const { pairs, order } = space;
  let best = -1;
  let least = Infinity;
  let other = -1;
  for (let i = 0; i < pairs.length; i++) {
    const pair = pairs[i];
    if (order[pair] !== 0) continue;
    const back = space.back[pair];
    const value = rating[pair] + rating[back];
    if (value < least) {
      least = value;
      best = pair;
      other = back;
    }
  }
  space.work += pairs.length >> 2;
  return best < 0 || rating[best] <= rating[other] ? best : other;
}

export type Verdict = 'open' | 'solved' | 'refuted';

/**
 * One branching with all that is refuted by it. `solved`: every pair is decided and the heads are
 * a schedule within the limit. Call again only when `open`.
 */
export function branch(search: Search): Verdict {
  const { propagator, mark, literal } = search;
  const { space } = propagator;
  if (space.undecided === 0) return 'solved';
  const chosen = choose(search);
  mark[search.depth] = space.trailed;
  literal[search.depth++] = chosen;
  let possible = go(search, chosen);
  while (!possible) {
    search.inRun++;
    if (search.depth === 0) return 'refuted';
    backTo(search, search.depth - 1);
    const other = space.back[literal[search.depth]];
    search.follows[search.following] = other;
    search.followsAt[search.following++] = search.depth;
    possible = go(search, other);
  }
  if (space.undecided === 0) return 'solved';
  if (search.inRun < search.run) return 'open';
  search.inRun = 0;
  search.run = Math.ceil(search.run * growth);
  return restart(search) ? 'open' : 'refuted';
}

/** Back to the root; nothing is kept. */
export function abandon(search: Search): void {
  if (search.depth > 0) backTo(search, 0);
  search.following = 0;
}

function backTo(search: Search, depth: number): void {
  undo(search.propagator.space, search.mark[depth]);
  search.depth = depth;
  while (search.following > 0 && search.followsAt[search.following - 1] > depth) search.following--;
}

/** Back to the root; what the path refuted is kept. @returns false when that leaves nothing. */
export function restart(search: Search): boolean {
  const { propagator, follows, followsAt, literal } = search;
  const { space } = propagator;
  const clauses: number[][] = [];
  for (let i = 0; i < search.following; i++) {
    const clause = [follows[i]];
    for (let d = followsAt[i] - 1; d >= 0; d--) clause.push(space.back[literal[d]]);
    if (clause.length > 1) clauses.push(clause);
  }
  abandon(search);
  for (const clause of clauses) if (!addAtRoot(propagator, clause)) return false;
  return propagate(propagator);
}

/** Adds a clause without the literals that are refuted at the root. */
function addAtRoot({ space, nogoods }: Propagator, clause: number[]): boolean {
  if (clause.some((literal) => space.order[literal] > 0)) return true;
  const open = clause.filter((literal) => space.order[literal] === 0);
  if (open.length === 0) return false;
  if (open.length === 1) return decidePair(space, open[0]);
  addClause(nogoods, open);
  return true;
}
