/** Incumbents of the classic methods: told only when they are shorter than all before. */
import type { SolverYield } from '../../../../src/core/solver.ts';
import type { TspSolution } from '../../../../src/problems/tsp/check.ts';
import { toCities, tourLength, type Space } from '../space.ts';

export type Events<Value = void> = Generator<SolverYield<TspSolution>, Value, void>;

export interface Teller {
  /** Length of the best tour told. */
  best(): number;
  /** Tells a tour of space indices if it is the shortest so far; it is copied. O(n). */
  tell(tour: Int32Array): Events;
}

export function createTeller(space: Space): Teller {
  let best = Infinity;
  return {
    best: () => best,
    *tell(tour) {
      const objective = tourLength(space, tour);
      if (objective >= best) return;
      best = objective;
      yield { kind: 'incumbent', solution: { tour: toCities(space, tour) }, objective };
    },
  };
}
