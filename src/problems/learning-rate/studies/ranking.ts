/** Runs ranked by the bound of their curve and by the loss they reached. */
import { ok } from '../../../core/result.ts';
import { shortNumber } from '../views/common.ts';
import { defineStudy, numeric, tableOf } from './lab.ts';
import { geometric, ranks, spearman } from './numbers.ts';
import { scatterPlot } from './plot.ts';
import { presetOf, seedsParam, stepsParam, taskParam } from './presets.ts';
import { countParam } from './rate-sweep.ts';
import { SHAPES, shapeBound } from './shapes.ts';
import { atEdge, byShape, sweepCells } from './sweep.ts';

export const ranking = defineStudy({
  id: 'ranking',
  name: 'Bound against measured loss',
  summary:
    'Eleven schedules, each trained at its best rate of a sweep, ranked by the bound of their curve and by their final loss.',
  source: 'Own; bound by Schaipp et al., 2025; rank correlation by Spearman, 1904',
  group: 'Schedules',
  seconds: 8,
  params: [taskParam('quadratic'), stepsParam, { ...countParam, default: 7 }, seedsParam(5)],
  cells(instance, { task, steps, count, seeds }) {
    const preset = presetOf(instance, task, steps);
    // Schedules that fall early, 1/√t above all, want far higher rates.
    const rates = geometric(preset.low, preset.high * 4, count);
    return ok(sweepCells({ preset, shapes: SHAPES, rates, seeds }));
  },
  read({ instance, values, cells }) {
    const preset = presetOf(instance, values.task, values.steps);
    const all = byShape(cells).map((sweep) => ({
      ...sweep,
      bound: shapeBound(sweep.shape, preset.steps),
    }));
    const entries = all.flatMap(({ best, ...sweep }) => (best ? [{ ...sweep, best }] : []));
    const losses = entries.map(({ best }) => best.mean);
    const bounds = entries.map(({ bound }) => bound.value);
    return {
      preset,
      entries,
      complete: entries.length > 2 && entries.length === all.length,
      rho: spearman(bounds, losses),
      byLoss: ranks(losses),
      byBound: ranks(bounds),
      rateRho: spearman(
        entries.map(({ bound }) => bound.rate),
        entries.map(({ best }) => best.x),
      ),
    };
  },
  charts({ preset, entries, rho, rateRho }) {
    return [
      {
        id: 'losses',
        title: `Final loss over the bound: ${preset.name}`,
        help: `Each schedule at its best rate${Number.isFinite(rho) ? `; rank correlation ${rho.toFixed(2)}` : ''}.`,
        option: (colours) =>
          scatterPlot({
            colours,
            x: { name: 'Ω*' },
            y: { name: 'Final loss' },
            groups: [
              {
                name: 'Schedules',
                colour: colours.accent,
                dots: entries.map(({ shape, bound, best }) => ({
                  name: shape.name,
                  x: bound.value,
                  y: best.mean,
                  label: true,
                })),
              },
            ],
          }),
        description: `Rank correlation of bound and loss over ${entries.length} schedules: ${shortNumber(rho)}.`,
      },
      {
        id: 'rates',
        title: 'Best rate over γ*',
        help: `Both axes logarithmic${Number.isFinite(rateRho) ? `; rank correlation ${rateRho.toFixed(2)}` : ''}.`,
        option: (colours) =>
          scatterPlot({
            colours,
            x: { name: 'γ* of the bound', log: true },
            y: { name: 'Best rate measured', log: true },
            groups: [
              {
                name: 'Schedules',
                colour: colours.series(1),
                dots: entries.map(({ shape, bound, best }) => ({
                  name: shape.name,
                  x: bound.rate,
                  y: best.x,
                  label: true,
                })),
              },
            ],
          }),
        description: `Rank correlation of γ* and the best rate measured: ${shortNumber(rateRho)}.`,
      },
    ];
  },
  findings({ entries, complete, rho, rateRho, byLoss, byBound }) {
    if (!complete) return [];
    const gaps = entries.map((_, i) => Math.abs(byLoss[i] - byBound[i]));
    const worst = gaps.indexOf(Math.max(...gaps));
    const edges = entries.filter(({ levels, best }) => atEdge(levels, best));
    return [
      {
        tone: rho > 0 ? ('measured' as const) : ('against' as const),
        text: `Spearman’s rank correlation between bound and final loss over ${entries.length} schedules is ${rho.toFixed(2)}; between γ* and the best rate ${rateRho.toFixed(2)}.`,
      },
      ...(gaps[worst] >= 2
        ? [
            {
              tone: 'against' as const,
              text: `Furthest from its place is ${entries[worst].shape.name}: ${byBound[worst]} by the bound, ${byLoss[worst]} by loss.`,
            },
          ]
        : []),
      ...(edges.length > 0
        ? [
            {
              tone: 'against' as const,
              text: `The best rate of ${edges.map(({ shape }) => shape.name).join(', ')} lies at the edge of the sweep.`,
            },
          ]
        : []),
    ];
  },
  table: ({ entries, byLoss, byBound }) =>
    tableOf(
      'Schedules by bound and by measured loss',
      [
        { id: 'schedule', label: 'Schedule' },
        numeric('bound', 'Ω*'),
        numeric('boundRank', 'Rank by bound'),
        numeric('loss', 'Final loss'),
        numeric('lossRank', 'Rank by loss'),
        numeric('rate', 'Best rate'),
        numeric('gamma', 'γ*'),
      ],
      entries.map(({ shape, bound, best }, i) => [
        shape.name,
        bound.value,
        byBound[i],
        best.mean,
        byLoss[i],
        best.x,
        bound.rate,
      ]),
    ),
});
