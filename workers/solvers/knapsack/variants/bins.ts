/** Bin packing: the classic rules, and a packing that is changed in place. */
import type { Rng } from '../../../../src/core/rng.ts';
import { shuffle } from '../../../../src/core/rng.ts';
import type { Packed, Solution } from '../../../../src/problems/knapsack/instance.ts';
import type { Exchange } from './exchange.ts';

export type FitRule = 'next' | 'first' | 'best' | 'worst';

/** A bin for each item (from 0) by an "any fit" rule in a given order. O(n · bins). */
export function fitBins(
  weights: ArrayLike<number>,
  capacity: number,
  order: ArrayLike<number>,
  rule: FitRule,
): { bins: number; bin: Int32Array } {
  const bin = new Int32Array(weights.length).fill(-1);
  const room: number[] = [];
  for (let k = 0; k < order.length; k++) {
    const w = weights[order[k]];
    let chosen = -1;
    if (rule === 'next') {
      if (room.length > 0 && room[room.length - 1] >= w) chosen = room.length - 1;
    } else
      for (let b = 0; b < room.length; b++) {
        if (room[b] < w) continue;
        if (
          chosen < 0 ||
          (rule === 'best' && room[b] < room[chosen]) ||
          (rule === 'worst' && room[b] > room[chosen])
        )
          chosen = b;
        if (rule === 'first') break;
      }
    if (chosen < 0) {
      chosen = room.length;
      room.push(capacity);
    }
    room[chosen] -= w;
    bin[order[k]] = chosen;
  }
  return { bins: room.length, bin };
}

/** Indices by falling weight. O(n log n). */
export const byWeight = (weights: ArrayLike<number>): Int32Array =>
  Int32Array.from({ length: weights.length }, (_, i) => i).sort(
    (a, b) => weights[b] - weights[a] || a - b,
  );

/** Subsets looked at for one bin of minimum bin slack. */
const SUBSETS = 5000;

/**
 * Minimum bin slack (Gupta & Ho 1999): the heaviest item left opens a bin, and the subset that
 * leaves the least room beside it joins, within a limit of subsets. O(bins · limit).
 */
export function slackBins(
  weights: ArrayLike<number>,
  capacity: number,
): { bins: number; bin: Int32Array } {
  const bin = new Int32Array(weights.length).fill(-1);
  let left = Array.from(byWeight(weights));
  let bins = 0;
  while (left.length > 0) {
    const first = left[0];
    const rest = left.slice(1);
    let best: number[] = [];
    let least = capacity - weights[first];
    let tries = 0;
    const stack: number[] = [];
    const visit = (from: number, room: number): void => {
      if (room < least) {
        least = room;
        best = [...stack];
      }
      for (let k = from; k < rest.length && least > 0 && tries < SUBSETS; k++) {
        const w = weights[rest[k]];
        if (w > room) continue;
        // Equal weights in the same place give the same subsets.
        if (k > from && weights[rest[k - 1]] === w) continue;
        tries++;
        stack.push(rest[k]);
        visit(k + 1, room - w);
        stack.pop();
      }
    };
    visit(0, capacity - weights[first]);
    bin[first] = bins;
    for (const i of best) bin[i] = bins;
    left = rest.filter((i) => bin[i] < 0);
    bins++;
  }
  return { bins, bin };
}

export const packingOf = (bin: ArrayLike<number>): Solution => ({
  counts: new Uint8Array(bin.length).fill(1),
  sacks: Int32Array.from(bin, (b) => b + 1),
});

/**
 * Begins with best fit decreasing. A move empties some bins, the emptier ones rather, and packs
 * their items again; the value is minus the bins plus the mean square of their filling, which
 * prefers full bins beside nearly empty ones (Falkenauer 1996).
 */
export function createBins(packed: Packed): Exchange {
  const { n, weights } = packed;
  const capacity = packed.capacities[0];
  const size = Math.max(1, capacity);
  let bin = fitBins(weights, capacity, byWeight(weights), 'best').bin;
  const room = new Float64Array(n);
  const count = new Int32Array(n);
  let bins = 0;
  const measure = (): void => {
    room.fill(capacity);
    count.fill(0);
    for (let i = 0; i < n; i++) {
      room[bin[i]] -= weights[i];
      count[bin[i]]++;
    }
    bins = 0;
    for (let b = 0; b < n; b++) if (count[b] > 0) bins++;
  };
  measure();
  const saved = bin.slice();
  const loose: number[] = [];
  const key = new Float64Array(n);
  const numbered = (): Int32Array => {
    const number = new Int32Array(n).fill(-1);
    let next = 0;
    return bin.map((b) => {
      if (number[b] < 0) number[b] = next++;
      return number[b];
    });
  };
  return {
    value() {
      let squares = 0;
      for (let b = 0; b < n; b++)
        if (count[b] > 0) {
          const full = 1 - room[b] / size;
          squares += full * full;
        }
      return -bins + squares / (bins + 1);
    },
    objective: () => -bins,
    move(drop, rng) {
      if (n === 0) return;
      loose.length = 0;
      const emptied: number[] = [];
      for (let k = 0; k <= drop; k++) {
        let worst = bin[rng.int(n)];
        for (let tries = 0; tries < 2; tries++) {
          const other = bin[rng.int(n)];
          if (room[other] > room[worst]) worst = other;
        }
        if (!emptied.includes(worst)) emptied.push(worst);
      }
      for (let i = 0; i < n; i++) if (emptied.includes(bin[i])) loose.push(i);
      // Full bins may trade some of their items for heavier loose ones.
      shuffle(loose, rng);
      for (const i of loose) {
        room[bin[i]] += weights[i];
        count[bin[i]]--;
        bin[i] = -1;
      }
      tradeIn(weights, bin, room, count, loose, rng);
      for (const i of loose) key[i] = weights[i] * (0.9 + 0.2 * rng.float());
      loose.sort((a, b) => key[b] - key[a] || a - b);
      for (const i of loose) {
        let chosen = -1;
        let free = -1;
        for (let b = 0; b < n; b++) {
          if (count[b] === 0) {
            if (free < 0) free = b;
          } else if (room[b] >= weights[i] && (chosen < 0 || room[b] < room[chosen])) chosen = b;
        }
        if (chosen < 0) chosen = free;
        bin[i] = chosen;
        if (count[chosen]++ === 0) room[chosen] = capacity;
        room[chosen] -= weights[i];
      }
      measure();
    },
    save: () => saved.set(bin),
    restore() {
      bin.set(saved);
      measure();
    },
    solution: () => packingOf(numbered()),
    load(solution) {
      bin = Int32Array.from(solution.sacks ?? bin, (s) => s - 1);
      measure();
    },
  };
}

/** A packed item gives way to a heavier loose one that still fits in its bin. O(n · loose). */
function tradeIn(
  weights: ArrayLike<number>,
  bin: Int32Array,
  room: Float64Array,
  count: Int32Array,
  loose: number[],
  rng: Rng,
): void {
  const n = bin.length;
  for (let k = 0; k < loose.length; k++) {
    const start = rng.int(n);
    for (let tries = 0; tries < 24; tries++) {
      const j = (start + tries) % n;
      const b = bin[j];
      const i = loose[k];
      if (b < 0 || weights[i] <= weights[j] || count[b] === 0) continue;
      if (weights[i] - weights[j] > room[b]) continue;
      room[b] -= weights[i] - weights[j];
      bin[i] = b;
      bin[j] = -1;
      loose[k] = j;
    }
  }
}
