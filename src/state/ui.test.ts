import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beginBoot, markStarted } from './boot.ts';
import { createSmallStorage } from './storage.ts';
import { createUiStore, defaultUi, readUi } from './ui.ts';

/** A browser's storage in memory. */
function memory(): { localStorage: Storage } {
  const values = new Map<string, string>();
  return {
    localStorage: {
      getItem: (key: string) => values.get(key) ?? null,
      setItem: (key: string, value: string) => void values.set(key, value),
      removeItem: (key: string) => void values.delete(key),
    } as Storage,
  };
}

const forbidden = {
  get localStorage(): Storage {
    throw new DOMException('Denied.', 'SecurityError');
  },
};

describe('the ui store', () => {
  it('keeps itself, but for the pace', () => {
    const storage = createSmallStorage(memory());
    const panels = { page: { left: 20, right: 22.5 } };
    createUiStore(storage).setState({ theme: 'dark', pace: 5, panels });
    expect(createUiStore(storage).getState()).toEqual({
      ...defaultUi,
      theme: 'dark',
      panels,
    });
    expect(createUiStore(null).getState()).toEqual(defaultUi);
  });

  it('works where storage throws', () => {
    const storage = createSmallStorage(forbidden);
    const store = createUiStore(storage);
    store.setState({ theme: 'light' });
    expect(store.getState().theme).toBe('light');
    expect(storage.get('x')).toBeNull();
    expect(storage.set('x', 'y')).toBe(false);
    expect(() => storage.remove('x')).not.toThrow();
  });

  it('takes what fits and drops the rest, field by field', () => {
    expect(
      readUi('{"theme":"dark","axisX":"furlongs","panels":{"a":{"b":200}},"extra":1,"logY":true}'),
    ).toEqual({ ...defaultUi, theme: 'dark', logY: true });
    for (const broken of ['', '{', '[]', 'null', '7', '"x"'])
      expect(readUi(broken)).toEqual(defaultUi);
  });

  it('reads any text as a full state', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc
            .dictionary(fc.constantFrom(...Object.keys(defaultUi)), fc.jsonValue())
            .map((value) => JSON.stringify(value)),
        ),
        (stored) => {
          const state = readUi(stored);
          expect(Object.keys(state).sort()).toEqual(Object.keys(defaultUi).sort());
          expect(readUi(JSON.stringify(state))).toEqual(state);
        },
      ),
    );
  });
});

describe('the boot counter', () => {
  it('starts safe after two starts that failed, until one works', () => {
    const storage = createSmallStorage(memory());
    expect(beginBoot(storage)).toEqual({ safe: false, message: null });
    expect(beginBoot(storage).safe).toBe(false);
    expect(beginBoot(storage)).toMatchObject({
      safe: true,
      message: expect.stringContaining('without saved state'),
    });
    expect(beginBoot(storage).safe).toBe(true);
    markStarted(storage);
    expect(beginBoot(storage).safe).toBe(false);
    markStarted(storage);
    expect(beginBoot(storage).safe).toBe(false);
    expect(beginBoot(storage).safe).toBe(false);
  });

  it('starts as usual when it cannot count', () => {
    const storage = createSmallStorage(forbidden);
    for (let i = 0; i < 5; i++) expect(beginBoot(storage).safe).toBe(false);
  });
});
