/** Tune the rate on one schedule, carry it over by the bound, and see whether it is the best there. */
import { ok } from '../../../core/result.ts';
import { shortNumber } from '../views/common.ts';
import { allDone, defineStudy, numeric, tableOf, type Measured } from './lab.ts';
import { geometric } from './numbers.ts';
import { linePlot } from './plot.ts';
import { presetOf, seedsParam, stepsParam, taskParam } from './presets.ts';
import { countParam } from './rate-sweep.ts';
import { cosine, linear, shapeBound, wsd, wsdShape } from './shapes.ts';
import { bestLevel, byShape, levelLine, readable, sweepCells, type SweepKey } from './sweep.ts';

const SOURCE = wsd;
const TARGETS = [wsdShape(0.6), cosine, linear];

/** The target's rate by the bound, from the best of the source. */
const carry = (rate: number, target: typeof linear, steps: number): number =>
  Number(((rate * shapeBound(target, steps).rate) / shapeBound(SOURCE, steps).rate).toPrecision(3));

export const transfer = defineStudy({
  id: 'rate-transfer',
  name: 'Carry a rate over, then run',
  summary:
    'WSD is tuned by a sweep; the bound carries its rate to three other schedules, which are then run at the carried rate and at WSD’s own, and swept to compare.',
  source: 'Schaipp, Hägele, Taylor, Şimşekli and Bach, 2025, learning-rate transfer',
  group: 'Schedules',
  seconds: 4,
  params: [taskParam('quadratic'), stepsParam, { ...countParam, default: 8 }, seedsParam(6)],
  cells(instance, { task, steps, count, seeds }, outcomes) {
    const preset = presetOf(instance, task, steps);
    const rates = geometric(preset.low, preset.high, count);
    const sweep = sweepCells({ preset, shapes: [SOURCE, ...TARGETS], rates, seeds });
    if (!allDone(sweep, outcomes)) return ok(sweep);
    const measured = sweep
      .filter(({ key }) => key.shape === SOURCE)
      .map((cell): Measured<SweepKey> => ({ ...cell, outcome: outcomes.get(cell.run.id)! }));
    const best = byShape(measured)[0].best;
    if (!best) return ok(sweep);
    const known = new Set(sweep.map(({ run }) => run.id));
    const carried = sweepCells({
      preset,
      shapes: TARGETS,
      rates: (shape) => [carry(best.x, shape, preset.steps)],
      seeds,
    }).filter(({ run }) => !known.has(run.id));
    return ok([...sweep, ...carried]);
  },
  read({ instance, values, cells }) {
    const preset = presetOf(instance, values.task, values.steps);
    const swept = new Set(geometric(preset.low, preset.high, values.count));
    const sweeps = byShape(cells);
    const source = sweeps.find(({ shape }) => shape === SOURCE);
    const best = source?.best ?? null;
    const targets = sweeps
      .filter(({ shape }) => shape !== SOURCE)
      .map((sweep) => {
        const rate = best ? carry(best.x, sweep.shape, preset.steps) : NaN;
        const grid = sweep.levels.filter(({ x }) => swept.has(x));
        return {
          ...sweep,
          grid,
          rate,
          carried: sweep.levels.find(({ x, done }) => x === rate && done > 0) ?? null,
          same: sweep.levels.find(({ x }) => x === best?.x) ?? null,
          tuned: bestLevel(grid),
        };
      });
    return { preset, source, best, targets };
  },
  charts({ preset, source, best, targets }) {
    return [
      {
        id: 'sweeps',
        title: `Final loss over the base rate: ${preset.name}`,
        help: 'Dotted lines mark the rates the bound carries over from the best of WSD 0.2.',
        option: (colours) =>
          linePlot({
            colours,
            x: { name: 'Base rate', log: true, min: preset.low, max: preset.high },
            y: {
              name: 'Final loss',
              max: readable(
                targets.map(({ levels }) => levels),
                3,
              ),
            },
            lines: [
              ...(source
                ? [
                    {
                      name: source.shape.name,
                      ...levelLine(source.levels),
                      colour: colours.accent,
                      dots: true,
                      width: 2.2,
                    },
                  ]
                : []),
              ...targets.map(({ shape, levels }, index) => ({
                name: shape.name,
                ...levelLine(levels),
                colour: colours.series(index + 1),
                dots: true,
              })),
            ],
            marks: [
              ...(best ? [{ x: best.x, text: 'WSD', colour: colours.accent }] : []),
              ...targets
                .filter(({ rate }) => Number.isFinite(rate))
                .map(({ shape, rate }, index) => ({
                  x: rate,
                  text: shape === cosine ? '' : shape.name,
                  colour: colours.series(index + 1),
                })),
            ],
          }),
        description: targets
          .map(
            ({ shape, carried, tuned }) =>
              `${shape.name}: carried ${shortNumber(carried?.mean ?? NaN)}, best of the sweep ${shortNumber(tuned?.mean ?? NaN)}`,
          )
          .join('; '),
      },
    ];
  },
  findings({ best, targets }) {
    if (!best) return [];
    return targets.flatMap(({ shape, rate, carried, same, tuned }) => {
      if (!carried || !tuned) return [];
      const over = carried.mean / tuned.mean - 1;
      const kept = same ? same.mean / tuned.mean - 1 : NaN;
      return [
        {
          tone: over <= 0.05 || over < kept ? ('measured' as const) : ('against' as const),
          text: `${shape.name} at the carried rate ${shortNumber(rate)} ends ${over >= 0 ? `${(100 * over).toFixed(1)} % above` : `${(-100 * over).toFixed(1)} % below`} the best of its own sweep (at ${shortNumber(tuned.x)})${Number.isFinite(kept) ? `; with the rate of WSD, ${shortNumber(best.x)}, ${(100 * kept).toFixed(1)} % above` : ''}.`,
        },
      ];
    });
  },
  table: ({ targets, best }) =>
    tableOf(
      `Rates carried over from WSD 0.2 at ${shortNumber(best?.x ?? NaN)}`,
      [
        { id: 'schedule', label: 'Schedule' },
        numeric('carried', 'Carried rate'),
        numeric('carriedLoss', 'Loss there'),
        numeric('tuned', 'Best rate of the sweep'),
        numeric('tunedLoss', 'Loss there'),
        numeric('sameLoss', 'Loss at the rate of WSD'),
      ],
      targets.map(({ shape, rate, carried, tuned, same }) => [
        shape.name,
        rate,
        carried?.mean ?? NaN,
        tuned?.x ?? NaN,
        tuned?.mean ?? NaN,
        same?.mean ?? NaN,
      ]),
    ),
});
