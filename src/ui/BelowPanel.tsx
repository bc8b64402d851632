import { lazy, Suspense, useMemo, useRef, useState } from 'react';
import { frameOf, modeOf } from '../actions/app.ts';
import { convergenceOption, type ConvergenceSeries } from '../charts/convergence.ts';
import { axisOf, TIME } from '../charts/trace-axes.ts';
import { formatNumber, formatPercent, formatSeconds } from '../core/format.ts';
import { gapOf, shownObjective } from '../problems/family.ts';
import { chartColours } from '../scene/palette.ts';
import { useApp, useDocument, useLive, useLoaded, useRecords, useShell, useUi } from './context.ts';
import styles from './BelowPanel.module.css';
import { ChartSave } from './ChartSave.tsx';
import { TracePanel } from './TracePanel.tsx';
import { useSlowLive } from './useSlowLive.ts';
import { useTraceCursor } from './useTraceCursor.ts';
import { useBestKnown } from './useBestKnown.ts';
import { ChartView, type ChartHandle } from './widgets/ChartView.tsx';
import { DataTableView } from './widgets/DataTableView.tsx';
import { TabList, TabPanel } from './widgets/Tabs.tsx';
import { usePalette } from './widgets/usePalette.ts';

const ComparePanel = lazy(() => import('./ComparePanel.tsx'));

const panels = {
  convergence: Convergence,
  trace: TracePanel,
  compare: ComparePanel,
  table: SolutionTable,
  log: Log,
};

type TabId = keyof typeof panels;

/** How the run got where it is: convergence, trace, comparison, table and log. */
export function BelowPanel() {
  const app = useApp();
  const wanted = useUi((state) => state.chartTab);
  const hasTrace = useLive((state) => (state.run?.spec.solver.trace.length ?? 0) > 0);
  const tabs: { id: TabId; name: string }[] = [
    { id: 'convergence', name: 'Convergence' },
    ...(hasTrace ? [{ id: 'trace' as const, name: 'Trace' }] : []),
    { id: 'compare', name: 'Compare' },
    { id: 'table', name: 'Table' },
    { id: 'log', name: 'Log' },
  ];
  const tab = tabs.some(({ id }) => id === wanted) ? wanted : 'convergence';
  const Content = panels[tab];
  return (
    <div className={styles.below}>
      <TabList
        id="below"
        label="Run"
        tabs={tabs}
        value={tab}
        onChange={(chartTab) => app.ui.setState({ chartTab })}
      />
      <TabPanel id="below" tab={tab} className={styles.content}>
        <Suspense>
          <Content />
        </Suspense>
      </TabPanel>
    </div>
  );
}

function Convergence() {
  const app = useApp();
  const { family } = useLoaded();
  const instance = useDocument((state) => state.instance);
  const axis = useUi((state) => state.axisX);
  const logX = useUi((state) => state.logX);
  const logY = useUi((state) => state.logY);
  const records = useRecords((state) => state.records);
  const live = useSlowLive();
  const palette = usePalette();
  const { run, status } = live;
  const version = run?.buffers.version ?? 0;
  const best = useBestKnown();

  const option = useMemo(() => {
    const colours = chartColours(palette);
    const seen = shownObjective(family, instance);
    const pinned = records
      .filter((record) => record.pinned && record.family === family.id)
      .map((record): ConvergenceSeries => ({
        name: record.solverName,
        colour: colours.series(record.colourIndex),
        points: record.points
          .filter(({ objective }) => objective !== null)
          .map((point) => [point[axis], seen.of(point.objective!)]),
        end: axis === 'seconds' ? record.seconds : record.steps,
      }));
    const lineOf = (line: 'incumbents' | 'bounds'): [number, number][] => {
      const buffers = run?.buffers;
      if (!buffers) return [];
      const { seconds, steps, values } = buffers[line];
      const xs = axis === 'seconds' ? seconds : steps;
      return Array.from({ length: values.length }, (_, i) => [
        xs.values[i],
        seen.of(values.values[i]),
      ]);
    };
    const record = run?.buffers.history[live.replay ?? -1];
    return convergenceOption({
      sense: seen.sense,
      objective: seen.label,
      digits: seen.digits,
      axis,
      stepUnit: run?.spec.solver.stepUnit ?? 'steps',
      logX,
      logY,
      live: {
        points: lineOf('incumbents'),
        bounds: lineOf('bounds'),
        end: status ? (axis === 'seconds' ? status.seconds : status.steps) : 0,
      },
      others: pinned,
      bestKnown: best ? seen.of(best.value) : null,
      replayAt: record ? (axis === 'seconds' ? record.seconds : record.steps) : null,
      colours,
    });
    // `version` stands for the buffers' contents.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [
    palette,
    records,
    family,
    instance,
    axis,
    logX,
    logY,
    run,
    status,
    live.replay,
    best?.value,
    version,
  ]);

  const seen = shownObjective(family, instance);
  const view = useRef<ChartHandle>(null);
  const trace = run?.buffers.trace.length ? run.buffers.trace : null;
  const link = useTraceCursor(
    trace,
    trace && axisOf(trace, axis === 'seconds' ? TIME : '').values,
    logX,
  );
  return (
    <div className={styles.chart}>
      <div className={styles.options} role="group" aria-label="Axes">
        <ChartSave chart={view} name="convergence" label="convergence" />
        <button
          type="button"
          className="ghost"
          aria-pressed={axis === 'steps'}
          onClick={() => app.ui.setState({ axisX: axis === 'seconds' ? 'steps' : 'seconds' })}
        >
          by {run?.spec.solver.stepUnit ?? 'steps'}
        </button>
        <button
          type="button"
          className="ghost"
          aria-pressed={logX}
          onClick={() => app.ui.setState({ logX: !logX })}
        >
          log x
        </button>
        <button
          type="button"
          className="ghost"
          aria-pressed={logY}
          onClick={() => app.ui.setState({ logY: !logY })}
        >
          log y
        </button>
      </div>
      <ChartView
        ref={view}
        {...link}
        option={option}
        label="Convergence"
        description={
          status?.objective === null || status?.objective === undefined
            ? 'No run yet.'
            : `${seen.label} ${seen.text(status.objective)} after ${formatSeconds(status.seconds)}.`
        }
      />
    </div>
  );
}

function SolutionTable() {
  const app = useApp();
  const { views } = useLoaded();
  useDocument((state) => state.instance);
  useSlowLive();
  const selected = useShell((state) => state.selected);
  modeOf(app);
  const [chosen, setChosen] = useState('');
  const frame = frameOf(app);
  const tables = views.tables?.(frame) ?? [];
  const shown = tables.find(({ id }) => id === chosen) ?? tables[0];
  return (
    <div className={styles.tables}>
      {tables.length > 1 && (
        <div className={styles.options} role="group" aria-label="Rows">
          {tables.map(({ id, name }) => (
            <button
              key={id}
              type="button"
              className="ghost"
              aria-pressed={id === shown.id}
              onClick={() => setChosen(id)}
            >
              {name}
            </button>
          ))}
        </div>
      )}
      <DataTableView
        key={shown?.id}
        table={shown?.table ?? views.table(frame)}
        selected={selected}
        onSelect={(element) => app.shell.setState({ selected: element })}
      />
    </div>
  );
}

const LOG_ROWS = 200;

/** Improvements and bounds in order, newest first. */
function Log() {
  const { family } = useLoaded();
  const instance = useDocument((state) => state.instance);
  const { run, status } = useSlowLive();
  if (!run || !status) return <p className={`hint ${styles.empty}`}>Press Run to see the log.</p>;
  const seen = shownObjective(family, instance);
  const { incumbents, bounds } = run.buffers;
  const rows: { seconds: number; steps: number; text: string; isBound: boolean }[] = [];
  for (let i = Math.max(0, incumbents.values.length - LOG_ROWS); i < incumbents.values.length; i++)
    rows.push({
      seconds: incumbents.seconds.values[i],
      steps: incumbents.steps.values[i],
      text: `${seen.label} ${seen.text(incumbents.values.values[i])}`,
      isBound: false,
    });
  for (let i = Math.max(0, bounds.values.length - LOG_ROWS); i < bounds.values.length; i++)
    rows.push({
      seconds: bounds.seconds.values[i],
      steps: bounds.steps.values[i],
      text: `bound ${seen.text(bounds.values.values[i])}`,
      isBound: true,
    });
  rows.sort((a, b) => b.seconds - a.seconds || b.steps - a.steps);
  const gap =
    status.objective !== null && status.bound !== null
      ? gapOf(family.sense, status.bound, status.objective)
      : null;
  return (
    <ol className={styles.log} tabIndex={0} aria-label="Log">
      {status.state === 'done' && (
        <li>
          <span>{formatSeconds(status.seconds)}</span>
          <span>
            {status.message ?? `ended: ${status.reason}`}
            {gap !== null && `, gap ${formatPercent(gap)}`}
            {status.proof && `, bound by ${status.proof}`}
          </span>
        </li>
      )}
      {rows.slice(0, LOG_ROWS).map((row, index) => (
        <li key={index} className={row.isBound ? styles.bound : undefined}>
          <span>{formatSeconds(row.seconds)}</span>
          <span>{row.text}</span>
          <small>
            {formatNumber(row.steps)} {run.spec.solver.stepUnit}
          </small>
        </li>
      ))}
    </ol>
  );
}
