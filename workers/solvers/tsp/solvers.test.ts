import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { NO_BUDGET } from '../../../src/core/budget.ts';
import { defaultParams, type ParamValues } from '../../../src/core/params.ts';
import { unwrap } from '../../../src/core/result.ts';
import { check, type TspSolution } from '../../../src/problems/tsp/check.ts';
import { tsp } from '../../../src/problems/tsp/family.ts';
import { tsplib } from '../../../src/problems/tsp/formats/index.ts';
import { gallery, uniformInstance } from '../../../src/problems/tsp/gallery.ts';
import {
  cityCount,
  distanceOf,
  METRICS,
  type City,
  type TspInstance,
} from '../../../src/problems/tsp/instance.ts';
import { refuses, solverInfos, type SolverId } from '../../../src/problems/tsp/solvers.ts';
import { createDriver } from '../../runtime/driver.ts';
import { prepareHighs } from '../common/highs-runtime.ts';
import { solvers } from './index.ts';

beforeAll(prepareHighs);

interface Outcome {
  reason: string;
  objective: number;
  bound: number;
  tour: number[];
}

function run(
  solver: SolverId,
  instance: TspInstance,
  steps: number,
  params: ParamValues = {},
  warmStart?: TspSolution,
): Outcome {
  const info = solverInfos.find(({ id }) => id === solver)!;
  let last: TspSolution | undefined;
  const driver = createDriver(
    {
      family: tsp,
      instance,
      solve: solvers[solver],
      params: { ...defaultParams(info.params), ...params },
      seed: 1,
      budget: { ...NO_BUDGET, steps },
      now: () => 0,
      warmStart,
    },
    { incumbent: (solution) => (last = solution as TspSolution), bound: () => undefined },
  );
  while (!driver.end) driver.run(0);
  expect(driver.end.message ?? '').not.toMatch(/infeasible|contradicts|error/i);
  expect(driver.end.reason).not.toBe('error');
  return {
    reason: driver.end.reason,
    objective: driver.objective ?? NaN,
    bound: driver.bound ?? -Infinity,
    tour: last ? [...last.tour] : [],
  };
}

/** The shortest tour by trying all orders. */
function bruteForce(instance: TspInstance): number {
  const distance = distanceOf(instance);
  const n = cityCount(instance);
  const go = (city: number, left: number[], length: number): number =>
    left.length === 0
      ? length + distance(city, 0)
      : Math.min(
          ...left.map((next) =>
            go(
              next,
              left.filter((each) => each !== next),
              length + distance(city, next),
            ),
          ),
        );
  return go(
    0,
    Array.from({ length: n - 1 }, (_, i) => i + 1),
    0,
  );
}

const coordinate = fc.integer({ min: -60, max: 60 });

/** Up to 8 cities in every metric; duplicates are common. */
const tiny: fc.Arbitrary<TspInstance> = fc
  .tuple(
    fc.constantFrom(...METRICS.map(({ id }) => id)),
    fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 8 }),
  )
  .map(([metric, cities]) => {
    if (metric !== 'matrix') return { name: 'tiny', metric, cities };
    const matrix = cities.map(([a], i) => cities.map(([b], j) => (i === j ? 0 : Math.abs(a * b))));
    return { name: 'tiny', metric, cities: [], matrix };
  });

describe('every solver', () => {
  it('takes tiny instances of every metric, and exact ones find what trying all finds', () => {
    fc.assert(
      fc.property(tiny, (instance) => {
        const best = bruteForce(instance);
        for (const { id } of solverInfos) {
          if (refuses(id, instance)) continue;
          const { objective, bound, reason } = run(id, instance, 200);
          expect(objective).toBeGreaterThanOrEqual(best * (1 - 1e-9));
          expect(bound).toBeLessThanOrEqual(objective * (1 + 1e-9));
          if (id === 'dynamic-programming' || id === 'ils') {
            expect(objective).toBeCloseTo(best, 6);
            expect(reason).toBe('optimal');
          }
          if (id === 'held-karp') expect(bound).toBeLessThanOrEqual(best * (1 + 1e-9));
        }
      }),
      { numRuns: 25 },
    );
  });

  it('reaches what dynamic programming proves', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(coordinate, coordinate), { minLength: 9, maxLength: 11 }),
        (cities) => {
          const instance: TspInstance = { name: 'small', metric: 'euclidean-rounded', cities };
          const best = run('dynamic-programming', instance, 1e6).objective;
          for (const id of ['ils', 'eax'] as const) {
            const { objective, bound } = run(id, instance, 2000);
            expect(objective).toBe(best);
            expect(bound).toBeLessThanOrEqual(best);
          }
        },
      ),
      { numRuns: 12 },
    );
  });

  it('takes cities that all lie in one place, or on one line', () => {
    const heap: TspInstance = {
      name: 'heap',
      metric: 'euclidean-rounded',
      cities: Array.from({ length: 300 }, (): City => [7, 7]),
    };
    const line: TspInstance = {
      ...heap,
      cities: Array.from({ length: 300 }, (_, i): City => [(i * 7) % 300, 0]),
    };
    for (const { id } of solverInfos) {
      if (refuses(id, heap)) continue;
      expect(run(id, heap, 50).objective).toBe(0);
      expect(run(id, line, 50).objective).toBeGreaterThanOrEqual(598);
    }
    expect(run('ils', line, 2000).objective).toBe(598);
  });

  it('joins twenty thousand cities in three places as quickly as others', () => {
    const places: TspInstance = {
      name: 'places',
      metric: 'euclidean-rounded',
      cities: Array.from({ length: 20_000 }, (_, i): City => [i % 3, 0]),
    };
    expect(run('greedy', places, 1e6).objective).toBe(4);
    expect(run('nearest-neighbour', places, 1).objective).toBe(4);
  }, 2000);
});

describe('edge assembly crossover', () => {
  it('finds the shortest tours known of 200 and 1,000 uniform cities', () => {
    expect(run('eax', uniformInstance(200), 40_000, { bound: 0 }).objective).toBe(10_596_945);
    const { objective } = run('eax', uniformInstance(1000), 150_000, { bound: 0 });
    expect(objective).toBe(23_019_422);
  }, 30_000);

  it('goes on from a warm start', () => {
    const instance = uniformInstance(200);
    const { tour, objective } = run('ils', instance, 5000);
    const again = run('eax', instance, 1, {}, { tour: Int32Array.from(tour) });
    expect(again.objective).toBeLessThanOrEqual(objective);
  });

  it('refuses what would take too long', () => {
    expect(refuses('eax', uniformInstance(12_000))).toBeNull();
    expect(refuses('eax', uniformInstance(12_001))).toMatch(/12,?000/);
  });
});

describe('iterated local search', () => {
  it('proves the lattice optimal', () => {
    const lattice = gallery.find(({ id }) => id === 'lattice20')!;
    const { objective, reason } = run('ils', lattice.instance(), 20_000);
    expect(objective).toBe(40_000);
    expect(reason).toBe('optimal');
  });

  it('comes within half a percent of the best known tour and proves one and a half', () => {
    const { objective, bound } = run('ils', uniformInstance(1000), 15_000);
    expect(objective).toBeLessThan(23_019_422 * 1.005);
    expect(bound).toBeGreaterThan(23_019_422 / 1.015);
    expect(bound).toBeLessThanOrEqual(23_019_422);
  });

  it('goes on from a warm start and from what others found', () => {
    const instance = uniformInstance(200);
    const { tour, objective } = run('ils', instance, 5000);
    const again = run('ils', instance, 10, {}, { tour: Int32Array.from(tour) });
    expect(again.objective).toBeLessThanOrEqual(objective);
  });

  it('lets the bound change nothing about the search', () => {
    const instance = uniformInstance(100);
    const without = run('ils', instance, 1500, { bound: 0 });
    const beside = run('ils', instance, 1500, { bound: 50 });
    expect(beside.objective).toBe(without.objective);
    expect(beside.bound).toBeGreaterThan(without.bound);
  });

  it('tells an improvement of the very last step', () => {
    const instance = uniformInstance(200);
    for (const steps of [1, 7, 63, 150]) {
      const { objective } = run('ils', instance, steps);
      const more = run('ils', instance, steps + 1);
      expect(more.objective).toBeLessThanOrEqual(objective);
    }
  });
});

const bench = `${process.env.INCUMBENT_BENCH ?? '../shared/bench'}/tsplib`;

describe.skipIf(!existsSync(bench))('published instances', () => {
  const read = (name: string) =>
    unwrap(tsplib.parse(readFileSync(`${bench}/${name}.tsp`, 'utf8'), `${name}.tsp`));

  it.each([
    ['berlin52', 7542],
    ['att48', 10628],
    ['burma14', 3323],
    ['gr96', 55209],
    ['hk48', 11461],
    ['bays29', 2020],
    ['kroA100', 21282],
    ['eil51', 426],
  ])('solves %s', (name, optimum) => {
    const instance = read(name);
    const { objective, bound, tour } = run('ils', instance, 8000);
    expect(objective).toBe(optimum);
    expect(bound).toBeLessThanOrEqual(optimum);
    expect(bound).toBeGreaterThan(0.96 * optimum);
    expect(check(instance, { tour: Int32Array.from(tour) }).objective).toBe(optimum);
  });

  it.each([
    ['pcb442', 50778],
    ['gr202', 40160],
    ['si175', 21407],
    ['fl417', 11861],
    ['u1060', 224094],
  ])('never claims more than the optimum of %s', (name, optimum) => {
    const { bound } = run('held-karp', read(name), 600);
    expect(bound).toBeLessThanOrEqual(optimum);
    expect(bound).toBeGreaterThan(0.9 * optimum);
  });
});
