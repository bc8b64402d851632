/** Loss and gradient charts of a run. */
import { formatNumber } from '../../../core/format.ts';
import type { EChartsOption, LineSeriesOption, YAXisComponentOption } from 'echarts';
import type { ChartColours, ChartMode } from '../../views.ts';
import { expectedCurve } from '../expected.ts';
import type { Instance, Solution } from '../instance.ts';
import { memo } from '../memo.ts';
import { betaOf, smooth } from '../smoothing.ts';
import { isFunction } from '../tasks.ts';
import {
  COLUMN,
  boundOf,
  currentStep,
  lastFinite,
  ratesOf,
  shortNumber,
  thin,
  type LrFrame,
} from './common.ts';

type Pair = [number, number];

/** Finite (and on a logarithmic axis positive) pairs of step and a trace column. */
function column({ trace }: LrFrame, index: number, log: boolean): Pair[] {
  const pairs: Pair[] = [];
  if (!trace) return pairs;
  const steps = trace.values[COLUMN.step];
  const values = trace.values[index];
  for (let row = 0; row < trace.length; row++) {
    const value = values[row];
    if (Number.isFinite(value) && (!log || value > 0)) pairs.push([steps[row], value]);
  }
  return pairs;
}

function axis(
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

function line(
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

/** Most points of a line on screen. */
const POINTS = 1_600;
/** Smoothing has a half-life of this fraction of the steps. */
const HALF_LIFE = 0.01;

/** Where a step lies on the horizontal axis. */
interface Horizontal {
  name: string;
  end: number;
  place(step: number): number;
}

const overSteps = ({ steps }: Instance): Horizontal => ({
  name: 'Step',
  end: steps,
  place: (step) => step,
});

/** S(t) = η(0) + … + η(t − 1), how far the planned rates could have led. */
const sumsOf = memo((instance: Instance): Float64Array => {
  const rates = ratesOf(instance);
  const sums = new Float64Array(rates.length);
  for (let t = 1; t < sums.length; t++) sums[t] = sums[t - 1] + rates[t - 1];
  return sums;
});

/** Over Σ η, unless every rate is 0. */
function overSums(instance: Instance): Horizontal {
  const sums = sumsOf(instance);
  const end = sums[instance.steps];
  return end > 0 ? { name: 'Σ η', end, place: (step) => sums[step] } : overSteps(instance);
}

function frameOption(
  horizontal: Horizontal,
  colours: ChartColours,
  axes: YAXisComponentOption[],
  series: LineSeriesOption[],
): EChartsOption {
  return {
    animation: false,
    grid: { left: 56, right: axes.length > 1 ? 56 : 20, top: 56, bottom: 40 },
    legend: { top: 4, textStyle: { color: colours.ink2 }, itemWidth: 18, itemHeight: 8 },
    tooltip: {
      trigger: 'axis',
      backgroundColor: colours.panel,
      borderColor: colours.line,
      textStyle: { color: colours.ink },
      valueFormatter: (value) => (typeof value === 'number' ? shortNumber(value) : '–'),
    },
    xAxis: {
      type: 'value',
      name: horizontal.name,
      nameLocation: 'middle',
      nameGap: 24,
      nameTextStyle: { color: colours.ink3 },
      min: 0,
      max: horizontal.end,
      axisLabel: {
        color: colours.ink3,
        hideOverlap: true,
        formatter: (value: number) =>
          Number.isInteger(value) ? formatNumber(value) : shortNumber(value),
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
    {
      id: 'sum',
      name: 'Over Σ η',
      help: 'The sum of the learning rates so far in place of the step.',
      default: false,
    },
  ],
  option(frame, colours) {
    const { instance, toggles } = frame;
    const log = toggles.log !== false;
    const horizontal = toggles.sum === true ? overSums(instance) : overSteps(instance);
    const placed = (pairs: readonly Pair[]) =>
      pairs.map(([step, y]): Pair => [horizontal.place(step), y]);
    const curve = toggles.bound === false ? null : boundOf(instance);
    const functions = isFunction(instance.task);
    const axes = [axis(functions ? 'Function value' : 'Loss', log, colours.ink3, colours)];
    const train = column(frame, COLUMN.train, log);
    const name = functions ? 'Function value' : 'Training loss';
    const colour = functions ? colours.accent : colours.series(1);
    const series =
      toggles.smooth === true
        ? [
            // Smoothed before it is thinned, so that the average does not depend on the screen.
            line(name, placed(train), colour, 1, 0.25),
            line(
              `${name}, smoothed`,
              placed(smooth(train, betaOf(Math.max(1, HALF_LIFE * instance.steps)))),
              colour,
              2,
            ),
          ]
        : [line(name, placed(train), colour, functions ? 1.75 : 1, functions ? 1 : 0.5)];
    if (!functions)
      series.push(
        line('Validation loss', placed(column(frame, COLUMN.validation, log)), colours.accent, 2),
      );
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

export const rateMode: ChartMode<Instance, Solution> = {
  kind: 'chart',
  id: 'rate',
  name: 'Rate & gradient',
  help: 'The learning rate as it was used, and the norm of the gradient.',
  toggles: [
    { id: 'log', name: 'Log', help: 'Logarithmic rate and gradient norm.', default: false },
  ],
  option(frame, colours) {
    const { instance, toggles } = frame;
    const log = toggles.log === true;
    const rates = ratesOf(instance);
    const planned = thin(rates, 2000)
      .map((t): Pair => [t, rates[t]])
      .filter((pair) => !log || pair[1] > 0);
    const plan = line('Learning rate, planned', planned, colours.ink3, 1);
    const gradient = line(
      'Gradient norm',
      column(frame, COLUMN.gradient, log),
      colours.series(1),
      1,
    );
    return frameOption(
      overSteps(frame.instance),
      colours,
      [
        axis('Learning rate', log, colours.accent, colours),
        axis('Gradient norm', log, colours.series(1), colours, true),
      ],
      [
        { ...plan, lineStyle: { color: colours.ink3, width: 1, type: 'dotted' } },
        { ...gradient, yAxisIndex: 1 },
        line('Learning rate', column(frame, COLUMN.rate, log), colours.accent, 2),
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
    return `At step ${step}: learning rate ${shortNumber(rates[step])}, gradient norm ${shortNumber(
      lastFinite(trace, COLUMN.gradient, trace.length - 1),
    )}.`;
  },
};
