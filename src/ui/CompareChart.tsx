import { useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import { compareOption } from '../charts/compare.ts';
import { curvesOption, sharedColumns, type CurveRun } from '../charts/curves.ts';
import { factCorrelation, factOption, numericFacts, type FactRun } from '../charts/facts.ts';
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
/** Before the label of a fact. */
const FACT = 'fact:';
/** Runs drawn when none is pinned, the newest. */
const MOST = 8;
const RUNNING_MILLISECONDS = 250;

/** Runs over each other, by their gap or by anything they told on the way. */
export function CompareChart({ records }: { records: readonly RunRecord[] }) {
  const chosen = useUi((state) => state.compareY);
  const runs = useCurveRuns(records);
  const columns = useMemo(() => sharedColumns(runs.map(({ trace }) => trace)), [runs]);
  const own = columns.find(({ compared }) => compared)?.id ?? GAP;
  const scored = useScored(records);
  const facts = useMemo(() => numericFacts(scored), [scored]);
  const fact = facts.find((label) => FACT + label === chosen);
  const isKnown = chosen === GAP || columns.some(({ id }) => id === chosen);
  const y = isKnown ? chosen : own;
  const choices = { columns, facts };
  return (
    <div className={styles.chart}>
      {fact !== undefined ? (
        <FactChart runs={scored} label={fact} choices={choices} />
      ) : y === GAP ? (
        <GapChart records={records} choices={choices} />
      ) : (
        <CurveChart runs={runs} y={y} choices={choices} />
      )}
    </div>
  );
}

/** What runs can be compared by besides their gap. */
interface Choices {
  columns: readonly TraceColumn[];
  /** Labels of facts. */
  facts: readonly string[];
}

function QuantityChoice({ choices, value }: { choices: Choices; value: string }) {
  const app = useApp();
  const { columns, facts } = choices;
  if (columns.length === 0 && facts.length === 0) return null;
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
      {facts.map((label) => (
        <option key={label} value={FACT + label}>
          End over {label}
        </option>
      ))}
    </select>
  );
}

/** Records of one objective with an end: the pinned ones when there are three, else all. */
function useScored(records: readonly RunRecord[]): FactRun[] {
  const colours = useChartColours();
  return useMemo(() => {
    const ended = records.filter(({ objective }) => objective !== null);
    const pinned = ended.filter(({ pinned: isPinned }) => isPinned);
    const shown = pinned.length >= 3 ? pinned : ended;
    const names = tellApart(shown);
    return shown.map((record, index) => ({
      name: `${names[index]}, seed ${record.seed}`,
      colour: colours.series(record.colourIndex),
      facts: record.facts,
      objective: record.isLoss ? 0 - record.objective! : record.objective!,
    }));
  }, [records, colours]);
}

/** What runs ended at over a fact of their instances, a bound for example. */
function FactChart({ runs, label, choices }: { runs: FactRun[]; label: string; choices: Choices }) {
  const { family } = useLoaded();
  const colours = useChartColours();
  const view = useRef<ChartHandle>(null);
  const objective = family.objective.label;
  const option = useMemo(
    () => factOption(runs, label, objective, colours),
    [runs, label, objective, colours],
  );
  const correlation = factCorrelation(runs, label);
  return (
    <>
      <div className={styles.inline} role="group" aria-label="Comparison">
        <QuantityChoice choices={choices} value={FACT + label} />
        <ChartSave chart={view} name="runs-over-fact" label="comparison" />
      </div>
      <div className={styles.plot}>
        <ChartView
          ref={view}
          option={option}
          label={`${objective} over ${label}`}
          description={`${runs.length} runs, rank correlation ${correlation.toFixed(2)}.`}
        />
      </div>
    </>
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

function CurveChart({ runs, y, choices }: { runs: CurveRun[]; y: string; choices: Choices }) {
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
        <QuantityChoice choices={choices} value={y} />
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
          description={`${choices.columns.find(({ id }) => id === y)?.label ?? y} of ${runs.length} runs.`}
        />
      </div>
    </>
  );
}

/** How far each run on the open instance was from the best value, over time or steps. */
function GapChart({ records, choices }: { records: readonly RunRecord[]; choices: Choices }) {
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
          <QuantityChoice choices={choices} value={GAP} />
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
        <QuantityChoice choices={choices} value={GAP} />
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
