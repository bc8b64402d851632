/** MAX–MIN ant system (Stützle & Hoos 2000) with neighbour lists. */
import { exp, log } from '../../../../src/core/math.ts';
import type { ParamsOf } from '../../../../src/core/params.ts';
import { shuffle } from '../../../../src/core/rng.ts';
import type { SolveContext, SolverRun } from '../../../../src/core/solver.ts';
import type { TspSolution } from '../../../../src/problems/tsp/check.ts';
import type { PackedTsp } from '../../../../src/problems/tsp/instance.ts';
import type { ANT_COLONY_PARAMS } from '../../../../src/problems/tsp/solver-params.ts';
import { buildCandidates } from '../candidates.ts';
import { createLocalSearch } from '../local-search.ts';
import { createSpace, fromCities, tourLength } from '../space.ts';
import { createTeller } from './teller.ts';

type Context = SolveContext<ParamsOf<typeof ANT_COLONY_PARAMS>, TspSolution>;

const NEIGHBOURS = 20;
/** Rounds without a better tour after which the trails are laid anew. */
const STAGNATION = 250;
/** Every so many rounds the best tour of all marks its trail, not the best of the round. */
const ELITE = 5;
/** Probability that the best tour is built again once the trails have converged. */
const CONVERGED = 0.05;

/** Ants draw tours by pheromone and nearness; the best marks its edges. One step is one ant. O(n²) memory. */
export function* antColony(
  packed: PackedTsp,
  { params, rng, exchange }: Context,
): SolverRun<TspSolution> {
  const space = yield* createSpace(packed);
  const { n, distance } = space;
  const teller = createTeller(space);
  const tour = shuffle(
    Int32Array.from({ length: n }, (_, i) => i),
    rng,
  );
  yield* teller.tell(tour);
  if (n <= 3) return { reason: 'optimal' };
  yield* space.tabulate();
  const candidates = yield* buildCandidates(space, NEIGHBOURS, 2);
  const { k, list, distances } = candidates;
  const search =
    params.improve && n >= 5 ? createLocalSearch(space, candidates, tour, TWO_OPT) : null;
  const trail = new Float64Array(n * n);
  // nearness^β of the candidates, and trail · nearness^β of this round.
  const nearness = distances.map((length) => powerOf(1 / (length + 1e-3), params.beta));
  const appeal = new Float64Array(n * k);
  const visited = new Uint8Array(n);
  const weights = new Float64Array(k);
  const best = Int32Array.from(tour);
  let shortest = Infinity;
  let idle = 0;
  const decision = rootOf(CONVERGED, n);
  let most = 0;
  let least = 0;

  function limits(): void {
    most = 1 / ((params.evaporation / 100) * Math.max(shortest, 1e-9));
    least = Math.min(most, (most * (1 - decision)) / ((Math.min(k, n / 2) - 1 || 1) * decision));
  }

  function weigh(): void {
    for (let i = 0; i < n; i++)
      for (let near = i * k; near < (i + 1) * k; near++)
        appeal[near] = trail[i * n + list[near]] * nearness[near];
  }

  /** One ant's tour. O(n k), and O(n) for each city whose neighbours have all been visited. */
  function walk(): void {
    visited.fill(0);
    let city = rng.int(n);
    tour[0] = city;
    visited[city] = 1;
    for (let at = 1; at < n; at++) {
      let sum = 0;
      for (let c = 0; c < k; c++) {
        const near = city * k + c;
        weights[c] = visited[list[near]] === 1 ? 0 : appeal[near];
        sum += weights[c];
      }
      let next = -1;
      if (sum > 0) {
        let left = rng.float() * sum;
        for (let c = 0; c < k; c++) {
          if (weights[c] === 0) continue;
          next = list[city * k + c];
          left -= weights[c];
          if (left < 0) break;
        }
      } else {
        let nearest = Infinity;
        for (let other = 0; other < n; other++) {
          if (visited[other] === 1 || distance(city, other) >= nearest) continue;
          nearest = distance(city, other);
          next = other;
        }
      }
      visited[next] = 1;
      tour[at] = next;
      city = next;
    }
  }

  const roundBest = new Int32Array(n);
  for (let round = 0; ; round++) {
    let roundLength = Infinity;
    for (let ant = 0; ant < params.ants; ant++) {
      if (round === 0 && ant === 0) {
        // The first ant knows no trail: it goes to the nearest cities.
        trail.fill(1);
        weigh();
      }
      walk();
      let length = tourLength(space, tour);
      if (search) {
        search.replace(tour);
        while (search.descend(64) === 64) yield 0;
        tour.set(search.tour);
        length = tourLength(space, tour);
      }
      if (length < roundLength) {
        roundLength = length;
        roundBest.set(tour);
        yield* teller.tell(tour);
      }
      yield 1;
    }
    const other = exchange?.();
    if (other) {
      const immigrant = fromCities(space, other.tour);
      const length = tourLength(space, immigrant);
      if (length < roundLength) {
        roundLength = length;
        roundBest.set(immigrant);
      }
    }
    idle++;
    if (roundLength < shortest) {
      const first = shortest === Infinity;
      shortest = roundLength;
      best.set(roundBest);
      idle = 0;
      limits();
      if (first) trail.fill(most);
    }
    if (idle === STAGNATION) {
      idle = 0;
      trail.fill(most);
    }
    const kept = 1 - params.evaporation / 100;
    for (let i = 0; i < n * n; i++) trail[i] = Math.max(least, trail[i] * kept);
    const marking = round % ELITE === 0 ? best : roundBest;
    const mark = 1 / Math.max(1e-9, round % ELITE === 0 ? shortest : roundLength);
    for (let at = 0; at < n; at++) {
      const [i, j] = [marking[at], marking[at + 1 === n ? 0 : at + 1]];
      const value = Math.min(most, trail[i * n + j] + mark);
      trail[i * n + j] = value;
      trail[j * n + i] = value;
    }
    weigh();
    yield { kind: 'trace', row: [roundLength, branching()] };
  }

  /** Mean number of edges at a city that are still worth a try: 2 when all ants go one way. */
  function branching(): number {
    let count = 0;
    for (let i = 0; i < n; i++) {
      let low = Infinity;
      let high = 0;
      for (let near = i * k; near < (i + 1) * k; near++) {
        const value = trail[i * n + list[near]];
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
      const limit = low + 0.05 * (high - low);
      for (let near = i * k; near < (i + 1) * k; near++)
        if (trail[i * n + list[near]] >= limit) count++;
    }
    return count / n;
  }
}

/** Plain 2-opt, as in the first ant systems with local search. */
const TWO_OPT = { depth: 2 } as const;

function powerOf(base: number, exponent: number): number {
  let power = 1;
  for (let i = 0; i < exponent; i++) power *= base;
  return power;
}

/** value^(1 / n) for values in (0, 1). */
const rootOf = (value: number, n: number): number => exp(log(value) / n);
