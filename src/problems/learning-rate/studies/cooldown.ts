/** Final loss over the cooldown fraction, at several base rates, ours beside the bound. */
import { ok } from '../../../core/result.ts';
import { shortNumber } from '../views/common.ts';
import { defineStudy, groupBy, numeric, tableOf } from './lab.ts';
import { geometric, pearson } from './numbers.ts';
import { linePlot, scatterPlot } from './plot.ts';
import { presetOf, seedsParam, stepsParam, taskParam } from './presets.ts';
import { countParam } from './rate-sweep.ts';
import { shapeBound, wsdShape } from './shapes.ts';
import { atEdge, byShape, levelLine, levelsBy, readable, sweepCells } from './sweep.ts';

/** The fractions of the published runs; the last is all but the first step. */
const FRACTIONS = [0, 0.1, 0.2, 0.4, 0.6, 0.8, 1];
const SHAPES = FRACTIONS.map((fraction) => wsdShape(fraction));
const fractionOf = (id: string) => FRACTIONS[SHAPES.findIndex((shape) => shape.id === id)];

export const cooldownSweep = defineStudy({
  id: 'cooldown-sweep',
  name: 'How long a cooldown',
  summary:
    'WSD with cooldowns from none to all of the steps, each at several base rates: the best fraction at a fixed rate, and at the rate tuned for each.',
  source: 'Schaipp, Hägele, Taylor, Şimşekli and Bach, 2025; Hägele et al., 2024',
  group: 'Schedules',
  seconds: 6,
  params: [taskParam('quadratic'), stepsParam, countParam, seedsParam(6)],
  cells(instance, { task, steps, count, seeds }) {
    const preset = presetOf(instance, task, steps);
    const rates = geometric(preset.low, preset.high, count);
    return ok(sweepCells({ preset, shapes: SHAPES, rates, seeds }));
  },
  read({ instance, values, cells }) {
    const preset = presetOf(instance, values.task, values.steps);
    const sweeps = byShape(cells).map((sweep) => ({
      ...sweep,
      fraction: fractionOf(sweep.shape.id),
      bound: shapeBound(sweep.shape, preset.steps).value,
    }));
    const fixed = [...groupBy(cells, ({ key }) => key.rate)].map(([rate, group]) => ({
      rate: Number(rate),
      levels: levelsBy(group, ({ shape }) => fractionOf(shape.id)),
    }));
    const tuned = sweeps.flatMap(({ best }) => best ?? []);
    const complete = sweeps.length > 0 && tuned.length === sweeps.length;
    const r = complete
      ? pearson(
          sweeps.map(({ bound }) => bound),
          tuned.map(({ mean }) => mean),
        )
      : NaN;
    return { preset, sweeps, fixed, complete, r };
  },
  charts({ preset, sweeps, fixed, r }) {
    const tuned = sweeps.flatMap(({ fraction, best }) => (best ? [{ ...best, x: fraction }] : []));
    return [
      {
        id: 'fractions',
        title: `Final loss over the cooldown fraction: ${preset.name}`,
        help: 'Thick: at the best rate for each fraction; dashed: at fixed rates; the bound to the right.',
        option: (colours) =>
          linePlot({
            colours,
            x: { name: 'Cooldown fraction', min: 0, max: 1 },
            y: {
              name: 'Final loss',
              max: readable([tuned, ...fixed.map(({ levels }) => levels)], 3),
            },
            right: { name: 'Ω*' },
            lines: [
              {
                name: 'Tuned for each',
                ...levelLine(tuned),
                colour: colours.accent,
                width: 2.4,
                dots: true,
              },
              ...fixed.map(({ rate, levels }, index) => ({
                name: `at ${shortNumber(rate)}`,
                data: levelLine(levels).data,
                colour: colours.series(index + 1),
                width: 1.3,
                dash: 'dashed' as const,
              })),
              {
                name: 'Bound Ω*',
                data: sweeps.map(({ fraction, bound }): [number, number] => [fraction, bound]),
                colour: colours.bound,
                dash: 'dotted' as const,
                right: true,
              },
            ],
          }),
        description: tuned.map(({ x, mean }) => `${x}: ${shortNumber(mean)}`).join(', '),
      },
      {
        id: 'scatter',
        title: 'Tuned loss over the bound',
        help: `One dot for each fraction.${Number.isFinite(r) ? ` Pearson’s r is ${r.toFixed(3)}.` : ''}`,
        option: (colours) =>
          scatterPlot({
            colours,
            x: { name: 'Ω*' },
            y: { name: 'Final loss, tuned' },
            groups: [
              {
                name: 'Cooldown fraction',
                colour: colours.accent,
                dots: sweeps.flatMap(({ fraction, bound, best }) =>
                  best
                    ? [
                        {
                          name: fraction === 0 ? 'constant' : `c = ${fraction}`,
                          x: bound,
                          y: best.mean,
                          label: true,
                        },
                      ]
                    : [],
                ),
              },
            ],
          }),
        description: `Correlation of bound and loss over the fractions: ${shortNumber(r)}.`,
      },
    ];
  },
  findings({ sweeps, fixed, complete, r }) {
    if (!complete) return [];
    const best = sweeps.reduce((a, b) => (b.best!.mean < a.best!.mean ? b : a));
    const short = fixed.map(({ rate, levels }) => ({
      rate,
      best: levels.reduce((a, b) => (b.mean < a.mean ? b : a)),
    }));
    const [first, last] = [short[0], short[short.length - 1]];
    const edges = sweeps.filter((sweep) => atEdge(sweep.levels, sweep.best!));
    return [
      {
        tone: 'measured' as const,
        text: `With the rate tuned for each fraction the lowest loss is ${shortNumber(best.best!.mean)}, at a cooldown of ${best.fraction}.`,
      },
      {
        tone: r > 0.5 ? ('measured' as const) : ('against' as const),
        text: `Over the ${sweeps.length} fractions Pearson’s r between bound and loss measured here is ${r.toFixed(3)}.`,
      },
      {
        tone: first.best.x < last.best.x ? ('measured' as const) : ('against' as const),
        text: `At a fixed rate the best fraction moves from ${first.best.x} (rate ${shortNumber(first.rate)}) to ${last.best.x} (rate ${shortNumber(last.rate)}).`,
      },
      ...(edges.length > 0
        ? [
            {
              tone: 'against' as const,
              text: `For ${edges.length} of the fractions the best rate lies at the edge of the sweep.`,
            },
          ]
        : []),
    ];
  },
  table: ({ sweeps }) =>
    tableOf(
      'Final loss by cooldown fraction and base rate',
      [
        numeric('fraction', 'Cooldown fraction'),
        numeric('bound', 'Ω*'),
        numeric('rate', 'Base rate'),
        numeric('mean', 'Mean final loss'),
        numeric('low', 'Lowest'),
        numeric('high', 'Highest'),
      ],
      sweeps.flatMap(({ fraction, bound, levels }) =>
        levels.map(({ x, mean, low, high }) => [fraction, bound, x, mean, low, high]),
      ),
    ),
});
