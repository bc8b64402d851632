/** Carrying a learning rate from one schedule and horizon to another by means of the bound. */
import { log } from '../../../core/math.ts';
import type { ParamSpec } from '../../../core/params.ts';
import { shortNumber } from '../views/common.ts';
import { defineStudy, numeric, tableOf } from './lab.ts';
import { linePlot } from './plot.ts';
import { SHAPES, linear, shapeBound, wsd, wsdShape, type Shape } from './shapes.ts';

const choices = SHAPES.map(({ id, name }) => ({ value: id, label: name }));
export const shapeById = (id: string): Shape => SHAPES.find((shape) => shape.id === id) ?? linear;

const steps = (id: 'fromSteps' | 'toSteps', label: string, value: number) =>
  ({
    type: 'number',
    id,
    label,
    help: 'Number of steps.',
    unit: 'steps',
    default: value,
    min: 20,
    max: 100_000,
    integer: true,
  }) as const;

const params = [
  {
    type: 'choice',
    id: 'from',
    label: 'Tuned with',
    help: 'The schedule whose base rate is known to be good.',
    default: wsd.id,
    options: choices,
  },
  steps('fromSteps', 'for steps', 1_000),
  {
    type: 'number',
    id: 'rate',
    label: 'at rate',
    help: 'The base rate that was best there.',
    default: 0.001,
    min: 1e-7,
    max: 100,
    step: 0.001,
  },
  {
    type: 'choice',
    id: 'to',
    label: 'Wanted with',
    help: 'The schedule to carry the rate over to.',
    default: linear.id,
    options: choices,
  },
  steps('toSteps', 'for its steps', 1_000),
] as const satisfies readonly ParamSpec[];

const FRACTIONS = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

export const theoryTransfer = defineStudy({
  id: 'rate-transfer-theory',
  name: 'Carry a rate over',
  summary:
    'The bound says by what factor the best base rate changes with the schedule and the horizon: a calculator, and how it depends on the cooldown.',
  source: 'Schaipp, Hägele, Taylor, Şimşekli and Bach, 2025, learning-rate transfer',
  group: 'Theory',
  seconds: 0,
  params,
  read({ values }) {
    const { from, to, fromSteps, toSteps, rate } = values;
    const before = shapeBound(shapeById(from), fromSteps);
    const after = shapeBound(shapeById(to), toSteps);
    const lines = [400, 6_400].flatMap((horizon) =>
      [false, true].map((root) => {
        const whole = shapeBound(wsdShape(1, root), horizon).rate;
        return {
          horizon,
          root,
          values: FRACTIONS.map((fraction) =>
            log(whole / shapeBound(wsdShape(fraction, root), horizon).rate),
          ),
        };
      }),
    );
    const ratios = SHAPES.map((shape) => ({
      shape,
      factor: shapeBound(shape, toSteps).rate / before.rate,
    }));
    return { values, before, after, carried: (rate * after.rate) / before.rate, lines, ratios };
  },
  charts({ lines, values, carried, ratios }) {
    return [
      {
        id: 'fractions',
        title: 'How much higher the rate of a full decay may be',
        help: 'ln γ*(1) − ln γ*(c) over the cooldown fraction c; the two horizons lie on each other.',
        option: (colours) =>
          linePlot({
            colours,
            x: { name: 'Cooldown fraction c', min: 0, max: 1 },
            y: { name: 'ln γ*(1) − ln γ*(c)' },
            lines: lines.map(({ horizon, root, values: logs }) => ({
              name: `${root ? '1 − √' : 'Linear'} cooldown, T = ${horizon}`,
              data: FRACTIONS.map((fraction, i) => [fraction, logs[i]]),
              colour: root ? colours.series(1) : colours.accent,
              dash: horizon === 400 ? undefined : 'dashed',
              dots: horizon === 400,
            })),
          }),
        description: `Linear cooldown of a fifth: ${shortNumber(lines[0].values[2])}, so a full linear decay takes a rate ${shortNumber(Math.exp(lines[0].values[2]))} times as high.`,
      },
      {
        id: 'factors',
        title: `From ${shapeById(values.from).name} at ${values.fromSteps} steps to ${values.toSteps} steps`,
        help: 'The factor on the base rate for each schedule at the wanted horizon, by the bound.',
        option: (colours) => {
          const sorted = [...ratios].sort((a, b) => a.factor - b.factor);
          return linePlot({
            colours,
            x: {
              name: 'Schedule, by factor',
              min: 0,
              max: sorted.length - 1,
              format: (index) => sorted[Math.round(index)]?.shape.name ?? '',
            },
            y: { name: 'Factor', log: true },
            lines: [
              {
                name: 'Factor on the rate',
                data: sorted.map(({ factor }, i) => [i, factor]),
                colour: colours.accent,
                dots: true,
              },
            ],
          });
        },
        description: `${shapeById(values.to).name} takes ${shortNumber(carried / values.rate)} times the rate.`,
      },
    ];
  },
  findings({ values, carried, lines }) {
    const at = FRACTIONS.indexOf(0.2);
    return [
      {
        tone: 'theory' as const,
        text: `γ = ${shortNumber(values.rate)} with ${shapeById(values.from).name} over ${values.fromSteps} steps becomes γ = ${shortNumber(carried)} with ${shapeById(values.to).name} over ${values.toSteps} steps (× ${shortNumber(carried / values.rate)}).`,
      },
      {
        tone: 'theory' as const,
        text: `From a cooldown of a fifth to a full linear decay the rate rises by a factor ${shortNumber(Math.exp(lines[0].values[at]))} at T = 400 and ${shortNumber(Math.exp(lines[2].values[at]))} at T = 6400: it hardly depends on the horizon.`,
      },
    ];
  },
  table: ({ ratios, values }) =>
    tableOf(
      `Base rates at ${values.toSteps} steps, from ${shapeById(values.from).name} at ${values.fromSteps}`,
      [
        { id: 'schedule', label: 'Schedule' },
        numeric('factor', 'Factor'),
        numeric('rate', 'Base rate'),
      ],
      ratios.map(({ shape, factor }) => [shape.name, factor, values.rate * factor]),
    ),
});
