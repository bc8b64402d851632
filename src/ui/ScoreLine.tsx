import type { ReactNode } from 'react';
import { formatPercent, formatSeconds, formatShort } from '../core/format.ts';
import { gapOf, beatsKnown, shownObjective } from '../problems/family.ts';
import { shownSolution } from '../runs/live.ts';
import { useDocument, useLive, useLoaded, useNarrow, useShell } from './context.ts';
import styles from './ScoreLine.module.css';
import { useBestKnown } from './useBestKnown.ts';
import { useThrottled } from './useThrottled.ts';

/** How good the shown solution is, at one glance. Every figure comes from the checker or the bound. */
export function ScoreLine() {
  const { family } = useLoaded();
  // It scrolls sideways there.
  const isNarrow = useNarrow();
  const instance = useDocument((state) => state.instance);
  const live = useThrottled(
    useLive((state) => state),
    100,
  );
  const { status, run } = live;
  const shown = shownSolution(live);
  const objective = shown?.report.objective ?? null;
  const seen = shownObjective(family, instance);
  const best = useBestKnown();
  const bound = status?.bound ?? null;
  const gap = objective !== null && bound !== null ? gapOf(family.sense, bound, objective) : null;
  const toBest =
    objective !== null && best ? Math.abs(objective - best.value) / Math.abs(best.value) : null;
  const beats =
    objective !== null && best !== null && beatsKnown(family, instance, objective, best.value);
  const relation = seen.sense === 'min' ? '≥' : '≤';
  const unit = run?.spec.solver.stepUnit ?? 'steps';

  return (
    <section className={styles.score} aria-label="Score" tabIndex={isNarrow ? 0 : undefined}>
      <Figure label={seen.label} large>
        {objective === null ? '–' : seen.text(objective)}
        {family.objective.unit && objective !== null && (
          <span className={styles.unit}> {family.objective.unit}</span>
        )}
      </Figure>
      <Figure label="Proven bound" title={status?.proof ?? 'No bound yet'}>
        <span className={styles.bound}>
          {bound === null ? '–' : `${relation} ${seen.text(bound)}`}
        </span>
      </Figure>
      <Figure label="Gap" title="Distance from the solution shown to the proven bound">
        <span className={gap === 0 ? styles.good : undefined}>
          {gap === null ? '–' : formatPercent(gap)}
        </span>
      </Figure>
      {best && (
        <Figure
          label={best.optimal ? 'Known optimum' : 'Best known'}
          title={
            toBest === null
              ? undefined
              : beats
                ? 'Better than the best known'
                : `${formatPercent(toBest)} away`
          }
        >
          {seen.text(best.value)}
        </Figure>
      )}
      <Figure label={`${unit[0].toUpperCase()}${unit.slice(1)} / s`}>
        {status && status.stepsPerSecond > 0 ? formatShort(status.stepsPerSecond) : '–'}
      </Figure>
      <Figure label="Time">{status ? formatSeconds(status.seconds) : '–'}</Figure>
      <div className={styles.chips}>
        <StateChip />
        {shown && (
          <span
            className="chip good"
            title="Recomputed from the instance by an independent checker"
          >
            ✓ verified
          </span>
        )}
        {gap === 0 && (
          <span className="chip good" title={status?.proof ?? undefined}>
            proven optimal
          </span>
        )}
      </div>
    </section>
  );
}

function Figure({
  label,
  large,
  title,
  children,
}: {
  label: string;
  large?: boolean;
  title?: string;
  children: ReactNode;
}) {
  return (
    <div className={large ? styles.large : styles.figure} title={title}>
      <small>{label}</small>
      <b>{children}</b>
    </div>
  );
}

/** What the run is doing, in a word. */
function StateChip() {
  const status = useLive((state) => state.status);
  const replay = useLive((state) => state.replay);
  const manual = useLive((state) => state.manual);
  const busy = useShell((state) => state.busy);
  if (busy) return <span className="chip">{busy}</span>;
  if (manual) return <span className="chip">own solution</span>;
  if (replay !== null) return <span className="chip">replay</span>;
  if (!status) return null;
  switch (status.state) {
    case 'starting':
      return <span className="chip">starting</span>;
    case 'running':
      return (
        <span className="chip">
          {status.phase
            ? `${status.phase}${status.progress === null ? '' : ` ${Math.round(status.progress * 100)} %`}`
            : 'running'}
        </span>
      );
    case 'paused':
      return <span className="chip">paused</span>;
    case 'stopping':
      return <span className="chip">stopping</span>;
    case 'not-responding':
      return <span className="chip warn">not responding</span>;
    case 'done':
      switch (status.reason) {
        case 'infeasible':
          return <span className="chip bad">proven infeasible</span>;
        case 'error':
          return (
            <span className="chip bad" title={status.message ?? undefined}>
              error
            </span>
          );
        case 'budget':
          return <span className="chip">budget used</span>;
        case 'stall':
          return <span className="chip">no progress</span>;
        case 'target':
          return <span className="chip good">target reached</span>;
        case 'stopped':
          return <span className="chip">stopped</span>;
        case 'finished':
          return <span className="chip">finished</span>;
        case 'optimal':
        case null:
          return null;
      }
  }
}
