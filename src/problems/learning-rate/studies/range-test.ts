/** The learning-rate range test: one run whose rate grows until it breaks, beside a real sweep. */
import type { ParamSpec } from '../../../core/params.ts';
import { ok } from '../../../core/result.ts';
import { makeSchedule } from '../schedule.ts';
import { shortNumber } from '../views/common.ts';
import { defineStudy, numeric, seedsOf, series, tableOf, trainingRun, type Pair } from './lab.ts';
import { geometric, leastIndex, median } from './numbers.ts';
import { smooth } from '../../../charts/smoothing.ts';
import { linePlot } from './plot.ts';
import { presetOf, seedsParam, stepsParam, taskParam } from './presets.ts';
import { countParam } from './rate-sweep.ts';
import { linear, shapeBound, constant } from './shapes.ts';
import { bestLevel, levelLine, levelsBy, sweepCells, type SweepKey } from './sweep.ts';

const params = [
  taskParam('quadratic'),
  stepsParam,
  {
    type: 'number',
    id: 'testSteps',
    label: 'Test steps',
    help: 'Length of the range test.',
    unit: 'steps',
    default: 300,
    min: 50,
    max: 5_000,
    integer: true,
  },
  { ...countParam, default: 7 },
  seedsParam(3),
] as const satisfies readonly ParamSpec[];

type Key = SweepKey & { test: boolean };

/** Smoothed loss by rate, cut where it has risen to four times its least or is no longer finite. */
export function rangeCurve(rates: readonly Pair[], losses: readonly Pair[]): Pair[] {
  const rateAt = new Map(rates);
  const smoothed = smooth(losses, 0.95);
  const curve: Pair[] = [];
  let least = Infinity;
  for (const [step, loss] of smoothed) {
    const rate = rateAt.get(step);
    if (rate === undefined) continue;
    least = Math.min(least, loss);
    curve.push([rate, loss]);
    if (loss > 4 * least) break;
  }
  return curve;
}

/** The rate where the smoothed loss falls fastest per factor, and where it is least. */
export function suggestions(curve: readonly Pair[]): { steepest: number; least: number } | null {
  const at = leastIndex(curve.map(([, loss]) => loss));
  if (at < 5) return null;
  // Slopes over a tenth of the way down, so that noise does not decide.
  const width = Math.max(2, Math.floor(at / 10));
  let steepest = width;
  let slope = Infinity;
  for (let i = width; i <= at; i++) {
    const fall = curve[i][1] - curve[i - width][1];
    if (fall < slope) {
      slope = fall;
      steepest = i - (width >> 1);
    }
  }
  return { steepest: curve[steepest][0], least: curve[at][0] };
}

export const rangeTest = defineStudy({
  id: 'range-test',
  name: 'Range test',
  summary:
    'One short run with a rate that grows by a constant factor until the loss breaks away is used to guess a rate; a sweep of linear decay shows how good the guess is.',
  source: 'Smith, 2017, “Cyclical learning rates for training neural networks”',
  group: 'Schedules',
  seconds: 5,
  params,
  cells(instance, { task, steps, testSteps, count, seeds }) {
    const preset = presetOf(instance, task, steps);
    const rates = geometric(preset.low, preset.high * 2, count);
    const sweep = sweepCells({ preset, shapes: [linear], rates, seeds }).map(({ key, run }) => ({
      key: { ...key, test: false },
      run,
    }));
    const top = preset.high * 30;
    const tests = seedsOf(seeds).map((seed) => ({
      key: { shape: constant, rate: top, seed, steps: testSteps, test: true },
      run: trainingRun({
        id: `range test/seed ${seed}`,
        label: `Range test, seed ${seed}`,
        task: preset.task,
        batch: preset.batch,
        steps: testSteps,
        schedule: makeSchedule(top, {
          kind: 'pieces',
          pieces: [{ share: 1, shape: 'exponential', from: 1e-5, to: 1 }],
        }),
        solverId: preset.solverId,
        seed,
      }),
    }));
    return ok<{ key: Key; run: (typeof tests)[0]['run'] }[]>([...tests, ...sweep]);
  },
  read({ instance, values, cells }) {
    const preset = presetOf(instance, values.task, values.steps);
    const tests = cells
      .filter(({ key }) => key.test)
      .map(({ outcome, key }) => ({
        seed: key.seed,
        done: outcome.state === 'done',
        curve: rangeCurve(series(outcome, 'rate'), series(outcome, 'train')),
      }));
    const levels = levelsBy(
      cells.filter(({ key }) => !key.test),
      ({ rate }) => rate,
    );
    const complete = tests.length > 0 && tests.every(({ done }) => done);
    const guesses = complete ? tests.flatMap(({ curve }) => suggestions(curve) ?? []) : [];
    return {
      preset,
      tests,
      levels,
      best: bestLevel(levels),
      steepest: median(guesses.map(({ steepest }) => steepest)),
      tenth: median(guesses.map(({ least }) => least / 10)),
      gamma: shapeBound(linear, preset.steps).rate / shapeBound(constant, preset.steps).rate,
    };
  },
  charts({ preset, tests, levels, best, steepest, tenth }) {
    const from = tests[0]?.curve[0]?.[0] ?? preset.low;
    const marks = (steep: string, tenthColour: string, good: string) => [
      ...(Number.isFinite(steepest) ? [{ x: steepest, text: 'steepest', colour: steep }] : []),
      ...(Number.isFinite(tenth) ? [{ x: tenth, text: 'least / 10', colour: tenthColour }] : []),
      ...(best ? [{ x: best.x, text: 'best', colour: good }] : []),
    ];
    const x = {
      name: 'Learning rate',
      log: true,
      min: Math.max(from, preset.low / 30),
      max: 1.5 * Math.max(preset.high * 2, ...tests.map(({ curve }) => curve.at(-1)?.[0] ?? 0)),
    };
    return [
      {
        id: 'test',
        title: `Range test: ${preset.name}`,
        help: 'Smoothed training loss over the rate of the step, one line for each seed.',
        option: (colours) =>
          linePlot({
            colours,
            x,
            y: { name: 'Training loss, smoothed' },
            lines: tests.map(({ seed, curve }, index) => ({
              name: `Seed ${seed}`,
              data: curve,
              colour: colours.series(index),
              width: 1.5,
            })),
            marks: marks(colours.bound, colours.series(3), colours.good).slice(0, 2),
          }),
        description: `The loss falls fastest at a rate of ${shortNumber(steepest)}.`,
      },
      {
        id: 'sweep',
        title: 'Sweep of linear decay',
        help: 'Final loss over the base rate, with the guesses of the range test.',
        option: (colours) =>
          linePlot({
            colours,
            x,
            y: { name: 'Final loss', log: true },
            lines: [
              {
                name: 'Linear decay',
                ...levelLine(levels),
                colour: colours.accent,
                dots: true,
              },
            ],
            marks: marks(colours.bound, colours.series(3), colours.good),
          }),
        description: `The best rate of the sweep is ${shortNumber(best?.x ?? NaN)}.`,
      },
    ];
  },
  findings({ best, steepest, tenth, levels }) {
    if (!best || !Number.isFinite(steepest) || levels.some(({ done, planned }) => done < planned))
      return [];
    const lossNear = (rate: number) =>
      levels.reduce((a, b) =>
        Math.abs(Math.log(b.x / rate)) < Math.abs(Math.log(a.x / rate)) ? b : a,
      );
    const text = (name: string, rate: number) => {
      const near = lossNear(rate);
      const over = near.mean / best.mean - 1;
      return {
        tone: over < 0.1 ? ('measured' as const) : ('against' as const),
        text: `${name}, ${shortNumber(rate)}, is ${shortNumber(rate / best.x)} times the best rate of the sweep (${shortNumber(best.x)}); the nearest rate swept ends ${(100 * over).toFixed(1)} % above the best.`,
      };
    };
    return [
      text('Where the loss falls fastest', steepest),
      text('A tenth of where it is least', tenth),
    ];
  },
  table: ({ levels }) =>
    tableOf(
      'Final loss of linear decay by base rate',
      [
        numeric('rate', 'Base rate'),
        numeric('mean', 'Mean final loss'),
        numeric('low', 'Lowest'),
        numeric('high', 'Highest'),
      ],
      levels.map(({ x, mean, low, high }) => [x, mean, low, high]),
    ),
});
