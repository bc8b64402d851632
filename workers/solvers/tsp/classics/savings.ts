/** Savings (Clarke & Wright 1964): all cities by way of a hub, then the best short cuts. */
import { shuffle } from '../../../../src/core/rng.ts';
import type { SolveContext, SolverRun } from '../../../../src/core/solver.ts';
import type { TspSolution } from '../../../../src/problems/tsp/check.ts';
import type { PackedTsp } from '../../../../src/problems/tsp/instance.ts';
import { buildCandidates } from '../candidates.ts';
import { sortByNumber } from '../sort.ts';
import { createSpace } from '../space.ts';
import { createTeller } from './teller.ts';

/** Short cuts considered per city. */
const NEIGHBOURS = 16;
/** About so many tours are shown while paths are joined. */
const SHOWN = 80;

/**
 * Joins paths by the edge that saves most against going by the hub, from neighbour lists; what is
 * left is joined end to nearest end. O(n k log n), the last paths O(paths²).
 */
export function* savings(
  packed: PackedTsp,
  { rng }: SolveContext<unknown, TspSolution>,
): SolverRun<TspSolution> {
  const space = yield* createSpace(packed);
  const { n, distance } = space;
  const teller = createTeller(space);
  const order = shuffle(
    Int32Array.from({ length: n }, (_, i) => i),
    rng,
  );
  yield* teller.tell(order);
  if (n <= 3) return { reason: 'optimal' };
  const hub = order[0];
  const candidates = yield* buildCandidates(space, NEIGHBOURS, 2);
  const { k, list } = candidates;
  const values = new Float64Array(n * k);
  let farthest = 0;
  for (let i = 0; i < n; i++) farthest = Math.max(farthest, distance(i, hub));
  for (let i = 0; i < n; i++) {
    // Less what is saved; none is below 0, as the sort asks.
    for (let at = i * k; at < (i + 1) * k; at++)
      values[at] =
        distance(i, list[at]) +
        (farthest - distance(i, hub)) +
        (farthest - distance(list[at], hub));
    if (i % 2048 === 2047) yield 0;
  }
  const links = new Int32Array(2 * n).fill(-1);
  const degree = new Uint8Array(n);
  const parent = Int32Array.from({ length: n }, (_, i) => i);
  const root = (city: number): number => {
    let at = city;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  };
  let paths = n - 1;
  const join = (i: number, j: number): boolean => {
    if (i === hub || j === hub || degree[i] === 2 || degree[j] === 2) return false;
    const [p, q] = [root(i), root(j)];
    if (p === q) return false;
    parent[p] = q;
    links[2 * i + degree[i]++] = j;
    links[2 * j + degree[j]++] = i;
    paths--;
    return true;
  };

  const sorted = yield* sortByNumber(values);
  const every = Math.max(1, Math.floor(n / SHOWN));
  let taken = 0;
  for (let at = 0; at < sorted.length; at++) {
    if (at % 8192 === 8191) yield 0;
    const edge = sorted[at];
    if (!join(Math.floor(edge / k), list[edge])) continue;
    if (++taken % every === 0) yield* teller.tell(stitch(order, links, degree, hub));
    yield 1;
  }
  // The lists are used up: every path goes on to the end that saves most.
  while (paths > 1) {
    const ends = order.filter((city) => city !== hub && degree[city] < 2);
    for (const i of ends) {
      if (degree[i] === 2) continue;
      let best = -1;
      let least = Infinity;
      for (const j of ends) {
        if (degree[j] === 2 || root(i) === root(j)) continue;
        const value = distance(i, j) - distance(j, hub);
        if (value < least) {
          least = value;
          best = j;
        }
      }
      if (best >= 0 && join(i, best)) yield 1;
      else yield 0;
    }
  }
  yield* teller.tell(stitch(order, links, degree, hub));
  yield 1;
  return { reason: 'exhausted' };
}

/** The hub, then all paths in the order of their first cities. */
export function stitch(
  order: Int32Array,
  links: Int32Array,
  degree: Uint8Array,
  first: number,
): Int32Array {
  const n = order.length;
  const tour = new Int32Array(n);
  const seen = new Uint8Array(n);
  let at = 0;
  const follow = (end: number) => {
    let before = -1;
    for (let city = end; city >= 0 && seen[city] === 0;) {
      seen[city] = 1;
      tour[at++] = city;
      const next = links[2 * city] === before ? links[2 * city + 1] : links[2 * city];
      before = city;
      city = next;
    }
  };
  follow(first);
  for (const city of order) if (seen[city] === 0 && degree[city] < 2) follow(city);
  return tour;
}
