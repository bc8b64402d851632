import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { NO_BUDGET } from '../../../src/core/budget.ts';
import { defaultParams } from '../../../src/core/params.ts';
import { unwrap } from '../../../src/core/result.ts';
import { createRng } from '../../../src/core/rng.ts';
import { check, type TspSolution } from '../../../src/problems/tsp/check.ts';
import { tsp } from '../../../src/problems/tsp/family.ts';
import { tsplib } from '../../../src/problems/tsp/formats/index.ts';
import { uniformInstance } from '../../../src/problems/tsp/gallery.ts';
import type { City, FixedEdge, TspInstance } from '../../../src/problems/tsp/instance.ts';
import { codec } from '../../../src/problems/tsp/codec.ts';
import { validate } from '../../../src/problems/tsp/schema.ts';
import { refuses, solverInfos, type SolverId } from '../../../src/problems/tsp/solvers.ts';
import { createDriver } from '../../runtime/driver.ts';
import { prepareHighs } from '../common/highs-runtime.ts';
import { solvers } from './index.ts';

beforeAll(prepareHighs);

function run(solver: SolverId, instance: TspInstance, steps: number) {
  const info = solverInfos.find(({ id }) => id === solver)!;
  const driver = createDriver(
    {
      family: tsp,
      instance,
      solve: solvers[solver],
      params: defaultParams(info.params),
      seed: 1,
      budget: { ...NO_BUDGET, steps },
      now: () => 0,
    },
    { incumbent: () => undefined, bound: () => undefined },
  );
  while (!driver.end) driver.run(0);
  return driver;
}

/** The shortest tour with all fixed edges, by the checker, over all orders. */
function bruteForce(instance: TspInstance): number {
  const n = instance.cities.length;
  const tour = Int32Array.from({ length: n }, (_, i) => i);
  let best = Infinity;
  const go = (from: number): void => {
    if (from === n) {
      const { feasible, objective } = check(instance, { tour });
      if (feasible) best = Math.min(best, objective);
      return;
    }
    for (let at = from; at < n; at++) {
      [tour[from], tour[at]] = [tour[at], tour[from]];
      go(from + 1);
      [tour[from], tour[at]] = [tour[at], tour[from]];
    }
  };
  go(instance.open ? 0 : 1);
  return best;
}

/** Edges of a random tour, some of them. */
function someEdges(n: number, seed: number, count: number): FixedEdge[] {
  const rng = createRng(seed);
  const order = Int32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = rng.int(i + 1);
    [order[i], order[j]] = [order[j], order[i]];
  }
  const starts = Array.from({ length: n - 1 }, (_, at) => at).filter(() => rng.int(n) < count);
  return starts.map((at): FixedEdge => [order[at], order[at + 1]]);
}

const instances = fc
  .record({
    cities: fc.array(fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 50 })), {
      minLength: 3,
      maxLength: 7,
    }),
    seed: fc.integer(),
    open: fc.boolean(),
  })
  .map(({ cities, seed, open }): TspInstance => {
    const fixed = someEdges(cities.length, seed, 3);
    return {
      name: 'fixed',
      metric: 'euclidean-rounded',
      cities: cities as City[],
      ...(open ? { open } : {}),
      ...(fixed.length > 0 ? { fixed } : {}),
    };
  });

describe('fixed edges', () => {
  it('are kept by the solvers that say so, which prove what trying all finds', () => {
    fc.assert(
      fc.property(instances, (instance) => {
        const best = bruteForce(instance);
        for (const id of ['auto', 'ils', 'eax', 'dynamic-programming'] as const) {
          const { objective, end } = run(id, instance, 100_000);
          expect(end?.reason).toBe('optimal');
          expect(objective).toBe(best);
        }
      }),
      { numRuns: 15 },
    );
  }, 15_000);

  it('are kept among more cities, with a proof', () => {
    const instance = { ...uniformInstance(60), fixed: someEdges(60, 4, 12) };
    const proven = run('auto', instance, 30_000);
    expect(proven.end?.reason).toBe('optimal');
    const exact = run('branch-and-cut', instance, 30_000);
    expect(exact.end?.reason).toBe('optimal');
    expect(exact.objective).toBe(proven.objective);
    expect(proven.objective).toBeGreaterThan(
      Number(run('auto', uniformInstance(60), 30_000).objective),
    );
  }, 15_000);

  it('are refused by name by the others', () => {
    const instance = { ...uniformInstance(60), fixed: someEdges(60, 4, 12) };
    for (const { id, name } of solverInfos) {
      const refusal = refuses(id, instance);
      if (['auto', 'ils', 'eax', 'branch-and-cut'].includes(id)) expect(refusal).toBeNull();
      else expect(refusal).toContain(name);
    }
  });

  it('are missed by the checker when one is not in the tour', () => {
    const instance: TspInstance = { ...uniformInstance(100), fixed: [[3, 7]] };
    const tour = Int32Array.from({ length: 100 }, (_, i) => i);
    const solution: TspSolution = { tour };
    expect(check(instance, solution).violations).toEqual([
      'The fixed edge from 4 to 8 is missing.',
    ]);
    [tour[4], tour[7]] = [7, 4];
    expect(check(instance, solution).feasible).toBe(true);
    // A path does not come back.
    const ends: TspInstance = { ...uniformInstance(100), fixed: [[0, 99]] };
    const order = { tour: Int32Array.from({ length: 100 }, (_, i) => i) };
    expect(check(ends, order).feasible).toBe(true);
    expect(check({ ...ends, open: true }, order).feasible).toBe(false);
  });

  it('travel in links and TSPLIB files', () => {
    fc.assert(
      fc.property(instances, (instance) => {
        const closed: TspInstance = { ...instance };
        expect(unwrap(codec.decode(codec.encode(closed), codec.version))).toEqual(closed);
        expect(unwrap(tsplib.parse(unwrap(tsplib.write!(closed)), 'a.tsp'))).toEqual(closed);
      }),
    );
  });

  it('must be edges of some tour', () => {
    const with_ = (fixed: unknown) =>
      validate({
        metric: 'euclidean',
        cities: [
          [0, 0],
          [1, 0],
          [1, 1],
          [0, 1],
        ],
        fixed,
      });
    expect(
      with_([
        [0, 1],
        [1, 2],
      ]).ok,
    ).toBe(true);
    expect(with_([]).ok).toBe(true);
    for (const [fixed, message] of [
      [[[0, 0]], /different/],
      [[[0, 4]], /no city 4/],
      [
        [
          [0, 1],
          [1, 0],
        ],
        /cycle/,
      ],
      [
        [
          [0, 1],
          [1, 2],
          [2, 0],
        ],
        /cycle/,
      ],
      [
        [
          [0, 1],
          [0, 2],
          [0, 3],
        ],
        /Three/,
      ],
      [[[0, 1.5]], /pair/],
      [[[0, -1]], /pair/],
      [[[0, NaN]], /pair/],
      ['0-1', /list/],
      [new Array(4).fill([0, 1]), /at most 3/],
    ] as const) {
      const result = with_(fixed);
      expect(!result.ok && result.issues[0].message).toMatch(message);
    }
  });
});
