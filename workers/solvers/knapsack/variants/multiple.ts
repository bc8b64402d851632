/** Exact multiple knapsack: all sacks as one, split again, and branching where that fails. */
import type { SolveContext, SolverRun } from '../../../../src/core/solver.ts';
import type { Packed, Solution } from '../../../../src/problems/knapsack/instance.ts';
import { objectiveOfVariant } from './bounds.ts';
import { optimum01, optimumNow, packColumns } from './exact01.ts';
import { boundEvent, createAcceptance, startExchange } from './exchange.ts';
import { splitItems } from './split.ts';

/** Moves of drop and refill before the tree and between its nodes. */
const MOVES = 3000;
const NODES = 4;
/** Moves made whenever so many more nodes are done: about as much work. */
const BETWEEN = 16;
const BETWEEN_MOVES = 256;
const SEARCH = { drop: 4, memory: 1000 };
const REPORT = 64;

interface Level {
  item: number;
  /** Sacks still to try for the item, then −1 (out). */
  next: number;
  bound: number;
}

/**
 * All sacks joined into one give a 0/1 problem whose optimum is an upper bound; its items are split
 * over the sacks by subset sums, and if all find a place that is the optimum (Pisinger 1999).
 * Otherwise items are assigned in order of efficiency, to each sack in turn and to none, with the
 * same bound and split at every node, while drop and refill goes on between nodes. One step is one
 * node.
 */
export function* solveMultiple(
  packed: Packed,
  context: SolveContext<never, Solution>,
): SolverRun<Solution> {
  const { n, profits, weights, capacities } = packed;
  const { rng, budget } = context;
  const sacks = capacities.length;
  const start = yield* startExchange(packed, context.warmStart);
  const { exchange } = start;
  let { best, bound } = start;
  const incumbent = (solution: Solution, profit: number) => ({
    kind: 'incumbent' as const,
    solution,
    objective: objectiveOfVariant(packed, profit),
  });

  const place = new Int32Array(n).fill(-1);
  const residual = capacities.slice();
  let profit = 0;

  /** Free items that fit somewhere, all room as one: bound, and what it takes. */
  const columns = () => {
    let most = 0;
    let all = 0;
    for (let s = 0; s < sacks; s++) {
      most = Math.max(most, residual[s]);
      all += residual[s];
    }
    const free: number[] = [];
    for (let i = 0; i < n; i++)
      if (place[i] < 0 && weights[i] <= most && profits[i] > 0) free.push(i);
    // Sacks that no free item fits hold nothing.
    let least = Infinity;
    for (const i of free) least = Math.min(least, weights[i]);
    for (let s = 0; s < sacks; s++) if (residual[s] < least) all -= residual[s];
    return {
      free,
      packed: packColumns(
        Float64Array.from(free, (i) => profits[i]),
        Float64Array.from(free, (i) => weights[i]),
        Math.max(0, all),
      ),
    };
  };
  /** Splits the chosen items; what finds no place is left out, what else fits is added. */
  const split = (
    free: readonly number[],
    counts: ArrayLike<number>,
  ): Solution & { value: number } => {
    const chosen = free.filter((_, k) => counts[k] > 0);
    const others = free.filter((_, k) => counts[k] === 0);
    const sack = splitItems(weights, residual, chosen, others, profits);
    const out = Int32Array.from(place, (s) => Math.max(0, s));
    let value = profit;
    for (const [i, s] of sack) {
      out[i] = s + 1;
      value += profits[i];
    }
    return { counts: Uint8Array.from(out, (s) => (s > 0 ? 1 : 0)), sacks: out, value };
  };

  const root = columns();
  const whole = yield* optimum01Quiet(root.packed);
  if (whole.bound < bound) {
    bound = whole.bound;
    yield boundEvent(packed, bound, 'All sacks as one, solved exactly');
  }
  const first = split(root.free, whole.counts);
  if (first.value > best) {
    best = first.value;
    yield incumbent({ counts: first.counts, sacks: first.sacks }, best);
    exchange.load(first);
  }
  const search = createAcceptance(exchange, best, SEARCH);
  for (let move = 1; move <= MOVES && best < bound; move++) {
    if (search.move(rng)) {
      best = search.best;
      yield incumbent(exchange.solution(), best);
    }
    if (move % 16 === 0) yield 0;
  }
  if (best >= bound) {
    yield 1;
    return { reason: 'optimal' };
  }

  const order = Int32Array.from({ length: n }, (_, i) => i).sort(
    (a, b) => profits[b] / (weights[b] + 1e-9) - profits[a] / (weights[a] + 1e-9) || a - b,
  );
  const levels: Level[] = [];
  let nodes = 0;
  let done = 0;
  let left = budget.chunk(NODES);
  const unplace = (i: number): void => {
    if (place[i] > 0) {
      residual[place[i] - 1] += weights[i];
      profit -= profits[i];
    }
    place[i] = -1;
  };
  let descend = true;
  for (;;) {
    if (descend) {
      const { free, packed: joined } = columns();
      const relaxed = optimumNow(joined);
      let here = profit + relaxed.bound;
      if (here > best) {
        const found = split(free, relaxed.counts);
        if (found.value > best) {
          best = found.value;
          yield incumbent({ counts: found.counts, sacks: found.sacks }, best);
        }
        if (found.value >= here) here = best;
      }
      nodes++;
      done++;
      const item = here > best ? branchItem(order, free, relaxed.counts, weights) : -1;
      if (item >= 0) levels.push({ item, next: 1, bound: here });
    }
    descend = false;
    while (levels.length > 0 && !descend) {
      const level = levels[levels.length - 1];
      if (place[level.item] >= 0) unplace(level.item);
      if (level.bound <= best) {
        levels.pop();
        continue;
      }
      let s = level.next;
      // Of sacks with equal room one stands for all.
      while (
        s <= sacks &&
        (residual[s - 1] < weights[level.item] ||
          residual.subarray(0, s - 1).includes(residual[s - 1]))
      )
        s++;
      if (s <= sacks) {
        place[level.item] = s;
        residual[s - 1] -= weights[level.item];
        profit += profits[level.item];
        level.next = s + 1;
        descend = true;
      } else if (level.next <= sacks + 1) {
        place[level.item] = 0;
        level.next = sacks + 2;
        descend = true;
      } else levels.pop();
    }
    if (!descend) break;
    if (nodes % REPORT === 0) {
      yield { kind: 'trace', row: [levels.length] };
      let open = best;
      for (const level of levels) open = Math.max(open, level.bound);
      if (open < bound) {
        bound = open;
        yield boundEvent(packed, bound, 'Open subtrees');
      }
    }
    if (nodes % BETWEEN === 0 && best < bound) {
      search.best = best;
      for (let move = 0; move < BETWEEN_MOVES; move++)
        if (search.move(rng)) {
          best = search.best;
          yield incumbent(exchange.solution(), best);
        }
    }
    if (done >= left) {
      yield done;
      done = 0;
      left = budget.chunk(NODES);
    }
  }
  yield done;
  return { reason: 'optimal' };
}

/** The relaxation's heaviest item per profit order: the most efficient one it takes. */
function branchItem(
  order: Int32Array,
  free: readonly number[],
  counts: ArrayLike<number>,
  weights: Float64Array,
): number {
  let best = -1;
  for (const [k, i] of free.entries())
    if (counts[k] > 0 && (best < 0 || weights[i] > weights[best])) best = i;
  if (best >= 0) return best;
  const open = new Set(free);
  return order.find((i) => open.has(i)) ?? -1;
}

/** The exact optimum, with only its returns of control passed on. */
function* optimum01Quiet(packed: Packed) {
  const run = optimum01(packed);
  for (;;) {
    const next = run.next();
    if (next.done) return next.value;
    yield 0;
  }
}
