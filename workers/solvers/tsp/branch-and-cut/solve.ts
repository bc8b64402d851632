/**
 * Branch and cut (Padberg & Rinaldi 1991; Applegate, Bixby, Chvátal & Cook 2006): a linear
 * relaxation over few edges, tightened by violated inequalities, priced over all edges, and split
 * on edges where it stays fractional; local search finds the tours.
 */
import type { ParamsOf } from '../../../../src/core/params.ts';
import type { SolveContext, SolverRun } from '../../../../src/core/solver.ts';
import type { TspSolution } from '../../../../src/problems/tsp/check.ts';
import type { PackedTsp } from '../../../../src/problems/tsp/instance.ts';
import type { BRANCH_AND_CUT_PARAMS } from '../../../../src/problems/tsp/solver-params.ts';
import { highsRuntime } from '../../common/highs-runtime.ts';
import { dynamicProgramming } from '../dynamic-programming.ts';
import { createLocalSearch } from '../local-search.ts';
import { prepare, type Prepared } from '../prepare.ts';
import { fromCities, toCities, tourLength } from '../space.ts';
import { chooseEdge } from './branching.ts';
import { processNode, type Events, type Work } from './node.ts';
import { createPricing, type Fixings, type Multipliers } from './pricing.ts';
import { proofNode, toCertificate, type ProofNode } from './proof.ts';
import { createRelaxation } from './relaxation.ts';

type Context = SolveContext<ParamsOf<typeof BRANCH_AND_CUT_PARAMS>, TspSolution>;

/** Below this size all tours are tried instead. */
const SMALL = 9;
/** Neighbours of the local search, and those of them in the first linear program. */
const NEIGHBOURS = 10;
const FIRST_EDGES = 5;
const REACH = 50;

const PROOF = 'branch and cut';

interface Node {
  bound: number;
  fixings: Fixings;
  proof: ProofNode;
}

export function* branchAndCut(packed: PackedTsp, context: Context): SolverRun<TspSolution> {
  if (packed.n < SMALL) return yield* dynamicProgramming(packed, context);
  const prepared = yield* prepare(packed, NEIGHBOURS, context.warmStart);
  const { space } = prepared;
  const { n, distance, integral } = space;
  const tours = createTours(prepared, context);
  yield* tours.begin();

  const pricing = createPricing(n, distance);
  yield 0;
  const relaxation = createRelaxation(
    highsRuntime(),
    n,
    distance,
    firstEdges(prepared, tours.best()),
  );
  const root = proofNode(null);
  const open: Node[] = [{ bound: -Infinity, fixings: { zero: [], one: [] }, proof: root }];
  const applied: number[] = [];
  let excluding: Multipliers | null = null;
  let struckAt = Infinity;
  let current = -Infinity;
  let node: Node | null = null;
  let told = -Infinity;
  let processed = 0;
  let certified = 1;
  /** No better tour is longer than this. */
  const limit = () => (integral ? tours.upper() - 1 + 1e-6 : tours.upper() * (1 - 1e-9));

  /** The least bound of all that is open, once it has risen, or its evidence is due. */
  function* tellBound(proof: string): Events<void> {
    const upper = tours.upper();
    let least = Math.min(current, upper);
    for (const { bound } of open) least = Math.min(least, bound);
    // The tree is as large as the search was long: it goes along at every doubling and at the end.
    const due = !root.edge || least === upper || processed >= certified;
    if (least < told || (least === told && processed < certified)) return;
    told = least;
    if (!due) {
      yield { kind: 'bound', value: least, proof };
      return;
    }
    certified = 2 * processed + 1;
    const evidence = toCertificate(root, upper, space.cities, excluding);
    yield { kind: 'bound', value: least, proof, evidence };
  }

  const work: Work = {
    space,
    relaxation,
    pricing,
    rng: context.rng.fork(1),
    pool: new Map(),
    upper: tours.upper,
    limit,
    search: () => tours.goOn(),
    tell: (tour) => tours.tell(tour),
    *onBound(bound, multipliers, proof) {
      current = bound;
      if (node) node.proof.multipliers = multipliers;
      yield* tellBound(root.edge ? PROOF : proof);
    },
    *onRound(objective, cuts) {
      yield { kind: 'trace', row: [objective, cuts, open.length + 1] };
    },
  };

  /** Shuts out the edges no better tour has; they cost the linear program nothing any more. */
  function strike(): void {
    if (!excluding || tours.upper() >= struckAt) return;
    struckAt = tours.upper();
    pricing.strike(excluding, limit());
    for (let e = 0; e < relaxation.count; e++) shut(e);
  }

  function shut(column: number): void {
    const [a, b] = [relaxation.a[column], relaxation.b[column]];
    const at = a < b ? a * n + b : b * n + a;
    relaxation.setBounds(column, 0, pricing.struck[at] === 1 ? 0 : 1);
  }

  function apply({ zero, one }: Fixings): void {
    for (const column of applied) shut(column);
    applied.length = 0;
    for (const [edges, value] of [
      [zero, 0],
      [one, 1],
    ] as const)
      for (let e = 0; e < edges.length; e += 2) {
        const column = relaxation.columnOf(edges[e], edges[e + 1]);
        relaxation.setBounds(column, value, value);
        applied.push(column);
      }
  }

  try {
    yield { kind: 'phase', name: 'Linear relaxation' };
    for (;;) {
      node = takeBest(open);
      if (!node) {
        current = Infinity;
        yield* tellBound(root.edge ? PROOF : 'linear relaxation');
        return { reason: 'optimal' };
      }
      if (node.bound > limit()) continue;
      current = node.bound;
      apply(node.fixings);
      const isRoot = node.proof === root;
      const { bound, multipliers, objective, x, stuck } = yield* processNode(
        work,
        node.fixings,
        { bound: node.bound, multipliers: node.proof.multipliers },
        isRoot,
      );
      node.proof.multipliers = multipliers;
      processed++;
      if (stuck) return { reason: 'exhausted', message: 'A linear program could not be solved.' };
      if (isRoot) {
        excluding = multipliers;
        yield { kind: 'phase', name: 'Branch and cut' };
      }
      strike();
      if (!x) {
        current = Infinity;
        yield* tellBound(root.edge ? PROOF : 'linear relaxation');
        continue;
      }
      current = bound;
      yield* tellBound(isRoot ? 'linear relaxation' : PROOF);
      const { a, b } = relaxation;
      const column = yield* chooseEdge(
        relaxation,
        { x, objective },
        limit(),
        (e) => distance(a[e], b[e]),
        (e) => !applied.includes(e),
      );
      const edge = [Math.min(a[column], b[column]), Math.max(a[column], b[column])] as const;
      node.proof.edge = edge;
      const { zero, one } = node.fixings;
      for (const fixings of [
        { zero: [...zero, ...edge], one },
        { zero, one: [...one, ...edge] },
      ]) {
        const proof = proofNode(multipliers);
        node.proof.children.push(proof);
        open.push({ bound, fixings, proof });
      }
    }
  } finally {
    relaxation.dispose();
  }
}

/** The open node of the least bound, the deepest of equals. */
function takeBest(open: Node[]): Node | null {
  let best = -1;
  for (let i = 0; i < open.length; i++) if (best < 0 || open[i].bound <= open[best].bound) best = i;
  return best < 0 ? null : open.splice(best, 1)[0];
}

/** The shortest edges of every city, and those of a tour, each once. */
function firstEdges({ candidates }: Prepared, tour: Int32Array): Int32Array {
  const n = tour.length;
  const { k, list } = candidates;
  const seen = new Set<number>();
  const edges: number[] = [];
  const add = (a: number, b: number) => {
    const key = a < b ? a * n + b : b * n + a;
    if (seen.has(key)) return;
    seen.add(key);
    edges.push(a, b);
  };
  for (let at = 0; at < n; at++) add(tour[at], tour[at + 1 === n ? 0 : at + 1]);
  for (let i = 0; i < n; i++)
    for (let near = i * k; near < i * k + Math.min(k, FIRST_EDGES); near++) add(i, list[near]);
  return Int32Array.from(edges);
}

interface Tours {
  upper(): number;
  best(): Int32Array;
  /** The search before the first linear program. */
  begin(): Events<void>;
  /** A few kicks more. */
  goOn(): Events<void>;
  tell(tour: Int32Array): Events<void>;
}

/** Iterated local search, a part at a time. */
function createTours({ space, candidates, tour, length }: Prepared, context: Context): Tours {
  const { params, rng, exchange } = context;
  const search = createLocalSearch(space, candidates, tour);
  let upper = length;
  let best: Int32Array = tour;

  function* tell(cities: Int32Array): Events<void> {
    const objective = tourLength(space, cities);
    if (objective >= upper) return;
    upper = objective;
    best = Int32Array.from(cities);
    yield { kind: 'incumbent', solution: { tour: toCities(space, cities) }, objective };
  }

  function* kick(times: number): Events<void> {
    search.kick(times, rng, REACH, 0);
    if (search.length() < upper) yield* tell(search.tour);
    yield times;
  }

  return {
    upper: () => upper,
    best: () => best,
    *begin() {
      for (;;) {
        const moves = search.descend(64);
        yield moves;
        if (moves < 64) break;
      }
      yield* tell(search.tour);
      for (let kicks = 0; kicks < params.kicks * space.n; kicks += 16) yield* kick(16);
    },
    *goOn() {
      const other = exchange?.();
      if (other) {
        const immigrant = fromCities(space, other.tour);
        if (tourLength(space, immigrant) < search.length()) search.replace(immigrant);
      }
      yield* kick(16);
    },
    tell,
  };
}
