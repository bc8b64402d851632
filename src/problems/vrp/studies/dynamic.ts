/** What it costs not to know the day: policies of dispatching against a plan that knew it all. */
import { mean } from '../../../core/statistics.ts';
import { NO_BUDGET } from '../../../core/budget.ts';
import { formatNumber } from '../../../core/format.ts';
import type { ParamSpec, ParamValues } from '../../../core/params.ts';
import { ok, type Result } from '../../../core/result.ts';
import { createRng } from '../../../core/rng.ts';
import type { Finding, Study, StudyChart } from '../../studies.ts';
import type { DataTable } from '../../views.ts';
import { dynamicGenerator } from '../generators-dynamic.ts';
import type { VrpInstance, VrpSolution } from '../instance.ts';
import { isOver, reached, routesOf, showShare, type Run, type State } from './common.ts';

/** Shares of requests known later, in percent. */
const DEGREES = [0, 20, 40, 60, 80, 100] as const;

interface PolicyChoice {
  id: string;
  label: string;
  params: ParamValues;
}

const POLICIES: readonly PolicyChoice[] = [
  { id: 'insert', label: 'Insertion only, drive first', params: { replan: false } },
  { id: 'drive', label: 'Plan anew, drive first', params: {} },
  { id: 'middle', label: 'Plan anew, wait half', params: { wait: 'middle' } },
  { id: 'wait', label: 'Plan anew, wait first', params: { wait: 'wait' } },
];

const params = [
  {
    type: 'number',
    id: 'customers',
    label: 'Customers',
    help: 'Requests on each day.',
    default: 40,
    min: 5,
    max: 200,
    step: 5,
    integer: true,
  },
  {
    type: 'number',
    id: 'days',
    label: 'Days',
    help: 'Days drawn at random; every degree of dynamism hides requests of the same days.',
    default: 6,
    min: 1,
    max: 50,
    step: 1,
    integer: true,
  },
  {
    type: 'number',
    id: 'steps',
    label: 'Steps per arrival',
    help: 'Ruins whenever requests come in.',
    default: 300,
    min: 1,
    max: 10_000,
    step: 50,
    integer: true,
  },
] as const satisfies readonly ParamSpec[];

const runId = (policy: string, degree: number, day: number): string =>
  `${policy}/${degree} %/day ${day}`;
const knowsAll = (day: number): string => `clairvoyant/day ${day}`;

function dayOf(values: ParamValues, degree: number, day: number): VrpInstance {
  const made = dynamicGenerator.generate(
    { customers: Number(values.customers), later: degree, response: 25 },
    createRng(day),
  );
  return { ...made, name: `Day ${day}, ${degree} % known later` };
}

function plan(_instance: VrpInstance, values: ParamValues): Result<Run[]> {
  const runs: Run[] = [];
  for (let day = 1; day <= Number(values.days); day++) {
    runs.push({
      id: knowsAll(day),
      label: `Clairvoyant, day ${day}`,
      instance: dayOf(values, 0, day),
      solverId: 'sisr',
      seed: 1,
      budget: { ...NO_BUDGET, steps: 30_000 },
    });
    for (const degree of DEGREES)
      for (const { id, label, params: chosen } of POLICIES)
        runs.push({
          id: runId(id, degree, day),
          label: `${label}, ${degree} % later, day ${day}`,
          instance: dayOf(values, degree, day),
          solverId: 'dispatch',
          params: { steps: Number(values.steps), ...chosen },
          seed: 1,
          // A day ends by itself.
          budget: { ...NO_BUDGET, steps: 100_000_000 },
        });
  }
  return ok(runs);
}

/** The least cost of any plan that knew the whole day; null while there is none. */
function clairvoyantCost(state: State, day: number): number | null {
  const ids = [knowsAll(day), ...POLICIES.map(({ id }) => runId(id, 0, day))];
  const costs = ids.map((id) => reached(state, id)).filter((cost) => cost !== null);
  return costs.length > 0 ? Math.min(...costs) : null;
}

/** The policy's own plan of the day; null until the day is over. */
function driven(state: State, id: string): number | null {
  const outcome = state.outcomes.get(id);
  const over = outcome?.state === 'done' && outcome.solution?.epochs !== undefined;
  return over ? reached(state, id) : null;
}

interface Row {
  policy: PolicyChoice;
  degree: number;
  days: number;
  /** Mean cost above the clairvoyant's, as a share; null before the first day is over. */
  excess: number | null;
  routes: number;
}

function rowsOf(state: State): Row[] {
  const days = Number(state.values.days);
  return POLICIES.flatMap((policy) =>
    DEGREES.map((degree): Row => {
      const shares: number[] = [];
      const routes: number[] = [];
      for (let day = 1; day <= days; day++) {
        const id = runId(policy.id, degree, day);
        const cost = driven(state, id);
        const least = clairvoyantCost(state, day);
        if (cost === null || least === null) continue;
        shares.push(cost / least - 1);
        routes.push(routesOf(state.outcomes.get(id)));
      }
      return {
        policy,
        degree,
        days: shares.length,
        excess: shares.length > 0 ? mean(shares) : null,
        routes: routes.length > 0 ? mean(routes) : 0,
      };
    }),
  );
}

function charts(state: State): StudyChart[] {
  const rows = rowsOf(state);
  const of = ({ id }: PolicyChoice) => rows.filter(({ policy }) => policy.id === id);
  return [
    {
      id: 'excess',
      title: 'Cost above the clairvoyant plan, by degree of dynamism',
      help: 'Mean over the days. The same days throughout; only how many requests are hidden until they are made differs.',
      option: (colours) => ({
        animation: false,
        grid: { left: 60, right: 20, top: 40, bottom: 46 },
        legend: { top: 4 },
        tooltip: { trigger: 'axis' },
        xAxis: {
          type: 'value',
          name: 'Requests known later, %',
          nameLocation: 'middle',
          nameGap: 28,
          max: 100,
        },
        yAxis: { type: 'value', name: 'Above, %' },
        series: POLICIES.map((policy, i) => {
          const color = i === 0 ? colours.ink3 : colours.series(i);
          return {
            name: policy.label,
            type: 'line',
            data: of(policy)
              .filter(({ excess }) => excess !== null)
              .map(({ degree, excess }) => [degree, Math.round(1000 * (excess ?? 0)) / 10]),
            itemStyle: { color },
            lineStyle: { color },
          };
        }),
      }),
      description: POLICIES.map((policy) => {
        const last = of(policy).at(-1);
        return last === undefined || last.excess === null
          ? `${policy.label}: not yet run.`
          : `${policy.label}: ${showShare(last.excess)} above with every request known later.`;
      }).join(' '),
    },
  ];
}

function findings(state: State): Finding[] {
  if (!isOver(state)) return [];
  const rows = rowsOf(state).filter((row): row is Row & { excess: number } => row.excess !== null);
  const at = (degree: number) =>
    rows.filter((row) => row.degree === degree).sort((a, b) => a.excess - b.excess);
  const [best] = at(100);
  const worst = at(100).at(-1);
  const found: Finding[] = [];
  if (best && worst && best !== worst)
    found.push({
      tone: 'measured',
      text: `When no request is known in advance, ${best.policy.label.toLowerCase()} costs ${showShare(best.excess)} more than a plan that knew the day; ${worst.policy.label.toLowerCase()} ${showShare(worst.excess)}.`,
    });
  const excessOf = (id: string, degree: number) =>
    rows.find((row) => row.policy.id === id && row.degree === degree)?.excess;
  const waits = DEGREES.filter((degree) => degree > 0).map((degree) => {
    const drive = excessOf('drive', degree);
    const half = excessOf('middle', degree);
    return { degree, gain: drive === undefined || half === undefined ? 0 : drive - half };
  });
  const better = waits.filter(({ gain }) => gain > 0).length;
  found.push({
    tone: better > waits.length / 2 ? 'measured' : 'against',
    text: `Waiting half of the time to spare is cheaper than driving at once at ${better} of ${waits.length} degrees of dynamism, by ${showShare(mean(waits.map(({ gain }) => gain)))} of the clairvoyant cost in the mean.`,
  });
  const later = DEGREES.filter((degree) => degree > 0);
  const inserted = later.map((degree) => excessOf('insert', degree));
  const replanned = later.map((degree) => excessOf('drive', degree));
  const gains = inserted.flatMap((value, i) => {
    const other = replanned[i];
    return value === undefined || other === undefined ? [] : [value - other];
  });
  if (gains.length > 0)
    found.push({
      tone: Math.min(...gains) > 0 ? 'measured' : 'against',
      text: `Planning anew instead of inserting saves ${showShare(Math.min(...gains))} to ${showShare(Math.max(...gains))} of the clairvoyant cost.`,
    });
  return found;
}

function table(state: State): DataTable {
  const rows = rowsOf(state);
  return {
    caption: 'Cost above the clairvoyant plan',
    columns: [
      { id: 'policy', label: 'Policy' },
      { id: 'degree', label: 'Known later, %', numeric: true },
      { id: 'days', label: 'Days', numeric: true },
      { id: 'excess', label: 'Above', numeric: true },
      { id: 'routes', label: 'Routes', numeric: true },
    ],
    rows: rows.length,
    cell(row, column) {
      const { policy, degree, days, excess, routes } = rows[row];
      return [
        policy.label,
        degree,
        days,
        excess === null ? '–' : showShare(excess),
        days === 0 ? '–' : formatNumber(routes, 1),
      ][column];
    },
  };
}

export const dynamicStudy: Study<VrpInstance, VrpSolution> = {
  id: 'dynamic',
  name: 'Dynamic against clairvoyant',
  summary:
    'Days on which more and more requests become known only when they are made: what insertion, planning anew and waiting cost above a plan that knew the whole day.',
  source: 'own; after Larsen, Madsen & Solomon 2002',
  group: 'Knowing less',
  params,
  seconds: 10,
  plan,
  charts,
  findings,
  table,
};
