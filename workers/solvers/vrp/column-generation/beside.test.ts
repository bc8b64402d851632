import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { defaultParams, type ParamsOf } from '../../../../src/core/params.ts';
import { createRng } from '../../../../src/core/rng.ts';
import type { SolverEnd } from '../../../../src/core/solver.ts';
import { check } from '../../../../src/problems/vrp/check.ts';
import {
  clean,
  cleanCustomer,
  pack,
  ROUNDINGS,
  vehicleTypes,
  type VrpInstance,
  type VrpSolution,
} from '../../../../src/problems/vrp/instance.ts';
import { validate } from '../../../../src/problems/vrp/schema.ts';
import { unwrap } from '../../../../src/core/result.ts';
import { columnGenerationParams } from '../../../../src/problems/vrp/solvers.ts';
import { highsRuntime, prepareHighs } from '../../common/highs-runtime.ts';
import { leastCost } from '../variants-oracle.ts';
import { proveBeside } from './beside.ts';
import { createBounding } from './bounding.ts';
import { columnGeneration } from './column-generation.ts';
import { nearestMemory } from './memory.ts';
import { fewestFor, routeCost, routesOf } from './network.ts';
import { isRelaxable, relax } from './relaxation.ts';

beforeAll(prepareHighs);

/** Blocks of a proof that waits for plans that never come. */
const PATIENCE = 3000;

/** The last bound, and how it ended. @param plan what the search beside it knows */
function beside(instance: VrpInstance, plan: VrpSolution | null): { bound: number; end: unknown } {
  let bound = -Infinity;
  let known = plan;
  const run = proveBeside(pack(instance), () => {
    const told = known;
    known = null;
    return told;
  });
  for (let blocks = 0; blocks < PATIENCE;) {
    const next = run.next();
    if (next.done) return { bound, end: next.value };
    const event = next.value;
    if (typeof event === 'number') blocks += event;
    else if (event.kind === 'bound') {
      expect(event.value).toBeGreaterThanOrEqual(bound);
      bound = event.value;
    }
  }
  run.return(null);
  return { bound, end: null };
}

function solve(
  instance: VrpInstance,
  most: number,
): { best: VrpSolution | null; objective: number; bounds: number[]; end: SolverEnd | null } {
  const run = columnGeneration(pack(instance), {
    rng: createRng(1),
    params: defaultParams(columnGenerationParams) as ParamsOf<typeof columnGenerationParams>,
    budget: { steps: null, chunk: (preferred) => preferred, progress: () => NaN },
  });
  const bounds: number[] = [];
  let best: VrpSolution | null = null;
  let objective = Infinity;
  for (let steps = 0; steps < most;) {
    const next = run.next();
    if (next.done) return { best, objective, bounds, end: next.value };
    const event = next.value;
    if (typeof event === 'number') steps += event;
    else if (event.kind === 'bound') bounds.push(event.value);
    else if (event.kind === 'incumbent') {
      best = event.solution;
      objective = event.objective;
      expect(check(instance, best).violations).toEqual([]);
    }
  }
  return { best, objective, bounds, end: null };
}

const spot = { x: fc.integer({ min: 0, max: 30 }), y: fc.integer({ min: 0, max: 30 }) };
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const flag = fc.constantFrom<(true | undefined)[]>(undefined, undefined, true);
const depot = fc.record({ ...spot, due: maybe(fc.integer({ min: 120, max: 200 })) });
const ways = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 49, maxLength: 49 });

/** Any mix of all variants that the relaxation takes. */
const instances: fc.Arbitrary<VrpInstance> = fc
  .record({
    rounding: fc.constantFrom(...ROUNDINGS),
    capacity: fc.integer({ min: 8, max: 20 }),
    vehicles: maybe(fc.integer({ min: 2, max: 4 })),
    open: flag,
    maxDuration: maybe(fc.integer({ min: 80, max: 200 })),
    fixedCost: maybe(fc.integer({ min: 0, max: 30 })),
    depot,
    depots: maybe(fc.array(depot, { minLength: 1, maxLength: 2 })),
    customers: fc.array(
      fc.record({
        ...spot,
        demand: fc.integer({ min: 0, max: 8 }),
        service: fc.integer({ min: 0, max: 5 }),
        ready: maybe(fc.integer({ min: 0, max: 40 })),
        due: maybe(fc.integer({ min: 40, max: 100 })),
        prize: maybe(fc.integer({ min: 0, max: 60 })),
        backhaul: flag,
      }),
      { minLength: 1, maxLength: 4 },
    ),
    fleet: maybe(
      fc.array(
        fc.record({
          capacity: fc.integer({ min: 8, max: 20 }),
          count: maybe(fc.integer({ min: 1, max: 3 })),
          fixed: maybe(fc.integer({ min: 0, max: 40 })),
          perDistance: maybe(fc.constantFrom(0.5, 1, 1.2, 2, 1 / 3)),
          depot: maybe(fc.integer({ min: 0, max: 2 })),
        }),
        { minLength: 1, maxLength: 3 },
      ),
    ),
    matrix: maybe(fc.record({ distances: ways, durations: maybe(ways) })),
  })
  .map(({ customers, fleet, fixedCost, capacity, matrix, ...rest }) => {
    const depots = rest.depots?.length ?? 0;
    const nodes = customers.length + 1 + depots;
    const square = (flat: readonly number[]) =>
      Array.from({ length: nodes }, (_, i) =>
        Array.from({ length: nodes }, (_, j) => (i === j ? 0 : flat[i * 7 + j])),
      );
    const instance = clean({
      name: 'variants',
      ...rest,
      ...(matrix
        ? {
            matrix: {
              distances: square(matrix.distances),
              ...(matrix.durations ? { durations: square(matrix.durations) } : {}),
            },
          }
        : {}),
      capacity: fleet ? Math.max(...fleet.map((type) => type.capacity)) : capacity,
      ...(fleet
        ? { fleet: fleet.map((type) => ({ ...type, depot: Math.min(type.depot ?? 0, depots) })) }
        : { fixedCost }),
      customers: customers.map((customer) => cleanCustomer(customer)),
    });
    return unwrap(validate(instance));
  });

describe('no plan of any variant costs less than its bound', () => {
  test('beside a search, and few bounds are below the optimum', () => {
    let closed = 0;
    let feasible = 0;
    fc.assert(
      fc.property(instances, fc.boolean(), (instance, told) => {
        const optimum = leastCost(instance);
        if (optimum === Infinity) return;
        feasible++;
        const { best } = solve(instance, 400);
        const { bound, end } = beside(instance, told ? best : null);
        expect(bound).toBeLessThanOrEqual(optimum + 1e-6);
        if (end) expect(check(instance, best!).objective).toBeCloseTo(optimum, 6);
        if (bound > 0.99 * optimum - 1e-6) closed++;
      }),
      { numRuns: 40 },
    );
    expect(closed).toBeGreaterThan(0.8 * feasible);
  });

  test('on its own, and it proves the optimum', () => {
    fc.assert(
      fc.property(instances, (instance) => {
        const optimum = leastCost(instance);
        const { best, objective, bounds, end } = solve(instance, 20_000);
        for (const bound of bounds) expect(bound).toBeLessThanOrEqual(optimum + 1e-6);
        if (optimum === Infinity) {
          expect(best).toBeNull();
          return;
        }
        expect(end?.reason).toBe('optimal');
        expect(objective).toBeCloseTo(optimum, 6);
      }),
      { numRuns: 40 },
    );
  });

  test('with more types of vehicles than are told apart', () => {
    fc.assert(
      fc.property(instances, (instance) => {
        const [first] = vehicleTypes(instance);
        const mixed = clean({
          ...instance,
          fixedCost: undefined,
          fleet: Array.from({ length: 9 }, (_, i) => ({
            ...(first.count < Infinity ? { count: first.count } : {}),
            capacity: instance.capacity - (i % 3),
            fixed: first.fixed + i,
            depot: i % (1 + (instance.depots?.length ?? 0)),
          })),
          customers: instance.customers.slice(0, 2),
          matrix: undefined,
        });
        const { bound, end } = beside(mixed, null);
        expect(bound).toBeLessThanOrEqual(leastCost(mixed) + 1e-6);
        expect(end).toBeNull();
      }),
      { numRuns: 20 },
    );
  });
});

test('every cut holds for the best plan of a mixed fleet', () => {
  const rng = createRng(5);
  let cuts = 0;
  for (let round = 0; round < 2; round++) {
    const instance = clean({
      name: 'mixed',
      capacity: 30,
      rounding: 'nint',
      depot: { x: 25, y: 25 },
      fleet: [
        { capacity: 12, fixed: 15 },
        { capacity: 18, fixed: 22, perDistance: 1.2 },
        { capacity: 30, fixed: 30, perDistance: 1.4, count: 2 },
      ],
      customers: Array.from({ length: 14 }, (_, i) =>
        cleanCustomer({
          x: rng.int(51),
          y: rng.int(51),
          demand: 3 + rng.int(6),
          ...(i % 5 === 0 ? { backhaul: true as const } : {}),
          ...(i % 7 === 0 ? { prize: 40 } : {}),
        }),
      ),
    });
    const { best, objective, end } = solve(instance, 100_000);
    expect(end?.reason).toBe('optimal');
    const relaxation = relax(pack(instance));
    const routes = routesOf(relaxation, best!);
    const paid = instance.customers.reduce(
      (sum, { prize = 0 }, i) =>
        sum + (routes.some(({ stops }) => stops.includes(i + 1)) ? 0 : prize),
      0,
    );
    const cost = routes.reduce((sum, route) => sum + routeCost(relaxation, route), 0);
    expect(cost / relaxation.units + paid).toBeCloseTo(objective, 9);
    const memory = nearestMemory(relaxation, 4);
    const bounding = createBounding(highsRuntime(), relaxation, memory, 100_000);
    try {
      bounding.lower(2 * objective * relaxation.units, routes);
      for (let stage = 0; stage < 6; stage++) {
        for (const run = bounding.converge(); !run.next().done;);
        expect(bounding.bound / relaxation.units).toBeLessThanOrEqual(objective + 1e-9);
        if (bounding.tighten() === null) break;
      }
      cuts += bounding.master.cuts.length;
      for (const cut of bounding.master.cuts) {
        const sum = routes.reduce((total, route) => total + cut.coefficient(route), 0);
        expect(sum).toBeGreaterThanOrEqual(cut.lower);
        expect(sum).toBeLessThanOrEqual(cut.upper);
      }
    } finally {
      bounding.dispose();
    }
  }
  expect(cuts).toBeGreaterThan(20);
});

test('a load takes the largest vehicles first, as far as there are some', () => {
  const instance = clean({
    name: 'fleet',
    capacity: 30,
    rounding: 'nint',
    depot: { x: 0, y: 0 },
    fleet: [{ capacity: 10 }, { capacity: 30, count: 2 }],
    customers: Array.from({ length: 9 }, (_, i) => ({ x: i, y: 1, demand: 10 })),
  });
  const { networks, fewest } = relax(pack(instance));
  expect([0, 30, 31, 60, 61, 90].map((load) => fewestFor(networks, load))).toEqual([
    0, 1, 2, 2, 3, 5,
  ]);
  expect(fewest).toBe(5);
});

test('pairs have no such relaxation', () => {
  const customers = [
    { x: 1, y: 0, demand: 3, deliverTo: 2 },
    { x: 2, y: 0, demand: 0 },
  ];
  const depot = { x: 0, y: 0 };
  expect(isRelaxable(pack({ name: '', capacity: 9, rounding: 'nint', depot, customers }))).toBe(
    false,
  );
});
