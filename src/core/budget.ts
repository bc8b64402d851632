/** When a run ends. */
export interface BudgetSpec {
  /** Solver steps; a run with a seed and a step budget repeats bit for bit. */
  steps: number | null;
  /** Seconds of solving (pauses do not count). */
  seconds: number | null;
  /** Stops once the objective is at least this good. */
  target: number | null;
  /** Stops after this many seconds of solving without a better solution. */
  stall: number | null;
}

export const NO_BUDGET: BudgetSpec = { steps: null, seconds: null, target: null, stall: null };

/** Why a run ended. */
export type EndReason =
  'optimal' | 'infeasible' | 'finished' | 'budget' | 'target' | 'stall' | 'stopped' | 'error';

/** Most telling first; `stopped` when a portfolio's workers give no other. */
const REASONS: readonly EndReason[] = [
  'optimal',
  'infeasible',
  'target',
  'error',
  'budget',
  'stall',
  'finished',
];

/** Why a portfolio ended, from the ends of its workers. */
export const jointReason = (reasons: readonly (EndReason | undefined)[]): EndReason =>
  REASONS.find((reason) => reasons.includes(reason)) ?? 'stopped';
