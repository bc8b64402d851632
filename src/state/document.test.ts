import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testFamily, type Stops } from '../problems/test-family.ts';
import { contentOf, createDocumentStore, newDocumentId, type HistoryOptions } from './document.ts';

const family = testFamily();
const stops = (...xs: number[]): Stops => ({ name: 'Line', points: xs.map((x) => [x, 0]) });

const create = (options?: HistoryOptions) =>
  createDocumentStore(
    contentOf('tsp', stops(1), { kind: 'gallery', id: 'square' }),
    { id: 'a' },
    options,
  );
const firstX = (document: ReturnType<typeof create>) =>
  (document.getState().instance as Stops).points[0][0];

describe('editing', () => {
  it('begins unedited, and any change of content edits it', () => {
    const document = create();
    document.setMode('tour');
    document.setToggle('labels', true);
    expect(document.getState()).toMatchObject({ edited: false, modeId: 'tour' });
    expect(document.history.getState().pastStates).toHaveLength(0);
    document.setSeed(3);
    expect(document.getState()).toMatchObject({ edited: true, seed: 3 });
  });

  it('forgets the origin with the first edit, and undo brings it back', () => {
    const document = create();
    document.setInstance(stops(2));
    expect(document.getState().origin).toEqual({ kind: 'own' });
    document.undo();
    expect(document.getState().origin).toEqual({ kind: 'gallery', id: 'square' });
  });

  it('takes what was worked out of the instance as no edit', () => {
    const document = create();
    const { revision } = document.getState();
    document.complete(stops(7));
    expect(document.getState()).toMatchObject({ edited: false, revision });
    expect(document.canUndo()).toBe(false);
    document.setInstance(stops(8));
    document.complete(stops(9));
    document.undo();
    expect(firstX(document)).toBe(7);
  });

  it('makes one undo step of a gesture', () => {
    const document = create();
    for (const x of [2, 3, 4]) document.setInstance(stops(x), { group: 'drag 1' });
    for (const x of [5, 6]) document.setInstance(stops(x), { group: 'drag 2' });
    document.undo();
    expect(firstX(document)).toBe(4);
    document.undo();
    expect(firstX(document)).toBe(1);
    expect(document.undo()).toBe(false);
    document.redo();
    document.redo();
    expect(firstX(document)).toBe(6);
    expect(document.redo()).toBe(false);
  });

  it('keeps gestures with one name apart when the group was ended', () => {
    const document = create();
    document.setInstance(stops(2), { group: 'drag' });
    document.endGroup();
    document.setInstance(stops(3), { group: 'drag' });
    document.undo();
    expect(firstX(document)).toBe(2);
    document.setInstance(stops(9), { group: 'drag' });
    document.undo();
    expect(firstX(document)).toBe(2);
  });

  it('joins the keystrokes of one field, not of two', () => {
    const document = create();
    document.setParam('swap', 'tenure', 1);
    document.setParam('swap', 'tenure', 12);
    document.setBudget({ steps: 100 });
    document.setBudget({ seconds: null });
    document.undo();
    expect(document.getState().budget).toMatchObject({ steps: 100, seconds: 30 });
    document.undo();
    document.undo();
    expect(document.getState().params).toEqual({});
  });

  it('makes no step of a change that changes nothing', () => {
    const document = create();
    document.setSeed(document.getState().seed);
    expect(document.history.getState().pastStates).toHaveLength(0);
  });

  it('an edit after undo drops the future', () => {
    const document = create();
    document.setInstance(stops(2));
    document.undo();
    document.setInstance(stops(3));
    expect(document.redo()).toBe(false);
  });

  it('renames through the family', () => {
    const document = create();
    document.rename(family, 'Ring');
    document.rename(family, 'Rings');
    expect(family.nameOf(document.getState().instance)).toBe('Rings');
    document.undo();
    expect(family.nameOf(document.getState().instance)).toBe('Line');
  });

  it('replaces the whole document, history and all', () => {
    const document = create();
    document.setInstance(stops(2));
    const id = document.open(contentOf('knapsack', stops(7), { kind: 'link' }));
    expect(document.getState()).toMatchObject({
      id,
      family: 'knapsack',
      edited: false,
      savedAt: null,
      seed: 1,
    });
    expect(id).not.toBe('a');
    expect(document.undo()).toBe(false);
    document.setInstance(stops(8));
    expect(document.undo()).toBe(true);
    expect(firstX(document)).toBe(7);
  });
});

describe('history', () => {
  it('keeps the last steps only', () => {
    const document = create({ steps: 3 });
    for (let x = 2; x <= 9; x++) document.setInstance(stops(x));
    let undone = 0;
    while (document.undo()) undone++;
    expect(undone).toBe(3);
    expect(firstX(document)).toBe(6);
  });

  it('keeps fewer steps of heavy instances, at least one, and counts a shared one once', () => {
    const heavy = (x: number) => stops(x, ...Array.from({ length: 1000 }, (_, i) => i));
    const document = create({ bytes: 200_000 });
    for (let x = 2; x <= 9; x++) document.setInstance(heavy(x));
    expect(document.history.getState().pastStates).toHaveLength(4);
    const tight = create({ bytes: 10 });
    for (let x = 2; x <= 9; x++) tight.setInstance(heavy(x));
    expect(tight.history.getState().pastStates).toHaveLength(1);
    const same = create({ bytes: 10 });
    for (let i = 0; i < 20; i++) {
      same.setSeed(i);
      same.setWorkers(1 + (i % 2));
    }
    expect(same.history.getState().pastStates.length).toBeGreaterThan(20);
  });

  it('undo and redo walk exactly the states between steps', () => {
    const command = fc.oneof(
      fc.record({
        kind: fc.constant('set'),
        x: fc.nat(50),
        group: fc.option(fc.constantFrom('a', 'b')),
      }),
      fc.record({
        kind: fc.constantFrom('undo', 'redo', 'end'),
        x: fc.nat(),
        group: fc.constant(null),
      }),
    );
    fc.assert(
      fc.property(fc.array(command, { maxLength: 40 }), (commands) => {
        const document = create();
        const past: number[] = [];
        let future: number[] = [];
        let current = 1;
        let group: string | null = null;
        for (const { kind, x, group: key } of commands) {
          if (kind === 'set') {
            document.setInstance(stops(x), { group: key ?? undefined });
            if (key === null || key !== group) {
              past.push(current);
              future = [];
            }
            group = key;
            current = x;
          } else {
            group = null;
            if (kind === 'end') document.endGroup();
            const [from, to] = kind === 'undo' ? [past, future] : [future, past];
            if (kind !== 'end') {
              const moved = kind === 'undo' ? document.undo() : document.redo();
              expect(moved).toBe(from.length > 0);
              if (moved) {
                to.push(current);
                current = from.pop() as number;
              }
            }
          }
          expect(firstX(document)).toBe(current);
        }
      }),
    );
  });
});

it('says when solutions may have become stale', () => {
  const document = create();
  const revision = () => document.getState().revision;
  const first = revision();
  document.setSeed(9);
  document.rename(family, 'Other');
  expect(revision()).toBe(first);
  document.setInstance(stops(2));
  const second = revision();
  expect(second).toBeGreaterThan(first);
  document.undo();
  const third = revision();
  expect(third).toBeGreaterThan(second);
  document.open(contentOf('tsp', stops(4), { kind: 'own' }));
  expect(revision()).toBeGreaterThan(third);
});

it('ids are long and all different', () => {
  const ids = Array.from({ length: 200 }, newDocumentId);
  expect(new Set(ids).size).toBe(200);
  for (const id of ids) expect(id).toMatch(/^[0-9a-v]{13}$/);
});
