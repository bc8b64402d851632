/**
 * Descent over granular neighbourhoods (Toth & Vigo 2003; Vidal 2012) in steps that can be
 * interrupted: one step is one customer against all its neighbours, or one pair of routes in SWAP*.
 */
import type { Neighbours } from '../../../../src/core/neighbours.ts';
import { shuffle, type Rng } from '../../../../src/core/rng.ts';
import type { Model } from '../model.ts';
import { createMoves } from './moves.ts';
import { createSwapStar } from './swap-star.ts';
import type { Giant, Tours } from './tours.ts';

export interface LocalSearch {
  /** Starts from a plan, at the rates the tours have. O(n). */
  start(plan: Giant): void;
  /** At most so many steps; returns how many were done: fewer only when a local optimum is reached. */
  advance(steps: number): number;
  readonly finished: boolean;
}

export function createLocalSearch(
  model: Model,
  matrix: Int32Array,
  tours: Tours,
  granular: Neighbours,
  rng: Rng,
): LocalSearch {
  const { n } = model;
  const moves = createMoves(model, matrix, tours);
  const swapStar = createSwapStar(model, matrix, tours);
  const { list, k } = granular;
  const { prev, next, routeOf, changed } = tours;
  const order = new Int32Array(n);
  for (let i = 0; i < n; i++) order[i] = i + 1;
  /** Changes made when the customer was last looked at. */
  const looked = new Int32Array(n + 1);

  let at = 0;
  let round = 0;
  let improved = false;
  let swapping = false;
  let finished = true;

  function lookAt(u: number): void {
    const since = looked[u];
    looked[u] = tours.changes;
    for (let s = 0; s < k; s++) {
      const v = list[u * k + s];
      if (round > 0 && changed[routeOf[u]] <= since && changed[routeOf[v]] <= since) continue;
      if (moves.improve(u, v)) improved = true;
      else if (prev[v] > n && prev[v] !== prev[u] && moves.improve(u, prev[v])) improved = true;
    }
    // Empty routes wait for the second round, when there is less left to move.
    if (round === 0) return;
    const empty = tours.emptyDepot();
    if (empty >= 0 && prev[u] !== next[u] && moves.improve(u, empty)) improved = true;
  }

  return {
    start(plan) {
      tours.load(plan);
      shuffle(order, rng);
      looked.fill(-1);
      at = 0;
      round = 0;
      improved = false;
      swapping = false;
      finished = false;
      swapStar.reset();
    },
    advance(steps) {
      let done = 0;
      while (done < steps && !finished) {
        if (swapping) {
          const used = swapStar.advance(steps - done);
          done += used;
          if (!swapStar.finished) continue;
          swapping = false;
          at = 0;
          round++;
          if (swapStar.improved) continue;
          finished = true;
          break;
        }
        lookAt(order[at++]);
        done++;
        if (at < n) continue;
        at = 0;
        const again = improved || round === 0;
        improved = false;
        if (again) round++;
        else {
          swapping = true;
          swapStar.begin();
        }
      }
      return done;
    },
    get finished() {
      return finished;
    },
  };
}
