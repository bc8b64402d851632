import { actionsOf } from '../../actions/actions.ts';
import { shownShortcut } from '../../actions/shortcuts.ts';
import { modeOf } from '../../actions/app.ts';
import { useApp, useLoaded } from '../context.ts';
import { Dialog } from '../widgets/Dialog.tsx';
import styles from './HelpDialog.module.css';

/** What the keys do, from the action table, and how the picture is edited. */
export function HelpDialog({ onClose }: { onClose(): void }) {
  const app = useApp();
  const { family } = useLoaded();
  const mode = modeOf(app);
  const actions = actionsOf(app).filter(({ shortcut }) => shortcut);
  const groups = [...new Set(actions.map(({ group }) => group))];
  return (
    <Dialog open title="Keyboard and help" onClose={onClose} width={860}>
      <p>{family.summary}</p>
      {mode.kind === 'scene' && mode.gestures && <p className="hint">{mode.gestures.hint}</p>}
      <div className={styles.groups}>
        {groups.map((group) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl>
              {actions
                .filter((action) => action.group === group)
                .map((action) => (
                  <div key={action.id}>
                    <dt>{action.label}</dt>
                    <dd>
                      <kbd>{shownShortcut(action.shortcut ?? '')}</kbd>
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
        <section>
          <h3>Picture</h3>
          <dl>
            {[
              ['Move between elements', 'Arrow keys'],
              ['Select', 'Enter'],
              ['Move the element', 'Alt+arrow keys'],
              ['Remove the element', 'Delete'],
              ['Zoom', '+ and −, wheel'],
              ['Leave the text editor', 'Ctrl+M, then Tab'],
            ].map(([what, keys]) => (
              <div key={what}>
                <dt>{what}</dt>
                <dd>
                  <kbd>{keys}</kbd>
                </dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
      <p className="hint">
        Everything is computed in this browser; nothing you enter leaves it. Every solution shown is
        recomputed from the instance by a checker that shares no code with the solvers.
      </p>
    </Dialog>
  );
}
