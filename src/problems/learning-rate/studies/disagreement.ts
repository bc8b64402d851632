/** Where bound and practice part ways: noise turned down until the task can be fitted exactly. */
import type { ParamSpec } from '../../../core/params.ts';
import { ok } from '../../../core/result.ts';
import { learningRates } from '../curve.ts';
import { makeTask, type Task } from '../tasks.ts';
import { shortNumber } from '../views/common.ts';
import { defineStudy, groupBy, numeric, tableOf } from './lab.ts';
import { geometric, spearman } from './numbers.ts';
import { linePlot } from './plot.ts';
import { PRESETS, seedsParam, stepsParam, type Preset } from './presets.ts';
import { countParam } from './rate-sweep.ts';
import { meanNorms } from './refine.ts';
import { boundOf, constant, cosine, linear, shapeBound, wsd, wsdShape } from './shapes.ts';
import { byShape, sweepCells } from './sweep.ts';

const COMPARED = [constant, wsd, wsdShape(0.5), cosine, linear];

/** Noise levels from none to the presets' own. */
const LEVELS: Readonly<Record<string, readonly number[]>> = {
  quadratic: [0, 0.03, 0.1, 0.3, 1],
  network: [0, 0.2, 0.4, 0.7],
};

const params = [
  {
    type: 'choice',
    id: 'task',
    label: 'Task',
    help: 'Noise is that of the gradients, or of the samples around their spirals.',
    default: 'quadratic',
    options: [
      { value: 'quadratic', label: 'Quadratic' },
      { value: 'network', label: 'Network on spirals' },
    ],
  },
  stepsParam,
  { ...countParam, default: 7 },
  seedsParam(3),
] as const satisfies readonly ParamSpec[];

function presetAt(id: string, noise: number, steps: number): Preset {
  const preset = PRESETS.find((known) => known.id === id)!;
  const task: Task =
    preset.task.kind === 'quadratic'
      ? { ...preset.task, noise }
      : makeTask('spirals', { samples: 800, noise });
  return { ...preset, task, steps: steps > 0 ? steps : preset.steps };
}

/** Parts the measured gradient norms are averaged over. */
const PARTS = 50;

export const disagreement = defineStudy({
  id: 'disagreement',
  name: 'Where the bound is wrong, and why',
  summary:
    'The bound assumes gradients that never shrink. With the noise turned down the task can be fitted exactly, gradients vanish, and the ranking turns round; with the measured norms put in, the bound follows.',
  source: 'Own; bound by Schaipp et al., 2025, Theorem 1 with gradient norms G_t',
  group: 'Schedules',
  seconds: 6,
  params,
  cells(_instance, { task, steps, count, seeds }) {
    return ok(
      LEVELS[task].flatMap((noise) => {
        const preset = presetAt(task, noise, steps);
        const rates = geometric(preset.low, Math.min(preset.high * 1.2, 1.9), count);
        return sweepCells({ preset, shapes: COMPARED, rates, seeds }).map(({ key, run }) => ({
          key: { ...key, noise },
          run: { ...run, id: `noise ${noise}/${run.id}`, label: `Noise ${noise}, ${run.label}` },
        }));
      }),
    );
  },
  read({ cells }) {
    const levels = [...groupBy(cells, ({ key }) => key.noise)].map(([noise, group]) => {
      const sweeps = byShape(group);
      const { steps } = group[0].key;
      const entries = sweeps.flatMap(({ shape, best }) => {
        if (!best) return [];
        const runs = group.filter(({ key }) => key.shape === shape && key.rate === best.x);
        const parts = meanNorms(
          runs.map(({ outcome }) => outcome),
          'gradient',
          steps,
          PARTS,
        );
        const norms = Float64Array.from(
          { length: steps + 1 },
          (_, t) => parts[Math.min(PARTS - 1, Math.floor((t * PARTS) / steps))],
        );
        const rates = learningRates(shape.make(1, steps), steps);
        return [
          {
            shape,
            loss: best.mean,
            bound: shapeBound(shape, steps).value,
            informed: boundOf(rates, norms).value,
            parts,
          },
        ];
      });
      const losses = entries.map(({ loss }) => loss);
      const complete = entries.length === COMPARED.length;
      return {
        noise: Number(noise),
        entries,
        complete,
        plain: complete
          ? spearman(
              entries.map(({ bound }) => bound),
              losses,
            )
          : NaN,
        informed: complete
          ? spearman(
              entries.map(({ informed }) => informed),
              losses,
            )
          : NaN,
      };
    });
    return { levels };
  },
  charts({ levels }) {
    const x = {
      name: 'Noise',
      min: 0,
      max: Math.max(0, levels.length - 1),
      format: (at: number) => (Number.isInteger(at) ? String(levels[at]?.noise ?? '') : ''),
    };
    return [
      {
        id: 'correlation',
        title: 'Rank correlation of bound and final loss, by noise',
        help: 'Over five schedules at their best rates: 1 where the bound ranks as the runs do, −1 where it is upside down.',
        option: (colours) =>
          linePlot({
            colours,
            x,
            y: { name: 'Rank correlation', min: -1, max: 1 },
            lines: [
              {
                name: 'Bound with G = 1',
                data: levels.map(({ plain }, i): [number, number] => [i, plain]),
                colour: colours.bound,
                dots: true,
              },
              {
                name: 'Bound with the measured gradient norms',
                data: levels.map(({ informed }, i): [number, number] => [i, informed]),
                colour: colours.accent,
                dots: true,
                dash: 'dashed',
              },
            ],
          }),
        description: levels
          .map(
            ({ noise, plain, informed }) =>
              `noise ${noise}: ${shortNumber(plain)}, with norms ${shortNumber(informed)}`,
          )
          .join('; '),
      },
      {
        id: 'losses',
        title: 'Final loss relative to linear decay, by noise',
        help: 'Each schedule at its best rate; below 1 it beats linear decay.',
        option: (colours) =>
          linePlot({
            colours,
            x,
            y: { name: 'Loss / loss of linear', log: true },
            lines: COMPARED.map((shape, index) => ({
              name: shape.name,
              data: levels.flatMap(({ entries }, i): [number, number][] => {
                const own = entries.find((entry) => entry.shape === shape);
                const base = entries.find((entry) => entry.shape === linear);
                return own && base ? [[i, own.loss / base.loss]] : [];
              }),
              colour: colours.series(index),
              dots: true,
            })),
          }),
        description: 'With little noise the schedules that stay high end lower.',
      },
      {
        id: 'norms',
        title: 'Gradient norms of linear decay',
        help: 'Along training, relative to the first; the bound’s G = 1 is a flat line.',
        option: (colours) =>
          linePlot({
            colours,
            x: { name: 'Fraction of the steps', min: 0, max: 1 },
            y: { name: 'Gradient norm / first', log: true },
            lines: levels.flatMap(({ noise, entries }, index) => {
              const own = entries.find((entry) => entry.shape === linear);
              return own
                ? [
                    {
                      name: `Noise ${noise}`,
                      data: Array.from(own.parts, (value, i): [number, number] => [
                        (i + 0.5) / PARTS,
                        value / own.parts[0],
                      ]),
                      colour: colours.series(index),
                    },
                  ]
                : [];
            }),
          }),
        description: 'Without noise the norms fall by orders of magnitude.',
      },
    ];
  },
  findings({ levels }) {
    if (levels.length === 0 || levels.some(({ complete }) => !complete)) return [];
    const first = levels[0];
    const last = levels[levels.length - 1];
    const bestOf = (level: typeof first) =>
      level.entries.reduce((a, b) => (b.loss < a.loss ? b : a)).shape.name;
    return [
      {
        tone: first.plain > 0 ? ('measured' as const) : ('against' as const),
        text: `Without noise the best schedule is ${bestOf(first)} and the rank correlation with the bound ${first.plain.toFixed(2)}; at noise ${last.noise} it is ${bestOf(last)} and ${last.plain.toFixed(2)}.`,
      },
      {
        tone: first.informed > first.plain ? ('measured' as const) : ('against' as const),
        text: `With the measured gradient norms in place of G = 1 the correlation without noise is ${first.informed.toFixed(2)}.`,
      },
    ];
  },
  table: ({ levels }) =>
    tableOf(
      'Final loss and bound by noise',
      [
        numeric('noise', 'Noise'),
        { id: 'schedule', label: 'Schedule' },
        numeric('loss', 'Final loss'),
        numeric('bound', 'Ω*, G = 1'),
        numeric('informed', 'Ω*, measured G'),
      ],
      levels.flatMap(({ noise, entries }) =>
        entries.map(({ shape, loss, bound, informed }) => [
          noise,
          shape.name,
          loss,
          bound,
          informed,
        ]),
      ),
    ),
});
