/** What training is drawn over: steps, the sum of the rates used, or time. */
import { formatNumber, formatSeconds } from '../../../core/format.ts';
import { axisOf, TIME, type TraceAxis } from '../../../charts/trace-axes.ts';
import { tickSeconds } from '../../../charts/convergence.ts';
import type { TraceData, Toggle } from '../../views.ts';
import type { Instance } from '../instance.ts';
import { memo } from '../memo.ts';
import { COLUMN, ratesOf, shortNumber, type LrFrame } from './common.ts';

export interface Horizontal {
  name: string;
  end: number;
  log: boolean;
  format(value: number): string;
  tick(value: number): string;
  /** Where each row of a run lies. */
  of(trace: TraceData): ArrayLike<number>;
  /** Where a step of the planned curve lies; NaN where that is not known. */
  place(step: number): number;
}

/** S(t) = η(0) + … + η(t − 1), how far the planned rates lead. */
const sumsOf = memo((instance: Instance): Float64Array => {
  const rates = ratesOf(instance);
  const sums = new Float64Array(rates.length);
  for (let t = 1; t < sums.length; t++) sums[t] = sums[t - 1] + rates[t - 1];
  return sums;
});

/** Choices of the axis for charts over a run. */
export const HORIZONTAL_TOGGLES: readonly Toggle[] = [
  {
    id: 'sum',
    name: 'Σ η',
    help: 'The sum of the learning rates used so far in place of the step.',
    default: false,
    group: 'x',
  },
  {
    id: 'time',
    name: 'Time',
    help: 'Seconds of training in place of the step.',
    default: false,
    group: 'x',
  },
  { id: 'logX', name: 'Log x', help: 'A logarithmic horizontal axis.', default: false },
];

const axisNamed = (trace: TraceData, id: string): TraceAxis | null => {
  const axis = axisOf(trace, id);
  return axis.id === id ? axis : null;
};

/** Nothing of a run that does not have the axis. */
const NOWHERE: ArrayLike<number> = [];

/** The least value of a logarithmic axis: of its whole, so that all steps after the first show. */
export const logStart = ({ end }: Horizontal, name: string): number =>
  name === 'Step' ? 1 : Math.max(1e-3 * end, Number.MIN_VALUE);

export function horizontalOf({ instance, trace, toggles }: LrFrame): Horizontal {
  const log = toggles.logX === true;
  const plain = (value: number) =>
    Number.isInteger(value) ? formatNumber(value) : shortNumber(value);
  if (toggles.time === true && trace?.seconds) {
    const { seconds, length } = trace;
    const steps = trace.values[COLUMN.step];
    return {
      name: 'Time',
      end: Math.max(1e-6, seconds[length - 1] ?? 0),
      log,
      format: formatSeconds,
      tick: tickSeconds,
      of: (other) => axisNamed(other, TIME)?.values ?? NOWHERE,
      place(step) {
        for (let row = 0; row < length; row++) if (steps[row] >= step) return seconds[row];
        return NaN;
      },
    };
  }
  const sums = sumsOf(instance);
  if (toggles.sum === true && sums[instance.steps] > 0)
    return {
      name: 'Σ η',
      end: Math.max(sums[instance.steps], lastSum(trace)),
      log,
      format: shortNumber,
      tick: shortNumber,
      of: (other) => axisNamed(other, 'sum')?.values ?? NOWHERE,
      place: (step) => sums[step],
    };
  return {
    name: 'Step',
    end: instance.steps,
    log,
    format: plain,
    tick: plain,
    of: (other) => other.values[0],
    place: (step) => step,
  };
}

/** The sum of the rates so far, which a feedback schedule may have changed; 0 without a run. */
function lastSum(trace: TraceData | null): number {
  const sums = trace?.values[COLUMN.sum];
  for (let row = (trace?.length ?? 0) - 1; sums && row >= 0; row--)
    if (Number.isFinite(sums[row])) return sums[row];
  return 0;
}
