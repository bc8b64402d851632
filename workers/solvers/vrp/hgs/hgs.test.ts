import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultParams } from '../../../../src/core/params.ts';
import { unwrap } from '../../../../src/core/result.ts';
import { createRng } from '../../../../src/core/rng.ts';
import { check } from '../../../../src/problems/vrp/check.ts';
import { vrp } from '../../../../src/problems/vrp/family.ts';
import { cvrplib, solomon } from '../../../../src/problems/vrp/formats/index.ts';
import { pack, type VrpInstance, type VrpSolution } from '../../../../src/problems/vrp/instance.ts';
import { hgsParams } from '../../../../src/problems/vrp/solvers.ts';
import { buildModel } from '../model.ts';
import { granularNeighbours } from './granular.ts';
import { hgs } from './hgs.ts';
import { capture, emptyGiant, randomTour, routesOf } from './individual.ts';
import { createLocalSearch } from './local-search.ts';
import { createMoves } from './moves.ts';
import { finish, instanceOf, priced, randomPlan, RATES } from './oracle.ts';
import { createPopulation, costAt, isFeasible, SIZES } from './population.ts';
import { createSplit } from './split.ts';
import { directionOf } from './swap-star.ts';
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

describe('moves', () => {
  test('every move lowers the price by driving it, and no customer is lost', () => {
    let carriedOut = 0;
    fc.assert(
      fc.property(instances, ({ model, rng }) => {
        const { n, matrix } = model;
        const tours = createTours(model, matrix!, n);
        const moves = createMoves(model, matrix!, tours);
        tours.rates.set(RATES);
        tours.load(randomPlan(model, rng));
        const read = () => routesOf(capture(model, tours, RATES));
        let price = priced(model, read());
        for (let trial = 0; trial < 200; trial++) {
          const u = 1 + rng.int(n);
          const v = 1 + rng.int(2 * n);
          if (v === u || !moves.improve(u, v)) continue;
          carriedOut++;
          const after = read();
          const now = priced(model, after);
          expect(now).toBeLessThan(price - 0.009);
          expect(capture(model, tours, RATES).cost).toBeCloseTo(now, 6);
          expect(after.flat().toSorted((a, b) => a - b)).toEqual(
            Array.from({ length: n }, (_, i) => i + 1),
          );
          price = now;
        }
      }),
      { numRuns: 300 },
    );
    expect(carriedOut).toBeGreaterThan(1000);
  });

  test('the local search ends, never above its start, however it is sliced', () => {
    fc.assert(
      fc.property(instances, fc.integer({ min: 1, max: 7 }), ({ model, rng }, slice) => {
        const { n, matrix } = model;
        const plan = randomPlan(model, rng);
        const results = [slice, 1000].map((steps) => {
          const tours = createTours(model, matrix!, n);
          tours.rates.set(RATES);
          const granular = finish(granularNeighbours(model, matrix!, 5));
          const local = createLocalSearch(model, matrix!, tours, granular, createRng(4));
          local.start(plan);
          while (!local.finished) expect(local.advance(steps)).toBeLessThanOrEqual(steps);
          return routesOf(capture(model, tours, RATES));
        });
        expect(results[1]).toEqual(results[0]);
        expect(priced(model, results[0])).toBeLessThanOrEqual(priced(model, routesOf(plan)) + 1e-6);
      }),
      { numRuns: 100 },
    );
  });
});

test('the split is the best of all cuts, within the fleet', () => {
  fc.assert(
    fc.property(instances, ({ model, rng }) => {
      const n = Math.min(9, model.n);
      const small = { ...model, n };
      const tour = emptyGiant(n, n);
      randomTour(tour, rng);
      const fleet = 1 + rng.int(n);
      let least = Infinity;
      for (let cuts = 0; cuts < 1 << (n - 1); cuts++) {
        const routes: number[][] = [[]];
        tour.tour.forEach((customer, i) => {
          if (i > 0 && (cuts >> (i - 1)) & 1) routes.push([]);
          routes.at(-1)!.push(customer);
        });
        const load = (route: number[]) => route.reduce((sum, c) => sum + model.demand[c], 0);
        if (routes.length > fleet || routes.some((route) => load(route) > 30)) continue;
        least = Math.min(least, priced(model, routes));
      }
      // Routes above one and a half loads are only cut when nothing else fits the fleet.
      if (least === Infinity) return;
      const square = new Int32Array((n + 1) * (n + 1));
      for (let i = 0; i <= n; i++)
        for (let j = 0; j <= n; j++) square[i * (n + 1) + j] = model.distance(i, j);
      createSplit(small, square, fleet).cut(tour, RATES);
      expect(tour.routes).toBeLessThanOrEqual(fleet);
      expect(priced(model, routesOf(tour))).toBeCloseTo(least, 6);
    }),
    { numRuns: 100 },
  );
});

test('directions grow with the angle', () => {
  const turn = Array.from({ length: 64 }, (_, i) => (2 * Math.PI * i) / 64 + 0.01);
  const directions = turn.map((angle) => directionOf(9 * Math.cos(angle), 9 * Math.sin(angle)));
  expect(directions).toEqual(directions.toSorted((a, b) => a - b));
  expect(new Set(directions).size).toBe(64);
});

test('a population keeps its best, drops clones first, and stays within its sizes', () => {
  const rng = createRng(3);
  const customers = Array.from({ length: 12 }, () => ({
    x: rng.int(50),
    y: rng.int(50),
    demand: 3,
  }));
  const model = finish(
    buildModel(
      pack({ name: '', capacity: 9, rounding: 'nint', depot: { x: 25, y: 25 }, customers }),
    ),
  );
  const tours = createTours(model, model.matrix!, model.n);
  const population = createPopulation(RATES, rng, SIZES);
  let best = Infinity;
  for (let i = 0; i < 400; i++) {
    tours.load(randomPlan(model, rng));
    const plan = capture(model, tours, RATES);
    expect(plan.cost).toBeCloseTo(costAt(plan, RATES), 6);
    if (isFeasible(plan)) best = Math.min(best, plan.cost);
    population.add(plan);
    expect(population.feasible).toBeLessThanOrEqual(SIZES.least + SIZES.brood);
    expect(population.infeasible).toBeLessThanOrEqual(SIZES.least + SIZES.brood);
  }
  const parents = Array.from({ length: 500 }, () => population.parent());
  expect(Math.min(...parents.filter(isFeasible).map(({ cost }) => cost))).toBe(best);
});

test('is refused by name above its limit', () => {
  const instance = (n: number): VrpInstance => ({
    name: '',
    capacity: 10,
    rounding: 'nint',
    depot: { x: 0, y: 0 },
    customers: Array.from({ length: n }, (_, i) => ({ x: i, y: 1, demand: 1 })),
  });
  expect(vrp.refuses('hgs', instance(2000))).toBeNull();
  expect(vrp.refuses('hgs', instance(2001))).toMatch(/at most 2.000 customers/);
});

const bench = process.env.INCUMBENT_BENCH ?? '../shared/bench';

describe.skipIf(!existsSync(bench))('published instances', () => {
  test.each([
    ['X-n101-k25', 27591, 600_000, 0.005],
    ['CMT6', 555.43, 60_000, 0.002],
    ['R101', 1637.7, 150_000, 0.006],
    ['RC208', 776.1, 300_000, 0.01],
  ])('%s, best known %d', { timeout: 60_000 }, (name, value, steps, gap) => {
    const path = join(bench, 'cvrplib', `${name}.vrp`);
    const instance = existsSync(path)
      ? unwrap(cvrplib.parse(readFileSync(path, 'utf8'), path))
      : unwrap(solomon.parse(readFileSync(join(bench, 'vrptw', `${name}.txt`), 'utf8'), name));
    let done = 0;
    let best: VrpSolution | null = null;
    const run = hgs(pack(instance), {
      rng: createRng(1),
      params: defaultParams(hgsParams) as never,
      budget: {
        steps,
        chunk: (preferred) => Math.min(preferred, steps - done),
        progress: () => done / steps,
      },
    });
    while (done < steps) {
      const { value: event } = run.next();
      if (typeof event === 'number') done += event;
      else if (event && 'kind' in event && event.kind === 'incumbent') best = event.solution;
    }
    const report = check(instance, best!);
    expect(report.feasible).toBe(true);
    expect(report.objective).toBeLessThanOrEqual(value * (1 + gap) + 0.005);
    expect(report.objective).toBeGreaterThanOrEqual(value - 0.005);
  });
});
