/** AutoLRS' branches: what each rate that was tried made of the loss, beside the path taken. */
import type { EChartsOption, LineSeriesOption } from 'echarts';
import type { ChartMode } from '../../views.ts';
import type { Instance, Solution } from '../instance.ts';
import { COLUMN, shortNumber, type LrFrame } from './common.ts';

interface Probe {
  /** Step it branched off at, and its rate. */
  from: number;
  rate: number;
  points: [step: number, loss: number][];
  /** Whether its stage was trained with its rate. */
  won: boolean;
}

/** Probes in the order they were made, from the trace of a run. O(rows). */
export function probesOf({ trace }: Pick<LrFrame, 'trace'>): Probe[] {
  const probes: Probe[] = [];
  if (!trace) return probes;
  const at = (column: number, row: number) => trace.values[column][row];
  let current = NaN;
  // The first row of the path after a search shows which rate won.
  let open: Probe[] = [];
  for (let row = 0; row < trace.length; row++) {
    const branch = at(COLUMN.branch, row);
    if (Number.isNaN(branch)) {
      const rate = at(COLUMN.rate, row);
      if (open.length > 0 && rate > 0) {
        const winner = open.find((probe) => Math.abs(probe.rate / rate - 1) < 1e-9);
        if (winner) winner.won = true;
        open = [];
      }
      continue;
    }
    if (branch !== current) {
      current = branch;
      const from = at(COLUMN.step, row);
      const probe: Probe = { from, rate: at(COLUMN.branchRate, row), points: [], won: false };
      if (open.length > 0 && open[0].from !== from) open = [];
      open.push(probe);
      probes.push(probe);
    }
    const loss = at(COLUMN.branchLoss, row);
    if (Number.isFinite(loss) && loss > 0)
      probes[probes.length - 1].points.push([at(COLUMN.branchStep, row), loss]);
  }
  return probes;
}

/** One series for many lines: a gap between two. */
const joined = (probes: readonly Probe[]): [number, number | null][] =>
  probes.flatMap(({ points }) => [
    ...points,
    [points.at(-1)?.[0] ?? 0, null] as [number, number | null],
  ]);

export const probesMode: ChartMode<Instance, Solution> = {
  kind: 'chart',
  id: 'probes',
  name: 'Probes',
  help: 'Training loss of the rates that AutoLRS tried before each stage, and of the path it took.',
  toggles: [],
  option(frame, colours): EChartsOption {
    const { trace, instance } = frame;
    const probes = probesOf(frame);
    const path: [number, number][] = [];
    if (trace)
      for (let row = 0; row < trace.length; row++) {
        const loss = trace.values[COLUMN.train][row];
        if (loss > 0 && Number.isFinite(loss)) path.push([trace.values[COLUMN.step][row], loss]);
      }
    const line = (
      name: string,
      data: LineSeriesOption['data'],
      color: string,
      width: number,
      opacity = 1,
    ): LineSeriesOption => ({
      type: 'line',
      name,
      data,
      color,
      showSymbol: false,
      lineStyle: { color, width, opacity },
      emphasis: { disabled: true },
    });
    return {
      animation: false,
      grid: { left: 56, right: 20, top: 56, bottom: 40 },
      legend: { top: 4, textStyle: { color: colours.ink2 }, itemWidth: 18, itemHeight: 8 },
      xAxis: {
        type: 'value',
        name: 'Step',
        nameLocation: 'middle',
        nameGap: 24,
        nameTextStyle: { color: colours.ink3 },
        min: 0,
        max: instance.steps,
        axisLabel: { color: colours.ink3 },
        splitLine: { show: false },
      },
      yAxis: {
        type: 'log',
        name: 'Training loss',
        nameTextStyle: { color: colours.ink3, align: 'left' },
        axisLabel: { color: colours.ink3, formatter: (value: number) => shortNumber(value) },
        splitLine: { lineStyle: { color: colours.line } },
      },
      series: [
        line('Path', path, colours.ink3, 1, 0.5),
        line('Probes', joined(probes.filter(({ won }) => !won)), colours.series(1), 1.25),
        line('Chosen probes', joined(probes.filter(({ won }) => won)), colours.accent, 2.25),
      ],
    };
  },
  describe(frame) {
    const probes = probesOf(frame);
    if (probes.length === 0) return 'No probes yet: run the training.';
    const chosen = probes.filter(({ won }) => won);
    const rates = chosen.map(({ from, rate }) => `${shortNumber(rate)} from step ${from}`);
    return `${probes.length} rates were tried. Chosen: ${rates.join(', ') || 'none yet'}.`;
  },
};
