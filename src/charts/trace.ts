/** Charts of a solver's trace columns. */
import type { EChartsOption, GridComponentOption, LineSeriesOption } from 'echarts';
import { formatNumber, formatSeconds } from '../core/format.ts';
import type { ChartColours, TraceData } from '../problems/views.ts';
import { axisNumber, tickSeconds } from './convergence.ts';
import { logTicks } from './log-ticks.ts';
import { betaOf, smooth } from './smoothing.ts';
import { thinRows } from './steps.ts';
import { axisOf, isSteady } from './trace-axes.ts';

export interface TraceSpec {
  colours: ChartColours;
  /** Id of the axis; the trace's first when it has none of that name. */
  axis?: string;
  logX: boolean;
  /** Half-life of the moving average as a part of the run; 0 draws values as they are. */
  smoothing?: number;
  /** Panels beside each other, at most. */
  perRow?: number;
}

interface Panel {
  title: string;
  unit?: string;
  log: boolean;
  /** Column indices. */
  columns: number[];
}

const partsPerLine = 700;
/** Height of a panel with its title and axis when several rows of them scroll, px. */
export const PANEL_HEIGHT = 172;

/**
 * Small charts beside each other, one for each kind of column that was measured: over the first
 * column when that only rises (moves, epochs), over time, or over a column made for that.
 */
export function traceOption(trace: TraceData, spec: TraceSpec): EChartsOption {
  const { colours, logX, smoothing = 0, perRow = Infinity } = spec;
  const axis = axisOf(trace, spec.axis ?? '');
  const x = axis.values;
  const panels = tracePanels(trace);
  const length = trace.length;
  // A logarithm has no zero: it begins at the first row after.
  const isLog = logX && hasPositive(x, length);
  // Weights fall with the distance along the run whatever it is drawn over.
  const along = isSteady(trace) ? trace.values[0] : axisOf(trace, '').values;
  const span = length > 1 ? along[length - 1] - along[0] : 0;
  const beta = smoothing > 0 && span > 0 ? betaOf(Math.max(1e-9, smoothing * span)) : 0;
  const boxes = places(panels.length, perRow);
  const lineOf = (column: number, index: number, place: number): LineSeriesOption[] => {
    const values = trace.values[column];
    const { log } = panels[index];
    const colour = place === 0 ? colours.accent : colours.series(place);
    const shown = (data: [number, number][]) =>
      data.filter(([at, y]) => (!log || y > 0) && (!isLog || at > 0));
    const data = shown(thinRows(x, values, length, partsPerLine));
    const line: LineSeriesOption = {
      type: 'line',
      id: trace.columns[column].id,
      name: trace.columns[column].label,
      xAxisIndex: index,
      yAxisIndex: index,
      data,
      showSymbol: data.length === 1,
      emphasis: { disabled: true },
      lineStyle: { color: colour, width: 1.4, opacity: beta > 0 ? 0.25 : 1 },
      itemStyle: { color: colour },
    };
    if (beta <= 0) return [line];
    // Smoothed before it is thinned: the average does not depend on the screen.
    const averaged = smoothed(along, x, values, length, beta);
    return [
      line,
      {
        ...line,
        id: `${trace.columns[column].id} smoothed`,
        name: `${trace.columns[column].label}, smoothed`,
        data: shown(thinRows(averaged.x, averaged.y, averaged.x.length, partsPerLine)),
        showSymbol: false,
        lineStyle: { color: colour, width: 1.8 },
      },
    ];
  };
  const option: EChartsOption = {
    animation: false,
    title: panels.map((panel, index) => ({
      text: panel.unit ? `${panel.title} (${panel.unit})` : panel.title,
      top: boxes[index].titleTop,
      left: boxes[index].titleLeft,
    })),
    tooltip: {
      trigger: 'axis',
      formatter: (params) => {
        const near = [params].flat() as {
          axisValue?: number | string;
          seriesName?: string;
          marker?: unknown;
          value?: unknown;
        }[];
        const at = Number(near[0]?.axisValue);
        const rows = near.map(({ seriesName = '', marker, value }) => {
          const y = Array.isArray(value) ? Number(value[1]) : NaN;
          return `${String(marker)}${seriesName.replace(/[{}|]/g, ' ')}  ${traceNumber(y)}`;
        });
        const place = axis.isTime ? formatSeconds(at) : traceNumber(at);
        return [`${axis.label} ${place}`, ...rows].join('\n');
      },
    },
    axisPointer: { link: [{ xAxisIndex: 'all' }] },
    grid: boxes.map(({ grid }) => grid),
    xAxis: panels.map((_, index) => ({
      gridIndex: index,
      type: isLog ? 'log' : 'value',
      min: 'dataMin',
      max: 'dataMax',
      splitLine: { show: false },
      axisLine: { show: true },
      axisLabel: {
        hideOverlap: true,
        showMaxLabel: false,
        formatter: (value: number) => (axis.isTime ? tickSeconds(value) : axisNumber(value)),
      },
      name: lowered(axis.label),
      nameLocation: 'middle',
      nameGap: 20,
    })),
    yAxis: panels.map((panel, index) => {
      const range = panel.log ? logRange(trace, panel) : null;
      return {
        gridIndex: index,
        type: panel.log ? 'log' : 'value',
        scale: true,
        splitNumber: 4,
        ...(range ? { min: range.min, max: range.max } : {}),
        axisTick: range ? { customValues: range.ticks } : {},
        axisLabel: {
          hideOverlap: true,
          formatter: (value: number) => axisNumber(value),
          ...(range ? { customValues: range.ticks } : {}),
        },
      };
    }),
    series: panels.flatMap((panel, index) =>
      panel.columns.flatMap((column, place) => lineOf(column, index, place)),
    ),
  };
  if (panels.some((panel) => panel.columns.length > 1))
    option.legend = panels
      .map((panel, index) => ({ panel, box: boxes[index] }))
      .filter(({ panel }) => panel.columns.length > 1)
      .map(({ panel, box }) => ({
        type: 'scroll',
        top: box.titleTop,
        left: box.legendLeft,
        width: box.legendWidth,
        data: panel.columns.map((column) => trace.columns[column].label),
      }));
  return option;
}

function hasPositive(values: ArrayLike<number>, length: number): boolean {
  for (let row = 0; row < length; row++) if (values[row] > 0) return true;
  return false;
}

/** Where a panel's values end on a logarithm, and a few ticks: wide ranges would have but two. */
function logRange(
  { values, length }: TraceData,
  { columns }: Panel,
): { min: number; max: number; ticks: number[] } | null {
  let low = Infinity;
  let high = 0;
  for (const column of columns)
    for (let row = 0; row < length; row++) {
      const value = values[column][row];
      if (!(value > 0) || value === Infinity) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  if (!(high > low)) return null;
  return { min: low / 1.2, max: high * 1.2, ticks: logTicks(low / 1.2, high * 1.2, 5) };
}

/** Values averaged along the run and where they lie on the axis shown. */
function smoothed(
  along: ArrayLike<number>,
  x: ArrayLike<number>,
  values: ArrayLike<number>,
  length: number,
  beta: number,
): { x: number[]; y: number[] } {
  const pairs: [number, number][] = [];
  const places: number[] = [];
  for (let row = 0; row < length; row++) {
    if (!Number.isFinite(values[row]) || !Number.isFinite(along[row])) continue;
    pairs.push([along[row], values[row]]);
    places.push(x[row]);
  }
  return { x: places, y: smooth(pairs, beta).map(([, y]) => y) };
}

/** Capitals of words only: Σ η stays. */
const lowered = (label: string) => (/^[A-Z][a-z]/.test(label) ? label.toLowerCase() : label);

interface PanelBox {
  grid: GridComponentOption;
  titleTop: number;
  titleLeft: string;
  legendLeft: string;
  legendWidth: string;
}

function places(count: number, perRow: number): PanelBox[] {
  const columns = Math.min(count, Math.max(1, perRow));
  const rows = Math.ceil(count / columns);
  const width = 100 / columns;
  return Array.from({ length: count }, (_, index) => {
    const left = (index % columns) * width;
    const top = Math.floor(index / columns) * PANEL_HEIGHT;
    return {
      grid: {
        left: `${left + 1.2}%`,
        width: `${width - 3}%`,
        top: top + 26,
        ...(rows > 1 ? { height: PANEL_HEIGHT - 36 } : { bottom: 8 }),
        outerBoundsMode: 'same' as const,
      },
      titleTop: top + 4,
      titleLeft: `${left + 1.2}%`,
      legendLeft: `${left + 1.2 + 0.22 * width}%`,
      legendWidth: `${0.66 * width}%`,
    };
  });
}

/** Columns of one kind share a panel: same unit and scale, and the same last word ("Best profit"). */
export function tracePanels(trace: TraceData): Panel[] {
  const panels = new Map<string, Panel>();
  for (let column = isSteady(trace) ? 1 : 0; column < trace.columns.length; column++) {
    const { label, unit, log = false, role, panel: named } = trace.columns[column];
    if (role || !isMeasured(trace.values[column], trace.length)) continue;
    const words = label.toLowerCase().split(' ');
    const kind = named ?? words[words.length - 1];
    const key = `${kind}\n${unit ?? ''}\n${log}`;
    const panel = panels.get(key);
    if (panel) {
      panel.title = kind[0].toUpperCase() + kind.slice(1);
      panel.columns.push(column);
    } else panels.set(key, { title: label, unit, log, columns: [column] });
  }
  return [...panels.values()];
}

/** Whether any value is a number; all columns are before the first row. */
function isMeasured(values: ArrayLike<number>, length: number): boolean {
  for (let row = 0; row < length; row++) if (Number.isFinite(values[row])) return true;
  return length === 0;
}

/** A measured value with about four significant digits. */
export function traceNumber(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e9)) return value.toExponential(3).replace('-', '−');
  return formatNumber(value, Number.isInteger(value) ? 0 : size >= 100 ? 1 : 4);
}
