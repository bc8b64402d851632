import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRng } from '../../core/rng.ts';
import { unwrap } from '../../core/result.ts';
import { check, readSolution, writeSolution } from './check.ts';
import { clairvoyant, dynamismOf } from './dynamic.ts';
import { vrp } from './family.ts';
import { cvrplib, solomon } from './formats/index.ts';
import { dynamicGenerator } from './generators-dynamic.ts';
import type { VrpInstance, VrpSolution } from './instance.ts';
import { timeRoute } from './route.ts';
import { validate } from './schema.ts';
import { clockMode } from './views/clock.ts';

/** On a line: 10 and 20 from the depot, the second known from 30. */
const line: VrpInstance = unwrap(
  validate({
    name: 'line',
    capacity: 10,
    rounding: 'nint',
    depot: { x: 0, y: 0, due: 200 },
    customers: [
      { x: 10, y: 0, demand: 1, service: 5 },
      { x: 20, y: 0, demand: 1, service: 5, known: 30 },
    ],
  }),
);

const plan = (change: Partial<VrpSolution> = {}): VrpSolution => ({
  routes: [[1, 2]],
  departures: [[0, 30]],
  epochs: [
    { at: 0, routes: [[1]] },
    { at: 30, routes: [[1, 2]] },
  ],
  ...change,
});

describe('a plan as driven', () => {
  test('waits at a customer until the next request is known', () => {
    const timing = timeRoute(line, [1, 2]);
    expect(timing.visits[1]).toMatchObject({ depart: 30, arrival: 40, leave: 45 });
    expect(timing.back).toBe(65);
    // Leaves the depot as late as customer 1 needs, then stands from 15 to 30.
    expect(timing.waiting).toBe(15);
    expect(check(line, plan())).toEqual({ feasible: true, objective: 40, violations: [] });
    expect(check(clairvoyant(line), { routes: [[1, 2]] }).objective).toBe(40);
  });

  test.each<[string, Partial<VrpSolution>, string]>([
    ['known too late', { departures: [[0, 29]] }, 'at 29, before the request is known at 30'],
    ['not yet free', { departures: [[20, 30]] }, 'at 30, but is free only at 35'],
    ['missing', { departures: [[0]] }, 'one departure for each customer'],
    ['not numbers', { departures: [[0, NaN]] }, 'departure for customer 2 is not a number'],
    ['knows the future', { epochs: [{ at: 20, routes: [[1, 2]] }] }, 'known only at 30'],
    ['forgets the past', { epochs: [{ at: 10, routes: [[]] }] }, 'had left for customer 1'],
    ['twice', { epochs: [{ at: 40, routes: [[1, 2], [2]] }] }, 'customer 2 more than once'],
    [
      'backwards',
      {
        epochs: [
          { at: 5, routes: [[1]] },
          { at: 4, routes: [[1]] },
        ],
      },
      'go back from 5 to 4',
    ],
  ])('%s', (_, change, message) => {
    const report = check(line, plan(change));
    expect(report.feasible).toBe(false);
    expect(report.violations.join(' ')).toContain(message);
  });

  test('late by waiting is late', () => {
    const report = check({ ...line, depot: { ...line.depot, due: 60 } }, plan());
    expect(report.violations).toEqual(['Route 1 is back at 65, after the depot closes at 60.']);
  });

  test('survives garbage', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (departures, epochs) => {
        const value = { routes: [[1, 2]], departures, epochs } as unknown as VrpSolution;
        expect(typeof check(line, value).feasible).toBe('boolean');
        const read = readSolution(line, value);
        if (read.ok) expect(typeof check(line, read.value).feasible).toBe('boolean');
      }),
      { numRuns: 200 },
    );
  });

  test('is written and read', () => {
    const again = readSolution(line, JSON.parse(JSON.stringify(writeSolution(line, plan()))));
    expect(unwrap(again)).toEqual(plan());
    expect(readSolution(line, { routes: [[1]], departures: [['x']] }).ok).toBe(false);
    expect(readSolution(line, { routes: [[1]], epochs: [{ at: 0, routes: [[9]] }] }).ok).toBe(
      false,
    );
  });
});

describe('goods picked up on the way', () => {
  /** A delivery at 10, one at 20 known from 30, a backhaul at 30. */
  const mixed: VrpInstance = unwrap(
    validate({
      ...line,
      customers: [...line.customers, { x: 30, y: 0, demand: 1, service: 5, backhaul: true }],
    }),
  );

  test('deliveries are known when the vehicle leaves with them', () => {
    const late = check(mixed, { routes: [[1, 2, 3]], departures: [[0, 30, 45]] });
    expect(late.violations).toEqual([
      'The vehicle of route 1 leaves at 0 with the goods of customer 2, who is known only at 30.',
    ]);
    expect(check(mixed, { routes: [[1, 3], [2]] })).toMatchObject({ feasible: true });
    expect(check(mixed, { routes: [[1, 2, 3]], departures: [[30, 45, 60]] }).feasible).toBe(true);
  });

  test('what a vehicle has loaded stays with it', () => {
    const known = clairvoyant(mixed);
    const hidden = {
      ...known,
      customers: [...known.customers.slice(0, 2), { ...known.customers[2], known: 40 }],
    };
    const driven: VrpSolution = {
      routes: [[1, 3], [2]],
      departures: [[0, 40], [50]],
      epochs: [
        { at: 0, routes: [[1, 2]] },
        { at: 40, routes: [[1, 3], [2]] },
      ],
    };
    expect(check(hidden, driven).violations).toEqual([]);
    const unloaded = { ...driven, epochs: [...driven.epochs!, { at: 41, routes: [[1, 2, 3]] }] };
    expect(check(hidden, unloaded).violations.join()).toContain(
      'The plan at 41 changes what a vehicle under way had loaded: the goods of customer 2.',
    );
  });

  test('a pair is known with its pick-up', () => {
    const [first, second] = clairvoyant(line).customers;
    const pair = unwrap(
      validate({
        ...line,
        customers: [
          { ...first, known: 30, deliverTo: 2 },
          { ...second, demand: 0 },
        ],
      }),
    );
    const solution = { routes: [[1, 2]], departures: [[30, 45]] };
    expect(check(pair, solution).violations).toEqual([]);
    const early = check(pair, { ...solution, epochs: [{ at: 20, routes: [[2]] }] });
    expect(early.violations.join()).toContain('customer 2, who is known only at 30');
    const wrong = validate({
      ...pair,
      customers: [pair.customers[0], { ...pair.customers[1], known: 31 }],
    });
    expect(wrong.ok ? '' : wrong.issues[0]).toMatchObject({
      path: ['customers', 1, 'known'],
      hint: 'Leave "known" of the delivery out.',
    });
  });
});

describe('instances', () => {
  test('dynamism', () => {
    expect(dynamismOf(line)).toEqual({ degree: 0.5, effective: 0.075 });
  });

  test('more hidden requests, the same day', () => {
    const make = (later: number) =>
      dynamicGenerator.generate({ customers: 30, later, response: 25 }, createRng(3));
    expect(clairvoyant(make(100)).customers).toEqual(make(0).customers);
    expect(dynamismOf(make(100)).degree).toBeGreaterThan(0.9);
    const [some, more] = [make(40), make(80)];
    some.customers.forEach(({ known }, i) => {
      if (known) expect(more.customers[i].known).toBe(known);
    });
  });

  test('.vrp carries the times, Solomon text refuses them by name', () => {
    const whole = unwrap(validate({ ...line, name: 'whole' }));
    const text = unwrap(cvrplib.write!(whole));
    expect(text).toContain('TIME_AVAIL_SECTION');
    expect(unwrap(cvrplib.parse(text, ''))).toEqual(whole);
    const refused = solomon.write!({ ...line, rounding: 'truncate-1' });
    expect(refused.ok ? '' : refused.issues[0].message).toContain('known later');
  });

  test('solvers refuse by name; dispatching takes them with any variant', () => {
    expect(vrp.defaultSolver(line)).toBe('dispatch');
    expect(vrp.refuses('dispatch', line)).toBeNull();
    for (const solver of ['hgs', 'sisr', 'savings', 'column-generation'])
      expect(vrp.refuses(solver, line)).toContain(
        'requests that become known later; dispatching does',
      );
    const backhauls: VrpInstance = {
      ...line,
      customers: [{ ...line.customers[1], backhaul: true }],
    };
    expect(vrp.refuses('dispatch', backhauls)).toBeNull();
  });

  test('a request known after its window closes is refused with the place', () => {
    const late = validate({ ...line, customers: [{ x: 1, y: 1, demand: 1, due: 5, known: 6 }] });
    expect(late.ok ? '' : late.issues[0].path?.join('.')).toBe('customers.0.known');
  });
});

describe('the clock', () => {
  const frame = (slide: number | null) => ({
    instance: line,
    solution: plan(),
    report: null,
    bound: null,
    trace: null,
    toggles: {},
    tool: '',
    selected: null,
    slide,
  });
  const at = (slide: number | null) => clockMode.draw(frame(slide)).description;

  test('says what is known, waiting and served', () => {
    expect(at(0)).toContain('0 customers served, 0 waiting, 1 not yet known; 1 vehicles');
    expect(at(29)).toContain('1 customers served, 0 waiting, 1 not yet known');
    expect(at(30)).toContain('1 customers served, 0 waiting, 0 not yet known');
    expect(at(null)).toContain('At 65: 2 customers served');
  });

  test('runs from opening to the last return', () => {
    expect(clockMode.slider!(frame(null))).toMatchObject({ min: 0, max: 65 });
  });

  test('draws the vehicle between its stops', () => {
    const diamonds = clockMode
      .draw(frame(35))
      .items.find((item) => item.kind === 'points' && item.shape === 'diamond');
    expect(diamonds?.kind === 'points' && Array.from(diamonds.points)).toEqual([15, 0]);
  });
});
