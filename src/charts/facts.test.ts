import type { ScatterSeriesOption } from 'echarts';
import { describe, expect, it } from 'vitest';
import type { ChartColours } from '../problems/views.ts';
import { factCorrelation, factNumber, factOption, numericFacts } from './facts.ts';

const run = (bound: string, steps: string, objective: number) => ({
  name: bound,
  colour: '#123456',
  facts: [
    { label: 'Schedule', value: 'Cosine' },
    { label: 'Bound Ω*', value: bound },
    { label: 'Steps', value: steps },
  ],
  objective,
});

const runs = [
  run('0.1', '2\u2009000', 5),
  run('0.2', '2\u2009000', 7),
  run('0.4', '2\u2009000', 6),
];

describe('runs over a fact of theirs', () => {
  it('reads numbers as they are written for people', () => {
    expect(factNumber('2\u2009000')).toBe(2000);
    expect(factNumber('−1.5')).toBe(-1.5);
    expect(factNumber('Cosine')).toBeNaN();
    expect(factNumber('')).toBeNaN();
  });

  it('offers facts that are numbers and differ', () => {
    expect(numericFacts(runs)).toEqual(['Bound Ω*']);
    expect(numericFacts(runs.slice(0, 2))).toEqual([]);
  });

  it('shows the rank correlation', () => {
    expect(factCorrelation(runs, 'Bound Ω*')).toBeCloseTo(0.5, 12);
    const option = factOption(runs, 'Bound Ω*', 'Loss', {} as ChartColours);
    expect((option.title as { text: string }).text).toBe('rank correlation 0.50 over 3 runs');
    const [series] = option.series as ScatterSeriesOption[];
    expect(series.data).toMatchObject([
      { value: [0.1, 5] },
      { value: [0.2, 7] },
      { value: [0.4, 6] },
    ]);
  });
});
