import {
  canSaveRun,
  continuationOf,
  continueRun,
  handRunOver,
  saveRun,
} from '../actions/continue.ts';
import { useMemo } from 'react';
import { useApp, useDocument, useLive } from './context.ts';
import styles from './ContinueRow.module.css';
import { Icon } from './widgets/Icon.tsx';

/** Goes on from where a run stood, or takes it elsewhere; nothing for solvers that cannot. */
export function ContinueRow() {
  const app = useApp();
  const instance = useDocument((state) => state.instance);
  const solverId = useDocument((state) => state.solverId);
  const saved = useLive((state) => state.saved);
  const state = useLive(({ status }) => status?.state ?? 'done');
  // Checks the solution, which takes a while for a text.
  const next = useMemo(
    () => (state === 'done' ? continuationOf(app, saved) : null),
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [app, saved, state, instance, solverId],
  );
  if (!next && !(state === 'paused' && canSaveRun(app))) return null;
  return (
    <section className={styles.row} aria-label="Continue">
      {next && <p className="hint">The run stands at {next.stands}.</p>}
      {next && !next.isOver && (
        <button type="button" onClick={() => void continueRun(app)}>
          <Icon name="play" size={14} /> Continue
        </button>
      )}
      {next?.longer && (
        <button
          type="button"
          title="Gives the curve more steps and goes on"
          onClick={() => void continueRun(app, next.longer!.instance)}
        >
          Continue {next.longer.label}
        </button>
      )}
      <button type="button" title="A file to go on from" onClick={() => void saveRun(app)}>
        <Icon name="save" size={14} /> Save run
      </button>
      <button
        type="button"
        title="Goes on bit for bit in another tab"
        onClick={() => void handRunOver(app)}
      >
        <Icon name="share" size={14} /> To another tab
      </button>
    </section>
  );
}
