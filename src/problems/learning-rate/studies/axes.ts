/** Axes, boxes and tooltips that all charts of the studies share. */
import type { XAXisComponentOption, YAXisComponentOption } from 'echarts';
import { axisNumber } from '../../../charts/convergence.ts';
import { logTicks } from '../../../charts/log-ticks.ts';
import type { ChartColours } from '../../views.ts';
import { shortNumber } from '../views/common.ts';

export interface Axis {
  name: string;
  log?: boolean;
  min?: number;
  max?: number;
  format?: (value: number) => string;
}

export const format = (axis: Axis) => axis.format ?? shortNumber;

/** Braces would be read as style marks. */
export const plain = (text: string) => text.replace(/[{}|]/g, ' ');

/** What an axis can show: finite, and positive on a logarithmic one. */
export const shown = (value: number, axis: Axis) =>
  Number.isFinite(value) &&
  (!axis.log || value > 0) &&
  value >= (axis.min ?? -Infinity) &&
  value <= (axis.max ?? Infinity);

/** A logarithmic axis that ends where its values do, with ticks also between the powers of ten. */
export function fitted(axis: Axis, values: readonly number[], margin: number): Axis {
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
export const logLabels = ({ log, min, max }: Axis) =>
  log && min !== undefined && max !== undefined ? { customValues: logTicks(min, max) } : {};

export function xAxis(axis: Axis, colours: ChartColours): XAXisComponentOption {
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

export function yAxis(axis: Axis, colours: ChartColours, right = false): YAXisComponentOption {
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

export const box = (top: number) => ({
  left: 14,
  right: 18,
  top,
  bottom: 12,
  outerBoundsMode: 'same' as const,
});

export const legendOf = (names: readonly string[]) => ({
  type: 'scroll' as const,
  top: 0,
  left: 0,
  right: 8,
  data: [...new Set(names)],
});

export interface Hovered {
  axisValue?: number | string;
  seriesName?: string;
  seriesId?: string;
  seriesIndex?: number;
  marker?: unknown;
  name?: string;
  data?: unknown;
  value?: unknown;
}

export const hovered = (params: unknown): Hovered[] =>
  (Array.isArray(params) ? params : [params]) as Hovered[];
