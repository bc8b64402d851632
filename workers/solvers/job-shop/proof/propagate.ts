/** Propagation to a fixpoint: single times first, then whole machines, then nogoods. */
import { propagateMachine, type Sorter } from './machine.ts';
import { learnt, type Nogoods } from './nogoods.ts';
import { passAll, type Space } from './space.ts';

export interface Propagator {
  space: Space;
  sorter: Sorter;
  nogoods: Nogoods;
}

/** @returns false on a contradiction; changes are then left half done, for `undo`. */
export function propagate({ space, sorter, nogoods }: Propagator): boolean {
  for (;;) {
    if (!passAll(space)) return false;
    if (space.seen < space.decidedCount) {
      if (!learnt(space, nogoods)) return false;
    } else if (space.dirtyCount > 0) {
      const m = space.dirty[--space.dirtyCount];
      space.isDirty[m] = 0;
      if (!propagateMachine(space, sorter, m)) return false;
      // Its own changes mark it again.
    } else if (space.queued === 0) return true;
  }
}
