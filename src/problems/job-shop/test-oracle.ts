/** For tests: random small instances of every shape, and their optimum by trying all sequences. */
import * as fc from 'fast-check';
import { unwrap } from '../../core/result.ts';
import { endBetween } from './check-breakdowns.ts';
import { check } from './check.ts';
import type { JobShopInstance, Kind, Operation } from './instance.ts';
import { validate } from './schema.ts';

interface Shape {
  jobs?: number;
  machines?: number;
  operations?: number;
  duration?: number;
}

/** Jobs of any length, with returns to a machine and durations of 0. */
export const anyInstance = (shape: Shape = {}): fc.Arbitrary<JobShopInstance> => {
  const { jobs = 4, machines = 3, operations = 4, duration = 9 } = shape;
  return fc.integer({ min: 1, max: machines }).chain((count) =>
    fc.record({
      name: fc.constant('random'),
      machines: fc.constant(count),
      jobs: fc.array(
        fc.array(fc.tuple(fc.nat(count - 1), fc.nat(duration)) as fc.Arbitrary<Operation>, {
          minLength: 1,
          maxLength: operations,
        }),
        { minLength: 1, maxLength: jobs },
      ),
    }),
  );
};

/** The least makespan, by building every semi-active schedule. Exponential. */
export function bruteForce(instance: JobShopInstance): number {
  const next = instance.jobs.map(() => 0);
  const jobReady = instance.jobs.map(() => 0);
  const machineReady = new Array<number>(instance.machines).fill(0);
  let best = Infinity;
  const extend = (makespan: number): void => {
    if (makespan >= best) return;
    let complete = true;
    instance.jobs.forEach((job, j) => {
      if (next[j] === job.length) return;
      complete = false;
      const [machine, duration] = job[next[j]];
      const before = [jobReady[j], machineReady[machine]];
      const end = Math.max(...before) + duration;
      next[j]++;
      jobReady[j] = machineReady[machine] = end;
      extend(Math.max(makespan, end));
      next[j]--;
      [jobReady[j], machineReady[machine]] = before;
    });
    if (complete) best = makespan;
  };
  extend(0);
  return best;
}

/** Small instances of one kind with whatever else the kind allows. */
export const anyVariant = (kind: Kind): fc.Arbitrary<JobShopInstance> =>
  fc
    .record({
      jobs: fc.integer({ min: 2, max: 3 }),
      machines: fc.integer({ min: 2, max: 2 }),
      durations: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 12, maxLength: 12 }),
      picks: fc.array(fc.nat(1), { minLength: 12, maxLength: 12 }),
      choices: fc.boolean(),
      objective: fc.constantFrom('makespan', 'tardiness', 'flow'),
      release: fc.option(fc.array(fc.nat(3), { minLength: 3, maxLength: 3 })),
      weight: fc.option(fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 3, maxLength: 3 })),
      due: fc.array(fc.nat(8), { minLength: 3, maxLength: 3 }),
      setup: fc.option(fc.tuple(fc.nat(2), fc.nat(2))),
      down: fc.option(
        fc.record({
          after: fc.constantFrom('resume', 'restart'),
          times: fc.array(fc.tuple(fc.nat(4), fc.integer({ min: 1, max: 2 })), {
            minLength: 2,
            maxLength: 2,
          }),
        }),
      ),
    })
    .map((draw) => {
      const flexible = draw.choices && (kind === 'job' || kind === 'blocking' || kind === 'swap');
      const jobs = Array.from({ length: draw.jobs }, (_, j) =>
        Array.from({ length: 2 }, (_unused, k): Operation => {
          const machine = kind === 'permutation' || kind === 'open' ? k : draw.picks[2 * j + k];
          const time = draw.durations[2 * j + k];
          return flexible && draw.picks[6 + 2 * j + k]
            ? [machine, time, 1 - machine, draw.durations[6 + 2 * j + k]]
            : [machine, time];
        }),
      );
      const fails = draw.down && (kind === 'job' || kind === 'blocking' || kind === 'swap');
      const byJob = (list: number[] | null) => list?.slice(0, draw.jobs);
      return unwrap(
        validate({
          name: 'variant',
          machines: 2,
          jobs,
          kind,
          objective: draw.objective,
          release: byJob(draw.release),
          due: byJob(draw.due),
          weight: byJob(draw.weight),
          setups: draw.setup
            ? {
                family: Array.from({ length: draw.jobs }, (_, j) => j % 2),
                times: [
                  [0, draw.setup[0]],
                  [draw.setup[1], 0],
                ],
              }
            : undefined,
          breakdowns: fails ? draw.down : undefined,
        }),
      );
    });

/**
 * The least objective over all whole start times up to a horizon and all choices of machine, each
 * judged by the checker. Exponential; two operations a job.
 *
 * @param upper an objective that can be reached; nothing worse is looked at.
 */
export function leastByTrial(instance: JobShopInstance, upper: number, horizon: number): number {
  const operations = instance.jobs.flatMap((job, j) => job.map((operation) => ({ j, operation })));
  const starts = new Int32Array(operations.length);
  const ends = new Int32Array(operations.length);
  const machines = new Int32Array(operations.length);
  const open = instance.kind === 'open';
  let best = upper;
  const extend = (at: number): void => {
    if (at === operations.length) {
      const report = check(instance, { starts, machines });
      if (report.feasible) best = Math.min(best, report.objective);
      return;
    }
    const { j, operation } = operations[at];
    const follows = !open && at > 0 && operations[at - 1].j === j;
    for (let c = 0; c < operation.length; c += 2) {
      machines[at] = operation[c];
      const ready = follows ? starts[at - 1] + 1 : (instance.release?.[j] ?? 0);
      const most = instance.objective ? horizon : Math.min(horizon, best);
      for (let start = ready; start + operation[c + 1] <= most; start++) {
        starts[at] = start;
        ends[at] = endBetween(instance.breakdowns, operation[c], start, operation[c + 1]);
        let apart = true;
        for (let i = 0; i < at && apart; i++)
          apart =
            (machines[i] !== machines[at] && operations[i].j !== j) ||
            ends[i] <= start ||
            ends[at] <= starts[i];
        if (apart) extend(at + 1);
      }
    }
  };
  extend(0);
  return best;
}
