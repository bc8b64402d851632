/** Simulated annealing over swaps on the critical path (van Laarhoven, Aarts & Lenstra 1992). */
import type { SolveContext, SolverRun } from '../../../src/core/solver.ts';
import type { JobShopSolution, PackedJobShop } from '../../../src/problems/job-shop/instance.ts';
import { annealBlocking } from './annealing-blocking.ts';
import { annealGeneral } from './annealing-general.ts';
import { annealOpen } from './annealing-open.ts';
import { decay, type AnnealingParams } from './cooling.ts';
import { canMoveForward, load, longestPath, makespan, moveForward, startTimes } from './graph.ts';
import { estimateSwap } from './moves.ts';
import { begin } from './start.ts';

/** Operations times moves that take about a millisecond. */
const workPerSlice = 80_000;
const traceEvery = 1024;

/** Classic job shops, those with dates or setups, open and blocking shops. */
export function annealing(
  packed: PackedJobShop,
  context: SolveContext<AnnealingParams, JobShopSolution>,
): SolverRun<JobShopSolution> {
  if (packed.kind === 'open') return annealOpen(packed, context);
  if (packed.kind !== 'job') return annealBlocking(packed, context);
  if (packed.objective !== 'makespan' || packed.release || packed.family || packed.downs)
    return annealGeneral(packed, context);
  return annealClassic(packed, context);
}

function* annealClassic(
  packed: PackedJobShop,
  context: SolveContext<AnnealingParams, JobShopSolution>,
): SolverRun<JobShopSolution> {
  const { rng, params, budget } = context;
  const { graph, bound, best: first } = yield* begin(packed, context);
  let best = first;
  if (best <= bound) return { reason: 'optimal' };
  const { machine, duration } = graph;
  const path = new Int32Array(graph.operations);
  const mean = packed.duration.reduce((sum, time) => sum + time, 0) / graph.operations;
  const hottest = params.heat * mean;
  const slice = Math.max(4, Math.floor(workPerSlice / graph.operations));
  let bestOrder = graph.order.slice();
  let moves = 0;
  let left = budget.chunk(slice);
  let inSlice = 0;
  for (let length = params.length * 1000; ; length *= 2) {
    let current = makespan(graph);
    let count = longestPath(graph, current, rng, path);
    for (let k = 0; k < length; k++) {
      const cold = 1 - k / length;
      const temperature = hottest * cold * cold;
      // Any neighbours on one machine on the path; none means the path is one job.
      const at = rng.int(count);
      const u = path[at];
      const v = at + 1 < count ? path[at + 1] : 0;
      if (machine[u] === machine[v] && duration[u] + duration[v] > 0) {
        const worse = estimateSwap(graph, u, v) - current;
        const taken = worse <= 0 || rng.float() < decay(worse / temperature);
        if (taken && canMoveForward(graph, u, v)) {
          moveForward(graph, u, v);
          current = makespan(graph);
          count = longestPath(graph, current, rng, path);
        }
      }
      moves++;
      if (current < best) {
        best = current;
        bestOrder = graph.order.slice();
        yield { kind: 'incumbent', solution: { starts: startTimes(graph) }, objective: best };
      }
      if (moves % traceEvery === 0) yield { kind: 'trace', row: [moves, current, temperature] };
      if (++inSlice === left || best <= bound) {
        yield inSlice;
        if (best <= bound) return { reason: 'optimal' };
        left = budget.chunk(slice);
        inSlice = 0;
      }
    }
    load(graph, bestOrder);
  }
}
