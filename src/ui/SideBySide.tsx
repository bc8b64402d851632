import { useState } from 'react';
import { useStore } from 'zustand';
import { heldSetups, holdSetup, runTogether } from '../actions/run.ts';
import { seriesColour } from '../charts/series.ts';
import { tellApart } from '../state/what-changed.ts';
import { useApp, useLoaded } from './context.ts';
import styles from './SideBySide.module.css';
import { Icon } from './widgets/Icon.tsx';

/** Setups held to be run together: curves, instances, solvers or parameters, one worker each. */
export function SideBySide() {
  const app = useApp();
  const { family } = useLoaded();
  const isRunning = useStore(app.together, (state) => state.isRunning);
  useStore(app.together, (state) => state.setups);
  const [seeds, setSeeds] = useState(1);
  const setups = heldSetups(app);
  const names = tellApart(
    setups.map((setup) => ({
      ...setup,
      solverName: setup.spec.solver.name,
      params: setup.spec.params,
    })),
  );
  const noun = family.id === 'learning-rate' ? 'curve' : 'setup';
  return (
    <section className={styles.section} aria-label="Side by side">
      <div className={styles.buttons}>
        <button
          type="button"
          title="Keeps instance, solver and parameters as they are now"
          onClick={() => holdSetup(app)}
        >
          <Icon name="pin" size={14} /> Hold this {noun}
        </button>
        {setups.length > 0 && (
          <>
            <button
              type="button"
              className={isRunning ? undefined : 'primary'}
              onClick={() => (isRunning ? app.together.stop() : runTogether(app, seeds))}
            >
              {isRunning ? 'Stop all' : `Run ${setups.length} side by side`}
            </button>
            <select
              aria-label="Seeds"
              value={seeds}
              onChange={({ target }) => setSeeds(Number(target.value))}
            >
              {[1, 2, 3, 5].map((count) => (
                <option key={count} value={count}>
                  {count === 1 ? 'one seed' : `${count} seeds`}
                </option>
              ))}
            </select>
          </>
        )}
      </div>
      {setups.length === 0 ? (
        <p className="hint">
          Hold several {noun}s, then run them together: one worker each, with the same seed.
        </p>
      ) : (
        <ul className={styles.list}>
          {setups.map(({ id, colourIndex, instanceName }, index) => (
            <li key={id} title={instanceName}>
              <i style={{ background: seriesColour(colourIndex) }} aria-hidden="true" />
              {names[index]}
              <button
                type="button"
                className="ghost icon"
                aria-label={`Let go of ${names[index]}`}
                onClick={() => app.together.drop(id)}
              >
                <Icon name="close" size={12} />
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
