import { readParam, type ParamSpec, type ParamValue, type ParamValues } from '../../core/params.ts';
import type { FieldType } from '../../problems/views.ts';
import styles from './form.module.css';
import { FormRow } from './FormRow.tsx';

export interface ParamFormProps {
  specs: readonly ParamSpec[];
  /** Missing values are the defaults. */
  values: ParamValues;
  onChange(values: ParamValues): void;
  disabled?: boolean;
}

/** The parameters of a solver or generator, with a way back to each default. */
export function ParamForm({ specs, values, onChange, disabled }: ParamFormProps) {
  const full: ParamValues = Object.fromEntries(
    specs.map((spec) => [spec.id, values[spec.id] ?? spec.default]),
  );
  const shown = specs.filter((spec) => spec.shownWhen?.(full) ?? true);
  const set = (id: string, value: ParamValue) => onChange({ ...full, [id]: value });
  return (
    <div className={styles.form}>
      {shown.map((spec) => (
        <FormRow
          key={spec.id}
          label={spec.label}
          help={helpOf(spec, full[spec.id])}
          unit={spec.unit}
          type={fieldOf(spec)}
          value={full[spec.id]}
          disabled={disabled}
          onCommit={(value) => {
            const result = readParam(spec, value);
            if (!result.ok) return result.issues[0].message;
            set(spec.id, result.value);
            return null;
          }}
          onReset={
            full[spec.id] === spec.default || disabled
              ? undefined
              : () => set(spec.id, spec.default)
          }
        />
      ))}
    </div>
  );
}

function fieldOf(spec: ParamSpec): FieldType {
  switch (spec.type) {
    case 'number':
      return {
        type: 'number',
        min: spec.min,
        max: spec.max,
        step: spec.step,
        integer: spec.integer,
      };
    case 'choice':
      return { type: 'choice', options: spec.options };
    case 'boolean':
      return { type: 'boolean' };
  }
}

/** The parameter's help, the chosen option's, and the range. */
function helpOf(spec: ParamSpec, value: ParamValue): string {
  const lines = [spec.help];
  if (spec.type === 'choice') {
    const option = spec.options.find((candidate) => candidate.value === value);
    if (option?.help) lines.push(`${option.label}: ${option.help}`);
  }
  if (spec.type === 'number') lines.push(`${spec.min} to ${spec.max}, by default ${spec.default}.`);
  return lines.join('\n');
}
