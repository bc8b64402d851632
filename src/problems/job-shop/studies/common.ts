/** What the studies of shops share. */
import type { EChartsOption } from 'echarts';
import { formatNumber } from '../../../core/format.ts';
import type { StudyOutcome, StudyState } from '../../studies.ts';
import type { ChartColours } from '../../views.ts';
import { bestKnown } from '../gallery.ts';
import { objectiveName, type JobShopInstance, type JobShopSolution } from '../instance.ts';

export type State = StudyState<JobShopInstance, JobShopSolution>;
export type Outcome = StudyOutcome<JobShopSolution>;

/** The objective a run reached; null before its first schedule. */
export const reached = (state: State, id: string): number | null =>
  state.outcomes.get(id)?.report?.objective ?? null;

/** The best proven bound of all runs. */
export function boundOf(state: State): number | null {
  let best: number | null = null;
  for (const { bound } of state.outcomes.values())
    if (bound !== null && (best === null || bound > best)) best = bound;
  return best;
}

export interface Reference {
  value: number;
  name: string;
}

/** What gaps are counted to: the best known value, or the best of these runs. */
export function referenceOf(state: State): Reference | null {
  let best: number | null = null;
  for (const { id } of state.runs) {
    const value = reached(state, id);
    if (value !== null && (best === null || value < best)) best = value;
  }
  if (best === null) return null;
  const known = bestKnown(state.instance)?.value;
  return known !== undefined && known <= best
    ? { value: known, name: 'best known' }
    : { value: best, name: 'best of these runs' };
}

/** Relative to a reference, which may be 0. */
export const gapTo = (value: number, reference: Reference): number =>
  value === reference.value ? 0 : (value - reference.value) / Math.abs(reference.value);

/** Horizontal marks of the reference and the bound. */
export function markLine(state: State, colours: ChartColours, on: 'xAxis' | 'yAxis') {
  const reference = referenceOf(state);
  const bound = boundOf(state);
  const mark = (value: number, name: string, color: string) => ({
    [on]: value,
    lineStyle: { color },
    label: { formatter: `${name} ${formatNumber(value)}`, color },
  });
  return {
    silent: true,
    symbol: 'none',
    data: [
      ...(reference ? [mark(reference.value, reference.name, colours.good)] : []),
      ...(bound !== null ? [mark(bound, 'bound', colours.bound)] : []),
    ] as { xAxis?: number; yAxis?: number }[],
  };
}

/** The axis of objectives: from a little below the reference, which is marked on it. */
export function objectiveAxis(state: State) {
  const reference = referenceOf(state)?.value ?? Infinity;
  return {
    type: 'value' as const,
    name: axisName(state),
    scale: true,
    min: ({ min }: { min: number }) => Math.floor(Math.min(min, reference * 0.99)),
    axisLabel: { formatter: (value: number) => formatNumber(value) },
  };
}

export const axisName = (state: State): string => objectiveName(state.instance);

export const baseOption: EChartsOption = {
  animation: false,
  grid: { left: 64, right: 96, top: 40, bottom: 48 },
  legend: { top: 4 },
  tooltip: { trigger: 'axis' },
};
