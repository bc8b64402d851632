import { useState } from 'react';
import { useStore } from 'zustand';
import { openRun, saveStudy, saveStudyTable, startStudy } from '../../actions/studies.ts';
import type { ParamValues } from '../../core/params.ts';
import { formatSeconds } from '../../core/format.ts';
import { shownObjective } from '../../problems/family.ts';
import type { AnyStudy, StudyOutcome, StudyRun } from '../../problems/studies.ts';
import { valuesOf } from '../../studies/desk.ts';
import { useApp, useLoaded } from '../context.ts';
import { Icon } from '../widgets/Icon.tsx';
import { ParamForm } from '../widgets/ParamForm.tsx';
import styles from './studies.module.css';

const cores = Math.max(1, navigator.hardwareConcurrency || 1);
const MAX_PARALLEL = 16;

/** The study's parameters, Run and Stop, and every run with its state. */
export function StudyRuns({ study }: { study: AnyStudy }) {
  const app = useApp();
  const desk = useStore(app.studies);
  const [parallel, setParallel] = useState(Math.min(8, Math.max(1, cores - 1)));
  const isRunning = desk.phase === 'running';
  const runs = desk.state?.runs ?? [];
  const outcomes = desk.state?.outcomes;
  const ended = runs.filter(({ id }) => isEnded(outcomes?.get(id))).length;
  return (
    <aside className={styles.side} aria-label="Runs of the study">
      <ParamForm
        key={study.id}
        specs={study.params}
        values={valuesOf(study, desk.values)}
        disabled={isRunning}
        onChange={(values) =>
          app.document.setStudy({ id: study.id, values: changedOf(study, values) })
        }
      />
      {study.seconds === 0 && runs.length === 0 ? (
        <p className="hint">Computed from theory alone: nothing to run.</p>
      ) : (
        <>
          <div className={styles.row}>
            <label htmlFor="study-parallel">At the same time</label>
            <input
              id="study-parallel"
              type="number"
              min={1}
              max={MAX_PARALLEL}
              value={parallel}
              disabled={isRunning}
              onChange={(event) => {
                const value = event.target.valueAsNumber;
                if (Number.isInteger(value) && value >= 1 && value <= MAX_PARALLEL)
                  setParallel(value);
              }}
            />
          </div>
          <div className={styles.buttons}>
            <button
              type="button"
              className="primary"
              disabled={isRunning || runs.length === 0}
              onClick={() => void startStudy(app, parallel)}
            >
              <Icon name="play" /> Run the study
            </button>
            <button type="button" disabled={!isRunning} onClick={() => app.studies.stop()}>
              <Icon name="stop" /> Stop
            </button>
          </div>
          <p className="hint" role="status">
            {isRunning
              ? `${ended} of ${runs.length} runs`
              : desk.phase === 'done'
                ? `All ${runs.length} runs have ended.`
                : desk.phase === 'stopped'
                  ? `Stopped after ${ended} of ${runs.length} runs.`
                  : `${runs.length} runs, about ${formatSeconds(Math.max(1, Math.ceil(study.seconds / parallel)))} at the defaults.`}
          </p>
          <progress max={Math.max(1, runs.length)} value={ended} aria-label="Runs ended" />
          <ol className={styles.runs} aria-label="Runs" tabIndex={0}>
            {runs.map((run) => (
              <RunRow key={run.id} run={run} outcome={outcomes?.get(run.id)} />
            ))}
          </ol>
          {desk.state && (
            <div className={styles.buttons}>
              <button type="button" onClick={() => saveStudyTable(app)}>
                <Icon name="save" /> Figures (CSV)
              </button>
              <button type="button" onClick={() => saveStudy(app)}>
                <Icon name="save" /> JSON
              </button>
            </div>
          )}
        </>
      )}
    </aside>
  );
}

/** Only what differs from the defaults: that is what links carry. */
const changedOf = (study: AnyStudy, values: ParamValues): ParamValues =>
  Object.fromEntries(
    study.params
      .filter((spec) => values[spec.id] !== spec.default)
      .map((spec) => [spec.id, values[spec.id]]),
  );

const isEnded = (outcome: StudyOutcome<unknown> | undefined) =>
  outcome?.state === 'done' || outcome?.state === 'failed';

function RunRow({
  run,
  outcome,
}: {
  run: StudyRun<unknown>;
  outcome: StudyOutcome<unknown> | undefined;
}) {
  const app = useApp();
  const { family } = useLoaded();
  const objective = outcome?.report?.objective;
  const state = outcome?.state ?? 'waiting';
  return (
    <li data-state={state}>
      <i aria-hidden="true" />
      <span title={outcome?.message ?? run.label}>{run.label}</span>
      <b>
        {state === 'failed'
          ? 'failed'
          : objective === undefined
            ? ''
            : shownObjective(family, run.instance).text(objective)}
      </b>
      <button
        type="button"
        className="ghost icon"
        title="Open this run: its instance, solver, parameters and seed"
        aria-label={`Open ${run.label}`}
        onClick={() => void openRun(app, run)}
      >
        <Icon name="open" />
      </button>
    </li>
  );
}
