/** Lines with bands and marks, and named points, in one look for all studies. */
import type {
  CustomSeriesOption,
  EChartsOption,
  LineSeriesOption,
  ScatterSeriesOption,
  XAXisComponentOption,
} from 'echarts';
import type { ChartColours } from '../../views.ts';
import { thin } from '../views/common.ts';
import {
  box,
  fitted,
  format,
  hovered,
  legendOf,
  plain,
  shown,
  xAxis,
  yAxis,
  type Axis,
} from './axes.ts';
import type { Pair } from './lab.ts';

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

/** Of a line with too many points the least and the greatest of each part: no spike is lost. */
export const thinLine = (pairs: readonly Pair[], limit = POINTS): Pair[] =>
  thin(
    pairs.map(([, y]) => y),
    limit,
  ).map((i) => pairs[i]);

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
