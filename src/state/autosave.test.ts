import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NO_BUDGET } from '../core/budget.ts';
import { unwrap } from '../core/result.ts';
import { testFamily, type Stops } from '../problems/test-family.ts';
import { keepRecords, openLatest, openSaved, startAutosave, type Autosave } from './autosave.ts';
import { createClaims, type Claims } from './claims.ts';
import { contentOf, createDocumentStore } from './document.ts';
import { createRecordStore, type RunRecord } from './runs.ts';
import {
  joinRecords,
  MAX_DOCUMENTS,
  type RecordShelf,
  type SavedHead,
  type Shelf,
} from './shelf.ts';

const family = testFamily();
const loadFamily = () => Promise.resolve(family);
const stops = (x: number, name = 'Line'): Stops => ({ name, points: [[x, 0]] });

/** A shelf in memory, cloning like a database. */
function memoryShelf() {
  const heads = new Map<string, SavedHead>();
  const bodies = new Map<string, unknown>();
  let failure: Error | null = null;
  const shelf: Shelf = {
    list: () => Promise.resolve([...heads.values()].sort((a, b) => b.savedAt - a.savedAt)),
    load: (id) => Promise.resolve(structuredClone(bodies.get(id))),
    save(head, body) {
      if (failure) return Promise.reject(failure);
      heads.set(head.id, head);
      bodies.set(head.id, structuredClone(body));
      return Promise.resolve();
    },
    remove(id) {
      heads.delete(id);
      bodies.delete(id);
      return Promise.resolve();
    },
  };
  return {
    shelf,
    heads,
    bodies,
    fail: (error: Error | null) => {
      failure = error;
    },
  };
}

/** One browser's locks, for its tabs. */
function browserLocks() {
  const taken = new Set<string>();
  const request = async (
    name: string,
    _: LockOptions,
    held: (lock: Lock | null) => Promise<void> | undefined,
  ) => {
    if (taken.has(name)) return held(null);
    taken.add(name);
    await held({ name, mode: 'exclusive' });
    taken.delete(name);
  };
  return () => createClaims({ locks: { request } as unknown as LockManager });
}

const running: Autosave[] = [];
function tab(shelf: Shelf, claims: Claims = browserLocks()(), id = 'first') {
  const document = createDocumentStore(contentOf('tsp', stops(1), { kind: 'own' }), { id });
  const autosave = startAutosave({ document, shelf, claims, loadFamily, page: null });
  running.push(autosave);
  return { document, autosave };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  for (const autosave of running.splice(0)) autosave.dispose();
  vi.useRealTimers();
});

describe('autosave', () => {
  it('begins with the first edit and waits for a pause', async () => {
    const { shelf, heads } = memoryShelf();
    const { document } = tab(shelf);
    document.setMode('tour');
    await vi.advanceTimersByTimeAsync(5000);
    expect(heads.size).toBe(0);
    expect(document.getState()).toMatchObject({ saveState: 'new', saveMessage: 'Not edited' });
    document.setInstance(stops(2));
    expect(document.getState().saveState).toBe('pending');
    await vi.advanceTimersByTimeAsync(700);
    document.setSeed(5);
    await vi.advanceTimersByTimeAsync(700);
    expect(heads.size).toBe(0);
    await vi.advanceTimersByTimeAsync(200);
    expect(heads.get('first')).toMatchObject({ name: 'Line', family: 'tsp' });
    expect(document.getState()).toMatchObject({
      saveState: 'saved',
      saveMessage: 'Saved in this browser',
    });
    expect(document.getState().savedAt).toBe(heads.get('first')?.savedAt);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('brings everything back', async () => {
    const { shelf } = memoryShelf();
    const { document, autosave } = tab(shelf);
    document.setInstance(stops(3));
    document.setSolver('swap');
    document.setParam('swap', 'tenure', 20);
    document.setBudget({ seconds: null, steps: 900 });
    document.setMode('tour');
    document.setToggle('labels', false);
    await autosave.flush();
    const saved = await openLatest(shelf, loadFamily);
    const {
      family: id,
      instance,
      origin,
      solverId,
      params,
      seed,
      budget,
      workers,
      modeId,
      toggles,
    } = document.getState();
    expect(saved).toMatchObject({
      content: {
        family: id,
        instance,
        origin,
        solverId,
        params,
        seed,
        budget,
        workers,
        modeId,
        toggles,
      },
      slot: { id: 'first', edited: true },
      warnings: [],
    });
    const next = tab(shelf, browserLocks()(), 'other');
    if (saved) next.document.open(saved.content, saved.slot);
    expect(next.document.getState()).toMatchObject({ id: 'first', saveState: 'saved' });
    await vi.advanceTimersByTimeAsync(5000);
    expect(next.document.getState().savedAt).toBe(saved?.slot.savedAt);
  });

  it('saves a document that is left before its time', async () => {
    const { shelf, bodies } = memoryShelf();
    const { document, autosave } = tab(shelf);
    document.setInstance(stops(4));
    document.open(contentOf('tsp', stops(9), { kind: 'link' }));
    await autosave.flush();
    expect([...bodies.keys()]).toEqual(['first']);
    expect(bodies.get('first')).toMatchObject({ instance: stops(4) });
    expect(document.getState().saveState).toBe('new');
  });

  it('says when there is no room, and recovers', async () => {
    const { shelf, fail, heads } = memoryShelf();
    const { document } = tab(shelf);
    fail(new DOMException('Full.', 'QuotaExceededError'));
    document.setSeed(2);
    await vi.advanceTimersByTimeAsync(1000);
    expect(document.getState()).toMatchObject({
      saveState: 'failed',
      saveMessage: 'Not saved: the browser has no room left. Export it as a file.',
    });
    fail(new DOMException('Denied.', 'SecurityError'));
    document.setSeed(3);
    expect(document.getState().saveState).toBe('failed');
    await vi.advanceTimersByTimeAsync(1000);
    expect(document.getState().saveMessage).toContain('keeps no data here');
    fail(null);
    document.setSeed(4);
    await vi.advanceTimersByTimeAsync(1000);
    expect(document.getState().saveState).toBe('saved');
    expect(heads.size).toBe(1);
  });

  it('makes a copy when another tab has the document', async () => {
    const { shelf, heads, bodies } = memoryShelf();
    const claims = browserLocks();
    const one = tab(shelf, claims());
    const two = tab(shelf, claims());
    one.document.setInstance(stops(10));
    await one.autosave.flush();
    two.document.setInstance(stops(20));
    await two.autosave.flush();
    const { id } = two.document.getState();
    expect(id).not.toBe('first');
    expect(two.document.getState().saveState).toBe('saved');
    expect([...heads.keys()]).toEqual(['first', id]);
    expect(bodies.get('first')).toMatchObject({ instance: stops(10) });
    two.document.setInstance(stops(21));
    await two.autosave.flush();
    expect(two.document.getState().id).toBe(id);
    expect(bodies.get(id)).toMatchObject({ instance: stops(21) });
    one.autosave.dispose();
    const three = tab(shelf, claims());
    three.document.setSeed(3);
    await three.autosave.flush();
    expect(three.document.getState().id).toBe('first');
  });

  it('saves at once when the page is hidden', async () => {
    const { shelf, heads } = memoryShelf();
    const page = Object.assign(new EventTarget(), { visibilityState: 'visible' as const });
    const document = createDocumentStore(contentOf('tsp', stops(1), { kind: 'own' }));
    running.push(startAutosave({ document, shelf, claims: browserLocks()(), loadFamily, page }));
    document.setSeed(8);
    page.dispatchEvent(new Event('visibilitychange'));
    await vi.advanceTimersByTimeAsync(0);
    expect(heads.size).toBe(0);
    Object.assign(page, { visibilityState: 'hidden' });
    page.dispatchEvent(new Event('visibilitychange'));
    await vi.advanceTimersByTimeAsync(0);
    expect(heads.size).toBe(1);
  });
});

describe('opening what was saved', () => {
  it('checks it like any file', async () => {
    const { shelf, bodies } = memoryShelf();
    expect(await openLatest(shelf, loadFamily)).toBeNull();
    const { document, autosave } = tab(shelf);
    document.setSeed(2);
    await autosave.flush();
    bodies.set('first', { format: 'incumbent', version: 1, instance: { points: 'many' } });
    expect(await openSaved(shelf, 'first', loadFamily)).toMatchObject({
      ok: false,
      issues: [{ path: ['instance', 'points'] }],
    });
    expect(await openLatest(shelf, loadFamily)).toBeNull();
    expect((await openSaved(shelf, 'gone', loadFamily)).ok).toBe(false);
    const broken: Shelf = { ...shelf, list: () => Promise.reject(new Error('no')) };
    expect((await openSaved(broken, 'first', loadFamily)).ok).toBe(false);
    expect(await openLatest(broken, loadFamily)).toBeNull();
  });

  it('brings back the solution', async () => {
    const { shelf } = memoryShelf();
    const document = createDocumentStore(contentOf('tsp', stops(1), { kind: 'own' }), { id: 'a' });
    const solution = () => ({ tour: [0] });
    const autosave = startAutosave({
      document,
      shelf,
      claims: browserLocks()(),
      solution,
      loadFamily,
      page: null,
    });
    running.push(autosave);
    document.setSeed(2);
    await autosave.flush();
    expect(unwrap(await openSaved(shelf, 'a', loadFamily)).solution).toEqual({ tour: [0] });
  });
});

describe('claims through a channel', () => {
  beforeEach(() => void vi.useRealTimers());

  it('the second tab does not get it until the first lets go', async () => {
    const host = { channel: () => new BroadcastChannel('claims-1') };
    const [one, two] = [createClaims(host), createClaims(host)];
    expect(await one.claim('a')).toBe(true);
    expect(await one.claim('a')).toBe(true);
    expect(await two.claim('a')).toBe(false);
    expect(await two.claim('b')).toBe(true);
    one.release();
    expect(await two.claim('a')).toBe(true);
    two.release();
  });

  it('of two that ask at once exactly one gets it', async () => {
    const host = { channel: () => new BroadcastChannel('claims-2') };
    const [one, two] = [createClaims(host), createClaims(host)];
    const got = await Promise.all([one.claim('a'), two.claim('a')]);
    expect(got.filter(Boolean)).toHaveLength(1);
    one.release();
    two.release();
  });

  it('claims all where there is nobody to ask', async () => {
    expect(await createClaims({}).claim('a')).toBe(true);
    const denied = {
      locks: { request: () => Promise.reject(new DOMException('Denied.', 'SecurityError')) },
    };
    expect(await createClaims(denied as never).claim('a')).toBe(true);
  });
});

describe('run records', () => {
  const record = (id: string, change: Partial<RunRecord> = {}): RunRecord => ({
    id,
    colourIndex: 0,
    pinned: false,
    finishedAt: 0,
    family: 'tsp',
    instanceHash: 'x',
    instanceName: 'Line',
    facts: [],
    solverId: 'swap',
    solverVersion: 1,
    solverName: 'Swap',
    params: {},
    seed: 1,
    budget: NO_BUDGET,
    workers: 1,
    objective: 1,
    digits: 0,
    isLoss: false,
    bound: null,
    proof: null,
    reason: 'stopped',
    seconds: 1,
    steps: 1,
    points: [],
    solution: null,
    ...change,
  });

  it('of two tabs are joined; what one removed stays removed', () => {
    const theirs = [record('a'), record('b', { finishedAt: 2 })];
    const ours = [record('b', { finishedAt: 2, pinned: true }), record('c', { finishedAt: 3 })];
    const joined = joinRecords(theirs, ours, new Set(['a']));
    expect(joined.map(({ id, pinned }) => [id, pinned])).toEqual([
      ['c', false],
      ['b', true],
    ]);
    const many = Array.from({ length: 80 }, (_, i) =>
      record(`r${i}`, { finishedAt: i, pinned: i === 0 }),
    );
    const kept = joinRecords(many, [], new Set());
    expect(kept).toHaveLength(MAX_DOCUMENTS);
    expect(kept.at(-1)?.id).toBe('r0');
  });

  it('come back on the next visit, without what is no record', async () => {
    let kept: unknown = [record('old'), { id: 'broken' }, null];
    const shelf: RecordShelf = {
      load: () => Promise.resolve(kept),
      save: (records, removed) => {
        kept = joinRecords(kept as RunRecord[], records, removed);
        return Promise.resolve();
      },
    };
    const store = createRecordStore();
    const stop = await keepRecords(store, shelf);
    expect(store.getState().records.map(({ id }) => id)).toEqual(['old']);
    kept = [record('old')];
    const { id, colourIndex: _, pinned: __, ...run } = record('x', { finishedAt: 9 });
    expect(id).toBe('x');
    store.add(run);
    store.remove('old');
    expect((kept as RunRecord[]).map(({ finishedAt }) => finishedAt)).toEqual([9]);
    stop();
    const failing: RecordShelf = {
      load: () => Promise.reject(new Error('no')),
      save: () => Promise.reject(new Error('no')),
    };
    const other = createRecordStore();
    await keepRecords(other, failing);
    other.add(run);
    expect(other.getState().records).toHaveLength(1);
  });
});
