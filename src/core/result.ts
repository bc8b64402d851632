/** Errors as data: every reader of outside input returns a Result and never throws. */

/** One thing wrong with an input: what, where, and how to mend it. */
export interface Issue {
  /** One sentence, no exclamation mark: what is wrong. */
  message: string;
  /** Path into a JSON value, e.g. `['jobs', 2, 0, 'duration']`. */
  path?: readonly (string | number)[];
  /** 1-based line in a text input. */
  line?: number;
  /** 1-based column in a text input. */
  column?: number;
  /** What to do about it. */
  hint?: string;
}

export type Result<T> = { ok: true; value: T } | { ok: false; issues: Issue[] };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });

export const fail = <T = never>(...issues: Issue[]): Result<T> => ({ ok: false, issues });

/** `ok` when there is nothing to complain about. */
export const okUnless = <T>(issues: Issue[], value: () => T): Result<T> =>
  issues.length > 0 ? { ok: false, issues } : ok(value());

/** The value, or an Error whose message is the first issue; for tests and for data we own. */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(result.issues.map((issue) => describeIssue(issue)).join('\n'));
}

/** `line 3, column 4: message (hint)`, with the path in place of a line for JSON values. */
export function describeIssue(issue: Issue): string {
  const place =
    issue.line !== undefined
      ? `line ${issue.line}${issue.column !== undefined ? `, column ${issue.column}` : ''}: `
      : issue.path && issue.path.length > 0
        ? `${formatPath(issue.path)}: `
        : '';
  return `${place}${issue.message}${issue.hint ? ` ${issue.hint}` : ''}`;
}

/** `jobs[2][0].duration` from `['jobs', 2, 0, 'duration']`. */
export function formatPath(path: readonly (string | number)[]): string {
  return path
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : index === 0 ? key : `.${key}`))
    .join('');
}
