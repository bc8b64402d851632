/**
 * JSON text with places: what is wrong at which line and column (the same words in every engine),
 * and where in the text a path of the parsed value stands.
 */
import { fail, ok, type Issue, type Result } from './result.ts';

/** Nesting above this is refused: nothing here nests deeper than a few levels. */
export const MAX_JSON_DEPTH = 100;

export type JsonPath = readonly (string | number)[];

/** A stretch of text: `start` up to, not including, `end`. */
export interface Span {
  start: number;
  end: number;
}

/** Where a path was found; `exact` is false when only a part of the path exists in the text. */
export interface PathSpan extends Span {
  exact: boolean;
}

/** What is wrong at one offset. */
interface JsonError {
  offset: number;
  message: string;
  hint?: string;
}

/** 1-based line and column of an offset. O(offset). */
export function placeOf(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let start = 0;
  for (;;) {
    const end = text.indexOf('\n', start);
    if (end < 0 || end >= offset) return { line, column: Math.max(0, offset - start) + 1 };
    line++;
    start = end + 1;
  }
}

/**
 * The value of a JSON text. Errors are one issue with line and column; text nested deeper than
 * `MAX_JSON_DEPTH` is refused before it is parsed, so that readers may recurse. O(n).
 */
export function parseJson(text: string): Result<unknown> {
  const deep = tooDeepAt(text);
  if (deep >= 0)
    return fail({
      ...placeOf(text, deep),
      message: `The JSON is nested more than ${MAX_JSON_DEPTH} levels deep.`,
      hint: 'No instance needs that.',
    });
  try {
    return ok(JSON.parse(text));
  } catch {
    const error = scanJson(text);
    const { offset, ...rest } = error ?? { offset: 0, message: 'This is not JSON.' };
    return fail({ ...placeOf(text, offset), ...rest });
  }
}

/** The spans of many paths in one pass over a JSON text; an invalid text gives what comes before its error. */
export function locatePaths(text: string, paths: readonly JsonPath[]): PathSpan[] {
  const root: Wanted = { children: new Map(), span: null };
  const leaves = paths.map((path) => {
    let node = root;
    const chain = [root];
    for (const key of path) {
      let child = node.children.get(String(key));
      if (!child) node.children.set(String(key), (child = { children: new Map(), span: null }));
      node = child;
      chain.push(node);
    }
    return chain;
  });
  if (tooDeepAt(text) < 0) scanJson(text, root);
  return leaves.map((chain) => {
    const last = chain.findLastIndex((node) => node.span !== null);
    const span = chain[last]?.span ?? { start: 0, end: 0 };
    return { ...span, exact: last === chain.length - 1 };
  });
}

/** Issues of a parsed value, with line and column of their paths in its text. */
export function withPlaces(text: string, issues: readonly Issue[]): Issue[] {
  const spans = locatePaths(
    text,
    issues.map((issue) => issue.path ?? []),
  );
  return issues.map((issue, index) =>
    issue.line !== undefined || !issue.path
      ? issue
      : { ...issue, ...placeOf(text, spans[index].start) },
  );
}

/** A node of the trie of paths looked for. */
interface Wanted {
  children: Map<string, Wanted>;
  span: Span | null;
}

const QUOTE = 34;
const BACKSLASH = 92;

/** Offset of the first bracket nested too deep; −1 when there is none. */
function tooDeepAt(text: string): number {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) {
      for (i++; i < text.length; i++) {
        const inner = text.charCodeAt(i);
        if (inner === BACKSLASH) i++;
        else if (inner === QUOTE) break;
      }
    } else if (code === 91 || code === 123) {
      if (++depth > MAX_JSON_DEPTH) return i;
    } else if (code === 93 || code === 125) depth--;
  }
  return -1;
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y;
/** All that can stand in one unquoted word, to name it whole in a message. */
const WORD = /[^\s,:[\]{}"]+/y;
const LITERALS = new Set(['true', 'false', 'null']);

/** Walks a JSON text whose depth is capped; the first error, or null. Notes wanted spans on its way. */
function scanJson(text: string, root?: Wanted): JsonError | null {
  let at = 0;
  let error: JsonError | null = null;

  const wrong = (offset: number, message: string, hint?: string): false => {
    error = { offset, message, hint };
    return false;
  };

  const skip = (): void => {
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return;
    }
  };

  const word = (): string => {
    WORD.lastIndex = at;
    const found = WORD.exec(text)?.[0] ?? text[at];
    return found.length > 24 ? `${found.slice(0, 24)}…` : found;
  };

  const endsEarly = (inside: string): false =>
    wrong(text.length, `The text ends inside ${inside}.`, 'Is it cut off?');

  const string = (): boolean => {
    const start = at;
    for (at++; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) {
        at++;
        return true;
      }
      if (code < 32)
        return wrong(at, 'A text must end on its own line.', 'Is its closing " missing?');
      if (code !== BACKSLASH) continue;
      at++;
      if (text[at] === 'u') {
        if (!/^[0-9a-fA-F]{4}$/.test(text.slice(at + 1, at + 5)))
          return wrong(at - 1, '\\u must be followed by four hexadecimal digits.');
        at += 4;
      } else if (at < text.length && !'"\\/bfnrt'.includes(text[at]))
        return wrong(at - 1, `\\${text[at]} is no escape of JSON.`, 'Write \\\\ for a backslash.');
    }
    at = start;
    return wrong(start, 'This text has no closing ".', 'Is the file cut off?');
  };

  const scalar = (): boolean => {
    const found = word();
    if (LITERALS.has(found)) {
      at += found.length;
      return true;
    }
    NUMBER.lastIndex = at;
    const number = NUMBER.exec(text)?.[0] ?? '';
    if (number !== '' && number.length === found.length) {
      at += number.length;
      return true;
    }
    // A number longer than the shortened word.
    if (number.length > 24 && !WORD_CHARACTER.test(text[at + number.length] ?? ' ')) {
      at += number.length;
      return true;
    }
    if (/^[-+]?(NaN|Infinity)$/i.test(found))
      return wrong(at, `${found} is not a JSON value.`, 'Write a number.');
    if (/^[-+]?\.?\d/.test(found))
      return wrong(at, `${found} is not a JSON number.`, 'Write it like 12, -0.5 or 1e6.');
    if (found.startsWith("'")) return wrong(at, 'Texts need double quotes.', 'Write "…".');
    if (found.startsWith('/')) return wrong(at, 'JSON has no comments.', 'Take it out.');
    return wrong(at, `A value should be here, not ${found}.`);
  };

  const members = (wanted: Wanted | undefined): boolean => {
    const close = text[at] === '[' ? ']' : '}';
    const inside = close === ']' ? 'a list' : 'an object';
    at++;
    for (let index = 0; ; index++) {
      skip();
      if (at >= text.length) return endsEarly(inside);
      if (text[at] === close) {
        if (index > 0) return wrong(at, `A comma before ${close} is too many.`, 'Take it out.');
        at++;
        return true;
      }
      let key: string | number = index;
      if (close === '}') {
        const start = at;
        if (text[at] !== '"')
          return wrong(at, `A name in double quotes should be here, not ${word()}.`);
        if (!string()) return false;
        key = JSON.parse(text.slice(start, at)) as string;
        skip();
        if (at >= text.length) return endsEarly(inside);
        if (text[at] !== ':') return wrong(at, 'A colon is missing after the name.');
        at++;
        skip();
      }
      if (at >= text.length) return endsEarly(inside);
      if (!value(wanted?.children.get(String(key)))) return false;
      skip();
      if (at >= text.length) return endsEarly(inside);
      if (text[at] === ',') {
        at++;
        continue;
      }
      if (text[at] === close) {
        at++;
        return true;
      }
      return wrong(at, `A comma or ${close} is missing here.`);
    }
  };

  const value = (wanted: Wanted | undefined): boolean => {
    const start = at;
    // Open spans count too: the text may break off inside.
    if (wanted) wanted.span = { start, end: text.length };
    const code = text.charCodeAt(at);
    const good =
      code === QUOTE ? string() : code === 91 || code === 123 ? members(wanted) : scalar();
    if (good && wanted) wanted.span = { start, end: at };
    return good;
  };

  skip();
  if (at >= text.length) return { offset: 0, message: 'The text is empty.' };
  if (!value(root)) return error;
  skip();
  if (at < text.length) wrong(at, `The JSON ends before this: ${word()}.`, 'Take the rest out.');
  return error;
}

const WORD_CHARACTER = /[^\s,:[\]{}"]/;
