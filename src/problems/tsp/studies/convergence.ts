/** Metaheuristics and exact search side by side over time. */
import { NO_BUDGET } from '../../../core/budget.ts';
import { formatSeconds } from '../../../core/format.ts';
import type { ParamSpec, ParamValues } from '../../../core/params.ts';
import { fail, ok, type Result } from '../../../core/result.ts';
import type { Finding, Study, StudyChart } from '../../studies.ts';
import type { DataTable } from '../../views.ts';
import type { TspSolution } from '../check.ts';
import { cityCount, type TspInstance } from '../instance.ts';
import {
  convergence,
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
    id: 'seconds',
    label: 'Seconds each',
    help: 'How long every solver runs.',
    unit: 's',
    default: 5,
    min: 0.5,
    max: 600,
    step: 0.5,
  },
] as const satisfies readonly ParamSpec[];

const methods: readonly { id: string; label: string; solverId: string; params?: ParamValues }[] = [
  { id: 'ils', label: 'Iterated local search', solverId: 'ils', params: { bound: 0 } },
  { id: 'eax', label: 'Edge assembly crossover', solverId: 'eax', params: { bound: 0 } },
  { id: 'branch-and-cut', label: 'Branch and cut', solverId: 'branch-and-cut' },
  { id: 'annealing', label: 'Simulated annealing', solverId: 'simulated-annealing' },
  { id: 'ants', label: 'Ant colony', solverId: 'ant-colony' },
  {
    id: 'ants-2opt',
    label: 'Ant colony with 2-opt',
    solverId: 'ant-colony',
    params: { improve: true },
  },
  { id: 'genetic', label: 'Genetic algorithm', solverId: 'genetic' },
  { id: 'map', label: 'Self-organising map', solverId: 'self-organising-map' },
];

function plan(instance: TspInstance, values: ParamValues): Result<Run[]> {
  if (cityCount(instance) < 5)
    return fail({ message: 'There are too few cities to compare.', hint: 'Open five or more.' });
  const budget = { ...NO_BUDGET, seconds: Number(values.seconds) };
  return ok(
    possible(
      instance,
      methods.map((method) => ({ ...method, instance, seed: 1, budget })),
    ),
  );
}

function ranked(state: State) {
  return state.runs
    .map(({ id, label }) => ({ id, label, length: reached(state, id) }))
    .sort((p, q) => (p.length ?? Infinity) - (q.length ?? Infinity));
}

/** Seconds until a run was within a share of the reference; null when it never was. */
function timeTo(state: State, id: string, share: number): number | null {
  const reference = referenceOf(state);
  const points = state.outcomes.get(id)?.points ?? [];
  for (let at = 0; reference && at + 2 < points.length; at += 3)
    if (gapTo(points[at + 2], reference) <= share) return points[at];
  return null;
}

function charts(state: State): StudyChart[] {
  const reference = referenceOf(state);
  const order = ranked(state).filter(({ length }) => length !== null);
  return [
    {
      id: 'convergence',
      title: 'Gap over time',
      help: `How much longer the best tour so far is than the ${reference?.name ?? 'reference'}, over seconds, both logarithmic: a line that ends early has reached it.`,
      option: (colours) => ({
        animation: false,
        grid: { left: 64, right: 24, top: 64, bottom: 48 },
        legend: { top: 4 },
        tooltip: { trigger: 'item' },
        xAxis: { type: 'log', name: 'Seconds', nameLocation: 'middle', nameGap: 28 },
        yAxis: { type: 'log', name: 'Gap, %', min: 0.001 },
        series: convergence(state, state.runs, colours),
      }),
      description:
        order.length === 0
          ? 'No solver has a tour yet.'
          : `Best so far: ${order.map(({ label, length }) => `${label} ${showGap(length, reference)}`).join(', ')}.`,
    },
  ];
}

function findings(state: State): Finding[] {
  const reference = referenceOf(state);
  if (!reference || state.runs.some(({ id }) => state.outcomes.get(id)?.state !== 'done'))
    return [];
  const found: Finding[] = [];
  const order = ranked(state);
  const first = state.runs
    .map(({ id, label }) => ({ label, seconds: timeTo(state, id, 0.01) }))
    .filter(({ seconds }) => seconds !== null)
    .sort((p, q) => p.seconds! - q.seconds!)[0];
  found.push({
    tone: 'measured',
    text: `${order[0].label} ends with the shortest tour, ${showGap(order[0].length, reference)} above the ${reference.name}.`,
  });
  if (first)
    found.push({
      tone: 'measured',
      text: `${first.label} is the first within 1 %, after ${formatSeconds(first.seconds!)}.`,
    });
  let proven: number | null = null;
  for (const { bound } of state.outcomes.values())
    if (bound !== null && (proven === null || bound > proven)) proven = bound;
  const best = order[0].length;
  if (proven !== null && best !== null)
    found.push({
      tone: 'theory',
      text:
        proven >= best - 1e-9 * Math.abs(best)
          ? `A run has proven ${showLength(best, state.instance)} optimal.`
          : `No tour is shorter than ${showLength(proven, state.instance)}, as a run has proven.`,
    });
  return found;
}

function table(state: State): DataTable {
  const order = ranked(state);
  const reference = referenceOf(state);
  return {
    caption: 'Solvers by the tour they reached',
    columns: [
      { id: 'solver', label: 'Solver' },
      { id: 'length', label: 'Length', numeric: true },
      { id: 'gap', label: 'Gap', numeric: true },
      { id: 'percent', label: 'Within 1 % after', numeric: true },
      { id: 'bound', label: 'Bound', numeric: true },
    ],
    rows: order.length,
    cell(row, column) {
      const { id, label, length } = order[row];
      const within = timeTo(state, id, 0.01);
      switch (column) {
        case 0:
          return label;
        case 1:
          return showLength(length, state.instance);
        case 2:
          return showGap(length, reference);
        case 3:
          return within === null ? '–' : formatSeconds(within);
        default:
          return showLength(state.outcomes.get(id)?.bound ?? null, state.instance);
      }
    },
  };
}

export const convergenceStudy: Study<TspInstance, TspSolution> = {
  id: 'convergence',
  name: 'Convergence of solvers',
  summary:
    'Local search, crossover, branch and cut, annealing, ants and a genetic algorithm on this instance for equal time.',
  source: 'own',
  group: 'Methods side by side',
  params,
  seconds: 40,
  plan,
  charts,
  findings,
  table,
};
