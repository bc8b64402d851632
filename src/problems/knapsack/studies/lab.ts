/** What the knapsack studies share: instances from generators, medians, plain line charts, tables. */
import type { EChartsOption, LineSeriesOption } from 'echarts';
import { NO_BUDGET, type BudgetSpec } from '../../../core/budget.ts';
import { defaultParams, type ParamSpec, type ParamValues } from '../../../core/params.ts';
import { createRng } from '../../../core/rng.ts';
import type { Study, StudyOutcome, StudyRun, StudyState } from '../../studies.ts';
import type { ChartColours, DataTable } from '../../views.ts';
import { generators } from '../generators.ts';
import type { Instance, Solution } from '../instance.ts';
import type { SolverId } from '../solvers.ts';

export type LabStudy = Study<Instance, Solution>;
export type Lab = StudyState<Instance, Solution>;
export type Run = StudyRun<Instance>;
export type Outcome = StudyOutcome<Solution>;
export type Pair = readonly [x: number, y: number];

export function generated(id: string, params: ParamValues, seed: number): Instance {
  const generator = generators.find((candidate) => candidate.id === id);
  if (!generator) throw new Error(`No generator ${id}.`);
  return generator.generate({ ...defaultParams(generator.params), ...params }, createRng(seed));
}

export const steps = (count: number): BudgetSpec => ({ ...NO_BUDGET, steps: count });
export const seconds = (count: number): BudgetSpec => ({ ...NO_BUDGET, seconds: count });

export const whole = (
  id: string,
  label: string,
  help: string,
  value: number,
  min: number,
  max: number,
): ParamSpec => ({
  id,
  type: 'number',
  label,
  help,
  default: value,
  min,
  max,
  integer: true,
  step: 1,
});

/** Middle value, the mean of the two middle ones; NaN for none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** The outcomes of finished runs whose id begins with `prefix`. */
export const finished = (state: Lab, prefix: string): Outcome[] =>
  state.runs.flatMap(({ id }) => {
    const outcome = state.outcomes.get(id);
    return id.startsWith(prefix) && outcome?.state === 'done' ? [outcome] : [];
  });

/** The bound has met the objective: nothing better exists. */
export const isProven = (outcome: Outcome): boolean =>
  outcome.report?.feasible === true &&
  outcome.bound !== null &&
  outcome.bound <=
    outcome.report.objective + 1e-9 * Math.max(1, Math.abs(outcome.report.objective));

/** Offline optimum over the profit packed; Infinity when nothing is, NaN without a bound. */
export function ratioOf(outcome: Outcome): number {
  if (outcome.bound === null || outcome.report === null) return NaN;
  return outcome.bound === 0 ? 1 : outcome.bound / outcome.report.objective;
}

export const run = (
  id: string,
  label: string,
  instance: Instance,
  solverId: SolverId,
  budget: BudgetSpec,
  params?: ParamValues,
): Run => ({ id, label, instance, solverId, seed: 1, budget, ...(params ? { params } : {}) });

export interface Line {
  name: string;
  data: readonly Pair[];
  colour: string;
  /** Theory is dashed, without dots. */
  theory?: boolean;
}

/** Lines over one x axis. */
export function lineChart(
  colours: ChartColours,
  x: { name: string; log?: boolean },
  y: { name: string; log?: boolean; min?: number },
  lines: readonly Line[],
): EChartsOption {
  const series = lines.map((line): LineSeriesOption => ({
    type: 'line',
    name: line.name,
    data: line.data
      .filter(([, value]) => Number.isFinite(value) && (!y.log || value > 0))
      .map((pair) => [...pair]),
    showSymbol: !line.theory,
    symbolSize: 6,
    lineStyle: { color: line.colour, width: 1.8, type: line.theory ? 'dashed' : 'solid' },
    itemStyle: { color: line.colour },
  }));
  return {
    animation: false,
    grid: { left: 56, right: 20, top: lines.length > 1 ? 44 : 28, bottom: 44 },
    legend: lines.length > 1 ? { type: 'scroll', top: 0, left: 0, right: 8 } : undefined,
    tooltip: { trigger: 'axis' },
    xAxis: {
      type: x.log ? 'log' : 'value',
      name: x.name,
      nameLocation: 'middle',
      nameGap: 26,
      min: 'dataMin',
      max: 'dataMax',
      splitLine: { show: false },
    },
    yAxis: {
      type: y.log ? 'log' : 'value',
      name: y.name,
      nameTextStyle: { align: 'left' },
      ...(y.min === undefined ? {} : { min: y.min }),
      splitLine: { lineStyle: { color: colours.line } },
    },
    series,
  };
}

/** A table of texts and numbers. */
export function rowsTable(
  caption: string,
  columns: DataTable['columns'],
  rows: readonly (readonly (string | number)[])[],
): DataTable {
  return { caption, columns, rows: rows.length, cell: (row, column) => rows[row][column] };
}

/** A number with few digits, or a dash. */
export const brief = (value: number, digits = 2): string | number =>
  Number.isFinite(value) ? Number(value.toFixed(digits)) : '–';
