import { describe, expect, it } from 'vitest';
import { chartCsv, chartJson, chartSeries } from './chart-data.ts';

const option = {
  series: [
    { type: 'line' as const, name: 'a, "b"', data: [[0, 1], [1, NaN], { value: [2, 3] }] },
    { type: 'line' as const, id: 'marks', data: [[5, 5]] },
    { type: 'bar' as const, name: 'bars', data: [7, 8] },
    { type: 'heatmap' as const, name: 'map', data: [[0, 1, 0.5]] },
  ],
};

describe('a chart’s numbers', () => {
  it('are those of series with a name', () => {
    expect(chartSeries(option)).toEqual([
      { name: 'a, "b"', points: [[0, 1], [1, NaN], [2, 3]] }, // prettier-ignore
      { name: 'bars', points: [[0, 7], [1, 8]] }, // prettier-ignore
      { name: 'map', points: [[0, 1, 0.5]] },
    ]);
    expect(chartSeries({})).toEqual([]);
  });

  it('are saved as CSV, one point a row, and as JSON', () => {
    expect(chartCsv(option).split('\n').slice(0, 4)).toEqual([
      'series,x,y,value',
      '"a, ""b""",0,1',
      '"a, ""b""",1,NaN',
      '"a, ""b""",2,3',
    ]);
    expect(JSON.parse(chartJson(option))[1].points).toEqual([
      [0, 7],
      [1, 8],
    ]);
    expect(chartCsv({})).toBe('series,x,y\n');
  });
});
