import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultParams, type ParamValues } from '../../../src/core/params.ts';
import { unwrap } from '../../../src/core/result.ts';
import { createRng } from '../../../src/core/rng.ts';
import type { SolverEnd } from '../../../src/core/solver.ts';
import { check } from '../../../src/problems/vrp/check.ts';
import { cvrplib, solomon } from '../../../src/problems/vrp/formats/index.ts';
import { gallery } from '../../../src/problems/vrp/gallery.ts';
import {
  clean,
  cleanCustomer,
  pack,
  ROUNDINGS,
  type VrpInstance,
  type VrpSolution,
} from '../../../src/problems/vrp/instance.ts';
import { solvers as infos, type SolverId } from '../../../src/problems/vrp/solvers.ts';
import { solvers } from './index.ts';
import { leastDistance } from './oracle.ts';

interface Outcome {
  best: VrpSolution | null;
  objective: number;
  objectives: number[];
  bound: number;
  end: SolverEnd | null;
}

function solve(
  id: SolverId,
  instance: VrpInstance,
  steps: number | null,
  options: {
    seed?: number;
    most?: number;
    params?: ParamValues;
    warmStart?: VrpSolution;
    exchange?: () => VrpSolution | null;
  } = {},
): Outcome {
  const info = infos.find((solver) => solver.id === id)!;
  let done = 0;
  const run = solvers[id](pack(instance), {
    rng: createRng(options.seed ?? 1),
    params: { ...defaultParams(info.params), ...options.params },
    budget: {
      steps,
      chunk: (preferred) => Math.min(preferred, steps === null ? Infinity : steps - done),
      progress: () => (steps === null ? NaN : done / steps),
    },
    warmStart: options.warmStart,
    exchange: options.exchange,
  });
  const outcome: Outcome = {
    best: null,
    objective: Infinity,
    objectives: [],
    bound: -Infinity,
    end: null,
  };
  while (done < (steps ?? options.most ?? Infinity)) {
    const next = run.next();
    if (next.done) {
      outcome.end = next.value;
      break;
    }
    const event = next.value;
    if (typeof event === 'number') done += event;
    else if (event.kind === 'incumbent') {
      outcome.best = event.solution as VrpSolution;
      outcome.objective = event.objective;
      outcome.objectives.push(event.objective);
    } else if (event.kind === 'bound') outcome.bound = Math.max(outcome.bound, event.value);
  }
  return outcome;
}

const bench = process.env.INCUMBENT_BENCH ?? '../shared/bench';

function benchInstance(name: string): VrpInstance {
  const path = join(bench, 'cvrplib', `${name}.vrp`);
  return existsSync(path)
    ? unwrap(cvrplib.parse(readFileSync(path, 'utf8'), path))
    : unwrap(solomon.parse(readFileSync(join(bench, 'vrptw', `${name}.txt`), 'utf8'), name));
}

/** Tiny instances of every kind: rounding, fleet, duration, windows. */
const tiny = fc
  .record({
    rounding: fc.constantFrom(...ROUNDINGS),
    capacity: fc.integer({ min: 10, max: 25 }),
    vehicles: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
    maxDuration: fc.option(fc.integer({ min: 40, max: 120 }), { nil: undefined }),
    close: fc.option(fc.integer({ min: 60, max: 200 }), { nil: undefined }),
    customers: fc.array(
      fc.record({
        x: fc.integer({ min: 0, max: 30 }),
        y: fc.integer({ min: 0, max: 30 }),
        demand: fc.integer({ min: 0, max: 10 }),
        ready: fc.integer({ min: 0, max: 60 }),
        width: fc.integer({ min: 5, max: 60 }),
        service: fc.integer({ min: 0, max: 8 }),
      }),
      { minLength: 1, maxLength: 6 },
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

describe('against exhaustive search', () => {
  test.each([
    ['sisr', 1500],
    ['hgs', 1000],
  ] as const)('%s finds the optimum of tiny instances, and bounds never pass it', (id, steps) => {
    fc.assert(
      fc.property(tiny, (instance) => {
        const optimum = leastDistance(instance);
        const { best, objective, bound, end } = solve(id, instance, steps);
        if (end?.reason === 'infeasible') expect(optimum).toBe(Infinity);
        if (optimum === Infinity) {
          expect(best).toBeNull();
          return;
        }
        if (end !== null) return;
        expect(objective).toBeCloseTo(optimum, 6);
        expect(check(instance, best!)).toMatchObject({ feasible: true, objective });
        expect(bound).toBeGreaterThanOrEqual(0);
        expect(bound).toBeLessThanOrEqual(optimum + 1e-9);
      }),
      { numRuns: 150, seed: 4 },
    );
  });

  test.each(['savings', 'sweep', 'petal', 'fisher-jaikumar', 'local-search', 'regret'] as const)(
    '%s makes feasible plans only',
    (id) => {
      fc.assert(
        fc.property(tiny, (instance) => {
          const { best, objective, objectives } = solve(id, instance, 1000);
          if (!best) return;
          expect(check(instance, best)).toMatchObject({ feasible: true, objective });
          expect(objectives).toEqual([...new Set(objectives)].sort((a, b) => b - a));
        }),
        { numRuns: 100, seed: 5 },
      );
    },
  );

  test('ten stops: the value the gallery states', () => {
    const entry = gallery.find(({ id }) => id === 'ten-stops')!;
    const instance = entry.instance();
    expect(leastDistance(instance)).toBeCloseTo(entry.bestKnown!.value, 6);
    expect(solve('sisr', instance, 4000).objective).toBe(entry.bestKnown!.value);
  });
});

describe('savings', () => {
  // Two pairs of neighbours east and west; joining each pair saves most.
  const instance: VrpInstance = {
    name: 'pairs',
    capacity: 2,
    rounding: 'nint',
    depot: { x: 0, y: 0 },
    customers: [
      { x: 10, y: 1, demand: 1 },
      { x: -10, y: 1, demand: 1 },
      { x: 10, y: -1, demand: 1 },
      { x: -10, y: -1, demand: 1 },
    ],
  };

  test('joins the ends that save most, and shows every merge', () => {
    const { best, objectives } = solve('savings', instance, 100);
    expect(best?.routes.map((route) => route.toSorted((a, b) => a - b))).toEqual([
      [1, 3],
      [2, 4],
    ]);
    expect(objectives).toEqual([80, 62, 44]);
  });

  test('says how many routes it would need when the fleet is too small for it', () => {
    const { best, end } = solve('savings', { ...instance, capacity: 4, vehicles: 1 }, 100, {
      params: { shape: 3 },
    });
    expect(best).toBeNull();
    expect(end?.message).toContain('there are 1 vehicles');
  });
});

describe('sweep', () => {
  test('fills vehicles by angle', () => {
    const customers = [
      [10, 1],
      [1, 10],
      [-1, 10],
      [-10, 1],
      [-10, -1],
      [10, -1],
    ].map(([x, y]) => ({ x, y, demand: 1 }));
    const { best } = solve(
      'sweep',
      { name: 'sweep', capacity: 2, rounding: 'none', depot: { x: 0, y: 0 }, customers },
      100,
    );
    const routes = best?.routes.map((route) => route.toSorted((a, b) => a - b));
    expect(routes?.toSorted((a, b) => a[0] - b[0])).toEqual([
      [1, 6],
      [2, 3],
      [4, 5],
    ]);
  });
});

describe('petals', () => {
  test('are chosen at least cost, not greedily', () => {
    // By angle: a lone customer, then two pairs. Filling vehicles from the first splits both pairs.
    const customers = [
      [10, 1],
      [5, 10],
      [4, 10],
      [-10, 5],
      [-10, 4],
    ].map(([x, y]) => ({ x, y, demand: 1 }));
    const { best } = solve(
      'petal',
      { name: 'petals', capacity: 2, rounding: 'none', depot: { x: 0, y: 0 }, customers },
      100,
    );
    const routes = best?.routes.map((route) => route.toSorted((a, b) => a - b));
    expect(routes?.toSorted((a, b) => a[0] - b[0])).toEqual([[1], [2, 3], [4, 5]]);
  });
});

describe('local search', () => {
  test.each(['best', 'first'])('ends in a plan no single move improves (%s)', (rule) => {
    const instance = gallery.find(({ id }) => id === 'windows-rc-50')!.instance();
    const { best, objectives, end } = solve('local-search', instance, 5000, { params: { rule } });
    expect(end?.message).toContain('local optimum');
    expect(objectives.length).toBeGreaterThan(20);
    const again = solve('local-search', instance, 5000, { warmStart: best!, params: { rule } });
    expect(again.objectives).toEqual([objectives.at(-1)]);
  });
});

describe('Fisher–Jaikumar', () => {
  test('clusters by seeds within the capacity', () => {
    const instance = gallery.find(({ id }) => id === 'x-100')!.instance();
    const { best, objective } = solve('fisher-jaikumar', instance, 100);
    const savings = solve('savings', instance, 100);
    expect(check(instance, best!).feasible).toBe(true);
    expect(objective).toBeLessThan(1.25 * savings.objective);
  });
});

describe('ruin and recreate', () => {
  const instance = gallery.find(({ id }) => id === 'x-100')!.instance();

  test('goes on from a warm start, and takes over better plans of others', () => {
    const long = solve('sisr', instance, 20_000);
    const warm = solve('sisr', instance, 2000, { warmStart: long.best! });
    expect(warm.objectives[0]).toBe(long.objective);
    let offered: VrpSolution | null = long.best;
    const taken = solve('sisr', instance, 12_000, {
      seed: 9,
      params: { heat: 0.001 },
      exchange: () => {
        const offer = offered;
        offered = null;
        return offer;
      },
    });
    expect(taken.objective).toBeLessThanOrEqual(long.objective);
    expect(offered).toBeNull();
  });

  test('without a budget it anneals in cycles', () => {
    const { objective, objectives } = solve('sisr', instance, null, { most: 80_000 });
    expect(objective).toBeLessThan(objectives[0]);
  });

  test('keeps the fleet limit, leaving customers out until they fit', () => {
    const free = solve('sisr', instance, 3000).best!.routes.length;
    const demand = instance.customers.reduce((sum, customer) => sum + customer.demand, 0);
    const fewest = Math.ceil(demand / instance.capacity);
    const vehicles = Math.max(fewest, free - 1);
    const { best } = solve('sisr', { ...instance, vehicles }, 20_000);
    expect(best?.routes.length).toBeLessThanOrEqual(vehicles);
  });

  test('proves a fleet too small, and reports a customer out of reach without claiming a proof', () => {
    expect(solve('sisr', { ...instance, vehicles: 2 }, 10).end).toMatchObject({
      reason: 'infeasible',
    });
    const late = { ...instance.customers[0], due: 1 };
    const stuck = solve('sisr', { ...instance, customers: [late] }, 10);
    expect(stuck.end).toMatchObject({ reason: 'exhausted' });
    expect(stuck.end?.message).toContain('Customer 1');
  });

  test('solves instances above the size of a distance matrix', () => {
    const rng = createRng(2);
    const customers = Array.from({ length: 3200 }, () => ({
      x: rng.int(5000),
      y: rng.int(5000),
      demand: 1 + rng.int(9),
    }));
    const large: VrpInstance = {
      name: 'large',
      capacity: 60,
      rounding: 'nint',
      depot: { x: 2500, y: 2500 },
      customers,
    };
    const { best, objectives, bound } = solve('sisr', large, 1500);
    expect(check(large, best!).feasible).toBe(true);
    expect(objectives.length).toBeGreaterThan(1);
    expect(bound).toBeGreaterThan(0);
    expect(bound).toBeLessThan(objectives.at(-1)!);
  });
});

describe.skipIf(!existsSync(bench))('published instances', () => {
  test.each([
    ['P-n16-k8', 450, 3000, 0],
    ['A-n32-k5', 784, 20_000, 0],
    ['X-n101-k25', 27591, 150_000, 0.005],
    ['CMT6', 555.43, 60_000, 0.001],
    ['R101', 1637.7, 150_000, 0.005],
    ['C101', 827.3, 20_000, 0],
  ])('%s, best known %d', { timeout: 60_000 }, (name, value, steps, gap) => {
    const { best, objective, bound } = solve('sisr', benchInstance(name), steps);
    expect(check(benchInstance(name), best!).feasible).toBe(true);
    expect(objective).toBeLessThanOrEqual(value * (1 + gap) + 0.005);
    expect(objective).toBeGreaterThanOrEqual(value - 0.005);
    expect(bound).toBeLessThanOrEqual(value + 0.005);
    expect(bound).toBeGreaterThan(0.4 * value);
  });
});
