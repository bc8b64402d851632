/** A schedule refined from the gradient norms of a first run, then trained with. */
import { ok } from '../../../core/result.ts';
import { refineSchedule } from '../schedule-refine.ts';
import { makeSchedule, type Schedule } from '../schedule.ts';
import { shortNumber } from '../views/common.ts';
import {
  allDone,
  defineStudy,
  numeric,
  series,
  tableOf,
  type Measured,
  type Outcome,
} from './lab.ts';
import { geometric } from './numbers.ts';
import { linePlot } from './plot.ts';
import { presetOf, seedsParam, stepsParam, taskParam, warmupOf, type Preset } from './presets.ts';
import { countParam } from './rate-sweep.ts';
import { linear, type Shape } from './shapes.ts';
import { byShape, levelLine, readable, sweepCells, type SweepKey } from './sweep.ts';

/** Points of the refined schedule, and of the norms it is made from. */
const POINTS = 240;

/** The mean norm in each of `count` equal parts of the steps, over all runs; NaN-free. */
export function meanNorms(
  outcomes: readonly Outcome[],
  column: string,
  steps: number,
  count: number,
): Float64Array {
  const sums = new Float64Array(count);
  const seen = new Float64Array(count);
  for (const outcome of outcomes)
    for (const [step, norm] of series(outcome, column)) {
      const part = Math.min(count - 1, Math.floor((step * count) / steps));
      sums[part] += norm;
      seen[part]++;
    }
  let last = 0;
  return sums.map((sum, i) => (last = seen[i] > 0 ? sum / seen[i] : last));
}

/** The refined curve as a shape, its warm-up kept as it came out. */
function refinedShape(rates: Float64Array): Shape {
  const points = Array.from(rates, (value, i): [number, number] => [
    i / rates.length,
    Number(value.toPrecision(4)),
  ]);
  points.push([1, 0]);
  return {
    id: 'refined',
    name: 'Refined',
    make: (peak): Schedule =>
      makeSchedule(peak, { kind: 'points', interpolation: 'linear', points }),
  };
}

/** ‖g‖₂ for SGD, ‖g‖₁ for methods that scale coordinates. */
const kindOf = (preset: Preset) =>
  preset.solverId === 'sgd' || preset.solverId === 'momentum'
    ? ({ column: 'gradient', weights: 'sgd' } as const)
    : ({ column: 'gradientL1', weights: 'adam' } as const);

function derive(preset: Preset, group: readonly Measured<SweepKey>[]) {
  const kind = kindOf(preset);
  const norms = meanNorms(
    group.map(({ outcome }) => outcome),
    kind.column,
    preset.steps,
    Math.min(POINTS, preset.steps),
  );
  return { norms, rates: refineSchedule(norms, kind.weights) };
}

/** The runs of linear decay at its best rate. */
function bestGroup(cells: readonly Measured<SweepKey>[]): readonly Measured<SweepKey>[] {
  const first = cells.filter(({ key }) => key.shape === linear);
  const best = byShape(first)[0]?.best;
  return best ? first.filter(({ key }) => key.rate === best.x) : [];
}

export const refine = defineStudy({
  id: 'refine',
  name: 'Refine a schedule',
  summary:
    'Linear decay is swept; the gradient norms of its best runs give a refined schedule, which is swept likewise. Both are compared at their best rates.',
  source:
    'Defazio, Cutkosky, Mehta and Mishchenko, 2023, “When, why and how much? Adaptive learning rate scheduling by refinement”',
  group: 'Schedules',
  seconds: 12,
  params: [taskParam('logistic'), stepsParam, countParam, seedsParam(6)],
  cells(instance, { task, steps, count, seeds }, outcomes) {
    const preset = presetOf(instance, task, steps);
    const rates = geometric(preset.low, preset.high, count);
    const first = sweepCells({ preset, shapes: [linear], rates, seeds });
    if (!allDone(first, outcomes)) return ok(first);
    const group = bestGroup(
      first.map((cell) => ({ ...cell, outcome: outcomes.get(cell.run.id)! })),
    );
    const derived = group.length > 0 ? derive(preset, group).rates : null;
    if (!derived) return ok(first);
    // The warm-up is the schedule's own affair now.
    const plain = { ...preset, warmup: 0 };
    return ok([
      ...first,
      ...sweepCells({ preset: plain, shapes: [refinedShape(derived)], rates, seeds }),
    ]);
  },
  read({ instance, values, cells }) {
    const preset = presetOf(instance, values.task, values.steps);
    const [before, after] = byShape(cells);
    const group = bestGroup(cells);
    const derived = group.length > 0 ? derive(preset, group) : null;
    return { preset, before, after, derived, kind: kindOf(preset) };
  },
  charts({ preset, before, after, derived, kind }) {
    const x = { name: 'Fraction of the steps', min: 0, max: 1 };
    const warm = warmupOf(preset) / preset.steps;
    const sweeps = [before, after].filter((sweep) => sweep !== undefined);
    return [
      {
        id: 'schedule',
        title: 'Gradient norms, and the schedule refined from them',
        help: `Norms (${kind.weights === 'sgd' ? 'ℓ2' : 'ℓ1'}) of the best linear runs to the right, schedules as multiples of their peak to the left.`,
        option: (colours) =>
          linePlot({
            colours,
            x,
            y: { name: 'η / peak', min: 0, max: 1.05 },
            right: { name: 'Gradient norm', min: 0 },
            lines: [
              {
                name: 'Linear',
                data: [
                  [0, warm > 0 ? 0 : 1],
                  [warm, 1],
                  [1, 0],
                ],
                colour: colours.ink3,
                dash: 'dashed',
              },
              ...(derived?.rates
                ? [
                    {
                      name: 'Refined',
                      data: Array.from(derived.rates, (value, i): [number, number] => [
                        i / derived.rates!.length,
                        value,
                      ]),
                      colour: colours.accent,
                      width: 2.4,
                    },
                  ]
                : []),
              ...(derived
                ? [
                    {
                      name: 'Gradient norm',
                      data: Array.from(derived.norms, (value, i): [number, number] => [
                        i / derived.norms.length,
                        value,
                      ]),
                      colour: colours.series(1),
                      width: 1,
                      opacity: 0.7,
                      right: true,
                    },
                  ]
                : []),
            ],
          }),
        description: derived?.rates
          ? `The refined schedule peaks at ${shortNumber(derived.rates.indexOf(1) / derived.rates.length)} of the steps.`
          : 'The first runs are not done yet.',
      },
      {
        id: 'sweeps',
        title: `Final loss over the base rate: ${preset.name}`,
        help: 'Both swept over the same rates with the same seeds.',
        option: (colours) =>
          linePlot({
            colours,
            x: { name: 'Base rate', log: true, min: preset.low, max: preset.high },
            y: {
              name: 'Final loss',
              max: readable(
                sweeps.map(({ levels }) => levels),
                2,
              ),
            },
            lines: sweeps.map(({ shape, levels }) => ({
              name: shape.name,
              ...levelLine(levels),
              colour: shape === linear ? colours.ink3 : colours.accent,
              dots: true,
            })),
          }),
        description: sweeps
          .map(({ shape, best }) => `${shape.name}: ${shortNumber(best?.mean ?? NaN)}`)
          .join(', '),
      },
    ];
  },
  findings({ before, after, derived }) {
    if (!before?.best || !after?.best || !derived?.rates) return [];
    if (after.levels.some(({ done, planned }) => done < planned)) return [];
    const gain = 1 - after.best.mean / before.best.mean;
    const peak = derived.rates.indexOf(1) / derived.rates.length;
    return [
      {
        tone: 'measured' as const,
        text: `The refined schedule ${peak > 0.02 ? `warms up over ${(100 * peak).toFixed(0)} % of the steps` : 'starts at its peak'} and is at ${shortNumber(derived.rates[derived.rates.length >> 1])} of it in the middle, where linear decay is at 0.5.`,
      },
      {
        tone: gain > 0 ? ('measured' as const) : ('against' as const),
        text: `At its best rate it ends at ${shortNumber(after.best.mean)}, linear decay at ${shortNumber(before.best.mean)}: ${Math.abs(100 * gain).toFixed(2)} % ${gain > 0 ? 'lower' : 'higher'}; the seeds of linear decay span ${shortNumber(before.best.low)} to ${shortNumber(before.best.high)}.`,
      },
    ];
  },
  table: ({ before, after }) =>
    tableOf(
      'Final loss of linear decay and of the refined schedule',
      [
        { id: 'schedule', label: 'Schedule' },
        numeric('rate', 'Base rate'),
        numeric('mean', 'Mean final loss'),
        numeric('low', 'Lowest'),
        numeric('high', 'Highest'),
      ],
      [before, after].flatMap((sweep) =>
        sweep
          ? sweep.levels.map(({ x, mean, low, high }) => [sweep.shape.name, x, mean, low, high])
          : [],
      ),
    ),
});
