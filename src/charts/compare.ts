/** Runs side by side: how far each was from the best value, over time or steps. */
import type { EChartsOption, LineSeriesOption } from 'echarts';
import { formatPercent, formatSeconds, formatShort } from '../core/format.ts';
import type { ChartColours } from '../problems/views.ts';
import { tickSeconds, type ConvergenceSeries } from './convergence.ts';
import { thinSteps, valueAt, type StepPoint } from './steps.ts';

export interface CompareSpec {
  runs: readonly ConvergenceSeries[];
  /** What gaps are counted to: the best known value, or the best of all runs. */
  reference: number;
  referenceName: string;
  axis: 'seconds' | 'steps';
  stepUnit: string;
  colours: ChartColours;
}

/** Below this a gap is drawn as if it were zero: a logarithm has no zero. */
export const gapFloor = 1e-5;

/** |objective − reference| / |reference| along a run. */
export function gapsOf(points: readonly StepPoint[], reference: number): StepPoint[] {
  const scale = Math.abs(reference) || 1;
  return points.map(([x, y]) => [x, Math.abs(y - reference) / scale]);
}

export function compareOption(spec: CompareSpec): EChartsOption {
  const { runs, colours, axis } = spec;
  const least = axis === 'seconds' ? 1e-3 : 1;
  const first = Math.min(...runs.map((run) => run.points[0]?.[0] ?? Infinity));
  const min = Number.isFinite(first) ? Math.max(least, first) : least;
  const end = Math.max(min * 10, ...runs.map((run) => run.end));
  const lines = runs.map((run) => {
    const gaps = gapsOf(run.points, spec.reference);
    return { ...run, gaps: thinSteps(gaps, 1500, (x) => Math.log(Math.max(min, x))) };
  });
  const xText = (value: number) =>
    axis === 'seconds' ? formatSeconds(value) : `${formatShort(value)} ${spec.stepUnit}`;
  return {
    animation: false,
    grid: { left: 64, right: 22, top: 30, bottom: 26 },
    legend: { type: 'scroll', top: 2, left: 190, right: 16 },
    tooltip: {
      trigger: 'axis',
      formatter: (params) => {
        const near = (Array.isArray(params) ? params : [params]) as {
          axisValue?: number | string;
          seriesIndex?: number;
          marker?: unknown;
        }[];
        const at = Number((near[0] as { axisValue?: number })?.axisValue);
        const rows = near.flatMap(({ seriesIndex = -1, marker }) => {
          const value = lines[seriesIndex] && valueAt(lines[seriesIndex].gaps, at * (1 + 1e-9));
          if (value === null || value === undefined) return [];
          const name = lines[seriesIndex].name.replace(/[{}|]/g, ' ');
          return `${String(marker)}${name}  ${formatPercent(value)}`;
        });
        return [xText(at), ...rows].join('\n');
      },
    },
    xAxis: {
      type: 'log',
      min,
      max: end,
      splitLine: { show: false },
      axisLine: { show: true },
      axisLabel: {
        hideOverlap: true,
        formatter: (value: number) =>
          axis === 'seconds' ? tickSeconds(value) : formatShort(value),
      },
    },
    yAxis: {
      type: 'log',
      min: (range) => Math.max(gapFloor, 10 ** Math.floor(Math.log10(range.min))),
      name: `gap to ${spec.referenceName}`,
      nameTextStyle: { align: 'left', color: colours.ink3 },
      nameGap: 8,
      axisLabel: { formatter: (value: number) => formatPercent(value) },
    },
    dataZoom: [{ type: 'inside', zoomOnMouseWheel: 'ctrl', moveOnMouseWheel: false }],
    series: lines.map((run, index): LineSeriesOption => {
      const data = run.gaps.map(([x, gap]): [number, number] => [
        Math.max(min, x),
        Math.max(gapFloor, gap),
      ]);
      const last = data.at(-1);
      if (last && run.end > last[0]) data.push([run.end, last[1]]);
      return {
        type: 'line',
        id: `run${index}`,
        name: run.name,
        step: 'end',
        showSymbol: false,
        emphasis: { disabled: true },
        data,
        lineStyle: { color: run.colour, width: 1.8 },
        itemStyle: { color: run.colour },
      };
    }),
  };
}
