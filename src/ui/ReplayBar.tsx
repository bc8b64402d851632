import { useEffect } from 'react';
import { replayPosition } from '../actions/run.ts';
import { shownObjective } from '../problems/family.ts';
import { formatSeconds } from '../core/format.ts';
import { useApp, useLive, useLoaded, useDocument } from './context.ts';
import styles from './ReplayBar.module.css';
import { Scrubber } from './widgets/Scrubber.tsx';
import { useThrottled } from './useThrottled.ts';

/** Milliseconds the whole replay takes, and the shortest a picture stays. */
const REPLAY_MILLISECONDS = 8000;
const SHORTEST_MILLISECONDS = 60;
const LONGEST_MILLISECONDS = 500;

/** The time slider: every incumbent of the run can be seen again, forwards and backwards. */
export function ReplayBar() {
  const app = useApp();
  const { family } = useLoaded();
  const instance = useDocument((state) => state.instance);
  const live = useThrottled(
    useLive((state) => state),
    100,
  );
  // The slider's own position must not lag behind the hand.
  const replay = useLive((state) => state.replay);
  const playing = useLive((state) => state.playing);
  const history = live.run?.buffers.history ?? [];
  const count = history.length;
  const index = Math.min(replay ?? count - 1, count - 1);
  const record = history[index];

  useEffect(() => {
    if (!playing) return;
    const pause = Math.min(
      LONGEST_MILLISECONDS,
      Math.max(SHORTEST_MILLISECONDS, REPLAY_MILLISECONDS / Math.max(1, count)),
    );
    if (replayPosition(app).index >= count - 1) app.live.setReplay(0);
    const timer = setInterval(() => {
      const position = replayPosition(app);
      if (position.index >= position.count - 1) app.live.setPlaying(false);
      else app.live.setReplay(position.index + 1);
    }, pause);
    return () => clearInterval(timer);
  }, [app, playing, count]);

  const end = live.run ? Math.max(live.status?.seconds ?? 0, history[count - 1]?.seconds ?? 0) : 0;
  // Square roots: most improvements come early, and there they need the room.
  const marks = history.map(({ seconds }) => (end > 0 ? Math.sqrt(seconds / end) : 1));
  const seen = shownObjective(family, instance);
  return (
    <div className={styles.bar}>
      <Scrubber
        marks={marks}
        value={index}
        text={
          record
            ? `incumbent ${index + 1} of ${count} · ${seen.text(record.report.objective)} · ${formatSeconds(record.seconds)}`
            : 'no incumbent yet'
        }
        playing={playing}
        onChange={(next) => app.live.setReplay(next)}
        onPlay={(on) => app.live.setPlaying(on)}
      />
    </div>
  );
}
