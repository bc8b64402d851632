/**
 * The service worker: the whole app offline after the first visit, and cross-origin isolation on
 * hosts that cannot send headers. Bundled alone into `sw.js`, with the build's list of files.
 *
 * Pages come from the network when it answers in time, so that a new version shows at once, else
 * from the cache. Everything else carries its content's hash in its name or belongs to a version,
 * and comes from the cache first.
 */

/** Put here by the build. Paths are relative to the scope. */
declare const __OFFLINE__: {
  version: string;
  /** Kept before the worker is installed. */
  now: readonly string[];
  /** Kept when first used, or when the page asks for it. */
  later: readonly string[];
  /** Added to responses that lack them. */
  headers: Readonly<Record<string, string>>;
};

interface ExtendableEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface FetchEvent extends ExtendableEvent {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}
interface MessageToWorker extends ExtendableEvent {
  readonly data: 'started' | 'idle' | { keeps: string };
  readonly ports: readonly MessagePort[];
}
interface Scope {
  readonly registration: { readonly scope: string };
  readonly clients: {
    claim(): Promise<void>;
    matchAll(options: object): Promise<readonly unknown[]>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: ExtendableEvent) => void): void;
  addEventListener(type: 'fetch', listener: (event: FetchEvent) => void): void;
  addEventListener(type: 'message', listener: (event: MessageToWorker) => void): void;
}

// The DOM library types `self` as a window.
const scope = self as unknown as Scope;
const { version, now, later, headers } = __OFFLINE__;
/** Names the place too: one origin may serve the app from several folders. */
const PREFIX = `incumbent ${scope.registration.scope} `;
const CACHE = PREFIX + version;
/** How long a page waits for the network before the kept one is shown, in ms. */
const PAGE_TIMEOUT = 3000;
const CONCURRENCY = 6;

const absolute = (path: string): string => new URL(path, scope.registration.scope).href;
const PAGE = absolute('./');
const known = new Set([...now, ...later].map(absolute));
/** Names that carry their content's hash: the same name is the same content in every version. */
const isHashed = (url: string): boolean => url.startsWith(absolute('assets/'));

/** Takes a file over from an older version's cache, or fetches it. */
async function keep(cache: Cache, url: string): Promise<void> {
  if (await cache.match(url)) return;
  const kept = isHashed(url) ? await caches.match(url) : undefined;
  const response = kept ?? (await fetch(url, { cache: isHashed(url) ? 'default' : 'no-cache' }));
  if (!response.ok || response.redirected) throw new Error(`${url}: ${response.status}`);
  await cache.put(url, response);
}

async function keepAll(paths: readonly string[]): Promise<void> {
  const cache = await caches.open(CACHE);
  const waiting = paths.map(absolute);
  const work = async (): Promise<void> => {
    for (let url = waiting.pop(); url !== undefined; url = waiting.pop()) await keep(cache, url);
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
}

/** Older versions stay while another page may still load parts of them. */
async function dropOldVersions(): Promise<void> {
  const pages = await scope.clients.matchAll({ type: 'window', includeUncontrolled: true });
  if (pages.length > 1) return;
  for (const name of await caches.keys()) {
    if (name.startsWith(PREFIX) && name !== CACHE) await caches.delete(name);
  }
}

/** The response with the headers the app is served with, where the host did not send them. */
function withHeaders(response: Response): Response {
  if (response.type === 'opaque' || response.status === 0) return response;
  const missing = Object.entries(headers).filter(([name]) => !response.headers.has(name));
  if (missing.length === 0) return response;
  const all = new Headers(response.headers);
  for (const [name, value] of missing) all.set(name, value);
  const { status, statusText } = response;
  const body = status === 204 || status === 304 ? null : response.body;
  return new Response(body, { status, statusText, headers: all });
}

async function page(request: Request): Promise<Response> {
  const kept = async (): Promise<Response | undefined> =>
    (await (await caches.open(CACHE)).match(PAGE)) ?? caches.match(PAGE);
  const network = fetch(request);
  network.catch(() => undefined);
  const late = new Promise<undefined>((done) => setTimeout(done, PAGE_TIMEOUT));
  try {
    const response = await Promise.race([network, late]);
    if (response && response.status < 500) return response;
  } catch {
    // Offline; the kept page answers below.
  }
  return (await kept()) ?? network;
}

async function asset(request: Request): Promise<Response> {
  const { url } = request;
  const cache = await caches.open(CACHE);
  const kept = (await cache.match(url)) ?? (isHashed(url) ? await caches.match(url) : undefined);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok && !response.redirected && known.has(url)) {
    await cache.put(url, response.clone());
  }
  return response;
}

scope.addEventListener('install', (event) => {
  event.waitUntil(keepAll(now).then(() => scope.skipWaiting()));
});

scope.addEventListener('activate', (event) => {
  event.waitUntil(scope.clients.claim());
});

scope.addEventListener('message', (event) => {
  const { data, ports } = event;
  if (data === 'started') event.waitUntil(dropOldVersions());
  else if (data === 'idle') event.waitUntil(keepAll(later));
  else ports[0].postMessage(known.has(data.keeps));
});

scope.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || !request.url.startsWith(scope.registration.scope)) return;
  const answer = request.mode === 'navigate' ? page(request) : asset(request);
  event.respondWith(answer.then(withHeaders));
});
