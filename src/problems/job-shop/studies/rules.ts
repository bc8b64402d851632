/** All dispatching rules on one instance, beside random dispatching and a search. */
import { NO_BUDGET } from '../../../core/budget.ts';
import { formatNumber, formatPercent } from '../../../core/format.ts';
import type { ParamSpec, ParamValues } from '../../../core/params.ts';
import { fail, ok, type Result } from '../../../core/result.ts';
import type { Finding, Study, StudyChart, StudyRun } from '../../studies.ts';
import type { DataTable } from '../../views.ts';
import { ruleOptions } from '../dispatch-params.ts';
import type { JobShopInstance, JobShopSolution } from '../instance.ts';
import { defaultSolver, refuses } from '../refusals.ts';
import {
  axisName,
  baseOption,
  gapTo,
  markLine,
  objectiveAxis,
  reached,
  referenceOf,
  type State,
} from './common.ts';

const schedules = [
  { id: 'non-delay', name: 'Non-delay' },
  { id: 'between', name: 'Between' },
  { id: 'active', name: 'Active' },
] as const;

const params = [
  {
    type: 'number',
    id: 'delay',
    label: 'Delay factor',
    help: 'Of the schedules between non-delay and active.',
    default: 0.3,
    min: 0,
    max: 1,
    step: 0.05,
  },
  {
    type: 'number',
    id: 'allowance',
    label: 'Due date allowance',
    help: 'Without due dates a job counts as due after this many times its work.',
    unit: '× work',
    default: 1.5,
    min: 1,
    max: 10,
    step: 0.1,
  },
  {
    type: 'number',
    id: 'random',
    label: 'Random schedules',
    help: 'Drawn for comparison, of each type.',
    default: 500,
    min: 1,
    max: 100_000,
    integer: true,
  },
  {
    type: 'number',
    id: 'search',
    label: 'Steps of the search',
    help: 'How long the solver made for such shops may search.',
    default: 20_000,
    min: 1,
    max: 10_000_000,
    integer: true,
  },
] as const satisfies readonly ParamSpec[];

const searchId = 'search';
const runId = (rule: string, schedule: string) => `${rule}/${schedule}`;

function plan(instance: JobShopInstance, values: ParamValues): Result<StudyRun<JobShopInstance>[]> {
  const refusal = refuses('dispatch', instance);
  if (refusal) return fail({ message: refusal, hint: 'Open a job shop or an open shop.' });
  const common = { instance, solverId: 'dispatch', seed: 1 };
  const runs: StudyRun<JobShopInstance>[] = [];
  for (const schedule of schedules) {
    for (const rule of [...ruleOptions, { value: 'random', label: 'Random' }])
      runs.push({
        ...common,
        id: runId(rule.value, schedule.id),
        label: `${rule.label}, ${schedule.name.toLowerCase()}`,
        params: {
          rule: rule.value,
          schedule: schedule.id,
          delay: values.delay,
          allowance: values.allowance,
        },
        budget: { ...NO_BUDGET, steps: rule.value === 'random' ? Number(values.random) : 1 },
      });
  }
  runs.push({
    instance,
    solverId: defaultSolver(instance),
    seed: 1,
    id: searchId,
    label: 'Search',
    budget: { ...NO_BUDGET, steps: Number(values.search) },
  });
  return ok(runs);
}

interface Row {
  rule: string;
  label: string;
  /** By schedule type. */
  values: (number | null)[];
  best: number;
}

/** Rules by their best value, best first; those without any last. */
function rowsOf(state: State): Row[] {
  return [...ruleOptions, { value: 'random', label: 'Random' }]
    .map(({ value: rule, label }) => {
      const values = schedules.map(({ id }) => reached(state, runId(rule, id)));
      const best = Math.min(...values.map((value) => value ?? Infinity));
      return { rule, label, values, best };
    })
    .sort((a, b) => (a.best === b.best ? 0 : a.best - b.best));
}

function charts(state: State): StudyChart[] {
  const rows = rowsOf(state);
  const found = rows.filter(({ best }) => Number.isFinite(best));
  return [
    {
      id: 'rules',
      title: `${axisName(state)} by rule`,
      help: 'Each rule builds one schedule of each type; random ones are the best of many. Lower is better.',
      option: (colours) => ({
        ...baseOption,
        xAxis: {
          type: 'category',
          data: rows.map(({ label }) => label),
          axisLabel: { rotate: 40, interval: 0 },
        },
        yAxis: objectiveAxis(state),
        series: schedules.map((schedule, i) => ({
          type: 'bar' as const,
          name: schedule.name,
          data: rows.map(({ values }) => values[i]),
          itemStyle: { color: colours.series(i) },
          ...(i === 0 && { markLine: markLine(state, colours, 'yAxis') }),
        })),
      }),
      description:
        found.length === 0
          ? 'No rule has run yet.'
          : `From ${found[0].label} with ${formatNumber(found[0].best)} to ${found[found.length - 1].label} with ${formatNumber(found[found.length - 1].best)}.`,
    },
  ];
}

function findings(state: State): Finding[] {
  const rows = rowsOf(state).filter(({ values }) => values.every((value) => value !== null));
  const reference = referenceOf(state);
  if (rows.length < ruleOptions.length || !reference) return [];
  const rules = rows.filter(({ rule }) => rule !== 'random');
  const random = rows.find(({ rule }) => rule === 'random');
  const away = (value: number) => formatPercent(gapTo(value, reference));
  const best = rules[0];
  const type = schedules[best.values.indexOf(best.best)].name.toLowerCase();
  const result: Finding[] = [
    {
      tone: 'measured',
      text: `The best rule is ${best.label} (${type}) with ${formatNumber(best.best)}, ${away(best.best)} above the ${reference.name}.`,
    },
  ];
  if (reference.value !== 0) {
    const means = schedules.map(({ name }, i) => {
      const sum = rules.reduce((total, { values }) => total + gapTo(values[i]!, reference), 0);
      return `${name.toLowerCase()} ${formatPercent(sum / rules.length)}`;
    });
    result.push({
      tone: 'measured',
      text: `Mean distance of all ${rules.length} rules: ${means.join(', ')}.`,
    });
  }
  if (random) {
    const beaten = rules.filter(({ best: value }) => value > random.best).length;
    result.push({
      tone: beaten > rules.length / 2 ? 'against' : 'measured',
      text: `The best of the random schedules (${formatNumber(random.best)}) beats ${beaten} of ${rules.length} rules.`,
    });
  }
  const search = reached(state, searchId);
  if (search !== null)
    result.push({
      tone: 'measured',
      text: `The search reaches ${formatNumber(search)}${search < best.best ? `, better than every rule` : ''}.`,
    });
  return result;
}

function table(state: State): DataTable {
  const rows = rowsOf(state);
  const reference = referenceOf(state);
  return {
    caption: `${axisName(state)} by rule and type of schedule`,
    columns: [
      { id: 'rule', label: 'Rule' },
      ...schedules.map(({ id, name }) => ({ id, label: name, numeric: true })),
      { id: 'gap', label: 'Best, above reference', numeric: true },
    ],
    rows: rows.length,
    cell(row, column) {
      const { label, values, best } = rows[row];
      if (column === 0) return label;
      if (column <= schedules.length) return values[column - 1] ?? '–';
      return reference && Number.isFinite(best) ? formatPercent(gapTo(best, reference)) : '–';
    },
  };
}

export const rulesStudy: Study<JobShopInstance, JobShopSolution> = {
  id: 'rules',
  name: 'Dispatching rules',
  summary:
    'All rules on the open instance, each with non-delay, active and in-between schedules, beside random dispatching and a search.',
  source: 'own; rules after Panwalkar & Iskander 1977',
  group: 'Rules and searches',
  params,
  seconds: 2,
  plan,
  charts,
  findings,
  table,
};
