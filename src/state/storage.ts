/**
 * Local storage that never throws: it is missing in private windows of some browsers, throws when
 * read in third-party frames, and may be full.
 */

export interface SmallStorage {
  get(key: string): string | null;
  /** false: not kept. */
  set(key: string, value: string): boolean;
  remove(key: string): void;
}

/** @param host the window's storage is behind a getter that may throw itself. */
export function createSmallStorage(
  host: { readonly localStorage: Storage } = window,
): SmallStorage {
  const guarded = <T>(read: (storage: Storage) => T, otherwise: T): T => {
    try {
      return read(host.localStorage);
    } catch {
      return otherwise;
    }
  };
  return {
    get: (key) => guarded((storage) => storage.getItem(key), null),
    set: (key, value) =>
      guarded((storage) => {
        storage.setItem(key, value);
        return true;
      }, false),
    remove: (key) => guarded((storage) => storage.removeItem(key), undefined),
  };
}
