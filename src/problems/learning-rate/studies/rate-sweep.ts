/** Final loss over the base rate for several schedules: the U-curve, ours and the bound's. */
import type { ParamSpec } from '../../../core/params.ts';
import { ok } from '../../../core/result.ts';
import { shortNumber } from '../views/common.ts';
import { defineStudy, numeric, tableOf } from './lab.ts';
import { geometric } from './numbers.ts';
import { linePlot } from './plot.ts';
import { presetOf, seedsParam, stepsParam, taskParam } from './presets.ts';
import { boundAt, constant, cosine, linear, rex, shapeBound, wsd, wsdShape } from './shapes.ts';
import { atEdge, byShape, levelLine, readable, sweepCells } from './sweep.ts';

const SWEPT = [constant, wsd, wsdShape(0.5), cosine, linear, rex];

export const countParam = {
  type: 'number',
  id: 'count',
  label: 'Rates',
  help: 'How many base rates are tried, in equal ratios over the range that suits the task.',
  default: 6,
  min: 2,
  max: 16,
  integer: true,
} as const satisfies ParamSpec;

export const rateSweep = defineStudy({
  id: 'rate-sweep',
  name: 'Learning-rate sweep',
  summary:
    'Final loss over the base rate: each schedule has its own best rate and its own tolerance to a wrong one, as the bound says.',
  source: 'Schaipp, Hägele, Taylor, Şimşekli and Bach, 2025, learning-rate sweeps',
  group: 'Schedules',
  seconds: 4,
  params: [taskParam('quadratic'), stepsParam, countParam, seedsParam(4)],
  cells(instance, { task, steps, count, seeds }) {
    const preset = presetOf(instance, task, steps);
    const rates = geometric(preset.low, preset.high, count);
    return ok(sweepCells({ preset, shapes: SWEPT, rates, seeds }));
  },
  read({ instance, values, cells }) {
    const preset = presetOf(instance, values.task, values.steps);
    const sweeps = byShape(cells);
    const theory = sweeps.map(({ shape }) => shapeBound(shape, preset.steps));
    return { preset, sweeps, theory };
  },
  charts({ preset, sweeps, theory }) {
    const done = sweeps.flatMap(({ best }) => best ?? []);
    const least = Math.min(...theory.map(({ rate }) => rate));
    const most = Math.max(...theory.map(({ rate }) => rate));
    const rates = geometric(least / 4, most * 4, 40);
    return [
      {
        id: 'measured',
        title: `Final loss over the base rate: ${preset.name}`,
        help: 'Means over the seeds, shaded from the lowest to the highest; each curve is a U.',
        option: (colours) =>
          linePlot({
            colours,
            x: { name: 'Base rate', log: true, min: preset.low, max: preset.high },
            y: {
              name: 'Final loss',
              log: true,
              max: readable(
                sweeps.map(({ levels }) => levels),
                30,
              ),
            },
            lines: sweeps.map(({ shape, levels }, index) => ({
              name: shape.name,
              ...levelLine(levels),
              colour: colours.series(index),
              dots: true,
            })),
          }),
        description:
          done.length === 0
            ? 'No run is done yet.'
            : `Best final losses: ${sweeps.map(({ shape, best }) => `${shape.name} ${best ? shortNumber(best.mean) : '–'}`).join(', ')}.`,
      },
      {
        id: 'theory',
        title: 'The same by the bound',
        help: 'Ω(γ) = ½ Ω* (γ/γ* + γ*/γ) for D = G = 1: compare the order and where the curves cross.',
        option: (colours) =>
          linePlot({
            colours,
            x: { name: 'γ', log: true, min: rates[0], max: rates[rates.length - 1] },
            y: { name: 'Ω', log: true },
            lines: sweeps.map(({ shape }, index) => ({
              name: shape.name,
              data: rates.map((rate) => [rate, boundAt(theory[index].terms, rate)]),
              colour: colours.series(index),
              dash: 'dashed',
            })),
          }),
        description: `The bound is lowest at γ* from ${shortNumber(least)} to ${shortNumber(most)}.`,
      },
    ];
  },
  findings({ sweeps, theory }) {
    const known = sweeps.flatMap(({ shape, levels, best }, index) =>
      best ? [{ shape, levels, best, theory: theory[index] }] : [],
    );
    if (known.length < sweeps.length || known.length === 0) return [];
    const winner = known.reduce((a, b) => (b.best.mean < a.best.mean ? b : a));
    const first = known.reduce((a, b) => (b.theory.value < a.theory.value ? b : a));
    const low = known.reduce((a, b) => (b.levels[0].mean < a.levels[0].mean ? b : a));
    const edges = known.filter(({ levels, best }) => atEdge(levels, best));
    return [
      {
        tone: 'measured' as const,
        text: `Lowest final loss: ${shortNumber(winner.best.mean)}, ${winner.shape.name} at ${shortNumber(winner.best.x)}.`,
      },
      {
        tone: winner.shape === first.shape ? ('measured' as const) : ('against' as const),
        text: `The bound puts ${first.shape.name} first${winner.shape === first.shape ? ', and so do the runs.' : `; here it comes to ${shortNumber(first.best.mean)}.`}`,
      },
      {
        tone: 'measured' as const,
        text: `At the lowest rate tried (${shortNumber(low.levels[0].x)}) the best schedule is ${low.shape.name}: with too small a rate decaying early costs more than noise.`,
      },
      ...(edges.length > 0
        ? [
            {
              tone: 'against' as const,
              text: `The best rate of ${edges.map(({ shape }) => shape.name).join(', ')} lies at the edge of the sweep; a better one may lie beyond.`,
            },
          ]
        : []),
    ];
  },
  table: ({ sweeps }) =>
    tableOf(
      'Final loss by schedule and base rate',
      [
        { id: 'schedule', label: 'Schedule' },
        numeric('rate', 'Base rate'),
        numeric('mean', 'Mean final loss'),
        numeric('low', 'Lowest'),
        numeric('high', 'Highest'),
        numeric('runs', 'Runs done'),
      ],
      sweeps.flatMap(({ shape, levels }) =>
        levels.map(({ x, mean, low, high, done }) => [shape.name, x, mean, low, high, done]),
      ),
    ),
});
