/** How good the classic constructions are, and what searches make of the same instance. */
import { mean } from '../../../core/statistics.ts';
import { NO_BUDGET } from '../../../core/budget.ts';
import { formatSeconds } from '../../../core/format.ts';
import type { ParamSpec, ParamValues } from '../../../core/params.ts';
import { fail, ok, type Result } from '../../../core/result.ts';
import type { Finding, Study, StudyChart } from '../../studies.ts';
import type { DataTable } from '../../views.ts';
import { vrp } from '../family.ts';
import type { VrpInstance, VrpSolution } from '../instance.ts';
import { isOver, reached, routesOf, showCost, showShare, type Run, type State } from './common.ts';

const params = [
  {
    type: 'number',
    id: 'steps',
    label: 'Steps of the searches',
    help: 'Ruins or neighbourhoods of the searches the constructions are held against.',
    default: 60_000,
    min: 1000,
    max: 10_000_000,
    step: 1000,
    integer: true,
  },
  {
    type: 'number',
    id: 'seeds',
    label: 'Seeds',
    help: 'Runs of every search; the mean counts.',
    default: 2,
    min: 1,
    max: 10,
    step: 1,
    integer: true,
  },
] as const satisfies readonly ParamSpec[];

/** `steps`: a share of the steps of the searches; to the end without. */
const methods: readonly {
  id: string;
  label: string;
  solverId: string;
  params?: ParamValues;
  steps?: number;
}[] = [
  { id: 'savings', label: 'Savings', solverId: 'savings' },
  { id: 'sweep', label: 'Sweep', solverId: 'sweep' },
  { id: 'petal', label: 'Petals', solverId: 'petal' },
  { id: 'fisher-jaikumar', label: 'Fisher–Jaikumar', solverId: 'fisher-jaikumar' },
  ...[2, 3, 5].map((k) => ({
    id: `regret-${k}`,
    label: `Regret-${k} insertion`,
    solverId: 'regret',
    params: { k },
  })),
  {
    id: 'local',
    label: 'Local search from savings',
    solverId: 'local-search',
    params: { start: 'savings' },
  },
  { id: 'alns', label: 'ALNS', solverId: 'alns', steps: 0.1 },
  { id: 'sisr', label: 'Ruin and recreate', solverId: 'sisr', steps: 1 },
  { id: 'hgs', label: 'Hybrid genetic search', solverId: 'hgs', steps: 1 },
];

/** More steps than a construction takes: it ends by itself. */
const TO_THE_END = 1e9;

function plan(instance: VrpInstance, values: ParamValues): Result<Run[]> {
  const runs: Run[] = [];
  for (const { id, label, solverId, params: own, steps } of methods) {
    if (vrp.refuses(solverId, instance) !== null) continue;
    const seeds = steps === undefined ? 1 : Number(values.seeds);
    for (let seed = 1; seed <= seeds; seed++)
      runs.push({
        id: `${id}/${seed}`,
        label: steps === undefined ? label : `${label}, seed ${seed}`,
        instance,
        solverId,
        ...(own ? { params: own } : {}),
        seed,
        budget: {
          ...NO_BUDGET,
          steps: steps === undefined ? TO_THE_END : Math.round(steps * Number(values.steps)),
        },
      });
  }
  return runs.length > 0 ? ok(runs) : fail({ message: 'No solver takes this instance.' });
}

interface Row {
  label: string;
  search: boolean;
  costs: number[];
  routes: number;
  seconds: number;
}

/** Methods with a plan, best first. */
const rowsOf = (state: State): Row[] =>
  methods
    .map(({ id, label, steps }) => {
      const runs = state.runs.filter((run) => run.id.startsWith(`${id}/`));
      return {
        label,
        search: steps !== undefined,
        costs: runs.flatMap((run) => reached(state, run.id) ?? []),
        routes: Math.min(
          ...runs.map((run) => routesOf(state.outcomes.get(run.id)) || Infinity),
          Infinity,
        ),
        seconds: runs.reduce((sum, run) => sum + (state.outcomes.get(run.id)?.seconds ?? 0), 0),
      };
    })
    .filter(({ costs }) => costs.length > 0)
    .sort((a, b) => mean(a.costs) - mean(b.costs));

function referenceOf(state: State, rows: readonly Row[]): { value: number; name: string } {
  const best = Math.min(...rows.flatMap(({ costs }) => costs));
  const known = vrp.bestKnown?.(state.instance)?.value;
  return known !== undefined && known <= best
    ? { value: known, name: 'best known value' }
    : { value: best, name: 'best of these runs' };
}

function charts(state: State): StudyChart[] {
  const rows = rowsOf(state);
  const reference = referenceOf(state, rows);
  const gap = (row: Row) => mean(row.costs) / reference.value - 1;
  return [
    {
      id: 'gaps',
      title: 'Gap by method',
      help: `How much more the mean plan costs than the ${reference.name}, in %. Shorter bars are better.`,
      option: (colours) => ({
        animation: false,
        grid: { left: 180, right: 60, top: 16, bottom: 40 },
        tooltip: { trigger: 'axis' },
        xAxis: { type: 'value', name: 'Gap, %', nameLocation: 'middle', nameGap: 26 },
        yAxis: { type: 'category', inverse: true, data: rows.map(({ label }) => label) },
        series: [
          {
            type: 'bar',
            data: rows.map((row) => ({
              value: Math.round(10_000 * gap(row)) / 100,
              itemStyle: { color: row.search ? colours.accent : colours.ink3 },
            })),
            label: { show: true, position: 'right', color: colours.ink2 },
          },
        ],
      }),
      description:
        rows.length === 0
          ? 'No method has run yet.'
          : `From ${rows[0].label} (${showShare(gap(rows[0]))}) to ${rows[rows.length - 1].label} (${showShare(gap(rows[rows.length - 1]))}).`,
    },
  ];
}

function findings(state: State): Finding[] {
  const rows = rowsOf(state);
  if (!isOver(state) || rows.length < 2) return [];
  const reference = referenceOf(state, rows);
  const above = (row: Row) => showShare(mean(row.costs) / reference.value - 1);
  const found: Finding[] = [];
  const construction = rows.find(({ search, label }) => !search && !label.startsWith('Local'));
  if (construction)
    found.push({
      tone: 'measured',
      text: `Of the constructions ${construction.label} comes nearest: ${above(construction)} above the ${reference.name}, with ${construction.routes} routes.`,
    });
  const of = (label: string) => rows.find((row) => row.label === label);
  const [savings, local] = [of('Savings'), of('Local search from savings')];
  if (savings && local)
    found.push({
      tone: 'measured',
      text: `Local search takes the savings plan from ${above(savings)} to ${above(local)}.`,
    });
  const [sweep, petal] = [of('Sweep'), of('Petals')];
  if (sweep && petal)
    found.push({
      tone: mean(petal.costs) <= mean(sweep.costs) ? 'measured' : 'against',
      text: `Choosing among all petals at once ends ${above(petal)} above, filling vehicles one by one in the sweep ${above(sweep)}.`,
    });
  const [first, second] = rows.filter(({ search }) => search);
  if (first && second)
    found.push({
      tone: 'measured',
      text: `${first.label} ends best of the searches, ${above(first)} above; ${second.label} ${above(second)}.`,
    });
  return found;
}

function table(state: State): DataTable {
  const rows = rowsOf(state);
  const reference = referenceOf(state, rows);
  return {
    caption: 'Plans by method',
    columns: [
      { id: 'method', label: 'Method' },
      { id: 'mean', label: 'Mean cost', numeric: true },
      { id: 'best', label: 'Best', numeric: true },
      { id: 'gap', label: 'Gap of the mean', numeric: true },
      { id: 'routes', label: 'Routes', numeric: true },
      { id: 'time', label: 'Time', numeric: true },
    ],
    rows: rows.length,
    cell(row, column) {
      const { label, costs, routes, seconds } = rows[row];
      return [
        label,
        showCost(mean(costs), state.instance),
        showCost(Math.min(...costs), state.instance),
        showShare(mean(costs) / reference.value - 1),
        routes,
        formatSeconds(seconds),
      ][column];
    },
  };
}

export const constructionsStudy: Study<VrpInstance, VrpSolution> = {
  id: 'constructions',
  name: 'Constructions and searches',
  summary:
    'Savings, sweep, petals, seeds and regret on this instance, against what local search, ruin and recreate and the genetic search make of it.',
  source: 'own; after Laporte & Semet 2002',
  group: 'Methods side by side',
  params,
  seconds: 15,
  plan,
  charts,
  findings,
  table,
};
