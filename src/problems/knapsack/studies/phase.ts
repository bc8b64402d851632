/** Where knapsacks are hard: nodes of branch and bound over the share of the weight that fits. */
import { formatNumber } from '../../../core/format.ts';
import type { ParamSpec, ParamValues } from '../../../core/params.ts';
import { ok } from '../../../core/result.ts';
import type { Finding } from '../../studies.ts';
import {
  brief,
  finished,
  generated,
  isProven,
  lineChart,
  median,
  rowsTable,
  run,
  steps,
  whole,
  type Lab,
  type LabStudy,
} from './lab.ts';

const params = [
  {
    id: 'class',
    type: 'choice',
    label: 'Class',
    help: 'How profits depend on weights.',
    default: 'weakly',
    options: [
      { value: 'uncorrelated', label: 'Uncorrelated' },
      { value: 'weakly', label: 'Weakly correlated' },
      { value: 'strongly', label: 'Strongly correlated' },
      { value: 'almost-strongly', label: 'Almost strongly correlated' },
      { value: 'similar-weights', label: 'Similar weights' },
      { value: 'circle', label: 'Circle' },
    ],
  },
  {
    id: 'bound',
    type: 'choice',
    label: 'Bound',
    help: 'What cuts the tree.',
    default: 'dantzig',
    options: [
      { value: 'dantzig', label: 'Dantzig' },
      { value: 'martello-toth', label: 'Martello–Toth' },
    ],
  },
  whole('n', 'Items', 'Items of each instance.', 60, 5, 2000),
  whole('range', 'Range', 'Largest weight.', 1000, 10, 1_000_000),
  whole('points', 'Ratios', 'Capacity ratios between 5 and 95 %.', 10, 3, 19),
  whole('seeds', 'Instances', 'Instances at each ratio.', 5, 1, 50),
  whole('limit', 'Most nodes', 'A run ends here unproven.', 1_000_000, 1000, 100_000_000),
] as const satisfies readonly ParamSpec[];

const ratios = (values: ParamValues): number[] => {
  const points = Number(values.points);
  return Array.from({ length: points }, (_, k) => Math.round(5 + (90 * k) / (points - 1)));
};

interface Point {
  ratio: number;
  nodes: number;
  worst: number;
  proven: number;
  done: number;
}

const pointsOf = (state: Lab): Point[] =>
  ratios(state.values).map((ratio) => {
    const outcomes = finished(state, `${ratio} %/`);
    const nodes = outcomes.map((outcome) => Math.max(1, outcome.steps));
    return {
      ratio,
      nodes: median(nodes),
      worst: nodes.length > 0 ? Math.max(...nodes) : NaN,
      proven: outcomes.filter(isProven).length,
      done: outcomes.length,
    };
  });

export const phase: LabStudy = {
  id: 'phase-transition',
  name: 'Hardness over the capacity',
  summary:
    'The same items with more and more capacity: how many nodes branch and bound needs for a proof, and where the peak lies.',
  source: 'After Yadav et al. 2020, Phase transition in the knapsack problem; own sweep',
  group: 'Hardness',
  params,
  seconds: 10,
  plan(_instance, values) {
    const runs = [];
    for (const ratio of ratios(values))
      for (let seed = 1; seed <= Number(values.seeds); seed++)
        runs.push(
          run(
            `${ratio} %/${seed}`,
            `${ratio} %, instance ${seed}`,
            generated(
              'pisinger',
              { class: values.class, n: values.n, range: values.range, fill: ratio },
              seed,
            ),
            'branch-and-bound',
            steps(Number(values.limit)),
            { bound: values.bound },
          ),
        );
    return ok(runs);
  },
  charts(state) {
    const points = pointsOf(state);
    return [
      {
        id: 'nodes',
        title: 'Nodes to the proof',
        help: 'Median and worst of the instances at each share of the weight that fits; the axis is logarithmic.',
        option: (colours) =>
          lineChart(
            colours,
            { name: 'Capacity, % of the total weight' },
            { name: 'Nodes', log: true },
            [
              {
                name: 'Median',
                data: points.map((p) => [p.ratio, p.nodes] as const),
                colour: colours.accent,
              },
              {
                name: 'Worst',
                data: points.map((p) => [p.ratio, p.worst] as const),
                colour: colours.warn,
              },
            ],
          ),
        description: describe(points),
      },
    ];
  },
  findings(state) {
    const points = pointsOf(state);
    const known = points.filter(({ done }) => done > 0);
    if (known.length < 2) return [];
    const list: Finding[] = [{ text: describe(points), tone: 'measured' }];
    const open = known.reduce((sum, p) => sum + p.done - p.proven, 0);
    if (open > 0)
      list.push({
        text: `${open} of ${known.reduce((sum, p) => sum + p.done, 0)} runs ended at the limit of nodes: the true peak is higher.`,
        tone: 'measured',
      });
    return list;
  },
  table: (state) =>
    rowsTable(
      'Nodes of branch and bound by capacity',
      [
        { id: 'ratio', label: 'Capacity, %', numeric: true },
        { id: 'median', label: 'Median nodes', numeric: true },
        { id: 'worst', label: 'Worst nodes', numeric: true },
        { id: 'proven', label: 'Proven', numeric: true },
        { id: 'runs', label: 'Runs', numeric: true },
      ],
      pointsOf(state).map((p) => [p.ratio, brief(p.nodes, 0), brief(p.worst, 0), p.proven, p.done]),
    ),
};

function describe(points: readonly Point[]): string {
  const known = points.filter(({ done }) => done > 0);
  if (known.length === 0) return 'No run has ended yet.';
  const peak = known.reduce((a, b) => (b.nodes > a.nodes ? b : a));
  const least = known.reduce((a, b) => (b.nodes < a.nodes ? b : a));
  return `Hardest where ${peak.ratio} % of the weight fits: ${formatNumber(peak.nodes)} nodes in the median, ${formatNumber(peak.nodes / least.nodes, 1)} times those at ${least.ratio} %.`;
}
