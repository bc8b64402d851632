/** Training longer than planned: the rate kept, lowered after the first horizon, or cooled longer. */
import type { ParamSpec } from '../../../core/params.ts';
import { fail, ok } from '../../../core/result.ts';
import { horizonTransfer } from '../bound-transfer.ts';
import { learningRates } from '../curve.ts';
import { makeSchedule, makeWsd, type Schedule } from '../schedule.ts';
import { shortNumber } from '../views/common.ts';
import {
  defineStudy,
  groupBy,
  numeric,
  seedsOf,
  series,
  tableOf,
  trainingRun,
  type Pair,
} from './lab.ts';
import { linePlot } from './plot.ts';
import { presetOf, seedsParam, taskParam } from './presets.ts';
import { boundAt, boundOf, shapeBound, wsdShape } from './shapes.ts';
import { levelOf } from './sweep.ts';
import { meanSeries } from './drop.ts';

/**
 * WSD over `steps`, whose plateau falls to `factor` of itself where the cooldown of a first horizon
 * would have begun. All in multiples of the peak.
 */
function twoPlateaus(
  peak: number,
  first: number,
  steps: number,
  cooldown: number,
  factor: number,
): Schedule {
  const switchAt = Math.round((1 - cooldown) * first);
  const cool = Math.floor(cooldown * (steps + 1));
  const length = steps - cool;
  return makeSchedule(
    peak,
    {
      kind: 'pieces',
      pieces: [
        { share: switchAt, shape: 'linear', from: 1, to: 1 },
        { share: length - switchAt, shape: 'linear', from: factor, to: factor },
      ],
    },
    {},
    { steps: cool },
  );
}

const params = [
  taskParam('quadratic'),
  {
    type: 'number',
    id: 'first',
    label: 'First horizon',
    help: 'T₀, for which the base rate was chosen.',
    unit: 'steps',
    default: 1_000,
    min: 50,
    max: 5_000,
    integer: true,
  },
  {
    type: 'number',
    id: 'times',
    label: 'Longer by',
    help: 'T₁ / T₀.',
    default: 3,
    min: 1.1,
    max: 5,
    step: 0.5,
  },
  {
    type: 'number',
    id: 'rate',
    label: 'Base rate',
    help: 'Good for the first horizon; 0 takes one that suits the task.',
    default: 0,
    min: 0,
    max: 100,
    step: 0.05,
  },
  seedsParam(12),
] as const satisfies readonly ParamSpec[];

const COOLDOWN = 0.2;

export const extension = defineStudy({
  id: 'horizon-extension',
  name: 'Train on for longer',
  summary:
    'A rate tuned for one horizon is too high for a longer one. The bound lowers the second plateau by ρ, or lengthens the cooldown; then all three are run.',
  source: 'Schaipp, Hägele, Taylor, Şimşekli and Bach, 2025, horizon extension',
  group: 'Schedules',
  seconds: 6,
  params,
  cells(instance, { task, first, times, rate, seeds }) {
    const preset = presetOf(instance, task);
    const steps = Math.round(first * times);
    if (steps > 20_000) return fail({ path: ['times'], message: 'The horizon is too long.' });
    const base = rate > 0 ? rate : Math.sqrt(preset.low * preset.high) * 0.75;
    const { factor, cooldown } = horizonTransfer(first, steps, COOLDOWN);
    const variants = [
      { id: 'naive', name: 'Rate and cooldown kept', schedule: makeWsd(base, steps, COOLDOWN) },
      {
        id: 'plateau',
        name: `Second plateau, ρ = ${factor.toFixed(3)}`,
        schedule: twoPlateaus(base, first, steps, COOLDOWN, factor),
      },
      {
        id: 'cooldown',
        name: `Cooldown of ${cooldown.toFixed(2)}`,
        schedule: makeWsd(base, steps, cooldown),
      },
      { id: 'first', name: 'First horizon only', schedule: makeWsd(base, first, COOLDOWN) },
    ];
    return ok(
      variants.flatMap(({ id, name, schedule }) =>
        seedsOf(seeds).map((seed) => ({
          key: { id, name, schedule, steps: id === 'first' ? first : steps },
          run: trainingRun({
            id: `${id}/seed ${seed}`,
            label: `${name}, seed ${seed}`,
            task: preset.task,
            batch: preset.batch,
            steps: id === 'first' ? first : steps,
            schedule,
            solverId: preset.solverId,
            seed,
          }),
        })),
      ),
    );
  },
  read({ instance, values, cells }) {
    const preset = presetOf(instance, values.task);
    const steps = Math.round(values.first * values.times);
    const gamma = shapeBound(wsdShape(COOLDOWN), values.first).rate;
    const variants = [...groupBy(cells, ({ key }) => key.id).values()].map((group) => {
      const { key } = group[0];
      const rates = learningRates({ ...key.schedule, peak: 1 }, key.steps);
      return {
        ...key,
        rates,
        bound: boundAt(boundOf(rates).terms, gamma),
        end: levelOf(0, group),
        losses: meanSeries(group.map(({ outcome }) => series(outcome, 'validation'))),
      };
    });
    return { preset, steps, first: values.first, variants };
  },
  charts({ preset, steps, first, variants }) {
    const thinned = (rates: Float64Array): Pair[] => {
      const stride = Math.max(1, Math.floor(rates.length / 400));
      const pairs: Pair[] = [];
      for (let t = 0; t < rates.length; t += stride) pairs.push([t, rates[t]]);
      return [...pairs, [rates.length - 1, rates[rates.length - 1]]];
    };
    const style = (id: string) => ({
      dash: id === 'first' ? ('dotted' as const) : undefined,
      width: id === 'naive' ? 1.4 : 2,
    });
    return [
      {
        id: 'schedules',
        title: 'The schedules',
        help: 'As multiples of the base rate, which is the same for all.',
        option: (colours) =>
          linePlot({
            colours,
            x: { name: 'Step', min: 0, max: steps },
            y: { name: 'η / γ', min: 0, max: 1.05 },
            lines: variants.map(({ id, name, rates }, index) => ({
              name,
              data: thinned(rates),
              colour: colours.series(index),
              ...style(id),
            })),
          }),
        description: variants.map(({ name }) => name).join(', '),
      },
      {
        id: 'loss',
        title: `Loss: ${preset.name}`,
        help: 'Means over the seeds; all are one run until the first of them lowers its rate.',
        option: (colours) =>
          linePlot({
            colours,
            x: { name: 'Step', min: Math.round(first / 4), max: steps },
            y: { name: 'Loss', log: true },
            lines: variants.map(({ id, name, losses }, index) => ({
              name,
              data: losses,
              colour: colours.series(index),
              ...style(id),
            })),
          }),
        description: variants
          .map(({ name, end }) => `${name}: ${shortNumber(end.mean)}`)
          .join(', '),
      },
    ];
  },
  findings({ variants }) {
    if (variants.length < 4 || variants.some(({ end }) => end.done < end.planned)) return [];
    const of = (id: string) => variants.find((variant) => variant.id === id)!;
    const [naive, plateau, cooldown] = ['naive', 'plateau', 'cooldown'].map(of);
    const agrees = [plateau, cooldown].every(({ end }) => end.mean < naive.end.mean);
    return [
      {
        tone: 'theory' as const,
        text: `By the bound at the kept rate: kept ${shortNumber(naive.bound)}, second plateau ${shortNumber(plateau.bound)}, longer cooldown ${shortNumber(cooldown.bound)}.`,
      },
      {
        tone: agrees ? ('measured' as const) : ('against' as const),
        text: `Measured: kept ${shortNumber(naive.end.mean)}, second plateau ${shortNumber(plateau.end.mean)}, longer cooldown ${shortNumber(cooldown.end.mean)}; the first horizon alone ends at ${shortNumber(of('first').end.mean)}.`,
      },
    ];
  },
  table: ({ variants }) =>
    tableOf(
      'Ways to train on for longer',
      [
        { id: 'schedule', label: 'Schedule' },
        numeric('steps', 'Steps'),
        numeric('bound', 'Ω at the kept rate'),
        numeric('mean', 'Mean final loss'),
        numeric('low', 'Lowest'),
        numeric('high', 'Highest'),
      ],
      variants.map(({ name, steps, bound, end }) => [
        name,
        steps,
        bound,
        end.mean,
        end.low,
        end.high,
      ]),
    ),
});
