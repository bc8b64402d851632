/** Two theory curves in one: the exact expectation of the noisy quadratic against simulated SGD. */
import type { ParamSpec } from '../../../core/params.ts';
import { fail, ok } from '../../../core/result.ts';
import { expectedCurve } from '../expected.ts';
import type { Instance } from '../instance.ts';
import { makeTask } from '../tasks.ts';
import { shortNumber } from '../views/common.ts';
import { meanSeries } from './drop.ts';
import { defineStudy, numeric, seedsOf, series, tableOf, trainingRun } from './lab.ts';
import { linePlot } from './plot.ts';
import { SHAPES, wsd } from './shapes.ts';
import { shapeById } from './theory-transfer.ts';
import { levelOf } from './sweep.ts';

const params = [
  {
    type: 'choice',
    id: 'schedule',
    label: 'Schedule',
    help: 'The curve all runs follow.',
    default: wsd.id,
    options: SHAPES.map(({ id, name }) => ({ value: id, label: name })),
  },
  {
    type: 'number',
    id: 'rate',
    label: 'Base rate',
    help: 'Below 2 the expectation stays finite: the largest curvature is 1.',
    default: 0.2,
    min: 0.001,
    max: 1.9,
    step: 0.05,
  },
  {
    type: 'number',
    id: 'steps',
    label: 'Steps',
    help: 'T of each run.',
    unit: 'steps',
    default: 200,
    min: 10,
    max: 5_000,
    integer: true,
  },
  {
    type: 'number',
    id: 'batch',
    label: 'Batch',
    help: 'B: the noise’s variance is divided by it.',
    default: 4,
    min: 1,
    max: 1_000,
    integer: true,
  },
  {
    type: 'number',
    id: 'runs',
    label: 'Runs',
    help: 'Simulated runs, each with a seed of its own.',
    default: 200,
    min: 2,
    max: 1_000,
    integer: true,
  },
] as const satisfies readonly ParamSpec[];

/** hᵢ = 1/i, i ≤ 200, θ₀ = σ = 1. */
const TASK = makeTask('quadratic', { dimension: 200, spectrum: 'harmonic', noise: 1 });

export const quadraticPanel = defineStudy({
  id: 'noisy-quadratic',
  name: 'Theory equals experiment',
  summary:
    'On the noisy quadratic the expected loss of SGD is known exactly at every step. The mean of 200 simulated runs lies on it.',
  source: 'Schaul, Zhang and LeCun, 2013; Zhang et al., 2019',
  group: 'Theory',
  seconds: 2,
  params,
  cells(_instance, { schedule, rate, steps, batch, runs }) {
    const shape = shapeById(schedule);
    const instance: Instance = {
      name: 'Noisy quadratic',
      task: TASK,
      steps,
      batch,
      schedule: shape.make(rate, steps),
    };
    if (!expectedCurve(instance))
      return fail({ path: ['steps'], message: 'The horizon is too long for the exact curve.' });
    return ok(
      seedsOf(runs).map((seed) => ({
        key: seed,
        run: trainingRun({
          ...instance,
          id: `seed ${seed}`,
          label: `Seed ${seed}`,
          solverId: 'sgd',
          seed,
        }),
      })),
    );
  },
  read({ cells }) {
    const done = cells.filter(({ outcome }) => outcome.state === 'done');
    const lists = done.map(({ outcome }) => series(outcome, 'validation'));
    const expected = cells.length > 0 ? expectedCurve(cells[0].run.instance) : null;
    const average = meanSeries(lists);
    const end = levelOf(0, cells);
    const exact = expected?.values.at(-1) ?? NaN;
    const exactAt = new Map(Array.from(expected?.steps ?? [], (t, i) => [t, expected!.values[i]]));
    const gaps = average.flatMap(([t, value]) => {
      const known = exactAt.get(t);
      return known === undefined ? [] : [Math.abs(value / known - 1)];
    });
    return {
      steps: cells[0]?.run.instance.steps ?? 1,
      planned: cells.length,
      lists,
      average,
      expected,
      end,
      exact,
      error: end.mean / exact - 1,
      worst: Math.max(0, ...gaps),
    };
  },
  charts({ steps, lists, average, expected, error, exact, end }) {
    return [
      {
        id: 'loss',
        title: 'Expected loss, and simulated runs',
        help: 'Thin: the first five runs; thick: the mean of all; dashed: the exact expectation.',
        option: (colours) =>
          linePlot({
            colours,
            x: { name: 'Step', min: 0, max: steps },
            y: { name: 'Loss', log: true },
            lines: [
              ...lists.slice(0, 5).map((data) => ({
                name: 'Single runs',
                data,
                colour: colours.ink3,
                width: 0.8,
                opacity: 0.6,
              })),
              { name: 'Mean of the runs', data: average, colour: colours.accent, width: 3 },
              {
                name: 'Exact expectation',
                data: Array.from(expected?.steps ?? [], (t, i): [number, number] => [
                  t,
                  expected!.values[i],
                ]),
                colour: colours.bound,
                dash: 'dashed' as const,
                width: 1.6,
              },
            ],
          }),
        description: `The expectation ends at ${shortNumber(exact)}, the mean of ${end.done} runs at ${shortNumber(end.mean)}, ${shortNumber(100 * error)} % off.`,
      },
    ];
  },
  findings({ error, exact, end, planned, worst }) {
    if (end.done === 0 || end.done < planned) return [];
    const within = Math.abs(error) <= 0.01;
    return [
      {
        tone: within ? ('measured' as const) : ('against' as const),
        text: `The mean of ${end.done} simulated runs ends at ${shortNumber(end.mean)}, the exact expectation at ${shortNumber(exact)}: ${Math.abs(100 * error).toFixed(2)} % apart${within ? '' : '; more runs would bring them together'}.`,
      },
      {
        tone: 'measured' as const,
        text: `Along the whole curve they are never more than ${(100 * worst).toFixed(1)} % apart.`,
      },
    ];
  },
  table: ({ average, expected }) => {
    const exact = new Map(Array.from(expected?.steps ?? [], (t, i) => [t, expected!.values[i]]));
    return tableOf(
      'Mean of the simulated runs and exact expectation',
      [numeric('step', 'Step'), numeric('mean', 'Mean of runs'), numeric('exact', 'Expectation')],
      average.map(([t, value]) => [t, value, exact.get(t) ?? NaN]),
    );
  },
});
