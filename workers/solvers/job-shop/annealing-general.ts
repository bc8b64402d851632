/**
 * Simulated annealing for job shops with releases, setups and any objective: neighbours on a machine
 * that together hold up a job are exchanged, or one goes past a few others.
 */
import type { Rng } from '../../../src/core/rng.ts';
import type { SolveContext, SolverRun } from '../../../src/core/solver.ts';
import { endOn, upFrom } from '../../../src/problems/job-shop/breakdowns.ts';
import type { JobShopSolution, PackedJobShop } from '../../../src/problems/job-shop/instance.ts';
import { decay, type AnnealingParams } from './cooling.ts';
import { beginGeneral } from './general-start.ts';
import {
  canMoveForward,
  createGraph,
  load,
  relinkBackward,
  relinkForward,
  toNodes,
  type Graph,
} from './graph.ts';
import { costOf, meanDelay, objectiveOf } from './objective.ts';

/** Operations times moves that take about a millisecond. */
const workPerSlice = 60_000;
const traceEvery = 1024;
/** One move in so many is anywhere: chains alone may lead nowhere. */
const anywhereIn = 16;
/** Operations one move may pass. */
const longestMove = 4;

/** A graph whose heads know releases, setups and breakdowns. */
interface Timed {
  graph: Graph;
  packed: PackedJobShop;
  /** Release of a job at its first node, else 0. */
  floor: Int32Array;
  /** Family of each node's job. */
  family: Int32Array;
  /** When each node starts: breakdowns come between that and its head. */
  start: Int32Array;
  /** When each job ends. */
  ends: Int32Array;
}

function createTimed(packed: PackedJobShop): Timed {
  const graph = createGraph(packed);
  const floor = new Int32Array(graph.duration.length);
  const family = new Int32Array(graph.duration.length);
  const jobs = packed.first.length - 1;
  for (let job = 0; job < jobs; job++) {
    if (packed.release) floor[graph.nodeOf[packed.first[job]]] = packed.release[job];
    if (packed.family)
      for (let i = packed.first[job]; i < packed.first[job + 1]; i++)
        family[graph.nodeOf[i]] = packed.family[job];
  }
  return {
    graph,
    packed,
    floor,
    family,
    start: new Int32Array(graph.duration.length),
    ends: new Int32Array(jobs),
  };
}

/** Setup between neighbours on a machine. */
const setupOf = ({ packed, family }: Timed, before: number, node: number): number =>
  packed.family ? packed.setup[family[before] * packed.families + family[node]] : 0;

/** Heads from a place of the order on, the jobs' ends, and the objective. O(operations). */
function evaluate(timed: Timed, from: number): number {
  const { graph, floor, ends, packed } = timed;
  const { order, head, before, duration, lastOfJob, machine } = graph;
  const { downs } = packed;
  for (let i = from; i < order.length; i++) {
    const node = order[i];
    let start = head[node - 1];
    if (floor[node] > start) start = floor[node];
    const above = before[node];
    if (above !== 0) {
      const free = head[above] + setupOf(timed, above, node);
      if (free > start) start = free;
    }
    if (downs) {
      start = upFrom(downs, machine[node], start);
      head[node] = endOn(downs, machine[node], start, duration[node]);
    } else head[node] = start + duration[node];
    timed.start[node] = start;
  }
  for (let job = 0; job < ends.length; job++) ends[job] = head[lastOfJob[job]];
  return objectiveOf(packed, ends);
}

/** Start times by operation. */
const startsOf = ({ graph, packed, start }: Timed): Int32Array =>
  packed.machine.map((_, operation) => start[graph.nodeOf[operation]]);

/** A job that costs something, at random; for the makespan one of the last. */
function costlyJob({ packed, ends }: Timed, value: number, rng: Rng): number {
  let chosen = -1;
  let ties = 0;
  for (let job = 0; job < ends.length; job++) {
    const cost = costOf(packed, job, ends[job]);
    const counts = packed.objective === 'makespan' ? cost === value : cost > 0;
    if (counts && (++ties === 1 || rng.int(ties) === 0)) chosen = job;
  }
  return chosen;
}

/** Pairs without waiting between them on one chain up to the end of a job, in `pairs`. */
function holdUps(timed: Timed, job: number, rng: Rng, pairs: Int32Array): number {
  const { graph } = timed;
  const { head, before, machine } = graph;
  const { downs } = timed.packed;
  let count = 0;
  let node = graph.lastOfJob[job];
  while (node !== 0) {
    const start = timed.start[node];
    const above = before[node];
    /** Does what ends at `time` hold the node up, over a repair perhaps? */
    const tight = (time: number) =>
      time === start || (downs !== null && upFrom(downs, machine[node], time) === start);
    const byMachine = above !== 0 && tight(head[above] + setupOf(timed, above, node));
    const byJob = machine[node - 1] >= 0 && tight(head[node - 1]);
    if (!byMachine && !byJob) break;
    if (byMachine && (!byJob || rng.uint32() < 0x80000000)) {
      pairs[count++] = node;
      node = above;
    } else node--;
  }
  return count;
}

export function* annealGeneral(
  packed: PackedJobShop,
  context: SolveContext<AnnealingParams, JobShopSolution>,
): SolverRun<JobShopSolution> {
  const { rng, params, budget } = context;
  const start = yield* beginGeneral(packed, context);
  let { best } = start;
  const timed = createTimed(packed);
  const { graph } = timed;
  const { before, after, place } = graph;
  load(graph, toNodes(graph, start.order));
  let current = evaluate(timed, 0);
  let bestOrder = graph.order.slice();
  if (current < best) {
    best = current;
    yield { kind: 'incumbent', solution: { starts: startsOf(timed) }, objective: best };
  }
  if (best <= start.bound) return { reason: 'optimal' };
  const pairs = new Int32Array(graph.operations);
  const hottest = params.heat * meanDelay(packed);
  const slice = Math.max(4, Math.floor(workPerSlice / graph.operations));
  let moves = 0;
  let left = budget.chunk(slice);
  let inSlice = 0;
  for (let length = params.length * 1000; ; length *= 2) {
    for (let k = 0; k < length; k++) {
      const cold = 1 - k / length;
      const temperature = hottest * cold * cold;
      const job = costlyJob(timed, current, rng);
      const count = job < 0 ? 0 : holdUps(timed, job, rng, pairs);
      const anywhere = count === 0 || rng.int(anywhereIn) === 0;
      const v = anywhere ? graph.order[rng.int(graph.operations)] : pairs[rng.int(count)];
      if (before[v] !== 0) {
        let u = before[v];
        for (let steps = rng.int(longestMove); steps > 0 && before[u] !== 0; steps--) u = before[u];
        if (canMoveForward(graph, u, v)) {
          const next = after[u];
          const from = place[u];
          relinkForward(graph, u, v);
          const reached = evaluate(timed, from);
          const worse = reached - current;
          if (worse <= 0 || rng.float() < decay(worse / temperature)) current = reached;
          else {
            const low = Math.min(place[next], place[u]);
            relinkBackward(graph, next, u);
            evaluate(timed, Math.min(low, from));
          }
        }
      }
      moves++;
      if (current < best) {
        best = current;
        bestOrder = graph.order.slice();
        yield { kind: 'incumbent', solution: { starts: startsOf(timed) }, objective: best };
      }
      if (moves % traceEvery === 0) yield { kind: 'trace', row: [moves, current, temperature] };
      if (++inSlice === left || best <= start.bound) {
        yield inSlice;
        if (best <= start.bound) return { reason: 'optimal' };
        left = budget.chunk(slice);
        inSlice = 0;
      }
    }
    load(graph, bestOrder);
    current = evaluate(timed, 0);
  }
}
