/** Starting and steering runs. */
import { isActive, shownSolution } from '../runs/live.ts';
import { completeInstance } from './code.ts';
import type { Setup } from '../runs/together.ts';
import { fail, loadedOf, paramsOf, solverOf, type App } from './app.ts';

/** Yields per second for the speed control; null is full speed. */
export const PACES: readonly { value: number | null; label: string }[] = [
  { value: 1, label: '1 step/s' },
  { value: 5, label: '5 steps/s' },
  { value: 25, label: '25 steps/s' },
  { value: 200, label: '200 steps/s' },
  { value: null, label: 'Full speed' },
];

export interface StartOptions {
  /** Starts paused, to go on by single steps. */
  paused?: boolean;
  /** Starts from the solution on the page, if the solver can. */
  fromShown?: boolean;
  /** Goes on from where the saved run stood. */
  fromSaved?: boolean;
  /** A person asked for it, so that code of theirs may run too. Default true. */
  asked?: boolean;
}

/** Starts at once, unless code that a person wrote has to be run before; resolves when started. */
export async function startRunning(
  app: App,
  { paused = false, fromShown = false, fromSaved = false, asked = true }: StartOptions = {},
): Promise<void> {
  const { family } = loadedOf(app);
  const isWhole = family.code?.missing(app.document.getState().instance).length === 0;
  if (family.code && !isWhole && !(await completeInstance(app, asked))) return;
  const { instance, seed, budget, workers } = app.document.getState();
  const solver = solverOf(app);
  const refusal = family.refuses(solver.id, instance);
  if (refusal) {
    fail(app, refusal, []);
    return;
  }
  const shown = shownSolution(app.live.getState());
  const saved = fromSaved && solver.traits.continues ? app.live.getState().saved : null;
  app.live.start({
    family: family.id,
    sense: family.sense,
    instance,
    answers: family.code?.known(instance) ?? [],
    solver,
    params: paramsOf(app),
    seed,
    budget,
    workers,
    warmStart: saved
      ? saved.solution
      : fromShown && solver.traits.warmStart
        ? shown?.solution
        : undefined,
    prior: saved?.trace,
    keep: solver.traits.continues,
    paused,
    pace: app.ui.getState().pace,
  });
}

/** Holds instance, solver and parameters as they are now, to be run beside others. */
export function holdSetup(app: App): void {
  const { family } = loadedOf(app);
  const { instance, budget } = app.document.getState();
  const solver = solverOf(app);
  const refusal = family.refuses(solver.id, instance);
  if (refusal) {
    fail(app, refusal, []);
    return;
  }
  if (family.code && family.code.missing(instance).length > 0) {
    fail(app, 'Its code has not been run yet.', [{ message: 'Press Run once, then hold it.' }]);
    return;
  }
  const taken = new Set(app.together.getState().setups.map(({ colourIndex }) => colourIndex));
  let colourIndex = app.records.freeColour();
  while (taken.has(colourIndex)) colourIndex++;
  app.together.hold({
    colourIndex,
    instanceName: family.nameOf(instance),
    facts: family.describe(instance).map(({ label, value }) => ({ label, value })),
    spec: {
      family: family.id,
      sense: family.sense,
      instance,
      answers: family.code?.known(instance) ?? [],
      solver,
      params: paramsOf(app),
      budget,
    },
  });
  app.ui.setState({ chartTab: 'compare' });
}

/** The held setups of the open document's family. */
export function heldSetups(app: App): Setup[] {
  const { family } = app.document.getState();
  return app.together.getState().setups.filter(({ spec }) => spec.family === family);
}

/** Runs all held setups with the document's seed and those after it, one worker each. */
export function runTogether(app: App, seeds = 1): void {
  const { seed } = app.document.getState();
  const count = Math.max(1, Math.floor(seeds));
  app.together.start(
    heldSetups(app),
    Array.from({ length: count }, (_, i) => (seed + i) % 4294967296),
    globalThis.navigator?.hardwareConcurrency ?? 2,
  );
}

/** Run, or resume a paused run. */
export function runOrResume(app: App): void {
  const { run, status } = app.live.getState();
  if (run && status?.state === 'paused') run.resume();
  else if (!isActive(status)) void startRunning(app);
}

export function pause(app: App): void {
  app.live.getState().run?.pause();
}

/** One single step: of the paused run, or of a new one. */
export function step(app: App): void {
  const { run, status } = app.live.getState();
  if (run && isActive(status)) run.step();
  else {
    void startRunning(app, { paused: true }).then(() => app.live.getState().run?.step());
  }
}

const EDIT_MILLISECONDS = 250;

/** Solves again once edits pause, when a person wants that and has run this document before. */
export function createSolveAfterEdits(app: App): (hadRun: boolean) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (hadRun) => {
    clearTimeout(timer);
    if (!hadRun || !app.ui.getState().solveAfterEdits) return;
    timer = setTimeout(() => {
      if (!isActive(app.live.getState().status))
        void startRunning(app, { fromShown: true, asked: false });
    }, EDIT_MILLISECONDS);
  };
}

export function stop(app: App): void {
  app.live.getState().run?.stop();
}

export function setPace(app: App, pace: number | null): void {
  app.ui.setState({ pace });
  app.live.getState().run?.setPace(pace);
}

export function newSeed(app: App): void {
  const values = new Uint32Array(1);
  crypto.getRandomValues(values);
  app.document.setSeed(values[0] % 1_000_000);
}

/** Where the time slider stands, and how many incumbents there are. */
export function replayPosition(app: App): { index: number; count: number } {
  const { run, replay } = app.live.getState();
  const count = run?.buffers.history.length ?? 0;
  return { index: replay ?? count - 1, count };
}

export function replayBy(app: App, delta: number): void {
  const { index, count } = replayPosition(app);
  if (count > 0) app.live.setReplay(Math.max(0, Math.min(count - 1, index + delta)));
}
