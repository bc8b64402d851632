/** Job shops and cluster tools served by robots. */
import type { ParamSpec } from '../../core/params.ts';
import { shuffle } from '../../core/rng.ts';
import type { InstanceGenerator } from '../family.ts';
import { range, readSizes, sizeParams, uniform } from './generators.ts';
import type { JobShopInstance, Operation } from './instance.ts';

/** Times along a line (the station at its head) or around a ring, one step between neighbours. */
export function layoutTimes(machines: number, step: number, layout: 'line' | 'ring'): number[][] {
  const places = machines + 1;
  // The station comes before machine 1.
  const position = (place: number) => (place === machines ? 0 : place + 1);
  return range(0, places).map((from) =>
    range(0, places).map((to) => {
      const distance = Math.abs(position(from) - position(to));
      return step * (layout === 'ring' ? Math.min(distance, places - distance) : distance);
    }),
  );
}

export const transportGenerator: InstanceGenerator<JobShopInstance> = {
  id: 'robots',
  name: 'Shop with robots',
  summary: 'Robots carry jobs along a line or around a ring of machines, as in a cluster tool.',
  source: 'after Bilge & Ulusoy 1995',
  params: [
    {
      type: 'choice',
      id: 'kind',
      label: 'Room at machines',
      help: 'Where jobs wait for machine and robot.',
      default: 'job',
      options: [
        { value: 'job', label: 'Buffers', help: 'Before and behind each machine.' },
        { value: 'blocking', label: 'None', help: 'In the machine, as in a cluster tool.' },
      ],
    },
    ...sizeParams,
    {
      type: 'number',
      id: 'robots',
      label: 'Robots',
      help: 'How many there are.',
      default: 2,
      min: 1,
      max: 20,
      integer: true,
    },
    {
      type: 'choice',
      id: 'layout',
      label: 'Layout',
      help: 'How the machines stand.',
      default: 'ring',
      options: [
        { value: 'ring', label: 'Ring' },
        { value: 'line', label: 'Line' },
      ],
    },
    {
      type: 'number',
      id: 'step',
      label: 'Time between neighbours',
      help: 'Of a move with or without a job, in shares of the mean duration.',
      default: 0.1,
      min: 0,
      max: 5,
      step: 0.05,
    },
  ] as const satisfies readonly ParamSpec[],
  generate(params, rng) {
    const { jobs, machines, low, high } = readSizes(params);
    const step = Math.round((Number(params.step) * (low + high)) / 2);
    const layout = params.layout === 'line' ? 'line' : 'ring';
    return {
      name: `Robots ${jobs}×${machines}`,
      machines,
      jobs: range(0, jobs).map(() =>
        shuffle(range(0, machines), rng).map((machine): Operation => [
          machine,
          Math.max(1, uniform(rng, low, high)),
        ]),
      ),
      ...(params.kind === 'blocking' && { kind: 'blocking' as const }),
      transport: { robots: Number(params.robots), times: layoutTimes(machines, step, layout) },
    };
  },
};
