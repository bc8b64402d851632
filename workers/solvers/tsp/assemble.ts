/**
 * Tour merging where there is no time for a population (in the manner of Cook & Seymour 2003, by
 * the AB-cycles of Nagata & Kobayashi 2013): a few tours, each from a beginning of its own; the
 * shortest then takes from the others whatever AB-cycle makes it shorter.
 */
import { shuffle, type Rng } from '../../../src/core/rng.ts';
import type { SolverRun, SolverYield } from '../../../src/core/solver.ts';
import type { TspSolution } from '../../../src/problems/tsp/check.ts';
import { createAbCycles } from './ab-cycles.ts';
import type { Candidates } from './candidates.ts';
import { createCrossover } from './crossover.ts';
import { createEdgeCounts } from './edge-counts.ts';
import { greedyTour } from './greedy.ts';
import { createLocalSearch } from './local-search.ts';
import { linksOf } from './merge.ts';
import type { Prepared } from './prepare.ts';
import { toCities, tourLength, walk, type Space } from './space.ts';

/** Candidate edges are lengthened by up to this share for a greedy tour of its own. */
const NOISE = 0.5;
/** Kicks at a time. */
const CHUNK = 32;

/** The greedy tour of distances that chance has changed. */
export function* noisyTour(
  space: Space,
  candidates: Candidates,
  rng: Rng,
): Generator<number, Int32Array, void> {
  const distances = candidates.distances.map((d) => d * (1 + NOISE * rng.float()));
  const making = greedyTour(space, { ...candidates, distances });
  for (;;) {
    const step = making.next();
    if (step.done) return step.value;
    yield 0;
  }
}

export interface Assembly {
  rng: Rng;
  /** Tours beside the one of `prepared`. */
  members: number;
  /** Of each of them. */
  kicks: number;
  reach: number;
}

/**
 * Makes the tours (a step is a move or a kick), then merges them: O(n) for each cycle that gains and
 * for each two tours compared.
 * @param best the length of the best tour yielded, kept up to date.
 */
export function* assemble(
  { space, candidates, tour }: Prepared,
  { rng, members, kicks, reach }: Assembly,
  best: { length: number },
): SolverRun<TspSolution> {
  const { n } = space;
  const tours = [linksOf(tour)];
  const lengths = [tourLength(space, tour)];

  function* tell(cities: Int32Array): Generator<SolverYield<TspSolution>, void, void> {
    const objective = tourLength(space, cities);
    if (objective >= best.length) return;
    best.length = objective;
    yield { kind: 'incumbent', solution: { tour: toCities(space, cities) }, objective };
  }

  const search = createLocalSearch(space, candidates, tour);
  for (let made = 1; made <= members; made++) {
    yield { kind: 'phase', name: 'Tours to merge', progress: made / (members + 1) };
    search.replace(yield* noisyTour(space, candidates, rng));
    for (let moves = 256; moves === 256; yield moves) moves = search.descend(256);
    for (let done = 0; done < kicks; done += CHUNK) {
      search.kick(CHUNK, rng, reach, 0);
      yield CHUNK;
    }
    yield* tell(search.tour);
    yield { kind: 'trace', row: [search.length()] };
    tours.push(linksOf(search.tour));
    lengths.push(search.length());
  }

  yield { kind: 'phase', name: 'Merging' };
  const order = lengths.map((_, i) => i).sort((a, b) => lengths[a] - lengths[b]);
  const [shortest, ...others] = order.map((i) => tours[i]);
  const cycles = createAbCycles(n);
  // What is gained counts alone: one tour has no diversity to lose.
  const crossover = createCrossover(space, candidates, createEdgeCounts(n, 8 * n), 1);
  const cycle = new Int32Array(1);
  for (let gained = true; gained;) {
    gained = false;
    for (const other of others) {
      cycles.split(shortest, other, rng);
      const turns = shuffle(
        Int32Array.from({ length: cycles.count }, (_, i) => i),
        rng,
      );
      crossover.begin(shortest);
      for (const turn of turns) {
        if (!isWhole(turn)) continue;
        cycle[0] = turn;
        crossover.consider(cycles, cycle, 1);
        if (crossover.replace() > 0) {
          gained = true;
          crossover.begin(shortest);
        }
        yield 0;
      }
      const cities = walk(shortest);
      yield* tell(cities);
      yield { kind: 'trace', row: [tourLength(space, cities)] };
    }
  }
  return { reason: 'exhausted' };

  /** Are the cycle's edges still there to go, and still missing? Subtours were joined since. */
  function isWhole(c: number): boolean {
    const { cities, starts } = cycles;
    const has = (a: number, b: number) => shortest[2 * a] === b || shortest[2 * a + 1] === b;
    for (let at = starts[c]; at < starts[c + 1]; at += 2) {
      const next = at + 2 === starts[c + 1] ? starts[c] : at + 2;
      if (!has(cities[at], cities[at + 1]) || has(cities[at + 1], cities[next])) return false;
    }
    return true;
  }
}
