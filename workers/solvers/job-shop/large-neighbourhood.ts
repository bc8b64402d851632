/**
 * Large neighbourhood search over the propagation of the proofs: part of the schedule is given up,
 * the orders of the rest stay (a partial-order schedule), and a tree search within a limit of
 * failures looks for a shorter completion (Godard, Laborie & Nuijten 2005). Which part is learnt
 * from what has served so far (Laborie & Godard 2007). For comparison with tabu search.
 */
import type { ParamsOf } from '../../../src/core/params.ts';
import type { SolveContext, SolverRun } from '../../../src/core/solver.ts';
import type { JobShopSolution, PackedJobShop } from '../../../src/problems/job-shop/instance.ts';
import { linearOrder } from '../../../src/problems/job-shop/schedule.ts';
import type { largeNeighbourhoodParams } from '../../../src/problems/job-shop/solvers.ts';
import { abandon, branch, createSearch, type Verdict } from './proof/branch.ts';
import { propagate } from './proof/propagate.ts';
import { createPropagator } from './proof/prove.ts';
import { assume, decide, raise, undo, type Space } from './proof/space.ts';
import { createParts } from './parts.ts';
import { begin } from './start.ts';

export type LargeNeighbourhoodParams = ParamsOf<typeof largeNeighbourhoodParams>;

/** Nodes that take about a millisecond on 20 × 20. */
const preferredNodes = 8;
const traceEvery = 32;
/** Sub-problems without a better schedule before one as good is taken too. */
const patience = 40;
export function* largeNeighbourhood(
  packed: PackedJobShop,
  context: SolveContext<LargeNeighbourhoodParams, JobShopSolution>,
): SolverRun<JobShopSolution> {
  const { rng, params, budget } = context;
  const { graph, bound, best: first } = yield* begin(packed, context);
  if (first <= bound) return { reason: 'optimal' };
  let best = first;
  const n = graph.operations;
  const propagator = createPropagator(packed);
  const { space } = propagator;
  const search = createSearch(propagator);
  search.run = Infinity;
  const root = space.trailed;

  let order = linearOrder(
    packed,
    Int32Array.from(graph.nodeOf, (node) => graph.head[node] - graph.duration[node]),
  );
  const place = new Int32Array(n);
  const free = new Int32Array(packed.machines);
  const parts = createParts(packed, params.size, rng);
  const { relaxed } = parts;

  let current = best;
  let fruitless = 0;
  let problems = 0;
  let left = budget.chunk(preferredNodes);
  let inSlice = 0;
  for (;;) {
    order.forEach((operation, i) => (place[operation] = i));
    parts.draw(order);
    const limit = fruitless < patience ? current - 1 : current;
    undo(space, root);
    let verdict: Verdict =
      assume(space, limit) &&
      keepOrders(space, relaxed, order, place, free) &&
      propagate(propagator)
        ? 'open'
        : 'refuted';
    search.inRun = 0;
    for (;;) {
      if (++inSlice === left) {
        yield inSlice;
        left = budget.chunk(preferredNodes);
        inSlice = 0;
      }
      if (verdict !== 'open' || search.inRun >= params.failures) break;
      verdict = branch(search);
    }
    problems++;
    let better = false;
    if (verdict === 'solved') {
      const starts = space.time.slice(0, n);
      const reached = makespanOf(space);
      better = reached < current;
      current = reached;
      order = linearOrder(packed, starts);
      if (reached < best) {
        best = reached;
        yield { kind: 'incumbent', solution: { starts }, objective: best };
      }
    }
    abandon(search);
    fruitless = better ? 0 : fruitless < patience ? fruitless + 1 : 0;
    parts.learn(verdict, better);
    if (problems % traceEvery === 0)
      yield { kind: 'trace', row: [problems, current, relaxed.reduce((sum, is) => sum + is, 0)] };
    // With nothing kept a refutation holds for every schedule.
    const proven = verdict === 'refuted' && limit < best && !relaxed.includes(0);
    if (proven) yield { kind: 'bound', value: best, proof: 'branch and bound' };
    if (proven || best <= bound) {
      if (inSlice > 0) yield inSlice;
      return { reason: 'optimal' };
    }
  }
}

/**
 * Decides all pairs that were not given up as they stand in `order`; times first, along the order,
 * so that each is raised once. @returns false when the limit forbids it. O(operations + pairs).
 */
function keepOrders(
  space: Space,
  relaxed: Uint8Array,
  order: Int32Array,
  place: Int32Array,
  free: Int32Array,
): boolean {
  const { operations: n, machine, duration, time, next } = space;
  for (let side = 0; side < 2; side++) {
    free.fill(0);
    for (let i = 0; i < n; i++) {
      const operation = order[side === 0 ? i : n - 1 - i];
      const at = operation + side * n;
      if (relaxed[operation] === 0) {
        if (!raise(space, at, free[machine[operation]])) return false;
        free[machine[operation]] = time[at] + duration[operation];
      }
      if (next[at] >= 0 && !raise(space, next[at], time[at] + duration[operation])) return false;
    }
  }
  const { pairs, machineOfPair, firstSlot, secondSlot, members, from } = space;
  for (let i = 0; i < pairs.length; i++) {
    const pair = pairs[i];
    const m = machineOfPair[pair];
    const a = firstSlot[pair];
    const b = secondSlot[pair];
    const first = members[from[m] + a];
    const second = members[from[m] + b];
    if (relaxed[first] === 1 || relaxed[second] === 1) continue;
    const possible = place[first] < place[second] ? decide(space, m, a, b) : decide(space, m, b, a);
    if (!possible) return false;
  }
  return true;
}

/** Latest end of the heads. */
function makespanOf({ operations, time, duration }: Space): number {
  let latest = 0;
  for (let i = 0; i < operations; i++) latest = Math.max(latest, time[i] + duration[i]);
  return latest;
}
