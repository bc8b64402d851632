/** AB-cycles: what two tours differ in, as closed walks that take edges of one and the other by turns. */
import type { Rng } from '../../../src/core/rng.ts';

export interface AbCycles {
  /** The cities of cycle c are `cities[starts[c]] … cities[starts[c + 1] − 1]`. */
  readonly cities: Int32Array;
  readonly starts: Int32Array;
  /** How many there are. */
  count: number;
  /**
   * Splits the edges that only one of two tours has into cycles at random (Nagata & Kobayashi
   * 2013, §3): from the first city of a cycle to the second goes an edge of A, on to the third
   * one of B, and so on; the last edge, back to the first, is of B. O(n).
   * @param a @param b the two neighbours of city i at 2i and 2i + 1.
   */
  split(a: Int32Array, b: Int32Array, rng: Rng): void;
}

export function createAbCycles(n: number): AbCycles {
  const cities = new Int32Array(2 * n);
  const starts = new Int32Array(n + 1);
  // Edges left: neighbours by city, of A in [0, 2n), of B behind.
  const left = new Int32Array(4 * n);
  const degree = new Uint8Array(2 * n);
  const path = new Int32Array(2 * n + 2);
  // Where a city stands on the path, by the parity of its place; −1 if nowhere.
  const place = new Int32Array(2 * n).fill(-1);

  /** Takes the edge of a kind between two cities away. */
  function remove(kind: number, from: number, to: number): void {
    const at = kind * n + from;
    if (left[2 * at] === to) left[2 * at] = left[2 * at + 1];
    degree[at]--;
  }

  function split(a: Int32Array, b: Int32Array, rng: Rng): void {
    for (let city = 0; city < n; city++) {
      const [a0, a1, b0, b1] = [a[2 * city], a[2 * city + 1], b[2 * city], b[2 * city + 1]];
      let count = 0;
      if (a0 !== b0 && a0 !== b1) left[2 * city + count++] = a0;
      if (a1 !== b0 && a1 !== b1) left[2 * city + count++] = a1;
      degree[city] = count;
      count = 0;
      const at = 2 * (n + city);
      if (b0 !== a0 && b0 !== a1) left[at + count++] = b0;
      if (b1 !== a0 && b1 !== a1) left[at + count++] = b1;
      degree[n + city] = count;
    }
    let used = 0;
    cycles.count = 0;
    const first = rng.int(n);
    for (let turn = 0; turn < n; turn++) {
      const origin = first + turn < n ? first + turn : first + turn - n;
      while (degree[origin] > 0) {
        // The edge out of place t is of A where t is even. Every city has as many edges left of A
        // as of B, so the path never ends but in a cycle.
        let last = 0;
        path[0] = origin;
        place[2 * origin] = 0;
        do {
          const kind = last & 1;
          const city = path[last];
          const at = kind * n + city;
          const next = left[2 * at + (degree[at] === 2 ? rng.int(2) : 0)];
          remove(kind, city, next);
          remove(kind, next, city);
          path[++last] = next;
          const met = place[2 * next + (last & 1)];
          if (met < 0) {
            place[2 * next + (last & 1)] = last;
            continue;
          }
          starts[cycles.count++] = used;
          // One from an odd place begins with an edge of B: turned by one place it does not.
          const shift = met & 1;
          for (let t = met + shift; t < last + shift; t++) cities[used++] = path[t];
          for (let t = met + 1; t < last; t++) place[2 * path[t] + (t & 1)] = -1;
          last = met;
        } while (last > 0);
        place[2 * origin] = -1;
      }
    }
    starts[cycles.count] = used;
  }

  const cycles = { cities, starts, count: 0, split };
  return cycles;
}
