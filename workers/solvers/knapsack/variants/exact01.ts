/** The expanding core as a function: an exact 0/1 optimum inside other methods. */
import { createRng } from '../../../../src/core/rng.ts';
import type { Packed, Solution } from '../../../../src/problems/knapsack/instance.ts';
import type { SolverYield } from '../../../../src/core/solver.ts';
import { solveCore } from '../core.ts';

/** A plain instance of one capacity from columns of whole numbers. */
export function packColumns(
  profits: Float64Array,
  weights: Float64Array,
  capacity: number,
  counts: Float64Array = new Float64Array(profits.length).fill(1),
): Packed {
  return {
    name: '',
    kind: null,
    n: profits.length,
    m: 1,
    profitScale: 1,
    weightScales: Float64Array.of(1),
    capacities: Float64Array.of(capacity),
    profits,
    weights,
    counts,
    names: null,
    groups: null,
    pairs: null,
    elements: null,
    robust: null,
  };
}

export interface Optimum {
  profit: number;
  counts: ArrayLike<number>;
  /** A bound on every solution: the profit, unless memory ran out. */
  bound: number;
}

/** Solves exactly with the expanding core; yields 0 to return control. */
export function* optimum01(packed: Packed): Generator<SolverYield<Solution>, Optimum, void> {
  const run = solveCore(packed, {
    rng: createRng(1),
    params: {},
    budget: { steps: null, chunk: (preferred) => preferred, progress: () => NaN },
  });
  const best: Optimum = { profit: 0, counts: new Uint8Array(packed.n), bound: Infinity };
  for (;;) {
    const next = run.next();
    if (next.done) {
      if (next.value.reason === 'optimal') best.bound = best.profit;
      return best;
    }
    const event = next.value;
    if (typeof event === 'number') yield 0;
    else if (event.kind === 'incumbent') {
      best.profit = event.objective;
      best.counts = event.solution.counts;
    } else if (event.kind === 'bound') best.bound = event.value;
  }
}

/** `optimum01` in one go, for small instances. */
export function optimumNow(packed: Packed): Optimum {
  const run = optimum01(packed);
  for (;;) {
    const next = run.next();
    if (next.done) return next.value;
  }
}
