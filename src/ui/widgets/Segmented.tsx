import { useId } from 'react';
import styles from './Segmented.module.css';
import { Tooltip } from './Tooltip.tsx';

export interface SegmentedProps<Id extends string> {
  /** Names the choice for screen readers. */
  label: string;
  options: readonly { id: Id; name: string; help?: string; shortcut?: string }[];
  value: NoInfer<Id>;
  onChange(value: NoInfer<Id>): void;
  /** As wide as its place. */
  stretch?: boolean;
  disabled?: boolean;
}

/** A choice of few, all in sight. Radio buttons: one tab stop, arrow keys choose. */
export function Segmented<Id extends string>(props: SegmentedProps<Id>) {
  const { label, options, value, onChange, stretch, disabled } = props;
  const name = useId();
  return (
    <div
      role="radiogroup"
      aria-label={label}
      className={`${styles.group} ${stretch ? styles.stretch : ''}`}
    >
      {options.map((option) => (
        <Tooltip key={option.id} text={option.help ?? ''} shortcut={option.shortcut}>
          <label className={styles.option}>
            <input
              type="radio"
              name={name}
              value={option.id}
              checked={option.id === value}
              disabled={disabled}
              onChange={() => onChange(option.id)}
            />
            {option.name}
          </label>
        </Tooltip>
      ))}
    </div>
  );
}
