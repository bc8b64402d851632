/**
 * Local search after a ruin and recreate, over the vertices that it has just touched and no others
 * (selective vertex caching, Accorsi & Vigo 2021): what a step costs does not grow with the plan.
 */
import type { Neighbours } from '../../../../src/core/neighbours.ts';
import type { Model } from '../model.ts';
import { createMoves } from './moves.ts';
import { createVertexCache } from './vertex-cache.ts';
import type { WorkingPlan } from './working-plan.ts';

/** Neighbours each vertex is moved to, at most. */
export const GRANULAR = 8;

/** The moves know capacities alone. */
export const descends = ({ timed, maxDuration }: Model): boolean =>
  !timed && maxDuration === Infinity;

export interface Descent {
  /** A ruin begins. */
  begin(): void;
  /** Customers in a row that are about to be taken out, from `first` on. */
  noteCut(first: number, length: number): void;
  /**
   * Makes moves until no vertex in the cache has one.
   * @param absent those that were taken out, of whom `absents` count
   */
  run(absent: Int32Array, absents: number): void;
  /** The routes touched in this step are no longer as they were indexed. */
  outdate(): void;
  /** The plan is another one. */
  clear(): void;
}

/** @param room vertices in the cache, at most. */
export function createDescent(
  model: Model,
  neighbours: Neighbours,
  plan: WorkingPlan,
  room: number,
): Descent {
  const { n } = model;
  const { next, prev, routeOf, touched } = plan;
  const moves = createMoves(model, neighbours, plan, GRANULAR);
  const cache = createVertexCache(n, room);
  /** Of every cut: the node before, the first and the last taken, the node behind. */
  const ends = new Int32Array(4 * n);
  let cuts = 0;
  /** Neighbours of a customer when it was taken out. */
  const wasBefore = new Int32Array(n + 1);
  const wasBehind = new Int32Array(n + 1);

  const touch = (node: number): void => {
    if (node <= n) cache.recall(node);
  };

  function outdate(): void {
    for (let i = 0; i < plan.touches; i++) moves.outdate(touched[i]);
  }

  return {
    begin() {
      cuts = 0;
    },
    noteCut(first, length) {
      let node = first;
      let last = first;
      for (let i = 0; i < length; i++) {
        wasBefore[node] = prev[node];
        wasBehind[node] = next[node];
        last = node;
        node = next[node];
      }
      ends[cuts++] = prev[first];
      ends[cuts++] = first;
      ends[cuts++] = last;
      ends[cuts++] = node;
    },
    run(absent, absents) {
      outdate();
      for (let i = 0; i < cuts; i += 4) {
        if (next[ends[i]] !== ends[i + 1]) touch(ends[i]);
        if (prev[ends[i + 3]] !== ends[i + 2]) touch(ends[i + 3]);
      }
      for (let i = 0; i < absents; i++) {
        const c = absent[i];
        if (routeOf[c] < 0 || (prev[c] === wasBefore[c] && next[c] === wasBehind[c])) continue;
        touch(prev[c]);
        touch(next[c]);
        touch(c);
      }
      while (cache.size > 0) {
        const c = cache.takeOldest();
        const move = routeOf[c] >= 0 ? moves.find(c) : null;
        if (move) moves.make(move, touch);
      }
    },
    outdate,
    clear() {
      for (let route = 0; route < n; route++) moves.outdate(route);
    },
  };
}
