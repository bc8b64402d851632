/** One measured quantity of several runs over each other; runs of several seeds as mean and range. */
import type { CustomSeriesOption, EChartsOption, LineSeriesOption } from 'echarts';
import { formatSeconds } from '../core/format.ts';
import type { TraceColumn } from '../core/solver.ts';
import type { ChartColours, TraceData } from '../problems/views.ts';
import { axisNumber, tickSeconds } from './convergence.ts';
import { betaOf, smooth } from './smoothing.ts';
import { axesOf, isSteady, TIME } from './trace-axes.ts';
import { traceNumber } from './trace.ts';

export interface CurveRun {
  name: string;
  colour: string;
  /** Runs of one group differ by their seed only. */
  group: string;
  trace: TraceData;
}

export interface CurvesSpec {
  runs: readonly CurveRun[];
  /** Ids of the columns; '' for x is each trace's first. */
  x: string;
  y: string;
  logX: boolean;
  logY: boolean;
  /** Half-life of the moving average as a part of each run. */
  smoothing: number;
  /** Groups of several runs as mean and range in place of their lines. */
  grouped: boolean;
  colours: ChartColours;
}

export type CurvePoint = [x: number, y: number];

/** A column of a run over one of its axes, smoothed along the run; empty without the column. O(n). */
export function curveOf(trace: TraceData, x: string, y: string, smoothing: number): CurvePoint[] {
  const column = trace.columns.findIndex(({ id }) => id === y);
  const axes = axesOf(trace);
  const axis = x === '' ? axes[0] : axes.find(({ id }) => id === x);
  if (column < 0 || !axis) return [];
  const along = isSteady(trace) ? trace.values[0] : axes[0].values;
  const rows: { at: number; pair: CurvePoint }[] = [];
  for (let row = 0; row < trace.length; row++) {
    const value = trace.values[column][row];
    if (Number.isFinite(value) && Number.isFinite(axis.values[row]))
      rows.push({ at: axis.values[row], pair: [along[row], value] });
  }
  const span = rows.length > 1 ? rows[rows.length - 1].pair[0] - rows[0].pair[0] : 0;
  if (!(smoothing > 0 && span > 0)) return rows.map(({ at, pair }) => [at, pair[1]]);
  const averaged = smooth(
    rows.map(({ pair }) => pair),
    betaOf(smoothing * span),
  );
  return rows.map(({ at }, row) => [at, averaged[row][1]]);
}

/** y at x between points, linear; NaN outside. O(log n). */
export function interpolate(points: readonly CurvePoint[], x: number): number {
  let low = 0;
  let high = points.length - 1;
  if (high < 0 || x < points[0][0] || x > points[high][0]) return NaN;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (points[middle][0] <= x) low = middle;
    else high = middle;
  }
  const [x0, y0] = points[low];
  const [x1, y1] = points[high];
  return x1 > x0 ? y0 + ((y1 - y0) * (x - x0)) / (x1 - x0) : y1;
}

/** Most places at which a group is averaged. */
const PLACES = 600;

export type MeanPoint = [x: number, mean: number, low: number, high: number];

/** Mean, least and greatest of several lines at common places, where all of them are known. */
export function meanOf(lines: readonly (readonly CurvePoint[])[]): MeanPoint[] {
  const known = lines.filter((line) => line.length > 0);
  if (known.length === 0) return [];
  const start = Math.max(...known.map((line) => line[0][0]));
  const end = Math.min(...known.map((line) => line[line.length - 1][0]));
  const all = [...new Set(known.flatMap((line) => line.map(([x]) => x)))]
    .filter((x) => x >= start && x <= end)
    .sort((a, b) => a - b);
  const every = Math.max(1, Math.ceil(all.length / PLACES));
  return all
    .filter((_, i) => i % every === 0 || i === all.length - 1)
    .map((x): MeanPoint => {
      const values = known.map((line) => interpolate(line, x));
      const mean = values.reduce((a, b) => a + b, 0) / values.length;
      return [x, mean, Math.min(...values), Math.max(...values)];
    });
}

/** Columns that at least one of the traces has values of, those of pictures left out. */
export function sharedColumns(traces: readonly TraceData[]): TraceColumn[] {
  const found = new Map<string, TraceColumn>();
  for (const trace of traces)
    trace.columns.forEach((column, index) => {
      const { id, role } = column;
      if (role || found.has(id) || (index === 0 && isSteady(trace))) return;
      if (curveHasValue(trace, index)) found.set(id, column);
    });
  return [...found.values()];
}

function curveHasValue({ values, length }: TraceData, column: number): boolean {
  for (let row = 0; row < length; row++) if (Number.isFinite(values[column][row])) return true;
  return false;
}

interface Drawn {
  name: string;
  colour: string;
  line: CurvePoint[];
  band: MeanPoint[];
}

export function curvesOption(spec: CurvesSpec): EChartsOption {
  const { runs, colours, logX, logY } = spec;
  const visible = (x: number, y: number) => (!logX || x > 0) && (!logY || y > 0);
  const groups = new Map<string, CurveRun[]>();
  for (const run of runs) {
    const key = spec.grouped ? run.group : `${run.group}/${groups.size}`;
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  const drawn = [...groups.values()].map((members): Drawn => {
    const lines = members.map(({ trace }) => curveOf(trace, spec.x, spec.y, spec.smoothing));
    const [{ name, colour }] = members;
    if (members.length === 1)
      return { name, colour, line: lines[0].filter(([x, y]) => visible(x, y)), band: [] };
    const band = meanOf(lines).filter(([x, , low]) => visible(x, low));
    return {
      name: `${name}, mean of ${members.length}`,
      colour,
      line: band.map(([x, mean]) => [x, mean]),
      band,
    };
  });
  const isTime = spec.x === TIME;
  const label = runs.flatMap(({ trace }) =>
    trace.columns.flatMap(({ id, label: text }) => (id === spec.y ? [text] : [])),
  )[0];
  const axisLabel = isTime
    ? 'Time'
    : (runs.flatMap(({ trace }) =>
        trace.columns.flatMap((column, i) =>
          (spec.x === '' ? i === 0 : column.id === spec.x) ? [column.label] : [],
        ),
      )[0] ?? '');
  return {
    animation: false,
    grid: { left: 16, right: 22, top: 30, bottom: 12, outerBoundsMode: 'same' },
    legend: { type: 'scroll', top: 2, left: 60, right: 12 },
    tooltip: {
      trigger: 'axis',
      formatter: (params) => {
        const near = [params].flat() as {
          axisValue?: number | string;
          seriesId?: string;
          seriesName?: string;
          marker?: unknown;
          value?: unknown;
        }[];
        const at = Number(near[0]?.axisValue);
        const rows = near
          .filter(({ seriesId = '' }) => seriesId.startsWith('curve'))
          .map(({ seriesName = '', marker, value }) => {
            const y = Array.isArray(value) ? Number(value[1]) : NaN;
            return `${String(marker)}${seriesName.replace(/[{}|]/g, ' ')}  ${traceNumber(y)}`;
          });
        return [`${axisLabel} ${isTime ? formatSeconds(at) : traceNumber(at)}`, ...rows].join('\n');
      },
    },
    xAxis: {
      type: logX ? 'log' : 'value',
      min: 'dataMin',
      max: 'dataMax',
      name: axisLabel,
      nameLocation: 'middle',
      nameGap: 22,
      splitLine: { show: false },
      axisLine: { show: true },
      axisLabel: {
        hideOverlap: true,
        formatter: (value: number) => (isTime ? tickSeconds(value) : axisNumber(value)),
      },
    },
    yAxis: {
      type: logY ? 'log' : 'value',
      name: label,
      nameTextStyle: { align: 'left', color: colours.ink3 },
      nameGap: 8,
      scale: true,
      splitNumber: 4,
      axisLabel: { hideOverlap: true, formatter: (value: number) => axisNumber(value) },
    },
    dataZoom: [{ type: 'inside', zoomOnMouseWheel: 'ctrl', moveOnMouseWheel: false }],
    series: drawn.flatMap((curve, index): (LineSeriesOption | CustomSeriesOption)[] => [
      ...(curve.band.length > 1 ? [bandOf(curve, index)] : []),
      {
        type: 'line',
        id: `curve${index}`,
        name: curve.name,
        data: curve.line,
        showSymbol: curve.line.length === 1,
        emphasis: { disabled: true },
        lineStyle: { color: curve.colour, width: 1.6 },
        itemStyle: { color: curve.colour },
      },
    ]),
  };
}

/** The area between the least and the greatest of a group. */
function bandOf({ band, colour }: Drawn, index: number): CustomSeriesOption {
  const outline = [
    ...band.map(([x, , low]) => [x, low]),
    ...band.map(([x, , , high]) => [x, high]).reverse(),
  ];
  return {
    type: 'custom',
    id: `band${index}`,
    silent: true,
    tooltip: { show: false },
    z: 1,
    data: [outline[0]],
    clip: true,
    renderItem: (_, api) => ({
      type: 'polygon',
      shape: { points: outline.map((point) => api.coord(point)) },
      style: { fill: colour, opacity: 0.14 },
    }),
  };
}
