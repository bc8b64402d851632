/** One schedule-free run against linear decay tuned for every horizon. */
import type { ParamSpec } from '../../../core/params.ts';
import { ok } from '../../../core/result.ts';
import { makeBody, makeSchedule } from '../schedule.ts';
import { shortNumber } from '../views/common.ts';
import { meanSeries } from './drop.ts';
import { defineStudy, groupBy, numeric, seedsOf, series, tableOf, trainingRun } from './lab.ts';
import { geometric } from './numbers.ts';
import { linePlot } from './plot.ts';
import { presetOf, seedsParam, stepsParam, taskParam, warmupOf } from './presets.ts';
import { countParam } from './rate-sweep.ts';
import { linear } from './shapes.ts';
import { bestLevel, levelsBy, sweepCells } from './sweep.ts';

const SHARES = [0.125, 0.25, 0.5, 1];

const params = [
  taskParam('network'),
  stepsParam,
  { ...countParam, default: 4 },
  seedsParam(2),
] as const satisfies readonly ParamSpec[];

export const scheduleFree = defineStudy({
  id: 'schedule-free',
  name: 'Schedule-free against tuned horizons',
  summary:
    'Linear decay is tuned anew for four horizons; one schedule-free run needs no horizon. Does it follow their envelope?',
  source: 'Defazio et al., 2024, “The road less scheduled”, Pareto frontier',
  group: 'Optimizers',
  seconds: 25,
  params,
  cells(instance, { task, steps, count, seeds }) {
    const preset = presetOf(instance, task, steps);
    const rates = geometric(preset.low, preset.high, count);
    const tuned = SHARES.flatMap((share) =>
      sweepCells({
        preset,
        shapes: [linear],
        rates,
        seeds,
        steps: Math.round(share * preset.steps),
      }),
    ).map(({ key, run }) => ({ key: { ...key, free: false }, run }));
    const solverId = preset.solverId === 'sgd' ? 'schedule-free-sgd' : 'schedule-free-adamw';
    // Its best rates are 1 to 10 times as high, for SGD more.
    const freeRates = geometric(preset.low, preset.high * 10, count + 1);
    const free = freeRates.flatMap((rate) =>
      seedsOf(seeds).map((seed) => ({
        key: { shape: linear, rate, seed, steps: preset.steps, free: true },
        run: trainingRun({
          id: `schedule-free/${rate}/seed ${seed}`,
          label: `Schedule-free, ${shortNumber(rate)}, seed ${seed}`,
          task: preset.task,
          batch: preset.batch,
          steps: preset.steps,
          schedule: makeSchedule(rate, makeBody('constant'), { steps: warmupOf(preset) }),
          solverId,
          seed,
        }),
      })),
    );
    return ok([...tuned, ...free]);
  },
  read({ instance, values, cells }) {
    const preset = presetOf(instance, values.task, values.steps);
    const tuned = cells.filter(({ key }) => !key.free);
    const free = cells.filter(({ key }) => key.free);
    const horizons = [...groupBy(tuned, ({ key }) => key.steps)].map(([steps, group]) => {
      const best = bestLevel(levelsBy(group, ({ rate }) => rate));
      const runs = best ? group.filter(({ key }) => key.rate === best.x) : [];
      return {
        steps: Number(steps),
        best,
        losses: meanSeries(runs.map(({ outcome }) => series(outcome, 'validation'))),
      };
    });
    const best = bestLevel(levelsBy(free, ({ rate }) => rate));
    const losses = meanSeries(
      best
        ? free
            .filter(({ key }) => key.rate === best.x)
            .map(({ outcome }) => series(outcome, 'validation'))
        : [],
    );
    const at = (steps: number) => losses.findLast(([step]) => step <= steps)?.[1] ?? NaN;
    return {
      preset,
      best,
      losses,
      horizons: horizons.map((horizon) => ({ ...horizon, free: at(horizon.steps) })),
    };
  },
  charts({ preset, horizons, losses }) {
    return [
      {
        id: 'loss',
        title: `One run without a horizon, four with: ${preset.name}`,
        help: 'Validation loss, means over the seeds; dots are the ends of linear decay, each tuned for its horizon.',
        option: (colours) =>
          linePlot({
            colours,
            x: { name: 'Step', log: true, min: Math.ceil(preset.steps / 40), max: preset.steps },
            y: { name: 'Validation loss', log: true },
            lines: [
              ...horizons.map(({ steps, losses: line }, index) => ({
                name: `Linear, ${steps}`,
                data: line,
                colour: colours.series(index + 1),
                width: 1.3,
              })),
              {
                name: 'Envelope',
                data: horizons.flatMap(({ steps, best }): [number, number][] =>
                  best ? [[steps, best.mean]] : [],
                ),
                colour: colours.ink3,
                dash: 'dotted' as const,
                dots: true,
              },
              { name: 'Schedule-free', data: losses, colour: colours.accent, width: 2.6 },
            ],
          }),
        description: horizons
          .map(
            ({ steps, best, free }) =>
              `${steps} steps: linear ${shortNumber(best?.mean ?? NaN)}, schedule-free ${shortNumber(free)}`,
          )
          .join('; '),
      },
    ];
  },
  findings({ horizons, best }) {
    if (!best || horizons.some((horizon) => !horizon.best)) return [];
    const wins = horizons.filter((horizon) => horizon.free <= horizon.best!.mean);
    const losing = horizons.filter((horizon) => horizon.free > horizon.best!.mean);
    return [
      {
        tone: losing.length === 0 ? ('measured' as const) : ('against' as const),
        text:
          losing.length === 0
            ? `One schedule-free run (rate ${shortNumber(best.x)}) is at or below tuned linear decay at every horizon.`
            : `Tuned linear decay still wins at ${losing.map(({ steps, best: own, free }) => `${steps} steps (${shortNumber(own!.mean)} against ${shortNumber(free)})`).join(', ')}.`,
      },
      ...(wins.length > 0 && losing.length > 0
        ? [
            {
              tone: 'measured' as const,
              text: `Schedule-free is at or below it at ${wins.map(({ steps, best: own, free }) => `${steps} steps (${shortNumber(free)} against ${shortNumber(own!.mean)})`).join(', ')}.`,
            },
          ]
        : []),
    ];
  },
  table: ({ horizons }) =>
    tableOf(
      'Linear decay tuned for each horizon, and one schedule-free run',
      [
        numeric('steps', 'Steps'),
        numeric('rate', 'Best rate of linear'),
        numeric('linear', 'Linear'),
        numeric('free', 'Schedule-free'),
      ],
      horizons.map(({ steps, best, free }) => [steps, best?.x ?? NaN, best?.mean ?? NaN, free]),
    ),
});
