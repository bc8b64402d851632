/**
 * Bounds and the proof of optimality, beside a search that brings good schedules: destructive
 * bounds (assume a makespan, refute it, raise the bound; Klein & Scholl 1999), first by propagation
 * alone, then with every pair tried both ways (shaving; Martin & Shmoys 1996), then a tree search
 * for a schedule better than the best.
 */
import type { JobShopSolution, PackedJobShop } from '../../../../src/problems/job-shop/instance.ts';
import type { Refutation } from '../../../../src/problems/job-shop/refutation.ts';
import type { SolverYield } from '../../../../src/core/solver.ts';
import type { SideTask } from '../../common/interleave.ts';
import {
  abandon,
  branch,
  createSearch,
  rate,
  restart,
  type Search,
  type Verdict,
} from './branch.ts';
import { createSorter } from './machine.ts';
import { createNogoods, keepFirst } from './nogoods.ts';
import { propagate, type Propagator } from './propagate.ts';
import { assume, createSpace, decidePair, undo } from './space.ts';

/** What search and proof tell each other. */
export interface Shared {
  /** Makespan of the best schedule known. */
  best: number;
  /** Proven lower bound. */
  bound: number;
}

export interface ProveOptions {
  /** Units of work (about 5 ns) in a step of the search beside it. */
  workPerStep: number;
  /** Whether to search the tree when the bounds alone do not suffice. */
  tree: boolean;
  /**
   * Called after every node: an assumed makespan, a way of a pair tried or a branching.
   * @returns whether to return control now; that changes nothing.
   */
  onNode?(limit: number, depth: number): boolean;
}

/** Units of work between two returns of control. */
const slice = 100_000;

export const createPropagator = (packed: PackedJobShop): Propagator => {
  const space = createSpace(packed);
  return { space, sorter: createSorter(space), nogoods: createNogoods(space) };
};

/** Ends when the bound meets the best, or without a tree when no more is refuted. */
export function* prove(
  packed: PackedJobShop,
  shared: Shared,
  options: ProveOptions,
): SideTask<JobShopSolution> {
  const propagator = createPropagator(packed);
  const { space } = propagator;
  const search = createSearch(propagator);
  const root = space.trailed;
  let told = 0;

  /** After a node: announces the work since the last time, in steps of the search beside. */
  function* settle(): SideTask<JobShopSolution> {
    const pause = options.onNode?.(space.limit, search.depth) ?? false;
    const work = space.work - told;
    if (work >= slice) {
      told = space.work;
      yield Math.ceil(work / options.workPerStep);
    } else if (pause) yield 0;
  }

  /** Orders refuted on the way to the last contradiction, by shaving. */
  let refuted: [number, number][] = [];

  function* refutes(limit: number, shaving: boolean): Part<boolean> {
    undo(space, root);
    refuted = [];
    const possible = assume(space, limit) && propagate(propagator);
    yield* settle();
    return !possible || (shaving && !(yield* shave(search, refuted, settle)));
  }

  /** One run of the tree under a lower limit, from the root of the search as it stands. */
  function* refutesByTree(lower: number): Part<boolean> {
    const mark = space.trailed;
    const { limit } = space;
    const clauses = propagator.nogoods.clauses.length;
    const run: Search = {
      ...createSearch(propagator),
      rating: search.rating,
      run: Math.ceil(search.run / 4),
    };
    let verdict: Verdict = assume(space, lower) && propagate(propagator) ? 'open' : 'refuted';
    do {
      if (verdict === 'open') verdict = branch(run);
      yield* settle();
    } while (verdict === 'open' && (run.inRun > 0 || run.depth > 0));
    if (verdict === 'solved') yield takeSchedule();
    abandon(run);
    undo(space, mark);
    keepFirst(propagator.nogoods, clauses);
    space.limit = limit;
    return verdict === 'refuted';
  }

  /** The schedule that the heads are when every pair is decided. */
  function takeSchedule(): SolverYield<JobShopSolution> {
    const starts = space.time.slice(0, space.operations);
    let makespan = 0;
    for (let i = 0; i < starts.length; i++)
      makespan = Math.max(makespan, starts[i] + space.duration[i]);
    if (makespan < shared.best) {
      shared.best = makespan;
      return { kind: 'incumbent', solution: { starts }, objective: makespan };
    }
    return 0;
  }

  // Bounds: gallop upwards while assumptions are refuted, then bisect.
  for (const shaving of [false, true]) {
    let stride = 1;
    let holds = Infinity;
    for (;;) {
      const top = Math.min(holds, shared.best) - 1;
      if (shared.bound > top) break;
      const limit =
        holds === Infinity
          ? Math.min(top, shared.bound + stride - 1)
          : Math.floor((shared.bound + top) / 2);
      if (yield* refutes(limit, shaving)) {
        shared.bound = limit + 1;
        const by = shaving ? 'shaving' : 'edge finding';
        yield {
          kind: 'bound',
          value: shared.bound,
          proof: `destructive bound (${by})`,
          evidence: { makespan: limit, refutedOrders: refuted } satisfies Refutation,
        };
        stride *= 2;
      } else holds = limit;
    }
    if (shared.bound >= shared.best) return;
  }
  if (!options.tree) return;

  // The tree, for a schedule better than the best; at its restarts a run under a lower limit, for
  // the bound.
  let limit = shared.best - 1;
  let open = !(yield* refutes(limit, true));
  let stride = 1;
  while (open) {
    if (shared.bound >= shared.best) return;
    if (shared.best - 1 < limit) {
      limit = shared.best - 1;
      open = restart(search) && assume(space, limit) && propagate(propagator);
      continue;
    }
    const verdict = branch(search);
    if (verdict === 'solved') yield takeSchedule();
    open = verdict !== 'refuted';
    yield* settle();
    const assumed = shared.bound + stride - 1;
    if (verdict !== 'open' || search.inRun > 0 || search.depth > 0 || assumed >= limit) continue;
    if (yield* refutesByTree(assumed)) {
      shared.bound = assumed + 1;
      yield { kind: 'bound', value: shared.bound, proof: 'destructive bound (tree search)' };
      stride *= 2;
    } else stride = 1;
  }
  shared.bound = shared.best;
  yield { kind: 'bound', value: shared.bound, proof: 'branch and bound' };
}

/** A part of a side task, with its outcome. */
type Part<Outcome> = Generator<SolverYield<JobShopSolution>, Outcome, void>;

/**
 * Tries every undecided pair both ways until no way is refuted any more; what is left of the other
 * way holds. Adds the orders refuted to `refuted`, as operations. @returns false when both ways of
 * a pair are refuted.
 */
function* shave(
  search: Search,
  refuted: [number, number][],
  settle: () => SideTask<JobShopSolution>,
): Part<boolean> {
  const { propagator } = search;
  const { space } = propagator;
  const { pairs, order, back, members, from, machineOfPair, firstSlot, secondSlot } = space;
  let since = 0;
  for (let at = 0; since < pairs.length; at = at + 1 < pairs.length ? at + 1 : 0) {
    since++;
    for (let way = 0; way < 2; way++) {
      const literal = way === 0 ? pairs[at] : back[pairs[at]];
      if (order[literal] !== 0) break;
      const mark = space.trailed;
      const before = space.undecided;
      const possible = decidePair(space, literal) && propagate(propagator);
      rate(search, literal, possible ? 1 + space.undecided / before : 0);
      undo(space, mark);
      if (!possible) {
        const start = from[machineOfPair[literal]];
        refuted.push([members[start + firstSlot[literal]], members[start + secondSlot[literal]]]);
        if (!decidePair(space, back[literal]) || !propagate(propagator)) return false;
        since = 0;
      }
    }
    yield* settle();
  }
  return true;
}
