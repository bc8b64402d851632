/** Why the loss drops in the cooldown: the two terms of the bound along WSD. */
import type { ParamSpec } from '../../../core/params.ts';
import { learningRates } from '../curve.ts';
import { shortNumber } from '../views/common.ts';
import { defineStudy, numeric, tableOf } from './lab.ts';
import { linePlot } from './plot.ts';
import { boundOf, constant, termCurve, wsdShape } from './shapes.ts';

const params = [
  {
    type: 'number',
    id: 'horizon',
    label: 'Horizon',
    help: 'T, the number of steps.',
    unit: 'steps',
    default: 4_000,
    min: 50,
    max: 8_000,
    integer: true,
  },
  {
    type: 'number',
    id: 'cooldown',
    label: 'Cooldown',
    help: 'Its fraction of the horizon.',
    default: 0.2,
    min: 0.02,
    max: 0.98,
    step: 0.05,
  },
] as const satisfies readonly ParamSpec[];

export const theoryDrop = defineStudy({
  id: 'bound-drop',
  name: 'The drop, taken apart',
  summary:
    'The bound is a sum of a distance and a noise term. In the cooldown of WSD it drops at once: which of the two falls?',
  source: 'Schaipp, Hägele, Taylor, Şimşekli and Bach, 2025, Figures 1 and 3',
  group: 'Theory',
  seconds: 0,
  params,
  read({ values: { horizon, cooldown } }) {
    const rates = learningRates(wsdShape(cooldown).make(1, horizon), horizon);
    const { rate } = boundOf(rates);
    const from = Math.ceil(horizon / 25);
    const flat = learningRates(constant.make(1, horizon), horizon);
    const start = horizon - Math.floor(cooldown * (horizon + 1));
    const [before, after] = [start, horizon].map((t) => {
      const { distance, noise } = termCurve(rates.subarray(0, t + 1), rate, 1, t);
      return { distance: distance[0], noise: noise[0] };
    });
    return {
      horizon,
      start,
      rate,
      before,
      after,
      wsd: termCurve(rates, rate, 160, from),
      constant: termCurve(flat, rate, 80, from),
    };
  },
  charts({ horizon, start, wsd, constant: flat, before, after }) {
    const from = wsd.steps[0];
    const cooldown = (colour: string) => [{ x: start, text: 'cooldown', colour }];
    return [
      {
        id: 'drop',
        title: 'The bound of WSD and of the constant schedule, one base rate',
        help: 'Ω_t over the steps: both are one curve until the cooldown begins.',
        option: (colours) =>
          linePlot({
            colours,
            x: { name: 'Step', min: from, max: horizon },
            y: { name: 'Ω_t' },
            lines: [
              {
                name: 'Constant',
                data: flat.steps.map((t, i) => [t, flat.distance[i] + flat.noise[i]]),
                colour: colours.ink3,
                dash: 'dashed',
              },
              {
                name: 'WSD',
                data: wsd.steps.map((t, i) => [t, wsd.distance[i] + wsd.noise[i]]),
                colour: colours.accent,
                width: 2.2,
              },
            ],
            marks: cooldown(colours.ink3),
          }),
        description: `WSD falls from ${shortNumber(before.distance + before.noise)} to ${shortNumber(after.distance + after.noise)} in the cooldown.`,
      },
      {
        id: 'terms',
        title: 'Its two terms, stacked',
        help: 'T₁/γ is how far training still has to come, γT₂ what noise costs.',
        option: (colours) =>
          linePlot({
            colours,
            x: { name: 'Step', min: from, max: horizon },
            y: { name: 'Ω_t', min: 0 },
            lines: [
              {
                name: 'Distance term T₁/γ',
                data: wsd.steps.map((t, i) => [t, wsd.distance[i]]),
                colour: colours.series(1),
                stacked: true,
              },
              {
                name: 'Noise term γT₂',
                data: wsd.steps.map((t, i) => [t, wsd.noise[i]]),
                colour: colours.series(2),
                stacked: true,
              },
            ],
            marks: cooldown(colours.ink3),
          }),
        description: `In the cooldown the noise term falls from ${shortNumber(before.noise)} to ${shortNumber(after.noise)}, the distance term from ${shortNumber(before.distance)} to ${shortNumber(after.distance)}.`,
      },
    ];
  },
  findings({ before, after }) {
    const noise = before.noise - after.noise;
    const distance = before.distance - after.distance;
    return [
      {
        tone: 'theory' as const,
        text: `${Math.round((100 * noise) / (noise + distance))} % of the drop is the noise term: ${shortNumber(before.noise)} → ${shortNumber(after.noise)}, while the distance term goes ${shortNumber(before.distance)} → ${shortNumber(after.distance)}.`,
      },
    ];
  },
  table: ({ wsd }) =>
    tableOf(
      'The two terms of the bound along WSD',
      [
        numeric('step', 'Step'),
        numeric('distance', 'T₁/γ'),
        numeric('noise', 'γT₂'),
        numeric('bound', 'Ω_t'),
      ],
      wsd.steps.map((t, i) => [t, wsd.distance[i], wsd.noise[i], wsd.distance[i] + wsd.noise[i]]),
    ),
});
