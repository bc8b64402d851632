/** Loss and gradient charts of a run. */
import type { EChartsOption, LineSeriesOption, YAXisComponentOption } from 'echarts';
import { betaOf, smooth } from '../../../charts/smoothing.ts';
import type { ChartColours, ChartMode, TraceData } from '../../views.ts';
import { expectedCurve } from '../expected.ts';
import type { Instance, Solution } from '../instance.ts';
import { isFunction, type Task } from '../tasks.ts';
import { COLUMN, boundOf, currentStep, lastFinite, ratesOf, shortNumber, thin } from './common.ts';
import { HORIZONTAL_TOGGLES, horizontalOf, logStart, type Horizontal } from './horizontal.ts';

export type Pair = [number, number];

/** What is measured in one row: where it lies, its step and its value. */
interface Measured {
  x: number;
  step: number;
  y: number;
}

/** The rows in which a column is finite, and positive on logarithmic axes. */
function measured(
  trace: TraceData | null,
  id: string,
  horizontal: Horizontal,
  log: boolean,
): Measured[] {
  const index = trace?.columns.findIndex((known) => known.id === id) ?? -1;
  const rows: Measured[] = [];
  if (!trace || index < 0) return rows;
  const steps = trace.values[0];
  const values = trace.values[index];
  const places = horizontal.of(trace);
  for (let row = 0; row < trace.length; row++) {
    const y = values[row];
    const x = places[row];
    if (Number.isFinite(x) && (!horizontal.log || x > 0) && Number.isFinite(y) && (!log || y > 0))
      rows.push({ x, step: steps[row], y });
  }
  return rows;
}

const pairsOf = (rows: readonly Measured[]): Pair[] => rows.map(({ x, y }) => [x, y]);

/** A moving average along the steps, whatever they are drawn over and however they are thinned. */
const averaged = (rows: readonly Measured[], halfLife: number): Pair[] =>
  smooth(
    rows.map(({ step, y }): Pair => [step, y]),
    betaOf(halfLife),
  ).map(([, y], row) => [rows[row].x, y]);

export function axis(
  name: string,
  log: boolean,
  colour: string,
  colours: ChartColours,
  right = false,
): YAXisComponentOption {
  return {
    type: log ? 'log' : 'value',
    name,
    nameTextStyle: { color: colour, align: right ? 'right' : 'left' },
    position: right ? 'right' : 'left',
    scale: true,
    axisLabel: { color: colours.ink3, formatter: (value: number) => shortNumber(value) },
    splitLine: { show: !right, lineStyle: { color: colours.line } },
  };
}

export function line(
  name: string,
  data: Pair[],
  colour: string,
  width: number,
  opacity = 1,
): LineSeriesOption {
  return {
    type: 'line',
    name,
    // The least and the greatest of each part: no spike is lost.
    data: thin(
      data.map(([, y]) => y),
      POINTS,
    ).map((i) => data[i]),
    showSymbol: false,
    color: colour,
    lineStyle: { color: colour, width, opacity },
    emphasis: { disabled: true },
  };
}

/** Most points of a line on screen; a run has fewer rows. */
const POINTS = 4_000;
/** Smoothing has a half-life of this fraction of the steps. */
const HALF_LIFE = 0.01;

export function frameOption(
  horizontal: Horizontal,
  colours: ChartColours,
  axes: YAXisComponentOption[],
  series: LineSeriesOption[],
): EChartsOption {
  return {
    animation: false,
    grid: { left: 56, right: axes.length > 1 ? 56 : 20, top: 56, bottom: 40 },
    legend: {
      type: 'scroll',
      top: 4,
      left: 12,
      right: 12,
      textStyle: { color: colours.ink2 },
      itemWidth: 18,
      itemHeight: 8,
    },
    tooltip: {
      trigger: 'axis',
      formatter: (params) => {
        const near = [params].flat() as {
          axisValue?: number | string;
          seriesName?: string;
          marker?: unknown;
          value?: unknown;
        }[];
        const rows = near.map(({ seriesName, marker, value }) => {
          const y = Array.isArray(value) ? Number(value[1]) : NaN;
          return `${String(marker)}${(seriesName ?? '').replace(/[{}|]/g, ' ')}  ${shortNumber(y)}`;
        });
        const at = horizontal.format(Number(near[0]?.axisValue));
        return [`${horizontal.name} ${at}`, ...rows].join('\n');
      },
    },
    xAxis: {
      type: horizontal.log ? 'log' : 'value',
      name: horizontal.name,
      nameLocation: 'middle',
      nameGap: 24,
      nameTextStyle: { color: colours.ink3 },
      min: horizontal.log ? logStart(horizontal, horizontal.name) : 0,
      max: horizontal.end,
      axisLabel: {
        color: colours.ink3,
        hideOverlap: true,
        formatter: (value: number) => horizontal.tick(value),
      },
      splitLine: { show: false },
    },
    yAxis: axes,
    series,
  };
}

/** The exact end of SGD on a noisy quadratic, as a sentence. */
function expectationOf(instance: Instance): string {
  const end = expectedCurve(instance)?.values.at(-1);
  return end === undefined ? '' : ` SGD is expected to end at ${shortNumber(end)}.`;
}

export const lossMode: ChartMode<Instance, Solution> = {
  kind: 'chart',
  id: 'loss',
  name: 'Loss',
  help: 'Training and validation loss over the steps, with the convex bound beside them.',
  toggles: [
    { id: 'log', name: 'Log', help: 'Logarithmic loss and bound.', default: true },
    {
      id: 'bound',
      name: 'Bound',
      help: 'The last-iterate bound of this curve for convex problems (Schaipp et al. 2025).',
      default: true,
    },
    {
      id: 'expected',
      name: 'Expectation',
      help: 'For noisy quadratics: the exact expected value at every step of SGD without momentum.',
      default: true,
    },
    {
      id: 'smooth',
      name: 'Smooth',
      help: 'A moving average over the training loss, its start corrected; the raw line stays behind it.',
      default: false,
    },
    ...HORIZONTAL_TOGGLES,
  ],
  axis(frame) {
    const { trace } = frame;
    const horizontal = horizontalOf(frame);
    return trace ? { values: horizontal.of(trace), log: horizontal.log } : null;
  },
  option(frame, colours) {
    const { instance, toggles, trace, pinned = [] } = frame;
    const log = toggles.log !== false;
    const horizontal = horizontalOf(frame);
    const placed = (pairs: readonly Pair[]) =>
      pairs
        .map(([step, y]): Pair => [horizontal.place(step), y])
        .filter(([x]) => Number.isFinite(x) && (!horizontal.log || x > 0));
    const halfLife = Math.max(1, HALF_LIFE * instance.steps);
    const curve = toggles.bound === false ? null : boundOf(instance);
    const functions = isFunction(instance.task);
    const axes = [axis(functions ? 'Function value' : 'Loss', log, colours.ink3, colours)];
    const train = measured(trace, 'train', horizontal, log);
    const name = functions ? 'Function value' : 'Training loss';
    const colour = functions ? colours.accent : colours.series(1);
    const raw = line(
      name,
      pairsOf(train),
      colour,
      functions ? 1.75 : 1,
      toggles.smooth === true ? 0.25 : functions ? 1 : 0.5,
    );
    const series = [raw];
    const highest = pairsOf(measured(trace, 'trainHigh', horizontal, log));
    if (highest.length > 0)
      series.push(line('Highest of the steps between', highest, colour, 0.75, 0.35));
    if (toggles.smooth === true)
      series.push(line(`${name}, smoothed`, averaged(train, halfLife), colour, 2));
    if (!functions)
      series.push(
        line(
          'Validation loss',
          pairsOf(measured(trace, 'validation', horizontal, log)),
          colours.accent,
          2,
        ),
      );
    for (const run of pinned) {
      const rows = measured(run.trace, functions ? 'train' : 'validation', horizontal, log);
      series.push(
        line(
          `${run.name}, seed ${run.seed}`,
          functions && toggles.smooth === true ? averaged(rows, halfLife) : pairsOf(rows),
          colours.series(run.colourIndex),
          1.5,
        ),
      );
    }
    const expected = toggles.expected === false ? null : expectedCurve(instance);
    if (expected) {
      const pairs = Array.from(expected.steps, (step, i): Pair => [step, expected.values[i]]);
      const exact = line(
        'Expected value under SGD, exact',
        // An unstable rate makes it explode; only its start would be of use then.
        placed(pairs.filter(([, value]) => value <= 1e3 * pairs[0][1] && (!log || value > 0))),
        colours.ink2,
        1.25,
      );
      series.push({
        ...exact,
        lineStyle: { color: colours.ink2, width: 1.25, type: 'dotted' },
      });
    }
    if (curve) {
      axes.push(axis('Bound', log, colours.bound, colours, true));
      const bound = line(
        'Convex bound (Schaipp et al. 2025), G = D = 1',
        // The first steps would stretch the axis over decades that tell nothing.
        placed(
          Array.from(curve.steps, (step, i): Pair => [step, curve.values[i]]).filter(
            ([step]) => step >= instance.steps / 25,
          ),
        ),
        colours.bound,
        1.5,
      );
      series.push({
        ...bound,
        yAxisIndex: 1,
        lineStyle: { color: colours.bound, width: 1.5, type: 'dashed' },
      });
    }
    return frameOption(horizontal, colours, axes, series);
  },
  describe(frame) {
    const { instance, trace } = frame;
    const curve = boundOf(instance);
    const theory = curve
      ? `The convex bound of this curve ends at ${shortNumber(curve.optimalBound)}.`
      : 'The curve is zero throughout, so there is no bound.';
    const step = currentStep(trace);
    if (!trace || step === null) return `No run yet. ${theory}${expectationOf(instance)}`;
    const last = trace.length - 1;
    return `At step ${step} of ${instance.steps}: training loss ${shortNumber(
      lastFinite(trace, COLUMN.train, last),
    )}, validation loss ${shortNumber(
      lastFinite(trace, COLUMN.validation, last),
    )}. ${theory}${expectationOf(instance)}`;
  },
};

/** Only noisy quadratics have an exact expectation to show. */
export const lossModeOf = (task: Task): ChartMode<Instance, Solution> =>
  task.kind === 'quadratic'
    ? lossMode
    : { ...lossMode, toggles: lossMode.toggles?.filter(({ id }) => id !== 'expected') };

export const rateMode: ChartMode<Instance, Solution> = {
  kind: 'chart',
  id: 'rate',
  name: 'Rate & norms',
  help: 'The learning rate as it was used, and the lengths of gradient, step and parameters.',
  toggles: [
    { id: 'log', name: 'Log', help: 'Logarithmic learning rate.', default: false },
    ...HORIZONTAL_TOGGLES,
  ],
  axis: lossMode.axis,
  option(frame, colours) {
    const { instance, toggles, trace } = frame;
    const log = toggles.log === true;
    const horizontal = horizontalOf(frame);
    const rates = ratesOf(instance);
    const planned = thin(rates, 2000)
      .map((t): Pair => [horizontal.place(t), rates[t]])
      .filter(([x, y]) => Number.isFinite(x) && (!horizontal.log || x > 0) && (!log || y > 0));
    const plan = line('Learning rate, planned', planned, colours.ink3, 1);
    const norms = (
      [
        ['gradient', 'Gradient norm', 1],
        ['gradientHigh', 'Gradient norm, highest between', 1],
        ['update', 'Update norm', 2],
        ['weights', 'Weight norm', 3],
      ] as const
    ).flatMap(([id, name, index]) => {
      const data = pairsOf(measured(trace, id, horizontal, true));
      const isRange = id === 'gradientHigh';
      return data.length === 0
        ? []
        : [
            {
              ...line(
                name,
                data,
                colours.series(index),
                isRange ? 0.75 : 1.25,
                isRange ? 0.35 : 0.9,
              ),
              yAxisIndex: 1,
            },
          ];
    });
    return frameOption(
      horizontal,
      colours,
      [
        axis('Learning rate', log, colours.accent, colours),
        axis('Norms', true, colours.series(1), colours, true),
      ],
      [
        { ...plan, lineStyle: { color: colours.ink3, width: 1, type: 'dotted' } },
        ...norms,
        line('Learning rate', pairsOf(measured(trace, 'rate', horizontal, log)), colours.accent, 2),
      ],
    );
  },
  describe({ instance, trace }) {
    const step = currentStep(trace);
    const rates = ratesOf(instance);
    if (!trace || step === null)
      return `No run yet. The learning rate goes from ${shortNumber(rates[0])} to ${shortNumber(
        rates[instance.steps],
      )}.`;
    const last = (column: number) => shortNumber(lastFinite(trace, column, trace.length - 1));
    return `At step ${step}: learning rate ${shortNumber(rates[step])}, norm of the gradient ${last(
      COLUMN.gradient,
    )}, of the step ${last(COLUMN.update)}, of the parameters ${last(COLUMN.weights)}.`;
  },
};
