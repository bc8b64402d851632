import { describe, expect, test } from 'vitest';
import { describeIssue, unwrap } from '../../core/result.ts';
import { check, readSolution, writeSolution } from './check.ts';
import { codec } from './codec.ts';
import { solutionFormats } from './formats/index.ts';
import type { JobShopInstance, JobShopSolution } from './instance.ts';
import { validate } from './schema.ts';
import { addMachine, removeMachine } from './views/edits.ts';

/** Two jobs over two machines, one robot; the station is 1 from M1 and 3 from M2. */
const shop: JobShopInstance = {
  name: 'carried',
  machines: 2,
  jobs: [
    [
      [0, 4],
      [1, 3],
    ],
    [[1, 2]],
  ],
  transport: {
    robots: 1,
    times: [
      [0, 2, 1],
      [2, 0, 3],
      [1, 3, 0],
    ],
  },
};

const schedule = (starts: number[], picks: number[], robots = [0, 0, 0]): JobShopSolution => ({
  starts: Int32Array.from(starts),
  robots: Int32Array.from(robots),
  picks: Int32Array.from(picks),
});
const complaint = (instance: JobShopInstance, solution: JobShopSolution) =>
  check(instance, solution).violations[0];

describe('the checker follows the robots', () => {
  test('a sound schedule', () => {
    // J1 to M1 at 1; back, J2 to M2 at 5; to M1 and J1 to M2, there at 9.
    const report = check(shop, schedule([1, 9, 5], [0, 7, 2]));
    expect(report).toEqual({ feasible: true, objective: 12, violations: [] });
  });

  test('what robots cannot do', () => {
    expect(complaint(shop, schedule([1, 9, 5], [0, 6, 2]))).toMatch(
      /R1 cannot fetch J1 at 6: it is there at 7/,
    );
    expect(complaint(shop, schedule([1, 8, 5], [0, 7, 2]))).toMatch(/before its job arrives at 9/);
    expect(complaint(shop, schedule([1, 7, 9], [0, 4, 6]))).toMatch(/before it is ready at 5/);
    expect(complaint(shop, schedule([1, 9, 5], [0, 7, 2], [0, 1, 0]))).toMatch(/has no robot/);
    expect(complaint(shop, { starts: Int32Array.of(1, 9, 5) })).toMatch(/must have a robot/);
    const slow = { ...shop.transport!, empty: [0, 0, 0].map(() => [0, 0, 0]) };
    slow.empty[0][2] = 5;
    expect(complaint({ ...shop, transport: slow }, schedule([1, 9, 5], [0, 7, 2]))).toMatch(
      /fetch J2 at 2: it is there at 6/,
    );
  });

  test('without buffers a machine is kept until its job is fetched', () => {
    const tool: JobShopInstance = {
      ...shop,
      kind: 'blocking',
      jobs: [shop.jobs[0], [[0, 2]]],
    };
    // J2 arrives on M1 at 9 in either case; J1 is fetched there at 5, or only at 10.
    const two = { ...tool, transport: { ...shop.transport!, robots: 2 } };
    expect(check(two, schedule([1, 7, 9], [0, 5, 8], [0, 0, 1])).feasible).toBe(true);
    expect(complaint(two, schedule([1, 12, 10], [0, 10, 8], [0, 0, 1]))).toMatch(
      /J1 and J2 overlap on M1 at 9/,
    );
  });
});

describe('forms of transport', () => {
  const refusal = (transport: unknown, others: object = {}): string => {
    const result = validate({ ...shop, transport, ...others });
    return result.ok ? 'no complaint' : describeIssue(result.issues[0]);
  };
  const { times } = shop.transport!;
  test.each([
    [{ robots: 0, times }, /transport\.robots/],
    [{ robots: 1, times: times.slice(1) }, /3 rows of times/],
    [{ robots: 1, times: times.map((row) => row.with(1, -1)) }, /whole number from 0/],
    [{ robots: 1, times: times.map((row) => row.with(0, 1)) }, /to itself/],
    [{ robots: 1, times, speed: 2 }, /Unknown key/],
    [7, /transport\.robots/],
  ])('refuses %j', (transport, message) => {
    expect(refusal(transport)).toMatch(message);
  });

  test('refuses what robots do not go with', () => {
    expect(refusal(shop.transport, { kind: 'no-wait' })).toMatch(/job shops and blocking/);
    expect(refusal(shop.transport, { setups: { family: [0, 0], times: [[0]] } })).toMatch(
      /neither with setups/,
    );
    expect(refusal(shop.transport, { jobs: [[[0, 1, 1, 1]]] })).toMatch(/one machine/);
  });

  test('links and solutions read back', () => {
    const uneven = {
      ...shop,
      transport: { ...shop.transport!, empty: times.map((row) => row.map((time) => time * 2)) },
    };
    for (const instance of [shop, uneven])
      expect(unwrap(codec.decode(codec.encode(instance), codec.version))).toEqual(instance);
    const solution = schedule([1, 9, 5], [0, 7, 2]);
    const plain: unknown = JSON.parse(JSON.stringify(writeSolution(shop, solution)));
    expect(unwrap(readSolution(shop, plain))).toEqual(solution);
    const [text] = solutionFormats;
    expect(unwrap(text.parse(text.write(shop, solution, 12), shop))).toEqual(solution);
    expect(text.parse('1@1:x 9@1:7\n5@1:2', shop).ok).toBe(false);
  });

  test('edits of machines keep the times', () => {
    const more = unwrap(addMachine(shop)).transport!;
    expect(more.times).toEqual([
      [0, 2, 2, 1],
      [2, 0, 0, 3],
      [2, 0, 0, 3],
      [1, 3, 3, 0],
    ]);
    expect(unwrap(removeMachine(unwrap(addMachine(shop)), 2))).toEqual(shop);
  });
});
