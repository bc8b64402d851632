/**
 * What a run has brought so far, outside React: growing typed columns and a bounded history, with
 * a version that rises on every change. Views draw from here in an animation frame.
 */
import { halvedRows } from '../core/thin-rows.ts';
import { weigh } from '../core/weigh.ts';
import type { TraceColumn } from '../core/solver.ts';
import type { IncumbentRecord } from '../protocol/messages.ts';
import type { TraceData } from '../problems/views.ts';

/** Whole solutions kept for the time slider, at most. */
export const HISTORY_LIMIT = 400;
/** … and bytes of them, so that a million cities keep a few. */
const HISTORY_BYTES = 64e6;
const HISTORY_LEAST = 8;

/** A growing Float64Array. */
export class Column {
  values = new Float64Array(256);
  length = 0;

  push(value: number): void {
    if (this.length === this.values.length) {
      const larger = new Float64Array(this.values.length * 2);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.length++] = value;
  }

  last(): number {
    return this.values[this.length - 1];
  }
}

/** Stamped values: a convergence line. */
export interface Line {
  seconds: Column;
  steps: Column;
  values: Column;
}

const createLine = (): Line => ({
  seconds: new Column(),
  steps: new Column(),
  values: new Column(),
});

export interface RunBuffers {
  version: number;
  /** Every improvement's objective. */
  incumbents: Line;
  bounds: Line;
  /** Proof label of the latest bound. */
  proof: string | null;
  /** The latest bound that came with evidence, for the family's verification. */
  evidence: { value: number; evidence: unknown } | null;
  /** Improvements with their solutions, oldest first, thinned evenly beyond the limit. */
  history: IncumbentRecord[];
  /** Number of improvements so far, also of those thinned out. */
  improvements: number;
  trace: TraceData & { length: number; seconds: Float64Array };
}

/** Trace rows kept; beyond, half of them go, never a spike. */
const TRACE_LIMIT = 20_000;

export function createBuffers(columns: readonly TraceColumn[]): RunBuffers {
  return {
    version: 0,
    incumbents: createLine(),
    bounds: createLine(),
    proof: null,
    evidence: null,
    history: [],
    improvements: 0,
    trace: {
      columns,
      length: 0,
      values: columns.map(() => new Float64Array(TRACE_LIMIT)),
      seconds: new Float64Array(TRACE_LIMIT),
    },
  };
}

export function pushPoint(line: Line, seconds: number, steps: number, value: number): void {
  line.seconds.push(seconds);
  line.steps.push(steps);
  line.values.push(value);
}

/** Adds records within the limits: beyond them, every second one of the older half goes. */
export function pushHistory(buffers: RunBuffers, records: readonly IncumbentRecord[]): void {
  buffers.history.push(...records);
  if (records.length === 0) return;
  const fitting = Math.floor(HISTORY_BYTES / weigh(records[records.length - 1].solution));
  const limit = Math.max(HISTORY_LEAST, Math.min(HISTORY_LIMIT, fitting));
  if (buffers.history.length <= limit) return;
  const last = buffers.history.length - 1;
  buffers.history = buffers.history.filter(
    (_, index) => index === 0 || index > last / 2 || index % 2 === 0,
  );
}

/** Adds row-major rows of the run's trace columns, with the second each came at. */
export function pushTrace(buffers: RunBuffers, rows: Float64Array, seconds: Float64Array): void {
  const { trace } = buffers;
  const width = trace.columns.length;
  if (width === 0) return;
  for (let i = 0; i < seconds.length; i++) {
    if (trace.length === TRACE_LIMIT) {
      const kept = halvedRows(trace.length, width, (row, column) => trace.values[column][row]);
      for (const column of [...trace.values, trace.seconds])
        kept.forEach((row, place) => (column[place] = column[row]));
      trace.length = kept.length;
    }
    for (let column = 0; column < width; column++)
      trace.values[column][trace.length] = rows[i * width + column];
    trace.seconds[trace.length] = seconds[i];
    trace.length++;
  }
}

/** Adds the rows of the run before, without those of pictures alone. @returns the seconds it took. */
export function pushPrior(buffers: RunBuffers, prior: TraceData): number {
  const { columns } = buffers.trace;
  const of = columns.map(({ id }) => prior.columns.findIndex((one) => one.id === id));
  const measured = prior.columns.flatMap(({ role }, i) => (i > 0 && role !== 'picture' ? [i] : []));
  const kept = Array.from({ length: prior.length }, (_, row) => row).filter((row) =>
    measured.some((column) => Number.isFinite(prior.values[column][row])),
  );
  const rows = Float64Array.from(
    kept.flatMap((row) => of.map((column) => (column < 0 ? NaN : prior.values[column][row]))),
  );
  const seconds = Float64Array.from(kept, (row) => prior.seconds?.[row] ?? 0);
  pushTrace(buffers, rows, seconds);
  return seconds[seconds.length - 1] ?? 0;
}
