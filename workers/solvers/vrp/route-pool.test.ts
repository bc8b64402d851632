import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { createRng } from '../../../src/core/rng.ts';
import { check } from '../../../src/problems/vrp/check.ts';
import { clean, pack, type VrpInstance } from '../../../src/problems/vrp/instance.ts';
import { highsRuntime, prepareHighs } from '../common/highs-runtime.ts';
import { createRoutePool, type Choice, type RoutePool } from './route-pool.ts';

beforeAll(prepareHighs);

/** All programs it takes. */
function choose(pool: RoutePool, cutoff: number, goesOn = () => true): Choice {
  const run = pool.choose(highsRuntime(), 400, cutoff, goesOn);
  let part = run.next();
  while (!part.done) part = run.next();
  return part.value;
}

const square: VrpInstance = clean({
  name: 'corners',
  capacity: 2,
  rounding: 'none',
  depot: { x: 0, y: 0 },
  customers: [
    [10, 1],
    [10, -1],
    [-10, 1],
    [-10, -1],
    [1, 10],
    [-1, 10],
    [1, -10],
    [-1, -10],
  ].map(([x, y]) => ({ x, y, demand: 1 })),
});

describe('the route pool', () => {
  test('puts halves of two plans together', () => {
    const east = {
      routes: [
        [1, 2],
        [3, 4],
        [5, 7],
        [6, 8],
      ],
    };
    const north = {
      routes: [
        [1, 3],
        [2, 4],
        [5, 6],
        [7, 8],
      ],
    };
    const pool = createRoutePool(pack(square), 100);
    // The first is far worse than the second sees: both are let in by a common objective.
    for (const plan of [east, north]) pool.add(plan, 100);
    expect(pool.size).toBe(8);
    const { solution, complete } = choose(pool, 100);
    expect(complete).toBe(true);
    expect(solution!.routes.map((route) => route.toSorted()).toSorted()).toEqual([
      [1, 2],
      [3, 4],
      [5, 6],
      [7, 8],
    ]);
  });

  test('a route in another order is kept at its shortest, and a full pool keeps the best plans', () => {
    const pool = createRoutePool(pack({ ...square, capacity: 4 }), 8);
    pool.add(
      {
        routes: [
          [1, 5, 2, 6],
          [3, 4, 7, 8],
        ],
      },
      100,
    );
    pool.add(
      {
        routes: [
          [1, 2, 5, 6],
          [3, 4, 7, 8],
        ],
      },
      99,
    );
    expect(pool.size).toBe(2);
    expect(choose(pool, 100).solution?.routes).toContainEqual([1, 2, 5, 6]);
    pool.add({ routes: [[1]] }, 200);
    expect(pool.size).toBe(2);
    for (let i = 0; i < 8; i++) pool.add({ routes: [[1 + i]] }, 99 - i / 10);
    expect(pool.size).toBeLessThanOrEqual(8);
  });

  test('fleet, counts and prizes are kept', () => {
    const instance = clean({
      ...square,
      vehicles: 3,
      fleet: [
        { capacity: 2, count: 1, fixed: 5 },
        { capacity: 4, perDistance: 1.5 },
      ],
      customers: square.customers.map((customer, i) =>
        i > 5 ? { ...customer, prize: 3 } : customer,
      ),
    });
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const rng = createRng(seed);
        const pool = createRoutePool(pack(instance), 400);
        let least = Infinity;
        for (let plan = 0; plan < 30; plan++) {
          const order = [1, 2, 3, 4, 5, 6, 7, 8].sort(() => rng.float() - 0.5);
          const kept = order.filter((customer) => customer <= 6 || rng.float() < 0.5);
          const solution = {
            routes: [kept.slice(0, 2), kept.slice(2, 5), kept.slice(5)],
            types: [0, 1, 1],
          };
          const report = check(instance, solution);
          if (report.feasible) least = Math.min(least, report.objective);
          pool.add(solution, 1);
        }
        const chosen = choose(pool, Infinity).solution;
        if (least === Infinity) return;
        const report = check(instance, chosen!);
        expect(report.violations).toEqual([]);
        expect(report.objective).toBeLessThanOrEqual(least * (1 + 1e-6));
        expect(choose(pool, report.objective)).toEqual({ solution: null, complete: true });
      }),
      { numRuns: 8, seed: 3 },
    );
  });
});
