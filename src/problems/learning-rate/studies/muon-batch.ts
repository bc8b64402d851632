/** Steps to a target over the batch size, for Muon and AdamW. */
import type { ParamSpec } from '../../../core/params.ts';
import { ok } from '../../../core/result.ts';
import { makeBody, makeSchedule } from '../schedule.ts';
import { makeTask } from '../tasks.ts';
import { shortNumber } from '../views/common.ts';
import {
  defineStudy,
  groupBy,
  numeric,
  seedsOf,
  series,
  tableOf,
  trainingRun,
  type Measured,
  type Outcome,
} from './lab.ts';
import { median } from './numbers.ts';
import { linePlot } from './plot.ts';
import { seedsParam } from './presets.ts';

const params = [
  {
    type: 'number',
    id: 'target',
    label: 'Target loss',
    help: 'Validation loss to reach.',
    default: 0.15,
    min: 0.001,
    max: 2,
    step: 0.01,
  },
  {
    type: 'number',
    id: 'steps',
    label: 'Steps at most',
    help: 'A run that has not reached the target by then counts as a miss.',
    unit: 'steps',
    default: 800,
    min: 20,
    max: 10_000,
    integer: true,
  },
  seedsParam(3),
] as const satisfies readonly ParamSpec[];

const TASK = makeTask('spirals', { samples: 600, noise: 0.25, layers: 3, width: 32 });
const BATCHES = [8, 32, 128, 512];
const METHODS = [
  { id: 'muon', name: 'Muon', rates: [0.01, 0.03, 0.09] },
  { id: 'adamw', name: 'AdamW', rates: [0.003, 0.01, 0.03] },
] as const;

/** The first step at which a column is at or below a target; ∞ when it never is. */
export function stepsTo(outcome: Outcome, target: number, column = 'validation'): number {
  return series(outcome, column).find(([, loss]) => loss <= target)?.[0] ?? Infinity;
}

/** Median over seeds for each rate, then the best rate; null while runs are missing. */
export function bestTime<Key extends { rate: number }>(
  cells: readonly Measured<Key>[],
  timeOf: (cell: Measured<Key>) => number,
): { steps: number; rate: number } | null {
  if (cells.length === 0 || cells.some(({ outcome }) => outcome.state !== 'done')) return null;
  let best = { steps: Infinity, rate: cells[0].key.rate };
  for (const [rate, group] of groupBy(cells, ({ key }) => key.rate)) {
    const steps = median(group.map(timeOf));
    if (steps < best.steps) best = { steps, rate: Number(rate) };
  }
  return best;
}

export const muonBatch = defineStudy({
  id: 'muon-batch',
  name: 'Muon and AdamW over the batch size',
  summary:
    'Steps to a target loss for batches of 8 to 512, each optimizer at its best of three rates: does Muon keep its lead as the batch grows?',
  source: 'Essential AI, 2025, “Practical efficiency of Muon for pretraining”; Jordan et al., 2024',
  group: 'Optimizers',
  seconds: 60,
  params,
  cells(_instance, { steps, seeds }) {
    return ok(
      METHODS.flatMap((method) =>
        BATCHES.flatMap((size) =>
          method.rates.flatMap((rate) =>
            seedsOf(seeds).map((seed) => ({
              key: { method, batch: size, rate, seed },
              run: trainingRun({
                id: `${method.id}/batch ${size}/${rate}/seed ${seed}`,
                label: `${method.name}, batch ${size}, ${shortNumber(rate)}, seed ${seed}`,
                task: TASK,
                batch: size,
                steps,
                schedule: makeSchedule(rate, makeBody('linear', { final: 0.2 }), {
                  steps: Math.round(steps / 20),
                }),
                solverId: method.id,
                seed,
              }),
            })),
          ),
        ),
      ),
    );
  },
  read({ values, cells }) {
    const lines = METHODS.map((method) => ({
      method,
      points: BATCHES.map((size) => ({
        batch: size,
        best: bestTime(
          cells.filter(({ key }) => key.method === method && key.batch === size),
          ({ outcome }) => stepsTo(outcome, values.target),
        ),
      })),
    }));
    return { lines, target: values.target, steps: values.steps };
  },
  charts({ lines, target, steps }) {
    return [
      {
        id: 'steps',
        title: `Steps to a validation loss of ${shortNumber(target)}`,
        help: 'Medians over the seeds at the best of three rates; what misses the target is not drawn.',
        option: (colours) =>
          linePlot({
            colours,
            x: { name: 'Batch', log: true, min: 6, max: 680, format: String },
            y: { name: 'Steps', min: 0, max: steps },
            lines: lines.map(({ method, points }, index) => ({
              name: method.name,
              data: points.flatMap(({ batch: size, best }): [number, number][] =>
                best ? [[size, best.steps]] : [],
              ),
              colour: colours.series(index),
              dots: true,
              width: 2.2,
            })),
          }),
        description: lines
          .map(
            ({ method, points }) =>
              `${method.name}: ${points.map(({ batch: size, best }) => `batch ${size} ${shortNumber(best?.steps ?? NaN)}`).join(', ')}`,
          )
          .join('; '),
      },
    ];
  },
  findings({ lines }) {
    const [muon, adam] = lines;
    return BATCHES.flatMap((size, i) => {
      const a = muon.points[i].best;
      const b = adam.points[i].best;
      if (!a || !b) return [];
      const text = (steps: number) => (Number.isFinite(steps) ? `${steps} steps` : 'a miss');
      return [
        {
          tone: a.steps < b.steps ? ('measured' as const) : ('against' as const),
          text: `Batch ${size}: Muon ${text(a.steps)} (rate ${shortNumber(a.rate)}), AdamW ${text(b.steps)} (rate ${shortNumber(b.rate)})${Number.isFinite(a.steps) && Number.isFinite(b.steps) ? `, a ratio of ${shortNumber(a.steps / b.steps)}` : ''}.`,
        },
      ];
    });
  },
  table: ({ lines }) =>
    tableOf(
      'Steps to the target by batch',
      [
        { id: 'method', label: 'Optimizer' },
        numeric('batch', 'Batch'),
        numeric('steps', 'Steps to target'),
        numeric('rate', 'Best rate'),
      ],
      lines.flatMap(({ method, points }) =>
        points.map(({ batch: size, best }) => [
          method.name,
          size,
          best?.steps ?? NaN,
          best?.rate ?? NaN,
        ]),
      ),
    ),
});
