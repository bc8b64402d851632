import { useEffect, useState } from 'react';
import { openContent, showSolution } from '../../actions/open.ts';
import { fail } from '../../actions/app.ts';
import { openSaved } from '../../state/autosave.ts';
import { createShelf, type SavedHead } from '../../state/shelf.ts';
import { families } from '../../problems/registry.ts';
import { useApp } from '../context.ts';
import { Icon } from '../widgets/Icon.tsx';
import { Dialog } from '../widgets/Dialog.tsx';
import styles from './RecentDialog.module.css';

const shelf = createShelf();

/** Documents saved in this browser, newest first. */
export function RecentDialog({ onClose }: { onClose(): void }) {
  const app = useApp();
  const [heads, setHeads] = useState<SavedHead[] | null>(null);
  useEffect(() => {
    shelf.list().then(setHeads, () => setHeads([]));
  }, []);
  const open = async (id: string) => {
    const saved = await openSaved(shelf, id);
    if (!saved.ok) {
      fail(app, 'The document cannot be opened.', saved.issues);
      return;
    }
    onClose();
    await openContent(app, saved.value.content, saved.value.slot);
    if (saved.value.solution !== null) showSolution(app, saved.value.solution);
  };
  return (
    <Dialog open title="Recent documents" onClose={onClose}>
      {heads === null ? (
        <p className="hint">Reading</p>
      ) : heads.length === 0 ? (
        <p className="hint">Documents are saved in this browser from their first edit on.</p>
      ) : (
        <ul className={styles.list}>
          {heads.map((head) => (
            <li key={head.id}>
              <button type="button" className="ghost" onClick={() => void open(head.id)}>
                <strong>{head.name || 'Unnamed'}</strong>
                <span>{families.find(({ id }) => id === head.family)?.name}</span>
                <small>{new Date(head.savedAt).toLocaleString()}</small>
              </button>
              <button
                type="button"
                className="ghost icon"
                aria-label={`Remove ${head.name}`}
                onClick={() => {
                  setHeads(heads.filter(({ id }) => id !== head.id));
                  shelf.remove(head.id).catch(() => undefined);
                }}
              >
                <Icon name="close" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}
