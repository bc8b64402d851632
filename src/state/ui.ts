/** How the page is arranged: kept per browser, never part of a document. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { partFor, uiPlaces } from './persistence.ts';
import type { SmallStorage } from './storage.ts';

export interface UiState {
  theme: 'system' | 'light' | 'dark';
  /** The instance editor's tab. */
  instanceTab: 'table' | 'text' | 'generate';
  /** What is below the picture. */
  chartTab: 'convergence' | 'trace' | 'compare' | 'table' | 'log';
  /** Horizontal axis of convergence. */
  axisX: 'seconds' | 'steps';
  logX: boolean;
  logY: boolean;
  /** Horizontal axis of traces: a column's id or time; '' is the trace's first. */
  traceX: string;
  traceLogX: boolean;
  /** What runs are compared by: 'gap', a trace column's id, or '' for what suits the family. */
  compareY: string;
  /** Half-life of the moving average over traces as a part of the run; 0 is none. */
  smoothing: number;
  /** Runs that differ by their seed only are drawn as a mean with its range. */
  groupSeeds: boolean;
  /** Yields per second to watch a search move; null is full speed. */
  pace: number | null;
  /** Runs again after every edit of an instance that a person has run before. */
  solveAfterEdits: boolean;
  /** Percent of each panel, by panel group and panel; a collapsed one is small. */
  panels: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

export type UiStore = StoreApi<UiState>;

export const defaultUi: UiState = {
  theme: 'system',
  instanceTab: 'table',
  chartTab: 'convergence',
  axisX: 'seconds',
  logX: true,
  logY: false,
  traceX: '',
  traceLogX: false,
  compareY: '',
  smoothing: 0,
  groupSeeds: true,
  pace: null,
  solveAfterEdits: false,
  panels: {},
};

const KEY = 'incumbent.ui';

/** A value read back from storage, or undefined when it is no longer one of the field's. */
type Reader<T> = (value: unknown) => T | undefined;

const oneOf =
  <const T extends readonly string[]>(...options: T): Reader<T[number]> =>
  (value) =>
    options.find((option) => option === value);

const boolean: Reader<boolean> = (value) => (typeof value === 'boolean' ? value : undefined);

const shortText: Reader<string> = (value) =>
  typeof value === 'string' && value.length <= 40 ? value : undefined;

const numberIn =
  (min: number, max: number): Reader<number> =>
  (value) =>
    typeof value === 'number' && value >= min && value <= max ? value : undefined;

const recordOf =
  <T>(read: Reader<T>): Reader<Readonly<Record<string, T>>> =>
  (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    const entries = Object.entries(value)
      .slice(0, 100)
      .map(([key, item]) => [key, read(item)] as const);
    return entries.every(([, item]) => item !== undefined)
      ? (Object.fromEntries(entries) as Record<string, T>)
      : undefined;
  };

const readers: { [Key in keyof UiState]: Reader<UiState[Key]> } = {
  theme: oneOf('system', 'light', 'dark'),
  instanceTab: oneOf('table', 'text', 'generate'),
  chartTab: oneOf('convergence', 'trace', 'compare', 'table', 'log'),
  axisX: oneOf('seconds', 'steps'),
  logX: boolean,
  logY: boolean,
  traceX: shortText,
  traceLogX: boolean,
  compareY: shortText,
  smoothing: numberIn(0, 0.5),
  groupSeeds: boolean,
  solveAfterEdits: boolean,
  pace: (value) => (value === null ? null : numberIn(0.1, 10_000)(value)),
  panels: recordOf(recordOf(numberIn(0, 100))),
};

/** The kept part of a stored text, field by field; whatever does not fit falls to its default. */
export function readUi(stored: string | null): UiState {
  let value: unknown;
  try {
    value = JSON.parse(stored ?? '{}');
  } catch {
    return defaultUi;
  }
  if (typeof value !== 'object' || value === null) return defaultUi;
  const kept: Partial<Record<keyof UiState, unknown>> = partFor(
    uiPlaces,
    value as Record<keyof UiState, unknown>,
    'browser',
    'local',
  );
  const state: UiState = { ...defaultUi };
  const take = <Key extends keyof UiState>(key: Key) => {
    const read = readers[key](kept[key]);
    if (read !== undefined) state[key] = read;
  };
  for (const key of Object.keys(kept) as (keyof UiState)[]) take(key);
  return state;
}

/** A ui store that keeps itself in local storage; without one (safe mode) it starts from defaults. */
export function createUiStore(storage: SmallStorage | null): UiStore {
  const store = createStore<UiState>(() => readUi(storage?.get(KEY) ?? null));
  store.subscribe((state) => {
    storage?.set(KEY, JSON.stringify(partFor(uiPlaces, state, 'browser', 'local')));
  });
  return store;
}
