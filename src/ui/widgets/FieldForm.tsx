import { Fragment, type ReactNode } from 'react';
import type { CodeType, Field } from '../../problems/views.ts';
import { describeIssue } from '../../core/result.ts';
import styles from './form.module.css';
import { FormRow } from './FormRow.tsx';

export interface FieldFormProps<Instance> {
  fields: readonly Field<Instance>[];
  /** The instance after an edit, and what was edited. */
  onChange(instance: Instance, field: Field<Instance>): void;
  disabled?: boolean;
  /** The control of a function that a person writes, which is more than a row. */
  renderCode?(field: Field<Instance>, code: CodeType): ReactNode;
}

/** The scalars of an instance. */
export function FieldForm<Instance>({
  fields,
  onChange,
  disabled,
  renderCode,
}: FieldFormProps<Instance>) {
  const rowOf = (field: Field<Instance>) => (
    <FormRow
      key={field.id}
      label={field.label}
      help={field.help}
      unit={field.unit}
      type={field.field}
      value={field.value}
      disabled={disabled}
      onCommit={(value) => {
        const result = field.set(value);
        if (!result.ok) return result.issues.map(shortIssue).join(' ');
        onChange(result.value, field);
        return null;
      }}
    />
  );
  return (
    <div className={styles.form}>
      {fields.map((field) => {
        const code = field.field.type === 'text' ? field.field.code : undefined;
        return code && renderCode ? (
          <Fragment key={field.id}>{renderCode(field, code)}</Fragment>
        ) : (
          rowOf(field)
        );
      })}
    </div>
  );
}

/** Without the path: the message stands beside the field. */
function shortIssue(issue: Parameters<typeof describeIssue>[0]): string {
  return describeIssue({ message: issue.message, hint: issue.hint });
}
