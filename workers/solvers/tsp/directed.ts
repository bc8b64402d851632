/**
 * Asymmetric instances for symmetric solvers (Jonker & Volgenant 1983): every city becomes two, its
 * entrance and its exit, that lie together; ways lead from exits to entrances only. A way costs its
 * distance and a charge so high that a tour parting a pair is longer than any that parts none.
 */
import { createRng } from '../../../src/core/rng.ts';
import type { Solve, SolveContext, SolverRun } from '../../../src/core/solver.ts';
import type { TspSolution } from '../../../src/problems/tsp/check.ts';
import type { PackedTsp } from '../../../src/problems/tsp/instance.ts';
import { nearestNeighbour } from './constructive.ts';
import { dynamicProgramming } from './dynamic-programming.ts';

/** Up to this size all tours are tried instead. */
const SMALL = 8;

/**
 * A solver that takes asymmetric instances too.
 * @param lengths the columns of its trace that are lengths.
 */
export function directed<Params>(
  solve: Solve<PackedTsp, TspSolution, Params>,
  lengths: readonly number[],
): Solve<PackedTsp, TspSolution, Params> {
  return function* (packed, context): SolverRun<TspSolution> {
    if (!packed.directed) return yield* solve(packed, context);
    if (packed.n <= SMALL) return yield* dynamicProgramming(packed, context);
    return yield* solveDoubled(packed, context, solve, lengths);
  };
}

function* solveDoubled<Params>(
  packed: PackedTsp,
  context: SolveContext<Params, TspSolution>,
  solve: Solve<PackedTsp, TspSolution, Params>,
  lengths: readonly number[],
): SolverRun<TspSolution> {
  const { n } = packed;
  const matrix = packed.matrix ?? new Float64Array(n * n);
  let best = Infinity;
  // Something to look at before the matrix of twice the size is made.
  const first = nearestNeighbour(packed, {
    ...context,
    rng: createRng(1),
    params: { starts: 1 },
  });
  for (const event of first) {
    if (typeof event !== 'number') {
      if (event.kind === 'incumbent') best = event.objective;
      yield event;
    } else yield 0;
  }

  const { doubled, charge } = yield* double(packed, matrix);
  const { warmStart, exchange } = context;
  const inner: SolveContext<Params, TspSolution> = {
    ...context,
    ...(warmStart ? { warmStart: toDoubled(warmStart) } : {}),
    ...(exchange
      ? {
          exchange: () => {
            const other = exchange();
            return other ? toDoubled(other) : null;
          },
        }
      : {}),
  };
  const run = solve(doubled, inner);
  for (;;) {
    const step = run.next();
    if (step.done) return step.value;
    const event = step.value;
    if (typeof event === 'number' || event.kind === 'phase') {
      yield event;
    } else if (event.kind === 'bound') {
      // Evidence on the doubled instance is none on the person's.
      yield { ...event, value: event.value - n * charge, evidence: undefined };
    } else if (event.kind === 'trace') {
      const row = event.row.map((value, at) => (lengths.includes(at) ? value - n * charge : value));
      yield { kind: 'trace', row };
    } else {
      // A tour that parts a pair comes only before the first good ones.
      const tour = fromDoubled(event.solution.tour);
      if (!tour) continue;
      let objective = 0;
      for (let at = 0; at < n; at++) objective += matrix[tour[at] * n + tour[(at + 1) % n]];
      if (objective >= best) continue;
      best = objective;
      yield { kind: 'incumbent', solution: { tour }, objective };
    }
  }
}

/** Entrance of city i is 2i, its exit 2i + 1. O(n²) memory. */
function* double(
  packed: PackedTsp,
  matrix: Float64Array,
): Generator<number, { doubled: PackedTsp; charge: number }, void> {
  const { n } = packed;
  const size = 2 * n;
  let longest = 0;
  for (let at = 0; at < matrix.length; at++) longest = Math.max(longest, matrix[at]);
  const charge = n * Math.ceil(longest) + 1;
  const table = new Float64Array(size * size).fill(3 * (charge + longest));
  for (let i = 0; i < n; i++) {
    table[2 * i * size + 2 * i] = table[(2 * i + 1) * size + 2 * i + 1] = 0;
    table[2 * i * size + 2 * i + 1] = table[(2 * i + 1) * size + 2 * i] = 0;
    for (let j = 0; j < n; j++) {
      if (j === i) continue;
      const length = matrix[i * n + j] + charge;
      table[(2 * i + 1) * size + 2 * j] = length;
      table[2 * j * size + 2 * i + 1] = length;
    }
    if (i % 64 === 63) yield 0;
  }
  const doubled: PackedTsp = {
    name: packed.name,
    metric: 'matrix',
    n: size,
    x: new Float64Array(0),
    y: new Float64Array(0),
    names: null,
    matrix: table,
    integral: packed.integral,
    directed: false,
    open: false,
    fixed: new Int32Array(0),
  };
  return { doubled, charge };
}

export function toDoubled({ tour }: TspSolution): TspSolution {
  const doubled = new Int32Array(2 * tour.length);
  tour.forEach((city, at) => {
    doubled[2 * at] = 2 * city;
    doubled[2 * at + 1] = 2 * city + 1;
  });
  return { tour: doubled };
}

/** The cities in the direction from entrance to exit; null when a pair is parted. O(n). */
export function fromDoubled(doubled: Int32Array): Int32Array | null {
  const size = doubled.length;
  const n = size >> 1;
  const tour = new Int32Array(n);
  // A pair may lie over the end.
  const start = doubled[0] >> 1 === doubled[1] >> 1 ? 0 : 1;
  let entrances = 0;
  for (let at = 0; at < n; at++) {
    const one = doubled[start + 2 * at];
    const other = doubled[(start + 2 * at + 1) % size];
    if (one >> 1 !== other >> 1) return null;
    tour[at] = one >> 1;
    entrances += one & 1 ? 0 : 1;
  }
  if (entrances === n) return tour;
  return entrances === 0 ? tour.reverse() : null;
}
