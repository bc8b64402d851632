/** Insertion heuristics (Rosenkrantz, Stearns & Lewis 1977; from the hull: Golden et al. 1980). */
import type { ParamsOf } from '../../../../src/core/params.ts';
import { shuffle } from '../../../../src/core/rng.ts';
import type { SolveContext, SolverRun } from '../../../../src/core/solver.ts';
import type { TspSolution } from '../../../../src/problems/tsp/check.ts';
import type { PackedTsp } from '../../../../src/problems/tsp/instance.ts';
import type { INSERTION_PARAMS } from '../../../../src/problems/tsp/solver-params.ts';
import { createSpace, type Space } from '../space.ts';
import { createTeller } from './teller.ts';

/** About so many tours are shown while the tour grows. */
const SHOWN = 80;
/** Distances worked out between two yields. */
const PART = 100_000;

type Context = SolveContext<ParamsOf<typeof INSERTION_PARAMS>, TspSolution>;

/**
 * A tour of a few cities grows by one at a time. Cities still outside follow its end in random
 * order, so that what is shown is always a tour of all. O(n²).
 */
export function* insertion(packed: PackedTsp, { params, rng }: Context): SolverRun<TspSolution> {
  const space = yield* createSpace(packed);
  const { n, distance } = space;
  const teller = createTeller(space);
  const order = shuffle(
    Int32Array.from({ length: n }, (_, i) => i),
    rng,
  );
  yield* teller.tell(order);
  if (space.trivial) return { reason: 'optimal' };

  const next = new Int32Array(n).fill(-1);
  /** To the tour, or the best insertion's cost. */
  const score = new Float64Array(n).fill(Infinity);
  /** The best insertion is behind this city, where the rule keeps it. */
  const behind = new Int32Array(n).fill(-1);
  const outside = Int32Array.from(order);
  const hull = params.rule === 'convex-hull';
  const keepsPlaces = hull || params.rule === 'cheapest';
  let left = n;
  let work = 0;
  let origin = -1;

  const leave = (city: number) => {
    const at = outside.indexOf(city);
    outside.copyWithin(at, at + 1, left);
    left--;
  };
  const cost = (city: number, a: number): number =>
    distance(a, city) + distance(city, next[a]) - distance(a, next[a]);

  /** The best of all places of a city. O(tour). */
  function scan(city: number): number {
    let a = origin;
    let least = Infinity;
    do {
      const here = cost(city, a);
      if (here < least) {
        least = here;
        behind[city] = a;
      }
      a = next[a];
    } while (a !== origin);
    work += n - left;
    return least;
  }

  /** How much longer the best way by a city is than the edge it replaces. */
  function detour(city: number): number {
    const a = behind[city];
    // Where two cities lie in one place any detour counts alike.
    const edge = distance(a, next[a]) + 1e-9;
    return (score[city] + edge) / edge;
  }

  /** The rule's choice among the cities outside. */
  function choose(): number {
    let city = outside[0];
    if (params.rule === 'random') return city;
    let least = hull ? detour(city) : 0;
    for (let i = 1; i < left; i++) {
      const other = outside[i];
      if (hull) {
        const value = detour(other);
        if (value >= least) continue;
        least = value;
        city = other;
      } else if (
        params.rule === 'farthest' ? score[other] > score[city] : score[other] < score[city]
      )
        city = other;
    }
    return city;
  }

  const cycle = firstCycle(space, packed, params.rule, order);
  origin = cycle[0];
  cycle.forEach((city, at) => {
    next[city] = cycle[at + 1 === cycle.length ? 0 : at + 1];
    leave(city);
  });
  for (let i = 0; i < left; i++) {
    const city = outside[i];
    if (keepsPlaces) score[city] = scan(city);
    else for (const inside of cycle) score[city] = Math.min(score[city], distance(city, inside));
    work += cycle.length;
    if (work > PART) {
      work = 0;
      yield 0;
    }
  }

  const every = Math.max(1, Math.floor(n / SHOWN));
  const shown = new Int32Array(n);
  while (left > 0) {
    const city = choose();
    if (!keepsPlaces) scan(city);
    const a = behind[city];
    const b = next[a];
    next[a] = city;
    next[city] = b;
    leave(city);
    work += left;
    for (let i = 0; i < left; i++) {
      const other = outside[i];
      if (!keepsPlaces) {
        score[other] = Math.min(score[other], distance(other, city));
        continue;
      }
      // Its best place is gone: all others must be looked at again.
      if (behind[other] === a) {
        score[other] = scan(other);
        continue;
      }
      for (const place of [a, city]) {
        const value = cost(other, place);
        if (value >= score[other]) continue;
        score[other] = value;
        behind[other] = place;
      }
    }
    if (left % every === 0) {
      let at = 0;
      let inside = origin;
      do {
        shown[at++] = inside;
        inside = next[inside];
      } while (inside !== origin);
      shown.set(outside.subarray(0, left), at);
      yield* teller.tell(shown);
    }
    yield 1;
  }
  return { reason: 'exhausted' };
}

/** What the tour begins as: the hull; two cities far apart; or two near each other. */
function firstCycle(
  { n, distance, cities }: Space,
  packed: PackedTsp,
  rule: string,
  order: Int32Array,
): number[] {
  if (rule === 'convex-hull' && packed.x.length === n) {
    const hull = convexHull(
      Float64Array.from(cities, (city) => packed.x[city]),
      Float64Array.from(cities, (city) => packed.y[city]),
    );
    if (hull.length >= 2) return hull;
  }
  const far = rule === 'farthest' || rule === 'convex-hull';
  const first = order[0];
  let second = order[1];
  for (let city = 0; city < n; city++) {
    if (city === first) continue;
    const further = distance(first, city) - distance(first, second);
    if (far ? further > 0 : further < 0) second = city;
  }
  return [first, second];
}

/** The corners of the convex hull, anticlockwise (Andrew 1979). O(n log n). */
export function convexHull(x: Float64Array, y: Float64Array): number[] {
  const order = Array.from(x.keys()).sort((p, q) => x[p] - x[q] || y[p] - y[q] || p - q);
  const half = (points: readonly number[]): number[] => {
    const chain: number[] = [];
    for (const point of points) {
      for (;;) {
        const [p, q] = [chain[chain.length - 2], chain[chain.length - 1]];
        if (p === undefined) break;
        const turn = (x[q] - x[p]) * (y[point] - y[p]) - (y[q] - y[p]) * (x[point] - x[p]);
        if (turn > 0) break;
        chain.pop();
      }
      chain.push(point);
    }
    chain.pop();
    return chain;
  };
  const hull = [...half(order), ...half(order.toReversed())];
  // All in one place, or all on one line: a corner may be named twice.
  return [...new Set(hull)];
}
