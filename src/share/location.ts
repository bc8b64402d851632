/** The address bar: the only place that touches `location` and `history`. */

/** WebKit refuses more than 100 history calls in 30 seconds; this stays well below. */
const INTERVAL = 750;

export interface AddressBar {
  /** From `#` on; '' when there is none, or one that says nothing (`#`, `#/`). */
  read(): string;
  /** Called when a person brings up another link (types one, goes back); not for `write`. */
  onChange(listener: (hash: string) => void): () => void;
  /** Shows a hash without a history entry, at most once per 750 ms; the last one wins. */
  write(hash: string): void;
  /** Shows a pending hash now, before the page goes. */
  flush(): void;
  /** The address to share for a hash: this page, without its query. */
  url(hash: string): string;
  dispose(): void;
}

/** The parts of a window that are used. */
export type AddressHost = Pick<Window, 'addEventListener' | 'removeEventListener'> & {
  location: Pick<Location, 'hash' | 'origin' | 'pathname' | 'search'>;
  history: Pick<History, 'replaceState' | 'state'>;
  performance: Pick<Performance, 'now'>;
};

export function createAddressBar(host: AddressHost = window): AddressBar {
  let pending: string | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let last = -Infinity;
  const stops = new Set<() => void>();

  const read = () => (/^#?\/?$/.test(host.location.hash) ? '' : host.location.hash);

  const bar: AddressBar = {
    read,
    onChange(listener) {
      const heard = () => {
        // What a person opens counts more than what was about to be shown.
        pending = null;
        const hash = read();
        if (hash !== '') listener(hash);
      };
      host.addEventListener('hashchange', heard);
      const stop = () => {
        host.removeEventListener('hashchange', heard);
        stops.delete(stop);
      };
      stops.add(stop);
      return stop;
    },
    write(hash) {
      pending = hash;
      const wait = last + INTERVAL - host.performance.now();
      if (wait <= 0) bar.flush();
      else timer ??= setTimeout(() => bar.flush(), wait);
    },
    flush() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      if (pending === null || pending === host.location.hash) return;
      last = host.performance.now();
      try {
        // A relative "#…" would lose the query of an embedded page in some browsers.
        const { pathname, search } = host.location;
        host.history.replaceState(host.history.state, '', `${pathname}${search}${pending}`);
      } catch {
        // Too many history calls, or an opaque origin: the address only lags behind.
      }
      pending = null;
    },
    url: (hash) => `${host.location.origin}${host.location.pathname}${hash}`,
    dispose() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      for (const stop of stops) stop();
    },
  };
  return bar;
}
