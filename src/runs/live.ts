/** The run on the page: which one, where the time slider stands, and a solution edited by hand. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Report } from '../problems/family.ts';
import type { TraceData } from '../problems/views.ts';
import type { WorkerPool } from './pool.ts';
import { startRun, type Run, type RunSpec, type RunStatus } from './run.ts';

export interface CheckedSolution {
  solution: unknown;
  report: Report;
}

export interface LiveState {
  run: Run | null;
  status: RunStatus | null;
  /** Index into the run's history shown instead of the newest; null follows the run. */
  replay: number | null;
  /** Replaying on its own: advances through the history. */
  playing: boolean;
  /** A checked solution of a person's own, or opened from a file, shown instead of the run's. */
  manual: CheckedSolution | null;
  /** What a run can go on from: where one stood at its end, or from a file. */
  saved: SavedRun | null;
}

/** Where a run stood, and what it had told by then. */
export interface SavedRun {
  solution: unknown;
  trace: TraceData | null;
}

export interface Live extends StoreApi<LiveState> {
  start(spec: RunSpec): Run;
  /** Forgets run and solution, stopping what still runs: the instance has changed. */
  clear(): void;
  setReplay(index: number | null): void;
  setPlaying(playing: boolean): void;
  setManual(solution: CheckedSolution | null): void;
  setSaved(saved: SavedRun | null): void;
  /** What was saved belongs to another document. */
  forget(): void;
}

/** What the picture shows now; null before the first solution. */
export function shownSolution(state: LiveState): CheckedSolution | null {
  if (state.manual) return state.manual;
  const history = state.run?.buffers.history ?? [];
  return history[state.replay ?? history.length - 1] ?? null;
}

/** The run's incumbent before the one shown, as far as the history goes; null for the first. */
export function previousSolution(state: LiveState): CheckedSolution | null {
  if (state.manual) return null;
  const history = state.run?.buffers.history ?? [];
  return history[(state.replay ?? history.length - 1) - 1] ?? null;
}

export const isActive = (status: RunStatus | null): boolean =>
  status !== null && status.state !== 'done';

export function createLive(pool: WorkerPool, onFinished: (run: Run) => void): Live {
  const store = createStore<LiveState>(() => ({
    run: null,
    status: null,
    replay: null,
    playing: false,
    manual: null,
    saved: null,
  }));
  /** The last one started for this document; its state may still come after its instance changed. */
  let newest: Run | null = null;
  const stopCurrent = () => {
    const { run } = store.getState();
    if (run && isActive(run.status())) run.stop();
  };
  return {
    ...store,
    start(spec) {
      stopCurrent();
      const run = startRun(spec, pool);
      store.setState({
        run,
        status: run.status(),
        replay: null,
        playing: false,
        manual: null,
        saved: null,
      });
      run.subscribe(() => {
        if (store.getState().run === run) store.setState({ status: run.status() });
      });
      void run.finished.then(async () => {
        onFinished(run);
        const solution = await run.save();
        // Another run or document may have come meanwhile.
        if (newest === run && solution !== null)
          store.setState({ saved: { solution, trace: run.buffers.trace } });
      });
      newest = run;
      return run;
    },
    clear() {
      stopCurrent();
      store.setState({ run: null, status: null, replay: null, playing: false, manual: null });
    },
    setReplay(index) {
      const last = (store.getState().run?.buffers.history.length ?? 0) - 1;
      const replay = index === null || index >= last ? null : Math.max(0, index);
      store.setState({ replay, manual: null });
    },
    forget() {
      newest = null;
      store.setState({ saved: null });
    },
    setSaved: (saved) => store.setState({ saved }),
    setPlaying: (playing) => store.setState({ playing }),
    setManual: (manual) => store.setState({ manual, replay: null, playing: false }),
  };
}
