import { useState } from 'react';
import { chooseFile, openInput } from '../../actions/open.ts';
import { useApp, useShell } from '../context.ts';
import { Dialog } from '../widgets/Dialog.tsx';
import styles from './OpenDialog.module.css';

/** Opens pasted text; the format is found from the text itself. */
export function OpenDialog({ onClose }: { onClose(): void }) {
  const app = useApp();
  const busy = useShell((state) => state.busy);
  const [text, setText] = useState('');
  return (
    <Dialog open title="Open an instance or a solution" onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void openInput(app, text, '').then((opened) => {
            if (opened) onClose();
          });
        }}
      >
        <label htmlFor="open-text" className="hint">
          Paste a job shop (standard or Taillard), TSPLIB, CVRPLIB, Solomon, knapsack, CSV or JSON
          text. A file can also be dropped anywhere on the page.
        </label>
        <textarea
          id="open-text"
          className="mono"
          rows={14}
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <div className={styles.buttons}>
          <button
            type="button"
            onClick={() => {
              onClose();
              chooseFile(app);
            }}
          >
            Choose a file
          </button>
          <button type="submit" className="primary" disabled={text.trim() === '' || busy !== null}>
            {busy ?? 'Open'}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
