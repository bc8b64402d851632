/** Setups held to be run side by side: one worker each, with the same seeds. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { WorkerPool } from './pool.ts';
import { startRun, type Run, type RunSpec } from './run.ts';

/** An instance with a solver, as it was when it was held. */
export interface Setup {
  id: string;
  /** Series colour of its runs. */
  colourIndex: number;
  instanceName: string;
  /** What the instance says of itself. */
  facts: readonly { label: string; value: string }[];
  spec: Omit<RunSpec, 'seed' | 'workers' | 'warmStart' | 'paused' | 'pace'>;
}

export interface TogetherRun {
  setup: Setup;
  run: Run;
}

export interface TogetherState {
  setups: readonly Setup[];
  /** Of the last start, in the order they began; those kept as records are no longer here. */
  runs: readonly TogetherRun[];
  isRunning: boolean;
  /** Rises whenever a run brought something. */
  version: number;
}

export interface Together extends StoreApi<TogetherState> {
  /** Holds a setup; the oldest goes beyond `MAX_SETUPS`. */
  hold(setup: Omit<Setup, 'id'>): void;
  drop(id: string): void;
  /**
   * Runs every one of the setups with every seed, all setups of a seed at the same time.
   * @param parallel further runs at a time, beyond one of each setup.
   */
  start(setups: readonly Setup[], seeds: readonly number[], parallel: number): void;
  stop(): void;
}

/** As many as there are colours. */
export const MAX_SETUPS = 8;

/** @param onFinished told of each run that has ended, before it leaves the list. */
export function createTogether(
  pool: WorkerPool,
  onFinished: (setup: Setup, run: Run) => void,
): Together {
  const store = createStore<TogetherState>(() => ({
    setups: [],
    runs: [],
    isRunning: false,
    version: 0,
  }));
  let held = 0;
  /** Of the present start; a new one replaces it. */
  let queue: (() => Promise<void>)[] = [];

  async function runOne(setup: Setup, seed: number): Promise<void> {
    const run = startRun({ ...setup.spec, seed, workers: 1, paused: false, pace: null }, pool);
    store.setState(({ runs }) => ({ runs: [...runs, { setup, run }] }));
    run.subscribe(() => {
      // Nothing is drawn at every message here, so the worker need not wait for it.
      run.drawn();
      store.setState(({ version }) => ({ version: version + 1 }));
    });
    await run.finished;
    onFinished(setup, run);
    store.setState(({ runs }) => ({ runs: runs.filter((one) => one.run !== run) }));
  }

  return {
    ...store,
    hold(setup) {
      store.setState(({ setups }) => ({
        setups: [...setups, { ...setup, id: `held-${++held}` }].slice(-MAX_SETUPS),
      }));
    },
    drop(id) {
      store.setState(({ setups }) => ({ setups: setups.filter((setup) => setup.id !== id) }));
    },
    start(setups, seeds, parallel) {
      if (store.getState().isRunning || setups.length === 0) return;
      const mine = seeds.flatMap((seed) => setups.map((setup) => () => runOne(setup, seed)));
      queue = mine;
      store.setState({ isRunning: true });
      const worker = async () => {
        for (let next = mine.shift(); next; next = mine.shift()) await next();
      };
      const count = Math.min(mine.length, Math.max(setups.length, parallel));
      void Promise.all(Array.from({ length: count }, worker)).then(() =>
        store.setState({ isRunning: false }),
      );
    },
    stop() {
      queue.length = 0;
      for (const { run } of store.getState().runs) run.stop();
    },
  };
}
