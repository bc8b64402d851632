import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultParams } from '../../../src/core/params.ts';
import { createRng } from '../../../src/core/rng.ts';
import { check } from '../../../src/problems/vrp/check.ts';
import { clairvoyant, knownTimes } from '../../../src/problems/vrp/dynamic.ts';
import { dynamicGenerator } from '../../../src/problems/vrp/generators-dynamic.ts';
import {
  clean,
  pack,
  type VrpInstance,
  type VrpSolution,
} from '../../../src/problems/vrp/instance.ts';
import { dispatchParams } from '../../../src/problems/vrp/solvers.ts';
import { dispatch } from './dispatch.ts';
import { leastCost } from './variants-oracle.ts';

const make = (customers: number, later: number, seed: number, requests = 'alike'): VrpInstance =>
  dynamicGenerator.generate({ customers, requests, later, response: 25 }, createRng(seed));

const REQUESTS = ['alike', 'backhauls', 'pairs'] as const;

/** Both kinds on one day: the first half in pairs, then deliveries and backhauls. */
function mixed(customers: number, later: number, seed: number): VrpInstance {
  const pairs = make(customers, later, seed, 'pairs');
  const others = make(customers, later, seed + 1, 'backhauls');
  return clean({ ...pairs, customers: [...pairs.customers, ...others.customers] });
}

/** Drives the whole day. */
function drive(instance: VrpInstance, params: object = {}, seed = 1) {
  let found: { solution: VrpSolution; objective: number } | null = null;
  const rows: (readonly number[])[] = [];
  const run = dispatch(pack(instance), {
    rng: createRng(seed),
    params: { ...defaultParams(dispatchParams), steps: 40, ...params } as never,
    budget: { steps: null, chunk: (preferred) => preferred, progress: () => NaN },
  });
  for (;;) {
    const event = run.next();
    if (event.done) return { found, rows, message: event.value.message };
    if (typeof event.value === 'number') continue;
    if (event.value.kind === 'incumbent') found = event.value;
    if (event.value.kind === 'trace') rows.push(event.value.row);
  }
}

const best = (instance: VrpInstance, params: object = {}, seed = 1) => {
  const { found } = drive(instance, params, seed);
  if (!found) throw new Error('No plan.');
  return found as { solution: VrpSolution; objective: number };
};

describe('dispatching', () => {
  test('every policy keeps the convention, on days of any kind', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 14 }),
        fc.integer({ min: 0, max: 100 }),
        fc.integer({ min: 1, max: 1000 }),
        fc.constantFrom('drive', 'middle', 'wait'),
        fc.boolean(),
        fc.constantFrom(0, 40),
        fc.constantFrom(...REQUESTS, 'mixed'),
        fc.constantFrom(25, 60, 100),
        (n, later, seed, wait, replan, interval, requests, capacity) => {
          const day = requests === 'mixed' ? mixed(n, later, seed) : make(n, later, seed, requests);
          const instance = { ...day, capacity };
          const { found } = drive(instance, { wait, replan, interval });
          const { solution, objective } = found!;
          const report = check(instance, solution as VrpSolution);
          expect(report.violations).toEqual([]);
          expect(report.objective).toBeCloseTo(objective, 6);
        },
      ),
      { numRuns: 120 },
    );
  });

  test('no day is cheaper than the best plan that knew it, and knowing it small days are best', () => {
    for (let seed = 1; seed <= 9; seed++) {
      const instance = { ...make(5, 60, seed, REQUESTS[seed % 3]), capacity: 30 };
      const least = leastCost(clairvoyant(instance));
      expect(best(instance).objective).toBeGreaterThanOrEqual(least - 1e-6);
      expect(best(clairvoyant(instance)).objective).toBeCloseTo(least, 6);
    }
  });

  test.each(REQUESTS)('planning anew is worth it: %s', (requests) => {
    let inserted = 0;
    let replanned = 0;
    for (let seed = 1; seed <= 4; seed++) {
      const instance = make(30, 50, seed, requests);
      inserted += best(instance, { replan: false }).objective;
      replanned += best(instance).objective;
    }
    expect(replanned).toBeLessThan((requests === 'alike' ? 0.9 : 1) * inserted);
  });

  test.each(REQUESTS)('decides nothing by what is not known yet: %s', (requests) => {
    const instance = make(20, 80, 5, requests);
    const knowns = knownTimes(instance);
    const calls = [...knowns.subarray(1)].sort((a, b) => a - b);
    const half = calls[10];
    // The same morning, with other places in the afternoon.
    const other: VrpInstance = {
      ...instance,
      customers: instance.customers.map((customer, i) =>
        knowns[i + 1] > half ? { ...customer, x: 50, y: 51 } : customer,
      ),
    };
    const morning = (of: VrpInstance) => best(of).solution.epochs!.filter(({ at }) => at <= half);
    expect(morning(other)).toEqual(morning(instance));
    expect(morning(instance).length).toBeGreaterThan(2);
  });

  test('with too few vehicles it says how many it could not serve', () => {
    const instance = clean({ ...make(20, 100, 2), capacity: 1000, vehicles: 1 });
    const { found, message } = drive(instance);
    expect(found).toBeNull();
    expect(message).toMatch(/^\d+ requests could not be served in time/);
  });

  test('small vehicles give way to large ones while nobody has left', () => {
    const day = make(24, 60, 8);
    const total = day.customers.reduce((sum, { demand }) => sum + demand, 0);
    const large = Math.ceil(total / 3);
    const small = Math.max(...day.customers.map(({ demand }) => demand));
    const mixed = clean({
      ...day,
      fleet: [
        { capacity: small, fixed: 5 },
        { capacity: large, fixed: 12, count: 4 },
      ],
    });
    const { solution, objective } = best(mixed);
    const report = check(mixed, solution);
    expect(report.violations).toEqual([]);
    expect(report.objective).toBeCloseTo(objective, 6);
    expect(solution.types).toContain(1);
    const onlySmall = clean({ ...day, fleet: [{ capacity: small, fixed: 5 }] });
    expect(objective).toBeLessThan(0.8 * best(onlySmall).objective);
  });

  test('requests with a prize may be turned down', () => {
    const day = make(20, 100, 2);
    const instance = clean({
      ...day,
      vehicles: 2,
      customers: day.customers.map((customer) => ({ ...customer, prize: 40 })),
    });
    const { solution, objective } = best(instance);
    expect(check(instance, solution)).toMatchObject({ feasible: true });
    expect(objective).toBeLessThan(800);
  });

  test('several depots, mixed fleets, open routes, a cost per vehicle, durations and given distances', () => {
    const day = make(15, 60, 8);
    const nodes = [day.depot, ...day.customers];
    const distances = nodes.map((a) =>
      nodes.map((b) => Math.round(Math.abs(a.x - b.x) + 0.5 * Math.abs(a.y - b.y))),
    );
    const durations = distances.map((row) => row.map((cell) => Math.round(cell * 0.8)));
    for (const instance of [
      clean({ ...day, depots: [{ x: 10, y: 10 }] }),
      clean({ ...day, open: true }),
      clean({ ...day, fixedCost: 50 }),
      clean({
        ...day,
        depots: [{ x: 10, y: 10 }],
        fleet: [
          { capacity: day.capacity, fixed: 20, perDistance: 1.5 },
          { capacity: 3 * day.capacity, fixed: 30, count: 3 },
          { capacity: day.capacity, depot: 1, count: 2 },
        ],
      }),
      clean({ ...day, maxDuration: 220 }),
      clean({ ...day, matrix: { distances, durations } }),
    ]) {
      const { solution, objective } = best(instance, { wait: 'middle' });
      const report = check(instance, solution);
      expect(report.violations).toEqual([]);
      expect(report.objective).toBeCloseTo(objective, 6);
    }
  });

  test('a load in hand is delivered by the vehicle that has it, also when calls come between', () => {
    let between = 0;
    for (let seed = 1; seed <= 6; seed++) {
      const instance = make(24, 100, seed, 'pairs');
      const { solution } = best(instance);
      expect(check(instance, solution).violations).toEqual([]);
      const knowns = knownTimes(instance);
      solution.routes.forEach((route, r) => {
        route.forEach((customer, p) => {
          const { deliverTo } = instance.customers[customer - 1];
          if (!deliverTo) return;
          // Somebody who called after this pick-up comes before its delivery.
          const left = solution.departures![r][p];
          between += route
            .slice(p + 1, route.indexOf(deliverTo))
            .filter((other) => knowns[other] > left).length;
        });
      });
    }
    expect(between).toBeGreaterThan(3);
  });

  test('pairs may be turned down, and fixed types, depots and durations hold', () => {
    const day = make(20, 60, 2, 'pairs');
    for (const instance of [
      clean({
        ...day,
        vehicles: 2,
        customers: day.customers.map((customer) =>
          customer.deliverTo ? { ...customer, prize: 60 } : customer,
        ),
      }),
      clean({
        ...day,
        depots: [{ x: 10, y: 10 }],
        fleet: [
          { capacity: 20, fixed: 5 },
          { capacity: 60, fixed: 12, count: 3 },
          { capacity: 30, depot: 1, count: 2 },
        ],
      }),
      clean({ ...day, maxDuration: 300 }),
      clean({ ...day, open: true, fixedCost: 40 }),
    ]) {
      const { solution, objective } = best(instance, { wait: 'middle' });
      const report = check(instance, solution);
      expect(report.violations).toEqual([]);
      expect(report.objective).toBeCloseTo(objective, 6);
    }
  });
});
