/** How good the tours are that are made at once, and what local search makes of a start. */
import { NO_BUDGET } from '../../../core/budget.ts';
import { formatSeconds } from '../../../core/format.ts';
import type { ParamSpec, ParamValues } from '../../../core/params.ts';
import { fail, ok, type Result } from '../../../core/result.ts';
import type { Finding, Study, StudyChart } from '../../studies.ts';
import type { DataTable } from '../../views.ts';
import type { TspSolution } from '../check.ts';
import { cityCount, type TspInstance } from '../instance.ts';
import { defaultSolver } from '../solvers.ts';
import {
  gapTo,
  possible,
  reached,
  referenceOf,
  showGap,
  showLength,
  type Run,
  type State,
} from './common.ts';

const params = [
  {
    type: 'number',
    id: 'seeds',
    label: 'Seeds',
    help: 'Runs of every method that draws random numbers; the mean counts.',
    default: 3,
    min: 1,
    max: 20,
    step: 1,
    integer: true,
  },
  {
    type: 'number',
    id: 'reference',
    label: 'Steps of the reference',
    help: 'How long the default solver searches for the tour the others are held against.',
    default: 20_000,
    min: 0,
    max: 10_000_000,
    step: 1000,
    integer: true,
  },
] as const satisfies readonly ParamSpec[];

/** `fixed`: the seed changes nothing. */
const methods: readonly {
  id: string;
  label: string;
  solverId: string;
  params?: ParamValues;
  fixed?: boolean;
}[] = [
  { id: 'curve', label: 'Space-filling curve', solverId: 'space-filling-curve', fixed: true },
  { id: 'nn', label: 'Nearest neighbour', solverId: 'nearest-neighbour', params: { starts: 1 } },
  { id: 'greedy', label: 'Greedy edge', solverId: 'greedy', fixed: true },
  { id: 'savings', label: 'Savings', solverId: 'savings' },
  { id: 'christofides', label: 'Christofides', solverId: 'christofides', fixed: true },
  ...(['nearest', 'farthest', 'cheapest', 'random', 'convex-hull'] as const).map((rule) => ({
    id: `insertion-${rule}`,
    label: `Insertion, ${rule === 'convex-hull' ? 'convex hull' : rule}`,
    solverId: 'insertion',
    params: { rule },
  })),
  ...(
    [
      ['2-opt', '2-opt'],
      ['or-opt', 'Or-opt'],
      ['3-opt', '3-opt'],
      ['lin-kernighan', 'Lin–Kernighan'],
    ] as const
  ).map(([moves, name]) => ({
    id: `local-${moves}`,
    label: `${name} from nearest neighbour`,
    solverId: 'local-search',
    params: { moves, start: 'nearest-neighbour' },
  })),
];

const REFERENCE = 'reference';
/** More steps than any of them takes: they end by themselves. */
const TO_THE_END = 1e9;

function plan(instance: TspInstance, values: ParamValues): Result<Run[]> {
  if (cityCount(instance) < 5)
    return fail({ message: 'There are too few cities to compare.', hint: 'Open five or more.' });
  const runs: Run[] = [];
  for (const { id, label, solverId, params: own, fixed } of methods)
    for (let seed = 1; seed <= (fixed ? 1 : Number(values.seeds)); seed++)
      runs.push({
        id: `${id}/${seed}`,
        label: fixed ? label : `${label}, seed ${seed}`,
        instance,
        solverId,
        ...(own ? { params: own } : {}),
        seed,
        budget: { ...NO_BUDGET, steps: TO_THE_END },
      });
  if (Number(values.reference) > 0)
    runs.push({
      id: REFERENCE,
      label: 'Reference',
      instance,
      solverId: defaultSolver(),
      seed: 1,
      budget: { ...NO_BUDGET, steps: Number(values.reference) },
    });
  return ok(possible(instance, runs));
}

interface Row {
  label: string;
  lengths: number[];
  mean: number;
  seconds: number;
}

/** Methods with at least one tour, shortest first. */
function rowsOf(state: State): Row[] {
  return methods
    .map(({ id, label }) => {
      const runs = state.runs.filter((run) => run.id.startsWith(`${id}/`));
      const lengths = runs.flatMap((run) => reached(state, run.id) ?? []);
      const seconds = runs.map((run) => state.outcomes.get(run.id)?.seconds ?? 0);
      const sum = (list: number[]) => list.reduce((total, value) => total + value, 0);
      return {
        label,
        lengths,
        mean: sum(lengths) / lengths.length,
        seconds: sum(seconds) / Math.max(1, seconds.length),
      };
    })
    .filter(({ lengths }) => lengths.length > 0)
    .sort((p, q) => p.mean - q.mean);
}

function charts(state: State): StudyChart[] {
  const rows = rowsOf(state);
  const reference = referenceOf(state);
  const gaps = rows.map(({ mean }) => (reference ? 100 * gapTo(mean, reference) : 0));
  return [
    {
      id: 'gaps',
      title: 'Gap by method',
      help: `How much longer the mean tour is than the ${reference?.name ?? 'reference'}, in %. Shorter bars are better.`,
      option: (colours) => ({
        animation: false,
        grid: { left: 190, right: 60, top: 16, bottom: 40 },
        tooltip: { trigger: 'axis' },
        xAxis: { type: 'value', name: 'Gap, %', nameLocation: 'middle', nameGap: 26 },
        yAxis: { type: 'category', inverse: true, data: rows.map(({ label }) => label) },
        series: [
          {
            type: 'bar',
            data: gaps.map((gap) => Math.round(gap * 100) / 100),
            itemStyle: { color: colours.accent },
            label: { show: true, position: 'right', color: colours.ink2 },
          },
        ],
      }),
      description:
        rows.length === 0
          ? 'No method has run yet.'
          : `From ${rows[0].label} with ${showGap(rows[0].mean, reference)} to ${rows[rows.length - 1].label} with ${showGap(rows[rows.length - 1].mean, reference)}.`,
    },
  ];
}

function findings(state: State): Finding[] {
  const rows = rowsOf(state);
  const reference = referenceOf(state);
  if (!reference || state.runs.some(({ id }) => state.outcomes.get(id)?.state !== 'done'))
    return [];
  const found: Finding[] = [];
  const built = rows.filter(({ label }) => !label.includes(' from '));
  const improved = rows.filter(({ label }) => label.includes(' from '));
  const [best] = built;
  if (best)
    found.push({
      tone: 'measured',
      text: `Of the constructions ${best.label} comes nearest: ${showGap(best.mean, reference)} above the ${reference.name}.`,
    });
  if (best && improved[0])
    found.push({
      tone: improved[0].mean < best.mean ? 'measured' : 'against',
      text: `Local search from the nearest-neighbour tour reaches ${showGap(improved[0].mean, reference)} (${improved[0].label}), ${improved[0].mean < best.mean ? 'nearer than' : 'not nearer than'} any construction.`,
    });
  const of = (label: string) => rows.find((row) => row.label === label);
  const [far, near] = [of('Insertion, farthest'), of('Insertion, nearest')];
  if (far && near)
    found.push({
      tone: far.mean < near.mean ? 'measured' : 'against',
      text: `Inserting the farthest city first gives ${showGap(far.mean, reference)}, the nearest first ${showGap(near.mean, reference)}: an outline early is ${far.mean < near.mean ? 'worth more' : 'worth less here'} than short steps.`,
    });
  const christofides = of('Christofides');
  if (christofides)
    found.push({
      tone: 'measured',
      text: `Christofides promises at most 50 % above the optimum where the triangle inequality holds; here it is ${showGap(christofides.mean, reference)} above the ${reference.name}.`,
    });
  return found;
}

function table(state: State): DataTable {
  const rows = rowsOf(state);
  const reference = referenceOf(state);
  return {
    caption: 'Tours by method',
    columns: [
      { id: 'method', label: 'Method' },
      { id: 'mean', label: 'Mean length', numeric: true },
      { id: 'best', label: 'Best', numeric: true },
      { id: 'gap', label: 'Gap of the mean', numeric: true },
      { id: 'time', label: 'Time', numeric: true },
    ],
    rows: rows.length,
    cell(row, column) {
      const { label, mean, lengths, seconds } = rows[row];
      switch (column) {
        case 0:
          return label;
        case 1:
          return showLength(mean, state.instance);
        case 2:
          return showLength(Math.min(...lengths), state.instance);
        case 3:
          return showGap(mean, reference);
        default:
          return formatSeconds(seconds);
      }
    },
  };
}

export const constructionsStudy: Study<TspInstance, TspSolution> = {
  id: 'constructions',
  name: 'Constructions compared',
  summary:
    'Every method that makes a tour at once, and plain local search from the nearest-neighbour tour, on this instance: how far each stays above the best.',
  source: 'own; after Johnson & McGeoch 2002',
  group: 'Methods side by side',
  params,
  seconds: 5,
  plan,
  charts,
  findings,
  table,
};
