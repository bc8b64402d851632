/** Exact dynamic programming over subsets (Bellman 1962; Held & Karp 1962). */
import type { SolveContext, SolverRun } from '../../../src/core/solver.ts';
import type { TspSolution } from '../../../src/problems/tsp/check.ts';
import type { PackedTsp } from '../../../src/problems/tsp/instance.ts';
import { prepareNearestTours } from './nearest-neighbour.ts';
import { createSpace, toCities, tourLength } from './space.ts';

/** O(n² 2ⁿ) time and O(n 2ⁿ) memory. A nearest-neighbour tour first, then the best of all. */
export function* dynamicProgramming(
  packed: PackedTsp,
  { budget }: Pick<SolveContext<unknown, TspSolution>, 'budget'>,
): SolverRun<TspSolution> {
  const space = yield* createSpace(packed);
  const { n, distance } = space;
  const first = yield* (yield* prepareNearestTours(space)).from(0);
  const upper = tourLength(space, first);
  yield { kind: 'incumbent', solution: { tour: toCities(space, first) }, objective: upper };
  if (space.trivial) return { reason: 'optimal' };

  // Paths start at the last city; shortest[set · m + last] visits `set` and ends at `last` in it.
  const m = n - 1;
  const sets = 1 << m;
  const shortest = new Float64Array(sets * m).fill(Infinity);
  for (let last = 0; last < m; last++) shortest[(1 << last) * m + last] = distance(m, last);
  for (let set = 1; set < sets;) {
    const until = Math.min(sets, set + budget.chunk(512));
    const done = until - set;
    for (; set < until; set++)
      for (let last = 0; last < m; last++) {
        if ((set & (1 << last)) === 0) continue;
        const length = shortest[set * m + last];
        for (let next = 0; next < m; next++) {
          if ((set & (1 << next)) !== 0) continue;
          const at = (set | (1 << next)) * m + next;
          const through = length + distance(last, next);
          if (through < shortest[at]) shortest[at] = through;
        }
      }
    if (set < sets) yield done;
  }

  // Backwards along the shortest choices.
  const tour = new Int32Array(n);
  let set = sets - 1;
  let city = m;
  tour[0] = m;
  for (let at = n - 1; at > 0; at--) {
    let before = -1;
    let best = Infinity;
    for (let last = 0; last < m; last++) {
      if ((set & (1 << last)) === 0) continue;
      const through = shortest[set * m + last] + distance(last, city);
      if (through < best) {
        best = through;
        before = last;
      }
    }
    tour[at] = before;
    city = before;
    set ^= 1 << before;
  }
  const length = tourLength(space, tour);
  if (length < upper)
    yield { kind: 'incumbent', solution: { tour: toCities(space, tour) }, objective: length };
  return { reason: 'optimal' };
}
