/**
 * A tour in an array with every city's position, changed by exchanges of up to eight edges at once:
 * all but the longest of the parts between them are rewritten, and can be taken back.
 */

/** Edges an exchange takes away at most. */
export const MOST_EDGES = 8;

export interface ArrayTour {
  /** Cities by position. Changes in place. */
  readonly tour: Int32Array;
  /** Positions by city. */
  readonly position: Int32Array;
  /** Sets all cities; nothing before can be taken back. O(n). */
  assign(cities: Int32Array): void;
  /**
   * Do the exchanged edges make one tour? Edge e, of `count`, goes from position `cuts[e]` to the
   * next. Its end that comes first in the exchange (names t1–t2, t3–t4, …) lies at the higher
   * position where `upward[e]` is 1. The edges that come join the second end of each to the first of
   * the next, and that of the last to the first of all. `cuts` are all different. O(count²).
   */
  closes(cuts: Int32Array, upward: Uint8Array, count: number): boolean;
  /** Cities of the smallest part between the edges `closes` was last asked about. */
  shortest(): number;
  /** Cities that the exchange would rewrite: all but those of the longest part. */
  effort(): number;
  /** Makes the exchange `closes` was last asked about, which must have been possible. */
  exchange(): void;
  /** Cuts the tour at four different places and joins the parts the other way round, unturned. */
  doubleBridge(cuts: Int32Array): void;
  /** Forgets what could be taken back. */
  commit(): void;
  /** Takes back all exchanges since the last commit, newest first. */
  undo(): void;
}

export function createArrayTour(n: number): ArrayTour {
  const tour = new Int32Array(n);
  const position = new Int32Array(n);
  // Edges by position; part j runs from behind sorted edge j to sorted edge j + 1.
  const sorted = new Int32Array(MOST_EDGES);
  const places = new Int32Array(MOST_EDGES);
  const rank = new Int32Array(MOST_EDGES);
  // Parts in the order of the new tour, and whether they are run backwards.
  const parts = new Int32Array(MOST_EDGES);
  const turned = new Uint8Array(MOST_EDGES);
  let size = 0;
  // Overwritten stretches of the tour, each followed by its first position and length.
  let journal = new Int32Array(1 << 14);
  let used = 0;

  function assign(cities: Int32Array): void {
    tour.set(cities);
    for (let at = 0; at < n; at++) position[tour[at]] = at;
    used = 0;
  }

  function sortCuts(cuts: Int32Array, count: number): void {
    for (let e = 0; e < count; e++) {
      const cut = cuts[e];
      let at = e;
      while (at > 0 && places[at - 1] > cut) {
        places[at] = places[at - 1];
        sorted[at] = sorted[at - 1];
        at--;
      }
      places[at] = cut;
      sorted[at] = e;
    }
    size = count;
  }

  function closes(cuts: Int32Array, upward: Uint8Array, count: number): boolean {
    sortCuts(cuts, count);
    for (let at = 0; at < count; at++) rank[sorted[at]] = at;
    let part = 0;
    let backwards = false;
    for (let visited = 0; visited < count;) {
      parts[visited] = part;
      turned[visited++] = backwards ? 1 : 0;
      // Out of the part over its last end: the upper end of its own edge, or the lower of the next.
      const at: number = backwards ? part : part + 1 === count ? 0 : part + 1;
      const edge: number = sorted[at];
      const isFirst: boolean = (upward[edge] === 1) === backwards;
      const to: number = isFirst
        ? edge === 0
          ? count - 1
          : edge - 1
        : edge + 1 === count
          ? 0
          : edge + 1;
      // The other edge is entered at its second end coming from a first one, and the other way.
      const upper: boolean = (upward[to] === 1) !== isFirst;
      const there = rank[to];
      backwards = !upper;
      part = upper ? there : there === 0 ? count - 1 : there - 1;
      if (part === 0) return visited === count && !backwards;
    }
    return false;
  }

  const lengthOf = (part: number): number =>
    part + 1 === size ? places[0] + n - places[part] : places[part + 1] - places[part];

  function shortest(): number {
    let least = n;
    for (let part = 0; part < size; part++) least = Math.min(least, lengthOf(part));
    return least;
  }

  function effort(): number {
    let most = 0;
    for (let part = 0; part < size; part++) most = Math.max(most, lengthOf(part));
    return n - most;
  }

  function exchange(): void {
    let longest = 0;
    let most = 0;
    for (let at = 0; at < size; at++) {
      const length = lengthOf(parts[at]);
      if (length > most) {
        most = length;
        longest = at;
      }
    }
    const count = n - most;
    if (used + count + 2 > journal.length) {
      const longer = new Int32Array(Math.max(2 * journal.length, used + count + 2));
      longer.set(journal);
      journal = longer;
    }
    // The longest part stays; the others follow it, from this position on.
    const last = parts[longest] + 1 === size ? places[0] : places[parts[longest] + 1];
    const start = last + 1 === n ? 0 : last + 1;
    for (let i = 0, at = start; i < count; i++) {
      journal[used + i] = tour[at];
      if (++at === n) at = 0;
    }
    const forwards = turned[longest] === 0;
    let to = start;
    for (let step = 1; step < size; step++) {
      let index = forwards ? longest + step : longest - step;
      if (index >= size) index -= size;
      else if (index < 0) index += size;
      const part = parts[index];
      const length = lengthOf(part);
      let from = places[part] + 1 - start;
      if (from < 0) from += n;
      else if (from >= n) from -= n;
      from += used;
      if ((turned[index] === 0) === forwards) {
        for (const end = from + length; from < end; from++) {
          const city = journal[from];
          tour[to] = city;
          position[city] = to;
          if (++to === n) to = 0;
        }
      } else {
        for (let at = from + length - 1; at >= from; at--) {
          const city = journal[at];
          tour[to] = city;
          position[city] = to;
          if (++to === n) to = 0;
        }
      }
    }
    used += count;
    journal[used++] = start;
    journal[used++] = count;
  }

  function doubleBridge(cuts: Int32Array): void {
    sortCuts(cuts, 4);
    for (let at = 0; at < 4; at++) {
      parts[at] = at === 0 ? 0 : 4 - at;
      turned[at] = 0;
    }
    exchange();
  }

  function undo(): void {
    while (used > 0) {
      const count = journal[--used];
      let to = journal[--used];
      used -= count;
      for (let from = used; from < used + count; from++) {
        const city = journal[from];
        tour[to] = city;
        position[city] = to;
        if (++to === n) to = 0;
      }
    }
  }

  return {
    tour,
    position,
    assign,
    closes,
    shortest,
    effort,
    exchange,
    doubleBridge,
    commit: () => {
      used = 0;
    },
    undo,
  };
}
