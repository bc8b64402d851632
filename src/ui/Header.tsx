import { openFamily } from '../actions/open.ts';
import { shownShortcut } from '../actions/shortcuts.ts';
import { families } from '../problems/registry.ts';
import { ActionButton } from './ActionButton.tsx';
import { useApp, useDocument, useLoaded, useNarrow } from './context.ts';
import styles from './Header.module.css';
import { Mark } from './Mark.tsx';
import { Icon } from './widgets/Icon.tsx';

/** Brand, family switcher, the document's name, and the actions that concern the whole page. */
export function Header() {
  const app = useApp();
  const isNarrow = useNarrow();
  const { family } = useLoaded();
  return (
    <header className={styles.header}>
      <h1 className={styles.brand}>
        <Mark />
        <span>Incumbent</span>
      </h1>
      {isNarrow ? (
        <select
          className={styles.familySelect}
          aria-label="Problem family"
          value={family.id}
          onChange={(event) => {
            const entry = families.find(({ id }) => id === event.target.value);
            if (entry) void openFamily(app, entry.id);
          }}
        >
          {families.map((entry) => (
            <option key={entry.id} value={entry.id}>
              {entry.name}
            </option>
          ))}
        </select>
      ) : (
        <nav aria-label="Problem families" className={styles.families}>
          {families.map((entry) => (
            <button
              key={entry.id}
              type="button"
              className={styles.family}
              aria-current={entry.id === family.id ? 'page' : undefined}
              title={entry.summary}
              onClick={() => void openFamily(app, entry.id)}
            >
              {entry.name}
            </button>
          ))}
        </nav>
      )}
      <DocumentName />
      <div className={styles.actions}>
        <ActionButton action="undo" className="ghost" compact />
        {!isNarrow && <ActionButton action="redo" className="ghost" compact />}
        <ActionButton action="studies" className="ghost" compact={isNarrow} />
        <ActionButton action="gallery" className="ghost" compact={isNarrow} />
        {!isNarrow && <ActionButton action="open-file" className="ghost" compact />}
        {!isNarrow && <ActionButton action="export" className="ghost" compact />}
        <ActionButton action="palette" className="ghost" compact={isNarrow}>
          {isNarrow ? (
            <Icon name="command" />
          ) : (
            <>
              Commands <kbd>{shownShortcut('Ctrl+K')}</kbd>
            </>
          )}
        </ActionButton>
        <ActionButton action="share" compact={isNarrow} />
      </div>
    </header>
  );
}

function DocumentName() {
  const app = useApp();
  const { family } = useLoaded();
  const instance = useDocument((state) => state.instance);
  const name = family.nameOf(instance);
  return (
    <div className={styles.document}>
      <input
        className={styles.name}
        aria-label="Name of the instance"
        value={name}
        maxLength={100}
        size={Math.max(8, Math.min(32, name.length))}
        onChange={(event) => app.document.rename(family, event.target.value)}
      />
    </div>
  );
}
