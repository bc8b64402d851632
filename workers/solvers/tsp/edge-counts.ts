/** How many tours of a population have an edge: a hash table with linear probing. */

export interface EdgeCounts {
  get(i: number, j: number): number;
  /** @param change added to the edge's count. */
  add(i: number, j: number, change: number): void;
}

/** @param n cities, at most 46 000 (pairs are 32-bit keys). @param edges different ones expected. */
export function createEdgeCounts(n: number, edges: number): EdgeCounts {
  let size = 1024;
  while (size < 2 * edges) size *= 2;
  let keys = new Int32Array(size).fill(-1);
  let counts = new Int32Array(size);
  let used = 0;

  function slotOf(key: number): number {
    let at = (Math.imul(key, 0x9e3779b1) >>> 8) & (size - 1);
    while (keys[at] !== key && keys[at] >= 0) at = (at + 1) & (size - 1);
    return at;
  }
  const keyOf = (i: number, j: number): number => (i < j ? i * n + j : j * n + i);

  /** Leaves out edges that no tour has any more. */
  function rebuild(): void {
    const [oldKeys, oldCounts] = [keys, counts];
    let live = 0;
    for (let at = 0; at < oldCounts.length; at++) if (oldCounts[at] !== 0) live++;
    while (size < 4 * live) size *= 2;
    keys = new Int32Array(size).fill(-1);
    counts = new Int32Array(size);
    used = live;
    for (let at = 0; at < oldKeys.length; at++) {
      if (oldCounts[at] === 0) continue;
      const slot = slotOf(oldKeys[at]);
      keys[slot] = oldKeys[at];
      counts[slot] = oldCounts[at];
    }
  }

  return {
    get: (i, j) => counts[slotOf(keyOf(i, j))],
    add(i, j, change) {
      const key = keyOf(i, j);
      let at = slotOf(key);
      if (keys[at] < 0) {
        if (2 * (used + 1) > size) {
          rebuild();
          at = slotOf(key);
        }
        keys[at] = key;
        used++;
      }
      counts[at] += change;
    },
  };
}
