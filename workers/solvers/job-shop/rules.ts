/** Dispatching rules: how urgent an operation is that could go next. */
import { exp } from '../../../src/core/math.ts';
import type { ParamsOf } from '../../../src/core/params.ts';
import type { dispatchParams } from '../../../src/problems/job-shop/solvers.ts';

export type Rule = ParamsOf<typeof dispatchParams>['rule'];

/** What a rule may look at. */
export interface Look {
  /** When the operation could start, and its duration on the machine it would take. */
  start: number;
  duration: number;
  /** Since when its job has been ready. */
  ready: number;
  /** Work and operations left in the job, this one among them; and the work done. */
  work: number;
  operations: number;
  done: number;
  release: number;
  due: number;
  weight: number;
  /** Mean duration of all operations. */
  mean: number;
  /** How many mean durations (ATC) or works left (COVERT) ahead a due date is felt. */
  lookahead: number;
}

/** Smaller goes first. Not for the random rule. */
export function urgency(rule: Exclude<Rule, 'random'>, look: Look): number {
  const { start, duration, work, due, weight } = look;
  const slack = due - start - work;
  switch (rule) {
    case 'SPT':
      return duration;
    case 'LPT':
      return -duration;
    case 'WSPT':
      return duration / Math.max(weight, 1e-3);
    case 'MWKR':
      return -work;
    case 'LWKR':
      return work;
    case 'MOPNR':
      return -look.operations;
    case 'LOPNR':
      return look.operations;
    case 'FIFO':
      return look.ready;
    case 'EDD':
      return due;
    case 'SLACK':
      return slack;
    case 'SOPN':
      return slack >= 0 ? slack / look.operations : slack * look.operations;
    case 'MDD':
      return Math.max(due, start + work);
    case 'CR':
      return (due - start) / Math.max(work, 1);
    case 'FDD':
      return (look.release + look.done + duration) / Math.max(work, 1);
    case 'ATC':
      return (
        (-Math.max(weight, 1e-3) / Math.max(duration, 1)) *
        exp(-Math.max(0, slack) / (look.lookahead * Math.max(look.mean, 1e-9)))
      );
    case 'COVERT':
      return (
        (-Math.max(weight, 1e-3) / Math.max(duration, 1)) *
        Math.max(0, 1 - Math.max(0, slack) / (look.lookahead * Math.max(work, 1)))
      );
  }
}
