/** Constant, WSD, cosine and linear decay side by side: the sudden drop in the cooldown. */
import type { ParamSpec } from '../../../core/params.ts';
import { ok } from '../../../core/result.ts';
import { learningRates } from '../curve.ts';
import { shortNumber } from '../views/common.ts';
import { defineStudy, groupBy, numeric, series, tableOf, type Pair } from './lab.ts';
import { linePlot } from './plot.ts';
import { presetOf, seedsParam, stepsParam, taskParam } from './presets.ts';
import { constant, cosine, linear, shapeBound, termCurve, wsd } from './shapes.ts';
import { levelOf, sweepCells } from './sweep.ts';

const SHOWN = [constant, wsd, cosine, linear];

const rateParam = {
  type: 'number',
  id: 'rate',
  label: 'Rate of WSD',
  help: 'Base rate of WSD and constant; 0 takes one that suits the task. Cosine and linear get the rate the bound carries over.',
  default: 0,
  min: 0,
  max: 100,
  step: 0.01,
} as const satisfies ParamSpec;

/** The mean over runs of a column at the steps of the first; runs of one study share their steps. */
export function meanSeries(lists: readonly (readonly Pair[])[]): Pair[] {
  const [first, ...rest] = lists.filter((list) => list.length > 0);
  if (!first) return [];
  const length = Math.min(first.length, ...rest.map((list) => list.length));
  return first.slice(0, length).map(([x, y], i): Pair => {
    let sum = y;
    for (const list of rest) sum += list[i][1];
    return [x, sum / (rest.length + 1)];
  });
}

export const drop = defineStudy({
  id: 'drop',
  name: 'The drop',
  summary:
    'Constant, WSD, cosine and linear decay on one task with the same random numbers: WSD follows the constant rate and falls at once in its cooldown.',
  source: 'Schaipp, Hägele, Taylor, Şimşekli and Bach, 2025, Figure 1; Hägele et al., 2024',
  group: 'Schedules',
  seconds: 30,
  params: [taskParam('characters'), stepsParam, rateParam, seedsParam(2)],
  cells(instance, { task, steps, rate, seeds }) {
    const preset = presetOf(instance, task, steps);
    const base = rate > 0 ? rate : Math.sqrt(preset.low * preset.high) * 0.75;
    const gamma = shapeBound(wsd, preset.steps).rate;
    const rates = SHOWN.map((shape) => {
      const carried = shape === constant ? 1 : shapeBound(shape, preset.steps).rate / gamma;
      return Number((base * carried).toPrecision(3));
    });
    return ok(
      sweepCells({ preset, shapes: SHOWN, rates: (shape) => [rates[SHOWN.indexOf(shape)]], seeds }),
    );
  },
  read({ instance, values, cells }) {
    const preset = presetOf(instance, values.task, values.steps);
    const gamma = shapeBound(wsd, preset.steps).rate;
    const lines = [...groupBy(cells, ({ key }) => key.shape.id).values()].map((group) => {
      const { shape, rate } = group[0].key;
      const rates = learningRates(shape.make(1, preset.steps), preset.steps);
      const own = shape === constant ? gamma : shapeBound(shape, preset.steps).rate;
      return {
        shape,
        rate,
        end: levelOf(rate, group),
        losses: meanSeries(group.map(({ outcome }) => series(outcome, 'validation'))),
        bound: termCurve(rates, own, 80, Math.ceil(preset.steps / 16)),
      };
    });
    const wsdLine = lines.find(({ shape }) => shape === wsd);
    const start = preset.steps - Math.floor(0.2 * (preset.steps + 1));
    const at = (pairs: readonly Pair[], step: number) =>
      pairs.findLast(([x]) => x <= step)?.[1] ?? NaN;
    const constantLine = lines.find(({ shape }) => shape === constant);
    return {
      preset,
      lines,
      wsdLine,
      constantLine,
      start,
      before: at(wsdLine?.losses ?? [], start),
    };
  },
  charts({ preset, lines, start }) {
    const from = Math.ceil(preset.steps / 16);
    const marks = (colour: string) => [{ x: start, text: 'cooldown of WSD', colour }];
    return [
      {
        id: 'loss',
        title: `Loss along training: ${preset.name}`,
        help: 'Means over the seeds; until the cooldown WSD and constant are the same run.',
        option: (colours) =>
          linePlot({
            colours,
            x: { name: 'Step', min: from, max: preset.steps },
            y: { name: 'Loss' },
            lines: lines.map(({ shape, rate, losses }, index) => ({
              name: `${shape.name}, ${shortNumber(rate)}`,
              data: losses,
              colour: shape === wsd ? colours.accent : colours.series(index === 0 ? 6 : index),
              width: shape === wsd ? 2.4 : 1.5,
            })),
            marks: marks(colours.ink3),
          }),
        description: lines
          .map(({ shape, end }) => `${shape.name} ends at ${shortNumber(end.mean)}`)
          .join(', '),
      },
      {
        id: 'bound',
        title: 'The bound along the same schedules',
        help: 'Ω_t for D = G = 1, each at its γ*, constant at that of WSD.',
        option: (colours) =>
          linePlot({
            colours,
            x: { name: 'Step', min: from, max: preset.steps },
            y: { name: 'Ω_t' },
            lines: lines.map(({ shape, bound }, index) => ({
              name: shape.name,
              data: bound.steps.map((t, i) => [t, bound.distance[i] + bound.noise[i]]),
              colour: shape === wsd ? colours.accent : colours.series(index === 0 ? 6 : index),
              width: shape === wsd ? 2.4 : 1.5,
              dash: 'dashed',
            })),
            marks: marks(colours.ink3),
          }),
        description: 'The bound of WSD follows the constant one and falls in the cooldown.',
      },
    ];
  },
  findings({ wsdLine, constantLine, before, lines }) {
    if (!wsdLine || !constantLine || lines.some(({ end }) => end.done < end.planned)) return [];
    const order = [...lines].sort((a, b) => a.end.mean - b.end.mean);
    const drops = wsdLine.end.mean < constantLine.end.mean;
    return [
      {
        tone: drops ? ('measured' as const) : ('against' as const),
        text: `In the last fifth of the steps WSD goes from ${shortNumber(before)} to ${shortNumber(wsdLine.end.mean)}, the constant rate to ${shortNumber(constantLine.end.mean)}.`,
      },
      {
        tone: 'measured' as const,
        text: `Final losses: ${order.map(({ shape, end }) => `${shape.name} ${shortNumber(end.mean)}`).join(' < ')}.`,
      },
    ];
  },
  table: ({ lines }) =>
    tableOf(
      'Final losses, means over seeds',
      [
        { id: 'schedule', label: 'Schedule' },
        numeric('rate', 'Base rate'),
        numeric('mean', 'Mean final loss'),
        numeric('low', 'Lowest'),
        numeric('high', 'Highest'),
        numeric('bound', 'Ω at the end'),
      ],
      lines.map(({ shape, rate, end, bound }) => [
        shape.name,
        rate,
        end.mean,
        end.low,
        end.high,
        bound.distance[bound.distance.length - 1] + bound.noise[bound.noise.length - 1],
      ]),
    ),
});
