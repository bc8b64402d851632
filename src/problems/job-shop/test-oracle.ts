/** For tests: random small instances of every shape, and their optimum by trying all sequences. */
import * as fc from 'fast-check';
import type { JobShopInstance, Operation } from './instance.ts';

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
