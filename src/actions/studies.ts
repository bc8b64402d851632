/** What a study's results are good for: opened one by one, or saved. */
import { NO_BUDGET } from '../core/budget.ts';
import { defaultSettings } from '../problems/document.ts';
import type { StudyRun } from '../problems/studies.ts';
import { downloadText } from '../share/file.ts';
import { tableToCsv } from '../ui/widgets/tableOrder.ts';
import { loadedOf, type App } from './app.ts';
import { completeInstance } from './code.ts';
import { openContent } from './open.ts';

/** To the studies, to the one shown last, and back. */
export function toggleStudies(app: App): void {
  if (app.document.getState().study) return app.document.setStudy(null);
  const { familyId, study, values } = app.studies.getState();
  const isOfFamily = familyId === loadedOf(app).family.id && study !== null;
  app.document.setStudy(isOfFamily ? { id: study.id, values } : { id: 'any', values: {} });
}

/** Runs the study that is laid out; code of the instance is run before. */
export async function startStudy(app: App, parallel: number): Promise<void> {
  const { family } = loadedOf(app);
  if (!(await completeInstance(app, true))) return;
  const { instance } = app.document.getState();
  const { study, values, state } = app.studies.getState();
  if (study && state && state.instance !== instance)
    app.studies.open(family, study, values, instance);
  app.studies.start(family, parallel);
}

/** Opens one run of a study as a document of its own, ready to be run and watched. */
export async function openRun(app: App, run: StudyRun<unknown>): Promise<void> {
  const { family } = loadedOf(app);
  await openContent(app, {
    ...defaultSettings,
    family: family.id,
    instance: run.instance,
    origin: { kind: 'own' },
    solverId: run.solverId,
    params: run.params ? { [run.solverId]: run.params } : {},
    seed: run.seed,
    budget: { ...NO_BUDGET, ...run.budget },
  });
}

/** The figures behind the charts. */
export function saveStudyTable(app: App): void {
  const { study, state } = app.studies.getState();
  if (!study || !state) return;
  const table = study.table(state);
  const order = Uint32Array.from({ length: table.rows }, (_, row) => row);
  downloadText(`${study.id}.csv`, tableToCsv(table, order), 'text/csv');
}

/** Everything: values, findings, and every run with its settings, points and trace. */
export function saveStudy(app: App): void {
  const { family } = loadedOf(app);
  const { study, state } = app.studies.getState();
  if (!study || !state) return;
  const runs = state.runs.map((run) => {
    const outcome = state.outcomes.get(run.id)!;
    const { trace } = outcome;
    return {
      ...run,
      state: outcome.state,
      objective: outcome.report?.objective ?? null,
      bound: outcome.bound,
      seconds: outcome.seconds,
      steps: outcome.steps,
      points: Array.from(outcome.points),
      trace: trace && {
        columns: trace.columns.map(({ id }) => id),
        rows: Array.from({ length: trace.length }, (_, row) =>
          trace.values.map((column) => column[row]),
        ),
      },
    };
  });
  const content = {
    study: `${family.id}/${study.id}`,
    values: state.values,
    findings: study.findings(state),
    runs,
  };
  downloadText(`${study.id}.json`, `${JSON.stringify(content)}\n`, 'application/json');
}
