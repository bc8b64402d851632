import { useEffect, useRef, useState } from 'react';
import type { FieldType, FieldValue } from '../../problems/views.ts';
import styles from './table.module.css';
import { readValue, showValue } from './values.ts';

/** How an edit ended: where to go on, or `left` by the mouse. */
export type EditEnd = 'down' | 'next' | 'back' | 'stay' | 'left';

export interface CellInputProps {
  type: FieldType;
  value: FieldValue;
  /** What was typed to start; null edits the value as it stands. */
  text: string | null;
  label: string;
  /** A message when the value cannot be taken, else ''. */
  onCommit(value: FieldValue): string;
  onIssue(message: string): void;
  onEnd(end: EditEnd): void;
}

/** The input inside a cell under edit. */
export function CellInput(props: CellInputProps) {
  const { type, value, label, onCommit, onIssue, onEnd } = props;
  const [text, setText] = useState(props.text ?? showValue(type, value));
  const [wrong, setWrong] = useState(false);
  const input = useRef<HTMLInputElement & HTMLSelectElement>(null);
  const done = useRef(false);

  const typed = useRef(props.text !== null);
  useEffect(() => {
    const element: HTMLElement = input.current!;
    element.focus({ preventScroll: true });
    if (!(element instanceof HTMLInputElement)) return;
    if (typed.current) element.setSelectionRange(element.value.length, element.value.length);
    else element.select();
  }, []);

  /** Whether the draft was taken. */
  function take(draft: string): boolean {
    const reading = readValue(type, draft);
    const message = reading.ok ? onCommit(reading.value) : reading.message;
    setWrong(message !== '');
    onIssue(message);
    return message === '';
  }

  function leave(end: EditEnd): void {
    done.current = true;
    onEnd(end);
  }

  function onKeyDown(event: React.KeyboardEvent): void {
    event.stopPropagation();
    if (event.key === 'Escape') {
      onIssue('');
      leave('stay');
    } else if (event.key === 'Enter' && take(text)) leave('down');
    else if (event.key === 'Tab' && take(text)) leave(event.shiftKey ? 'back' : 'next');
    else if (event.key !== 'Enter' && event.key !== 'Tab') return;
    event.preventDefault();
  }

  /** Leaving by mouse takes a good draft and drops a bad one, saying why. */
  function onBlur(): void {
    if (done.current) return;
    take(text);
    leave('left');
  }

  const shared = {
    ref: input,
    className: styles.input,
    'aria-label': label,
    'aria-invalid': wrong || undefined,
    onKeyDown,
    onBlur,
  };
  if (type.type === 'choice')
    return (
      <select
        {...shared}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          if (take(event.target.value)) leave('stay');
        }}
      >
        {type.options.map((option) => (
          <option key={option.value} value={option.label}>
            {option.label}
          </option>
        ))}
      </select>
    );
  return (
    <input
      {...shared}
      value={text}
      inputMode={type.type === 'number' ? 'decimal' : undefined}
      maxLength={type.type === 'text' ? type.maxLength : undefined}
      spellCheck={false}
      autoComplete="off"
      onChange={(event) => {
        setText(event.target.value);
        if (wrong && readValue(type, event.target.value).ok) {
          setWrong(false);
          onIssue('');
        }
      }}
    />
  );
}
