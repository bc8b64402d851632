/** Batch size against learning rate at a fixed amount of data, and the Step Law as a calculator. */
import { pow } from '../../../core/math.ts';
import type { ParamSpec } from '../../../core/params.ts';
import { ok } from '../../../core/result.ts';
import { parameterCount } from '../model.ts';
import { shortNumber } from '../views/common.ts';
import { defineStudy, groupBy, numeric, tableOf } from './lab.ts';
import { fitLine, geometric } from './numbers.ts';
import { heatPlot } from './cells.ts';
import { linePlot } from './plot.ts';
import { presetOf, seedsParam, taskParam } from './presets.ts';
import { linear } from './shapes.ts';
import { atEdge, bestLevel, levelsBy, sweepCells } from './sweep.ts';

/**
 * Best learning rate and batch (in tokens) for pre-training a language model of N non-embedding
 * parameters on D tokens (Li et al. 2025, "Predictable scale", part I).
 */
export const stepLaw = (parameters: number, tokens: number): { rate: number; batch: number } => ({
  rate: 1.79 * pow(parameters, -0.713) * pow(tokens, 0.307),
  batch: 0.58 * pow(tokens, 0.571),
});

/** The largest of the published grids (step-law.github.io); beyond, the law extrapolates. */
export const STEP_LAW_LARGEST = { parameters: 1e9, tokens: 1e11 } as const;
/** Tokens of the chart. */
const TOKENS = [2e9, 1e11] as const;

const params = [
  taskParam('quadratic'),
  {
    type: 'number',
    id: 'samples',
    label: 'Samples',
    help: 'D, seen in all: a run of batch B takes D / B steps.',
    default: 4_000,
    min: 200,
    max: 100_000,
    integer: true,
  },
  {
    type: 'number',
    id: 'parameters',
    label: 'Model size',
    help: 'N of the Step Law, in millions of non-embedding parameters.',
    default: 214.7,
    min: 0.001,
    max: 100_000,
  },
  {
    type: 'number',
    id: 'tokens',
    label: 'Tokens',
    help: 'D of the Step Law, in billions of tokens.',
    default: 11.4,
    min: 0.001,
    max: 20_000,
  },
  seedsParam(3),
] as const satisfies readonly ParamSpec[];

const BATCHES = [1, 2, 4, 8, 16, 32, 64, 128];

export const batch = defineStudy({
  id: 'batch-rate',
  name: 'Batch size and rate',
  summary:
    'Final loss over batch size and learning rate with the amount of data fixed: a valley whose floor shifts to higher rates as the batch grows. Beside it the Step Law as a calculator.',
  source: 'Li et al., 2025, “Predictable scale: Part I, Step Law”; McCandlish et al., 2018',
  group: 'Schedules',
  seconds: 8,
  params,
  cells(instance, { task, samples, seeds }) {
    const preset = presetOf(instance, task);
    const rates = geometric(preset.low / 2, preset.high, 7);
    return ok(
      BATCHES.filter((size) => samples / size >= 20).flatMap((size) =>
        sweepCells({
          preset: { ...preset, batch: size },
          shapes: [linear],
          rates,
          seeds,
          steps: Math.round(samples / size),
        }).map(({ key, run }) => ({
          key: { ...key, batch: size },
          run: { ...run, id: `batch ${size}/${run.id}`, label: `Batch ${size}, ${run.label}` },
        })),
      ),
    );
  },
  read({ instance, values, cells }) {
    const preset = presetOf(instance, values.task);
    const rows = [...groupBy(cells, ({ key }) => key.batch)].map(([size, group]) => {
      const levels = levelsBy(group, ({ rate }) => rate);
      return { batch: Number(size), steps: group[0].key.steps, levels, best: bestLevel(levels) };
    });
    const known = rows.flatMap(({ batch: size, best }) => (best ? [{ size, best }] : []));
    const complete = rows.length > 1 && known.length === rows.length;
    // Up to where the best rate stops growing or lies at the edge of the sweep.
    const growing = rows.flatMap(({ batch: size, levels, best }, i) =>
      best && !atEdge(levels, best) && (i === 0 || best.x > (rows[i - 1].best?.x ?? Infinity))
        ? [{ size, best }]
        : [],
    );
    const slope =
      complete && growing.length > 1
        ? fitLine(
            growing.map(({ size }) => Math.log(size)),
            growing.map(({ best }) => Math.log(best.x)),
          ).slope
        : NaN;
    const parameters = values.parameters * 1e6;
    const tokens = values.tokens * 1e9;
    return {
      preset,
      rows,
      complete,
      slope,
      best: complete ? known.reduce((a, b) => (b.best.mean < a.best.mean ? b : a)) : null,
      law: { parameters, tokens, ...stepLaw(parameters, tokens) },
      isOutside: parameters > STEP_LAW_LARGEST.parameters || tokens > STEP_LAW_LARGEST.tokens,
      own: parameterCount(preset.task),
    };
  },
  charts({ preset, rows, best, law }) {
    const rates = rows[0]?.levels.map(({ x }) => x) ?? [];
    const sizes = geometric(TOKENS[0], TOKENS[1], 30);
    return [
      {
        id: 'heat',
        title: `Final loss by batch and rate: ${preset.name}`,
        help: 'Linear decay, the same number of samples in every run; darker is lower, colours by rank.',
        option: (colours) =>
          heatPlot({
            colours,
            x: { name: 'Learning rate', values: rates.map(shortNumber) },
            y: { name: 'Batch', values: rows.map((row) => String(row.batch)) },
            value: { name: 'Final loss', format: (value) => String(Number(value.toPrecision(3))) },
            cells: rows.flatMap(({ levels }, row) =>
              levels.map(({ mean }, column): [number, number, number] => [column, row, mean]),
            ),
            rings: best
              ? [
                  {
                    column: rates.indexOf(best.best.x),
                    row: rows.findIndex((row) => row.batch === best.size),
                    colour: colours.bound,
                    name: 'Lowest of all',
                  },
                ]
              : [],
          }),
        description: rows
          .map(
            ({ batch: size, best: own }) =>
              `batch ${size}: best rate ${shortNumber(own?.x ?? NaN)}, loss ${shortNumber(own?.mean ?? NaN)}`,
          )
          .join('; '),
      },
      {
        id: 'law',
        title: 'Step Law: learning rate and batch over the tokens',
        help: `For N = ${shortNumber(law.parameters / 1e6)} M parameters, drawn where the law was fitted; batch in sequences of 2048 tokens to the right.`,
        option: (colours) =>
          linePlot({
            colours,
            x: {
              name: 'Tokens D',
              log: true,
              min: sizes[0],
              max: sizes[sizes.length - 1],
              format: (value) => `${Number((value / 1e9).toPrecision(3))} G`,
            },
            y: { name: 'Learning rate', log: true },
            right: { name: 'Batch, sequences', min: 0 },
            lines: [
              {
                name: 'Learning rate',
                data: sizes.map((tokens) => [tokens, stepLaw(law.parameters, tokens).rate]),
                colour: colours.accent,
              },
              {
                name: 'Batch',
                data: sizes.map((tokens) => [tokens, stepLaw(law.parameters, tokens).batch / 2048]),
                colour: colours.series(1),
                dash: 'dashed',
                right: true,
              },
            ],
            marks: [{ x: law.tokens, text: 'chosen D', colour: colours.ink3 }],
          }),
        description: `For N = ${shortNumber(law.parameters)} and D = ${shortNumber(law.tokens)} tokens: rate ${shortNumber(law.rate)}, batch ${shortNumber(law.batch / 2048)} sequences.`,
      },
    ];
  },
  findings({ best, slope, law, isOutside, own, complete, rows }) {
    const calculator = {
      tone: isOutside ? ('against' as const) : ('theory' as const),
      text: `Step Law for N = ${shortNumber(law.parameters / 1e6)} M and D = ${shortNumber(law.tokens / 1e9)} G tokens: learning rate ${shortNumber(law.rate)}, batch ${shortNumber(Math.round(law.batch))} tokens (${Math.round(law.batch / 2048)} sequences of 2048).${isOutside ? ' That is beyond the largest published grid, 1 G parameters on 100 G tokens.' : ''}`,
    };
    const note = {
      tone: 'theory' as const,
      text: `It holds for AdamW on language models of about 60 M to 1.1 G parameters; the task trained here has ${own} and is not drawn against it.`,
    };
    if (!complete || !best) return [{ ...calculator, tone: 'theory' as const }, note];
    return [
      {
        tone: 'measured' as const,
        text: `Lowest of ${rows.reduce((sum, { levels }) => sum + levels.length, 0)} settings: batch ${best.size} at ${shortNumber(best.best.x)}, loss ${shortNumber(best.best.mean)}.`,
      },
      ...(Number.isFinite(slope)
        ? [
            {
              tone: 'measured' as const,
              text: `While the best rate grows with the batch, it grows as B^${slope.toFixed(2)} (0.5 is the square-root rule, 1 the linear rule).`,
            },
          ]
        : []),
      calculator,
      note,
    ];
  },
  table: ({ rows }) =>
    tableOf(
      'Final loss by batch and learning rate, data fixed',
      [
        numeric('batch', 'Batch'),
        numeric('steps', 'Steps'),
        numeric('rate', 'Learning rate'),
        numeric('mean', 'Mean final loss'),
        numeric('low', 'Lowest'),
        numeric('high', 'Highest'),
      ],
      rows.flatMap(({ batch: size, steps, levels }) =>
        levels.map(({ x, mean, low, high }) => [size, steps, x, mean, low, high]),
      ),
    ),
});
