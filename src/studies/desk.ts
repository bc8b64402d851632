/** The study on the page: which one, with which values, and how far its runs are. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { NO_BUDGET } from '../core/budget.ts';
import {
  defaultParams,
  readParam,
  readParams,
  type ParamValue,
  type ParamValues,
} from '../core/params.ts';
import { describeIssue, type Issue } from '../core/result.ts';
import type { AnyFamily, FamilyId } from '../problems/family.ts';
import {
  WAITING,
  type AnyStudy,
  type StudyOutcome,
  type StudyRun,
  type StudyState,
} from '../problems/studies.ts';
import type { TraceData } from '../problems/views.ts';
import { conduct, type Conducted, type Launched } from './conduct.ts';
import type { WorkerPool } from '../runs/pool.ts';
import { evaluate, missingSources, type RunCode } from '../sandbox/evaluate.ts';
import { startRun, type Run } from '../runs/run.ts';

export interface DeskState {
  familyId: FamilyId | null;
  study: AnyStudy | null;
  /** Set by a person; missing ones are defaults. */
  values: ParamValues;
  phase: 'idle' | 'running' | 'done' | 'stopped';
  /** What the study knows; runs all waiting before the first start. */
  state: StudyState<unknown, unknown> | null;
  issues: readonly Issue[];
}

export interface StudyDesk extends StoreApi<DeskState> {
  /** Lays out a study on an instance, planned but not run. Stops what runs. */
  open(family: AnyFamily, study: AnyStudy, values: ParamValues, instance: unknown): void;
  start(family: AnyFamily, parallel: number): void;
  stop(): void;
}

/** Charts are renewed this often while runs stream. */
const RENEW_MILLISECONDS = 250;

/** A study's full values: given ones that it takes, else its defaults. */
export function valuesOf(study: AnyStudy, given: ParamValues): ParamValues {
  const values: Record<string, ParamValue> = { ...defaultParams(study.params) };
  for (const spec of study.params) {
    const read = Object.hasOwn(given, spec.id) ? readParam(spec, given[spec.id]) : null;
    if (read?.ok) values[spec.id] = read.value;
  }
  return values;
}

export function createStudyDesk(pool: WorkerPool, runCode: RunCode): StudyDesk {
  const store = createStore<DeskState>(() => ({
    familyId: null,
    study: null,
    values: {},
    phase: 'idle',
    state: null,
    issues: [],
  }));
  let current: Conducted | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function halt(): void {
    current?.stop();
    current = null;
    clearTimeout(timer);
    timer = undefined;
  }

  return {
    ...store,
    open(family, study, given, instance) {
      halt();
      const values = valuesOf(study, given);
      const plan = study.plan(instance, values, new Map());
      const runs = plan.ok ? plan.value : [];
      const outcomes = new Map(runs.map(({ id }) => [id, WAITING]));
      store.setState({
        familyId: family.id,
        study,
        values: given,
        phase: 'idle',
        state: plan.ok ? { instance, values, runs, outcomes } : null,
        issues: plan.ok ? [] : plan.issues,
      });
    },
    start(family, parallel) {
      const { study, state } = store.getState();
      if (!study || !state) return;
      halt();
      const show = () => {
        timer = undefined;
        if (current === conducted)
          store.setState({ state: conducted.state(), issues: conducted.issues() });
      };
      store.setState({ phase: 'running', issues: [] });
      const conducted = conduct({
        study,
        instance: state.instance,
        values: state.values,
        parallel,
        launch: (run, changed) => launchWhole(family, run, pool, changed, runCode),
        onChange: () => (timer ??= setTimeout(show, RENEW_MILLISECONDS)),
      });
      current = conducted;
      void conducted.finished.then((isWhole) => {
        if (current !== conducted) return;
        clearTimeout(timer);
        show();
        store.setState({ phase: isWhole ? 'done' : 'stopped' });
      });
    },
    stop: () => current?.stop(),
  };
}

function failed(message: string): Launched {
  return {
    outcome: () => ({ ...WAITING, state: 'failed', message }),
    stop: () => undefined,
    finished: Promise.resolve(),
  };
}

/** Code in a run's instance is run before, for its own number of steps. */
function launchWhole(
  family: AnyFamily,
  run: StudyRun<unknown>,
  pool: WorkerPool,
  changed: () => void,
  runCode: RunCode,
): Launched {
  if (missingSources(family, run.instance).length === 0)
    return launchOnPage(family, run, pool, changed);
  let launched: Launched | null = null;
  let isStopped = false;
  async function launch(): Promise<void> {
    const whole = await evaluate(family, run.instance, runCode);
    if (isStopped) return;
    launched = whole.ok
      ? launchOnPage(family, { ...run, instance: whole.value }, pool, changed)
      : failed(whole.issues.map((issue) => describeIssue(issue)).join(' '));
    await launched.finished;
  }
  return {
    outcome: () => launched?.outcome() ?? WAITING,
    stop() {
      isStopped = true;
      launched?.stop();
    },
    finished: launch(),
  };
}

function launchOnPage(
  family: AnyFamily,
  run: StudyRun<unknown>,
  pool: WorkerPool,
  changed: () => void,
): Launched {
  const solver = family.solvers.find(({ id }) => id === run.solverId);
  if (!solver) return failed(`${family.name} has no solver "${run.solverId}".`);
  const refusal = family.refuses(solver.id, run.instance);
  if (refusal) return failed(refusal);
  const params = readParams(solver.params, run.params ?? {});
  if (!params.ok) return failed(params.issues.map((issue) => describeIssue(issue)).join(' '));
  const live = startRun(
    {
      family: family.id,
      sense: family.sense,
      instance: run.instance,
      answers: family.code?.known(run.instance) ?? [],
      solver,
      params: params.value,
      seed: run.seed,
      budget: { ...NO_BUDGET, ...run.budget },
      workers: 1,
      paused: false,
      pace: null,
    },
    pool,
  );
  live.subscribe(() => {
    // Nothing is drawn at every message here, so the worker need not wait for it.
    live.drawn();
    changed();
  });
  return {
    outcome: () => outcomeOf(live),
    stop: () => live.stop(),
    finished: live.finished.then(() => undefined),
  };
}

function outcomeOf(run: Run): StudyOutcome<unknown> {
  const status = run.status();
  const { history, incumbents, trace } = run.buffers;
  const best = history[history.length - 1];
  const points = new Float64Array(3 * incumbents.values.length);
  for (let i = 0; i < incumbents.values.length; i++) {
    points[3 * i] = incumbents.seconds.values[i];
    points[3 * i + 1] = incumbents.steps.values[i];
    points[3 * i + 2] = incumbents.values.values[i];
  }
  const isFailed = status.state === 'done' && status.reason === 'error';
  return {
    state: isFailed ? 'failed' : status.state === 'done' ? 'done' : 'running',
    message: status.message ?? undefined,
    report: best?.report ?? null,
    solution: best?.solution ?? null,
    bound: status.bound,
    points,
    trace: status.state === 'done' ? trimmed(trace) : trace,
    seconds: status.seconds,
    steps: status.steps,
  };
}

/** Without the room for rows that never came. */
const trimmed = (trace: TraceData): TraceData => ({
  ...trace,
  values: trace.values.map((column) => column.slice(0, trace.length)),
  seconds: trace.seconds?.slice(0, trace.length),
});
