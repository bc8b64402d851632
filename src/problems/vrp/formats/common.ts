import type { Result } from '../../../core/result.ts';
import { LIMITS } from '../instance.ts';

/** The name a file gives itself, or the file's own name without folder and extension. */
export function nameFrom(given: string, fileName: string): string {
  const stem = fileName.replace(/^.*[\\/]/, '').replace(/\.[^.]*$/, '');
  return (given.trim() || stem || 'Untitled').slice(0, LIMITS.nameLength);
}

/** Issues with a path get the line of the text the value came from. */
export function located<T>(
  result: Result<T>,
  lineOf: (path: readonly (string | number)[]) => number | undefined,
): Result<T> {
  if (result.ok) return result;
  return {
    ok: false,
    issues: result.issues.map((issue) => ({
      ...issue,
      line: issue.line ?? lineOf(issue.path ?? []) ?? 1,
    })),
  };
}
