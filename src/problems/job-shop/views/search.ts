/** What the search does between incumbents, from the run's trace. */
import type { EChartsOption } from 'echarts';
import { formatNumber } from '../../../core/format.ts';
import type { ChartColours, Frame } from '../../views.ts';
import { objectiveName } from '../instance.ts';
import type { JobShopInstance, JobShopSolution } from '../instance.ts';

type JobShopFrame = Frame<JobShopInstance, JobShopSolution>;

/** Current makespans over the trace's first column (moves or schedules). */
function points(frame: JobShopFrame): { label: string; data: [number, number][] } {
  const { trace } = frame;
  const column = trace?.columns.findIndex(({ id }) => id === 'makespan') ?? -1;
  if (!trace || column < 1) return { label: 'Moves', data: [] };
  const [x, y] = [trace.values[0], trace.values[column]];
  const data = Array.from({ length: trace.length }, (_, i): [number, number] => [x[i], y[i]]);
  return { label: trace.columns[0].label, data };
}

export function searchOption(frame: JobShopFrame, colours: ChartColours): EChartsOption {
  const { label, data } = points(frame);
  const best = frame.report?.objective;
  const lines = [
    ...(best === undefined ? [] : [{ yAxis: best, lineStyle: { color: colours.accent } }]),
    ...(frame.bound === null ? [] : [{ yAxis: frame.bound, lineStyle: { color: colours.bound } }]),
  ];
  return {
    animation: false,
    grid: { left: 56, right: 16, top: 16, bottom: 40 },
    tooltip: { trigger: 'axis' },
    xAxis: { type: 'value', name: label, nameLocation: 'middle', nameGap: 26, min: 'dataMin' },
    yAxis: { type: 'value', name: objectiveName(frame.instance), scale: true },
    series: [
      {
        type: 'line',
        name: `Current ${objectiveName(frame.instance).toLowerCase()}`,
        data,
        showSymbol: false,
        sampling: 'lttb',
        lineStyle: { width: 1, color: colours.ink3 },
        itemStyle: { color: colours.ink3 },
        markLine: {
          silent: true,
          symbol: 'none',
          label: { formatter: ({ value }) => formatNumber(Number(value)) },
          data: lines,
        },
      },
    ],
  };
}

export function describeSearch(frame: JobShopFrame): string {
  const { data, label } = points(frame);
  if (data.length === 0) return 'No search has run yet.';
  const values = data.map(([, value]) => value);
  const low = values.reduce((a, b) => Math.min(a, b));
  const high = values.reduce((a, b) => Math.max(a, b));
  const last = formatNumber(data[data.length - 1][0]);
  return `${objectiveName(frame.instance)}s looked at over ${last} ${label.toLowerCase()}: from ${formatNumber(low)} to ${formatNumber(high)}.`;
}
