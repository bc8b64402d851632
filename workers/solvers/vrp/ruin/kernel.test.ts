import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Neighbours } from '../../../../src/core/neighbours.ts';
import { createRng } from '../../../../src/core/rng.ts';
import {
  clean,
  cleanCustomer,
  LIMITS,
  pack,
  ROUNDINGS,
  type Rounding,
} from '../../../../src/problems/vrp/instance.ts';
import { buildModel, type Model } from '../model.ts';
import { customerNeighbours } from '../savings.ts';
import { createSearch, type Search, type SearchOptions } from '../search.ts';
import * as at from './layout.ts';

function finish<T>(work: Generator<unknown, T, void>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

interface Shape {
  n: number;
  timed: boolean;
  limited: boolean;
  rounding: Rounding;
  /** Vehicles beyond what the demand needs. */
  spare: number;
  capacity: number;
}

/** Windows that a vehicle alone can meet. */
function modelOf(seed: number, { n, timed, limited, rounding, spare, capacity }: Shape): Model {
  const rng = createRng(seed);
  let total = 0;
  const customers = Array.from({ length: n }, () => {
    const [x, y, demand] = [rng.int(60), rng.int(60), 1 + rng.int(5)];
    total += demand;
    const ready = 60 + rng.int(200);
    const window = timed ? { ready, due: ready + 20 + rng.int(100) } : {};
    return cleanCustomer({ x, y, demand, service: rng.int(4), ...window });
  });
  const depot = { x: 30, y: 30, ...(timed ? { due: 600 } : {}) };
  const maxDuration = limited ? 220 : undefined;
  const vehicles = Math.ceil(total / capacity) + spare;
  const instance = { name: '', capacity, rounding, maxDuration, vehicles, depot, customers };
  return finish(buildModel(pack(clean(instance))));
}

const options: SearchOptions = { meanRemoved: 6, maxString: 8, blink: 0.05 };

/** The kernel's search and its twin at the same plan: one route for each customer, up to the fleet. */
function pairOf(
  model: Model,
  neighbours: Neighbours,
  seed: number,
  cache?: number,
): [Search, Search] {
  const start = Array.from({ length: model.fleet }, (_, i) => [i + 1]);
  const searches = (['fastest', 'twin'] as const).map((kind) => {
    const search = createSearch(model, neighbours, createRng(seed), { ...options, cache }, kind);
    search.load(start);
    return search;
  });
  // The kernel's step is the exported function itself.
  expect(String(searches[0].step)).toContain('[native code]');
  expect(String(searches[1].step)).not.toContain('[native code]');
  return [searches[0], searches[1]];
}

const stateOf = (search: Search) => ({
  cost: search.cost,
  routes: search.routes,
  missing: search.missing,
  bestCost: search.bestCost,
  accepted: search.acceptedRoutes(),
  best: search.bestRoutes(),
});

describe('the kernel', () => {
  test('does what its twin does, step by step', () => {
    const shape = fc.record({
      n: fc.integer({ min: 2, max: 40 }),
      timed: fc.boolean(),
      limited: fc.boolean(),
      rounding: fc.constantFrom(...ROUNDINGS),
      spare: fc.integer({ min: 0, max: 6 }),
      capacity: fc.integer({ min: 5, max: 40 }),
    });
    const room = fc.constantFrom(0, 1, 5, 40);
    const far = fc.constantFrom(undefined, 0, 30, 1e6);
    fc.assert(
      fc.property(shape, fc.nat(1e6), room, far, (what, seed, cache, reach) => {
        const model = modelOf(seed, what);
        const neighbours = finish(customerNeighbours(model, model.n - 1));
        const [kernel, twin] = pairOf(model, neighbours, seed, cache);
        expect(stateOf(kernel)).toEqual(stateOf(twin));
        for (const steps of [1, 2, 5, 40, 150]) {
          for (let step = 0; step < steps; step++) {
            kernel.step(200 / steps, reach);
            twin.step(200 / steps, reach);
          }
          expect(stateOf(kernel)).toEqual(stateOf(twin));
        }
        kernel.restoreBest();
        twin.restoreBest();
        expect(stateOf(kernel)).toEqual(stateOf(twin));
      }),
      { numRuns: 150 },
    );
  });

  interface Large extends Pick<Shape, 'n' | 'timed' | 'rounding'> {
    matrix: boolean;
    cache?: number;
  }
  const large = { limited: false, spare: 12, capacity: 60 };
  test.each([
    { n: 300, timed: false, rounding: 'nint', matrix: true },
    { n: 300, timed: false, rounding: 'nint', matrix: true, cache: 30 },
    { n: 1200, timed: false, rounding: 'none', matrix: false, cache: 60 },
    { n: 300, timed: false, rounding: 'truncate-1', matrix: false, cache: 60 },
    { n: 300, timed: true, rounding: 'truncate-1', matrix: true },
    { n: 1200, timed: false, rounding: 'none', matrix: false },
    { n: 300, timed: true, rounding: 'none', matrix: false },
    { n: 300, timed: false, rounding: 'nint', matrix: false },
    { n: 300, timed: false, rounding: 'truncate-1', matrix: false },
  ] as readonly Large[])('keeps to its twin for thousands of steps: %o', (what) => {
    const { matrix, cache, ...shape } = what;
    const built = modelOf(9, { ...large, ...shape });
    const model = matrix ? built : { ...built, matrix: null };
    const neighbours = finish(customerNeighbours(model, 100));
    const [kernel, twin] = pairOf(model, neighbours, 4, cache);
    for (let turn = 0; turn < 4; turn++) {
      for (let step = 0; step < 600; step++) {
        kernel.step(3 * built.scale, 20 * built.scale);
        twin.step(3 * built.scale, 20 * built.scale);
      }
      expect(stateOf(kernel)).toEqual(stateOf(twin));
    }
    expect(kernel.missing).toBeLessThan(built.n - built.fleet);
  });

  test.each([
    { timed: true, limited: false, same: true },
    { timed: false, limited: true, same: true },
    { timed: false, limited: false, same: false },
  ])('searches locally under capacities alone: %o', ({ timed, limited, same }) => {
    const model = modelOf(3, { n: 80, rounding: 'nint', spare: 6, capacity: 30, timed, limited });
    const neighbours = finish(customerNeighbours(model, 79));
    const [without] = pairOf(model, neighbours, 1, 0);
    const [cached] = pairOf(model, neighbours, 1, 30);
    const [withoutReach] = pairOf(model, neighbours, 1, 30);
    for (let step = 0; step < 300; step++) {
      without.step(5, 40);
      cached.step(5, 40);
      withoutReach.step(5);
    }
    expect(stateOf(withoutReach)).toEqual(stateOf(without));
    if (same) expect(stateOf(cached)).toEqual(stateOf(without));
    else expect(stateOf(cached)).not.toEqual(stateOf(without));
  });

  test('has room for the largest instances', () => {
    expect(LIMITS.customers + 1).toBeLessThanOrEqual(at.CUSTOMERS);
    expect(2 * LIMITS.customers + 1).toBeLessThanOrEqual(at.NODES);
    expect(1 << at.SLACK_BITS).toBeLessThanOrEqual((at.PLACE - at.SLACK) / 8);
    for (const address of [at.CUSTOMER, at.NODE, at.TIME, at.ROUTE, at.KEY, at.SLACK, at.NEAR])
      expect(address % 8).toBe(0);
  });
});
