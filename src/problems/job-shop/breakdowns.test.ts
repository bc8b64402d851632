import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeIssue, unwrap } from '../../core/result.ts';
import { endOn, packDowns, unpackDowns, upFrom, type Breakdowns } from './breakdowns.ts';
import { endBetween } from './check-breakdowns.ts';
import { check } from './check.ts';
import { codec } from './codec.ts';
import { pack, type JobShopInstance } from './instance.ts';
import { earliestStarts } from './schedule.ts';
import { validate } from './schema.ts';

const anyBreakdowns: fc.Arbitrary<Breakdowns> = fc.record({
  after: fc.constantFrom('resume', 'restart'),
  times: fc.array(
    fc.array(fc.tuple(fc.nat(6), fc.integer({ min: 1, max: 4 })), { maxLength: 4 }).map((pairs) => {
      let end = 0;
      return pairs.flatMap(([gap, length]) => {
        const start = end + gap;
        end = start + length;
        return [start, length];
      });
    }),
    { minLength: 1, maxLength: 2 },
  ),
});

/** The machine watched unit by unit. */
function watch({ after, times }: Breakdowns, machine: number, start: number, duration: number) {
  const isDown = (time: number) => {
    for (let k = 0; k < times[machine].length; k += 2)
      if (time >= times[machine][k] && time < times[machine][k] + times[machine][k + 1])
        return true;
    return false;
  };
  let time = start;
  for (let left = duration; left > 0; time++)
    if (!isDown(time)) left--;
    else if (after === 'restart') left = duration;
  return time;
}

describe('an operation on a machine that fails', () => {
  test('ends when as many units are worked', () => {
    fc.assert(
      fc.property(anyBreakdowns, fc.nat(20), fc.nat(6), (breakdowns, from, duration) => {
        const downs = packDowns(breakdowns);
        const start = upFrom(downs, 0, from);
        const expected = watch(breakdowns, 0, start, duration);
        expect(endOn(downs, 0, start, duration)).toBe(expected);
        expect(endBetween(breakdowns, 0, start, duration)).toBe(expected);
        expect(start).toBe(watch({ ...breakdowns, after: 'resume' }, 0, from, 1) - 1);
        expect(unpackDowns(downs)).toEqual(breakdowns);
      }),
    );
  });

  test('a later start never ends earlier', () => {
    fc.assert(
      fc.property(anyBreakdowns, fc.nat(20), fc.nat(6), (breakdowns, from, duration) => {
        const downs = packDowns(breakdowns);
        const [a, b] = [upFrom(downs, 0, from), upFrom(downs, 0, from + 1)];
        expect(endOn(downs, 0, a, duration)).toBeLessThanOrEqual(endOn(downs, 0, b, duration));
      }),
    );
  });
});

/** Two jobs on one machine that is down from 2 to 5. */
const shop: JobShopInstance = {
  name: 'fails',
  machines: 1,
  jobs: [[[0, 3]], [[0, 2]]],
  breakdowns: { after: 'resume', times: [[2, 3]] },
};

test('the checker knows of interruptions', () => {
  const verdict = (instance: JobShopInstance, ...starts: number[]) =>
    check(instance, { starts: Int32Array.from(starts) });
  const anew: JobShopInstance = { ...shop, breakdowns: { after: 'restart', times: [[2, 3]] } };
  expect(verdict(shop, 0, 6)).toEqual({ feasible: true, objective: 8, violations: [] });
  expect(verdict(shop, 0, 5).violations[0]).toMatch(/overlap on M1 at 5/);
  expect(verdict(anew, 0, 8).objective).toBe(10);
  expect(verdict(anew, 0, 6).violations[0]).toMatch(/overlap/);
  expect(verdict(shop, 3, 8).violations[0]).toMatch(/starts at 3, but M1 is down until 5/);
  // Nothing is interrupted by a failure at its very end.
  expect(verdict(shop, 5, 0).objective).toBe(8);
});

test('earliest starts wait for repairs', () => {
  expect(Array.from(earliestStarts(pack(shop), [[1, 0]])!)).toEqual([5, 0]);
});

describe('the schema of breakdowns', () => {
  const complaint = (breakdowns: unknown, others: object = {}): string => {
    const result = validate({ ...shop, breakdowns, ...others });
    return result.ok ? 'no complaint' : describeIssue(result.issues[0]);
  };
  test.each([
    [{ times: [[]] }, /breakdowns\.after: It must be one of/],
    [{ after: 'resume', times: [[], []] }, /breakdowns\.times: There must be a list of 1/],
    [{ after: 'resume', times: [[1]] }, /breakdowns\.times\[0\]/],
    [{ after: 'resume', times: [[4, 2, 5, 1]] }, /not before 6/],
    [{ after: 'resume', times: [[4, 0]] }, /from 1 to/],
    [{ after: 'resume', times: [[999_999_999, 9]] }, /may end after/],
    [{ after: 'resume', times: [[]], why: 1 }, /Unknown key/],
    [null, /breakdowns\.after/],
  ])('refuses %j', (breakdowns, message) => {
    expect(complaint(breakdowns)).toMatch(message);
  });

  test('only where jobs may wait', () => {
    expect(complaint(shop.breakdowns, { kind: 'no-wait' })).toMatch(/job shops and blocking/);
  });

  test('links keep them', () => {
    fc.assert(
      fc.property(anyBreakdowns, (breakdowns) => {
        const instance = { ...shop, machines: breakdowns.times.length, breakdowns };
        expect(unwrap(codec.decode(codec.encode(instance), codec.version))).toEqual(instance);
      }),
    );
  });
});
