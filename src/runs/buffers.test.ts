import { describe, expect, it } from 'vitest';
import { createBuffers, HISTORY_LIMIT, pushHistory, pushPrior, pushTrace } from './buffers.ts';

const record = (objective: number, size = 10) => ({
  solution: { tour: new Int32Array(size) },
  report: { feasible: true, objective, violations: [] },
  seconds: 0,
  steps: 0,
});

describe('the history behind the time slider', () => {
  it('stays bounded, in order, with the first and the newest', () => {
    const buffers = createBuffers([]);
    for (let i = 0; i < 5000; i++) pushHistory(buffers, [record(-i)]);
    const objectives = buffers.history.map(({ report }) => report.objective);
    expect(objectives.length).toBeLessThanOrEqual(HISTORY_LIMIT);
    expect(objectives.length).toBeGreaterThan(HISTORY_LIMIT / 4);
    expect(objectives[0]).toBe(-0);
    expect(objectives.at(-1)).toBe(-4999);
    expect(objectives).toEqual(objectives.toSorted((a, b) => b - a));
  });

  it('keeps few of very large solutions', () => {
    const buffers = createBuffers([]);
    for (let i = 0; i < 100; i++) pushHistory(buffers, [record(-i, 1_000_000)]);
    expect(buffers.history.length).toBeLessThanOrEqual(16);
    expect(buffers.history.at(-1)?.report.objective).toBe(-99);
  });
});

describe('the trace', () => {
  it('halves its rows when full, and goes on', () => {
    const buffers = createBuffers([{ id: 'a', label: 'A' }]);
    const rows = Float64Array.from({ length: 50_001 }, (_, i) => i);
    pushTrace(buffers, rows, rows);
    const { length, values, seconds } = buffers.trace;
    expect(seconds.subarray(0, length)).toEqual(values[0].subarray(0, length));
    expect(length).toBeLessThanOrEqual(20_000);
    expect(values[0][length - 1]).toBe(50_000);
    for (let i = 1; i < length; i++) expect(values[0][i]).toBeGreaterThan(values[0][i - 1]);
  });
});

describe('the trace of a run that is gone on with', () => {
  const columns = [
    { id: 'step', label: 'Step' },
    { id: 'loss', label: 'Loss' },
    { id: 'place', label: 'Place', role: 'picture' as const },
  ];

  it('comes first, by the names of its columns, without rows of pictures alone', () => {
    const prior = {
      columns: [columns[0], { id: 'other', label: 'Other' }, columns[2], columns[1]],
      length: 3,
      values: [
        [0, 1, 2],
        [7, 7, NaN],
        [4, 5, 6],
        [9, 8, NaN],
      ].map((list) => Float64Array.from(list)),
      seconds: Float64Array.of(0.5, 1, 2),
    };
    const buffers = createBuffers(columns);
    expect(pushPrior(buffers, prior)).toBe(1);
    const { trace } = buffers;
    expect(trace.length).toBe(2);
    const rows = [0, 1].map((row) => trace.values.map((column) => column[row]));
    expect(rows).toEqual([
      [0, 9, 4],
      [1, 8, 5],
    ]);
    expect(pushPrior(createBuffers(columns), { ...prior, length: 0 })).toBe(0);
  });
});
