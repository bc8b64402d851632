/** Where documents and run records are kept: IndexedDB. May reject; callers turn that into state. */
import { createStore, delMany, get, getMany, keys, setMany, update } from 'idb-keyval';
import type { FamilyId } from '../problems/family.ts';
import { MAX_RECORDS, type RunRecord } from './runs.ts';

/** What a list of saved documents shows. */
export interface SavedHead {
  id: string;
  name: string;
  family: FamilyId;
  /** Milliseconds since 1970. */
  savedAt: number;
}

export interface Shelf {
  /** Newest first. */
  list(): Promise<SavedHead[]>;
  /** The plain document, as `writeDocument` made it; undefined when there is none. */
  load(id: string): Promise<unknown>;
  /** Keeps a document, in place of its older state; beyond the cap the oldest go. */
  save(head: SavedHead, body: unknown): Promise<void>;
  remove(id: string): Promise<void>;
}

export interface RecordShelf {
  load(): Promise<unknown>;
  /** Joins `records` to those kept, without the ids in `removed`. */
  save(records: readonly RunRecord[], removed: ReadonlySet<string>): Promise<void>;
}

export const MAX_DOCUMENTS = 50;

const HEAD = 'head:';
const BODY = 'body:';

/** Heads apart from bodies, so that listing reads no instance. */
export function createShelf(name = 'incumbent-documents'): Shelf {
  const store = createStore(name, 'documents');

  async function list(): Promise<SavedHead[]> {
    const names = (await keys<string>(store)).filter((key) => key.startsWith(HEAD));
    const heads = await getMany<SavedHead>(names, store);
    return heads.filter((head) => head !== undefined).sort((a, b) => b.savedAt - a.savedAt);
  }

  return {
    list,
    load: (id) => get<unknown>(BODY + id, store),
    async save(head, body) {
      await setMany(
        [
          [HEAD + head.id, head],
          [BODY + head.id, body],
        ],
        store,
      );
      const old = (await list()).slice(MAX_DOCUMENTS);
      if (old.length > 0)
        await delMany(
          old.flatMap(({ id }) => [HEAD + id, BODY + id]),
          store,
        );
    },
    remove: (id) => delMany([HEAD + id, BODY + id], store),
  };
}

const RECORDS = 'records';

export function createRecordShelf(name = 'incumbent-runs'): RecordShelf {
  const store = createStore(name, 'runs');
  return {
    load: () => get<unknown>(RECORDS, store),
    // One transaction, so that two tabs do not lose each other's runs.
    save: (records, removed) =>
      update<readonly RunRecord[]>(
        RECORDS,
        (kept) => joinRecords(kept ?? [], records, removed),
        store,
      ),
  };
}

/** Ours over theirs by id, newest first, within the cap; pinned ones stay longest. */
export function joinRecords(
  theirs: readonly RunRecord[],
  ours: readonly RunRecord[],
  removed: ReadonlySet<string>,
): RunRecord[] {
  const byId = new Map([...theirs, ...ours].map((record) => [record.id, record]));
  return [...byId.values()]
    .filter(({ id }) => !removed.has(id))
    .sort((a, b) => Number(b.pinned) - Number(a.pinned) || b.finishedAt - a.finishedAt)
    .slice(0, MAX_RECORDS)
    .sort((a, b) => b.finishedAt - a.finishedAt);
}
