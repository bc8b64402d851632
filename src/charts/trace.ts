/** Charts of a solver's trace columns. */
import type { EChartsOption, GridComponentOption } from 'echarts';
import { formatNumber } from '../core/format.ts';
import type { ChartColours, TraceData } from '../problems/views.ts';
import { axisNumber } from './convergence.ts';
import { thinRows } from './steps.ts';

export interface TraceSpec {
  colours: ChartColours;
  logX: boolean;
}

interface Panel {
  title: string;
  unit?: string;
  log: boolean;
  /** Column indices. */
  columns: number[];
}

const partsPerLine = 700;

/**
 * Small charts side by side, one for each kind of column; all over the first column when that only
 * rises (moves, epochs), over the row number otherwise. One column below another on narrow screens.
 */
export function traceOption(trace: TraceData, spec: TraceSpec): EChartsOption {
  const { colours, logX } = spec;
  const steady = trace.columns.length > 1 && rises(trace.values[0], trace.length);
  const x = steady
    ? trace.values[0]
    : Float64Array.from({ length: trace.length }, (_, row) => row + 1);
  const panels = panelsOf(trace, steady ? 1 : 0);
  const first = trace.length > 0 ? x[0] : 0;
  const option: EChartsOption = {
    animation: false,
    title: panels.map((panel, index) => ({
      text: panel.unit ? `${panel.title} (${panel.unit})` : panel.title,
      top: 4,
      left: `${(100 / panels.length) * index + 1.2}%`,
    })),
    tooltip: {
      trigger: 'axis',
      valueFormatter: (value) => (typeof value === 'number' ? traceNumber(value) : String(value)),
    },
    axisPointer: { link: [{ xAxisIndex: 'all' }] },
    grid: beside(panels.length),
    xAxis: panels.map((_, index) => ({
      gridIndex: index,
      type: logX && first > 0 ? 'log' : 'value',
      min: 'dataMin',
      max: 'dataMax',
      splitLine: { show: false },
      axisLine: { show: true },
      axisLabel: {
        hideOverlap: true,
        showMaxLabel: false,
        formatter: (value: number) => axisNumber(value),
      },
      name: steady ? trace.columns[0].label.toLowerCase() : 'rows',
      nameLocation: 'middle',
      nameGap: 20,
    })),
    yAxis: panels.map((panel, index) => ({
      gridIndex: index,
      type: panel.log ? 'log' : 'value',
      scale: true,
      splitNumber: 4,
      axisLabel: { hideOverlap: true, formatter: (value: number) => axisNumber(value) },
    })),
    series: panels.flatMap((panel, index) =>
      panel.columns.map((column, place) => {
        const data = thinRows(x, trace.values[column], trace.length, partsPerLine);
        const colour = place === 0 ? colours.accent : colours.series(place);
        return {
          type: 'line' as const,
          id: trace.columns[column].id,
          name: trace.columns[column].label,
          xAxisIndex: index,
          yAxisIndex: index,
          data: panel.log ? data.filter(([, y]) => y > 0) : data,
          showSymbol: data.length === 1,
          emphasis: { disabled: true },
          lineStyle: { color: colour, width: 1.4 },
          itemStyle: { color: colour },
        };
      }),
    ),
  };
  if (panels.some((panel) => panel.columns.length > 1))
    option.legend = { top: 4, right: 12, data: legendOf(trace, panels) };
  return option;
}

function beside(count: number): GridComponentOption[] {
  const width = 100 / count;
  return Array.from({ length: count }, (_, index) => ({
    left: `${index * width + 1.2}%`,
    width: `${width - 3}%`,
    top: 26,
    bottom: 8,
    outerBoundsMode: 'same' as const,
  }));
}

/** Columns of one kind share a panel: same unit and scale, and the same last word ("Best profit"). */
function panelsOf(trace: TraceData, from: number): Panel[] {
  const panels = new Map<string, Panel>();
  for (let column = from; column < trace.columns.length; column++) {
    const { label, unit, log = false } = trace.columns[column];
    const words = label.toLowerCase().split(' ');
    const kind = words[words.length - 1];
    const key = `${kind}\n${unit ?? ''}\n${log}`;
    const panel = panels.get(key);
    if (panel) {
      panel.title = kind[0].toUpperCase() + kind.slice(1);
      panel.columns.push(column);
    } else panels.set(key, { title: label, unit, log, columns: [column] });
  }
  return [...panels.values()];
}

function legendOf(trace: TraceData, panels: readonly Panel[]): string[] {
  return panels
    .filter((panel) => panel.columns.length > 1)
    .flatMap((panel) => panel.columns.map((column) => trace.columns[column].label));
}

function rises(values: ArrayLike<number>, length: number): boolean {
  for (let i = 1; i < length; i++) if (!(values[i] >= values[i - 1])) return false;
  return length === 0 || Number.isFinite(values[0]);
}

function traceNumber(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e9)) return value.toExponential(3).replace('-', '−');
  return formatNumber(value, Number.isInteger(value) ? 0 : size >= 100 ? 1 : 4);
}
