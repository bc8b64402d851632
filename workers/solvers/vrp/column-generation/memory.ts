/** What routes remember where: the ng-sets, and how they grow. */
import type { Memory } from './labels.ts';
import type { Column } from './master.ts';
import type { Relaxation } from './network.ts';

/** Most customers remembered at one. */
const LARGEST = 20;

const has = ({ keep, words }: Memory, at: number, customer: number): boolean =>
  (keep[at * words + (customer >> 5)] & (1 << (customer & 31))) !== 0;

function put({ keep, words }: Memory, at: number, customer: number): void {
  keep[at * words + (customer >> 5)] |= 1 << (customer & 31);
}

/**
 * Each customer remembers itself and its nearest. Customers without demand are remembered
 * everywhere: routes could circle among them for ever. O(n² log n)
 */
export function nearestMemory(relaxation: Relaxation, nearest: number): Memory {
  const { size, n } = relaxation;
  // Ways between customers are alike for all kinds, up to a factor; not every way may be gone.
  const { cost, demand } = relaxation.networks[0];
  const way = (i: number, j: number) => Math.min(cost[i * size + j], cost[j * size + i]);
  const words = (size + 31) >> 5;
  const memory: Memory = { words, keep: new Int32Array(size * words) };
  for (let i = 1; i <= n; i++) {
    const others = Array.from({ length: n }, (_, j) => j + 1).sort(
      (a, b) => Number(b === i) - Number(a === i) || way(i, a) - way(i, b) || a - b,
    );
    for (const j of others.slice(0, nearest)) put(memory, i, j);
    for (let j = 1; j <= n; j++) if (demand[j] === 0) put(memory, i, j);
  }
  return memory;
}

/**
 * Forbids the cycles of the routes in use, where the sets have room (Roberti & Mingozzi 2014); how
 * many sets grew.
 */
export function growMemory(
  memory: Memory,
  size: number,
  columns: readonly Column[],
  values: Float64Array,
): number {
  let grown = 0;
  const sizeAt = Int32Array.from({ length: size }, (_, at) => {
    let count = 0;
    for (let i = 1; i < size; i++) if (has(memory, at, i)) count++;
    return count;
  });
  columns.forEach(({ stops: route }, column) => {
    if (values[column] < 1e-6) return;
    const last = new Map<number, number>();
    route.forEach((customer, position) => {
      const before = last.get(customer);
      last.set(customer, position);
      if (before === undefined) return;
      const between = route.slice(before + 1, position);
      if (between.some((at) => !has(memory, at, customer) && sizeAt[at] >= LARGEST)) return;
      for (const at of between) {
        if (has(memory, at, customer)) continue;
        put(memory, at, customer);
        sizeAt[at]++;
        grown++;
      }
    });
  });
  return grown;
}
