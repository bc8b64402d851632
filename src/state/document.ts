/**
 * The document store: one open document with undo. A factory, so that tests and several hosts can
 * each have their own.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { temporal, type TemporalState } from 'zundo';
import type { BudgetSpec } from '../core/budget.ts';
import type { ParamValue } from '../core/params.ts';
import {
  budgetKeys,
  defaultSettings,
  type DocumentContent,
  type Origin,
  type StudyChoice,
} from '../problems/document.ts';
import type { AnyFamily } from '../problems/family.ts';
import { weigh } from '../core/weigh.ts';

export interface DocumentState extends DocumentContent {
  /** Names the autosave slot. */
  id: string;
  /** Changed by a person since it was opened; autosave begins here. */
  edited: boolean;
  /** Milliseconds since 1970 of the last autosave; null before. */
  savedAt: number | null;
  saveState: SaveState;
  /** The same in words, e.g. "Saved in this browser". */
  saveMessage: string;
  /**
   * Rises with every change of the instance, undo and opening included, that solutions may not
   * survive; renaming is none.
   */
  revision: number;
}

/** `new`: nothing to save yet; `pending`: will be saved in a moment. */
export type SaveState = 'new' | 'pending' | 'saved' | 'failed';

/** What undo brings back. */
export type Undoable = Pick<DocumentState, (typeof undoable)[number]>;

const undoable = [
  'instance',
  'origin',
  'solverId',
  'params',
  'seed',
  'budget',
  'workers',
] as const satisfies readonly (keyof DocumentState)[];

export interface HistoryOptions {
  /** Undo steps kept at most. Default 100. */
  steps?: number;
  /** Bytes of old instances kept at most, by `weigh`; one step is always kept. Default 64 MB. */
  bytes?: number;
}

export interface EditOptions {
  /** Edits in a row with the same group are one undo step: give each gesture its own. */
  group?: string;
  /** Where the new instance comes from. Default `own`. */
  origin?: Origin;
  /** Solutions stay what they are: only a name has changed. */
  keepSolution?: boolean;
}

export interface DocumentStore extends StoreApi<DocumentState> {
  readonly history: StoreApi<TemporalState<Undoable>>;
  setInstance(instance: unknown, options?: EditOptions): void;
  /** The same instance with what was worked out of it: no edit, no undo step. */
  complete(instance: unknown): void;
  /** Through the family, which knows where an instance keeps its name. */
  rename(family: AnyFamily, name: string): void;
  /** null: the family's default. */
  setSolver(solverId: string | null): void;
  /** A value already read through the solver's specs. */
  setParam(solverId: string, id: string, value: ParamValue): void;
  resetParams(solverId: string): void;
  setSeed(seed: number): void;
  setBudget(change: Partial<BudgetSpec>): void;
  setWorkers(workers: number): void;
  /** Modes, toggles and studies are how it is seen: no undo step, no reason to save. */
  setMode(modeId: string | null): void;
  setToggle(id: string, on: boolean): void;
  setStudy(study: StudyChoice | null): void;
  /** Ends the running group: the next edit is its own undo step. */
  endGroup(): void;
  canUndo(): boolean;
  canRedo(): boolean;
  /** false when there was nothing to undo. */
  undo(): boolean;
  redo(): boolean;
  /** Another document in place of this one; its history begins anew. Returns its id. */
  open(content: DocumentContent, slot?: Partial<Slot>): string;
  /** What autosave has to say, and the new id when another tab has the old one. */
  setSlot(slot: Partial<Pick<DocumentState, 'id' | 'savedAt' | 'saveState' | 'saveMessage'>>): void;
}

/** Where a document stands in the autosave. */
export type Slot = Pick<DocumentState, 'id' | 'edited' | 'savedAt'>;

const own: Origin = { kind: 'own' };

/** 13 characters that no other document has. */
export function newDocumentId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(13));
  return Array.from(bytes, (byte) => (byte & 31).toString(32)).join('');
}

export function createDocumentStore(
  content: DocumentContent,
  slot: Partial<Slot> = {},
  { steps = 100, bytes = 64e6 }: HistoryOptions = {},
): DocumentStore {
  let group: string | null = null;
  /** The group of the set under way. */
  let incoming: string | null = null;
  let revisions = 0;

  const fresh = (from: DocumentContent, into: Partial<Slot>): DocumentState => ({
    ...from,
    id: into.id ?? newDocumentId(),
    edited: into.edited ?? false,
    savedAt: into.savedAt ?? null,
    saveState: into.savedAt ? 'saved' : 'new',
    saveMessage: into.savedAt ? 'Saved in this browser' : 'Not edited',
    revision: ++revisions,
  });

  const store = createStore<DocumentState>()(
    temporal(() => fresh(content, slot), {
      partialize: (state): Undoable => pickUndoable(state),
      equality: (past, current) => undoable.every((key) => past[key] === current[key]),
      handleSet: (record) => (past, replace, current) => {
        const same = incoming !== null && incoming === group;
        group = incoming;
        if (same) return;
        // zundo's types pass on the `replace` overloads of setState; it ignores the argument.
        (record as (past: unknown, replace: unknown, current: unknown) => void)(
          past,
          replace,
          current,
        );
        trim();
      },
    }),
  );
  const history = store.temporal;

  function trim(): void {
    const past = history.getState().pastStates;
    let kept = 0;
    let total = 0;
    const counted = new Set<unknown>([store.getState().instance]);
    for (let i = past.length - 1; i >= 0 && kept < steps; i--) {
      const { instance } = past[i];
      if (!counted.has(instance)) total += weigh(instance);
      counted.add(instance);
      if (total > bytes && kept > 0) break;
      kept++;
    }
    if (kept < past.length) history.setState({ pastStates: past.slice(past.length - kept) });
  }

  function edit(change: Partial<DocumentState>, key: string | null): void {
    incoming = key;
    store.setState({ ...change, edited: true });
    incoming = null;
  }

  const document: DocumentStore = {
    ...store,
    history,
    setInstance(instance, { group: key, origin = own, keepSolution = false } = {}) {
      const revision = keepSolution ? {} : { revision: ++revisions };
      edit({ instance, origin, ...revision }, key ?? null);
    },
    complete(instance) {
      history.getState().pause();
      store.setState({ instance });
      history.getState().resume();
    },
    rename: (family, name) =>
      document.setInstance(family.withName(store.getState().instance, name), {
        group: 'name',
        keepSolution: true,
      }),
    setSolver: (solverId) => edit({ solverId }, 'solver'),
    setParam(solverId, id, value) {
      const { params } = store.getState();
      edit(
        { params: { ...params, [solverId]: { ...params[solverId], [id]: value } } },
        `param ${solverId} ${id}`,
      );
    },
    resetParams(solverId) {
      const { [solverId]: _, ...params } = store.getState().params;
      edit({ params }, null);
    },
    setSeed: (seed) => edit({ seed }, 'seed'),
    setBudget(change) {
      const { budget } = store.getState();
      const next = { ...budget, ...change };
      const changed = budgetKeys.filter((key) => next[key] !== budget[key]);
      if (changed.length > 0) edit({ budget: next }, `budget ${changed.join(' ')}`);
    },
    setWorkers: (workers) => edit({ workers }, 'workers'),
    setMode: (modeId) => store.setState({ modeId }),
    setToggle: (id, on) => store.setState({ toggles: { ...store.getState().toggles, [id]: on } }),
    setStudy: (study) => store.setState({ study }),
    endGroup() {
      group = null;
    },
    canUndo: () => history.getState().pastStates.length > 0,
    canRedo: () => history.getState().futureStates.length > 0,
    undo: () => travel('undo'),
    redo: () => travel('redo'),
    open(to, into = {}) {
      const state = fresh(to, into);
      history.getState().pause();
      store.setState(state, true);
      history.getState().clear();
      history.getState().resume();
      group = null;
      return state.id;
    },
    setSlot: (to) => store.setState(to),
  };

  function travel(direction: 'undo' | 'redo'): boolean {
    group = null;
    const { pastStates, futureStates, undo, redo } = history.getState();
    if ((direction === 'undo' ? pastStates : futureStates).length === 0) return false;
    const { instance } = store.getState();
    if (direction === 'undo') undo();
    else redo();
    const changed = store.getState().instance !== instance;
    store.setState({ edited: true, ...(changed ? { revision: ++revisions } : {}) });
    return true;
  }

  return document;
}

function pickUndoable(state: DocumentState): Undoable {
  const { instance, origin, solverId, params, seed, budget, workers } = state;
  return { instance, origin, solverId, params, seed, budget, workers };
}

/** A new document around an instance, with default settings. */
export const contentOf = (
  family: DocumentContent['family'],
  instance: unknown,
  origin: Origin,
): DocumentContent => ({ ...defaultSettings, family, instance, origin });
