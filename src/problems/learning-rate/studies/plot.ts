/** Charts of one look for all studies: lines with bands, points with names, bars and heat maps. */
import type {
  BarSeriesOption,
  CustomSeriesOption,
  EChartsOption,
  HeatmapSeriesOption,
  LineSeriesOption,
  ScatterSeriesOption,
  XAXisComponentOption,
  YAXisComponentOption,
} from 'echarts';
import { axisNumber } from '../../../charts/convergence.ts';
import type { ChartColours } from '../../views.ts';
import { shortNumber, thin } from '../views/common.ts';
import type { Pair } from './lab.ts';

export interface Axis {
  name: string;
  log?: boolean;
  min?: number;
  max?: number;
  format?: (value: number) => string;
}

export interface Line {
  name: string;
  data: readonly Pair[];
  colour: string;
  width?: number;
  /** "dashed" for theory, "dotted" for a reference. */
  dash?: 'dashed' | 'dotted';
  opacity?: number;
  /** A dot at each point; for sweeps of few points. */
  dots?: boolean;
  /** Lowest and highest over seeds at each x. */
  band?: readonly (readonly [x: number, low: number, high: number])[];
  /** On the second axis, to the right. */
  right?: boolean;
  /** Gaps where y is not finite, no thinning: for outlines. */
  broken?: boolean;
  /** The area under it is filled and lines are stacked on each other. */
  stacked?: boolean;
}

/** A vertical or horizontal line with a text. */
export interface Mark {
  x?: number;
  y?: number;
  text: string;
  colour: string;
}

export interface LinePlot {
  colours: ChartColours;
  x: Axis;
  y: Axis;
  right?: Axis;
  lines: readonly Line[];
  marks?: readonly Mark[];
}

/** Most points of a line on screen. */
const POINTS = 800;

const format = (axis: Axis) => axis.format ?? shortNumber;

/** Braces would be read as style marks. */
const plain = (text: string) => text.replace(/[{}|]/g, ' ');

/** Of a line with too many points the least and the greatest of each part: no spike is lost. */
export const thinLine = (pairs: readonly Pair[], limit = POINTS): Pair[] =>
  thin(
    pairs.map(([, y]) => y),
    limit,
  ).map((i) => pairs[i]);

/** What an axis can show: finite, and positive on a logarithmic one. */
const shown = (value: number, axis: Axis) =>
  Number.isFinite(value) &&
  (!axis.log || value > 0) &&
  value >= (axis.min ?? -Infinity) &&
  value <= (axis.max ?? Infinity);

/** 1, 2 and 5 times powers of ten within a range; powers of ten alone over three decades or more. */
export function logTicks(low: number, high: number): number[] {
  const first = Math.floor(Math.log10(low));
  const last = Math.ceil(Math.log10(high));
  const steps = last - first > 4 ? [1] : [1, 2, 5];
  const ticks: number[] = [];
  for (let power = first; power <= last; power++)
    for (const step of steps) {
      const tick = Number((step * 10 ** power).toPrecision(1));
      if (tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9)) ticks.push(tick);
    }
  return ticks;
}

/** A logarithmic axis that ends where its values do, with ticks also between the powers of ten. */
function fitted(axis: Axis, values: readonly number[], margin: number): Axis {
  if (!axis.log) return axis;
  const seen = values.filter((value) => shown(value, axis));
  if (seen.length === 0) return axis;
  let low = Infinity;
  let high = 0;
  for (const value of seen) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  // Within a factor of three a plain axis reads better and has more ticks.
  if (axis.min === undefined && high < 3 * low) return { ...axis, log: false };
  return {
    ...axis,
    min: axis.min ?? low / margin,
    max: axis.max === undefined || axis.max > high * margin ? high * margin : axis.max,
  };
}

/** Labels and grid lines at the ticks of a fitted logarithmic axis. */
const logLabels = ({ log, min, max }: Axis) =>
  log && min !== undefined && max !== undefined ? { customValues: logTicks(min, max) } : {};

function xAxis(axis: Axis, colours: ChartColours): XAXisComponentOption {
  return {
    type: axis.log ? 'log' : 'value',
    name: axis.name,
    nameLocation: 'middle',
    nameGap: 24,
    min: axis.min ?? 'dataMin',
    max: axis.max ?? 'dataMax',
    splitLine: { show: false },
    axisLine: { show: true, lineStyle: { color: colours.line } },
    axisTick: logLabels(axis),
    axisLabel: {
      ...logLabels(axis),
      hideOverlap: true,
      formatter: (value: number) => (axis.format ?? axisNumber)(value),
    },
  };
}

function yAxis(axis: Axis, colours: ChartColours, right = false): YAXisComponentOption {
  return {
    type: axis.log ? 'log' : 'value',
    name: axis.name,
    nameTextStyle: { align: right ? 'right' : 'left', color: colours.ink3 },
    nameGap: 10,
    position: right ? 'right' : 'left',
    scale: true,
    min: axis.min,
    max: axis.max,
    splitNumber: 4,
    splitLine: { show: !right, lineStyle: { color: colours.line } },
    axisTick: logLabels(axis),
    axisLabel: {
      ...logLabels(axis),
      hideOverlap: true,
      formatter: (value: number) => (axis.format ?? axisNumber)(value),
    },
  };
}

const box = (top: number) => ({
  left: 14,
  right: 18,
  top,
  bottom: 12,
  outerBoundsMode: 'same' as const,
});

const legendOf = (names: readonly string[]) => ({
  type: 'scroll' as const,
  top: 0,
  left: 0,
  right: 8,
  data: [...new Set(names)],
});

/** The area between the lowest and the highest value. */
function bandSeries(line: Line, index: number, y: Axis): CustomSeriesOption {
  const band = (line.band ?? []).filter(([, low, high]) => shown(low, y) && shown(high, y));
  const outline = [
    ...band.map(([x, low]) => [x, low]),
    ...band.map(([x, , high]) => [x, high]).reverse(),
  ];
  return {
    type: 'custom',
    id: `band${index}`,
    silent: true,
    tooltip: { show: false },
    z: 1,
    yAxisIndex: line.right ? 1 : 0,
    data: outline.length === 0 ? [] : [outline[0]],
    clip: true,
    renderItem: (_, api) => ({
      type: 'polygon',
      shape: { points: outline.map((point) => api.coord(point)) },
      style: { fill: line.colour, opacity: 0.13 },
    }),
  };
}

function lineSeries(line: Line, index: number, spec: LinePlot): LineSeriesOption {
  const y = line.right ? (spec.right ?? spec.y) : spec.y;
  const data = line.broken
    ? line.data.map(([at, value]): [number, number | string] => [at, shown(value, y) ? value : '-'])
    : line.data.filter(([at, value]) => shown(at, spec.x) && shown(value, y));
  return {
    type: 'line',
    id: `line${index}`,
    name: line.name,
    data: line.stacked || line.broken ? data : thinLine(data as Pair[]),
    yAxisIndex: line.right ? 1 : 0,
    stack: line.stacked ? 'all' : undefined,
    areaStyle: line.stacked ? { color: line.colour, opacity: 0.28 } : undefined,
    showSymbol: line.dots === true || data.length === 1,
    symbolSize: 6,
    emphasis: { disabled: true },
    z: line.dash ? 3 : 2,
    lineStyle: {
      color: line.colour,
      width: line.width ?? 1.8,
      type: line.dash ?? 'solid',
      opacity: line.opacity ?? 1,
    },
    itemStyle: { color: line.colour, opacity: line.opacity ?? 1 },
  };
}

function markSeries(marks: readonly Mark[], colours: ChartColours): LineSeriesOption {
  return {
    type: 'line',
    id: 'marks',
    silent: true,
    tooltip: { show: false },
    data: [],
    markLine: {
      silent: true,
      symbol: 'none',
      animation: false,
      data: marks.map(({ x, y, text, colour }) => ({
        ...(x === undefined ? { yAxis: y } : { xAxis: x }),
        lineStyle: { color: colour, width: 1, type: 'dotted' as const },
        label: {
          formatter: plain(text),
          position: x === undefined ? ('insideStartTop' as const) : ('end' as const),
          color: colour,
          textBorderColor: colours.panel,
          textBorderWidth: 3,
        },
      })),
    },
  };
}

interface Hovered {
  axisValue?: number | string;
  seriesName?: string;
  seriesId?: string;
  seriesIndex?: number;
  marker?: unknown;
  name?: string;
  data?: unknown;
  value?: unknown;
}

const hovered = (params: unknown): Hovered[] =>
  (Array.isArray(params) ? params : [params]) as Hovered[];

/** Lines over one x axis. */
export function linePlot(spec: LinePlot): EChartsOption {
  const { colours, x, right, lines, marks = [] } = spec;
  const left = lines.filter((line) => !(line.right && right));
  const y = fitted(
    spec.y,
    left.flatMap((line) => line.data.flatMap(([at, value]) => (shown(at, x) ? [value] : []))),
    1.15,
  );
  const textOf = (id: string, value: number) => {
    const line = lines[Number(id.slice(4))];
    return format(line?.right && right ? right : y)(value);
  };
  return {
    animation: false,
    grid: box(lines.length > 1 ? 28 : 8),
    legend: lines.length > 1 ? legendOf(lines.map((line) => line.name)) : undefined,
    tooltip: {
      trigger: 'axis',
      formatter: (params) => {
        const near = hovered(params).filter(({ seriesId }) => seriesId?.startsWith('line'));
        if (near.length === 0) return '';
        const rows = near.map(({ marker, seriesName, seriesId, value }) => {
          const at = (value as Pair)[1];
          return `${String(marker)}${plain(seriesName ?? '')}  ${textOf(seriesId ?? '', at)}`;
        });
        return [`${plain(x.name)} ${format(x)(Number(near[0].axisValue))}`, ...rows].join('\n');
      },
    },
    xAxis: xAxis(x, colours),
    yAxis: right ? [yAxis(y, colours), yAxis(right, colours, true)] : yAxis(y, colours),
    series: [
      ...lines.flatMap((line, index) =>
        line.band && line.band.length > 1
          ? [bandSeries(line, index, line.right && right ? right : y)]
          : [],
      ),
      ...lines.map((line, index) => lineSeries(line, index, { ...spec, y })),
      ...(marks.length > 0 ? [markSeries(marks, colours)] : []),
    ],
  };
}

export interface Dot {
  name: string;
  x: number;
  y: number;
  /** Written beside it; the name is in the tooltip in any case. */
  label?: boolean;
}

export interface ScatterPlot {
  colours: ChartColours;
  x: Axis;
  y: Axis;
  groups: readonly { name: string; colour: string; dots: readonly Dot[]; symbol?: string }[];
  /** Drawn below the dots, a fitted line for example. */
  lines?: readonly Line[];
  legend?: boolean;
}

/** Named points. */
export function scatterPlot(spec: ScatterPlot): EChartsOption {
  const { colours, groups, lines = [] } = spec;
  const dots = groups.flatMap((group) => group.dots);
  const x = fitted(
    spec.x,
    dots.map((dot) => dot.x),
    1.4,
  );
  const y = fitted(
    spec.y,
    dots.map((dot) => dot.y),
    1.4,
  );
  const series: ScatterSeriesOption[] = groups.map((group, index) => ({
    type: 'scatter',
    id: `dots${index}`,
    name: group.name,
    symbol: group.symbol ?? 'circle',
    symbolSize: 10,
    z: 4,
    itemStyle: { color: group.colour, borderColor: colours.panel, borderWidth: 1 },
    label: {
      show: true,
      position: 'right',
      distance: 6,
      color: colours.ink2,
      fontSize: 11,
      textBorderColor: colours.panel,
      textBorderWidth: 3,
      formatter: ({ data }) => {
        const [, , name, label] = data as [number, number, string, number];
        return label === 1 ? plain(name) : '';
      },
    },
    labelLayout: { hideOverlap: true },
    data: group.dots
      .filter((dot) => shown(dot.x, x) && shown(dot.y, y))
      .map((dot) => [dot.x, dot.y, dot.name, dot.label === true ? 1 : 0]),
  }));
  return {
    animation: false,
    grid: { ...box(spec.legend ? 28 : 8), right: 60 },
    legend: spec.legend ? legendOf(groups.map((group) => group.name)) : undefined,
    tooltip: {
      trigger: 'item',
      formatter: (params) => {
        const [{ marker, data, seriesId }] = hovered(params);
        if (!seriesId?.startsWith('dots')) return '';
        const [atX, atY, name] = data as [number, number, string];
        return [
          `${String(marker)}${plain(name)}`,
          `${plain(x.name)} ${format(x)(atX)}`,
          `${plain(y.name)} ${format(y)(atY)}`,
        ].join('\n');
      },
    },
    xAxis: { ...xAxis(x, colours), min: x.min, max: x.max, scale: true } as XAXisComponentOption,
    yAxis: yAxis(y, colours),
    series: [
      ...lines.map((line, index) => ({
        ...lineSeries(line, index, { colours, x, y, lines }),
        silent: true,
        tooltip: { show: false },
      })),
      ...series,
    ],
  };
}

export interface Bar {
  name: string;
  value: number;
  colour: string;
  /** Written behind it; the value when absent. */
  text?: string;
}

/** Horizontal bars, the first on top. Values start at `from`. */
export function barPlot(spec: {
  colours: ChartColours;
  value: Axis;
  bars: readonly Bar[];
}): EChartsOption {
  const { colours, value } = spec;
  const bars = spec.bars.filter((bar) => shown(bar.value, value));
  const series: BarSeriesOption = {
    type: 'bar',
    id: 'bars',
    barMaxWidth: 16,
    barCategoryGap: '32%',
    data: bars.map((bar) => ({
      value: bar.value,
      name: bar.name,
      itemStyle: { color: bar.colour, borderRadius: [0, 2, 2, 0] },
      label: { formatter: plain(bar.text ?? format(value)(bar.value)) },
    })),
    label: { show: true, position: 'right', color: colours.ink2, fontSize: 11 },
  };
  return {
    animation: false,
    grid: { ...box(8), right: 64 },
    tooltip: {
      trigger: 'item',
      formatter: (params) => {
        const [{ marker, name, value: at }] = hovered(params);
        return `${String(marker)}${plain(name ?? '')}  ${format(value)(Number(at))}`;
      },
    },
    xAxis: {
      ...xAxis(value, colours),
      min: value.min ?? 0,
      max: value.max,
      splitLine: { show: true, lineStyle: { color: colours.line } },
    } as XAXisComponentOption,
    yAxis: {
      type: 'category',
      inverse: true,
      data: bars.map((bar) => plain(bar.name)),
      axisLabel: { color: colours.ink2, interval: 0, fontSize: 11 },
      axisTick: { show: false },
    },
    series,
  };
}

/** A colour between two of `#rrggbb`, `part` of the way. */
function between(from: string, to: string, part: number): string {
  const channel = (colour: string, at: number) => parseInt(colour.slice(at, at + 2), 16);
  const mixed = [1, 3, 5].map((at) =>
    Math.round(channel(from, at) + (channel(to, at) - channel(from, at)) * part)
      .toString(16)
      .padStart(2, '0'),
  );
  return `#${mixed.join('')}`;
}

export interface HeatPlot {
  colours: ChartColours;
  x: { name: string; values: readonly string[] };
  /** From below; `down` puts the first on top. */
  y: { name: string; values: readonly string[]; down?: boolean };
  value: Axis;
  /** Column, row, value; missing cells stay empty. */
  cells: readonly (readonly [column: number, row: number, value: number])[];
  /** Marked with a ring: the best cell, a prediction. */
  rings?: readonly { column: number; row: number; colour: string; name: string }[];
}

/** A heat map, strongest where the value is lowest. Colours follow ranks: one outlier hides nothing. */
export function heatPlot(spec: HeatPlot): EChartsOption {
  const { colours, x, y, value, rings = [] } = spec;
  const cells = spec.cells.filter(([, , z]) => Number.isFinite(z));
  const sorted = cells.map(([, , z]) => z).sort((a, b) => a - b);
  const rankOf = (z: number) => sorted.indexOf(z) / Math.max(1, sorted.length - 1);
  const heat: HeatmapSeriesOption = {
    type: 'heatmap',
    id: 'heat',
    data: cells.map(([column, row, z]) => [column, row, rankOf(z), z]),
    itemStyle: { borderColor: colours.panel, borderWidth: 1 },
    label: {
      show: cells.length <= 80,
      fontSize: 11,
      formatter: ({ data }) => format(value)((data as number[])[3]),
      color: colours.ink,
    },
    emphasis: { disabled: true },
  };
  const ringSeries = rings.map((ring, index): ScatterSeriesOption => ({
    type: 'scatter',
    id: `ring${index}`,
    name: ring.name,
    silent: true,
    symbol: 'circle',
    symbolSize: 34,
    z: 5,
    itemStyle: { color: 'transparent', borderColor: ring.colour, borderWidth: 2 },
    data: [[ring.column, ring.row]],
  }));
  return {
    animation: false,
    grid: box(rings.length > 0 ? 28 : 8),
    legend:
      rings.length > 0
        ? {
            ...legendOf(rings.map((ring) => ring.name)),
            icon: 'circle',
            itemWidth: 10,
            itemHeight: 10,
            data: rings.map((ring) => ({
              name: ring.name,
              itemStyle: { borderColor: ring.colour, borderWidth: 2 },
            })),
          }
        : undefined,
    tooltip: {
      trigger: 'item',
      formatter: (params) => {
        const [{ data, seriesId }] = hovered(params);
        if (seriesId !== 'heat') return '';
        const [column, row, , z] = data as number[];
        return [
          `${plain(x.name)} ${x.values[column]}`,
          `${plain(y.name)} ${y.values[row]}`,
          `${plain(value.name)} ${format(value)(z)}`,
        ].join('\n');
      },
    },
    visualMap: {
      show: false,
      type: 'continuous',
      seriesIndex: 0,
      dimension: 2,
      min: 0,
      max: 1,
      inRange: {
        color: [0.75, 0.45, 0.2, 0.04].map((part) => between(colours.panel, colours.accent, part)),
      },
    },
    xAxis: {
      type: 'category',
      name: x.name,
      nameLocation: 'middle',
      nameGap: 24,
      data: [...x.values],
      axisLabel: { interval: 0, fontSize: 11 },
      axisLine: { show: false },
      axisTick: { show: false },
    },
    yAxis: {
      type: 'category',
      inverse: y.down,
      name: y.name,
      nameLocation: y.down ? 'start' : 'end',
      nameTextStyle: { align: 'left', color: colours.ink3 },
      data: [...y.values],
      axisLine: { show: false },
      axisTick: { show: false },
    },
    series: [heat, ...ringSeries],
  };
}
