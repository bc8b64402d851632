/** What a local search over the vertices just touched gives ruin and recreate, and how large its cache should be. */
import { mean } from '../../../core/statistics.ts';
import { NO_BUDGET } from '../../../core/budget.ts';
import { formatNumber } from '../../../core/format.ts';
import { defaultParams, type ParamSpec, type ParamValues } from '../../../core/params.ts';
import { ok, type Result } from '../../../core/result.ts';
import { createRng } from '../../../core/rng.ts';
import type { Finding, Study, StudyChart } from '../../studies.ts';
import type { DataTable } from '../../views.ts';
import { generators } from '../generators.ts';
import type { VrpInstance, VrpSolution } from '../instance.ts';
import { isOver, reached, type Run, type State } from './common.ts';

const params = [
  {
    type: 'number',
    id: 'customers',
    label: 'Customers',
    help: 'Customers of every instance, drawn as in the X set of CVRPLIB.',
    default: 1000,
    min: 50,
    max: 10_000,
    step: 50,
    integer: true,
  },
  {
    type: 'number',
    id: 'instances',
    label: 'Instances',
    help: 'Instances drawn at random; means are over them.',
    default: 4,
    min: 1,
    max: 20,
    step: 1,
    integer: true,
  },
  {
    type: 'choice',
    id: 'equal',
    label: 'Held equal',
    help: 'Seconds compare what a user gets; steps repeat bit for bit, but a step with local search takes longer.',
    default: 'seconds',
    options: [
      { value: 'seconds', label: 'Seconds' },
      { value: 'steps', label: 'Steps' },
    ],
  },
  {
    type: 'number',
    id: 'seconds',
    label: 'Seconds per run',
    help: 'Every run anneals over so many.',
    default: 3,
    min: 0.5,
    max: 600,
    step: 0.5,
    shownWhen: ({ equal }) => equal === 'seconds',
  },
  {
    type: 'number',
    id: 'steps',
    label: 'Steps per run',
    help: 'Every run anneals over so many ruins.',
    default: 400_000,
    min: 1000,
    max: 100_000_000,
    step: 1000,
    integer: true,
    shownWhen: ({ equal }) => equal === 'steps',
  },
] as const satisfies readonly ParamSpec[];

interface Variant {
  id: string;
  label: string;
  params: ParamValues;
}

const without: Variant = { id: 'none', label: 'No local search', params: { local: 'none' } };

/** Sizes of the cache. */
const cached: readonly Variant[] = [4, 16, 64].map((cache) => ({
  id: `cache-${cache}`,
  label: `Cache of ${cache}`,
  params: { local: 'cached', cache },
}));

const variants: readonly Variant[] = [without, ...cached];

const runId = (variant: Variant, instance: number): string => `${variant.id}/${instance}`;

function instanceOf(customers: number, number: number): VrpInstance {
  const generator = generators.find(({ id }) => id === 'x')!;
  const made = generator.generate(
    { ...defaultParams(generator.params), customers },
    createRng(number),
  );
  return { ...made, name: `Instance ${number}, ${formatNumber(customers)} customers` };
}

function plan(_instance: VrpInstance, values: ParamValues): Result<Run[]> {
  const runs: Run[] = [];
  const budget =
    values.equal === 'steps'
      ? { ...NO_BUDGET, steps: Number(values.steps) }
      : { ...NO_BUDGET, seconds: Number(values.seconds) };
  for (let number = 1; number <= Number(values.instances); number++) {
    const instance = instanceOf(Number(values.customers), number);
    for (const variant of variants)
      runs.push({
        id: runId(variant, number),
        label: `${variant.label}, instance ${number}`,
        instance,
        solverId: 'sisr',
        params: variant.params,
        seed: number,
        budget,
      });
  }
  return ok(runs);
}

/** Differences are small: two decimals. */
const showShare = (share: number): string => `${formatNumber(100 * share, 2)} %`;

/** Shares of the budget at which the curves are read. */
const SHARES = [0.02, 0.035, 0.05, 0.07, 0.1, 0.14, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];
const EARLY = 0.1;

/**
 * The objective a run had reached at a point of an axis.
 * @param points seconds, steps and objective of every improvement, flat
 * @param axis 0 for seconds, 1 for steps
 * @returns null before the first improvement
 */
export function reachedAt(points: ArrayLike<number>, axis: 0 | 1, at: number): number | null {
  let objective: number | null = null;
  for (let i = 0; i + 2 < points.length && points[i + axis] <= at; i += 3)
    objective = points[i + 2];
  return objective;
}

interface Curve {
  variant: Variant;
  /** By share of the budget: mean excess over the best plan of all runs; null while one lacks. */
  excess: (number | null)[];
  /** Mean number of steps. */
  steps: number;
}

function curvesOf(state: State): Curve[] {
  const { values, outcomes } = state;
  const isBySteps = values.equal === 'steps';
  const budget = Number(isBySteps ? values.steps : values.seconds);
  const numbers = Array.from({ length: Number(values.instances) }, (_, i) => i + 1);
  const done = numbers.filter((number) =>
    variants.every((variant) => reached(state, runId(variant, number)) !== null),
  );
  const least = new Map(
    done.map((number) => [
      number,
      Math.min(...variants.map((variant) => reached(state, runId(variant, number)) ?? Infinity)),
    ]),
  );
  return variants.map((variant) => {
    const of = (number: number) => outcomes.get(runId(variant, number));
    return {
      variant,
      excess: SHARES.map((share) => {
        const found = done.map((number) => {
          const objective =
            share === 1
              ? reached(state, runId(variant, number))
              : reachedAt(of(number)?.points ?? [], isBySteps ? 1 : 0, share * budget);
          return objective === null ? null : objective / least.get(number)! - 1;
        });
        const all = found.filter((value) => value !== null);
        return all.length > 0 && all.length === found.length ? mean(all) : null;
      }),
      steps: done.length > 0 ? mean(done.map((number) => of(number)?.steps ?? 0)) : 0,
    };
  });
}

const thousands = (steps: number): string => formatNumber(1000 * Math.round(steps / 1000));

const at = ({ excess }: Curve, share: number): number | null => excess[SHARES.indexOf(share)];

function charts(state: State): StudyChart[] {
  const curves = curvesOf(state);
  const isBySteps = state.values.equal === 'steps';
  const budget = Number(isBySteps ? state.values.steps : state.values.seconds);
  return [
    {
      id: 'excess',
      title: `Distance above the best plan, over ${isBySteps ? 'steps' : 'seconds'}`,
      help: 'Mean over the instances, above the shortest plan of all runs on each. Lower is better; where a line stays low early, a run may be stopped early.',
      option: (colours) => ({
        animation: false,
        grid: { left: 60, right: 20, top: 40, bottom: 46 },
        legend: { top: 4 },
        tooltip: { trigger: 'axis' },
        xAxis: {
          type: 'log',
          name: isBySteps ? 'Steps' : 'Seconds',
          nameLocation: 'middle',
          nameGap: 28,
        },
        yAxis: { type: 'value', name: 'Above, %' },
        series: curves.map(({ variant, excess }, i) => {
          const color = variant === without ? colours.ink3 : colours.series(i);
          return {
            name: variant.label,
            type: 'line',
            showSymbol: false,
            data: excess.flatMap((value, k) =>
              value === null ? [] : [[SHARES[k] * budget, 100 * value]],
            ),
            itemStyle: { color },
            lineStyle: { color },
          };
        }),
      }),
      description: curves
        .map((curve) => {
          const end = at(curve, 1);
          return `${curve.variant.label}: ${end === null ? 'not yet run' : `${showShare(end)} above at the end`}.`;
        })
        .join(' '),
    },
  ];
}

function findings(state: State): Finding[] {
  if (!isOver(state)) return [];
  const curves = curvesOf(state);
  const plain = curves[0];
  const found: Finding[] = [];
  for (const [share, when] of [
    [EARLY, 'After a tenth of the budget'],
    [1, 'At its end'],
  ] as const) {
    const base = at(plain, share);
    const best = curves
      .slice(1)
      .flatMap((curve) => {
        const excess = at(curve, share);
        return excess === null ? [] : [{ label: curve.variant.label.toLowerCase(), excess }];
      })
      .toSorted((a, b) => a.excess - b.excess)
      .at(0);
    if (base === null || !best) continue;
    found.push({
      tone: best.excess < base ? 'measured' : 'against',
      text: `${when} local search with a ${best.label} stands ${showShare(best.excess)} above the best plan, ruin and recreate alone ${showShare(base)}.`,
    });
  }
  const largest = curves.at(-1);
  if (state.values.equal === 'seconds' && largest && plain.steps > 0)
    found.push({
      tone: 'measured',
      text: `In the same time it makes ${thousands(largest.steps)} steps with a ${largest.variant.label.toLowerCase()}, ${thousands(plain.steps)} without.`,
    });
  const small = curves[1] ? at(curves[1], 1) : null;
  const large = largest ? at(largest, 1) : null;
  if (small !== null && large !== null)
    found.push({
      tone: large <= small ? 'measured' : 'against',
      text: `A cache of 64 ends ${showShare(large)} above, one of 4, which forgets most of what a ruin touched, ${showShare(small)}.`,
    });
  return found;
}

function table(state: State): DataTable {
  const curves = curvesOf(state);
  return {
    caption: 'Local search with vertex caching',
    columns: [
      { id: 'variant', label: 'Search' },
      { id: 'early', label: 'Above at a tenth', numeric: true },
      { id: 'half', label: 'Above at half', numeric: true },
      { id: 'end', label: 'Above at the end', numeric: true },
      { id: 'steps', label: 'Steps', numeric: true },
    ],
    rows: curves.length,
    cell(row, column) {
      const curve = curves[row];
      if (column === 0) return curve.variant.label;
      if (column === 4) return curve.steps === 0 ? '–' : formatNumber(Math.round(curve.steps));
      const value = at(curve, [EARLY, 0.5, 1][column - 1]);
      return value === null ? '–' : showShare(value);
    },
  };
}

export const vertexCacheStudy: Study<VrpInstance, VrpSolution> = {
  id: 'vertex-cache',
  name: 'Local search on touched vertices',
  summary:
    'Ruin and recreate alone against a local search after each recreate over the vertices it has just touched, with caches of several sizes, in the same time or the same steps.',
  source: 'own; after Accorsi & Vigo 2021',
  group: 'Methods side by side',
  params,
  seconds: 48,
  plan,
  charts,
  findings,
  table,
};
