import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { defaultParams, type ParamsOf } from '../../../../src/core/params.ts';
import { unwrap } from '../../../../src/core/result.ts';
import { createRng } from '../../../../src/core/rng.ts';
import type { SolverEnd } from '../../../../src/core/solver.ts';
import { check } from '../../../../src/problems/vrp/check.ts';
import { cvrplib, solomon } from '../../../../src/problems/vrp/formats/index.ts';
import {
  clean,
  cleanCustomer,
  pack,
  ROUNDINGS,
  type VrpInstance,
  type VrpSolution,
} from '../../../../src/problems/vrp/instance.ts';
import { columnGenerationParams } from '../../../../src/problems/vrp/solvers.ts';
import { highsRuntime, prepareHighs } from '../../common/highs-runtime.ts';
import { leastDistance } from '../oracle.ts';
import { createBounding } from './bounding.ts';
import { branch } from './branching.ts';
import { columnGeneration } from './column-generation.ts';
import { enumerateRoutes } from './enumerate.ts';
import { createLabels, type Prices } from './labels.ts';
import { lagrangianBound, priceArcs, reducedCost } from './lagrangian.ts';
import { nearestMemory } from './memory.ts';
import { planOf, routeCost, routesOf, type Route } from './network.ts';
import { createPricing } from './pricing.ts';
import { relax } from './relaxation.ts';

beforeAll(prepareHighs);

interface Outcome {
  best: VrpSolution | null;
  objective: number;
  bounds: number[];
  end: SolverEnd | null;
}

function solve(instance: VrpInstance, most: number): Outcome {
  const run = columnGeneration(pack(instance), {
    rng: createRng(1),
    params: defaultParams(columnGenerationParams) as ParamsOf<typeof columnGenerationParams>,
    budget: { steps: null, chunk: (preferred) => preferred, progress: () => NaN },
  });
  const outcome: Outcome = { best: null, objective: Infinity, bounds: [], end: null };
  for (let steps = 0; steps < most;) {
    const next = run.next();
    if (next.done) {
      outcome.end = next.value;
      break;
    }
    const event = next.value;
    if (typeof event === 'number') steps += event;
    else if (event.kind === 'incumbent') {
      outcome.best = event.solution;
      outcome.objective = event.objective;
    } else if (event.kind === 'bound') outcome.bounds.push(event.value);
  }
  return outcome;
}

/** Tiny instances of every kind; `close` gives windows. */
const tiny = fc
  .record({
    rounding: fc.constantFrom(...ROUNDINGS),
    capacity: fc.integer({ min: 10, max: 25 }),
    vehicles: fc.option(fc.integer({ min: 2, max: 4 }), { nil: undefined }),
    maxDuration: fc.option(fc.integer({ min: 50, max: 120 }), { nil: undefined }),
    close: fc.option(fc.integer({ min: 80, max: 200 }), { nil: undefined }),
    customers: fc.array(
      fc.record({
        x: fc.integer({ min: 0, max: 30 }),
        y: fc.integer({ min: 0, max: 30 }),
        demand: fc.integer({ min: 0, max: 10 }),
        ready: fc.integer({ min: 0, max: 60 }),
        width: fc.integer({ min: 10, max: 60 }),
        service: fc.integer({ min: 0, max: 8 }),
      }),
      { minLength: 2, maxLength: 6 },
    ),
  })
  .map(({ close, customers, ...rest }): VrpInstance =>
    clean({
      name: 'tiny',
      ...rest,
      depot: { x: 15, y: 12, due: close },
      customers: customers.map(({ ready, width, service, ...place }) =>
        cleanCustomer(
          close === undefined
            ? { ...place, service }
            : { ...place, service, ready, due: ready + width },
        ),
      ),
    }),
  );

/** All orders of all subsets of at most `most` customers. */
function* sequences(
  n: number,
  prefix: readonly number[] = [],
  most = Infinity,
): Generator<number[]> {
  if (prefix.length > 0) yield [...prefix];
  if (prefix.length === most) return;
  for (let i = 1; i <= n; i++) if (!prefix.includes(i)) yield* sequences(n, [...prefix, i], most);
}

/** Every feasible route on its own, by the checker. */
function feasibleRoutes(instance: VrpInstance): number[][] {
  const routes: number[][] = [];
  for (const route of sequences(instance.customers.length)) {
    const alone: VrpInstance = {
      ...instance,
      customers: instance.customers.filter((_, i) => route.includes(i + 1)),
    };
    const order = route.toSorted((a, b) => a - b);
    const renamed = route.map((customer) => order.indexOf(customer) + 1);
    if (check(alone, { routes: [renamed] }).feasible) routes.push(route);
  }
  return routes;
}

/** Runs a generator to its end. */
function finish<T>(run: Generator<unknown, T, void>): T {
  for (;;) {
    const next = run.next();
    if (next.done) return next.value;
  }
}

/** Prices with customer duals only. */
const priced = (instance: VrpInstance, duals: readonly number[]) => {
  const relaxation = relax(pack(instance));
  const padded = new Float64Array(relaxation.n + 1);
  padded.set(duals.slice(0, relaxation.n));
  const prices = priceArcs(relaxation, padded, []);
  return { relaxation, network: relaxation.networks[0], prices };
};

/** A route of the only kind of vehicle. */
const only = (stops: readonly number[]): Route => ({ kind: 0, stops });

const someDuals = fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 7, maxLength: 7 });

describe('pricing', () => {
  test('finds a route at least as good as the best elementary one, of the cost it says', () => {
    fc.assert(
      fc.property(tiny, someDuals, (instance, duals) => {
        const { relaxation, network, prices } = priced(
          instance,
          duals.map((dual) => dual / 10),
        );
        const { size } = relaxation;
        const run = createPricing(network, nearestMemory(relaxation, 3));
        const result = finish(run.price(prices.prices[0], true, 10, 100_000));
        expect(result.complete).toBe(true);
        for (const route of feasibleRoutes(instance))
          expect(result.least).toBeLessThanOrEqual(reducedCost(size, prices, only(route)));
        for (const { route, reduced } of result.found)
          expect(reducedCost(size, prices, only(route))).toBe(reduced);
      }),
      { numRuns: 60 },
    );
  });

  test('is exact when all customers are remembered', () => {
    fc.assert(
      fc.property(tiny, someDuals, (instance, duals) => {
        const { relaxation, network, prices } = priced(
          instance,
          duals.map((dual) => dual / 10),
        );
        const run = createPricing(network, nearestMemory(relaxation, 16));
        const { least } = finish(run.price(prices.prices[0], true, 10, 100_000));
        const reduced = feasibleRoutes(instance).map((route) =>
          reducedCost(relaxation.size, prices, only(route)),
        );
        expect(least).toBeCloseTo(Math.min(0, ...reduced), 3);
      }),
      { numRuns: 60 },
    );
  });

  test('gives up when there are too many labels', () => {
    const instance = clean({
      name: 'dense',
      capacity: 100,
      rounding: 'nint',
      depot: { x: 0, y: 0 },
      customers: Array.from({ length: 12 }, (_, i) => ({ x: i, y: (7 * i) % 12, demand: 1 })),
    });
    const { relaxation, network, prices } = priced(instance, new Array<number>(12).fill(30));
    const run = createPricing(network, nearestMemory(relaxation, 12));
    expect(finish(run.price(prices.prices[0], true, 10, 50)).complete).toBe(false);
  });
});

describe('bounds and lists', () => {
  test('the Lagrangian bound of any duals is below the optimum', () => {
    fc.assert(
      fc.property(tiny, someDuals, (instance, duals) => {
        const { relaxation, network, prices } = priced(
          instance,
          duals.map((dual) => dual / 7),
        );
        const run = createPricing(network, nearestMemory(relaxation, 2));
        const { least } = finish(run.price(prices.prices[0], true, 10, 100_000));
        const bound = lagrangianBound(relaxation, prices, [least], relaxation.fleet);
        expect(bound / relaxation.units).toBeLessThanOrEqual(leastDistance(instance) + 1e-9);
      }),
      { numRuns: 100 },
    );
  });

  test('every route within the gap is listed, or one of the same customers that is no longer', () => {
    fc.assert(
      fc.property(tiny, someDuals, fc.integer({ min: 0, max: 60 }), (instance, duals, gap) => {
        const { relaxation, network, prices } = priced(
          instance,
          duals.map((dual) => dual / 10),
        );
        const memory = nearestMemory(relaxation, 3);
        const completions = finish(
          createPricing(network, memory).completions(prices.prices[0], 100_000),
        )!;
        const listed = finish(
          enumerateRoutes(network, memory, prices.prices[0], completions, gap, 100_000),
        )!;
        const shortest = new Map<string, number>();
        for (const route of listed)
          shortest.set(route.toSorted().join(), routeCost(relaxation, only(route)));
        for (const route of feasibleRoutes(instance)) {
          if (reducedCost(relaxation.size, prices, only(route)) > gap) continue;
          expect(shortest.get(route.toSorted().join())).toBeLessThanOrEqual(
            routeCost(relaxation, only(route)),
          );
        }
      }),
      { numRuns: 60 },
    );
  });

  test('subset rows keep labels apart: joined routes cost what they say', () => {
    fc.assert(
      fc.property(tiny, someDuals, (instance, duals) => {
        const { relaxation, network, prices } = priced(
          instance,
          duals.map((dual) => dual / 7),
        );
        const { size, n } = relaxation;
        if (n < 3) return;
        const inside = new Int32Array(size);
        const keep = new Int32Array(size);
        for (const i of [1, 2, 3]) inside[i] = 1;
        for (let i = 1; i <= n; i++) keep[i] = i === 4 ? 0 : 1;
        const rows: Prices['rows'] = {
          words: 1,
          inside,
          keep,
          penalty: Float64Array.from({ length: 32 }, (_, bit) => (bit === 0 ? 17 : 0)),
        };
        const withRows = { ...prices, prices: [{ arc: prices.prices[0].arc, rows }] };
        const run = createPricing(network, nearestMemory(relaxation, 16));
        const { least, found } = finish(run.price(withRows.prices[0], true, 10, 100_000));
        const reduced = feasibleRoutes(instance).map((route) =>
          reducedCost(size, withRows, only(route)),
        );
        expect(least).toBeCloseTo(Math.min(0, ...reduced), 3);
        for (const { route, reduced: said } of found)
          expect(reducedCost(size, withRows, only(route))).toBe(said);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the solver', () => {
  test('proves tiny instances optimal, and no bound is above the optimum', () => {
    fc.assert(
      fc.property(tiny, (instance) => {
        const least = leastDistance(instance);
        const { best, objective, bounds, end } = solve(instance, 20_000);
        for (const bound of bounds) expect(bound).toBeLessThanOrEqual(least + 1e-9 * (1 + least));
        if (best === null) return;
        expect(check(instance, best).feasible).toBe(true);
        expect(end?.reason).toBe('optimal');
        expect(objective).toBeCloseTo(least, 6);
      }),
      { numRuns: 30 },
    );
  });

  test('labels of no demand do not circle for ever', () => {
    const instance = clean({
      name: 'no demand',
      capacity: 10,
      rounding: 'nint',
      depot: { x: 0, y: 0 },
      customers: [1, 2, 3, 4].map((x) => ({ x, y: x * x, demand: 0 })),
    });
    const { relaxation, network, prices } = priced(instance, [50, 50, 50, 50]);
    const labels = createLabels(network, nearestMemory(relaxation, 1), false);
    expect(finish(labels.run(prices.prices[0], true, Infinity, true, 10_000))).toBe(true);
    expect(solve(instance, 20_000).end?.reason).toBe('optimal');
  });

  test('every cut holds for the optimal plan, and so does the bound with cuts', () => {
    const customers = Array.from({ length: 14 }, (_, i) => ({
      x: (i * 37) % 50,
      y: (i * 23) % 50,
      demand: 3 + ((i * 5) % 6),
    }));
    const instance = clean({
      name: 'cuts',
      capacity: 20,
      rounding: 'nint',
      depot: { x: 25, y: 25 },
      customers,
    });
    const { best, objective, end } = solve(instance, 100_000);
    expect(end?.reason).toBe('optimal');
    // Every cut holds for the optimal plan.
    const relaxation = relax(pack(instance));
    const memory = nearestMemory(relaxation, 4);
    const bounding = createBounding(highsRuntime(), relaxation, memory, 100_000);
    try {
      bounding.lower(2 * objective, routesOf(relaxation, best!));
      for (let stage = 0; stage < 6; stage++) {
        finish(bounding.converge());
        expect(Math.ceil(bounding.bound)).toBeLessThanOrEqual(objective);
        if (bounding.tighten() === null) break;
      }
      for (const cut of bounding.master.cuts) {
        const sum = best!.routes.reduce((total, route) => total + cut.coefficient(only(route)), 0);
        expect(sum).toBeGreaterThanOrEqual(cut.lower);
        expect(sum).toBeLessThanOrEqual(cut.upper);
      }
    } finally {
      bounding.dispose();
    }
  });
});

describe('branching', () => {
  /** Nine customers around the depot, three to a route: the linear program is fractional. */
  const round = (seed: number): VrpInstance => {
    const rng = createRng(seed);
    return clean({
      name: 'round',
      capacity: 10,
      rounding: 'nint',
      depot: { x: 50, y: 50 },
      customers: Array.from({ length: 9 }, () => ({
        x: rng.int(101),
        y: rng.int(101),
        demand: 3 + rng.int(3),
      })),
    });
  };

  test('over all routes there are it finds the optimum, with a bound that never passes it', () => {
    let branched = 0;
    for (let seed = 1; seed <= 12; seed++) {
      const instance = round(seed);
      const relaxation = relax(pack(instance));
      const least = leastDistance(instance);
      const shortest = new Map<string, number[]>();
      for (const route of sequences(9, [], 3)) {
        if (route.reduce((load, i) => load + relaxation.networks[0].demand[i], 0) > 10) continue;
        const key = route.toSorted().join();
        const other = shortest.get(key);
        if (!other || routeCost(relaxation, only(route)) < routeCost(relaxation, only(other)))
          shortest.set(key, route);
      }
      const pool = [...shortest.values()].map(only);
      const memory = nearestMemory(relaxation, 4);
      const bounding = createBounding(highsRuntime(), relaxation, memory, 100_000);
      try {
        bounding.lower(
          1e6,
          pool.filter(({ stops }) => stops.length === 1),
        );
        bounding.usePool(pool);
        finish(bounding.converge());
        const run = branch(bounding, relaxation.size, pool, true, 0);
        let best = Infinity;
        for (;;) {
          const next = run.next();
          if (next.done) {
            expect(next.value).toBe(true);
            break;
          }
          const event = next.value;
          if (event.kind === 'global') {
            expect(Math.ceil(event.bound)).toBeLessThanOrEqual(least);
            if (event.open > 1) branched++;
          } else if (event.kind === 'plan') {
            const report = check(instance, planOf(event.routes));
            expect(report.feasible).toBe(true);
            best = report.objective;
            bounding.lower(best, []);
          }
        }
        expect(best).toBe(least);
      } finally {
        bounding.dispose();
      }
    }
    expect(branched).toBeGreaterThan(0);
  });
});

const bench = process.env.INCUMBENT_BENCH ?? '../shared/bench';

describe.skipIf(!existsSync(bench))('published optima', () => {
  test.each([
    ['P-n16-k8', 450],
    ['P-n19-k2', 212],
    ['A-n32-k5', 784],
    ['C101', 827.3],
  ])('%s: %d is proven', (name, optimum) => {
    const path = join(bench, 'cvrplib', `${name}.vrp`);
    const instance = existsSync(path)
      ? unwrap(cvrplib.parse(readFileSync(path, 'utf8'), path))
      : unwrap(solomon.parse(readFileSync(join(bench, 'vrptw', `${name}.txt`), 'utf8'), name));
    const { objective, bounds, end } = solve(instance, 100_000);
    expect(end?.reason).toBe('optimal');
    expect(objective).toBe(optimum);
    expect(Math.max(...bounds)).toBeLessThanOrEqual(optimum);
  });
});
