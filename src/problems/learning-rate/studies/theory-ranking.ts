/** The last-iterate bound of every schedule that has a name, and of the document's own curve. */
import { pow } from '../../../core/math.ts';
import type { ParamSpec } from '../../../core/params.ts';
import { optimalSchedule } from '../bound-optimal.ts';
import { learningRates } from '../curve.ts';
import type { Instance } from '../instance.ts';
import { shortNumber } from '../views/common.ts';
import { defineStudy, numeric, tableOf } from './lab.ts';
import { barPlot } from './cells.ts';
import { linePlot } from './plot.ts';
import { boundOf, namedShapes, termCurve, type Bound } from './shapes.ts';

/** Above this the document's curve is thinned: its shape counts, not its length. */
const MOST_STEPS = 4_000;

const params = [
  {
    type: 'number',
    id: 'horizon',
    label: 'Horizon',
    help: 'T, the number of steps of every schedule.',
    unit: 'steps',
    default: 400,
    min: 10,
    max: MOST_STEPS,
    integer: true,
  },
  {
    type: 'number',
    id: 'exponent',
    label: 'Gradient exponent α',
    help: 'Gradient norms G_t = tᵅ: 0 keeps them constant, −0.5 lets them fall with 1/√t.',
    default: 0,
    min: -1,
    max: 0.5,
    step: 0.1,
  },
] as const satisfies readonly ParamSpec[];

interface Entry extends Bound {
  name: string;
  own: boolean;
  rates: Float64Array;
}

/** The document's curve with its shape kept, at `horizon` steps and peak 1; null when all are 0. */
function ownRates({ schedule, steps }: Instance, horizon: number): Float64Array | null {
  const rates = learningRates(schedule, steps);
  const peak = rates.reduce((a, b) => Math.max(a, b), 0);
  if (peak === 0) return null;
  const place = (t: number) => {
    const at = (t * steps) / horizon;
    const low = Math.min(steps - 1, Math.floor(at));
    return rates[low] + (rates[low + 1] - rates[low]) * (at - low);
  };
  return Float64Array.from({ length: horizon + 1 }, (_, t) => place(t) / peak);
}

export const theoryRanking = defineStudy({
  id: 'bound-ranking',
  name: 'Every schedule by its bound',
  summary:
    'The last-iterate bound for convex problems ranks all named schedules and this document’s curve, each with its base rate tuned.',
  source: 'Schaipp, Hägele, Taylor, Şimşekli and Bach, 2025, Theorem 1',
  group: 'Theory',
  seconds: 0,
  params,
  read({ instance, values: { horizon, exponent } }) {
    const norms =
      exponent === 0
        ? 1
        : Float64Array.from({ length: horizon + 1 }, (_, i) => pow(i + 1, exponent));
    const own = ownRates(instance, horizon);
    // The named one is for constant norms.
    const optimal = exponent === 0 ? null : optimalSchedule(horizon, norms).rates;
    const entries: Entry[] = [
      ...namedShapes(horizon).map((shape) => ({ ...shape, own: false })),
      ...(optimal ? [{ name: 'optimal for these norms', rates: optimal, own: false }] : []),
      ...(own ? [{ name: `This document: ${instance.name}`, rates: own, own: true }] : []),
    ]
      .map((entry) => ({ ...entry, ...boundOf(entry.rates, norms) }))
      .filter((entry) => Number.isFinite(entry.value))
      .sort((a, b) => a.value - b.value);
    const linear = entries.find(({ name }) => name === 'linear')?.value ?? NaN;
    const shown = ['constant', 'wsd, 0.2', 'cosine', 'linear'].flatMap((name) =>
      entries.filter((entry) => entry.name === name),
    );
    const curves = [...shown, ...entries.filter((entry) => entry.own)].map((entry) => ({
      entry,
      curve: termCurve(entry.rates, entry.rate, 120, Math.ceil(horizon / 8), norms),
    }));
    return { entries, linear, curves, horizon };
  },
  charts({ entries, linear, curves, horizon }) {
    const best = entries[0];
    return [
      {
        id: 'bounds',
        title: 'Bound at the tuned rate, relative to linear decay',
        help: 'Shorter is better: Ω* of each schedule over that of linear decay to zero.',
        option: (colours) =>
          barPlot({
            colours,
            value: { name: 'Ω* / Ω* of linear decay', format: (value) => value.toFixed(3) },
            bars: entries.map((entry) => ({
              name: entry.name,
              value: entry.value / linear,
              colour: entry.own ? colours.accent : colours.series(6),
            })),
          }),
        description: `Bars of ${entries.length} schedules; the lowest bound is that of ${best.name}, ${shortNumber(best.value)}.`,
      },
      {
        id: 'curves',
        title: 'The bound along training',
        help: 'Ω_t after t steps, each schedule at the base rate best for its end.',
        option: (colours) =>
          linePlot({
            colours,
            x: { name: 'Step', min: Math.ceil(horizon / 8), max: horizon },
            y: { name: 'Ω_t' },
            lines: curves.map(({ entry, curve }, index) => ({
              name: entry.name,
              data: curve.steps.map((t, i) => [t, curve.distance[i] + curve.noise[i]]),
              colour: entry.own ? colours.accent : colours.series(index + 1),
              width: entry.own ? 2.4 : 1.6,
            })),
          }),
        description: `Lines of ${curves.length} schedules that end at their bounds.`,
      },
    ];
  },
  findings({ entries, linear }) {
    const own = entries.find((entry) => entry.own);
    const best = entries[0];
    return [
      {
        tone: 'theory' as const,
        text: `The lowest bound is that of ${best.name}: Ω* = ${shortNumber(best.value)} at γ* = ${shortNumber(best.rate)}; linear decay has ${shortNumber(linear)}.`,
      },
      ...(own
        ? [
            {
              tone: 'theory' as const,
              text: `This document’s curve takes place ${entries.indexOf(own) + 1} of ${entries.length}: ${shortNumber(own.value / linear)} times the bound of linear decay.`,
            },
          ]
        : []),
    ];
  },
  table: ({ entries, linear }) =>
    tableOf(
      'Schedules by their last-iterate bound, D = 1',
      [
        { id: 'schedule', label: 'Schedule' },
        numeric('rate', 'γ*'),
        numeric('bound', 'Ω*'),
        numeric('ratio', 'Ω* / linear'),
      ],
      entries.map((entry) => [entry.name, entry.rate, entry.value, entry.value / linear]),
    ),
});
