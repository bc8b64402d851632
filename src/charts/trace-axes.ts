/** What the rows of a trace can be drawn over. */
import type { TraceData } from '../problems/views.ts';

/** Seconds of solving. */
export const TIME = 'seconds';
/** Rows counted from 1, when nothing in them rises. */
const ROWS = 'rows';

export interface TraceAxis {
  /** Of a column, or `TIME`. */
  id: string;
  label: string;
  isTime: boolean;
  /** One value a row, those of the first `trace.length` filled; NaN where not measured. */
  values: ArrayLike<number>;
}

function rises(values: ArrayLike<number>, length: number): boolean {
  for (let i = 1; i < length; i++) if (!(values[i] >= values[i - 1])) return false;
  return length === 0 || Number.isFinite(values[0]);
}

/** Whether the first column only rises (moves, epochs): what a trace is drawn over by default. */
export const isSteady = ({ columns, values, length }: TraceData): boolean =>
  columns.length > 1 && rises(values[0], length);

/** The axes a trace has: its first column or its rows, columns made to be axes, time. O(rows). */
export function axesOf(trace: TraceData): TraceAxis[] {
  const { columns, values, length, seconds } = trace;
  const column = (index: number): TraceAxis => ({
    id: columns[index].id,
    label: columns[index].label,
    isTime: false,
    values: values[index],
  });
  const axes: TraceAxis[] = [
    isSteady(trace)
      ? column(0)
      : {
          id: ROWS,
          label: 'Rows',
          isTime: false,
          values: Float64Array.from({ length }, (_, row) => row + 1),
        },
  ];
  columns.forEach(({ role }, index) => {
    if (role === 'axis' && index > 0) axes.push(column(index));
  });
  if (seconds) axes.push({ id: TIME, label: 'Time', isTime: true, values: seconds });
  return axes;
}

/** The axis of a name, else the first. */
export function axisOf(trace: TraceData, id: string): TraceAxis {
  const axes = axesOf(trace);
  return axes.find((axis) => axis.id === id) ?? axes[0];
}

/** The row nearest to a place on an axis; null without rows. O(rows). */
export function nearestRow(
  values: ArrayLike<number>,
  length: number,
  at: number,
  isLog = false,
): number | null {
  let best: number | null = null;
  let least = Infinity;
  for (let row = 0; row < length; row++) {
    const off = isLog ? Math.abs(Math.log(values[row] / at)) : Math.abs(values[row] - at);
    if (off < least) {
      least = off;
      best = row;
    }
  }
  return best;
}
