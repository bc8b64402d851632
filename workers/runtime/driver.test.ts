import { describe, expect, it } from 'vitest';
import { NO_BUDGET, type BudgetSpec } from '../../src/core/budget.ts';
import { ok } from '../../src/core/result.ts';
import type { SolveContext, SolverEnd, SolverYield } from '../../src/core/solver.ts';
import { testFamily } from '../../src/problems/test-family.ts';
import type { AnySolve } from '../solvers/registry.ts';
import { createDriver } from './driver.ts';

/** A unit square: 0-1-2-3 is 4 long, 0-2-1-3 longer. */
const square = {
  name: '',
  points: [
    [0, 0],
    [0, 1],
    [1, 1],
    [1, 0],
  ],
};
const good = { tour: [0, 1, 2, 3] };
const crossed = { tour: [0, 2, 1, 3] };

type Body = (context: SolveContext<unknown, unknown>) => Generator<SolverYield<unknown>, SolverEnd>;

function drive(body: Body, budget: Partial<BudgetSpec> = {}, tick = 0) {
  let time = 0;
  const shown: number[] = [];
  const bounds: number[] = [];
  const driver = createDriver(
    {
      family: testFamily(),
      instance: square,
      solve: ((_: unknown, context: SolveContext<unknown, unknown>) => body(context)) as AnySolve,
      params: {},
      seed: 1,
      budget: { ...NO_BUDGET, ...budget },
      now: () => (time += tick),
    },
    {
      incumbent: (_, report) => shown.push(report.objective),
      bound: (value) => bounds.push(value),
    },
  );
  return { driver, shown, bounds };
}

const incumbent = (solution: unknown, objective = 0) =>
  ({ kind: 'incumbent', solution, objective }) as const;
const bound = (value: number) => ({ kind: 'bound', value, proof: 'test' }) as const;
const exhausted: SolverEnd = { reason: 'exhausted' };

it('code of the instance has to be run before', () => {
  const family = testFamily();
  const call = { source: '', name: 'f', args: [], count: 1, nature: '' };
  const code = { missing: () => [call], known: () => [], supply: ok };
  const solve = (() => []) as unknown as AnySolve;
  const request = { instance: square, solve, params: {}, seed: 1, budget: NO_BUDGET, now: () => 0 };
  const listener = { incumbent: () => undefined, bound: () => undefined };
  expect(() => createDriver({ ...request, family: { ...family, code } }, listener)).toThrow(
    'The code of the instance has not been run.',
  );
});

describe('what a run shows', () => {
  it('is the checker’s objective, never the solver’s', () => {
    const { driver, shown } = drive(function* () {
      yield incumbent(good, 3);
      return exhausted;
    });
    driver.run(Infinity);
    expect(shown).toEqual([4]);
  });

  it('only ever improves', () => {
    const { driver, shown } = drive(function* () {
      yield incumbent(crossed);
      yield incumbent(good);
      yield incumbent(crossed);
      return exhausted;
    });
    driver.run(Infinity);
    expect(shown.length).toBe(2);
    expect(shown[1]).toBe(4);
  });

  it('ends with an error at the first infeasible solution', () => {
    const { driver, shown } = drive(function* () {
      yield incumbent({ tour: [0, 0, 1, 2] });
      yield incumbent(good);
      return exhausted;
    });
    driver.run(Infinity);
    expect(shown).toEqual([]);
    expect(driver.end?.reason).toBe('error');
    expect(driver.end?.message).toContain('infeasible');
  });

  it('ends with an error when a bound contradicts a verified solution', () => {
    const { driver } = drive(function* () {
      yield incumbent(good);
      yield bound(4.5);
      return exhausted;
    });
    driver.run(Infinity);
    expect(driver.end?.reason).toBe('error');
    expect(driver.end?.message).toContain('contradicts');
  });

  it('is proven optimal when bound and solution meet, whatever the solver goes on to say', () => {
    const { driver, bounds } = drive(function* () {
      yield bound(3);
      yield bound(2);
      yield bound(4);
      yield incumbent(good);
      yield bound(3.5);
      return exhausted;
    });
    driver.run(Infinity);
    expect(bounds).toEqual([3, 4]);
    expect(driver.end?.reason).toBe('optimal');
  });

  it('reports what a solver throws', () => {
    const { driver } = drive(function* () {
      yield 1;
      throw new Error('out of memory');
    });
    driver.run(Infinity);
    expect(driver.end).toEqual({ reason: 'error', message: 'out of memory' });
  });
});

describe('when a run ends', () => {
  const forever: Body = function* ({ budget }) {
    for (;;) yield budget.chunk(7);
  };

  it('after exactly as many steps as allowed', () => {
    const { driver } = drive(forever, { steps: 100 });
    driver.run(Infinity);
    expect(driver.end?.reason).toBe('budget');
    expect(driver.stamp.steps).toBe(100);
  });

  it('when the time is over, and time stands still between slices', () => {
    const { driver } = drive(forever, { seconds: 1 }, 0.01);
    driver.run(0.3);
    expect(driver.end).toBeNull();
    const before = driver.stamp.seconds;
    expect(driver.stamp.seconds).toBe(before);
    driver.run(Infinity);
    expect(driver.end?.reason).toBe('budget');
  });

  it('at a target, and without progress', () => {
    const { driver } = drive(
      function* () {
        yield incumbent(crossed);
        yield incumbent(good);
        for (;;) yield 1;
      },
      { target: 4.2 },
    );
    driver.run(Infinity);
    expect(driver.end?.reason).toBe('target');
    const stalled = drive(forever, { stall: 0.5 }, 0.01).driver;
    stalled.run(Infinity);
    expect(stalled.end?.reason).toBe('stall');
  });

  it('stepping does one unit at a time', () => {
    const { driver } = drive(forever);
    driver.step();
    driver.step();
    expect(driver.stamp.steps).toBe(2);
  });

  it('a stop keeps what was found', () => {
    const { driver, shown } = drive(function* () {
      yield incumbent(good);
      for (;;) yield 1;
    });
    driver.step();
    driver.stop();
    driver.run(Infinity);
    expect(driver.end?.reason).toBe('stopped');
    expect(shown).toEqual([4]);
  });
});
