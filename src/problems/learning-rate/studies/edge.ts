/** Sharpness along gradient descent: it rises to 2/η and stays there. */
import { cos } from '../../../core/math.ts';
import type { ParamSpec } from '../../../core/params.ts';
import { ok } from '../../../core/result.ts';
import { makeBody, makeSchedule } from '../schedule.ts';
import { makeTask, type Task } from '../tasks.ts';
import { shortNumber } from '../views/common.ts';
import { defineStudy, numeric, series, tableOf, trainingRun } from './lab.ts';
import { flowCharts, flowFindings, readFlows } from './flow-panels.ts';
import { median } from './numbers.ts';
import { linePlot } from './plot.ts';

const rate = (id: 'first' | 'second' | 'third', label: string, value: number) =>
  ({
    type: 'number',
    id,
    label,
    help: 'A constant rate of plain, full-batch gradient descent.',
    default: value,
    min: 0.001,
    max: 5,
    step: 0.05,
  }) as const;

const params = [
  rate('first', 'First rate', 0.1),
  rate('second', 'Second rate', 0.2),
  rate('third', 'Third rate', 0.3),
  {
    type: 'number',
    id: 'steps',
    label: 'Steps',
    help: 'T of each run.',
    unit: 'steps',
    default: 3_000,
    min: 100,
    max: 20_000,
    integer: true,
  },
] as const satisfies readonly ParamSpec[];

/** Points of a smooth function of one variable, as a table for a network of two hidden layers. */
export function curveTask(points: number, held: number): Task {
  const rows = Array.from({ length: points }, (_, i) => {
    const x = (2 * i) / (points - 1) - 1;
    return `${x.toFixed(4)},${(cos(4 * x - 1.2) + 0.5 * cos(9 * x)).toFixed(4)}`;
  });
  const csv = ['x,y', ...rows].join('\n');
  return makeTask('table', { csv, goal: 'values', held, layers: 2, width: 20 });
}

/** The flows take many gradients a step. */
const FLOW_STEPS = 1_200;
const POINTS = 40;
const TASK = curveTask(POINTS, 0.1);

export const edge = defineStudy({
  id: 'edge-of-stability',
  name: 'The edge of stability',
  summary:
    'Full-batch gradient descent at three constant rates: the sharpness rises until it meets 2/η, where a quadratic would blow up, and then stays there while the loss still falls. At the second rate the central flow, with one and with two critical directions, runs beside it.',
  source:
    'Cohen, Kaur, Li, Kolter and Talwalkar, 2021, “Gradient descent on neural networks typically occurs at the edge of stability”; Cohen, Damian, Talwalkar, Kolter and Lee, 2025, “Understanding optimization in deep learning with central flows”',
  group: 'Optimizers',
  seconds: 10,
  params,
  cells(_instance, { first, second, third, steps }) {
    const every = Math.max(1, Math.round(steps / 300));
    const flowSteps = Math.min(steps, FLOW_STEPS);
    const flows = [1, 2].map((directions) => ({
      key: { eta: second, directions },
      run: trainingRun({
        id: `central flow ${directions}`,
        label: `Central flow, ${directions} critical, rate ${second}`,
        task: TASK,
        batch: POINTS,
        steps: flowSteps,
        schedule: makeSchedule(second, makeBody('constant')),
        solverId: 'central-flow',
        params: { sharpness: every, directions },
        seed: 1,
      }),
    }));
    return ok([
      ...[...new Set([first, second, third])].map((eta) => ({
        key: { eta, directions: 0 },
        run: trainingRun({
          id: `rate ${eta}`,
          label: `Rate ${eta}`,
          task: TASK,
          batch: POINTS,
          steps,
          schedule: makeSchedule(eta, makeBody('constant')),
          solverId: 'sgd',
          params: { sharpness: every },
          seed: 1,
        }),
      })),
      ...flows,
    ]);
  },
  read({ values, cells }) {
    const flows = cells.filter(({ key }) => key.directions > 0);
    return {
      steps: values.steps,
      flows: readFlows(
        values.second,
        Math.min(values.steps, FLOW_STEPS),
        flows.map(({ key, outcome }) => ({ directions: key.directions, outcome })),
      ),
      runs: cells.flatMap(({ key, outcome }) => {
        if (key.directions > 0) return [];
        const sharpness = series(outcome, 'sharpness');
        const late = sharpness.filter(([step]) => step >= 0.5 * values.steps);
        return [
          {
            eta: key.eta,
            edge: 2 / key.eta,
            sharpness,
            loss: series(outcome, 'train'),
            late: median(late.map(([, value]) => value)),
            done: outcome.state === 'done',
          },
        ];
      }),
    };
  },
  charts({ runs, steps, flows }) {
    return [
      {
        id: 'sharpness',
        title: 'Sharpness along training',
        help: 'Largest eigenvalue of the Hessian of the training loss; dotted: 2/η of the same colour.',
        option: (colours) =>
          linePlot({
            colours,
            x: { name: 'Step', min: 0, max: steps },
            y: { name: 'Sharpness', min: 0 },
            lines: runs.map(({ eta, sharpness }, index) => ({
              name: `η = ${shortNumber(eta)}`,
              data: sharpness,
              colour: colours.series(index),
              width: 1.6,
            })),
            marks: runs.map(({ eta, edge: limit }, index) => ({
              y: limit,
              text: `2 / ${shortNumber(eta)}`,
              colour: colours.series(index),
            })),
          }),
        description: runs
          .map(
            ({ eta, late, edge: limit }) =>
              `η ${shortNumber(eta)}: sharpness ${shortNumber(late)} late in training, 2/η ${shortNumber(limit)}`,
          )
          .join('; '),
      },
      {
        id: 'loss',
        title: 'Training loss',
        help: 'At the edge it no longer falls at every step, but over longer stretches.',
        option: (colours) =>
          linePlot({
            colours,
            x: { name: 'Step', min: 0, max: steps },
            y: { name: 'Half the mean squared error', log: true },
            lines: runs.map(({ eta, loss }, index) => ({
              name: `η = ${shortNumber(eta)}`,
              data: loss,
              colour: colours.series(index),
              width: 1.2,
            })),
          }),
        description: runs
          .map(
            ({ eta, loss }) =>
              `η ${shortNumber(eta)} ends at ${shortNumber(loss.at(-1)?.[1] ?? NaN)}`,
          )
          .join('; '),
      },
      ...(flows ? flowCharts(flows, Math.min(steps, FLOW_STEPS)) : []),
    ];
  },
  findings({ runs, flows }) {
    const measured = runs.flatMap(({ eta, edge: limit, late, sharpness, done }) => {
      if (!done) return [];
      const name = `η = ${shortNumber(eta)}`;
      if (!Number.isFinite(late))
        return [
          {
            tone: 'measured' as const,
            text: `${name}: the sharpness was above 2/η = ${shortNumber(limit)} from the start and the run broke off.`,
          },
        ];
      const highest = Math.max(...sharpness.map(([, value]) => value));
      return [
        {
          tone: 'measured' as const,
          text:
            late > 0.95 * limit
              ? `${name}: in the second half the sharpness stays at ${shortNumber(late)} (median), 2/η is ${shortNumber(limit)}; it reached ${shortNumber(highest)} at most.`
              : highest > 0.95 * limit
                ? `${name}: the sharpness rose to ${shortNumber(highest)}, 2/η is ${shortNumber(limit)}, and came down to ${shortNumber(late)} in the second half.`
                : `${name}: the sharpness is ${shortNumber(late)} in the second half, never near 2/η = ${shortNumber(limit)}: this rate stays clear of the edge.`,
        },
      ];
    });
    return [...measured, ...(flows ? flowFindings(flows) : [])];
  },
  table: ({ runs }) =>
    tableOf(
      'Sharpness by rate',
      [
        numeric('rate', 'η'),
        numeric('step', 'Step'),
        numeric('sharpness', 'Sharpness'),
        numeric('edge', '2/η'),
      ],
      runs.flatMap(({ eta, sharpness, edge: limit }) =>
        sharpness.map(([step, value]) => [eta, step, value, limit]),
      ),
    ),
});
