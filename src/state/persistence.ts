/**
 * Where every piece of state goes. One table per store; a state field without an entry does not
 * compile, and links, files, autosave and local storage take exactly what the tables say.
 */
import type { DocumentState } from './document.ts';
import type { RecordsState } from './runs.ts';
import type { UiState } from './ui.ts';

export interface Places {
  /** Into links. */
  link: boolean;
  /** Into files. */
  file: boolean;
  /** Kept by the browser: `local` storage (small), `indexed` database (autosave), or not at all. */
  browser: 'local' | 'indexed' | null;
}

const everywhere = { link: true, file: true, browser: 'indexed' } as const;
const nowhere = { link: false, file: false, browser: null } as const;
const local = { link: false, file: false, browser: 'local' } as const;
const slot = { link: false, file: false, browser: 'indexed' } as const;

export const documentPlaces = {
  family: everywhere,
  instance: everywhere,
  origin: everywhere,
  solverId: everywhere,
  params: everywhere,
  seed: everywhere,
  budget: everywhere,
  workers: everywhere,
  modeId: everywhere,
  toggles: everywhere,
  study: everywhere,
  id: slot,
  savedAt: slot,
  // Whatever is saved was edited.
  edited: nowhere,
  saveState: nowhere,
  saveMessage: nowhere,
  revision: nowhere,
} as const satisfies Record<keyof DocumentState, Places>;

export const recordsPlaces = {
  records: slot,
} as const satisfies Record<keyof RecordsState, Places>;

export const uiPlaces = {
  theme: local,
  instanceTab: local,
  chartTab: local,
  axisX: local,
  logX: local,
  logY: local,
  traceX: local,
  traceLogX: local,
  compareY: local,
  smoothing: local,
  groupSeeds: local,
  panels: local,
  // A search that crawls on the next visit would look broken.
  pace: nowhere,
  solveAfterEdits: local,
} as const satisfies Record<keyof UiState, Places>;

type Table = Readonly<Record<string, Places>>;

/** The keys of a table that go to a place. */
export type KeysFor<T extends Table, Place extends keyof Places, Value> = {
  [Key in keyof T]: T[Key][Place] extends Value ? Key : never;
}[keyof T];

/** The part of a document that goes into links. */
export type LinkPart = Pick<DocumentState, KeysFor<typeof documentPlaces, 'link', true>>;
/** The part of a document that goes into files. */
export type FilePart = Pick<DocumentState, KeysFor<typeof documentPlaces, 'file', true>>;
/** The part of a document that is autosaved. */
export type SavedPart = Pick<DocumentState, KeysFor<typeof documentPlaces, 'browser', 'indexed'>>;

/** The keys that a table sends to a place. */
export const keysFor = <T extends Table, Place extends keyof Places, Value extends Places[Place]>(
  table: T,
  place: Place,
  value: Value,
): KeysFor<T, Place, Value>[] =>
  Object.keys(table).filter((key) => table[key][place] === value) as KeysFor<T, Place, Value>[];

/** The part of a state that its table sends to a place. */
export function partFor<
  T extends Table,
  Place extends keyof Places,
  Value extends Places[Place],
  State extends Record<KeysFor<T, Place, Value>, unknown>,
>(table: T, state: State, place: Place, value: Value): Pick<State, KeysFor<T, Place, Value>> {
  const keys = keysFor(table, place, value);
  return Object.fromEntries(keys.map((key) => [key, state[key]])) as Pick<
    State,
    KeysFor<T, Place, Value>
  >;
}
