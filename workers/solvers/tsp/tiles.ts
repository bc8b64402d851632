/**
 * Local search on very many cities, a tile at a time in random order: what a kick changes stays in
 * the cache, and workers that draw other tiles improve other parts of the tour, which then merge.
 */
import { shuffle } from '../../../src/core/rng.ts';
import type { ParamsOf } from '../../../src/core/params.ts';
import type { SolveContext, SolverRun, SolverYield } from '../../../src/core/solver.ts';
import type { TspSolution } from '../../../src/problems/tsp/check.ts';
import type { ILS_PARAMS } from '../../../src/problems/tsp/solver-params.ts';
import type { Candidates } from './candidates.ts';
import { createKernel } from './lin-kernighan/engine.ts';
import { mergeTours } from './merge.ts';
import { fromCities, toCities, tourLength, type Space } from './space.ts';
import { cooling } from './cooling.ts';
import { createTile } from './tile.ts';

type Context = SolveContext<ParamsOf<typeof ILS_PARAMS>, TspSolution>;

/** Kicks after which the whole tour is told, at least. */
const TELL_EVERY = 4000;
/** Kicks per city of a tile in the first round with any; every round has twice as many, up to 1. */
const KICKS = 0.1;

/**
 * @param start the tour so far; written on.
 * @param look cities to be looked at before the first kicks, 1 each; written on.
 * @param best the length of the best tour yielded, kept up to date.
 */
export function* searchTiles(
  space: Space,
  candidates: Candidates,
  start: Int32Array,
  look: Uint8Array,
  size: number,
  { params, budget, rng, exchange }: Context,
  best: { length: number },
): SolverRun<TspSolution> {
  const { n } = space;
  let tour: Int32Array = start;
  let spare: Int32Array = new Int32Array(n);
  const rank = new Int32Array(n).fill(-1);
  const kernel = createKernel();
  const tiles = Math.ceil(n / size);
  const order = Int32Array.from({ length: tiles }, (_, i) => i);
  let length = tourLength(space, tour);
  let steps = 0;
  const slackAt = cooling(params, length / n, budget);
  const tellEvery = Math.max(TELL_EVERY, Math.floor(n / 25));
  // Cities that were never looked at: a first round that only descends.
  const rough = look[0] === 1;
  let share = KICKS;

  function* tell(): Generator<SolverYield<TspSolution>, void, void> {
    length = tourLength(space, tour);
    yield { kind: 'trace', row: [length] };
    if (length >= best.length) return;
    best.length = length;
    yield { kind: 'incumbent', solution: { tour: toCities(space, tour) }, objective: length };
  }

  for (let round = 0; ; round++) {
    const offset = rng.int(n);
    // The second round looks at what lay on the first one's borders.
    const descending = rough && round < 2;
    const density = descending ? 0 : share;
    if (!descending) share = Math.min(1, 2 * share);
    shuffle(order, rng);
    for (const each of order) {
      const first = (offset + each * Math.floor(n / tiles)) % n;
      const count = Math.min(n - 1, Math.floor(n / tiles) + (n % tiles));
      const inTile = (i: number): boolean => (i >= first ? i - first : i - first + n) < count;
      const places = new Int32Array(count);
      // Compact in space while there is much to do; then a stretch of the tour, where no kick
      // meets ways outside.
      for (let at = 0, found = 0; at < n; at++)
        if (inTile(descending ? tour[at] : at)) places[found++] = at;
      yield 0;
      const tile = createTile(space, candidates, tour, places, look, rank, kernel);
      const { search, members, border, expand } = tile;
      yield 0;
      const kicks = Math.floor(density * count);
      let moving = true;
      for (let kicked = 0, sinceTold = 0; moving || kicked < kicks;) {
        const most = moving ? 256 : Math.min(32, kicks - kicked, tellEvery - sinceTold);
        const chunk = budget.chunk(most);
        let done = 0;
        if (moving) {
          done = search.descend(chunk);
          moving = done === chunk;
        } else {
          search.kick(chunk, rng, params.kick, slackAt(steps));
          done = chunk;
          kicked += done;
          sinceTold += done;
        }
        steps += done;
        if (sinceTold >= tellEvery || steps === budget.steps) {
          sinceTold = 0;
          expand(spare);
          const inside = tour;
          tour = spare;
          yield* tell();
          tour = inside;
        }
        yield done;
      }
      for (let own = 0; own < count; own++) {
        if (border[own] === 0) look[members[own]] = 0;
      }
      expand(spare);
      [tour, spare] = [spare, tour];
      yield* tell();
      const other = exchange?.();
      if (!other) continue;
      const merged = mergeTours(space, tour, fromCities(space, other.tour));
      yield 0;
      if (merged.length >= length) continue;
      tour = merged.tour;
      yield* tell();
    }
  }
}
