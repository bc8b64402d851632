/** Traces of finished runs, small enough to be kept by the dozen. */
import type { TraceColumn } from '../core/solver.ts';
import { halvedRows } from '../core/thin-rows.ts';
import type { TraceData } from '../problems/views.ts';

/** Rows kept, at most. */
const ROWS = 1_000;

/** The measured columns of a trace, in single precision. */
export interface KeptTrace {
  columns: readonly TraceColumn[];
  values: readonly Float32Array[];
  seconds: Float32Array | null;
}

/** Leaves out columns of pictures and those without a value; null when nothing remains. */
export function keepTrace(trace: TraceData): KeptTrace | null {
  const measured = trace.columns
    .map((column, index) => ({ column, values: trace.values[index].subarray(0, trace.length) }))
    .filter(({ column, values }) => column.role !== 'picture' && values.some(Number.isFinite));
  if (measured.length === 0) return null;
  let rows = Array.from({ length: trace.length }, (_, row) => row);
  // Rows of pictures only say nothing in the columns that are left.
  rows = rows.filter((row) => measured.slice(1).some(({ values }) => Number.isFinite(values[row])));
  while (rows.length > ROWS) {
    const kept = halvedRows(
      rows.length,
      measured.length,
      (row, column) => measured[column].values[rows[row]],
    );
    rows = kept.map((row) => rows[row]);
  }
  const pick = (values: ArrayLike<number>) => Float32Array.from(rows, (row) => values[row]);
  return {
    columns: measured.map(({ column }) => column),
    values: measured.map(({ values }) => pick(values)),
    seconds: trace.seconds ? pick(trace.seconds) : null,
  };
}

const opened = new WeakMap<KeptTrace, TraceData>();

/** A kept trace as views and charts take it; the same object each time. */
export function openTrace(kept: KeptTrace): TraceData {
  let trace = opened.get(kept);
  if (!trace) {
    trace = {
      columns: kept.columns,
      length: kept.values[0].length,
      values: kept.values.map((column) => Float64Array.from(column)),
      seconds: kept.seconds ? Float64Array.from(kept.seconds) : undefined,
    };
    opened.set(kept, trace);
  }
  return trace;
}

/** Whether something read from storage is a kept trace. */
export function isKeptTrace(value: unknown): value is KeptTrace {
  if (typeof value !== 'object' || value === null) return false;
  const { columns, values, seconds } = value as Partial<KeptTrace>;
  if (!Array.isArray(columns) || !Array.isArray(values) || columns.length === 0) return false;
  const length = (values[0] as Float32Array | undefined)?.length;
  return (
    values.length === columns.length &&
    values.every((column) => column instanceof Float32Array && column.length === length) &&
    (seconds === null || (seconds instanceof Float32Array && seconds.length === length)) &&
    columns.every(
      (column: unknown) =>
        typeof (column as TraceColumn | null)?.id === 'string' &&
        typeof (column as TraceColumn).label === 'string',
    )
  );
}
