/** Paths for solvers of closed tours: one more city, at no distance from all others, ends them. */
import type { Solve, SolveContext, SolverRun } from '../../../src/core/solver.ts';
import type { TspSolution } from '../../../src/problems/tsp/check.ts';
import { distanceOf, unpack, type PackedTsp } from '../../../src/problems/tsp/instance.ts';

/** A solver that takes instances of paths too. O(n²) memory for these. */
export function open<Params>(
  solve: Solve<PackedTsp, TspSolution, Params>,
): Solve<PackedTsp, TspSolution, Params> {
  return function* (packed, context): SolverRun<TspSolution> {
    if (!packed.open) return yield* solve(packed, context);
    return yield* solveClosed(packed, context, solve);
  };
}

function* solveClosed<Params>(
  packed: PackedTsp,
  context: SolveContext<Params, TspSolution>,
  solve: Solve<PackedTsp, TspSolution, Params>,
): SolverRun<TspSolution> {
  const { n } = packed;
  const distance = distanceOf(unpack(packed));
  // Something to look at before the matrix is made.
  const first = Int32Array.from({ length: n }, (_, i) => i);
  let best = 0;
  for (let at = 1; at < n; at++) best += distance(at - 1, at);
  yield { kind: 'incumbent', solution: { tour: first }, objective: best };
  if (n === 1) return { reason: 'optimal' };

  const size = n + 1;
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) matrix[i * size + j] = i === j ? 0 : distance(i, j);
    if (i % 16 === 15) yield 0;
  }
  const { warmStart, exchange } = context;
  const run = solve(
    {
      ...packed,
      metric: 'matrix',
      n: size,
      x: new Float64Array(0),
      y: new Float64Array(0),
      names: null,
      matrix,
      open: false,
    },
    {
      ...context,
      ...(warmStart ? { warmStart: toClosed(warmStart) } : {}),
      ...(exchange
        ? {
            exchange: () => {
              const other = exchange();
              return other ? toClosed(other) : null;
            },
          }
        : {}),
    },
  );
  for (;;) {
    const step = run.next();
    if (step.done) return step.value;
    const event = step.value;
    if (typeof event !== 'number' && event.kind === 'bound') {
      // Evidence on the closed instance is none on the path's.
      yield { ...event, evidence: undefined };
      continue;
    }
    if (typeof event === 'number' || event.kind !== 'incumbent') {
      yield event;
      continue;
    }
    if (event.objective >= best) continue;
    best = event.objective;
    const tour = toPath(event.solution.tour);
    yield { kind: 'incumbent', solution: { tour }, objective: event.objective };
  }
}

/** A path closed by the city of the highest index, which lies nowhere. */
function toClosed({ tour }: TspSolution): TspSolution {
  const closed = new Int32Array(tour.length + 1);
  closed.set(tour);
  closed[tour.length] = tour.length;
  return { tour: closed };
}

/** The cities behind that city, up to it. O(n). */
function toPath(closed: Int32Array): Int32Array {
  const n = closed.length - 1;
  const end = closed.indexOf(n);
  const path = new Int32Array(n);
  path.set(closed.subarray(end + 1));
  path.set(closed.subarray(0, end), n - end);
  return path;
}
