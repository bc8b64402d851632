/** Online policies: items arrive one by one and are taken or turned away for good. */
import type { ParamsOf } from '../../../src/core/params.ts';
import { shuffle, type Rng } from '../../../src/core/rng.ts';
import type { SolveContext, SolverRun } from '../../../src/core/solver.ts';
import type { Packed, Solution } from '../../../src/problems/knapsack/instance.ts';
import {
  fairRatio,
  fairThreshold,
  learnedThreshold,
  leastAlpha,
  zclRatio,
  zclThreshold,
  type Threshold,
} from '../../../src/problems/knapsack/online.ts';
import type { onlineParams } from '../../../src/problems/knapsack/solvers.ts';
import { optimum01 } from './variants/exact01.ts';

/** Solutions and rows of the trace shown on the way. */
const SHOWN = 400;
const ROWS = 2000;
/** Items a secretary only looks at: this share of all. */
const WATCH = 0.36787944117144233;

type Params = ParamsOf<typeof onlineParams>;

/** The order of arrival: as listed, at random, or by density. Items of weight 0 count as densest. */
function arrivals(packed: Packed, order: Params['order'], rng: Rng): Int32Array {
  const { n, profits, weights } = packed;
  const list = Int32Array.from({ length: n }, (_, i) => i);
  if (order === 'random') return shuffle(list, rng);
  if (order === 'listed') return list;
  const density = (i: number): number => (weights[i] > 0 ? profits[i] / weights[i] : Infinity);
  const sign = order === 'rising' ? 1 : -1;
  return list.sort((a, b) => {
    const [x, y] = [density(a), density(b)];
    return x === y ? a - b : x < y ? -sign : sign;
  });
}

interface Policy {
  threshold: Threshold;
  /** Items from here on the policy may take. */
  from: number;
  /** Proven for small items with densities in the range; null when there is no such promise. */
  ratio: number | null;
}

/**
 * The density at which the capacity is used up when these items are filled in order of density; 0
 * when all fit. O(n log n).
 */
function criticalDensity(packed: Packed, items: Int32Array, capacity: number): number {
  const { profits, weights, counts } = packed;
  const order = items
    .filter((i) => weights[i] > 0)
    .sort((a, b) => profits[b] / weights[b] - profits[a] / weights[a] || a - b);
  let left = capacity;
  for (const i of order) {
    left -= weights[i] * counts[i];
    if (left < 0) return profits[i] / weights[i];
  }
  return 0;
}

function makePolicy(packed: Packed, params: Params, order: Int32Array, rng: Rng): Policy {
  const { profits, weights } = packed;
  let low = Infinity;
  let high = 0;
  for (let i = 0; i < packed.n; i++) {
    if (weights[i] === 0 || profits[i] === 0) continue;
    low = Math.min(low, profits[i] / weights[i]);
    high = Math.max(high, profits[i] / weights[i]);
  }
  // Densities are given in the instance's units, the policy works in packed ones.
  const unit = packed.profitScale / packed.weightScales[0];
  if (params.low > 0) low = params.low * unit;
  if (params.high > 0) high = params.high * unit;
  if (!(low < Infinity)) low = 1;
  high = Math.max(high, low);
  switch (params.policy) {
    case 'zcl':
      return { threshold: zclThreshold(low, high), from: 0, ratio: zclRatio(low, high) };
    case 'fair': {
      const alpha = Math.min(0.999, Math.max(leastAlpha(low, high), params.alpha));
      return {
        threshold: fairThreshold(low, high, alpha),
        from: 0,
        ratio: fairRatio(low, high, alpha),
      };
    }
    case 'learned': {
      const critical = criticalDensity(packed, order, packed.capacities[0]);
      const wrong = 1 + params.error * (2 * rng.float() - 1);
      const predicted = (critical > 0 ? critical : low) * wrong;
      return {
        threshold: learnedThreshold(low, high, predicted, params.trust),
        from: 0,
        // The two squeezed halves of ZCL alone keep this share of its promise.
        ratio: params.trust < 1 ? zclRatio(low, high) / (1 - params.trust) : null,
      };
    }
    case 'secretary': {
      const from = Math.floor(packed.n * WATCH);
      const seen = order.slice(0, from);
      const price = criticalDensity(packed, seen, packed.capacities[0] * WATCH);
      return { threshold: () => price, from, ratio: null };
    }
    default:
      return { threshold: () => 0, from: 0, ratio: null };
  }
}

/**
 * One copy after the other: taken if it fits and its profit per weight reaches the policy's
 * threshold at the share of the capacity used so far. The bound is the optimum of someone who knows
 * all items beforehand. One step is one arrival. O(copies) and the exact optimum.
 */
export function* solveOnline(
  packed: Packed,
  { params, rng, budget }: SolveContext<Params, Solution>,
): SolverRun<Solution> {
  const { n, profits, weights, counts: most, profitScale } = packed;
  const capacity = packed.capacities[0];
  const counts = new Float64Array(n);
  yield { kind: 'incumbent', solution: { counts: counts.slice() }, objective: 0 };
  yield { kind: 'phase', name: 'Offline optimum' };
  let offline = Infinity;
  const exact = optimum01(packed);
  for (;;) {
    const next = exact.next();
    if (next.done) {
      offline = next.value.bound;
      break;
    }
    yield 0;
  }
  if (Number.isFinite(offline))
    yield { kind: 'bound', value: offline / profitScale, proof: 'Offline optimum' };

  const order = arrivals(packed, params.order, rng);
  const { threshold, from, ratio } = makePolicy(packed, params, order, rng);
  const every = Math.max(1, Math.ceil(n / SHOWN));
  const rowEvery = Math.max(1, Math.ceil(n / ROWS));
  let used = 0;
  let profit = 0;
  let shown = 0;
  let done = 0;
  let left = budget.chunk(256);
  for (let k = 0; k < n; k++) {
    const i = order[k];
    let price = 0;
    for (let copy = 0; copy < most[i]; copy++) {
      price = threshold(capacity > 0 ? used / capacity : 1);
      const wanted = weights[i] === 0 || profits[i] >= price * weights[i];
      if (k < from || !wanted || used + weights[i] > capacity) break;
      counts[i]++;
      used += weights[i];
      profit += profits[i];
    }
    if (k % rowEvery === 0)
      yield {
        kind: 'trace',
        row: [
          k + 1,
          i + 1,
          weights[i] > 0 ? (profits[i] / weights[i] / profitScale) * packed.weightScales[0] : 0,
          k < from ? NaN : (price / profitScale) * packed.weightScales[0],
          capacity > 0 ? (100 * used) / capacity : 100,
          counts[i],
        ],
      };
    if (profit > shown && (k % every === every - 1 || every === 1)) {
      shown = profit;
      yield {
        kind: 'incumbent',
        solution: { counts: counts.slice() },
        objective: profit / profitScale,
      };
    }
    done++;
    if (done === left) {
      yield done;
      done = 0;
      left = budget.chunk(256);
    }
  }
  if (profit > shown)
    yield { kind: 'incumbent', solution: { counts }, objective: profit / profitScale };
  if (done > 0 || n === 0) yield Math.max(1, done);
  const reached = profit > 0 ? (offline / profit).toFixed(3) : '∞';
  const promise = ratio === null ? '' : `; at most ${ratio.toFixed(3)} for small items`;
  return { reason: 'exhausted', message: `Competitive ratio ${reached}${promise}.` };
}
