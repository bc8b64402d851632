/** Bars and heat maps in the look of all studies. */
import type {
  BarSeriesOption,
  EChartsOption,
  HeatmapSeriesOption,
  ScatterSeriesOption,
  XAXisComponentOption,
} from 'echarts';
import type { ChartColours } from '../../views.ts';
import { box, format, hovered, legendOf, plain, shown, xAxis, type Axis } from './axes.ts';

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
