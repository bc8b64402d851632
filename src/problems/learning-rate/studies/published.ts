/** The bound beside published runs of a 124M-parameter language model. */
import type { ParamSpec } from '../../../core/params.ts';
import { learningRates } from '../curve.ts';
import { memo } from '../memo.ts';
import { makeBody, makeSchedule, makeWsd } from '../schedule.ts';
import { shortNumber } from '../views/common.ts';
import { defineStudy, numeric, tableOf } from './lab.ts';
import { fitLine, pearson, spearman } from './numbers.ts';
import { linePlot, scatterPlot } from './plot.ts';
import { boundOf } from './shapes.ts';

/** Steps of the published runs. */
const HORIZON = 50_000;

/**
 * Final validation loss at the best of the published learning rates (1e-4 … 3e-3) by cooldown
 * fraction, read from the logs that accompany the paper (repository fabian-sp/lr-scheduling, MIT
 * licence; Schaipp et al. 2025). The fraction 0 is the constant schedule.
 */
export const PUBLISHED: readonly (readonly [fraction: number, loss: number])[] = [
  [0, 3.1083],
  [0.1, 2.9825],
  [0.2, 2.9677],
  [0.4, 2.9548],
  [0.6, 2.9513],
  [0.8, 2.9523],
  [0.9, 2.9532],
  [0.994, 2.9535],
];

/** Published final loss of cosine decay to zero, of the same source. */
const PUBLISHED_COSINE = 2.9552;

/** Computed once: eight sums over 50 000 steps. */
const theory = memo((published: typeof PUBLISHED) => {
  const value = (schedule: ReturnType<typeof makeWsd>) =>
    boundOf(learningRates(schedule, HORIZON)).value;
  const bounds = published.map(([fraction]) => value(makeWsd(1, HORIZON, fraction)));
  return { bounds, cosine: value(makeSchedule(1, makeBody('cosine'))) };
});

const params = [] as const satisfies readonly ParamSpec[];

export const published = defineStudy({
  id: 'published-124m',
  name: 'Bound against 124M-parameter runs',
  summary:
    'Final losses of published language-model runs with eight cooldown fractions, beside the bound computed here for the same curves.',
  source:
    'Losses: logs of Schaipp et al., 2025 (fabian-sp/lr-scheduling, MIT licence), 124M parameters, 50 000 steps, best rate each. Bound: computed here',
  group: 'Theory',
  seconds: 0,
  params,
  read() {
    const { bounds, cosine } = theory(PUBLISHED);
    const losses = PUBLISHED.map(([, loss]) => loss);
    const line = fitLine(bounds, losses);
    return {
      bounds,
      losses,
      line,
      cosine,
      r: pearson(bounds, losses),
      rho: spearman(bounds, losses),
      predicted: line.slope * cosine + line.intercept,
    };
  },
  charts({ bounds, losses, line, cosine, r }) {
    const ends = [Math.min(...bounds), Math.max(...bounds)];
    return [
      {
        id: 'scatter',
        title: 'Published loss over the bound',
        help: 'One dot for each cooldown fraction; the line is a least-squares fit to the eight.',
        option: (colours) =>
          scatterPlot({
            colours,
            legend: true,
            x: { name: 'Ω* at 50 000 steps' },
            y: { name: 'Final validation loss, published' },
            lines: [
              {
                name: 'fit',
                data: ends.map((x) => [x, line.slope * x + line.intercept]),
                colour: colours.ink3,
                dash: 'dashed',
                width: 1,
              },
            ],
            groups: [
              {
                name: 'WSD by cooldown fraction',
                colour: colours.accent,
                dots: PUBLISHED.map(([fraction, loss], i) => ({
                  name: fraction === 0 ? 'constant' : `c = ${fraction}`,
                  x: bounds[i],
                  y: loss,
                  label: fraction <= 0.4,
                })),
              },
              {
                name: 'Cosine, not in the fit',
                colour: colours.bound,
                symbol: 'diamond',
                dots: [{ name: 'cosine', x: cosine, y: PUBLISHED_COSINE }],
              },
            ],
          }),
        description: `Eight published losses against the bound: Pearson's r is ${r.toFixed(4)}.`,
      },
      {
        id: 'fractions',
        title: 'The same over the cooldown fraction',
        help: 'Published loss to the left, the bound to the right, each on its own axis.',
        option: (colours) =>
          linePlot({
            colours,
            x: { name: 'Cooldown fraction', min: 0, max: 1 },
            y: { name: 'Loss, published', format: (value) => value.toFixed(2) },
            right: { name: 'Ω*' },
            lines: [
              {
                name: 'Published loss',
                data: PUBLISHED.map(([fraction, loss]) => [fraction, loss]),
                colour: colours.accent,
                dots: true,
              },
              {
                name: 'Bound Ω*',
                data: PUBLISHED.map(([fraction], i) => [fraction, bounds[i]]),
                colour: colours.bound,
                dash: 'dashed',
                dots: true,
                right: true,
              },
            ],
          }),
        description: `Both fall from the constant schedule to a cooldown of about a half; the losses from ${losses[0]} to ${Math.min(...losses)}.`,
      },
    ];
  },
  findings({ r, rho, predicted, losses, bounds }) {
    const best = losses.indexOf(Math.min(...losses));
    const least = bounds.indexOf(Math.min(...bounds));
    return [
      {
        tone: 'theory' as const,
        text: `Over the eight cooldown fractions Pearson’s r between bound and published loss is ${r.toFixed(4)}, Spearman’s rank correlation ${rho.toFixed(2)}.`,
      },
      {
        tone: 'theory' as const,
        text: `The line through them predicts ${predicted.toFixed(3)} for cosine to zero; ${PUBLISHED_COSINE} was published.`,
      },
      ...(best === least
        ? []
        : [
            {
              tone: 'against' as const,
              text: `The bound is lowest at c = ${PUBLISHED[least][0]}, the published loss at c = ${PUBLISHED[best][0]}: the last fractions differ by ${shortNumber(losses[least] - losses[best])} only, and not in the bound’s order.`,
            },
          ]),
    ];
  },
  table: ({ bounds }) =>
    tableOf(
      'Published losses of 124M-parameter runs and the bound of their curves',
      [
        numeric('fraction', 'Cooldown fraction'),
        numeric('loss', 'Final validation loss'),
        numeric('bound', 'Ω*'),
        numeric('ratio', 'Ω* / longest cooldown'),
      ],
      PUBLISHED.map(([fraction, loss], i) => [
        fraction,
        loss,
        bounds[i],
        bounds[i] / bounds[bounds.length - 1],
      ]),
    ),
});
