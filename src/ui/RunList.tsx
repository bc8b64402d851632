import { formatSeconds } from '../core/format.ts';
import { seriesColour } from '../charts/series.ts';
import { showRecord } from '../actions/records.ts';
import { shownValue, type RunRecord } from '../state/runs.ts';
import { whatChanged } from '../state/what-changed.ts';
import { useApp, useLoaded, useRecords } from './context.ts';
import { Icon } from './widgets/Icon.tsx';
import styles from './RunList.module.css';

const SHOWN_CHANGES = 3;

/** What this run did otherwise than the one before it. */
function Changes({ record, before }: { record: RunRecord; before: RunRecord | undefined }) {
  const changes = before ? whatChanged(before, record) : [];
  if (changes.length === 0) return null;
  const more = changes.length - SHOWN_CHANGES;
  return (
    <small title={changes.join('\n')}>
      Changed: {changes.slice(0, SHOWN_CHANGES).join(', ')}
      {more > 0 && ` and ${more} more`}
    </small>
  );
}

/** Finished runs on this page, best first to compare; pinned ones stay and are drawn together. */
export function RunList() {
  const app = useApp();
  const { family } = useLoaded();
  const records = useRecords((state) => state.records);
  const own = records.filter((record) => record.family === family.id);
  return (
    <section aria-label="Runs" className={styles.section}>
      <h2>Runs</h2>
      {own.length === 0 && <p className="hint">Finished runs appear here to be compared.</p>}
      <ul className={styles.list}>
        {own.map((record, index) => (
          <li key={record.id} className={styles.run}>
            <i style={{ background: seriesColour(record.colourIndex) }} aria-hidden="true" />
            <button
              type="button"
              className={styles.show}
              title="Show this run's solution"
              onClick={() => showRecord(app, record.id)}
            >
              <span>{record.solverName}</span>
              <small>
                {record.instanceName} · seed {record.seed} · {formatSeconds(record.seconds)}
                {record.reason === 'optimal' ? ' · optimal' : ''}
              </small>
              <Changes record={record} before={own[index + 1]} />
            </button>
            <b>{shownValue(record, record.objective)}</b>
            <button
              type="button"
              className="ghost icon"
              aria-pressed={record.pinned}
              aria-label={record.pinned ? 'Unpin run' : 'Pin run to compare'}
              title={record.pinned ? 'Unpin' : 'Pin to compare'}
              onClick={() => app.records.togglePin(record.id)}
            >
              <Icon name="pin" size={14} />
            </button>
            <button
              type="button"
              className="ghost icon"
              aria-label="Remove run"
              title="Remove"
              onClick={() => app.records.remove(record.id)}
            >
              <Icon name="close" size={14} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
