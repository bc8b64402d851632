/** Forecasts fitted to the past use against forecasts fitted to what past plans cost. */
import { mean } from '../../../core/statistics.ts';
import { NO_BUDGET } from '../../../core/budget.ts';
import { formatNumber } from '../../../core/format.ts';
import { defaultParams, type ParamSpec, type ParamValues } from '../../../core/params.ts';
import { ok, type Result } from '../../../core/result.ts';
import { createRng } from '../../../core/rng.ts';
import type { Finding, Study, StudyChart } from '../../studies.ts';
import type { DataTable } from '../../views.ts';
import { stockGenerator } from '../generators-stocks.ts';
import type { VrpInstance, VrpSolution } from '../instance.ts';
import { isOver, reached, showShare, type Run, type State } from './common.ts';

interface Method {
  id: string;
  label: string;
}

const METHODS: readonly Method[] = [
  { id: 'squares', label: 'Predict, then optimise' },
  { id: 'margin', label: 'The same with a tuned margin' },
  { id: 'decision', label: 'Decision-focused' },
  { id: 'perfect', label: 'Use known' },
];

const params = [
  {
    type: 'number',
    id: 'weeks',
    label: 'Instances',
    help: 'Each with its own customers, history and week to come.',
    default: 48,
    min: 2,
    max: 200,
    step: 1,
    integer: true,
  },
  {
    type: 'number',
    id: 'past',
    label: 'Past days',
    help: 'Days of history that forecasts are fitted to.',
    default: 140,
    min: 10,
    max: 1000,
    step: 10,
    integer: true,
  },
  {
    type: 'number',
    id: 'shortage',
    label: 'Shortage cost',
    help: 'Of a unit that is wanted and not there; holding one for a day costs 0.2 in the mean.',
    default: 5,
    min: 0.5,
    max: 100,
    step: 0.5,
  },
] as const satisfies readonly ParamSpec[];

const runId = (method: string, week: number): string => `${method}/instance ${week}`;

function weekOf(values: ParamValues, week: number): VrpInstance {
  const made = stockGenerator.generate(
    {
      ...defaultParams(stockGenerator.params),
      customers: 6,
      days: 5,
      past: Number(values.past),
      shortage: Number(values.shortage),
    },
    createRng(week),
  );
  return { ...made, name: `Stores ${week}` };
}

function plan(_instance: VrpInstance, values: ParamValues): Result<Run[]> {
  const runs: Run[] = [];
  for (let week = 1; week <= Number(values.weeks); week++) {
    const instance = weekOf(values, week);
    for (const { id, label } of METHODS)
      runs.push({
        id: runId(id, week),
        label: `${label}, instance ${week}`,
        instance,
        solverId: 'stocks-forecast',
        params: { method: id },
        seed: 1,
        // A run ends by itself.
        budget: { ...NO_BUDGET, steps: 100_000_000 },
      });
  }
  return ok(runs);
}

interface Row {
  method: Method;
  /** Realised cost by instance; NaN until its run is over. */
  costs: number[];
  /** Mean error of the forecast on the past, relative to a customer's mean use. */
  error: number;
  /** Mean cost of past weeks under the fitted weights. */
  past: number;
}

function rowsOf(state: State): Row[] {
  return METHODS.map((method) => {
    const costs: number[] = [];
    const errors: number[] = [];
    const past: number[] = [];
    for (let week = 1; week <= Number(state.values.weeks); week++) {
      const id = runId(method.id, week);
      const outcome = state.outcomes.get(id);
      costs.push(outcome?.state === 'done' ? (reached(state, id) ?? NaN) : NaN);
      const trace = outcome?.trace;
      if (!trace || trace.length === 0) continue;
      past.push(trace.values[0][trace.length - 1]);
      errors.push(trace.values[1][trace.length - 1]);
    }
    return {
      method,
      costs,
      error: errors.length > 0 ? mean(errors) : NaN,
      past: past.length > 0 ? mean(past) : NaN,
    };
  });
}

/** Instances on which all methods have ended. */
const complete = (rows: readonly Row[]): number[] =>
  rows[0].costs.map((_, i) => i).filter((i) => rows.every(({ costs }) => !Number.isNaN(costs[i])));

/** Mean of a − b over the instances, with its standard error. */
function difference(a: Row, b: Row, instances: readonly number[]): { mean: number; error: number } {
  const gaps = instances.map((i) => a.costs[i] - b.costs[i]);
  const middle = mean(gaps);
  const variance =
    gaps.reduce((sum, gap) => sum + (gap - middle) * (gap - middle), 0) /
    Math.max(1, gaps.length - 1);
  return { mean: middle, error: Math.sqrt(variance / gaps.length) };
}

function charts(state: State): StudyChart[] {
  const rows = rowsOf(state);
  const known = complete(rows);
  const costOf = ({ costs }: Row) => mean(known.map((i) => costs[i]));
  const shown = known.length > 0 ? rows : [];
  return [
    {
      id: 'cost',
      title: 'Realised cost of the coming week',
      help: 'Driving, holding and shortages when the plan meets what is really used; mean over the instances.',
      option: (colours) => ({
        animation: false,
        grid: { left: 70, right: 20, top: 20, bottom: 60 },
        tooltip: { trigger: 'item' },
        xAxis: {
          type: 'category',
          data: shown.map(({ method }) => method.label),
          axisLabel: { interval: 0, width: 110, overflow: 'break' },
        },
        yAxis: { type: 'value', name: 'Cost' },
        series: [
          {
            type: 'bar',
            barMaxWidth: 60,
            label: { show: true, position: 'top', color: colours.ink2 },
            data: shown.map((row) => ({
              value: Math.round(10 * costOf(row)) / 10,
              itemStyle: {
                color: row.method.id === 'decision' ? colours.accent : colours.ink3,
              },
            })),
          },
        ],
      }),
      description:
        shown.length === 0
          ? 'No instance is done yet.'
          : shown.map((row) => `${row.method.label}: ${formatNumber(costOf(row), 1)}.`).join(' '),
    },
  ];
}

function findings(state: State): Finding[] {
  if (!isOver(state)) return [];
  const rows = rowsOf(state);
  const known = complete(rows);
  if (known.length < 2) return [];
  const [squares, margin, decision, perfect] = rows;
  const costOf = ({ costs }: Row) => mean(known.map((i) => costs[i]));
  const compare = (other: Row, name: string): Finding => {
    const { mean: gain, error } = difference(other, decision, known);
    const wins = known.filter((i) => decision.costs[i] < other.costs[i]).length;
    return {
      tone: gain > 2 * error ? 'measured' : 'against',
      text: `Decision-focused weights cost ${formatNumber(Math.abs(gain), 1)} (${showShare(Math.abs(gain) / costOf(other))}) ${gain >= 0 ? 'less' : 'more'} than ${name}, standard error ${formatNumber(error, 1)}; cheaper on ${wins} of ${known.length} instances.`,
    };
  };
  return [
    compare(squares, 'least squares'),
    compare(margin, 'least squares with a tuned margin'),
    {
      tone: decision.error > squares.error ? 'measured' : 'against',
      text: `They forecast worse: an error of ${formatNumber(100 * decision.error, 1)} % of the mean use on the past, least squares ${formatNumber(100 * squares.error, 1)} %.`,
    },
    {
      tone: 'measured',
      text: `Knowing the use would cost ${formatNumber(costOf(perfect), 1)}; decision-focused planning is ${showShare(costOf(decision) / costOf(perfect) - 1)} above that, least squares ${showShare(costOf(squares) / costOf(perfect) - 1)}.`,
    },
  ];
}

function table(state: State): DataTable {
  const rows = rowsOf(state);
  const known = complete(rows);
  return {
    caption: 'Realised cost by forecast',
    columns: [
      { id: 'method', label: 'Forecast' },
      { id: 'instances', label: 'Instances', numeric: true },
      { id: 'cost', label: 'Realised cost', numeric: true },
      { id: 'past', label: 'Cost on the past', numeric: true },
      { id: 'error', label: 'Error on the past, %', numeric: true },
    ],
    rows: rows.length,
    cell(row, column) {
      const { method, costs, past, error } = rows[row];
      const isFitted = method.id !== 'perfect';
      return [
        method.label,
        known.length,
        known.length > 0 ? formatNumber(mean(known.map((i) => costs[i])), 1) : '–',
        isFitted && !Number.isNaN(past) ? formatNumber(past, 1) : '–',
        isFitted && !Number.isNaN(error) ? formatNumber(100 * error, 1) : '–',
      ][column];
    },
  };
}

export const forecastStudy: Study<VrpInstance, VrpSolution> = {
  id: 'forecast',
  name: 'Decision-focused against predict-then-optimise',
  summary:
    'Stores are filled on a linear forecast of use. The same weights fitted to past use, or to what past plans would really have cost: which forecast is better to plan with.',
  source: 'after Donti, Amos & Kolter 2017; Elmachtoub & Grigas 2022',
  group: 'Knowing less',
  params,
  seconds: 15,
  plan,
  charts,
  findings,
  table,
};
