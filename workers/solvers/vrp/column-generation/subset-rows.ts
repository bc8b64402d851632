/**
 * Subset-row cuts of three customers (Jepsen, Petersen, Spoorendonk & Pisinger 2008) with limited
 * node memory (Pecin, Pessoa, Poggi & Uchoa 2017): at most one route of a plan visits two or more of
 * the three. A route counts once for every second visit; outside its memory a cut forgets a single
 * visit, which only weakens it.
 */
import type { RowPrices } from './labels.ts';
import type { Column, Cut } from './master.ts';

export interface SubsetRow extends Cut {
  /** By node: 1 is one of the three; 1 the cut remembers there. */
  inside: Uint8Array;
  memory: Uint8Array;
}

const LEAST_VIOLATION = 0.03;
const NOTHING = 1e-6;

function rowOf(inside: Uint8Array, memory: Uint8Array): SubsetRow {
  return {
    inside,
    memory,
    lower: -Infinity,
    upper: 1,
    coefficient({ stops }) {
      let odd = 0;
      let count = 0;
      for (const customer of stops) {
        if (memory[customer] === 0) odd = 0;
        else if (inside[customer] === 1) {
          count += odd;
          odd = 1 - odd;
        }
      }
      return count;
    },
  };
}

/**
 * The most violated cuts among all triples, each customer in few of them; the memory of each is what
 * the routes at hand need, or everything. O(n³ + n² · columns)
 */
export function separateSubsetRows(
  size: number,
  columns: readonly Column[],
  values: Float64Array,
  most: number,
  forgetful: boolean,
  known: Set<string>,
): SubsetRow[] {
  const active = columns.flatMap(({ stops: route }, column) =>
    values[column] > NOTHING && values[column] < 1 - NOTHING
      ? [{ route, value: values[column], visits: visitsOf(size, route) }]
      : [],
  );
  // Routes that visit both, by value.
  const together = new Float64Array(size * size);
  for (const { route, value } of active) {
    const distinct = [...new Set(route)];
    for (const i of distinct) for (const j of distinct) together[i * size + j] += value;
  }
  const found: { triple: readonly [number, number, number]; violation: number }[] = [];
  for (let i = 1; i < size; i++)
    for (let j = i + 1; j < size; j++)
      for (let k = j + 1; k < size; k++) {
        const pairs = together[i * size + j] + together[i * size + k] + together[j * size + k];
        if (pairs < 1 + LEAST_VIOLATION) continue;
        let sum = 0;
        for (const { value, visits } of active)
          sum += value * ((visits[i] + visits[j] + visits[k]) >> 1);
        if (sum > 1 + LEAST_VIOLATION) found.push({ triple: [i, j, k], violation: sum - 1 });
      }
  found.sort((a, b) => b.violation - a.violation);
  const used = new Int32Array(size);
  const chosen: SubsetRow[] = [];
  for (const { triple } of found) {
    if (chosen.length >= most) break;
    if (triple.some((customer) => used[customer] >= 5)) continue;
    const inside = new Uint8Array(size);
    for (const customer of triple) inside[customer] = 1;
    const memory = forgetful ? inside.slice() : new Uint8Array(size).fill(1);
    if (forgetful) for (const { route } of active) remember(memory, inside, route);
    const key = `${triple.join()}:${memory.join('')}`;
    if (known.has(key)) continue;
    known.add(key);
    for (const customer of triple) used[customer]++;
    chosen.push(rowOf(inside, memory));
  }
  return chosen;
}

function visitsOf(size: number, route: readonly number[]): Uint8Array {
  const visits = new Uint8Array(size);
  for (const customer of route) visits[customer]++;
  return visits;
}

/** Adds the customers between the first and second, third and fourth … visit to the subset. */
function remember(memory: Uint8Array, inside: Uint8Array, route: readonly number[]): void {
  let open = -1;
  route.forEach((customer, position) => {
    if (inside[customer] === 0) return;
    if (open < 0) open = position;
    else {
      for (let between = open; between < position; between++) memory[route[between]] = 1;
      open = -1;
    }
  });
}

/** The cuts with a price as bits of labels. @param duals at most 0 */
export function rowPrices(
  size: number,
  rows: readonly { row: SubsetRow; dual: number }[],
): RowPrices {
  const words = (rows.length + 31) >> 5;
  const inside = new Int32Array(size * words);
  const keep = new Int32Array(size * words);
  const penalty = new Float64Array(words * 32);
  rows.forEach(({ row, dual }, index) => {
    const word = index >> 5;
    const bit = 1 << (index & 31);
    penalty[index] = -dual;
    for (let i = 1; i < size; i++) {
      if (row.inside[i] === 1) inside[i * words + word] |= bit;
      if (row.memory[i] === 1) keep[i * words + word] |= bit;
    }
  });
  return { words, inside, keep, penalty };
}
