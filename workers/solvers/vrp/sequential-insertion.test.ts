import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultParams, type ParamValues } from '../../../src/core/params.ts';
import { createRng } from '../../../src/core/rng.ts';
import { check } from '../../../src/problems/vrp/check.ts';
import { generators } from '../../../src/problems/vrp/generators.ts';
import { pack, type VrpInstance, type VrpSolution } from '../../../src/problems/vrp/instance.ts';
import { timeRoute } from '../../../src/problems/vrp/route.ts';
import { buildModel, type Model } from './model.ts';
import { prepare } from './prepare.ts';
import { customerNeighbours, savingsPlan } from './savings.ts';
import { sequentialPlan } from './sequential-insertion.ts';

function finish<T>(work: Generator<unknown, T, void>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

function instanceOf(kind: 'x' | 'windows', customers: number, seed: number): VrpInstance {
  const generator = generators.find(({ id }) => id === kind)!;
  const params: ParamValues = { ...defaultParams(generator.params), customers };
  return generator.generate(params as never, createRng(seed));
}

const modelOf = (instance: VrpInstance): Model => finish(buildModel(pack(instance)));

test('gives plans that keep all constraints', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('x' as const, 'windows' as const),
      fc.integer({ min: 10, max: 60 }),
      fc.nat(1000),
      (kind, customers, seed) => {
        const instance = instanceOf(kind, customers, seed);
        const routes = finish(sequentialPlan(modelOf({ ...instance, vehicles: undefined })))!;
        expect(check(instance, { routes })).toMatchObject({ feasible: true });
      },
    ),
    { numRuns: 40 },
  );
});

test.each(['x', 'windows'] as const)('keeps limited durations: %s', (kind) => {
  let tight = 0;
  for (let seed = 1; seed <= 10; seed++) {
    const free = { ...instanceOf(kind, 40, seed), vehicles: undefined };
    const loose = finish(sequentialPlan(modelOf(free)))!;
    // As short as the farthest customer allows, and a little more.
    const longest = Math.max(
      ...free.customers.map((_, i) => timeRoute(free, [i + 1]).duration * 1.4),
    );
    const instance = { ...free, maxDuration: longest };
    const routes = finish(sequentialPlan(modelOf(instance)))!;
    expect(check(instance, { routes }).violations).toEqual([]);
    if (!check(instance, { routes: loose }).feasible) tight++;
  }
  expect(tight).toBeGreaterThan(3);
});

test('windows and a limited duration together: the first plan comes before any search', () => {
  let rescued = 0;
  for (let seed = 1; seed <= 8; seed++) {
    const free = { ...instanceOf('windows', 80, seed), vehicles: undefined };
    const longest = Math.max(
      ...free.customers.map((_, i) => timeRoute(free, [i + 1]).duration * 1.5),
    );
    const limited = { ...free, maxDuration: longest };
    const neighbours = finish(customerNeighbours(modelOf(limited), 79));
    const saved = finish(savingsPlan(modelOf(limited), neighbours)).length;
    const routes = finish(sequentialPlan(modelOf(limited)))!;
    if (routes.length >= saved) continue;
    rescued++;
    const tight = { ...limited, vehicles: routes.length };
    const first = prepare(pack(tight), undefined);
    let event = first.next();
    while (!event.done && (typeof event.value === 'number' || event.value.kind !== 'incumbent'))
      event = first.next();
    const { solution } = event.value as { solution: VrpSolution };
    expect(check(tight, solution).violations).toEqual([]);
  }
  expect(rescued).toBeGreaterThan(0);
});

test('is the first plan where savings need more vehicles than there are', () => {
  let rescued = 0;
  for (let seed = 1; seed <= 6; seed++) {
    const instance = { ...instanceOf('windows', 80, seed), vehicles: undefined };
    const model = modelOf(instance);
    const neighbours = finish(customerNeighbours(model, 79));
    const saved = finish(savingsPlan(model, neighbours)).length;
    const tight = { ...instance, vehicles: saved - 1 };
    if (!finish(sequentialPlan(modelOf(tight)))) continue;
    rescued++;
    const first = prepare(pack(tight), undefined);
    let event = first.next();
    while (!event.done && (typeof event.value === 'number' || event.value.kind !== 'incumbent'))
      event = first.next();
    const { solution } = event.value as { solution: VrpSolution };
    expect(check(tight, solution).feasible).toBe(true);
  }
  expect(rescued).toBeGreaterThan(0);
});

test('says so when the fleet is too small', () => {
  const instance = { ...instanceOf('windows', 40, 3), vehicles: 1 };
  expect(finish(sequentialPlan(modelOf(instance)))).toBe(null);
});
