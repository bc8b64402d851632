/**
 * Local search with a plain chooser among the swaps at the ends of critical blocks (N5; Nowicki &
 * Smutnicki 1996): the setting in which learned improvement policies are compared.
 */
import type { ParamsOf } from '../../../src/core/params.ts';
import { shuffle } from '../../../src/core/rng.ts';
import type { SolveContext, SolverRun } from '../../../src/core/solver.ts';
import type { JobShopSolution, PackedJobShop } from '../../../src/problems/job-shop/instance.ts';
import type { improveParams } from '../../../src/problems/job-shop/solvers.ts';
import { decay } from './cooling.ts';
import { disturb } from './elites.ts';
import {
  canMoveForward,
  load,
  longestPath,
  makespan,
  moveForward,
  startTimes,
  type Graph,
} from './graph.ts';
import { createTabuList, estimateSwap } from './moves.ts';
import { meanDelay } from './objective.ts';
import { begin } from './start.ts';

export type ImproveParams = ParamsOf<typeof improveParams>;

/** Operations times moves that take about a millisecond. */
const workPerSlice = 60_000;
const traceEvery = 256;

/** First operations of the pairs at block ends that may be swapped; each goes behind its next. */
function blockEnds(graph: Graph, path: Int32Array, count: number): Int32Array {
  const { machine } = graph;
  const found: number[] = [];
  for (let s = 0; s < count;) {
    let e = s;
    while (e + 1 < count && machine[path[e + 1]] === machine[path[s]]) e++;
    if (e > s) {
      if (s > 0) found.push(path[s]);
      if (e < count - 1 && (e - s > 1 || s === 0)) found.push(path[e - 1]);
    }
    s = e + 1;
  }
  return Int32Array.from(found.filter((u) => canMoveForward(graph, u, graph.after[u])));
}

export function* improve(
  packed: PackedJobShop,
  context: SolveContext<ImproveParams, JobShopSolution>,
): SolverRun<JobShopSolution> {
  const { rng, params, budget } = context;
  const { graph, bound, best: first } = yield* begin(packed, context);
  let best = first;
  if (best <= bound) return { reason: 'optimal' };
  const { after, slot } = graph;
  const path = new Int32Array(graph.operations);
  const list = createTabuList(graph);
  const cell = (a: number, b: number) => (list.row[a] + slot[b]) & list.mask;
  const temperature = params.temperature * meanDelay(packed);
  const slice = Math.max(4, Math.floor(workPerSlice / graph.operations));
  let bestOrder = graph.order.slice();
  let current = best;
  let moves = 0;
  let lastImproved = 0;
  let left = budget.chunk(slice);
  let inSlice = 0;
  for (;;) {
    const count = longestPath(graph, current, rng, path);
    const ends = blockEnds(graph, path, count);
    const u = choose(ends);
    if (u > 0) {
      const v = after[u];
      if (params.policy === 'tabu') list.until[cell(u, v)] = moves + params.tenure + rng.int(4);
      moveForward(graph, u, v);
      const reached = makespan(graph);
      // Estimates are bounds: a policy that only improves takes back what did not.
      if (onlyBetter() && reached >= current) moveForward(graph, v, u);
      else current = reached;
    }
    moves++;
    if (current < best) {
      best = current;
      lastImproved = moves;
      bestOrder = graph.order.slice();
      yield { kind: 'incumbent', solution: { starts: startTimes(graph) }, objective: best };
    }
    if (moves % traceEvery === 0) yield { kind: 'trace', row: [moves, current] };
    if (++inSlice === left || best <= bound) {
      yield inSlice;
      if (best <= bound) return { reason: 'optimal' };
      left = budget.chunk(slice);
      inSlice = 0;
    }
    if (u <= 0 || moves - lastImproved > params.stall) {
      // Stuck: on from the best, disturbed.
      lastImproved = moves;
      list.until.fill(0);
      load(graph, bestOrder);
      yield* disturb(graph, params.kick, path, rng);
      current = makespan(graph);
    }
  }

  function onlyBetter(): boolean {
    return params.policy === 'first' || params.policy === 'best';
  }

  /** The swap the policy takes, by its first operation; 0 when it takes none. */
  function choose(ends: Int32Array): number {
    if (params.policy === 'first') {
      for (const u of shuffle(ends.slice(), rng))
        if (estimateSwap(graph, u, after[u]) < current) return u;
      return 0;
    }
    if (params.policy === 'annealing') {
      if (ends.length === 0) return 0;
      // Draws until one is taken: a step is a move made.
      for (let tries = 0; tries < 200; tries++) {
        const u = ends[rng.int(ends.length)];
        const worse = estimateSwap(graph, u, after[u]) - current;
        if (worse <= 0 || rng.float() < decay(worse / Math.max(temperature, 1e-9))) return u;
      }
      return 0;
    }
    let chosen = 0;
    let least = Infinity;
    let ties = 0;
    for (const u of ends) {
      const value = estimateSwap(graph, u, after[u]);
      const tabu =
        params.policy === 'tabu' && list.until[cell(after[u], u)] > moves && value >= best;
      if (tabu || value > least) continue;
      if (value < least) ties = 0;
      if (rng.int(++ties) === 0) chosen = u;
      least = value;
    }
    return params.policy === 'best' && least >= current ? 0 : chosen;
  }
}
