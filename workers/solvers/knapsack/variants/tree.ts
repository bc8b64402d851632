/** Exact depth-first search for quadratic and set-union knapsacks of one capacity. */
import type { SolveContext, SolverRun } from '../../../../src/core/solver.ts';
import type { Packed, Solution } from '../../../../src/problems/knapsack/instance.ts';
import { fractional, objectiveOfVariant, planes, safeFloor, sharedWeights } from './bounds.ts';
import { boundEvent, startExchange } from './exchange.ts';
import { partnersOf } from './quadratic.ts';

/** Moves of drop and refill before the tree, so that it begins near the best. */
const MOVES = 600;
const NODES = 32;
const REPORT = 4096;

/** What a kind knows at a node: which items are in (1), out (0) or free (−1). */
interface Relaxed {
  include(i: number): void;
  undo(i: number): void;
  exclude(i: number): void;
  readmit(i: number): void;
  profit(): number;
  /** Room left; negative when too much is in. */
  residual(): number;
  /** Fills profits and weights of the free items with values that bound any choice among them. */
  relax(state: Int8Array, profits: Float64Array, weights: Float64Array): void;
  /** Weight that including a free item adds. */
  extra(i: number): number;
}

function quadraticState(packed: Packed): Relaxed {
  const partners = partnersOf(packed);
  const { weights } = packed;
  /** Profit with items in, and half of that with free ones. */
  const sure = packed.profits.slice();
  const half = planes(packed).map((value, i) => value - packed.profits[i]);
  let residual = packed.capacities[0];
  let profit = 0;
  const shift = (i: number, toSure: number, toHalf: number): void => {
    for (let k = partners.start[i]; k < partners.start[i + 1]; k++) {
      sure[partners.other[k]] += toSure * partners.profits[k];
      half[partners.other[k]] += (toHalf * partners.profits[k]) / 2;
    }
  };
  return {
    include(i) {
      profit += sure[i];
      residual -= weights[i];
      shift(i, 1, -1);
    },
    undo(i) {
      shift(i, -1, 1);
      profit -= sure[i];
      residual += weights[i];
    },
    exclude: (i) => shift(i, 0, -1),
    readmit: (i) => shift(i, 0, 1),
    profit: () => profit,
    residual: () => residual,
    relax(state, profits, own) {
      for (let i = 0; i < packed.n; i++) {
        profits[i] = state[i] < 0 ? sure[i] + half[i] : 0;
        own[i] = weights[i];
      }
    },
    extra: (i) => weights[i],
  };
}

function unionState(packed: Packed): Relaxed {
  const { weights, start, list } = packed.elements ?? {
    weights: new Float64Array(0),
    start: new Int32Array(packed.n + 1),
    list: new Int32Array(0),
  };
  const covered = new Int32Array(weights.length);
  const wanted = new Int32Array(weights.length);
  for (const element of list) wanted[element]++;
  let residual = packed.capacities[0];
  let profit = 0;
  const extra = (i: number): number => {
    let sum = packed.weights[i];
    for (let k = start[i]; k < start[i + 1]; k++)
      if (covered[list[k]] === 0) sum += weights[list[k]];
    return sum;
  };
  return {
    include(i) {
      residual -= extra(i);
      profit += packed.profits[i];
      for (let k = start[i]; k < start[i + 1]; k++) {
        covered[list[k]]++;
        wanted[list[k]]--;
      }
    },
    undo(i) {
      for (let k = start[i]; k < start[i + 1]; k++) {
        covered[list[k]]--;
        wanted[list[k]]++;
      }
      profit -= packed.profits[i];
      residual += extra(i);
    },
    exclude(i) {
      for (let k = start[i]; k < start[i + 1]; k++) wanted[list[k]]--;
    },
    readmit(i) {
      for (let k = start[i]; k < start[i + 1]; k++) wanted[list[k]]++;
    },
    profit: () => profit,
    residual: () => residual,
    relax(state, profits, own) {
      for (let i = 0; i < packed.n; i++) {
        profits[i] = state[i] < 0 ? packed.profits[i] : 0;
        let sum = packed.weights[i];
        if (state[i] < 0)
          for (let k = start[i]; k < start[i + 1]; k++)
            if (covered[list[k]] === 0) sum += weights[list[k]] / wanted[list[k]];
        own[i] = sum;
      }
    },
    extra,
  };
}

/**
 * In, then out, item by item; a subtree is cut where profits and weights shared out among the free
 * items (half a pair each; an element's weight among those that still want it) give no more than
 * the incumbent when taken in part. One step is one node. O(n log n + pairs of the item) each.
 */
export function* searchTree(
  packed: Packed,
  context: SolveContext<never, Solution>,
): SolverRun<Solution> {
  const { n } = packed;
  const start = yield* startExchange(packed, context.warmStart);
  let { best, bound } = start;
  for (let move = 0; move < MOVES && best < bound; move++) {
    const { exchange } = start;
    exchange.save();
    const before = exchange.value();
    exchange.move(1 + context.rng.int(4), context.rng);
    if (exchange.value() < before) exchange.restore();
    if (exchange.objective() > best) {
      best = exchange.objective();
      yield {
        kind: 'incumbent',
        solution: exchange.solution(),
        objective: objectiveOfVariant(packed, best),
      };
    }
    if (move % 8 === 7) yield 0;
  }

  const state = packed.kind === 'quadratic' ? quadraticState(packed) : unionState(packed);
  const fixed = new Int8Array(n).fill(-1);
  const profits = new Float64Array(n);
  const weights = new Float64Array(n);
  const ratio = packed.kind === 'quadratic' ? planes(packed) : packed.profits;
  const size = packed.kind === 'quadratic' ? packed.weights : sharedWeights(packed);
  const order = Int32Array.from({ length: n }, (_, i) => i).sort(
    (a, b) => ratio[b] / (size[b] + 1e-9) - ratio[a] / (size[a] + 1e-9) || a - b,
  );
  /** The best that the open subtree above depth d, the one without its item, can hold. */
  const openAt = new Float64Array(n + 1).fill(-Infinity);
  const boundHere = (): number => {
    state.relax(fixed, profits, weights);
    return safeFloor(state.profit() + fractional(profits, weights, state.residual()));
  };
  let depth = 0;
  let here = boundHere();
  let nodes = 0;
  let left = context.budget.chunk(NODES);
  let done = 0;
  for (;;) {
    if (state.profit() > best) {
      best = state.profit();
      const counts = Uint8Array.from(fixed, (value) => (value === 1 ? 1 : 0));
      yield {
        kind: 'incumbent',
        solution: { counts },
        objective: objectiveOfVariant(packed, best),
      };
    }
    if (here > best && depth < n) {
      const i = order[depth];
      if (state.extra(i) <= state.residual()) {
        openAt[depth] = here;
        fixed[i] = 1;
        state.include(i);
      } else {
        openAt[depth] = -Infinity;
        fixed[i] = 0;
        state.exclude(i);
      }
      depth++;
    } else {
      // Back to the deepest item that is in, and on without it.
      while (depth > 0 && (fixed[order[depth - 1]] === 0 || openAt[depth - 1] <= best)) {
        depth--;
        const i = order[depth];
        if (fixed[i] === 0) state.readmit(i);
        else state.undo(i);
        fixed[i] = -1;
      }
      if (depth === 0) break;
      const i = order[depth - 1];
      state.undo(i);
      fixed[i] = 0;
      state.exclude(i);
    }
    here = boundHere();
    nodes++;
    done++;
    if (nodes % REPORT === 0) {
      yield { kind: 'trace', row: [depth] };
      let open = Math.max(best, here);
      for (let d = 0; d < depth; d++) if (fixed[order[d]] === 1) open = Math.max(open, openAt[d]);
      if (open < bound) {
        bound = open;
        yield boundEvent(packed, bound, 'Open subtrees');
      }
    }
    if (done >= left) {
      yield done;
      done = 0;
      left = context.budget.chunk(NODES);
    }
  }
  yield done;
  return { reason: 'optimal' };
}
