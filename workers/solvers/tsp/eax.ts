/**
 * Edge assembly crossover (Nagata & Kobayashi 2013): a population of local optima whose pairs
 * exchange what they differ in, with entropy-preserving selection: one AB-cycle at a time, and when
 * that finds nothing more, blocks of them.
 */
import { createRng, shuffle } from '../../../src/core/rng.ts';
import type { Budget, SolveContext, SolverRun, SolverYield } from '../../../src/core/solver.ts';
import type { ParamsOf } from '../../../src/core/params.ts';
import type { TspSolution } from '../../../src/problems/tsp/check.ts';
import type { PackedTsp } from '../../../src/problems/tsp/instance.ts';
import type { EAX_PARAMS } from '../../../src/problems/tsp/solver-params.ts';
import { interleave } from '../common/interleave.ts';
import { createAbCycles } from './ab-cycles.ts';
import { ascend } from './ascent.ts';
import { noisyTour } from './assemble.ts';
import { buildCandidates } from './candidates.ts';
import { createBlocks } from './blocks.ts';
import { createCrossover } from './crossover.ts';
import { dynamicProgramming } from './dynamic-programming.ts';
import { createEdgeCounts } from './edge-counts.ts';
import { createLocalSearch, type LocalSearch } from './local-search.ts';
import { linksOf } from './merge.ts';
import { prepare, type Prepared } from './prepare.ts';
import { fromCities, toCities, tourLength, walk, type Space } from './space.ts';

type Context = SolveContext<ParamsOf<typeof EAX_PARAMS>, TspSolution>;

/** Below this size all tours are tried instead. */
const SMALL = 9;
/** Neighbours per city, also where subtours are joined. */
const NEIGHBOURS = 10;
/** Of these in each direction, at least: towns far apart are joined by few edges. */
const QUADRANT = 2;
/** Generations without any shorter child after which single cycles give way to blocks. */
const IDLE = 2;
/** Generations without any shorter child of blocks after which a new population begins. */
const IDLE_BLOCKS = 3;
/** Steps without a better value before the bound's step size is halved. */
const PATIENCE = 30;
/** What a child takes, microseconds, and a kick counts for no more. */
export const STEP_TIME = 30;
/** Every population is twice as large as that before, up to this. */
const MOST_MEMBERS = 320;
/** Kicks per city with which the first tour is improved before the population is made. */
const KICKS = 1;
const REACH = 50;

/** What crossover starts from. */
export const prepareCrossing = (packed: PackedTsp, warmStart?: TspSolution) =>
  prepare(packed, NEIGHBOURS, warmStart, QUADRANT);

/** Crossover's neighbour lists, where another search has prepared the space. */
export const crossingCandidates = (space: Space) => buildCandidates(space, NEIGHBOURS, QUADRANT);

export function* edgeAssembly(packed: PackedTsp, context: Context): SolverRun<TspSolution> {
  if (packed.n < SMALL) return yield* dynamicProgramming(packed, context);
  const prepared = yield* prepareCrossing(packed, context.warmStart);
  const best = { length: prepared.length };
  const search = (own: Budget) => evolve(prepared, { ...context, budget: own }, best);
  const { space, candidates, tour } = prepared;
  const bound = ascend(space, candidates, {
    stepTime: STEP_TIME,
    patience: PATIENCE,
    upper: () => best.length,
    tour,
  });
  return yield* interleave(context.budget, context.params.bound, search, bound);
}

/**
 * Populations one after the other, the best tour so far joining each when it has converged.
 * @param best the length of the best tour yielded, kept up to date.
 * @param populations ends after so many.
 */
export function* evolve(
  { space, candidates, tour }: Prepared,
  { params, rng, exchange }: Context,
  best: { length: number },
  populations = Infinity,
): SolverRun<TspSolution> {
  const { n } = space;
  const { children } = params;
  let { population } = params;
  const search = createLocalSearch(space, candidates, tour);
  const cycles = createAbCycles(n);
  const blocks = createBlocks(n);
  const single = new Int32Array(1);
  const cycleOrder = new Int32Array(n);

  function* tell(cities: Int32Array): Generator<SolverYield<TspSolution>, void, void> {
    const objective = tourLength(space, cities);
    if (objective >= best.length) return;
    best.length = objective;
    yield { kind: 'incumbent', solution: { tour: toCities(space, cities) }, objective };
  }

  yield* descend(search);
  yield* tell(search.tour);
  for (let kicks = 0; kicks < KICKS * n; kicks += 16) {
    search.kick(16, rng, REACH, 0);
    if (kicks % 128 === 0) yield* tell(search.tour);
    yield 16;
  }
  yield* tell(search.tour);
  const champion = Int32Array.from(search.tour);

  for (let made = 1; ; made++) {
    // The best tour so far would soon be all that is left of a population: it joins at its end.
    const members: Int32Array[] = [];
    const lengths = new Float64Array(population);
    const order = Int32Array.from({ length: population }, (_, i) => i);
    let joined = false;
    while (members.length < population) {
      search.replace(yield* noisyTour(space, candidates, createRng(rng.uint32())));
      yield* descend(search);
      lengths[members.length] = tourLength(space, search.tour);
      members.push(linksOf(search.tour));
      yield* tell(search.tour);
      yield { kind: 'phase', name: 'Population', progress: members.length / population };
    }
    const counts = createEdgeCounts(n, 8 * n);
    for (const links of members) {
      countEdges(links, 1);
      yield 0;
    }
    function countEdges(links: Int32Array, change: number): void {
      for (let at = 0; at < 2 * n; at++)
        if (at >> 1 < links[at]) counts.add(at >> 1, links[at], change);
    }
    /** In the place of the longest tour. */
    function admit(cities: Int32Array): void {
      const worst = lengths.indexOf(Math.max(...lengths));
      countEdges(members[worst], -1);
      members[worst] = linksOf(cities);
      countEdges(members[worst], 1);
      lengths[worst] = tourLength(space, cities);
      if (lengths[worst] < lengths[shortest]) shortest = worst;
    }
    const crossover = createCrossover(space, candidates, counts, population);
    let shortest = lengths.indexOf(Math.min(...lengths));
    let idle = 0;
    let byBlocks = false;
    yield { kind: 'phase', name: 'Crossover' };
    while (!byBlocks || idle < IDLE_BLOCKS) {
      shuffle(order, rng);
      let replaced = 0;
      for (let at = 0; at < population; at++) {
        const a = order[at];
        const b = order[at + 1 === population ? 0 : at + 1];
        cycles.split(members[a], members[b], rng);
        crossover.begin(members[a]);
        let choice = 0;
        if (byBlocks) blocks.begin(cycles);
        for (let c = 0; c < cycles.count; c++)
          if (!byBlocks || blocks.touches(c)) cycleOrder[choice++] = c;
        const tries = Math.min(children, choice);
        for (let t = 0; t < tries; t++) {
          const pick = t + rng.int(choice - t);
          const cycle = cycleOrder[pick];
          cycleOrder[pick] = cycleOrder[t];
          if (byBlocks) {
            const size = blocks.grow(cycle, rng);
            if (size > 1) crossover.consider(cycles, blocks.block, size);
          } else {
            single[0] = cycle;
            crossover.consider(cycles, single, 1);
          }
        }
        const gain = crossover.replace();
        if (gain > 0) {
          replaced++;
          lengths[a] -= gain;
          if (lengths[a] < lengths[shortest] - 1e-9) {
            shortest = a;
          }
        }
        if (lengths[shortest] < best.length) yield* tell(walk(members[shortest]));
        yield Math.max(1, tries);
      }
      idle = replaced > 0 ? 0 : idle + 1;
      if (!byBlocks && idle >= IDLE) {
        byBlocks = true;
        idle = 0;
        yield { kind: 'phase', name: 'Crossover of blocks' };
      } else if (byBlocks && idle >= IDLE_BLOCKS && !joined) {
        joined = true;
        byBlocks = false;
        idle = 0;
        admit(champion);
        yield { kind: 'phase', name: 'Crossover' };
      }
      let sum = 0;
      for (const length of lengths) sum += length;
      yield { kind: 'trace', row: [lengths[shortest], sum / population] };
      const other = exchange?.();
      if (other) {
        const immigrant = fromCities(space, other.tour);
        if (tourLength(space, immigrant) < lengths[shortest]) admit(immigrant);
      }
    }
    if (made >= populations) return { reason: 'exhausted' };
    if (lengths[shortest] < tourLength(space, champion)) champion.set(walk(members[shortest]));
    population = Math.min(MOST_MEMBERS, 2 * population);
  }
}

/** To a local optimum, yielding the moves made. */
function* descend(search: LocalSearch): Generator<number, void, void> {
  for (;;) {
    const made = search.descend(64);
    yield made;
    if (made < 64) return;
  }
}
