/** Runs studies headless, for tests: every planned run really trains. */
import { readParams, type ParamValue } from '../../../core/params.ts';
import { unwrap } from '../../../core/result.ts';
import type { Report } from '../../family.ts';
import type { StudyRun, StudyState } from '../../studies.ts';
import type { ChartColours, TraceData } from '../../views.ts';
import { createDriver } from '../../../../workers/runtime/driver.ts';
import { loadSolver } from '../../../../workers/solvers/registry.ts';
import { learningRate } from '../family.ts';
import type { Instance, Solution } from '../instance.ts';
import type { LabStudy, Outcome } from './lab.ts';
import { gallery } from '../gallery.ts';

export const COLOURS: ChartColours = {
  ink: '#1b1d20',
  ink2: '#50555b',
  ink3: '#676c72',
  line: '#e2e2dd',
  panel: '#ffffff',
  accent: '#1f5fd0',
  bound: '#a94f0b',
  good: '#187347',
  warn: '#8a5406',
  series: (index) =>
    ['#1f5fd0', '#c2410c', '#187347', '#7c3aed', '#be185d', '#0e7490', '#a16207', '#52525b'][
      index % 8
    ],
};

/** Time stands still: budgets are steps. */
const clock = () => 0;

export async function runOne(run: StudyRun<Instance>): Promise<Outcome> {
  const info = learningRate.solvers.find(({ id }) => id === run.solverId);
  if (!info) throw new Error(`There is no solver ${run.solverId}.`);
  const params = unwrap(readParams(info.params, run.params ?? {}));
  const rows: number[][] = [];
  const points: number[] = [];
  let solution: Solution | null = null;
  let report: Report | null = null;
  let bound: number | null = null;
  const driver = createDriver(
    {
      family: learningRate,
      instance: unwrap(learningRate.validate(JSON.parse(JSON.stringify(run.instance)))),
      solve: await loadSolver('learning-rate', run.solverId),
      params,
      seed: run.seed,
      budget: run.budget,
      now: clock,
    },
    {
      incumbent(found, checked, at) {
        solution = found as Solution;
        report = checked;
        points.push(at.seconds, at.steps, checked.objective);
      },
      bound(value) {
        bound = value;
      },
      trace: (row) => rows.push([...row]),
    },
  );
  while (!driver.end) driver.run(1);
  const trace: TraceData = {
    columns: info.trace,
    length: rows.length,
    values: info.trace.map((_, column) => Float64Array.from(rows, (row) => row[column])),
  };
  return {
    state: driver.end.reason === 'error' ? 'failed' : 'done',
    message: driver.end.message,
    report,
    solution,
    bound,
    points,
    trace,
    ...driver.stamp,
  };
}

/** Plans and runs until nothing new is planned. Throws when the plan fails. */
export async function runStudy(
  study: LabStudy,
  given: Record<string, ParamValue> = {},
  instance: Instance = gallery[0].instance(),
): Promise<StudyState<Instance, Solution>> {
  const values = unwrap(readParams(study.params, given));
  const outcomes = new Map<string, Outcome>();
  for (;;) {
    const runs = unwrap(study.plan(instance, values, outcomes));
    const fresh = runs.filter(({ id }) => !outcomes.has(id));
    if (fresh.length === 0) return { instance, values, runs, outcomes };
    for (const run of fresh) outcomes.set(run.id, await runOne(run));
  }
}
