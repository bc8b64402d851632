/** A genetic algorithm with order crossover (Davis 1985) and inversion. */
import type { ParamsOf } from '../../../../src/core/params.ts';
import { shuffle, type Rng } from '../../../../src/core/rng.ts';
import type { SolveContext, SolverRun } from '../../../../src/core/solver.ts';
import type { TspSolution } from '../../../../src/problems/tsp/check.ts';
import type { PackedTsp } from '../../../../src/problems/tsp/instance.ts';
import type { GENETIC_PARAMS } from '../../../../src/problems/tsp/solver-params.ts';
import { createSpace, fromCities, tourLength } from '../space.ts';
import { createTeller } from './teller.ts';

type Context = SolveContext<ParamsOf<typeof GENETIC_PARAMS>, TspSolution>;

/** Tours of which the best becomes a parent. */
const TOURNAMENT = 3;
/** The best tours that live on unchanged. */
const ELITE = 2;

/** Generations of tours without any local search; one step is one child. O(n) for each. */
export function* genetic(
  packed: PackedTsp,
  { params, rng, warmStart, exchange }: Context,
): SolverRun<TspSolution> {
  const space = yield* createSpace(packed);
  const { n } = space;
  const teller = createTeller(space);
  const order = Int32Array.from({ length: n }, (_, i) => i);
  let members: Int32Array[] = Array.from({ length: params.population }, () =>
    Int32Array.from(shuffle(order, rng)),
  );
  if (warmStart) members[0] = fromCities(space, warmStart.tour);
  yield* teller.tell(members[0]);
  if (space.trivial) return { reason: 'optimal' };
  yield* space.tabulate();
  let lengths = Float64Array.from(members, (member) => tourLength(space, member));
  let children: Int32Array[] = members.map(() => new Int32Array(n));
  const childLengths = new Float64Array(params.population);
  const used = new Uint8Array(n);

  const pick = (): Int32Array => {
    let chosen = rng.int(params.population);
    for (let t = 1; t < TOURNAMENT; t++) {
      const other = rng.int(params.population);
      if (lengths[other] < lengths[chosen]) chosen = other;
    }
    return members[chosen];
  };

  for (;;) {
    const ranked = rank(lengths);
    yield* teller.tell(members[ranked[0]]);
    let sum = 0;
    for (const length of lengths) sum += length;
    yield { kind: 'trace', row: [lengths[ranked[0]], sum / params.population] };
    for (let c = 0; c < params.population; c++) {
      const child = children[c];
      if (c < ELITE) {
        child.set(members[ranked[c]]);
      } else {
        const mother = pick();
        if (100 * rng.float() < params.crossover) cross(mother, pick(), child, used, rng);
        else child.set(mother);
        if (100 * rng.float() < params.mutation) invert(child, rng);
      }
      childLengths[c] = tourLength(space, child);
      yield 1;
    }
    const other = exchange?.();
    if (other) {
      children[params.population - 1].set(fromCities(space, other.tour));
      childLengths[params.population - 1] = tourLength(space, children[params.population - 1]);
    }
    [members, children] = [children, members];
    lengths = Float64Array.from(childLengths);
  }
}

const rank = (lengths: Float64Array): number[] =>
  Array.from(lengths.keys()).sort((p, q) => lengths[p] - lengths[q] || p - q);

/** A part of one parent in place, the rest in the order of the other, from behind the part on. */
export function cross(
  mother: Int32Array,
  father: Int32Array,
  child: Int32Array,
  used: Uint8Array,
  rng: Rng,
): void {
  const n = mother.length;
  const start = rng.int(n);
  const count = 1 + rng.int(n - 1);
  used.fill(0);
  for (let i = 0; i < count; i++) {
    const at = (start + i) % n;
    child[at] = mother[at];
    used[mother[at]] = 1;
  }
  let to = (start + count) % n;
  for (let i = 0, from = to; i < n; i++) {
    const city = father[from];
    from = from + 1 === n ? 0 : from + 1;
    if (used[city] === 1) continue;
    child[to] = city;
    to = to + 1 === n ? 0 : to + 1;
  }
}

/** Turns a random part round: the 2-opt move as a mutation. */
function invert(tour: Int32Array, rng: Rng): void {
  const [p, q] = [rng.int(tour.length), rng.int(tour.length)];
  tour.subarray(Math.min(p, q), Math.max(p, q) + 1).reverse();
}
