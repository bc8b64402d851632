/**
 * The document store: one open document with undo. A factory, so that tests and several hosts can
 * each have their own; React reads it through `useStore(document.store, selector)`.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { temporal, type TemporalState } from 'zundo';
import type { ParamValue, ParamValues } from '../core/params.ts';
import { defaultParams } from '../core/params.ts';
import type { SolverInfo } from '../core/solver.ts';
import {
  defaultSettings,
  type BudgetChoice,
  type DocumentContent,
  type Origin,
} from '../problems/document.ts';
import type { AnyFamily } from '../problems/family.ts';
import { weigh } from './weigh.ts';

export interface DocumentState extends DocumentContent {
  /** Names the autosave slot. */
  id: string;
  /** Changed by a person since it was opened; autosave begins here. */
  edited: boolean;
  /** Milliseconds since 1970 of the last autosave; null before. */
  savedAt: number | null;
}

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
}

export interface DocumentStore {
  readonly store: StoreApi<DocumentState>;
  /** Past and future; `pastStates.length` says whether undo can do anything. */
  readonly history: StoreApi<TemporalState<Undoable>>;
  setInstance(instance: unknown, options?: EditOptions): void;
  /** Through the family, which knows where an instance keeps its name. */
  rename(family: AnyFamily, name: string): void;
  /** null: the family's default. */
  setSolver(solverId: string | null): void;
  /** A value already read through the solver's specs. */
  setParam(solverId: string, id: string, value: ParamValue): void;
  resetParams(solverId: string): void;
  setSeed(seed: number): void;
  setBudget(change: Partial<BudgetChoice>): void;
  setWorkers(workers: number): void;
  /** Modes and toggles are how it is seen: no undo step, no reason to save. */
  setMode(modeId: string | null): void;
  setToggle(id: string, on: boolean): void;
  /** Ends the running group: the next edit is its own undo step. */
  endGroup(): void;
  undo(): boolean;
  redo(): boolean;
  /** Another document in place of this one; its history begins anew. Returns its id. */
  replace(content: DocumentContent, slot?: Partial<Slot>): string;
  /** After an autosave, or under a new id when another tab has this one. */
  setSlot(slot: Partial<Pick<Slot, 'id' | 'savedAt'>>): void;
}

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

  const fresh = (from: DocumentContent, into: Partial<Slot>): DocumentState => ({
    ...from,
    id: into.id ?? newDocumentId(),
    edited: into.edited ?? false,
    savedAt: into.savedAt ?? null,
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
    store,
    history,
    setInstance: (instance, { group: key, origin = own } = {}) =>
      edit({ instance, origin }, key ?? null),
    rename: (family, name) =>
      document.setInstance(family.withName(store.getState().instance, name), { group: 'name' }),
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
    setBudget: (change) =>
      edit(
        { budget: { ...store.getState().budget, ...change } },
        `budget ${Object.keys(change).join(' ')}`,
      ),
    setWorkers: (workers) => edit({ workers }, 'workers'),
    setMode: (modeId) => store.setState({ modeId }),
    setToggle: (id, on) => store.setState({ toggles: { ...store.getState().toggles, [id]: on } }),
    endGroup() {
      group = null;
    },
    undo: () => travel('undo'),
    redo: () => travel('redo'),
    replace(to, into = {}) {
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
    if (direction === 'undo') undo();
    else redo();
    store.setState({ edited: true });
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

/** The solver a run would use: the chosen one, or the family's default for the instance. */
export function solverOf(
  document: Pick<DocumentContent, 'solverId' | 'instance'>,
  family: AnyFamily,
): SolverInfo {
  const id = document.solverId ?? family.defaultSolver(document.instance);
  const solver = family.solvers.find((candidate) => candidate.id === id) ?? family.solvers[0];
  return solver;
}

/** All parameters of a solver: what a person has set over the defaults. */
export const paramsOf = (
  document: Pick<DocumentContent, 'params'>,
  solver: SolverInfo,
): ParamValues => ({ ...defaultParams(solver.params), ...document.params[solver.id] });
