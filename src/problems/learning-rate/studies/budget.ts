/** Schedules under budgets from one to a hundred per cent of a horizon. */
import type { ParamSpec } from '../../../core/params.ts';
import { ok } from '../../../core/result.ts';
import { defineStudy, groupBy, numeric, tableOf } from './lab.ts';
import { geometric, mean, ranks } from './numbers.ts';
import { heatPlot } from './cells.ts';
import { linePlot } from './plot.ts';
import { presetOf, seedsParam, stepsParam, taskParam } from './presets.ts';
import { countParam } from './rate-sweep.ts';
import { constant, cosine, linear, oneCycle, rex, stepDecay, wsd } from './shapes.ts';
import { byShape, sweepCells } from './sweep.ts';

const COMPARED = [rex, linear, cosine, wsd, oneCycle, stepDecay, constant];
const BUDGETS = [0.01, 0.05, 0.1, 0.25, 0.5, 1];

const params = [
  taskParam('quadratic'),
  stepsParam,
  { ...countParam, default: 5 },
  seedsParam(3),
] as const satisfies readonly ParamSpec[];

export const budget = defineStudy({
  id: 'budget',
  name: 'Under every budget',
  summary:
    'Each schedule trained for 1, 5, 10, 25, 50 and 100 % of a horizon, its rate tuned for each budget: which one can be trusted when steps are few?',
  source: 'Chen, Wolfe and Kyrillidis, 2022, “REX: Revisiting budgeted training”, tables',
  group: 'Schedules',
  seconds: 12,
  params,
  cells(instance, { task, steps, count, seeds }) {
    const preset = presetOf(instance, task, steps);
    const rates = geometric(preset.low, preset.high * 2, count);
    return ok(
      BUDGETS.flatMap((share) =>
        sweepCells({
          preset,
          shapes: COMPARED,
          rates,
          seeds,
          steps: Math.max(4, Math.round(share * preset.steps)),
        }),
      ),
    );
  },
  read({ instance, values, cells }) {
    const preset = presetOf(instance, values.task, values.steps);
    const budgets = [...groupBy(cells, ({ key }) => key.steps)].map(([steps, group]) => {
      const sweeps = byShape(group);
      const losses = sweeps.map(({ best }) => best?.mean ?? NaN);
      const complete = losses.every((loss) => Number.isFinite(loss));
      return {
        steps: Number(steps),
        share: Number(steps) / preset.steps,
        sweeps,
        losses,
        least: Math.min(...losses),
        places: complete ? ranks(losses) : null,
      };
    });
    const ranked = budgets.flatMap(({ places }) => (places ? [places] : []));
    return {
      preset,
      budgets,
      average: COMPARED.map((_, i) =>
        ranked.length > 0 ? mean(ranked.map((places) => places[i])) : NaN,
      ),
      complete: ranked.length === BUDGETS.length,
    };
  },
  charts({ preset, budgets }) {
    const percent = (share: number) => `${Number((100 * share).toPrecision(2))} %`;
    return [
      {
        id: 'ranks',
        title: `Place of each schedule: ${preset.name}`,
        help: '1 is the lowest final loss at that budget, each schedule at its best rate.',
        option: (colours) =>
          heatPlot({
            colours,
            x: { name: 'Budget', values: budgets.map(({ share }) => percent(share)) },
            y: { name: 'Schedule', values: COMPARED.map(({ name }) => name), down: true },
            value: { name: 'Place' },
            cells: budgets.flatMap(({ places }, column) =>
              (places ?? []).map((place, row): [number, number, number] => [column, row, place]),
            ),
          }),
        description: budgets
          .flatMap(({ share, losses, least }) => {
            const at = losses.indexOf(least);
            return at >= 0 ? [`${percent(share)}: ${COMPARED[at].name}`] : [];
          })
          .join(', '),
      },
      {
        id: 'losses',
        title: 'Final loss over the budget',
        help: 'Each schedule at its best rate for the budget.',
        option: (colours) =>
          linePlot({
            colours,
            x: { name: 'Steps', log: true },
            y: { name: 'Final loss', log: true },
            lines: COMPARED.map((shape, row) => ({
              name: shape.name,
              data: budgets.map(({ steps, losses }): [number, number] => [steps, losses[row]]),
              colour: row === 0 ? colours.accent : colours.series(row),
              width: row === 0 ? 2.4 : 1.4,
              dots: true,
            })),
          }),
        description: 'Losses fall with the budget for every schedule.',
      },
    ];
  },
  findings({ average, complete, budgets }) {
    if (!complete) return [];
    const order = COMPARED.map((shape, i) => ({ shape, place: average[i] })).sort(
      (a, b) => a.place - b.place,
    );
    const small = budgets.filter(({ share }) => share <= 0.1);
    const firsts = small.map(({ losses, least }) => COMPARED[losses.indexOf(least)].name);
    return [
      {
        tone: 'measured' as const,
        text: `Mean place over the six budgets: ${order.map(({ shape, place }) => `${shape.name} ${place.toFixed(1)}`).join(', ')}.`,
      },
      {
        tone: order[0].shape === rex ? ('measured' as const) : ('against' as const),
        text: `REX is published as the best over all budgets; here its mean place is ${order.findIndex(({ shape }) => shape === rex) + 1} of ${order.length}.`,
      },
      {
        tone: 'measured' as const,
        text: `At budgets up to a tenth the lowest loss is reached by ${[...new Set(firsts)].join(', ')}.`,
      },
    ];
  },
  table: ({ budgets }) =>
    tableOf(
      'Final loss at the best rate, by budget and schedule',
      [
        numeric('steps', 'Steps'),
        ...COMPARED.flatMap(({ id, name }) => [
          numeric(id, name),
          numeric(`${id}-rate`, `${name}, rate`),
        ]),
      ],
      budgets.map(({ steps, sweeps }) => [
        steps,
        ...sweeps.flatMap(({ best }) => [best?.mean ?? NaN, best?.x ?? NaN]),
      ]),
    ),
});
