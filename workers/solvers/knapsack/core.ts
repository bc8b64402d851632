/** Exact 0/1 and bounded knapsack: lists of states over an expanding core. */
import type { ParamValues } from '../../../src/core/params.ts';
import type { SolveContext, SolverRun } from '../../../src/core/solver.ts';
import type { Packed, Solution } from '../../../src/problems/knapsack/instance.ts';
import { mulDivUp } from './arith.ts';
import { makeCardinality } from './cardinality.ts';
import { divideOut } from './divisors.ts';
import { collapse, dantzig, expand, makeBundles, makeGroups, prefixOf } from './groups.ts';
import { pairStates } from './pairing.ts';
import { mergeSpans } from './spans.ts';
import { createStates, growStates, mergeStates, pathOf, setSlopes } from './merge/states.ts';

/** States merged between two yields. */
const STATES = 1 << 17;
/** States between two rows of the trace. */
const TRACE = 1 << 14;
/** A list this long is paired with closed items, then each time it has grown threefold. */
const PAIRED = 2000;
/** A list this long looks at the cardinality bound, then each time it has grown threefold. */
const LONG = 20_000;
const MAX_STATES = 2 ** 23;
/** Copies from which on the break group completes states instead of being in them. */
const MANY = 16;
/** Groups up to which it does so. */
const FEW = 200;
/** Above so many items sorting takes too long to wait with the first solution. */
const LARGE = 20_000;
const SAMPLE = 2000;
/** Work for each item of a large instance between two incumbents, each of which costs O(n). */
const PATIENCE = 8;

/**
 * Begins with the break solution (all items before the first that does not fit), then adds items
 * after it and removes items before it one by one, outward in order of efficiency. States (weight,
 * profit) stay in one list by weight; dominated ones go, and those whose linear bound with the next
 * item on their side cannot beat the incumbent (Pisinger 1997). When lists grow long, bounds on the
 * number of items in an optimal solution join in (Martello, Pisinger & Toth 1999). Equal items are
 * bundled, multiples of one item become copies of it, and a break group of many copies completes the
 * states instead of being in them. The largest bound of the list is a bound on everything. One step is one merged state.
 */
export function* solveCore(
  packed: Packed,
  context: SolveContext<ParamValues, Solution>,
): SolverRun<Solution> {
  const { profitScale } = packed;
  let shown = -Infinity;
  if (packed.n > LARGE) {
    const quick = quickStart(packed);
    shown = quick.profit;
    yield {
      kind: 'incumbent',
      solution: { counts: quick.counts },
      objective: quick.profit / profitScale,
    };
    yield 0;
  }
  const plain = yield* makeGroups(packed, packed.capacities[0]);
  const { groups: spans, spread, gather } = mergeSpans(plain);
  const { groups, profitUnit } = divideOut(spans);
  const { capacity, freeProfit } = groups;
  const bundles = makeBundles(groups);
  yield 0;
  const { size: n, profits, weights } = bundles;
  const objective = (profit: number): number => (profit * profitUnit + freeProfit) / profitScale;

  let first = 0;
  let weight = 0;
  let profit = 0;
  while (first < n && weight + weights[first] <= capacity) {
    weight += weights[first];
    profit += profits[first];
    first++;
  }
  // A break group of many copies stays beside the list: each state is completed with it. Where
  // there are many groups their states fill up better by themselves.
  const completes = first < n && groups.size <= FEW && groups.counts[bundles.group[first]] >= MANY;
  const filler = completes ? bundles.group[first] : -1;
  let kept = 0;
  if (filler >= 0) {
    for (let b = 0; b < first; b++) if (bundles.group[b] === filler) kept += bundles.copies[b];
    const more = Math.floor((capacity - weight) / groups.weights[filler]);
    kept += more;
    weight += more * groups.weights[filler];
    profit += more * groups.profits[filler];
  }
  /** Copies of each group: the break solution with these bundles turned over, `fill` more in it. */
  const incumbent = (turned: readonly number[], value: number, fill = 0) => {
    const taken = new Float64Array(groups.size);
    for (let b = 0; b < first; b++) taken[bundles.group[b]] += bundles.copies[b];
    if (filler >= 0) taken[filler] = kept;
    for (const b of turned) taken[bundles.group[b]] += bundles.copies[b] * (b < first ? -1 : 1);
    if (filler >= 0) taken[filler] += fill;
    return {
      kind: 'incumbent' as const,
      solution: expand(plain, spread(taken)),
      objective: objective(value),
    };
  };

  const start =
    filler >= 0
      ? { profit, turned: [] }
      : bestStart(profits, weights, first, capacity, weight, profit);
  let best = Math.max(start.profit, (shown - freeProfit) / profitUnit);
  const given = context.warmStart
    ? gather(collapse(plain, context.warmStart.counts)).map((copies, g) =>
        Math.min(copies, groups.counts[g]),
      )
    : null;
  const value = given ? given.reduce((sum, copies, g) => sum + copies * groups.profits[g], 0) : 0;
  if (given && value > best) {
    best = value;
    yield {
      kind: 'incumbent',
      solution: expand(plain, spread(given)),
      objective: objective(value),
    };
  } else if (start.profit * profitUnit + freeProfit > shown)
    yield incumbent(start.turned, start.profit);
  let bound = dantzig(groups, prefixOf(groups), 0, capacity);
  yield { kind: 'bound', value: objective(bound), proof: 'Dantzig bound' };
  if (first === n || bound <= best) {
    yield 0;
    return { reason: 'optimal' };
  }

  const breakProfit = profits[first];
  const breakWeight = weights[first];
  /** Whether turning a bundle over alone leaves room for better than the incumbent. */
  const useful = (b: number): boolean => {
    const sign = b < first ? -1 : 1;
    const rest = capacity - weight - sign * weights[b];
    return profit + sign * profits[b] + mulDivUp(rest, breakProfit, breakWeight) > best;
  };

  const states = createStates(weight, profit, capacity, best);
  if (filler >= 0) {
    states.fillProfit = groups.profits[filler];
    states.fillWeight = groups.weights[filler];
    states.fillLeast = -kept;
    states.fillMost = groups.counts[filler] - kept;
  }
  let after = first;
  let before = first - 1;
  let addNext = true;
  let core = 0;
  let left = 0;
  let done = 0;
  let sinceTrace = 0;
  let sinceShown = Infinity;
  let better: { turned: number[]; fill: number } | null = null;
  let long = LONG;
  let paired = PAIRED;
  const counting = { bound: Infinity, known: false };
  const cardinality = makeCardinality(groups);
  while (states.length > 0 && (after < n || before >= 0)) {
    const add: boolean = before < 0 || (addNext && after < n);
    addNext = !add;
    const item = add ? after++ : before--;
    sinceShown++;
    if (bundles.group[item] === filler || !useful(item)) continue;
    core++;
    const sign = add ? 1 : -1;
    // Whatever room there is or lacks costs at least what copies of the break group would.
    if (filler >= 0) {
      const { fillProfit, fillWeight } = states;
      setSlopes(states, fillProfit, fillWeight, fillProfit, fillWeight);
    } else {
      setSlopes(
        states,
        after < n ? profits[after] : 0,
        after < n ? weights[after] : 1,
        before >= 0 ? profits[before] : 1,
        before >= 0 ? weights[before] : 0,
      );
    }
    for (;;) {
      if (left <= 0) {
        yield done;
        left = context.budget.chunk(STATES);
        done = 0;
      }
      const merged = mergeStates(states, item, sign * weights[item], sign * profits[item], left);
      left -= merged;
      done += merged;
      sinceTrace += merged;
      sinceShown += merged;
      if (states.finished) break;
    }
    if (states.best > best) {
      best = states.best;
      better = { turned: pathOf(states, states.bestNode), fill: states.bestFill };
    }
    if (sinceTrace >= TRACE || core <= 32) {
      sinceTrace = 0;
      yield { kind: 'trace', row: [states.length, core] };
    }
    const value = Math.max(best, states.bound);
    if (value < bound) {
      bound = value;
      yield { kind: 'bound', value: objective(bound), proof: 'Bounds of all states' };
    }
    if (states.length > paired && filler < 0) {
      paired = states.length * 3;
      const pair = pairStates(states, bundles, after, before);
      if (pair) {
        best = pair.profit;
        states.best = best;
        better = { turned: [...pathOf(states, pair.node), pair.bundle], fill: 0 };
      }
      yield 0;
    }
    if (better && (packed.n <= LARGE || sinceShown >= PATIENCE * packed.n)) {
      yield incumbent(better.turned, best, better.fill);
      better = null;
      sinceShown = 0;
    }
    if (states.length > long) {
      long = states.length * 3;
      counting.bound = Math.min(counting.bound, yield* cardinality(best));
      counting.known = true;
    }
    if (counting.known && counting.bound < bound) {
      bound = Math.max(best, counting.bound);
      yield { kind: 'bound', value: objective(bound), proof: 'Cardinality bound' };
    }
    if (bound <= best) break;
    if (states.length > MAX_STATES || !growStates(states)) {
      if (better) yield incumbent(better.turned, best, better.fill);
      return {
        reason: 'exhausted',
        message: 'The list of states has outgrown the memory set aside.',
      };
    }
  }
  if (better) yield incumbent(better.turned, best, better.fill);
  yield done;
  return { reason: 'optimal' };
}

/**
 * A solution before anything is sorted: items above the efficiency at which a sample fills its share
 * of the capacity, then whatever fits, in the given order. O(n).
 */
function quickStart(packed: Packed): { counts: Float64Array; profit: number } {
  const { n, profits, weights, counts: most } = packed;
  const step = Math.ceil(n / SAMPLE);
  const efficiency = (i: number): number => (weights[i] > 0 ? profits[i] / weights[i] : Infinity);
  const sample = Array.from({ length: Math.ceil(n / step) }, (_, k) => k * step).sort(
    (a, b) => efficiency(b) - efficiency(a) || a - b,
  );
  let room = packed.capacities[0] / step;
  let limit = 0;
  for (const i of sample) {
    room -= weights[i] * most[i];
    limit = efficiency(i);
    if (room < 0) break;
  }
  const counts = new Float64Array(n);
  let left = packed.capacities[0];
  let profit = 0;
  for (let pass = 0; pass < 2; pass++)
    for (let i = 0; i < n; i++) {
      if (counts[i] > 0 || (pass === 0 && profits[i] <= limit * weights[i])) continue;
      const copies = weights[i] > 0 ? Math.min(most[i], Math.floor(left / weights[i])) : most[i];
      counts[i] = copies;
      left -= copies * weights[i];
      profit += copies * profits[i];
    }
  return { counts, profit };
}

/**
 * The best of three completions of the break solution: greedily with what follows, one more item,
 * or the break item in place of one before it. O(n).
 */
function bestStart(
  profits: Float64Array,
  weights: Float64Array,
  first: number,
  capacity: number,
  weight: number,
  profit: number,
): { profit: number; turned: number[] } {
  const n = profits.length;
  const turned: number[] = [];
  let left = capacity - weight;
  let total = profit;
  for (let b = first; b < n; b++)
    if (weights[b] <= left) {
      left -= weights[b];
      total += profits[b];
      turned.push(b);
    }
  let best = { profit: total, turned };
  for (let b = first; b < n; b++)
    if (weight + weights[b] <= capacity && profit + profits[b] > best.profit)
      best = { profit: profit + profits[b], turned: [b] };
  if (first < n)
    for (let b = first - 1; b >= 0; b--)
      if (
        weight + weights[first] - weights[b] <= capacity &&
        profit + profits[first] - profits[b] > best.profit
      )
        best = { profit: profit + profits[first] - profits[b], turned: [first, b] };
  return best;
}
