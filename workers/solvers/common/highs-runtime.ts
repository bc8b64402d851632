/** Loads HiGHS (WebAssembly), which is the one part that differs between Node and the browser. */
import type { Highs } from 'highs';

let loading: Promise<Highs> | null = null;
let loaded: Highs | null = null;

const inBrowser = 'window' in globalThis || 'WorkerGlobalScope' in globalThis;

async function load(): Promise<Highs> {
  const { default: loadHighs } = await import('highs');
  // Node finds the file beside the module; the bundler names and serves it in the browser.
  if (!inBrowser) return loadHighs();
  const { default: url } = await import('highs/runtime?url');
  return loadHighs({ locateFile: () => url });
}

/** Loads once; to be awaited before the solver is called. Rejects when the file cannot be had. */
export async function prepareHighs(): Promise<void> {
  loading ??= load();
  try {
    loaded = await loading;
  } catch (error) {
    loading = null;
    throw error;
  }
}

export const hasHighs = (): boolean => loaded !== null;

/** What `prepareHighs` has loaded. Throws when it has not. */
export function highsRuntime(): Highs {
  if (!loaded) throw new Error('HiGHS is not loaded.');
  return loaded;
}
