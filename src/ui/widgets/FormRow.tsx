import { useId, useState } from 'react';
import type { FieldType, FieldValue } from '../../problems/views.ts';
import styles from './form.module.css';
import { Icon } from './Icon.tsx';
import { Tooltip } from './Tooltip.tsx';
import { ValueInput } from './ValueInput.tsx';

export interface FormRowProps {
  label: string;
  help?: string;
  unit?: string;
  type: FieldType;
  value: FieldValue;
  disabled?: boolean;
  /** A returned message is shown under the row and the value is not taken. */
  onCommit(value: FieldValue): string | null | void;
  /** Shows a small reset button when given. */
  onReset?(): void;
}

/** A label, its control, help as tooltip and spoken description, and what is wrong below. */
export function FormRow(props: FormRowProps) {
  const { label, help, unit, type, value, onCommit, onReset } = props;
  const id = useId();
  const [issue, setIssue] = useState('');
  const wide = type.type === 'text' && type.multiline === true;
  const described = [help || unit ? `${id}help` : '', issue ? `${id}issue` : ''].join(' ').trim();
  return (
    <div className={`${styles.row} ${wide ? styles.wide : ''}`}>
      <Tooltip text={help ?? ''} side="left">
        <label htmlFor={id} className={styles.label}>
          {label}
        </label>
      </Tooltip>
      <span className={styles.control}>
        {onReset && (
          <button
            type="button"
            className={`ghost ${styles.reset}`}
            aria-label={`Reset ${label}`}
            title={`Reset ${label}`}
            onClick={() => {
              setIssue('');
              onReset();
            }}
          >
            <Icon name="reset" size={13} />
          </button>
        )}
        <ValueInput
          id={id}
          type={type}
          value={value}
          unit={unit}
          disabled={props.disabled}
          onCommit={onCommit}
          onIssue={setIssue}
          aria-describedby={described || undefined}
        />
      </span>
      {(help || unit) && (
        <span id={`${id}help`} className="sr-only">
          {[help, unit && `In ${unit}.`].filter(Boolean).join(' ')}
        </span>
      )}
      {issue && (
        <span id={`${id}issue`} className={styles.issue} role="alert">
          {issue}
        </span>
      )}
    </div>
  );
}
