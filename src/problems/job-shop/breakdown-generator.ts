/** Seeded breakdowns, and job shops with them. */
import { log } from '../../core/math.ts';
import type { ParamSpec } from '../../core/params.ts';
import { shuffle, type Rng } from '../../core/rng.ts';
import type { InstanceGenerator } from '../family.ts';
import type { Breakdowns } from './breakdowns.ts';
import { range, readSizes, sizeParams, uniform } from './generators.ts';
import { limits, machineLoads, type JobShopInstance, type Operation } from './instance.ts';

/** Breakdowns reach so many times as far as a schedule without waiting needs at least. */
const reach = 4;

/**
 * Times between a repair and the next failure, and times of repair, exponentially distributed, as a
 * machine that does not age has them.
 *
 * @param between mean time between failures, @param repair mean time of a repair, both in units of
 *   the mean duration of an operation.
 */
export function drawBreakdowns(
  instance: JobShopInstance,
  between: number,
  repair: number,
  after: Breakdowns['after'],
  rng: Rng,
): Breakdowns {
  const loads = machineLoads(instance);
  const work = loads.reduce((sum, load) => sum + load, 0);
  const mean = work / instance.jobs.reduce((sum, job) => sum + job.length, 0);
  const longest = instance.jobs.reduce(
    (most, job) =>
      Math.max(
        most,
        job.reduce((sum, operation) => sum + operation[1], 0),
      ),
    Math.max(...loads),
  );
  const lastRelease = Math.max(0, ...(instance.release ?? []));
  const horizon = Math.min(limits.work / 4, reach * longest + lastRelease);
  let left: number = limits.breakdowns;
  const draw = (average: number) => Math.max(1, Math.round(-average * mean * log(1 - rng.float())));
  return {
    after,
    times: range(0, instance.machines).map(() => {
      const times: number[] = [];
      for (let time = draw(between); time < horizon && left > 0; left--) {
        const length = Math.min(limits.duration, draw(repair));
        times.push(time, length);
        time += length + draw(between);
      }
      return times;
    }),
  };
}

export const breakdownGenerator: InstanceGenerator<JobShopInstance> = {
  id: 'breakdowns',
  name: 'Machines that fail',
  summary: 'A job shop whose machines break down at random, with or without room to wait.',
  source: 'after Wong et al. 2023',
  params: [
    {
      type: 'choice',
      id: 'kind',
      label: 'Kind',
      help: 'Whether jobs may wait between machines.',
      default: 'swap',
      options: [
        { value: 'job', label: 'Job shop', help: 'Jobs wait anywhere.' },
        { value: 'blocking', label: 'Blocking', help: 'A job keeps its machine.' },
        { value: 'swap', label: 'Blocking with swaps', help: 'Jobs may change places.' },
      ],
    },
    ...sizeParams,
    {
      type: 'number',
      id: 'between',
      label: 'Time between failures',
      help: 'Mean time a machine runs, in mean durations of an operation.',
      unit: '× duration',
      default: 8,
      min: 0.5,
      max: 1000,
      step: 0.5,
    },
    {
      type: 'number',
      id: 'repair',
      label: 'Time of repair',
      help: 'Mean time a machine is down, in mean durations of an operation.',
      unit: '× duration',
      default: 1,
      min: 0.1,
      max: 100,
      step: 0.1,
    },
    {
      type: 'choice',
      id: 'after',
      label: 'Interrupted work',
      help: 'What becomes of the operation on a machine that breaks down.',
      default: 'resume',
      options: [
        { value: 'resume', label: 'Goes on' },
        { value: 'restart', label: 'Begins anew' },
      ],
    },
  ] as const satisfies readonly ParamSpec[],
  generate(params, rng) {
    const { jobs, machines, low, high } = readSizes(params);
    const kind = String(params.kind) as 'job' | 'blocking' | 'swap';
    const instance: JobShopInstance = {
      name: `Failing machines ${jobs}×${machines}`,
      machines,
      jobs: range(0, jobs).map(() =>
        shuffle(range(0, machines), rng).map((machine): Operation => [
          machine,
          Math.max(1, uniform(rng, low, high)),
        ]),
      ),
      ...(kind !== 'job' && { kind }),
    };
    const after = params.after === 'restart' ? 'restart' : 'resume';
    const [between, repair] = [Number(params.between), Number(params.repair)];
    return { ...instance, breakdowns: drawBreakdowns(instance, between, repair, after, rng) };
  },
};
