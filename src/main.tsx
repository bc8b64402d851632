/** Starts the page: stores, the first document (link, else the last one, else a first visit), React. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { watchInstance, type App as AppModel } from './actions/app.ts';
import { openContent, openFirstVisit, showSolution } from './actions/open.ts';
import { keepRecord } from './actions/records.ts';
import { contentOf } from './state/document.ts';
import { familyEntry } from './problems/registry.ts';
import { createLive, shownSolution } from './runs/live.ts';
import { createWorkerPool } from './runs/pool.ts';
import { decodeHash } from './share/link.ts';
import { createAddressBar, type AddressBar } from './share/location.ts';
import { keepRecords, openLatest, startAutosave } from './state/autosave.ts';
import { beginBoot, markStarted } from './state/boot.ts';
import { createClaims } from './state/claims.ts';
import { createDocumentStore } from './state/document.ts';
import { createRecordStore } from './state/runs.ts';
import { createRecordShelf, createShelf } from './state/shelf.ts';
import { createShell, say } from './state/shell.ts';
import { createSmallStorage } from './state/storage.ts';
import { createUiStore } from './state/ui.ts';
import { registerServiceWorker } from './sw/register.ts';
import { App } from './ui/App.tsx';
import { AppContext } from './ui/context.ts';
import './ui/tokens.css';

const storage = createSmallStorage();
const boot = beginBoot(storage);
const shelf = createShelf();
const shell = createShell();

async function createApp(): Promise<AppModel> {
  const pool = createWorkerPool((message) =>
    say(shell, { tone: 'bad', text: message, issues: [] }),
  );
  pool.warm(1);
  const entry = familyEntry('job-shop')!;
  const [family, views] = await Promise.all([entry.load(), entry.loadViews()]);
  const first = family.gallery[0];
  const document = createDocumentStore(
    contentOf('job-shop', first.instance(), { kind: 'gallery', id: first.id }),
  );
  shell.setState({ loaded: { family, views }, online: navigator.onLine });
  const app: AppModel = {
    document,
    records: createRecordStore(),
    ui: createUiStore(boot.safe ? null : storage),
    shell,
    live: createLive(pool, (run) => keepRecord(app, run)),
    pool,
    picture: { current: null },
  };
  return app;
}

/** A link wins over saved work, which stays where it is; saved work over a first visit. */
async function openFirst(app: AppModel, bar: AddressBar): Promise<void> {
  const hash = bar.read();
  if (hash !== '') {
    if (await openLink(app, hash)) return;
  }
  const saved = boot.safe ? null : await openLatest(shelf);
  if (saved) {
    await openContent(app, saved.content, saved.slot);
    if (saved.solution !== null) showSolution(app, saved.solution);
  } else if (hash === '') await openFirstVisit(app);
}

async function openLink(app: AppModel, hash: string): Promise<boolean> {
  const decoded = await decodeHash(hash);
  if (!decoded.ok) {
    say(app.shell, { tone: 'bad', text: 'The link cannot be opened.', issues: decoded.issues });
    return false;
  }
  await openContent(app, decoded.value.content);
  if (decoded.value.warnings.length > 0)
    say(app.shell, {
      tone: 'info',
      text: 'Opened the link, with parts left out.',
      issues: decoded.value.warnings,
    });
  return true;
}

async function start(): Promise<void> {
  const app = await createApp();
  const bar = createAddressBar();
  watchInstance(app);
  await openFirst(app, bar);
  bar.onChange((hash) => void openLink(app, hash));
  createRoot(document.getElementById('root')!).render(
    <StrictMode>
      <AppContext value={app}>
        <App />
      </AppContext>
    </StrictMode>,
  );
  if (boot.message) say(shell, { tone: 'info', text: boot.message, issues: [] });
  // Rendered, and still answering after the first frames.
  requestAnimationFrame(() => setTimeout(() => markStarted(storage), 500));
  if (!boot.safe)
    startAutosave({
      document: app.document,
      shelf,
      claims: createClaims(),
      solution: () => shownSolution(app.live.getState())?.solution ?? null,
    });
  void keepRecords(app.records, createRecordShelf());
  for (const type of ['online', 'offline'] as const)
    window.addEventListener(type, () => shell.setState({ online: navigator.onLine }));
  registerServiceWorker(() => undefined);
}

start().catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  const root = document.getElementById('root')!;
  root.textContent = `Incumbent could not start: ${message} Reload the page to try again.`;
});
