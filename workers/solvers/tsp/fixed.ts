/**
 * Fixed edges for solvers that know none: every other edge costs a charge so high that a shortest
 * tour has all fixed ones. Tours that lack one are not told.
 */
import type { Solve, SolveContext, SolverRun } from '../../../src/core/solver.ts';
import type { TspSolution } from '../../../src/problems/tsp/check.ts';
import { distanceOf, unpack, type PackedTsp } from '../../../src/problems/tsp/instance.ts';

/**
 * A solver that keeps fixed edges too. O(n²) memory for these.
 * @param lengths the columns of its trace that are lengths.
 */
export function fixedEdges<Params>(
  solve: Solve<PackedTsp, TspSolution, Params>,
  lengths: readonly number[],
): Solve<PackedTsp, TspSolution, Params> {
  return function* (packed, context): SolverRun<TspSolution> {
    // Closed tours of three cities have all edges.
    if (packed.fixed.length === 0 || (packed.n <= 3 && !packed.open))
      return yield* solve(packed, context);
    return yield* solveCharged(packed, context, solve, lengths);
  };
}

function* solveCharged<Params>(
  packed: PackedTsp,
  context: SolveContext<Params, TspSolution>,
  solve: Solve<PackedTsp, TspSolution, Params>,
  lengths: readonly number[],
): SolverRun<TspSolution> {
  const { n, fixed, open, directed } = packed;
  const edges = n - (open ? 1 : 0);
  const distance = distanceOf(unpack(packed));
  const lengthOf = (tour: Int32Array): number => {
    let length = 0;
    for (let at = 0; at < edges; at++)
      length += distance(tour[at], tour[at + 1 === n ? 0 : at + 1]);
    return length;
  };
  const next = new Int32Array(n).fill(-1);
  const hasAll = (tour: Int32Array): boolean => {
    next.fill(-1);
    for (let at = 0; at < edges; at++) next[tour[at]] = tour[at + 1 === n ? 0 : at + 1];
    for (let e = 0; e < fixed.length; e += 2)
      if (next[fixed[e]] !== fixed[e + 1] && next[fixed[e + 1]] !== fixed[e]) return false;
    return true;
  };
  const first = chain(n, fixed);
  let best = lengthOf(first);
  yield { kind: 'incumbent', solution: { tour: first }, objective: best };

  const matrix = new Float64Array(n * n);
  let longest = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      if (i === j) continue;
      const length = distance(i, j);
      matrix[i * n + j] = length;
      if (length > longest) longest = length;
    }
    if (i % 16 === 15) yield 0;
  }
  // Three exchanged edges bring a missing one in; turned ways may all get longer.
  const charge = Math.ceil(longest) * (directed ? n : 4) + 1;
  const isFixed = new Set<number>();
  for (let e = 0; e < fixed.length; e += 2) {
    isFixed.add(fixed[e] * n + fixed[e + 1]);
    isFixed.add(fixed[e + 1] * n + fixed[e]);
  }
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) if (i !== j && !isFixed.has(i * n + j)) matrix[i * n + j] += charge;
    if (i % 64 === 63) yield 0;
  }
  const charged = (edges - fixed.length / 2) * charge;
  const run = solve(
    {
      ...packed,
      metric: 'matrix',
      x: new Float64Array(0),
      y: new Float64Array(0),
      names: null,
      matrix,
      fixed: new Int32Array(0),
    },
    { ...context, params: withoutThreshold(context.params) },
  );
  for (;;) {
    const step = run.next();
    if (step.done) return step.value;
    const event = step.value;
    if (typeof event === 'number' || event.kind === 'phase') {
      yield event;
    } else if (event.kind === 'bound') {
      // Evidence on the charged instance is none on the person's.
      yield { ...event, value: event.value - charged, evidence: undefined };
    } else if (event.kind === 'trace') {
      const row = event.row.map((value, at) => (lengths.includes(at) ? value - charged : value));
      yield { kind: 'trace', row };
    } else if (hasAll(event.solution.tour)) {
      const { solution } = event;
      const objective = lengthOf(solution.tour);
      if (objective >= best) continue;
      best = objective;
      yield { kind: 'incumbent', solution, objective };
    }
  }
}

/** A threshold is a share of the mean edge, which the charges are part of. */
const withoutThreshold = <Params>(params: Params): Params =>
  typeof params === 'object' && params !== null && 'acceptance' in params
    ? { ...params, acceptance: 'not-worse' }
    : params;

/** Some tour with all fixed edges: the paths they make, one behind the other. O(n). */
function chain(n: number, fixed: Int32Array): Int32Array {
  const links = new Int32Array(2 * n).fill(-1);
  for (let e = 0; e < fixed.length; e++) {
    const [city, other] = [fixed[e], fixed[e ^ 1]];
    links[2 * city + (links[2 * city] < 0 ? 0 : 1)] = other;
  }
  const tour = new Int32Array(n);
  const seen = new Uint8Array(n);
  let count = 0;
  for (let end = 0; end < n; end++) {
    // A city with two fixed edges is no end of a path.
    if (seen[end] === 1 || links[2 * end + 1] >= 0) continue;
    for (let city = end, before = -1; city >= 0;) {
      tour[count++] = city;
      seen[city] = 1;
      const next = links[2 * city] === before ? links[2 * city + 1] : links[2 * city];
      before = city;
      city = next;
    }
  }
  return tour;
}
