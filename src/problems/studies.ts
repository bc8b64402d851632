/**
 * Studies: several runs of one family, planned from data and read as charts, a table and findings.
 * A sweep, a comparison of solvers and the reproduction of a published figure are all studies. The
 * page runs them on its workers, the command line in Node; a study itself only plans and reads.
 */
import type { EChartsOption } from 'echarts';
import type { BudgetSpec } from '../core/budget.ts';
import type { ParamSpec, ParamValues } from '../core/params.ts';
import type { Result } from '../core/result.ts';
import type { Report } from './family.ts';
import type { ChartColours, DataTable, TraceData } from './views.ts';

/** One run of a study; everything it depends on is here, so that it can be opened on its own. */
export interface StudyRun<Instance> {
  /** Unique within the study, e.g. "wsd/0.01/seed 2"; outcomes are kept under it. */
  id: string;
  /** As charts and tables name it. */
  label: string;
  instance: Instance;
  solverId: string;
  /** Only those that differ from the solver's defaults. */
  params?: ParamValues;
  seed: number;
  /** A step budget makes the study repeat bit for bit; prefer it to seconds. */
  budget: BudgetSpec;
}

/** What a run has come to, so far or at its end. */
export interface StudyOutcome<Solution> {
  state: 'waiting' | 'running' | 'done' | 'failed';
  /** Why it failed. */
  message?: string;
  /** The checker's report of the best solution; null before the first. */
  report: Report | null;
  solution: Solution | null;
  bound: number | null;
  /** Every improvement: seconds, steps, objective, flat. */
  points: ArrayLike<number>;
  trace: TraceData | null;
  seconds: number;
  steps: number;
}

/** A run that has not begun. */
export const WAITING: StudyOutcome<never> = {
  state: 'waiting',
  report: null,
  solution: null,
  bound: null,
  points: [],
  trace: null,
  seconds: 0,
  steps: 0,
};

export type StudyOutcomes<Solution> = ReadonlyMap<string, StudyOutcome<Solution>>;

/** What a study knows when it is drawn; `runs` in the order of the plan. */
export interface StudyState<Instance, Solution> {
  /** The document's instance, which a study may build on. */
  instance: Instance;
  values: ParamValues;
  runs: readonly StudyRun<Instance>[];
  /** Every run of `runs` has one. */
  outcomes: StudyOutcomes<Solution>;
}

export interface StudyChart {
  id: string;
  title: string;
  /** One sentence under the title: what the axes are and what to look for. */
  help: string;
  option(colours: ChartColours): EChartsOption;
  /** One or two sentences for a screen reader, with the figures. */
  description: string;
}

/** A sentence that was computed from the runs, never written beforehand. */
export interface Finding {
  text: string;
  /** `theory`: computed without a run. `against`: what was measured speaks against the claim. */
  tone: 'measured' | 'theory' | 'against';
}

export interface Study<Instance, Solution> {
  id: string;
  name: string;
  /** One or two sentences: what is asked, and what a run of it shows. */
  summary: string;
  /** Author, year, title of what is reproduced; "own" else. */
  source: string;
  /** Heading it is listed under, e.g. "Schedules", "Optimizers". */
  group: string;
  params: readonly ParamSpec[];
  /** Seconds of one core it takes at its defaults, roughly; 0 for theory alone. */
  seconds: number;
  /**
   * All runs known so far. Called again each time every planned run has ended, with their
   * outcomes, until it plans nothing new; so later runs may depend on earlier ones. Runs already
   * done must be planned again, unchanged. Fails when the document's instance does not fit.
   */
  plan(
    instance: Instance,
    values: ParamValues,
    outcomes: StudyOutcomes<Solution>,
  ): Result<StudyRun<Instance>[]>;
  /** Cheap (a few milliseconds): called again while runs stream. Heavy work belongs in a solver. */
  charts(state: StudyState<Instance, Solution>): StudyChart[];
  /** Empty while there is nothing to say. */
  findings(state: StudyState<Instance, Solution>): Finding[];
  /** The figures behind the charts, exported as CSV. */
  table(state: StudyState<Instance, Solution>): DataTable;
}

export type AnyStudy = Study<unknown, unknown>;
