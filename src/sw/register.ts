/** Registers the service worker that makes the app work offline. */

export type OfflineState =
  /** No service worker here: a development build, plain http, or blocked by the browser. */
  | 'unsupported'
  /** The app is being kept for offline use. */
  | 'installing'
  /** The app works offline. */
  | 'ready'
  /** A newer version than this page is kept; it shows on the next load. */
  | 'updated'
  /** Keeping the app failed; it needs the network, all else works. */
  | 'failed';

/** After this long without a load the text editor is fetched for offline use, in ms. */
const IDLE_DELAY = 8000;

/** Whether the person asked the browser to spare data. */
function savesData(): boolean {
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  return connection?.saveData === true;
}

function askWhenIdle(worker: ServiceWorker): void {
  const ask = (): void => worker.postMessage('idle');
  setTimeout(() => {
    if ('requestIdleCallback' in window) requestIdleCallback(ask, { timeout: 60_000 });
    else ask();
  }, IDLE_DELAY);
}

/** Whether this very script is part of the version a worker keeps. */
function keeps(worker: ServiceWorker): Promise<boolean> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((done) => {
    port1.onmessage = ({ data }: MessageEvent<boolean>) => {
      port1.close();
      done(data);
    };
    worker.postMessage({ keeps: import.meta.url }, [port2]);
  });
}

async function register(onState: (state: OfflineState) => void): Promise<void> {
  const { serviceWorker } = navigator;
  // A page without a controller is on its first visit, or was loaded past the worker on purpose.
  let controlled = serviceWorker.controller !== null;
  serviceWorker.addEventListener('controllerchange', async () => {
    const { controller } = serviceWorker;
    const replaced = controlled;
    controlled = true;
    // A page that came from the network may be of the new version already.
    if (replaced && controller && !(await keeps(controller))) onState('updated');
  });
  if (!controlled) onState('installing');
  // Relative to the page, so that the app runs from any folder of a host.
  const registration: ServiceWorkerRegistration | undefined = await serviceWorker.register(
    new URL('sw.js', document.baseURI),
  );
  // Automated browsers may block registration, which then gives nothing.
  if (!registration) return onState('unsupported');
  const installing = registration.installing;
  installing?.addEventListener('statechange', () => {
    if (installing.state === 'redundant' && !registration.active) onState('failed');
  });
  const { active } = await serviceWorker.ready;
  onState('ready');
  active?.postMessage('started');
  if (active && !savesData()) askWhenIdle(active);
}

/**
 * Registers the service worker once the page has loaded; in production builds only.
 * @param onState called with every change, in order; never before this function returns
 */
export function registerServiceWorker(onState: (state: OfflineState) => void): void {
  const start = (): void => {
    if (!import.meta.env.PROD || !('serviceWorker' in navigator)) onState('unsupported');
    else register(onState).catch(() => onState('failed'));
  };
  if (document.readyState === 'complete') setTimeout(start);
  else window.addEventListener('load', start, { once: true });
}
