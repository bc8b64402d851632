/** Carries out a study: starts its planned runs, so many at a time, and asks for more at the end. */
import type { Issue } from '../core/result.ts';
import type { ParamValues } from '../core/params.ts';
import {
  WAITING,
  type AnyStudy,
  type StudyOutcome,
  type StudyRun,
  type StudyState,
} from '../problems/studies.ts';

/** A run under way, wherever it runs. */
export interface Launched {
  outcome(): StudyOutcome<unknown>;
  stop(): void;
  /** Resolves when the run has ended, stopped ones too; never rejects. */
  finished: Promise<void>;
}

export type Launch = (run: StudyRun<unknown>, changed: () => void) => Launched;

export interface ConductSpec {
  study: AnyStudy;
  instance: unknown;
  values: ParamValues;
  /** Runs at the same time; at least 1. */
  parallel: number;
  launch: Launch;
  /** After every change; `state()` is new then. */
  onChange(): void;
}

export interface Conducted {
  state(): StudyState<unknown, unknown>;
  /** Why the plan was refused; empty while all is well. */
  issues(): readonly Issue[];
  stop(): void;
  /** Resolves when all planned runs have ended, with whether none was cut short. */
  finished: Promise<boolean>;
}

/** A plan that never ends is a mistake of the study; no sound one has as many stages. */
const MAX_STAGES = 100;

export function conduct(spec: ConductSpec): Conducted {
  const { study, instance, values, launch, onChange } = spec;
  let runs: readonly StudyRun<unknown>[] = [];
  let issues: readonly Issue[] = [];
  const ended = new Map<string, StudyOutcome<unknown>>();
  const active = new Map<string, Launched>();
  let isStopped = false;

  const outcomeOf = (id: string) => ended.get(id) ?? active.get(id)?.outcome() ?? WAITING;
  const outcomes = () => new Map(runs.map(({ id }) => [id, outcomeOf(id)]));

  /** Runs not yet started; null when the study plans nothing new or cannot be planned. */
  function nextStage(): StudyRun<unknown>[] | null {
    const plan = study.plan(instance, values, outcomes());
    if (!plan.ok) {
      issues = plan.issues;
      return null;
    }
    runs = plan.value;
    const fresh = runs.filter(({ id }) => !ended.has(id));
    return fresh.length > 0 ? fresh : null;
  }

  async function runOne(run: StudyRun<unknown>): Promise<void> {
    const launched = launch(run, onChange);
    active.set(run.id, launched);
    onChange();
    await launched.finished;
    active.delete(run.id);
    ended.set(run.id, launched.outcome());
    onChange();
  }

  async function worker(queue: StudyRun<unknown>[]): Promise<void> {
    for (let run = queue.shift(); run && !isStopped; run = queue.shift()) await runOne(run);
  }

  async function conductAll(): Promise<boolean> {
    for (let stage = 0; stage < MAX_STAGES && !isStopped; stage++) {
      const queue = nextStage();
      onChange();
      if (!queue) return issues.length === 0;
      await Promise.all(Array.from({ length: Math.max(1, spec.parallel) }, () => worker(queue)));
    }
    return false;
  }

  // The first plan is made at once, so that there is a state to show.
  const finished = conductAll();
  return {
    state: () => ({ instance, values, runs, outcomes: outcomes() }),
    issues: () => issues,
    stop() {
      isStopped = true;
      for (const launched of active.values()) launched.stop();
    },
    finished,
  };
}
