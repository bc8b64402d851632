/** Finished runs as records, and records back onto the page. */
import type { Run } from '../runs/run.ts';
import { keepTrace } from '../state/kept-trace.ts';
import { hashInstance, joinLines, type RunRecord } from '../state/runs.ts';
import { showSolution } from './open.ts';
import { fail, loadedOf, type App } from './app.ts';

/** Keeps a run once it has ended, unless it brought nothing. */
export function keepRecord(
  app: App,
  run: Run,
  kept?: Pick<RunRecord, 'colourIndex' | 'pinned'>,
): void {
  const { family } = loadedOf(app);
  const status = run.status();
  if (status.reason === 'error' && status.message)
    fail(app, 'The solver failed.', [{ message: status.message }]);
  if (run.spec.family !== family.id || status.objective === null) return;
  const { spec, buffers } = run;
  const last = buffers.history[buffers.history.length - 1];
  app.records.add(
    {
      finishedAt: Date.now(),
      family: family.id,
      instanceHash: hashInstance(family, spec.instance),
      instanceName: family.nameOf(spec.instance),
      facts: family.describe(spec.instance).map(({ label, value }) => ({ label, value })),
      solverId: spec.solver.id,
      solverVersion: spec.solver.version,
      solverName: spec.solver.name,
      params: spec.params,
      seed: spec.seed,
      budget: spec.budget,
      workers: spec.workers,
      objective: status.objective,
      digits: family.objective.digits(spec.instance),
      isLoss: family.objective.isLoss?.(spec.instance) ?? false,
      bound: status.bound,
      proof: status.proof,
      reason: status.reason,
      seconds: status.seconds,
      steps: status.steps,
      points: joinLines(buffers.incumbents, buffers.bounds),
      solution: last ? family.writeSolution(spec.instance, last.solution) : null,
      trace: keepTrace(buffers.trace),
    },
    kept,
  );
}

/** Shows a record's solution when it is one of the open instance. */
export function showRecord(app: App, id: string): void {
  const { family } = loadedOf(app);
  const record = app.records.getState().records.find((candidate) => candidate.id === id);
  if (!record) return;
  const { instance } = app.document.getState();
  if (record.instanceHash !== hashInstance(family, instance)) {
    fail(app, `This run solved another instance, ${record.instanceName}.`, []);
    return;
  }
  const read = family.readSolution(instance, record.solution);
  if (read.ok) showSolution(app, read.value);
}
