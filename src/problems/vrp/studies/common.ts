/** What the routing studies share. */
import { formatNumber } from '../../../core/format.ts';
import type { ParamSpec } from '../../../core/params.ts';
import type { StudyOutcome, StudyRun, StudyState } from '../../studies.ts';
import { objectiveDigits, type VrpInstance, type VrpSolution } from '../instance.ts';

export type Run = StudyRun<VrpInstance>;
export type State = StudyState<VrpInstance, VrpSolution>;

/** The objective a run has reached; null when it has no feasible plan. */
export const reached = (state: State, id: string): number | null => {
  const report = state.outcomes.get(id)?.report;
  return report?.feasible ? report.objective : null;
};

/** Routes of the plan of a run; 0 when it has none. */
export const routesOf = (outcome: StudyOutcome<VrpSolution> | undefined): number =>
  outcome?.solution?.routes.filter((route) => route.length > 0).length ?? 0;

/** Have all planned runs ended. */
export const isOver = ({ runs, outcomes }: State): boolean =>
  runs.every(({ id }) => {
    const state = outcomes.get(id)?.state;
    return state === 'done' || state === 'failed';
  });

export const showCost = (value: number, instance: VrpInstance): string =>
  formatNumber(value, objectiveDigits(instance.rounding));

export const showShare = (share: number): string =>
  `${share < 0 ? '−' : ''}${formatNumber(Math.abs(100 * share), 1)} %`;

export const stepsParam = {
  type: 'number',
  id: 'steps',
  label: 'Steps per run',
  help: 'Ruins of every run of ruin and recreate; the same steps and seed give the same plan.',
  default: 40_000,
  min: 1000,
  max: 10_000_000,
  step: 1000,
  integer: true,
} as const satisfies ParamSpec;
