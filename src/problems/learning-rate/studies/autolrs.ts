/** AutoLRS: rates tried on branches of the training, and the stages trained with the best of them. */
import type { ParamSpec } from '../../../core/params.ts';
import { ok } from '../../../core/result.ts';
import { makeBody, makeSchedule } from '../schedule.ts';
import { smooth } from '../../../charts/smoothing.ts';
import { shortNumber } from '../views/common.ts';
import { probesOf } from '../views/probes.ts';
import { defineStudy, numeric, seedsOf, series, tableOf, trainingRun, type Pair } from './lab.ts';
import { geometric } from './numbers.ts';
import { linePlot } from './plot.ts';
import { presetOf, seedsParam, stepsParam, taskParam } from './presets.ts';
import { countParam } from './rate-sweep.ts';
import { linear } from './shapes.ts';
import { bestLevel, levelOf, levelsBy, sweepCells, type SweepKey } from './sweep.ts';

const params = [
  taskParam('network'),
  stepsParam,
  {
    type: 'number',
    id: 'stage',
    label: 'First stage',
    help: 'Steps of the first stage; each is twice as long as the last.',
    unit: 'steps',
    default: 100,
    min: 20,
    max: 5_000,
    integer: true,
  },
  { ...countParam, default: 4 },
  seedsParam(3),
] as const satisfies readonly ParamSpec[];

type Key = SweepKey & { auto: boolean };

export const autoLrs = defineStudy({
  id: 'autolrs',
  name: 'AutoLRS and its branches',
  summary:
    'Before each stage several rates are tried for a tenth of it on copies of the training, the next chosen by Bayesian optimization; the best one trains the stage. Linear decay at its best rate for comparison.',
  source:
    'Jin, Zhou, Zhao, Zhu, Guo, Canini and Krishnamurthy, 2021, “AutoLRS: Automatic learning-rate schedule by Bayesian optimization on the fly”',
  group: 'Schedules',
  seconds: 15,
  params,
  cells(instance, { task, steps, stage, count, seeds }) {
    const preset = presetOf(instance, task, steps);
    const rates = geometric(preset.low, preset.high, count);
    const sweep = sweepCells({ preset, shapes: [linear], rates, seeds }).map(
      ({ key, run }): { key: Key; run: typeof run } => ({ key: { ...key, auto: false }, run }),
    );
    const auto = seedsOf(seeds).map((seed) => {
      const run = trainingRun({
        id: `autolrs/seed ${seed}`,
        label: `AutoLRS, seed ${seed}`,
        task: preset.task,
        batch: preset.batch,
        steps: preset.steps,
        schedule: makeSchedule(
          preset.high,
          makeBody('autolrs', {
            low: Number((preset.low / preset.high / 10).toPrecision(3)),
            stage,
          }),
        ),
        solverId: preset.solverId,
        seed,
      });
      // Probes count as steps too: the run ends by itself.
      const budget = { ...run.budget, steps: 4 * preset.steps };
      return {
        key: { shape: linear, rate: preset.high, seed, steps: preset.steps, auto: true },
        run: { ...run, budget },
      };
    });
    return ok([...auto, ...sweep]);
  },
  read({ instance, values, cells }) {
    const preset = presetOf(instance, values.task, values.steps);
    const auto = cells.filter(({ key }) => key.auto);
    const first = auto[0]?.outcome;
    const levels = levelsBy(
      cells.filter(({ key }) => !key.auto),
      ({ rate }) => rate,
    );
    const probes = first
      ? probesOf(first).map(({ from, rate, points }) => ({ from, rate, losses: points }))
      : [];
    const stages = [...new Set(probes.map(({ from }) => from))];
    return {
      preset,
      probes,
      stages,
      losses: first ? series(first, 'train') : [],
      rates: first ? series(first, 'rate') : [],
      end: levelOf(0, auto),
      spent: auto.map(({ outcome }) => outcome.steps).reduce((sum, steps) => sum + steps, 0),
      best: bestLevel(levels),
      levels,
    };
  },
  charts({ preset, probes, stages, losses, rates }) {
    const branches = probes.flatMap(({ losses: own }): Pair[] => [
      ...own,
      [own.at(-1)?.[0] ?? 0, NaN],
    ]);
    const x = { name: 'Step', min: 0, max: preset.steps };
    return [
      {
        id: 'branches',
        title: `Training with its branches: ${preset.name}`,
        help: 'Thin: the probes from the start of each stage; thick: the training loss, smoothed. First seed.',
        option: (colours) =>
          linePlot({
            colours,
            x,
            y: {
              name: 'Training loss',
              log: true,
              max:
                losses.length > 0
                  ? 3 * Math.max(...smooth(losses, 0.9).map(([, y]) => y))
                  : undefined,
            },
            lines: [
              {
                name: 'Probes',
                data: branches,
                colour: colours.series(1),
                width: 0.9,
                opacity: 0.7,
                broken: true,
              },
              { name: 'AutoLRS', data: smooth(losses, 0.9), colour: colours.accent, width: 2.2 },
            ],
            marks: stages.map((step) => ({ x: step, text: '', colour: colours.ink3 })),
          }),
        description: `${probes.length} probes before ${stages.length} stages.`,
      },
      {
        id: 'rates',
        title: 'Rates tried and rates used',
        help: 'Each probe as long as it ran at its rate; thick: the rate the stage was trained with.',
        option: (colours) =>
          linePlot({
            colours,
            x,
            y: { name: 'Learning rate', log: true },
            lines: [
              {
                name: 'Probes',
                data: probes.flatMap(({ from, rate, losses: own }): Pair[] => [
                  [from, rate],
                  [own.at(-1)?.[0] ?? from, rate],
                  [from, NaN],
                ]),
                colour: colours.series(1),
                width: 1.4,
                broken: true,
              },
              { name: 'Used', data: rates, colour: colours.accent, width: 2.4 },
            ],
          }),
        description: stages
          .map((step) => {
            const used = rates.find(([at]) => at >= step)?.[1] ?? NaN;
            return `from step ${step}: ${shortNumber(used)}`;
          })
          .join(', '),
      },
    ];
  },
  findings({ end, best, spent, stages, rates, preset, probes }) {
    if (!best || end.done < end.planned || end.done === 0) return [];
    const used = stages.map((step) => rates.find(([at]) => at >= step)?.[1] ?? NaN);
    const wins = end.mean <= best.mean;
    return [
      {
        tone: 'measured' as const,
        text: `${probes.length} probes before ${stages.length} stages chose the rates ${used.map(shortNumber).join(', ')} (first seed).`,
      },
      {
        tone: wins ? ('measured' as const) : ('against' as const),
        text: `It ends at ${shortNumber(end.mean)}; linear decay at the best of ${preset.steps}-step sweep rates (${shortNumber(best.x)}) at ${shortNumber(best.mean)}.`,
      },
      {
        tone: 'measured' as const,
        text: `With its probes it took ${shortNumber(spent / (end.done * preset.steps))} times the steps of a plain run; speed-ups published for large models are not tested here.`,
      },
    ];
  },
  table: ({ probes, levels, end }) =>
    tableOf(
      'Probes of the first seed; final losses below',
      [
        { id: 'what', label: 'What' },
        numeric('from', 'From step'),
        numeric('rate', 'Rate'),
        numeric('loss', 'Loss at its end'),
      ],
      [
        ...probes.map(({ from, rate, losses }) => ['Probe', from, rate, losses.at(-1)?.[1] ?? NaN]),
        ['AutoLRS', 0, NaN, end.mean],
        ...levels.map(({ x, mean }) => ['Linear', 0, x, mean]),
      ],
    ),
});
