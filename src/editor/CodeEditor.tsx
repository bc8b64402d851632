import { useEffect, useId, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { Issue } from '../core/result.ts';
import { pagePalette, watchPalette } from '../scene/theme.ts';
import styles from './CodeEditor.module.css';
import { markersOf, MAX_EDITOR_TEXT } from './json-text.ts';
import type { EditorLanguage, TextEditor } from './monaco.ts';

export interface CodeEditorProps {
  value: string;
  onChange(text: string): void;
  /** Default `json`. */
  language?: EditorLanguage;
  /** JSON Schema (draft 7), for completion and hover. */
  schema?: object;
  /** Declarations that TypeScript code may use. */
  declarations?: string;
  /** What is wrong with `value`, by path or by line and column. */
  issues: readonly Issue[];
  readOnly?: boolean;
  label: string;
}

const SHOWN_ISSUES = 8;

const coarse = matchMedia('(pointer: coarse)');

/** Monaco is no good under fingers: there the plain text field stays. */
const useCoarsePointer = (): boolean =>
  useSyncExternalStore(
    (listener) => {
      coarse.addEventListener('change', listener);
      return () => coarse.removeEventListener('change', listener);
    },
    () => coarse.matches,
  );

const isMac = /Mac/.test(navigator.userAgent);

/**
 * JSON or TypeScript with markers and completion. A plain text field serves at once, and Monaco takes its
 * place when it has loaded; on touch screens the text field stays. Issues are listed below both.
 */
export function CodeEditor(props: CodeEditorProps) {
  const { value, onChange, issues, readOnly = false, label } = props;
  const isCoarse = useCoarsePointer();
  const hintId = useId();
  const plain = useRef<HTMLTextAreaElement>(null);
  const editor = useRef<TextEditor>(null);
  const [isLoaded, setLoaded] = useState(false);
  if (value.length > MAX_EDITOR_TEXT) return <TooLarge size={value.length} />;
  const showsMonaco = isLoaded && !isCoarse;

  const goTo = (line: number, column: number) => {
    if (showsMonaco) editor.current?.focusAt(line, column);
    else if (plain.current) {
      const before = value.split('\n').slice(0, line - 1);
      const offset = before.reduce((sum, text) => sum + text.length + 1, 0) + column - 1;
      plain.current.focus();
      plain.current.setSelectionRange(offset, offset);
    }
  };

  return (
    <div className={styles.editor}>
      <div className={styles.frame}>
        {!isCoarse && (
          <MonacoEditor
            {...props}
            describedBy={hintId}
            plain={plain}
            handle={editor}
            onLoaded={setLoaded}
          />
        )}
        {!showsMonaco && (
          <textarea
            ref={plain}
            className={styles.plain}
            aria-label={label}
            aria-invalid={issues.length > 0}
            spellCheck={false}
            autoCapitalize="off"
            autoCorrect="off"
            wrap="off"
            readOnly={readOnly}
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
        )}
      </div>
      <div className={styles.foot}>
        <IssueList value={value} issues={issues} onChoose={goTo} />
        <p id={hintId} className="hint" hidden={!showsMonaco}>
          Tab indents; after {isMac ? 'Ctrl+Shift+M' : 'Ctrl+M'} it leaves the editor.
        </p>
      </div>
    </div>
  );
}

interface MonacoProps extends CodeEditorProps {
  describedBy: string;
  plain: React.RefObject<HTMLTextAreaElement | null>;
  handle: React.RefObject<TextEditor | null>;
  onLoaded(loaded: boolean): void;
}

function MonacoEditor({
  value,
  onChange,
  language = 'json',
  schema,
  declarations = '',
  issues,
  readOnly = false,
  label,
  describedBy,
  plain,
  handle,
  onLoaded,
}: MonacoProps) {
  const host = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<TextEditor | null>(null);
  /** Texts that were typed here and have not come back as `value` yet. */
  const told = useRef<string[]>([]);
  const latest = useRef({ value, onChange, readOnly, label, language, declarations });
  useLayoutEffect(() => {
    latest.current = { value, onChange, readOnly, label, language, declarations };
  });

  useEffect(() => {
    let made: TextEditor | null = null;
    let isGone = false;
    Promise.all([
      import('./monaco.ts'),
      language === 'typescript' ? import('./monaco-typescript.ts') : null,
    ]).then(
      ([{ createTextEditor }, typescript]) => {
        if (isGone || !host.current) return;
        typescript?.declare(latest.current.declarations);
        const field = plain.current;
        const cursor = field && document.activeElement === field ? field.selectionEnd : null;
        made = createTextEditor(host.current, {
          ...latest.current,
          describedBy,
          palette: pagePalette(),
          onChange: (text) => {
            told.current.push(text);
            latest.current.onChange(text);
          },
        });
        handle.current = made;
        setEditor(made);
        onLoaded(true);
        // Whoever was typing already goes on typing.
        if (cursor !== null) made.focusAtOffset(cursor);
      },
      // Offline before Monaco was ever loaded: the plain field serves on.
      () => undefined,
    );
    return () => {
      isGone = true;
      made?.dispose();
      handle.current = null;
      onLoaded(false);
    };
  }, [describedBy, plain, handle, onLoaded, language]);

  useEffect(() => {
    if (!editor) return;
    // What the editor itself has told comes back late: more may have been typed since.
    const at = told.current.indexOf(value);
    told.current.splice(0, at < 0 ? Infinity : at + 1);
    if (at < 0) editor.setValue(value);
  }, [editor, value]);
  useEffect(() => editor?.setSchema(schema), [editor, schema]);
  useEffect(() => editor?.setReadOnly(readOnly), [editor, readOnly]);
  useEffect(() => editor?.setMarkers(markersOf(value, issues)), [editor, value, issues]);
  useEffect(() => {
    if (!editor) return undefined;
    return watchPalette(() => editor.setPalette(pagePalette()));
  }, [editor]);

  return <div ref={host} className={styles.monaco} />;
}

interface IssueListProps {
  value: string;
  issues: readonly Issue[];
  onChoose(line: number, column: number): void;
}

/** The issues in words, each a way to its place. */
function IssueList({ value, issues, onChoose }: IssueListProps) {
  const markers = markersOf(value, issues.slice(0, SHOWN_ISSUES));
  return (
    <ul className={styles.issues} aria-live="polite" aria-label="Problems in the text">
      {markers.map(({ startLine, startColumn, message }) => (
        <li key={`${startLine}:${startColumn}:${message}`}>
          <button
            type="button"
            className={styles.issue}
            onClick={() => onChoose(startLine, startColumn)}
          >
            <small>
              {startLine}:{startColumn}
            </small>{' '}
            {message}
          </button>
        </li>
      ))}
      {issues.length > SHOWN_ISSUES && (
        <li className="hint">and {issues.length - SHOWN_ISSUES} more</li>
      )}
    </ul>
  );
}

function TooLarge({ size }: { size: number }) {
  return (
    <div className={styles.large} role="note">
      The text has {(size / 1e6).toFixed(1)} MB; at most 1 MB can be edited here. Export the
      instance, edit the file, and open it again.
    </div>
  );
}
