import type { CustomSeriesOption, LineSeriesOption } from 'echarts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChartColours } from '../problems/views.ts';
import { compareOption, gapFloor, gapsOf } from './compare.ts';
import { axisNumber, convergenceOption, tickSeconds, type ConvergenceSpec } from './convergence.ts';
import { logTicks } from './log-ticks.ts';
import { between, thinRows, thinSteps, valueAt, type StepPoint } from './steps.ts';
import { traceOption } from './trace.ts';

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

const spec: ConvergenceSpec = {
  sense: 'min',
  objective: 'Makespan',
  digits: 0,
  axis: 'seconds',
  stepUnit: 'moves',
  logX: true,
  logY: false,
  live: {
    points: [
      [0, 1200],
      [0.1, 1000],
      [1, 930],
    ],
    bounds: [
      [0.05, 800],
      [2, 930],
    ],
    end: 4,
  },
  others: [{ name: 'Tabu {N5}', colour: '#123456', points: [[0.2, 990]], end: 3 }],
  bestKnown: 930,
  replayAt: 0.1,
  colours,
};

type Series = LineSeriesOption & CustomSeriesOption;
const seriesOf = (option: ReturnType<typeof convergenceOption>, id: string) =>
  (option.series as Series[]).find((series) => series.id === id)!;

describe('step functions', () => {
  const points: StepPoint[] = [
    [1, 10],
    [2, 8],
    [5, 7],
  ];

  it('hold their value until the next point', () => {
    expect([0.9, 1, 1.9, 2, 4.9, 5, 100].map((x) => valueAt(points, x))).toEqual([
      null,
      10,
      10,
      8,
      8,
      7,
      7,
    ]);
    expect(valueAt([], 1)).toBeNull();
  });

  it('thinned keep first, last and the value at the end of each part', () => {
    const many = Array.from({ length: 10_000 }, (_, i): StepPoint => [i, 10_000 - i]);
    const thin = thinSteps(many, 100);
    expect(thin.length).toBeLessThanOrEqual(103);
    expect(thin[0]).toEqual([0, 10_000]);
    expect(thin.at(-1)).toEqual([9999, 1]);
    for (const [x, y] of thin) expect(y).toBe(10_000 - x);
    expect(thinSteps(points, 100)).toBe(points);
  });

  it('enclose the area between two, where both are known', () => {
    const lower: StepPoint[] = [
      [0, 1],
      [3, 4],
    ];
    expect(between(points, lower, 6)).toEqual([
      [1, 10],
      [2, 10],
      [2, 8],
      [5, 8],
      [5, 7],
      [6, 7],
      [6, 4],
      [3, 4],
      [3, 1],
      [1, 1],
    ]);
    expect(between(points, [], 6)).toEqual([]);
    expect(between(points, lower, 0.5)).toEqual([]);
  });
});

describe('rows', () => {
  it('thinned keep every part’s extremes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 }),
        (ys) => {
          const xs = ys.map((_, i) => i);
          const thin = thinRows(xs, ys, ys.length, 4);
          expect(thin.length).toBeLessThanOrEqual(8);
          const shown = thin.map(([, y]) => y);
          expect(Math.min(...shown)).toBe(Math.min(...ys));
          expect(Math.max(...shown)).toBe(Math.max(...ys));
          const order = thin.map(([x]) => x);
          expect(order).toEqual(order.toSorted((a, b) => a - b));
        },
      ),
    );
    expect(thinRows([0, 1, 2], [NaN, Infinity, 3], 3, 10)).toEqual([[2, 3]]);
  });
});

describe('convergence', () => {
  const option = convergenceOption(spec);

  it('draws steps that hold to the end of the run', () => {
    const live = seriesOf(option, 'live');
    expect(live.step).toBe('end');
    expect(live.data).toEqual([
      [0.001, 1200],
      [0.1, 1000],
      [1, 930],
      [4, 930],
    ]);
    expect(seriesOf(option, 'run0').data).toEqual([
      [0.2, 990],
      [3, 990],
    ]);
  });

  it('draws the bound dashed in its own colour and shades the gap', () => {
    const bound = seriesOf(option, 'bound');
    expect(bound.lineStyle).toMatchObject({ color: colours.bound, type: [5, 4] });
    const gap = seriesOf(option, 'gap');
    const drawn = (
      gap.renderItem as (params: unknown, api: unknown) => { shape: { points: number[][] } }
    )({}, { coord: (point: number[]) => point });
    const ys = drawn.shape.points.map(([, y]) => y);
    expect(Math.max(...ys)).toBe(1200);
    expect(Math.min(...ys)).toBe(800);
  });

  it('marks the best known value and the incumbent under replay', () => {
    expect(JSON.stringify(seriesOf(option, 'live').markLine)).toContain('"yAxis":930');
    const names = seriesOf(option, 'names');
    const text = (index: number) =>
      (names.renderItem as (params: unknown, api: unknown) => { style: { text: string } })(
        { dataIndex: index },
        { coord: (point: number[]) => point },
      ).style.text;
    expect((names.data as unknown[]).map((_, index) => text(index))).toEqual([
      'makespan',
      'proven bound',
      'best known 930',
    ]);
    expect(seriesOf(option, 'cursor').data).toEqual([[0.1, 1000]]);
    const still = convergenceOption({ ...spec, replayAt: null, bestKnown: null });
    expect(seriesOf(still, 'cursor').data).toEqual([]);
    expect((seriesOf(still, 'live').markLine as { data: unknown[] }).data).toEqual([]);
  });

  it('starts linear axes at zero', () => {
    expect(convergenceOption({ ...spec, logX: false }).xAxis).toMatchObject({
      type: 'value',
      min: 0,
    });
    expect(seriesOf(convergenceOption({ ...spec, logX: false }), 'live').data).toContainEqual([
      0, 1200,
    ]);
  });

  it('leaves out what a logarithmic axis cannot show', () => {
    const bounds: StepPoint[] = [
      [0.1, 0],
      [1, 5],
    ];
    const logY = convergenceOption({ ...spec, logY: true, live: { ...spec.live, bounds } });
    expect(seriesOf(logY, 'bound').data).toEqual([
      [1, 5],
      [4, 5],
    ]);
  });

  it('survives having nothing to show', () => {
    const empty = convergenceOption({
      ...spec,
      live: { points: [], bounds: [], end: 0 },
      others: [],
      replayAt: 0,
    });
    expect(seriesOf(empty, 'live').data).toEqual([]);
    expect(seriesOf(empty, 'gap').data).toEqual([]);
    expect((empty.xAxis as { max: number }).max).toBeGreaterThan(0);
  });

  it('tells every line’s value at the pointer', () => {
    const { formatter } = option.tooltip as { formatter(params: unknown): string };
    const text = formatter([
      { axisValue: 0.5, seriesId: 'live', marker: '{a|}' },
      { axisValue: 0.5, seriesId: 'run0', marker: '{b|}' },
    ]);
    expect(text.split('\n')).toEqual([
      '0.50\u2009s',
      '{a|}makespan  1\u2009000',
      'proven bound  800',
      '{b|}Tabu  N5   990',
    ]);
    expect(formatter([])).toBe('');
  });

  it('stays small however many improvements there were', () => {
    const points = Array.from({ length: 200_000 }, (_, i): StepPoint => [i / 1000, 1e6 - i]);
    const large = convergenceOption({ ...spec, live: { points, bounds: [], end: 200 } });
    expect((seriesOf(large, 'live').data as unknown[]).length).toBeLessThan(1600);
  });
});

it('ticks are as short as they can be', () => {
  expect([0.004, 0.1, 1, 2.5, 10, 600].map(tickSeconds)).toEqual(
    ['4 ms', '100 ms', '1 s', '2.5 s', '10 s', '10 min'].map((text) => text.replace(' ', '\u2009')),
  );
  expect([0, 0.1, 0.001, 1.5, 1200, 2e6, 1e-7].map(axisNumber)).toEqual(
    ['0', '0.1', '0.001', '1.5', '1 200', '2.00 M', '1e−7'].map((text) =>
      text.replace(' ', '\u2009'),
    ),
  );
});

describe('ticks of a logarithm', () => {
  it('are few over many decades, finer over few', () => {
    expect(logTicks(1, 10)).toEqual([1, 2, 5, 10]);
    expect(logTicks(1e-8, 1e2, 4)).toEqual([1e-7, 1e-4, 1e-1, 1e2]);
    expect(logTicks(0.011, 0.019)).toEqual([]);
  });
});

describe('comparison', () => {
  it('shows relative gaps, with a floor for zero', () => {
    expect(gapsOf([[1, 110]], 100)).toEqual([[1, 0.1]]);
    expect(gapsOf([[1, 5]], 0)).toEqual([[1, 5]]);
    const option = compareOption({
      runs: [
        {
          name: 'a',
          colour: '#111111',
          points: [
            [0.5, 110],
            [1, 100],
          ],
          end: 2,
        },
      ],
      reference: 100,
      referenceName: 'best known',
      axis: 'seconds',
      stepUnit: 'moves',
      colours,
    });
    const [run] = option.series as Series[];
    expect(run.data).toEqual([
      [0.5, 0.1],
      [1, gapFloor],
      [2, gapFloor],
    ]);
  });
});

describe('trace', () => {
  const columns = [
    { id: 'moves', label: 'Moves' },
    { id: 'current', label: 'Current makespan' },
    { id: 'best', label: 'Best makespan' },
    { id: 'temperature', label: 'Temperature', log: true },
  ];
  const values = [
    Float64Array.of(0, 10, 20, 0, 0),
    Float64Array.of(9, 12, 8, 0, 0),
    Float64Array.of(9, 9, 8, 0, 0),
    Float64Array.of(1, 0.1, 0, 0, 0),
  ];

  it('puts columns of one kind together, over the first column', () => {
    const option = traceOption({ columns, values, length: 3 }, { colours, logX: false });
    const series = option.series as LineSeriesOption[];
    expect(series.map(({ yAxisIndex }) => yAxisIndex)).toEqual([0, 0, 1]);
    expect(series[0].data).toEqual([
      [0, 9],
      [10, 12],
      [20, 8],
    ]);
    // A logarithm has no zero.
    expect(series[2].data).toEqual([
      [0, 1],
      [10, 0.1],
    ]);
    expect((option.title as { text: string }[]).map(({ text }) => text)).toEqual([
      'Makespan',
      'Temperature',
    ]);
  });

  it('counts rows when the first column does not only rise', () => {
    const option = traceOption(
      { columns: columns.slice(1), values: values.slice(1), length: 3 },
      { colours, logX: true },
    );
    const series = option.series as LineSeriesOption[];
    expect(series).toHaveLength(3);
    expect((series[0].data as number[][]).map(([x]) => x)).toEqual([1, 2, 3]);
  });

  it('survives having no rows', () => {
    const option = traceOption({ columns, values, length: 0 }, { colours, logX: true });
    for (const { data } of option.series as LineSeriesOption[]) expect(data).toEqual([]);
  });
});
