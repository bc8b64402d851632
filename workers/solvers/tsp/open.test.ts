import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { NO_BUDGET } from '../../../src/core/budget.ts';
import { defaultParams } from '../../../src/core/params.ts';
import { unwrap } from '../../../src/core/result.ts';
import { check } from '../../../src/problems/tsp/check.ts';
import { codec } from '../../../src/problems/tsp/codec.ts';
import { tsp } from '../../../src/problems/tsp/family.ts';
import { tsplib } from '../../../src/problems/tsp/formats/index.ts';
import {
  cityCount,
  distanceOf,
  type City,
  type TspInstance,
} from '../../../src/problems/tsp/instance.ts';
import { refuses, solverInfos, type SolverId } from '../../../src/problems/tsp/solvers.ts';
import { createDriver } from '../../runtime/driver.ts';
import { prepareHighs } from '../common/highs-runtime.ts';
import { solvers } from './index.ts';

beforeAll(prepareHighs);

function run(id: SolverId, instance: TspInstance, steps: number) {
  const info = solverInfos.find((each) => each.id === id)!;
  const driver = createDriver(
    {
      family: tsp,
      instance,
      solve: solvers[id],
      params: defaultParams(info.params),
      seed: 1,
      budget: { ...NO_BUDGET, steps },
      now: () => 0,
    },
    { incumbent: () => undefined, bound: () => undefined },
  );
  while (!driver.end) driver.run(0);
  expect(driver.end.message ?? '').not.toMatch(/infeasible|contradicts/);
  expect(driver.end.reason).not.toBe('error');
  return {
    objective: driver.objective ?? NaN,
    bound: driver.bound ?? -Infinity,
    reason: driver.end.reason,
  };
}

/** The shortest path by trying all. */
function bruteForce(instance: TspInstance): number {
  const distance = distanceOf(instance);
  const go = (city: number, left: number[]): number =>
    left.length === 0
      ? 0
      : Math.min(
          ...left.map(
            (next) =>
              distance(city, next) +
              go(
                next,
                left.filter((each) => each !== next),
              ),
          ),
        );
  const all = Array.from({ length: cityCount(instance) }, (_, i) => i);
  return Math.min(
    ...all.map((city) =>
      go(
        city,
        all.filter((each) => each !== city),
      ),
    ),
  );
}

const places: fc.Arbitrary<City[]> = fc.array(
  fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 })),
  { minLength: 1, maxLength: 7 },
);

describe('paths', () => {
  it('are found by every solver that takes them, and proven by exact ones', () => {
    fc.assert(
      fc.property(places, (cities) => {
        const instance: TspInstance = { name: '', metric: 'euclidean', cities, open: true };
        const best = bruteForce(instance);
        for (const { id } of solverInfos) {
          if (refuses(id, instance)) continue;
          const { objective, bound, reason } = run(id, instance, 300);
          expect(objective).toBeGreaterThanOrEqual(best - 1e-9);
          expect(bound).toBeLessThanOrEqual(objective + 1e-9);
          if (id === 'dynamic-programming' || id === 'branch-and-cut' || id === 'ils') {
            expect(objective).toBeCloseTo(best, 6);
            expect(reason).toBe('optimal');
          }
        }
      }),
      { numRuns: 8 },
    );
  });

  it('run along a line of cities without coming back', () => {
    const cities = Array.from({ length: 40 }, (_, i): City => [(i * 7) % 40, 0]);
    const instance: TspInstance = { name: '', metric: 'euclidean-rounded', cities, open: true };
    for (const id of ['ils', 'eax', 'branch-and-cut'] as const)
      expect(run(id, instance, 5000).objective).toBe(39);
    const tour = Int32Array.from({ length: 40 }, (_, i) => i).sort(
      (p, q) => cities[p][0] - cities[q][0],
    );
    expect(check(instance, { tour }).objective).toBe(39);
    expect(check({ ...instance, open: undefined }, { tour }).objective).toBe(78);
  });

  it('survive links and files', () => {
    const cities: City[] = [
      [0, 0],
      [3, 0],
      [0, 4],
    ];
    const instance: TspInstance = { name: 'p', metric: 'euclidean-rounded', cities, open: true };
    expect(unwrap(codec.decode(codec.encode(instance), codec.version))).toEqual(instance);
    expect(unwrap(tsplib.parse(unwrap(tsplib.write!(instance)), ''))).toEqual(instance);
    expect(unwrap(tsp.validate(JSON.parse(JSON.stringify(instance))))).toEqual(instance);
    expect(tsp.validate({ ...instance, open: 'yes' }).ok).toBe(false);
  });

  it('are refused by name where only closed tours are made', () => {
    const cities: City[] = [[0, 0]];
    const instance: TspInstance = { name: '', metric: 'euclidean', cities, open: true };
    expect(refuses('christofides', instance)).toMatch(/Christofides makes closed tours only/);
    const many = Array.from({ length: 2000 }, (_, i): City => [i, 0]);
    expect(refuses('ils', { ...instance, cities: many })).toMatch(/1,999/);
  });
});
