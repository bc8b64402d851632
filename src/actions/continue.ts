/** Going on from where a run stood: here, in another tab, or later from a file. */
import type { Continuation } from '../problems/views.ts';
import { isActive, type SavedRun } from '../runs/live.ts';
import { documentFile, downloadText } from '../share/file.ts';
import { say } from '../state/shell.ts';
import { fail, loadedOf, solverOf, type App } from './app.ts';
import { startRunning } from './run.ts';

/** Whether the run on the page, or what is saved of it, can be written down. */
export function canSaveRun(app: App): boolean {
  const { run, status, saved } = app.live.getState();
  return saved !== null || (isActive(status) && run?.spec.solver.traits.continues === true);
}

/** How the saved run goes on with the document as it is; null when it cannot. */
export function continuationOf(app: App, saved: SavedRun | null): Continuation<unknown> | null {
  const { family, views } = loadedOf(app);
  const { instance } = app.document.getState();
  if (!saved || !solverOf(app).traits.continues) return null;
  if (!family.check(instance, saved.solution).feasible) return null;
  return views.continuation?.(instance, saved.solution) ?? null;
}

/** Goes on; with `longer` after giving the instance more to do. */
export async function continueRun(app: App, longer?: unknown): Promise<void> {
  const { saved } = app.live.getState();
  if (longer !== undefined) app.document.setInstance(longer);
  // The edit has ended the run, not what it left.
  app.live.setSaved(saved);
  await startRunning(app, { fromSaved: true });
}

/** The document with the state of its run; null when that cannot be written down. */
async function runFile(app: App): Promise<{ name: string; text: string } | null> {
  const { family } = loadedOf(app);
  const { run, status, saved } = app.live.getState();
  const solution = isActive(status) ? await run?.save() : saved?.solution;
  if (solution === null || solution === undefined) {
    fail(app, 'The run cannot be written down now.', [
      { message: 'Its state is too large, or it has not begun.' },
    ]);
    return null;
  }
  return documentFile(app.document.getState(), family, solution);
}

/** A file that another tab or another day goes on from. */
export async function saveRun(app: App): Promise<void> {
  const file = await runFile(app);
  if (file) downloadText(file.name.replace(/\.incumbent\.json$/, '.run.incumbent.json'), file.text);
}

/** The same to another tab, which is opened when there is none. */
export async function handRunOver(app: App): Promise<void> {
  const file = await runFile(app);
  if (!file) return;
  if (await app.handover?.offer(file.name, file.text))
    say(app.shell, { tone: 'good', text: 'Another tab has the run.', issues: [] });
  else fail(app, 'No other tab took the run.', [{ message: 'Save it as a file instead.' }]);
}
