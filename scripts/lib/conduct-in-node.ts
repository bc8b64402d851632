/** Carries out studies headless: their runs one after the other, in process. */
import { readParams } from '../../src/core/params.ts';
import { describeIssue } from '../../src/core/result.ts';
import type { AnyFamily } from '../../src/problems/family.ts';
import { WAITING, type StudyOutcome, type StudyRun } from '../../src/problems/studies.ts';
import type { Launched } from '../../src/studies/conduct.ts';
import { evaluate } from '../../src/sandbox/evaluate.ts';
import { runInNode } from '../../src/sandbox/node.ts';
import { solveInNode } from '../../workers/runtime/node.ts';

/** Starts one run of a study; to be handed to `conduct`. */
export function launchInNode(
  family: AnyFamily,
  run: StudyRun<unknown>,
  changed: () => void,
): Launched {
  const abort = new AbortController();
  let outcome: StudyOutcome<unknown> = { ...WAITING, state: 'running' };
  async function solve(): Promise<void> {
    const refusal = family.refuses(run.solverId, run.instance);
    const solver = family.solvers.find(({ id }) => id === run.solverId);
    if (!solver || refusal)
      throw new Error(refusal ?? `${family.name} has no solver "${run.solverId}".`);
    const params = readParams(solver.params, run.params ?? {});
    if (!params.ok) throw new Error(params.issues.map((issue) => describeIssue(issue)).join(' '));
    const whole = await evaluate(family, run.instance, runInNode);
    if (!whole.ok) throw new Error(whole.issues.map((issue) => describeIssue(issue)).join(' '));
    const points: number[] = [];
    const rows: (readonly number[])[] = [];
    const seconds: number[] = [];
    const result = await solveInNode({
      family,
      instance: whole.value,
      solverId: run.solverId,
      params: params.value,
      seed: run.seed,
      budget: run.budget,
      threads: 1,
      signal: abort.signal,
      onIncumbent: (report, at) => points.push(at.seconds, at.steps, report.objective),
      onTrace(row, at) {
        rows.push(row);
        seconds.push(at.seconds);
      },
    });
    outcome = {
      state: result.reason === 'error' ? 'failed' : 'done',
      message: result.message,
      report: result.report,
      solution: result.solution,
      bound: result.bound,
      points,
      trace: {
        columns: solver.trace,
        length: rows.length,
        values: solver.trace.map((_, column) => Float64Array.from(rows, (row) => row[column])),
        seconds: Float64Array.from(seconds),
      },
      seconds: result.seconds,
      steps: result.steps,
    };
  }
  return {
    outcome: () => outcome,
    stop: () => abort.abort(),
    finished: solve()
      .catch((error: unknown) => {
        const message = error instanceof Error ? error.message : String(error);
        outcome = { ...outcome, state: 'failed', message };
      })
      .then(changed),
  };
}
