import { nearestRow } from '../charts/trace-axes.ts';
import type { TraceData } from '../problems/views.ts';
import { useApp, useShell } from './context.ts';

/** Ties a chart of the run's trace to all others: where one is pointed at, the others show it. */
export function useTraceCursor(
  trace: TraceData | null | undefined,
  axis: ArrayLike<number> | null | undefined,
  isLog: boolean,
): { cursor: number | null; onCursor(x: number | null): void } {
  const app = useApp();
  const row = useShell((state) => state.cursor);
  const isKnown = trace && axis && row !== null && row < trace.length;
  return {
    cursor: isKnown ? axis[row] : null,
    onCursor(x) {
      const next = x === null || !trace || !axis ? null : nearestRow(axis, trace.length, x, isLog);
      if (next !== app.shell.getState().cursor) app.shell.setState({ cursor: next });
    },
  };
}
