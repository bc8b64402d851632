/**
 * What a run has to tell the page, held back until the page grants credit: the latest incumbent
 * wins, every improvement keeps its point, whole solutions are thinned.
 */
import { weigh } from '../../src/core/weigh.ts';
import { halvedRows } from '../../src/core/thin-rows.ts';
import type { IncumbentRecord } from '../../src/protocol/messages.ts';

/** Whole solutions kept between two credits; of heavy ones the newest only. */
export const RECORDS_PER_MESSAGE = 8;
const HEAVY_BYTES = 500_000;
/** Trace rows kept between two credits; beyond, half of them go, never a spike. */
const TRACE_ROWS = 4096;

export interface IncumbentBatch {
  points: Float64Array;
  records: IncumbentRecord[];
}

export function createIncumbentQueue() {
  let points: number[] = [];
  let records: IncumbentRecord[] = [];
  return {
    push(record: IncumbentRecord): void {
      points.push(record.seconds, record.steps, record.report.objective);
      if (weigh(record.solution) > HEAVY_BYTES) records = [];
      records.push(record);
      // Twice the limit is thinned to the limit: the newest always stays.
      if (records.length >= 2 * RECORDS_PER_MESSAGE)
        records = records.filter((_, index) => (records.length - 1 - index) % 2 === 0);
    },
    get empty() {
      return records.length === 0;
    },
    take(): IncumbentBatch {
      const batch = {
        points: Float64Array.from(points),
        records: thin(records, RECORDS_PER_MESSAGE),
      };
      points = [];
      records = [];
      return batch;
    },
  };
}

/** At most `count` of the items, evenly spread, the last always among them. */
export function thin<T>(items: T[], count: number): T[] {
  if (items.length <= count) return items;
  return Array.from(
    { length: count },
    (_, index) => items[Math.round(((index + 1) * items.length) / count) - 1],
  );
}

export interface TraceBatch {
  /** Row-major. */
  rows: Float64Array;
  /** When each row came. */
  seconds: Float64Array;
}

export function createTraceQueue() {
  let rows: (readonly number[])[] = [];
  let seconds: number[] = [];
  return {
    push(row: readonly number[], at: number): void {
      rows.push(row);
      seconds.push(at);
      if (rows.length <= TRACE_ROWS) return;
      const kept = halvedRows(rows.length, row.length, (i, column) => rows[i][column]);
      rows = kept.map((i) => rows[i]);
      seconds = kept.map((i) => seconds[i]);
    },
    get empty() {
      return rows.length === 0;
    },
    take(): TraceBatch {
      const batch = { rows: Float64Array.from(rows.flat()), seconds: Float64Array.from(seconds) };
      rows = [];
      seconds = [];
      return batch;
    },
  };
}
