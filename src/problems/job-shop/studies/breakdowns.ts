/** What it costs not to know when machines will fail: rules on the spot, a fixed plan, hindsight. */
import { NO_BUDGET } from '../../../core/budget.ts';
import { formatNumber, formatPercent } from '../../../core/format.ts';
import type { ParamSpec, ParamValues } from '../../../core/params.ts';
import { fail, ok, type Result } from '../../../core/result.ts';
import { createRng } from '../../../core/rng.ts';
import type { Finding, Study, StudyChart, StudyRun } from '../../studies.ts';
import type { DataTable } from '../../views.ts';
import { drawBreakdowns } from '../breakdown-generator.ts';
import { ruleOptions } from '../dispatch-params.ts';
import type { JobShopInstance, JobShopSolution } from '../instance.ts';
import { refuses } from '../refusals.ts';
import { validate } from '../schema.ts';
import { axisName, baseOption, reached, type State } from './common.ts';

const params = [
  {
    type: 'number',
    id: 'scenarios',
    label: 'Scenarios',
    help: 'The breakdowns of the open instance first, if it has any; the others are drawn.',
    default: 4,
    min: 1,
    max: 50,
    integer: true,
  },
  {
    type: 'number',
    id: 'between',
    label: 'Time between failures',
    help: 'Mean time a machine runs in the scenarios drawn.',
    unit: '× mean duration',
    default: 8,
    min: 0.5,
    max: 1000,
    step: 0.5,
  },
  {
    type: 'number',
    id: 'repair',
    label: 'Time of repair',
    help: 'Mean time a machine is down in the scenarios drawn.',
    unit: '× mean duration',
    default: 1,
    min: 0.1,
    max: 100,
    step: 0.1,
  },
  {
    type: 'number',
    id: 'plan',
    label: 'Moves of the fixed plan',
    help: 'Simulated annealing plans so long without knowing of breakdowns.',
    default: 20_000,
    min: 100,
    max: 10_000_000,
    integer: true,
  },
  {
    type: 'number',
    id: 'moves',
    label: 'Moves with hindsight',
    help: 'Simulated annealing that knows all breakdowns searches so long.',
    default: 60_000,
    min: 100,
    max: 10_000_000,
    integer: true,
  },
] as const satisfies readonly ParamSpec[];

const contestants = [
  ...ruleOptions.map(({ value, label }) => ({ id: value as string, label: label as string })),
  { id: 'shift', label: 'Fixed plan' },
] as const;
const hindsight = { id: 'hindsight', label: 'Clairvoyant plan' };

const runId = (who: string, scenario: number) => `${who}/${scenario}`;

/** The open instance's own breakdowns, then drawn ones. */
function scenariosOf(instance: JobShopInstance, values: ParamValues): JobShopInstance[] {
  const list: JobShopInstance[] = instance.breakdowns ? [instance] : [];
  for (let seed = 1; list.length < Number(values.scenarios); seed++)
    list.push({
      ...instance,
      breakdowns: drawBreakdowns(
        instance,
        Number(values.between),
        Number(values.repair),
        instance.breakdowns?.after ?? 'resume',
        createRng(seed),
      ),
    });
  return list;
}

function plan(instance: JobShopInstance, values: ParamValues): Result<StudyRun<JobShopInstance>[]> {
  const runs: StudyRun<JobShopInstance>[] = [];
  for (const [scenario, made] of scenariosOf(instance, values).entries()) {
    const valid = validate(made);
    if (!valid.ok)
      return fail({ message: valid.issues[0].message, hint: 'Open a job or blocking shop.' });
    const add = (who: { id: string; label: string }, solverId: string, given: ParamValues) =>
      runs.push({
        id: runId(who.id, scenario),
        label: `${who.label}, scenario ${scenario + 1}`,
        instance: made,
        solverId,
        params: given,
        seed: 1,
        budget: {
          ...NO_BUDGET,
          steps: solverId === 'annealing' ? Number(values.moves) : 1,
        },
      });
    for (const { value, label } of ruleOptions)
      add({ id: value, label }, 'redispatch', { rule: value });
    add({ id: 'shift', label: 'Fixed plan' }, 'shift', { moves: values.plan });
    // One cooling in the moves there are; blocking shops count them in hundreds.
    const unit = instance.kind ? 100 : 1000;
    add(hindsight, 'annealing', { length: Math.max(1, Math.round(Number(values.moves) / unit)) });
  }
  for (const { solverId, instance: made } of runs) {
    const refusal = refuses(solverId, made);
    if (refusal) return fail({ message: refusal, hint: 'Open a job or blocking shop.' });
  }
  return ok(runs);
}

interface Row {
  id: string;
  label: string;
  /** Mean objective, and mean of its excess over the best known with hindsight; null before that. */
  mean: number | null;
  price: number | null;
}

/** The best schedule of a scenario known with hindsight, whoever found it; null before all have run. */
function leastOf(state: State, scenario: number): number | null {
  const values = [...contestants, hindsight].map(({ id }) => reached(state, runId(id, scenario)));
  return values.some((value) => value === null) ? null : Math.min(...values.map(Number));
}

function rowOf(state: State, who: { id: string; label: string }): Row {
  const count = Number(state.values.scenarios);
  let sum = 0;
  let excess = 0;
  for (let scenario = 0; scenario < count; scenario++) {
    const value = reached(state, runId(who.id, scenario));
    const least = leastOf(state, scenario);
    if (value === null || least === null) return { ...who, mean: null, price: null };
    sum += value;
    excess += value === least ? 0 : (value - least) / Math.max(1, Math.abs(least));
  }
  return { ...who, mean: sum / count, price: excess / count };
}

/** Those who do not know the future, cheapest first. */
const rowsOf = (state: State): Row[] =>
  contestants
    .map((who) => rowOf(state, who))
    .sort((a, b) => (a.price ?? Infinity) - (b.price ?? Infinity) || 0);

function charts(state: State): StudyChart[] {
  const rows = rowsOf(state);
  const known = rows.filter(({ price }) => price !== null);
  return [
    {
      id: 'price',
      title: 'Price of not knowing',
      help: 'How far each ends above the best schedule known with hindsight, mostly of a search that knew all breakdowns; mean of the scenarios.',
      option: (colours) => ({
        ...baseOption,
        legend: undefined,
        xAxis: {
          type: 'category',
          data: rows.map(({ label }) => label),
          axisLabel: { rotate: 40, interval: 0 },
        },
        yAxis: {
          type: 'value',
          name: 'Above the best with hindsight',
          axisLabel: { formatter: (value: number) => formatPercent(value) },
        },
        series: [
          {
            type: 'bar' as const,
            data: rows.map(({ id, price }) => ({
              value: price,
              itemStyle: { color: colours.series(id === 'shift' ? 1 : 0) },
            })),
          },
        ],
      }),
      description:
        known.length === 0
          ? 'No run yet.'
          : known.map(({ label, price }) => `${label} ${formatPercent(price!)}`).join(', ') + '.',
    },
  ];
}

function findings(state: State): Finding[] {
  const rows = rowsOf(state);
  if (rows.some(({ price }) => price === null)) return [];
  const rules = rows.filter(({ id }) => id !== 'shift');
  const fixed = rows.find(({ id }) => id === 'shift')!;
  const [best, worst] = [rules[0], rules[rules.length - 1]];
  const better = best.price! < fixed.price!;
  const result: Finding[] = [
    {
      tone: 'measured',
      text: `Over ${String(state.values.scenarios)} scenarios re-dispatching by ${best.label} ends ${formatPercent(best.price!)} above the best with hindsight, by ${worst.label} ${formatPercent(worst.price!)}.`,
    },
    {
      tone: better ? 'measured' : 'against',
      text: better
        ? `Deciding anew beats keeping the plan: the fixed order ends ${formatPercent(fixed.price!)} above.`
        : `Keeping the order of a good plan (${formatPercent(fixed.price!)} above) beats every rule that decides anew.`,
    },
  ];
  const knowing = rowOf(state, hindsight).price!;
  if (knowing > 0)
    result.push({
      tone: 'against',
      text: `The search that knew all ends ${formatPercent(knowing)} above the best found by any: it was too short for every scenario.`,
    });
  return result;
}

function table(state: State): DataTable {
  const rows = [...rowsOf(state), rowOf(state, hindsight)];
  const count = Number(state.values.scenarios);
  return {
    caption: `${axisName(state)} under breakdowns`,
    columns: [
      { id: 'who', label: 'Decides by' },
      ...Array.from({ length: count }, (_, scenario) => ({
        id: `scenario${scenario + 1}`,
        label: `Scenario ${scenario + 1}`,
        numeric: true,
      })),
      { id: 'mean', label: 'Mean', numeric: true },
      { id: 'price', label: 'Above hindsight', numeric: true },
    ],
    rows: rows.length,
    cell(row, column) {
      const { id, label, mean, price } = rows[row];
      if (column === 0) return label;
      if (column <= count) return reached(state, runId(id, column - 1)) ?? '–';
      if (column === count + 1) return mean === null ? '–' : formatNumber(mean, 1);
      return price === null ? '–' : formatPercent(price);
    },
  };
}

export const breakdownsStudy: Study<JobShopInstance, JobShopSolution> = {
  id: 'breakdowns',
  name: 'Breakdowns: rules and re-dispatch against the clairvoyant plan',
  summary:
    'Machines fail unforeseen. Rules decide anew at every moment, a fixed plan only shifts, and annealing that knew it all shows the price of not knowing.',
  source: 'own; setting of Wong et al. 2023',
  group: 'Rules and searches',
  params,
  seconds: 12,
  plan,
  charts,
  findings,
  table,
};
