import { describe, expect, it } from 'vitest';
import { isKeptTrace, keepTrace, openTrace } from './kept-trace.ts';

const columns = [
  { id: 'step', label: 'Step' },
  { id: 'loss', label: 'Loss', log: true },
  { id: 'never', label: 'Never measured' },
  { id: 'place', label: 'Place', role: 'picture' as const },
];

/** Rows 0 … length − 1 of training, then one of a picture only. */
const traceOf = (length: number) => ({
  columns,
  length: length + 1,
  values: [
    Float64Array.from({ length: length + 5 }, (_, row) => row),
    Float64Array.from({ length: length + 5 }, (_, row) =>
      row >= length ? NaN : row === 777 ? 9 : 1,
    ),
    new Float64Array(length + 5).fill(NaN),
    new Float64Array(length + 5).fill(1),
  ],
  seconds: Float64Array.from({ length: length + 5 }, (_, row) => row / 8),
});

describe('kept traces', () => {
  it('keep what was measured, with its times, and a spike among many rows', () => {
    const kept = keepTrace(traceOf(30_000))!;
    expect(kept.columns.map(({ id }) => id)).toEqual(['step', 'loss']);
    const trace = openTrace(kept);
    expect(trace.length).toBeLessThanOrEqual(1_000);
    expect(Math.max(...trace.values[1])).toBe(9);
    expect(trace.values[0].at(-1)).toBe(29_999);
    trace.values[0].forEach((step, row) => expect(trace.seconds![row]).toBe(step / 8));
    expect(openTrace(kept)).toBe(trace);
  });

  it('are nothing when nothing was measured', () => {
    expect(keepTrace({ columns, length: 0, values: columns.map(() => new Float64Array(4)) })).toBe(
      null,
    );
  });

  it('are told from what is none', () => {
    expect(isKeptTrace(structuredClone(keepTrace(traceOf(10))))).toBe(true);
    for (const other of [null, 5, {}, { columns: [], values: [], seconds: null }])
      expect(isKeptTrace(other)).toBe(false);
    expect(isKeptTrace({ columns: [{}], values: [new Float32Array(1)], seconds: null })).toBe(
      false,
    );
  });
});
