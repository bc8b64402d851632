import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { NO_BUDGET } from '../../../src/core/budget.ts';
import { defaultParams } from '../../../src/core/params.ts';
import { createRng } from '../../../src/core/rng.ts';
import { unwrap } from '../../../src/core/result.ts';
import { check } from '../../../src/problems/vrp/check.ts';
import { codec } from '../../../src/problems/vrp/codec.ts';
import { vrp } from '../../../src/problems/vrp/family.ts';
import { generators } from '../../../src/problems/vrp/generators.ts';
import {
  pack,
  unpack,
  type VrpInstance,
  type VrpSolution,
} from '../../../src/problems/vrp/instance.ts';
import { unlock } from '../../../src/problems/vrp/locks.ts';
import { validate } from '../../../src/problems/vrp/schema.ts';
import { lockActions } from '../../../src/problems/vrp/views/lock.ts';
import { removeCustomer } from '../../../src/problems/vrp/views/edits.ts';
import { createDriver } from '../../runtime/driver.ts';
import { loadSolver } from '../registry.ts';
import { leastCost } from './variants-oracle.ts';

async function run(
  instance: VrpInstance,
  solverId: string,
  steps: number,
  warmStart?: VrpSolution,
) {
  const info = vrp.solvers.find(({ id }) => id === solverId)!;
  let best: VrpSolution | null = null;
  let objective = Infinity;
  let bound = -Infinity;
  const driver = createDriver(
    {
      family: vrp,
      instance,
      solve: await loadSolver('vrp', solverId),
      params: defaultParams(info.params),
      seed: 2,
      budget: { ...NO_BUDGET, steps },
      ...(warmStart ? { warmStart } : {}),
      now: () => 0,
    },
    {
      incumbent: (solution, report) => {
        expect(report.violations).toEqual([]);
        best = solution as VrpSolution;
        ({ objective } = report);
      },
      bound: (value) => (bound = value),
      trace: () => undefined,
    },
  );
  while (!driver.end) driver.run(0);
  return { best: best as VrpSolution | null, objective, bound, end: driver.end };
}

const make = (variant: string, customers: number, seed: number): VrpInstance =>
  generators.find(({ id }) => id === 'variants')!.generate({ variant, customers }, createRng(seed));

let day: VrpInstance;
beforeAll(() => {
  day = vrp.gallery[0].instance() as VrpInstance;
});

describe('locked routes', () => {
  test('are in every plan, and the checker asks for them', () => {
    const locked = unwrap(validate({ ...day, locked: [{ customers: [1, 2] }] }));
    expect(
      check(locked, {
        routes: [
          [2, 1],
          [3, 4, 5],
          [6, 7],
          [8, 9, 10],
        ],
      }).violations,
    ).toContain('The locked route of customers 1, 2 is not kept.');
    expect(unpack(pack(locked))).toEqual(locked);
    expect(unwrap(codec.decode(codec.encode(locked), codec.version))).toEqual(locked);
  });

  test.each(['hgs', 'sisr', 'savings', 'sweep', 'local-search', 'column-generation'])(
    '%s plans the rest',
    async (solver) => {
      const locked = unwrap(
        validate({ ...day, vehicles: undefined, locked: [{ customers: [1, 3] }] }),
      );
      const { best, bound, objective } = await run(locked, solver, 300);
      expect(best!.routes[0]).toEqual([1, 3]);
      expect(bound).toBeLessThanOrEqual(objective + 1e-6);
    },
  );

  test('the best plan around a lock, against all plans', async () => {
    for (const variant of ['depots', 'fleet', 'prizes', 'backhauls', 'pairs', 'one-way', 'open']) {
      for (let seed = 1; seed <= 2; seed++) {
        const instance = make(variant, 5, seed);
        const { best } = await run(instance, 'sisr', 100);
        const customers = best!.routes.find((route) => route.length < 4);
        if (!customers) continue;
        const type = best!.types?.[best!.routes.indexOf(customers)] ?? 0;
        const locked = unwrap(validate({ ...instance, locked: [{ customers, type }] }));
        if (!unlock(locked).ok) continue;
        const found = await run(locked, 'sisr', 300);
        expect(found.objective).toBeCloseTo(leastCost(locked), 6);
      }
    }
  });

  test('a warm start keeps its open routes', async () => {
    const { best } = await run(day, 'hgs', 300);
    const locked = unwrap(validate({ ...day, locked: [{ customers: best!.routes[0] }] }));
    const again = await run(locked, 'sisr', 1, best!);
    expect(again.objective).toBeCloseTo(check(day, best!).objective, 6);
  });

  test('nothing left to plan is said', async () => {
    const all = unwrap(validate({ ...day, vehicles: 1, locked: [{ customers: [1] }] }));
    expect((await run(all, 'sisr', 10)).end!.message).toBe('All vehicles drive locked routes.');
  });

  test.each<[unknown, string]>([
    [[{ customers: [11] }], 'There is no customer 11'],
    [[{ customers: [1] }, { customers: [1] }], 'Customer 1 is on a locked route already'],
    [[{ customers: [1], type: 4 }], 'no vehicle type 4'],
    [[{ customers: [] }], 'A locked route is'],
    ['x', '"locked" must be a list'],
  ])('validation %#', (locked, message) => {
    const result = validate({ ...day, locked });
    expect(result.ok ? '' : result.issues[0].message).toContain(message);
  });

  test('validation survives garbage', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (locked) => {
        expect(typeof validate({ ...day, locked }).ok).toBe('boolean');
      }),
    );
  });

  test('are locked and unlocked by hand, and go with their customers', () => {
    const frame = (instance: VrpInstance) => ({
      instance,
      solution: { routes: [[1, 2], [3, 4], [5]] },
      report: null,
      bound: null,
      trace: null,
      toggles: {},
      tool: '',
      selected: null,
    });
    const [lock] = lockActions(frame(day), 'customer:2');
    expect(lock.label).toBe('Lock route 2');
    const edit = lock.apply();
    const instance = edit.kind === 'instance' ? edit.instance : day;
    expect(instance.locked).toEqual([{ customers: [3, 4] }]);
    const [unlockIt] = lockActions(frame(instance), 'route:1');
    expect(unlockIt.label).toBe('Unlock route 2');
    const back = unlockIt.apply();
    expect(back.kind === 'instance' && back.instance).toEqual(day);
    expect(lockActions(frame(instance), 'route:0').map(({ id }) => id)).toEqual([
      'lock',
      'unlock-all',
    ]);
    expect(lockActions(frame(day), 'depot:0')).toEqual([]);
    expect(unwrap(removeCustomer(instance, 1)).locked).toEqual([{ customers: [2, 3] }]);
    expect(unwrap(removeCustomer(instance, 4)).locked).toBeUndefined();
  });
});
