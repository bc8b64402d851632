import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unwrap } from '../../core/result.ts';
import { check, readSolution, writeSolution } from './check.ts';
import { gallery } from './gallery.ts';
import type { VrpInstance, VrpSolution } from './instance.ts';
import { timeRoute } from './route.ts';

const square: VrpInstance = {
  name: 'square',
  capacity: 10,
  rounding: 'nint',
  depot: { x: 0, y: 0 },
  customers: [
    { x: 3, y: 4, demand: 6 },
    { x: -3, y: 4, demand: 4 },
    { x: 0, y: -5, demand: 5 },
  ],
};
const plan = { routes: [[1, 2], [3]] };

describe('objective', () => {
  test('adds rounded distances', () => {
    expect(check(square, plan)).toEqual({ feasible: true, objective: 26, violations: [] });
  });

  test('of the published optimum of P-n16-k8', () => {
    const instance = gallery.find(({ id }) => id === 'p-n16-k8')!.instance();
    const routes = [[2], [6], [8], [15, 12, 10], [14, 5], [13, 9, 7], [11, 4], [3, 1]];
    expect(check(instance, { routes })).toEqual({ feasible: true, objective: 450, violations: [] });
  });

  test.each([
    ['nint', 3],
    ['none', 2 * Math.sqrt(2)],
    ['truncate-1', 2.8],
  ] as const)('rounds as %s says', (rounding, objective) => {
    const instance: VrpInstance = {
      ...square,
      rounding,
      customers: [{ x: 1, y: 1, demand: 1 }],
    };
    // nint rounds each leg: 1.41 to 1.
    expect(check(instance, { routes: [[1]] }).objective).toBe(rounding === 'nint' ? 2 : objective);
  });

  test('tenths add up exactly', () => {
    const customers = Array.from({ length: 300 }, (_, i) => ({ x: i + 1, y: 1, demand: 0 }));
    const instance: VrpInstance = { ...square, rounding: 'truncate-1', customers };
    const { objective } = check(instance, { routes: customers.map((_, i) => [i + 1]) });
    expect(objective).toBe(Math.round(objective * 10) / 10);
  });
});

describe('violations', () => {
  const violations = (change: Partial<VrpInstance>, solution: VrpSolution = plan) =>
    check({ ...square, ...change }, solution).violations;

  test.each<[string, Partial<VrpInstance>, VrpSolution, RegExp]>([
    ['load', { capacity: 9 }, plan, /Route 1 carries 10, more than the capacity 9/],
    ['fleet', { vehicles: 1 }, plan, /2 routes are used; there are only 1 vehicles/],
    ['duration', { maxDuration: 15 }, plan, /Route 1 takes 16, more than 15/],
    ['missing customer', {}, { routes: [[1, 2]] }, /Customer 3 is not served/],
    ['repeated customer', {}, { routes: [[1, 2, 1], [3]] }, /Customer 1 is visited more than once/],
    ['unknown customer', {}, { routes: [[1, 2, 3, 4]] }, /"4", which is not a customer/],
    ['depot inside', {}, { routes: [[1, 0, 2], [3]] }, /"0", which is not a customer/],
    [
      'depot closing',
      { depot: { x: 0, y: 0, due: 15 } },
      plan,
      /Route 1 is back at 16, after the depot closes at 15/,
    ],
  ])('%s', (_, change, solution, message) => {
    expect(violations(change, solution).join(' ')).toMatch(message);
  });

  test('windows: waiting is allowed, lateness is not', () => {
    const customers = [
      { ...square.customers[0], ready: 20, due: 25, service: 3 },
      { ...square.customers[1], due: 29 },
      square.customers[2],
    ];
    expect(violations({ customers })).toEqual([]);
    const timing = timeRoute({ ...square, customers }, [1, 2]);
    // Leaves in time for the opening at 20, serves until 23, drives 6.
    expect(timing).toMatchObject({ departure: 15, back: 34, waiting: 0, duration: 19 });
    expect(timing.visits[1]).toMatchObject({ arrival: 29, start: 29, late: 0 });
    customers[1] = { ...customers[1], due: 28 };
    expect(violations({ customers })).toEqual([
      'Customer 2 is served at 29, after its window closes at 28 (route 1).',
    ]);
  });

  test('never throws, whatever it is given', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        for (const solution of [value, { routes: value }, { routes: [value] }]) {
          const report = check(square, solution as VrpSolution);
          if (report.feasible) expect(report.violations).toEqual([]);
          else expect(report.violations.length).toBeGreaterThan(0);
        }
      }),
    );
  });
});

describe('plain form', () => {
  test('leaves empty routes out', () => {
    expect(writeSolution(square, { routes: [[1, 2], [], [3]] })).toEqual(plan);
    expect(unwrap(readSolution(square, { routes: [[1, 2], [], [3]] }))).toEqual(plan);
  });

  test.each([[null], [{ routes: 3 }], [{ routes: [[1.5]] }], [{ routes: [[1, 2, 3, 1]] }]])(
    'refuses %j',
    (value) => {
      expect(readSolution(square, value).ok).toBe(false);
    },
  );
});
