/** Adam and SPAM on a network whose gradient is blown up at intervals. */
import type { ParamSpec, ParamValues } from '../../../core/params.ts';
import { ok } from '../../../core/result.ts';
import { makeBody, makeSchedule } from '../schedule.ts';
import type { SolverId } from '../solvers.ts';
import { makeTask, type Task } from '../tasks.ts';
import { shortNumber } from '../views/common.ts';
import { meanSeries } from './drop.ts';
import { defineStudy, groupBy, numeric, seedsOf, series, tableOf, trainingRun } from './lab.ts';
import { smooth } from '../../../charts/smoothing.ts';
import { linePlot } from './plot.ts';
import { seedsParam } from './presets.ts';
import { levelOf } from './sweep.ts';

const params = [
  {
    type: 'number',
    id: 'every',
    label: 'Spike every',
    help: 'Steps from one spike to the next.',
    unit: 'steps',
    default: 100,
    min: 5,
    max: 10_000,
    integer: true,
  },
  {
    type: 'number',
    id: 'size',
    label: 'Spike size',
    help: 'The gradient of that batch is multiplied by this.',
    default: 1_000,
    min: 1,
    max: 1e6,
  },
  {
    type: 'number',
    id: 'rate',
    label: 'Base rate',
    help: 'Of all runs; it falls linearly to 0.',
    default: 0.01,
    min: 0.0001,
    max: 1,
    step: 0.005,
  },
  {
    type: 'number',
    id: 'steps',
    label: 'Steps',
    help: 'T of each run.',
    unit: 'steps',
    default: 1_200,
    min: 50,
    max: 20_000,
    integer: true,
  },
  seedsParam(3),
] as const satisfies readonly ParamSpec[];

interface Method {
  id: string;
  name: string;
  solverId: SolverId;
  spikes: boolean;
  params?: ParamValues;
}

const METHODS: readonly Method[] = [
  { id: 'adam', name: 'Adam', solverId: 'adam', spikes: true },
  {
    id: 'clipped',
    name: 'Adam, gradient clipped at 1',
    solverId: 'adam',
    spikes: true,
    params: { clip: 1 },
  },
  {
    id: 'spam',
    name: 'SPAM',
    solverId: 'spam',
    spikes: true,
    // Published for long runs: resets every 500 steps, 150 of warm-up.
    params: { interval: 250, warmup: 50 },
  },
  { id: 'calm', name: 'Adam without spikes', solverId: 'adam', spikes: false },
];

export const spam = defineStudy({
  id: 'spam-spikes',
  name: 'Spikes in the gradient',
  summary:
    'Every hundredth batch has its gradient multiplied by a thousand. What is left of Adam, of Adam with clipping, and of SPAM, which cuts spikes and starts its moments afresh?',
  source:
    'Huang et al., 2025, “SPAM: Spike-aware Adam with momentum reset for stable LLM training”',
  group: 'Optimizers',
  seconds: 6,
  params,
  cells(_instance, { every, size, rate, steps, seeds }) {
    const taskOf = (spikes: boolean): Task =>
      makeTask('spirals', {
        samples: 600,
        noise: 0.25,
        spikeEvery: spikes ? every : 0,
        spikeSize: size,
      });
    const tasks = { spiky: taskOf(true), calm: taskOf(false) };
    return ok(
      METHODS.flatMap((method) =>
        seedsOf(seeds).map((seed) => ({
          key: method,
          run: trainingRun({
            id: `${method.id}/seed ${seed}`,
            label: `${method.name}, seed ${seed}`,
            task: method.spikes ? tasks.spiky : tasks.calm,
            batch: 32,
            steps,
            schedule: makeSchedule(rate, makeBody('linear')),
            solverId: method.solverId,
            params: method.params,
            seed,
          }),
        })),
      ),
    );
  },
  read({ values, cells }) {
    const lines = [...groupBy(cells, ({ key }) => key.id).values()].map((group) => ({
      method: group[0].key,
      end: levelOf(0, group),
      losses: meanSeries(group.map(({ outcome }) => series(outcome, 'validation'))),
      norms: series(group[0].outcome, 'gradient'),
    }));
    return { lines, steps: values.steps };
  },
  charts({ lines, steps }) {
    const colourOf = (method: Method, index: number, ink: string, of: (i: number) => string) =>
      method.spikes ? of(index) : ink;
    return [
      {
        id: 'loss',
        title: 'Validation loss',
        help: 'Means over the seeds, lightly smoothed; grey: the same run without spikes.',
        option: (colours) =>
          linePlot({
            colours,
            x: { name: 'Step', min: 0, max: steps },
            y: { name: 'Validation loss', log: true },
            lines: lines.map(({ method, losses }, index) => ({
              name: method.name,
              data: smooth(losses, 0.9),
              colour: colourOf(method, index, colours.ink3, colours.series),
              width: method.id === 'spam' ? 2.4 : 1.6,
              dash: method.spikes ? undefined : ('dashed' as const),
            })),
          }),
        description: lines
          .map(({ method, end }) => `${method.name} ends at ${shortNumber(end.mean)}`)
          .join('; '),
      },
      {
        id: 'norms',
        title: 'Gradient norm',
        help: 'As it came, before any clipping; first seed.',
        option: (colours) =>
          linePlot({
            colours,
            x: { name: 'Step', min: 0, max: steps },
            y: { name: 'Gradient norm', log: true },
            lines: lines.map(({ method, norms }, index) => ({
              name: method.name,
              data: norms,
              colour: colourOf(method, index, colours.ink3, colours.series),
              width: 1,
              opacity: 0.8,
            })),
          }),
        description: 'Spikes stand a thousand times above the rest.',
      },
    ];
  },
  findings({ lines }) {
    if (lines.length < METHODS.length || lines.some(({ end }) => end.done < end.planned)) return [];
    const of = (id: string) => lines.find(({ method }) => method.id === id)!.end.mean;
    const [adam, clipped, own, calm] = ['adam', 'clipped', 'spam', 'calm'].map(of);
    return [
      {
        tone: own < adam ? ('measured' as const) : ('against' as const),
        text: `With spikes Adam ends at ${shortNumber(adam)}, SPAM at ${shortNumber(own)}; without spikes Adam ends at ${shortNumber(calm)}.`,
      },
      {
        tone: own <= clipped ? ('measured' as const) : ('against' as const),
        text: `Plain clipping of the whole gradient at 1 ends at ${shortNumber(clipped)}${own <= clipped ? ', above SPAM' : ': on this task it does at least as well as SPAM'}.`,
      },
    ];
  },
  table: ({ lines }) =>
    tableOf(
      'Final validation losses',
      [
        { id: 'method', label: 'Optimizer' },
        numeric('mean', 'Mean'),
        numeric('low', 'Lowest'),
        numeric('high', 'Highest'),
      ],
      lines.map(({ method, end }) => [method.name, end.mean, end.low, end.high]),
    ),
});
