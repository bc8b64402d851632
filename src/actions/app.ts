/** The page's model: its stores and the pool, and the small steps all actions are made of. */
import type { CodeRuns } from './code.ts';
import type { Live } from '../runs/live.ts';
import { previousSolution, shownSolution } from '../runs/live.ts';
import type { WorkerPool } from '../runs/pool.ts';
import type { Handover } from '../share/handover.ts';
import type { Together } from '../runs/together.ts';
import { tellApart } from '../state/what-changed.ts';
import type { StudyDesk } from '../studies/desk.ts';
import type { DocumentStore } from '../state/document.ts';
import { openTrace } from '../state/kept-trace.ts';
import type { RecordStore } from '../state/runs.ts';
import { say, type Shell } from '../state/shell.ts';
import type { UiStore } from '../state/ui.ts';
import type { AnyFamily } from '../problems/family.ts';
import type { AnyViews, Edit, Frame, Mode, PinnedRun } from '../problems/views.ts';
import type { SolverInfo } from '../core/solver.ts';
import type { Issue } from '../core/result.ts';
import { defaultParams, type ParamValues } from '../core/params.ts';

/** What the picture can do for the outside: fit and export. */
export interface PictureHandle {
  fit(): void;
  toPng(): Promise<Blob>;
  /** null: this view has no SVG. */
  toSvg: (() => Promise<string>) | null;
  /** Points of a chart, one a row; null: this view is no chart. */
  toCsv: (() => string) | null;
}

export interface App {
  document: DocumentStore;
  records: RecordStore;
  ui: UiStore;
  shell: Shell;
  live: Live;
  pool: WorkerPool;
  studies: StudyDesk;
  code: CodeRuns;
  together: Together;
  /** null where the browser has no channel between tabs. */
  handover: Handover | null;
  /** Set by the picture while it is mounted. */
  picture: { handle: PictureHandle | null };
}

export function loadedOf(app: App): { family: AnyFamily; views: AnyViews } {
  const { loaded } = app.shell.getState();
  if (!loaded) throw new Error('No document is open yet.');
  return loaded;
}

/** The solver a run would use now: the chosen one, else the family's default for the instance. */
export function solverOf(app: App): SolverInfo {
  const { family } = loadedOf(app);
  const { solverId, instance } = app.document.getState();
  const id = solverId ?? family.defaultSolver(instance);
  return family.solvers.find((solver) => solver.id === id) ?? family.solvers[0];
}

/** Full parameters of that solver. */
export function paramsOf(app: App): ParamValues {
  const solver = solverOf(app);
  return { ...defaultParams(solver.params), ...app.document.getState().params[solver.id] };
}

export function modeOf(app: App): Mode<unknown, unknown> {
  const { views } = loadedOf(app);
  const { instance, modeId } = app.document.getState();
  const modes = views.modes(instance);
  return modes.find((mode) => mode.id === modeId) ?? modes[0];
}

/** The toggles of a mode with their defaults filled in. */
export function togglesOf(
  mode: Mode<unknown, unknown>,
  chosen: Readonly<Record<string, boolean>>,
): Record<string, boolean> {
  return Object.fromEntries(
    (mode.toggles ?? []).map((toggle) => [toggle.id, chosen[toggle.id] ?? toggle.default]),
  );
}

/** The pinned records' runs as views take them. */
function pinnedRuns(app: App): PinnedRun[] {
  const { family } = app.document.getState();
  const pinned = app.records
    .getState()
    .records.filter((record) => record.pinned && record.family === family);
  if (pinned.length === 0) return [];
  const names = tellApart(pinned);
  return pinned.flatMap(({ trace, colourIndex, seed }, index) =>
    trace ? [{ name: names[index], colourIndex, seed, trace: openTrace(trace) }] : [],
  );
}

/** What the views draw now. */
export function frameOf(app: App): Frame<unknown, unknown> {
  const { instance, toggles } = app.document.getState();
  const live = app.live.getState();
  const { selected, tool, slide } = app.shell.getState();
  const mode = modeOf(app);
  const shown = shownSolution(live);
  return {
    instance,
    solution: shown?.solution ?? null,
    report: shown?.report ?? null,
    previous: previousSolution(live)?.solution ?? null,
    bound: live.status?.bound ?? null,
    evidence: live.run?.buffers.evidence?.evidence,
    trace: live.run?.buffers.trace ?? null,
    cursor: app.shell.getState().cursor,
    pinned: pinnedRuns(app),
    toggles: togglesOf(mode, toggles),
    tool: tool ?? (mode.kind === 'scene' ? (mode.tools?.[0]?.id ?? '') : ''),
    selected,
    slide,
  };
}

export function fail(app: App, text: string, issues: Issue[]): void {
  say(app.shell, { tone: 'bad', text, issues });
}

/**
 * Carries out what a gesture wants. Edits of one gesture share a group: one undo step.
 * A refusal is only announced.
 */
export function applyEdit(app: App, edit: Edit<unknown, unknown> | null, group?: string): void {
  if (!edit) return;
  const { family } = loadedOf(app);
  switch (edit.kind) {
    case 'refused':
      say(app.shell, { tone: 'info', text: edit.reason, issues: [] });
      return;
    case 'instance':
      app.document.setInstance(edit.instance, { group });
      break;
    case 'solution': {
      const { instance } = app.document.getState();
      const report = family.check(instance, edit.solution);
      if (!report.feasible) {
        fail(
          app,
          'That is not possible.',
          report.violations.map((message) => ({ message })),
        );
        return;
      }
      app.live.setManual({ solution: edit.solution, report });
    }
  }
  app.shell.setState({
    announcement: edit.announce,
    ...(edit.select !== undefined ? { selected: edit.select } : {}),
  });
}

/**
 * Follows every change of the instance, undo included: a solution that is still feasible stays
 * with its new objective, a run on the old instance ends. `onChange` hears whether a run was ever
 * started on this document. Returns the way to stop.
 */
export function watchInstance(app: App, onChange: (hadRun: boolean) => void): () => void {
  let hadRun = false;
  return app.document.subscribe((state, before) => {
    if (state.id !== before.id) hadRun = false;
    if (state.revision === before.revision || state.id !== before.id) return;
    const { family } = loadedOf(app);
    // What is drawn may need it: drawn again then.
    family.prepare?.(state.instance).then(
      () => app.shell.setState({}),
      () => fail(app, 'The data of this instance cannot be loaded.', []),
    );
    const shown = shownSolution(app.live.getState());
    hadRun ||= app.live.getState().run !== null;
    app.live.clear();
    if (shown) {
      const report = family.check(state.instance, shown.solution);
      if (report.feasible) app.live.setManual({ solution: shown.solution, report });
    }
    onChange(hadRun);
  });
}
