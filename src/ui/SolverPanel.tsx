import { useState } from 'react';
import { PACES, newSeed, setPace } from '../actions/run.ts';
import { actionById } from '../actions/actions.ts';
import { paramsOf, solverOf } from '../actions/app.ts';
import type { BudgetSpec } from '../core/budget.ts';
import { shownShortcut } from '../actions/shortcuts.ts';
import { isActive } from '../runs/live.ts';
import { ActionButton } from './ActionButton.tsx';
import { useApp, useDocument, useLive, useLoaded, useUi } from './context.ts';
import { Icon } from './widgets/Icon.tsx';
import { ContinueRow } from './ContinueRow.tsx';
import { RunList } from './RunList.tsx';
import styles from './SolverPanel.module.css';
import { ParamForm } from './widgets/ParamForm.tsx';

/** Solver, parameters, seed, budget, the run buttons, and the runs so far. */
export function SolverPanel() {
  return (
    <div className={styles.panel}>
      <h2>Solver</h2>
      <SolverChoice />
      <Parameters />
      <SeedRow />
      <BudgetRows />
      <RunButtons />
      <ContinueRow />
      <PaceRow />
      <SolveAfterEdits />
      <RunList />
    </div>
  );
}

function SolverChoice() {
  const app = useApp();
  const { family } = useLoaded();
  const instance = useDocument((state) => state.instance);
  useDocument((state) => state.solverId);
  const solver = solverOf(app);
  const refusal = family.refuses(solver.id, instance);
  return (
    <div className={styles.solver}>
      <select
        aria-label="Solver"
        className={styles.solverSelect}
        value={solver.id}
        onChange={(event) => app.document.setSolver(event.target.value)}
      >
        {family.solvers.map((candidate) => (
          <option
            key={candidate.id}
            value={candidate.id}
            disabled={family.refuses(candidate.id, instance) !== null}
          >
            {candidate.name}
          </option>
        ))}
      </select>
      <p className="hint">{solver.source}</p>
      <p className={styles.summary}>{solver.summary}</p>
      {solver.equations && (
        <details className={styles.equations}>
          <summary>Equations</summary>
          <pre>{solver.equations}</pre>
        </details>
      )}
      {refusal && <p className={styles.refusal}>{refusal}</p>}
    </div>
  );
}

function Parameters() {
  const app = useApp();
  useDocument((state) => state.params);
  useDocument((state) => state.solverId);
  useDocument((state) => state.instance);
  const solver = solverOf(app);
  if (solver.params.length === 0) return null;
  const full = paramsOf(app);
  return (
    <ParamForm
      specs={solver.params}
      values={full}
      onChange={(values) => {
        for (const { id } of solver.params)
          if (values[id] !== full[id]) app.document.setParam(solver.id, id, values[id]);
      }}
    />
  );
}

function SeedRow() {
  const app = useApp();
  const seed = useDocument((state) => state.seed);
  return (
    <div className={styles.row}>
      <label htmlFor="seed">Seed</label>
      <span className={styles.pair}>
        <input
          id="seed"
          type="number"
          min={0}
          max={4294967295}
          step={1}
          value={seed}
          onChange={(event) => {
            const value = event.target.valueAsNumber;
            if (Number.isInteger(value) && value >= 0 && value <= 4294967295)
              app.document.setSeed(value);
          }}
        />
        <button
          type="button"
          className="icon"
          title={`New seed (${shownShortcut(actionById('new-seed').shortcut ?? '')})`}
          aria-label="New seed"
          onClick={() => newSeed(app)}
        >
          <Icon name="dice" />
        </button>
      </span>
    </div>
  );
}

const budgets: readonly { key: keyof BudgetSpec; label: string; unit: string; help: string }[] = [
  { key: 'seconds', label: 'Time', unit: 's', help: 'Seconds of solving; pauses do not count.' },
  {
    key: 'steps',
    label: 'Steps',
    unit: '',
    help: 'Solver steps. With a seed, a step budget repeats bit for bit.',
  },
  { key: 'target', label: 'Target', unit: '', help: 'Stop once the objective is this good.' },
  {
    key: 'stall',
    label: 'No progress',
    unit: 's',
    help: 'Stop after this long without a better solution.',
  },
];

function BudgetRows() {
  const app = useApp();
  const budget = useDocument((state) => state.budget);
  const workers = useDocument((state) => state.workers);
  const [isOpen, setOpen] = useState(false);
  const shown = budgets.filter(({ key }) => isOpen || key === 'seconds' || budget[key] !== null);
  return (
    <>
      {shown.map(({ key, label, unit, help }) => (
        <div className={styles.row} key={key} title={help}>
          <label htmlFor={`budget-${key}`}>
            {label}
            {unit && <small> {unit}</small>}
          </label>
          <OptionalNumber
            id={`budget-${key}`}
            value={budget[key]}
            integer={key === 'steps'}
            positive={key !== 'target'}
            onChange={(value) => app.document.setBudget({ ...budget, [key]: value })}
          />
        </div>
      ))}
      <div className={styles.row} title="Workers on one instance, exchanging their bests">
        <label htmlFor="workers">Workers</label>
        <select
          id="workers"
          value={workers}
          onChange={(event) => app.document.setWorkers(Number(event.target.value))}
        >
          {[1, 2, 3, 4, 6, 8].map((count) => (
            <option key={count} value={count}>
              {count === 1 ? '1' : `${count}, exchanging bests`}
            </option>
          ))}
        </select>
      </div>
      <button type="button" className={`ghost ${styles.more}`} onClick={() => setOpen(!isOpen)}>
        {isOpen ? 'Fewer limits' : 'More limits'}
      </button>
    </>
  );
}

/** A number that may be absent. */
function OptionalNumber({
  id,
  value,
  integer,
  positive,
  onChange,
}: {
  id: string;
  value: number | null;
  integer: boolean;
  positive: boolean;
  onChange(value: number | null): void;
}) {
  const [text, setText] = useState<string | null>(null);
  const parsed = text === null || text.trim() === '' ? null : Number(text);
  const isValid =
    parsed === null ||
    (Number.isFinite(parsed) &&
      (!integer || Number.isInteger(parsed)) &&
      (!positive || parsed > 0));
  return (
    <input
      id={id}
      inputMode="decimal"
      className={styles.number}
      placeholder="none"
      aria-invalid={!isValid}
      value={text ?? (value === null ? '' : String(value))}
      onChange={(event) => {
        const next = event.target.value;
        setText(next);
        const number = next.trim() === '' ? null : Number(next);
        if (
          number === null ||
          (Number.isFinite(number) &&
            (!integer || Number.isInteger(number)) &&
            (!positive || number > 0))
        )
          onChange(number);
      }}
      onBlur={() => setText(null)}
    />
  );
}

/** Run (or go on), pause, step, stop: always the same four. */
export function RunButtons({ compact }: { compact?: boolean }) {
  const status = useLive((state) => state.status);
  return (
    <div className={compact ? styles.goCompact : styles.go} role="group" aria-label="Run">
      {status?.state === 'running' ? (
        <ActionButton action="pause" className={`primary ${styles.run}`} />
      ) : (
        <ActionButton action="run" className={`primary ${styles.run}`}>
          <Icon name="play" />
          {status?.state === 'paused' ? 'Resume' : 'Run'}
        </ActionButton>
      )}
      <ActionButton action="step" compact={compact} />
      <ActionButton action="stop" compact={compact} />
    </div>
  );
}

function PaceRow() {
  const app = useApp();
  const pace = useUi((state) => state.pace);
  const active = useLive((state) => isActive(state.status));
  return (
    <div className={styles.row} title="Slow the search down to watch it move">
      <label htmlFor="pace">Speed</label>
      <select
        id="pace"
        value={String(pace)}
        data-active={active}
        onChange={(event) =>
          setPace(app, event.target.value === 'null' ? null : Number(event.target.value))
        }
      >
        {PACES.map(({ value, label }) => (
          <option key={label} value={String(value)}>
            {label}
          </option>
        ))}
      </select>
    </div>
  );
}

function SolveAfterEdits() {
  const app = useApp();
  const isOn = useUi((state) => state.solveAfterEdits);
  return (
    <label className={styles.check} title="Run again whenever an instance you have run is edited">
      <input
        type="checkbox"
        checked={isOn}
        onChange={(event) => app.ui.setState({ solveAfterEdits: event.target.checked })}
      />
      Solve after edits
    </label>
  );
}
