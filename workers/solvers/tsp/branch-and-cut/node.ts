/** One node of branch and cut: the linear program, tightened and priced until that stalls. */
import type { Rng } from '../../../../src/core/rng.ts';
import type { SolverYield } from '../../../../src/core/solver.ts';
import type { TspSolution } from '../../../../src/problems/tsp/check.ts';
import type { Space } from '../space.ts';
import { separateCombs } from './combs.ts';
import { makeSupport, violation, type Cut } from './cuts.ts';
import {
  roundMultipliers,
  type Fixings,
  type Multipliers,
  type Priced,
  type Pricing,
} from './pricing.ts';
import type { Relaxation, Status } from './relaxation.ts';
import { separateSubtours, SLACK } from './subtours.ts';

export type Events<Value> = Generator<SolverYield<TspSolution>, Value, void>;

/** What all nodes share. */
export interface Work {
  space: Space;
  relaxation: Relaxation;
  pricing: Pricing;
  rng: Rng;
  /** Cuts that were dropped, by key. */
  pool: Map<string, Cut>;
  /** The length of the best tour. */
  upper(): number;
  /** No better tour is longer than this. */
  limit(): number;
  /** Looks for tours between two linear programs. */
  search(): Events<void>;
  /** Takes a tour that the linear program has found, if it is a better one. */
  tell(tour: Int32Array): Events<void>;
  /** The bound of the node at hand has risen, as these multipliers prove. */
  onBound(bound: number, multipliers: Multipliers, proof: string): Events<void>;
  onRound(objective: number, cuts: number): Events<void>;
}

export interface Processed {
  /** No tour with the node's decisions is shorter. */
  bound: number;
  multipliers: Multipliers | null;
  /** Value of the last linear program. */
  objective: number;
  /** Values of the edges to split on; null when no better tour is left here. */
  x: Float64Array | null;
  /** The linear program could not be solved: nothing more is proven here than the bound. */
  stuck?: true;
}

/** Pivots between two yields, for a hundred rows. */
const PIVOTS = 100;
/** Most combs taken in a round. */
const CUTS = 60;
/** Most edges that come into the program at once, per city. */
const EDGES = 1;
/** A round of cuts stalls when it closes less than this share of the gap. */
const PROGRESS = 0.01;
/** Stalled rounds in a row after which a node is split: at the root, and elsewhere. */
const PATIENCE_ROOT = 8;
const PATIENCE = 3;
/** Rounds between two pricings, and between two purges. */
const PRICE_EVERY = 6;
const PURGE_EVERY = 10;
/** Purges in a row in which a cut is slack before it is dropped. */
const AGE = 1;
/** Dropped cuts that are remembered. */
const POOL = 4000;
/** Smallest cut-off from 0 and 1 at which a value counts as fractional. */
const WHOLE = 1e-6;

/** Runs the linear program to its end, a part at a time. */
export function* solveRelaxation(relaxation: Relaxation, most = Infinity): Events<Status> {
  for (let left = most; ;) {
    const status = relaxation.run(Math.min(PIVOTS, left));
    const pivots = relaxation.pivots();
    left -= pivots;
    yield pivots;
    if (status !== 'limit' || left <= 0) return status;
  }
}

/**
 * @param decided what the node's edges are set to; the relaxation's bounds are set so already.
 * @param bound known of the node.
 */
export function* processNode(
  work: Work,
  decided: Fixings,
  start: { bound: number; multipliers: Multipliers | null },
  isRoot: boolean,
): Events<Processed> {
  const { space, relaxation, pricing, pool } = work;
  const { n, integral } = space;
  let { bound, multipliers } = start;
  let stalled = 0;
  let objective = -Infinity;
  let before = -Infinity;
  let level = 0;
  const known = (a: number, b: number) => relaxation.has(a, b);

  /** Proves what the multipliers prove; brings in the edges that are missing. */
  function* price(raw: Multipliers): Events<Priced> {
    const rounded = roundMultipliers(raw, integral);
    const priced = pricing.evaluate(rounded, decided, known);
    const value = integral ? Math.ceil(priced.bound - 1e-6) + 0 : priced.bound;
    if (value > bound) {
      bound = value;
      multipliers = rounded;
      yield* work.onBound(bound, rounded, PROOFS[level]);
    }
    enter(priced);
    return priced;
  }

  function enter({ negative }: Priced): void {
    if (negative.length === 0) return;
    const edges = negative.slice(0, Math.max(50, EDGES * n));
    relaxation.addEdges(edges.map((at) => ({ a: Math.floor(at / n), b: at % n })));
  }

  /** Infeasible over the edges at hand: brings in more, or proves it of all. Stuck: null. */
  function* refute(): Events<'edges' | 'pruned' | null> {
    const ray = relaxation.ray();
    if (!ray) return null;
    for (const sign of [1, -1]) {
      const cut = ray.cut.map((value) => Math.max(0, sign * value));
      const signed = { city: ray.city.map((value) => sign * value), cuts: ray.cuts, cut };
      const priced = pricing.evaluate(signed, decided, known, false);
      if (priced.bound > 1e-6) {
        // Scaled until it outweighs the best tour.
        const scale = (2 * work.upper() + 2) / priced.bound;
        yield* price({
          city: signed.city.map((value) => value * scale),
          cuts: ray.cuts,
          cut: cut.map((value) => value * scale),
        });
        return bound > work.limit() ? 'pruned' : null;
      }
      // With the right sign the edges at hand alone are refuted.
      if (priced.bound - priced.missing > 1e-6) {
        enter(priced);
        return 'edges';
      }
    }
    return null;
  }

  for (let round = 1; ; round++) {
    const status = yield* solveRelaxation(relaxation);
    if (status === 'infeasible') {
      const outcome = yield* refute();
      if (outcome === 'edges') continue;
      if (outcome === 'pruned') return { bound, multipliers, objective, x: null };
      return { bound, multipliers, objective, x: null, stuck: true };
    }
    objective = relaxation.objective();
    const { x, multipliers: dual } = relaxation.solution();
    yield* work.onRound(objective, relaxation.cuts.length);
    yield* work.search();
    if (objective > work.limit() || round % PRICE_EVERY === 0) {
      const { negative } = yield* price(dual);
      if (bound > work.limit()) return { bound, multipliers, objective, x: null };
      if (negative.length > 0) continue;
    }

    const share = (objective - before) / Math.max(1e-9, work.upper() - objective);
    stalled = share < PROGRESS ? stalled + 1 : 0;
    before = Math.max(before, objective);
    const support = makeSupport(n, relaxation.a, relaxation.b, x, relaxation.count);
    const cuts = stalled > (isRoot ? PATIENCE_ROOT : PATIENCE) ? [] : yield* separate(support);
    if (cuts.length > 0) {
      if (round % PURGE_EVERY === 0) {
        for (const cut of relaxation.purge(AGE)) if (pool.size < POOL) pool.set(cut.key, cut);
      }
      relaxation.addCuts(cuts);
      continue;
    }
    const { negative } = yield* price(dual);
    if (bound > work.limit()) return { bound, multipliers, objective, x: null };
    if (negative.length > 0) {
      stalled = 0;
      continue;
    }
    if (x.every((value) => value < WHOLE || value > 1 - WHOLE)) {
      yield* work.tell(walk(n, support.start, support.to));
      return { bound, multipliers, objective, x: null };
    }
    return { bound, multipliers, objective, x };
  }

  function* separate(support: ReturnType<typeof makeSupport>): Events<Cut[]> {
    const marks = new Uint8Array(n);
    const present = new Set(relaxation.cuts.map(({ key }) => key));
    const cuts: Cut[] = [];
    for (const cut of pool.values())
      if (!present.has(cut.key) && violation(support, cut, marks) > SLACK) {
        cuts.push(cut);
        pool.delete(cut.key);
      }
    if (cuts.length > 0) return cuts.slice(0, 4 * CUTS);
    const subtours = separateSubtours(support).filter(({ key }) => !present.has(key));
    yield 0;
    if (subtours.length > 0) {
      level = Math.max(level, 1);
      if (subtours.length > 10) return subtours;
    }
    const tight = relaxation.cuts
      .filter(({ sets }) => sets.length === 1)
      .map(({ sets }) => sets[0]);
    const combs = (yield* separateCombs(support, tight, work.rng)).filter(
      ({ key }) => !present.has(key),
    );
    if (combs.length > 0) level = 2;
    return [...subtours, ...combs.slice(0, CUTS)];
  }
}

const PROOFS = [
  'linear relaxation (2-factors)',
  'linear relaxation with subtours',
  'linear relaxation with subtours, blossoms and combs',
];

/** The cities of a support that is one cycle, in order. */
function walk(n: number, start: Int32Array, to: Int32Array): Int32Array {
  const tour = new Int32Array(n);
  let before = -1;
  let city = 0;
  for (let at = 0; at < n; at++) {
    tour[at] = city;
    const next = to[start[city]] === before ? to[start[city] + 1] : to[start[city]];
    before = city;
    city = next;
  }
  return tour;
}
