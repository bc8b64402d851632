import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { BitWriter } from '../../../src/core/bits.ts';
import { NO_BUDGET } from '../../../src/core/budget.ts';
import { defaultParams } from '../../../src/core/params.ts';
import { createRng } from '../../../src/core/rng.ts';
import { unwrap } from '../../../src/core/result.ts';
import { codec } from '../../../src/problems/tsp/codec.ts';
import { tsp } from '../../../src/problems/tsp/family.ts';
import { METRICS, type TspInstance } from '../../../src/problems/tsp/instance.ts';
import { refuses, solverInfos, type SolverId } from '../../../src/problems/tsp/solvers.ts';
import { createDriver } from '../../runtime/driver.ts';
import { prepareHighs } from '../common/highs-runtime.ts';
import { fromDoubled, toDoubled } from './directed.ts';
import { solvers } from './index.ts';

beforeAll(prepareHighs);

function oneWays(n: number, seed: number): TspInstance {
  const rng = createRng(seed);
  const matrix = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (__, j) => (i === j ? 0 : rng.int(100))),
  );
  return { name: 'one-ways', metric: 'matrix', cities: [], matrix, directed: true };
}

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
  expect(driver.end.reason).not.toBe('error');
  return { objective: driver.objective!, bound: driver.bound, reason: driver.end.reason };
}

describe('asymmetric instances', () => {
  it('are solved as dynamic programming solves them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 11 }), fc.integer(), (n, seed) => {
        const instance = oneWays(n, seed);
        const best = run('dynamic-programming', instance, 1e6);
        expect(best.reason).toBe('optimal');
        const proven = run('branch-and-cut', instance, 1e5);
        expect(proven.objective).toBe(best.objective);
        expect(proven.reason).toBe('optimal');
        for (const id of ['ils', 'eax'] as const) {
          const { objective, bound } = run(id, instance, 3000);
          expect(objective).toBe(best.objective);
          expect(bound ?? -Infinity).toBeLessThanOrEqual(best.objective);
        }
        for (const id of ['nearest-neighbour', 'insertion', 'genetic'] as const)
          expect(run(id, instance, 100).objective).toBeGreaterThanOrEqual(best.objective);
      }),
      { numRuns: 8 },
    );
  }, 20_000);

  it('are proven at fifty cities', () => {
    const { reason, objective, bound } = run('branch-and-cut', oneWays(50, 4), 1e6);
    expect(reason).toBe('optimal');
    expect(bound).toBe(objective);
  });

  it('are refused by name where both directions must be alike', () => {
    const instance = oneWays(20, 1);
    expect(refuses('local-search', instance)).toMatch(/Local search .* direction/);
    expect(refuses('held-karp', instance)).toMatch(/Held–Karp bound/);
    expect(refuses('ils', instance)).toBeNull();
    const { directed: _, ...both } = instance;
    expect(refuses('local-search', both)).toBeNull();
  });

  it('keep their tours through doubling, whichever way these are read', () => {
    const tour = Int32Array.of(3, 1, 4, 0, 2);
    const { tour: doubled } = toDoubled({ tour });
    expect(fromDoubled(doubled)).toEqual(tour);
    for (let turn = 0; turn < 10; turn++) {
      const turned = Int32Array.from(doubled, (_, at) => doubled[(at + turn) % 10]);
      for (const each of [turned, turned.toReversed()]) {
        const back = fromDoubled(each)!;
        const start = back.indexOf(3);
        expect(Int32Array.from(tour, (_, at) => back[(start + at) % 5])).toEqual(tour);
      }
    }
    expect(fromDoubled(Int32Array.of(0, 2, 1, 3))).toBeNull();
  });
});

describe('links', () => {
  it('of the first version, which knew no directions, are still read', () => {
    const writer = new BitWriter();
    writer.uint(
      METRICS.findIndex(({ id }) => id === 'matrix'),
      4,
    );
    writer.string('old');
    writer.varint(0);
    writer.varint(3);
    writer.numbers([1, 2, 3]);
    writer.bool(false);
    const { matrix, directed } = unwrap(codec.decode(writer.finish(), 1));
    expect(directed).toBeUndefined();
    expect(matrix).toEqual([
      [0, 1, 2],
      [1, 0, 3],
      [2, 3, 0],
    ]);
  });

  it('keep both directions', () => {
    const instance = oneWays(7, 9);
    expect(unwrap(codec.decode(codec.encode(instance), codec.version))).toEqual(instance);
  });
});
