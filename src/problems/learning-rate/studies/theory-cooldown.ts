/** The bound over the cooldown fraction, at the tuned rate and at fixed ones. */
import type { ParamSpec } from '../../../core/params.ts';
import { learningRates } from '../curve.ts';
import { shortNumber } from '../views/common.ts';
import { defineStudy, numeric, tableOf } from './lab.ts';
import { leastIndex } from './numbers.ts';
import { linePlot } from './plot.ts';
import { boundAt, boundOf, wsdShape } from './shapes.ts';

const rateParam = (id: 'low' | 'middle' | 'high', label: string, value: number) =>
  ({
    type: 'number',
    id,
    label,
    help: 'A base rate γ that is kept for all fractions.',
    default: value,
    min: 1e-6,
    max: 10,
    step: 0.005,
  }) as const;

const params = [
  {
    type: 'number',
    id: 'horizon',
    label: 'Horizon',
    help: 'T, the number of steps.',
    unit: 'steps',
    default: 400,
    min: 50,
    max: 20_000,
    integer: true,
  },
  {
    type: 'boolean',
    id: 'root',
    label: '1 − √ cooldown',
    help: 'The cooldown falls as 1 − √ in place of a straight line.',
    default: false,
  },
  rateParam('low', 'Low rate', 0.01),
  rateParam('middle', 'Middle rate', 0.02),
  rateParam('high', 'High rate', 0.04),
] as const satisfies readonly ParamSpec[];

const FRACTIONS = Array.from({ length: 21 }, (_, i) => i / 20);

export const theoryCooldown = defineStudy({
  id: 'bound-cooldown',
  name: 'How long a cooldown, by theory',
  summary:
    'The bound over the cooldown fraction: it falls all the way when the rate is tuned for each fraction, and has an inner optimum at a fixed rate.',
  source: 'Schaipp, Hägele, Taylor, Şimşekli and Bach, 2025, cooldown length',
  group: 'Theory',
  seconds: 0,
  params,
  read({ values: { horizon, root, low, middle, high } }) {
    const bounds = FRACTIONS.map((fraction) =>
      boundOf(learningRates(wsdShape(fraction, root).make(1, horizon), horizon)),
    );
    return {
      horizon,
      tuned: bounds.map(({ value }) => value),
      rates: bounds.map(({ rate }) => rate),
      fixed: [low, middle, high].map((rate) => {
        const values = bounds.map(({ terms }) => boundAt(terms, rate));
        return { rate, values, best: leastIndex(values) };
      }),
    };
  },
  charts({ tuned, fixed, rates }) {
    return [
      {
        id: 'bound',
        title: 'Bound over the cooldown fraction',
        help: 'Ω at the end; dashed at fixed rates, with a dot in each optimum’s place.',
        option: (colours) =>
          linePlot({
            colours,
            x: { name: 'Cooldown fraction', min: 0, max: 1 },
            y: { name: 'Ω', max: 2.2 * Math.max(...tuned) },
            lines: [
              {
                name: 'γ tuned for each',
                data: FRACTIONS.map((fraction, i) => [fraction, tuned[i]]),
                colour: colours.accent,
                width: 2.4,
              },
              ...fixed.map(({ rate, values }, index) => ({
                name: `γ = ${shortNumber(rate)}`,
                data: FRACTIONS.map((fraction, i): [number, number] => [fraction, values[i]]),
                colour: colours.series(index + 1),
                dash: 'dashed' as const,
              })),
            ],
            marks: fixed.map(({ rate, best }, index) => ({
              x: FRACTIONS[best],
              text: `best at ${shortNumber(rate)}`,
              colour: colours.series(index + 1),
            })),
          }),
        description: `At the tuned rate the bound falls from ${shortNumber(tuned[0])} to ${shortNumber(tuned[20])}.`,
      },
      {
        id: 'rate',
        title: 'The tuned rate over the cooldown fraction',
        help: 'γ* doubles from a short cooldown to a full decay.',
        option: (colours) =>
          linePlot({
            colours,
            x: { name: 'Cooldown fraction', min: 0, max: 1 },
            y: { name: 'γ*' },
            lines: [
              {
                name: 'γ*',
                data: FRACTIONS.map((fraction, i) => [fraction, rates[i]]),
                colour: colours.accent,
                dots: true,
              },
            ],
          }),
        description: `γ* rises from ${shortNumber(rates[0])} to ${shortNumber(rates[20])}.`,
      },
    ];
  },
  findings({ tuned, fixed }) {
    const gain = tuned[0] - tuned[20];
    const enough = FRACTIONS[tuned.findIndex((value) => tuned[0] - value >= 0.95 * gain)];
    return [
      {
        tone: 'theory' as const,
        text: `With the rate tuned for each fraction, 95 % of the whole gain is reached at a cooldown of ${enough}.`,
      },
      ...fixed.map(({ rate, best, values }) => ({
        tone: 'theory' as const,
        text:
          best === 0
            ? `At γ = ${shortNumber(rate)}, too low for this horizon, the constant schedule has the lowest bound (${shortNumber(values[best])}).`
            : `At γ = ${shortNumber(rate)} the best fraction is ${FRACTIONS[best]} (Ω = ${shortNumber(values[best])}).`,
      })),
    ];
  },
  table: ({ tuned, rates, fixed }) =>
    tableOf(
      'Bound by cooldown fraction',
      [
        numeric('fraction', 'Cooldown fraction'),
        numeric('rate', 'γ*'),
        numeric('tuned', 'Ω*'),
        ...fixed.map(({ rate }) => numeric(`at${rate}`, `Ω at γ = ${shortNumber(rate)}`)),
      ],
      FRACTIONS.map((fraction, i) => [
        fraction,
        rates[i],
        tuned[i],
        ...fixed.map(({ values }) => values[i]),
      ]),
    ),
});
