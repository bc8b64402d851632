import { useEffect, useMemo, useRef, useState } from 'react';
import { axesOf, axisOf } from '../charts/trace-axes.ts';
import { PANEL_HEIGHT, traceOption, tracePanels } from '../charts/trace.ts';
import type { TraceData } from '../problems/views.ts';
import styles from './BelowPanel.module.css';
import { ChartSave } from './ChartSave.tsx';
import { useApp, useUi } from './context.ts';
import { useSlowLive } from './useSlowLive.ts';
import { useTraceCursor } from './useTraceCursor.ts';
import { ChartView, type ChartHandle } from './widgets/ChartView.tsx';
import { useChartColours } from './widgets/usePalette.ts';

/** Least width of a panel, px. */
const PANEL_WIDTH = 250;

/** What the solver tells of its search, in small charts over steps, time or what else only rises. */
export function TracePanel() {
  const { run } = useSlowLive();
  const colours = useChartColours();
  const logX = useUi((state) => state.traceLogX);
  const axisId = useUi((state) => state.traceX);
  const smoothing = useUi((state) => state.smoothing);
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<ChartHandle>(null);
  const width = useWidth(host);
  const perRow = Math.max(1, Math.floor(width / PANEL_WIDTH));
  const trace = run?.buffers.trace ?? null;
  const version = run?.buffers.version ?? 0;
  const option = useMemo(
    () => (trace ? traceOption(trace, { colours, axis: axisId, logX, smoothing, perRow }) : null),
    // `version` stands for the trace's contents.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [trace, colours, axisId, logX, smoothing, perRow, version],
  );
  const link = useTraceCursor(trace, trace && axisOf(trace, axisId).values, logX);
  if (!option || !trace) return null;
  const rows = Math.ceil(tracePanels(trace).length / perRow);
  return (
    <div className={styles.chart}>
      <div className={styles.options} role="group" aria-label="Axes and smoothing">
        <ChartSave chart={view} name="trace" label="trace" />
        <SmoothingChoice />
        <AxisChoice trace={trace} />
        <LogChoice axis="traceLogX" />
      </div>
      <div ref={host} className={styles.panels}>
        <div style={{ height: rows > 1 ? rows * PANEL_HEIGHT : '100%' }}>
          <ChartView
            ref={view}
            {...link}
            option={option}
            label="Trace"
            description={`${trace.length} rows of ${trace.columns.map(({ label }) => label).join(', ')}.`}
          />
        </div>
      </div>
    </div>
  );
}

function useWidth(element: { current: HTMLElement | null }): number {
  const [width, setWidth] = useState(900);
  useEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(([entry]) => setWidth(entry.contentRect.width));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return width;
}

/** What a trace is drawn over. */
export function AxisChoice({ trace }: { trace: TraceData }) {
  const app = useApp();
  const axisId = useUi((state) => state.traceX);
  const axes = axesOf(trace);
  const shown = axisOf(trace, axisId).id;
  if (axes.length < 2) return null;
  return (
    <select
      aria-label="Horizontal axis"
      value={shown}
      onChange={({ target }) => app.ui.setState({ traceX: target.value })}
    >
      {axes.map(({ id, label }) => (
        <option key={id} value={id}>
          over {/^[A-Z][a-z]/.test(label) ? label.toLowerCase() : label}
        </option>
      ))}
    </select>
  );
}

const halfLives = [0, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1];

/** Half-life of the moving average over lines. */
export function SmoothingChoice() {
  const app = useApp();
  const smoothing = useUi((state) => state.smoothing);
  return (
    <select
      aria-label="Smoothing"
      title="A moving average with this half-life, its start corrected"
      value={halfLives.reduce((a, b) =>
        Math.abs(b - smoothing) < Math.abs(a - smoothing) ? b : a,
      )}
      onChange={({ target }) => app.ui.setState({ smoothing: Number(target.value) })}
    >
      {halfLives.map((part) => (
        <option key={part} value={part}>
          {part === 0 ? 'not smoothed' : `smoothed, ${100 * part} %`}
        </option>
      ))}
    </select>
  );
}

/** Logarithmic or not. */
export function LogChoice({ axis }: { axis: 'logX' | 'logY' | 'traceLogX' }) {
  const app = useApp();
  const on = useUi((state) => state[axis]);
  return (
    <button
      type="button"
      className="ghost"
      aria-pressed={on}
      onClick={() => app.ui.setState({ [axis]: !on })}
    >
      {axis === 'logY' ? 'log y' : 'log x'}
    </button>
  );
}
