/** Seeded random flow, flexible, open, no-wait and blocking shops, and job shops with dates. */
import type { ParamSpec } from '../../core/params.ts';
import { shuffle, type Rng } from '../../core/rng.ts';
import type { InstanceGenerator } from '../family.ts';
import { breakdownGenerator } from './breakdown-generator.ts';
import { lehmer, modulus, range, readSizes, sizeParams, uniform } from './generators.ts';
import { limits, type JobShopInstance, type Operation } from './instance.ts';
import { transportGenerator } from './transport-generator.ts';

/** Taillard's flow shop (1993): durations machine by machine from one stream. O(jobs · machines). */
export function taillardFlow(
  name: string,
  jobs: number,
  machines: number,
  seed: number,
  low = 1,
  high = 99,
): JobShopInstance {
  const draw = lehmer(seed);
  const durations = Array.from({ length: machines * jobs }, () => draw(low, high));
  return {
    name,
    machines,
    jobs: range(0, jobs).map((job) =>
      range(0, machines).map((k): Operation => [k, durations[k * jobs + job]]),
    ),
    kind: 'permutation',
  };
}

/** Where no duration may be 0. */
const atLeastOne = (jobs: readonly (readonly Operation[])[]): Operation[][] =>
  jobs.map((job) => job.map(([machine, time]): Operation => [machine, Math.max(1, time)]));

const randomJobs = (jobs: number, machines: number, low: number, high: number, rng: Rng) =>
  range(0, jobs).map(() =>
    shuffle(range(0, machines), rng).map((machine): Operation => [
      machine,
      uniform(rng, low, high),
    ]),
  );

const datedParams = [
  ...sizeParams,
  {
    type: 'choice',
    id: 'objective',
    label: 'Objective',
    help: 'What is minimised.',
    default: 'tardiness',
    options: [
      { value: 'tardiness', label: 'Total weighted tardiness' },
      { value: 'flow', label: 'Total weighted flow time' },
      { value: 'makespan', label: 'Makespan' },
    ],
  },
  {
    type: 'number',
    id: 'tightness',
    label: 'Due date factor',
    help: 'A job is due after this many times its work, from its release on.',
    default: 1.5,
    min: 1,
    max: 10,
    step: 0.1,
  },
  {
    type: 'number',
    id: 'spread',
    label: 'Releases',
    help: 'Releases are spread over this share of the mean work of a machine.',
    default: 0.3,
    min: 0,
    max: 5,
    step: 0.1,
  },
  {
    type: 'number',
    id: 'families',
    label: 'Setup families',
    help: 'Between jobs of two families machines are set up for up to half a mean duration; 0: none.',
    default: 0,
    min: 0,
    max: 20,
    integer: true,
  },
] as const satisfies readonly ParamSpec[];

export const variantGenerators: readonly InstanceGenerator<JobShopInstance>[] = [
  {
    id: 'dated',
    name: 'Dates and weights',
    summary: 'Release dates, due dates in proportion to the work, weights 1, 2 and 4, and setups.',
    source: 'after Singer & Pinedo 1998',
    params: datedParams,
    generate(params, rng) {
      const { jobs: count, machines, low, high } = readSizes(params);
      const families = Number(params.families);
      const drawn = randomJobs(count, machines, low, high, rng);
      const jobs = families > 0 ? atLeastOne(drawn) : drawn;
      const lengths = jobs.map((job) => job.reduce((sum, [, time]) => sum + time, 0));
      const work = lengths.reduce((sum, length) => sum + length, 0);
      const last = Math.round((Number(params.spread) * work) / machines);
      const release = lengths.map(() => uniform(rng, 0, last));
      // A fifth weighs 4, a fifth 1, the others 2.
      const weight = lengths.map(() => [4, 1, 2, 2, 2][rng.int(5)]);
      const due = lengths.map((length, j) =>
        Math.min(limits.due, release[j] + Math.floor(Number(params.tightness) * length)),
      );
      const objective = String(params.objective);
      const setup = () => uniform(rng, 1, Math.max(1, Math.round((low + high) / 4)));
      return {
        name: `Dated ${count}×${machines}`,
        machines,
        jobs,
        ...(objective !== 'makespan' && { objective: objective as 'tardiness' | 'flow' }),
        release,
        due,
        weight,
        ...(families > 0 && {
          setups: {
            family: lengths.map(() => rng.int(families)),
            times: range(0, families).map((from) =>
              range(0, families).map((to) => (from === to ? 0 : setup())),
            ),
          },
        }),
      };
    },
  },
  {
    id: 'flow-shop',
    name: 'Permutation flow shop',
    summary: 'All jobs pass all machines in one order; uniform durations.',
    source: 'Taillard 1993',
    params: sizeParams,
    generate(params, rng) {
      const { jobs, machines, low, high } = readSizes(params);
      const seed = 1 + rng.int(modulus - 1);
      return taillardFlow(`Flow shop ${jobs}×${machines}`, jobs, machines, seed, low, high);
    },
  },
  {
    id: 'flexible',
    name: 'Flexible job shop',
    summary: 'Every operation may run on one of several machines, some quicker than others.',
    source: 'own',
    params: [
      ...sizeParams,
      {
        type: 'number',
        id: 'choices',
        label: 'Most choices',
        help: 'An operation has from one to so many machines.',
        default: 3,
        min: 1,
        max: 20,
        integer: true,
      },
      {
        type: 'number',
        id: 'difference',
        label: 'Difference',
        help: 'How much longer than the quickest another machine may take.',
        default: 0.3,
        min: 0,
        max: 3,
        step: 0.1,
      },
    ],
    generate(params, rng) {
      const { jobs, machines, low, high } = readSizes(params);
      const most = Math.min(Number(params.choices), machines);
      const perOperation = Math.max(1, Math.floor(limits.choices / (jobs * machines)));
      return {
        name: `Flexible ${jobs}×${machines}`,
        machines,
        jobs: range(0, jobs).map(() =>
          shuffle(range(0, machines), rng).map((machine): Operation => {
            const time = uniform(rng, low, high);
            const count = Math.min(perOperation, 1 + rng.int(most));
            const others = shuffle(
              range(0, machines).filter((other) => other !== machine),
              rng,
            ).slice(0, count - 1);
            const longest = Math.round(time * (1 + Number(params.difference)));
            return [machine, time, ...others.flatMap((m) => [m, uniform(rng, time, longest)])];
          }),
        ),
      };
    },
  },
  {
    id: 'open-shop',
    name: 'Open shop',
    summary: 'Every job visits every machine once, in whatever order.',
    source: 'Taillard 1993',
    params: sizeParams,
    generate(params, rng) {
      const { jobs, machines, low, high } = readSizes(params);
      return {
        name: `Open shop ${jobs}×${machines}`,
        machines,
        jobs: range(0, jobs).map(() =>
          range(0, machines).map((machine): Operation => [machine, uniform(rng, low, high)]),
        ),
        kind: 'open',
      };
    },
  },
  {
    id: 'no-buffer',
    name: 'No room to wait',
    summary: 'Jobs must go on at once, or keep their machine until the next one is free.',
    source: 'after Mascis & Pacciarelli 2002',
    params: [
      {
        type: 'choice',
        id: 'kind',
        label: 'Kind',
        help: 'What a job does whose next machine is busy.',
        default: 'blocking',
        options: [
          { value: 'blocking', label: 'Blocking', help: 'Keeps its machine.' },
          { value: 'swap', label: 'Blocking with swaps', help: 'Jobs may change places.' },
          { value: 'no-wait', label: 'No-wait', help: 'Must not come to that.' },
        ],
      },
      ...sizeParams,
    ],
    generate(params, rng) {
      const { jobs, machines, low, high } = readSizes(params);
      return {
        name: `No room ${jobs}×${machines}`,
        machines,
        jobs: atLeastOne(randomJobs(jobs, machines, low, high, rng)),
        kind: String(params.kind) as 'blocking' | 'swap' | 'no-wait',
      };
    },
  },
  breakdownGenerator,
  transportGenerator,
];
