/** What the studies of tours share. */
import { formatNumber, formatPercent } from '../../../core/format.ts';
import type { StudyOutcome, StudyRun, StudyState } from '../../studies.ts';
import type { ChartColours } from '../../views.ts';
import { bestKnown } from '../best-known.ts';
import type { TspSolution } from '../check.ts';
import type { TspInstance } from '../instance.ts';
import { refuses } from '../solvers.ts';

export type State = StudyState<TspInstance, TspSolution>;
export type Outcome = StudyOutcome<TspSolution>;
export type Run = StudyRun<TspInstance>;

/** The length a run reached; null before its first tour. */
export const reached = (state: State, id: string): number | null =>
  state.outcomes.get(id)?.report?.objective ?? null;

export interface Reference {
  value: number;
  name: string;
}

/** What gaps are counted to: the best known length, or the best of these runs. */
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

/** How much longer, as a share; 0 where the reference is. */
export const gapTo = (value: number, { value: reference }: Reference): number =>
  value === reference ? 0 : (value - reference) / Math.max(1e-9, Math.abs(reference));

export const showGap = (value: number | null, reference: Reference | null): string =>
  value === null || !reference ? '–' : formatPercent(gapTo(value, reference));

export const showLength = (value: number | null, instance: TspInstance): string =>
  value === null ? '–' : formatNumber(value, instance.metric === 'euclidean' ? 2 : 0);

/** Only the runs whose solver takes the instance. */
export const possible = (instance: TspInstance, runs: Run[]): Run[] =>
  runs.filter(({ solverId }) => refuses(solverId, instance) === null);

/** Gap in % over seconds, one line for each of the runs, from its improvements. */
export function convergence(
  state: State,
  runs: readonly { id: string; label: string }[],
  colours: ChartColours,
) {
  const reference = referenceOf(state);
  return runs.map(({ id, label }, i) => {
    const { points = [], seconds = 0 } = state.outcomes.get(id) ?? {};
    const data: [number, number][] = [];
    for (let at = 0; reference && at + 2 < points.length; at += 3)
      data.push([Math.max(1e-3, points[at]), 100 * gapTo(points[at + 2], reference)]);
    const last = data.at(-1);
    if (last) data.push([Math.max(last[0], seconds), last[1]]);
    return {
      type: 'line' as const,
      name: label,
      step: 'end' as const,
      showSymbol: false,
      data,
      itemStyle: { color: colours.series(i) },
    };
  });
}
