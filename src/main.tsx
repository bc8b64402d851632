/** Starts the page: stores, the first document (link, else the last one, else a first visit), React. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { followAddress } from './actions/address.ts';
import { watchInstance, type App as AppModel } from './actions/app.ts';
import { openContent, openInput, showSolution } from './actions/open.ts';
import { keepRecord } from './actions/records.ts';
import { listenForShortcuts } from './actions/shortcuts.ts';
import { createCodeRuns, followCode, runCode } from './actions/code.ts';
import { createSolveAfterEdits, startRunning } from './actions/run.ts';
import type { DocumentContent } from './problems/document.ts';
import { familyEntry } from './problems/registry.ts';
import { createLive, shownSolution } from './runs/live.ts';
import { createWorkerPool } from './runs/pool.ts';
import { decodeHash } from './share/link.ts';
import { createAddressBar, type AddressBar } from './share/location.ts';
import { keepRecords, openLatest, startAutosave } from './state/autosave.ts';
import { beginBoot, markStarted } from './state/boot.ts';
import { createClaims } from './state/claims.ts';
import { contentOf, createDocumentStore, type Slot } from './state/document.ts';
import { createRecordStore } from './state/runs.ts';
import { createRecordShelf, createShelf } from './state/shelf.ts';
import { createShell, say } from './state/shell.ts';
import { createSmallStorage } from './state/storage.ts';
import { createUiStore } from './state/ui.ts';
import { createHandover } from './share/handover.ts';
import { createTogether } from './runs/together.ts';
import { createStudyDesk } from './studies/desk.ts';
import { registerServiceWorker } from './sw/register.ts';
import { App } from './ui/App.tsx';
import { AppContext } from './ui/context.ts';
import './ui/tokens.css';

const FIRST_FAMILY = 'job-shop';
const FIRST_INSTANCE = 'ft10';

const storage = createSmallStorage();
const boot = beginBoot(storage);
const shelf = createShelf();
const shell = createShell();

interface First {
  content: DocumentContent;
  slot?: Slot;
  solution?: unknown;
  /** Solves itself at once; only for what the page itself chose. */
  run?: boolean;
}

/** A link wins over saved work, which stays where it is; saved work over a first visit. */
async function chooseFirst(bar: AddressBar): Promise<First> {
  const hash = bar.read();
  if (hash !== '') {
    const linked = await readLink(hash);
    if (linked) return { content: linked };
  }
  const saved = boot.safe ? null : await openLatest(shelf);
  if (saved) return saved;
  const family = await familyEntry(FIRST_FAMILY)!.load();
  const entry = family.gallery.find(({ id }) => id === FIRST_INSTANCE) ?? family.gallery[0];
  const origin = { kind: 'gallery', id: entry.id } as const;
  return { content: contentOf(FIRST_FAMILY, entry.instance(), origin), run: hash === '' };
}

/** What a link holds; null, with a message, when it cannot be read. */
async function readLink(hash: string): Promise<DocumentContent | null> {
  const decoded = await decodeHash(hash);
  if (!decoded.ok) {
    say(shell, { tone: 'bad', text: 'The link cannot be opened.', issues: decoded.issues });
    return null;
  }
  const { content, warnings } = decoded.value;
  if (warnings.length > 0)
    say(shell, { tone: 'info', text: 'Opened, with parts left out.', issues: warnings });
  return content;
}

async function start(): Promise<void> {
  const pool = createWorkerPool((message) =>
    say(shell, { tone: 'bad', text: message, issues: [] }),
  );
  const bar = createAddressBar();
  const first = await chooseFirst(bar);
  const app: AppModel = {
    document: createDocumentStore(first.content, first.slot),
    records: createRecordStore(),
    ui: createUiStore(boot.safe ? null : storage),
    shell,
    live: createLive(pool, (run) => keepRecord(app, run)),
    pool,
    studies: createStudyDesk(pool, runCode),
    code: createCodeRuns(),
    together: createTogether(pool, (setup, run) =>
      keepRecord(app, run, { colourIndex: setup.colourIndex, pinned: true }),
    ),
    handover: null,
    picture: { handle: null },
  };
  await openContent(app, first.content, first.slot);
  watchInstance(app, createSolveAfterEdits(app));
  followAddress(app, bar);
  followCode(app);
  if (first.solution) showSolution(app, first.solution);
  if (first.run) void startRunning(app);

  listenForShortcuts(app);
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

  bar.onChange((hash) => {
    void readLink(hash).then((content) => content && openContent(app, content));
  });
  if (!boot.safe)
    startAutosave({
      document: app.document,
      shelf,
      claims: createClaims(),
      solution: () => shownSolution(app.live.getState())?.solution ?? null,
    });
  void keepRecords(app.records, createRecordShelf());
  if ('BroadcastChannel' in globalThis)
    app.handover = createHandover((name, text) =>
      say(shell, {
        tone: 'info',
        text: `Another tab hands over ${name}.`,
        issues: [],
        action: { label: 'Open it', run: () => void openInput(app, text, name) },
      }),
    );
  const watchNetwork = () => shell.setState({ online: navigator.onLine });
  watchNetwork();
  window.addEventListener('online', watchNetwork);
  window.addEventListener('offline', watchNetwork);
  registerServiceWorker(() => undefined);
}

start().catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  const root = document.getElementById('root')!;
  root.textContent = `Incumbent could not start: ${message} Reload the page to try again.`;
});
