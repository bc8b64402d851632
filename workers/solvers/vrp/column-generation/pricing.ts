/**
 * Pricing: routes of negative reduced cost, by labels from both ends that meet in the middle
 * (Righini & Salani 2006).
 */
import {
  BLOCK,
  createLabels,
  horizonOf,
  loadRange,
  type Labels,
  type Memory,
  type Prices,
} from './labels.ts';
import type { Network } from './network.ts';

export interface Found {
  route: number[];
  /** Reduced cost of the route. */
  reduced: number;
}

export interface PricingResult {
  /** False when there were too many labels; then `least` is no bound. */
  complete: boolean;
  /** No ng-route has a lower reduced cost (only when exact and complete). At most 0. */
  least: number;
  /** The best routes found, best first. */
  found: Found[];
}

export interface Pricing {
  /** Yields work in blocks. @param wanted most routes returned */
  price(
    prices: Prices,
    exact: boolean,
    wanted: number,
    mostLabels: number,
  ): Generator<number, PricingResult, void>;
  /**
   * For each cell (node · buckets + bucket) the least reduced cost of an ng-route from the node to
   * the depot that is feasible when the load (or mirrored time) counted from the end is in the bucket
   * or below; null when there were too many labels. Yields work in blocks.
   */
  completions(
    prices: Prices,
    mostLabels: number,
  ): Generator<number, { least: Float64Array; labels: Labels } | null, void>;
  /** Labels of the last exact pricing. */
  readonly labels: number;
}

/** Reduced costs above are no reason to add a column, in distance units. */
export const NEGLIGIBLE = 1 / 4096;
/** Routes taken per customer at the join. */
const PER_CUSTOMER = 4;

export function createPricing(network: Network, memory: Memory): Pricing {
  const { size, n, timed, limited, maxDuration, leave, ready, cost } = network;
  const { words } = memory;
  const horizon = horizonOf(network);
  const capacity = loadRange(network);
  const forward = createLabels(network, memory, false);
  const backward = createLabels(network, memory, true);
  let mirrored = !timed && !limited && !network.backhaul;
  for (let i = 0; mirrored && i < size; i++)
    for (let j = 0; j < i; j++) if (cost[i * size + j] !== cost[j * size + i]) mirrored = false;
  const range = timed ? horizon : capacity;
  /** Where the directions meet, as a share of the range. */
  let middle = 0.5;
  let labelCount = 0;

  /** From the label back to the depot. */
  function pathOf(labels: Labels, label: number): number[] {
    const { node, previous } = labels;
    const path: number[] = [];
    for (let at = label; previous[at] >= 0; at = previous[at]) path.push(node[at]);
    return path;
  }

  const routeOf = (f: number, other: Labels, b: number): number[] => {
    const route = pathOf(forward, f).reverse();
    if (b >= 0) route.push(...pathOf(other, b));
    return route;
  };

  /** Joins all pairs; the best route of each forward label, and the least reduced cost. */
  function* join(
    prices: Prices,
    until: number,
    other: Labels,
    wanted: number,
  ): Generator<number, { least: number; found: Found[] }, void> {
    const { arc, rows } = prices;
    const { node, cost: own, load, time, duration, memory: sets, states, dead, count } = forward;
    const { head, next, cellBest, buckets, cost: rest, load: restLoad, time: restTime } = other;
    const { duration: restDuration, memory: restSets, states: restStates, dead: restDead } = other;
    const stateWords = rows.words;
    const bestAt = new Float64Array(size).fill(Infinity);
    for (let j = 1; j <= n; j++)
      for (let b = 0; b < buckets; b++) bestAt[j] = Math.min(bestAt[j], cellBest[j * buckets + b]);
    const pairs: { cost: number; f: number; b: number }[] = [];
    let least = -NEGLIGIBLE;
    let work = 0;
    let told = 0;
    for (let f = 0; f < count; f++) {
      if (dead[f] === 1 || (f > 0 && (timed ? time[f] : load[f]) > until)) continue;
      const i = node[f];
      let best = -NEGLIGIBLE;
      let partner = -2;
      const closed = own[f] + arc[i * size];
      const inTime = !timed || time[f] + leave[i * size] <= horizon;
      if (closed < best && inTime && (!limited || duration[f] + leave[i * size] <= maxDuration)) {
        best = closed;
        partner = -1;
      }
      for (let j = 1; j <= n; j++) {
        const price = own[f] + arc[i * size + j];
        work++;
        if (!(price + bestAt[j] < best)) continue;
        const start = timed ? Math.max(ready[j], time[f] + leave[i * size + j]) : 0;
        const spare = timed ? horizon - start : capacity - load[f];
        if (spare < 0) continue;
        const lastCell = j * buckets + other.bucketOf(spare);
        for (let cell = j * buckets; cell <= lastCell; cell++) {
          if (!(price + cellBest[cell] < best)) continue;
          for (let b = head[cell]; b >= 0; b = next[b]) {
            work++;
            let sum = price + rest[b];
            if (!(sum < best) || restDead[b] === 1) continue;
            if (load[f] + restLoad[b] > capacity) continue;
            if (timed && restTime[b] > spare) continue;
            if (limited && duration[f] + leave[i * size + j] + restDuration[b] > maxDuration)
              continue;
            let meets = false;
            for (let w = 0; w < words; w++)
              if ((sets[f * words + w] & restSets[b * words + w]) !== 0) meets = true;
            if (meets) continue;
            for (let w = 0; w < stateWords; w++) {
              let both = states[f * stateWords + w] & restStates[b * stateWords + w];
              for (; both !== 0; both &= both - 1)
                sum += rows.penalty[w * 32 + 31 - Math.clz32(both & -both)];
            }
            if (sum < best) {
              best = sum;
              partner = b;
            }
          }
        }
      }
      if (partner > -2) {
        pairs.push({ cost: best, f, b: partner });
        if (best < least) least = best;
      }
      if (work - told >= BLOCK) {
        yield Math.floor((work - told) / BLOCK);
        told = work - ((work - told) % BLOCK);
      }
    }
    pairs.sort((a, b) => a.cost - b.cost || a.f - b.f);
    const taken = new Int32Array(size);
    const found: Found[] = [];
    for (const { cost: reduced, f, b } of pairs) {
      if (found.length >= wanted) break;
      if (taken[node[f]]++ >= PER_CUSTOMER) continue;
      found.push({ route: routeOf(f, other, b), reduced });
    }
    return { least, found };
  }

  return {
    get labels() {
      return labelCount;
    },
    *price(prices, exact, wanted, mostLabels) {
      const failed: PricingResult = { complete: false, least: -Infinity, found: [] };
      const until = timed ? middle * range : Math.floor(middle * range);
      const other = mirrored ? forward : backward;
      if (!(yield* forward.run(prices, exact, until, mirrored, mostLabels))) return failed;
      // A little more than the rest of the way, so that rounding leaves no hole between the two.
      const rest = range - until + (timed ? 1e-9 * range : 0);
      if (!mirrored && !(yield* backward.run(prices, exact, rest, true, mostLabels))) return failed;
      if (exact) {
        labelCount = forward.count + (mirrored ? 0 : backward.count);
        // The side with more labels gets less of the way.
        if (!mirrored) {
          const ratio = forward.count / Math.max(1, backward.count);
          if (ratio > 1.5) middle = Math.max(0.2, middle - 0.05);
          else if (ratio < 0.67) middle = Math.min(0.8, middle + 0.05);
        }
      }
      return { complete: true, ...(yield* join(prices, until, other, wanted)) };
    },
    *completions(prices, mostLabels) {
      if (!(yield* backward.run(prices, true, Infinity, true, mostLabels))) return null;
      const { buckets, cellBest } = backward;
      const least = cellBest.slice();
      for (let i = 1; i <= n; i++)
        for (let b = 1; b < buckets; b++) {
          const cell = i * buckets + b;
          least[cell] = Math.min(least[cell], least[cell - 1]);
        }
      return { least, labels: backward };
    },
  };
}
