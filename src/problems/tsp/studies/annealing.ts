/** A sweep over the schedule of simulated annealing: where it begins, and how long it takes. */
import { NO_BUDGET } from '../../../core/budget.ts';
import { formatNumber } from '../../../core/format.ts';
import type { ParamSpec, ParamValues } from '../../../core/params.ts';
import { fail, ok, type Result } from '../../../core/result.ts';
import type { Finding, Study, StudyChart } from '../../studies.ts';
import type { DataTable } from '../../views.ts';
import type { TspSolution } from '../check.ts';
import { cityCount, type TspInstance } from '../instance.ts';
import {
  gapTo,
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
    id: 'steps',
    label: 'Shortest schedule',
    help: 'In hundreds of moves; each further one is four times as long.',
    default: 500,
    min: 10,
    max: 1_000_000,
    step: 100,
    integer: true,
  },
  {
    type: 'number',
    id: 'seeds',
    label: 'Seeds',
    help: 'Runs of every schedule; the mean counts.',
    default: 3,
    min: 1,
    max: 20,
    step: 1,
    integer: true,
  },
] as const satisfies readonly ParamSpec[];

/** First temperatures, in mean distances to the second nearest city. */
const TEMPERATURES = [0.05, 0.15, 0.4, 1, 3, 10];
const LENGTHS = [1, 4, 16];

const idOf = (temperature: number, length: number, seed: number) =>
  `${temperature}/${length}/${seed}`;

function plan(instance: TspInstance, values: ParamValues): Result<Run[]> {
  if (cityCount(instance) < 5)
    return fail({ message: 'There are too few cities to anneal.', hint: 'Open five or more.' });
  const runs: Run[] = [];
  for (const length of LENGTHS)
    for (const temperature of TEMPERATURES)
      for (let seed = 1; seed <= Number(values.seeds); seed++) {
        const steps = Number(values.steps) * length;
        runs.push({
          id: idOf(temperature, length, seed),
          label: `From ${temperature}, ${formatNumber(100 * steps)} moves, seed ${seed}`,
          instance,
          solverId: 'simulated-annealing',
          params: { start: temperature, end: Math.min(0.01, temperature / 2) },
          seed,
          budget: { ...NO_BUDGET, steps },
        });
      }
  return ok(runs);
}

/** The mean length over the seeds that have a tour; null when none has. */
function meanOf(state: State, temperature: number, length: number): number | null {
  let sum = 0;
  let count = 0;
  for (let seed = 1; seed <= Number(state.values.seeds); seed++) {
    const value = reached(state, idOf(temperature, length, seed));
    if (value === null) continue;
    sum += value;
    count++;
  }
  return count === 0 ? null : sum / count;
}

const nameOf = (state: State, length: number) =>
  `${formatNumber(100 * Number(state.values.steps) * length)} moves`;

/** The first temperature with the shortest mean tour; null when none has one. */
function bestOf(state: State, length: number): { temperature: number; mean: number } | null {
  let best: { temperature: number; mean: number } | null = null;
  for (const temperature of TEMPERATURES) {
    const mean = meanOf(state, temperature, length);
    if (mean !== null && (!best || mean < best.mean)) best = { temperature, mean };
  }
  return best;
}

function charts(state: State): StudyChart[] {
  const reference = referenceOf(state);
  const best = bestOf(state, LENGTHS[LENGTHS.length - 1]);
  return [
    {
      id: 'sweep',
      title: 'Gap by first temperature',
      help: `Mean gap to the ${reference?.name ?? 'reference'} over the temperature the schedule begins with (mean distances to the second nearest city), a line for each length. Too cold freezes at once, too hot wastes the moves.`,
      option: (colours) => ({
        animation: false,
        grid: { left: 64, right: 24, top: 40, bottom: 48 },
        legend: { top: 4 },
        tooltip: { trigger: 'axis' },
        xAxis: { type: 'log', name: 'First temperature', nameLocation: 'middle', nameGap: 28 },
        yAxis: { type: 'value', name: 'Gap, %' },
        series: LENGTHS.map((length, i) => ({
          type: 'line' as const,
          name: nameOf(state, length),
          itemStyle: { color: colours.series(i) },
          data: TEMPERATURES.flatMap((temperature) => {
            const mean = meanOf(state, temperature, length);
            return mean === null || !reference
              ? []
              : [[temperature, Math.round(1e4 * gapTo(mean, reference)) / 100]];
          }),
        })),
      }),
      description: best
        ? `The longest schedule does best from temperature ${best.temperature}: ${showGap(best.mean, reference)}.`
        : 'No schedule has run yet.',
    },
  ];
}

function findings(state: State): Finding[] {
  const reference = referenceOf(state);
  if (!reference || state.runs.some(({ id }) => state.outcomes.get(id)?.state !== 'done'))
    return [];
  const best = LENGTHS.map((length) => bestOf(state, length));
  const found: Finding[] = [];
  LENGTHS.forEach((length, i) => {
    const each = best[i];
    if (each)
      found.push({
        tone: 'measured',
        text: `${nameOf(state, length)}: best from temperature ${each.temperature}, ${showGap(each.mean, reference)} above the ${reference.name}.`,
      });
  });
  const [first, last] = [best[0], best[best.length - 1]];
  if (first && last)
    found.push({
      tone: last.mean < first.mean ? 'measured' : 'against',
      text:
        last.mean < first.mean
          ? 'Cooling more slowly gives shorter tours.'
          : 'Cooling more slowly gains nothing here: the shortest schedule is long enough.',
    });
  return found;
}

function table(state: State): DataTable {
  const reference = referenceOf(state);
  const rows = LENGTHS.flatMap((length) =>
    TEMPERATURES.map((temperature) => ({
      length,
      temperature,
      mean: meanOf(state, temperature, length),
    })),
  );
  return {
    caption: 'Mean tour by schedule',
    columns: [
      { id: 'moves', label: 'Schedule' },
      { id: 'temperature', label: 'First temperature', numeric: true },
      { id: 'mean', label: 'Mean length', numeric: true },
      { id: 'gap', label: 'Gap', numeric: true },
    ],
    rows: rows.length,
    cell(row, column) {
      const { length, temperature, mean } = rows[row];
      switch (column) {
        case 0:
          return nameOf(state, length);
        case 1:
          return temperature;
        case 2:
          return showLength(mean, state.instance);
        default:
          return showGap(mean, reference);
      }
    },
  };
}

export const annealingStudy: Study<TspInstance, TspSolution> = {
  id: 'annealing',
  name: 'Annealing schedules',
  summary:
    'Simulated annealing from six first temperatures, over three lengths of schedule: which beginning suits which length.',
  source: 'own; after Johnson et al. 1989',
  group: 'Schedules',
  params,
  seconds: 30,
  plan,
  charts,
  findings,
  table,
};
