import { lazy, Suspense, useEffect, useId, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { completeInstance, keepTyped, takeTyped } from '../actions/code.ts';
import type { Issue } from '../core/result.ts';
import type { CodeType, Field } from '../problems/views.ts';
import { missingSources } from '../sandbox/evaluate.ts';
import styles from './CodeField.module.css';
import { useApp, useDocument, useLoaded } from './context.ts';
import { Icon } from './widgets/Icon.tsx';

const CodeEditor = lazy(() =>
  import('../editor/CodeEditor.tsx').then((module) => ({ default: module.CodeEditor })),
);

/** Milliseconds from the last keystroke to taking the text. */
const DELAY = 300;

const none: readonly Issue[] = [];

/** Text that is not the instance's yet. */
interface Draft {
  text: string;
  /** The code it was typed over. */
  of: string;
}

/** Issues at their places in the code; those of the whole instance, whose path is not, at its start. */
const placed = (issues: readonly Issue[]): Issue[] =>
  issues.map(({ message, hint, line = 1, column = 1 }) => ({ message, hint, line, column }));

/** A function that a person writes: its text, whether it has run, and what was wrong with it. */
export function CodeField({ field, code }: { field: Field<unknown>; code: CodeType }) {
  const app = useApp();
  const { family } = useLoaded();
  const instance = useDocument((state) => state.instance);
  const { isRunning, issues: found, sources } = useStore(app.code);
  const labelId = useId();
  const value = String(field.value);
  const [draft, setDraft] = useState<Draft | null>(null);
  /** What was last on its way into the instance; typing goes on meanwhile, over the code before. */
  const [sent, setSent] = useState<string | null>(null);
  const [refused, setRefused] = useState<readonly Issue[]>(none);
  const isDraft = draft !== null && (draft.of === value || sent === value);
  const text = isDraft ? draft.text : value;
  // Taken, or void because the code has been changed elsewhere, by undo say.
  if (draft !== null && (!isDraft || draft.text === value)) setDraft(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const latest = useRef({ text, value, field, instance });
  useEffect(() => {
    latest.current = { text, value, field, instance };
  });

  /** The instance with what is typed, or why it cannot be. */
  function typed(now: typeof latest.current) {
    const next = now.field.set(now.text);
    setRefused(next.ok ? none : placed(next.issues));
    return next;
  }

  /** What is typed and not taken yet, for the instance that is still open. */
  function pending(): typeof latest.current | null {
    const now = latest.current;
    const isOpen = app.document.getState().instance === now.instance;
    return isOpen && now.text !== now.value ? now : null;
  }

  /** Takes the text as it stands, whether it runs or not. */
  function flush(): void {
    clearTimeout(timer.current);
    const now = pending();
    const next = now && typed(now);
    if (now && next?.ok) keepTyped(app, now.value, now.text, next.value);
    // What is typed after this is an undo step of its own.
    app.document.endGroup();
  }
  const flushed = useRef(flush);
  useEffect(() => {
    flushed.current = flush;
  });
  // Leaving the panel loses nothing.
  useEffect(() => () => flushed.current(), []);

  function change(next: string): void {
    setDraft({ text: next, of: value });
    // Keys may follow faster than React draws.
    latest.current = { ...latest.current, text: next };
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const now = pending();
      const result = now && typed(now);
      if (!now || !result?.ok) return;
      setSent(now.text);
      void takeTyped(app, now.value, now.text, result.value);
    }, DELAY);
  }

  function run(): void {
    flush();
    void completeInstance(app, true);
  }

  const isMissing = missingSources(family, instance).includes(value);
  const concerns = sources.includes(text);
  const issues = refused.length > 0 ? refused : concerns ? placed(found) : none;
  const status =
    isRunning && concerns
      ? 'Running'
      : issues.length > 0
        ? 'Not run: see below'
        : isMissing || text !== value
          ? 'Not run yet'
          : 'Has run';
  return (
    <div
      className={styles.field}
      role="group"
      aria-labelledby={labelId}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) flush();
      }}
      onKeyDownCapture={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        event.stopPropagation();
        run();
      }}
    >
      <div className={styles.head}>
        <span id={labelId} className={styles.label} title={field.help}>
          {field.label}
        </span>
        <span role="status" className={isMissing || issues.length > 0 ? 'chip warn' : 'chip'}>
          {status}
        </span>
        <button type="button" onClick={run} title="Run the code (Ctrl+Enter)">
          <Icon name="play" size={13} /> Run code
        </button>
      </div>
      <div className={styles.editor}>
        <Suspense fallback={<p className="hint">Loading the text editor</p>}>
          <CodeEditor
            label={field.label}
            language={code.language}
            declarations={code.declarations}
            value={text}
            issues={issues}
            onChange={change}
          />
        </Suspense>
      </div>
      {field.help && <p className="hint">{field.help}</p>}
    </div>
  );
}
