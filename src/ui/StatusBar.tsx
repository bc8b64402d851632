import { useStore } from 'zustand';
import { formatNumber } from '../core/format.ts';
import { useApp, useDocument, useLive, useShell } from './context.ts';
import styles from './StatusBar.module.css';
import { useLinkLength } from './useLinkLength.ts';

/** Saving, isolation, the link's length, and what would repeat the run. */
export function StatusBar() {
  const app = useApp();
  const save = useStore(app.document, (state) => state.saveMessage);
  const seed = useDocument((state) => state.seed);
  const busy = useShell((state) => state.busy);
  const online = useShell((state) => state.online);
  const status = useLive((state) => state.status);
  const run = useLive((state) => state.run);
  const linkLength = useLinkLength();
  const cores = navigator.hardwareConcurrency;
  const repeatable = run?.spec.solver.traits.deterministic && run.spec.workers === 1;
  const followsClock = run?.spec.solver.traits.followsClock && run.spec.budget.steps === null;
  return (
    <footer className={styles.bar}>
      <span>{busy ?? save}</span>
      <span title="Shared memory between workers is available when the page is isolated">
        {crossOriginIsolated ? 'Isolated' : 'Not isolated'} · {cores}{' '}
        {cores === 1 ? 'core' : 'cores'}
        {online ? '' : ' · offline'}
      </span>
      <span className={styles.space} />
      <span>
        {linkLength === null
          ? 'Too large for a link'
          : `Link: ${formatNumber(linkLength)} characters`}
      </span>
      <span>
        {!run || !status
          ? `Seed ${seed}`
          : repeatable && !followsClock
            ? `Repeatable: seed ${run.spec.seed}, ${formatNumber(status.steps)} ${run.spec.solver.stepUnit}`
            : repeatable
              ? `Seed ${run.spec.seed}; repeats exactly with a step budget`
              : `Seed ${run.spec.seed}; ${run.spec.workers > 1 ? 'several workers' : 'this solver'} need not repeat`}
      </span>
    </footer>
  );
}
