/** Policies of local search side by side, and against tabu search over the whole neighbourhood. */
import { NO_BUDGET } from '../../../core/budget.ts';
import { formatNumber, formatPercent } from '../../../core/format.ts';
import type { ParamSpec, ParamValues } from '../../../core/params.ts';
import { fail, ok, type Result } from '../../../core/result.ts';
import type { Finding, Study, StudyChart, StudyRun } from '../../studies.ts';
import type { DataTable } from '../../views.ts';
import type { JobShopInstance, JobShopSolution } from '../instance.ts';
import { refuses } from '../refusals.ts';
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

const params = [
  {
    type: 'number',
    id: 'moves',
    label: 'Moves',
    help: 'Moves of each run.',
    default: 20_000,
    min: 100,
    max: 10_000_000,
    integer: true,
  },
  {
    type: 'number',
    id: 'seeds',
    label: 'Seeds',
    help: 'Runs of each policy.',
    default: 3,
    min: 1,
    max: 20,
    integer: true,
  },
] as const satisfies readonly ParamSpec[];

interface Policy {
  id: string;
  name: string;
  solverId: string;
  params: ParamValues;
}

const policies: readonly Policy[] = [
  { id: 'first', name: 'First improvement', solverId: 'improve', params: { policy: 'first' } },
  { id: 'best', name: 'Best improvement', solverId: 'improve', params: { policy: 'best' } },
  { id: 'greedy', name: 'Best, even if worse', solverId: 'improve', params: { policy: 'greedy' } },
  { id: 'annealing', name: 'Annealing', solverId: 'improve', params: { policy: 'annealing' } },
  { id: 'tabu', name: 'Tabu, N5', solverId: 'improve', params: { policy: 'tabu' } },
  { id: 'n7', name: 'Tabu, N7 with elites', solverId: 'tabu', params: { proof: 0 } },
];

const runId = (policy: string, seed: number) => `${policy}/${seed}`;

function plan(instance: JobShopInstance, values: ParamValues): Result<StudyRun<JobShopInstance>[]> {
  const refusal = refuses('improve', instance);
  if (refusal) return fail({ message: refusal, hint: 'Open a job shop without further parts.' });
  const runs: StudyRun<JobShopInstance>[] = [];
  for (let seed = 1; seed <= Number(values.seeds); seed++)
    for (const policy of policies)
      runs.push({
        id: runId(policy.id, seed),
        label: `${policy.name}, seed ${seed}`,
        instance,
        solverId: policy.solverId,
        params: policy.params,
        seed,
        budget: { ...NO_BUDGET, steps: Number(values.moves) },
      });
  return ok(runs);
}

/** Objectives reached by each policy over its seeds, best first. */
function rowsOf(state: State): { policy: Policy; values: number[] }[] {
  return policies.map((policy) => ({
    policy,
    values: Array.from({ length: Number(state.values.seeds) }, (_, i) =>
      reached(state, runId(policy.id, i + 1)),
    )
      .filter((value) => value !== null)
      .sort((a, b) => a - b),
  }));
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

function charts(state: State): StudyChart[] {
  const lines = policies.map((policy) => {
    const outcome = state.outcomes.get(runId(policy.id, 1));
    const data: [number, number][] = [];
    for (let i = 0; outcome && i + 2 < outcome.points.length; i += 3)
      data.push([Math.max(1, outcome.points[i + 1]), outcome.points[i + 2]]);
    const last = data.at(-1);
    if (outcome && last) data.push([Math.max(outcome.steps, last[0]), last[1]]);
    return { policy, data };
  });
  const rows = rowsOf(state).filter(({ values }) => values.length > 0);
  return [
    {
      id: 'convergence',
      title: 'Best makespan over moves',
      help: 'One run of each policy from the same first schedule; moves on a logarithmic axis.',
      option: (colours) => ({
        ...baseOption,
        xAxis: { type: 'log', name: 'Moves', nameLocation: 'middle', nameGap: 28, min: 1 },
        yAxis: objectiveAxis(state),
        series: lines.map(({ policy, data }, i) => ({
          type: 'line' as const,
          name: policy.name,
          step: 'end' as const,
          showSymbol: false,
          data,
          lineStyle: { color: colours.series(i), width: 2 },
          itemStyle: { color: colours.series(i) },
          ...(i === 0 && { markLine: markLine(state, colours, 'yAxis') }),
        })),
      }),
      description:
        rows.length === 0
          ? 'No run yet.'
          : rows
              .map(({ policy, values }) => `${policy.name}: mean ${formatNumber(mean(values), 1)}.`)
              .join(' '),
    },
  ];
}

function findings(state: State): Finding[] {
  const rows = rowsOf(state);
  const reference = referenceOf(state);
  const seeds = Number(state.values.seeds);
  if (!reference || rows.some(({ values }) => values.length < seeds)) return [];
  const ranked = rows.toSorted((a, b) => mean(a.values) - mean(b.values));
  const away = (values: readonly number[]) => formatPercent(gapTo(mean(values), reference));
  const [best, worst] = [ranked[0], ranked[ranked.length - 1]];
  const result: Finding[] = [
    {
      tone: 'measured',
      text: `After as many moves ${best.policy.name} is nearest to the ${reference.name} (${away(best.values)} on average), ${worst.policy.name} farthest (${away(worst.values)}).`,
    },
  ];
  const of = (id: string) => rows.find(({ policy }) => policy.id === id)!;
  const [tabu, plain] = [of('tabu'), of('best')];
  result.push({
    tone: mean(tabu.values) < mean(plain.values) ? 'measured' : 'against',
    text: `A memory of a few moves takes best improvement from ${away(plain.values)} to ${away(tabu.values)}.`,
  });
  return result;
}

function table(state: State): DataTable {
  const rows = rowsOf(state);
  const reference = referenceOf(state);
  const cells = rows.map(({ policy, values }) =>
    values.length === 0
      ? [policy.name, '–', '–', '–', '–']
      : [
          policy.name,
          values[0],
          Math.round(mean(values) * 10) / 10,
          values[values.length - 1],
          reference ? formatPercent(gapTo(mean(values), reference)) : '–',
        ],
  );
  return {
    caption: `${axisName(state)} by policy over ${String(state.values.seeds)} seeds`,
    columns: [
      { id: 'policy', label: 'Policy' },
      { id: 'best', label: 'Best', numeric: true },
      { id: 'mean', label: 'Mean', numeric: true },
      { id: 'worst', label: 'Worst', numeric: true },
      { id: 'gap', label: 'Mean above reference', numeric: true },
    ],
    rows: cells.length,
    cell: (row, column) => cells[row][column],
  };
}

export const policiesStudy: Study<JobShopInstance, JobShopSolution> = {
  id: 'policies',
  name: 'Improvement policies',
  summary:
    'Which swap of the neighbourhood to make: plain policies for as many moves each, the baseline for learned ones.',
  source: 'own; setting of Zhang et al. 2024',
  group: 'Rules and searches',
  params,
  seconds: 8,
  plan,
  charts,
  findings,
  table,
};
