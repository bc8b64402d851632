import { formatNumber, formatPercent, formatSeconds } from '../core/format.ts';
import { downloadText } from '../share/file.ts';
import { isBetter, gapOf, type Sense } from '../problems/family.ts';
import { useMemo } from 'react';
import { hashInstance, shownValue, type RunRecord } from '../state/runs.ts';
import { compareOption } from '../charts/compare.ts';
import { seriesColour } from '../charts/series.ts';
import { useApp, useDocument, useLoaded, useRecords, useUi } from './context.ts';
import { useBestKnown } from './useBestKnown.ts';
import { ChartView } from './widgets/ChartView.tsx';
import { useChartColours } from './widgets/usePalette.ts';
import styles from './ComparePanel.module.css';

/** Runs side by side, best first; the ones pinned are drawn in the convergence chart. */
export default function ComparePanel() {
  const app = useApp();
  const { family } = useLoaded();
  const all = useRecords((state) => state.records);
  const records = all
    .filter((record) => record.family === family.id)
    .toSorted((a, b) => compare(family.sense, a, b));
  if (records.length === 0)
    return <p className={`hint ${styles.empty}`}>Finished runs are compared here.</p>;
  return (
    <div className={styles.compare}>
      <GapChart records={records} />
      <div className={styles.table}>
        <table>
          <thead>
            <tr>
              <th scope="col">Run</th>
              <th scope="col">Instance</th>
              <th scope="col" className="num">
                {family.objective.labelOf ? 'Objective' : family.objective.label}
              </th>
              <th scope="col" className="num">
                Bound
              </th>
              <th scope="col" className="num">
                Gap
              </th>
              <th scope="col" className="num">
                Seed
              </th>
              <th scope="col" className="num">
                Time
              </th>
              <th scope="col" className="num">
                Steps
              </th>
              <th scope="col">Ended</th>
              <th scope="col">Parameters</th>
            </tr>
          </thead>
          <tbody>
            {records.map((record) => (
              <tr key={record.id}>
                <td>
                  <button
                    type="button"
                    className={`ghost ${styles.name}`}
                    aria-pressed={record.pinned}
                    title={record.pinned ? 'Unpin' : 'Pin to draw it in the convergence chart'}
                    onClick={() => app.records.togglePin(record.id)}
                  >
                    <i
                      style={{ background: seriesColour(record.colourIndex) }}
                      aria-hidden="true"
                    />
                    {record.solverName}
                  </button>
                </td>
                <td>{record.instanceName}</td>
                <td className="num">{shownValue(record, record.objective)}</td>
                <td className="num">{shownValue(record, record.bound)}</td>
                <td className="num">{gapText(family.sense, record)}</td>
                <td className="num">{record.seed}</td>
                <td className="num">{formatSeconds(record.seconds)}</td>
                <td className="num">{formatNumber(record.steps)}</td>
                <td>{record.reason}</td>
                <td>{paramText(record)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <button type="button" onClick={() => downloadText('runs.csv', toCsv(records))}>
          Save as CSV
        </button>
      </div>
    </div>
  );
}

/** How far each run on the open instance was from the best value, over time or steps. */
function GapChart({ records }: { records: readonly RunRecord[] }) {
  const { family } = useLoaded();
  const instance = useDocument((state) => state.instance);
  const axis = useUi((state) => state.axisX);
  const colours = useChartColours();
  const bestKnown = useBestKnown();
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
    return <p className={`hint ${styles.empty}`}>No run on this instance yet.</p>;
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
    <ChartView
      option={option}
      label="Gap of every run"
      description={`Gap to the ${isKnown ? 'best known value' : 'best of these runs'} for ${runs.length} runs.`}
    />
  );
}

const gapText = (sense: Sense, { objective, bound }: RunRecord) =>
  objective === null || bound === null ? '–' : formatPercent(gapOf(sense, bound, objective));

const paramText = ({ params }: RunRecord) =>
  Object.entries(params)
    .map(([id, value]) => `${id} ${String(value)}`)
    .join(', ');

function compare(sense: Sense, a: RunRecord, b: RunRecord): number {
  if (a.instanceHash !== b.instanceHash) return a.instanceName.localeCompare(b.instanceName);
  if (a.objective === null || b.objective === null)
    return Number(a.objective === null) - Number(b.objective === null);
  if (a.objective === b.objective) return a.seconds - b.seconds;
  return isBetter(sense, a.objective, b.objective) ? -1 : 1;
}

function toCsv(records: readonly RunRecord[]): string {
  const quote = (value: unknown) => `"${String(value ?? '').replaceAll('"', '""')}"`;
  const rows = records.map((record) =>
    [
      record.solverId,
      record.instanceName,
      record.objective,
      record.bound,
      record.seed,
      record.seconds,
      record.steps,
      record.reason,
      paramText(record),
    ]
      .map(quote)
      .join(','),
  );
  return `solver,instance,objective,bound,seed,seconds,steps,ended,params\n${rows.join('\n')}\n`;
}
