import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { check, readSolution, writeSolution } from './check.ts';
import { countOperations, type JobShopInstance } from './instance.ts';
import { anyInstance } from './test-oracle.ts';

const two: JobShopInstance = {
  name: 'two',
  machines: 2,
  jobs: [
    [
      [0, 3],
      [1, 2],
    ],
    [
      [0, 2],
      [1, 4],
    ],
  ],
};
const verdict = (...starts: number[]) => check(two, { starts: Int32Array.from(starts) });

/** The definition, pair by pair. */
function isFeasible(instance: JobShopInstance, starts: readonly number[]): boolean {
  const operations = instance.jobs.flatMap((job, j) =>
    job.map(([machine, duration], k) => ({ j, k, machine, duration })),
  );
  return operations.every((a, i) => {
    if (starts[i] < 0) return false;
    return operations.every((b, l) => {
      if (a.j === b.j && a.k + 1 === b.k && starts[l] < starts[i] + a.duration) return false;
      if (i === l || a.machine !== b.machine) return true;
      return starts[i] + a.duration <= starts[l] || starts[l] + b.duration <= starts[i];
    });
  });
}

describe('checker', () => {
  test('accepts a feasible schedule and recomputes the makespan', () => {
    expect(verdict(0, 3, 3, 5)).toEqual({ feasible: true, objective: 9, violations: [] });
  });

  test('names what is wrong', () => {
    expect(verdict(0, 2, 3, 5).violations[0]).toMatch(/Operation 2 of J1 starts at 2, before/);
    expect(verdict(0, 3, 2, 5).violations[0]).toBe('J1 and J2 overlap on M1 at 2.');
    expect(verdict(-1, 3, 3, 5).violations[0]).toMatch(/before time 0/);
    expect(verdict(0, 3, 3).violations[0]).toMatch(/3 start times for 4/);
  });

  test('finds an overlap behind a short operation within a long one', () => {
    const instance: JobShopInstance = {
      name: '',
      machines: 1,
      jobs: [[[0, 10]], [[0, 1]], [[0, 2]]],
    };
    const report = check(instance, { starts: Int32Array.of(0, 2, 8) });
    expect(report.violations).toEqual([
      'J1 and J2 overlap on M1 at 2.',
      'J1 and J3 overlap on M1 at 8.',
    ]);
  });

  test('a duration of 0 may touch but not lie inside', () => {
    const instance: JobShopInstance = { name: '', machines: 1, jobs: [[[0, 4]], [[0, 0]]] };
    const at = (start: number) => check(instance, { starts: Int32Array.of(0, start) }).feasible;
    expect([0, 2, 4].map(at)).toEqual([true, false, true]);
  });

  test('agrees with the definition on random starts', () => {
    const cases = anyInstance({ duration: 3 }).chain((instance) =>
      fc.tuple(
        fc.constant(instance),
        fc.array(fc.integer({ min: -1, max: 12 }), {
          minLength: countOperations(instance),
          maxLength: countOperations(instance),
        }),
      ),
    );
    fc.assert(
      fc.property(cases, ([instance, starts]) => {
        const report = check(instance, { starts: Int32Array.from(starts) });
        expect(report.feasible).toBe(isFeasible(instance, starts));
        expect(report.violations.length === 0).toBe(report.feasible);
      }),
      { numRuns: 500 },
    );
  });

  test('never throws on garbage', () => {
    for (const starts of [[NaN, 1, 2, 3], ['0', null, {}, []], [0.5, 3, 3, 5], undefined, null]) {
      const report = check(two, { starts } as never);
      expect(report.feasible).toBe(false);
      expect(report.objective).toBeNaN();
    }
  });
});

describe('plain solutions', () => {
  test('round-trip', () => {
    const solution = { starts: Int32Array.of(0, 3, 3, 5) };
    const plain = writeSolution(two, solution);
    expect(plain).toEqual({
      starts: [
        [0, 3],
        [3, 5],
      ],
    });
    expect(readSolution(two, plain)).toEqual({ ok: true, value: solution });
  });

  test('refuse other shapes with a path', () => {
    const bad = [
      null,
      { starts: [[0, 3]] },
      { starts: [[0, 3], [1]] },
      {
        starts: [
          [0, 3],
          [3, 0.5],
        ],
      },
    ];
    for (const value of bad) {
      const result = readSolution(two, value);
      expect(result.ok || result.issues[0].path?.[0]).toBe('starts');
    }
  });
});
