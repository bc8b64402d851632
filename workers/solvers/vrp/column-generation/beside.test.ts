import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import {
  clean,
  cleanCustomer,
  pack,
  ROUNDINGS,
  type VrpInstance,
} from '../../../../src/problems/vrp/instance.ts';
import { prepareHighs } from '../../common/highs-runtime.ts';
import { leastCost } from '../variants-oracle.ts';
import { boundBeside } from './beside.ts';
import { isRelaxable } from './relaxation.ts';

beforeAll(prepareHighs);

/** The last bound when nothing is left to add. */
function bound(instance: VrpInstance, upper: number): number {
  let last = -Infinity;
  let told = false;
  const run = boundBeside(pack(instance), () => {
    if (told || upper === Infinity) return null;
    told = true;
    return { routes: [], objective: upper };
  });
  for (let next = run.next(); !next.done; next = run.next()) {
    const event = next.value;
    if (typeof event !== 'number' && event.kind === 'bound') {
      expect(event.value).toBeGreaterThan(last);
      last = event.value;
    }
  }
  return last;
}

const spot = { x: fc.integer({ min: 0, max: 30 }), y: fc.integer({ min: 0, max: 30 }) };
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const depot = fc.record({ ...spot, due: maybe(fc.integer({ min: 120, max: 200 })) });

const instances: fc.Arbitrary<VrpInstance> = fc
  .record({
    rounding: fc.constantFrom(...ROUNDINGS),
    capacity: fc.integer({ min: 8, max: 20 }),
    open: fc.constantFrom<(true | undefined)[]>(undefined, true),
    maxDuration: maybe(fc.integer({ min: 80, max: 200 })),
    fixedCost: maybe(fc.integer({ min: 0, max: 30 })),
    depot,
    depots: maybe(fc.array(depot, { minLength: 1, maxLength: 2 })),
    customers: fc.array(
      fc.record({
        ...spot,
        demand: fc.integer({ min: 1, max: 8 }),
        service: fc.integer({ min: 0, max: 5 }),
        ready: maybe(fc.integer({ min: 0, max: 40 })),
        prize: maybe(fc.integer({ min: 0, max: 60 })),
        backhaul: fc.constantFrom<(true | undefined)[]>(undefined, undefined, true),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    fleet: maybe(
      fc.array(
        fc.record({
          capacity: fc.integer({ min: 8, max: 20 }),
          count: maybe(fc.integer({ min: 1, max: 3 })),
          fixed: maybe(fc.integer({ min: 0, max: 40 })),
          perDistance: maybe(fc.constantFrom(0.5, 1, 2)),
        }),
        { minLength: 1, maxLength: 2 },
      ),
    ),
  })
  .map(({ customers, fleet, fixedCost, capacity, ...rest }) =>
    clean({
      name: 'variants',
      ...rest,
      capacity: fleet ? Math.max(...fleet.map((type) => type.capacity)) : capacity,
      ...(fleet ? { fleet } : { fixedCost }),
      customers: customers.map((customer) => cleanCustomer(customer)),
    }),
  );

test('no plan of any variant costs less than its bound', () => {
  let tight = 0;
  fc.assert(
    fc.property(instances, fc.boolean(), (instance, told) => {
      const optimum = leastCost(instance);
      const value = bound(instance, told ? optimum : Infinity);
      if (optimum === Infinity) return;
      expect(value).toBeLessThanOrEqual(optimum + 1e-6);
      if (value > 0.9 * optimum) tight++;
    }),
    { numRuns: 60 },
  );
  expect(tight).toBeGreaterThan(20);
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
