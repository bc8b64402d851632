/**
 * A compact part of a large instance, searched by itself (Karp 1977; as tours are divided by Helsgaun
 * 2009): the tour through its cities, where each way outside is one edge that stays. Whatever is
 * saved inside is saved on the whole tour.
 */
import type { Candidates } from './candidates.ts';
import type { Kernel } from './lin-kernighan/engine.ts';
import { createLocalSearch, type LocalSearch } from './local-search.ts';
import type { Space } from './space.ts';

export interface Tile {
  /** The search inside; its lengths count each way outside as one straight edge. */
  search: LocalSearch;
  /** Its cities, by index in the tile. */
  members: Int32Array;
  /** Cities inside of which some neighbour lies outside, by index in the tile. */
  border: Uint8Array;
  /** Writes the whole tour as it now is. O(n). */
  expand(out: Int32Array): void;
}

/**
 * The tile of the cities at some places of a tour, in its order. O(places · k).
 * @param tour the whole tour, which must not change while the tile is in use.
 * @param places rising.
 * @param look cities (of the whole space) to be looked at, 1 each.
 * @param rank −1 for every city of the space; so again when done.
 * @param kernel of the tile before, which is not used any more.
 */
export function createTile(
  space: Space,
  { k, list, distances }: Candidates,
  tour: Int32Array,
  places: Int32Array,
  look: Uint8Array,
  rank: Int32Array,
  kernel: Kernel | null = null,
): Tile {
  const { n } = space;
  const count = places.length;
  const members = places.map((at) => tour[at]);
  for (let own = 0; own < count; own++) rank[members[own]] = own;
  // The way outside that leads to a city at 2i, from it at 2i + 1, in the direction of the tour.
  const fixed = new Int32Array(2 * count).fill(-1);
  for (let own = 0; own < count; own++) {
    const next = own + 1 === count ? 0 : own + 1;
    const gap = next === 0 ? places[0] + n - places[own] : places[next] - places[own];
    if (gap === 1) continue;
    fixed[2 * own + 1] = next;
    fixed[2 * next] = own;
  }

  const border = new Uint8Array(count);
  const within: Candidates = {
    k,
    list: new Int32Array(count * k),
    distances: new Float64Array(count * k).fill(Infinity),
  };
  const waiting = new Uint8Array(count);
  for (let own = 0; own < count; own++) {
    const city = members[own];
    waiting[own] = look[city];
    let to = own * k;
    for (let near = city * k; near < city * k + k; near++) {
      const other = rank[list[near]];
      if (other < 0) continue;
      within.list[to] = other;
      within.distances[to++] = distances[near];
    }
    if (to < own * k + k) border[own] = 1;
  }
  for (let own = 0; own < count; own++) rank[members[own]] = -1;
  const order = Int32Array.from(members, (_, own) => own);
  const search = createLocalSearch(space.restrict(members), within, order, {
    fixed,
    look: waiting,
    kernel,
  });

  function expand(out: Int32Array): void {
    let to = 0;
    const inside = search.tour;
    for (let i = 0; i < count; i++) {
      const own = inside[i];
      const next = inside[i + 1 === count ? 0 : i + 1];
      const from = places[own];
      out[to++] = tour[from];
      const end = places[next];
      if (fixed[2 * own + 1] === next) {
        if (end > from) {
          out.set(tour.subarray(from + 1, end), to);
          to += end - from - 1;
        } else {
          out.set(tour.subarray(from + 1), to);
          to += n - from - 1;
          out.set(tour.subarray(0, end), to);
          to += end;
        }
      } else if (fixed[2 * own] === next) {
        for (let at = from; ;) {
          at = at === 0 ? n - 1 : at - 1;
          if (at === end) break;
          out[to++] = tour[at];
        }
      }
    }
  }

  return { search, members, border, expand };
}
