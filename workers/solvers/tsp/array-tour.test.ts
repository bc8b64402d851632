import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createArrayTour } from './array-tour.ts';

/** A tour, places to cut it and which end of each cut comes first. */
const exchanges = fc.integer({ min: 6, max: 14 }).chain((n) =>
  fc
    .record({
      cities: fc.shuffledSubarray(
        Array.from({ length: n }, (_, i) => i),
        { minLength: n },
      ),
      cuts: fc.shuffledSubarray(
        Array.from({ length: n }, (_, i) => i),
        { minLength: 2, maxLength: 5 },
      ),
    })
    .chain((given) =>
      fc.record({
        cities: fc.constant(given.cities),
        cuts: fc.constant(given.cuts),
        upward: fc.array(fc.constantFrom(0, 1), {
          minLength: given.cuts.length,
          maxLength: given.cuts.length,
        }),
      }),
    ),
);

/** The edges of the exchanged tour, as pairs of cities. */
function edgesAfter(cities: number[], cuts: number[], upward: number[]): [number, number][] {
  const n = cities.length;
  const at = (position: number) => cities[position % n];
  const edges = cities.flatMap((city, i): [number, number][] =>
    cuts.includes(i) ? [] : [[city, at(i + 1)]],
  );
  const ends = cuts.map((cut, e) => (upward[e] ? [at(cut + 1), at(cut)] : [at(cut), at(cut + 1)]));
  ends.forEach(([, second], e) => edges.push([second, ends[(e + 1) % ends.length][0]]));
  return edges;
}

/** Does a graph of n edges, two at every city, hang together without loops? */
function isTour(edges: readonly [number, number][]): boolean {
  if (edges.some(([a, b]) => a === b)) return false;
  let city = 0;
  let last = -1;
  let count = 0;
  do {
    const next = edges.findIndex((edge, index) => index !== last && edge.includes(city));
    city = edges[next][0] === city ? edges[next][1] : edges[next][0];
    last = next;
    count++;
  } while (city !== 0);
  return count === edges.length;
}

const keys = (edges: readonly [number, number][]) =>
  edges.map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`).sort();

const edgesOf = (tour: Int32Array) =>
  Array.from(tour, (city, at): [number, number] => [city, tour[(at + 1) % tour.length]]);

describe('array tour', () => {
  it('knows which exchanges make a tour, makes them and takes them back', () => {
    fc.assert(
      fc.property(exchanges, ({ cities, cuts, upward }) => {
        const array = createArrayTour(cities.length);
        array.assign(Int32Array.from(cities));
        const wanted = edgesAfter(cities, cuts, upward);
        const closes = array.closes(Int32Array.from(cuts), Uint8Array.from(upward), cuts.length);
        expect(closes).toBe(isTour(wanted));
        if (!closes) return;
        array.exchange();
        expect(keys(edgesOf(array.tour))).toEqual(keys(wanted));
        array.tour.forEach((city, at) => expect(array.position[city]).toBe(at));
        array.undo();
        expect([...array.tour]).toEqual(cities);
        cities.forEach((city, at) => expect(array.position[city]).toBe(at));
      }),
      { numRuns: 1000 },
    );
  });

  it('makes double bridges, across its end too', () => {
    const array = createArrayTour(10);
    array.assign(Int32Array.from({ length: 10 }, (_, i) => i));
    array.doubleBridge(Int32Array.of(8, 0, 1, 4));
    expect(keys(edgesOf(array.tour))).toEqual(
      keys([
        [2, 3],
        [3, 4],
        [5, 6],
        [6, 7],
        [7, 8],
        [9, 0],
        [8, 2],
        [4, 1],
        [1, 9],
        [0, 5],
      ]),
    );
  });
});
