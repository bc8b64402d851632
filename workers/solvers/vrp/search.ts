/**
 * Slack Induction by String Removals (Christiaens & Vanden Berghe 2020): strings of customers are
 * taken out of neighbouring routes and put back greedily, with blinks. This is the search and its
 * one step, in WebAssembly where there is, else by its twin in TypeScript, with the same outcome bit
 * for bit; the schedule around it is in sisr.ts.
 */
import type { Neighbours } from '../../../src/core/neighbours.ts';
import type { Rng } from '../../../src/core/rng.ts';
import type { Model } from './model.ts';
import { createKernelSearch } from './ruin/kernel.ts';
import { createTwin } from './ruin/twin.ts';

export interface SearchOptions {
  /** Mean number of customers removed per step. */
  meanRemoved: number;
  /** Longest string. */
  maxString: number;
  /** Chance that an improving insertion place is overlooked. */
  blink: number;
  /**
   * Most vertices in the cache of the local search after a recreate; 0 or none for no local search.
   * Under windows or a limit of duration there is none.
   */
  cache?: number;
}

export interface Search {
  /**
   * One ruin, recreate and acceptance at this temperature (distance units). Candidates at most
   * `reach` beyond acceptance are improved by local search first; without it none is.
   */
  step(temperature: number, reach?: number): void;
  /** Starts over from a plan; customers in no route are missing. Routes must be feasible. */
  load(routes: readonly (readonly number[])[]): void;
  /** Distance of the accepted plan in distance units, without penalties. */
  readonly cost: number;
  readonly routes: number;
  /** Customers the accepted plan does not serve; only under a fleet limit. */
  readonly missing: number;
  /** Least distance of a plan that serves all; Infinity when there was none. */
  readonly bestCost: number;
  /** The routes of that plan, freshly copied. */
  bestRoutes(): number[][];
  /** The routes of the accepted plan, freshly copied. */
  acceptedRoutes(): number[][];
  /** Goes on from the best plan. */
  restoreBest(): void;
}

/** @param kind `twin` never uses WebAssembly. */
export function createSearch(
  model: Model,
  neighbours: Neighbours,
  rng: Rng,
  options: SearchOptions,
  kind: 'fastest' | 'twin' = 'fastest',
): Search {
  const words = Uint32Array.from({ length: 4 }, () => rng.uint32());
  return (
    (kind === 'twin' ? null : createKernelSearch(model, neighbours, words, options)) ??
    createTwin(model, neighbours, words, options)
  );
}
