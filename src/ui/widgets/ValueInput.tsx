import { useRef, useState } from 'react';
import type { FieldType, FieldValue } from '../../problems/views.ts';
import styles from './form.module.css';
import { readValue, showValue, stepValue } from './values.ts';

export interface ValueInputProps {
  id?: string;
  type: FieldType;
  value: FieldValue;
  unit?: string;
  disabled?: boolean;
  /** Takes the value; a returned message is what is wrong with it, and the draft stays. */
  onCommit(value: FieldValue): string | null | void;
  /** The current message, shown by the caller; '' when the draft is fine. */
  onIssue(message: string): void;
  'aria-label'?: string;
  'aria-describedby'?: string;
}

/**
 * The input of one value. Text is a draft until Enter or leaving; Escape drops it; arrow keys step
 * numbers (Shift: by ten).
 */
export function ValueInput(props: ValueInputProps) {
  const { type, value, onCommit } = props;
  const shared = {
    id: props.id,
    disabled: props.disabled,
    'aria-label': props['aria-label'],
    'aria-describedby': props['aria-describedby'],
  };
  switch (type.type) {
    case 'boolean':
      return (
        <input
          {...shared}
          type="checkbox"
          checked={value === true}
          onChange={(event) => props.onIssue(onCommit(event.target.checked) ?? '')}
        />
      );
    case 'choice':
      return (
        <select
          {...shared}
          className={styles.select}
          value={String(value)}
          onChange={(event) => props.onIssue(onCommit(event.target.value) ?? '')}
        >
          {type.options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      );
    default:
      return <DraftInput {...props} type={type} />;
  }
}

type Draft = ValueInputProps & { type: FieldType & { type: 'number' | 'text' } };

function DraftInput(props: Draft) {
  const { type, value, unit, onCommit, onIssue } = props;
  const shown = showValue(type, value);
  const [draft, setDraft] = useState<string | null>(null);
  const [wrong, setWrong] = useState(false);
  const input = useRef<HTMLInputElement & HTMLTextAreaElement>(null);

  function settle(message: string): void {
    setWrong(message !== '');
    onIssue(message);
  }

  function commit(text: string): void {
    const reading = readValue(type, text);
    const message = reading.ok
      ? reading.value === value
        ? ''
        : (onCommit(reading.value) ?? '')
      : reading.message;
    if (message === '') setDraft(null);
    settle(message);
  }

  function onKeyDown(event: React.KeyboardEvent): void {
    if (event.key === 'Enter' && !(type.type === 'text' && type.multiline)) {
      event.preventDefault();
      if (draft !== null) commit(draft);
      input.current?.select();
    } else if (event.key === 'Escape' && draft !== null) {
      event.stopPropagation();
      setDraft(null);
      settle('');
    } else if (type.type === 'number' && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      const reading = readValue({ type: 'number' }, draft ?? shown);
      if (!reading.ok || typeof reading.value !== 'number') return;
      event.preventDefault();
      const steps = (event.key === 'ArrowUp' ? 1 : -1) * (event.shiftKey ? 10 : 1);
      const next = stepValue(type, reading.value, steps);
      const message = next === value ? '' : (onCommit(next) ?? '');
      setDraft(message === '' ? null : String(next));
      settle(message);
    }
  }

  const shared = {
    ref: input,
    id: props.id,
    disabled: props.disabled,
    'aria-label': props['aria-label'],
    'aria-describedby': props['aria-describedby'],
    'aria-invalid': wrong || undefined,
    value: draft ?? shown,
    spellCheck: false,
    autoComplete: 'off',
    onChange(event: React.ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) {
      setDraft(event.target.value);
      const reading = readValue(type, event.target.value);
      // Trouble is told when leaving; a mended draft stops complaining at once.
      if (wrong && reading.ok) settle('');
    },
    onBlur: () => draft !== null && commit(draft),
    onKeyDown,
  };
  if (type.type === 'text' && type.multiline)
    return (
      <textarea
        {...shared}
        className={`${styles.area} ${type.monospace ? 'mono' : ''}`}
        maxLength={type.maxLength}
      />
    );
  const looks = type.type === 'number' ? '' : `${styles.text} ${type.monospace ? 'mono' : ''}`;
  return (
    <span className={styles.field} onPointerDown={(event) => focusInput(event, input.current)}>
      <input
        {...shared}
        className={`${styles.input} ${looks}`}
        type="text"
        inputMode={type.type === 'number' ? 'decimal' : undefined}
      />
      {unit && (
        <span className={styles.unit} aria-hidden="true">
          {unit}
        </span>
      )}
    </span>
  );
}

/** A press on the unit is a press on the input. */
function focusInput(event: React.PointerEvent, input: HTMLElement | null): void {
  if (event.target === input) return;
  event.preventDefault();
  input?.focus();
}
