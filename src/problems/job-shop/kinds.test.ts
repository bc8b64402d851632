import { describe, expect, test } from 'vitest';
import { describeIssue, unwrap } from '../../core/result.ts';
import { explainBound, rootBound } from './bounds.ts';
import { check } from './check.ts';
import { codec } from './codec.ts';
import { gallery } from './gallery.ts';
import { pack, type JobShopInstance } from './instance.ts';
import { validate } from './schema.ts';

/** Two jobs that pass two machines in opposite directions. */
const crossing: JobShopInstance = {
  name: 'crossing',
  machines: 2,
  jobs: [
    [
      [0, 2],
      [1, 2],
    ],
    [
      [1, 2],
      [0, 2],
    ],
  ],
};
const verdict = (instance: JobShopInstance, starts: number[], machines?: number[]) =>
  check(instance, {
    starts: Int32Array.from(starts),
    ...(machines && { machines: Int32Array.from(machines) }),
  });

describe('what a kind of shop asks', () => {
  test('jobs that swap machines need swaps allowed', () => {
    expect(verdict({ ...crossing, kind: 'swap' }, [0, 2, 0, 2]).feasible).toBe(true);
    expect(verdict({ ...crossing, kind: 'blocking' }, [0, 2, 0, 2]).violations[0]).toMatch(
      /At 2 J1, J2 would have to swap/,
    );
    expect(verdict({ ...crossing, kind: 'blocking' }, [0, 2, 4, 6]).feasible).toBe(true);
  });

  test('a blocked machine is not free', () => {
    const instance: JobShopInstance = {
      ...crossing,
      kind: 'swap',
      jobs: [...crossing.jobs, [[0, 1]]],
    };
    // J1 waits on M1 from 2 to 5, so J3 cannot be there at 3.
    expect(verdict(instance, [0, 5, 0, 6, 3]).violations[0]).toMatch(
      /J1 and J3 overlap on M1 at 3/,
    );
    expect(verdict({ ...instance, kind: undefined }, [0, 5, 0, 6, 3]).feasible).toBe(true);
  });

  test('no-wait: an operation starts when the one before ends', () => {
    const noWait: JobShopInstance = { ...crossing, kind: 'no-wait' };
    expect(verdict(noWait, [0, 2, 0, 2]).feasible).toBe(true);
    expect(verdict(noWait, [0, 3, 0, 2]).violations[0]).toMatch(/may not wait from 2 on/);
  });

  test('open: any order, but one machine at a time', () => {
    const open: JobShopInstance = { ...crossing, kind: 'open' };
    expect(verdict(open, [2, 0, 2, 0]).feasible).toBe(true);
    expect(verdict(open, [0, 1, 3, 2]).violations[0]).toMatch(/before the one before it ends/);
  });

  test('permutation: one order of jobs on all machines', () => {
    const line: JobShopInstance = {
      ...crossing,
      kind: 'permutation',
      jobs: [crossing.jobs[0], crossing.jobs[0]],
    };
    expect(verdict(line, [0, 2, 2, 4]).feasible).toBe(true);
    expect(verdict(line, [0, 6, 2, 4]).violations[0]).toMatch(/J1 passes J2|J2 passes J1/);
  });

  test('choices, releases, setups and costs', () => {
    const rich: JobShopInstance = {
      name: 'rich',
      machines: 2,
      jobs: [[[0, 2, 1, 3]], [[0, 2]]],
      objective: 'tardiness',
      release: [1, 0],
      due: [3, 9],
      weight: [5, 1],
      setups: {
        family: [0, 1],
        times: [
          [0, 4],
          [1, 0],
        ],
      },
    };
    expect(verdict(rich, [1, 7], [0, 0])).toEqual({ feasible: true, objective: 0, violations: [] });
    expect(verdict(rich, [1, 0], [1, 0]).objective).toBe(5);
    expect(verdict(rich, [0, 9], [0, 0]).violations[0]).toMatch(/before its release at 1/);
    expect(verdict(rich, [1, 6], [0, 0]).violations[0]).toMatch(/setup of 4 does not fit at 6/);
    expect(verdict(rich, [1, 7], [0, 1]).violations[0]).toMatch(/cannot run on the machine/);
    expect(verdict(rich, [1, 7]).violations[0]).toMatch(/0 machines for 2/);
    expect(verdict({ ...rich, objective: 'flow' }, [1, 7], [0, 0]).objective).toBe(5 * 2 + 9);
  });
});

describe('the schema of the parts', () => {
  const complaint = (parts: object): string => {
    const result = validate({ ...crossing, ...parts });
    return result.ok ? 'no complaint' : describeIssue(result.issues[0]);
  };
  test.each([
    [{ kind: 'circus' }, /kind: It must be one of: job, permutation/],
    [{ kind: 'permutation' }, /jobs\[1\]: .*same route/],
    [{ objective: 'tardiness' }, /Tardiness needs due dates/],
    [{ release: [1] }, /release: There must be a list of 2 numbers/],
    [{ weight: [1, -1] }, /weight\[1\]: It must be a whole number/],
    [
      {
        setups: {
          family: [0, 2],
          times: [
            [0, 1],
            [1, 0],
          ],
        },
      },
      /setups\.family\[1\]/,
    ],
    [{ setups: { family: [0, 0], times: [[3]] } }, /Within a family there is no setup/],
    [{ release: [999_999_999, 0] }, /may end after/],
    [{ kind: 'no-wait', jobs: [[[0, 1, 1, 1]]] }, /one machine/],
    [{ kind: 'blocking', jobs: [[[0, 0]]] }, /takes at least 1/],
  ])('refuses %j', (parts, message) => {
    expect(complaint(parts)).toMatch(message);
  });

  test('what says nothing is left out', () => {
    expect(unwrap(validate({ ...crossing, kind: 'job', objective: 'makespan' }))).toEqual(crossing);
  });
});

test('links of the first version are still read', () => {
  // Version 1 ended where version 2 has its bit for optional parts.
  const bytes = codec.encode(crossing);
  expect(unwrap(codec.decode(bytes, 1))).toEqual(crossing);
});

describe('the bound explained', () => {
  const entries = gallery.filter(({ id }) => /^(ft06|ft10|la\d\d|ta[0-7]1|fs021)$/.test(id));
  test.each(entries.map(({ id, instance }) => [id, instance()] as const))(
    'of %s adds up',
    (_, made) => {
      const packed = pack(made);
      const { value, operations, head, work, tail } = explainBound(packed);
      expect(value).toBe(rootBound(packed).value);
      expect(head + work + tail).toBe(value);
      expect(operations.length).toBeGreaterThan(0);
      expect(operations.reduce((sum, operation) => sum + packed.duration[operation], 0)).toBe(work);
    },
  );
});
