/**
 * The Held–Karp bound by subgradient ascent (Held & Karp 1971) on minimum 1-trees: on the complete
 * graph for few cities; else on a sparse one, with proofs on the complete graph in between, whose
 * missing edges join the sparse graph.
 */
import type { SolverEvent } from '../../../src/core/solver.ts';
import type { Candidates } from './candidates.ts';
import type { SideTask } from '../common/interleave.ts';
import {
  createDenseOneTree,
  createGraph,
  createSparseOneTree,
  type OneTree,
  type SparseGraph,
} from './one-tree.ts';
import { createSpatialOneTree } from './spatial-one-tree.ts';
import type { Space } from './space.ts';
import type { OneTreeProof } from '../../../src/problems/tsp/evidence.ts';
import type { TspSolution } from '../../../src/problems/tsp/check.ts';

/** Up to this size every 1-tree is taken on the complete graph. */
const DENSE = 256;
/** Above this size proofs find the edges that matter in space instead of looking at all. */
const MAX_DENSE_PROOF = 2000;
/** Above this size a 1-tree outgrows the cache. */
const CACHED = 12_000;
/** Of large instances, the step size falls from the beginning, to a half after so many steps. */
const HALVED_AFTER = 15;
/** Up to this size a first proof, before any step, costs so little that it is not accounted for. */
const FREE_PROOF = 2000;
/** Multipliers are multiples of this, so that sums with whole distances are exact. */
const GRAIN = 1 / 1024;
/** Neighbours of every city in the first sparse graph: proofs add what is missing. */
const FIRST = 6;
/** Times the whole ascent is repeated at most after proofs found missing edges. */
const ROUNDS = 4;

const PROOF = '1-tree (Held–Karp)';

export interface AscentOptions {
  /** What a step of the search beside it takes, microseconds. */
  stepTime: number;
  /** Steps without a better value before the step size is halved. */
  patience: number;
  /** The length of the best tour known; falls as the search goes on. */
  upper(): number;
  /** A tour, so that the sparse graph is connected. */
  tour: Int32Array;
  /** Called after every step of the ascent. */
  onStep?(value: number, stepSize: number): SolverEvent<TspSolution>;
}

/**
 * Raises the bound until it converges; every bound yielded is proven on the complete graph. Needs
 * 3 cities. Costs are announced in steps of the search beside it.
 */
export function* ascend(
  space: Space,
  candidates: Candidates,
  options: AscentOptions,
): SideTask<TspSolution> {
  const { n, integral } = space;
  const complete = n <= DENSE;
  const spatial = n > MAX_DENSE_PROOF && space.coordinates !== null;
  const dense = spatial ? createSpatialOneTree(space, candidates) : createDenseOneTree(space);
  const multipliers = new Float64Array(n);
  const bestMultipliers = new Float64Array(n);
  const lastDegree = new Int32Array(n);
  const costOf = (time: number): number => Math.max(1, Math.round(time / options.stepTime));
  const stepCost = costOf(complete ? n * n * 0.0015 : n * (n > CACHED ? 0.35 : 0.2));
  const proofCost = costOf(spatial ? n * 9 : n * n * 0.002);
  let proven = -Infinity;
  let best = -Infinity;
  let patience = 0;
  let stepSize = 1;

  /** The bound a 1-tree of the complete graph proves: rounding errors off, whole numbers up. */
  const boundOf = (value: number): number =>
    integral ? Math.ceil(value - 1e-6) : value - 1e-10 * Math.abs(value);

  function* report({ value, leaf }: OneTree, of: Float64Array): SideTask<TspSolution> {
    const bound = boundOf(value);
    if (bound <= proven) return;
    proven = bound;
    const ordered = new Float64Array(n);
    for (let i = 0; i < n; i++) ordered[space.cities[i]] = of[i];
    const evidence: OneTreeProof = { multipliers: ordered, outside: space.cities[leaf] };
    yield { kind: 'bound', value: bound, proof: PROOF, evidence };
  }

  const sparse = complete ? null : createSparseOneTree(n);
  let edges = complete ? new Int32Array(0) : firstEdges(candidates, options.tour);
  let graph: SparseGraph | null = complete ? null : createGraph(space, edges);

  /** Proves the best multipliers; the tree's edges that the graph lacks join it. How many did? */
  function* prove(): Generator<number | SolverEvent<TspSolution>, number, void> {
    const tree = yield* dense.evaluate(bestMultipliers);
    yield* report(tree, bestMultipliers);
    best = Math.min(best, tree.value);
    if (!graph) return 0;
    const added = missingEdges(graph, tree);
    if (added.length > 0) {
      const longer = new Int32Array(edges.length + added.length);
      longer.set(edges);
      longer.set(added, edges.length);
      edges = longer;
      graph = createGraph(space, edges);
    }
    return added.length / 2;
  }

  if (n <= FREE_PROOF) yield* prove();

  let done = 0;
  let nextProof = spatial ? 10 : 20;
  let rounds = 0;
  while (options.upper() - proven >= (integral ? 1 : 1e-9 * proven)) {
    yield stepCost;
    const tree =
      graph && sparse
        ? yield* sparse.evaluate(graph, multipliers)
        : yield* dense.evaluate(multipliers);
    done++;
    if (complete) yield* report(tree, multipliers);
    if (options.onStep) yield options.onStep(tree.value, stepSize);
    if (tree.value > best) {
      best = tree.value;
      bestMultipliers.set(multipliers);
      patience = 0;
    } else if (++patience >= options.patience) {
      patience = 0;
      stepSize /= 2;
      multipliers.set(bestMultipliers);
      if (stepSize < 1e-3) {
        // Converged on this graph.
        if (complete || rounds++ === ROUNDS) return;
        yield proofCost;
        if ((yield* prove()) === 0) return;
        stepSize = 0.1;
      }
      continue;
    }
    if (spatial) stepSize *= (HALVED_AFTER + done - 1) / (HALVED_AFTER + done);
    let excess = 0;
    for (let i = 0; i < n; i++) excess += (tree.degree[i] - 2) * (tree.degree[i] - 2);
    if (excess > 0) {
      const length = (stepSize * Math.max(0, options.upper() - tree.value)) / excess;
      for (let i = 0; i < n; i++) {
        const degree = tree.degree[i] - 2;
        const moved = multipliers[i] + length * (0.7 * degree + 0.3 * lastDegree[i]);
        multipliers[i] = integral ? Math.round(moved / GRAIN) * GRAIN : moved;
        lastDegree[i] = degree;
      }
    }
    if (graph && (done === nextProof || excess === 0)) {
      nextProof *= 2;
      yield proofCost;
      const added = yield* prove();
      // The 1-tree is a tour, and the shortest of the complete graph.
      if (excess === 0 && added === 0) return;
    } else if (excess === 0) return;
  }
}

/** The nearest neighbours' edges and those of the tour. */
function firstEdges({ k, list }: Candidates, tour: Int32Array): Int32Array {
  const n = tour.length;
  const each = Math.min(k, FIRST) + 1;
  const edges = new Int32Array(2 * n * each);
  let to = 0;
  for (let at = 0; at < n; at++) {
    const city = tour[at];
    for (let near = city * k; near < city * k + each - 1; near++) {
      edges[to++] = city;
      edges[to++] = list[near];
    }
    edges[to++] = city;
    edges[to++] = tour[at + 1 === n ? 0 : at + 1];
  }
  return edges;
}

function missingEdges({ start, to }: SparseGraph, { parent }: OneTree): Int32Array {
  const missing: number[] = [];
  for (let i = 0; i < parent.length; i++) {
    if (parent[i] < 0) continue;
    let known = false;
    for (let at = start[i]; at < start[i + 1] && !known; at++) known = to[at] === parent[i];
    if (!known) missing.push(i, parent[i]);
  }
  return Int32Array.from(missing);
}
