/** Exact methods over the classes of Pisinger's generator. */
import type { EChartsOption } from 'echarts';
import type { ParamSpec } from '../../../core/params.ts';
import { ok } from '../../../core/result.ts';
import type { Finding } from '../../studies.ts';
import { generators } from '../generators.ts';
import { refuses } from '../limits.ts';
import { solvers, type SolverId } from '../solvers.ts';
import {
  brief,
  finished,
  generated,
  isProven,
  median,
  rowsTable,
  run,
  seconds,
  whole,
  type Lab,
  type LabStudy,
} from './lab.ts';

const METHODS: readonly SolverId[] = ['core', 'branch-and-bound', 'highs'];

const classSpec = generators[0].params.find(({ id }) => id === 'class');
const CLASSES = classSpec?.type === 'choice' ? classSpec.options : [];

/** Seconds below this are not told apart. */
const SHORTEST = 1e-4;

const nameOf = (id: SolverId): string => solvers.find((solver) => solver.id === id)?.name ?? id;

const params = [
  whole('n', 'Items', 'Items of each instance.', 300, 10, 1_000_000),
  whole('range', 'Range', 'Largest weight.', 1000, 10, 1_000_000),
  whole('seeds', 'Instances', 'Instances of each class.', 1, 1, 20),
  {
    id: 'seconds',
    type: 'number',
    label: 'Time limit',
    help: 'A run ends here unproven.',
    unit: 's',
    default: 2,
    min: 0.1,
    max: 600,
    step: 0.5,
  },
] as const satisfies readonly ParamSpec[];

interface Cell {
  runs: number;
  proven: number;
  /** Median seconds; unproven runs count as their limit. */
  time: number;
}

function cellOf(state: Lab, kind: string, method: SolverId): Cell {
  const outcomes = finished(state, `${kind}/${method}/`);
  const limit = Number(state.values.seconds);
  return {
    runs: outcomes.length,
    proven: outcomes.filter(isProven).length,
    time: median(
      outcomes.map((outcome) =>
        isProven(outcome) ? Math.max(SHORTEST, outcome.seconds) : Math.max(limit, outcome.seconds),
      ),
    ),
  };
}

export const classes: LabStudy = {
  id: 'classes',
  name: 'Classes and exact methods',
  summary:
    'Thirteen classes of instances, three exact methods: who proves what within the time limit.',
  source: 'Pisinger 2005, Where are the hard knapsack problems?; own comparison',
  group: 'Hardness',
  params,
  seconds: 40,
  plan(_instance, values) {
    const runs = [];
    for (const { value: kind, label } of CLASSES)
      for (let seed = 1; seed <= Number(values.seeds); seed++) {
        const instance = generated(
          'pisinger',
          { class: kind, n: values.n, range: values.range },
          seed,
        );
        for (const method of METHODS)
          if (refuses(method, instance) === null)
            runs.push(
              run(
                `${kind}/${method}/${seed}`,
                `${label}, ${nameOf(method)}`,
                instance,
                method,
                seconds(Number(values.seconds)),
              ),
            );
      }
    return ok(runs);
  },
  charts: (state) => [
    {
      id: 'time',
      title: 'Seconds to the proof',
      help: 'Median by class on a logarithmic axis; bars at the limit are unproven.',
      option: (colours): EChartsOption => ({
        animation: false,
        grid: { left: 56, right: 16, top: 52, bottom: 96 },
        legend: { top: 0, left: 0 },
        tooltip: { trigger: 'axis' },
        xAxis: {
          type: 'category',
          data: CLASSES.map(({ label }) => label),
          axisLabel: { rotate: 40, interval: 0, fontSize: 10 },
        },
        // Bars stand on the shortest time, not on 1.
        yAxis: {
          type: 'log',
          name: 'Seconds',
          min: SHORTEST,
          startValue: SHORTEST,
          splitLine: { lineStyle: { color: colours.line } },
        },
        series: METHODS.map((method, index) => ({
          type: 'bar' as const,
          name: nameOf(method),
          barMinHeight: 2,
          itemStyle: { color: colours.series(index) },
          data: CLASSES.map(({ value }) => {
            const { time } = cellOf(state, value, method);
            return Number.isFinite(time) ? time : null;
          }),
        })),
      }),
      description: sentences(state).join(' ') || 'No run has ended yet.',
    },
  ],
  findings: (state) => sentences(state).map((text): Finding => ({ text, tone: 'measured' })),
  table(state) {
    return rowsTable(
      'Seconds to the proof by class and method',
      [
        { id: 'class', label: 'Class' },
        ...METHODS.flatMap((method) => [
          { id: `${method}-time`, label: `${nameOf(method)}, s`, numeric: true },
          { id: `${method}-proven`, label: 'Proven', numeric: true },
        ]),
      ],
      CLASSES.map(({ value, label }) => [
        label,
        ...METHODS.flatMap((method) => {
          const { time, proven, runs } = cellOf(state, value, method);
          return [brief(time, 4), runs > 0 ? `${proven} of ${runs}` : '–'];
        }),
      ]),
    );
  },
};

/** One sentence a method on what it has proven so far. */
function sentences(state: Lab): string[] {
  return METHODS.flatMap((method) => {
    const cells = CLASSES.map(({ value }) => cellOf(state, value, method));
    const runs = cells.reduce((sum, cell) => sum + cell.runs, 0);
    if (runs === 0) return [];
    const proven = cells.reduce((sum, cell) => sum + cell.proven, 0);
    const times = cells.flatMap((cell) => (cell.runs > 0 ? [cell.time] : []));
    const slowest = cells.reduce(
      (a, cell, k) => (cell.time > cells[a].time || !(cells[a].time >= 0) ? k : a),
      0,
    );
    return [
      `${nameOf(method)} proves ${proven} of ${runs} instances, ${median(times).toPrecision(2)} s in the median of classes; slowest: ${CLASSES[slowest].label.toLowerCase()}.`,
    ];
  });
}
