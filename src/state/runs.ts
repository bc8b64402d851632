/** Records of finished runs, to compare and to repeat: plain data, bounded in number and size. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { BudgetSpec, EndReason } from '../core/budget.ts';
import { formatMeasure } from '../core/format.ts';
import { crc32 } from '../core/checksum.ts';
import type { ParamValues } from '../core/params.ts';
import type { AnyFamily, Fact, FamilyId } from '../problems/family.ts';
import type { KeptTrace } from './kept-trace.ts';

/** Seconds and steps of all workers so far; null before the first incumbent or bound. */
export interface ConvergencePoint {
  seconds: number;
  steps: number;
  objective: number | null;
  bound: number | null;
}

export interface RunRecord {
  id: string;
  /** Series colour; stays with the run while others come and go. */
  colourIndex: number;
  pinned: boolean;
  /** Milliseconds since 1970. */
  finishedAt: number;

  family: FamilyId;
  /** `hashInstance` of the instance, whatever its name. */
  instanceHash: string;
  instanceName: string;
  /** What the instance says of itself. */
  facts: readonly Pick<Fact, 'label' | 'value'>[];
  solverId: string;
  solverVersion: number;
  solverName: string;
  params: ParamValues;
  seed: number;
  budget: BudgetSpec;
  workers: number;

  objective: number | null;
  /** Decimals of objectives when shown. */
  digits: number;
  /** Shown with the other sign. */
  isLoss: boolean;
  bound: number | null;
  proof: string | null;
  reason: EndReason | null;
  seconds: number;
  steps: number;
  /** At most `MAX_POINTS`. */
  points: readonly ConvergencePoint[];
  /** In the family's plain form; null without one. */
  solution: unknown | null;
  /** Absent in records of before, and of solvers without one. */
  trace?: KeptTrace | null;
}

export interface RecordsState {
  /** Newest first. */
  records: readonly RunRecord[];
}

export interface RecordStore extends StoreApi<RecordsState> {
  /** Keeps a run, thinned; beyond `MAX_RECORDS` the oldest unpinned ones go. */
  add(
    record: Omit<RunRecord, 'id' | 'colourIndex' | 'pinned'>,
    kept?: Pick<RunRecord, 'colourIndex' | 'pinned'>,
  ): RunRecord;
  /** The lowest colour that no record has. */
  freeColour(): number;
  togglePin(id: string): void;
  remove(id: string): void;
  /** All that are not pinned. */
  clear(): void;
  /** Records kept from before, besides those of now. */
  restore(records: readonly RunRecord[]): void;
}

export const MAX_RECORDS = 50;
export const MAX_POINTS = 500;

export function createRecordStore(): RecordStore {
  const store = createStore<RecordsState>(() => ({ records: [] }));
  const change = (records: readonly RunRecord[]) => store.setState({ records: limit(records) });
  return {
    ...store,
    freeColour: () => freeColour(store.getState().records),
    add(run, kept) {
      const { records } = store.getState();
      const record: RunRecord = {
        ...run,
        id: newRecordId(),
        ...(kept ?? { colourIndex: freeColour(records), pinned: false }),
        points: thinPoints(run.points, MAX_POINTS),
      };
      change([record, ...records]);
      return record;
    },
    togglePin: (id) =>
      change(
        store
          .getState()
          .records.map((record) =>
            record.id === id ? { ...record, pinned: !record.pinned } : record,
          ),
      ),
    remove: (id) => change(store.getState().records.filter((record) => record.id !== id)),
    clear: () => change(store.getState().records.filter((record) => record.pinned)),
    restore(old) {
      const now = store.getState().records;
      const known = new Set(now.map(({ id }) => id));
      const joined = [...now];
      for (const record of old) {
        if (known.has(record.id)) continue;
        const taken = joined.some(({ colourIndex }) => colourIndex === record.colourIndex);
        joined.push(taken ? { ...record, colourIndex: freeColour(joined) } : record);
      }
      change(joined.sort((a, b) => b.finishedAt - a.finishedAt));
    },
  };
}

const newRecordId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(10)), (byte) => (byte & 31).toString(32)).join(
    '',
  );

/** Drops the oldest unpinned beyond the cap; only pinned ones may exceed it. */
function limit(records: readonly RunRecord[]): readonly RunRecord[] {
  let excess = records.length - MAX_RECORDS;
  if (excess <= 0) return records;
  return records
    .toReversed()
    .filter((record) => record.pinned || excess-- <= 0)
    .toReversed();
}

/** The lowest colour that no record has. */
function freeColour(records: readonly RunRecord[]): number {
  const used = new Set(records.map(({ colourIndex }) => colourIndex));
  let index = 0;
  while (used.has(index)) index++;
  return index;
}

/**
 * At most `max` of the points: first and last, and between them evenly along the curve in
 * logarithmic time and in value, so that both the steep start and the long tail stay. O(n).
 */
export function thinPoints(
  points: readonly ConvergencePoint[],
  max: number,
): readonly ConvergencePoint[] {
  if (points.length <= max) return points;
  const last = points.length - 1;
  const time = (point: ConvergencePoint) => Math.log10(Math.max(1e-3, point.seconds));
  const spanOf = (read: (point: ConvergencePoint) => number | null) => {
    let min = Infinity;
    let most = -Infinity;
    for (const point of points) {
      const value = read(point);
      if (value === null) continue;
      min = Math.min(min, value);
      most = Math.max(most, value);
    }
    return most > min ? most - min : Infinity;
  };
  const reads = [
    time,
    (point: ConvergencePoint) => point.objective,
    (point: ConvergencePoint) => point.bound,
  ];
  const spans = reads.map(spanOf);
  const along = new Float64Array(points.length);
  for (let i = 1; i <= last; i++) {
    along[i] = along[i - 1];
    reads.forEach((read, k) => {
      const [before, after] = [read(points[i - 1]), read(points[i])];
      if (before !== null && after !== null) along[i] += Math.abs(after - before) / spans[k];
    });
  }
  const total = along[last] || 1;
  const kept: ConvergencePoint[] = [points[0]];
  let next = 1;
  for (let i = 1; i < last; i++) {
    // As many points left as places: all of them stay.
    const wanted = (total * next) / (max - 1);
    if (along[i] < wanted && last - i > max - 1 - kept.length) continue;
    if (kept.length === max - 1) break;
    kept.push(points[i]);
    next = Math.max(next + 1, Math.floor((along[i] / total) * (max - 1)) + 1);
  }
  kept.push(points[last]);
  return kept;
}

/** A stamped line of values, as the run buffers hold them. */
interface StampedLine {
  seconds: { values: ArrayLike<number>; length: number };
  steps: { values: ArrayLike<number> };
  values: { values: ArrayLike<number> };
}

/** Incumbents and bounds as one series in time: each point has the best of both so far. O(n). */
export function joinLines(incumbents: StampedLine, bounds: StampedLine): ConvergencePoint[] {
  const points: ConvergencePoint[] = [];
  let objective: number | null = null;
  let bound: number | null = null;
  let i = 0;
  let j = 0;
  while (i < incumbents.seconds.length || j < bounds.seconds.length) {
    const isBound =
      i >= incumbents.seconds.length ||
      (j < bounds.seconds.length && bounds.seconds.values[j] < incumbents.seconds.values[i]);
    const line = isBound ? bounds : incumbents;
    const at = isBound ? j++ : i++;
    if (isBound) bound = line.values.values[at];
    else objective = line.values.values[at];
    points.push({
      seconds: line.seconds.values[at],
      steps: line.steps.values[at],
      objective,
      bound,
    });
  }
  return points;
}

/** An objective or bound of a run as text; a dash when there is none. */
export const shownValue = (
  { isLoss, digits }: Pick<RunRecord, 'isLoss' | 'digits'>,
  value: number | null,
): string => (value === null ? '–' : formatMeasure(isLoss ? 0 - value : value, digits));

/** Equal for equal instances whatever their name: CRC-32 and length of the link bytes. */
export function hashInstance(family: AnyFamily, instance: unknown): string {
  const nameless = family.withName(instance, '');
  let bytes: Uint8Array;
  try {
    bytes = family.codec.encode(nameless);
  } catch {
    // Not every instance fits into a link.
    bytes = new TextEncoder().encode(JSON.stringify(nameless));
  }
  return `${crc32(bytes).toString(16).padStart(8, '0')}-${bytes.length.toString(36)}`;
}
