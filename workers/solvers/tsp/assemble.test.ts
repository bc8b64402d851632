import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../../src/core/rng.ts';
import { uniformInstance } from '../../../src/problems/tsp/gallery.ts';
import { pack } from '../../../src/problems/tsp/instance.ts';
import { assemble } from './assemble.ts';
import { createLocalSearch } from './local-search.ts';
import { prepare, type Prepared } from './prepare.ts';
import { fromCities, tourLength } from './space.ts';

function prepared(n: number): Prepared {
  const making = prepare(pack(uniformInstance(n)), 8);
  let step = making.next();
  while (!step.done) step = making.next();
  const { space, candidates, tour } = step.value;
  const search = createLocalSearch(space, candidates, tour);
  while (search.descend(64) === 64);
  return { space, candidates, tour: Int32Array.from(search.tour), length: search.length() };
}

function run(start: Prepared, seed: number, members: number, kicks: number) {
  const best = { length: start.length };
  const incumbents: { tour: Int32Array; objective: number }[] = [];
  /** Of the members, and then after each merging. */
  const lengths: number[] = [];
  let steps = 0;
  const making = assemble(start, { rng: createRng(seed), members, kicks, reach: 20 }, best);
  for (let step = making.next(); !step.done; step = making.next()) {
    const event = step.value;
    if (typeof event === 'number') steps += event;
    else if (event.kind === 'incumbent')
      incumbents.push({ tour: event.solution.tour, objective: event.objective });
    else if (event.kind === 'trace') lengths.push(event.row[0]);
  }
  return { best: best.length, incumbents, lengths, steps };
}

describe('merging tours by their cycles', () => {
  const start = prepared(1500);

  it('gives one that is shorter than each of them', () => {
    const { best, lengths, steps } = run(start, 1, 4, 600);
    const members = [start.length, ...lengths.slice(0, 4)];
    expect(best).toBeLessThan(Math.min(...members));
    expect(steps).toBeGreaterThanOrEqual(4 * 600);
  });

  it('tells tours, each shorter than that before', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 3 }), (seed, members) => {
        const { incumbents, best } = run(start, seed, members, 100);
        let before = start.length;
        for (const { tour, objective } of incumbents) {
          expect(new Set(tour).size).toBe(1500);
          expect(tourLength(start.space, fromCities(start.space, tour))).toBe(objective);
          expect(objective).toBeLessThan(before);
          before = objective;
        }
        expect(best).toBe(before);
      }),
      { numRuns: 5 },
    );
  });

  it('is the same for the same seed', () => {
    expect(run(start, 3, 2, 100)).toEqual(run(start, 3, 2, 100));
  });
});
