/** The palette of the page, read once per theme and anew when the theme changes. */
import { readPalette, type Palette } from './palette.ts';

let current: Palette | null = null;
let stop: (() => void) | null = null;
const listeners = new Set<() => void>();

/** The palette of the page's theme. The same object until the theme changes, while watched. */
export function pagePalette(): Palette {
  // Nobody would tell an unwatched one that it went out of date.
  if (!current || listeners.size === 0) renew();
  return current!;
}

/** Reads the palette; true when it is another one than before. */
function renew(): boolean {
  const next = readPalette(document.documentElement);
  if (current && JSON.stringify(current.tokens) === JSON.stringify(next.tokens)) return false;
  current = next;
  return true;
}

/** Calls `listener` after the theme changed: by `data-theme` on the root or by the system. */
export function watchPalette(listener: () => void): () => void {
  listeners.add(listener);
  stop ??= watchPage();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    stop?.();
    stop = null;
  };
}

function watchPage(): () => void {
  const changed = () => {
    if (renew()) for (const listener of listeners) listener();
  };
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme', 'style', 'class'] });
  const queries = ['(prefers-color-scheme: dark)', '(forced-colors: active)'].map((query) =>
    matchMedia(query),
  );
  for (const query of queries) query.addEventListener('change', changed);
  return () => {
    observer.disconnect();
    for (const query of queries) query.removeEventListener('change', changed);
  };
}
