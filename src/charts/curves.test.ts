import type { CustomSeriesOption, LineSeriesOption } from 'echarts';
import { describe, expect, it } from 'vitest';
import type { ChartColours, TraceData } from '../problems/views.ts';
import { curveOf, curvesOption, interpolate, meanOf, sharedColumns } from './curves.ts';
import { axesOf, nearestRow, TIME } from './trace-axes.ts';

const colours: ChartColours = {
  ink: '#000001',
  ink2: '#000002',
  ink3: '#000003',
  line: '#000004',
  panel: '#000005',
  accent: '#000006',
  bound: '#000007',
  good: '#000008',
  warn: '#000009',
  series: (index) => `#0000${10 + index}`,
};

const traceOf = (loss: (step: number) => number, steps = 5): TraceData => ({
  columns: [
    { id: 'step', label: 'Step' },
    { id: 'loss', label: 'Loss', log: true },
    { id: 'sum', label: 'Σ η', role: 'axis' },
    { id: 'none', label: 'None' },
  ],
  length: steps,
  values: [
    Float64Array.from({ length: steps + 3 }, (_, i) => i),
    Float64Array.from({ length: steps + 3 }, (_, i) => loss(i)),
    Float64Array.from({ length: steps + 3 }, (_, i) => 0.1 * i),
    new Float64Array(steps + 3).fill(NaN),
  ],
  seconds: Float64Array.from({ length: steps + 3 }, (_, i) => 2 * i),
});

const run = (name: string, group: string, loss: (step: number) => number) => ({
  name,
  colour: '#123456',
  group,
  trace: traceOf(loss),
});

const spec = { x: '', y: 'loss', logX: false, logY: false, smoothing: 0, grouped: true, colours };

describe('axes of a trace', () => {
  it('are its first column, columns made for it, and time', () => {
    const trace = traceOf(() => 1);
    expect(axesOf(trace).map(({ id }) => id)).toEqual(['step', 'sum', TIME]);
    expect(axesOf({ ...trace, seconds: undefined }).map(({ id }) => id)).toEqual(['step', 'sum']);
    expect(axesOf({ ...trace, values: [trace.values[1], ...trace.values.slice(1)], length: 0 })[0].id).toBe('step'); // prettier-ignore
  });

  it('find the row that is nearest, on a logarithm by ratio', () => {
    const values = [1, 10, 100, NaN];
    expect(nearestRow(values, 4, 50)).toBe(1);
    expect(nearestRow(values, 4, 50, true)).toBe(2);
    expect(nearestRow([], 0, 1)).toBeNull();
  });
});

describe('curves of runs', () => {
  it('lie over any axis of their trace', () => {
    const trace = traceOf((step) => 10 - step);
    expect(curveOf(trace, TIME, 'loss', 0)[1]).toEqual([2, 9]);
    expect(curveOf(trace, 'sum', 'loss', 0)[4]).toEqual([0.4, 6]);
    expect(curveOf(trace, '', 'other', 0)).toEqual([]);
    expect(curveOf(trace, 'other', 'loss', 0)).toEqual([]);
    const [first, second] = curveOf(trace, TIME, 'loss', 0.5);
    expect(first).toEqual([0, 10]);
    expect(second[1]).toBeGreaterThan(9);
  });

  it('of one group become their mean with its range', () => {
    const band = meanOf([
      [[0, 1], [4, 5]],
      [[0, 3], [2, 3], [6, 3]],
    ]); // prettier-ignore
    expect(band).toEqual([
      [0, 2, 1, 3],
      [2, 3, 3, 3],
      [4, 4, 3, 5],
    ]);
    expect(interpolate([[1, 1]], 1)).toBe(1);
    expect(interpolate([[1, 1]], 2)).toBeNaN();
    const option = curvesOption({
      ...spec,
      runs: [run('a', 'a', () => 1), run('a', 'a', () => 3), run('b', 'b', (step) => step)],
    });
    const series = option.series as (LineSeriesOption & CustomSeriesOption)[];
    expect(series.map(({ id }) => id)).toEqual(['band0', 'curve0', 'curve1']);
    expect(series[1].name).toBe('a, mean of 2');
    expect(series[1].data).toEqual([0, 1, 2, 3, 4].map((x) => [x, 2]));
  });

  it('stand alone when not grouped; a logarithm has no zero', () => {
    const option = curvesOption({
      ...spec,
      grouped: false,
      logX: true,
      logY: true,
      runs: [run('a', 'a', () => 1), run('a', 'a', (step) => step - 2)],
    });
    const series = option.series as LineSeriesOption[];
    expect(series.map(({ id }) => id)).toEqual(['curve0', 'curve1']);
    expect(series[0].data).toHaveLength(4);
    expect(series[1].data).toEqual([
      [3, 1],
      [4, 2],
    ]);
  });

  it('can be of any column with values', () => {
    expect(sharedColumns([traceOf(() => 1)]).map(({ id }) => id)).toEqual(['loss']);
    expect(sharedColumns([])).toEqual([]);
  });
});
