/** The convergence chart: objectives and the proven bound over time or steps. */
import type { CustomSeriesOption, EChartsOption, LineSeriesOption } from 'echarts';
import { formatNumber, formatSeconds, formatShort } from '../core/format.ts';
import type { Sense } from '../problems/family.ts';
import type { ChartColours } from '../problems/views.ts';
import { nameSeries, type LineName } from './line-names.ts';
import { between, thinSteps, valueAt, type StepPoint } from './steps.ts';

export interface ConvergenceSeries {
  name: string;
  colour: string;
  /** Rising x (seconds or steps), objective from there on. */
  points: readonly StepPoint[];
  /** Where the run ended or stands now, x. */
  end: number;
}

export interface ConvergenceSpec {
  sense: Sense;
  /** "Makespan". */
  objective: string;
  /** Digits after the decimal point of objectives. */
  digits: number;
  axis: 'seconds' | 'steps';
  /** "moves". */
  stepUnit: string;
  logX: boolean;
  logY: boolean;
  live: { points: readonly StepPoint[]; bounds: readonly StepPoint[]; end: number };
  /** Runs to compare with. */
  others: readonly ConvergenceSeries[];
  bestKnown: number | null;
  /** x of the incumbent the replay shows. */
  replayAt: number | null;
  colours: ChartColours;
}

const pointLimit = 1500;

export function convergenceOption(spec: ConvergenceSpec): EChartsOption {
  const { colours, live, objective } = spec;
  const x = xScale(spec);
  const onY = (points: readonly StepPoint[]) =>
    points.filter(([, y]) => Number.isFinite(y) && (!spec.logY || y > 0));
  const line = (points: readonly StepPoint[], end: number): [number, number][] => {
    const known = thinSteps(onY(points), pointLimit, x.place);
    if (known.length === 0) return [];
    const data = known.map(([at, y]): [number, number] => [x.clamp(at), y]);
    const last = data[data.length - 1];
    if (x.clamp(end) > last[0]) data.push([x.clamp(end), last[1]]);
    return data;
  };
  const end = Math.max(live.end, live.points.at(-1)?.[0] ?? 0, live.bounds.at(-1)?.[0] ?? 0);
  const incumbents = line(live.points, end);
  const bounds = line(live.bounds, end);
  const step: Partial<LineSeriesOption> = {
    type: 'line',
    step: 'end',
    showSymbol: false,
    triggerLineEvent: false,
    emphasis: { disabled: true },
  };
  const series: (LineSeriesOption | CustomSeriesOption)[] = [
    gapSeries(between(incumbents, bounds, x.clamp(end)), colours.accent),
    ...spec.others.map((run, index): LineSeriesOption => ({
      ...step,
      id: `run${index}`,
      name: run.name,
      data: line(run.points, run.end),
      lineStyle: { color: run.colour, width: 1.5 },
      itemStyle: { color: run.colour },
    })),
    {
      ...step,
      id: 'bound',
      name: 'proven bound',
      data: bounds,
      lineStyle: { color: colours.bound, width: 1.8, type: [5, 4] },
      itemStyle: { color: colours.bound },
    },
    {
      ...step,
      id: 'live',
      name: objective.toLowerCase(),
      data: incumbents,
      z: 4,
      lineStyle: { color: colours.accent, width: 2 },
      itemStyle: { color: colours.accent },
      markLine: markLine(spec, x, end),
    },
    nameSeries(colours.panel, [
      { at: incumbents[0], text: objective.toLowerCase(), colour: colours.accent },
      { at: bounds[0], text: 'proven bound', colour: colours.bound },
      ...bestKnownName(spec, x),
    ]),
    cursorSeries(spec, x),
  ];
  const isNarrow = needsAllDigits([...incumbents, ...bounds].map(([, y]) => y));
  return {
    animation: false,
    grid: { left: isNarrow ? 88 : 64, right: 22, top: 22, bottom: 26 },
    tooltip: {
      trigger: 'axis',
      formatter: (params) => tooltip(spec, params, x),
    },
    xAxis: {
      show: !x.isEmpty,
      type: spec.logX ? 'log' : 'value',
      min: x.min,
      max: x.max,
      splitLine: { show: false },
      axisLine: { show: true },
      axisLabel: {
        hideOverlap: true,
        formatter: (value: number) =>
          spec.axis === 'seconds' ? tickSeconds(value) : formatShort(value),
      },
    },
    yAxis: {
      type: spec.logY ? 'log' : 'value',
      scale: true,
      splitNumber: 4,
      minInterval: spec.logY ? undefined : 10 ** -spec.digits,
      axisLabel: {
        hideOverlap: true,
        formatter: (value: number) => (isNarrow ? formatNumber(value) : axisNumber(value)),
      },
    },
    dataZoom: [{ type: 'inside', zoomOnMouseWheel: 'ctrl', moveOnMouseWheel: false }],
    series,
  };
}

/** Millions that differ by less than three digits show: "37.3 M" would stand at every tick. */
function needsAllDigits(values: readonly number[]): boolean {
  let min = Infinity;
  let max = -Infinity;
  for (const value of values) {
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  return max >= 1e6 && max - min < 0.03 * max;
}

interface XScale {
  /** Nothing is drawn yet, and no range means anything. */
  isEmpty: boolean;
  min: number;
  max: number;
  /** Into the axis' range: a logarithm has no zero. */
  clamp(x: number): number;
  /** Proportional to the place on screen. */
  place(x: number): number;
  /** The value that is placed there. */
  unplace(place: number): number;
}

function xScale(spec: ConvergenceSpec): XScale {
  let first = Infinity;
  let last = 0;
  const runs = [spec.live.points, spec.live.bounds, ...spec.others.map((run) => run.points)];
  for (const points of runs) {
    if (points.length === 0) continue;
    first = Math.min(first, points[0][0]);
    last = Math.max(last, points[points.length - 1][0]);
  }
  last = Math.max(last, spec.live.end, ...spec.others.map((run) => run.end));
  const least = spec.axis === 'seconds' ? 1e-3 : 1;
  const min = spec.logX ? Math.max(least, Number.isFinite(first) ? first : least) : 0;
  const max = Math.max(last, spec.logX ? min * 2 : least);
  return {
    isEmpty: !Number.isFinite(first),
    min,
    max,
    clamp: (x) => Math.min(max, Math.max(min, x)),
    unplace: spec.logX ? Math.exp : (place) => place,
    place: spec.logX ? (x) => Math.log(Math.max(min, x)) : (x) => x,
  };
}

/** The area between incumbent and bound: what is not yet known. */
function gapSeries(outline: readonly StepPoint[], colour: string): CustomSeriesOption {
  return {
    type: 'custom',
    id: 'gap',
    silent: true,
    tooltip: { show: false },
    z: 1,
    data: outline.length === 0 ? [] : [[...outline[0]]],
    renderItem: (_, api) => ({
      type: 'polygon',
      shape: { points: outline.map((point) => api.coord([...point])) },
      style: { fill: colour, opacity: 0.09 },
    }),
    clip: true,
  };
}

/** A ring on the incumbent the replay shows. */
function cursorSeries(spec: ConvergenceSpec, x: XScale): LineSeriesOption {
  const { replayAt, live, colours } = spec;
  const value = replayAt === null ? null : valueAt(live.points, replayAt);
  return {
    type: 'line',
    id: 'cursor',
    silent: true,
    tooltip: { show: false },
    z: 6,
    symbol: 'circle',
    symbolSize: 9,
    itemStyle: { color: colours.panel, borderColor: colours.accent, borderWidth: 2 },
    data: value === null ? [] : [[x.clamp(replayAt!), value]],
  };
}

function bestKnownName({ bestKnown, colours, digits }: ConvergenceSpec, x: XScale): LineName[] {
  if (bestKnown === null || x.isEmpty) return [];
  const middle = x.unplace((x.place(x.min) + x.place(x.max)) / 2);
  return [
    {
      at: [x.min, bestKnown],
      text: `best known ${formatNumber(bestKnown, digits)}`,
      colour: colours.good,
      further: [middle, bestKnown],
    },
  ];
}

function markLine(spec: ConvergenceSpec, x: XScale, end: number): LineSeriesOption['markLine'] {
  const { bestKnown, replayAt, colours } = spec;
  const lines: NonNullable<LineSeriesOption['markLine']>['data'] = [];
  if (bestKnown !== null)
    lines.push({
      name: 'best known',
      yAxis: bestKnown,
      lineStyle: { color: colours.good, width: 1, type: 'dotted' },
      label: { show: false },
    });
  if (replayAt !== null && replayAt < end)
    lines.push({
      xAxis: x.clamp(replayAt),
      lineStyle: { color: colours.ink3, width: 1, type: 'solid' },
      label: { show: false },
    });
  return { silent: true, symbol: 'none', animation: false, data: lines };
}

/** What every line is worth at the pointer. */
function tooltip(spec: ConvergenceSpec, params: unknown, x: XScale): string {
  const near = (Array.isArray(params) ? params : [params]) as {
    axisValue?: number | string;
    seriesId?: string;
    marker?: string;
  }[];
  const at = Number(near[0]?.axisValue);
  if (!Number.isFinite(at)) return '';
  const lines = [
    { id: 'live', name: spec.objective.toLowerCase(), points: spec.live.points },
    { id: 'bound', name: 'proven bound', points: spec.live.bounds },
    ...spec.others.map((run, index) => ({ ...run, id: `run${index}` })),
  ];
  const rows = lines.flatMap(({ id, name, points }) => {
    // Points before a logarithmic axis begins are drawn at its beginning.
    const value = valueAt(points, at <= x.min ? x.min : at * (1 + 1e-9));
    if (value === null) return [];
    const marker = near.find(({ seriesId }) => seriesId === id)?.marker ?? '';
    return `${marker}${plain(name)}  ${formatNumber(value, spec.digits)}`;
  });
  return [xText(spec, at), ...rows].join('\n');
}

/** Braces would be read as style marks. */
const plain = (text: string) => text.replace(/[{}|]/g, ' ');

function xText(spec: ConvergenceSpec, value: number): string {
  return spec.axis === 'seconds' ? formatSeconds(value) : `${formatShort(value)} ${spec.stepUnit}`;
}

/** Round moments without the decimals a measured one has: "100 ms", "1 s", "2.5 s", "2 min". */
export function tickSeconds(value: number): string {
  const [size, unit] =
    value < 1 - 1e-9 ? [value * 1e3, 'ms'] : value < 120 ? [value, 's'] : [value / 60, 'min'];
  if (value === 0) return '0';
  return `${Number(size.toPrecision(2))}\u2009${unit}`;
}

/** A value on an axis: at most four significant digits, none of them idle zeros. */
export function axisNumber(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e6) return formatShort(value);
  if (size >= 1000 || Number.isInteger(value)) return formatNumber(value);
  if (size < 1e-4) return value.toExponential(1).replace('.0', '').replaceAll('-', '−');
  const digits = String(Number(value.toPrecision(4))).split('.')[1]?.length ?? 0;
  return formatNumber(value, digits);
}
