/**
 * Blocks of AB-cycles (Nagata & Kobayashi 2013, after their Block2 strategy): cycles that share
 * cities are applied together, so that the child has few places where edges of one parent meet
 * edges of the other. Which ones, a short tabu search decides from a cycle in the centre.
 */
import type { Rng } from '../../../src/core/rng.ts';
import type { AbCycles } from './ab-cycles.ts';

export interface Blocks {
  /** Finds out which cycles share cities. O(n). */
  begin(cycles: AbCycles): void;
  /** Does the cycle share a city with another? */
  touches(cycle: number): boolean;
  /** The block around a cycle, in `block`; returns how many cycles it has, that one among them. */
  grow(centre: number, rng: Rng): number;
  readonly block: Int32Array;
}

/** Changes in a row without fewer meeting places after which the search ends. */
const PATIENCE = 12;
/** A cycle that came or went stays so for up to so many changes. */
const TENURE = 8;
/** Cycles in a block at most. */
const LARGEST = 200;

export function createBlocks(n: number): Blocks {
  // The cycles that pass a city, at most two; −1 if none.
  const passing = new Int32Array(2 * n);
  // Per cycle, a row of cycles it shares a city with, once for every such city.
  const start = new Int32Array(n + 2);
  const shares = new Int32Array(2 * n);
  const inside = new Int32Array(n);
  const within = new Uint8Array(n);
  const known = new Uint8Array(n);
  const tabuUntil = new Int32Array(n);
  const near = new Int32Array(n);
  const block = new Int32Array(n);
  let count = 0;

  function begin({ cities, starts, count: cycles }: AbCycles): void {
    passing.fill(-1);
    start.fill(0, 0, cycles + 2);
    count = cycles;
    for (let c = 0; c < cycles; c++)
      for (let at = starts[c]; at < starts[c + 1]; at++) {
        const city = cities[at];
        if (passing[2 * city] < 0) passing[2 * city] = c;
        else passing[2 * city + 1] = c;
      }
    for (let city = 0; city < n; city++) {
      const [one, other] = [passing[2 * city], passing[2 * city + 1]];
      if (other < 0 || one === other) continue;
      start[one + 2]++;
      start[other + 2]++;
    }
    for (let c = 2; c < cycles + 2; c++) start[c] += start[c - 1];
    for (let city = 0; city < n; city++) {
      const [one, other] = [passing[2 * city], passing[2 * city + 1]];
      if (other < 0 || one === other) continue;
      shares[start[one + 1]++] = other;
      shares[start[other + 1]++] = one;
    }
  }

  function grow(centre: number, rng: Rng): number {
    let candidates = 0;
    let meetings = 0;
    let size = 0;
    let fewest = Infinity;
    let found = 0;

    /** Takes a cycle into the block, or out of it. */
    const flip = (cycle: number): void => {
      const comes = within[cycle] === 0;
      within[cycle] = comes ? 1 : 0;
      size += comes ? 1 : -1;
      const degree = start[cycle + 1] - start[cycle];
      meetings += (comes ? 1 : -1) * (degree - 2 * inside[cycle]);
      for (let at = start[cycle]; at < start[cycle + 1]; at++) {
        const other = shares[at];
        inside[other] += comes ? 1 : -1;
        if (known[other] === 1) continue;
        known[other] = 1;
        near[candidates++] = other;
      }
    };

    known[centre] = 1;
    near[candidates++] = centre;
    flip(centre);
    for (let turn = 1, idle = 0; idle < PATIENCE && size < LARGEST; turn++, idle++) {
      let best = -1;
      let least = Infinity;
      let equal = 0;
      for (let at = 1; at < candidates; at++) {
        const cycle = near[at];
        if (tabuUntil[cycle] > turn || (within[cycle] === 0 && inside[cycle] === 0)) continue;
        const change =
          (within[cycle] === 1 ? -1 : 1) * (start[cycle + 1] - start[cycle] - 2 * inside[cycle]);
        if (change > least) continue;
        if (change < least) equal = 0;
        least = change;
        if (rng.int(++equal) === 0) best = cycle;
      }
      if (best < 0) break;
      tabuUntil[best] = turn + 1 + rng.int(TENURE);
      flip(best);
      if (meetings >= fewest) continue;
      fewest = meetings;
      idle = 0;
      found = 0;
      for (let at = 0; at < candidates; at++) if (within[near[at]] === 1) block[found++] = near[at];
      if (meetings === 0) break;
    }
    for (let at = 0; at < candidates; at++) {
      const cycle = near[at];
      within[cycle] = known[cycle] = 0;
      inside[cycle] = tabuUntil[cycle] = 0;
    }
    return found;
  }

  return {
    begin,
    touches: (cycle) => cycle < count && start[cycle + 1] > start[cycle],
    grow,
    block,
  };
}
