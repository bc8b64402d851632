/**
 * Depth-first search over the open pairs of an alternative graph: the pair whose two ways are both
 * near the limit, the shorter way first (avoiding the longest completion: AMCC, Mascis & Pacciarelli
 * 2002), weighed by how soon its ways have failed so far (Vilím, Laborie & Shaw 2015).
 */
import { lengthBy, propagate, take, undo, type Net } from './net.ts';

/** How much of a rating one visit replaces. */
const learning = 0.1;

export interface Tree {
  net: Net;
  /** By depth: the trail's length, the open pairs and the arc tried first. */
  trailed: Int32Array;
  open: Int32Array;
  arc: Int32Array;
  depth: number;
  /** The last way led to a contradiction. */
  failed: boolean;
  failures: number;
  /** By arc: share of pairs that stay open behind it, 0 after a contradiction; learnt. */
  rating: Float64Array;
}

/** `solved`: every pair has its order within the limit. `refuted`: there is no more to be found. */
export type Verdict = 'open' | 'solved' | 'refuted';

export function createTree(net: Net): Tree {
  const pairs = net.first.length;
  return {
    net,
    trailed: new Int32Array(pairs + 1),
    open: new Int32Array(pairs + 1),
    arc: new Int32Array(pairs + 1),
    depth: 0,
    failed: false,
    failures: 0,
    rating: new Float64Array(2 * pairs).fill(1),
  };
}

/** Takes a way with all that follows. @returns false on a contradiction. */
function go({ net, rating }: Tree, arc: number): boolean {
  const before = net.open;
  const possible = take(net, arc) && propagate(net);
  const left = possible ? 0.5 + net.open / before : 0;
  rating[arc] += learning * (left - rating[arc]);
  return possible;
}

/** The arc to try next, an open pair's; the other way is tried after it. O(open pairs). */
function choose({ net, rating }: Tree): number {
  let best = -1;
  let least = Infinity;
  for (let i = 0; i < net.open; i++) {
    const arc = 2 * net.pairs[i];
    const one = lengthBy(net, arc);
    const other = lengthBy(net, arc + 1);
    const room = net.limit + 1;
    const value =
      (rating[arc] + rating[arc + 1]) * (room - one + room - other) * (room - Math.max(one, other));
    if (value < least) {
      least = value;
      best = one <= other ? arc : arc + 1;
    }
  }
  return best;
}

/**
 * One node: a way of a pair tried, with all that follows. Call again after `open`, and after
 * `solved` with a lower limit.
 */
export function branch(tree: Tree): Verdict {
  const { net, trailed, open, arc } = tree;
  let tried: number;
  if (tree.failed || net.open === 0) {
    // Back to the last pair with an untried way.
    tree.failures++;
    if (tree.depth === 0) return 'refuted';
    tree.depth--;
    undo(net, trailed[tree.depth], open[tree.depth]);
    tried = arc[tree.depth] ^ 1;
  } else {
    tried = choose(tree);
    trailed[tree.depth] = net.trailed;
    open[tree.depth] = net.open;
    arc[tree.depth++] = tried;
  }
  tree.failed = !go(tree, tried);
  return !tree.failed && net.open === 0 ? 'solved' : 'open';
}

/** Back to where the tree began. */
export function abandon(tree: Tree): void {
  if (tree.depth > 0) undo(tree.net, tree.trailed[0], tree.open[0]);
  tree.depth = 0;
  tree.failed = false;
  tree.failures = 0;
}
