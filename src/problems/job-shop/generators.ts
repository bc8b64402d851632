/** Seeded random instances. */
import type { ParamSpec, ParamValues } from '../../core/params.ts';
import { shuffle, type Rng } from '../../core/rng.ts';
import type { InstanceGenerator } from '../family.ts';
import { limits, type JobShopInstance, type Operation } from './instance.ts';

export const modulus = 2 ** 31 - 1;

/** The linear congruential generator of Bratley, Fox & Schrage (1983), as Taillard uses it. */
export function lehmer(seed: number): (low: number, high: number) => number {
  let state = seed;
  return (low, high) => {
    // Exact: 16807 · 2^31 is below 2^53.
    state = (16807 * state) % modulus;
    return low + Math.floor((state / modulus) * (high - low + 1));
  };
}

export interface TaillardParams {
  jobs: number;
  machines: number;
  /** 1 … 2^31 − 2 */
  timeSeed: number;
  /** 1 … 2^31 − 2 */
  machineSeed: number;
  /** Durations are uniform in minTime … maxTime; 1 … 99 in the published instances. */
  minTime?: number;
  maxTime?: number;
}

/**
 * Taillard's job shop (Taillard 1993): durations and routes from two streams; each route is a
 * uniform permutation of the machines. O(jobs · machines).
 */
export function taillard(name: string, params: TaillardParams): JobShopInstance {
  const { jobs, machines, minTime = 1, maxTime = 99 } = params;
  const time = lehmer(params.timeSeed);
  const durations = Array.from({ length: jobs * machines }, () => time(minTime, maxTime));
  const draw = lehmer(params.machineSeed);
  const rows = Array.from({ length: jobs }, (_, job) => {
    const route = Array.from({ length: machines }, (_unused, machine) => machine);
    for (let i = 0; i < machines; i++) {
      const j = draw(i, machines - 1);
      [route[i], route[j]] = [route[j], route[i]];
    }
    return route.map((machine, k): Operation => [machine, durations[job * machines + k]]);
  });
  return { name, machines, jobs: rows };
}

export const sizeParams = [
  {
    type: 'number',
    id: 'jobs',
    label: 'Jobs',
    help: 'Number of jobs.',
    default: 10,
    min: 1,
    max: 200,
    integer: true,
  },
  {
    type: 'number',
    id: 'machines',
    label: 'Machines',
    help: 'Number of machines; every job visits each once.',
    default: 10,
    min: 1,
    max: 50,
    integer: true,
  },
  {
    type: 'number',
    id: 'minTime',
    label: 'Shortest time',
    help: 'Smallest duration that can be drawn.',
    default: 1,
    min: 0,
    max: 10_000,
    integer: true,
  },
  {
    type: 'number',
    id: 'maxTime',
    label: 'Longest time',
    help: 'Largest duration that can be drawn.',
    default: 99,
    min: 0,
    max: 10_000,
    integer: true,
  },
] as const satisfies readonly ParamSpec[];

interface Sizes {
  jobs: number;
  machines: number;
  low: number;
  high: number;
}

export function readSizes(params: ParamValues): Sizes {
  const low = Math.min(Number(params.minTime), Number(params.maxTime));
  const high = Math.max(Number(params.minTime), Number(params.maxTime));
  const machines = Number(params.machines);
  const most = Math.floor(limits.operations / machines);
  return { jobs: Math.min(Number(params.jobs), most), machines, low, high };
}

export const uniform = (rng: Rng, low: number, high: number): number =>
  low + rng.int(high - low + 1);

export const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, i) => from + i);

/** Every job has a route from `route` and uniform durations, scaled by machine. */
function build(
  name: string,
  sizes: Sizes,
  rng: Rng,
  route: () => number[],
  scale: (machine: number) => number = () => 1,
): JobShopInstance {
  const jobs = Array.from({ length: sizes.jobs }, () =>
    route().map((machine): Operation => {
      const duration = uniform(rng, sizes.low, sizes.high) * scale(machine);
      return [machine, Math.min(limits.duration, Math.round(duration))];
    }),
  );
  return { name, machines: sizes.machines, jobs };
}

export const generators: readonly InstanceGenerator<JobShopInstance>[] = [
  {
    id: 'taillard',
    name: 'Taillard',
    summary: 'Uniform durations and uniform random routes, as in ta01 … ta80.',
    source: 'Taillard 1993',
    params: sizeParams,
    generate(params, rng) {
      const { jobs, machines, low, high } = readSizes(params);
      const timeSeed = 1 + rng.int(modulus - 1);
      const machineSeed = 1 + rng.int(modulus - 1);
      return taillard(`Taillard ${jobs}×${machines}`, {
        jobs,
        machines,
        timeSeed,
        machineSeed,
        minTime: low,
        maxTime: high,
      });
    },
  },
  {
    id: 'two-sets',
    name: 'Two sets',
    summary: 'All jobs pass the first half of the machines before the second: much harder.',
    source: 'Storer, Wu & Vaccari 1992; Demirkol, Mehta & Uzsoy 1998',
    params: sizeParams,
    generate(params, rng) {
      const sizes = readSizes(params);
      const half = Math.floor(sizes.machines / 2);
      return build(`Two sets ${sizes.jobs}×${sizes.machines}`, sizes, rng, () => [
        ...shuffle(range(0, half), rng),
        ...shuffle(range(half, sizes.machines), rng),
      ]);
    },
  },
  {
    id: 'flow-like',
    name: 'Flow-like',
    summary: 'Routes follow one line of machines but for a few random swaps.',
    source: 'own',
    params: [
      ...sizeParams,
      {
        type: 'number',
        id: 'disorder',
        label: 'Disorder',
        help: 'Swaps of neighbours per machine: 0 is a pure flow shop.',
        default: 0.5,
        min: 0,
        max: 10,
        step: 0.1,
      },
    ],
    generate(params, rng) {
      const sizes = readSizes(params);
      const swaps = Math.round(Number(params.disorder) * sizes.machines);
      return build(`Flow-like ${sizes.jobs}×${sizes.machines}`, sizes, rng, () => {
        const route = range(0, sizes.machines);
        for (let i = 0; i < swaps && route.length > 1; i++) {
          const at = rng.int(route.length - 1);
          [route[at], route[at + 1]] = [route[at + 1], route[at]];
        }
        return route;
      });
    },
  },
  {
    id: 'bottleneck',
    name: 'Bottleneck',
    summary: 'A few machines take longer than the rest, so the bound is near at once.',
    source: 'own',
    params: [
      ...sizeParams,
      {
        type: 'number',
        id: 'bottlenecks',
        label: 'Bottlenecks',
        help: 'How many machines are slow.',
        default: 1,
        min: 1,
        max: 50,
        integer: true,
      },
      {
        type: 'number',
        id: 'factor',
        label: 'Factor',
        help: 'How many times longer the slow machines take.',
        default: 2,
        min: 1,
        max: 10,
        step: 0.1,
      },
    ],
    generate(params, rng) {
      const sizes = readSizes(params);
      const order = shuffle(range(0, sizes.machines), rng);
      const slow = new Set(order.slice(0, Number(params.bottlenecks)));
      return build(
        `Bottleneck ${sizes.jobs}×${sizes.machines}`,
        sizes,
        rng,
        () => shuffle(range(0, sizes.machines), rng),
        (machine) => (slow.has(machine) ? Number(params.factor) : 1),
      );
    },
  },
];
