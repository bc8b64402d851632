/** Everything that leaves the page as a file or on the clipboard. */
import { defaultParams } from '../core/params.ts';
import type { TraceData } from '../problems/views.ts';
import type { RunBuffers } from '../runs/buffers.ts';
import { shownSolution } from '../runs/live.ts';
import type { Run } from '../runs/run.ts';
import { documentFile, downloadBlob, downloadText } from '../share/file.ts';
import { say } from '../state/shell.ts';
import { canSaveRun, saveRun } from './continue.ts';
import { fail, loadedOf, modeOf, type App } from './app.ts';

/** One thing the export dialog offers. */
export interface ExportChoice {
  id: string;
  group: 'Instance' | 'Solution' | 'Picture' | 'Run';
  label: string;
  /** Why it cannot be had now. */
  unavailable?: string;
  run(): unknown;
}

const safeName = (name: string) =>
  name.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 60) || 'instance';

export function exportChoices(app: App): ExportChoice[] {
  const { family } = loadedOf(app);
  const { instance } = app.document.getState();
  const { run } = app.live.getState();
  const name = safeName(family.nameOf(instance));
  const shown = shownSolution(app.live.getState());
  const proof = run?.buffers.evidence ?? null;
  const noSolution = shown ? undefined : 'There is no solution yet.';

  const instances: ExportChoice[] = family.formats.flatMap((format) => {
    if (!format.write) return [];
    const written = format.write(instance);
    return {
      id: `instance-${format.id}`,
      group: 'Instance' as const,
      label: format.name,
      unavailable: written.ok ? undefined : written.issues[0].message,
      run: () => written.ok && downloadText(`${name}.${format.extensions[0]}`, written.value),
    } as ExportChoice;
  });
  const solutions: ExportChoice[] = family.solutionFormats.map((format) => ({
    id: `solution-${format.id}`,
    group: 'Solution',
    label: format.name,
    unavailable: noSolution,
    run() {
      if (shown)
        downloadText(
          `${name}.${format.extensions[0]}`,
          format.write(instance, shown.solution, shown.report.objective),
        );
    },
  }));
  return [
    {
      id: 'document',
      group: 'Instance',
      label: 'Incumbent document (instance, solver, solution)',
      run() {
        const file = documentFile(app.document.getState(), family, shown?.solution ?? null);
        downloadText(file.name, file.text);
      },
    },
    {
      id: 'instance-json',
      group: 'Instance',
      label: 'JSON',
      run: () => downloadText(`${name}.json`, `${JSON.stringify(instance)}\n`),
    },
    ...instances,
    {
      id: 'solution-json',
      group: 'Solution',
      label: 'JSON',
      unavailable: noSolution,
      run() {
        if (!shown) return;
        const plain = family.writeSolution(instance, shown.solution);
        downloadText(`${name}.solution.json`, `${JSON.stringify(plain)}\n`);
      },
    },
    ...solutions,
    {
      id: 'png',
      group: 'Picture',
      label: 'PNG',
      unavailable: app.picture.handle ? undefined : 'No picture is shown.',
      run: () => exportPicture(app, name, 'png'),
    },
    {
      id: 'svg',
      group: 'Picture',
      label: 'SVG',
      unavailable: app.picture.handle?.toSvg ? undefined : 'This view has no SVG.',
      run: () => exportPicture(app, name, 'svg'),
    },
    {
      id: 'points',
      group: 'Picture',
      label: 'Points of the chart (CSV)',
      unavailable: app.picture.handle?.toCsv ? undefined : 'This view is no chart.',
      run() {
        const csv = app.picture.handle?.toCsv?.();
        if (csv) downloadText(`${name}.${modeOf(app).id}.csv`, csv, 'text/csv');
      },
    },
    {
      id: 'convergence',
      group: 'Run',
      label: 'Convergence (CSV)',
      unavailable: run ? undefined : 'There is no run yet.',
      run: () => downloadText(`${name}.convergence.csv`, convergenceCsv(app)),
    },
    ...(family.evidence
      ? [
          {
            id: 'proof',
            group: 'Run' as const,
            label: 'Proof of the bound (JSON)',
            unavailable: proof ? undefined : 'No bound with evidence has been proven yet.',
            run() {
              if (proof)
                downloadText(
                  `${name}.proof.json`,
                  `${JSON.stringify(family.evidence?.write(proof.evidence))}\n`,
                );
            },
          },
        ]
      : []),
    {
      id: 'trace',
      group: 'Run',
      label: 'Trace (CSV)',
      unavailable:
        run && run.buffers.trace.length > 0 ? undefined : 'No run has told of its search.',
      run: () => run && downloadText(`${name}.trace.csv`, traceCsv(run.buffers.trace), 'text/csv'),
    },
    {
      id: 'run-json',
      group: 'Run',
      label: 'Run with its settings, improvements and trace (JSON)',
      unavailable: run ? undefined : 'There is no run yet.',
      run: () => run && downloadText(`${name}.run.json`, runJson(run), 'application/json'),
    },
    {
      id: 'run-state',
      group: 'Run',
      label: 'Run to go on with elsewhere',
      unavailable: canSaveRun(app) ? undefined : 'Nothing can be gone on with.',
      run: () => saveRun(app),
    },
    {
      id: 'record',
      group: 'Run',
      label: 'Command line',
      run: () => copyText(app, commandLine(app), 'The command line is copied.'),
    },
  ];
}

async function exportPicture(app: App, name: string, kind: 'png' | 'svg'): Promise<void> {
  const picture = app.picture.handle;
  if (!picture) return;
  if (kind === 'png') downloadBlob(`${name}.png`, await picture.toPng());
  else {
    const svg = await picture.toSvg?.();
    if (svg) downloadText(`${name}.svg`, svg);
  }
}

/** Every row with its time; empty where nothing was measured. */
export function traceCsv({ columns, values, seconds, length }: TraceData): string {
  const cell = (value: number | undefined) =>
    value === undefined || Number.isNaN(value) ? '' : String(value);
  const rows = Array.from({ length }, (_, row) =>
    [cell(seconds?.[row]), ...values.map((column) => cell(column[row]))].join(','),
  );
  return `${['seconds', ...columns.map(({ id }) => id)].join(',')}\n${rows.join('\n')}\n`;
}

/** Settings, end, improvements and bounds (seconds, steps, value) and trace; NaN becomes null. */
function runJson({ spec, buffers, status }: Run): string {
  const lineOf = (line: RunBuffers['incumbents']) =>
    Array.from({ length: line.values.length }, (_, i) => [
      line.seconds.values[i],
      line.steps.values[i],
      line.values.values[i],
    ]);
  const { trace } = buffers;
  const { reason, message, objective, bound, seconds, steps } = status();
  const content = {
    family: spec.family,
    instance: spec.instance,
    solver: spec.solver.id,
    version: spec.solver.version,
    params: spec.params,
    seed: spec.seed,
    budget: spec.budget,
    workers: spec.workers,
    reason,
    message,
    objective,
    bound,
    seconds,
    steps,
    incumbents: lineOf(buffers.incumbents),
    bounds: lineOf(buffers.bounds),
    trace: {
      columns: ['seconds', ...trace.columns.map(({ id }) => id)],
      rows: Array.from({ length: trace.length }, (_, row) => [
        trace.seconds[row],
        ...trace.values.map((column) => column[row]),
      ]),
    },
  };
  return `${JSON.stringify(content)}\n`;
}

/** Every improvement and bound: kind, seconds, steps, value. */
function convergenceCsv(app: App): string {
  const buffers = app.live.getState().run?.buffers;
  const rows = ['kind,seconds,steps,value'];
  if (buffers)
    for (const [kind, line] of [
      ['incumbent', buffers.incumbents],
      ['bound', buffers.bounds],
    ] as const)
      for (let i = 0; i < line.values.length; i++)
        rows.push(
          [kind, line.seconds.values[i], line.steps.values[i], line.values.values[i]].join(','),
        );
  return `${rows.join('\n')}\n`;
}

/** The command that repeats the run headless. */
export function commandLine(app: App): string {
  const { family } = loadedOf(app);
  const { instance, origin, solverId, params, seed, budget, workers } = app.document.getState();
  const file =
    origin.kind === 'gallery'
      ? `gallery:${family.id}/${origin.id}`
      : `${safeName(family.nameOf(instance))}.json`;
  const id = solverId ?? family.defaultSolver(instance);
  const solver = family.solvers.find((candidate) => candidate.id === id);
  const defaults = defaultParams(solver?.params ?? []);
  const changed = Object.entries(params[id] ?? {}).filter(
    ([key, value]) => defaults[key] !== value,
  );
  return [
    `npm run --silent solve -- ${file} --family ${family.id} --solver ${id} --seed ${seed}`,
    ...(budget.steps !== null ? [`--steps ${budget.steps}`] : []),
    ...(budget.seconds !== null ? [`--seconds ${budget.seconds}`] : []),
    ...(workers > 1 ? [`--threads ${workers}`] : []),
    ...changed.map(([key, value]) => `--param ${key}=${String(value)}`),
  ].join(' ');
}

export async function copyText(app: App, text: string, done: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    say(app.shell, { tone: 'good', text: done, issues: [] });
    return true;
  } catch {
    fail(app, 'The browser does not allow copying here.', [
      { message: 'Select the text and copy it by hand.' },
    ]);
    return false;
  }
}
