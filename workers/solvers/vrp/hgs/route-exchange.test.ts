import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRng } from '../../../../src/core/rng.ts';
import { pack, type VrpInstance } from '../../../../src/problems/vrp/instance.ts';
import { buildModel } from '../model.ts';
import { granularNeighbours } from './granular.ts';
import { capture, emptyGiant, fromRoutes, routesOf } from './individual.ts';
import { finish, instanceOf, randomPlan, RATES } from './oracle.ts';
import { createRouteExchange } from './route-exchange.ts';
import { createTours } from './tours.ts';

/** Instances of all kinds. */
const instances = fc
  .record({
    seed: fc.integer(),
    n: fc.integer({ min: 2, max: 14 }),
    timed: fc.boolean(),
    limited: fc.boolean(),
  })
  .map(instanceOf);

test('a child serves every customer once, within the fleet, by routes of both parents', () => {
  let crossed = 0;
  let whole = 0;
  fc.assert(
    fc.property(instances, ({ model, rng }) => {
      const { n, matrix } = model;
      const tours = createTours(model, matrix!, n);
      tours.rates.set(RATES);
      const granular = finish(granularNeighbours(model, matrix!, 4));
      const cross = createRouteExchange(model, matrix!, tours, granular);
      const [one, other] = [0, 1].map(() => {
        tours.load(randomPlan(model, rng));
        return capture(model, tours, RATES);
      });
      const child = emptyGiant(n, n);
      if (!cross(one, other, child, rng)) return;
      crossed++;
      const routes = routesOf(child);
      expect(routes.flat().toSorted((a, b) => a - b)).toEqual(
        Array.from({ length: n }, (_, i) => i + 1),
      );
      expect(routes.every((route) => route.length > 0)).toBe(true);
      const key = (route: number[]) => route.join();
      const [first, second] = [one, other].map((plan) => new Set(routesOf(plan).map(key)));
      // What came is whole, or what stayed is, but for what was inserted.
      if (routes.some((route) => first.has(key(route)) || second.has(key(route)))) whole++;
    }),
    { numRuns: 300 },
  );
  expect(crossed).toBeGreaterThan(100);
  expect(whole).toBeGreaterThan(0.8 * crossed);
});

/** Customers on a ring around the depot, 1 … 12 by direction. */
const ring = (): VrpInstance => ({
  name: '',
  capacity: 3,
  rounding: 'truncate-1',
  depot: { x: 0, y: 0 },
  customers: Array.from({ length: 12 }, (_, i) => ({
    x: Math.round(1000 * Math.cos((Math.PI * i) / 6 + 0.1)),
    y: Math.round(1000 * Math.sin((Math.PI * i) / 6 + 0.1)),
    demand: 1,
  })),
});

function onRing(one: number[][], other: number[][], seed: number): number[][] | null {
  const model = finish(buildModel(pack(ring())));
  const { n, matrix } = model;
  const tours = createTours(model, matrix!, 4);
  tours.rates.set(RATES);
  const granular = finish(granularNeighbours(model, matrix!, 4));
  const [first, second] = [one, other].map((routes) => {
    const plan = emptyGiant(n, 4);
    fromRoutes(plan, routes);
    tours.load(plan);
    return capture(model, tours, RATES);
  });
  const child = emptyGiant(n, 4);
  const cross = createRouteExchange(model, matrix!, tours, granular);
  return cross(first, second, child, createRng(seed)) ? routesOf(child) : null;
}

const seeds = Array.from({ length: 40 }, (_, i) => i);

test('routes that serve the same customers change places as they are', () => {
  const one = [
    [2, 1, 3],
    [4, 5, 6],
    [8, 7, 9],
    [10, 11, 12],
  ];
  const other = [
    [1, 2, 3],
    [5, 4, 6],
    [7, 8, 9],
    [11, 10, 12],
  ];
  const origins = new Set<string>();
  for (const seed of seeds) {
    const child = onRing(one, other, seed)!;
    const sorted = child.toSorted((a, b) => Math.min(...a) - Math.min(...b));
    const came = sorted.map((route) =>
      [one, other].findIndex((plan) => plan.some((known) => `${known}` === `${route}`)),
    );
    expect(came).toHaveLength(4);
    expect(came).not.toContain(-1);
    // Parts of both, side by side on the ring.
    expect(new Set(came).size).toBe(2);
    origins.add(came.join(''));
  }
  expect(origins.size).toBeGreaterThan(4);
});

test('the routes to exchange are shifted until they serve the same customers', () => {
  const one = [
    [2, 1, 3],
    [4, 5, 6],
    [7, 8, 9],
    [10, 11, 12],
  ];
  // The same plan but for one route, and the ring begins elsewhere.
  const other = [
    [1, 2, 3],
    [4, 5, 6],
    [7, 8, 9],
    [10, 11, 12],
  ];
  let children = 0;
  for (const seed of seeds) {
    const child = onRing(one, other, seed);
    if (!child) continue;
    children++;
    expect(child.map((route) => route.join()).toSorted()).toEqual(
      other.map((route) => route.join()).toSorted(),
    );
  }
  expect(children).toBeGreaterThan(20);
});

test('nothing is written when there is nothing to exchange', () => {
  const plan = [
    [1, 2, 3],
    [4, 5, 6],
    [7, 8, 9],
    [10, 11, 12],
  ];
  for (const seed of seeds) expect(onRing(plan, plan, seed)).toBeNull();
  const single = [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]];
  expect(onRing(single, plan, 1)).toBeNull();
  expect(onRing(plan, single, 1)).toBeNull();
});
