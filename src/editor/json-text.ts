/** An instance as text a person edits, and back, with every fault at its place. No DOM. */
import { locatePaths, parseJson, placeOf, withPlaces } from '../core/json.ts';
import { printJson } from '../core/print-json.ts';
import { fail, type Issue, type Result } from '../core/result.ts';
import type { AnyFamily } from '../problems/family.ts';
import { weigh } from '../core/weigh.ts';

/** Longer texts are edited outside and opened as files. */
export const MAX_EDITOR_TEXT = 1_000_000;
/** Bytes of an instance that print to more than that, so that it is not printed in vain. */
const MAX_EDITOR_WEIGHT = 8 * MAX_EDITOR_TEXT;

/** The instance as JSON, rows on one line each; null when it is too large to be edited as text. */
export function instanceText(instance: unknown): string | null {
  if (weigh(instance) > MAX_EDITOR_WEIGHT) return null;
  const text = `${printJson(instance)}\n`;
  return text.length > MAX_EDITOR_TEXT ? null : text;
}

/** The instance a text says; every issue has line and column. */
export function parseInstanceText(text: string, family: AnyFamily): Result<unknown> {
  if (text.length > MAX_EDITOR_TEXT)
    return fail({
      line: 1,
      column: 1,
      message: `The text has ${(text.length / 1e6).toFixed(1)} MB; at most 1 MB can be edited.`,
      hint: 'Open it as a file.',
    });
  const parsed = parseJson(text);
  if (!parsed.ok) return parsed;
  const instance = family.validate(parsed.value);
  if (instance.ok) return instance;
  const issues = instance.issues.map((issue) => ({ ...issue, path: issue.path ?? [] }));
  return { ok: false, issues: withPlaces(text, issues) };
}

/** A stretch of text to underline; lines and columns from 1, the end not included. */
export interface Marker {
  startLine: number;
  startColumn: number;
  endLine: number;
  endColumn: number;
  message: string;
}

/** Where to underline each issue: the value of its path, else the word at its place. */
export function markersOf(text: string, issues: readonly Issue[]): Marker[] {
  const spans = locatePaths(
    text,
    issues.map((issue) => issue.path ?? []),
  );
  const lines = text.split('\n');
  return issues.map((issue, index) => {
    const message = issue.hint ? `${issue.message} ${issue.hint}` : issue.message;
    const hasPath = issue.path !== undefined && issue.path.length > 0;
    if (!hasPath && issue.line !== undefined) {
      const line = Math.min(issue.line, lines.length);
      const rest = lines[line - 1].slice((issue.column ?? 1) - 1);
      const word = /^([^\s,:[\]{}]+|.)/.exec(rest)?.[0] ?? '';
      // At the end of a line there is nothing to underline but the character before.
      const endColumn = Math.min(issue.column ?? 1, lines[line - 1].length + 1) + word.length;
      const startColumn = Math.max(1, endColumn - Math.max(1, word.length));
      return { startLine: line, startColumn, endLine: line, endColumn, message };
    }
    const start = placeOf(text, spans[index].start);
    const end = placeOf(text, spans[index].end);
    // A fault of a whole list is marked at its first line only.
    const isLong = end.line > start.line;
    return {
      startLine: start.line,
      startColumn: start.column,
      endLine: isLong ? start.line : end.line,
      endColumn: isLong ? lines[start.line - 1].length + 1 : end.column,
      message,
    };
  });
}
