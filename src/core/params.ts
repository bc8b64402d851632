/** Typed parameters of solvers and generators: forms, links and the command line are made from them. */
import { fail, ok, type Issue, type Result } from './result.ts';

interface ParamBase {
  id: string;
  label: string;
  /** One sentence for the tooltip. */
  help: string;
  unit?: string;
  /** Shown only when this returns true for the current values. */
  shownWhen?: (values: ParamValues) => boolean;
}

export interface NumberParam extends ParamBase {
  type: 'number';
  default: number;
  min: number;
  max: number;
  /** Spinner step; 1 for integers. */
  step?: number;
  integer?: boolean;
}

export interface ChoiceParam extends ParamBase {
  type: 'choice';
  default: string;
  options: readonly { value: string; label: string; help?: string }[];
}

export interface BooleanParam extends ParamBase {
  type: 'boolean';
  default: boolean;
}

export type ParamSpec = NumberParam | ChoiceParam | BooleanParam;
export type ParamValue = number | string | boolean;
export type ParamValues = Readonly<Record<string, ParamValue>>;

/** The typed values of a spec list declared `as const satisfies readonly ParamSpec[]`. */
export type ParamsOf<Specs extends readonly ParamSpec[]> = {
  readonly [Spec in Specs[number] as Spec['id']]: Spec extends { type: 'number' }
    ? number
    : Spec extends { type: 'boolean' }
      ? boolean
      : Spec extends { type: 'choice'; options: readonly { value: infer Value }[] }
        ? Value
        : never;
};

export function defaultParams(specs: readonly ParamSpec[]): ParamValues {
  return Object.fromEntries(specs.map((spec) => [spec.id, spec.default]));
}

/**
 * Full, valid values from partial ones: defaults are filled in, text from the command line
 * (`"3"`, `"true"`) is converted, unknown names and values out of range are issues.
 */
export function readParams(
  specs: readonly ParamSpec[],
  given: Readonly<Record<string, unknown>>,
): Result<ParamValues> {
  const issues: Issue[] = [];
  const values: Record<string, ParamValue> = { ...defaultParams(specs) };
  for (const [id, raw] of Object.entries(given)) {
    const spec = specs.find((candidate) => candidate.id === id);
    if (!spec) {
      const names = specs.map((candidate) => candidate.id).join(', ');
      issues.push({
        path: [id],
        message: `Unknown parameter "${id}".`,
        hint: names ? `Use one of: ${names}.` : 'It has no parameters.',
      });
      continue;
    }
    const value = readParam(spec, raw);
    if (value.ok) values[id] = value.value;
    else issues.push(...value.issues);
  }
  return issues.length > 0 ? { ok: false, issues } : ok(values);
}

/** One value, converted and checked against its spec. */
export function readParam(spec: ParamSpec, raw: unknown): Result<ParamValue> {
  const path = [spec.id];
  switch (spec.type) {
    case 'number': {
      const value = typeof raw === 'string' && raw.trim() !== '' ? Number(raw) : raw;
      if (typeof value !== 'number' || !Number.isFinite(value))
        return fail({ path, message: `${spec.label} must be a number.` });
      if (value < spec.min || value > spec.max)
        return fail({ path, message: `${spec.label} must be from ${spec.min} to ${spec.max}.` });
      if (spec.integer && !Number.isInteger(value))
        return fail({ path, message: `${spec.label} must be a whole number.` });
      return ok(value);
    }
    case 'boolean': {
      if (typeof raw === 'boolean') return ok(raw);
      if (raw === 'true' || raw === 'false') return ok(raw === 'true');
      return fail({ path, message: `${spec.label} must be true or false.` });
    }
    case 'choice': {
      if (spec.options.some((option) => option.value === raw)) return ok(raw as string);
      const names = spec.options.map((option) => option.value).join(', ');
      return fail({ path, message: `${spec.label} must be one of: ${names}.` });
    }
  }
}
