/**
 * Code that a person wrote, on the page: it runs when they press Run, and from then on again when
 * the same text is needed for other numbers, or when they go on typing. Text from a link, a file or
 * storage is not run by anything else.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { fail as failure, type Issue } from '../core/result.ts';
import { evaluate, missingSources, type RunCode } from '../sandbox/evaluate.ts';
import { fail, loadedOf, type App } from './app.ts';

export interface CodeState {
  isRunning: boolean;
  /** What was wrong when `sources` ran last. */
  issues: readonly Issue[];
  sources: readonly string[];
}

export interface CodeRuns extends StoreApi<CodeState> {
  /** Texts that a person has had run on this page, in this document. */
  readonly allowed: Set<string>;
}

export const createCodeRuns = (): CodeRuns => ({
  ...createStore<CodeState>(() => ({ isRunning: false, issues: [], sources: [] })),
  allowed: new Set(),
});

/** The sandbox is loaded when it is first needed. */
export const runCode: RunCode = async (call) => {
  const sandbox = await import('../sandbox/browser.ts').catch(() => null);
  if (sandbox) return sandbox.runInBrowser(call);
  return failure({ message: 'The sandbox cannot be loaded.', hint: 'Reload the page online.' });
};

const isAllowed = ({ code }: App, sources: readonly string[]): boolean =>
  sources.every((source) => code.allowed.has(source));

/** Runs what the open instance lacks; false when it cannot be, or when the instance has changed. */
async function runMissing(app: App): Promise<boolean> {
  const { family } = loadedOf(app);
  const { instance } = app.document.getState();
  const sources = missingSources(family, instance);
  app.code.setState({ isRunning: true, issues: [], sources });
  const ready = await evaluate(family, instance, runCode);
  const isCurrent = app.document.getState().instance === instance;
  app.code.setState({ isRunning: false, issues: isCurrent && !ready.ok ? ready.issues : [] });
  if (!isCurrent || !ready.ok) return false;
  app.document.complete(ready.value);
  return true;
}

/**
 * Makes the open instance whole, which needs a person's word for every text that has not run yet:
 * `asked` says that this is it. Resolves with whether it is whole. Without code it does nothing.
 */
export async function completeInstance(app: App, asked: boolean): Promise<boolean> {
  const sources = missingSources(loadedOf(app).family, app.document.getState().instance);
  if (sources.length === 0) return true;
  if (!asked && !isAllowed(app, sources)) return false;
  for (const source of sources) app.code.allowed.add(source);
  const isWhole = await runMissing(app);
  const { issues } = app.code.getState();
  if (asked && !isWhole && issues.length > 0) fail(app, 'The code cannot be run.', [...issues]);
  return isWhole;
}

/**
 * A person has typed `text` in place of `before`, which makes the instance `typed`. Who had the old
 * text run sees the new one run, and it becomes the instance when all goes well: until then the
 * curve stays. Else it becomes the instance at once, and waits for Run.
 */
export async function takeTyped(
  app: App,
  before: string,
  text: string,
  typed: unknown,
): Promise<void> {
  const take = (instance: unknown) => app.document.setInstance(instance, { group: 'code' });
  if (!app.code.allowed.has(before)) return take(typed);
  const { instance } = app.document.getState();
  app.code.setState({ isRunning: true, issues: [], sources: [text] });
  const ready = await evaluate(loadedOf(app).family, typed, runCode);
  const isCurrent = app.document.getState().instance === instance;
  if (ready.ok && isCurrent) {
    app.code.allowed.add(text);
    take(ready.value);
  }
  app.code.setState({ isRunning: false, issues: ready.ok ? [] : ready.issues });
}

/** A person has left the editor: the text is the instance now, whether it runs or not. */
export function keepTyped(app: App, before: string, text: string, typed: unknown): void {
  if (app.code.allowed.has(before)) app.code.allowed.add(text);
  app.document.setInstance(typed, { group: 'code' });
}

const QUIET_MILLISECONDS = 250;

/** Runs allowed code again once edits pause. Another document begins without permissions. */
export function followCode(app: App): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return app.document.subscribe((state, before) => {
    if (state.id !== before.id) {
      app.code.allowed.clear();
      app.code.setState({ isRunning: false, issues: [], sources: [] });
    }
    if (state.instance === before.instance) return;
    clearTimeout(timer);
    const { family } = loadedOf(app);
    const sources = missingSources(family, state.instance);
    if (sources.length > 0 && isAllowed(app, sources))
      timer = setTimeout(() => void completeInstance(app, false), QUIET_MILLISECONDS);
  });
}
