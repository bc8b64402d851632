/**
 * What one machine as a whole says of its operations' windows, on either side: sums over decided
 * predecessors, edge finding, not-last (not-first on the other side). After Carlier & Pinson 1989,
 * Baptiste, Le Pape & Nuijten 2001 and Vilím 2007.
 */
import { decide, raise, type Space } from './space.ts';
import {
  build,
  clearTree,
  createTree,
  dropGrey,
  grey,
  insert,
  removePlain,
  setLeaf,
  type ThetaTree,
} from './tree.ts';

/** Orders of a machine's slots, kept from call to call since they change little, and scratch. */
export interface Sorter {
  /** On side s at s · n + from[m]: slots by rising time, and by rising time + duration. */
  byTime: Int32Array;
  byEnd: Int32Array;
  /** By slot, as they were before a rule: its leaf in the tree and the times of either side. */
  leaf: Int32Array;
  times: readonly [Int32Array, Int32Array];
  tree: ThetaTree;
}

export function createSorter(space: Space): Sorter {
  const { operations: n, from } = space;
  let largest = 1;
  for (let m = 0; m + 1 < from.length; m++) largest = Math.max(largest, from[m + 1] - from[m]);
  const slots = new Int32Array(2 * n);
  for (let side = 0; side < 2; side++)
    for (let m = 0; m + 1 < from.length; m++)
      for (let at = from[m]; at < from[m + 1]; at++) slots[side * n + at] = at - from[m];
  return {
    byTime: slots,
    byEnd: slots.slice(),
    leaf: new Int32Array(largest),
    times: [new Int32Array(largest), new Int32Array(largest)],
    tree: createTree(largest),
  };
}

/** Insertion sort: nearly sorted as a rule. */
function sort(space: Space, sorter: Sorter, m: number, side: number): void {
  const { time, duration, members, from } = space;
  const { byTime, byEnd } = sorter;
  const offset = side * space.operations;
  const start = from[m];
  const low = offset + start;
  const high = offset + from[m + 1];
  const times = sorter.times[side];
  for (let slot = 0; slot < high - low; slot++) times[slot] = time[offset + members[start + slot]];
  for (let i = low + 1; i < high; i++) {
    const slot = byTime[i];
    const key = times[slot];
    let j = i - 1;
    for (; j >= low && times[byTime[j]] > key; j--) byTime[j + 1] = byTime[j];
    byTime[j + 1] = slot;
  }
  for (let i = low + 1; i < high; i++) {
    const slot = byEnd[i];
    const key = times[slot] + duration[members[start + slot]];
    let j = i - 1;
    for (; j >= low; j--) {
      if (times[byEnd[j]] + duration[members[start + byEnd[j]]] <= key) break;
      byEnd[j + 1] = byEnd[j];
    }
    byEnd[j + 1] = slot;
  }
}

/** An operation starts after all that go before it have run one after another. O(size²). */
function afterAllBefore(space: Space, sorter: Sorter, m: number, side: number): boolean {
  const { duration, members, order } = space;
  const offset = side * space.operations;
  const sign = side === 0 ? 1 : -1;
  const start = space.from[m];
  const size = space.from[m + 1] - start;
  const low = offset + start;
  const heads = sorter.times[side];
  for (let b = 0; b < size; b++) {
    const row = space.square[m] + b * size;
    let end = 0;
    for (let i = 0; i < size; i++) {
      const a = sorter.byTime[low + i];
      if (order[row + a] * sign >= 0) continue;
      const ready = heads[a];
      end = (end > ready ? end : ready) + duration[members[start + a]];
    }
    if (end > heads[b] && !raise(space, offset + members[start + b], end)) return false;
  }
  space.work += size * size;
  return true;
}

/** i goes after all of Θ when Θ with i could not end in time for Θ's last. O(size · log size). */
function edgeFinding(space: Space, sorter: Sorter, m: number, side: number): boolean {
  const { duration, members, operations: n, limit } = space;
  const { tree, leaf, byTime } = sorter;
  const offset = side * n;
  const start = space.from[m];
  const size = space.from[m + 1] - start;
  const low = offset + start;
  const lowOther = n - offset + start;
  const heads = sorter.times[side];
  const tails = sorter.times[1 - side];
  clearTree(tree, size);
  for (let i = 0; i < size; i++) {
    const slot = byTime[low + i];
    leaf[slot] = i;
    setLeaf(tree, i, heads[slot], duration[members[start + slot]]);
  }
  build(tree);
  space.work += 12 * size;
  // Deadlines from late to early: times of the other side from small to large.
  for (let i = 0; i + 1 < size; i++) {
    const last = byTime[lowOther + i];
    if (tree.end[1] + tails[last] > limit) return false;
    grey(tree, leaf[last]);
    const room = limit - tails[byTime[lowOther + i + 1]];
    while (tree.greyEnd[1] > room && tree.end[1] <= room) {
      const late = tree.endBy[1];
      const slot = byTime[low + late];
      if (!raise(space, offset + members[start + slot], tree.end[1])) return false;
      for (let k = i + 1; k < size; k++) {
        const early = byTime[lowOther + k];
        if (!(side === 0 ? decide(space, m, early, slot) : decide(space, m, slot, early)))
          return false;
      }
      dropGrey(tree, late);
      space.work += size;
    }
  }
  return true;
}

/**
 * i is not last of Θ and i when Θ ends too late for that; so it ends before the latest start in Θ.
 * O(size · log size).
 */
function notLast(space: Space, sorter: Sorter, m: number, side: number): boolean {
  const { duration, members, operations: n, limit } = space;
  const { tree, leaf, byTime, byEnd } = sorter;
  const offset = side * n;
  const opposite = n - offset;
  const start = space.from[m];
  const size = space.from[m + 1] - start;
  const low = offset + start;
  const lowOther = opposite + start;
  const heads = sorter.times[side];
  const tails = sorter.times[1 - side];
  for (let i = 0; i < size; i++) leaf[byTime[low + i]] = i;
  clearTree(tree, size);
  space.work += 10 * size;
  let next = size - 1;
  /** Time from the latest start in Θ to the makespan. */
  let reach = 0;
  for (let i = size - 1; i >= 0; i--) {
    const slot = byTime[lowOther + i];
    const operation = members[start + slot];
    const tail = tails[slot];
    for (; next >= 0; next--) {
      const other = byEnd[lowOther + next];
      const time = duration[members[start + other]];
      if (tails[other] + time <= tail) break;
      insert(tree, leaf[other], heads[other], time);
      reach = tails[other] + time;
    }
    const room = limit - tail - duration[operation];
    if (reach <= tail || tree.end[1] <= room) continue;
    let end = tree.end[1];
    if (duration[operation] > 0) {
      removePlain(tree, leaf[slot]);
      end = tree.end[1];
      insert(tree, leaf[slot], heads[slot], duration[operation]);
    }
    if (end > room && !raise(space, opposite + operation, reach)) return false;
  }
  return true;
}

/** Looks at one machine from both sides. @returns false on a contradiction. */
export function propagateMachine(space: Space, sorter: Sorter, m: number): boolean {
  sort(space, sorter, m, 0);
  sort(space, sorter, m, 1);
  for (let side = 0; side < 2; side++) {
    if (!afterAllBefore(space, sorter, m, side)) return false;
    if (space.queued > 0) return true;
  }
  for (let side = 0; side < 2; side++) {
    if (!edgeFinding(space, sorter, m, side)) return false;
    if (space.queued > 0) return true;
  }
  for (let side = 0; side < 2; side++) {
    if (!notLast(space, sorter, m, side)) return false;
    if (space.queued > 0) return true;
  }
  return true;
}
