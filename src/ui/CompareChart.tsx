import { useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import { compareOption } from '../charts/compare.ts';
import { curvesOption, sharedColumns, type CurveRun } from '../charts/curves.ts';
import { axesOf } from '../charts/trace-axes.ts';
import type { TraceColumn } from '../core/solver.ts';
import { isBetter } from '../problems/family.ts';
import { openTrace } from '../state/kept-trace.ts';
import { hashInstance, type RunRecord } from '../state/runs.ts';
import { seedGroup, tellApart } from '../state/what-changed.ts';
import { ChartSave } from './ChartSave.tsx';
import styles from './BelowPanel.module.css';
import { useApp, useDocument, useLoaded, useUi } from './context.ts';
import { AxisChoice, LogChoice, SmoothingChoice } from './TracePanel.tsx';
import { useBestKnown } from './useBestKnown.ts';
import { useThrottled } from './useThrottled.ts';
import { ChartView, type ChartHandle } from './widgets/ChartView.tsx';
import { useChartColours } from './widgets/usePalette.ts';

/** Compared by the gap of incumbents in place of a trace column. */
const GAP = 'gap';
/** Runs drawn when none is pinned, the newest. */
const MOST = 8;
const RUNNING_MILLISECONDS = 250;

/** Runs over each other, by their gap or by anything they told on the way. */
export function CompareChart({ records }: { records: readonly RunRecord[] }) {
  const chosen = useUi((state) => state.compareY);
  const runs = useCurveRuns(records);
  const columns = useMemo(() => sharedColumns(runs.map(({ trace }) => trace)), [runs]);
  const own = columns.find(({ compared }) => compared)?.id ?? GAP;
  const y = chosen === GAP || columns.some(({ id }) => id === chosen) ? chosen : own;
  return (
    <div className={styles.chart}>
      {y === GAP ? (
        <GapChart records={records} columns={columns} />
      ) : (
        <CurveChart runs={runs} y={y} columns={columns} />
      )}
    </div>
  );
}

type Columns = readonly TraceColumn[];

function QuantityChoice({ columns, value }: { columns: Columns; value: string }) {
  const app = useApp();
  if (columns.length === 0) return null;
  return (
    <select
      aria-label="Compared by"
      value={value}
      onChange={({ target }) => app.ui.setState({ compareY: target.value })}
    >
      <option value={GAP}>Gap to the best</option>
      {columns.map(({ id, label }) => (
        <option key={id} value={id}>
          {label}
        </option>
      ))}
    </select>
  );
}

/** The pinned runs, else the newest ones, and those under way side by side. */
function useCurveRuns(records: readonly RunRecord[]): CurveRun[] {
  const app = useApp();
  const { family } = useLoaded();
  const colours = useChartColours();
  const together = useThrottled(
    useStore(app.together, (state) => state),
    RUNNING_MILLISECONDS,
  );
  return useMemo(() => {
    const traced = records.filter(({ trace }) => trace);
    const pinned = traced.filter(({ pinned: isPinned }) => isPinned);
    const newest = traced.toSorted((a, b) => b.finishedAt - a.finishedAt).slice(0, MOST);
    const ended = pinned.length > 0 ? pinned : newest;
    const running = together.runs.filter(({ setup }) => setup.spec.family === family.id);
    const names = tellApart([
      ...ended,
      ...running.map(({ setup }) => ({
        ...setup,
        solverName: setup.spec.solver.name,
        params: setup.spec.params,
      })),
    ]);
    return [
      ...ended.map((record, index) => ({
        name: names[index],
        colour: colours.series(record.colourIndex),
        group: seedGroup(record),
        trace: openTrace(record.trace!),
      })),
      ...running.map(({ setup, run }, index) => ({
        name: names[ended.length + index],
        colour: colours.series(setup.colourIndex),
        group: seedGroup({
          ...setup.spec,
          solverId: setup.spec.solver.id,
          instanceHash: hashInstance(family, setup.spec.instance),
        }),
        trace: run.buffers.trace,
      })),
    ].filter(({ trace }) => trace.length > 0);
    // `together` is new whenever a running trace grew.
  }, [records, together, colours, family]);
}

function CurveChart({ runs, y, columns }: { runs: CurveRun[]; y: string; columns: Columns }) {
  const app = useApp();
  const colours = useChartColours();
  const x = useUi((state) => state.traceX);
  const logX = useUi((state) => state.traceLogX);
  const logY = useUi((state) => state.logY);
  const smoothing = useUi((state) => state.smoothing);
  const grouped = useUi((state) => state.groupSeeds);
  const view = useRef<ChartHandle>(null);
  // The axis of one trace may be missing in the others.
  const withAxes = runs.find(({ trace }) => axesOf(trace).some(({ id }) => id === x)) ?? runs[0];
  const option = useMemo(
    () => curvesOption({ runs, x, y, logX, logY, smoothing, grouped, colours }),
    [runs, x, y, logX, logY, smoothing, grouped, colours],
  );
  return (
    <>
      <div className={styles.inline} role="group" aria-label="Comparison">
        <QuantityChoice columns={columns} value={y} />
        <AxisChoice trace={withAxes.trace} />
        <SmoothingChoice />
        <LogChoice axis="traceLogX" />
        <LogChoice axis="logY" />
        <button
          type="button"
          className="ghost"
          aria-pressed={grouped}
          title="Runs that differ by their seed only as their mean, with the range between least and greatest"
          onClick={() => app.ui.setState({ groupSeeds: !grouped })}
        >
          seeds as a mean
        </button>
        <ChartSave chart={view} name={`runs-${y}`} label="comparison" />
      </div>
      <div className={styles.plot}>
        <ChartView
          ref={view}
          option={option}
          label="Runs over each other"
          description={`${columns.find(({ id }) => id === y)?.label ?? y} of ${runs.length} runs.`}
        />
      </div>
    </>
  );
}

/** How far each run on the open instance was from the best value, over time or steps. */
function GapChart({ records, columns }: { records: readonly RunRecord[]; columns: Columns }) {
  const { family } = useLoaded();
  const instance = useDocument((state) => state.instance);
  const axis = useUi((state) => state.axisX);
  const colours = useChartColours();
  const bestKnown = useBestKnown();
  const view = useRef<ChartHandle>(null);
  const hash = useMemo(() => hashInstance(family, instance), [family, instance]);
  const runs = records.filter((record) => record.instanceHash === hash);
  const best = runs
    .map(({ objective }) => objective)
    .filter((objective) => objective !== null)
    .reduce<number | null>(
      (a, b) => (a === null || isBetter(family.sense, b, a) ? b : a),
      bestKnown?.value ?? null,
    );
  if (runs.length === 0 || best === null)
    return (
      <>
        <div className={styles.inline}>
          <QuantityChoice columns={columns} value={GAP} />
        </div>
        <p className={`hint ${styles.empty}`}>
          {records.length === 0
            ? 'Finished runs are compared here.'
            : 'No run on this instance yet.'}
        </p>
      </>
    );
  const isKnown = best === bestKnown?.value;
  const option = compareOption({
    runs: runs.map((record) => ({
      name: `${record.solverName}, seed ${record.seed}`,
      colour: colours.series(record.colourIndex),
      points: record.points
        .filter(({ objective }) => objective !== null)
        .map((point) => [point[axis], point.objective!]),
      end: record[axis],
    })),
    reference: best,
    referenceName: isKnown ? 'best known' : 'best of these runs',
    axis,
    stepUnit: 'steps',
    colours,
  });
  return (
    <>
      <div className={styles.inline} role="group" aria-label="Comparison">
        <QuantityChoice columns={columns} value={GAP} />
        <ChartSave chart={view} name="runs-gap" label="comparison" />
      </div>
      <div className={styles.plot}>
        <ChartView
          ref={view}
          option={option}
          label="Gap of every run"
          description={`Gap to the ${isKnown ? 'best known value' : 'best of these runs'} for ${runs.length} runs.`}
        />
      </div>
    </>
  );
}
