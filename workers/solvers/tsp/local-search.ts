/**
 * Local search with Lin–Kernighan moves (Lin & Kernighan 1973): in WebAssembly where there is, and
 * cities lie in the plane, else by its twin in TypeScript, with the same outcome bit for bit.
 */
import type { Rng } from '../../../src/core/rng.ts';
import type { Candidates } from './candidates.ts';
import { createKernelSearch, type Kernel } from './lin-kernighan/engine.ts';
import { createTwinSearch } from './lin-kernighan/twin.ts';
import type { Space } from './space.ts';

export interface LocalSearch {
  /** The present tour; changes in place. To be read anew after every call: it may move. */
  readonly tour: Int32Array;
  /** Its length, kept up to date. */
  length(): number;
  /** Makes up to `moves` improving moves; returns how many. Fewer: a local optimum. */
  descend(moves: number): number;
  /**
   * So many times one double bridge on three neighbouring segments of up to `reach` cities (Martin,
   * Otto & Felten 1991, kept local as by Johnson & McGeoch 1997), then descent. Taken back when the
   * tour is then longer than before by more than `slack`; does nothing where it would take a fixed
   * edge away. Needs 8 cities. About 50–100 µs each.
   */
  kick(count: number, rng: Rng, reach: number, slack: number): void;
  /** Goes on from another tour, with every city looked at again. O(n). */
  replace(tour: Int32Array): void;
  /** The same, but looks only at cities whose neighbours are others than before. O(n). */
  adopt(tour: Int32Array): void;
}

/** What moves there are, Lin–Kernighan's when nothing is said, and where. */
export interface Neighbourhood {
  /** Plain exchanges of up to so many edges, all ways followed: 2-opt, 3-opt. */
  depth?: 2 | 3;
  /** Only parts of up to so many cities move, turned or not: Or-opt. */
  segment?: number;
  /** Edges never taken away: up to two other ends at 2i and 2i + 1 of city i, −1 for none. */
  fixed?: Int32Array | null;
  /** Cities looked at to begin with, 1 each; all when absent. */
  look?: Uint8Array;
  /** Of a search that is not used any more, if there was one: its memory is taken over. */
  kernel?: Kernel | null;
}

/** @param start at least 5 cities; copied. */
export function createLocalSearch(
  space: Space,
  candidates: Candidates,
  start: Int32Array,
  neighbourhood: Neighbourhood = {},
): LocalSearch {
  return (
    createKernelSearch(space, candidates, start, neighbourhood) ??
    createTwinSearch(space, candidates, start, neighbourhood)
  );
}
