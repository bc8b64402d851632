/**
 * Autosave: from the first edit on, the open document is kept in the browser under its id. Nothing
 * here throws; what goes wrong is said in the document's `saveState` and `saveMessage`.
 */
import { fail, ok, type Result } from '../core/result.ts';
import { isObject, readDocument, writeDocument, type DocumentParts } from '../problems/document.ts';
import type { AnyFamily, FamilyId } from '../problems/family.ts';
import { familyEntry } from '../problems/registry.ts';
import type { Claims } from './claims.ts';
import { newDocumentId, type DocumentState, type DocumentStore, type Slot } from './document.ts';
import { isKeptTrace } from './kept-trace.ts';
import { documentPlaces, keysFor, partFor, recordsPlaces, type SavedPart } from './persistence.ts';
import type { RecordStore, RunRecord } from './runs.ts';
import type { RecordShelf, Shelf } from './shelf.ts';

/** Milliseconds from the last edit to the save. */
const DELAY = 800;

export interface AutosaveOptions {
  document: DocumentStore;
  shelf: Shelf;
  claims: Claims;
  /** The solution to keep with the document, in the family's form; null without one. */
  solution?: () => unknown | null;
  loadFamily?: (id: FamilyId) => Promise<AnyFamily>;
  /** Told when the page is hidden; null in tests. */
  page?: Pick<Document, 'addEventListener' | 'removeEventListener' | 'visibilityState'> | null;
}

export interface Autosave {
  /** Saves what is pending now; resolves when all is written. */
  flush(): Promise<void>;
  dispose(): void;
}

const loadFromRegistry = (id: FamilyId): Promise<AnyFamily> => {
  const entry = familyEntry(id);
  return entry ? entry.load() : Promise.reject(new Error(`There is no family "${id}".`));
};

const savedKeys = keysFor(documentPlaces, 'browser', 'indexed');

/** Whether two states would be saved differently; where they are saved does not count. */
const differ = (a: DocumentState, b: DocumentState): boolean =>
  savedKeys.some((key) => key !== 'id' && key !== 'savedAt' && a[key] !== b[key]);

export function startAutosave({
  document,
  shelf,
  claims,
  solution = () => null,
  loadFamily = loadFromRegistry,
  page = globalThis.document ?? null,
}: AutosaveOptions): Autosave {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let writing: Promise<void> = Promise.resolve();
  let forking = false;

  const stop = document.subscribe((state, before) => {
    if (forking) return;
    if (state.id !== before.id) {
      // The document that was left before its save was due.
      if (timer !== null) save(before, null);
      return;
    }
    if (!state.edited || (before.edited && !differ(state, before))) return;
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(saveOpen, DELAY);
    if (state.saveState !== 'failed')
      document.setSlot({ saveState: 'pending', saveMessage: 'Saving soon' });
  });

  const saveOpen = () => save(document.getState(), solution());

  function save(state: DocumentState, withSolution: unknown | null): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    writing = writing.then(() => write(state, withSolution));
  }

  /** The document is open and still under this id. */
  const isOpen = (id: string) => document.getState().id === id;

  async function write(state: DocumentState, withSolution: unknown | null): Promise<void> {
    let { id } = state;
    try {
      if (!(await claims.claim(id))) id = fork(id);
      const family = await loadFamily(state.family);
      const savedAt = Date.now();
      const part: SavedPart = partFor(documentPlaces, state, 'browser', 'indexed');
      await shelf.save(
        { id, name: family.nameOf(part.instance), family: part.family, savedAt },
        writeDocument(part, family, withSolution),
      );
      // Edits since then have their own save coming.
      if (isOpen(id) && timer === null)
        document.setSlot({ savedAt, saveState: 'saved', saveMessage: 'Saved in this browser' });
    } catch (error) {
      if (isOpen(id)) document.setSlot({ saveState: 'failed', saveMessage: reasonOf(error) });
    }
  }

  /** Another tab has this document: from here on this one is a copy. */
  function fork(id: string): string {
    const copy = newDocumentId();
    if (isOpen(id)) {
      forking = true;
      document.setSlot({ id: copy, savedAt: null });
      forking = false;
    }
    void claims.claim(copy);
    return copy;
  }

  const hidden = () => {
    if (page?.visibilityState === 'hidden' && timer !== null) saveOpen();
  };
  page?.addEventListener('visibilitychange', hidden);

  return {
    flush() {
      if (timer !== null) saveOpen();
      return writing;
    },
    dispose() {
      stop();
      if (timer !== null) clearTimeout(timer);
      page?.removeEventListener('visibilitychange', hidden);
      claims.release();
    },
  };
}

function reasonOf(error: unknown): string {
  const name = error instanceof Error ? error.name : '';
  return name === 'QuotaExceededError'
    ? 'Not saved: the browser has no room left. Export it as a file.'
    : 'Not saved: the browser keeps no data here. Export it as a file.';
}

/** A saved document with its slot, ready for `DocumentStore.open`. */
export interface SavedDocument extends DocumentParts {
  slot: Slot;
}

/** Reads a saved document; it is checked like any file. */
export async function openSaved(
  shelf: Shelf,
  id: string,
  loadFamily: (id: FamilyId) => Promise<AnyFamily> = loadFromRegistry,
): Promise<Result<SavedDocument>> {
  try {
    const head = (await shelf.list()).find((candidate) => candidate.id === id);
    const body = await shelf.load(id);
    if (!head || !isObject(body)) return fail({ message: 'The document is no longer there.' });
    const document = readDocument(body, await loadFamily(head.family));
    if (!document.ok) return document;
    return ok({ ...document.value, slot: { id, edited: true, savedAt: head.savedAt } });
  } catch {
    return fail({ message: 'The saved document cannot be read.', hint: 'Open a file instead.' });
  }
}

/** The document saved last; null when there is none, or none that can be read. */
export async function openLatest(
  shelf: Shelf,
  loadFamily?: (id: FamilyId) => Promise<AnyFamily>,
): Promise<SavedDocument | null> {
  try {
    const [head] = await shelf.list();
    if (!head) return null;
    const saved = await openSaved(shelf, head.id, loadFamily);
    return saved.ok ? saved.value : null;
  } catch {
    return null;
  }
}

/** Restores kept run records, then keeps those of the store. Failures only mean they are not kept. */
export async function keepRecords(records: RecordStore, shelf: RecordShelf): Promise<() => void> {
  try {
    const kept = await shelf.load();
    if (Array.isArray(kept)) records.restore(kept.filter(isRunRecord));
  } catch {
    // Nothing to restore from.
  }
  const removed = new Set<string>();
  return records.subscribe((state, before) => {
    if (state.records === before.records) return;
    const now = new Set(state.records.map(({ id }) => id));
    for (const { id } of before.records) if (!now.has(id)) removed.add(id);
    const part = partFor(recordsPlaces, state, 'browser', 'indexed');
    shelf.save(part.records, removed).catch(() => undefined);
  });
}

function isRunRecord(value: unknown): value is RunRecord {
  if (!isObject(value)) return false;
  const texts = ['id', 'family', 'instanceHash', 'instanceName', 'solverId', 'solverName'];
  const numbers = ['colourIndex', 'finishedAt', 'seed', 'seconds', 'steps', 'digits'];
  return (
    texts.every((key) => typeof value[key] === 'string') &&
    numbers.every((key) => typeof value[key] === 'number') &&
    Array.isArray(value.points) &&
    Array.isArray(value.facts) &&
    isObject(value.params) &&
    isObject(value.budget) &&
    (value.trace === undefined || value.trace === null || isKeptTrace(value.trace))
  );
}
