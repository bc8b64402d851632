/**
 * The boot counter: a page that could not start twice in a row with its saved state starts without
 * it, so that bad state never locks a person out.
 */
import type { SmallStorage } from './storage.ts';

const KEY = 'incumbent.boot';
const FAILURES = 2;

export interface Boot {
  /** Start without saved state. */
  safe: boolean;
  /** What to tell a person; null in the ordinary case. */
  message: string | null;
}

/** Counts this start as failed until `markStarted`. Call once, before any saved state is read. */
export function beginBoot(storage: SmallStorage): Boot {
  const failures = Math.trunc(Number(storage.get(KEY))) || 0;
  storage.set(KEY, String(Math.min(failures + 1, 99)));
  if (failures < FAILURES) return { safe: false, message: null };
  return {
    safe: true,
    message:
      'The last two starts failed, so this one began without saved state. ' +
      'Saved documents are still under Recent documents.',
  };
}

/** The page works: rendered, and answering. */
export function markStarted(storage: SmallStorage): void {
  storage.remove(KEY);
}
