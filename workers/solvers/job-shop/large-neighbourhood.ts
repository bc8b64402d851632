/**
 * Large neighbourhood search over the propagation of the proofs: part of the schedule is given up,
 * the orders of the rest stay (a partial-order schedule), and a tree search within a limit of
 * failures looks for a shorter completion (Godard, Laborie & Nuijten 2005). Which part is learnt
 * from what has served so far (Laborie & Godard 2007). For comparison with tabu search.
 */
import type { ParamsOf } from '../../../src/core/params.ts';
import { shuffle } from '../../../src/core/rng.ts';
import type { SolveContext, SolverRun } from '../../../src/core/solver.ts';
import type { JobShopSolution, PackedJobShop } from '../../../src/problems/job-shop/instance.ts';
import { jobOfOperation, linearOrder } from '../../../src/problems/job-shop/schedule.ts';
import type { largeNeighbourhoodParams } from '../../../src/problems/job-shop/solvers.ts';
import { abandon, branch, createSearch, type Verdict } from './proof/branch.ts';
import { propagate } from './proof/propagate.ts';
import { createPropagator } from './proof/prove.ts';
import { assume, decide, raise, undo, type Space } from './proof/space.ts';
import { begin } from './start.ts';

export type LargeNeighbourhoodParams = ParamsOf<typeof largeNeighbourhoodParams>;

/** What is given up: operations of a span of time, on half the machines, whole machines, whole jobs. */
const kinds = ['window', 'patch', 'machines', 'jobs'] as const;
type Kind = (typeof kinds)[number];

/** Nodes that take about a millisecond on 20 × 20. */
const preferredNodes = 8;
const traceEvery = 32;
/** Sub-problems without a better schedule before one as good is taken too. */
const patience = 40;
/** How much of a kind's worth one sub-problem replaces, and the worth a kind never falls below. */
const learning = 0.05;
const leastWorth = 0.02;
/** Growth of a part whose sub-problem was refuted, and its inverse for one left open. */
const growth = 1.02;

export function* largeNeighbourhood(
  packed: PackedJobShop,
  context: SolveContext<LargeNeighbourhoodParams, JobShopSolution>,
): SolverRun<JobShopSolution> {
  const { rng, params, budget } = context;
  const { graph, bound, best: first } = yield* begin(packed, context);
  if (first <= bound) return { reason: 'optimal' };
  let best = first;
  const n = graph.operations;
  const jobOf = jobOfOperation(packed);
  const jobs = packed.first.length - 1;
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
  const relaxed = new Uint8Array(n);
  const free = new Int32Array(packed.machines);
  const worth = kinds.map(() => 1);
  const size = kinds.map(() => Math.min(params.size, n));
  const machineNumbers = Int32Array.from({ length: packed.machines }, (_, m) => m);
  const jobNumbers = Int32Array.from({ length: jobs }, (_, j) => j);
  const chosen = new Uint8Array(Math.max(jobs, packed.machines));

  let current = best;
  let fruitless = 0;
  let problems = 0;
  let left = budget.chunk(preferredNodes);
  let inSlice = 0;
  for (;;) {
    const kind = drawKind();
    order.forEach((operation, i) => (place[operation] = i));
    relax(kinds[kind], Math.round(size[kind]));
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
    } else {
      const factor = verdict === 'refuted' ? growth : 1 / growth;
      size[kind] = Math.max(Math.min(8, n), Math.min(n, size[kind] * factor));
    }
    abandon(search);
    fruitless = better ? 0 : fruitless < patience ? fruitless + 1 : 0;
    worth[kind] += learning * ((better ? 1 : 0) - worth[kind]);
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

  /** A kind, each with a chance that goes by its worth. */
  function drawKind(): number {
    const total = worth.reduce((sum, value) => sum + Math.max(leastWorth, value), 0);
    let at = rng.float() * total;
    for (let kind = 0; kind + 1 < kinds.length; kind++) {
      at -= Math.max(leastWorth, worth[kind]);
      if (at < 0) return kind;
    }
    return kinds.length - 1;
  }

  /** Marks about `count` operations. O(operations). */
  function relax(kind: Kind, count: number): void {
    relaxed.fill(0);
    if (kind === 'window') {
      const from = rng.int(n - count + 1);
      for (let i = from; i < from + count; i++) relaxed[order[i]] = 1;
    } else if (kind === 'jobs') {
      choose(jobNumbers, Math.max(1, Math.round((count * jobs) / n)));
      for (let i = 0; i < n; i++) relaxed[i] = chosen[jobOf[i]];
    } else {
      const machines = packed.machines;
      const whole = kind === 'machines';
      choose(
        machineNumbers,
        whole ? Math.max(1, Math.round((count * machines) / n)) : (machines + 1) >> 1,
      );
      const from = whole ? 0 : rng.int(Math.max(1, n - 2 * count + 1));
      let open = whole ? n : count;
      for (let i = from; i < n && open > 0; i++)
        if (chosen[packed.machine[order[i]]] === 1) {
          relaxed[order[i]] = 1;
          open--;
        }
    }
  }

  /** Marks `count` of the numbers in `chosen`. */
  function choose(numbers: Int32Array, count: number): void {
    chosen.fill(0);
    shuffle(numbers, rng);
    for (let i = 0; i < count; i++) chosen[numbers[i]] = 1;
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
