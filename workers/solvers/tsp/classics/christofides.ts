/** Christofides' algorithm (1976): a spanning tree, a matching of its odd cities, an Euler tour. */
import { shuffle } from '../../../../src/core/rng.ts';
import type { SolveContext, SolverRun } from '../../../../src/core/solver.ts';
import type { TspSolution } from '../../../../src/problems/tsp/check.ts';
import type { PackedTsp } from '../../../../src/problems/tsp/instance.ts';
import { createSpace, type Space } from '../space.ts';
import { perfectMatching } from './matching.ts';
import { createTeller } from './teller.ts';

/**
 * At most half as long again as the shortest tour where the triangle inequality holds. On the way
 * the tree itself gives a tour (twice the shortest at most) and a bound. O(n² + odd³).
 */
export function* christofides(
  packed: PackedTsp,
  { rng }: SolveContext<unknown, TspSolution>,
): SolverRun<TspSolution> {
  const space = yield* createSpace(packed);
  const { n, distance, integral } = space;
  const teller = createTeller(space);
  const order = shuffle(
    Int32Array.from({ length: n }, (_, i) => i),
    rng,
  );
  yield* teller.tell(order);
  if (n <= 3) {
    yield { kind: 'bound', value: teller.best(), proof: 'only one tour' };
    return { reason: 'optimal' };
  }
  yield* space.tabulate();

  yield { kind: 'phase', name: 'Spanning tree' };
  const parent = yield* spanningTree(space);
  const edges: number[] = [];
  let weight = 0;
  for (let city = 1; city < n; city++) {
    edges.push(city, parent[city]);
    weight += distance(city, parent[city]);
  }
  const value = integral ? weight : weight * (1 - 1e-12);
  yield { kind: 'bound', value, proof: 'minimum spanning tree' };
  yield* teller.tell(shortcut(n, [...edges, ...edges]));
  yield 1;

  yield { kind: 'phase', name: 'Matching of the odd cities' };
  const degree = new Int32Array(n);
  for (const city of edges) degree[city]++;
  const odd = Int32Array.from({ length: n }, (_, i) => i).filter((city) => degree[city] % 2 === 1);
  const partner = yield* perfectMatching(odd.length, (i, j) => distance(odd[i], odd[j]), integral);
  partner.forEach((other, at) => {
    if (at < other) edges.push(odd[at], odd[other]);
  });
  yield* teller.tell(shortcut(n, edges));
  yield 1;
  return { reason: 'exhausted' };
}

/** The parents of Prim's tree (1957), rooted at 0. O(n²). */
function* spanningTree({ n, distance }: Space): Generator<number, Int32Array, void> {
  const parent = new Int32Array(n);
  const key = new Float64Array(n).fill(Infinity);
  const inside = new Uint8Array(n);
  let work = 0;
  for (let step = 0, city = 0; step < n; step++) {
    inside[city] = 1;
    let next = -1;
    for (let other = 0; other < n; other++) {
      if (inside[other] === 1) continue;
      const length = distance(city, other);
      if (length < key[other]) {
        key[other] = length;
        parent[other] = city;
      }
      if (next < 0 || key[other] < key[next]) next = other;
    }
    city = next;
    work += n;
    if (work > 100_000) {
      work = 0;
      yield 0;
    }
  }
  return parent;
}

/** The cities in the order of an Euler tour (Hierholzer 1873), each where it is first met. */
export function shortcut(n: number, edges: readonly number[]): Int32Array {
  const start = new Int32Array(n + 1);
  for (const city of edges) start[city + 1]++;
  for (let i = 0; i < n; i++) start[i + 1] += start[i];
  const next = start.slice(0, n);
  const incident = new Int32Array(edges.length);
  for (let end = 0; end < edges.length; end++) incident[next[edges[end]]++] = end;
  next.set(start.subarray(0, n));
  const used = new Uint8Array(edges.length / 2);
  const seen = new Uint8Array(n);
  const tour = new Int32Array(n);
  let count = 0;
  const stack = [0];
  while (stack.length > 0) {
    const city = stack[stack.length - 1];
    while (next[city] < start[city + 1] && used[incident[next[city]] >> 1] === 1) next[city]++;
    if (next[city] === start[city + 1]) {
      stack.pop();
      if (seen[city] === 0) {
        seen[city] = 1;
        tour[count++] = city;
      }
      continue;
    }
    const end = incident[next[city]];
    used[end >> 1] = 1;
    stack.push(edges[end ^ 1]);
  }
  return tour;
}
