import { CodeEditor } from '../editor/CodeEditor.tsx';
import { useInstanceText } from '../editor/useInstanceText.ts';
import { useApp, useDocument, useLoaded } from './context.ts';
import styles from './TextPanel.module.css';

/** The instance as JSON text; only text that is a valid instance changes the document. */
export default function TextPanel() {
  const app = useApp();
  const { family } = useLoaded();
  const instance = useDocument((state) => state.instance);
  const { text, issues, change } = useInstanceText(instance, family, (next) =>
    app.document.setInstance(next, { group: 'text' }),
  );
  return (
    <div className={styles.text}>
      {text === null ? (
        <p className="hint">
          This instance is too large to be edited as text here. Export it, edit the file, and open
          it again.
        </p>
      ) : (
        <CodeEditor
          label="Instance as JSON"
          value={text}
          schema={family.jsonSchema}
          issues={issues}
          onChange={change}
        />
      )}
    </div>
  );
}
