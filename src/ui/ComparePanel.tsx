import { formatNumber, formatPercent, formatSeconds } from '../core/format.ts';
import { downloadText } from '../share/file.ts';
import { CompareChart } from './CompareChart.tsx';
import { SideBySide } from './SideBySide.tsx';
import { isBetter, gapOf, type Sense } from '../problems/family.ts';
import { shownValue, type RunRecord } from '../state/runs.ts';
import { seriesColour } from '../charts/series.ts';
import { useApp, useLoaded, useRecords } from './context.ts';
import styles from './ComparePanel.module.css';

/** Runs side by side, best first, and setups held to be run together. */
export default function ComparePanel() {
  const { family } = useLoaded();
  const all = useRecords((state) => state.records);
  const records = all
    .filter((record) => record.family === family.id)
    .toSorted((a, b) => compare(family.sense, a, b));
  return (
    <div className={styles.compare}>
      <CompareChart records={records} />
      <div className={styles.table}>
        <SideBySide />
        {records.length > 0 && <Runs records={records} />}
      </div>
    </div>
  );
}

/** All runs as a table, to be pinned and saved. */
function Runs({ records }: { records: readonly RunRecord[] }) {
  const app = useApp();
  const { family } = useLoaded();
  return (
    <>
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
                  <i style={{ background: seriesColour(record.colourIndex) }} aria-hidden="true" />
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
        Save runs as CSV
      </button>
    </>
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
