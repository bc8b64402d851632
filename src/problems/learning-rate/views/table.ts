/** The curve and the run as a table: at most 101 steps, evenly spread. */
import type { DataTable } from '../../views.ts';
import { TABLE_ROWS, sampleSteps } from '../instance.ts';
import { COLUMN, lastFinite, ratesOf, rowOfStep, traceAt, type LrFrame } from './common.ts';

const columns = [
  { id: 'step', label: 'Step', numeric: true },
  { id: 'rate', label: 'Learning rate', numeric: true },
  { id: 'train', label: 'Training loss', numeric: true },
  { id: 'validation', label: 'Validation loss', numeric: true },
  { id: 'gradient', label: 'Gradient norm', numeric: true },
] as const;

const rounded = (value: number): string | number =>
  Number.isFinite(value) ? Number(value.toPrecision(5)) : '';

export function table({ instance, trace }: LrFrame): DataTable {
  const steps = sampleSteps(instance.steps, TABLE_ROWS);
  const rates = ratesOf(instance);
  const reached = trace && trace.length > 0 ? traceAt(trace, COLUMN.step, trace.length - 1) : -1;
  return {
    caption: 'Learning rate, loss and gradient norm by step',
    columns,
    rows: steps.length,
    cell(row, column) {
      const step = steps[row];
      if (column === 0) return step;
      if (column === 1) return rounded(rates[step]);
      if (!trace || step > reached) return '';
      const at = rowOfStep(trace, step);
      if (column === 2) return rounded(lastFinite(trace, COLUMN.train, at));
      if (column === 3) return rounded(lastFinite(trace, COLUMN.validation, at));
      return rounded(lastFinite(trace, COLUMN.gradient, at));
    },
  };
}
