/** The exact solver: a short tabu search, then bounds and a search tree, with a little search beside. */
import { defaultParams, type ParamsOf } from '../../../src/core/params.ts';
import type { SolveContext, SolverRun } from '../../../src/core/solver.ts';
import type { JobShopSolution, PackedJobShop } from '../../../src/problems/job-shop/instance.ts';
import { tabuParams, type proofParams } from '../../../src/problems/job-shop/solvers.ts';
import { prove, type Shared } from './proof/prove.ts';
import { begin } from './start.ts';
import { engineOf, searchMoves, workPerMove, type TabuParams } from './tabu.ts';

export type ProofParams = ParamsOf<typeof proofParams>;

/** Nodes that take about a millisecond where they are cheapest. */
const preferredNodes = 64;
/** Nodes between rows of the trace. */
const traceEvery = 64;

export function* proof(
  packed: PackedJobShop,
  context: SolveContext<ProofParams, JobShopSolution>,
): SolverRun<JobShopSolution> {
  const { budget, params } = context;
  const searchParams = defaultParams(tabuParams) as TabuParams;
  const engine = engineOf(packed, searchParams, context.rng);
  const { bound, best } = yield* begin(packed, context, engine.graph);
  if (best <= bound) return { reason: 'optimal' };
  const shared: Shared = { best, bound };
  const search = searchMoves(
    packed,
    {
      ...context,
      params: searchParams,
      budget: { ...budget, chunk: (preferred) => preferred },
    },
    engine,
    shared,
  );
  let nodes = 0;
  let since = 0;
  let left = budget.chunk(preferredNodes);
  let row: readonly number[] | null = null;
  const side = prove(packed, shared, {
    workPerStep: workPerMove(packed),
    tree: true,
    onNode(limit, depth) {
      if (++nodes % traceEvery === 0) row = [nodes, limit, depth];
      return ++since >= left;
    },
  });
  /** Moves to be done before the next part of the proof. */
  let owed = params.moves;
  for (;;) {
    while (owed > 0) {
      const move = search.next();
      if (move.done) return move.value;
      if (typeof move.value === 'number') {
        owed -= move.value;
        yield 0;
      } else if (move.value.kind === 'incumbent') yield move.value;
    }
    const part = side.next();
    if (row) {
      yield { kind: 'trace', row };
      row = null;
    }
    if (part.done) return { reason: 'optimal' };
    if (typeof part.value === 'number') {
      owed += (part.value * params.search) / (100 - params.search);
      yield since;
      since = 0;
      left = budget.chunk(preferredNodes);
    } else yield part.value;
  }
}
