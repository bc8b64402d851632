/** Everything that brings an instance or a solution onto the page. */
import { loadViews } from '../problems/view-registry.ts';
import { defaultParams, type ParamValues } from '../core/params.ts';
import { createRng } from '../core/rng.ts';
import type { Result } from '../core/result.ts';
import { shownObjective, type FamilyId } from '../problems/family.ts';
import { refusedSize, type Opened } from '../problems/open.ts';
import type { DocumentContent } from '../problems/document.ts';
import { familyEntry } from '../problems/registry.ts';
import { compact, expand } from '../protocol/compact.ts';
import { contentOf, type Slot } from '../state/document.ts';
import { readFile } from '../share/file.ts';
import { say } from '../state/shell.ts';
import { fail, loadedOf, type App } from './app.ts';

/** Makes `content` the open document, loading its family first. */
export async function openContent(app: App, content: DocumentContent, slot?: Slot): Promise<void> {
  const entry = familyEntry(content.family);
  if (!entry) throw new Error(`There is no family "${content.family}".`);
  const [family, views] = await Promise.all([entry.load(), loadViews(entry.id)]);
  await Promise.all([family.prepare?.(content.instance), views.prepare?.(content.instance)]);
  app.live.clear();
  app.live.forget();
  app.shell.setState({
    loaded: { family, views },
    selected: null,
    tool: null,
    slide: null,
    dialog: null,
  });
  app.document.open(content, slot);
  app.pool.warm(Math.max(1, content.workers));
}

export async function openGallery(app: App, familyId: FamilyId, id: string): Promise<void> {
  const family = await familyEntry(familyId)?.load();
  const entry = family?.gallery.find((candidate) => candidate.id === id);
  if (!entry) return;
  await openContent(app, contentOf(familyId, entry.instance(), { kind: 'gallery', id }));
}

/** The family's first gallery instance: what the family switcher shows at first. */
export async function openFamily(app: App, familyId: FamilyId): Promise<void> {
  const family = await familyEntry(familyId)?.load();
  if (family) await openGallery(app, familyId, family.gallery[0].id);
}

export function generate(app: App, generatorId: string, params: ParamValues, seed: number): void {
  const { family } = loadedOf(app);
  const generator = family.generators.find((candidate) => candidate.id === generatorId);
  if (!generator) return;
  const values = { ...defaultParams(generator.params), ...params };
  const instance = generator.generate(values, createRng(seed));
  app.document.setInstance(instance, {
    origin: { kind: 'generator', id: generatorId, params: values, seed },
  });
}

/** Opens text off the main thread: an instance, a document, or a solution of the open instance. */
export async function openInput(
  app: App,
  text: string,
  fileName: string,
  familyId?: FamilyId,
): Promise<boolean> {
  const { family } = loadedOf(app);
  const refused = refusedSize(text.length);
  if (refused) {
    fail(app, `${fileName || 'The pasted text'} cannot be opened.`, [refused]);
    return false;
  }
  const worker = app.pool.take();
  app.shell.setState({ busy: `Reading ${fileName || 'the pasted text'}` });
  try {
    const { instance } = app.document.getState();
    const answer = await worker.open({
      text,
      fileName,
      family: familyId,
      current: { family: family.id, instance: compact(instance) },
    });
    const opened = expand(answer) as Result<Opened>;
    if (!opened.ok) {
      fail(app, `${fileName || 'The pasted text'} cannot be opened.`, opened.issues);
      return false;
    }
    await takeOpened(app, opened.value, fileName);
    return true;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    fail(app, `${fileName || 'The pasted text'} cannot be opened.`, [{ message }]);
    return false;
  } finally {
    app.pool.release(worker);
    app.shell.setState({ busy: null });
  }
}

async function takeOpened(app: App, opened: Opened, fileName: string): Promise<void> {
  // What was wrong with an earlier input no longer matters.
  app.shell.setState({ messages: [] });
  switch (opened.kind) {
    case 'instance':
      await openContent(
        app,
        contentOf(
          opened.family,
          opened.instance,
          fileName ? { kind: 'file', name: fileName } : { kind: 'own' },
        ),
      );
      say(app.shell, {
        tone: 'good',
        text: `Opened ${fileName || 'the pasted text'} as ${opened.format}.`,
        issues: [],
      });
      return;
    case 'document':
      await openContent(app, opened.content);
      if (opened.solution !== null) showSolution(app, opened.solution);
      if (opened.warnings.length > 0)
        say(app.shell, {
          tone: 'info',
          text: 'Opened, with parts left out.',
          issues: opened.warnings,
        });
      return;
    case 'proof': {
      const { text, sense } = shownObjective(
        loadedOf(app).family,
        app.document.getState().instance,
      );
      say(app.shell, {
        tone: 'good',
        text: `The proof holds: no solution is ${sense === 'min' ? 'below' : 'above'} ${text(opened.bound)}.`,
        issues: [],
      });
      return;
    }
    case 'solution':
      showSolution(app, opened.solution);
  }
}

/** Shows a solution from outside when it is feasible; says what is wrong otherwise. */
export function showSolution(app: App, solution: unknown): void {
  const { family } = loadedOf(app);
  const report = family.check(app.document.getState().instance, solution);
  if (!report.feasible) {
    fail(
      app,
      'The solution is not feasible for this instance.',
      report.violations.map((message) => ({ message })),
    );
    return;
  }
  app.live.setManual({ solution, report });
  const { instance } = app.document.getState();
  const saved = loadedOf(app).views.continuation?.(instance, solution);
  if (saved) app.live.setSaved({ solution, trace: null });
  say(app.shell, {
    tone: 'good',
    text: saved ? `The run can go on from ${saved.stands}.` : 'The solution is feasible and shown.',
    issues: [],
  });
}

export async function openFile(app: App, file: File): Promise<boolean> {
  const text = await readFile(file);
  if (text.ok) return openInput(app, text.value, file.name);
  fail(app, `${file.name} cannot be opened.`, text.issues);
  return false;
}

/** The file dialog. */
export function chooseFile(app: App): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.onchange = () => {
    const file = input.files?.[0];
    if (file) void openFile(app, file);
  };
  input.click();
}
