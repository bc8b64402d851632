/** What the local searches share before their first move. */
import type { SolveContext, SolverYield } from '../../../src/core/solver.ts';
import type { JobShopSolution, PackedJobShop } from '../../../src/problems/job-shop/instance.ts';
import { linearOrder } from '../../../src/problems/job-shop/schedule.ts';
import { rootBound } from '../../../src/problems/job-shop/bounds.ts';
import { completeSchedule, createDispatcher, policyOf } from './dispatcher.ts';
import { createGraph, load, makespan, startTimes, toNodes, type Graph } from './graph.ts';

export interface Start {
  graph: Graph;
  /** Proven lower bound. */
  bound: number;
  /** Makespan of the schedule in the graph, already yielded. */
  best: number;
}

/** A linear order of nodes for a feasible schedule given by start times. O(n log n). */
export const fromStarts = (packed: PackedJobShop, graph: Graph, starts: Int32Array): Int32Array =>
  toNodes(graph, linearOrder(packed, starts));

/**
 * Yields the bound and a first incumbent: the warm start, packed to the left, or else the non-delay
 * schedule by most work remaining.
 */
export function* begin(
  packed: PackedJobShop,
  context: SolveContext<unknown, JobShopSolution>,
  graph = createGraph(packed),
): Generator<SolverYield<JobShopSolution>, Start, void> {
  const bound = rootBound(packed);
  yield { kind: 'bound', value: bound.value, proof: bound.proof };
  if (context.warmStart) load(graph, fromStarts(packed, graph, context.warmStart.starts));
  else {
    const dispatcher = createDispatcher(packed, policyOf('MWKR', 'non-delay'), context.rng);
    yield* completeSchedule(dispatcher);
    load(graph, toNodes(graph, dispatcher.order));
  }
  const best = makespan(graph);
  yield { kind: 'incumbent', solution: { starts: startTimes(graph) }, objective: best };
  return { graph, bound: bound.value, best };
}
