import { exportChoices, type ExportChoice } from '../../actions/export.ts';
import { useApp } from '../context.ts';
import { Dialog } from '../widgets/Dialog.tsx';
import styles from './ExportDialog.module.css';

const groups: readonly ExportChoice['group'][] = ['Instance', 'Solution', 'Picture', 'Run'];

/** Files of the instance, the solution, the picture and the run. */
export function ExportDialog({ onClose }: { onClose(): void }) {
  const app = useApp();
  const choices = exportChoices(app);
  return (
    <Dialog open title="Export" onClose={onClose}>
      <div className={styles.groups}>
        {groups.map((group) => (
          <section key={group}>
            <h3>{group}</h3>
            <ul>
              {choices
                .filter((choice) => choice.group === group)
                .map((choice) => (
                  <li key={choice.id}>
                    <button
                      type="button"
                      disabled={choice.unavailable !== undefined}
                      title={choice.unavailable}
                      onClick={() => {
                        void choice.run();
                        onClose();
                      }}
                    >
                      {choice.label}
                    </button>
                    {choice.unavailable && <span className="hint">{choice.unavailable}</span>}
                  </li>
                ))}
            </ul>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
