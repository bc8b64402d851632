import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng, shuffle } from '../../../src/core/rng.ts';
import { uniformInstance } from '../../../src/problems/tsp/gallery.ts';
import { pack } from '../../../src/problems/tsp/instance.ts';
import { createAbCycles } from './ab-cycles.ts';
import { createBlocks } from './blocks.ts';
import { createCrossover } from './crossover.ts';
import { createEdgeCounts } from './edge-counts.ts';
import { prepare, type Prepared } from './prepare.ts';
import { tourLength } from './space.ts';

function linksOf(tour: Int32Array): Int32Array {
  const n = tour.length;
  const links = new Int32Array(2 * n);
  tour.forEach((city, at) => links.set([tour[(at + n - 1) % n], tour[(at + 1) % n]], 2 * city));
  return links;
}

function tourOf(links: Int32Array): Int32Array {
  const tour = [0];
  let before = links[1];
  for (;;) {
    const city = tour[tour.length - 1];
    const next = links[2 * city] === before ? links[2 * city + 1] : links[2 * city];
    if (next === 0 || tour.length > links.length / 2) return Int32Array.from(tour);
    before = city;
    tour.push(next);
  }
}

const edges = (links: Int32Array): Set<string> =>
  new Set(
    Array.from(links, (to, at) => {
      const from = at >> 1;
      return from < to ? `${from}-${to}` : `${to}-${from}`;
    }),
  );

const pairs = fc.record({
  n: fc.integer({ min: 8, max: 40 }),
  seed: fc.integer({ min: 0, max: 1e6 }),
});

const randomTour = (n: number, rng: ReturnType<typeof createRng>): Int32Array =>
  shuffle(
    Int32Array.from({ length: n }, (_, i) => i),
    rng,
  );

function prepared(n: number): Prepared {
  const making = prepare(pack(uniformInstance(n)), 10);
  let step = making.next();
  while (!step.done) step = making.next();
  return step.value;
}

describe('AB-cycles', () => {
  it('hold every edge of one tour only, once, alternating', () => {
    fc.assert(
      fc.property(pairs, ({ n, seed }) => {
        const rng = createRng(seed);
        const [a, b] = [linksOf(randomTour(n, rng)), linksOf(randomTour(n, rng))];
        const [inA, inB] = [edges(a), edges(b)];
        const cycles = createAbCycles(n);
        for (let again = 0; again < 2; again++) {
          cycles.split(a, b, rng);
          const seen: string[] = [];
          for (let c = 0; c < cycles.count; c++) {
            const cities = cycles.cities.subarray(cycles.starts[c], cycles.starts[c + 1]);
            expect(cities.length % 2).toBe(0);
            cities.forEach((city, at) => {
              const next = cities[(at + 1) % cities.length];
              const edge = city < next ? `${city}-${next}` : `${next}-${city}`;
              expect((at % 2 === 0 ? inA : inB).has(edge)).toBe(true);
              seen.push(edge);
            });
          }
          const different = [
            ...[...inA].filter((edge) => !inB.has(edge)),
            ...[...inB].filter((edge) => !inA.has(edge)),
          ];
          expect(seen.sort()).toEqual(different.sort());
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('crossover', () => {
  it('makes tours, as much shorter as it says, and keeps the counts of edges', () => {
    const { space, candidates } = prepared(60);
    const rng = createRng(5);
    const cycles = createAbCycles(60);
    let made = 0;
    for (let trial = 0; trial < 200; trial++) {
      const members = [randomTour(60, rng), randomTour(60, rng)].map(linksOf);
      const counts = createEdgeCounts(60, 120);
      const every = new Map<string, number>();
      for (const links of members)
        links.forEach((to, at) => at >> 1 < to && counts.add(at >> 1, to, 1));
      const crossover = createCrossover(space, candidates, counts, 2);
      for (let round = 0; round < 20; round++) {
        const before = tourLength(space, tourOf(members[0]));
        const old = Int32Array.from(members[0]);
        cycles.split(members[0], members[1], rng);
        crossover.begin(members[0]);
        for (let c = 0; c < cycles.count; c++) crossover.consider(cycles, Int32Array.of(c), 1);
        expect([...edges(members[0])].sort()).toEqual([...edges(old)].sort());
        const gain = crossover.replace();
        const child = tourOf(members[0]);
        expect(new Set(child).size).toBe(60);
        expect(tourLength(space, child)).toBe(before - gain);
        if (gain === 0) break;
        made++;
      }
      for (const links of members)
        for (const edge of edges(links)) every.set(edge, (every.get(edge) ?? 0) + 1);
      for (let i = 0; i < 60; i++)
        for (let j = 0; j < i; j++) expect(counts.get(i, j)).toBe(every.get(`${j}-${i}`) ?? 0);
    }
    expect(made).toBeGreaterThan(200);
  });
});

describe('blocks', () => {
  it('hold their centre, no cycle twice, and meet the rest in few cities', () => {
    const n = 80;
    const rng = createRng(11);
    const cycles = createAbCycles(n);
    const blocks = createBlocks(n);
    let grown = 0;
    for (let trial = 0; trial < 60; trial++) {
      cycles.split(linksOf(randomTour(n, rng)), linksOf(randomTour(n, rng)), rng);
      blocks.begin(cycles);
      const passing = Array.from({ length: n }, (): number[] => []);
      for (let c = 0; c < cycles.count; c++)
        for (let at = cycles.starts[c]; at < cycles.starts[c + 1]; at++)
          passing[cycles.cities[at]].push(c);
      const meetings = (set: number[]) =>
        passing.filter((all) => new Set(all.map((cycle) => set.includes(cycle))).size === 2).length;
      for (let centre = 0; centre < cycles.count; centre++) {
        const shared = passing.some((all) => all.includes(centre) && new Set(all).size === 2);
        expect(blocks.touches(centre)).toBe(shared);
        if (!shared) continue;
        const set = [...blocks.block.subarray(0, blocks.grow(centre, rng))];
        if (set.length === 0) continue;
        grown++;
        expect(set).toContain(centre);
        expect(new Set(set).size).toBe(set.length);
        // No more than by the best single cycle that could join the centre.
        const joined = Array.from({ length: cycles.count }, (_, c) => c)
          .filter(
            (c) => c !== centre && passing.some((all) => all.includes(c) && all.includes(centre)),
          )
          .map((c) => meetings([centre, c]));
        expect(meetings(set)).toBeLessThanOrEqual(Math.min(...joined));
      }
    }
    expect(grown).toBeGreaterThan(50);
  });

  it('make tours, as much shorter as they say', () => {
    const { space, candidates } = prepared(60);
    const rng = createRng(6);
    const cycles = createAbCycles(60);
    const blocks = createBlocks(60);
    let made = 0;
    for (let trial = 0; trial < 100; trial++) {
      const members = [randomTour(60, rng), randomTour(60, rng)].map(linksOf);
      const counts = createEdgeCounts(60, 120);
      for (const links of members)
        links.forEach((to, at) => at >> 1 < to && counts.add(at >> 1, to, 1));
      const crossover = createCrossover(space, candidates, counts, 2);
      const before = tourLength(space, tourOf(members[0]));
      cycles.split(members[0], members[1], rng);
      blocks.begin(cycles);
      crossover.begin(members[0]);
      for (let c = 0; c < cycles.count; c++) {
        if (!blocks.touches(c)) continue;
        crossover.consider(cycles, blocks.block, blocks.grow(c, rng));
      }
      const gain = crossover.replace();
      const child = tourOf(members[0]);
      expect(new Set(child).size).toBe(60);
      expect(tourLength(space, child)).toBe(before - gain);
      if (gain > 0) made++;
    }
    expect(made).toBeGreaterThan(50);
  });
});

describe('edge counts', () => {
  it('count as a map does, however many edges come and go', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), (seed) => {
        const rng = createRng(seed);
        const counts = createEdgeCounts(300, 10);
        const map = new Map<string, number>();
        for (let step = 0; step < 4000; step++) {
          const [i, j] = [rng.int(300), rng.int(300)];
          const key = `${Math.min(i, j)}-${Math.max(i, j)}`;
          const have = map.get(key) ?? 0;
          expect(counts.get(j, i)).toBe(have);
          const change = have > 0 && rng.int(2) === 0 ? -have : 1;
          counts.add(i, j, change);
          map.set(key, have + change);
        }
        for (const [key, count] of map) {
          const [i, j] = key.split('-').map(Number);
          expect(counts.get(i, j)).toBe(count);
        }
      }),
      { numRuns: 20 },
    );
  });
});
