/**
 * Drop and refill for the kinds beyond the plain one. Each kind keeps its own solution and knows how
 * to drop a part of it and fill up again; the search around it is the same.
 */
import type { Rng } from '../../../../src/core/rng.ts';
import type { SolveContext, SolverRun, SolverYield } from '../../../../src/core/solver.ts';
import type { Packed, Solution } from '../../../../src/problems/knapsack/instance.ts';
import type { ParamsOf } from '../../../../src/core/params.ts';
import type { searchParams } from '../../../../src/problems/knapsack/solvers.ts';
import { objectiveOfVariant, rootBoundOf } from './bounds.ts';
import { createBins } from './bins.ts';
import { createClasses } from './classes.ts';
import { createQuadratic } from './quadratic.ts';
import { createRobust } from './robust.ts';
import { createSacks } from './sacks.ts';
import { createUnion } from './union.ts';

/** A solution that is changed in place; profits and bins in packed units. */
export interface Exchange {
  /** What the search maximises: the objective, finer where that is flat. */
  value(): number;
  /** The objective; NaN while there is no feasible solution. */
  objective(): number;
  /** Drops about `count` items and fills up again, with chance. */
  move(count: number, rng: Rng): void;
  save(): void;
  restore(): void;
  solution(): Solution;
  load(solution: Solution): void;
}

/** Moves without a new best, per unit of memory, after which the search is shaken. */
const PATIENCE = 100;
const TRACE = 256;
/** Items looked at in a chunk of moves: about 1 ms. */
const WORK = 1 << 14;

/** The greedy solution of a kind, ready to be changed. O(n log n) or a little more. */
export function createExchange(packed: Packed): Exchange {
  switch (packed.kind) {
    case 'multiple':
      return createSacks(packed);
    case 'quadratic':
      return createQuadratic(packed);
    case 'set-union':
      return createUnion(packed);
    case 'bin-packing':
      return createBins(packed);
    case 'robust':
    case 'recourse':
      return createRobust(packed);
    default:
      return createClasses(packed);
  }
}

export const boundEvent = (packed: Packed, value: number, proof: string) => ({
  kind: 'bound' as const,
  value: objectiveOfVariant(packed, value),
  proof,
});

/** The greedy solution, the warm start if better, and the bound of the root. */
export function* startExchange(
  packed: Packed,
  warmStart: Solution | undefined,
): Generator<SolverYield<Solution>, { exchange: Exchange; best: number; bound: number }, void> {
  const exchange = createExchange(packed);
  let best = -Infinity;
  if (exchange.objective() > best) {
    best = exchange.objective();
    yield incumbent(packed, exchange, best);
  }
  if (warmStart) {
    exchange.save();
    exchange.load(warmStart);
    if (exchange.objective() > best) {
      best = exchange.objective();
      yield incumbent(packed, exchange, best);
    } else exchange.restore();
  }
  const { value, proof } = rootBoundOf(packed);
  if (Number.isFinite(value)) yield boundEvent(packed, value, proof);
  return { exchange, best, bound: value };
}

const incumbent = (packed: Packed, exchange: Exchange, best: number) => ({
  kind: 'incumbent' as const,
  solution: exchange.solution(),
  objective: objectiveOfVariant(packed, best),
});

/** Late acceptance (Burke & Bykov 2017) over drops and refills. */
export interface Acceptance {
  /** One move; whether the objective is the best so far. */
  move(rng: Rng): boolean;
  /** The best objective met, or told of. */
  best: number;
}

export function createAcceptance(
  exchange: Exchange,
  best: number,
  { drop, memory }: { drop: number; memory: number },
): Acceptance {
  const history = new Float64Array(memory).fill(exchange.value());
  let current = exchange.value();
  let lastBest = 0;
  let moves = 0;
  const acceptance: Acceptance = {
    best,
    move(rng) {
      const slot = moves % memory;
      const shaken = moves - lastBest > memory * PATIENCE;
      exchange.save();
      exchange.move(shaken ? 3 * drop : 1 + rng.int(drop), rng);
      const value = exchange.value();
      if (shaken || value >= current || value >= history[slot]) current = value;
      else exchange.restore();
      if (shaken) {
        lastBest = moves;
        history.fill(current);
      }
      history[slot] = current;
      const objective = exchange.objective();
      const improved = objective > acceptance.best;
      if (improved) {
        acceptance.best = objective;
        lastBest = moves;
      }
      moves++;
      return improved;
    },
  };
  return acceptance;
}

/** Late acceptance from the greedy solution on. One step is one move. */
export function* searchExchange(
  packed: Packed,
  context: SolveContext<ParamsOf<typeof searchParams>, Solution>,
): SolverRun<Solution> {
  const { rng, params, budget } = context;
  const start = yield* startExchange(packed, context.warmStart);
  const { exchange } = start;
  const search = createAcceptance(exchange, start.best, params);
  const chunk = Math.max(1, Math.floor(WORK / (packed.n + 1)));
  for (let move = 0; ;) {
    const moves = budget.chunk(chunk);
    let done = 0;
    let improved = false;
    while (done < moves && !improved) {
      improved = search.move(rng);
      move++;
      done++;
      if (move % TRACE === 0) break;
    }
    if (improved) yield incumbent(packed, exchange, search.best);
    if (move % TRACE === 0)
      yield {
        kind: 'trace',
        row: [exchange.objective(), search.best].map((value) => objectiveOfVariant(packed, value)),
      };
    yield done;
  }
}

/** The greedy solution and the root bound alone. One step. */
export function* greedyExchange(packed: Packed): SolverRun<Solution> {
  yield* startExchange(packed, undefined);
  yield 1;
  return { reason: 'exhausted' };
}
