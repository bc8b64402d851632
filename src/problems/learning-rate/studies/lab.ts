/** How a study of this family is put together: runs with a meaning, read once, then shown. */
import type { ParamSpec, ParamsOf, ParamValues } from '../../../core/params.ts';
import { NO_BUDGET } from '../../../core/budget.ts';
import { ok, type Result } from '../../../core/result.ts';
import type {
  Finding,
  Study,
  StudyChart,
  StudyOutcome,
  StudyOutcomes,
  StudyRun,
} from '../../studies.ts';
import type { DataTable, TraceData } from '../../views.ts';
import type { Instance, Solution } from '../instance.ts';
import type { Schedule } from '../schedule.ts';
import type { SolverId } from '../solvers.ts';
import type { Task } from '../tasks.ts';

export type LabStudy = Study<Instance, Solution>;
export type Outcome = StudyOutcome<Solution>;
export type Outcomes = StudyOutcomes<Solution>;
export type Pair = [x: number, y: number];

/** A run and what it stands for in the study. */
export interface Cell<Key> {
  key: Key;
  run: StudyRun<Instance>;
}

/** A cell with what its run has come to. */
export interface Measured<Key> extends Cell<Key> {
  outcome: Outcome;
}

export interface Reader<Values, Key> {
  instance: Instance;
  values: Values;
  cells: readonly Measured<Key>[];
}

/** A study before its types are forgotten; `read` is asked once per state. */
export interface LabSpec<Specs extends readonly ParamSpec[], Key, Reading> {
  id: string;
  name: string;
  summary: string;
  source: string;
  group: string;
  params: Specs;
  seconds: number;
  /** The runs; none for theory alone. Called again with outcomes, as `Study.plan` says. */
  cells?(instance: Instance, values: ParamsOf<Specs>, outcomes: Outcomes): Result<Cell<Key>[]>;
  /** All figures the study shows, from the outcomes. */
  read(lab: Reader<ParamsOf<Specs>, Key>): Reading;
  charts(reading: Reading): StudyChart[];
  findings(reading: Reading): Finding[];
  table(reading: Reading): DataTable;
}

export function defineStudy<const Specs extends readonly ParamSpec[], Key, Reading>(
  spec: LabSpec<Specs, Key, Reading>,
): LabStudy {
  const { cells, read, charts, findings, table, ...head } = spec;
  const typed = (values: ParamValues) => values as unknown as ParamsOf<Specs>;
  const planned = (instance: Instance, values: ParamValues, outcomes: Outcomes) =>
    cells ? cells(instance, typed(values), outcomes) : ok<Cell<Key>[]>([]);
  type State = Parameters<LabStudy['charts']>[0];
  const known = new WeakMap<State, Reading>();
  const reading = (state: State): Reading => {
    let value = known.get(state);
    if (value === undefined) {
      const all = planned(state.instance, state.values, state.outcomes);
      const measured = (all.ok ? all.value : []).flatMap((cell): Measured<Key>[] => {
        const outcome = state.outcomes.get(cell.run.id);
        return outcome ? [{ ...cell, outcome }] : [];
      });
      value = read({ instance: state.instance, values: typed(state.values), cells: measured });
      known.set(state, value);
    }
    return value;
  };
  return {
    ...head,
    plan(instance, values, outcomes) {
      const all = planned(instance, values, outcomes);
      return all.ok ? ok(all.value.map((cell) => cell.run)) : all;
    },
    charts: (state) => charts(reading(state)),
    findings: (state) => findings(reading(state)),
    table: (state) => table(reading(state)),
  };
}

export interface TrainingSpec {
  id: string;
  label: string;
  task: Task;
  steps: number;
  batch: number;
  schedule: Schedule;
  solverId: SolverId;
  params?: ParamValues;
  seed: number;
}

/** A training run of all its steps. */
export const trainingRun = (spec: TrainingSpec): StudyRun<Instance> => ({
  id: spec.id,
  label: spec.label,
  instance: {
    name: spec.label,
    task: spec.task,
    steps: spec.steps,
    batch: spec.batch,
    schedule: spec.schedule,
  },
  solverId: spec.solverId,
  params: spec.params,
  seed: spec.seed,
  budget: { ...NO_BUDGET, steps: spec.steps },
});

/** Index of a trace column by its name; −1 when the solver has none. */
const columnIndex = (trace: TraceData, id: string): number =>
  trace.columns.findIndex((column) => column.id === id);

/** Step and value of every row where a trace column is finite. */
export function series(outcome: Outcome, id: string): Pair[] {
  const { trace } = outcome;
  const pairs: Pair[] = [];
  if (!trace) return pairs;
  const at = columnIndex(trace, id);
  if (at < 0) return pairs;
  const steps = trace.values[columnIndex(trace, 'step')];
  const values = trace.values[at];
  for (let row = 0; row < trace.length; row++)
    if (Number.isFinite(values[row])) pairs.push([steps[row], values[row]]);
  return pairs;
}

/** The last finite value of a trace column; ∞ when there is none. */
export function lastFinite({ trace }: Outcome, id: string): number {
  const values = trace?.values[columnIndex(trace, id)];
  if (trace && values)
    for (let row = trace.length - 1; row >= 0; row--)
      if (Number.isFinite(values[row])) return values[row];
  return Infinity;
}

const failed = (outcome: Outcome) => outcome.state === 'failed';

/** All steps of the run are in its trace. */
const isWhole = ({ trace }: Outcome, steps: number): boolean => {
  if (!trace || trace.length === 0) return false;
  return trace.values[columnIndex(trace, 'step')][trace.length - 1] >= steps;
};

/**
 * The loss at the end of the curve (validation loss, or the function's value), not the best on the
 * way: null while the run is not done, ∞ when it ended early because the loss was no longer finite.
 */
export function finalLoss({ outcome, run }: Measured<unknown>): number | null {
  if (failed(outcome)) return Infinity;
  if (outcome.state !== 'done') return null;
  if (isWhole(outcome, run.instance.steps)) return lastFinite(outcome, 'validation');
  // A function's minimum was reached before the last step.
  const { bound, report } = outcome;
  if (bound !== null && report && report.objective - bound <= 1e-9) return report.objective;
  return Infinity;
}

/** Cells in groups of equal name, in the order of first appearance. */
export function groupBy<Item>(items: readonly Item[], nameOf: (item: Item) => string | number) {
  const groups = new Map<string | number, Item[]>();
  for (const item of items) {
    const name = nameOf(item);
    const group = groups.get(name);
    if (group) group.push(item);
    else groups.set(name, [item]);
  }
  return groups;
}

/** Every outcome is done or failed. */
export const allDone = (cells: readonly Cell<unknown>[], outcomes: Outcomes): boolean =>
  cells.every(({ run }) => {
    const state = outcomes.get(run.id)?.state;
    return state === 'done' || state === 'failed';
  });

/** Seeds 1 … n. */
export const seedsOf = (count: number): number[] =>
  Array.from({ length: count }, (_, index) => index + 1);

/** A table from its rows. */
export const tableOf = (
  caption: string,
  columns: readonly { id: string; label: string; numeric?: boolean }[],
  rows: readonly (readonly (string | number)[])[],
): DataTable => ({
  caption,
  columns,
  rows: rows.length,
  cell: (row, column) => rows[row][column],
});

/** A numeric column. */
export const numeric = (id: string, label: string) => ({ id, label, numeric: true });
