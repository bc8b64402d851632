import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng, shuffle, type Rng } from '../../../src/core/rng.ts';
import { uniformInstance } from '../../../src/problems/tsp/gallery.ts';
import { pack } from '../../../src/problems/tsp/instance.ts';
import { createLocalSearch } from './local-search.ts';
import { linksOf, mergeTours } from './merge.ts';
import { prepare, type Prepared } from './prepare.ts';
import { tourLength } from './space.ts';
import { createTile } from './tile.ts';

function prepared(n: number): Prepared {
  const making = prepare(pack(uniformInstance(n)), 8);
  let step = making.next();
  while (!step.done) step = making.next();
  return step.value;
}

/** The tour after some kicks of its own. */
function kicked({ space, candidates, tour }: Prepared, rng: Rng, kicks: number): Int32Array {
  const search = createLocalSearch(space, candidates, tour);
  while (search.descend(64) === 64);
  search.kick(kicks, rng, 20, 0);
  return Int32Array.from(search.tour);
}

describe('merging tours', () => {
  it('makes a tour of edges of either that is no longer than both', () => {
    fc.assert(
      fc.property(fc.integer({ min: 8, max: 30 }), fc.integer(), (n, seed) => {
        const rng = createRng(seed);
        const { space } = small(n);
        const a = shuffle(
          Int32Array.from({ length: n }, (_, i) => i),
          rng,
        );
        // A few exchanges away from the first.
        const b = Int32Array.from(a);
        for (let turn = 0; turn < 3; turn++) {
          const [from, to] = [rng.int(n), rng.int(n)].toSorted((p, q) => p - q);
          b.subarray(from, to + 1).reverse();
        }
        const { tour, length } = mergeTours(space, a, b);
        expect(new Set(tour).size).toBe(n);
        expect(tourLength(space, tour)).toBe(length);
        expect(length).toBeLessThanOrEqual(Math.min(tourLength(space, a), tourLength(space, b)));
        const [inA, inB] = [linksOf(a), linksOf(b)];
        linksOf(tour).forEach((to, at) => {
          const city = at >> 1;
          const either = [inA, inB].some((all) => all[2 * city] === to || all[2 * city + 1] === to);
          expect(either).toBe(true);
        });
      }),
      { numRuns: 200 },
    );
  });

  it('gains from both what two searches found in different places', () => {
    const start = prepared(2000);
    const [a, b] = [1, 2].map((seed) => kicked(start, createRng(seed), 150));
    const { length } = mergeTours(start.space, a, b);
    const least = Math.min(tourLength(start.space, a), tourLength(start.space, b));
    expect(length).toBeLessThan(least);
  });
});

const spaces = new Map<number, Prepared>();
function small(n: number): Prepared {
  const known = spaces.get(n) ?? prepared(n);
  spaces.set(n, known);
  return known;
}

describe('tiles', () => {
  it('save on the whole tour what they save inside, and leave the rest as it was', () => {
    const start = prepared(600);
    const { space, candidates } = start;
    const rank = new Int32Array(600).fill(-1);
    let tour = kicked(start, createRng(3), 0);
    for (let round = 0; round < 12; round++) {
      const first = round * 50;
      const inTile = (i: number) => (i - first + 600) % 600 < 200;
      // By turns in space and along the tour.
      const places = Int32Array.from({ length: 600 }, (_, at) => at).filter((at) =>
        inTile(round % 2 === 0 ? tour[at] : at),
      );
      const look = new Uint8Array(600);
      const tile = createTile(space, candidates, tour, places, look, rank);
      const before = tile.search.length();
      const rng = createRng(round);
      tile.search.kick(40, rng, 20, 0);
      const out = new Int32Array(600);
      tile.expand(out);
      expect(new Set(out).size).toBe(600);
      expect(tourLength(space, tour) - tourLength(space, out)).toBe(before - tile.search.length());
      const inside = new Set(tile.members);
      const [old, now] = [linksOf(tour), linksOf(out)];
      for (let city = 0; city < 600; city++) {
        if (inside.has(city)) continue;
        expect([now[2 * city], now[2 * city + 1]].sort()).toEqual(
          [old[2 * city], old[2 * city + 1]].sort(),
        );
      }
      expect(rank.every((value) => value === -1)).toBe(true);
      tour = out;
    }
    expect(tourLength(space, tour)).toBeLessThan(tourLength(space, kicked(start, createRng(3), 0)));
  });
});

describe('fixed edges', () => {
  it('stay through descent and kicks', () => {
    const { space, candidates, tour } = prepared(200);
    const fixed = new Int32Array(400).fill(-1);
    const pairs: [number, number][] = [];
    for (let at = 0; at < 200; at += 5) {
      const [a, b] = [tour[at], tour[at + 1]];
      fixed[2 * a + 1] = b;
      fixed[2 * b] = a;
      pairs.push([a, b]);
    }
    const search = createLocalSearch(space, candidates, tour, { fixed });
    const before = search.length();
    while (search.descend(64) === 64);
    const rng = createRng(9);
    search.kick(500, rng, 20, 0);
    expect(search.length()).toBeLessThan(before);
    const links = linksOf(search.tour);
    for (const [a, b] of pairs) expect([links[2 * a], links[2 * a + 1]]).toContain(b);
  });
});
