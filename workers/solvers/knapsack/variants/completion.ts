/** Exact bin packing by completing bins one by one. */
import type { SolveContext, SolverRun } from '../../../../src/core/solver.ts';
import type { Packed, Solution } from '../../../../src/problems/knapsack/instance.ts';
import { boundL2 } from './bin-bounds.ts';
import { objectiveOfVariant } from './bounds.ts';
import { byWeight, packingOf, slackBins } from './bins.ts';
import { startExchange } from './exchange.ts';

/** Moves of drop and refill before the tree. */
const MOVES = 800;
const NODES = 64;
const REPORT = 1 << 14;

/**
 * The heaviest item left opens a bin; every set that may join it is tried, fullest first (bin
 * completion, Korf 2002). A bin is closed only when nothing left fits and no heavier item could
 * replace one in it (Martello & Toth 1990); waste and L2 of what is left cut. One step is one node.
 */
export function* solveBins(
  packed: Packed,
  context: SolveContext<never, Solution>,
): SolverRun<Solution> {
  const { n } = packed;
  const { budget, rng } = context;
  const capacity = packed.capacities[0];
  const start = yield* startExchange(packed, context.warmStart);
  const { exchange } = start;
  let best = -start.best;
  const lower = -start.bound;
  const incumbent = (solution: Solution) => ({
    kind: 'incumbent' as const,
    solution,
    objective: objectiveOfVariant(packed, -best),
  });
  if (best > lower && n <= 1000) {
    const slack = slackBins(packed.weights, capacity);
    if (slack.bins < best) {
      best = slack.bins;
      yield incumbent(packingOf(slack.bin));
    }
  }
  let current = exchange.value();
  for (let move = 1; move <= MOVES && best > lower; move++) {
    exchange.save();
    exchange.move(1 + rng.int(4), rng);
    if (exchange.value() >= current) current = exchange.value();
    else exchange.restore();
    if (-exchange.objective() < best) {
      best = -exchange.objective();
      yield incumbent(exchange.solution());
    }
    if (move % 16 === 0) yield 0;
  }
  if (best <= lower) {
    yield 1;
    return { reason: 'optimal' };
  }

  const order = byWeight(packed.weights);
  const weights = Float64Array.from(order, (i) => packed.weights[i]);
  const total = weights.reduce((a, b) => a + b, 0);
  const used = new Uint8Array(n);
  const bin = new Int32Array(n).fill(-1);
  const first = new Int32Array(n + 1);
  let waste = 0;
  let nodes = 0;
  let done = 0;
  let left = budget.chunk(NODES);

  /** Whether a heavier item left could take the place of one in this bin, or any joins it. */
  const dominated = (b: number, room: number): boolean => {
    let k = 0;
    for (let j = 0; j < n; j++) {
      if (used[j] === 1) continue;
      if (weights[j] <= room) return true;
      // The lightest member (not the opening one) that is lighter than item j.
      for (k = n - 1; k > j && k > first[b]; k--)
        if (bin[k] === b && weights[k] < weights[j] && weights[j] - weights[k] <= room) return true;
    }
    return false;
  };

  function* open(b: number): Generator<number | ReturnType<typeof incumbent>, void, void> {
    let at = 0;
    while (at < n && used[at] === 1) at++;
    if (at === n) {
      if (b < best) {
        best = b;
        const out = new Int32Array(n);
        for (let k = 0; k < n; k++) out[order[k]] = bin[k];
        yield incumbent(packingOf(out));
      }
      return;
    }
    const rest: number[] = [];
    for (let k = at; k < n; k++) if (used[k] === 0) rest.push(weights[k]);
    if (b + Math.max(1, boundL2(rest, capacity)) >= best) return;
    used[at] = 1;
    bin[at] = b;
    first[b] = at;
    yield* fill(b, at + 1, capacity - weights[at]);
    used[at] = 0;
    bin[at] = -1;
  }

  function* fill(
    b: number,
    from: number,
    room: number,
  ): Generator<number | ReturnType<typeof incumbent>, void, void> {
    nodes++;
    done++;
    if (nodes % REPORT === 0) traced = b;
    if (done >= left) {
      yield done;
      done = 0;
      left = budget.chunk(NODES);
    }
    let tried = -1;
    for (let k = from; k < n && best > lower; k++) {
      if (used[k] === 1 || weights[k] > room || weights[k] === tried) continue;
      tried = weights[k];
      used[k] = 1;
      bin[k] = b;
      yield* fill(b, k + 1, room - weights[k]);
      used[k] = 0;
      bin[k] = -1;
    }
    if (best <= lower || waste + room > (best - 1) * capacity - total || dominated(b, room)) return;
    waste += room;
    yield* open(b + 1);
    waste -= room;
  }

  let traced = -1;
  for (const event of open(0)) {
    yield event;
    if (traced >= 0) {
      yield { kind: 'trace', row: [traced] };
      traced = -1;
    }
  }
  yield done;
  return { reason: 'optimal' };
}
